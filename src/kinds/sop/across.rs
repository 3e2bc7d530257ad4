//! Tables whose units stand side by side, each over its own tasks.

use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;

use super::tasks::{Group, Task};
use super::{fields, lists, names};

/// A unit and what stands below it.
struct Column<'r, 'a> {
    head: &'r Cell<'a>,
    unit: String,
    no: u32,
}

/// The tasks below a row of units, and the row behind them; `None` where the row at `at` is none.
pub(super) fn tasks(rows: &[Row], at: usize, phrases: &Phrases) -> Option<(Vec<Task>, usize)> {
    let row = rows.get(at)?;
    let unit = |c: &Cell| names::names_unit(&c.text, phrases) && !fields::is_label(&c.text, phrases);
    if row.cells.len() < 2 || !row.cells.iter().all(unit) {
        return None;
    }
    let mut columns: Vec<Column> =
        row.cells.iter().map(|head| Column { head, unit: names::unit(&head.text, phrases), no: 0 }).collect();
    let mut out = Vec::new();
    let mut end = at + 1;
    while let Some(below) = rows.get(end).filter(|b| b.grid == row.grid && !b.apart) {
        let under = |c: &Cell| columns.iter().position(|k| k.head.covers(c.origin.col));
        let lists: Vec<(usize, lists::List)> =
            below.cells.iter().filter_map(|c| under(c).map(|k| (k, lists::list(&c.text, columns[k].no)))).collect();
        if lists.len() < below.cells.len() || lists.iter().any(|(_, l)| l.items.is_empty()) {
            break;
        }
        for ((k, list), cell) in lists.into_iter().zip(&below.cells) {
            for item in list.items {
                let column = &mut columns[k];
                column.no = item.no.parse().unwrap_or(column.no + 1);
                let no = if item.no.is_empty() { column.no.to_string() } else { item.no };
                let group = if phrases.within("anggota", &column.unit) { Group::Anggota } else { Group::Sekretariat };
                let (unit, unit_at) = (column.unit.clone(), Some(column.head.origin));
                out.push(Task { span: below.span(), group, unit, unit_at, no, text: item.text, at: cell.origin });
            }
        }
        end += 1;
    }
    (!out.is_empty()).then_some((out, end))
}
