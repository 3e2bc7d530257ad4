//! Columns about levels: one that says in words what each row is (`Komponen`, `Akun`, `Detil`), and those that repeat the names of all
//! parents in every row.

use crate::tables::marks::Marked;

use super::super::bands::Stretch;
use super::super::words::{Role, Words};
use super::{Candidate, Columns};

/// Columns that count their rows: nearly every number is one more than that before it.
pub fn ordinals(found: &mut Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) {
    for column in all {
        let cells = stretch.rows().filter_map(|n| sheet.at(sheet.row(n).0, column.col));
        let numbers: Vec<u32> =
            cells.filter_map(|(c, _)| sheet.grid.shown(c.value).trim().trim_end_matches(['.', ')']).parse().ok()).collect();
        let counted = numbers.windows(2).filter(|w| w[0].checked_add(1) == Some(w[1])).count();
        if counted >= FEWEST && counted * 10 >= column.profile.cells * 8 {
            found.roles.insert(column.col, Role::Ordinal);
        }
    }
}

/// Rows that have to count on before a column counts them.
const FEWEST: usize = 3;

/// A column that holds nothing but names of levels, several of them, tells the level of each row.
pub fn words(found: &mut Columns, all: &[Candidate], sheet: &Marked, words: &Words, stretch: &Stretch) {
    for column in all.iter().filter(|c| c.profile.is_words()) {
        let (mut named, mut cells) = (0_usize, 0_usize);
        let mut first = None;
        let mut several = false;
        for cell in stretch.rows().filter_map(|n| sheet.at(sheet.row(n).0, column.col)).map(|(cell, _)| cell) {
            let said = sheet.said(cell);
            cells += 1;
            named += usize::from(words.names_level(said));
            several |= *first.get_or_insert(words.level(said)) != words.level(said);
        }
        if several && named * 10 >= cells * 9 {
            found.roles.insert(column.col, Role::Level);
        }
    }
}

/// Columns headed by one level that hold names: where most rows fill several of them, they say again what the codes of the row say, and
/// only the text of the row itself is its own.
pub fn names(found: &mut Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) {
    let level = |c: &Candidate| c.said.iter().any(|r| matches!(r, Role::Code(Some(_))));
    let worded = |c: &Candidate| c.profile.is_words() || c.profile.is_named_code();
    let own = |found: &Columns, c: &Candidate| found.roles.get(&c.col).is_none_or(|r| *r == Role::Text);
    let named: Vec<&Candidate> = all.iter().filter(|c| level(c) && worded(c) && own(found, c)).collect();
    if named.is_empty() || !is_flat(found, &named, sheet, stretch) {
        return;
    }
    found.flat = true;
    let is_named = |c: &Candidate| named.iter().any(|n| n.col == c.col);
    let first_figure = found.roles.iter().filter(|(_, r)| r.numeric()).map(|(c, _)| *c).min().unwrap_or(u16::MAX);
    let texts = all.iter().filter(|c| !is_named(c) && own(found, c) && c.col < first_figure);
    let other = texts.into_iter().any(|c| c.profile.is_words() && !c.profile.is_code());
    let last = named.last().filter(|_| !other).map(|c| c.col);
    for column in &named {
        let tier = column.said.iter().find_map(|r| if let Role::Code(tier) = r { *tier } else { None });
        let taken = found.roles.values().any(|r| *r == Role::Code(tier));
        let role = if last == Some(column.col) {
            Role::Text
        } else if column.profile.is_named_code() && !taken {
            Role::Code(tier)
        } else {
            Role::Note
        };
        found.roles.insert(column.col, role);
    }
}

/// Whether most rows fill several of the columns about levels.
fn is_flat(found: &Columns, named: &[&Candidate], sheet: &Marked, stretch: &Stretch) -> bool {
    let about = |col: u16| named.iter().any(|c| c.col == col) || matches!(found.roles.get(&col), Some(Role::Code(Some(_))));
    let (mut several, mut some) = (0_usize, 0_usize);
    for n in stretch.rows() {
        let filled = stretch.cells(sheet, n).filter(|(c, _)| about(c.col)).count();
        some += usize::from(filled > 0);
        several += usize::from(filled > 1);
    }
    several * 2 > some
}

/// Of several columns of codes of all levels that are filled in the same rows the first is the row's code; the others say it again.
pub fn codes(found: &mut Columns, sheet: &Marked, stretch: &Stretch) {
    let columns: Vec<u16> = found.of(Role::Code(None)).collect();
    let Some((&first, others)) = columns.split_first() else { return };
    for &other in others {
        let filled = |n: usize, col: u16| sheet.at(sheet.row(n).0, col).is_some();
        let (mut both, mut own) = (0_usize, 0_usize);
        for n in stretch.rows().filter(|&n| filled(n, other)) {
            own += 1;
            both += usize::from(filled(n, first));
        }
        if both * 10 >= own * 9 {
            found.roles.insert(other, Role::Note);
        }
    }
}
