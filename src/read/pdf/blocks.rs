//! Rows of tokens → blocks that may be tables: rows below each other that leave the same strips free.

use super::above::{lead, over_name, titles};
use super::geometry::Area;
use super::tables_apart::other_columns;
use super::tokens::Row;

/// Most rows with a single token between two parted rows of one block (group headings, wrapped text).
const MOST_SINGLE: usize = 3;
/// Most lines of a label above its figures.
const MOST_LINES: usize = 9;

/// Ranges of rows that look like tables. The rows are sorted from top to bottom.
#[must_use]
pub fn blocks(rows: &[Row]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < rows.len() {
        if !rows[i].parted() {
            i += 1;
            continue;
        }
        let end = grow(rows, i);
        if (i..end).filter(|&k| rows[k].parted()).count() >= 2 {
            let floor = out.last().map_or(0, |r: &std::ops::Range<usize>| r.end);
            let first = lead(rows, i, floor, 0.7);
            let first = over_name(rows, first, floor).map_or(first, |head| lead(rows, head, floor, 0.7));
            out.push(first..trail(rows, i, end));
        }
        i = end;
    }
    out
}

/// End of the block that starts at a parted row.
fn grow(rows: &[Row], start: usize) -> usize {
    let mut end = start + 1;
    let mut parted = vec![start];
    let mut k = start + 1;
    while k < rows.len() && (k - end <= MOST_SINGLE || (k - end <= MOST_LINES && labels(&rows[start..end], &rows[end - 1..k]))) {
        let above = &rows[k - 1];
        let white = rows[k].area.y0 - above.area.y1;
        let size = rows[k].size.max(above.size);
        let near = white < 0.6 * size && (!rows[k].dotted || rows[k].tokens.len() > 2);
        let related = rows[k].parted() && (near || parted.iter().rev().take(4).any(|&p| share_strip(&rows[p], &rows[k])));
        // A label of two lines, with its figures between them at mid height.
        let leads = rows.get(k + 1).is_some_and(|next| {
            let beside = next.area.y0 < rows[k].area.y1 && next.parted();
            !rows[k].parted() && beside && parted.iter().rev().take(4).any(|&p| share_strip(&rows[p], next))
        });
        let far = match related || leads {
            true if rows[k].tokens.len() >= 3 => 4.5,
            true => 3.2,
            false => 1.6,
        };
        let inner = goes_on(&rows[start..k], &rows[k]);
        let runs = running(&rows[k], &rows[start..end]) && !inner;
        let title =
            captioned(&rows[start..=k]) || k == start + 1 && below_running_title(&rows[start..]) || other_columns(rows, start, k);
        if white > far * size || runs || title || (k > end && new_heading(&rows[start..end], &rows[k])) {
            break;
        }
        if rows[k].parted() && (related || !names_group(rows, k, &parted)) {
            if !related {
                break;
            }
            parted.push(k);
            end = k + 1;
        } else if inner && white < 1.2 * size {
            end = k + 1;
        }
        k += 1;
    }
    end
}

/// Whether a row is the number and the name of a group of rows (`I  KEC. MAMUJU`) right below a sum over all columns, which leaves no strip
/// free between the two: rows like those above follow at the same pace.
fn names_group(rows: &[Row], k: usize, parted: &[usize]) -> bool {
    let (Some(above), Some(next)) = (k.checked_sub(1).map(|n| &rows[n]), rows.get(k + 1)) else { return false };
    let steps = (rows[k].base - above.base, next.base - rows[k].base);
    let bare = rows[k].tokens.len() == 2 && rows[k].tokens[1..].iter().all(|t| !t.numeric);
    let even = (steps.0 - steps.1).abs() < 0.1 * steps.0.max(steps.1);
    bare && even
        && next.tokens.len() > 2
        && parted.iter().rev().take(4).any(|&p| rows[p].tokens.len() > 2 && share_strip(&rows[p], next))
}

/// Whether the last of these rows is the caption of another table, farther below the rest than their rows are from each other.
fn captioned(rows: &[Row]) -> bool {
    let Some((last, [.., above])) = rows.split_last() else { return false };
    let white = last.area.y0 - above.area.y1;
    let widest = || rows[..rows.len() - 1].windows(2).map(|w| w[1].area.y0 - w[0].area.y1).fold(0.0, f32::max);
    last.caption && white > 0.8 * last.size && white > widest() + 0.3 * last.size
}

/// Whether the first of these rows is the running title of a page and the second the title of a table below it: larger than that, or below
/// a page number in the middle above its columns.
fn below_running_title(rows: &[Row]) -> bool {
    let [running, title, below @ ..] = rows else { return false };
    let numbered = running.tokens.len() == 2 && running.tokens.iter().filter(|t| t.numeric && !t.year).count() == 1;
    let own = title.size > 1.15 * running.size || (numbered && titles(title, &below[..below.len().min(6)]));
    title.tokens.len() == 1 && !title.tokens[0].numeric && own
}

/// Whether a single text begins where texts of an inner column begin: another line of a cell, or of a row with that cell alone.
#[must_use]
pub fn goes_on(above: &[Row], row: &Row) -> bool {
    const LOOKED_AT: usize = 24;
    let [text] = row.tokens.as_slice() else { return false };
    let below = |t: &super::tokens::Token| (t.area.x0 - text.area.x0).abs() < 1.2 && !t.numeric;
    let inner = above.iter().rev().take(LOOKED_AT).filter(|r| r.tokens.len() > 1 && r.tokens[1..].iter().any(below));
    !text.numeric && inner.count() >= 2
}

/// Whether single lines behind a row are those of a label whose figures follow at its foot: close to each other, within the first column.
fn labels(above: &[Row], lines: &[Row]) -> bool {
    let Some(edge) = above.iter().filter(|r| r.parted()).filter_map(|r| r.tokens.get(1)).map(|t| t.area.x0).reduce(f32::min)
    else {
        return false;
    };
    let close = |w: &[Row]| w[1].area.y0 - w[0].area.y1 < 0.6 * w[1].size;
    lines.iter().skip(1).all(|r| r.area.x1 < edge) && lines.windows(2).all(close)
}

/// Whether a row below a text between rows of figures heads another table: words or years where there were figures.
fn new_heading(above: &[Row], row: &Row) -> bool {
    let plain = |t: &super::tokens::Token| t.numeric && !t.year;
    let figures = above
        .iter()
        .filter(|r| r.tokens.len() > 1 && r.tokens[1..].iter().filter(|t| plain(t)).count() * 2 >= r.tokens.len() - 1)
        .count();
    row.tokens.len() > 2 && figures >= 3 && figures * 2 > above.len() && !row.tokens.iter().any(plain)
}

/// Joins blocks of one table that group headings or wider white kept apart: the same columns, and the lower block starts with figures,
/// not with a heading.
#[must_use]
pub fn rejoined(rows: &[Row], ranges: Vec<std::ops::Range<usize>>) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(above) if one_table(rows, above, &range) => above.end = range.end,
            _ => out.push(range),
        }
    }
    out
}

/// Whether two blocks, one below the other, are one table.
fn one_table(rows: &[Row], above: &std::ops::Range<usize>, below: &std::ops::Range<usize>) -> bool {
    let gap = &rows[above.end..below.start];
    let (last, first) = (&rows[above.end - 1], &rows[below.start]);
    let white = rows[above.end - 1..=below.start].windows(2).map(|w| w[1].area.y0 - w[0].area.y1).fold(0.0, f32::max);
    let left = rows[above.clone()].iter().map(|r| r.area.x0).fold(f32::INFINITY, f32::min);
    let right = rows[above.clone()].iter().map(|r| r.area.x1).fold(left, f32::max);
    let centred = |r: &Row| (f32::midpoint(left, right) - r.area.mid_x()).abs() < 0.012 * (right - left);
    let placed = |r: &Row| r.area.x0 < left + 4.0 * r.size || centred(r);
    let label = |r: &Row| r.tokens.len() == 1 && r.chars() <= 60 && placed(r) && r.size < 1.15 * last.size;
    // A single line may be long, if it stands between the rows as close as they do.
    let named = gap.iter().all(label) || (gap.len() == 1 && gap[0].tokens.len() == 1 && white < 1.2 * first.size);
    if gap.len() > 3 || white > 2.4 * first.size || !named || (first.size - last.size).abs() > 0.12 * last.size {
        return false;
    }
    let figures = |r: &Row| r.tokens.iter().skip(1).filter(|t| t.numeric).count();
    let begins = first.area.x0 < left + 4.0 * first.size && figures(first) * 2 >= first.tokens.len() - 1 && figures(first) > 0;
    let headed = rows[below.clone()].iter().take(3).any(|r| new_heading(&rows[above.clone()], r));
    begins && !headed && same_ends(&rows[above.clone()], &rows[below.clone()])
}

/// Whether the figures of both blocks end at the same places.
fn same_ends(above: &[Row], below: &[Row]) -> bool {
    let ends = |rows: &[Row]| -> Vec<f32> {
        rows.iter().flat_map(|r| r.tokens.iter().skip(1).filter(|t| t.numeric).map(|t| t.area.x1)).take(400).collect()
    };
    let (a, b) = (ends(above), ends(below));
    let met = b.iter().filter(|x| a.iter().any(|y| (*x - y).abs() < 2.0)).count();
    !b.is_empty() && met * 10 >= b.len() * 8
}

/// A long line of text, wider than most of the block.
fn running(row: &Row, block: &[Row]) -> bool {
    let wide = || Area::around(block.iter().map(|r| r.area)).is_none_or(|a| row.area.width() > 0.8 * a.width());
    row.tokens.len() == 1 && row.chars() > 60 && wide()
}

/// Whether two rows leave a strip free in common, between what stands left and right of it in both.
#[must_use]
pub fn share_strip(a: &Row, b: &Row) -> bool {
    let need = if a.tight && b.tight { 0.1 } else { 0.3 } * a.size.min(b.size);
    a.gaps().any(|(a0, a1)| b.gaps().any(|(b0, b1)| a1.min(b1) - a0.max(b0) >= need))
}

/// Whether a row of several cells begins with the running number that follows that of the numbered rows above it.
#[must_use]
pub fn counts_on(above: &[Row], row: &Row) -> bool {
    let Some(own) = row.tokens.first().filter(|_| row.tokens.len() > 2) else { return false };
    let below = |r: &Row| r.tokens.first().filter(|t| t.area.x0 < own.area.x1 && t.area.x1 > own.area.x0).and_then(|t| t.small);
    let mut numbers = above.iter().rev().filter_map(below);
    let (last, before) = (numbers.next(), numbers.next());
    last.is_some_and(|n| own.small == Some(n + 1) && before.is_some_and(|b| b + 1 == n))
}

/// Rows right below that go on with a cell of the last row: close, short, in lower case cannot be told here, so not at the left end
/// of the table, wherever its first line starts.
#[must_use]
pub fn trail(rows: &[Row], start: usize, end: usize) -> usize {
    let left = rows[start..end].iter().map(|r| r.area.x0).fold(f32::INFINITY, f32::min);
    let mut last = end;
    while last < rows.len() && last - end < 3 {
        let (above, here) = (&rows[last - 1], &rows[last]);
        let size = above.size.max(here.size);
        let close = here.area.y0 - above.area.y1 < 0.35 * size;
        let indented = here.area.x0 > left + 1.5 * size && here.area.x0 > above.area.x0 - 1.0;
        let within = here.area.x1 <= rows[end - 1].area.x1 + 1.0;
        let narrow = here.area.width() < 0.5 * rows[end - 1].area.width();
        let inner = goes_on(&rows[start..last], here) && indented && within_white(&rows[start..=last]);
        if inner || close && (next_line(&rows[start..last], here) || next_lines(&rows[start..last], here)) {
            last += 1;
            continue;
        }
        if here.tokens.len() != 1 || !close || !indented || !within || !narrow {
            break;
        }
        last += 1;
    }
    last
}

/// Whether a single text right below a table is the next line of the text above it, which fills its column: no more than a long word
/// would have fitted there.
fn next_line(above: &[Row], row: &Row) -> bool {
    const WORD: f32 = 8.0;
    let ([text], Some(last)) = (row.tokens.as_slice(), above.iter().rev().find(|r| r.tokens.len() > 2)) else { return false };
    let Some(at) = last.tokens.iter().position(|t| (t.area.x0 - text.area.x0).abs() < 1.2) else { return false };
    let (begun, end) = (&last.tokens[at], last.tokens.get(at + 1).map_or(last.area.x1, |t| t.area.x0));
    let full = end - begun.area.x1 < WORD * row.size || begun.area.x1 - begun.area.x0 > 30.0 * row.size;
    !begun.numeric && !text.numeric && full && text.area.x1 < end && (begun.size - text.size).abs() < 0.1 * text.size
}

/// Whether several texts right below a table each begin where one of the rows above it does: the next lines of their cells.
fn next_lines(above: &[Row], row: &Row) -> bool {
    let starts = || above.iter().rev().take(3).flat_map(|r| &r.tokens).map(|t| t.area.x0);
    row.tokens.len() > 1 && row.tokens.iter().all(|t| !t.numeric && starts().any(|x| (x - t.area.x0).abs() < 1.2))
}

/// Whether the last of these rows stands no further below the one above it than rows of the table do.
fn within_white(rows: &[Row]) -> bool {
    let whites: Vec<f32> = rows.windows(2).map(|w| w[1].area.y0 - w[0].area.y1).collect();
    let Some((last, others)) = whites.split_last() else { return false };
    others.iter().any(|w| *last < w + 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;
    use crate::read::pdf::words::Word;

    fn word(text: &str, x: f32, y: f32) -> Word {
        Word::sample(text, x, y, 8.0)
    }

    #[test]
    fn the_heading_above_the_name_of_the_first_group_belongs_to_the_table() {
        let row_at = |texts: [&str; 3], y: f32| {
            let at = [40.0, 200.0, 300.0];
            texts.into_iter().zip(at).map(|(t, x)| word(t, x, y)).collect::<Vec<_>>()
        };
        let mut words = row_at(["Indikator", "Target", "Realisasi"], 100.0);
        words.push(word(&"a".repeat(66), 40.0, 111.0));
        words.extend([122.0, 133.0].into_iter().flat_map(|y| row_at(["Pemutakhiran", "100%", "95%"], y)));
        words.push(word(&"b".repeat(66), 40.0, 144.0));
        words.extend([155.0, 166.0].into_iter().flat_map(|y| row_at(["Logistik", "100%", "83%"], y)));
        let all: Vec<usize> = (0..words.len()).collect();
        let rows: Vec<Row> = lines(&words, all).iter().filter_map(|l| row(&words, l)).collect();
        let found = rejoined(&rows, blocks(&rows));
        assert_eq!((found.len(), found[0].clone()), (1, 0..rows.len()));
    }

    #[test]
    fn a_label_of_many_lines_above_its_figures_stays_in_the_table() {
        let mut words = Vec::new();
        for k in 0..3_u8 {
            let top = f32::from(k).mul_add(60.0, 100.0);
            words.extend((0_u8..5).map(|i| word("Persentase kegiatan", 40.0, f32::from(i).mul_add(10.0, top))));
            words.extend([word("selesai", 40.0, top + 50.0), word("12", 180.0, top + 50.0), word("14", 230.0, top + 50.0)]);
        }
        let all: Vec<usize> = (0..words.len()).collect();
        let rows: Vec<Row> = lines(&words, all).iter().filter_map(|l| row(&words, l)).collect();
        assert_eq!(blocks(&rows).len(), 1);
    }

    #[test]
    fn a_caption_farther_below_than_rows_are_apart_begins_another_table() {
        let read = |number: &str, white: f32| {
            let mut words = Vec::new();
            let mut at = |top: f32| {
                for y in [0.0, 12.0, 24.0] {
                    words.extend([word("Rumah", 40.0, top + y), word("Penduduk yang tinggal bersama", 160.0, top + y)]);
                }
            };
            at(100.0);
            at(152.0 + white);
            let mut x = 40.0;
            for text in ["Tabel", number, "Istilah"] {
                words.push(word(text, x, 136.0 + white));
                x = words[words.len() - 1].area.x1 + 2.0;
            }
            let all: Vec<usize> = (0..words.len()).collect();
            let rows: Vec<Row> = lines(&words, all).iter().filter_map(|l| row(&words, l)).collect();
            blocks(&rows).len()
        };
        assert_eq!([read("2.", 6.0), read("2.", 0.0), read("2024", 6.0)], [2, 1, 1]);
    }

    #[test]
    fn a_name_in_the_middle_of_all_columns_joins_the_rows_around_it() {
        let width = word("Perdesaan", 0.0, 0.0).area.width();
        let figures = |y: f32| [("Ajung", 40.0), ("1.200", 160.0), ("3.400", 260.0)].map(|(t, x)| word(t, x, y));
        let read = |middle: f32| {
            let mut words: Vec<Word> = [100.0, 112.0, 124.0, 166.0, 178.0, 190.0].into_iter().flat_map(figures).collect();
            words.push(word("Perdesaan", middle - width / 2.0, 148.0));
            let all: Vec<usize> = (0..words.len()).collect();
            let rows: Vec<Row> = lines(&words, all).iter().filter_map(|l| row(&words, l)).collect();
            rejoined(&rows, blocks(&rows)).len()
        };
        let end = figures(0.0)[2].area.x1;
        assert_eq!([read(f32::midpoint(40.0, end)), read(end - 30.0)], [1, 2]);
    }
}
