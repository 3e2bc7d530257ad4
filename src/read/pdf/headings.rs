//! The heading of an unruled table: which bands it takes, what stands across several columns, what is one text over several lines.

use super::bands::{Band, Placed};
use super::edges::{Edge, Edges};
use super::geometry::Area;
use super::words::Word;

/// How far the ends or the middles of two lines of one text may differ, as a share of the font size.
const FLUSH: f32 = 0.4;

/// How many bands the heading takes: those before the first that has figures where the columns have figures.
#[must_use]
pub fn height(words: &[Word], bands: &[Band], figures: &[bool], edges: &Edges) -> usize {
    let wanted = figures.iter().filter(|f| **f).count();
    if wanted == 0 {
        let lines = lines(bands, edges, 9);
        // Where rows have their lines, the first is that of the heading.
        let chosen = if lines.len() >= 3 { lines.first() } else { lines.iter().rev().find(|&&l| l <= 4) };
        return chosen.copied().unwrap_or(0);
    }
    // Years are figures where the column is full of them.
    let dated: Vec<bool> = (0..figures.len())
        .map(|c| {
            let alone = || bands.iter().filter_map(|b| b.at(c)).filter(|p| p.cols == 1 && p.numeric);
            alone().filter(|p| p.year).count() * 2 > alone().count()
        })
        .collect();
    let body = |b: &Band| {
        let found = b.cells.iter().filter(|p| p.cols == 1 && figures[p.col] && p.numeric && (!p.year || dated[p.col])).count();
        let plain = |p: &&Placed| p.numeric && !p.year && !p.bracketed;
        // Words where the columns have words: a row whose first column is empty.
        let words = b.cells.iter().any(|p| !p.numeric && p.cols == 1 && !figures[p.col]);
        let years = b.at(0).is_none() && !(words && b.cells.iter().any(|p| plain(&p)));
        found * 3 >= wanted && found > 0 && !years
    };
    let first = bands.iter().position(body).unwrap_or(0).min(bands.len() * 2 / 3).min(9);
    // Years above the columns look like figures, but no numbering of columns and no row of figures has its first column in words.
    let amounts = |b: &Band| b.cells.iter().any(|p| p.col > 0 && p.numeric && !p.year && !p.bracketed && p.words.len() + p.chars(words) > 3);
    let counted = |b: &Band| b.at(0).is_some_and(|p| p.numeric || amounts(b));
    let lines = lines(bands, edges, first + 2);
    let later = lines.iter().copied().find(|&l| l > first && !bands[first..l].iter().any(counted));
    match lines.iter().rev().find(|&&l| l <= first && l + 3 >= first) {
        Some(&line) if line == first => line,
        sooner => later.or(sooner.copied()).unwrap_or_else(|| without_name(words, bands, first)),
    }
}

/// Without the name of the first group of rows, where other groups have names too: a text alone in the first column, with a capital.
fn without_name(words: &[Word], bands: &[Band], height: usize) -> usize {
    let name = |i: usize| match bands[i].cells.as_slice() {
        [p] => p.col == 0 && !p.numeric && words[p.words[0]].text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
        _ => false,
    };
    let named = |i: usize| name(i) && bands.get(i + 1).is_some_and(|b| b.cells.len() > 1 && b.at(0).is_some());
    let others = (height..bands.len()).filter(|&i| named(i)).count();
    if height >= 2 && named(height - 1) && others > 0 { height - 1 } else { height }
}

/// Bands above which a long line is drawn, among the first few.
fn lines(bands: &[Band], edges: &Edges, most: usize) -> Vec<usize> {
    let Some(area) = Area::around(bands.iter().map(|b| b.area)) else { return Vec::new() };
    let limit = (bands.len() * 2 / 3).min(9).min(most) + 1;
    let drawn = |i: usize| {
        let (top, bottom) = (bands[i - 1].base - 0.2 * bands[i - 1].size, bands[i].base - 0.35 * bands[i].size);
        edges.level.iter().any(|e| e.at > top && e.at < bottom && e.length() > 0.85 * area.width())
    };
    (1..limit.min(bands.len())).filter(|&i| drawn(i)).collect()
}

/// One text of the heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// First band.
    pub top: usize,
    /// Last band.
    pub bottom: usize,
    /// What and across which columns.
    pub placed: Placed,
}

/// The texts of a heading, from its bands: lines of one text joined, texts above several columns stretched over them.
#[must_use]
pub fn headings(words: &[Word], bands: &[Band], bounds: &[f32], edges: &Edges) -> Vec<Heading> {
    let mut out: Vec<Heading> = Vec::new();
    for (i, band) in bands.iter().enumerate() {
        let apart = units(band, words, bounds.len() - 1);
        for placed in &band.cells {
            match out.iter_mut().rev().find(|h| !apart && continues(h, placed, i, bands, edges)) {
                Some(h) => {
                    h.bottom = i;
                    h.placed.words.extend(&placed.words);
                    h.placed.base = placed.base;
                    h.placed.area = h.placed.area.with(&placed.area);
                    let end = (h.placed.col + h.placed.cols).max(placed.col + placed.cols);
                    h.placed.col = h.placed.col.min(placed.col);
                    h.placed.cols = end - h.placed.col;
                }
                None => out.push(Heading { top: i, bottom: i, placed: placed.clone() }),
            }
        }
    }
    stretch(&mut out, bounds, edges);
    levels(&mut out);
    out
}

/// Gives each text its level instead of its printed line: how many texts stand above it in its columns. What has nothing below it
/// reaches down to the last level.
fn levels(all: &mut [Heading]) {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&i| (all[i].top, all[i].placed.col));
    let mut level: Vec<usize> = vec![0; all.len()];
    for (n, &i) in order.iter().enumerate() {
        let above = order[..n].iter().filter(|&&k| all[k].bottom < all[i].top && meets(&all[k].placed, &all[i].placed));
        level[i] = above.map(|&k| level[k] + 1).max().unwrap_or(0);
    }
    // Numbers of columns stand on one level, however high the headings above them reach.
    for i in 0..all.len() {
        let beside: Vec<usize> = (0..all.len()).filter(|&k| all[k].top == all[i].top).collect();
        if beside.len() > 1 && beside.iter().all(|&k| all[k].placed.numeric) {
            level[i] = beside.iter().map(|&k| level[k]).max().unwrap_or(level[i]);
        }
    }
    let last = level.iter().copied().max().unwrap_or(0);
    let bottoms: Vec<usize> = all
        .iter()
        .map(|h| {
            let below = all.iter().zip(&level).filter(|(o, _)| o.top > h.bottom && meets(&o.placed, &h.placed));
            below.map(|(_, l)| l.saturating_sub(1)).min().unwrap_or(last)
        })
        .collect();
    for (i, h) in all.iter_mut().enumerate() {
        (h.top, h.bottom) = (level[i], bottoms[i].max(level[i]));
    }
}

/// Whether a text on band `i` is the next line of a heading's text.
fn continues(h: &Heading, placed: &Placed, i: usize, bands: &[Band], edges: &Edges) -> bool {
    if h.bottom >= i {
        return false;
    }
    let pitch = placed.base - h.placed.base;
    let (a, b) = (h.placed.col..h.placed.col + h.placed.cols, placed.col..placed.col + placed.cols);
    let nested = (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
    // A text across several columns has the headings of those columns below it, unless it goes on alone.
    let alone = bands[i].cells.iter().filter(|p| p.col < a.end && a.start < p.col + p.cols).count() == 1;
    let x = placed.area.mid_x();
    let ruled = edges.level.iter().any(|e| e.at > h.placed.area.mid_y() && e.at < placed.area.mid_y() && e.from < x && x < e.to);
    let joins = !placed.numeric || (placed.year && h.placed.cols == 1 && !h.placed.numeric && dated(&bands[i]));
    nested && alone && !ruled && flush(&h.placed.area, &placed.area, bands[i].size) && pitch <= 1.38 * bands[i].size && joins
}

/// Whether two texts begin, end or have their middle at the same place, as the lines of one text do.
fn flush(above: &Area, below: &Area, size: f32) -> bool {
    let near = |x: f32, y: f32| (x - y).abs() < FLUSH * size;
    near(above.x0, below.x0) || near(above.x1, below.x1) || near(above.mid_x(), below.mid_x())
}

/// Whether a line has one figure only, as the second line of `TA 2025` is, or words as well, as that of `Dec. 2008` and `12 months`; years
/// of their own stand beside others.
fn dated(band: &Band) -> bool {
    band.cells.iter().filter(|p| p.numeric).count() == 1 || band.cells.iter().any(|p| !p.numeric && p.col > 0)
}

/// Whether a line says nothing but in what each column is counted: `(%) (ha) (ribu)`, or short signs in all columns but the first: `% $m t`.
fn units(band: &Band, words: &[Word], cols: usize) -> bool {
    let texts = || band.cells.iter().flat_map(|p| p.words.iter().map(|&i| words[i].text.as_str()));
    let signs = texts().filter(|t| t.contains(['%', '$', '€', '£', '¥', '\'', '’', '.'])).count();
    let short = band.cells.len() >= 3 && band.cells.len() + 1 >= cols && texts().all(|t| t.chars().count() <= 5);
    band.cells.len() > 1 && (band.cells.iter().all(|p| p.bracketed) || (short && signs * 3 >= band.cells.len()))
}

/// Texts of the upper lines that stand above several headings are given all of their columns; the lower first, since what stands over
/// them reaches as far as they do.
fn stretch(all: &mut [Heading], bounds: &[f32], edges: &Edges) {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(all[i].top));
    for i in order {
        let h = &all[i];
        let below = all.iter().any(|o| o.top > h.bottom && meets(&o.placed, &h.placed));
        if !below {
            continue;
        }
        if let Some((from, to)) =
            underlined(all, i, bounds, edges).or_else(|| leading(all, i, bounds)).or_else(|| centred(all, i, bounds))
        {
            let h = &mut all[i].placed;
            (h.col, h.cols) = (from, to + 1 - from);
        }
    }
}

fn meets(a: &Placed, b: &Placed) -> bool {
    a.col < b.col + b.cols && b.col < a.col + a.cols
}

/// Columns above whose headings a short line is drawn below the text: to the ends of the line, or to the upright lines beside the text
/// where a longer one is drawn.
fn underlined(all: &[Heading], i: usize, bounds: &[f32], edges: &Edges) -> Option<(usize, usize)> {
    let h = &all[i];
    let (low, high) = (*bounds.first()?, *bounds.last()?);
    let area = h.placed.area;
    let beside = |e: &&Edge| e.from < area.mid_y() && area.mid_y() < e.to;
    let left = edges.upright.iter().filter(beside).map(|e| e.at).filter(|x| *x <= area.mid_x()).fold(low, f32::max);
    let right = edges.upright.iter().filter(beside).map(|e| e.at).filter(|x| *x > area.mid_x()).fold(high, f32::min);
    let (from, to) = edges.level.iter().find_map(|e| {
        let near = e.at > area.mid_y() && e.at < area.y1 + 0.8 * area.height();
        let (from, to) = (e.from.max(left), e.to.min(right));
        (near && from <= area.mid_x() && area.mid_x() <= to && to - from < 0.85 * (high - low)).then_some((from, to))
    })?;
    // The lines of several headings may touch each other.
    let beside = |o: &&Heading| o.top == h.top && from < o.placed.area.mid_x() && o.placed.area.mid_x() < to;
    let sharing: Vec<&Heading> = all.iter().filter(beside).collect();
    if sharing.len() > 1 {
        return trailing(all, h, &sharing, bounds.partition_point(|b| *b < from - 2.0));
    }
    let inside = |c: &usize| f32::midpoint(bounds[*c], bounds[c + 1]) > from && f32::midpoint(bounds[*c], bounds[c + 1]) < to;
    let first = (0..bounds.len() - 1).find(inside)?;
    let last = (0..bounds.len() - 1).rev().find(inside)?;
    (first <= h.placed.col && last + 1 >= h.placed.col + h.placed.cols).then_some((first, last))
}

/// Columns above which a text stands that ends where the last of their headings ends, as all do that share a line: from the first column
/// of the line, or behind the text before.
fn trailing(all: &[Heading], h: &Heading, sharing: &[&Heading], first: usize) -> Option<(usize, usize)> {
    let last = |o: &Heading| o.placed.col + o.placed.cols - 1;
    let ends = |o: &&Heading| {
        let own = all.iter().filter(|b| b.top > o.bottom && last(b) == last(o)).min_by_key(|b| b.top);
        own.is_some_and(|b| (b.placed.area.x1 - o.placed.area.x1).abs() < 1.5)
    };
    let before = sharing.iter().filter(|o| last(o) < h.placed.col).map(|o| last(o) + 1).max();
    let first = before.unwrap_or(first);
    (sharing.iter().all(ends) && first <= h.placed.col).then_some((first, last(h)))
}

/// Columns above which a text stands that begins where the first of their headings begins, as all headings of the table do.
fn leading(all: &[Heading], i: usize, bounds: &[f32]) -> Option<(usize, usize)> {
    let h = &all[i];
    let starts = |a: &Heading, b: &Heading| (a.placed.area.x0 - b.placed.area.x0).abs() < 1.0;
    let centred = |a: &Heading, b: &Heading| (a.placed.area.mid_x() - b.placed.area.mid_x()).abs() < 2.0;
    let below = |h: &Heading| {
        let own = |o: &&Heading| o.top > h.bottom && o.placed.col <= h.placed.col && h.placed.col < o.placed.col + o.placed.cols;
        all.iter().filter(own).min_by_key(|o| o.top).filter(|o| starts(h, o) && !centred(h, o))
    };
    let first = below(h)?;
    let led = all.iter().filter(|o| o.placed.col > 0 && below(o).is_some()).count();
    let beside = |c: usize, o: &&Heading| o.placed.col <= c && c < o.placed.col + o.placed.cols;
    // Free above, with a heading on the same line as the first one.
    let free = |c: &usize| {
        let own = || all.iter().filter(|o| beside(*c, o));
        own().all(|o| o.top >= first.top) && own().any(|o| o.top >= first.top)
    };
    let end = (first.placed.col + first.placed.cols..bounds.len() - 1).take_while(free).last()?;
    (led >= 2).then_some((h.placed.col, end))
}

/// Columns over whose middle a text is centred, with nothing beside it on its own lines and a heading below in each of them.
fn centred(all: &[Heading], i: usize, bounds: &[f32]) -> Option<(usize, usize)> {
    let h = &all[i];
    let cols = bounds.len() - 1;
    // The line on which the headings below start; one that starts between the two lines stands beside the text, not below it.
    let line = all.iter().filter(|o| o.top > h.bottom && meets(&o.placed, &h.placed)).map(|o| o.top).min()?;
    let free = |c: usize| {
        let at = |o: &&Heading| o.placed.col <= c && c < o.placed.col + o.placed.cols;
        let others = || all.iter().enumerate().filter(|(k, _)| *k != i).map(|(_, o)| o).filter(at);
        others().all(|o| o.top >= line) && others().any(|o| o.top == line)
    };
    let (mut low, mut high) = (h.placed.col, h.placed.col + h.placed.cols - 1);
    while low > 0 && free(low - 1) {
        low -= 1;
    }
    while high + 1 < cols && free(high + 1) {
        high += 1;
    }
    let middle = h.placed.area.mid_x();
    // Where columns begin is known less well than where their headings stand.
    let texts = |a: usize, b: usize| {
        let own = all.iter().filter(|o| o.top == line && a <= o.placed.col && o.placed.col + o.placed.cols <= b + 1);
        Area::around(own.map(|o| o.placed.area)).map_or(f32::INFINITY, |area| (area.mid_x() - middle).abs())
    };
    let off = |a: usize, b: usize| {
        let columns = (f32::midpoint(bounds[a], bounds[b + 1]) - middle).abs();
        columns.min(texts(a, b)) / (bounds[b + 1] - bounds[a])
    };
    let (first, last) = (h.placed.col, h.placed.col + h.placed.cols - 1);
    // Over all columns but the first: what a single text above a table means.
    if low <= 1 && first >= 1 && high + 1 == cols && off(1, high) < 0.06 {
        return Some((1, high));
    }
    // No heading below stands half within.
    let whole = |a: usize, b: usize| {
        let mut below = all.iter().filter(|o| o.top >= line).map(|o| (o.placed.col, o.placed.col + o.placed.cols - 1));
        below.all(|(from, to)| to < a || b < from || a <= from && to <= b)
    };
    let spans = (low..=first).flat_map(|a| (last..=high).map(move |b| (a, b)));
    let spans = spans.filter(|&(a, b)| b > a && (a > 0 || first == 0) && whole(a, b));
    let fitting: Vec<(usize, usize)> = spans.filter(|&(a, b)| off(a, b) < 0.16).collect();
    let least = fitting.iter().map(|&(a, b)| off(a, b)).min_by(f32::total_cmp)?;
    // Spans around the same middle fit alike: the narrowest is meant.
    fitting.into_iter().filter(|&(a, b)| off(a, b) < least + 0.03).min_by_key(|&(a, b)| b - a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::bands::{band, figure_columns};
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;

    #[test]
    fn a_row_of_figures_without_a_code_is_no_heading() {
        let lines_of = [
            [("Kode", 20.0), ("Uraian", 60.0), ("Volume", 150.0), ("Jumlah", 200.0)],
            [("", 20.0), ("Honor", 60.0), ("12", 150.0), ("10.440", 200.0)],
            [("521211", 20.0), ("Bahan", 60.0), ("", 150.0), ("1.500", 200.0)],
            [("", 20.0), ("Konsumsi", 60.0), ("15", 150.0), ("1.500", 200.0)],
        ];
        let placed = (0_u8..).zip(lines_of).flat_map(|(i, texts)| {
            let y = f32::from(i).mul_add(12.0, 100.0);
            texts.into_iter().filter(|(t, _)| !t.is_empty()).map(move |(t, x)| Word::sample(t, x, y, 8.0))
        });
        let words: Vec<Word> = placed.collect();
        let bounds = [20.0, 50.0, 140.0, 190.0, 240.0];
        let rows = lines(&words, 0..words.len());
        let bands: Vec<Band> = rows.iter().filter_map(|l| row(&words, l)).map(|r| band(&r, &bounds, &words)).collect();
        assert_eq!(height(&words, &bands, &figure_columns(&bands, 4), &Edges::default()), 1);
    }
}
