//! Running text and Markdown: one grid, one row per line.

use super::delimited::Columns;
use super::markup;
use crate::model::document::{Document, GridBuilder};
use crate::model::origin::Place;
use crate::model::source::Format;

/// Every line is one cell in the first column, or one cell per column where tabs, Markdown's bars or, in a text that is nearly all
/// table, another delimiter part it. Blank lines count. Tags and signs of markup are left out.
pub(super) fn read(text: &str, name: &str) -> Document {
    let mut grid = GridBuilder::new(name, Place::Lines);
    let columns = Columns::of(text);
    for (row, line) in (0u32..).zip(text.lines()) {
        let mut put = |col: u16, field: &str| grid.push_text(row, col, &markup::plain(field));
        if let Some(fields) = markup::bars(line) {
            (0u16..).zip(fields).for_each(|(col, field)| put(col, &field));
        } else if let Some(columns) = &columns {
            (0u16..).zip(columns.split(line)).for_each(|(col, field)| put(col, &field));
        } else {
            (0u16..).zip(line.split('\t')).for_each(|(col, field)| put(col, field));
        }
    }
    Document { format: Format::Txt, grids: vec![grid.finish()] }
}
