//! The columns of the voter tables: the same on the recap and on the sheet of each region, as far as the documents state them.

use std::collections::BTreeSet;

use crate::consolidate::PdpbBook;
use crate::consolidate::book::{Chapter, Figure, Line};
use crate::model::Level;
use crate::model::reason::REASONS;
use crate::publish::words;
use crate::publish::workbook::heading::{Head, column};

/// Names of the five measures in the order of `Line::flow`.
pub const FLOW: [&str; 5] =
    ["Pemilih Awal", "Pemilih Baru", "Pemilih Tidak Memenuhi Syarat (TMS)", "Perbaikan Data Pemilih", "Pemilih Akhir"];
/// Position of awal, baru, tms, ubah and akhir in `Line::flow`.
pub const AWAL: usize = 0;
/// See [`AWAL`].
pub const BARU: usize = 1;
/// See [`AWAL`].
pub const TMS: usize = 2;
/// See [`AWAL`].
pub const UBAH: usize = 3;
/// See [`AWAL`].
pub const AKHIR: usize = 4;
/// Headings of l, p, total.
pub const SEXES: [&str; 3] = ["L", "P", "L+P"];
/// What at least one document states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// `n_desa`, `n_tps`.
    pub counts: [bool; 2],
    /// A region has rows of its own, so that they can be counted.
    pub detailed: bool,
    /// The five measures.
    pub flow: [bool; 5],
    /// Reasons for TMS, in the contract's order.
    pub reasons: Vec<String>,
    /// Width that the totals of each measure need.
    pub widths: [f64; 5],
}

impl Known {
    /// What a book states.
    #[must_use]
    pub fn of(book: &PdpbBook) -> Self {
        let detailed = book.chapters.iter().any(|c| !c.rows.is_empty());
        let mut known = Self { detailed, ..Self::default() };
        let mut reasons: BTreeSet<&str> = BTreeSet::new();
        let mut totals = [0.0_f64; 5];
        for line in book.chapters.iter().flat_map(lines) {
            for (seen, figure) in known.counts.iter_mut().zip(&line.counts) {
                *seen |= figure.is_some();
            }
            for ((seen, total), three) in known.flow.iter_mut().zip(&mut totals).zip(&line.flow) {
                *seen |= three.iter().any(Option::is_some);
                *total += three.iter().flatten().map(|f| f.value.abs()).fold(0.0, f64::max);
            }
            reasons.extend(line.reasons.iter().map(|(name, _)| name.as_str()));
        }
        let listed = REASONS.iter().filter(|r| reasons.contains(**r)).copied();
        let others = reasons.iter().filter(|r| !REASONS.contains(r)).copied();
        known.widths = totals.map(width);
        known.reasons = listed.chain(others).map(str::to_owned).collect();
        known
    }
}

/// Width of a column in which this number stands in bold.
fn width(number: f64) -> f64 {
    let digits = u32::try_from(words::count(number).chars().count()).unwrap_or(9);
    (f64::from(digits) * 0.95 + 1.2).max(7.0)
}

/// All rows of a chapter.
pub fn lines(chapter: &Chapter) -> impl Iterator<Item = &Line> {
    chapter.rows.iter().chain(&chapter.whole)
}

/// All figures of a row.
pub fn figures(line: &Line) -> impl Iterator<Item = &Figure> {
    let reasons = line.reasons.iter().flat_map(|(_, three)| three);
    line.counts.iter().chain(line.flow.iter().flatten()).chain(reasons).flatten()
}

/// Where each figure of a row stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Number of rows of the region's own sheet; on the recap only.
    pub rows: Option<u16>,
    /// `n_desa`, `n_tps`.
    pub counts: [Option<u16>; 2],
    /// First of the three columns of each measure.
    pub flow: [Option<u16>; 5],
    /// Remarks; the last column.
    pub note: u16,
    /// Headings.
    pub heads: Vec<Head>,
}

impl Columns {
    /// The columns of a table of regions of `level`; `with_rows` adds the number of regions below each.
    #[must_use]
    pub fn new(known: &Known, level: Level, with_rows: bool) -> Self {
        let mut heads = vec![Head::alone("No", 4.5), Head::alone(words::level(level), 25.0)];
        let mut add = |head: Head| {
            heads.push(head);
            column(heads.len() - 1)
        };
        // Where no rows of desa can be counted their printed numbers stand.
        let printed = |below: Level| below == Level::Desa && known.counts[0] && !known.detailed;
        let below = level.below().filter(|&below| with_rows && !printed(below));
        let rows = below.map(|l| add(Head::alone(format!("Jumlah {}", words::level(l)), 10.0)));
        let desa = (known.counts[0] && below != Some(Level::Desa)).then(|| add(Head::alone("Jumlah Desa/Kel", 8.0)));
        let tps = known.counts[1].then(|| add(Head::alone("Jumlah TPS", 8.0)));
        let mut flow = [None; 5];
        for (i, name) in FLOW.iter().enumerate().filter(|(i, _)| known.flow[*i]) {
            let first = SEXES.map(|sex| add(Head::of(*name, sex, known.widths[i])))[0];
            flow[i] = Some(first);
        }
        let note = add(Head::alone("Catatan", 32.0));
        Self { rows, counts: [desa, tps], flow, note, heads }
    }

    /// The columns that hold numbers and get a total.
    pub fn numbers(&self) -> impl Iterator<Item = u16> {
        let flow = self.flow.iter().flatten().flat_map(|&first| first..first + 3);
        self.rows.into_iter().chain(self.counts.into_iter().flatten()).chain(flow)
    }
}
