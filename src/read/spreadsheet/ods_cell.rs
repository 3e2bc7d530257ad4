//! One cell of an OpenDocument sheet: its value by its type, its text, its formula in the notation of workbooks.

use super::super::trouble::{Read, Trouble};
use super::ods::skip;
use super::tags::{Tag, Tags, Text, attribute};
use super::xlsx_sheet::error_value;
use super::{dates, ods_formula};
use crate::model::document::{ErrorValue, GridBuilder, Value};

/// Spaces that one element may stand for.
const SPACES: usize = 255;

/// A cell as it stands in the file.
pub(super) struct CellXml<'t> {
    attributes: &'t str,
    text: String,
    paragraphs: usize,
}

impl<'t> CellXml<'t> {
    pub(super) const fn new(attributes: &'t str) -> Self {
        Self { attributes, text: String::new(), paragraphs: 0 }
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

    fn attribute(&self, key: &str) -> Option<&'t str> {
        attribute(self.attributes, key)
    }

    /// What the cell holds; `None` for nothing. A value that does not fit its type is kept as the text it shows.
    pub(super) fn value(&self, out: &mut GridBuilder) -> Option<Value> {
        let kind = self.attribute("office:value-type");
        let by_formula = self.attribute("table:formula").is_some();
        if let Some(error) = self.error(by_formula) {
            return Some(Value::Error(error));
        }
        let number = |key| self.attribute(key)?.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        let value = match kind {
            Some("float" | "percentage" | "currency") => number("office:value").map(Value::Number),
            Some("boolean") => self.attribute("office:boolean-value").map(|v| Value::Bool(v == "true")),
            Some("date") => self.attribute("office:date-value").and_then(dates::from_iso).map(Value::Date),
            Some("time") => self.attribute("office:time-value").and_then(dates::from_duration).map(Value::Date),
            None if by_formula && self.text.is_empty() => Some(Value::NoResult),
            _ => None,
        };
        value.or_else(|| {
            let mut stated = Text::default();
            stated.push(self.attribute("office:string-value").unwrap_or_default());
            let text = if stated.as_str().is_empty() { &self.text } else { stated.as_str() };
            (!text.trim().is_empty()).then(|| out.intern(text))
        })
    }

    /// Errors are texts here: marked as such by LibreOffice, known by their look elsewhere.
    fn error(&self, by_formula: bool) -> Option<ErrorValue> {
        let marked = self.attribute("calcext:value-type") == Some("error");
        let shown = error_value(self.text.trim());
        (marked || by_formula && shown != ErrorValue::Other).then_some(shown)
    }

    /// Its formula without `=`.
    pub(super) fn formula(&self) -> Option<Box<str>> {
        let mut written = Text::default();
        written.push(self.attribute("table:formula")?);
        Some(ods_formula::plain(written.as_str()).into())
    }
}
