//! Frames and words → ruled tables.

use super::broken::{Lexicon, cell_text};
use super::cells::{Frame, Region};
use super::geometry::Area;
use super::leaders::without_leaders;
use super::lines::{block_text, lines};
use super::overrun;
use super::split::rows_within;
use super::table::{Method, Table, TableCell};
use super::tokens::{Row, row};
use super::words::Word;

/// Narrowest and lowest chart, in points.
const LEAST_DRAWING: f32 = 50.0;

/// The table in a frame, and which of the words stand in it; `None` when the frame is no table: a border around text, the grid of a
/// chart, a box.
#[must_use]
pub fn ruled(frame: &Frame, words: &[Word], free: &[bool]) -> Option<(Table, Vec<usize>)> {
    // Boxes and underlines are many on some pages; they are told before any word is looked at.
    if frame.regions.len() < 3 || frame.xs.len() < 3 {
        return None;
    }
    set(frame, words, free, |filled| plausible(frame, filled))
}

/// The rest of a table in a frame that is known to be its own: one cell may be all that is left.
#[must_use]
pub fn rest(frame: &Frame, words: &[Word], free: &[bool]) -> Option<(Table, Vec<usize>)> {
    set(frame, words, free, |filled| filled > 0)
}

fn set(frame: &Frame, words: &[Word], free: &[bool], enough: impl Fn(usize) -> bool) -> Option<(Table, Vec<usize>)> {
    let area = frame.area();
    let inside: Vec<usize> =
        (0..words.len()).filter(|&i| free[i] && area.holds(words[i].area.mid_x(), words[i].area.mid_y(), 0.5)).collect();
    let held = held_words(frame, words, &inside);
    if !enough(filled(&held)) {
        return None;
    }
    let (frame, held) = (&opened(frame, words, &held), held);
    let held = if frame.regions.len() == held.len() { held } else { held_words(frame, words, &inside) };
    let mut table =
        Table { method: Method::Ruled, area, columns: frame.xs.clone(), rows: 0, cells: Vec::new(), source: Vec::new() };
    fill(&mut table, frame, words, &held);
    table.sort();
    Some((table, inside))
}

/// The frame with the columns of its heading in rows that only level lines are drawn between, and with its rows in columns of names that
/// only upright lines are drawn beside.
fn opened(frame: &Frame, words: &[Word], held: &[Vec<usize>]) -> Frame {
    let cells = |(region, own): (&Region, &Vec<usize>)| -> Vec<Region> {
        let columns = region.col..region.col + region.cols;
        if region.rows > 1 && region.cols == 1 && holds_rows(&frame.ys[region.row..=region.row + region.rows], words, own) {
            return (region.row..region.row + region.rows).map(|row| Region { row, rows: 1, ..*region }).collect();
        }
        if region.cols > 2 && region.rows == 1 && holds_columns(&frame.xs[region.col..=columns.end], words, own) {
            columns.map(|col| Region { col, cols: 1, ..*region }).collect()
        } else {
            vec![*region]
        }
    };
    Frame { regions: frame.regions.iter().zip(held).flat_map(cells).collect(), ..frame.clone() }
}

/// Whether each row beside a cell has one line of its text, and these stand farther apart than the lines of one text do.
fn holds_rows(bounds: &[f32], words: &[Word], held: &[usize]) -> bool {
    let printed = lines(words, held.iter().copied().filter(|&i| words[i].turned == 0));
    let rows: Vec<Row> = printed.iter().filter_map(|l| row(words, l)).collect();
    let own = |(r, b): (&Row, &[f32])| b[0] < r.area.mid_y() && r.area.mid_y() < b[1];
    let apart = rows.windows(2).all(|w| w[1].area.y0 - w[0].area.y1 > 0.8 * w[1].size);
    rows.len() + 1 == bounds.len() && apart && rows.iter().zip(bounds.windows(2)).all(own)
}

/// Whether words stand in columns between which nothing is drawn: figures in two of them at least and a text, and none across a boundary.
fn holds_columns(bounds: &[f32], words: &[Word], held: &[usize]) -> bool {
    let rows: Vec<Row> = lines(words, held.iter().copied()).iter().filter_map(|l| row(words, l)).collect();
    let inner = &bounds[1..bounds.len() - 1];
    let across = |a: &Area| inner.iter().any(|x| a.x0 + 2.0 < *x && *x < a.x1 - 2.0);
    let full = |r: &Row| r.tokens.len() > 2 && r.tokens.iter().filter(|t| t.numeric).count() > 1;
    rows.iter().any(full) && !rows.iter().flat_map(|r| &r.tokens).any(|t| across(&t.area))
}

/// The words in and right beside a frame that is a chart or a drawing: its labels make no tables, however well they align.
#[must_use]
pub fn labels(frame: &Frame, words: &[Word], free: &[bool]) -> Vec<usize> {
    let area = frame.area();
    if frame.regions.len() < 4 || area.width() < LEAST_DRAWING || area.height() < LEAST_DRAWING {
        return Vec::new();
    }
    let all = || (0..words.len()).filter(|&i| free[i]);
    let inside: Vec<usize> = all().filter(|&i| area.holds(words[i].area.mid_x(), words[i].area.mid_y(), 0.5)).collect();
    if plausible(frame, filled(&held_words(frame, words, &inside))) {
        return Vec::new();
    }
    let beside = |w: &Word| area.shared_width(&w.area) > -2.0 * w.size && area.shared_height(&w.area) > -w.size;
    all().filter(|&i| beside(&words[i])).collect()
}

/// How many cells have words.
fn filled(held: &[Vec<usize>]) -> usize {
    held.iter().filter(|h| !h.is_empty()).count()
}

/// Makes the cells, cutting ruled rows that hold several rows.
fn fill(table: &mut Table, frame: &Frame, words: &[Word], held: &[Vec<usize>]) {
    let lexicon = Lexicon::new(words);
    let count = frame.ys.len() - 1;
    let mut first = vec![0; count + 1];
    let mut inner: Vec<Option<Vec<Vec<usize>>>> = Vec::new();
    for r in 0..count {
        let own: Vec<usize> = (0..frame.regions.len())
            .filter(|&n| frame.regions[n].row <= r && r < frame.regions[n].row + frame.regions[n].rows)
            .collect();
        let alone = own.iter().all(|&n| frame.regions[n].rows == 1);
        let all: Vec<usize> = own.iter().flat_map(|&n| held[n].iter().copied()).collect();
        let rows = if alone && own.len() > 1 { rows_within(frame, words, &all) } else { None };
        first[r + 1] = first[r] + rows.as_ref().map_or(1, Vec::len);
        inner.push(rows);
    }
    table.rows = first[count];
    for (region, held) in frame.regions.iter().zip(held) {
        let area = frame.area_of(region);
        let rows = first[region.row + region.rows] - first[region.row];
        let cell = TableCell { row: first[region.row], col: region.col, rows, cols: region.cols, text: String::new(), area };
        let Some(inner) = &inner[region.row] else {
            table.cells.push(TableCell { text: cell_text(words, held, &area, &lexicon), ..cell });
            continue;
        };
        for (k, row) in inner.iter().enumerate() {
            let own: Vec<usize> = held.iter().copied().filter(|i| row.contains(i)).collect();
            let text = block_text(words, own.iter().copied());
            let area = Area::around(own.iter().map(|&i| words[i].area)).unwrap_or(area);
            table.cells.push(TableCell { row: first[region.row] + k, rows: 1, text, area, ..cell.clone() });
        }
    }
}

/// The words of each region.
fn held_words(frame: &Frame, words: &[Word], inside: &[usize]) -> Vec<Vec<usize>> {
    let (cols, rows) = (frame.xs.len() - 1, frame.ys.len() - 1);
    let mut owner = vec![usize::MAX; cols * rows];
    for (n, r) in frame.regions.iter().enumerate() {
        for row in r.row..r.row + r.rows {
            owner[row * cols + r.col..row * cols + r.col + r.cols].fill(n);
        }
    }
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); frame.regions.len()];
    let mut before: Option<(usize, usize)> = None;
    for &i in inside {
        let col = field(&frame.xs, words[i].area.mid_x());
        let row = field(&frame.ys, words[i].area.mid_y());
        let own = owner[row * cols + col];
        // A text that runs over the border of its cell goes on behind it.
        let runs_over = |&(k, n): &(usize, usize)| {
            let right = frame.regions.get(n).map(|r| frame.xs[r.col + r.cols]);
            right.is_some_and(|right| words[k].area.x1 > right + 1.0) && follows(&words[k], &words[i])
        };
        let own = before.filter(runs_over).map_or(own, |(_, n)| n);
        if let Some(list) = held.get_mut(own) {
            list.push(i);
        }
        before = Some((i, own));
    }
    overrun::give_back(frame, words, &mut held);
    held.into_iter().map(|own| undotted(words, own)).collect()
}

/// Whether a word was drawn in one step with the one before it, an ordinary space behind.
fn follows(before: &Word, word: &Word) -> bool {
    let together = before.runs.1 == word.runs.0 && word.runs.0 != 0 && (before.base - word.base).abs() < 0.1;
    together && word.area.x0 > before.area.x0 && word.area.x0 - before.area.x1 < 0.5 * word.size
}

/// The words of a cell without dots that lead the eye, unless it has nothing else.
fn undotted(words: &[Word], held: Vec<usize>) -> Vec<usize> {
    if !held.iter().any(|&i| words[i].text.starts_with(['.', '…'])) {
        return held;
    }
    let (upright, turned): (Vec<usize>, Vec<usize>) = held.iter().copied().partition(|&i| words[i].turned == 0);
    let kept: Vec<usize> = lines(words, upright).iter().flat_map(|l| without_leaders(words, l)).chain(turned).collect();
    if kept.is_empty() { held } else { kept }
}

/// Number of the field between stops that holds a position.
fn field(stops: &[f32], at: f32) -> usize {
    stops.partition_point(|&s| s <= at).saturating_sub(1).min(stops.len().saturating_sub(2))
}

/// Whether enough cells are filled: charts and empty grids have lines but no text. The bars of a chart and the parts of a drawing end
/// where they like, so that few of their lines meet: of the raster they make hardly any field is a cell, and few have a text.
const fn plausible(frame: &Frame, filled: usize) -> bool {
    let (fields, cells) = ((frame.xs.len() - 1) * (frame.ys.len() - 1), frame.regions.len());
    let drawing = fields >= 4 * cells && filled * 3 < cells;
    filled >= 2 && filled * 20 >= cells && !drawing
}
