//! Rows of the contract's data tables as column vectors: a province has 10⁴ rows, the nation 10⁶.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use super::document::{is_plain_number, plain_number};
use super::origin::{Origin, Span};
use super::region::Region;

/// Rows of one table from one document. The columns that are the same for all rows of a document (document, satker, period) are not
/// stored; they are added when the table is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Records {
    /// Name of the table in the contract.
    pub table: String,
    /// Where each row is printed.
    pub rows: Vec<Span>,
    /// The columns, in the schema's order.
    pub columns: Vec<Column>,
    /// Texts that columns and raw forms point at.
    texts: Vec<Box<str>>,
    #[serde(skip)]
    ids: HashMap<Box<str>, u32>,
}

/// One column of [`Records`]. Each vector reaches to the last row that states something in it: most columns of a table are empty in most
/// documents, most texts have no cell and most numbers no other printed form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Name in the contract.
    pub name: String,
    values: Values,
    origins: Vec<Origin>,
    raw: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Values {
    /// NaN: not stated.
    Numbers(Vec<f64>),
    /// `NONE`: not stated; else an entry of `texts`.
    Texts(Vec<u32>),
    /// [`Region::NATION`]: not resolved.
    Regions(Vec<Region>),
}

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// A number; whole or not is the schema's business.
    Number,
    /// Any text.
    Text,
    /// A Kemendagri code.
    Region,
}

const NONE: u32 = u32::MAX;
const NOWHERE: Origin = Origin::new(u16::MAX, u32::MAX, u16::MAX);

/// One row number of a [`Records`].
pub type Row = usize;

impl Records {
    /// An empty table with these columns.
    #[must_use]
    pub fn new<'a>(table: &str, columns: impl IntoIterator<Item = (&'a str, Type)>) -> Self {
        let columns = columns.into_iter().map(|(name, kind)| Column {
            name: name.to_owned(),
            values: match kind {
                Type::Number => Values::Numbers(Vec::new()),
                Type::Text => Values::Texts(Vec::new()),
                Type::Region => Values::Regions(Vec::new()),
            },
            origins: Vec::new(),
            raw: Vec::new(),
        });
        Self { table: table.to_owned(), columns: columns.collect(), ..Self::default() }
    }

    /// Number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a row in which nothing is stated yet.
    pub fn push(&mut self, span: Span) -> Row {
        self.rows.push(span);
        self.rows.len() - 1
    }

    /// Number of the column `name`; `None` if the table has none.
    #[must_use]
    pub fn index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// States a number, with its cell and the text it was read from. Unknown columns and wrong types are ignored.
    pub fn set_number(&mut self, row: Row, name: &str, value: f64, origin: Option<Origin>, raw: &str) {
        let raw = if raw.is_empty() || is_plain_number(raw, value) { NONE } else { self.intern(raw) };
        let Some(column) = self.index(name).map(|i| &mut self.columns[i]) else { return };
        if let Values::Numbers(values) = &mut column.values {
            state(values, row, value, f64::NAN);
            column.placed(row, origin, raw);
        }
    }

    /// States a text, with its cell where it has one.
    pub fn set_text(&mut self, row: Row, name: &str, value: &str, origin: Option<Origin>) {
        let id = self.intern(value);
        let Some(column) = self.index(name).map(|i| &mut self.columns[i]) else { return };
        if let Values::Texts(values) = &mut column.values {
            state(values, row, id, NONE);
            column.placed(row, origin, NONE);
        }
    }

    /// States a region, with the cell of its name and the name as printed.
    pub fn set_region(&mut self, row: Row, name: &str, value: Region, origin: Option<Origin>, raw: &str) {
        let raw = self.intern(raw);
        let Some(column) = self.index(name).map(|i| &mut self.columns[i]) else { return };
        if let Values::Regions(values) = &mut column.values {
            state(values, row, value, Region::NATION);
            column.placed(row, origin, raw);
        }
    }

    /// Puts every row and every value where `part` and `cell` say that its place is.
    pub fn replace(&mut self, part: impl Fn(Span) -> Span, cell: impl Fn(Origin) -> Origin) {
        self.rows.iter_mut().for_each(|row| *row = part(*row));
        for origin in self.columns.iter_mut().flat_map(|c| &mut c.origins).filter(|o| **o != NOWHERE) {
            *origin = cell(*origin);
        }
    }

    fn intern(&mut self, text: &str) -> u32 {
        if self.ids.len() != self.texts.len() {
            let known = self.texts.iter().zip(0..).map(|(t, i)| (t.clone(), i));
            self.ids = known.collect();
        }
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = u32::try_from(self.texts.len()).unwrap_or(NONE);
        self.texts.push(text.into());
        self.ids.insert(text.into(), id);
        id
    }

    /// The number in a row; `None` where not stated, or no number column of that name.
    #[must_use]
    pub fn number(&self, row: Row, name: &str) -> Option<f64> {
        self.index(name).and_then(|i| self.columns[i].number(row))
    }

    /// The text in a row; `None` where not stated, or no text column of that name.
    #[must_use]
    pub fn text(&self, row: Row, name: &str) -> Option<&str> {
        self.index(name).and_then(|i| self.text_at(row, i))
    }

    /// The text of column number `column`.
    #[must_use]
    pub fn text_at(&self, row: Row, column: usize) -> Option<&str> {
        match &self.columns[column].values {
            Values::Texts(v) => v.get(row).and_then(|&id| self.texts.get(id as usize)).map(AsRef::as_ref),
            _ => None,
        }
    }

    /// The region in a row; `None` where not resolved.
    #[must_use]
    pub fn region(&self, row: Row, name: &str) -> Option<Region> {
        self.index(name).and_then(|i| self.columns[i].region(row))
    }

    /// The cell a value came from; `None` where it was not read from one.
    #[must_use]
    pub fn origin(&self, row: Row, name: &str) -> Option<Origin> {
        self.index(name).and_then(|i| self.columns[i].origin(row))
    }

    /// The text a value was read from, as printed; `None` where nothing is stated.
    #[must_use]
    pub fn raw(&self, row: Row, column: usize) -> Option<String> {
        let c = &self.columns[column];
        if let Some(text) = c.raw.get(row).and_then(|&id| self.texts.get(id as usize)) {
            return Some(text.to_string());
        }
        self.shown(row, column)
    }

    /// The text a value was read from where it differs from the value as shown; `None` elsewhere. Makes no string.
    #[must_use]
    pub fn raw_text(&self, row: Row, column: usize) -> Option<&str> {
        let id = *self.columns[column].raw.get(row)?;
        self.texts.get(id as usize).map(AsRef::as_ref)
    }

    /// The value as the CSV tables print it; `None` where not stated.
    #[must_use]
    pub fn shown(&self, row: Row, column: usize) -> Option<String> {
        let c = &self.columns[column];
        match &c.values {
            Values::Numbers(_) => c.number(row).map(plain_number),
            Values::Texts(_) => self.text_at(row, column).map(str::to_owned),
            Values::Regions(_) => c.region(row).map(|r| r.to_string()),
        }
    }
}

/// Writes the entry of a row; the rows before it that nothing was written for hold `nothing`.
fn state<T: Copy + PartialEq>(all: &mut Vec<T>, row: Row, value: T, nothing: T) {
    match all.get_mut(row) {
        Some(entry) => *entry = value,
        None if value == nothing => {}
        None => {
            all.resize(row, nothing);
            all.push(value);
        }
    }
}

impl Column {
    /// Where the value of a row stands and how it is printed there.
    fn placed(&mut self, row: Row, origin: Option<Origin>, raw: u32) {
        state(&mut self.origins, row, origin.unwrap_or(NOWHERE), NOWHERE);
        state(&mut self.raw, row, raw, NONE);
    }

    /// Its type.
    #[must_use]
    pub const fn kind(&self) -> Type {
        match self.values {
            Values::Numbers(_) => Type::Number,
            Values::Texts(_) => Type::Text,
            Values::Regions(_) => Type::Region,
        }
    }

    /// The number in a row; `None` where not stated.
    #[must_use]
    pub fn number(&self, row: Row) -> Option<f64> {
        match &self.values {
            Values::Numbers(v) => v.get(row).copied().filter(|n| !n.is_nan()),
            _ => None,
        }
    }

    /// The region in a row; `None` where not resolved.
    #[must_use]
    pub fn region(&self, row: Row) -> Option<Region> {
        match &self.values {
            Values::Regions(v) => v.get(row).copied().filter(|&r| r != Region::NATION),
            _ => None,
        }
    }

    /// The cell a value came from.
    #[must_use]
    pub fn origin(&self, row: Row) -> Option<Origin> {
        self.origins.get(row).copied().filter(|&o| o != NOWHERE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_stated_stays_empty() {
        let mut r = Records::new("pdpb", [("region", Type::Region), ("region_name", Type::Text), ("akhir", Type::Number)]);
        let cell = Origin::new(0, 4, 2);
        let row = r.push(cell.into());
        assert_eq!(r.number(row, "akhir"), None);
        r.set_number(row, "akhir", 1234.0, Some(cell), "1.234");
        r.set_text(row, "region_name", "KUMAI", None);
        assert_eq!((r.number(row, "akhir"), r.origin(row, "akhir")), (Some(1234.0), Some(cell)));
        assert_eq!((r.raw(row, 2).as_deref(), r.shown(row, 2).as_deref()), (Some("1.234"), Some("1234")));
        assert_eq!((r.text(row, "region_name"), r.region(row, "region")), (Some("KUMAI"), None));
        let (between, last) = (r.push(cell.into()), r.push(cell.into()));
        r.set_text(last, "region_name", "PANGKALAN", Some(cell));
        assert_eq!((r.text(between, "region_name"), r.text(last, "region_name")), (None, Some("PANGKALAN")));
        assert_eq!((r.number(last, "akhir"), r.origin(between, "region_name"), r.raw(last, 2)), (None, None, None));
    }
}
