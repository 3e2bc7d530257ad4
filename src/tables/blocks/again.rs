//! Headings that a long list repeats, on every page or every so many rows: the list goes on below them as if they were not there.

use std::collections::BTreeSet;

use crate::tables::marks::{Mark, Marked};

use super::Block;

/// Rows of running numbers before a repeated heading that show what runs.
const LEAST_RUN: usize = 2;

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
        if same && grouped(sheet, list, after) && goes_on(sheet, list, after) {
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

/// Whether nothing stands between the rows above and the heading but what the list has inside too: labels of groups, in their column.
fn grouped(sheet: &Marked, list: &[Block], after: &Block) -> bool {
    let labels = |n: usize| {
        let mut cells = sheet.row(n).1;
        match (cells.next(), cells.next()) {
            (Some((cell, Mark::Label)), None) => Some(cell.col),
            _ => None,
        }
    };
    let inside: BTreeSet<u16> = list.iter().flat_map(|b| b.body.clone()).filter_map(labels).collect();
    after.titles.clone().all(|n| labels(n).is_some_and(|col| inside.contains(&col)))
}

/// Whether the running numbers below a repeated heading go on where those above it end.
fn goes_on(sheet: &Marked, list: &[Block], after: &Block) -> bool {
    let number = |n: usize, col: u16| -> Option<u32> {
        let (cell, _) = sheet.in_row(n, col)?;
        sheet.grid.shown(cell.value).trim().trim_end_matches(['.', ')']).parse().ok()
    };
    let continued = |col: u16| {
        let above: Vec<u32> = list.iter().flat_map(|b| b.body.clone()).filter_map(|n| number(n, col)).collect();
        let tail = above.get(above.len().saturating_sub(LEAST_RUN)..).unwrap_or_default();
        let next = tail.last().and_then(|n| n.checked_add(1));
        let first = after.body.clone().find_map(|n| number(n, col));
        tail.len() == LEAST_RUN && tail.windows(2).all(|w| w[0].checked_add(1) == Some(w[1])) && first == next && next.is_some()
    };
    after.parts[0].iter().any(|&col| continued(col))
}
