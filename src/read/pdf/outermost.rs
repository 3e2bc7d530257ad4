//! Names of groups of rows at the end or the top of a page: a text alone tells no columns, so that it was left outside the table that it
//! belongs to, and stood between the two parts of it.

use super::page::Page;
use super::stream;
use super::table::{Method, Table};
use super::tokens::{Row, row};

/// Names in a table before a text beside it is taken for one more.
const FEWEST: usize = 2;

/// How far names may differ in their beginnings, in points.
const FLUSH: f32 = 1.0;

/// How far a name may stand from the next row, in distances from row to row.
const NEAR: f32 = 1.3;

/// Takes the line right below the last table of a page into it, if it is such a name.
pub fn last(page: &mut Page) {
    let lowest = page.tables.last().and_then(|t| t.source.last()).map(|r| r.area.y0);
    let Some((at, name)) = page.tables.last().zip(lowest).and_then(|(table, y)| name(page, table, |r| r.area.y0 - y)) else {
        return;
    };
    let mut source = page.tables.last().map(|t| t.source.clone()).unwrap_or_default();
    source.push(name);
    set(page, page.tables.len() - 1, &source, at);
}

/// The same of the line right above the first.
pub fn first(page: &mut Page) {
    let highest = page.tables.first().and_then(|t| t.source.first()).map(|r| r.area.y0);
    let Some((at, name)) = page.tables.first().zip(highest).and_then(|(table, y)| name(page, table, |r| y - r.area.y0)) else {
        return;
    };
    let source: Vec<Row> = std::iter::once(name).chain(page.tables[0].source.iter().cloned()).collect();
    set(page, 0, &source, at);
}

fn set(page: &mut Page, table: usize, source: &[Row], line: usize) {
    if let Some(with) = stream::set(page, source, &page.tables[table].columns) {
        page.tables[table] = with;
        page.rest.remove(line);
    }
}

/// The line of the page next to a table that is one more of its names, by its distance from the outermost row.
fn name(page: &Page, table: &Table, distance: impl Fn(&Row) -> f32) -> Option<(usize, Row)> {
    if table.method != Method::Aligned {
        return None;
    }
    let lines = page.rest.iter().enumerate().filter_map(|(i, line)| Some((i, row(&page.words, line)?)));
    let (at, found) = lines.filter(|(_, r)| distance(r) > 0.0).min_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)))?;
    let text = alone(&found)?;
    let names = table.source.iter().filter_map(alone).filter(|n| (n - text).abs() < FLUSH).count();
    let steps = table.source.windows(2).map(|w| w[1].area.y0 - w[0].area.y0);
    let pitch = steps.filter(|step| *step > 0.5 * found.size).reduce(f32::min)?;
    (names >= FEWEST && distance(&found) < NEAR * pitch).then_some((at, found))
}

/// Where a row begins that is one text and no figure.
fn alone(row: &Row) -> Option<f32> {
    match row.tokens.as_slice() {
        [text] if !text.numeric => Some(text.area.x0),
        _ => None,
    }
}
