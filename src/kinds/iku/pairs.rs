//! Lines of a form with several labels, each with its value behind it: `Target | 100 % | Realisasi | 95 %`.

use crate::tables::ledger::{Cell, Row};

use super::body::Words;

/// The line at its labels; one part where only the first cell is one, or where the labels are those of forms side by side.
pub(super) fn parts<'r, 'a>(cells: &[&'r Cell<'a>], words: &Words) -> Vec<Vec<&'r Cell<'a>>> {
    let begins = |i: usize| i >= 2 && i + 1 < cells.len() && is_label(cells[i], words) && !is_label(cells[i - 1], words);
    let mut out: Vec<Vec<&Cell>> = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        match out.last_mut() {
            Some(part) if !begins(i) => part.push(cell),
            _ => out.push(vec![cell]),
        }
    }
    out
}

/// Whether a row is such a line and no heading: labels and what is none in turn, and the same below or above it.
pub(super) fn line(rows: &[Row], at: usize, words: &Words) -> bool {
    let paired = |row: &Row| {
        let cells: Vec<&Cell> = row.cells.iter().filter(|c| c.text.trim() != ":").collect();
        let in_turn = cells.iter().enumerate().all(|(i, c)| is_label(c, words) == (i % 2 == 0));
        cells.len() >= 4 && cells.len().is_multiple_of(2) && in_turn
    };
    let Some(row) = rows.get(at).filter(|r| paired(r)) else { return false };
    let same = |other: Option<&Row>| {
        other.is_some_and(|o| o.grid == row.grid && (paired(o) || o.cells.len() == 2 && is_label(&o.cells[0], words)))
    };
    same(rows.get(at + 1)) || same(at.checked_sub(1).and_then(|i| rows.get(i)))
}

/// Whether a cell says a label and nothing else.
fn is_label(cell: &Cell, words: &Words) -> bool {
    const LONGEST: usize = 40;
    let text = cell.text.trim().trim_end_matches([':', ' ']);
    let said = words.vocabulary.read(text);
    cell.number.is_none()
        && text.chars().count() <= LONGEST
        && text.chars().any(char::is_alphabetic)
        && !text.contains(|c: char| c.is_ascii_digit())
        && said.unknown == 0
        && !crate::tables::columns::says(text, words.vocabulary).is_empty()
}
