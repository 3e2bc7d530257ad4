//! Small documents for the tests of this stage.

use crate::model::document::GridBuilder;
use crate::model::origin::Place;
use crate::model::{Document, Format, Grid, Value};

/// A sheet of these cells; whole numbers become numbers, long ones stay text as offices type them.
pub(super) fn sheet(name: &str, rows: &[&[&str]]) -> Grid {
    let mut grid = GridBuilder::new(name, Place::Sheet(name.to_owned()));
    for (cells, row) in rows.iter().zip(0u32..) {
        for (text, col) in cells.iter().zip(0u16..) {
            match text.parse::<f64>() {
                Ok(number) if text.len() < 12 => grid.push(row, col, Value::Number(number)),
                _ => grid.push_text(row, col, text),
            }
        }
    }
    grid.finish()
}

/// A workbook of these sheets.
pub(super) fn document(grids: Vec<Grid>) -> Document {
    Document { format: Format::Xlsx, grids }
}
