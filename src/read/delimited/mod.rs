//! Delimited text: encoding, delimiter and quoting are found out per file. All cells are text, as printed.

mod dialect;
mod encoding;
mod records;

pub(super) use encoding::decoded;

use std::borrow::Cow;

use super::trouble::{Read, Trouble};
use crate::model::document::{Document, GridBuilder};
use crate::model::origin::Place;
use crate::model::source::Format;
use dialect::Dialect;
use records::Records;

/// Columns of the widest sheet there is.
const COLUMNS: usize = 16_384;

/// Whether the text looks like a table, whatever its name.
pub(super) fn is_table(text: &str) -> bool {
    dialect::is_table(text)
}

/// Splits single lines of running text into columns.
pub(super) struct Columns(Dialect);

impl Columns {
    /// `Some` where nearly all lines are rows of one table.
    pub(super) fn of(text: &str) -> Option<Self> {
        dialect::of_wide_table(text).map(Self)
    }

    /// The columns of one line.
    pub(super) fn split<'l>(&self, line: &'l str) -> Vec<Cow<'l, str>> {
        let mut fields = Vec::new();
        Records::new(line, self.0).next(&mut fields);
        fields
    }
}

/// Reads the one grid. A row is a record, also where quoted fields run over several lines; blank lines are records too.
pub(super) fn read(text: &str, name: &str) -> Read<Document> {
    let (dialect, named) = match dialect::named(text) {
        Some(dialect) => (dialect, true),
        None => (dialect::find(text), false),
    };
    let mut grid = GridBuilder::new(name, Place::Delimited);
    let mut records = Records::new(text, dialect);
    let mut fields = Vec::new();
    let mut row = 0u32;
    while records.next(&mut fields) {
        if fields.len() > COLUMNS {
            return Err(Trouble::TooLarge(format!("baris {} memuat lebih dari 16.384 kolom", row + 1)));
        }
        if !(named && row == 0) {
            for (col, field) in (0u16..).zip(&fields) {
                grid.push_text(row, col, field);
            }
        }
        row += 1;
    }
    Ok(Document { format: Format::Csv, grids: vec![grid.finish()] })
}
