//! Every number of a workbook with where it came from: a cell of a document, or a formula over other numbers of the workbook.
//!
//! The ledger is what makes stored results, marks on doubtful numbers, the sheet of sources and `rekap trace` agree: all four are
//! read from it.

use std::collections::BTreeMap;

use crate::model::{Origin, Places};

use super::formula::{At, Formula, Range};

/// A document that numbers were read from.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// Name of the batch it came in with.
    pub batch: &'a str,
    /// Its path below the batch folder.
    pub document: &'a str,
    /// SHA-256 of its bytes.
    pub sha256: &'a str,
    /// For writing locators.
    pub places: &'a Places,
}

/// What is wrong with a number, worst last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// Nothing known.
    #[default]
    None,
    /// Some of its parts are not stated.
    Partial,
    /// An error finding stands at its cell or at one of those it is made of.
    Error,
}

/// Where a number came from.
#[derive(Clone, Debug)]
pub enum Source<'a> {
    /// A cell of a document; no origin where it was worked out from several cells that are not published themselves.
    Read {
        /// The document.
        paper: Paper<'a>,
        /// Its cell.
        origin: Option<Origin>,
        /// What is printed there.
        raw: Option<&'a str>,
    },
    /// Other cells of this workbook; the formula as written.
    Computed(String),
    /// The sum of several cells of documents, which are not published themselves.
    Added(Vec<Published<'a>>),
    /// Worked out by a check about a place of a document: what should stand there, by how much it differs.
    Checked {
        /// The document.
        paper: Paper<'a>,
        /// The place in it.
        locator: String,
        /// What the number is, in the user's words.
        says: String,
    },
}

/// One published number.
#[derive(Clone, Debug)]
pub struct Published<'a> {
    /// The number.
    pub value: f64,
    /// Where it came from.
    pub source: Source<'a>,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// Numbers by their cell.
pub type Numbers<'a> = BTreeMap<At, Published<'a>>;

/// All numbers of one workbook by their cell.
#[derive(Debug, Default)]
pub struct Ledger<'a> {
    /// Names of the sheets, by number.
    pub sheets: Vec<String>,
    cells: Numbers<'a>,
    /// Running numbers and counts of rows, by sheet and column: first and last row of each run.
    counters: BTreeMap<(usize, u16), Vec<(u32, u32)>>,
    /// Where the workbook lists all its numbers once more, in the order of [`Ledger::iter`].
    repeated: Option<Range>,
}

impl<'a> Ledger<'a> {
    /// Notes a number.
    pub fn note(&mut self, at: At, published: Published<'a>) {
        self.cells.insert(at, published);
    }

    /// Notes a running number or a count of rows, which is read from no document.
    pub fn note_counter(&mut self, at: At) {
        let runs = self.counters.entry((at.sheet, at.col)).or_default();
        match runs.last_mut().filter(|(_, last)| last + 1 == at.row) {
            Some((_, last)) => *last = at.row,
            None => runs.push((at.row, at.row)),
        }
    }

    /// Notes where all numbers are listed once more.
    pub fn note_repeated(&mut self, range: Range) {
        self.repeated = Some(range);
    }

    /// All running numbers, as ranges.
    pub fn counters(&self) -> impl Iterator<Item = Range> {
        self.counters.iter().flat_map(|(&(sheet, col), runs)| {
            runs.iter().map(move |&(from, to)| Range { from: At { sheet, row: from, col }, to: At { sheet, row: to, col } })
        })
    }

    /// Where all numbers are listed once more.
    #[must_use]
    pub const fn repeated(&self) -> Option<Range> {
        self.repeated
    }

    /// Hands out the numbers while a sheet that lists them is drawn; they come back with [`Ledger::take_back`].
    pub fn lend(&mut self) -> Numbers<'a> {
        std::mem::take(&mut self.cells)
    }

    /// Takes the numbers back, before others are noted.
    pub fn take_back(&mut self, numbers: Numbers<'a>) {
        self.cells = numbers;
    }

    /// The number in a cell.
    #[must_use]
    pub fn get(&self, at: At) -> Option<&Published<'a>> {
        self.cells.get(&at)
    }

    /// All numbers, sheet by sheet.
    pub fn iter(&self) -> impl Iterator<Item = (At, &Published<'a>)> {
        self.cells.iter().map(|(&at, p)| (at, p))
    }

    /// Result and flaw of a formula; `None` where it has nothing to work with, so that the cell stays empty.
    #[must_use]
    pub fn evaluate(&self, formula: &Formula) -> Option<(f64, Flaw)> {
        match formula {
            Formula::Sum(ranges) => self.sum(ranges),
            Formula::Combine(terms) => {
                let mut result = (0.0, Flaw::None);
                for &(plus, at) in terms {
                    let term = self.get(at)?;
                    result.0 += if plus { term.value } else { -term.value };
                    result.1 = result.1.max(term.flaw);
                }
                Some(result)
            }
            Formula::Growth(now, before) => {
                let (now, before) = (self.get(*now)?, self.get(*before)?);
                (before.value != 0.0).then(|| (now.value / before.value - 1.0, now.flaw.max(before.flaw)))
            }
        }
    }

    /// A sum over ranges in which some cells, but not all, are empty is partial.
    fn sum(&self, ranges: &[Range]) -> Option<(f64, Flaw)> {
        let (mut total, mut flaw, mut filled, mut cells) = (0.0, Flaw::None, 0_u64, 0_u64);
        for range in ranges {
            for row in range.from.row..=range.to.row {
                for col in range.from.col..=range.to.col {
                    cells += 1;
                    if let Some(cell) = self.get(At { row, col, ..range.from }) {
                        filled += 1;
                        total += cell.value;
                        flaw = flaw.max(cell.flaw);
                    }
                }
            }
        }
        let flaw = if filled < cells { flaw.max(Flaw::Partial) } else { flaw };
        (filled > 0).then_some((total, flaw))
    }
}
