//! Headings that a long list repeats, on every page or every so many rows: the list goes on below them as if they were not there.

use std::collections::BTreeSet;

use crate::tables::marks::{Mark, Marked};

use super::Block;

/// The filled rows of headings that only say again what stands over the list already.
#[must_use]
pub fn repeated(sheet: &Marked, blocks: &[Block]) -> BTreeSet<usize> {
    let mut rows = BTreeSet::new();
    let mut first = 0;
    for next in 1..blocks.len() {
        let (list, after) = (&blocks[first..next], &blocks[next]);
        let one = |b: &Block| b.parts.len() == 1 && !b.heading.is_empty() && !b.body.is_empty();
        let alone = blocks.iter().filter(|b| b.heading == after.heading).count() == 1;
        let same = list.iter().chain([after]).all(one) && alone && said(sheet, &list[0]) == said(sheet, after);
        let groups = groups(sheet, list);
        let grouped = |n: usize| alone_in(sheet, n).is_some_and(|col| groups.contains(&col));
        // Below it a new group, or the next row: then labels of groups may stand above it, which otherwise are the title of another table.
        let opens = || after.titles.is_empty() && grouped(after.body.start);
        if same && (opens() || after.titles.clone().all(grouped) && goes_on(sheet, list, after)) {
            rows.extend(after.heading.start..after.body.start);
        } else {
            first = next;
        }
    }
    rows
}

/// The texts of a heading, in whatever order its rows print them.
fn said<'s>(sheet: &'s Marked, block: &Block) -> Vec<&'s str> {
    let cells = block.heading.clone().flat_map(|n| sheet.row(n).1).map(|(cell, _)| cell);
    let mut texts: Vec<&str> = cells.filter_map(|cell| sheet.grid.text(cell.value)).map(str::trim).collect();
    texts.sort_unstable();
    texts
}

/// The columns in which the labels of groups stand inside a list.
fn groups(sheet: &Marked, list: &[Block]) -> BTreeSet<u16> {
    list.iter().flat_map(|b| b.body.clone()).filter_map(|n| alone_in(sheet, n)).collect()
}

/// The column of a row's label, if it holds nothing else.
fn alone_in(sheet: &Marked, n: usize) -> Option<u16> {
    let mut cells = sheet.row(n).1;
    match (cells.next(), cells.next()) {
        (Some((cell, Mark::Label)), None) => Some(cell.col),
        _ => None,
    }
}

/// Whether the running numbers below a repeated heading go on where those above it end, or where they had just started over.
fn goes_on(sheet: &Marked, list: &[Block], after: &Block) -> bool {
    let number = |n: usize, col: u16| -> Option<u32> {
        let (cell, _) = sheet.in_row(n, col)?;
        sheet.grid.shown(cell.value).trim().trim_end_matches(['.', ')']).parse().ok()
    };
    let continued = |col: u16| {
        let mut above = list.iter().rev().flat_map(|b| b.body.clone().rev()).filter_map(|n| number(n, col));
        let first = after.body.clone().find_map(|n| number(n, col));
        let (Some(last), Some(before), Some(first)) = (above.next(), above.next(), first) else { return false };
        let runs = last == 1 || before.checked_add(1) == Some(last);
        runs && last.checked_add(1) == Some(first)
    };
    after.parts[0].iter().any(|&col| continued(col))
}
