//! Rows of one table over many documents.

use std::collections::HashMap;

use crate::model::{Level, Origin, Outcome, Records, Region, Row, Span, Status};

use super::Entry;

/// One row of one entry.
#[derive(Clone, Copy, Debug)]
pub struct Printed<'a> {
    /// Number of the entry.
    pub entry: usize,
    /// Its table.
    pub records: &'a Records,
    /// Its number there.
    pub row: Row,
}

/// Levels of the tables, from large to small.
const LEVELS: [Level; 5] = [Level::Provinsi, Level::Kabkota, Level::Kecamatan, Level::Desa, Level::Tps];

impl<'a> Printed<'a> {
    /// The region; `None` where its name was not resolved.
    pub fn region(&self) -> Option<Region> {
        self.records.region(self.row, "region")
    }

    /// The level the row says, else that of its region.
    pub fn level(&self) -> Option<Level> {
        let said = self.records.text(self.row, "level").and_then(|t| LEVELS.into_iter().find(|l| l.as_str() == t));
        said.or_else(|| self.region().map(Region::level))
    }

    /// The name as printed.
    pub fn name(&self) -> &'a str {
        self.records.text(self.row, "region_name").unwrap_or_default()
    }

    /// A number of the row.
    pub fn number(&self, column: &str) -> Option<f64> {
        self.records.number(self.row, column)
    }

    /// Where a number of the row stands.
    pub fn origin(&self, column: &str) -> Option<Origin> {
        self.records.origin(self.row, column)
    }

    /// Where the row stands.
    pub fn span(&self) -> Option<Span> {
        self.records.rows.get(self.row).copied()
    }
}

/// Whether two figures are not the same number; half a voter is a difference, the noise of binary fractions is none.
pub fn differ(a: f64, b: f64) -> bool {
    (a - b).abs() > 1e-6
}

/// Accepted entries of a kind with their numbers.
pub fn accepted<'a>(entries: &'a [Entry], kind: &'a str) -> impl Iterator<Item = (usize, &'a Entry)> {
    let wanted = move |e: &Entry| e.outcome.status == Status::Accepted && e.outcome.subject.kind.as_deref() == Some(kind);
    entries.iter().enumerate().filter(move |(_, e)| wanted(e))
}

/// Rows of a table of one entry.
pub fn rows<'a>(entry: usize, of: &'a Entry, table: &'a str) -> impl Iterator<Item = Printed<'a>> {
    listed(entry, &of.outcome.records, table)
}

/// Printed totals of a table of one entry.
pub fn totals<'a>(entry: usize, of: &'a Entry, table: &'a str) -> impl Iterator<Item = Printed<'a>> {
    listed(entry, &of.outcome.printed, table)
}

fn listed<'a>(entry: usize, all: &'a [Records], table: &'a str) -> impl Iterator<Item = Printed<'a>> {
    all.iter()
        .filter(move |r| r.table == table)
        .flat_map(move |records| (0..records.len()).map(move |row| Printed { entry, records, row }))
}

/// Printed texts of a document's numbers that differ from the number's plain form.
#[must_use]
pub fn raw_texts(outcome: &Outcome) -> HashMap<Origin, &str> {
    let mut texts = HashMap::new();
    for records in outcome.records.iter().chain(&outcome.printed) {
        for (number, column) in records.columns.iter().enumerate() {
            for row in 0..records.len() {
                if let (Some(origin), Some(text), Some(_)) =
                    (column.origin(row), records.raw_text(row, number), column.number(row))
                {
                    texts.entry(origin).or_insert(text);
                }
            }
        }
    }
    texts
}
