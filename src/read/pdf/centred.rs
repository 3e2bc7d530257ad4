//! Borders of columns that nobody drew: figures end at the right of their cells, headings stand in the middle. Where most headings do,
//! the ends of the figures tell every border, however far a short heading stands from its figures.

use super::tokens::{Row, Token};

/// How far a heading may stand from the middle of its cell, in points.
pub const EXACT: f32 = 0.8;
/// The widest room between a figure and the border behind it, in points.
const ROOM: f32 = 10.0;

/// For each strip the border within it, and behind them that after the last column, where the headings prove that the columns are cells
/// of these widths. `high` is the end of the last column.
#[must_use]
pub fn borders(strips: &[(f32, f32)], body: &[&Row], heading: &[&Row], high: f32) -> Vec<Option<f32>> {
    let none = vec![None; strips.len() + 1];
    let ends: Vec<Option<f32>> = (0..=strips.len()).map(|c| end(strips, body, c, high)).collect();
    // Cells both of whose borders lie as far behind the figures before them.
    let cells: Vec<(f32, f32)> = ends.windows(2).filter_map(|w| w[0].zip(w[1])).collect();
    let texts: Vec<&Token> = heading.iter().flat_map(|r| &r.tokens).collect();
    let Some(room) = room(&cells, &texts) else { return none };
    let border = |k: usize| {
        let strip = strips[k];
        let at = match ends[k] {
            Some(end) => end + room,
            None => first(strip, ends[k + 1]? + room, &texts)?,
        };
        (strip.0 < at && at < strip.1).then_some(at)
    };
    let last = ends[strips.len()].map(|end| end + room);
    (0..strips.len()).map(border).chain([last]).collect()
}

/// All that stands in a column between these strips, of which the last ends at `high`.
#[must_use]
pub fn texts_of<'r>(strips: &[(f32, f32)], body: &[&'r Row], column: usize, high: f32) -> Vec<&'r Token> {
    let from = column.checked_sub(1).map_or(f32::NEG_INFINITY, |k| strips[k].1);
    let to = strips.get(column).map_or(high, |s| s.0);
    let within = |t: &&Token| from - 0.5 < t.area.x0 && t.area.x1 < to + 0.5;
    body.iter().flat_map(|r| &r.tokens).filter(within).collect()
}

/// Where the figures of a column end, if nearly all of them do so at the same place.
fn end(strips: &[(f32, f32)], body: &[&Row], column: usize, high: f32) -> Option<f32> {
    let own = texts_of(strips, body, column, high);
    let figures = own.iter().filter(|t| t.numeric).count();
    let last = own.iter().map(|t| t.area.x1).max_by(f32::total_cmp)?;
    let there = own.iter().filter(|t| last - t.area.x1 < EXACT).count();
    // Figures of the same length end together wherever they stand.
    let ragged = own.iter().any(|t| t.area.x0 - own[0].area.x0 > 1.5 || own[0].area.x0 - t.area.x0 > 1.5);
    (figures * 10 >= own.len() * 8 && there * 10 >= own.len() * 8 && ragged).then_some(last)
}

/// How far the borders lie behind the ends of the figures, if texts stand in the middle of most cells, and of three at least.
fn room(cells: &[(f32, f32)], texts: &[&Token]) -> Option<f32> {
    let off = |t: &Token, (from, to): (f32, f32)| t.area.mid_x() - f32::midpoint(from, to);
    let fits = |t: &Token, (from, to): (f32, f32), room: f32| t.area.x0 > from + room - EXACT && t.area.x1 < to + room + EXACT;
    let found = |room: f32| {
        let stands = |cell: &&(f32, f32)| texts.iter().any(|t| fits(t, **cell, room) && (off(t, **cell) - room).abs() < EXACT);
        cells.iter().filter(stands).count()
    };
    let mut rooms: Vec<f32> = cells.iter().flat_map(|cell| texts.iter().map(|t| off(t, *cell))).collect();
    rooms.retain(|room| (0.0..ROOM).contains(room));
    rooms.sort_by(f32::total_cmp);
    rooms.dedup_by(|b, a| *b - *a < EXACT / 8.0);
    let (count, room) =
        rooms.into_iter().map(|room| (found(room), room)).max_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)))?;
    (count >= 3 && count * 4 >= cells.len() * 3).then_some(room)
}

/// The border before the first column of figures that ends at `to`: the only text that may stand in its middle tells.
fn first(strip: (f32, f32), to: f32, texts: &[&Token]) -> Option<f32> {
    let border = |t: &Token| 2.0_f32.mul_add(t.area.mid_x(), -to);
    let inside = |at: &f32| strip.0 < *at && *at < strip.1;
    let fitting = texts.iter().filter(|t| t.area.x1 < to && border(t) < t.area.x0).map(|t| border(t)).filter(inside);
    let mut found: Vec<f32> = fitting.collect();
    found.sort_by(f32::total_cmp);
    found.dedup_by(|b, a| *b - *a < EXACT);
    if let [one] = found.as_slice() { Some(*one) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;
    use crate::read::pdf::words::Word;

    /// Rows of texts: (text, x, whether it is its right end that stands there, y).
    fn rows(texts: &[(&str, f32, f32, f32)]) -> Vec<Row> {
        // Each text is shifted left by this share of its width.
        let sample = |&(t, x, share, y): &(&str, f32, f32, f32)| {
            let width = Word::sample(t, 0.0, y, 8.0).area.width();
            Word::sample(t, share.mul_add(-width, x), y, 8.0)
        };
        let words: Vec<Word> = texts.iter().map(sample).collect();
        lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect()
    }

    #[test]
    fn headings_in_the_middle_of_wide_cells_tell_the_borders() {
        // Cells of 80 points from 100 on, figures 4 points before their ends; `Jumlah` over the first two of them.
        let heads = [("Jumlah", 180.0), ("Desa", 140.0), ("TPS", 220.0), ("Lama", 300.0), ("Baru", 380.0), ("Akhir", 460.0)];
        let mut texts: Vec<(&str, f32, f32, f32)> =
            heads.iter().enumerate().map(|(i, &(t, x))| (t, x, 0.5, if i == 0 { 88.0 } else { 100.0 })).collect();
        for (y, figures) in [(116.0, ["15", "68", "803", "9", "812"]), (128.0, ["7", "165", "1977", "12", "1989"])] {
            texts.push(("Murung", 20.0, 0.0, y));
            texts.extend((0_u8..).zip(figures).map(|(i, t)| (t, f32::from(i).mul_add(80.0, 176.0), 1.0, y)));
        }
        let all = rows(&texts);
        let (heading, body): (Vec<&Row>, Vec<&Row>) = all.iter().partition(|r| r.area.y0 < 110.0);
        let strips = [(50.0, 164.0), (176.0, 240.0), (256.0, 316.0), (336.0, 406.0), (416.0, 476.0)];
        let found = borders(&strips, &body, &heading, 496.0);
        let near = |at: &Option<f32>, x: f32| at.is_some_and(|at| (at - x).abs() < 1.0);
        assert!(found.iter().zip([100.0, 180.0, 260.0, 340.0, 420.0, 500.0]).all(|(at, x)| near(at, x)), "{found:?}");
        // Headings that end where their figures end tell nothing.
        let flush: Vec<(&str, f32, f32, f32)> = texts
            .iter()
            .map(|&(t, x, share, y)| (t, if share == 0.5 { x + 36.0 } else { x }, if share == 0.5 { 1.0 } else { share }, y))
            .collect();
        let all = rows(&flush);
        let (heading, body): (Vec<&Row>, Vec<&Row>) = all.iter().partition(|r| r.area.y0 < 110.0);
        assert_eq!(borders(&strips, &body, &heading, 496.0), [None; 6]);
    }
}
