//! Rows of texts below a heading. What wraps in their cells looks like paragraphs; that it keeps to the columns of a heading tells that
//! it is none.
//!
//! A heading is short texts side by side. Where a line is drawn under it, what follows closely and is no sentence over its whole width is
//! its rows. Without a line the rows must show it themselves: all of them leave the heading's columns free, begin with something short in
//! the first, and wrap.

use super::edges::{Edge, Edges};
use super::geometry::Area;
use super::lines::{Line, lines};
use super::tokens::{Row, Token, row};
use super::words::Word;

/// Longest text of a heading, in characters: under which a line is drawn, and without one.
const LONGEST: (usize, usize) = (45, 30);
/// Fewest texts side by side in a heading.
const FEWEST_HEADS: usize = 3;
/// Shortest line under a heading, in points.
const SHORTEST: f32 = 200.0;
/// Most lines drawn on a page that are looked at: beyond them it is a drawing.
const MOST_EDGES: usize = 200;
/// Most printed lines below a heading that are looked at.
const MOST_LINES: usize = 400;
/// Fewest entries that show their columns themselves.
const FEWEST: usize = 3;
/// Longest text of their first column on average, in characters.
const LONGEST_FIRST: usize = 24;
/// Narrowest strip between two columns, as a share of the font size.
const STRIP: f32 = 0.7;

/// Words that stand in such rows.
#[derive(Debug)]
pub struct Entries {
    /// They are no paragraphs.
    pub cells: Vec<bool>,
    /// They and their heading are a table, whatever else they show.
    pub tables: Vec<bool>,
}

/// Finds such rows among the chosen words.
#[must_use]
pub fn entries(words: &[Word], chosen: &[usize], edges: &Edges, fills: &[Area]) -> Entries {
    let mut out = Entries { cells: vec![false; words.len()], tables: vec![false; words.len()] };
    let upright = chosen.iter().copied().filter(|&i| words[i].turned == 0);
    let (printed, rows): (Vec<Line>, Vec<Row>) =
        lines(words, upright).into_iter().filter_map(|l| row(words, &l).map(|r| (l, r))).unzip();
    let held = |own: std::ops::Range<usize>| printed[own].iter().flat_map(|l| &l.words).copied();
    for edge in edges.level.iter().filter(|e| e.length() >= SHORTEST).take(MOST_EDGES) {
        let below = rows.partition_point(|r| r.area.mid_y() < edge.at);
        if heads(&rows[..below], edge) {
            held(below..below + under_line(&rows[below..], edge)).for_each(|i| out.cells[i] = true);
        }
    }
    let mut at = 0;
    while at < rows.len() {
        let count = keeping(&rows[at..], edges, fills);
        held(at..at + count).for_each(|i| (out.cells[i], out.tables[i]) = (true, true));
        at += count.max(1);
    }
    out
}

/// Whether the lines right above an edge are those of a heading: short texts side by side, as far as the edge goes.
fn heads(above: &[Row], edge: &Edge) -> bool {
    let near = |r: &&Row| r.area.y1 < edge.at + 0.3 * r.size && edge.at - r.area.y1 < 3.5 * r.size;
    let own = |r: &&Row| inside(r, edge) && r.tokens.iter().all(|t| t.chars <= LONGEST.0);
    above.iter().rev().take_while(near).take_while(own).any(|r| r.tokens.len() >= FEWEST_HEADS)
}

fn inside(row: &Row, edge: &Edge) -> bool {
    row.area.x0 > edge.from - 4.0 && row.area.x1 < edge.to + 4.0
}

/// How many of the lines below an edge are rows under its heading: close to each other, none of them a sentence over the whole width,
/// several texts in one of them at least.
fn under_line(rows: &[Row], edge: &Edge) -> usize {
    let mut bottom = edge.at;
    let goes_on = |r: &&Row| {
        let runs = r.tokens.len() == 1 && r.area.x0 < edge.from + r.size && r.area.width() > 0.6 * edge.length();
        let close = r.area.y0 - bottom <= 1.6 * r.size;
        bottom = bottom.max(r.area.y1);
        close && !runs && inside(r, edge)
    };
    let count = rows.iter().take_while(goes_on).count();
    if rows[..count].iter().any(|r| r.tokens.len() > 1) { count } else { 0 }
}

/// How many rows make a heading, the first of them, and the entries that keep to its columns. Zero where they do not.
fn keeping(rows: &[Row], edges: &Edges, fills: &[Area]) -> usize {
    let Some(head) = rows.first().filter(|r| names(r)) else { return 0 };
    let open: Vec<Strips> = head.tokens.windows(2).map(|t| vec![(t[0].area.mid_x(), t[1].area.mid_x())]).collect();
    let Some(mut strips) = narrowed(&open, head) else { return 0 };
    let mut end = 1;
    while end < rows.len().min(MOST_LINES) && rows[end].area.y0 - rows[end - 1].area.y1 < 1.6 * rows[end].size {
        let alike = (rows[end].size - rows[1].size).abs() < 0.1 * rows[1].size;
        let Some(next) = narrowed(&strips, &rows[end]).filter(|_| alike) else { break };
        strips = next;
        end += 1;
    }
    let cuts: Vec<f32> = strips.iter().map(|s| between(s, &rows[1..end])).collect();
    while end > 1 && rows[end - 1].tokens.len() == 1 && rows[end - 1].tokens[0].area.mid_x() < cuts[0] {
        end -= 1;
    }
    let drawn = cuts.len() > 1 || beside_line(head, &rows[..end], edges, fills);
    if drawn && filled(&rows[1..end], &cuts) { end } else { 0 }
}

/// Stretches of x between two headings that all rows leave free.
type Strips = Vec<(f32, f32)>;

/// The middle of the strip that has something on both sides in most rows.
fn between(strips: &Strips, rows: &[Row]) -> f32 {
    let beside = |s: &(f32, f32)| {
        let both = |r: &&Row| r.tokens.iter().any(|t| t.area.x1 <= s.0) && r.tokens.iter().any(|t| t.area.x0 >= s.1);
        rows.iter().filter(both).count()
    };
    strips.iter().rev().max_by_key(|s| beside(s)).map_or(0.0, |s| f32::midpoint(s.0, s.1))
}

/// Whether a row may head columns: a few words for each.
fn names(row: &Row) -> bool {
    row.tokens.len() > 1
        && row.parted()
        && row.tokens.iter().all(|t| !t.numeric && t.small.is_none() && (3..=LONGEST.1).contains(&t.chars))
}

/// What a row leaves free of the strips; `None` where it leaves nothing between two headings.
fn narrowed(strips: &[Strips], row: &Row) -> Option<Vec<Strips>> {
    let free = |own: &Strips| {
        let cut = |free: Strips, t: &Token| -> Strips {
            let parts = free.into_iter().flat_map(|(a, b)| [(a, b.min(t.area.x0)), (a.max(t.area.x1), b)]);
            parts.filter(|(a, b)| b - a > STRIP * row.size).collect()
        };
        Some(row.tokens.iter().fold(own.clone(), cut)).filter(|left| !left.is_empty())
    };
    strips.iter().map(free).collect()
}

/// Whether the rows below a heading are entries: they begin with something short, and some of their texts wrap.
fn filled(rows: &[Row], cuts: &[f32]) -> bool {
    let column = |x: f32| cuts.partition_point(|c| *c < x);
    let mut lines = vec![0; cuts.len() + 1];
    let (mut entries, mut chars) = (0, 0);
    for r in rows {
        let held: Vec<usize> = r.tokens.iter().map(|t| column(t.area.mid_x())).collect();
        lines.iter_mut().enumerate().for_each(|(c, n)| *n += usize::from(held.contains(&c)));
        entries += usize::from(held.contains(&0) && held.iter().any(|c| *c > 0));
        chars += r.tokens.iter().zip(&held).filter(|(_, c)| **c == 0).map(|(t, _)| t.chars).sum::<usize>();
    }
    let wraps = lines[1..].iter().any(|n| *n >= entries + 2);
    let signs = (1..lines.len()).any(|c| {
        let own = rows.iter().flat_map(|r| &r.tokens).filter(|t| column(t.area.mid_x()) == c);
        own.map(|t| t.chars).max().is_none_or(|most| most < 3)
    });
    entries >= FEWEST && wraps && !signs && chars <= LONGEST_FIRST * lines[0] && lines[0] * 5 <= rows.len() * 4
}

/// Whether a line is drawn above or below a heading, or a ground behind it, as wide as the rows.
fn beside_line(head: &Row, rows: &[Row], edges: &Edges, fills: &[Area]) -> bool {
    let Some(area) = Area::around(rows.iter().map(|r| r.area)) else { return false };
    let (top, bottom) = (head.area.y0 - 0.8 * head.size, head.area.y1 + 0.8 * head.size);
    let wide = |from: f32, to: f32| to - from > 0.85 * area.width() && to - from < 1.3 * area.width();
    let behind = |f: &&Area| f.holds(head.area.mid_x(), head.area.mid_y(), 0.0) && f.height() < 4.0 * head.size;
    edges.level.iter().any(|e| e.at > top && e.at < bottom && wide(e.from, e.to))
        || fills.iter().filter(behind).any(|f| wide(f.x0, f.x1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::shapes::Rule;
    use crate::read::pdf::stream::aligned;

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
        let count = |edges: &Edges| entries(&words, &all, edges, &[]).cells.iter().filter(|m| **m).count();
        assert_eq!(count(&line(112.0)), 7, "all rows, and nothing behind the gap");
        assert_eq!(count(&line(190.0)), 0, "no heading above it");
    }

    /// Steps of two or three lines each, below a heading of these words.
    fn page(heading: [&str; 3]) -> Vec<Word> {
        let mut words: Vec<Word> =
            heading.iter().zip([40.0, 100.0, 330.0]).map(|(t, x)| Word::sample(t, x, 100.0, 8.0)).collect();
        let mut y = 112.0;
        for (i, lines) in (1_u8..).zip([2, 3, 2, 3]) {
            words.extend([Word::sample(&format!("Tahap{i}"), 40.0, y, 8.0), Word::sample("Petugas", 330.0, y, 8.0)]);
            for _ in 0..lines {
                words.extend((0_u8..4).map(|k| Word::sample("mencocokkan", 50.0_f32.mul_add(f32::from(k), 100.0), y, 8.0)));
                y += 10.0;
            }
            y += 2.0;
        }
        words
    }

    fn read(words: &[Word]) -> Vec<(usize, usize)> {
        let all: Vec<usize> = (0..words.len()).collect();
        let told = entries(words, &all, &Edges::default(), &[]).tables;
        let rows: Vec<usize> = all.into_iter().filter(|&i| told[i]).collect();
        aligned(words, &rows, &told, &Edges::default(), &[]).iter().map(|(t, _)| (t.rows, t.cols())).collect()
    }

    #[test]
    fn entries_below_a_heading_of_words_are_a_table_and_below_figures_or_nothing_they_are_none() {
        assert_eq!(read(&page(["Tahap", "Kegiatan", "Pelaksana"])), [(5, 3)]);
        assert!(read(&page(["1", "2", "3"])).is_empty());
        assert!(read(&page(["Tahap", "Kegiatan", "Pelaksana"])[3..]).is_empty());
    }
}
