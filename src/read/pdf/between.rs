//! Headings that stand between two columns of figures: left over right-aligned figures, or right over short ones. Each belongs to the
//! column that would have no heading without it, and there the border between the columns is.

use super::tokens::{Row, Token};

/// For each strip whether the heading within it belongs to the column on its left; `None` where there is none, or columns and headings do
/// not go up. `low` and `high` are the ends of the table.
#[must_use]
pub fn sides(strips: &[(f32, f32)], heading: &[&Row], low: f32, high: f32) -> Vec<Option<bool>> {
    let texts = lowest(heading);
    let tokens = || texts.iter();
    let cols = strips.len() + 1;
    let from = |c: usize| if c == 0 { low } else { strips[c - 1].1 };
    let to = |c: usize| strips.get(c).map_or(high, |s| s.0);
    // The first column may do without.
    let mut headed: Vec<bool> = (0..cols).map(|c| c == 0 || tokens().any(|t| t.area.x0 < to(c) && t.area.x1 > from(c))).collect();
    let within = |s: &(f32, f32)| tokens().filter(|t| t.area.x0 >= s.0 && t.area.x1 <= s.1).count();
    let held: Vec<usize> = strips.iter().map(within).collect();
    // Two texts between two columns are one for each of them.
    for k in (0..strips.len()).filter(|&k| held[k] > 1) {
        (headed[k], headed[k + 1]) = (true, true);
    }
    let mut open: Vec<bool> = held.iter().map(|&n| n == 1).collect();
    let mut out = vec![None; strips.len()];
    if headed.iter().filter(|h| !**h).count() != open.iter().filter(|o| **o).count() {
        return out;
    }
    // A column without a heading between a strip that has none to give and one that has takes it.
    while let Some((c, k)) = (0..cols).filter(|&c| !headed[c]).find_map(|c| only(&open, c).map(|k| (c, k))) {
        (headed[c], open[k]) = (true, false);
        out[k] = Some(k == c);
    }
    out
}

/// The texts of a heading that stand above no others: those of single columns.
#[must_use]
pub fn lowest<'r>(heading: &[&'r Row]) -> Vec<&'r Token> {
    let last = |i: usize, t: &Token| {
        let below = || heading[i + 1..].iter().flat_map(|r| &r.tokens);
        below().all(|u| t.area.shared_width(&u.area) <= 0.0) && !straddled(heading[i], t, below)
    };
    heading.iter().enumerate().flat_map(|(i, r)| r.tokens.iter().filter(move |t| last(i, t))).collect()
}

/// Whether texts below stand on both sides of a text, nearer to it than to its neighbours: it is centred over an even number of them.
fn straddled<'t, I: Iterator<Item = &'t Token>>(row: &Row, text: &Token, below: impl Fn() -> I) -> bool {
    let left = row.tokens.iter().filter(|o| o.area.x1 <= text.area.x0).map(|o| o.area.x1).fold(f32::NEG_INFINITY, f32::max);
    let right = row.tokens.iter().filter(|o| o.area.x0 >= text.area.x1).map(|o| o.area.x0).fold(f32::INFINITY, f32::min);
    let (low, high) = (f32::midpoint(left, text.area.x0), f32::midpoint(text.area.x1, right));
    let on_left = below().any(|u| u.area.x1 <= text.area.x0 && u.area.mid_x() > low);
    on_left && below().any(|u| u.area.x0 >= text.area.x1 && u.area.mid_x() < high)
}

/// The strip beside a column that has a heading to give, if it is one only.
fn only(open: &[bool], c: usize) -> Option<usize> {
    let right = open.get(c).copied().unwrap_or(false);
    match (c.checked_sub(1).filter(|&k| open[k]), right) {
        (Some(k), false) => Some(k),
        (None, true) => Some(c),
        _ => None,
    }
}

/// By how much a heading too long for its column may reach over the next one, in points.
const CLIPPED: f32 = 4.0;

/// Where to cut within a strip: beside the texts of the heading that reach into it. `left` is where the column left of it starts,
/// `right` where the one right of it ends; `k` of `cols` columns is the one left of it;
/// `side` says whether a text within the strip belongs to that one, where this is known.
#[must_use]
pub fn cut(strip: (f32, f32), (left, right): (f32, f32), (k, cols): (usize, usize), heading: &[&Row], side: Option<bool>) -> f32 {
    // A line with one text for each column says which is whose.
    let between =
        |r: &&&Row| (r.tokens.len() == cols).then(|| (r.tokens[k].area.x1.max(strip.0), r.tokens[k + 1].area.x0.min(strip.1)));
    let told = heading.iter().filter_map(|r| between(&r)).reduce(|a, b| (a.0.max(b.0), a.1.min(b.1)));
    let told = told.filter(|_| cols > 2);
    if let Some((end, start)) = told.filter(|(a, b)| b <= a && a - b < CLIPPED) {
        return f32::midpoint(end, start);
    }
    let told = told.filter(|(a, b)| a < b);
    let around = told.unwrap_or(strip);
    let reaching = |r: &'_ &Row| -> Vec<(Option<bool>, Token)> {
        let inside = r.tokens.iter().filter(|t| t.area.x0 < strip.1 && t.area.x1 > strip.0);
        inside.map(|t| (side.or_else(|| side_by_row(r, t, strip, left, right)), t.clone())).collect()
    };
    let open = heading.iter().filter(|r| told.is_none() || r.tokens.len() != cols);
    let texts: Vec<(Option<bool>, Token)> = open.flat_map(reaching).collect();
    let beside = |(low, high): (f32, f32), (told, t): &(Option<bool>, Token)| match (t.area.x0 < strip.0, t.area.x1 > strip.1) {
        // Stands across both columns.
        (true, true) => (low, high),
        (true, false) => (low.max(t.area.x1), high),
        (false, true) => (low, high.min(t.area.x0)),
        (false, false) if told.unwrap_or_else(|| heads_left(t, strip, left, right)) => (low.max(t.area.x1), high),
        (false, false) => (low, high.min(t.area.x0)),
    };
    let (low, high) = texts.iter().fold(around, beside);
    if low < high {
        return f32::midpoint(low, high);
    }
    // What heads several columns may reach over the border of two of them.
    let below = |t: &Token, o: &Token| o.area.y0 > t.area.mid_y() && t.area.shared_width(&o.area) > 0.0;
    let last = texts.iter().filter(|(_, t)| !heading.iter().flat_map(|r| &r.tokens).any(|o| below(t, o)));
    let (low, high) = last.fold(around, beside);
    if low < high { f32::midpoint(low, high) } else { f32::midpoint(strip.0, strip.1) }
}

/// Whether a heading that stands within a strip belongs to the column on its left, as its neighbours tell: the one column has its
/// heading on the same line already.
fn side_by_row(row: &Row, t: &Token, strip: (f32, f32), left: f32, right: f32) -> Option<bool> {
    let over_left = row.tokens.iter().any(|o| o.area.x1 <= t.area.x0 && o.area.x1 > left && o.area.x0 < strip.0);
    let over_right = row.tokens.iter().any(|o| o.area.x0 >= t.area.x1 && o.area.x0 < right && o.area.x1 > strip.1);
    (over_left != over_right).then_some(over_right)
}

/// Whether a heading that stands within a strip belongs to the column on its left. Headings are centred in their columns: the one
/// whose other border would lie where it can lie is meant.
fn heads_left(t: &Token, strip: (f32, f32), left: f32, right: f32) -> bool {
    let border_if_left = 2.0_f32.mul_add(t.area.mid_x(), -left);
    let border_if_right = 2.0_f32.mul_add(t.area.mid_x(), -right);
    let may_left = border_if_left > t.area.x1 - 1.0 && border_if_left < strip.1 + 4.0;
    let may_right = border_if_right < t.area.x0 + 1.0 && border_if_right > strip.0 - 4.0;
    if may_left == may_right { t.area.x0 - strip.0 < strip.1 - t.area.x1 } else { may_left }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;
    use crate::read::pdf::words::Word;

    #[test]
    fn headings_left_of_their_figures_go_right_to_the_last() {
        let words = [("State", 20.0), ("Number", 60.0), ("Rate", 120.0)].map(|(text, x)| Word::sample(text, x, 100.0, 8.0));
        let rows: Vec<Row> = lines(&words, 0..3).iter().filter_map(|l| row(&words, l)).collect();
        let heading: Vec<&Row> = rows.iter().collect();
        assert_eq!(sides(&[(50.0, 95.0), (110.0, 150.0)], &heading, 20.0, 170.0), [Some(false), Some(false)]);
        assert_eq!(sides(&[(50.0, 55.0), (110.0, 150.0)], &heading, 20.0, 170.0), [None, Some(false)]);
        // Both between the first two columns: one is for each of them.
        assert_eq!(sides(&[(50.0, 145.0), (160.0, 165.0)], &heading, 20.0, 170.0), [None, None]);
        // Two columns without a heading, and one text between them: nothing tells.
        assert_eq!(sides(&[(50.0, 55.0), (110.0, 150.0), (160.0, 165.0)], &heading, 20.0, 170.0), [None, None, None]);
    }

    #[test]
    fn a_text_between_two_others_below_heads_both() {
        let lines_of = [[("Baru", 100.0, 100.0), ("", 0.0, 0.0)], [("L", 80.0, 112.0), ("P", 130.0, 112.0)]];
        let texts = lines_of.into_iter().flatten().filter(|(text, ..)| !text.is_empty());
        let words: Vec<Word> = texts.map(|(text, x, y)| Word::sample(text, x, y, 8.0)).collect();
        let rows: Vec<Row> = lines(&words, 0..3).iter().filter_map(|l| row(&words, l)).collect();
        let heading: Vec<&Row> = rows.iter().collect();
        // Names up to 60, figures at 95 to 105 and at 145 to 155: `L` and `P` stand left of theirs.
        assert_eq!(sides(&[(60.0, 95.0), (105.0, 145.0)], &heading, 20.0, 155.0), [Some(false), Some(false)]);
    }

    #[test]
    fn a_heading_cut_off_where_the_next_begins_is_parted_from_it_there() {
        // `Kecamatan` reaches over the `L` of the next column, whose figures end far to the right.
        let words =
            [("No", 20.0), ("Kecamatan", 60.0), ("L", 94.0), ("P", 150.0)].map(|(text, x)| Word::sample(text, x, 100.0, 8.0));
        let rows: Vec<Row> = (0..4).filter_map(|i| row(&words, &lines(&words, std::iter::once(i))[0])).collect();
        let whole = Row { tokens: rows.iter().flat_map(|r| r.tokens.clone()).collect(), ..rows[0].clone() };
        let at = cut((90.0, 120.0), (60.0, 140.0), (1, 4), &[&whole], None);
        assert!((94.0..96.0).contains(&at), "{at}");
    }
}
