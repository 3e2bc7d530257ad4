//! Lines of text that were broken within a cell and names that ran over theirs, put together again, and what counts rows.

use std::borrow::Cow;

use crate::model::Origin;
use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};

use super::body::{Item, Table};
use super::layout::Field;

/// Puts the rest of a broken line behind it: its first field ends the last cell, the others follow.
pub(super) fn mend<'a>(row: &mut Row<'a>, next: &Row<'a>) {
    let Some(col) = row.cells.last().map(|c| c.origin.col) else { return };
    for cell in &next.cells {
        if let Some(last) = row.cells.last_mut().filter(|_| cell.origin.col == 0) {
            last.text = Cow::Owned(format!("{} {}", last.text, cell.text));
        } else {
            let mut cell = cell.clone();
            cell.origin = Origin::new(cell.origin.grid, row.row, col + cell.origin.col);
            cell.right = cell.origin.col;
            row.cells.push(cell);
        }
    }
}

impl Table {
    /// Puts a name that ran over its column together again: `II | Meningkatnya kapasitas sumber daya | manusia` over `1 | Jumlah … | 80%`.
    /// Its words go on in columns of figures, with a small letter or where all indicators above are counted by digits, and it is counted
    /// otherwise than the row of figures below it.
    pub(super) fn whole_aim<'a>(&self, row: &Row<'a>, next: Option<&Row>) -> Option<Row<'a>> {
        let digits = |cell: &Cell| cell.text.contains(|c: char| c.is_ascii_digit());
        let of = |i: &usize| self.cols[*i].field;
        let measured = |i: &usize| of(i).is_some_and(Field::measured);
        let cells = self.placed(row);
        let [(no, number), (named, name), rest @ ..] = cells.as_slice() else { return None };
        let counted = of(no) == Some(Field::No) && is_ordinal(&number.text) && !digits(number);
        let begun = of(named) == Some(Field::Indikator) && name.text.starts_with(char::is_uppercase);
        let figured = |item: &Item| item.cells.get(no).is_some_and(|p| p.text.contains(|c: char| c.is_ascii_digit()));
        let names_aims = !self.items.is_empty() && self.items.iter().all(figured);
        let words = |text: &str| text.starts_with(char::is_lowercase) || names_aims && text.contains(' ');
        let goes_on = |(i, cell): &(usize, &Cell)| measured(i) && words(&cell.text) && !digits(cell);
        let over = !rest.is_empty() && rest.iter().zip(named + 1..).all(|(c, at)| c.0 == at && goes_on(c));
        let below = next.filter(|n| n.grid == row.grid).map(|n| self.placed(n)).unwrap_or_default();
        let figures = below.iter().any(|(i, c)| of(i) == Some(Field::No) && digits(c))
            && below.iter().any(|(i, c)| measured(i) && digits(c));
        if !counted || !begun || !over || !figures || cells.len() != row.cells.len() {
            return None;
        }
        let said: Vec<String> = row.cells.iter().skip(1).map(|c| text::clean(&c.text)).collect();
        let mut whole = row.clone();
        whole.cells.truncate(2);
        whole.cells.last_mut()?.text = Cow::Owned(said.join(" "));
        Some(whole)
    }
}

impl Table {
    /// Puts the texts of a row and the number and figures together that a print set at its foot, a line below: neither has anything of the
    /// other's.
    pub(super) fn footed<'a>(&self, row: &Row<'a>, next: Option<&Row<'a>>) -> Option<Row<'a>> {
        let next = next.filter(|n| n.grid == row.grid)?;
        let fields = |row: &Row| self.placed(row).iter().filter_map(|(i, _)| self.cols[*i].field).collect::<Vec<_>>();
        let (texts, figures) = (fields(row), fields(next));
        let foot = |f: &Field| *f == Field::No || f.measured();
        let numbered = self.placed(next).iter().any(|(i, c)| self.cols[*i].field == Some(Field::No) && is_ordinal(&c.text));
        let apart = texts.contains(&Field::Indikator) && !texts.iter().any(foot) && figures.iter().all(foot);
        if !apart || !numbered || !figures.iter().any(|f| f.measured()) {
            return None;
        }
        let mut whole = row.clone();
        whole.cells.extend(next.cells.iter().cloned());
        whole.cells.sort_by_key(|c| c.origin.col);
        Some(whole)
    }
}

/// `1`, `1.`, `1.2`, `IV.`, `a)`: what counts rows.
pub(super) fn is_ordinal(text: &str) -> bool {
    let text = text.trim().trim_start_matches('(').trim_end_matches(['.', ')', ' ']);
    let digits =
        !text.is_empty() && text.len() <= 6 && text.split('.').all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit()));
    let letter = text.len() == 1 && text.chars().all(char::is_alphabetic);
    digits || letter || crate::normalise::number::roman(text).is_some()
}
