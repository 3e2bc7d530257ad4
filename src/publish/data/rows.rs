//! The rows of a data table one after another, cell by cell, without a string per cell: what CSV and Parquet both drink from.

use crate::consolidate::{Consolidated, Entry};
use crate::error::Result;
use crate::model::record::Type;
use crate::model::schema::TableSchema;
use crate::model::{Finding, Records, Region, Schemas, Status};

use super::budget;
use super::locator::Locators;

/// One cell on its way into a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Not stated.
    Empty,
    /// A number.
    Number(f64),
    /// A text; never empty.
    Text(&'a str),
    /// A resolved region.
    Region(Region),
}

impl<'a> Cell<'a> {
    /// A text cell, or none for the empty text.
    #[must_use]
    pub const fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

/// What takes the cells: columns in the schema's order, then the end of the row.
pub trait Sink {
    /// The next cell of the row.
    ///
    /// # Errors
    /// When it cannot be written.
    fn cell(&mut self, cell: Cell<'_>) -> Result<()>;

    /// The row is complete.
    ///
    /// # Errors
    /// When it cannot be written.
    fn end_row(&mut self) -> Result<()>;
}

/// Two files from one pass.
impl<A: Sink, B: Sink> Sink for (A, B) {
    fn cell(&mut self, cell: Cell<'_>) -> Result<()> {
        self.0.cell(cell)?;
        self.1.cell(cell)
    }

    fn end_row(&mut self) -> Result<()> {
        self.0.end_row()?;
        self.1.end_row()
    }
}

/// Pours all rows of a table into a sink.
///
/// # Errors
/// When the sink cannot write.
pub fn pour(table: &TableSchema, batch: &Consolidated, schemas: &Schemas, sink: &mut impl Sink) -> Result<()> {
    match table.name.as_str() {
        "documents" => documents(table, batch, sink),
        "findings" => findings(table, batch, schemas, sink),
        budget::TOTALS => budget::totals(table, batch, sink),
        budget::MONTHS => budget::months(table, batch, sink),
        _ => {
            for (entry, records) in accepted(batch, &table.name) {
                rows(table, entry, records, sink)?;
            }
            Ok(())
        }
    }
}

/// The rows of one table that count, document by document.
pub fn accepted<'a>(batch: &'a Consolidated, table: &'a str) -> impl Iterator<Item = (&'a Entry, &'a Records)> {
    let entries = batch.entries.iter().filter(|e| e.outcome.status == Status::Accepted);
    entries.flat_map(move |e| e.outcome.records.iter().filter(move |r| r.table == table).map(move |r| (e, r)))
}

/// Where the cells of a column come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Path of the document.
    Document,
    /// Where the row is printed.
    Locator,
    /// The document's sender.
    Satker,
    /// The document's period.
    Period,
    /// A column of the records.
    Column(usize),
    /// The document has no such column.
    Absent,
}

/// Where each column of a table comes from in these records. What the records state themselves goes before what is known of the
/// document as a whole.
#[must_use]
pub fn slots(table: &TableSchema, records: &Records) -> Vec<Slot> {
    let slot = |name: &str| match (name, records.index(name)) {
        ("document", _) => Slot::Document,
        ("locator", _) => Slot::Locator,
        (_, Some(column)) => Slot::Column(column),
        ("satker", None) => Slot::Satker,
        ("period", None) => Slot::Period,
        (_, None) => Slot::Absent,
    };
    table.fields.iter().map(|f| slot(&f.name)).collect()
}

fn rows(table: &TableSchema, entry: &Entry, records: &Records, sink: &mut impl Sink) -> Result<()> {
    let slots = slots(table, records);
    let locators = Locators::new(&entry.outcome.places);
    let period = entry.outcome.subject.period.map(|p| p.to_string()).unwrap_or_default();
    let mut locator = String::new();
    for (row, &span) in records.rows.iter().enumerate() {
        locator.clear();
        locators.span(span, &mut locator);
        for slot in &slots {
            sink.cell(match *slot {
                Slot::Document => Cell::text(&entry.source.document),
                Slot::Locator => Cell::text(&locator),
                Slot::Satker => entry.outcome.subject.satker.map_or(Cell::Empty, Cell::Region),
                Slot::Period => Cell::text(&period),
                Slot::Column(column) => stored(records, row, column),
                Slot::Absent => Cell::Empty,
            })?;
        }
        sink.end_row()?;
    }
    Ok(())
}

/// A cell of the records.
fn stored(records: &Records, row: usize, column: usize) -> Cell<'_> {
    let values = &records.columns[column];
    match values.kind() {
        Type::Number => values.number(row).map_or(Cell::Empty, Cell::Number),
        Type::Text => records.text_at(row, column).map_or(Cell::Empty, Cell::text),
        Type::Region => values.region(row).map_or(Cell::Empty, Cell::Region),
    }
}

fn documents(table: &TableSchema, batch: &Consolidated, sink: &mut impl Sink) -> Result<()> {
    for entry in &batch.entries {
        let (outcome, subject) = (&entry.outcome, &entry.outcome.subject);
        let period = subject.period.map(|p| p.to_string()).unwrap_or_default();
        for field in &table.fields {
            sink.cell(match field.name.as_str() {
                "document" => Cell::text(&entry.source.document),
                "sha256" => Cell::text(&outcome.sha256),
                "kind" => subject.kind.as_deref().map_or(Cell::Empty, Cell::text),
                "satker" => subject.satker.map_or(Cell::Empty, Cell::Region),
                "period" => Cell::text(&period),
                "format" => Cell::text(outcome.format.as_str()),
                "status" => Cell::text(outcome.status.as_str()),
                "reason" => Cell::text(&outcome.reason),
                _ => Cell::Empty,
            })?;
        }
        sink.end_row()?;
    }
    Ok(())
}

fn findings(table: &TableSchema, batch: &Consolidated, schemas: &Schemas, sink: &mut impl Sink) -> Result<()> {
    for finding in &batch.findings {
        let (place, suspect) = places_of(batch, finding);
        let period = finding.period.map(|p| p.to_string()).unwrap_or_default();
        for field in &table.fields {
            sink.cell(match field.name.as_str() {
                "code" => Cell::text(&finding.code),
                "document" => Cell::text(&finding.document),
                "locator" => Cell::text(&place),
                "severity" => schemas.rule(&finding.code).map_or(Cell::Empty, |_| Cell::Text(schemas.severity(finding).as_str())),
                "satker" => finding.satker.map_or(Cell::Empty, Cell::Region),
                "period" => Cell::text(&period),
                "found" => Cell::text(&finding.found),
                "expected" => Cell::text(&finding.expected),
                "difference" => Cell::text(&finding.difference),
                "suspect" => Cell::text(&suspect),
                "suggestion" => Cell::text(&finding.suggestion),
                "message" => Cell::text(&finding.message),
                _ => Cell::Empty,
            })?;
        }
        sink.end_row()?;
    }
    Ok(())
}

/// Locators of a finding and of its suspect; empty where there is none.
#[must_use]
pub fn places_of(batch: &Consolidated, finding: &Finding) -> (String, String) {
    let Some(places) = entry_of(batch, &finding.document).map(|e| &e.outcome.places) else {
        return (String::new(), String::new());
    };
    let place = finding.span.map(|s| places.locator(s)).unwrap_or_default();
    (place, finding.suspect.map(|s| places.locator(s.into())).unwrap_or_default())
}

/// The same for people: pages and rows of paper instead of boxes.
#[must_use]
pub fn told_places_of(batch: &Consolidated, finding: &Finding) -> (String, String) {
    let Some(places) = entry_of(batch, &finding.document).map(|e| &e.outcome.places) else {
        return (String::new(), String::new());
    };
    (finding.span.map(|s| places.told(s)).unwrap_or_default(), finding.suspect.map(|s| places.told(s.into())).unwrap_or_default())
}

/// The entry of a document. Entries stand in order of their path, so this is a search, not a walk; should they not, the walk finds it.
#[must_use]
pub fn entry_of<'a>(batch: &'a Consolidated, document: &str) -> Option<&'a Entry> {
    if document.is_empty() {
        return None;
    }
    let found = batch.entries.binary_search_by(|e| e.source.document.as_str().cmp(document));
    found.map_or_else(|_| batch.entries.iter().find(|e| e.source.document == document), |i| batch.entries.get(i))
}
