//! The cells around a finding: what a reader of the report wants to see before opening the file.
//!
//! Only rows of figures and the headings above them are kept, never running text: signatures, names of officials and notes stand
//! there. Long numbers of persons are masked even in rows of figures.

mod outline;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::schema::Severity;
use crate::model::{Document, Excerpt, Excerpted, Finding, Grid, Origin, Schemas};

use outline::Outline;

/// Most excerpts of one document; errors come first.
const MOST: usize = 100;
/// Rows of figures shown above and below the cell in question.
const NEAR: usize = 2;
/// Columns shown left and right of it.
const BESIDE: usize = 3;
/// Columns of labels shown at the left.
const LABELS: usize = 2;
/// Most cells to blame that one excerpt shows.
const BLAMED: usize = 3;
/// Longest text of a cell, in characters.
const LONG: usize = 48;
/// Numbers with so many digits are those of persons (NIK, NKK, NIP).
const PERSONAL: usize = 16;

/// The cells around every finding that has a place, each cell at most in one excerpt's middle. Linear in the cells of the grids
/// concerned, bounded in size.
#[must_use]
pub fn around(document: &Document, findings: &[Finding], schemas: &Schemas) -> Vec<Excerpt> {
    let mut wanted: Vec<(Severity, &Finding)> = findings.iter().map(|f| (schemas.severity(f), f)).collect();
    wanted.sort_by_key(|(severity, _)| *severity);
    let mut outlines: BTreeMap<u16, Outline> = BTreeMap::new();
    let mut excerpts: Vec<Excerpt> = Vec::new();
    for (_, finding) in wanted {
        if excerpts.len() >= MOST {
            break;
        }
        let places = places(finding);
        let Some(&middle) = places.first() else { continue };
        let Some(grid) = document.grids.get(usize::from(middle.grid)) else { continue };
        if places.iter().all(|&p| excerpts.iter().any(|e| e.shows(p))) {
            continue;
        }
        let outline = outlines.entry(middle.grid).or_insert_with(|| Outline::of(grid));
        excerpts.extend(excerpt(grid, outline, &places));
    }
    excerpts
}

/// The cells of a finding that should be seen, the one in question first: those blamed, else the corner of its place.
fn places(finding: &Finding) -> Vec<Origin> {
    let from = finding.span.map(|s| s.from);
    let blamed = finding.blamed();
    let grid = blamed.first().copied().or(from).map(|o| o.grid);
    blamed.into_iter().take(BLAMED).chain(from).filter(|o| Some(o.grid) == grid).collect()
}

/// `None` where the cell does not stand in a row of figures.
fn excerpt(grid: &Grid, outline: &Outline, places: &[Origin]) -> Option<Excerpt> {
    let &middle = places.first()?;
    let mut rows: BTreeSet<u32> = outline.figures_around(middle.row, NEAR)?;
    rows.extend(places.iter().map(|p| p.row).filter(|&row| outline.has_figures(row)));
    let columns = columns(grid, outline, places, &rows);
    let headings = outline.headings_above(grid, middle);
    let heading = headings.iter().map(|&row| (row, true));
    let rows = heading.chain(rows.into_iter().map(|row| (row, false)));
    let rows = rows.map(|(row, heading)| Excerpted { row, heading, cells: cells(grid, row, heading, &columns) });
    let says_something = |row: &Excerpted| row.cells.iter().any(|(_, text)| !text.is_empty());
    Some(Excerpt { grid: middle.grid, rows: rows.filter(says_something).collect(), columns })
}

/// Labels at the left, the neighbours of the cell in question, and the other cells of the finding.
fn columns(grid: &Grid, outline: &Outline, places: &[Origin], rows: &BTreeSet<u32>) -> Vec<u16> {
    let mut columns: BTreeSet<u16> = places.iter().map(|p| p.col).collect();
    let Some(middle) = places.first() else { return Vec::new() };
    let filled: Vec<u16> = grid.row(middle.row).iter().map(|c| c.col).collect();
    let at = filled.partition_point(|&c| c < middle.col);
    columns.extend(filled.iter().skip(at.saturating_sub(BESIDE)).take(2 * BESIDE + 1));
    let cells = rows.iter().flat_map(|&row| grid.row(row));
    let labels: BTreeSet<u16> = cells.filter(|c| c.col < middle.col && !outline.is_figure(c)).map(|c| c.col).collect();
    columns.extend(labels.into_iter().take(LABELS));
    columns.into_iter().collect()
}

/// The texts of a row; in headings a merged cell covers its columns.
fn cells(grid: &Grid, row: u32, heading: bool, columns: &[u16]) -> Vec<(u16, Box<str>)> {
    let mut cells: Vec<(u16, Box<str>)> = Vec::with_capacity(columns.len());
    let mut before = None;
    for &col in columns {
        let merge = if heading { outline::merged(grid, row, col) } else { None };
        if let (Some(merge), Some(cell)) = (merge, cells.last_mut())
            && before == Some(merge)
        {
            cell.0 += 1;
            continue;
        }
        before = merge;
        let (top, left) = merge.map_or((row, col), |m| (m.top, m.left));
        // A heading merged downwards is said once, in its first row.
        let said = merge.is_none_or(|m| m.top == row);
        let text = grid.at(top, left).filter(|_| said).map(|c| grid.shown(c.value)).unwrap_or_default();
        cells.push((1, shortened(&text)));
    }
    cells
}

/// On one line, at most [`LONG`] characters, numbers of persons masked.
fn shortened(text: &str) -> Box<str> {
    if text.chars().filter(char::is_ascii_digit).count() >= PERSONAL {
        return "…".into();
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()).into(),
        None => line.into(),
    }
}

#[cfg(test)]
mod tests;
