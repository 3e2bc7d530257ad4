//! Running text and Markdown: one grid, one row per line.

use super::delimited::Columns;
use crate::model::document::{Document, GridBuilder};
use crate::model::origin::Place;
use crate::model::source::Format;

/// Every line is one cell in the first column; of a text that is nearly all table, one cell per column. Blank lines count.
pub(super) fn read(text: &str, name: &str) -> Document {
    let mut grid = GridBuilder::new(name, Place::Lines);
    let columns = Columns::of(text);
    for (row, line) in (0u32..).zip(text.lines()) {
        match &columns {
            None => grid.push_text(row, 0, line),
            Some(columns) => {
                for (col, field) in (0u16..).zip(columns.split(line)) {
                    grid.push_text(row, col, &field);
                }
            }
        }
    }
    Document { format: Format::Txt, grids: vec![grid.finish()] }
}
