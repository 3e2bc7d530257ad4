//! Columns that hardly any row fills, as the last one of a triangle: where the heading and a row both have two texts, there are two
//! columns, although all other rows have one. And columns that no row fills: a line of the heading has a text for each column, and one
//! more between two of them.

use super::between::lowest;
use super::tokens::{Row, Token};

/// White between two columns, as a share of the font size.
const WHITE: f32 = 0.8;
/// How far beginnings in one column may differ, in points.
const FLUSH: f32 = 1.0;

/// These strips, and one within each column in which two rows have two texts apart, figures in one row at least, that all others leave
/// free. `low` and `high` are the ends of the table.
#[must_use]
pub fn with_sparse(rows: &[Row], mut strips: Vec<(f32, f32)>, low: f32, high: f32) -> Vec<(f32, f32)> {
    let ends = |k: usize| (if k == 0 { low } else { strips[k - 1].1 }, strips.get(k).map_or(high, |s| s.0));
    let found: Vec<(f32, f32)> = (1..=strips.len()).filter_map(|k| parted(rows, ends(k))).collect();
    strips.extend(found);
    strips.sort_by(|a, b| a.0.total_cmp(&b.0));
    strips
}

/// The strip within a column, if two rows show one.
fn parted(rows: &[Row], (from, to): (f32, f32)) -> Option<(f32, f32)> {
    let inside = |t: &&Token| t.area.x1 > from && t.area.x0 < to;
    let held: Vec<Vec<&Token>> = rows.iter().map(|r| r.tokens.iter().filter(inside).collect()).collect();
    let (mut strip, mut shown, mut counted) = ((from, to), 0, false);
    for own in &held {
        let [.., a, b] = own.as_slice() else { continue };
        if own.len() > 2 || b.area.x0 - a.area.x1 < WHITE * a.size || !a.numeric || !b.numeric {
            return None;
        }
        strip = (strip.0.max(a.area.x1), strip.1.min(b.area.x0));
        (shown, counted) = (shown + 1, counted || (a.small.is_none() && b.small.is_none()));
    }
    let free = |t: &&Token| t.area.x1 <= strip.0 + 0.1 || t.area.x0 >= strip.1 - 0.1;
    (shown >= 2 && counted && strip.0 < strip.1 && held.iter().flatten().all(free)).then_some(strip)
}

/// These strips, and one on each side of a column that only poorer rows than those that tell the columns fill: the codes of budgets, which
/// the details below them do not have. A heading stands over it. Of `rows` those count that stand below it.
#[must_use]
pub fn with_poor(rows: &[Row], heading: &[&Row], strips: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    let part = |s: (f32, f32)| poor(rows, heading, s).map_or_else(|| vec![s], |(x0, x1)| vec![(s.0, x0), (x1, s.1)]);
    strips.into_iter().flat_map(part).collect()
}

/// The ends of the column within a strip: texts below a heading that begin where it begins, apart from both sides.
fn poor(rows: &[Row], heading: &[&Row], (from, to): (f32, f32)) -> Option<(f32, f32)> {
    let within = |t: &&Token| t.area.x0 > from && t.area.x1 < to;
    let over = heading.iter().find(|r| r.tokens.iter().any(|t| within(&t)))?;
    let mut heads = over.tokens.iter().filter(within);
    let head = heads.next().filter(|_| heads.next().is_none())?;
    let (mut own, mut shown, mut other) = ((head.area.x0, head.area.x1), 0, 0);
    for row in rows.iter().filter(|r| r.area.y0 > head.area.y1) {
        let reaching = |t: &&Token| t.area.x1 > from && t.area.x0 < to && !(t.area.x0 <= from && t.area.x1 >= to);
        let texts: Vec<&Token> = row.tokens.iter().filter(reaching).collect();
        match texts.as_slice() {
            [] => {}
            [t] if within(t) && row.tokens.len() > 1 && (t.area.x0 - head.area.x0).abs() < FLUSH => {
                (own, shown) = ((own.0.min(t.area.x0), own.1.max(t.area.x1)), shown + 1);
            }
            _ => other += 1,
        }
    }
    (shown >= 3 && other * 4 <= shown).then_some(own)
}

/// These strips, and those between columns that each row fills one of, as the levels of a tree: `PROG | KEG | KRO`, a column for each
/// level, its codes below the beginning of its heading.
#[must_use]
pub fn with_steps(rows: &[Row], heading: &[&Row], mut strips: Vec<(f32, f32)>, low: f32, high: f32) -> Vec<(f32, f32)> {
    let ends = |k: usize| (if k == 0 { low } else { strips[k - 1].1 }, strips.get(k).map_or(high, |s| s.0));
    let found: Vec<(f32, f32)> = (0..=strips.len()).flat_map(|k| steps(rows, heading, ends(k))).collect();
    strips.extend(found);
    strips.sort_by(|a, b| a.0.total_cmp(&b.0));
    strips
}

/// The strips between the steps within a column, if its rows show any.
fn steps(rows: &[Row], heading: &[&Row], (from, to): (f32, f32)) -> Vec<(f32, f32)> {
    let inside = |t: &&Token| t.area.x1 > from && t.area.x0 < to;
    let Some(heads) = heading.iter().map(|r| r.tokens.iter().filter(inside).collect::<Vec<_>>()).find(|t| t.len() > 1) else {
        return Vec::new();
    };
    let mut reach: Vec<f32> = heads.iter().map(|h| h.area.x1).collect();
    let mut filled = vec![false; heads.len()];
    for row in rows.iter().filter(|r| r.area.y0 > heads[0].area.y1) {
        let own: Vec<&Token> = row.tokens.iter().filter(inside).collect();
        let text = match own.as_slice() {
            [] => continue,
            [text] => text,
            _ => return Vec::new(),
        };
        let Some(step) = heads.iter().position(|h| (h.area.x0 - text.area.x0).abs() < FLUSH) else { return Vec::new() };
        reach[step] = reach[step].max(text.area.x1);
        filled[step] = true;
    }
    let between: Vec<(f32, f32)> = reach.iter().zip(&heads[1..]).map(|(end, next)| (*end, next.area.x0)).collect();
    let apart = between.iter().all(|(end, next)| end < next);
    if apart && filled.iter().all(|f| *f) { between } else { Vec::new() }
}

/// These strips, and one on each side of every column that only the heading shows.
#[must_use]
pub fn with_empty(heading: &[&Row], strips: Vec<(f32, f32)>, low: f32, high: f32) -> Vec<(f32, f32)> {
    let lines = heading.iter().map(|r| before(r, high).iter().collect());
    let last = lowest(heading).into_iter().filter(|t| t.area.x0 < high).collect();
    let found = |texts: Vec<&Token>| only_headed(texts, &strips, (low, high));
    let Some(empty) = lines.chain([last]).find_map(found) else { return strips };
    let part = |(k, s): (usize, (f32, f32))| match empty.iter().find(|e| e.0 == k) {
        Some(&(_, x0, x1)) => vec![(s.0, x0), (x1, s.1)],
        None => vec![s],
    };
    strips.into_iter().enumerate().flat_map(part).collect()
}

/// The texts that are left when each column has taken its own, each with the strip it stands in and its ends. None where a column finds
/// no text, or a text left over may belong to one beside it.
fn only_headed(mut texts: Vec<&Token>, strips: &[(f32, f32)], (low, high): (f32, f32)) -> Option<Vec<(usize, f32, f32)>> {
    texts.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
    let from = |c: usize| if c == 0 { low } else { strips[c - 1].1 };
    let to = |c: usize| strips.get(c).map_or(high, |s| s.0);
    // Where nothing stands over a column, its heading stands left of its figures, in the middle of the cell.
    let own = |c: usize| {
        let over = |t: &&Token| t.area.x0 < to(c) && t.area.x1 > from(c);
        let beside = |t: &&Token| c > 0 && t.area.x0 > to(c - 1) && t.area.x1 < from(c);
        texts.iter().position(over).or_else(|| texts.iter().rposition(beside))
    };
    let taken: Vec<usize> = (0..=strips.len()).map(own).collect::<Option<_>>()?;
    let apart = |t: &Token| {
        let level = |o: &&&Token| (o.area.mid_y() - t.area.mid_y()).abs() < 0.5 * t.size;
        let close = |o: &&Token| o.area != t.area && o.area.shared_width(&t.area) > -WHITE * t.size;
        !texts.iter().filter(level).any(close)
    };
    let strip = |t: &Token| strips.iter().position(|s| t.area.x0 > s.0 && t.area.x1 < s.1);
    let left = (0..texts.len()).filter(|i| !taken.contains(i)).map(|i| texts[i]);
    let empty = left.map(|t| strip(t).filter(|_| apart(t)).map(|k| (k, t.area.x0, t.area.x1)));
    let empty: Vec<(usize, f32, f32)> = empty.collect::<Option<_>>()?;
    let ordered = taken.windows(2).all(|w| w[0] < w[1]) && empty.windows(2).all(|w| w[0].0 < w[1].0);
    (ordered && !empty.is_empty()).then_some(empty)
}

/// The texts of a line of the heading that begin before the end of the last column.
#[must_use]
pub fn before(row: &Row, high: f32) -> &[Token] {
    &row.tokens[..row.tokens.partition_point(|t| t.area.x0 < high)]
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::super::tokens::row;
    use super::super::words::Word;
    use super::*;

    #[test]
    fn the_last_column_of_a_triangle_is_told_by_its_number_and_its_only_figure() {
        let read = |last: &[(&str, f32)]| {
            let mut placed =
                vec![("(1)", 50.0, 10.0), ("(2)", 90.0, 10.0), ("(3)", 130.0, 10.0), ("Umur", 0.0, 22.0), ("1.00", 50.0, 22.0)];
            placed.extend([
                ("Kerja", 0.0, 34.0),
                ("0.31", 50.0, 34.0),
                ("1.00", 90.0, 34.0),
                ("Upah", 0.0, 46.0),
                ("0.47", 50.0, 46.0),
            ]);
            placed.extend(last.iter().map(|&(t, x)| (t, x, 46.0)));
            let words: Vec<Word> = placed.iter().map(|&(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
            let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
            with_sparse(&rows, vec![(30.0, 48.0), (70.0, 88.0)], 0.0, 150.0).len()
        };
        assert_eq!(
            [read(&[("0.52", 90.0), ("1.00", 130.0)]), read(&[("0.52", 90.0), ("1.00", 108.0)]), read(&[("0.52", 90.0)])],
            [3, 2, 2]
        );
    }

    #[test]
    fn a_column_without_a_row_is_told_by_its_number() {
        let read = |numbers: &[(&str, f32)]| {
            let words: Vec<Word> = numbers.iter().map(|&(t, x)| Word::sample(t, x, 10.0, 8.0)).collect();
            let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
            with_empty(&rows.iter().collect::<Vec<_>>(), vec![(40.0, 60.0), (90.0, 150.0)], 0.0, 190.0)
        };
        let all = read(&[("(1)", 10.0), ("(2)", 70.0), ("(3)", 110.0), ("(4)", 160.0)]);
        assert!(matches!(all.as_slice(), [(_, _), (90.0, x), (y, 150.0)] if x < y), "{all:?}");
        // A text left of its figures is theirs, and what stands before it heads the empty column.
        assert_eq!(read(&[("(1)", 10.0), ("(2)", 70.0), ("(3)", 110.0), ("(4)", 135.0)]).len(), 3);
        // As many as columns; a column without a text; a text that may go on with the one beside it.
        assert_eq!(read(&[("(1)", 10.0), ("(2)", 70.0), ("(3)", 110.0)]).len(), 2);
        assert_eq!(read(&[("(2)", 70.0), ("(3)", 110.0), ("(4)", 160.0)]).len(), 2);
        assert_eq!(read(&[("(1)", 10.0), ("(2)", 78.0), ("(3)", 93.0), ("(4)", 160.0)]).len(), 2);
    }

    #[test]
    fn levels_of_a_tree_stand_in_a_column_each() {
        let read = |keg: f32| {
            let placed = [("PROG", 0.0, 10.0), ("KEG", 50.0, 10.0), ("KRO", 80.0, 10.0), ("PAGU", 140.0, 10.0)];
            let codes = [("076.01", 0.0), ("3363", keg), ("PEH", 80.0), ("3364", keg), ("BDB", 80.0)];
            let body =
                (2_u8..).zip(codes).flat_map(|(i, (t, x))| [(t, x, f32::from(i) * 12.0), ("500", 140.0, f32::from(i) * 12.0)]);
            let words: Vec<Word> = placed.into_iter().chain(body).map(|(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
            let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
            with_steps(&rows, &[&rows[0]], vec![(100.0, 140.0)], 0.0, 160.0).len()
        };
        // The second level below its heading; between two headings.
        assert_eq!([read(50.0), read(40.0)], [3, 1]);
    }
}
