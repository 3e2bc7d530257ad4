//! What a reader makes of a file before anyone knows what it means: grids of typed cells at their absolute places.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use super::origin::{Origin, Place, Places, Span};
use super::source::Format;

/// A file as read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Format by content, not by ending.
    pub format: Format,
    /// Sheets, tables of pages, or the one grid of a delimited file; in file order. Origin's `grid` counts in this list.
    pub grids: Vec<Grid>,
}

impl Document {
    /// Names of the grids, for writing locators after the cells are gone.
    #[must_use]
    pub fn places(&self) -> Places {
        Places(self.grids.iter().map(|g| g.place.clone()).collect())
    }
}

/// What a cell holds. Sixteen bytes, `Copy`: texts live once in their grid.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A stored number.
    Number(f64),
    /// Text: number of an entry of [`Grid::texts`].
    Text(u32),
    /// True or false.
    Bool(bool),
    /// A date or time as the days since 1899-12-30 that spreadsheets count.
    Date(f64),
    /// An error value where a result belongs.
    Error(ErrorValue),
    /// A formula without a stored result (F02).
    NoResult,
}

/// Spreadsheet error values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErrorValue {
    /// `#DIV/0!`
    Div0,
    /// `#N/A`
    Na,
    /// `#NAME?`
    Name,
    /// `#NULL!`
    Null,
    /// `#NUM!`
    Num,
    /// `#REF!`
    Ref,
    /// `#VALUE!`
    Value,
    /// `#GETTING_DATA` and whatever newer programs invent.
    Other,
}

impl ErrorValue {
    /// As the spreadsheet shows it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Div0 => "#DIV/0!",
            Self::Na => "#N/A",
            Self::Name => "#NAME?",
            Self::Null => "#NULL!",
            Self::Num => "#NUM!",
            Self::Ref => "#REF!",
            Self::Value => "#VALUE!",
            Self::Other => "#ERROR!",
        }
    }
}

/// One filled cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Row, from zero, as the file counts.
    pub row: u32,
    /// Column, from zero.
    pub col: u16,
    /// What it holds.
    pub value: Value,
}

/// A merged range; the value stands in its top left cell. Corners belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u16,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u16,
}

/// One sheet, one table of a page, or one delimited file. Only filled cells are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// Name and manner of its locators.
    pub place: Place,
    /// Sheet name, `p<page>.<n>` for the n-th table of a PDF page, or the file's stem.
    pub name: String,
    /// Page from 1 for paper, else `None`.
    pub page: Option<u16>,
    /// Filled cells, sorted by row then column.
    pub cells: Vec<Cell>,
    /// Distinct texts of the cells; `Value::Text` counts here.
    pub texts: Vec<Box<str>>,
    /// Formulas without the leading `=`, sorted like the cells.
    pub formulas: Vec<(u32, u16, Box<str>)>,
    /// Cells whose number is shown as a percentage (0.875 as 87.5 %), sorted. Known for xlsx, xls and ods.
    pub percents: Vec<(u32, u16)>,
    /// Cells (row, column), sorted, whose formula carried no result and was calculated here.
    pub calculated: Vec<(u32, u16)>,
    /// Merged ranges, sorted.
    pub merges: Vec<Merge>,
    /// The whole sheet is hidden.
    pub hidden: bool,
    /// Hidden rows, sorted; inclusive ranges.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, sorted; inclusive ranges.
    pub hidden_cols: Vec<(u16, u16)>,
    /// Lines of running text around a table of a page (titles, notes), in reading order. Empty for sheets, where they are cells.
    pub around: Vec<Box<str>>,
    /// Its characters were recognised in a picture (OCR) and may be wrong.
    pub scanned: bool,
}

impl Grid {
    /// The lines of [`Grid::around`] have their boxes in the grid's place as rows from this number on.
    pub const AROUND: u32 = 1 << 30;

    /// The lines of running text above a table of a page, the nearest first.
    #[must_use]
    pub fn above(&self) -> Vec<&str> {
        let Place::Paper { boxes } = &self.place else { return Vec::new() };
        let start = boxes.partition_point(|b| b.0 < Self::AROUND);
        let Some(&(_, _, page, [_, top, ..])) = boxes.first() else { return Vec::new() };
        let mut lines: Vec<_> = boxes.get(start..).unwrap_or_default().iter().filter(|b| b.2 == page && b.3[1] < top).collect();
        lines.sort_by(|a, b| b.3[1].total_cmp(&a.3[1]));
        let text = |row: u32| self.around.get((row - Self::AROUND) as usize).map(AsRef::as_ref);
        lines.into_iter().filter_map(|b| text(b.0)).collect()
    }

    /// An empty grid.
    #[must_use]
    pub fn new(name: impl Into<String>, place: Place) -> Self {
        Self {
            place,
            name: name.into(),
            page: None,
            cells: Vec::new(),
            texts: Vec::new(),
            formulas: Vec::new(),
            percents: Vec::new(),
            calculated: Vec::new(),
            merges: Vec::new(),
            hidden: false,
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            around: Vec::new(),
            scanned: false,
        }
    }

    /// The cell at a place; `None` where nothing stands. Logarithmic.
    #[must_use]
    pub fn at(&self, row: u32, col: u16) -> Option<&Cell> {
        self.cells.binary_search_by_key(&(row, col), |c| (c.row, c.col)).ok().map(|i| &self.cells[i])
    }

    /// The filled cells of one row, left to right. Logarithmic.
    #[must_use]
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|c| c.row < row);
        let end = start + self.cells[start..].partition_point(|c| c.row == row);
        &self.cells[start..end]
    }

    /// The text of a text cell, else `None`.
    #[must_use]
    pub fn text(&self, value: Value) -> Option<&str> {
        match value {
            Value::Text(id) => self.texts.get(id as usize).map(AsRef::as_ref),
            _ => None,
        }
    }

    /// What the cell shows, whatever its type: numbers in plain digits with a point, dates as ISO, errors as Excel prints them.
    #[must_use]
    pub fn shown(&self, value: Value) -> String {
        match value {
            Value::Number(n) => plain_number(n),
            Value::Text(_) => self.text(value).unwrap_or_default().to_owned(),
            Value::Bool(b) => if b { "TRUE" } else { "FALSE" }.to_owned(),
            Value::Date(serial) => iso_date(serial),
            Value::Error(e) => e.as_str().to_owned(),
            Value::NoResult => String::new(),
        }
    }

    /// The formula of a cell, if it has one.
    #[must_use]
    pub fn formula(&self, row: u32, col: u16) -> Option<&str> {
        let i = self.formulas.binary_search_by_key(&(row, col), |f| (f.0, f.1)).ok()?;
        Some(&self.formulas[i].2)
    }

    /// Whether the number of a cell is shown as a percentage.
    #[must_use]
    pub fn percent(&self, row: u32, col: u16) -> bool {
        self.percents.binary_search(&(row, col)).is_ok()
    }

    /// Whether the row is hidden.
    #[must_use]
    pub fn row_hidden(&self, row: u32) -> bool {
        self.hidden_rows.iter().any(|&(a, b)| (a..=b).contains(&row))
    }

    /// Whether the column is hidden.
    #[must_use]
    pub fn col_hidden(&self, col: u16) -> bool {
        self.hidden_cols.iter().any(|&(a, b)| (a..=b).contains(&col))
    }

    /// The smallest rectangle around all filled cells; `None` when there are none.
    #[must_use]
    pub fn extent(&self, grid: u16) -> Option<Span> {
        Span::around(self.cells.iter().map(|c| Origin::new(grid, c.row, c.col)))
    }
}

/// Fills a [`Grid`] cell by cell, keeping every distinct text once.
#[derive(Debug)]
pub struct GridBuilder {
    grid: Grid,
    ids: HashMap<Box<str>, u32>,
}

impl GridBuilder {
    /// Starts an empty grid.
    #[must_use]
    pub fn new(name: impl Into<String>, place: Place) -> Self {
        Self { grid: Grid::new(name, place), ids: HashMap::new() }
    }

    /// The value of a text, stored once.
    pub fn intern(&mut self, text: &str) -> Value {
        if let Some(&id) = self.ids.get(text) {
            return Value::Text(id);
        }
        let id = u32::try_from(self.grid.texts.len()).unwrap_or(u32::MAX);
        self.grid.texts.push(text.into());
        self.ids.insert(text.into(), id);
        Value::Text(id)
    }

    /// Adds a cell; any order will do.
    pub fn push(&mut self, row: u32, col: u16, value: Value) {
        self.grid.cells.push(Cell { row, col, value });
    }

    /// Adds a text cell; text of white space alone is no cell.
    pub fn push_text(&mut self, row: u32, col: u16, text: &str) {
        if !text.trim().is_empty() {
            let value = self.intern(text);
            self.push(row, col, value);
        }
    }

    /// For what is not a cell: merges, formulas, hidden parts, page.
    pub const fn grid(&mut self) -> &mut Grid {
        &mut self.grid
    }

    /// The finished grid, everything sorted; of two cells at one place the later one stays.
    #[must_use]
    pub fn finish(self) -> Grid {
        let mut grid = self.grid;
        if !grid.cells.is_sorted_by(|a, b| (a.row, a.col) < (b.row, b.col)) {
            grid.cells.sort_by_key(|c| (c.row, c.col));
            grid.cells.reverse();
            grid.cells.dedup_by_key(|c| (c.row, c.col));
            grid.cells.reverse();
        }
        grid.formulas.sort_by_key(|f| (f.0, f.1));
        grid.percents.sort_unstable();
        grid.merges.sort_unstable();
        grid.hidden_rows.sort_unstable();
        grid.hidden_cols.sort_unstable();
        grid
    }
}

/// Whether a text is digits with marks between them: `1.234`, `1 234,50`, `Rp 1.234`, `-12`. What it amounts to is not asked here.
#[must_use]
pub fn is_printed_number(text: &str) -> bool {
    let text = text.trim().trim_start_matches("Rp").trim_start_matches(['.', ' ', '-', '+', '\u{2212}']);
    let marks = |c: char| matches!(c, '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}' | '-');
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || marks(c))
}

/// A number in plain digits, no exponent, no thousands mark, `.` before decimals, no trailing zeros.
#[must_use]
pub fn plain_number(n: f64) -> String {
    whole(n).map_or_else(|| format!("{n}"), |whole| whole.to_string())
}

/// Whether a text is the number in plain digits; asked for every cell, so no text is made for whole numbers.
#[must_use]
pub fn is_plain_number(text: &str, n: f64) -> bool {
    let digits = text.bytes().all(|b| b.is_ascii_digit()) && (1..=15).contains(&text.len());
    match whole(n) {
        Some(whole) if digits => text.parse() == Ok(whole) && (text.len() == 1 || !text.starts_with('0')),
        _ => text == plain_number(n),
    }
}

/// A number without decimals as an integer.
fn whole(n: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 10^15: exact")]
    (n.fract() == 0.0 && n.abs() < 1e15).then_some(n as i64)
}

/// Serial day number to ISO date, with the time of day where there is one. Day 0 is 1899-12-30, as spreadsheets count since
/// March 1900.
fn iso_date(serial: f64) -> String {
    let days = serial.floor();
    #[expect(clippy::cast_possible_truncation, reason = "days since 1900 fit easily; anything else is printed as a number")]
    let (year, month, day) = civil(days as i64 - 25_569);
    let seconds = ((serial - days) * 86_400.0).round();
    if seconds < 1.0 {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    let (h, m, s) = ((seconds / 3600.0).floor(), (seconds % 3600.0 / 60.0).floor(), seconds % 60.0);
    format!("{year:04}-{month:02}-{day:02}T{h:02.0}:{m:02.0}:{s:02.0}")
}

/// Days since 1970-01-01 to (year, month, day); the proleptic Gregorian calendar in eras of 400 years.
const fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + (month <= 2) as i64, month, doy - (153 * mp + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_show_as_iso() {
        assert_eq!(iso_date(45_933.0), "2025-10-03");
        assert_eq!(iso_date(45_933.5), "2025-10-03T12:00:00");
    }

    #[test]
    fn numbers_show_without_exponent() {
        assert_eq!(plain_number(203_056_748.0), "203056748");
        assert_eq!(plain_number(-0.0), "0");
        assert_eq!(plain_number(12.5), "12.5");
        assert_eq!(plain_number(-3.0), "-3");
        assert_eq!(plain_number(1e21), "1000000000000000000000");
        for (text, n) in [("12", 12.0), ("-12", -12.0), ("0", -0.0), ("12.5", 12.5)] {
            assert!(is_plain_number(text, n), "{text}");
        }
        for (text, n) in [("012", 12.0), ("12.0", 12.0), ("1.200", 1200.0), ("", 0.0), ("12", 13.0), ("+1", 1.0)] {
            assert!(!is_plain_number(text, n), "{text}");
        }
    }

    #[test]
    fn the_later_of_two_cells_at_one_place_stays() {
        let mut b = GridBuilder::new("x", Place::Delimited);
        b.push(1, 0, Value::Number(1.0));
        b.push(0, 0, Value::Number(2.0));
        b.push(1, 0, Value::Number(3.0));
        let grid = b.finish();
        assert_eq!(grid.cells.len(), 2);
        assert_eq!(grid.at(1, 0).map(|c| c.value), Some(Value::Number(3.0)));
    }
}
