//! Borders of columns that nobody drew, in a sheet whose cells were left as they were: headings begin where their cells begin, figures end
//! where theirs end. A short heading then stands nearer to the figures before it than to its own.

use super::centred::texts_of;
use super::tokens::{Row, Token};

/// How far the beginnings of headings may differ, in points.
const EXACT: f32 = 0.8;
/// The widest room between the end of a figure and the beginning of the next cell's text, in points.
const ROOM: f32 = 8.0;
/// The same where a heading touches or is printed over the one before.
const TOUCHES: f32 = 3.0;

/// For each strip the border within it, and behind them that after the last column, where the headings prove that they begin their cells:
/// as far behind the figures before them in nearly all columns. `high` is the end of the last column.
#[must_use]
pub fn borders(strips: &[(f32, f32)], body: &[&Row], heading: &[&Row], high: f32) -> Vec<Option<f32>> {
    let ends: Vec<Option<f32>> = (0..=strips.len()).map(|c| end(strips, body, c, high)).collect();
    let texts: Vec<&Token> = heading.iter().flat_map(|r| &r.tokens).collect();
    let Some(room) = room(&ends, strips, &texts) else { return vec![None; strips.len() + 1] };
    let border = |k: usize| {
        let (from, to) = strips[k];
        let begins = |x: f32| ends[k].map_or(from - TOUCHES < x && x < to, |end| (x - end - room).abs() < EXACT);
        let first = texts.iter().map(|t| t.area.x0).filter(|x| begins(*x)).min_by(f32::total_cmp);
        let told = first.or_else(|| ends[k].map(|end| end + room));
        told.map(|x| (x - room / 2.0).clamp(from.min(x), to))
    };
    let last = ends[strips.len()].map(|end| end + room / 2.0);
    (0..strips.len()).map(border).chain([last]).collect()
}

/// Where the figures of a column end, if nearly all of them do so at the same place.
fn end(strips: &[(f32, f32)], body: &[&Row], column: usize, high: f32) -> Option<f32> {
    let own = texts_of(strips, body, column, high);
    let last = own.iter().map(|t| t.area.x1).max_by(f32::total_cmp)?;
    let there = own.iter().filter(|t| t.numeric && last - t.area.x1 < EXACT).count();
    (there * 10 >= own.len() * 8).then_some(last)
}

/// How far behind the figures the next cells begin, if headings do so behind most columns of figures, and behind two at least.
fn room(ends: &[Option<f32>], strips: &[(f32, f32)], texts: &[&Token]) -> Option<f32> {
    let known: Vec<f32> = ends.iter().take(strips.len()).flatten().copied().collect();
    let begun = |room: f32| known.iter().filter(|end| texts.iter().any(|t| (t.area.x0 - **end - room).abs() < EXACT)).count();
    let rooms = known.iter().flat_map(|end| texts.iter().map(move |t| t.area.x0 - end)).filter(|room| (0.3..ROOM).contains(room));
    let (count, room) = rooms.map(|room| (begun(room), room)).max_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)))?;
    (count >= 2 && count * 4 >= known.len() * 3).then_some(room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;
    use crate::read::pdf::words::Word;

    /// Cells of 60 points from 40 on: names, then figures that end 2 points before the next cell. Headings begin `from` behind their
    /// cell's beginning.
    fn found(from: f32) -> Vec<Option<f32>> {
        let mut words: Vec<Word> = [("Nama", 0_u8), ("L", 1), ("P", 2), ("Jumlah", 3)]
            .map(|(text, cell)| Word::sample(text, 60.0_f32.mul_add(f32::from(cell), 40.0 + from), 100.0, 8.0))
            .to_vec();
        for (y, figures) in [(112.0, ["410", "395", "805"]), (124.0, ["1200", "1100", "2300"])] {
            words.push(Word::sample("Kumai", 42.0, y, 8.0));
            for (cell, text) in (2_u8..).zip(figures) {
                let width = Word::sample(text, 0.0, y, 8.0).area.width();
                words.push(Word::sample(text, 60.0_f32.mul_add(f32::from(cell), 38.0) - width, y, 8.0));
            }
        }
        let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
        let (heading, body): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|r| r.area.y0 < 110.0);
        borders(&[(62.0, 142.0), (158.0, 202.0), (218.0, 262.0)], &body, &heading, 278.0)
    }

    #[test]
    fn headings_that_begin_their_cells_tell_the_borders() {
        let near = |at: &Option<f32>, x: f32| at.is_some_and(|at| (at - x).abs() < 1.0);
        let all = found(2.0);
        assert!(all.iter().zip([100.0, 160.0, 220.0, 280.0]).all(|(at, x)| near(at, x)), "{all:?}");
    }

    #[test]
    fn headings_in_the_middle_of_their_cells_tell_nothing() {
        assert_eq!(found(28.0), [None; 4]);
    }
}
