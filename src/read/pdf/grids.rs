//! Tables of pages → grids of the model, each cell with its box on the page as shown.

use super::footed::stretch_up;
use super::geometry::Area;
use super::lines::{Line, append, line_text};
use super::page::Page;
use super::stitch::Whole;
use super::strays::stray;
use super::table::{Method, Table, TableCell};
use super::torn::{PagedCell, join_torn};
use crate::model::document::GridBuilder;
use crate::model::origin::{Origin, Place, Span};
use crate::model::{Grid, Merge};

/// What pages hold.
#[derive(Debug, Default)]
pub struct Grids {
    /// All grids of a document, in reading order.
    pub grids: Vec<Grid>,
    /// Lines around them that most likely belong into one.
    pub lost: Vec<Origin>,
    /// Cells whose text is cut off, those below each other as one.
    pub cut: Vec<Span>,
}

/// All grids of a document.
#[must_use]
pub fn grids(pages: &[Page], wholes: &[Whole]) -> Grids {
    let mut all = Grids::default();
    for (number, page) in pages.iter().enumerate() {
        if page.tables.is_empty() || running_text(page) {
            all.grids.extend(text_grid(page, paper(number)));
        }
        let starting = wholes.iter().filter(|w| w.parts.first().is_some_and(|p| p.page == number));
        for (n, whole) in starting.enumerate() {
            let (grid, strays, cut) = table_grid(pages, whole, n);
            let number = u16::try_from(all.grids.len()).unwrap_or(u16::MAX);
            all.lost.extend(strays.into_iter().map(|row| Origin::new(number, row, 0)));
            let below = |a: &(u16, u32), b: &(u16, u32)| a.0 == b.0 && b.1 <= a.1 + 1;
            let at = |&(col, row): &(u16, u32)| Origin::new(number, row, col);
            all.cut.extend(cut.chunk_by(below).filter_map(|cells| Span::around(cells.iter().map(at))));
            all.grids.push(grid);
        }
    }
    all
}

/// Whether a text in the cell is cut off.
fn is_cut(page: &Page, cell: &TableCell) -> bool {
    let start = page.cuts.partition_point(|c| c.y0 < cell.area.y0 - SLACK);
    let below = page.cuts[start..].iter().take_while(|c| c.y0 < cell.area.y1);
    !cell.text.is_empty() && below.into_iter().any(|c| cell.area.holds(c.mid_x(), c.mid_y(), SLACK))
}

/// How far a character may reach out of its cell, in points.
const SLACK: f32 = 2.0;

/// Page numbers as printed on the grid: from one.
fn paper(page: usize) -> u16 {
    u16::try_from(page + 1).unwrap_or(u16::MAX)
}

/// Whether a page with tables has running text as well, more than titles and notes: minutes and procedures have.
fn running_text(page: &Page) -> bool {
    let chars: usize = page.rest.iter().map(|l| line_text(&page.words, l).len()).sum();
    page.rest.len() >= 8 && chars > 500
}

/// One cell per line of a page's running text. Its name is that of the page alone, so that it is not taken for a table.
fn text_grid(page: &Page, number: u16) -> Option<Grid> {
    let mut sheet = Sheet::new(format!("p{number}"), number);
    for (row, line) in page.rest.iter().enumerate() {
        let text = line_text(&page.words, line);
        sheet.put(row, 0, &text, number, &page.turn.area_back(&line.area));
    }
    let mut grid = sheet.finish()?;
    grid.scanned = page.scanned;
    grid.around = page.slanted.iter().map(|s| s.as_str().into()).collect();
    Some(grid)
}

/// One table with all its pages; the heading once, rows that a page break cut in two joined again. With it, as rows from
/// [`Grid::AROUND`] on, the lines around it that most likely belong into it.
/// Behind them columns and rows of the cells whose text is cut off, in this order.
fn table_grid(pages: &[Page], whole: &Whole, n: usize) -> (Grid, Vec<u32>, Vec<(u16, u32)>) {
    let first = paper(whole.parts.first().map_or(0, |p| p.page));
    let mut sheet = Sheet::new(format!("p{first}.{}", n + 1), first);
    let mut around: Vec<Box<str>> = Vec::new();
    let mut boxes_around = Vec::new();
    let mut rows: Vec<PagedCell> = Vec::new();
    let (mut offset, mut strays, mut cut) = (0, Vec::new(), Vec::new());
    for (at, part) in whole.parts.iter().enumerate() {
        let page = &pages[part.page];
        let table = &page.tables[part.number];
        let start = if part.joined { offset - 1 } else { offset };
        for cell in table.cells.iter().filter(|c| c.row >= part.repeated) {
            let row = cell.row - part.repeated + start;
            let box_ = page.turn.area_back(&cell.area);
            let joins = part.joined && cell.row == part.repeated;
            cut.extend(is_cut(page, cell).then_some((cell.col, row)));
            match rows.iter_mut().rev().take(200).find(|p| joins && p.cell.row == row && p.cell.col == cell.col) {
                Some(p) => append(&mut p.cell.text, &cell.text),
                None => rows.push(PagedCell { cell: TableCell { row, ..cell.clone() }, page: paper(part.page), area: box_ }),
            }
        }
        offset = start + table.rows - part.repeated.min(table.rows);
        for line in lines_around(page, part.number) {
            let row = Grid::AROUND + u32::try_from(around.len()).unwrap_or(0);
            boxes_around.push((row, 0, paper(part.page), corners(&page.turn.area_back(&line.area))));
            around.push(line_text(&page.words, line).into());
            if stray(pages, whole, at, line) {
                strays.push(row);
            }
        }
        if part.number + 1 == page.tables.len() {
            around.extend(page.slanted.iter().map(|s| Box::from(s.as_str())));
        }
    }
    give_names(&mut rows, pages, whole);
    rows.sort_by_key(|p| (p.cell.row, p.cell.col));
    for p in &rows {
        sheet.put(p.cell.row, p.cell.col, &p.cell.text, p.page, &p.area);
        if p.cell.rows > 1 || p.cell.cols > 1 {
            sheet.merge(p.cell.row, p.cell.col, p.cell.rows, p.cell.cols);
        }
    }
    let mut grid = sheet.built.finish();
    sheet.boxes.extend(boxes_around);
    grid.place = Place::Paper { boxes: sheet.boxes };
    grid.page = Some(first);
    grid.around = around;
    grid.scanned = whole.parts.iter().any(|p| pages[p.page].scanned);
    let place = |(col, row): (usize, usize)| Some((u16::try_from(col).ok()?, u32::try_from(row).ok()?));
    let mut cut: Vec<(u16, u32)> = cut.into_iter().filter_map(place).collect();
    cut.sort_unstable();
    (grid, strays, cut)
}

/// Gives names their rows where a page break or a table without lines hides which these are.
fn give_names(rows: &mut Vec<PagedCell>, pages: &[Page], whole: &Whole) {
    let tables = || whole.parts.iter().map(|p| &pages[p.page].tables[p.number]);
    let cols = tables().map(Table::cols).max().unwrap_or(0);
    rows.sort_by_key(|p| (p.cell.row, p.cell.col));
    if whole.parts.len() > 1 {
        join_torn(rows, cols);
    }
    if tables().all(|t| t.method == Method::Aligned) {
        stretch_up(rows, cols);
    }
}

/// Lines between the table before and this one; the last table of a page has those below it too.
fn lines_around(page: &Page, n: usize) -> impl Iterator<Item = &Line> {
    let top = if n == 0 { f32::NEG_INFINITY } else { page.tables[n - 1].area.mid_y() };
    let bottom = if n + 1 == page.tables.len() { f32::INFINITY } else { page.tables[n].area.mid_y() };
    page.rest.iter().filter(move |l| l.area.mid_y() > top && l.area.mid_y() <= bottom)
}

/// A grid in the making, with its boxes.
struct Sheet {
    built: GridBuilder,
    boxes: Vec<(u32, u16, u16, [f32; 4])>,
    page: u16,
}

impl Sheet {
    fn new(name: String, page: u16) -> Self {
        Self { built: GridBuilder::new(name, Place::Paper { boxes: Vec::new() }), boxes: Vec::new(), page }
    }

    fn put(&mut self, row: usize, col: usize, text: &str, page: u16, area: &Area) {
        let (Ok(row), Ok(col)) = (u32::try_from(row), u16::try_from(col)) else {
            return;
        };
        self.built.push_text(row, col, text);
        self.boxes.push((row, col, page, corners(area)));
    }

    fn merge(&mut self, row: usize, col: usize, rows: usize, cols: usize) {
        let (Ok(top), Ok(left)) = (u32::try_from(row), u16::try_from(col)) else {
            return;
        };
        let (Ok(bottom), Ok(right)) = (u32::try_from(row + rows - 1), u16::try_from(col + cols - 1)) else {
            return;
        };
        self.built.grid().merges.push(Merge { top, left, bottom, right });
    }

    fn finish(self) -> Option<Grid> {
        let mut grid = self.built.finish();
        grid.place = Place::Paper { boxes: self.boxes };
        grid.page = Some(self.page);
        (!grid.cells.is_empty()).then_some(grid)
    }
}

fn corners(area: &Area) -> [f32; 4] {
    [area.x0, area.y0, area.x1, area.y1].map(tenth)
}

/// Boxes to the tenth of a point: enough to find a cell, and the same on every machine.
fn tenth(x: f32) -> f32 {
    (x * 10.0).round() / 10.0
}
