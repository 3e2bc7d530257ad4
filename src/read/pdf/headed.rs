//! Rows below a heading that has a line drawn under it. Long texts in their cells look like paragraphs; the heading says that they are none.

use super::edges::{Edge, Edges};
use super::lines::{Line, lines};
use super::tokens::{Row, row};
use super::words::Word;

/// Shortest line under a heading, in points.
const SHORTEST: f32 = 200.0;
/// Fewest texts side by side in a heading.
const FEWEST: usize = 3;
/// Longest text of a heading, in characters.
const LONGEST: usize = 45;
/// Most lines that are looked at under: beyond them the page is a drawing.
const MOST: usize = 200;

/// Marks the words that stand in rows below such headings.
#[must_use]
pub fn headed(words: &[Word], chosen: &[usize], edges: &Edges) -> Vec<bool> {
    let mut out = vec![false; words.len()];
    let upright = chosen.iter().copied().filter(|&i| words[i].turned == 0);
    let all: Vec<(Line, Row)> = lines(words, upright).into_iter().filter_map(|l| row(words, &l).map(|r| (l, r))).collect();
    for edge in edges.level.iter().filter(|e| e.length() >= SHORTEST).take(MOST) {
        let below = all.partition_point(|(l, _)| l.area.mid_y() < edge.at);
        if !heads(&all[..below], edge) {
            continue;
        }
        let rows = &all[below..];
        let end = reach(rows, edge);
        if rows[..end].iter().filter(|(_, r)| r.tokens.len() > 1).count() < 1 {
            continue;
        }
        rows[..end].iter().flat_map(|(l, _)| &l.words).for_each(|&i| out[i] = true);
    }
    out
}

/// Whether the lines right above an edge are those of a heading: short texts side by side, as far as the edge goes.
fn heads(above: &[(Line, Row)], edge: &Edge) -> bool {
    let near = |r: &Row| r.area.y1 < edge.at + 0.3 * r.size && edge.at - r.area.y1 < 3.5 * r.size;
    let mut texts = 0;
    for (_, r) in above.iter().rev().take_while(|(_, r)| near(r)) {
        let inside = r.area.x0 > edge.from - 4.0 && r.area.x1 < edge.to + 4.0;
        if !inside || r.tokens.iter().any(|t| t.chars > LONGEST) {
            return texts >= FEWEST;
        }
        texts = texts.max(r.tokens.len());
    }
    texts >= FEWEST
}

/// How many of the lines below an edge are rows under its heading: close to each other, none of them a sentence over the whole width.
fn reach(rows: &[(Line, Row)], edge: &Edge) -> usize {
    let mut bottom = edge.at;
    for (i, (_, r)) in rows.iter().enumerate() {
        let runs = r.tokens.len() == 1 && r.area.x0 < edge.from + r.size && r.area.width() > 0.6 * edge.length();
        let inside = r.area.x0 > edge.from - 4.0 && r.area.x1 < edge.to + 4.0;
        if r.area.y0 - bottom > 1.6 * r.size || runs || !inside {
            return i;
        }
        bottom = bottom.max(r.area.y1);
    }
    rows.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::shapes::Rule;

    #[test]
    fn long_texts_below_a_heading_with_a_line_are_cells() {
        let long = "a".repeat(60);
        let mut placed = vec![("No", 40.0, 100.0), ("Jabatan", 80.0, 100.0), ("Tugas", 300.0, 100.0)];
        for (i, y) in (0_u8..).zip([116.0, 126.0, 136.0]) {
            placed.extend((i == 0).then_some(("1.", 40.0, y)));
            placed.extend([("Kepala", 80.0, y), (long.as_str(), 300.0, y)]);
        }
        placed.push((&long, 40.0, 200.0));
        let words: Vec<Word> = placed.iter().map(|&(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
        let all: Vec<usize> = (0..words.len()).collect();
        let line = |at: f32| Edges::new([Rule { level: true, at, from: 38.0, to: 800.0 }]);
        let count = |edges: &Edges| headed(&words, &all, edges).iter().filter(|m| **m).count();
        assert_eq!(count(&line(112.0)), 7, "all rows, and nothing behind the gap");
        assert_eq!(count(&line(190.0)), 0, "no heading above it");
    }
}
