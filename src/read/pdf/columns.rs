//! Rows of a block → columns: the strips that (nearly) all rows leave free.

use super::between::{cut, sides};
use super::sparse::{before, with_empty, with_poor, with_sparse, with_steps};
use super::tokens::{Row, Token};
use super::{centred, flush};

/// Longest sign that stands for a figure, in characters.
const SIGN: usize = 3;

/// Boundaries between columns: the left end, one within each free strip, the right end. Fewer than three: no table.
#[must_use]
pub fn columns(rows: &[Row]) -> Vec<f32> {
    let (body, mut heading) = telling(rows);
    let ends = body.iter().flat_map(|r| [r.area.x0, r.area.x1]);
    let (low, high) = ends.fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    if body.len() < 2 || low >= high {
        return Vec::new();
    }
    // The name of the first group of rows, in the middle of all columns, heads none of them.
    let name = |r: &&Row| r.tokens.len() == 1 && (r.area.mid_x() - f32::midpoint(low, high)).abs() < 0.012 * (high - low);
    if heading.last().is_some_and(name) && heading.iter().rev().nth(1).is_some_and(|r| r.tokens.len() > 2) {
        heading.pop();
    }
    let strips = without_thin_columns(rows, &heading, all_strips(&body), low, high);
    let strips = without_split_columns(rows, strips);
    let strips = with_sparse(rows, beyond_lines(rows, &body, strips), low, high);
    let strips = with_steps(rows, &heading, strips, low, high);
    let strips = with_poor(rows, &heading, strips);
    let strips = with_empty(&heading, strips, low, high);
    let sides = sides(&strips, &heading, low, high);
    let known = [centred::borders, flush::borders].map(|told| told(&strips, &body, &heading, high));
    let known = known.into_iter().find(|k| k.iter().any(Option::is_some)).unwrap_or_else(|| vec![None; strips.len() + 1]);
    let mut bounds = vec![low];
    for (k, strip) in strips.iter().enumerate() {
        let left = if k == 0 { low } else { strips[k - 1].1 };
        let right = strips.get(k + 1).map_or(high, |s| s.0);
        bounds.push(known[k].unwrap_or_else(|| cut(*strip, (left, right), (k, strips.len() + 1), &heading, sides[k])));
    }
    bounds.push(high);
    widen(&mut bounds, &heading, rows, known[strips.len()]);
    bounds
}

/// Strips that nearly all rows leave free, and those that a third of the rows cross (totals and group headings do) but that the
/// others show clearly.
fn all_strips(body: &[&Row]) -> Vec<(f32, f32)> {
    let n = body.len();
    let tolerance = if n < 4 { 0 } else { 1.max(n / 10) };
    let found = |tolerance| strips(body, tolerance).into_iter().flat_map(|s| shrunk(body, s));
    let mut out: Vec<(f32, f32)> = found(tolerance).filter(|s| open(body, *s) && !within_figures(body, *s)).collect();
    let clear = |s: &(f32, f32)| {
        let beside = neighbours(body, *s).count();
        let apart = out.iter().all(|o| o.1 <= s.0 || s.1 <= o.0) && !within_figures(body, *s);
        let clean = beside * 5 >= n * 3 || aligned(body, *s) != (false, false);
        apart && beside * 2 >= n && beside >= 4 && clean && open(body, *s)
    };
    let crossed: Vec<(f32, f32)> = found(n * 2 / 5).filter(clear).collect();
    out.extend(crossed);
    out.sort_by(|a, b| a.0.total_cmp(&b.0));
    out
}

/// Whether a strip is the space within figures that are written `13 397`: on its left never more than three digits, on its right always
/// three, and no more than a space between.
fn within_figures(rows: &[&Row], strip: (f32, f32)) -> bool {
    let mut beside = 0;
    for (a, b, size) in neighbours(rows, strip) {
        let gap = (b.area.x0 - a.area.x1) / size;
        if gap > 3.0 {
            continue;
        }
        beside += 1;
        if gap > 0.5 || !a.opens || !b.thousands {
            return false;
        }
    }
    beside >= 2
}

/// The rows that tell columns, and the others above them: rows with figures, or, where these are few, the fuller ones.
fn telling(rows: &[Row]) -> (Vec<&Row>, Vec<&Row>) {
    let mut counts: Vec<usize> = rows.iter().filter(|r| r.tokens.len() > 1).map(|r| r.tokens.len()).collect();
    counts.sort_unstable();
    let typical = counts.get(counts.len() * 3 / 4).copied().unwrap_or(2);
    let need = (typical / 2 + 1).max(2).min(typical.max(2));
    let full = full_of(need);
    let any = |r: &Row, plain: bool| r.tokens.iter().skip(1).any(|t| t.numeric && !(plain && t.year)) && !r.numbers_columns();
    // Years head columns as often as they fill them.
    let first = [true, false].iter().find_map(|&plain| {
        let figures = |r: &Row| full(&r) && any(r, plain);
        let enough = rows.iter().filter(|r| figures(r)).count() >= 3;
        if enough { rows.iter().position(figures) } else { None }
    });
    let first = first.unwrap_or(0);
    let body: Vec<&Row> = rows[first..].iter().filter(|r| full(r) && !r.numbers_columns()).collect();
    let heading: Vec<&Row> = rows[..first].iter().collect();
    let (printed, again): (Vec<&Row>, Vec<&Row>) = body.iter().partition(|r| r.tokens.iter().any(|t| t.numeric));
    // Among rows of figures a row of words only says the headings again, which stand where the figures do not.
    let within = body.first().is_some_and(|r| r.tokens.iter().any(|t| t.numeric));
    // Rows of words above all figures are the heading itself.
    if !within || printed.len() < 3 || printed.len() < 4 * again.len() {
        return (body, heading);
    }
    (printed, if heading.iter().any(full_of(need)) { heading } else { again.into_iter().take(1).chain(heading).collect() })
}

/// Whether a row has so many texts.
fn full_of(need: usize) -> impl Fn(&&Row) -> bool {
    move |r| r.tokens.len() >= need
}

/// Maximal stretches of x that at most `tolerance` rows cover, between the first and the last covered x.
fn strips(rows: &[&Row], tolerance: usize) -> Vec<(f32, f32)> {
    let mut events: Vec<(f32, i32)> = Vec::new();
    for t in rows.iter().flat_map(|r| &r.tokens) {
        events.push((t.area.x0, 1));
        events.push((t.area.x1, -1));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let tolerance = i32::try_from(tolerance).unwrap_or(0);
    let (mut depth, mut since) = (0, None);
    let mut out = Vec::new();
    for (x, step) in events {
        let was = depth;
        depth += step;
        if was > tolerance && depth <= tolerance {
            since = Some(x);
        } else if was <= tolerance && depth > tolerance {
            out.extend(since.take().map(|from| (from, x)));
        }
    }
    out
}

/// A strip without the ends of texts that reach into it: only those that stand right across it (totals, group headings) are tolerated.
/// Texts that stand within it, apart from both sides, are a column that few rows fill: then it is two strips.
fn shrunk(rows: &[&Row], strip: (f32, f32)) -> Vec<(f32, f32)> {
    let (mut low, mut high) = strip;
    let (mut first, mut last) = (f32::INFINITY, f32::NEG_INFINITY);
    for t in rows.iter().flat_map(|r| &r.tokens).filter(|t| t.area.x0 < strip.1 && t.area.x1 > strip.0) {
        match (t.area.x0 < strip.0, t.area.x1 > strip.1) {
            (true, true) => {
                // Two figures with a narrow space between them stand one on each side.
                let within = |b: &&(f32, f32)| b.0.max(strip.0) < b.1.min(strip.1);
                if let Some(b) =
                    t.breaks.iter().filter(within).max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0))).filter(|_| t.numeric)
                {
                    (low, high) = (low.max(b.0), high.min(b.1));
                }
            }
            (true, false) => low = low.max(t.area.x1),
            (false, true) => high = high.min(t.area.x0),
            (false, false) => (first, last) = (first.min(t.area.x0), last.max(t.area.x1)),
        }
    }
    let parts = if first < last { vec![(low, first), (last, high)] } else { vec![(low, high)] };
    parts.into_iter().filter(|(a, b)| a < b).collect()
}

/// What stands next to a strip on both sides, row by row; rows with a text across it have nothing to say.
fn neighbours<'a>(rows: &'a [&Row], strip: (f32, f32)) -> impl Iterator<Item = (&'a Token, &'a Token, f32)> {
    let middle = f32::midpoint(strip.0, strip.1);
    rows.iter().filter_map(move |r| {
        let at = r.tokens.partition_point(|t| t.area.mid_x() < middle);
        if r.tokens.iter().any(|t| t.area.x0 < middle && t.area.x1 > middle) {
            return None;
        }
        Some((r.tokens.get(at.checked_sub(1)?)?, r.tokens.get(at)?, r.size.max(1.0)))
    })
}

/// Whether a strip parts columns: wider than a space in most rows that have something on both sides, or narrower but with one side
/// aligned. Chance alignments of word spaces are narrow in every row.
fn open(rows: &[&Row], strip: (f32, f32)) -> bool {
    let mut wide: Vec<f32> = neighbours(rows, strip).map(|(a, b, size)| (b.area.x0 - a.area.x1) / size).collect();
    wide.sort_by(f32::total_cmp);
    let Some(&median) = wide.get(wide.len() / 2) else { return false };
    let size = rows.iter().map(|r| r.size).fold(0.0, f32::max);
    let share = (strip.1 - strip.0) / size.max(1.0);
    let loose = share > 0.22 && median > 0.8;
    let (ends, starts) = aligned(rows, strip);
    let ruled = share > 0.38 && ((wide.len() >= 4 && (ends || starts)) || (ends && starts));
    let drawn = rows.iter().all(|r| r.tight) && share > 0.1 && (ends || starts || median > 0.5);
    wide.len() >= 2 && (loose || ruled || drawn)
}

/// Whether nearly all texts left of a strip end, or nearly all right of it start, at the same x.
fn aligned(rows: &[&Row], strip: (f32, f32)) -> (bool, bool) {
    let near = |x: f32, y: f32| (x - y).abs() < 1.2;
    let all: Vec<(f32, f32, f32)> = neighbours(rows, strip).map(|(a, b, size)| (a.area.x1, b.area.x0, size)).collect();
    // Rows that have nothing in either column say nothing about the strip between them.
    let beside = |p: &&(f32, f32, f32)| near(p.0, strip.0) || near(p.1, strip.1) || p.1 - p.0 < 8.0 * p.2;
    let pairs: Vec<&(f32, f32, f32)> = all.iter().filter(beside).collect();
    if pairs.len() * 5 < all.len() * 2 {
        return (false, false);
    }
    let at = |x: f32, of: fn(&(f32, f32, f32)) -> f32| pairs.iter().filter(|p| near(of(p), x)).count() * 10 >= pairs.len() * 8;
    (at(strip.0, |p| p.0), at(strip.1, |p| p.1))
}

/// Drops strips between which hardly any row has something, unless a line of the heading has one text for each column.
fn without_thin_columns(rows: &[Row], heading: &[&Row], mut strips: Vec<(f32, f32)>, low: f32, high: f32) -> Vec<(f32, f32)> {
    let need = if heading.iter().any(|r| before(r, high).len() == strips.len() + 1) { 1 } else { 2 };
    let mut k = 0;
    while k <= strips.len() && !strips.is_empty() {
        let from = if k == 0 { low } else { strips[k - 1].1 };
        let to = strips.get(k).map_or(high, |s| s.0);
        let inside = |t: &Token| t.area.mid_x() > from - 0.5 && t.area.mid_x() < to + 0.5;
        let filled = rows.iter().filter(|r| r.tokens.iter().any(inside)).count();
        if filled >= need {
            k += 1;
            continue;
        }
        // Joined with the neighbour across the narrower strip.
        let width = |i: usize| strips[i].1 - strips[i].0;
        let drop = match k {
            0 => 0,
            k if k == strips.len() => k - 1,
            k if width(k - 1) < width(k) => k - 1,
            k => k,
        };
        strips.remove(drop);
        k = k.saturating_sub(1);
    }
    strips
}

/// Strips without the lines that only go on with a text of an inner column and reach farther than its other lines.
fn beyond_lines(rows: &[Row], body: &[&Row], mut strips: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    let alone = rows.iter().filter(|r| r.tokens.len() == 1).map(|r| &r.tokens[0]).filter(|t| !t.numeric);
    let text = |o: &&Token| !o.numeric && o.chars > SIGN;
    let texts = || body.iter().flat_map(|r| r.tokens.iter().skip(1)).filter(text);
    let starts = |t: &Token| texts().any(|o| (o.area.x0 - t.area.x0).abs() < 1.2);
    for t in alone.filter(|t| starts(t)) {
        let reached = |s: &&mut (f32, f32)| t.area.x0 < s.0 && s.0 < t.area.x1 && t.area.x1 < s.1 - 0.3 * t.size;
        if let Some(strip) = strips.iter_mut().find(reached) {
            strip.0 = t.area.x1;
        }
    }
    strips
}

/// Drops strips that no row has something on both sides of: there a heading stands beside its figures, or a total beside its addends.
fn without_split_columns(rows: &[Row], mut strips: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    let mut k = 0;
    while k < strips.len() {
        let from = if k == 0 { f32::NEG_INFINITY } else { strips[k - 1].1 };
        let to = strips.get(k + 1).map_or(f32::INFINITY, |s| s.0);
        let (low, high) = strips[k];
        let in_left = |t: &Token| t.area.mid_x() > from && t.area.mid_x() < low + 0.5;
        let in_right = |t: &Token| t.area.mid_x() > high - 0.5 && t.area.mid_x() < to;
        if rows.iter().any(|r| r.tokens.iter().any(in_left) && r.tokens.iter().any(in_right)) {
            k += 1;
        } else {
            strips.remove(k);
        }
    }
    strips
}

/// Adds columns that only the heading has, at either end, and widens the outer ones over all that stands beside them. `border` is that
/// after the last column, where it is known.
fn widen(bounds: &mut Vec<f32>, heading: &[&Row], rows: &[Row], mut border: Option<f32>) {
    let (low, high) = (bounds[0], bounds[bounds.len() - 1]);
    let last_strip = bounds[bounds.len() - 2];
    let first_strip = bounds[1];
    let headed_first = heading.iter().flat_map(|r| &r.tokens).any(|t| t.area.x1 > low && t.area.x0 < first_strip);
    let headed = heading.iter().flat_map(|r| &r.tokens).any(|t| t.area.x1 > last_strip && t.area.x0 < high);
    let before = heading
        .iter()
        .flat_map(|r| &r.tokens)
        .filter(|t| t.area.x1 < low - 0.3 * t.size && t.chars > 1)
        .map(|t| t.area.x1)
        .max_by(f32::total_cmp);
    // The first of the texts beyond heads the last column, unless it has a heading.
    for (held, x) in beyond(heading, high).into_iter().skip(usize::from(!headed)) {
        let last = bounds.len() - 1;
        bounds[last] = border.take().filter(|at| *at < x).unwrap_or_else(|| f32::midpoint(held.max(high), x));
        bounds.push(x);
    }
    if let Some(x) = before.filter(|_| headed_first) {
        bounds[0] = f32::midpoint(x, low);
        bounds.insert(0, x);
    }
    let last = bounds.len() - 1;
    bounds[0] = rows.iter().map(|r| r.area.x0).fold(bounds[0], f32::min);
    bounds[last] = rows.iter().map(|r| r.area.x1).fold(bounds[last], f32::max);
}

/// Texts of the heading beyond the last column, from left to right: where what stands before each ends, and where it starts.
fn beyond(heading: &[&Row], high: f32) -> Vec<(f32, f32)> {
    let mut all: Vec<&Token> = heading.iter().flat_map(|r| &r.tokens).filter(|t| t.chars > 1).collect();
    all.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
    let (mut out, mut held) = (Vec::new(), f32::NEG_INFINITY);
    for t in all {
        if t.area.x0 > high + 0.3 * t.size && t.area.x0 > held {
            out.push((held, t.area.x0));
        }
        held = held.max(t.area.x1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;
    use crate::read::pdf::words::Word;

    #[test]
    fn the_name_of_the_first_rows_in_the_middle_of_all_columns_moves_no_heading() {
        // Headings in the middle of wide columns, figures at their right ends; the name lies below the second heading.
        let heads = [("Rerata", 140.0), ("Volume", 245.0), ("Bagian", 330.0), ("Harga", 415.0)];
        let mut words: Vec<Word> = heads.map(|(t, x)| Word::sample(t, x, 100.0, 8.0)).into();
        for y in [124.0, 136.0, 148.0, 160.0] {
            words.extend(
                [("Kelapa", 20.0), ("120", 190.0), ("140", 300.0), ("7", 390.0), ("12", 462.0)]
                    .map(|(t, x)| Word::sample(t, x, y, 8.0)),
            );
        }
        let end = words.iter().map(|w| w.area.x1).fold(0.0, f32::max);
        let width = Word::sample("Perdesaan-dan-perkotaan", 0.0, 0.0, 8.0).area.width();
        words.push(Word::sample("Perdesaan-dan-perkotaan", f32::midpoint(20.0, end) - width / 2.0, 112.0, 8.0));
        let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
        let bounds = columns(&rows);
        let column = |x: f32| bounds.iter().filter(|b| **b <= x).count();
        assert_eq!(heads.map(|(_, x)| column(x + 8.0)), [2, 3, 4, 5]);
    }

    #[test]
    fn numbers_of_columns_that_stand_there_again_make_no_columns() {
        let mut words = Vec::new();
        for (k, y) in (0_u8..).zip([100.0, 124.0, 136.0, 148.0, 160.0, 184.0, 196.0]) {
            let texts = match k {
                0 | 5 => [("1", 24.0), ("2", 100.0), ("3", 150.0)],
                _ => [("Kelapa", 20.0), ("120", 180.0), ("14", 262.0)],
            };
            words.extend(texts.map(|(t, x)| Word::sample(t, x, y, 8.0)));
        }
        let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
        assert_eq!(columns(&rows).len(), 4);
    }

    #[test]
    fn a_name_that_only_one_row_says_has_a_column_where_the_heading_has_one_for_each() {
        let read = |heads: &[(&str, f32)]| {
            let mut words: Vec<Word> = heads.iter().map(|&(t, x)| Word::sample(t, x, 100.0, 8.0)).collect();
            for y in [112.0, 124.0, 136.0, 148.0, 160.0] {
                words.extend([("Cimahi", 20.0), ("276", 250.0), ("144", 320.0)].map(|(t, x)| Word::sample(t, x, y, 8.0)));
            }
            words.push(Word::sample("Melong", 120.0, 112.0, 8.0));
            let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
            columns(&rows).len() - 1
        };
        assert_eq!(read(&[("Kecamatan", 20.0), ("Desa", 140.0), ("L", 255.0), ("P", 325.0)]), 4);
        assert_eq!(read(&[("Kecamatan", 20.0), ("L", 255.0), ("P", 325.0)]), 3);
    }
}
