//! Blocks of money that stand outside of every table: above the first headings, or on a sheet without any. A line of a letterhead with a
//! number is none.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Origin, Value};
use crate::normalise::number::{self, Figure, Style};

use super::marks::{Mark, Marked};
use super::words::Dimension;

/// Smaller figures may be codes, years, numbers of things.
const LEAST: f64 = 10_000.0;
/// Figures below each other that make a block.
const FEWEST: usize = 3;
/// Of those, figures that nothing else states: a lone one may be the number of an office.
const NEW: usize = 2;

/// The figures in rows of a sheet that stand below each other, at least three in a column, and are none of `known`: bits of the amounts
/// that the document states elsewhere. A block that only says again what is known is none.
#[must_use]
pub fn figures(sheet: &Marked, rows: impl Iterator<Item = usize>, known: &BTreeSet<u64>) -> Vec<Origin> {
    let mut columns: BTreeMap<u16, Vec<(Origin, f64)>> = BTreeMap::new();
    let coded = |n: usize| sheet.row(n).1.any(|(c, m)| m == Mark::Label && sheet.said(c).tells(Dimension::Code));
    for n in rows.filter(|&n| !coded(n)) {
        for (cell, _) in sheet.row(n).1.filter(|(_, m)| *m == Mark::Figure) {
            let value = match cell.value {
                Value::Number(value) => Some(value),
                _ => sheet.grid.text(cell.value).and_then(money),
            };
            if let Some(value) = value.filter(|v| v.abs() >= LEAST) {
                columns.entry(cell.col).or_default().push((sheet.origin(cell), value));
            }
        }
    }
    let new = |cells: &[(Origin, f64)]| cells.iter().filter(|(_, v)| !known.contains(&v.to_bits())).count();
    let news = |cells: &&Vec<(Origin, f64)>| cells.len() >= FEWEST && new(cells) >= NEW;
    columns.values().filter(news).flatten().map(|(origin, _)| *origin).collect()
}

/// `Rp 1.234.567,00`, with marks between its thousands: a bare number may be a code.
fn money(text: &str) -> Option<f64> {
    let style = number::decide(std::iter::once(text)).style().unwrap_or(Style::Indonesian);
    match number::read(text, style) {
        Some(Figure::Number { value, .. }) if text.contains(['.', ',']) => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;
    use crate::tables::words::Vocabulary;

    fn found(lines: &[&str], known: &[f64]) -> usize {
        let mut grid = GridBuilder::new("S", Place::Sheet("S".into()));
        for (row, line) in (0..).zip(lines) {
            for (col, text) in (0..).zip(line.split('|')).filter(|(_, t)| !t.is_empty()) {
                grid.push_text(row, col, text);
            }
        }
        let grid = grid.finish();
        let words = Vocabulary::default();
        let sheet = Marked::new(&grid, 0, &words);
        figures(&sheet, 0..sheet.row_count(), &known.iter().map(|v| v.to_bits()).collect()).len()
    }

    #[test]
    fn three_amounts_below_each_other_are_a_block() {
        let block = ["Belanja Pegawai|1.000.000", "Belanja Barang|2.000.000", "Jumlah|3.000.000"];
        assert_eq!(found(&block, &[]), 3);
        assert_eq!(found(&block[1..], &[]), 0, "two are none");
        assert_eq!(found(&block, &[1e6, 2e6, 3e6]), 0, "all of it is said elsewhere");
        assert_eq!(found(&["Satker|654321", "Tahun|2025", "Lokasi|145100"], &[]), 0, "codes");
    }
}
