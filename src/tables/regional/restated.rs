//! Rows inside a table that are none of its: its totals said once more, one below another (`Jumlah Desa/Kelurahan: 337`, `Total Pemilih:
//! 272943`), and shares or means below it (`Rata-rata`, `Persentase`).

use std::collections::BTreeSet;

use crate::tables::axes::{Label, Line, Table};

use super::slots::Slot;
use super::tags::Tagger;

/// Fewer columns of figures leave open whether a line has only one.
const LEAST_COLUMNS: usize = 3;

/// Numbers of the rows that are no rows of a table of regions.
#[must_use]
pub fn restated(table: &Table, slots: &[Slot], tagger: &Tagger) -> BTreeSet<usize> {
    let mut none: BTreeSet<usize> = (0..table.rows.len()).filter(|&r| derived(&table.rows[r], slots, tagger)).collect();
    none.extend(listed_again(table, slots, tagger));
    none
}

/// A row that is called a mean, a share or the like.
fn derived(line: &Line, slots: &[Slot], tagger: &Tagger) -> bool {
    let mut labels = line.labels.iter().zip(slots).filter(|(_, s)| **s != Slot::Words).filter_map(|(l, _)| l.as_ref());
    labels.any(|l| {
        let tags = tagger.label(l.text, l.said);
        tags.aside && l.said.whole() && tags.measure.is_none() && tags.goods.is_none() && !l.carried
    })
}

/// Rows that hold one figure each and name what it is: at least two in a row, with nothing behind them but more of them. Whatever column
/// their figure happens to stand in, it is not of that column.
fn listed_again(table: &Table, slots: &[Slot], tagger: &Tagger) -> BTreeSet<usize> {
    let by_words = slots.iter().any(|s| matches!(s, Slot::Words | Slot::When | Slot::Goods));
    let by_region = slots.iter().any(|s| matches!(s, Slot::Region(_)));
    if by_words || !by_region || table.cols.len() < LEAST_COLUMNS || table.turned {
        return BTreeSet::new();
    }
    let single =
        |row: usize| table.figures.partition_point(|f| f.row <= row) - table.figures.partition_point(|f| f.row < row) == 1;
    let listed = |&row: &usize| single(row) && table.rows.get(row).is_some_and(|line| says_what(line, tagger));
    let run: BTreeSet<usize> = (0..table.rows.len()).rev().take_while(listed).collect();
    if run.len() >= 2 { run } else { BTreeSet::new() }
}

/// Whether the row's only label names a field.
fn says_what(line: &Line, tagger: &Tagger) -> bool {
    let mut labels = line.labels.iter().flatten().filter(|l: &&Label| !l.carried && !l.text.trim().is_empty());
    let (Some(label), None) = (labels.next(), labels.next()) else { return false };
    let tags = tagger.label(label.text, label.said);
    label.said.unknown == 0 && (tags.speaks() || tags.level.is_some())
}
