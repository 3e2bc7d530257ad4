//! What the cells of a column look like, whatever stands above them.

use std::collections::BTreeMap;

use crate::model::{Cell, Grid, Value};
use crate::normalise::number::{self, Decision, Figure, Style};
use crate::tables::marks::Marked;
use crate::tables::outline::{code, mark};

use super::bands::Stretch;

/// Counts of a column's cells by form.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Numbers and texts that read as one.
    pub numbers: usize,
    /// Numbers with a unit behind them, or factors: `12 OK`, `2 Orang x 3 Hari`.
    pub counted: usize,
    /// Texts and numbers that read as budget codes.
    pub codes: usize,
    /// Of those, with parts and letters: `3355.EBD.955`.
    pub parted: usize,
    /// Characters of the longest of them.
    pub widest: usize,
    /// Of them, as many digits as an akun has: nothing is numbered as far.
    pub accounts: usize,
    /// Marks such as `>` and `-`.
    pub marks: usize,
    /// Stars alone.
    pub stars: usize,
    /// Texts that begin with a code.
    pub leading: usize,
    /// All characters of the words behind counted numbers.
    pub behind: usize,
    /// Any other text.
    pub texts: usize,
    /// Of those, texts with a digit.
    pub figured: usize,
    /// All characters of the texts.
    pub length: usize,
    /// All filled cells.
    pub cells: usize,
    /// What the printed numbers are written in.
    pub style: Option<Decision>,
}

impl Profile {
    /// Whether most cells are numbers. `521211 Belanja Bahan` is none: no unit is that long.
    #[must_use]
    pub const fn is_numeric(&self) -> bool {
        let counted = if self.behind > self.counted * LONGEST_UNIT { 0 } else { self.counted };
        self.cells > 0 && (self.numbers + counted) * 2 > self.cells
    }

    /// Whether most cells are codes.
    #[must_use]
    pub const fn is_code(&self) -> bool {
        self.cells > 0 && self.codes * 2 > self.cells
    }

    /// Whether its cells are codes and nothing else could be meant: some are no numbers.
    #[must_use]
    pub const fn is_all_codes(&self) -> bool {
        self.codes * 10 >= self.cells * 9 && self.parted > 0
    }

    /// Whether most cells are codes, those of accounts among them, and no running numbers: `No` over `051`, `A` and `521211`.
    #[must_use]
    pub const fn outnumbers(&self) -> bool {
        self.codes * 2 > self.cells && self.accounts > 0
    }

    /// Whether most cells are words or marks.
    #[must_use]
    pub const fn is_words(&self) -> bool {
        self.cells > 0 && (self.texts + self.marks) * 2 > self.cells
    }

    /// Whether most cells are a code with its name behind it.
    #[must_use]
    pub const fn is_named_code(&self) -> bool {
        self.cells > 0 && self.leading * 10 >= self.cells * 6
    }
}

/// Characters of the units of counting, in the mean of a column, at most.
const LONGEST_UNIT: usize = 11;

/// The profiles of all columns that have cells in the rows of a stretch.
#[must_use]
pub fn profiles(sheet: &Marked, stretch: &Stretch) -> BTreeMap<u16, Profile> {
    let mut all: BTreeMap<u16, Profile> = BTreeMap::new();
    let mut printed: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for n in stretch.rows() {
        for (cell, _) in stretch.cells(sheet, n) {
            let profile = all.entry(cell.col).or_default();
            note(profile, sheet.grid, cell);
            if let Some(text) = sheet.grid.text(cell.value) {
                printed.entry(cell.col).or_default().push(super::cells::without_unit(text));
            }
        }
    }
    for (col, texts) in printed {
        if let Some(profile) = all.get_mut(&col) {
            profile.style = Some(number::decide(texts.into_iter()));
        }
    }
    all
}

fn note(profile: &mut Profile, grid: &Grid, cell: &Cell) {
    profile.cells += 1;
    let text = match cell.value {
        Value::Number(n) => {
            profile.numbers += 1;
            if n.fract() == 0.0 && (0.0..1e6).contains(&n) {
                coded(profile, &grid.shown(cell.value));
            }
            return;
        }
        Value::Error(_) | Value::NoResult => {
            profile.numbers += 1;
            return;
        }
        Value::Text(_) => grid.text(cell.value).unwrap_or_default(),
        Value::Bool(_) | Value::Date(_) => {
            profile.texts += 1;
            return;
        }
    };
    coded(profile, text);
    profile.leading += usize::from(code::leading(text).is_some());
    profile.stars += usize::from(text.trim() == "*");
    if mark::alone(text).is_some() {
        profile.marks += 1;
    } else if number::looks_like_number(super::cells::without_unit(text)) {
        profile.numbers += 1;
    } else if is_counted(text) {
        profile.counted += 1;
        profile.behind +=
            if super::factors::single_unit(text).is_some() { text.chars().filter(|c| !c.is_ascii_digit()).count() } else { 0 };
    } else {
        profile.texts += 1;
        profile.figured += usize::from(text.contains(|c: char| c.is_ascii_digit()));
        profile.length += text.chars().count();
    }
}

fn coded(profile: &mut Profile, text: &str) {
    if !code::readings(text).is_empty() {
        profile.codes += 1;
        profile.parted += usize::from(text.contains('.') && text.contains(|c: char| c.is_ascii_uppercase()));
        profile.widest = profile.widest.max(text.trim().len());
        profile.accounts += usize::from(text.trim().len() == 6 && text.trim().bytes().all(|b| b.is_ascii_digit()));
    }
}

/// A number with words behind it: `12 OK`, `2 Orang x 3 Hari`.
fn is_counted(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit())
        && (super::factors::product(text, Style::Indonesian).is_some()
            || [Style::Indonesian, Style::Anglo].iter().any(|&s| matches!(number::read(text, s), Some(Figure::Number { .. }))))
}
