//! Tables of texts without lines: a heading with a word for each column, and below it entries whose texts wrap. They would pass for
//! paragraphs; that they all keep to the columns of the heading, and begin with something short in the first, tells them.

use super::edges::Edges;
use super::geometry::Area;
use super::lines::lines;
use super::stream::built;
use super::table::Table;
use super::tokens::{Row, Token, row};
use super::words::Word;

/// Fewest entries of a table.
const FEWEST: usize = 3;
/// Longest heading of a column, in characters.
const LONGEST_HEAD: usize = 30;
/// Longest text of the first column on average, in characters.
const LONGEST_FIRST: usize = 24;
/// Most lines of a table that are looked at.
const MOST_LINES: usize = 400;
/// Narrowest strip between two columns, as a share of the font size.
const STRIP: f32 = 0.7;

/// The tables among the chosen words, each with the words it took.
#[must_use]
pub fn entries(words: &[Word], chosen: &[usize], edges: &Edges, fills: &[Area]) -> Vec<(Table, Vec<usize>)> {
    let upright = chosen.iter().copied().filter(|&i| words[i].turned == 0);
    let rows: Vec<Row> = lines(words, upright).iter().filter_map(|l| row(words, l)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        match below(&rows[at..], edges, fills) {
            Some((count, bounds)) => {
                let own = &rows[at..at + count];
                let taken = own.iter().flat_map(|r| &r.tokens).flat_map(|t| t.words.iter().copied()).collect();
                out.extend(built(words, own, &bounds, edges, fills).map(|table| (table, taken)));
                at += count;
            }
            None => at += 1,
        }
    }
    out
}

/// How many rows make a table with the first as its heading, and the boundaries of its columns.
fn below(rows: &[Row], edges: &Edges, fills: &[Area]) -> Option<(usize, Vec<f32>)> {
    let head = rows.first().filter(|r| heads(r))?;
    let mut strips: Vec<Strips> = head.tokens.windows(2).map(|t| vec![(t[0].area.mid_x(), t[1].area.mid_x())]).collect();
    strips = narrowed(&strips, head)?;
    let mut end = 1;
    while end < rows.len().min(MOST_LINES) && rows[end].area.y0 - rows[end - 1].area.y1 < 1.6 * rows[end].size {
        let alike = (rows[end].size - rows[1].size).abs() < 0.1 * rows[1].size;
        let Some(next) = narrowed(&strips, &rows[end]).filter(|_| alike) else { break };
        strips = next;
        end += 1;
    }
    let cuts: Vec<f32> = strips.iter().map(|s| between(s, &rows[1..end])).collect();
    let first = |r: &Row| r.tokens[0].area.mid_x() < cuts[0];
    while end > 1 && rows[end - 1].tokens.len() == 1 && first(&rows[end - 1]) {
        end -= 1;
    }
    let area = Area::around(rows[..end].iter().map(|r| r.area))?;
    let drawn = cuts.len() > 1 || underlined(head, &area, edges, fills);
    (drawn && filled(&rows[1..end], &cuts)).then(|| {
        let bounds = std::iter::once(area.x0).chain(cuts).chain(std::iter::once(area.x1)).collect();
        (end, bounds)
    })
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
fn heads(row: &Row) -> bool {
    row.tokens.len() > 1
        && row.parted()
        && row.tokens.iter().all(|t| !t.numeric && t.small.is_none() && (3..=LONGEST_HEAD).contains(&t.chars))
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

/// Whether a line is drawn above or below a heading, or a ground behind it, as wide as the table.
fn underlined(head: &Row, area: &Area, edges: &Edges, fills: &[Area]) -> bool {
    let (top, bottom) = (head.area.y0 - 0.8 * head.size, head.area.y1 + 0.8 * head.size);
    let wide = |from: f32, to: f32| to - from > 0.85 * area.width() && to - from < 1.3 * area.width();
    edges.level.iter().any(|e| e.at > top && e.at < bottom && wide(e.from, e.to))
        || fills
            .iter()
            .any(|f| f.holds(head.area.mid_x(), head.area.mid_y(), 0.0) && f.height() < 4.0 * head.size && wide(f.x0, f.x1))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        entries(words, &all, &Edges::default(), &[]).iter().map(|(t, _)| (t.rows, t.cols())).collect()
    }

    #[test]
    fn entries_below_a_heading_of_words_are_a_table_and_below_figures_or_nothing_they_are_none() {
        assert_eq!(read(&page(["Tahap", "Kegiatan", "Pelaksana"])), [(5, 3)]);
        assert!(read(&page(["1", "2", "3"])).is_empty());
        assert!(read(&page(["Tahap", "Kegiatan", "Pelaksana"])[3..]).is_empty());
    }
}
