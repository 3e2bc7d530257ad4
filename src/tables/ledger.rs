//! The rows of a whole document in the order in which one reads them, whatever the format: for documents that are text and tables in
//! turn. Sheets and lines come as they stand; on paper the running text of a page and its tables are put in order from top to bottom.

use std::borrow::Cow;

use crate::model::document::plain_number;
use crate::model::origin::Place;
use crate::model::{Document, Grid, Merge, Origin, Span, Value};
use crate::normalise::markup;

/// One row or line with something on it.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Number of its grid.
    pub grid: u16,
    /// Number of the row in its grid.
    pub row: u32,
    /// An empty row or line stands above it, or another table.
    pub apart: bool,
    /// Its filled cells, left to right.
    pub cells: Vec<Cell<'a>>,
    /// Cells of rows above that are merged down into this row.
    pub carried: Vec<Cell<'a>>,
}

/// One filled cell.
#[derive(Clone, Debug)]
pub struct Cell<'a> {
    /// Where it stands.
    pub origin: Origin,
    /// The last column it covers.
    pub right: u16,
    /// The last row it covers.
    pub bottom: u32,
    /// What it shows, blanks at both ends and tags of markup left out; a number shown as a percentage with its sign.
    pub text: Cow<'a, str>,
    /// The number it holds, where it is not text: 87.5 for what is shown as 87.5 %.
    pub number: Option<f64>,
}

impl Cell<'_> {
    /// Whether it covers this column.
    #[must_use]
    pub const fn covers(&self, col: u16) -> bool {
        self.origin.col <= col && col <= self.right
    }
}

impl<'a> Row<'a> {
    /// The cell over a column: its own, or one merged down from above.
    #[must_use]
    pub fn at(&self, col: u16) -> Option<&Cell<'a>> {
        self.own(col).or_else(|| self.carried.iter().find(|c| c.covers(col)))
    }

    /// Its own cell over a column.
    #[must_use]
    pub fn own(&self, col: u16) -> Option<&Cell<'a>> {
        self.cells.iter().find(|c| c.covers(col))
    }

    /// All its words in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|c| c.text.as_ref()).collect();
        texts.join(" ")
    }

    /// Around its own cells.
    #[must_use]
    pub fn span(&self) -> Span {
        let all = Span::around(self.cells.iter().map(|c| c.origin));
        all.unwrap_or_else(|| Origin::new(self.grid, self.row, 0).into())
    }
}

/// All visible rows of a document in reading order.
#[must_use]
pub fn rows(document: &Document) -> Vec<Row<'_>> {
    let all_hidden = document.grids.iter().all(|g| g.hidden);
    let visible = document.grids.iter().zip(0u16..).filter(|(g, _)| all_hidden || !g.hidden);
    let mut pieces: Vec<(Height, Vec<Row>)> = Vec::new();
    for (grid, number) in visible {
        let rows = of_grid(grid, number);
        if !pages_of_text(document).any(|p| Some(p) == grid.page) {
            pieces.extend(around(grid, number));
        }
        if is_running_text(grid) {
            // Tables stand between its lines: each line finds its own place.
            pieces.extend(rows.into_iter().map(|row| (height(grid, number, row.row), vec![row])));
        } else if let Some(first) = rows.first() {
            pieces.push((height(grid, number, first.row), rows));
        }
    }
    pieces.sort_by_key(|(height, _)| *height);
    pieces.into_iter().flat_map(|(_, rows)| rows).collect()
}

/// Where a row stands: page, distance from its top in tenths of points, and for what has no pages its number.
type Height = (u16, i64, u16, u32);

fn height(grid: &Grid, number: u16, row: u32) -> Height {
    let Place::Paper { boxes } = &grid.place else { return (0, 0, number, row) };
    let start = boxes.partition_point(|b| b.0 < row);
    #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
    let top = |b: &(u32, u16, u16, [f32; 4])| (b.2, (b.3[1] * 10.0) as i64, number, row);
    boxes.get(start).map_or_else(|| (grid.page.unwrap_or(0), 0, number, row), top)
}

/// The lines of a page around its tables: a grid of paper with one column, named after the page alone.
fn is_running_text(grid: &Grid) -> bool {
    matches!(grid.place, Place::Paper { .. }) && !grid.name.contains('.')
}

/// Pages whose running text is a grid of its own.
fn pages_of_text(document: &Document) -> impl Iterator<Item = u16> {
    document.grids.iter().filter(|g| is_running_text(g)).filter_map(|g| g.page)
}

/// The lines between and around tables of a page that has no grid for its running text.
fn around(grid: &Grid, number: u16) -> Vec<(Height, Vec<Row<'_>>)> {
    let Place::Paper { boxes } = &grid.place else { return Vec::new() };
    let start = boxes.partition_point(|b| b.0 < Grid::AROUND);
    let line = |&(row, col, _, _): &(u32, u16, u16, [f32; 4])| {
        let text = grid.around.get((row - Grid::AROUND) as usize)?;
        let origin = Origin::new(number, row, col);
        let cell = Cell { origin, right: u16::MAX, bottom: row, text: Cow::Borrowed(text.trim()), number: None };
        let row = Row { grid: number, row, apart: true, cells: vec![cell], carried: Vec::new() };
        Some((height(grid, number, row.row), vec![row]))
    };
    boxes.get(start..).unwrap_or_default().iter().filter_map(line).collect()
}

fn of_grid(grid: &Grid, number: u16) -> Vec<Row<'_>> {
    let mut out: Vec<Row> = Vec::new();
    let mut open: Vec<(Merge, Cell)> = Vec::new();
    let mut merges = grid.merges.iter().peekable();
    for cells in grid.cells.chunk_by(|a, b| a.row == b.row) {
        let Some(row) = cells.first().map(|c| c.row).filter(|&r| !grid.row_hidden(r)) else { continue };
        open.retain(|(m, _)| m.bottom >= row);
        let visible = cells.iter().filter(|c| !grid.col_hidden(c.col));
        let mut read: Vec<Cell> = visible.filter_map(|c| cell(grid, number, c)).collect();
        while merges.next_if(|m| m.top < row).is_some() {}
        while let Some(&merge) = merges.next_if(|m| m.top == row) {
            if let Some(cell) = read.iter_mut().find(|c| c.origin.col == merge.left) {
                (cell.right, cell.bottom) = (merge.right, merge.bottom);
                if merge.bottom > row {
                    open.push((merge, cell.clone()));
                }
            }
        }
        if read.is_empty() {
            continue;
        }
        let apart = out.last().is_none_or(|above: &Row| above.row + 1 < row);
        let carried = open.iter().filter(|(m, _)| m.top < row).map(|(_, c)| c.clone()).collect();
        out.push(Row { grid: number, row, apart, cells: read, carried });
    }
    out
}

fn cell<'a>(grid: &'a Grid, number: u16, cell: &crate::model::Cell) -> Option<Cell<'a>> {
    let origin = Origin::new(number, cell.row, cell.col);
    let (text, number) = match cell.value {
        Value::Number(n) if grid.percent(cell.row, cell.col) => {
            let percent = (n * 1e12).round() / 1e10;
            (Cow::Owned(plain_number(percent) + "%"), Some(percent))
        }
        Value::Number(n) => (Cow::Owned(plain_number(n)), Some(n)),
        Value::Text(_) => (trimmed(markup::untagged(grid.text(cell.value).unwrap_or_default())), None),
        value => (Cow::Owned(grid.shown(value)), None),
    };
    (!text.is_empty()).then_some(Cell { origin, right: cell.col, bottom: cell.row, text, number })
}

fn trimmed(text: Cow<str>) -> Cow<str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;
    use crate::model::document::GridBuilder;

    fn paper(name: &str, lines: &[(u32, u16, f32, &str)]) -> Grid {
        let boxes = lines.iter().map(|&(row, col, y, _)| (row, col, 1, [0.0, y, 9.0, y + 9.0])).collect();
        let mut grid = GridBuilder::new(name, Place::Paper { boxes });
        for &(row, col, _, text) in lines {
            grid.push_text(row, col, text);
        }
        grid.finish()
    }

    #[test]
    fn tables_of_a_page_stand_between_its_lines() {
        let text = paper("p1", &[(0, 0, 10.0, "SOP"), (1, 0, 90.0, "DASAR HUKUM")]);
        let table = paper("p1.1", &[(0, 0, 30.0, "NOMOR"), (0, 1, 30.0, "1/I/2025"), (1, 0, 40.0, "NAMA")]);
        let document = Document { format: Format::Pdf, grids: vec![text, table] };
        let lines: Vec<String> = rows(&document).iter().map(Row::line).collect();
        assert_eq!(lines, ["SOP", "NOMOR 1/I/2025", "NAMA", "DASAR HUKUM"]);
    }

    #[test]
    fn merged_cells_are_seen_from_every_row_they_cover() {
        let mut sheet = GridBuilder::new("IKU", Place::Sheet("IKU".into()));
        for (row, col, text) in [(2, 0, "Sasaran"), (2, 2, "a"), (3, 2, "b"), (5, 2, "c")] {
            sheet.push_text(row, col, text);
        }
        sheet.grid().merges.push(Merge { top: 2, left: 0, bottom: 3, right: 1 });
        let document = Document { format: Format::Xlsx, grids: vec![sheet.finish()] };
        let rows = rows(&document);
        let seen: Vec<Option<&str>> = rows.iter().map(|r| r.at(1).map(|c| c.text.as_ref())).collect();
        assert_eq!(seen, [Some("Sasaran"), Some("Sasaran"), None]);
        assert_eq!(rows.iter().map(|r| r.apart).collect::<Vec<_>>(), [true, false, true]);
    }
}
