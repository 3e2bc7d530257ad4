//! Tables whose measures run down the rows: for every account a row for its ceiling, one for what was spent, one for the rest. The words
//! that head columns elsewhere stand in a column here, with the figures to the right of them; from every run of them one line is made.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, Origin};
use crate::tables::marks::{Mark, Marked};
use crate::tables::words::{Dimension, Said, Vocabulary};

use super::heading::words::role;
use super::heading::{Leaf, Role, heads_amounts};
use super::table::{Label, Line, Slot, Table};

/// Rows that name a measure before they are believed to run down.
const FEWEST: usize = 4;
/// Rows of words above a run that may name it.
const HIGHEST: usize = 3;

/// A row that names a measure.
struct Named {
    row: usize,
    /// Its cell.
    at: Origin,
    role: Role,
}

/// The table of a sheet whose measures run down the rows; `None` where they do not. `start` is the measure that begins the runs of the page
/// before.
#[must_use]
pub fn table(sheet: &Marked, words: &Vocabulary, start: Option<Role>) -> Option<Table> {
    let named = named(sheet, words)?;
    let (first, col) = (named.first()?.row, named.first()?.at.col);
    let values: BTreeSet<u16> = named.iter().flat_map(|n| right_of(sheet, n.row, col).map(|(c, _)| c.col)).collect();
    let heading = (first.saturating_sub(HIGHEST)..first).rev().find(|&n| is_heading(sheet, n));
    let above = |c: u16| heading.and_then(|n| sheet.in_row(n, c)).map(|(cell, _)| sheet.said(cell));
    let (mut leaves, places) = leaves(words, sheet, (&named, &values), &above);
    leaves.extend(code_leaves(sheet, heading, col));
    if !heads_amounts(&leaves) {
        return None;
    }
    let start = start.filter(|s| named.iter().any(|n| n.role == *s)).unwrap_or(named[0].role);
    let runs = runs(&named, start);
    let top = heading.map_or(0, |n| n + 1);
    let mut lines = Vec::with_capacity(runs.len());
    let mut from = top;
    for run in runs {
        let mut line = Line { grid: sheet.number, amounts: vec![None; leaves.len()], ..Line::default() };
        line.row = sheet.row(run[0].row).0;
        for (at, label) in naming(sheet, (from, &run), col) {
            line.row = line.row.min(at);
            line.labels.push(label);
        }
        for measure in &run {
            for (cell, mark) in right_of(sheet, measure.row, col) {
                if let Some(&leaf) = places.get(&(measure.role, cell.col)) {
                    line.amounts[leaf] = Some(Slot { origin: sheet.origin(cell), value: cell.value, dash: mark == Mark::Dash });
                }
            }
        }
        from = run.last().map_or(from, |m| m.row + 1);
        lines.push(line);
    }
    let mut table = Table::new(sheet.number, leaves, lines);
    table.start = Some(start);
    table.titles = super::table::texts(sheet, 0..heading.unwrap_or(first));
    Some(table)
}

/// The rows that name a measure in the column where most do so; of all rows with figures right of it nearly every one must.
fn named(sheet: &Marked, words: &Vocabulary) -> Option<Vec<Named>> {
    let mut columns: BTreeMap<u16, Vec<Named>> = BTreeMap::new();
    for row in 0..sheet.row_count() {
        for (cell, mark) in sheet.row(row).1 {
            let said = sheet.said(cell);
            let known = [Dimension::Measure, Dimension::When, Dimension::Aside].into_iter().any(|d| said.tells(d));
            let measure = mark == Mark::Label && said.whole() && known;
            let meant = if measure { role(words, said, &[], false) } else { None };
            if let Some(role) = meant.filter(|_| right_of(sheet, row, cell.col).next().is_some()) {
                columns.entry(cell.col).or_default().push(Named { row, at: sheet.origin(cell), role });
            }
        }
    }
    let (col, named) = columns.into_iter().max_by_key(|(col, rows)| (rows.len(), std::cmp::Reverse(*col)))?;
    let again = named.iter().filter(|n| n.role == named[0].role).count();
    let figures = (named[0].row..sheet.row_count()).filter(|&n| right_of(sheet, n, col).next().is_some()).count();
    (named.len() >= FEWEST && again > 1 && named.len() * 10 >= figures * 9).then_some(named)
}

/// The figures to the right of a column.
fn right_of<'a>(sheet: &'a Marked, row: usize, col: u16) -> impl Iterator<Item = (&'a Cell, Mark)> {
    sheet.row(row).1.filter(move |(c, m)| c.col > col && *m != Mark::Label)
}

/// Several words and no figure.
fn is_heading(sheet: &Marked, n: usize) -> bool {
    let cells = sheet.row(n).1;
    cells.clone().all(|(_, m)| m == Mark::Label) && cells.filter(|(c, _)| sheet.said(c).words > 0).count() > 2
}

/// A leaf for every measure in every column of figures, and which is which.
fn leaves<'a>(
    words: &Vocabulary,
    sheet: &'a Marked,
    (named, values): (&[Named], &BTreeSet<u16>),
    above: &impl Fn(u16) -> Option<&'a Said>,
) -> (Vec<Leaf>, BTreeMap<(Role, u16), usize>) {
    let mut leaves = Vec::new();
    let mut places = BTreeMap::new();
    // In one order on every page, whichever measure it begins with.
    let firsts: BTreeMap<Role, &Named> = named.iter().rev().map(|n| (n.role, n)).collect();
    for measure in firsts.into_values() {
        for &col in values {
            let filled = named.iter().any(|n| n.role == measure.role && sheet.in_row(n.row, col).is_some());
            if !filled {
                continue;
            }
            let own = sheet.at(measure.at.row, measure.at.col).map(|(cell, _)| sheet.said(cell));
            let over: Vec<&Said> = above(col).into_iter().filter(|_| values.len() > 1).collect();
            places.insert((measure.role, col), leaves.len());
            leaves.push(Leaf::new(measure.at, own.and_then(|own| role(words, own, &over, false))));
        }
    }
    (leaves, places)
}

/// Columns left of the measures that are headed as codes.
fn code_leaves(sheet: &Marked, heading: Option<usize>, col: u16) -> Vec<Leaf> {
    let cells = heading.into_iter().flat_map(|n| sheet.row(n).1.map(|(c, _)| c).collect::<Vec<_>>());
    let codes = cells.filter(|c| c.col < col && sheet.said(c).tells(Dimension::Code));
    codes.map(|c| Leaf { code: true, ..Leaf::new(sheet.origin(c), Some(Role::Label)) }).collect()
}

/// Rows of measures up to the one that begins them, or that comes again.
fn runs(named: &[Named], start: Role) -> Vec<Vec<&Named>> {
    let mut runs: Vec<Vec<&Named>> = Vec::new();
    for measure in named {
        match runs.last_mut().filter(|run| measure.role != start && run.iter().all(|m| m.role != measure.role)) {
            Some(run) => run.push(measure),
            None => runs.push(vec![measure]),
        }
    }
    runs
}

/// What a run is about: the words left of its measures, each column's once, and rows of words right above it.
fn naming(sheet: &Marked, (from, run): (usize, &[&Named]), col: u16) -> Vec<(u32, Label)> {
    let first = run[0].row;
    let wide = |n: usize| (from..n).rev().take(HIGHEST).take_while(|&up| sheet.row(up).0 + 1 == sheet.row(up + 1).0).last();
    let above = wide(first).unwrap_or(first);
    let mut found: Vec<(u32, Label)> = Vec::new();
    for n in above..=run.last().map_or(first, |m| m.row) {
        let (row, cells) = sheet.row(n);
        let inside = run.iter().any(|m| m.row == n);
        for (cell, mark) in cells.filter(|(c, _)| c.col < col || !inside) {
            let text = sheet.grid.shown(cell.value);
            let label = Label { text: text.trim().to_owned(), origin: sheet.origin(cell) };
            let said = sheet.said(cell);
            let level = mark == Mark::Label && said.whole() && (said.tells(Dimension::Name) || said.tells(Dimension::Code));
            let known = found.iter().any(|(_, l)| l.origin.col == cell.col && l.text == label.text);
            if !known && !level && label.text.chars().any(char::is_alphanumeric) {
                found.push((row, label));
            }
        }
    }
    found.sort_by_key(|(_, l)| l.origin.col);
    found
}
