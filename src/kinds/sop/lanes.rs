//! Swim-lanes: an actor in each row, a step or a phase in each column, and what is done in the cell where the two meet.

use crate::model::Origin;
use crate::normalise::{number, text};
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;

use super::kept::numbered;
use super::names;
use super::tasks::{Group, Task};

/// Fewest steps of a chart.
const FEWEST: usize = 3;

/// Shortest text that says what is done: marks are shorter.
const SHORTEST: usize = 8;

/// A column of the heading, with the number of its step where it counts.
struct Column<'r, 'a> {
    head: &'r Cell<'a>,
    no: Option<u32>,
}

/// The steps of lanes below a heading `Pelaksana | Langkah 1 | Langkah 2 …` in the order of their numbers, and the row behind them; `None` where
/// the row at `at` heads no lanes, or lanes that hold marks.
pub(super) fn tasks(rows: &[Row], at: usize, phrases: &Phrases) -> Option<(Vec<Task>, usize)> {
    let row = rows.get(at)?;
    let (first, heads) = row.cells.split_first()?;
    let actors = ["ukuran:pelaksana", "ukuran:unit", "jabatan"].iter().any(|m| phrases.is(m, &first.text));
    if !actors || heads.len() < FEWEST {
        return None;
    }
    let columns: Vec<Column> = heads.iter().map(|head| Column { head, no: counted(&head.text, phrases) }).collect();
    let from = columns.first()?.no.unwrap_or(1);
    let counts = columns.iter().zip(from..).all(|(c, n)| c.no == Some(n));
    if !counts && columns.iter().any(|c| c.no.is_some()) {
        return None;
    }
    let mut out: Vec<(u32, Task)> = Vec::new();
    let mut end = at + 1;
    while let Some(lane) = rows.get(end).filter(|r| r.grid == row.grid && (!r.apart || out.is_empty())) {
        let Some(steps) = in_lane(lane, first, &columns, phrases) else { break };
        out.extend(steps);
        end += 1;
    }
    out.sort_by_key(|(no, task)| (*no, task.at));
    let whole = counts || out.iter().zip(1..).all(|((no, _), n)| *no == n);
    (whole && out.len() >= FEWEST).then(|| (out.into_iter().map(|(_, task)| task).collect(), end))
}

/// The steps of lanes that run down the paper: a row for each step, and its words in the column of who takes it. Beside the lanes stand a number and
/// what the step needs; the row behind them. `None` where the row at `at` and the one below it head no such lanes.
pub(super) fn down(rows: &[Row], at: usize, phrases: &Phrases) -> Option<(Vec<Task>, usize)> {
    let first = rows.get(at)?;
    let counter = first.cells.first().filter(|c| phrases.is("ukuran:no", &c.text))?.origin.col;
    let other =
        |c: &Cell| ["waktu", "output", "kelengkapan", "mutu", "ket"].iter().any(|m| phrases.is(&format!("ukuran:{m}"), &c.text));
    let beside = |c: &Cell| other(c) || phrases.is("ukuran:pelaksana", &c.text) || phrases.is("ukuran:no", &c.text);
    let heads = |row: &Row| row.cells.iter().all(|c| beside(c) || names::names_unit(&c.text, phrases));
    let actors = |row: &Row| row.cells.iter().filter(|c| !beside(c)).count();
    let below = rows.get(at + 1).filter(|r| r.grid == first.grid && actors(first) == 0 && heads(r));
    let named = below.unwrap_or(first);
    if actors(named) < 2 || !heads(first) {
        return None;
    }
    let lanes: Vec<&Cell> = named.cells.iter().filter(|c| !beside(c)).collect();
    let mut end = at + 1 + usize::from(below.is_some());
    let mut out: Vec<Task> = Vec::new();
    while let Some(row) = rows.get(end).filter(|r| r.grid == first.grid && !r.apart) {
        let counts = row.own(counter).and_then(|c| counted(&c.text, phrases)).and_then(|n| usize::try_from(n).ok());
        let own = |c: &Cell| lanes.iter().position(|l| l.covers(c.origin.col));
        let said: Vec<(&Cell, usize)> = row.cells.iter().filter_map(|c| Some((c, own(c)?))).collect();
        let ([(cell, lane)], true) = (said.as_slice(), counts == Some(out.len() + 1)) else { break };
        if cell.text.chars().count() < SHORTEST {
            return None;
        }
        let head = lanes.get(*lane)?;
        out.push(Task {
            span: row.span(),
            group: Group::Prosedur,
            unit: names::unit(&head.text, phrases),
            unit_at: Some(head.origin),
            no: (out.len() + 1).to_string(),
            text: text::clean(&cell.text),
            at: cell.origin,
        });
        end += 1;
    }
    (out.len() >= FEWEST).then_some((out, end))
}

/// The number that the heading of a step holds: `Langkah 1`, `2`, `Tahap III`.
fn counted(head: &str, phrases: &Phrases) -> Option<u32> {
    let bare = phrases.after("urutan", head).unwrap_or(head).trim().trim_end_matches(['.', ')']);
    bare.parse().ok().or_else(|| number::roman(bare))
}

/// The steps of one actor; `None` where the row is no lane.
fn in_lane(lane: &Row, first: &Cell, columns: &[Column], phrases: &Phrases) -> Option<Vec<(u32, Task)>> {
    let (actor, cells) = lane.cells.split_first()?;
    if !first.covers(actor.origin.col) || !names::names_unit(&actor.text, phrases) {
        return None;
    }
    let mut out = Vec::new();
    for cell in cells {
        if cell.text.chars().count() < SHORTEST {
            return None;
        }
        let column = columns.iter().rev().find(|c| c.head.origin.col <= cell.origin.col)?;
        let task = |no: String, said: &str, at: Origin| Task {
            span: lane.span(),
            group: Group::Prosedur,
            unit: names::unit(&actor.text, phrases),
            unit_at: Some(actor.origin),
            no,
            text: text::clean(said),
            at,
        };
        if let Some(no) = column.no {
            let said = numbered(&cell.text).map_or(cell.text.as_ref(), |(_, said)| said);
            out.push((no, task(no.to_string(), said, cell.origin)));
            continue;
        }
        for said in items(&cell.text)? {
            let (no, said) = numbered(&said)?;
            out.push((no.parse().ok()?, task(no, said, cell.origin)));
        }
    }
    Some(out)
}

/// The numbered lines of a cell with the lines that go on with them; `None` where the first one has no number.
fn items(cell: &str) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for line in cell.lines().map(str::trim).filter(|l| !l.is_empty()) {
        if numbered(line).is_some() {
            out.push(line.to_owned());
        } else {
            let last = out.last_mut()?;
            last.push(' ');
            last.push_str(line);
        }
    }
    Some(out)
}
