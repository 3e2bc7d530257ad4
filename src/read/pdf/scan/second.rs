//! A second look at the figures of a scanned table: every cell of a column of figures is cut out and all of them are read again, one
//! below the other, by an engine that is told to expect nothing but figures.

use super::engine::{Engine, Seen};
use super::picture::Picture;
use super::reading::{figures, sure};
use crate::read::pdf::geometry::Area;
use crate::read::pdf::page::Page;
use crate::read::pdf::table::{Method, Table};
use crate::read::pdf::tokens::figure;

/// White paper around each cell, in pixels.
const MARGIN: usize = 36;
/// Most cells looked at again on one page.
const MOST: usize = 3_000;
/// Cells on one strip: the engine takes no picture of more than 32,767 rows, and slows down long before.
const AT_ONCE: usize = 100;

/// How sure the engine must be of a heading that it read on its own, in percent.
const CERTAIN: f32 = 80.0;

/// A cell on the strip.
struct Cut {
    table: usize,
    cell: usize,
    top: usize,
    bottom: usize,
}

/// Reads the figures of a page's tables again from its picture without ruling lines.
pub fn look(page: &mut Page, picture: &Picture, scale: f32, engine: &Engine) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a resolution")]
    let dpi = (scale * 72.0).round() as u32;
    let all = page.tables.iter().enumerate().flat_map(|(t, table)| of_figures(table).into_iter().map(move |c| (t, c)));
    let chosen: Vec<(usize, usize)> = all.take(MOST).collect();
    for part in chosen.chunks(AT_ONCE) {
        let (strip, cuts) = strip(&page.tables, part, picture, scale);
        let Some(seen) = engine.read_figures(&strip, dpi) else { return };
        for cut in &cuts {
            let cell = &mut page.tables[cut.table].cells[cut.cell];
            if let Some(text) = read_in(&seen, cut).filter(|text| better(text, &cell.text)) {
                cell.text = text;
            }
        }
    }
}

/// Reads the headings of ruled tables again, each cell on its own: in narrow cells of several lines the engine takes the lines of neighbours
/// for one line. What it is sure of then is kept.
pub fn look_above(page: &mut Page, picture: &Picture, scale: f32, engine: &Engine) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a resolution")]
    let dpi = (scale * 72.0).round() as u32;
    let all = page.tables.iter().enumerate().flat_map(|(t, table)| of_heading(table).into_iter().map(move |c| (t, c)));
    let chosen: Vec<(usize, usize)> = all.take(AT_ONCE).collect();
    if chosen.is_empty() {
        return;
    }
    let (strip, cuts) = strip(&page.tables, &chosen, picture, scale);
    let Some(seen) = engine.read(&strip, dpi) else { return };
    for cut in &cuts {
        let own: Vec<Seen> = seen.iter().filter(|s| inside(s, cut)).cloned().collect();
        let text = own.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
        if text.chars().filter(|c| c.is_alphabetic()).count() >= 2 && sure(&own) >= CERTAIN {
            page.tables[cut.table].cells[cut.cell].text = text;
        }
    }
}

/// Cells above the first row of figures of a ruled table.
fn of_heading(table: &Table) -> Vec<usize> {
    let first = table.cells.iter().filter(|c| c.col > 0 && is_figure(&c.text)).map(|c| c.row).min().unwrap_or(0);
    let wanted = |i: &usize| table.cells[*i].row < first && table.method == Method::Ruled;
    (0..table.cells.len()).filter(wanted).collect()
}

/// These cells, one below the other.
fn strip(tables: &[Table], chosen: &[(usize, usize)], picture: &Picture, scale: f32) -> (Picture, Vec<Cut>) {
    let boxes: Vec<[usize; 4]> = chosen.iter().map(|&(t, c)| pixels(&tables[t].cells[c].area, picture, scale)).collect();
    let width = boxes.iter().map(|b| b[2] - b[0]).max().unwrap_or(0) + 2 * MARGIN;
    let mut out = Picture { width, height: MARGIN, grey: vec![255; width * MARGIN] };
    let mut cuts = Vec::new();
    for (&(table, cell), [x0, y0, x1, y1]) in chosen.iter().zip(boxes) {
        let top = out.height;
        for y in y0..y1 {
            let start = out.grey.len();
            out.grey.resize(start + width, 255);
            out.grey[start + MARGIN..start + MARGIN + x1 - x0].copy_from_slice(&picture.row(y)[x0..x1]);
        }
        out.grey.resize(out.grey.len() + width * MARGIN, 255);
        out.height += y1 - y0 + MARGIN;
        cuts.push(Cut { table, cell, top, bottom: out.height - MARGIN });
    }
    (out, cuts)
}

/// Cells of one column that stand alone, in columns where most of what was read are figures.
fn of_figures(table: &Table) -> Vec<usize> {
    let mut count = vec![(0_usize, 0_usize); table.cols()];
    for cell in table.cells.iter().filter(|c| c.cols == 1 && !c.text.is_empty()) {
        if let Some((figures, all)) = count.get_mut(cell.col) {
            *figures += usize::from(is_figure(&cell.text));
            *all += 1;
        }
    }
    let chosen = |c: usize| count.get(c).is_some_and(|&(figures, all)| figures * 2 > all && figures >= 2);
    let first =
        table.cells.iter().filter(|c| c.cols == 1 && chosen(c.col) && is_figure(&c.text)).map(|c| c.row).min().unwrap_or(0);
    let wanted = |i: &usize| {
        let cell = &table.cells[*i];
        let framed = table.method == Method::Ruled || !cell.text.is_empty();
        cell.rows == 1 && cell.cols == 1 && cell.row >= first && chosen(cell.col) && framed
    };
    (0..table.cells.len()).filter(wanted).collect()
}

fn is_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.split_whitespace().all(figure)
}

/// A box of the page in pixels: left, top, right, bottom.
fn pixels(area: &Area, picture: &Picture, scale: f32) -> [usize; 4] {
    let at = |points: f32, most: usize| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture")]
        let n = (points * scale).max(0.0) as usize;
        n.min(most)
    };
    let (x0, y0) = (at(area.x0, picture.width), at(area.y0, picture.height));
    [x0, y0, at(area.x1, picture.width).max(x0), at(area.y1, picture.height).max(y0)]
}

/// Whether a word stands in a cell of the strip.
fn inside(word: &Seen, cut: &Cut) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "pixels")]
    let (top, bottom) = (cut.top as f32, cut.bottom as f32);
    let middle = word.y + word.height / 2.0;
    middle > top && middle < bottom
}

/// What was read in one cell of the strip.
fn read_in(seen: &[Seen], cut: &Cut) -> Option<String> {
    let mut words: Vec<&Seen> = seen.iter().filter(|s| inside(s, cut)).collect();
    words.sort_by(|a, b| a.x.total_cmp(&b.x));
    let text = words.iter().map(|s| figures(&s.text)).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Whether the second reading is the one to keep: a figure, and no shorter than a single figure read before.
fn better(second: &str, first: &str) -> bool {
    let digits = |t: &str| t.chars().filter(char::is_ascii_digit).count();
    let grouped = first.split_whitespace().skip(1).all(|w| w.len() == 3);
    is_figure(second) && (!is_figure(first) || !grouped || digits(second) >= digits(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::table::TableCell;

    fn table(method: Method) -> Table {
        let area = Area::new(0.0, 0.0, 10.0, 10.0);
        let texts = [["NO", "peswke."], ["1", "14"], ["2", "13"]];
        let cell = |row, col, text: &str| TableCell { row, col, rows: 1, cols: 1, text: text.into(), area };
        let cells = texts.iter().enumerate().flat_map(|(r, t)| [cell(r, 0, t[0]), cell(r, 1, t[1])]).collect();
        Table { method, area, columns: vec![0.0, 5.0, 10.0], rows: 3, cells, source: Vec::new() }
    }

    #[test]
    fn headings_are_read_again_in_their_cells_and_figures_in_theirs() {
        assert_eq!(of_heading(&table(Method::Ruled)), [0, 1]);
        assert_eq!(of_figures(&table(Method::Ruled)), [2, 3, 4, 5]);
        assert!(of_heading(&table(Method::Aligned)).is_empty());
    }
}
