//! Frames and words → ruled tables.

use super::cells::Frame;
use super::geometry::Area;
use super::lines::block_text;
use super::table::{Method, Table, TableCell};
use super::words::Word;

/// The table in a frame, and which of the words stand in it; `None` when the frame is no table: a border around text, the grid of a
/// chart, a box.
#[must_use]
pub fn ruled(frame: &Frame, words: &[Word], free: &[bool]) -> Option<(Table, Vec<usize>)> {
    let area = frame.area();
    let inside: Vec<usize> =
        (0..words.len()).filter(|&i| free[i] && area.holds(words[i].area.mid_x(), words[i].area.mid_y(), 0.5)).collect();
    let held = held_words(frame, words, &inside);
    let filled = held.iter().filter(|h| !h.is_empty()).count();
    if !plausible(frame, filled) {
        return None;
    }
    let mut cells = Vec::new();
    for (region, held) in frame.regions.iter().zip(&held) {
        cells.push(TableCell {
            row: region.row,
            col: region.col,
            rows: region.rows,
            cols: region.cols,
            text: block_text(words, held.iter().copied()),
            area: frame.area_of(region),
        });
    }
    let mut table =
        Table { method: Method::Ruled, area, columns: frame.xs.clone(), rows: frame.ys.len() - 1, cells, source: Vec::new() };
    table.sort();
    Some((table, inside))
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
    let mut held = vec![Vec::new(); frame.regions.len()];
    for &i in inside {
        let Area { .. } = words[i].area;
        let col = field(&frame.xs, words[i].area.mid_x());
        let row = field(&frame.ys, words[i].area.mid_y());
        if let Some(list) = held.get_mut(owner[row * cols + col]) {
            list.push(i);
        }
    }
    held
}

/// Number of the field between stops that holds a position.
fn field(stops: &[f32], at: f32) -> usize {
    stops.partition_point(|&s| s <= at).saturating_sub(1).min(stops.len().saturating_sub(2))
}

/// Whether rows, columns and filled cells make a table.
fn plausible(frame: &Frame, filled: usize) -> bool {
    let (cols, rows) = (frame.xs.len() - 1, frame.ys.len() - 1);
    let cells = frame.regions.len();
    cells >= 3 && filled >= 2 && cols >= 2 && (rows >= 2 || cells >= 3) && filled * 20 >= cells
}
