//! Printed lines → rows, where cells stand in the middle of their row: the lines of one cell then stand beside the gaps between the lines
//! of the next, and no line holds the whole row. What parts such rows is a line drawn between them, or white that runs through all
//! columns and is wider than between the lines of a text.

use std::ops::Range;

use super::edges::{Edge, Edges};
use super::geometry::Area;
use super::tokens::{Row, Token};

/// How much two lines overlap that are set beside each other at different heights, as a share of the font size.
const BESIDE: f32 = 0.12;
/// How much wider than the white between the lines of a text that between rows is, as a share of the font size.
const WIDER: f32 = 0.1;
/// Most lines of one row.
const MOST_LINES: usize = 30;
/// Most lines of a row that only their standing beside each other shows.
const MOST_CHAINED: usize = 3;
/// Lines of a stretch that is looked at closely.
const MOST_ROWS: usize = 600;

/// The rows with those of one row of cells joined; as they are where nothing shows that cells stand in the middle of their rows.
#[must_use]
pub fn strata(rows: &[Row], edges: &Edges) -> Vec<Row> {
    let mut out = Vec::with_capacity(rows.len());
    for stretch in rows.chunk_by(|a, b| b.area.y0 - a.area.y1 < 1.6 * a.size.max(b.size)) {
        match parted(stretch, edges) {
            Some(groups) => {
                let head = heading(stretch, &groups);
                for g in groups {
                    let group = &stretch[g.clone()];
                    if g.start < head && (!flush(group) || heads_two(group)) {
                        out.extend_from_slice(group);
                    } else {
                        out.extend(joined(group));
                    }
                }
            }
            None => out.extend_from_slice(stretch),
        }
    }
    out
}

/// The lines that make one row each; `None` where lines are rows already, or nothing tells.
#[must_use]
pub fn parted(rows: &[Row], edges: &Edges) -> Option<Vec<Range<usize>>> {
    let staggered = rows.windows(2).filter(|w| beside(&w[0], &w[1])).count();
    if staggered < 2 || rows.len() > MOST_ROWS {
        return None;
    }
    let area = Area::around(rows.iter().map(|r| r.area))?;
    let drawn = |k: usize| {
        let (top, bottom) = (rows[k - 1].area.mid_y(), rows[k].area.mid_y());
        let first = edges.level.partition_point(|e| e.at <= top);
        let long = |e: &Edge| e.to.min(area.x1) - e.from.max(area.x0) > 0.5 * area.width();
        edges.level[first..].iter().take_while(|e| e.at < bottom).any(long)
    };
    let lines = cut(rows.len(), drawn);
    if lines.len() >= 4 && sound(rows, &lines) {
        return Some(lines);
    }
    let leading = leading(rows)?;
    let mut bottom = f32::NEG_INFINITY;
    let mut white = vec![false; rows.len()];
    for (k, r) in rows.iter().enumerate() {
        white[k] = r.area.y0 - bottom > WIDER.mul_add(r.size, leading);
        bottom = bottom.max(r.area.y1);
    }
    let groups = cut(rows.len(), |k| white[k] || drawn(k));
    // No line is torn from one it stands beside.
    let torn = groups.windows(2).any(|w| beside(&rows[w[0].end - 1], &rows[w[1].start]));
    if !torn && sound(rows, &groups) {
        return Some(groups);
    }
    // Where rows stand as close as the lines of a text, figures in the middle between two lines of their name still show them.
    let chained = cut(rows.len(), |k| drawn(k) || !beside(&rows[k - 1], &rows[k]));
    let name = |g: &Range<usize>| {
        let full = rows[g.clone()].iter().filter(|r| r.tokens.len() > 1).count();
        g.len() == 1 || (g.len() <= MOST_CHAINED && full == 1 && rows[g.start].tokens.len() == 1)
    };
    (chained.iter().all(name) && sound(rows, &chained)).then_some(chained)
}

/// Whether a text stands over the white between two others, with nothing above these: it heads both.
fn heads_two(group: &[Row]) -> bool {
    let texts: Vec<&Area> = group.iter().flat_map(|r| &r.tokens).map(|t| &t.area).collect();
    let first = |u: &&&Area| !texts.iter().any(|o| o.y1 <= u.y0 && o.shared_width(u) > 0.0);
    let tops: Vec<&Area> = texts.iter().filter(first).copied().collect();
    texts.iter().any(|t| {
        let beside = || texts.iter().filter(|o| o.shared_height(t) > 0.0);
        let left = beside().filter(|o| o.x1 <= t.x0).map(|o| o.x1).fold(f32::NEG_INFINITY, f32::max);
        let right = beside().filter(|o| o.x0 >= t.x1).map(|o| o.x0).fold(f32::INFINITY, f32::min);
        let under = || tops.iter().filter(|u| u.y0 >= t.y1);
        let over_left = under().any(|u| u.x1 <= t.x0 && u.mid_x() > f32::midpoint(left, t.x0));
        let over_right = under().any(|u| u.x0 >= t.x1 && u.mid_x() < f32::midpoint(t.x1, right));
        over_left && over_right && under().all(|u| u.shared_width(t) <= 0.0)
    })
}

/// Whether each text stands flush with the one above it, as the lines of one text do: headings over several others hardly ever are.
fn flush(group: &[Row]) -> bool {
    let near = |x: f32, y: f32| (x - y).abs() < 1.5;
    let even = |a: &Area, b: &Area| near(a.x0, b.x0) || near(a.x1, b.x1) || near(a.mid_x(), b.mid_x());
    (1..group.len()).all(|k| {
        group[k].tokens.iter().all(|t| {
            let mut above = group[..k].iter().flat_map(|r| &r.tokens).filter(|u| t.area.shared_width(&u.area) > 0.0);
            above.next_back().is_none_or(|u| even(&t.area, &u.area))
        })
    })
}

/// How many lines stand before the first row with figures. None where no row has any.
fn heading(rows: &[Row], groups: &[Range<usize>]) -> usize {
    let figures = |g: &&Range<usize>| {
        rows[(*g).clone()].iter().any(|r| r.tokens.iter().any(|t| t.numeric && !t.year && t.area.x0 > r.area.x0)) && g.start > 0
    };
    groups.iter().find(figures).map_or(0, |g| g.start)
}

/// Ranges that begin where the test says so.
fn cut(len: usize, begins: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let starts: Vec<usize> = (0..len).filter(|&k| k == 0 || begins(k)).collect();
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(len));
    starts.iter().copied().zip(ends).map(|(a, b)| a..b).collect()
}

/// Whether two lines stand beside each other at different heights: they overlap, but their texts do not.
fn beside(a: &Row, b: &Row) -> bool {
    let size = a.size.min(b.size);
    let alike = (a.size - b.size).abs() < 0.2 * size;
    let apart = a.tokens.iter().all(|t| b.tokens.iter().all(|u| t.area.shared_width(&u.area) <= 0.0));
    alike && a.area.y1 - b.area.y0 > BESIDE * size && apart && a.area.y1 < b.area.y1
}

/// White between two lines of one text: the narrowest that occurs more than once.
fn leading(rows: &[Row]) -> Option<f32> {
    let mut whites: Vec<(f32, f32)> = Vec::new();
    for (i, r) in rows.iter().enumerate() {
        for t in &r.tokens {
            let below = rows[i + 1..].iter().take(6).flat_map(|o| &o.tokens).find(|u| t.area.shared_width(&u.area) > 0.0);
            whites.extend(below.map(|u| (u.area.y0 - t.area.y1, r.size)).filter(|(w, size)| *w > -0.3 * size));
        }
    }
    whites.sort_by(|a, b| a.0.total_cmp(&b.0));
    whites.windows(2).find(|w| w[1].0 - w[0].0 < 0.06 * w[0].1).map(|w| w[1].0)
}

/// Whether groups of lines are rows of cells: enough of them have several texts beside each other, none has a figure below another, none is
/// endless.
fn sound(rows: &[Row], groups: &[Range<usize>]) -> bool {
    let clash = |g: &[Row]| {
        let figures = |r: &Row| r.tokens.iter().filter(|t| t.numeric).map(|t| t.area).collect::<Vec<_>>();
        (1..g.len()).any(|k| {
            let here = figures(&g[k]);
            g[..k].iter().flat_map(figures).any(|a| here.iter().any(|b| a.shared_width(b) > 0.0))
        })
    };
    let wide = |g: &&Range<usize>| joined(&rows[(*g).clone()]).first().is_some_and(|r| r.tokens.len() > 1);
    groups.iter().all(|g| g.len() <= MOST_LINES && !clash(&rows[g.clone()]))
        && groups.iter().filter(wide).count() >= 3
        && groups.iter().filter(|g| g.len() > 1).count() >= 2
        && groups.iter().any(|g| g.len() > 1 && g.start >= heading(rows, groups))
}

/// The lines of a row as one; as they are where a text stands above several others, as headings of several columns do.
fn joined(lines: &[Row]) -> Vec<Row> {
    let [first, others @ ..] = lines else { return Vec::new() };
    if others.is_empty() {
        return vec![first.clone()];
    }
    let mut all = first.clone();
    for line in others {
        let above = all.tokens.clone();
        let over = |t: &Token, u: &Token| t.area.shared_width(&u.area) > 0.0;
        if above.iter().any(|t| line.tokens.iter().filter(|u| over(t, u)).count() > 1) {
            return lines.to_vec();
        }
        for token in &line.tokens {
            let mut met = (0..above.len()).filter(|&i| over(&above[i], token));
            match (met.next(), met.next()) {
                (None, _) => all.tokens.push(token.clone()),
                (Some(i), None) => join(&mut all.tokens[i], token),
                _ => return lines.to_vec(),
            }
        }
        all.area = all.area.with(&line.area);
        all.base = all.base.max(line.base);
        all.size = all.size.max(line.size);
        all.tight &= line.tight;
        all.dotted |= line.dotted;
    }
    all.tokens.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
    all.whole = true;
    vec![all]
}

/// Adds the next line of a text to it.
fn join(text: &mut Token, line: &Token) {
    text.words.extend(&line.words);
    text.area = text.area.with(&line.area);
    text.size = text.size.max(line.size);
    text.numeric &= line.numeric;
    text.chars += line.chars + 1;
    text.breaks.clear();
    (text.thousands, text.opens, text.small, text.year) = (false, false, None, false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;
    use crate::read::pdf::words::Word;

    /// Rows of a label of two lines and a remark of one, which stands at the middle of the label, `pitch` apart.
    fn rows(pitch: f32) -> Vec<Row> {
        let mut words = Vec::new();
        for i in 0..4_u8 {
            let y = f32::from(i).mul_add(pitch, 100.0);
            words.extend([("Kecamatan", 20.0, y), ("Mangaran", 20.0, y + 10.0), ("selesai", 120.0, y + 5.0)]);
        }
        let words: Vec<Word> = words.into_iter().map(|(text, x, y)| Word::sample(text, x, y, 8.0)).collect();
        lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect()
    }

    #[test]
    fn texts_in_the_middle_of_their_rows_are_one_row() {
        let set = strata(&rows(24.0), &Edges::default());
        assert_eq!(set.iter().map(|r| r.tokens.len()).collect::<Vec<_>>(), [2, 2, 2, 2]);
        assert_eq!(set[1].tokens[0].words, [3, 4]);
    }

    #[test]
    fn lines_without_wider_white_between_them_stay_lines() {
        assert_eq!(strata(&rows(20.0), &Edges::default()).len(), 12);
    }

    #[test]
    fn figures_between_two_lines_of_a_name_are_one_row_with_it_without_wider_white_too() {
        let mut words = Vec::new();
        for i in 0..4_u8 {
            let y = f32::from(i).mul_add(20.0, 100.0);
            words.extend([
                ("Kecamatan", 20.0, y),
                ("Mangaran", 20.0, y + 10.0),
                ("120", 120.0, y + 5.0),
                ("140", 180.0, y + 5.0),
            ]);
        }
        let words: Vec<Word> = words.into_iter().map(|(text, x, y)| Word::sample(text, x, y, 10.0)).collect();
        let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
        let set = strata(&rows, &Edges::default());
        assert_eq!(set.iter().map(|r| r.tokens.len()).collect::<Vec<_>>(), [3, 3, 3, 3]);
    }
}
