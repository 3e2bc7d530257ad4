//! A line of words alone that is wider than its column: on paper its last words fall into the columns of figures beside it.

use crate::model::{Cell, Grid};

use super::figure;

/// Fewest cells of a row above that shows how the columns stand.
const ROW: usize = 3;

/// A line that ran over: where it begins, and all of it.
pub(super) struct Overflow {
    pub(super) row: u32,
    pub(super) col: u16,
    pub(super) text: String,
}

/// `A. PEMILIH TRIWULAN | SEBELUMNYA` over `Laki-laki | 1.234 | 567`: neighbouring cells of words that fill no other column of their row,
/// below a row that shows the columns, the later ones in columns that hold figures otherwise.
pub(super) fn overflows(grid: &Grid) -> Vec<Overflow> {
    let rows: Vec<&[Cell]> = grid.cells.chunk_by(|a, b| a.row == b.row).collect();
    let Some(shown) = rows.iter().position(|row| row.len() >= ROW) else { return Vec::new() };
    let first = grid.cells.iter().map(|c| c.col).min().unwrap_or(0);
    let counted = |col: u16| {
        let below = || rows[shown + 1..].iter().flat_map(|row| row.iter()).filter(|c| c.col == col);
        below().filter(|c| figure(grid, c.value)).count() * 2 > below().count()
    };
    let names = !counted(first);
    let ran_over = |row: &&[Cell]| {
        let [head, rest @ ..] = row else { return None };
        let beside = rest.iter().zip(head.col + 1..).all(|(cell, col)| cell.col == col && counted(col));
        let merged = grid.merges.iter().any(|m| (m.top..=m.bottom).contains(&head.row) && rest.iter().any(|c| c.col == m.left));
        let words: Option<Vec<&str>> =
            row.iter().map(|c| grid.text(c.value).map(str::trim).filter(|_| !figure(grid, c.value))).collect();
        let letters = |text: &&str| text.contains(char::is_alphabetic);
        let words = words.filter(|w| w.iter().all(letters))?;
        let over = names && head.col == first && !rest.is_empty() && rest.len() < ROW && beside && !merged;
        over.then(|| Overflow { row: head.row, col: head.col, text: words.join(" ") })
    };
    rows[shown + 1..].iter().filter_map(ran_over).collect()
}
