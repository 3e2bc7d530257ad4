//! What stands above the rows of a table: the lines of its heading, and the titles and remarks that are none.

use super::blocks::share_strip;
use super::geometry::Area;
use super::tokens::{Row, Token};

/// Longer texts in one piece are no headings of several columns.
const LONGEST_HEADING: usize = 45;

/// Rows right above that belong to the heading: several tokens close by, or a single one that does not stand at the left end, where
/// captions stand; lines that overlap are one row in any case. `widest` is the white that may lie between, as a share of the font size.
#[must_use]
pub fn lead(rows: &[Row], start: usize, floor: usize, widest: f32) -> usize {
    let (mut first, mut apart) = (start, 0);
    let usual = usual_white(&rows[start..rows.len().min(start + 6)]);
    let left = rows[start..rows.len().min(start + 8)].iter().map(|r| r.area.x0).fold(f32::INFINITY, f32::min);
    while first > floor && apart < 4 && start - first < 12 {
        let (above, here) = (&rows[first - 1], &rows[first]);
        let size = above.size.max(here.size);
        let white = here.area.y0 - above.area.y1;
        apart += usize::from(white > 0.0);
        let fullest = rows[first..rows.len().min(start + 4)].iter().max_by_key(|r| r.tokens.len()).unwrap_or(here);
        let second = fullest.tokens.get(1).or_else(|| here.tokens.first());
        // A title begins with the first column and reaches over the next.
        let title = fullest.tokens.len() > 2
            && (above.area.x0 - fullest.area.x0).abs() < 0.5 * size
            && second.is_some_and(|t| above.area.x1 > t.area.x1);
        let inside = second.is_some_and(|t| above.area.x0 > t.area.x0 - 3.0 * size)
            && !title
            && above.area.x1 < fullest.area.x1 + 2.0 * size
            && !titles(above, &rows[first..rows.len().min(start + 8)]);
        let remark = unit(&rows[floor..first], &rows[first..rows.len().min(start + 8)]);
        // The last line of a heading of two lines in the middle of which those of one line stand.
        let beside = first.checked_sub(2).filter(|&k| k >= floor).map(|k| &rows[k]);
        let staggered = beside.is_some_and(|r| r.tokens.len() > 1 && above.area.y0 - r.area.y1 < -0.2 * size);
        let belongs = above.tokens.len() > 1 || inside || staggered || white < -0.2 * size || over_first(above, here);
        let widest = if above.parted() || staggered { usual.max(1.45 * widest) } else { widest };
        // Running text is long and in one piece; the headings of a wide table are long, and many.
        let piece = above.tokens.iter().map(|t| t.chars).max().unwrap_or(0);
        let runs_on = above.chars() > 90 && above.tokens.len() * 2 < fullest.tokens.len() && piece > LONGEST_HEADING;
        // What stands beside the table belongs to another one.
        let beside =
            above.tokens.len() > 1 && above.tokens[0].area.x1 < left - 2.0 * size && above.tokens[0].chars > LONGEST_HEADING;
        if beside || remark || !belongs || white > widest * size || above.size > 1.15 * here.size || runs_on {
            break;
        }
        first -= 1;
    }
    first
}

/// Where the rows begin of which `first` is the first with a ground of its own: rows with the same gaps right above, and the name of a
/// group of rows between them.
#[must_use]
pub fn climb(rows: &[Row], first: usize, fullest: usize) -> usize {
    let (mut begin, mut at) = (first, first);
    while at > 0 && begin - at < 2 && first - at < 6 {
        let (above, here) = (&rows[at - 1], &rows[at]);
        let row = above.parted() && above.tokens.len() * 2 >= fullest && share_strip(above, &rows[first]);
        let name = above.tokens.len() == 1 && above.chars() <= 60 && above.area.x0 < rows[first].area.x0 + 3.0 * here.size;
        if here.area.y0 - above.area.y1 > 1.1 * here.size || !(row || name) || (above.size - here.size).abs() > 0.1 * here.size {
            break;
        }
        at -= 1;
        if row {
            begin = at;
        }
    }
    begin
}

/// Whether the last of the rows above a heading only says in what the table counts: a text in brackets or a sign, flush with the right end
/// of the table or in the middle above all of it, and no line of a heading above it.
fn unit(above: &[Row], below: &[Row]) -> bool {
    let Some((here, further)) = above.split_last() else { return false };
    let (Some(text), Some(area)) = (here.tokens.last(), Area::around(below.iter().map(|r| r.area))) else { return false };
    let sign = text.bracketed || text.chars == 1;
    let flush = (-0.8 * here.size..2.6 * here.size).contains(&(text.area.x1 - area.x1));
    let names = below.iter().filter(|r| r.tokens.len() > 2).map(|r| r.tokens[1].area.x0).fold(area.x1, f32::min);
    let off = |from: f32| (f32::midpoint(from, area.x1) - text.area.mid_x()).abs();
    let centred = off(area.x0) < 2.0 * here.size && off(area.x0) < 0.5 * off(names);
    let heading = further.last().is_some_and(|r| r.tokens.len() > 1 && here.area.y0 - r.area.y1 < 0.9 * here.size);
    // Before it may stand the title, which reaches over more than the first column.
    let second = below.iter().filter(|r| r.tokens.len() > 1).map(|r| r.tokens[1].area.x0).fold(area.x1, f32::min);
    let title = |t: &Token| !t.numeric && t.area.x0 < area.x0 + here.size && t.area.x1 > second;
    match here.tokens.as_slice() {
        [_] => sign && !heading && (flush || centred),
        [first, _] => text.bracketed && !heading && flush && title(first),
        _ => false,
    }
}

/// Whether a short text stands close above the first text of a heading, flush with it: its first line, no title.
fn over_first(above: &Row, here: &Row) -> bool {
    const LONGEST: usize = 20;
    let ([text], [first, second, _, ..]) = (above.tokens.as_slice(), here.tokens.as_slice()) else { return false };
    let near = |x: f32, y: f32| (x - y).abs() < 1.0;
    let flush = near(text.area.x0, first.area.x0) || near(text.area.mid_x(), first.area.mid_x());
    let close = here.area.y0 - above.area.y1 < 0.3 * here.size && near(text.size, first.size);
    flush && close && text.chars <= LONGEST && text.area.x1 < second.area.x0 && here.tokens.iter().all(|t| !t.numeric || t.year)
}

/// The white that lies between most of some rows and a little more, as a share of the font size: a heading stands no closer than they do.
fn usual_white(rows: &[Row]) -> f32 {
    let mut whites: Vec<f32> = rows.windows(2).map(|w| (w[1].area.y0 - w[0].area.y1) / w[1].size.max(1.0)).collect();
    whites.sort_by(f32::total_cmp);
    if whites.len() < 3 { 0.0 } else { (1.1 * whites[whites.len() / 2]).min(1.4) }
}

/// Whether a single text stands in the middle above all columns, the first one too, as titles do.
#[must_use]
pub fn titles(above: &Row, below: &[Row]) -> bool {
    let Some(area) = Area::around(below.iter().filter(|r| r.tokens.len() > 2).map(|r| r.area)) else { return false };
    let second = below.iter().filter(|r| r.tokens.len() > 2).map(|r| r.tokens[1].area.x0).fold(area.x1, f32::min);
    let off = |from: f32| (f32::midpoint(from, area.x1) - above.area.mid_x()).abs();
    let wide = above.area.x0 < second || above.chars() > 20 || above.tokens.first().is_some_and(|t| t.bracketed);
    above.tokens.len() == 1 && off(area.x0) < 0.3 * above.size && off(second) > 1.5 * above.size && wide
}

/// The heading above the name of the first group of rows: words above the columns, with a single text between them and the first row.
#[must_use]
pub fn over_name(rows: &[Row], first: usize, floor: usize) -> Option<usize> {
    let head = first.checked_sub(2).filter(|&k| k >= floor)?;
    let (above, name, here) = (&rows[head], &rows[head + 1], &rows[first]);
    let close = |a: &Row, b: &Row| b.area.y0 - a.area.y1 < 1.2 * a.size.max(b.size);
    let words = above.tokens.iter().all(|t| !t.numeric || t.year) && above.tokens.len() >= 3 && above.parted();
    let all = words && above.tokens.len() * 3 >= here.tokens.len() * 2 && share_strip(above, here);
    let named = name.tokens.len() == 1 && name.area.x0 < here.area.x0 + 2.0 * here.size && name.size < 1.2 * here.size;
    (all && named && here.tokens.len() >= 3 && close(above, name) && close(name, here)).then_some(head)
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
    fn a_heading_whose_last_line_is_a_single_text_between_others_belongs_to_the_table() {
        let mut words = vec![word("Target", 120.0, 96.0), word("Volume", 120.0, 105.0)];
        words.extend([("Kode", 40.0), ("Uraian", 70.0), ("Harga", 200.0), ("Jumlah", 300.0)].map(|(t, x)| word(t, x, 100.5)));
        for y in [116.0, 128.0, 140.0] {
            words.extend([("Kegiatan", 70.0), ("12", 180.0), ("1.000", 220.0), ("12.000", 300.0)].map(|(t, x)| word(t, x, y)));
        }
        let all: Vec<usize> = (0..words.len()).collect();
        let rows: Vec<Row> = lines(&words, all).iter().filter_map(|l| row(&words, l)).collect();
        assert_eq!((rows.len(), lead(&rows, 3, 0, 0.7)), (6, 0));
    }

    #[test]
    fn the_last_line_of_a_heading_of_two_lines_may_stand_as_far_above_the_numbers_as_its_neighbours() {
        let mut words = vec![word("Laki+", 300.0, 94.0), word("Perempuan", 300.0, 103.0)];
        words.extend([("Desa", 40.0), ("Perempuan", 100.0), ("Laki", 200.0)].map(|(t, x)| word(t, x, 98.5)));
        for y in [122.0, 134.0, 146.0] {
            words.extend([("Kumai", 40.0), ("12", 120.0), ("13", 220.0), ("25", 320.0)].map(|(t, x)| word(t, x, y)));
        }
        let all: Vec<usize> = (0..words.len()).collect();
        let rows: Vec<Row> = lines(&words, all).iter().filter_map(|l| row(&words, l)).collect();
        assert_eq!((rows.len(), lead(&rows, 3, 0, 1.1)), (6, 0));
    }

    #[test]
    fn the_long_heading_of_a_wide_table_belongs_to_it_and_a_paragraph_does_not() {
        let names = [
            "SasaranKegiatan",
            "IndikatorKinerjaKegiatan",
            "TargetTahunan",
            "RealisasiTriwulan",
            "PredikatKinerja",
            "PenanggungJawab",
        ];
        let mut words: Vec<Word> = (0_u8..).zip(names).map(|(i, name)| word(name, 40.0 + 120.0 * f32::from(i), 100.0)).collect();
        words.extend((0_u8..6).map(|i| word(&i.to_string(), 40.0 + 120.0 * f32::from(i), 110.0)));
        words.push(word(&"a".repeat(150), 40.0, 90.0));
        let all: Vec<usize> = (0..words.len()).collect();
        let rows: Vec<Row> = lines(&words, all).iter().filter_map(|l| row(&words, l)).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(lead(&rows, 2, 0, 1.1), 1);
    }

    #[test]
    fn headings_of_groups_of_columns_belong_to_the_table_however_many_lines_follow() {
        // Five headings over sixteen columns, together as long as a sentence; two of the lines below overlap.
        let across = |texts: u8, step: f32, y: f32, text: &'static str| {
            (0..texts).map(move |i| word(text, f32::from(i).mul_add(step, 40.0), y))
        };
        let mut words: Vec<Word> = across(5, 150.0, 80.0, "DPBTRIWULANSEBELUMNYA").collect();
        words.extend(across(4, 190.0, 92.0, "KECAMATAN"));
        words.extend(across(6, 120.0, 97.0, "LK"));
        for y in [110.0, 122.0, 134.0] {
            words.extend(across(16, 50.0, y, "12"));
        }
        let all: Vec<usize> = (0..words.len()).collect();
        let rows: Vec<Row> = lines(&words, all).iter().filter_map(|l| row(&words, l)).collect();
        assert_eq!(lead(&rows, rows.len() - 3, 0, 0.7), 0);
    }

    #[test]
    fn a_title_in_the_middle_above_all_columns_is_no_heading_and_one_above_some_is() {
        let rows = |x: f32| {
            let mut words = vec![word(&"a".repeat(32), x, 90.0)];
            for y in [100.0, 110.0, 120.0] {
                words.extend([("Ajung", 40.0), ("120", 100.0), ("140", 180.0), ("15000", 260.0)].map(|(t, x)| word(t, x, y)));
            }
            let all: Vec<usize> = (0..words.len()).collect();
            lines(&words, all).iter().filter_map(|l| row(&words, l)).collect::<Vec<Row>>()
        };
        // The table reaches from 40 to 280, its figures from 100 on.
        assert_eq!((lead(&rows(96.0), 1, 0, 0.7), lead(&rows(126.0), 1, 0, 0.7)), (1, 0));
    }

    #[test]
    fn what_a_table_counts_in_is_no_heading_of_its_last_columns() {
        let rows = |remark: &str, x: f32| {
            let mut words = vec![word(remark, x, 90.0), word("Uraian", 40.0, 100.0)];
            words.extend([("Anggaran", 180.0), ("Realisasi", 260.0)].map(|(t, x)| word(t, x, 100.0)));
            for y in [110.0, 120.0, 130.0] {
                words.extend([("Belanja", 40.0), ("120.000", 180.0), ("140.000", 265.0)].map(|(t, x)| word(t, x, y)));
            }
            let all: Vec<usize> = (0..words.len()).collect();
            lines(&words, all).iter().filter_map(|l| row(&words, l)).collect::<Vec<Row>>()
        };
        let first = |remark: &str, end: f32| {
            let width = Word::sample(remark, 0.0, 90.0, 8.0).area.width();
            lead(&rows(remark, end - width), 1, 0, 0.7)
        };
        let end = rows("x", 40.0)[1].area.x1;
        assert_eq!((first("(jutaan-rupiah)", end), first("jutaan-rupiah", end)), (1, 0));
    }

    #[test]
    fn a_title_that_begins_with_a_narrow_first_column_is_no_heading_with_or_without_a_unit_beside_it() {
        let rows = |title: &[(&str, f32)]| {
            let mut words: Vec<Word> = title.iter().map(|(t, x)| word(t, *x, 90.0)).collect();
            for y in [100.0, 110.0, 120.0] {
                words
                    .extend([("1", 40.0), ("Belanja", 52.0), ("120.000", 180.0), ("140.000", 265.0)].map(|(t, x)| word(t, x, y)));
            }
            let all: Vec<usize> = (0..words.len()).collect();
            lines(&words, all).iter().filter_map(|l| row(&words, l)).collect::<Vec<Row>>()
        };
        let title = "Realisasi-anggaran-menurut-jenis";
        let end = rows(&[("x", 40.0)])[1].area.x1 - Word::sample("(ribu)", 0.0, 0.0, 8.0).area.width();
        let lead = |title: &[(&str, f32)]| lead(&rows(title), 1, 0, 0.7);
        assert_eq!([lead(&[(title, 40.0)]), lead(&[(title, 40.0), ("(ribu)", end)])], [1, 1]);
        assert_eq!([lead(&[("Anggaran", 180.0)]), lead(&[("No", 40.0), ("(ribu)", end)])], [0, 0]);
    }
}
