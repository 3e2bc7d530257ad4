//! Columns told by what stands in them, where their headings leave it open: one column describes the rows, quantities have their units
//! behind them or beside every price and nowhere else, a source of money is one of a few short words.

use std::collections::BTreeSet;

use crate::tables::marks::{Mark, Marked};
use crate::tables::outline::mark;

use super::super::bands::Stretch;
use super::super::words::Role;
use super::{Candidate, Columns};

/// The words of one column.
#[derive(Debug, Default)]
struct Texts {
    /// Rows that have some.
    rows: BTreeSet<usize>,
    distinct: BTreeSet<String>,
    /// Characters of all of them.
    length: usize,
    /// Characters of the longest.
    longest: usize,
}

impl Texts {
    fn of(sheet: &Marked, stretch: &Stretch, col: u16) -> Self {
        let mut found = Self::default();
        for n in stretch.rows() {
            let Some((cell, _)) = sheet.at(sheet.row(n).0, col).filter(|(_, m)| *m == Mark::Label) else { continue };
            let shown = sheet.grid.shown(cell.value).trim().to_owned();
            if mark::alone(&shown).is_some() || shown == "*" {
                continue;
            }
            let characters = shown.chars().count();
            found.rows.insert(n);
            found.length += characters;
            found.longest = found.longest.max(characters);
            found.distinct.insert(shown);
        }
        found
    }

    /// Words as short as units are.
    fn is_short(&self) -> bool {
        !self.rows.is_empty() && self.longest <= LONGEST_WORD && self.length <= self.rows.len() * LONGEST_UNIT
    }

    /// The same few words again and again.
    fn is_list(&self) -> bool {
        self.rows.len() >= FEWEST && self.distinct.len() * 3 <= self.rows.len()
    }

    fn within(&self, rows: &BTreeSet<usize>) -> bool {
        self.rows.intersection(rows).count() * 10 >= self.rows.len() * 9
    }
}

/// Characters of a unit at most, and in the mean of a column.
const LONGEST_WORD: usize = 16;
const LONGEST_UNIT: usize = 9;
/// Rows from which words can be seen to come again.
const FEWEST: usize = 6;
/// Different sources of money in one document at most.
const SOURCES: usize = 6;

/// Gives the columns of words what their cells say they are.
pub fn settle(found: &mut Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) {
    describe(found, all, sheet, stretch);
    beside_descriptions(found, all, sheet, stretch);
    quantities(found, all);
    units(found, all, sheet, stretch);
    sources(found, all, sheet, stretch);
}

/// Where no column describes the rows, the one with the most words does, whatever its heading says (`Keterangan Belanja`).
fn describe(found: &mut Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) {
    let filled = |c: u16| all.iter().any(|a| a.col == c && a.profile.cells > 0);
    if found.of(Role::Text).any(filled) {
        return;
    }
    let open = |c: &&Candidate| {
        let spare = matches!(found.roles.get(&c.col), None | Some(Role::Note));
        spare && c.profile.is_words() && !c.profile.is_code()
    };
    let texts = all.iter().filter(open).map(|c| (c.col, Texts::of(sheet, stretch, c.col)));
    let best = texts.filter(|(_, t)| !t.is_short() && !t.is_list()).max_by_key(|(col, t)| (t.length, std::cmp::Reverse(*col)));
    if let Some((col, _)) = best {
        found.aside.remove(&col);
        found.roles.insert(col, Role::Text);
    }
}

/// Of several columns that are headed as descriptions and filled in the same rows, those with the same few short words describe nothing:
/// `Jenis Satuan`, `Jenis Pengadaan`.
fn beside_descriptions(found: &mut Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) {
    let headed = |c: u16| all.iter().any(|a| a.col == c && a.headed);
    let texts: Vec<(u16, Texts)> = found.of(Role::Text).map(|c| (c, Texts::of(sheet, stretch, c))).collect();
    let Some((main, first)) = texts.iter().max_by_key(|(col, t)| (t.length, std::cmp::Reverse(*col))) else { return };
    for (col, text) in texts.iter().filter(|(c, _)| c != main && headed(*c)) {
        if text.within(&first.rows) && (text.is_short() || text.is_list()) {
            found.roles.insert(*col, Role::Note);
        }
    }
}

/// Where no column holds the quantities, the one with numbers and their units behind them does: `12 OK`.
fn quantities(found: &mut Columns, all: &[Candidate]) {
    let filled = |c: u16| all.iter().any(|a| a.col == c && a.profile.cells > 0);
    if found.of(Role::Volume).any(filled) {
        return;
    }
    let counted = |c: &&Candidate| {
        let spare = matches!(found.roles.get(&c.col), None | Some(Role::Note));
        c.headed && spare && c.said.is_empty() && c.profile.counted * 2 > c.profile.cells && c.profile.is_numeric()
    };
    let mut columns = all.iter().filter(counted);
    if let (Some(column), None) = (columns.next(), columns.next()) {
        found.roles.insert(column.col, Role::Volume);
    }
}

/// Where no column holds the units, short words in the rows that have a price, and in no others, do.
fn units(found: &mut Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) {
    let filled = |c: u16| all.iter().any(|a| a.col == c && a.profile.cells > 0);
    let Some(price) = found.of(Role::Price).find(|c| filled(*c)).filter(|_| !found.of(Role::Unit).any(filled)) else { return };
    let priced: BTreeSet<usize> = stretch.rows().filter(|&n| sheet.at(sheet.row(n).0, price).is_some()).collect();
    // Units may stand behind the quantities: `12 OK`.
    if found.of(Role::Volume).any(|v| all.iter().any(|a| a.col == v && a.profile.counted * 2 > a.profile.cells)) {
        return;
    }
    let fits = |c: &&Candidate| {
        let spare = matches!(found.roles.get(&c.col), None | Some(Role::Note | Role::Aside));
        c.headed && spare && !c.said.contains(&Role::Note) && c.profile.is_words() && {
            let texts = Texts::of(sheet, stretch, c.col);
            texts.is_short() && texts.within(&priced) && texts.rows.len() * 2 > priced.len()
        }
    };
    let near = |c: &&Candidate| (!c.said.contains(&Role::Unit), c.col.abs_diff(price));
    if let Some(column) = all.iter().filter(fits).min_by_key(near) {
        found.aside.remove(&column.col);
        found.roles.insert(column.col, Role::Unit);
    }
}

/// Where no column holds the sources of money, a few short words in capitals do.
fn sources(found: &mut Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) {
    if found.of(Role::Fund).any(|c| all.iter().any(|a| a.col == c && a.profile.cells > 0)) {
        return;
    }
    let text = found.of(Role::Text).next();
    let source = |t: &String| (2..=5).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_uppercase());
    let fits = |c: &&Candidate| {
        let said = c.said.is_empty() || c.said.contains(&Role::Fund);
        let spare = matches!(found.roles.get(&c.col), None | Some(Role::Note));
        said && c.headed && spare && c.profile.is_words() && text.is_some_and(|t| t < c.col) && {
            let texts = Texts::of(sheet, stretch, c.col);
            texts.distinct.len() <= SOURCES && texts.distinct.iter().all(source)
        }
    };
    if let Some(column) = all.iter().find(fits) {
        found.roles.insert(column.col, Role::Fund);
    }
}
