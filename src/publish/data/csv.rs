//! A data table as CSV: UTF-8, comma, header line, `.` as decimal point, line feed, empty = not stated.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::model::document::plain_number;
use crate::model::schema::TableSchema;

use super::guard;
use super::rows::{Cell, Sink};

/// Writes rows as lines.
#[derive(Debug)]
pub struct CsvSink<W> {
    out: W,
    path: PathBuf,
    line: String,
    scratch: String,
    first: bool,
}

impl<W: Write> CsvSink<W> {
    /// Starts with the header line. `path` is for messages.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W, path: PathBuf, table: &TableSchema) -> Result<Self> {
        let mut sink = Self { out, path, line: String::new(), scratch: String::new(), first: true };
        for field in &table.fields {
            sink.cell(Cell::text(&field.name))?;
        }
        sink.end_row()?;
        Ok(sink)
    }

    /// What it was written into.
    #[must_use]
    pub fn into_inner(self) -> W {
        self.out
    }
}

impl<W: Write> Sink for CsvSink<W> {
    fn cell(&mut self, cell: Cell<'_>) -> Result<()> {
        if !self.first {
            self.line.push(',');
        }
        self.first = false;
        match cell {
            Cell::Empty => {}
            Cell::Number(number) => {
                self.scratch.clear();
                push_number(number, &mut self.scratch);
                self.line.push_str(&self.scratch);
            }
            Cell::Text(text) => push_text(text, &mut self.line),
            Cell::Region(region) => {
                let _ = write!(self.line, "{region}");
            }
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        self.line.push('\n');
        self.out.write_all(self.line.as_bytes()).map_err(Error::io(&self.path))?;
        self.line.clear();
        self.first = true;
        Ok(())
    }
}

/// A number as [`plain_number`] writes it, whole ones without a string of their own.
pub fn push_number(number: f64, out: &mut String) {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        if number < 0.0 {
            out.push('-');
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, positive and below 10^15: exact")]
        push_whole(number.abs() as u64, out);
    } else {
        out.push_str(&plain_number(number));
    }
}

/// A whole number in digits; millions of them are written, so this goes without the formatter.
pub fn push_whole(mut number: u64, out: &mut String) {
    let mut digits = [0_u8; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend(digits[start..].iter().map(|d| char::from(b'0' + d)));
}

/// A text, guarded against becoming a formula, in quotes where it holds a comma, a quote or a line break.
fn push_text(text: &str, out: &mut String) {
    let guarded = guard::is_dangerous(text);
    let quoted = text.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) || text.starts_with(' ') || text.ends_with(' ');
    if quoted {
        out.push('"');
    }
    if guarded {
        out.push('\'');
    }
    if text.contains('"') {
        out.push_str(&text.replace('"', "\"\""));
    } else {
        out.push_str(text);
    }
    if quoted {
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::Type;
    use crate::model::schema::Field;

    fn lines(cells: &[Cell<'_>]) -> String {
        let field = |name: &str| Field { name: name.into(), kind: Type::Text, heading: String::new(), describes: String::new() };
        let table = TableSchema { fields: vec![field("a"), field("b")], ..TableSchema::default() };
        let mut out = Vec::new();
        let mut sink = CsvSink::new(&mut out, PathBuf::new(), &table).unwrap();
        for row in cells.chunks(2) {
            for &cell in row {
                sink.cell(cell).unwrap();
            }
            sink.end_row().unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_written_as_the_contract_says() {
        let text = lines(&[
            Cell::Number(1234.0),
            Cell::Empty,
            Cell::Number(-0.0),
            Cell::Number(-12.5),
            Cell::Text("Kab. \"X\", Y"),
            Cell::Region("62.04".parse().unwrap()),
            Cell::Text("a\nb"),
            Cell::Text("=1+1"),
        ]);
        assert_eq!(text, "a,b\n1234,\n0,-12.5\n\"Kab. \"\"X\"\", Y\",62.04\n\"a\nb\",'=1+1\n");
    }

    #[test]
    fn numbers_are_written_like_everywhere_else() {
        for n in [0.0, -0.0, 7.0, -7.0, 203_056_748.0, 87.5, 0.1, 1e15, -1e21, 1.5e-7] {
            let mut text = String::new();
            push_number(n, &mut text);
            assert_eq!(text, plain_number(n));
        }
    }

    #[test]
    fn a_csv_reader_gets_the_texts_back() {
        let texts = ["a\rb", " x ", "\"", ",", "é—“”", "-"];
        let cells: Vec<Cell<'_>> = texts.iter().map(|t| Cell::Text(t)).collect();
        let text = lines(&cells);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let back: Vec<String> = reader.records().flat_map(|r| r.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
        assert_eq!(back, texts);
    }
}
