//! The last rows of a table, alone on a page: too few to show columns by themselves. The heading that is repeated above them, or figures
//! where the table before has columns, say whose they are.

use super::page::Page;
use super::stitch::{MOST_HEADING, same_line};
use super::stream;
use super::table::{Method, Table};
use super::tokens::{Row, row};

/// White between rows of one table, as a share of the height of their lines.
const CLOSE: f32 = 2.0;

/// Such rows on a page without a table, set with the columns of the table that ends the page before; and which
/// lines of the page they are.
#[must_use]
pub fn rows(before: &Page, page: &Page) -> Option<(Table, Vec<usize>)> {
    let above = before.tables.last().filter(|t| t.method == Method::Aligned && page.tables.is_empty())?;
    let heading = |r: &Row| above.source.iter().take(MOST_HEADING).any(|head| same_line(head, r));
    let figures = |r: &Row| r.tokens.iter().filter(|t| t.numeric).count();
    let fits = |r: &Row| stream::fits(std::slice::from_ref(r), &above.columns);
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
