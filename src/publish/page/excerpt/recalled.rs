//! The table around a cell from the rows that were taken from its document: for findings that only show when documents are compared,
//! whose cells were gone by then.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Excerpt, Excerpted, Origin, Outcome, Schemas};

/// Rows shown above and below the cell.
const NEAR: u32 = 2;
/// Columns shown left and right of it.
const BESIDE: usize = 3;
/// Longest text of a cell, in characters.
const LONG: usize = 48;
/// Fewer columns are no table: several figures of one line, or figures below each other.
const LEAST: usize = 3;

/// Where the values of documents stand, found out when first asked.
pub struct Recalled<'a> {
    schemas: &'a Schemas,
    documents: BTreeMap<String, Cells>,
}

/// The values of one document in the order in which one reads: number of the table (printed totals after the rows), row, column.
type Cells = BTreeMap<(u16, u32, u16), (usize, usize, usize)>;

impl<'a> Recalled<'a> {
    /// Nothing yet.
    pub const fn new(schemas: &'a Schemas) -> Self {
        Self { schemas, documents: BTreeMap::new() }
    }

    /// The rows around a cell and the headings of their columns; `None` where no value was taken from it, or it
    /// stands in no table.
    pub fn around(&mut self, outcome: &'a Outcome, document: &str, cell: Origin) -> Option<(Excerpt, Vec<String>)> {
        if !self.documents.contains_key(document) {
            self.documents.insert(document.to_owned(), cells(outcome));
        }
        let cells = self.documents.get(document)?;
        cells.get(&(cell.grid, cell.row, cell.col))?;
        let own: Vec<u16> = row(cells, cell.grid, cell.row).map(|(col, _)| col).collect();
        let at = own.partition_point(|&c| c < cell.col);
        let near = own.iter().copied().skip(at.saturating_sub(BESIDE)).take(2 * BESIDE + 1);
        let columns: Vec<u16> = own.first().copied().into_iter().chain(near).collect::<BTreeSet<_>>().into_iter().collect();
        if columns.len() < LEAST {
            return None;
        }
        let rows = cell.row.saturating_sub(NEAR)..=cell.row.saturating_add(NEAR);
        let rows = rows.filter(|&r| columns.iter().any(|&c| cells.contains_key(&(cell.grid, r, c))));
        let text = |r, c| cells.get(&(cell.grid, r, c)).and_then(|&at| raw(outcome, at)).unwrap_or_default();
        let line =
            |r| Excerpted { row: r, heading: false, cells: columns.iter().map(|&c| (1, shortened(&text(r, c)))).collect() };
        let names = columns.iter().map(|&c| self.name(outcome, cells.get(&(cell.grid, cell.row, c)))).collect();
        Some((Excerpt { grid: cell.grid, rows: rows.map(line).collect(), columns }, names))
    }

    /// What the column of a value is called.
    fn name(&self, outcome: &Outcome, at: Option<&(usize, usize, usize)>) -> String {
        let Some(records) = at.and_then(|at| tables(outcome).nth(at.0)) else { return String::new() };
        let Some(column) = at.and_then(|at| records.columns.get(at.2)) else { return String::new() };
        let field = self.schemas.table(&records.table).and_then(|t| t.fields.iter().find(|f| f.name == column.name));
        field.map(|f| f.heading.clone()).filter(|h| !h.is_empty()).unwrap_or_else(|| column.name.clone())
    }
}

/// At most [`LONG`] characters.
fn shortened(text: &str) -> Box<str> {
    text.char_indices().nth(LONG).map_or_else(|| text.into(), |(end, _)| format!("{}…", text[..end].trim_end()).into())
}

fn tables(outcome: &Outcome) -> impl Iterator<Item = &crate::model::Records> {
    outcome.records.iter().chain(&outcome.printed)
}

fn cells(outcome: &Outcome) -> Cells {
    let mut cells = Cells::new();
    for (number, records) in tables(outcome).enumerate() {
        for (at, column) in records.columns.iter().enumerate() {
            for row in 0..records.len() {
                if let Some(o) = column.origin(row) {
                    cells.entry((o.grid, o.row, o.col)).or_insert((number, row, at));
                }
            }
        }
    }
    cells
}

/// The values of one row, left to right.
fn row(cells: &Cells, grid: u16, row: u32) -> impl Iterator<Item = (u16, (usize, usize, usize))> + '_ {
    cells.range((grid, row, 0)..=(grid, row, u16::MAX)).map(|((_, _, col), at)| (*col, *at))
}

fn raw(outcome: &Outcome, (number, row, column): (usize, usize, usize)) -> Option<String> {
    tables(outcome).nth(number).and_then(|records| records.raw(row, column))
}
