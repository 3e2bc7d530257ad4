//! One sheet of an xlsx workbook: values, formulas, merges and hidden parts in one pass over its XML.

use std::collections::HashMap;

use super::super::trouble::{Read, Trouble};
use super::super::xml;
use super::number_format::Shows;
use super::tags::{Tag, Tags, Text, attribute, attributes};
use super::xlsx::Book;
use super::{address, dates, hidden, strings};
use crate::model::document::{ErrorValue, Grid, GridBuilder, Value};
use crate::model::origin::{Place, letters};

/// Reads one sheet; its number counts the grids before it.
pub(super) fn read(book: &mut Book, number: usize, name: &str, text: &str) -> Read<Grid> {
    let mut sheet = Sheet {
        book,
        number: u32::try_from(number).unwrap_or(u32::MAX - 1) + 1,
        out: GridBuilder::new(name, Place::Sheet(name.to_owned())),
        row: 0,
        col: 0,
        inside: Inside::Nothing,
        cell: CellXml::default(),
        shared: HashMap::new(),
        hidden_rows: hidden::Ranges::default(),
    };
    sheet.run(text).map_err(|trouble| match trouble {
        Trouble::Damaged(reason) => Trouble::Damaged(format!("lembar {name}: {reason}")),
        other => other,
    })?;
    let mut grid = sheet.out.finish();
    grid.hidden_rows = sheet.hidden_rows.finish();
    Ok(grid)
}

/// Parts of a sheet's XML. What stands before and after the cells is looked at only there, for extensions reuse the same names.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    Before,
    Cells,
    After,
}

/// Which text the reader stands in.
#[derive(Clone, Copy, Default, PartialEq)]
enum Inside {
    #[default]
    Nothing,
    Value,
    Formula,
    Inline,
    Phonetic,
}

/// How the value of a cell is written: attribute `t`.
#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Bool,
    Error,
    Date,
}

/// The cell being read.
#[derive(Default)]
struct CellXml<'t> {
    open: bool,
    kind: Kind,
    style: usize,
    value: Text<'t>,
    has_value: bool,
    formula: Text<'t>,
    has_formula: bool,
    /// Number of the shared formula it takes part in.
    shared: Option<usize>,
}

struct Sheet<'b, 't> {
    book: &'b mut Book,
    number: u32,
    out: GridBuilder,
    row: u32,
    col: u16,
    inside: Inside,
    cell: CellXml<'t>,
    /// Shared formulas by number: text and the cell it is written for.
    shared: HashMap<usize, (Box<str>, u32, u16)>,
    hidden_rows: hidden::Ranges<u32>,
}

impl<'t> Sheet<'_, 't> {
    /// The whole part.
    fn run(&mut self, xml: &'t str) -> Read<()> {
        let mut tags = Tags::new(xml);
        let mut section = Section::Before;
        while let Some((before, tag)) = tags.next() {
            if section == Section::Cells {
                self.text(before);
            }
            match (section, tag) {
                (Section::Before, Tag::Open { name: "sheetData", empty, .. }) => {
                    section = if empty { Section::After } else { Section::Cells };
                }
                (Section::Before, Tag::Open { name: "col", attributes, .. }) => self.column(attributes),
                (Section::Cells, Tag::Close("sheetData")) => section = Section::After,
                (Section::Cells, Tag::Open { name, attributes, empty }) => {
                    self.open(name, attributes)?;
                    if empty {
                        self.close(name)?;
                    }
                }
                (Section::Cells, Tag::Close(name)) => self.close(name)?,
                (Section::Cells, Tag::Data(data)) => self.data(data),
                (Section::After, Tag::Open { name: "mergeCell", attributes, .. }) => {
                    let merge = attribute(attributes, "ref").and_then(address::merge);
                    self.out.grid().merges.extend(merge);
                }
                _ => (),
            }
        }
        if section == Section::After { Ok(()) } else { Err(damaged("isinya terpotong")) }
    }

    fn open(&mut self, name: &str, attributes: &str) -> Read<()> {
        match name {
            "c" => self.open_cell(attributes)?,
            "v" if self.cell.open => {
                self.inside = Inside::Value;
                self.cell.has_value = true;
            }
            "f" if self.cell.open => self.open_formula(attributes),
            "t" if self.cell.open && self.inside == Inside::Nothing => self.inside = Inside::Inline,
            "rPh" => self.inside = Inside::Phonetic,
            "row" => self.open_row(attributes)?,
            _ => (),
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Read<()> {
        match name {
            "v" | "f" | "rPh" => self.inside = Inside::Nothing,
            "t" if self.inside == Inside::Inline => self.inside = Inside::Nothing,
            "c" => self.close_cell()?,
            "row" => self.row += 1,
            _ => (),
        }
        Ok(())
    }

    fn text(&mut self, raw: &'t str) {
        match self.inside {
            Inside::Value if self.cell.kind == Kind::Inline => (),
            Inside::Value | Inside::Inline => self.cell.value.push(raw),
            Inside::Formula => self.cell.formula.push(raw),
            Inside::Nothing | Inside::Phonetic => (),
        }
    }

    fn data(&mut self, data: &'t str) {
        match self.inside {
            Inside::Value | Inside::Inline => self.cell.value.push_data(data),
            Inside::Formula => self.cell.formula.push_data(data),
            Inside::Nothing | Inside::Phonetic => (),
        }
    }

    /// Rows without a number follow the one before.
    fn open_row(&mut self, all: &str) -> Read<()> {
        let mut hidden = false;
        for (key, value) in attributes(all) {
            match key {
                "r" => {
                    self.row = address::row(value.trim())
                        .ok_or_else(|| damaged(&format!("baris {value} tidak ada pada lembar kerja")))?;
                }
                "hidden" => hidden |= xml::truth(value),
                "ht" => hidden |= value.parse() == Ok(0.0),
                _ => (),
            }
        }
        if self.row >= address::ROWS {
            return Err(damaged("lebih banyak baris daripada yang mungkin"));
        }
        if hidden {
            self.hidden_rows.add(self.row, self.row);
        }
        self.col = 0;
        Ok(())
    }

    /// Cells without an address follow the one before.
    fn open_cell(&mut self, all: &str) -> Read<()> {
        let cell = &mut self.cell;
        (cell.open, cell.kind, cell.style) = (true, Kind::Number, 0);
        (cell.has_value, cell.has_formula, cell.shared) = (false, false, None);
        cell.value.clear();
        cell.formula.clear();
        for (key, value) in attributes(all) {
            match key {
                "r" => {
                    (self.row, self.col) =
                        address::cell(value).ok_or_else(|| damaged(&format!("sel {value} tidak ada pada lembar kerja")))?;
                }
                "s" => cell.style = value.parse().unwrap_or(0),
                "t" => cell.kind = kind(value),
                _ => (),
            }
        }
        if self.col >= address::COLUMNS {
            return Err(damaged("lebih banyak kolom daripada yang mungkin"));
        }
        Ok(())
    }

    fn open_formula(&mut self, attributes: &str) {
        self.inside = Inside::Formula;
        self.cell.has_formula = true;
        if attribute(attributes, "t") == Some("shared") {
            self.cell.shared = attribute(attributes, "si").and_then(|si| si.parse().ok());
        }
    }

    fn close_cell(&mut self) -> Read<()> {
        let (row, col) = (self.row, self.col);
        if self.cell.has_formula {
            self.keep_formula(row, col)?;
        }
        if let Some(value) = self.value()? {
            self.out.push(row, col, value);
        }
        self.cell.open = false;
        self.inside = Inside::Nothing;
        self.col += 1;
        Ok(())
    }

    /// What the open cell holds; `None` for nothing. A value that does not fit its type is kept as the text it is.
    fn value(&mut self) -> Read<Option<Value>> {
        let cell = &self.cell;
        let text = cell.value.as_str();
        if cell.has_formula && (!cell.has_value || text.is_empty() && cell.kind != Kind::Text) {
            return Ok(Some(Value::NoResult));
        }
        let value = match cell.kind {
            Kind::Shared if text.is_empty() => None,
            Kind::Shared => return self.shared_text(),
            Kind::Number => {
                if let Some(n) = number(text) {
                    return Ok(Some(self.number_or_date(n)));
                }
                None
            }
            Kind::Bool => bool_value(text).map(Value::Bool),
            Kind::Error => Some(Value::Error(error_value(text.trim()))),
            Kind::Date => dates::from_iso(text).map(Value::Date),
            Kind::Text | Kind::Inline => None,
        };
        if value.is_some() || text.trim().is_empty() {
            return Ok(value);
        }
        Ok(Some(match strings::unescaped(text) {
            Some(plain) => self.out.intern(&plain),
            None => self.out.intern(text),
        }))
    }

    fn shared_text(&mut self) -> Read<Option<Value>> {
        let text = self.cell.value.as_str().trim();
        let known = text.parse().map_err(drop).and_then(|i| self.book.strings.value(i, self.number, &mut self.out));
        known
            .map_err(|()| damaged(&format!("sel {}{} merujuk teks nomor {text} yang tidak ada", letters(self.col), self.row + 1)))
    }

    fn number_or_date(&mut self, n: f64) -> Value {
        match self.book.styles.shows(self.cell.style) {
            Shows::Date if dates::datable(n) => Value::Date(if self.book.from_1904 { n + dates::FROM_1904 } else { n }),
            Shows::Percent => {
                self.out.grid().percents.push((self.row, self.col));
                Value::Number(n)
            }
            _ => Value::Number(n),
        }
    }

    /// Keeps the formula of the open cell; one that is shared is written out for this cell.
    fn keep_formula(&mut self, row: u32, col: u16) -> Read<()> {
        let written = self.cell.formula.as_str().trim();
        let formula: Box<str> = match self.cell.shared.and_then(|si| self.shared.get(&si)) {
            Some((text, r, c)) if written.is_empty() => {
                let (from, to) = ((*r, u32::from(*c)), (row, u32::from(col)));
                calamine::expand_shared_formula(text, from, to).map_or_else(|_| text.clone(), Into::into)
            }
            _ => written.into(),
        };
        if let (Some(si), false) = (self.cell.shared, written.is_empty()) {
            self.shared.insert(si, (written.into(), row, col));
        }
        self.book.formula_bytes = self
            .book
            .formula_bytes
            .checked_sub(formula.len() as u64)
            .ok_or_else(|| Trouble::TooLarge("rumusnya terlalu banyak".to_owned()))?;
        if !formula.is_empty() {
            self.out.grid().formulas.push((row, col, formula));
        }
        Ok(())
    }

    /// `<col min max hidden width>`: columns count from one here.
    fn column(&mut self, all: &str) {
        let narrow = attribute(all, "width").is_some_and(|w| w.parse() == Ok(0.0));
        let hidden = narrow || attribute(all, "hidden").is_some_and(xml::truth);
        let number = |name: &str| attribute(all, name)?.parse::<u16>().ok()?.checked_sub(1);
        if let (true, Some(min), Some(max)) = (hidden, number("min"), number("max")) {
            self.out.grid().hidden_cols.push((min, max.min(address::COLUMNS - 1)));
        }
    }
}

fn damaged(reason: &str) -> Trouble {
    Trouble::Damaged(reason.to_owned())
}

fn kind(t: &str) -> Kind {
    match t {
        "s" => Kind::Shared,
        "str" => Kind::Text,
        "inlineStr" | "is" => Kind::Inline,
        "b" => Kind::Bool,
        "e" => Kind::Error,
        "d" => Kind::Date,
        _ => Kind::Number,
    }
}

/// A number that is one; infinities and the like are not. Most are short whole numbers.
fn number(text: &str) -> Option<f64> {
    if (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(f64::from(text.bytes().fold(0u32, |n, b| n * 10 + u32::from(b - b'0'))));
    }
    text.trim().parse::<f64>().ok().filter(|n| n.is_finite())
}

fn bool_value(text: &str) -> Option<bool> {
    match text.trim() {
        "1" => Some(true),
        "0" => Some(false),
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Error values as spreadsheets print them.
pub(super) fn error_value(text: &str) -> ErrorValue {
    match text {
        "#DIV/0!" => ErrorValue::Div0,
        "#N/A" => ErrorValue::Na,
        "#NAME?" => ErrorValue::Name,
        "#NULL!" => ErrorValue::Null,
        "#NUM!" => ErrorValue::Num,
        "#REF!" => ErrorValue::Ref,
        "#VALUE!" => ErrorValue::Value,
        _ => ErrorValue::Other,
    }
}
