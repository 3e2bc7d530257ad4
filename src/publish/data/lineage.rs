//! `lineage.parquet`: for each stated value of each table the cell it was read from and the text that stood there.
//!
//! A row is (table, row key, column, document, locator, raw text). The row key joins the table's key columns other than `document`
//! with `|`; where a region could not be resolved, `?` and its printed name stand in its place. A value that was concluded and not
//! read from one cell (a sum of a printed L and P, a level) has an empty raw text and the locator of its row.

use std::fmt::Write as _;

use crate::consolidate::{Consolidated, Entry};
use crate::error::Result;
use crate::model::record::Type;
use crate::model::schema::TableSchema;
use crate::model::{Records, Schemas};

use super::budget;
use super::csv::push_number;
use super::locator::Locators;
use super::rows::{Cell, Sink, Slot, accepted, slots};

/// Columns of the file.
pub const COLUMNS: [&str; 6] = ["table", "row_key", "column", "document", "locator", "raw"];

/// Pours the lineage of all tables into a sink.
///
/// # Errors
/// When the sink cannot write.
pub fn pour(batch: &Consolidated, schemas: &Schemas, sink: &mut impl Sink) -> Result<()> {
    for table in &schemas.tables {
        for (entry, records) in accepted(batch, &table.name) {
            Walk::new(table, entry, records).pour(sink)?;
        }
    }
    budget::lineage(batch, sink)
}

/// One table of one document with its buffers.
struct Walk<'a> {
    table: &'a TableSchema,
    entry: &'a Entry,
    records: &'a Records,
    /// Stated columns: name and number.
    columns: Vec<(&'a str, usize)>,
    /// Key columns, other than the document.
    key: Vec<usize>,
    locators: Locators<'a>,
}

impl<'a> Walk<'a> {
    fn new(table: &'a TableSchema, entry: &'a Entry, records: &'a Records) -> Self {
        let stored = table.fields.iter().zip(slots(table, records)).filter_map(|(f, s)| match s {
            Slot::Column(c) => Some((f.name.as_str(), c)),
            _ => None,
        });
        let key = table.key.iter().filter_map(|name| records.index(name)).collect();
        Self { table, entry, records, columns: stored.collect(), key, locators: Locators::new(&entry.outcome.places) }
    }

    fn pour(&self, sink: &mut impl Sink) -> Result<()> {
        let (mut key, mut locator, mut raw) = (String::new(), String::new(), String::new());
        for (row, &span) in self.records.rows.iter().enumerate() {
            key.clear();
            self.row_key(row, &mut key);
            for &(name, column) in &self.columns {
                if !self.stated(row, column) {
                    continue;
                }
                locator.clear();
                raw.clear();
                match self.records.columns[column].origin(row) {
                    Some(origin) => {
                        self.locators.cell(origin, &mut locator);
                        self.raw(row, column, &mut raw);
                    }
                    None => self.locators.span(span, &mut locator),
                }
                let cells = [&self.table.name, key.as_str(), name, &self.entry.source.document, &locator, &raw];
                cells.into_iter().try_for_each(|text| sink.cell(Cell::text(text)))?;
                sink.end_row()?;
            }
        }
        Ok(())
    }

    fn stated(&self, row: usize, column: usize) -> bool {
        let values = &self.records.columns[column];
        match values.kind() {
            Type::Number => values.number(row).is_some(),
            Type::Text => self.records.text_at(row, column).is_some_and(|t| !t.is_empty()),
            Type::Region => values.region(row).is_some(),
        }
    }

    fn raw(&self, row: usize, column: usize, out: &mut String) {
        let printed = self.records.raw_text(row, column);
        match (printed, self.records.columns[column].number(row)) {
            (Some(text), _) => out.push_str(text),
            (None, Some(number)) => push_number(number, out),
            (None, None) => out.push_str(self.records.text_at(row, column).unwrap_or_default()),
        }
    }

    fn row_key(&self, row: usize, out: &mut String) {
        for (i, &column) in self.key.iter().enumerate() {
            if i > 0 {
                out.push('|');
            }
            let values = &self.records.columns[column];
            match (values.kind(), values.region(row), values.number(row)) {
                (Type::Region, Some(region), _) => {
                    let _ = write!(out, "{region}");
                }
                (Type::Region, None, _) => {
                    out.push('?');
                    out.push_str(self.records.text(row, "region_name").unwrap_or_default());
                }
                (Type::Number, _, Some(number)) => push_number(number, out),
                _ => out.push_str(self.records.text_at(row, column).unwrap_or_default()),
            }
        }
    }
}
