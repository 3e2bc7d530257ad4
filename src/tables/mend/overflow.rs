//! A line of words alone that is wider than its column: on paper its last words fall into the columns of figures beside it.

use std::collections::BTreeMap;

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
    let mut columns: BTreeMap<u16, (usize, usize)> = BTreeMap::new();
    for cell in rows[shown + 1..].iter().copied().flatten() {
        let (figures, all) = columns.entry(cell.col).or_default();
        *figures += usize::from(figure(grid, cell.value));
        *all += 1;
    }
    let counted = |col: u16| columns.get(&col).is_some_and(|(figures, all)| figures * 2 > *all);
    let names = !counted(first);
    let ran_over = |row: &&[Cell]| {
        let [head, rest @ ..] = row else { return None };
        if !names || head.col != first || rest.is_empty() || rest.len() >= ROW {
            return None;
        }
        if !rest.iter().zip(head.col + 1..).all(|(cell, col)| cell.col == col && counted(col)) {
            return None;
        }
        let merged = grid.merges.iter().any(|m| (m.top..=m.bottom).contains(&head.row) && rest.iter().any(|c| c.col == m.left));
        let words: Option<Vec<&str>> =
            row.iter().map(|c| grid.text(c.value).map(str::trim).filter(|_| !figure(grid, c.value))).collect();
        let letters = |text: &&str| text.contains(char::is_alphabetic);
        let words = words.filter(|w| w.iter().all(letters))?;
        (!merged).then(|| Overflow { row: head.row, col: head.col, text: words.join(" ") })
    };
    rows[shown + 1..].iter().filter_map(ran_over).collect()
}
