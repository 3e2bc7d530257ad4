//! Lines that no table took although they stand where its rows stand: what is lost with them must be told.
//!
//! Two cases. Where a table goes on over a page break, nothing but running titles and page numbers belongs between its parts: other
//! lines close to it are most likely the rest of a cell. And a line close to a table with figures below its columns is most likely one
//! of its rows.

use super::blocks::counts_on;
use super::geometry::Area;
use super::lines::{Line, line_text};
use super::page::Page;
use super::stitch::{Part, Whole};
use super::table::Table;
use super::tokens::{Token, figure, row};

/// White between a table and what may belong to it, as a share of the height of its lines.
const CLOSE: f32 = 1.3;
/// The same for rows of figures, which totals stand a little apart as.
const NEAR: f32 = 2.5;
/// The same for rows whose amount ends where those of the table end: notes between the rows may have torn it.
const FAR: f32 = 9.0;
/// How far the ends of amounts below each other may differ, in points.
const FLUSH: f32 = 1.0;

/// Whether a line beside a part of a table is most likely a piece of it.
#[must_use]
pub fn stray(pages: &[Page], whole: &Whole, at: usize, line: &Line) -> bool {
    let Some(part) = whole.parts.get(at) else { return false };
    let (page, table) = (&pages[part.page], &pages[part.page].tables[part.number]);
    let inside = line.area.x0 > table.area.x0 - 2.0 && line.area.x1 < table.area.x1 + 2.0;
    inside && (row_of(page, table, line) || rest_of_cell(pages, whole, at, line))
}

/// Whether a line has figures below at least two columns of the table, close to it.
fn row_of(page: &Page, table: &Table, line: &Line) -> bool {
    let Some(row) = row(&page.words, line) else { return false };
    let said = |t: &Token| -> String { t.words.iter().map(|&i| page.words[i].text.as_str()).collect() };
    let ends = |t: &Token| table.cells.iter().any(|c| (c.area.x1 - t.area.x1).abs() < FLUSH && figure(&c.text));
    let flush = row.tokens.iter().any(|t| t.numeric && digits(&said(t)) > 3 && ends(t));
    // The next number of a list of texts is no note either.
    let counted = counts_on(&table.source, &row);
    let near = if flush || counted { FAR } else { NEAR };
    if white(&line.area, &table.area) > near * line.area.height() || row.numbers_columns() || row.tokens.len() < 3 {
        return false;
    }
    let digits = |t: &&Token| t.numeric && digits(&said(t)) > 0;
    let mut below: Vec<usize> =
        row.tokens.iter().filter(digits).map(|t| table.columns.partition_point(|&x| x < t.area.mid_x())).collect();
    below.dedup();
    counted || below.len() >= 2 && below.len() * 2 >= row.tokens.len()
}

/// How many digits a text has.
fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Whether a line stands between the two parts of a table, close to either, and is not what both pages have.
fn rest_of_cell(pages: &[Page], whole: &Whole, at: usize, line: &Line) -> bool {
    let Some(part) = whole.parts.get(at) else { return false };
    let area = &pages[part.page].tables[part.number].area;
    let below = line.area.mid_y() > area.y1;
    let other: Option<&Part> = if below { whole.parts.get(at + 1) } else { at.checked_sub(1).and_then(|k| whole.parts.get(k)) };
    let Some(other) = other else { return false };
    let page = &pages[part.page];
    let text = letters(&line_text(&page.words, line));
    let repeated = || pages[other.page].rest.iter().any(|l| letters(&line_text(&pages[other.page].words, l)) == text);
    let close = white(&line.area, area) < CLOSE * line.area.height();
    close && !text.is_empty() && line.area.width() < 0.6 * area.width() && !repeated()
}

/// White between two areas from top to bottom.
fn white(a: &Area, b: &Area) -> f32 {
    -a.shared_height(b)
}

/// A line without its digits, so that page numbers do not count.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}
