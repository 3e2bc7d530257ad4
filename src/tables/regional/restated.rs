//! Lines below a table that say its totals once more, one below another: `Jumlah Desa/Kelurahan: 337`, `Total Pemilih: 272943`.

use std::collections::BTreeSet;

use crate::tables::axes::{Label, Line, Table};

use super::slots::Slot;
use super::tags::Tagger;

/// Fewer columns of figures leave open whether a line has only one.
const LEAST_COLUMNS: usize = 3;

/// Rows of a table of regions, by number, that hold one figure each and name what it is: at least two in a row, with nothing behind them but
/// more of them. No rows of the table, whatever column their figure happens to stand in.
#[must_use]
pub fn restated(table: &Table, slots: &[Slot], tagger: &Tagger) -> BTreeSet<usize> {
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
