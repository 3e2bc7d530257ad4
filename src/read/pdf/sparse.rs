//! Columns that hardly any row fills, as the last one of a triangle: where the heading and a row both have two texts, there are two
//! columns, although all other rows have one. And columns that no row fills: a line of the heading has a text for each column, and one
//! more between two of them.

use super::tokens::{Row, Token};

/// White between two columns, as a share of the font size.
const WHITE: f32 = 0.8;

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

/// These strips, and one on each side of every column that only a line of the heading shows.
#[must_use]
pub fn with_empty(heading: &[&Row], strips: Vec<(f32, f32)>, low: f32, high: f32) -> Vec<(f32, f32)> {
    let from = |c: usize| if c == 0 { low } else { strips[c - 1].1 };
    let to = |c: usize| strips.get(c).map_or(high, |s| s.0);
    let found = heading.iter().find_map(|r| {
        let texts = before(r, high);
        let more = texts.len().checked_sub(strips.len() + 1).filter(|more| *more > 0)?;
        let over = |c: usize| texts.iter().any(|t| t.area.x0 < to(c) && t.area.x1 > from(c));
        let between = |k: usize| {
            let mut own = texts.iter().filter(|t| t.area.x0 > strips[k].0 && t.area.x1 < strips[k].1);
            own.next().filter(|_| own.next().is_none() && over(k) && over(k + 1)).map(|t| (k, t.area.x0, t.area.x1))
        };
        let empty: Vec<(usize, f32, f32)> = (0..strips.len()).filter_map(between).collect();
        (empty.len() == more).then_some(empty)
    });
    let Some(empty) = found else { return strips };
    let part = |(k, s): (usize, (f32, f32))| match empty.iter().find(|e| e.0 == k) {
        Some(&(_, x0, x1)) => vec![(s.0, x0), (x1, s.1)],
        None => vec![s],
    };
    strips.into_iter().enumerate().flat_map(part).collect()
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
        // Nothing tells to which of two columns a text between them belongs that leaves one of them without.
        assert_eq!(read(&[("(1)", 10.0), ("(2)", 70.0), ("(3)", 110.0)]).len(), 2);
        assert_eq!(read(&[("(1)", 10.0), ("(2)", 70.0), ("(3)", 110.0), ("(4)", 130.0)]).len(), 2);
    }
}
