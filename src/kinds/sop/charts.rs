//! Flow charts that are typed: actors down and the numbers of the steps across, the steps in a list beside; or a box for each step with an
//! arrow between.

use std::collections::BTreeSet;

use crate::model::Span;
use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;

use super::duties::Counted;
use super::prose::Line;
use super::tasks::{Group, Task};

/// Signs between the boxes of a flow chart.
const ARROWS: [char; 12] = ['↓', '→', '←', '↑', '▼', '▶', '⬇', '➡', '⇩', '⇨', '⇒', '⇓'];

/// Fewest steps of a chart.
const FEWEST: usize = 3;

/// The steps of either chart, and the rows that say them.
pub(super) fn steps(rows: &[Row], lines: &[Option<Line>], phrases: &Phrases) -> (Vec<Task>, BTreeSet<usize>) {
    across(rows, lines, phrases).or_else(|| boxes(rows, phrases)).unwrap_or_default()
}

/// Whether a row is an arrow and nothing else.
pub(super) fn is_arrow(row: &Row) -> bool {
    row.cells.iter().all(|c| c.text.trim().chars().all(|x| ARROWS.contains(&x)))
}

/// A heading `Pelaksana | 1 | 2 | 3`, actors with marks below it, and a list of as many steps.
fn across(rows: &[Row], lines: &[Option<Line>], phrases: &Phrases) -> Option<(Vec<Task>, BTreeSet<usize>)> {
    let number = |c: &Cell| c.text.trim().trim_end_matches(['.', ')']).parse::<u32>().ok();
    let heads = |row: &Row| {
        let first = row.cells.first().is_some_and(|c| phrases.is("ukuran:pelaksana", &c.text));
        first && row.cells.len() > FEWEST && row.cells.iter().skip(1).zip(1..).all(|(c, n)| number(c) == Some(n))
    };
    let at = rows.iter().position(heads)?;
    let head = rows.get(at)?;
    let mut taken = BTreeSet::from([at]);
    let count = u32::try_from(head.cells.len() - 1).ok()?;
    let mut who: Vec<Vec<&Cell>> = vec![Vec::new(); head.cells.len() - 1];
    for (below, row) in rows.iter().enumerate().skip(at + 1).take_while(|(_, r)| r.grid == head.grid && r.cells.len() > 1) {
        let (name, marks) = row.cells.split_first()?;
        for mark in marks {
            let step = head.cells.iter().skip(1).position(|h| h.covers(mark.origin.col))?;
            who.get_mut(step)?.push(name);
        }
        taken.insert(below);
    }
    let (first, items) = listed(lines, count)?;
    taken.extend(first..=*items.last()?);
    let mut out: Vec<Task> = Vec::new();
    for at in first..=*items.last()? {
        let line = lines.get(at)?.as_ref()?;
        let words = crate::tables::words::unnumbered(&line.text).unwrap_or(&line.text);
        if items.contains(&at) {
            let actors = who.get(out.len())?;
            let unit = actors.iter().map(|c| text::clean(&c.text)).collect::<Vec<_>>().join(", ");
            let no = (out.len() + 1).to_string();
            let unit_at = actors.first().map(|c| c.origin);
            let (text, at) = (text::clean(words), line.at);
            out.push(Task { span: line.row.span(), group: Group::Prosedur, unit, unit_at, no, text, at });
        } else {
            let last = out.last_mut()?;
            last.text = text::clean(&format!("{} {}", last.text, line.text));
        }
    }
    Some((out, taken))
}

/// The first list in lines that counts from one to `count` and no further: where it begins, and its numbered lines.
fn listed(lines: &[Option<Line>], count: u32) -> Option<(usize, Vec<usize>)> {
    const BETWEEN: usize = 4;
    let digits = |at: usize| match lines.get(at)?.as_ref()?.counted? {
        Counted::Digits(n) => Some(n),
        _ => None,
    };
    (0..lines.len()).filter(|&at| digits(at) == Some(1)).find_map(|first| {
        let mut items = vec![first];
        for n in 2..=count {
            let last = *items.last()?;
            items.push((last + 1..=last + BETWEEN).find(|&at| digits(at).is_some()).filter(|&at| digits(at) == Some(n))?);
        }
        let end = *items.last()?;
        let more = (end + 1..=end + BETWEEN).any(|at| digits(at) == Some(count + 1));
        (!more).then_some((first, items))
    })
}

/// A box for each step, in one cell or in lines: who in its first line, what in the next ones, details in brackets; arrows between.
fn boxes(rows: &[Row], phrases: &Phrases) -> Option<(Vec<Task>, BTreeSet<usize>)> {
    const TALLEST: usize = 6;
    let arrow = rows.iter().position(|r| !r.cells.is_empty() && is_arrow(r))?;
    let names = |line: &str| phrases.begins("jabatan", line) && line.split_whitespace().count() <= TALLEST;
    let begins = |at: &usize| rows[*at].cells.first().and_then(|c| c.text.lines().next()).is_some_and(names);
    let first = (arrow.saturating_sub(TALLEST)..arrow).rev().find(begins)?;
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut open: Vec<usize> = Vec::new();
    let mut out: Vec<Task> = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(first).take_while(|(_, r)| r.cells.len() == 1) {
        let ended = open.len() == TALLEST || open.last().is_some_and(|&l| rows[l].line().ends_with(')'));
        if is_arrow(row) {
            out.push(boxed(rows, &open, out.len() + 1, phrases)?);
            open.clear();
        } else if ended {
            break;
        } else {
            open.push(at);
        }
        taken.insert(at);
    }
    out.extend(boxed(rows, &open, out.len() + 1, phrases));
    (out.len() >= FEWEST).then_some((out, taken))
}

/// The step in these rows.
fn boxed(rows: &[Row], at: &[usize], count: usize, phrases: &Phrases) -> Option<Task> {
    let cells: Vec<&Cell> = at.iter().filter_map(|&i| rows.get(i)?.cells.first()).collect();
    let mut said = cells.iter().flat_map(|c| c.text.lines()).map(str::trim).filter(|l| !l.is_empty());
    let unit = text::clean(said.next()?);
    let what: Vec<&str> = said.filter(|l| !(l.starts_with('(') && l.ends_with(')'))).collect();
    let (first, last) = (cells.first()?.origin, cells.last()?.origin);
    let (no, text) = (count.to_string(), text::clean(&what.join(" ")));
    let task =
        Task { span: Span::from(first).with(last), group: Group::Prosedur, unit, unit_at: Some(first), no, text, at: first };
    (!task.text.is_empty() && phrases.within("jabatan", &task.unit)).then_some(task)
}
