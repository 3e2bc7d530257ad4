//! A table as found on one page, before pages are stitched.

use super::geometry::Area;
use super::tokens::Row;

/// One cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableCell {
    /// First row.
    pub row: usize,
    /// First column.
    pub col: usize,
    /// How many rows it takes.
    pub rows: usize,
    /// How many columns it takes.
    pub cols: usize,
    /// What is written in it, its lines joined.
    pub text: String,
    /// Where it stands, in the upright frame of its page.
    pub area: Area,
}

/// How a table was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By its ruling lines.
    Ruled,
    /// By the alignment of its words.
    Aligned,
}

/// A table on one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// How it was found.
    pub method: Method,
    /// Where it stands, in the upright frame of its page.
    pub area: Area,
    /// Left ends of its columns and the right end of the last.
    pub columns: Vec<f32>,
    /// How many rows it has.
    pub rows: usize,
    /// Its cells, sorted by row and column; empty ones too where the ruling shows them.
    pub cells: Vec<TableCell>,
    /// The printed lines it was made from, for unruled ones: they are set again when the table goes on over pages.
    pub source: Vec<Row>,
}

impl Table {
    /// How many columns it has.
    #[must_use]
    pub fn cols(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    /// The cells of one row that begin there.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &TableCell> {
        let start = self.cells.partition_point(|c| c.row < row);
        self.cells[start..].iter().take_while(move |c| c.row == row)
    }

    /// Puts the cells in order.
    pub fn sort(&mut self) {
        self.cells.sort_by_key(|c| (c.row, c.col));
    }
}
