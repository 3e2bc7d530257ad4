//! Headings over several columns that fell into one of them.

use crate::model::{Cell, Grid};
use crate::tables::words::{Dimension, Said, Vocabulary};

/// A heading as it should read.
pub(super) struct Heading {
    pub row: u32,
    pub col: u16,
    pub text: String,
}

/// What is to be put right in the rows above the first figures.
pub(super) fn broken(grid: &Grid, vocabulary: &Vocabulary, first: u32) -> Vec<Heading> {
    let rows = grid.cells.chunk_by(|a, b| a.row == b.row).take_while(|row| row[0].row < first);
    rows.flat_map(|row| fallen(grid, vocabulary, row)).collect()
}

/// `L | DPB LALU P | L+P`: the heading of three columns fell into the middle one. Each gets it before its own word.
fn fallen(grid: &Grid, vocabulary: &Vocabulary, row: &[Cell]) -> Vec<Heading> {
    let text = |cell: &Cell| grid.text(cell.value);
    let sex = |said: &Said| said.value(Dimension::Sex).filter(|_| said.whole() && said.senses.len() == 1);
    let alone = |cell: &Cell| sex(&vocabulary.read(text(cell)?));
    let mut found = Vec::new();
    for three in row.windows(3) {
        let [left, middle, right] = three else { continue };
        let side_by_side = left.col + 1 == middle.col && middle.col + 1 == right.col;
        let Some((over, own)) = text(middle).and_then(|t| t.trim().rsplit_once(char::is_whitespace)) else { continue };
        let heads = vocabulary.read(over);
        let plain =
            heads.whole() && !heads.tells(Dimension::Sex) && heads.senses.iter().any(|s| s.dimension == Dimension::Measure);
        let (Some(a), Some(b), Some(c)) = (alone(left), sex(&vocabulary.read(own)), alone(right)) else { continue };
        if side_by_side && plain && a != b && b != c && a != c {
            let named = |cell: &Cell, word: &str| Heading { row: cell.row, col: cell.col, text: format!("{over} {word}") };
            found.extend(text(left).map(|word| named(left, word)));
            found.extend(text(right).map(|word| named(right, word)));
        }
    }
    found
}
