//! Lines of text that were broken within a cell, put together again, and what counts rows.

use std::borrow::Cow;

use crate::model::Origin;
use crate::tables::ledger::Row;

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

/// `1`, `1.`, `1.2`, `IV.`, `a)`: what counts rows.
pub(super) fn is_ordinal(text: &str) -> bool {
    let text = text.trim().trim_start_matches('(').trim_end_matches(['.', ')', ' ']);
    let digits =
        !text.is_empty() && text.len() <= 6 && text.split('.').all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit()));
    let letter = text.len() == 1 && text.chars().all(char::is_alphabetic);
    digits || letter || crate::normalise::number::roman(text).is_some()
}
