//! Running text and Markdown: one grid, one cell per line.

use crate::model::document::{Document, GridBuilder};
use crate::model::origin::Place;
use crate::model::source::Format;

/// Every line in the first column; blank lines count.
pub(super) fn read(text: &str, name: &str) -> Document {
    let mut grid = GridBuilder::new(name, Place::Lines);
    for (row, line) in (0u32..).zip(text.lines()) {
        grid.push_text(row, 0, line);
    }
    Document { format: Format::Txt, grids: vec![grid.finish()] }
}
