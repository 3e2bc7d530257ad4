//! Which parts of a document's grids the extracted figures stand in.

use std::collections::{BTreeMap, BTreeSet};

use crate::kinds::Extraction;
use crate::model::{Origin, Records};

/// Rows and columns that hold figures in use, by grid.
#[derive(Debug, Default)]
pub struct Used(BTreeMap<u16, Extent>);

#[derive(Debug)]
struct Extent {
    top: u32,
    bottom: u32,
    columns: BTreeSet<u16>,
}

/// Totals stand at most this many rows below or above the figures they sum up.
const MARGIN: u32 = 3;

impl Used {
    /// Of everything extracted.
    pub fn by(extraction: &Extraction) -> Self {
        let mut used = Self::default();
        for (_, _, origin) in extraction.records.iter().chain(&extraction.printed).flat_map(figures) {
            used.note(origin);
        }
        extraction.beside.iter().for_each(|&origin| used.note(origin));
        used
    }

    fn note(&mut self, at: Origin) {
        let extent = self.0.entry(at.grid).or_insert(Extent { top: at.row, bottom: at.row, columns: BTreeSet::new() });
        extent.top = extent.top.min(at.row);
        extent.bottom = extent.bottom.max(at.row);
        extent.columns.insert(at.col);
    }

    /// Whether a figure could be expected there: in a row of figures or next to their table.
    pub fn row(&self, grid: u16, row: u32) -> bool {
        self.0.get(&grid).is_some_and(|e| (e.top.saturating_sub(MARGIN)..=e.bottom.saturating_add(MARGIN)).contains(&row))
    }

    /// Whether the column holds figures.
    pub fn column(&self, grid: u16, col: u16) -> bool {
        self.0.get(&grid).is_some_and(|e| e.columns.contains(&col))
    }
}

/// Every number of a table that stands in a cell: its row, its column, its cell.
pub fn figures(records: &Records) -> impl Iterator<Item = (usize, usize, Origin)> + '_ {
    records.columns.iter().enumerate().flat_map(move |(number, column)| {
        (0..records.len())
            .filter(|&row| column.number(row).is_some())
            .filter_map(move |row| column.origin(row).map(|origin| (row, number, origin)))
    })
}
