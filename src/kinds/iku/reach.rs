//! Rows of a table that stand without a heading on another grid, cut off by a page or a gap.

use crate::normalise::number::Style;
use crate::tables::ledger::{Cell, Row};

use super::body::{Table, Words};
use super::layout::Field;
use super::value::{self, Amount};

/// Fewest letters of a name.
const NAME: usize = 8;

impl Table {
    /// Whether a row of another grid is one of this table, cut off from its heading by a page or a gap: filled in the same columns and
    /// counted on.
    pub(super) fn reaches(&self, row: &Row, words: &Words) -> bool {
        let regular = self.heading.columns.iter().zip(0..).all(|(c, i)| c.left == i);
        let last = row.cells.last().is_some_and(|c| usize::from(c.origin.col) < self.cols.len());
        let counted = self.index(Field::No).and_then(|i| row.cells.iter().find(|c| usize::from(c.origin.col) == i));
        let number: Option<usize> = counted.and_then(|c| c.text.trim_end_matches(['.', ')']).parse().ok());
        let goes_on = number == Some(self.items.len() + 1) && row.cells.len() * 3 >= self.cols.len() * 2;
        let begins = number.is_some_and(|n| n == 1 || n > self.last_number()) && self.fits(row, words);
        !words.sheets && regular && last && (goes_on || begins)
    }

    /// The number that the last indicator is counted by; zero where it has none.
    fn last_number(&self) -> usize {
        let printed = self.items.last().zip(self.index(Field::No)).and_then(|(item, no)| item.cells.get(&no));
        printed.and_then(|p| p.text.trim_end_matches(['.', ')']).parse().ok()).unwrap_or(0)
    }

    /// Whether a row has in every column what is asked for there: names where names stand, a target that can be read as one.
    fn fits(&self, row: &Row, words: &Words) -> bool {
        let says = |c: &Cell| {
            let Some(field) = self.cols.get(usize::from(c.origin.col)).and_then(|col| col.field) else { return true };
            let letters = c.text.chars().filter(|x| x.is_alphabetic()).count();
            let worded = letters >= NAME && c.text.split_whitespace().count() > 1 && !c.text.starts_with("Rp");
            match field {
                Field::Indikator | Field::Sasaran | Field::Tujuan => worded,
                Field::Target => {
                    value::is_short(&c.text) && !matches!(value::read(&c.text, Style::Indonesian, words.phrases), Amount::Nothing)
                }
                _ => true,
            }
        };
        let has = |field: Field| self.index(field).is_some_and(|i| row.cells.iter().any(|c| usize::from(c.origin.col) == i));
        row.cells.len() == self.cols.len() && has(Field::Indikator) && has(Field::Target) && row.cells.iter().all(says)
    }
}
