//! A few cells around a finding, kept because the document's cells are gone when somebody reads about it.

use serde::{Deserialize, Serialize};

use super::origin::Origin;

/// Part of a table as read: its headings, the rows around the cell in question, a few columns. Bounded in size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// Number of the grid within the document.
    pub grid: u16,
    /// The columns shown, ascending.
    pub columns: Vec<u16>,
    /// The rows shown, ascending; where numbers are missing between them, rows were left out.
    pub rows: Vec<Excerpted>,
}

/// One row of an [`Excerpt`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpted {
    /// Its number, from zero.
    pub row: u32,
    /// Whether it is a heading.
    pub heading: bool,
    /// Left to right: how many of the columns shown the cell covers, and its text, shortened. The widths add up to the columns.
    pub cells: Vec<(u16, Box<str>)>,
}

impl Excerpt {
    /// Whether the cell is shown.
    #[must_use]
    pub fn shows(&self, cell: Origin) -> bool {
        self.grid == cell.grid
            && self.columns.binary_search(&cell.col).is_ok()
            && self.rows.binary_search_by_key(&cell.row, |r| r.row).is_ok_and(|i| !self.rows[i].heading)
    }
}
