//! Two tables close below each other whose rows share no columns.

use super::tokens::{Row, Token};

/// Whether another table begins at a row: below white wider than any above it, rows of texts whose inner columns begin elsewhere than those
/// of all rows above, and whose texts stand across where those begin. Columns of figures tell by their ends and are left to others.
#[must_use]
pub fn other_columns(rows: &[Row], start: usize, at: usize) -> bool {
    const LOOKED_AT: usize = 16;
    let white = |w: &[Row]| w[1].area.y0 - w[0].area.y1;
    let usual = rows[start..at].windows(2).map(white).fold(0.0, f32::max);
    let (here, size) = (white(&rows[at - 1..=at]), rows[at].size);
    if here < 0.8 * size || here < 1.5 * usual {
        return false;
    }
    let end = (at + 1..rows.len().min(at + LOOKED_AT)).find(|&k| white(&rows[k - 1..=k]) > 0.8 * here).unwrap_or(rows.len());
    let (above, below) = (&rows[start..at], &rows[at..end.min(at + LOOKED_AT)]);
    let inner = |rows: &[Row]| -> Vec<f32> { rows.iter().flat_map(|r| r.tokens.iter().skip(1)).map(|t| t.area.x0).collect() };
    let ((a, again_a), (b, again_b)) = (with_recurring(inner(above)), with_recurring(inner(below)));
    let apart = |xs: &[f32], ys: &[f32]| !xs.is_empty() && xs.iter().all(|x| ys.iter().all(|y| (x - y).abs() > size));
    let texts = |rows: &[Row]| rows.iter().flat_map(|r| r.tokens.iter().skip(1)).all(|t| !t.numeric);
    let titles = usize::from(below[0].tokens.len() == 1);
    let across = |rows: &[Row], xs: &[f32]| {
        let over = |t: &Token| xs.iter().any(|x| t.area.x0 < x - size && t.area.x1 > x + size);
        rows.iter().flat_map(|r| &r.tokens).any(over)
    };
    let crossed = || across(&below[titles..], &again_a) || across(above, &again_b);
    texts(above) && texts(below) && apart(&again_a, &b) && apart(&again_b, &a) && crossed()
}

/// Where texts begin, from left to right, and where several do.
fn with_recurring(mut begins: Vec<f32>) -> (Vec<f32>, Vec<f32>) {
    begins.sort_by(f32::total_cmp);
    let recurring = begins.chunk_by(|a, b| b - a < 1.5).filter(|same| same.len() > 1).map(|same| same[0]).collect();
    (begins, recurring)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;
    use crate::read::pdf::words::Word;

    #[test]
    fn texts_below_white_in_columns_of_their_own_are_another_table() {
        let long = "a".repeat(60);
        let placed = |x: f32, white: f32| {
            let above = [("Nomor", "12/ORT/KPU", 0.0), ("Nama", "Surat", 12.0), ("Pengesah", "Sekretaris", 24.0)];
            let below = [("Dasar", "Kualifikasi", 0.0), (long.as_str(), "Memahami", 12.0), (long.as_str(), "Mampu", 24.0)];
            let above = above.into_iter().flat_map(|(a, b, y)| [(a, 40.0, 100.0 + y), (b, 150.0, 100.0 + y)]);
            let below = below.into_iter().flat_map(move |(a, b, y)| [(a, 40.0, 124.0 + white + y), (b, x, 124.0 + white + y)]);
            let words: Vec<Word> = above.chain(below).map(|(t, x, y)| Word::sample(t, x, y, 8.0)).collect();
            let rows: Vec<Row> = lines(&words, 0..words.len()).iter().filter_map(|l| row(&words, l)).collect();
            other_columns(&rows, 0, 3)
        };
        assert_eq!([placed(400.0, 30.0), placed(400.0, 12.0), placed(150.0, 30.0)], [true, false, false]);
    }
}
