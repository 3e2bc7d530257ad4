//! The heading of an unruled table: which bands it takes, what stands across several columns, what is one text over several lines.

use super::bands::{Band, Placed};
use super::edges::Edges;
use super::firsts::{begins_with_row, few_figures, jumps, without_first_lines, without_numbered_names};
use super::geometry::Area;
use super::spans::{in_rounds, like_others, meets, over_first, part_crossing, stretch};
use super::words::Word;

/// How far the ends or the middles of two lines of one text may differ, as a share of the font size.
const FLUSH: f32 = 0.4;

/// From line to line of one text, as a share of the font size: at most, and where the rows below stand farther apart.
const CLOSE: f32 = 1.38;
const WIDE: f32 = 1.75;

/// Levels of the deepest heading.
const DEEPEST: usize = 4;

/// The least distance from row to row, where figures stand below figures.
#[must_use]
pub fn row_pitch(bands: &[Band]) -> Option<f32> {
    let below = |w: &&[Band]| w[0].clash(&w[1], |a, b| a.numeric && b.numeric);
    bands.windows(2).filter(below).map(|w| w[1].base - w[0].base).reduce(f32::min)
}

/// How many bands the heading takes: those before the first that has figures where the columns have figures.
#[must_use]
pub fn height(words: &[Word], bands: &[Band], figures: &[bool], edges: &Edges) -> usize {
    let wanted = figures.iter().filter(|f| **f).count();
    if wanted == 0 {
        let lines = lines(bands, edges, 9); // where rows have their lines, the first is that of the heading
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
        // A dash beside words ends the line of a heading: `over—`.
        let headed = b.cells.iter().any(|p| p.cols == 1 && figures[p.col] && p.col > 0 && !p.counted);
        let dash = |p: &Placed| p.words.iter().all(|&i| !words[i].text.contains(|c: char| c.is_ascii_digit()));
        // So does a unit in brackets beside others: `(1 000)`.
        let units = b.cells.iter().any(|p| p.bracketed && !p.numeric);
        let heading = |p: &Placed| (headed && dash(p)) || (units && p.bracketed);
        let reads = |p: &Placed| (p.numeric && !heading(p)) || (figures.len() == 2 && p.counted);
        let found = b.cells.iter().filter(|p| p.cols == 1 && figures[p.col] && reads(p) && (!p.year || dated[p.col])).count();
        let plain = |p: &&Placed| p.numeric && !p.year && !p.bracketed;
        // Words where the columns have words: a row whose first column is empty.
        let words = b.cells.iter().any(|p| !p.numeric && p.cols == 1 && !figures[p.col]);
        let years = b.at(0).is_none() && !(words && b.cells.iter().any(|p| plain(&p)));
        found * 3 >= wanted && found > 0 && !years
    };
    let first = bands.iter().position(body).unwrap_or(0).min(bands.len() * 2 / 3).min(9);
    let first = first - (1..first).rev().take_while(|&i| few_figures(words, &bands[i], figures)).count();
    // Years above the columns look like figures, but no numbering of columns and no row of figures has its first column in words.
    let amounts = |b: &Band| {
        let reads = |p: &Placed| p.numeric || (figures.len() == 2 && p.counted);
        b.cells.iter().any(|p| p.col > 0 && reads(p) && !p.year && !p.bracketed && p.words.len() + p.chars(words) > 3)
    };
    let counted = |b: &Band| b.at(0).is_some_and(|p| p.numeric || amounts(b) || jumps(words, b));
    let lines = lines(bands, edges, first + 2);
    let later = lines.iter().copied().find(|&l| l > first && !bands[first..l].iter().any(counted));
    let height = match lines.iter().rev().find(|&&l| l <= first && l + 3 >= first) {
        Some(&line) if line == first => line,
        sooner => {
            later.or(sooner.copied()).unwrap_or_else(|| without_name(words, bands, without_first_lines(words, bands, first)))
        }
    };
    // Where rows have lines, the first of them need not be that of the heading.
    let height = if drawn(bands, edges) >= 4 { without_name(words, bands, height) } else { height };
    let height = without_numbered_names(words, bands, height);
    if begins_with_row(words, &bands[..height], figures) { 0 } else { height }
}

/// Without the name of the first group of rows, where other groups have names too: a text alone in the first column, with a capital, or in
/// the second, where rows have their number in the first.
fn without_name(words: &[Word], bands: &[Band], height: usize) -> usize {
    let name = |i: usize| match bands[i].cells.as_slice() {
        [p] => {
            p.col < 2
                && p.cols == 1
                && !p.numeric
                && words[p.words[0]].text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        }
        _ => false,
    };
    let named = |i: usize| name(i) && bands.get(i + 1).is_some_and(|b| b.cells.len() > 1 && b.at(0).is_some());
    let others = |at: usize| (height..bands.len()).any(|i| named(i) && bands[i].cells[0].col == bands[at].cells[0].col);
    if height >= 2 && (named(height - 1) && others(height - 1) || in_the_middle(bands, height - 1)) { height - 1 } else { height }
}

/// Whether a band is a text alone in the middle above all columns, and so are others further down, as the names of groups of rows are.
fn in_the_middle(bands: &[Band], at: usize) -> bool {
    let text = |b: &Band| match b.cells.as_slice() {
        [p] if !p.numeric => Some(p.area),
        _ => None,
    };
    let Some(name) = text(&bands[at]).filter(|_| bands[at].at(0).is_none()) else { return false };
    let Some(all) = Area::around(bands.iter().map(|b| b.area)) else { return false };
    let centred = (all.mid_x() - name.mid_x()).abs() < 0.012 * all.width();
    let alike = |a: Area| (a.mid_x() - name.mid_x()).abs() < 1.0 && (centred || (a.x0 - name.x0).abs() > 1.5);
    let others = bands[at + 1..].iter().filter_map(text).filter(|a| alike(*a)).count();
    let rows = bands.get(at + 1).is_some_and(|b| b.cells.len() > 1 && b.at(0).is_some_and(|p| p.col == 0));
    others > 0 && rows
}

/// Above how many bands a long line is drawn.
fn drawn(bands: &[Band], edges: &Edges) -> usize {
    lines(bands, edges, bands.len()).len()
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

/// The texts of a heading, from its bands: lines of one text joined, texts above several columns stretched over them. `pitch` is that of
/// the rows below.
#[must_use]
pub fn headings(words: &[Word], bands: &[Band], bounds: &[f32], edges: &Edges, pitch: Option<f32>) -> Vec<Heading> {
    let mut out: Vec<Heading> = Vec::new();
    for (i, band) in bands.iter().enumerate() {
        let apart = units(band, words, bounds.len() - 1);
        let again = if twins(&out, words) { Vec::new() } else { repeated(band, words) };
        for (k, placed) in band.cells.iter().enumerate() {
            let apart = apart || again.get(k) == Some(&true);
            match out.iter_mut().rev().find(|h| !apart && continues(h, placed, i, bands, edges, pitch)) {
                Some(h) => {
                    h.bottom = i;
                    h.placed.words.extend(&placed.words);
                    h.placed.base = placed.base;
                    (h.placed.open, h.placed.broken) = (placed.open, placed.broken);
                    h.placed.area = h.placed.area.with(&placed.area);
                    let end = (h.placed.col + h.placed.cols).max(placed.col + placed.cols);
                    h.placed.col = h.placed.col.min(placed.col);
                    h.placed.cols = end - h.placed.col;
                }
                None => out.push(Heading { top: i, bottom: i, placed: placed.clone() }),
            }
        }
    }
    part_crossing(&mut out, bounds);
    let settled = over_first(&mut out, words);
    stretch(&mut out, &settled, bounds, edges);
    in_rounds(&mut out, words);
    like_others(&mut out, words, bounds.len().saturating_sub(1));
    levels(&mut out);
    out
}

/// The words of a text of a heading.
pub(super) fn text(placed: &Placed, words: &[Word]) -> String {
    placed.words.iter().map(|&i| words[i].text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether two of the texts say the same, as in a table that goes on beside itself.
fn twins(all: &[Heading], words: &[Word]) -> bool {
    let texts: Vec<String> = all.iter().map(|h| text(&h.placed, words)).collect();
    texts.iter().enumerate().any(|(k, t)| texts[..k].contains(t))
}

/// For each text of a line whether it and the one beside it stand there again, as `Level Rate Level Rate` below the headings of groups of
/// columns: they go on with no text above them.
fn repeated(band: &Band, words: &[Word]) -> Vec<bool> {
    let texts: Vec<String> = band.cells.iter().map(|p| text(p, words)).collect();
    let mut out = vec![false; texts.len()];
    for k in 1..texts.len() {
        let pair = (&texts[k - 1], &texts[k]);
        let again = pair.0 != pair.1 && (1..texts.len()).any(|m| m.abs_diff(k) > 1 && (&texts[m - 1], &texts[m]) == pair);
        if again && band.cells[k].col == band.cells[k - 1].col + 1 {
            (out[k - 1], out[k]) = (true, true);
        }
    }
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
    // So many levels are no heading but the lines of a form, whose answers stand beside their labels and may be left out.
    if last >= DEEPEST {
        return;
    }
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
fn continues(h: &Heading, placed: &Placed, i: usize, bands: &[Band], edges: &Edges, rows: Option<f32>) -> bool {
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
    // Lines may stand wide apart where rows stand wider, or where a word or a bracket goes on.
    let size = bands[i].size;
    let open = h.placed.open || h.placed.broken;
    let close = pitch <= CLOSE * size || (pitch <= WIDE * size && (open || rows.is_some_and(|rows| pitch < 0.9 * rows)));
    let joins = !placed.numeric
        || open
        || (placed.open && !h.placed.numeric)
        || (placed.bracketed && bands[i].cells.iter().any(|p| p.bracketed && !p.numeric))
        || (placed.year
            && !h.placed.numeric
            && (dated(&bands[..=i], placed) || spanned(&bands[i], placed))
            && (h.placed.cols == 1 || below_middle(&h.placed, placed, &bands[i])));
    nested && alone && !ruled && flush(&h.placed.area, &placed.area, bands[i].size) && close && joins
}

/// Whether two texts begin, end or have their middle at the same place, as the lines of one text do.
fn flush(above: &Area, below: &Area, size: f32) -> bool {
    let near = |x: f32, y: f32| (x - y).abs() < FLUSH * size;
    near(above.x0, below.x0) || near(above.x1, below.x1) || near(above.mid_x(), below.mid_x())
}

/// Whether a figure of the last of some lines is its only one, as in the second line of `TA 2025`, or stands among words and not between
/// two others without a text above them, over whose middle a text would stand as well: `Jan.–June 2009`.
fn dated(bands: &[Band], placed: &Placed) -> bool {
    let Some((here, above)) = bands.split_last() else { return false };
    let bare = |col: Option<usize>| {
        let own = col.and_then(|c| here.at(c)).filter(|p| p.numeric);
        own.is_some_and(|p| above.last().is_none_or(|b| b.at(p.col).is_none()))
    };
    let between = bare(placed.col.checked_sub(1)) && bare(Some(placed.col + 1));
    let figures = here.cells.iter().filter(|p| p.numeric).count();
    let words = here.cells.iter().filter(|p| !p.numeric && p.col > 0).count();
    figures == 1 || (words * 2 >= figures && !between)
}

/// Whether a year is the only figure of its line, right below the middle of a text across several columns: its last word.
fn below_middle(above: &Placed, placed: &Placed, band: &Band) -> bool {
    let apart = (above.area.mid_x() - placed.area.mid_x()).abs();
    apart < FLUSH * band.size && band.cells.iter().filter(|p| p.numeric).count() == 1
}

/// Whether years stand among single ones: `Change` above `2010–11`, beside `2010` and `2011`.
fn spanned(band: &Band, placed: &Placed) -> bool {
    let mut beside = band.cells.iter().filter(|p| p.year && p.col != placed.col).peekable();
    placed.years && beside.peek().is_some() && beside.all(|p| !p.years)
}

/// Whether a line says nothing but in what each column is counted: `(%) (ha) (ribu)`, or short signs in all columns but
/// the first: `% $m t`, or the same sign in some of them.
fn units(band: &Band, words: &[Word], cols: usize) -> bool {
    let texts = || band.cells.iter().flat_map(|p| p.words.iter().map(|&i| words[i].text.as_str()));
    let signs = texts().filter(|t| t.contains(['%', '$', '€', '£', '¥', '\'', '’', '.'])).count();
    let short = band.cells.len() >= 3 && band.cells.len() + 1 >= cols && texts().all(|t| t.chars().count() <= 5);
    let one = |p: &Placed| p.words.len() == 1 && words[p.words[0]].text == words[band.cells[0].words[0]].text;
    let same = signs == band.cells.len() && band.cells.iter().all(one) && texts().all(|t| t.chars().count() <= 6);
    // The name of the first column may stand beside them.
    let inner = || band.cells.iter().filter(|p| p.col > 0);
    let bracketed = inner().all(|p| p.bracketed) && (inner().count() > 2 || band.cells.iter().all(|p| p.bracketed));
    // `(P)` below `PEREMPUAN` is its initial.
    let initial = |t: &str| {
        t.strip_prefix('(').and_then(|t| t.strip_suffix(')')).is_some_and(|t| t.len() == 1 && t.starts_with(char::is_uppercase))
    };
    let bracketed = bracketed && !texts().all(initial);
    band.cells.len() > 1 && (same || bracketed || (short && signs * 3 >= band.cells.len()))
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

    fn read(lines_of: &[&[(&str, f32)]], edges: &Edges) -> usize {
        let placed = (0_u8..).zip(lines_of).flat_map(|(i, texts)| {
            let y = f32::from(i).mul_add(12.0, 100.0);
            texts.iter().map(move |(t, x)| Word::sample(t, *x, y, 8.0))
        });
        let words: Vec<Word> = placed.collect();
        let bounds = [20.0, 100.0, 150.0, 200.0, 240.0];
        let rows = lines(&words, 0..words.len());
        let bands: Vec<Band> = rows.iter().filter_map(|l| row(&words, l)).map(|r| band(&r, &bounds, &words)).collect();
        height(&words, &bands, &figure_columns(&bands, 4), edges)
    }

    const HEADS: &[(&str, f32)] = &[("Uraian", 20.0), ("Target", 110.0), ("Hasil", 160.0), ("Sisa", 210.0)];

    #[test]
    fn a_name_in_the_middle_of_all_columns_is_no_heading_where_others_stand_so_further_down() {
        let figures: &[(&str, f32)] = &[("Ajung", 20.0), ("120", 110.0), ("140", 160.0), ("15", 210.0)];
        let name = |text: &'static str| {
            let width = Word::sample(text, 0.0, 100.0, 8.0).area.width();
            [(text, 130.0 - width / 2.0)]
        };
        let (long, short) = (name("Perkotaan"), name("Desa"));
        let all = [HEADS, &long, figures, figures, &short, figures, figures];
        assert_eq!((read(&all, &Edges::default()), read(&all[..4], &Edges::default())), (1, 2));
    }

    #[test]
    fn a_row_of_short_figures_above_a_line_is_no_heading_and_numbers_of_columns_are() {
        let row = |f: [&'static str; 3]| [("Ajung", 20.0), (f[0], 110.0), (f[1], 160.0), (f[2], 210.0)];
        let figures = row(["12", "7", "31"]);
        let rules = Edges::new([1.0_f32, 2.0, 3.0, 4.0].map(|k| {
            let at = k.mul_add(12.0, 109.0);
            super::super::shapes::Rule { level: true, at, from: 20.0, to: 240.0 }
        }));
        let count = |first: [&'static str; 3]| read(&[HEADS, &row(first), &figures, &figures, &figures, &figures], &rules);
        assert_eq!((count(["22", "6", "1"]), count(["1", "2", "3"])), (1, 2));
    }
}
