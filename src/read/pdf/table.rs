//! A table as found on one page, before pages are stitched.

use super::geometry::Area;
use super::tokens::{Row, figure};

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

    /// How many rows its heading takes: those before the first with a figure beyond its first column, none where that would be all.
    #[must_use]
    pub fn heading(&self) -> usize {
        let reads = |c: &&TableCell| c.text.chars().any(|c| c.is_ascii_digit()) && c.text.split_whitespace().all(figure);
        let labelled = |row: usize| self.row(row).any(|c| c.col == 0 && !c.text.is_empty());
        let body = |row: &usize| labelled(*row) && self.row(*row).filter(|c| c.col > 0).any(|c| reads(&c));
        (0..self.rows).find(body).unwrap_or_else(|| usize::from(self.rows > 1))
    }

    /// Puts the cells in order.
    pub fn sort(&mut self) {
        self.cells.sort_by_key(|c| (c.row, c.col));
    }
}
