//! Tables whose units stand side by side, each over its own tasks.

use crate::model::Origin;
use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;

use super::duties::Counted;
use super::tasks::{Group, Task};
use super::{fields, lists, names};

/// A unit and what stands below it.
struct Column<'r, 'a> {
    head: &'r Cell<'a>,
    unit: String,
    no: u32,
}

impl Column<'_, '_> {
    fn task(&self, row: &Row, no: String, text: String, at: Origin, phrases: &Phrases) -> Task {
        let group = if phrases.within("anggota", &self.unit) { Group::Anggota } else { Group::Sekretariat };
        Task { span: row.span(), group, unit: self.unit.clone(), unit_at: Some(self.head.origin), no, text, at }
    }
}

/// The tasks below a row of units, and the row behind them; `None` where the row at `at` is none.
pub(super) fn tasks(rows: &[Row], at: usize, phrases: &Phrases) -> Option<(Vec<Task>, usize)> {
    let row = rows.get(at)?;
    let unit = |c: &Cell| names::names_unit(&c.text, phrases) && !fields::is_label(&c.text, phrases);
    let counter = row.cells.first().filter(|c| phrases.is("ukuran:no", &c.text));
    let heads = row.cells.get(usize::from(counter.is_some())..)?;
    if heads.len() < 2 || !heads.iter().all(unit) {
        return None;
    }
    let mut columns: Vec<Column> =
        heads.iter().map(|head| Column { head, unit: names::unit(&head.text, phrases), no: 0 }).collect();
    if counter.is_some() {
        return counted(rows, at, &mut columns, phrases);
    }
    let mut out: Vec<Task> = Vec::new();
    let mut end = at + 1;
    while let Some(below) = rows.get(end).filter(|b| b.grid == row.grid && !b.apart) {
        let Some(found) = beside(below, &mut columns, &out, phrases) else { break };
        for (task, rest) in found {
            match out.iter_mut().rfind(|t| t.unit_at == task.unit_at).filter(|_| rest) {
                Some(last) => last.text = text::clean(&format!("{} {}", last.text, task.text)),
                None => out.push(task),
            }
        }
        end += 1;
    }
    out.sort_by_key(|t| t.unit_at);
    (!out.is_empty()).then_some((out, end))
}

/// What a row says below each of the units: a list in one cell, a number and its task, or (`true`) the rest of the task above. `None` where it
/// says something else.
fn beside(row: &Row, columns: &mut [Column], before: &[Task], phrases: &Phrases) -> Option<Vec<(Task, bool)>> {
    let mut under: Vec<Vec<&Cell>> = vec![Vec::new(); columns.len()];
    for cell in &row.cells {
        under[columns.iter().rposition(|k| k.head.origin.col <= cell.origin.col)?].push(cell);
    }
    let mut out = Vec::new();
    for (column, cells) in columns.iter_mut().zip(under) {
        match cells.as_slice() {
            [] => {}
            [no, said] => {
                let Counted::Digits(n) = Counted::read(&no.text)? else { return None };
                column.no = n;
                out.push((column.task(row, n.to_string(), text::clean(&said.text), said.origin, phrases), false));
            }
            [cell] => {
                let list = lists::list(&cell.text, column.no);
                let listed = before.iter().any(|t| t.unit_at == Some(column.head.origin));
                if list.items.is_empty() && listed && cell.text.starts_with(char::is_lowercase) {
                    out.push((column.task(row, String::new(), list.before, cell.origin, phrases), true));
                    continue;
                }
                if list.items.is_empty() {
                    return None;
                }
                for item in list.items {
                    column.no = item.no.parse().unwrap_or(column.no + 1);
                    let no = if item.no.is_empty() { column.no.to_string() } else { item.no };
                    out.push((column.task(row, no, item.text, cell.origin, phrases), false));
                }
            }
            _ => return None,
        }
    }
    Some(out)
}

/// Tasks in rows that count them: below `No | Operator | Bendahara` the row `2` holds the second task of each.
fn counted(rows: &[Row], at: usize, columns: &mut [Column], phrases: &Phrases) -> Option<(Vec<Task>, usize)> {
    let row = rows.get(at)?;
    let mut out: Vec<Task> = Vec::new();
    let mut end = at + 1;
    while let Some(below) = rows.get(end).filter(|b| b.grid == row.grid && !b.apart) {
        let (no, cells) = below.cells.split_first()?;
        let next = Counted::read(&no.text) == Some(Counted::Digits(u32::try_from(end - at).unwrap_or(0)));
        let under = |c: &Cell| columns.iter().position(|k| k.head.covers(c.origin.col));
        if !next || cells.is_empty() || cells.iter().any(|c| under(c).is_none()) {
            break;
        }
        let placed: Vec<(&Cell, usize)> = cells.iter().filter_map(|c| under(c).map(|k| (c, k))).collect();
        for (cell, k) in placed {
            let column = &mut columns[k];
            column.no += 1;
            out.push(column.task(below, column.no.to_string(), text::clean(&cell.text), cell.origin, phrases));
        }
        end += 1;
    }
    out.sort_by_key(|t| t.unit_at);
    (!out.is_empty()).then_some((out, end))
}
