//! The headings over each column: merged, unmerged, spread over the columns they are meant for.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{Cell, Value};

use super::axes::{Label, label};
use super::blocks::Block;
use super::marks::{Mark, Marked};
use super::words::{Dimension, NAMELESS};

/// The headings over each column, top to bottom, each once.
#[must_use]
pub fn stacks<'a>(sheet: &'a Marked<'a>, block: &Block, columns: &[u16]) -> Vec<Vec<Label<'a>>> {
    let rows: Vec<u32> = block.heading.clone().map(|n| sheet.row(n).0).collect();
    let mut stacks: Vec<Vec<Label<'a>>> = vec![Vec::new(); columns.len()];
    for (depth, &row) in rows.iter().enumerate() {
        let spread = spread(sheet, row, &rows[depth + 1..], columns);
        for (i, &col) in columns.iter().enumerate() {
            let own = sheet.seen(row, col).and_then(|(cell, mark)| {
                let own = label(sheet, cell, false).or_else(|| number_label(sheet, cell))?;
                let said = if mark == Mark::Figure { sheet.explained(cell) } else { None };
                Some(Label { said: said.unwrap_or(own.said), ..own })
            });
            let found = own.or(spread[i]);
            if let Some(label) = found.filter(|l| !stacks[i].iter().any(|s| s.origin == l.origin)) {
                stacks[i].push(label);
            }
        }
    }
    for stack in &mut stacks {
        let explains = |l: &Label| l.said.unknown > 0 && works_out(l.text);
        if stack.len() > 1 && stack.last().is_some_and(explains) {
            stack.pop();
        }
    }
    units_only(&mut stacks);
    behind_currency(sheet, block, columns, &mut stacks);
    stacks
}

/// `Harga Satuan` over a column of nothing but `Rp`: it heads the figures in the column behind, which has no heading.
fn behind_currency<'a>(sheet: &'a Marked<'a>, block: &Block, columns: &[u16], stacks: &mut [Vec<Label<'a>>]) {
    let says_nothing = |cell: &Cell| {
        let said = sheet.said(cell);
        said.whole() && said.senses.iter().all(|s| s.dimension == Dimension::Filler)
    };
    for (&col, stack) in columns.iter().zip(stacks).filter(|(_, stack)| stack.is_empty()) {
        let Some(before) = col.checked_sub(1) else { continue };
        let mut cells = block.body.clone().filter_map(|n| sheet.in_row(n, before)).peekable();
        if cells.peek().is_some() && cells.all(|(cell, mark)| mark == Mark::Label && says_nothing(cell)) {
            let rows = block.heading.clone().map(|n| sheet.row(n).0);
            let heading = rows.filter_map(|row| label(sheet, sheet.seen(row, before)?.0, false));
            stack.extend(heading);
        }
    }
}

/// `(5 x TPS)`, `(DPT + 2%)`, `[7 = 4 - 5]`: how a column is worked out, below what it is called.
fn works_out(text: &str) -> bool {
    let text = text.trim();
    let bracketed = text.starts_with(['(', '[']) && text.ends_with([')', ']']);
    let sign = |c: char| matches!(c, '+' | '=' | '%' | '×' | '*' | '/' | ':');
    bracketed && (text.contains(sign) || text.split_whitespace().any(|word| word.eq_ignore_ascii_case("x")))
}

/// A row of units below headings (`Satuan | Buah | Buah | Botol`): its word for them is no heading of the column it stands in.
fn units_only(stacks: &mut [Vec<Label>]) {
    let unit = |l: &Label, named: bool| {
        let mut senses = l.said.senses.iter().filter(|s| s.dimension == Dimension::Unit);
        l.said.whole() && senses.next().is_some_and(|s| (s.value != NAMELESS) == named)
    };
    let rows: BTreeSet<u32> = stacks.iter().filter_map(|s| s.last()).map(|l| l.origin.row).collect();
    for row in rows {
        let of_row = |s: &&mut Vec<Label>| s.len() > 1 && s.last().is_some_and(|l| l.origin.row == row);
        let mut here: Vec<&mut Vec<Label>> = stacks.iter_mut().filter(of_row).collect();
        let named = here.iter().filter(|s| s.last().is_some_and(|l| unit(l, true))).count();
        if named >= 2 && named + 1 == here.len() {
            here.iter_mut().filter(|s| s.last().is_some_and(|l| unit(l, false))).for_each(|s| s.truncate(s.len() - 1));
        }
    }
}

/// A number over columns (a year, a station) is a heading without words.
fn number_label<'a>(sheet: &'a Marked<'a>, cell: &'a crate::model::Cell) -> Option<Label<'a>> {
    matches!(cell.value, Value::Number(_)).then(|| Label {
        text: "",
        said: sheet.said(cell),
        origin: sheet.origin(cell),
        carried: false,
    })
}

/// For each column without a heading of its own in this row, the unmerged one beside it that is meant for it too. Only columns that have
/// headings further down are meant.
fn spread<'a>(sheet: &'a Marked<'a>, row: u32, below: &[u32], columns: &[u16]) -> Vec<Option<Label<'a>>> {
    let mut given = vec![None; columns.len()];
    for group in groups(sheet, row, below, columns) {
        let mut owners = group.clone().filter_map(|i| {
            let (cell, _) = sheet.at(row, columns[i]).filter(|_| sheet.merge(row, columns[i]).is_none())?;
            label(sheet, cell, true)
        });
        if let (Some(owner), None) = (owners.next(), owners.next()) {
            for i in group {
                given[i] = Some(owner);
            }
        }
    }
    given
}

/// Runs of neighbouring columns that belong under one heading: a run starts where the headings below start over (`L P L+P L P L+P`), or,
/// where they do not repeat, at each heading of this row.
fn groups(sheet: &Marked, row: u32, below: &[u32], columns: &[u16]) -> Vec<Range<usize>> {
    let leaf = |i: usize| {
        let cells = below.iter().rev().filter_map(|&r| sheet.at(r, columns[i]));
        cells.map(|(cell, _)| cell.value).next()
    };
    let leaves: Vec<Option<Value>> = (0..columns.len()).map(leaf).collect();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in 0..columns.len() {
        let goes_on = leaves[i].is_some() && i > 0 && leaves[i - 1].is_some() && columns[i - 1] + 1 == columns[i];
        match runs.last_mut() {
            Some(run) if goes_on => run.end = i + 1,
            _ if leaves[i].is_some() => runs.push(i..i + 1),
            _ => {}
        }
    }
    runs.into_iter().flat_map(|run| split(sheet, row, &leaves, columns, run)).collect()
}

fn split(sheet: &Marked, row: u32, leaves: &[Option<Value>], columns: &[u16], run: Range<usize>) -> Vec<Range<usize>> {
    let starts = match periodic(leaves, run.clone()) {
        Some(starts) => starts,
        None => run.clone().filter(|&i| sheet.at(row, columns[i]).is_some()).collect(),
    };
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(run.end));
    starts.iter().copied().zip(ends).map(|(a, b)| a..b).collect()
}

/// Where the headings of a run start over (`No Nama L P L P`: at the first L and at the second); columns before that stand alone. `None`
/// where they do not repeat evenly to the end of the run.
fn periodic(leaves: &[Option<Value>], run: Range<usize>) -> Option<Vec<usize>> {
    let first = run.clone().find(|&i| (i + 1..run.end).any(|j| leaves[j] == leaves[i]))?;
    let again = (first + 1..run.end).find(|&j| leaves[j] == leaves[first])?;
    let width = again - first;
    let even =
        (run.end - first).is_multiple_of(width) && (first..run.end).all(|i| leaves[i] == leaves[first + (i - first) % width]);
    (even && width > 1).then(|| (run.start..first).chain((first..run.end).step_by(width)).collect())
}

/// Takes away the heading that stands over all columns alike: it is a title of the table.
pub fn common<'a>(stacks: &mut [Vec<Label<'a>>]) -> Option<Label<'a>> {
    let first = *stacks.first()?.first()?;
    let shared = stacks.len() > 1 && stacks.iter().all(|s| s.len() > 1 && s.first().is_some_and(|l| l.origin == first.origin));
    if shared {
        for stack in stacks.iter_mut() {
            stack.remove(0);
        }
    }
    shared.then_some(first)
}
