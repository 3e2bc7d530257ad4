//! The last rows of a table, alone on a page: too few to show columns by themselves. The heading that is repeated above them, figures
//! where the table before has columns, or lines drawn where its own are, say whose they are.

use super::cells::frames;
use super::lattice;
use super::page::Page;
use super::stitch::{MOST_HEADING, same_line};
use super::stream;
use super::table::{Method, Table};
use super::tokens::{Row, row};

/// White between rows of one table, as a share of the height of their lines.
const CLOSE: f32 = 2.0;

/// How far a word may reach over the border of its column, in points.
const WITHIN: f32 = 2.0;

/// How far lines of one table may stand apart from page to page, in points.
const SAME: f32 = 1.5;

/// What fills a page without a table of its own between the lines of the table that ends the page before: the rest of one row, often of
/// one cell; and which lines of the page it is.
#[must_use]
pub fn row_rest(before: &Page, page: &Page) -> Option<(Table, Vec<usize>)> {
    let above = before.tables.last().filter(|t| t.method == Method::Ruled && t.cols() > 1 && page.tables.is_empty())?;
    let same = |xs: &[f32]| xs.len() == above.columns.len() && xs.iter().zip(&above.columns).all(|(x, y)| (x - y).abs() < SAME);
    let frame = frames(&page.edges).into_iter().find(|f| same(&f.xs))?;
    let mut free = vec![false; page.words.len()];
    page.rest.iter().flat_map(|line| &line.words).for_each(|&i| free[i] = true);
    let (table, inside) = lattice::rest(&frame, &page.words, &free)?;
    let taken = (0..page.rest.len()).filter(|&i| page.rest[i].words.iter().all(|w| inside.binary_search(w).is_ok())).collect();
    Some((table, taken))
}

/// Such rows on a page without a table, set with the columns of the table that ends the page before; and which
/// lines of the page they are.
#[must_use]
pub fn rows(before: &Page, page: &Page) -> Option<(Table, Vec<usize>)> {
    let above = before.tables.last().filter(|t| t.method == Method::Aligned && page.tables.is_empty())?;
    let heading = |r: &Row| above.source.iter().take(MOST_HEADING).any(|head| same_line(head, r));
    let figures = |r: &Row| r.tokens.iter().filter(|t| t.numeric).count();
    let fits = |r: &Row| stream::fits(std::slice::from_ref(r), &above.columns) || stands_in(r, page, &above.columns);
    let begins = |r: &Row| heading(r) || (r.tokens.len() > 2 && figures(r) > 1 && fits(r));
    let lines = page.rest.iter().enumerate().filter_map(|(i, line)| Some((i, row(&page.words, line)?)));
    let mut bottom: Option<f32> = None;
    let (mut taken, mut found) = (Vec::new(), Vec::new());
    for (i, row) in lines.skip_while(|(_, r)| !begins(r)) {
        let close = bottom.is_none_or(|y| row.area.y0 - y < CLOSE * row.area.height());
        if !close || !(heading(&row) || fits(&row)) {
            break;
        }
        bottom = Some(row.area.y1);
        taken.push(i);
        found.push(row);
    }
    let told = found.iter().any(|r| !heading(r) && figures(r) > 1);
    let table = if told { stream::set(page, &found, &above.columns) } else { None };
    table.map(|table| (table, taken))
}

/// Whether a row, mostly of figures, stands in these columns word by word: a number may stand as close before a name as its own words do.
fn stands_in(row: &Row, page: &Page, columns: &[f32]) -> bool {
    let words = || row.tokens.iter().flat_map(|t| &t.words).map(|&i| page.words[i].area);
    let across = words().any(|w| columns.iter().any(|&b| w.x0 + WITHIN < b && b < w.x1 - WITHIN));
    !across && row.tokens.iter().filter(|t| t.numeric).count() * 2 >= row.tokens.len()
}
