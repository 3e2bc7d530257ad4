//! Figures written one digit to a box, as on the forms of the polling station: `- | 6 | 6 | 3 | 8 | 3`. They are put together where the
//! words beside one of them say the same; a table of small counts has no words.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::{Cell, Document, Grid, Value};
use crate::normalise::terbilang;

/// Boxes of a figure, at least.
const BOXES: usize = 3;

/// The document with each figure in the cell of its first digit.
pub(super) fn joined(document: &Document) -> Cow<'_, Document> {
    let boxed: Vec<Option<Grid>> = document.grids.iter().map(of_grid).collect();
    if boxed.iter().all(Option::is_none) {
        return Cow::Borrowed(document);
    }
    let mut own = document.clone();
    for (grid, joined) in own.grids.iter_mut().zip(boxed) {
        if let Some(joined) = joined {
            *grid = joined;
        }
    }
    Cow::Owned(own)
}

/// A figure in boxes: its cells by their numbers, and what they say together.
struct Boxed {
    cells: std::ops::Range<usize>,
    first: usize,
    last: u16,
    value: f64,
    /// The words behind the boxes say the same.
    sure: bool,
}

fn of_grid(grid: &Grid) -> Option<Grid> {
    let mut start = 0;
    let mut found: Vec<Boxed> = Vec::new();
    for row in grid.cells.chunk_by(|a, b| a.row == b.row) {
        found.extend(in_row(grid, row, start));
        start += row.len();
    }
    let lasts: BTreeSet<u16> = found.iter().filter(|b| b.sure).map(|b| b.last).collect();
    found.retain(|b| lasts.contains(&b.last));
    if found.is_empty() {
        return None;
    }
    let mut own = grid.clone();
    for boxed in &found {
        own.cells[boxed.first].value = Value::Number(boxed.value);
    }
    let gone: BTreeSet<usize> = found.iter().flat_map(|b| b.cells.clone().filter(|n| *n != b.first)).collect();
    let mut numbers = 0..;
    own.cells.retain(|_| numbers.next().is_none_or(|n| !gone.contains(&n)));
    Some(own)
}

/// The boxes of a row whose first cell has this number: neighbours with one digit each, strokes before them.
fn in_row(grid: &Grid, row: &[Cell], start: usize) -> Option<Boxed> {
    let first = row.iter().position(|c| mark(grid, c).is_some())?;
    let adjoins = |n: usize| n == first || row[n - 1].col + 1 == row[n].col;
    let end = (first..row.len()).find(|&n| mark(grid, &row[n]).is_none() || !adjoins(n)).unwrap_or(row.len());
    let marks: Vec<Option<u32>> = row[first..end].iter().filter_map(|c| mark(grid, c)).collect();
    let empty = marks.iter().take_while(|m| m.is_none()).count();
    let digits: Option<Vec<u32>> = marks[empty..].iter().copied().collect();
    let digits = digits.filter(|d| !d.is_empty() && marks.len() >= BOXES)?;
    let value = digits.iter().fold(0.0, |value, digit| value * 10.0 + f64::from(*digit));
    let words = row.get(end).and_then(|c| grid.text(c.value)).and_then(terbilang::value);
    Some(Boxed {
        cells: start + first..start + end,
        first: start + first + empty,
        last: row[end - 1].col,
        value,
        sure: digits.len() >= BOXES && words.is_some_and(|w| (w - value).abs() < 0.5),
    })
}

/// What a box holds: a digit, or the stroke of an empty one; `None` for what is no box.
#[expect(clippy::option_option, reason = "an empty box is a box")]
fn mark(grid: &Grid, cell: &Cell) -> Option<Option<u32>> {
    let shown = grid.shown(cell.value);
    let mut letters = shown.trim().chars();
    let only = letters.next().filter(|_| letters.next().is_none())?;
    match only {
        '-' | '–' | 'x' | 'X' | '*' => Some(None),
        digit => digit.to_digit(10).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;

    fn shown(rows: &[&str]) -> Vec<String> {
        let mut grid = GridBuilder::new("S", Place::Sheet("S".into()));
        for (row, line) in (0..).zip(rows) {
            for (col, text) in (0..).zip(line.split('|')) {
                grid.push_text(row, col, text.trim());
            }
        }
        let document = Document { format: Format::Xlsx, grids: vec![grid.finish()] };
        let joined = joined(&document);
        let grid = &joined.grids[0];
        grid.cells
            .chunk_by(|a, b| a.row == b.row)
            .map(|r| r.iter().map(|c| grid.shown(c.value)).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn digits_in_boxes_are_one_figure() {
        let rows = ["DESA | - | - | 9 | 3", "L | 6 | 6 | 3 | 8 | enam ribu enam ratus tiga puluh delapan"];
        assert_eq!(shown(&rows), ["DESA 93", "L 6638 enam ribu enam ratus tiga puluh delapan"]);
    }

    #[test]
    fn counts_beside_each_other_are_not() {
        let rows = ["Kumai | 1 | 2 | 3", "Arut | 4 | 5 | 6 | enam"];
        assert_eq!(shown(&rows), ["Kumai 1 2 3", "Arut 4 5 6 enam"]);
    }
}
