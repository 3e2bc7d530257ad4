//! One cell of an `OpenDocument` sheet: its value by its type, its text, its formula in the notation of workbooks.

use super::super::trouble::{Read, Trouble};
use super::ods::skip;
use super::tags::{Tag, Tags, Text, attribute, attributes};
use super::xlsx_sheet::error_value;
use super::{dates, ods_formula};
use crate::model::document::{ErrorValue, GridBuilder, Value};

/// Spaces that one element may stand for.
const SPACES: usize = 255;

/// A cell as it stands in the file, values as written.
#[derive(Default)]
pub(super) struct CellXml<'t> {
    kind: &'t str,
    /// What goes with the kind: number, date, time, truth.
    stated: Option<&'t str>,
    stated_text: &'t str,
    marked_error: bool,
    formula: Option<&'t str>,
    /// How often the cell is repeated to the right.
    pub(super) repeat: u32,
    /// Rows and columns it covers.
    pub(super) covers: (u32, u32),
    text: String,
    paragraphs: usize,
}

impl<'t> CellXml<'t> {
    pub(super) fn new(all: &'t str) -> Self {
        let mut cell = Self { repeat: 1, covers: (1, 1), ..Self::default() };
        for (key, value) in attributes(all) {
            match key {
                "office:value-type" => cell.kind = value,
                "office:value" | "office:boolean-value" | "office:date-value" | "office:time-value" => {
                    cell.stated = Some(value);
                }
                "office:string-value" => cell.stated_text = value,
                "calcext:value-type" => cell.marked_error = value == "error",
                "table:formula" => cell.formula = Some(value),
                "table:number-columns-repeated" => cell.repeat = count(value),
                "table:number-rows-spanned" => cell.covers.0 = count(value),
                "table:number-columns-spanned" => cell.covers.1 = count(value),
                _ => (),
            }
        }
        cell
    }

    /// Reads up to the end of the cell. Only its own paragraphs count, not those of notes and drawings on it.
    pub(super) fn read_text(&mut self, tags: &mut Tags<'t>) -> Read<()> {
        let mut depth = 0u32;
        while let Some((before, tag)) = tags.next() {
            if depth > 0 {
                self.push(before);
            }
            match tag {
                Tag::Open { name: "p", empty, .. } if depth == 0 => {
                    self.paragraph();
                    depth = u32::from(!empty);
                }
                Tag::Open { name, attributes, empty } if depth > 0 => {
                    self.mark(name, attributes);
                    depth += u32::from(!empty);
                }
                Tag::Open { name, empty: false, .. } => skip(tags, name),
                Tag::Close(_) if depth > 0 => depth -= 1,
                Tag::Close("table-cell" | "covered-table-cell") => return Ok(()),
                Tag::Data(data) if depth > 0 => self.text.push_str(data),
                _ => (),
            }
        }
        Err(Trouble::Damaged("isinya terpotong".to_owned()))
    }

    fn paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.text.push('\n');
        }
        self.paragraphs += 1;
    }

    fn mark(&mut self, name: &str, attributes: &str) {
        match name {
            "s" => {
                let count = attribute(attributes, "text:c").and_then(|c| c.parse().ok()).unwrap_or(1usize);
                self.text.extend(std::iter::repeat_n(' ', count.clamp(1, SPACES)));
            }
            "tab" => self.text.push('\t'),
            "line-break" => self.text.push('\n'),
            _ => (),
        }
    }

    /// White space as written counts as one space, and not at all where a paragraph begins.
    fn push(&mut self, raw: &str) {
        let mut text = Text::default();
        text.push(raw);
        for c in text.as_str().chars() {
            if !matches!(c, ' ' | '\t' | '\n' | '\r') {
                self.text.push(c);
            } else if !(self.text.is_empty() || self.text.ends_with([' ', '\n', '\t'])) {
                self.text.push(' ');
            }
        }
    }

    /// What the cell holds; `None` for nothing. A value that does not fit its type is kept as the text it shows.
    pub(super) fn value(&self, out: &mut GridBuilder) -> Option<Value> {
        if let Some(error) = self.error() {
            return Some(Value::Error(error));
        }
        let value = match (self.kind, self.stated) {
            ("float" | "percentage" | "currency", Some(n)) => {
                n.trim().parse().ok().filter(|n: &f64| n.is_finite()).map(Value::Number)
            }
            ("boolean", Some(word)) => Some(Value::Bool(word == "true")),
            ("date", Some(date)) => dates::from_iso(date).map(Value::Date),
            ("time", Some(time)) => dates::from_duration(time).map(Value::Date),
            ("", _) if self.formula.is_some() && self.text.is_empty() => Some(Value::NoResult),
            _ => None,
        };
        value.or_else(|| {
            let mut stated = Text::default();
            stated.push(self.stated_text);
            let text = if stated.as_str().is_empty() { &self.text } else { stated.as_str() };
            (!text.trim().is_empty()).then(|| out.intern(text))
        })
    }

    /// Whether its number is shown as a percentage.
    pub(super) fn percent(&self) -> bool {
        self.kind == "percentage"
    }

    /// Errors are texts here: marked as such by `LibreOffice`, known by their look elsewhere.
    fn error(&self) -> Option<ErrorValue> {
        if !self.marked_error && self.formula.is_none() {
            return None;
        }
        let shown = error_value(self.text.trim());
        (self.marked_error || shown != ErrorValue::Other).then_some(shown)
    }

    /// Its formula without `=`.
    pub(super) fn formula(&self) -> Option<Box<str>> {
        let mut written = Text::default();
        written.push(self.formula?);
        Some(ods_formula::plain(written.as_str()).into())
    }
}

/// A count of at least one.
pub(super) fn count(text: &str) -> u32 {
    text.parse().unwrap_or(1).max(1)
}
