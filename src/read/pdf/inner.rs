//! Columns of figures that stand side by side in one ruled column: many tables draw a line between groups of columns only, or behind the
//! labels. What is drawn stays a boundary; within, the words show the others.

use super::bands::{Band, band, figure_columns};
use super::cells::Frame;
use super::columns::columns;
use super::edges::Edges;
use super::geometry::Area;
use super::lines::lines;
use super::stream::built;
use super::table::Table;
use super::tokens::{Row, Token, row};
use super::words::Word;

/// Fewest rows that show figures on both sides of a boundary that is not drawn.
const FEWEST: usize = 4;

/// The table in a frame that draws only some of the boundaries between its columns, with the words it took; `None` where it draws all
/// that its words show.
#[must_use]
pub fn finer(frame: &Frame, words: &[Word], free: &[bool], edges: &Edges, fills: &[Area]) -> Option<(Table, Vec<usize>)> {
    if frame.xs.len() < 3 || frame.regions.len() < 3 {
        return None;
    }
    let area = frame.area();
    let held = |i: &usize| free[*i] && area.holds(words[*i].area.mid_x(), words[*i].area.mid_y(), 0.5);
    let inside: Vec<usize> = (0..words.len()).filter(held).collect();
    if inside.iter().any(|&i| words[i].turned != 0) {
        return None;
    }
    let printed = lines(words, inside.iter().copied());
    let rows: Vec<Row> = printed.iter().filter_map(|l| row(words, l)).map(|r| parted(&r, words, edges)).collect();
    let bounds = with_inner(words, &rows, &frame.xs);
    if bounds.len() == frame.xs.len() {
        return None;
    }
    Some((built(words, &rows, &bounds, edges, fills)?, inside))
}

/// A row whose tokens end where an upright line is drawn.
#[must_use]
pub fn parted(row: &Row, words: &[Word], edges: &Edges) -> Row {
    let drawn = |&a: &usize, &b: &usize| {
        let (a, b) = (&words[a].area, &words[b].area);
        !edges.upright_between(a.mid_y(), a.mid_x(), b.mid_x())
    };
    let cut = |t: &Token| -> Vec<Token> { t.words.chunk_by(drawn).filter_map(|own| t.part(own, words)).collect() };
    Row { tokens: row.tokens.iter().flat_map(cut).collect(), ..row.clone() }
}

/// The boundaries drawn and those within that figures on both sides show.
#[must_use]
pub fn with_inner(words: &[Word], rows: &[Row], drawn: &[f32]) -> Vec<f32> {
    let within = |side: &[f32]| {
        let own = |r: &Row| {
            let tokens: Vec<Token> =
                r.tokens.iter().filter(|t| t.area.mid_x() > side[0] && t.area.mid_x() < side[1]).cloned().collect();
            Area::around(tokens.iter().map(|t| t.area)).map(|area| Row { tokens, area, ..r.clone() })
        };
        let found = columns(&rows.iter().filter_map(own).collect::<Vec<_>>());
        let inner = found.len().saturating_sub(1);
        found.into_iter().take(inner).skip(1).filter(|x| side[0] < *x && *x < side[1]).collect::<Vec<f32>>()
    };
    let mut all: Vec<(f32, bool)> = drawn.iter().map(|&x| (x, true)).collect();
    all.extend(drawn.windows(2).flat_map(within).map(|x| (x, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bounds: Vec<f32> = all.iter().map(|b| b.0).collect();
    let bands: Vec<Band> = rows.iter().map(|r| band(r, &bounds, words)).collect();
    let figures = figure_columns(&bands, bounds.len() - 1);
    let counted = |b: &Band, c: usize| b.at(c).is_some_and(|p| p.numeric && p.cols == 1);
    let shown = |k: usize| {
        let either = bands.iter().filter(|b| counted(b, k - 1) || counted(b, k)).count();
        let both = bands.iter().filter(|b| counted(b, k - 1) && counted(b, k)).count();
        figures[k - 1] && figures[k] && both >= FEWEST && both * 2 > either
    };
    all.iter().enumerate().filter(|(k, b)| b.1 || shown(*k)).map(|(_, b)| b.0).collect()
}
