//! Rows without ruling below a ruled heading: only the heading of such tables is drawn as cells, and its columns are those of the rows.

use super::edges::Edges;
use super::geometry::Area;
use super::inner::{parted, with_inner};
use super::lines::lines;
use super::stream::{body, built};
use super::table::Table;
use super::tokens::{Row, figure, row};
use super::words::Word;

/// Longest mark that stands for yes or no.
const MARK: usize = 2;
/// Most rows of a heading.
const MOST_HEADING: usize = 6;

/// Adds to a ruled heading the rows that hang below it; gives the words they took. Nothing happens to tables with figures of their own.
#[must_use]
pub fn hang(table: &mut Table, words: &[Word], free: &[bool], prose: &[bool], edges: &Edges, fills: &[Area]) -> Vec<usize> {
    let all = if heading_only(table) { below(table, words, free, prose) } else { Vec::new() };
    let rows = &all[..hanging(table, &all)];
    if rows.is_empty() {
        return Vec::new();
    }
    if let Some(finer) = finer(table, words, rows, edges, fills) {
        *table = finer;
    } else {
        let (cells, count) = body(words, rows, &table.columns, edges, fills, table.rows);
        table.cells.extend(cells);
        table.rows = count;
        table.area = rows.iter().fold(table.area, |a, r| a.with(&r.area));
        table.sort();
    }
    rows.iter().flat_map(|r| &r.tokens).flat_map(|t| t.words.iter().copied()).collect()
}

/// The table with the columns that its rows show within those of the heading, if there are any: its lines part groups of columns only.
fn finer(table: &Table, words: &[Word], rows: &[Row], edges: &Edges, fills: &[Area]) -> Option<Table> {
    let own = |i: &usize| words[*i].turned == 0 && table.area.holds(words[*i].area.mid_x(), words[*i].area.mid_y(), 0.5);
    let heading = lines(words, (0..words.len()).filter(own));
    let heading = heading.iter().filter_map(|l| row(words, l)).map(|r| parted(&r, words, edges));
    let all: Vec<Row> = heading.chain(rows.iter().cloned()).collect();
    let bounds = with_inner(words, &all, &table.columns);
    if bounds.len() > table.columns.len() { built(words, &all, &bounds, edges, fills) } else { None }
}

/// Whether rows hang below a table whose cells have grounds of their own: then only its heading has them, or every other row.
#[must_use]
pub fn hangs(table: &Table, words: &[Word], free: &[bool], prose: &[bool]) -> bool {
    hanging(table, &below(table, words, free, prose)) > 0
}

/// The lines below a table.
fn below(table: &Table, words: &[Word], free: &[bool], prose: &[bool]) -> Vec<Row> {
    let below = |i: &usize| {
        let (w, area) = (&words[*i], &table.area);
        let inside = w.area.mid_x() > area.x0 - 2.0 && w.area.mid_x() < area.x1 + 2.0 && w.area.mid_y() > area.y1;
        free[*i] && !prose[*i] && w.turned == 0 && inside
    };
    lines(words, (0..words.len()).filter(below)).iter().filter_map(|l| row(words, l)).collect()
}

/// Whether a ruled table is a few rows of words, years and numbers of columns.
fn heading_only(table: &Table) -> bool {
    let figures = |text: &str| {
        !text.starts_with(char::is_alphabetic)
            && text.contains(|c: char| c.is_ascii_digit())
            && text.split_whitespace().all(figure)
    };
    let year = |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let number = |text: &str| text.trim_matches(['(', ')']).parse::<u32>().is_ok_and(|n| n < 60);
    table.rows <= MOST_HEADING
        && table.cols() >= 2
        && table.cells.iter().all(|c| !figures(&c.text) || year(&c.text) || number(&c.text))
}

/// How many of the rows below hang on the heading: close to each other, in its columns, figures or marks among them. None if fewer than two.
fn hanging(table: &Table, rows: &[Row]) -> usize {
    let inner = &table.columns[1..table.columns.len() - 1];
    let (mut bottom, mut end, mut full, mut figures) = (table.area.y1, 0, 0, 0);
    for (i, r) in rows.iter().enumerate() {
        let across = r.tokens.iter().filter(|t| inner.iter().any(|&b| t.area.x0 + 2.0 < b && b < t.area.x1 - 2.0)).count();
        if r.area.y0 - bottom > 2.2 * r.size || (across > 0 && r.tokens.len() > 1) || i > end + 3 {
            break;
        }
        bottom = r.area.y1;
        if r.tokens.len() > 1 && (r.parted() || r.tight) {
            (end, full) = (i + 1, full + 1);
            figures += usize::from(r.tokens[1..].iter().any(|t| t.counted || t.chars <= MARK));
        }
    }
    if full >= 2 && figures * 2 >= full { end } else { 0 }
}
