//! How far words drawn in steps of their own may stand from the text before them and still belong to it.

use super::geometry::Area;
use super::words::{Word, row_of};

/// Gap that parts two texts drawn in steps of their own, as a share of the font size; a word space is 0.25 to 0.35.
pub const APART: f32 = 0.42;
/// The same on pages that draw a text with its spaces in one step: there, what is drawn apart stands apart.
const APART_WHOLE: f32 = 0.14;

/// The tallest character, in points.
const TALLEST: f32 = 80.0;

/// What begins right where another text ends belongs to the next column, however close.
pub const NEXT: f32 = -1.0;

/// Parts texts drawn apart that touch: where the cell of the first ends, a word in small letters and a capital where it ends, or that are
/// printed over each other. So do headings of narrow columns, and beside these on their line no narrow gap is a space either.
pub fn part(words: &mut [Word], ends: &[Area]) {
    // The lines of a cell may all be drawn before the next cell: beside each other is what stands on one line.
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|&i, &k| row_of(words[i].base).cmp(&row_of(words[k].base)).then(words[i].area.x0.total_cmp(&words[k].area.x0)));
    let touches = |pair: &[usize]| {
        let (a, b) = (&words[pair[0]], &words[pair[1]]);
        let gap = (b.area.x0 - a.area.x1) / b.size.max(1.0);
        // Where texts are drawn whole, a gap that no space has is none within a text.
        let touching = if b.reach <= APART_WHOLE { APART_WHOLE } else { 0.1 };
        let next = gap.abs() < touching && small_end(&a.text) && b.text.starts_with(char::is_uppercase);
        a.runs.1 != b.runs.0
            && (a.base - b.base).abs() < 0.1
            && (next || overprints(a, b) || ends_between(ends, a.area.mid_y(), a.area.x1 - a.size, b.area.mid_x()))
    };
    let next: Vec<usize> = order.windows(2).filter(|pair| touches(pair)).map(|pair| pair[1]).collect();
    let lines: Vec<f32> = next.iter().map(|&i| words[i].base).collect();
    for w in words.iter_mut().filter(|w| !w.typed() && lines.iter().any(|base| (base - w.base).abs() < 0.1)) {
        w.reach = w.reach.min(APART_WHOLE);
    }
    for i in next {
        words[i].reach = NEXT;
    }
}

/// Whether the cell that a text is confined to ends at height `y` between the two x.
#[must_use]
pub fn ends_between(ends: &[Area], y: f32, a: f32, b: f32) -> bool {
    let above = ends.partition_point(|c| c.y0 < y - TALLEST);
    ends[above..].iter().take_while(|c| c.y0 <= y).any(|c| y <= c.y1 && a < c.x1 && c.x1 < b)
}

/// Whether two words drawn apart are printed over each other, as headings too long for their columns are: the second ends behind the first.
#[must_use]
pub fn overprints(a: &Word, b: &Word) -> bool {
    let long = |w: &Word| w.text.chars().nth(2).is_some();
    let begins = long(b) || b.text.starts_with(char::is_uppercase);
    let over = a.area.shared_width(&b.area) > 0.1 * a.size.min(b.size);
    (a.runs.1 < b.runs.0 || b.runs.1 < a.runs.0) && long(a) && begins && over && a.area.x0 < b.area.x0 && a.area.x1 < b.area.x1
}

/// Whether a text ends in small letters, of which there are more than in `Mc` or `Mac`.
#[must_use]
pub fn small_end(text: &str) -> bool {
    let small = text.chars().rev().take_while(|c| c.is_lowercase()).count();
    small > 2 || small == 2 && text != "Mac"
}

/// Narrows the reach of words on pages that draw a text with its spaces in one step.
pub fn narrow(words: &mut [Word]) {
    if !drawn_whole(words) {
        return;
    }
    let spaced = after_spaces(words);
    let apart: Vec<bool> = (0..words.len()).map(|i| spaced[i] || in_letters(words, i)).collect();
    for (w, _) in words.iter_mut().zip(apart).filter(|(w, apart)| !apart && !w.typed()) {
        w.reach = APART_WHOLE;
    }
}

/// Whether texts of several words are drawn in one step: most of the ordinary word spaces lie within steps. Spaces between steps at the same
/// place, line by line, are one: two columns of names stand so close.
fn drawn_whole(words: &[Word]) -> bool {
    let (mut within, mut between) = (0, Vec::new());
    for pair in words.windows(2) {
        let gap = (pair[1].area.x0 - pair[0].area.x1) / pair[0].size.max(1.0);
        if (pair[0].base - pair[1].base).abs() < 1.0 && (0.2..0.4).contains(&gap) {
            if pair[0].runs.1 == pair[1].runs.0 {
                within += 1;
            } else {
                between.push(pair[1].area.x0);
            }
        }
    }
    between.sort_by(f32::total_cmp);
    between.dedup_by(|b, a| *b - *a < 1.0);
    within > 3 * between.len()
}

/// For each word whether it is drawn in the step after the word before it, behind the space of a font: parts of a page may be drawn word
/// by word, its paragraphs line by line. The spaces of a font are equally wide wherever they stand; the gaps between columns are so, if
/// at all, at one place.
fn after_spaces(words: &[Word]) -> Vec<bool> {
    const PLACES: usize = 3;
    /// How far two spaces of a font may differ, as a share of the font size.
    const SLACK: f32 = 0.006;
    let gap = |i: usize| {
        let (a, b) = (&words[i.checked_sub(1)?], &words[i]);
        let next = (a.base - b.base).abs() < 0.1 && b.runs.0 == a.runs.1 + 1 && (a.size - b.size).abs() < 0.1;
        let gap = (b.area.x0 - a.area.x1) / b.size.max(1.0);
        (next && (0.2..0.4).contains(&gap)).then_some((gap, a.area.x1))
    };
    let mut found: Vec<(f32, f32)> = (0..words.len()).filter_map(gap).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let usual = |width: f32| {
        let from = found.partition_point(|g| g.0 < width - SLACK);
        let mut places: Vec<f32> = Vec::new();
        for (_, x) in found[from..].iter().take_while(|g| g.0 < width + SLACK) {
            if places.len() < PLACES && places.iter().all(|p| (p - x).abs() > 1.0) {
                places.push(*x);
            }
        }
        places.len() == PLACES
    };
    (0..words.len()).map(|i| gap(i).is_some_and(|(width, _)| usual(width))).collect()
}

/// Whether a word is drawn letter by letter, as the word before it tells for a letter alone.
fn in_letters(words: &[Word], i: usize) -> bool {
    let w = &words[i];
    let (letters, steps) = (w.text.chars().count(), w.runs.1.abs_diff(w.runs.0) as usize + 1);
    match letters {
        1 => i > 0 && words[i - 1].text.chars().nth(1).is_some() && in_letters(words, i - 1),
        _ => steps * 2 > letters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::edges::Edges;
    use crate::read::pdf::geometry::Turn;
    use crate::read::pdf::glyphs::Glyph;
    use crate::read::pdf::words::words;

    fn glyphs(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let at = |i: u8| f32::from(i).mul_add(size * 0.5, x);
        let glyph = |(i, ch)| Glyph { ch, x: at(i), y, width: size * 0.5, size, dir: (1.0, 0.0), hidden: false, run: 0 };
        (0..).zip(text.chars()).map(glyph).collect()
    }

    #[test]
    fn words_drawn_in_letters_keep_their_space_where_others_are_drawn_whole() {
        let line = |i: u8| {
            [("jumlah", 10.0), ("pemilih", 43.0), ("aktif", 81.0)].map(|(t, x)| glyphs(t, x, 20.0 * f32::from(i + 1), 10.0))
        };
        let mut all: Vec<Glyph> = (0_u8..12).flat_map(line).flatten().collect();
        let letters = (1_u32..).zip(glyphs("Tahap", 10.0, 300.0, 10.0).into_iter().chain(glyphs("2", 38.0, 300.0, 10.0)));
        all.extend(letters.map(|(run, g)| Glyph { run, ..g }));
        let turn = Turn { quarters: 0, width: 600.0, height: 800.0, larger: 1.0 };
        let read = words(&all, &turn, &Edges::default(), &[]).words;
        let reach = |text: &str| read.iter().find(|w| w.text == text).map(|w| w.reach);
        assert_eq!([reach("pemilih"), reach("Tahap"), reach("2")], [Some(APART_WHOLE), Some(APART), Some(APART)]);
    }

    #[test]
    fn words_drawn_one_by_one_keep_their_space_where_others_are_drawn_whole() {
        let mut all: Vec<Glyph> = (0_u8..30)
            .flat_map(|i| [("jumlah", 10.0), ("pemilih", 43.0)].map(|(t, x)| glyphs(t, x, 20.0 * f32::from(i + 1), 10.0)))
            .flatten()
            .collect();
        let mut run = 0;
        let mut drawn = |placed: &[(&str, f32)], y: f32| {
            for &(text, x) in placed {
                run += 1;
                all.extend(glyphs(text, x, y, 10.0).into_iter().map(|g| Glyph { run, ..g }));
            }
        };
        // A space is 2.8 wide; the figures stand 2.5 behind their names, at one place.
        drawn(&[("Belanja", 10.0), ("modal", 47.8), ("40", 75.3)], 620.0);
        drawn(&[("Kas", 10.0), ("negara", 27.8), ("dan", 60.6)], 634.0);
        drawn(&[("Jumlah", 10.0), ("besar", 42.8), ("70", 75.3)], 648.0);
        let turn = Turn { quarters: 0, width: 600.0, height: 800.0, larger: 1.0 };
        let read = words(&all, &turn, &Edges::default(), &[]).words;
        let reach = |text: &str| read.iter().find(|w| w.text == text).map(|w| w.reach);
        assert_eq!([reach("modal"), reach("negara"), reach("dan"), reach("besar")], [Some(APART); 4]);
        assert_eq!([reach("40"), reach("pemilih")], [Some(APART_WHOLE); 2]);
    }
    #[test]
    fn headings_that_touch_stand_in_columns_of_their_own() {
        let texts = [("Laki-laki", 10.0), ("Perempuan", 55.0), ("Jumlah", 104.0)];
        let drawn = |same: bool| {
            let all = (0_u32..).zip(texts).flat_map(move |(run, (t, x))| {
                glyphs(t, x, 100.0, 10.0).into_iter().map(move |g| Glyph { run: if same { 0 } else { run }, ..g })
            });
            let turn = Turn { quarters: 0, width: 600.0, height: 800.0, larger: 1.0 };
            let read = words(&all.collect::<Vec<_>>(), &turn, &Edges::default(), &[]).words;
            read.into_iter().map(|w| (w.text, w.reach)).collect::<Vec<_>>()
        };
        let apart = [("Laki-laki".to_owned(), APART_WHOLE), ("Perempuan".into(), NEXT), ("Jumlah".into(), APART_WHOLE)];
        assert_eq!(drawn(false), apart);
        assert_eq!(drawn(true).len(), 2);
    }
    #[test]
    fn two_columns_of_names_close_beside_each_other_are_not_words_drawn_one_by_one() {
        let line = |i: u8| {
            let y = f32::from(i).mul_add(14.0, 20.0);
            let texts = [("Ajung", 10.0), ("Balung", 38.0), ("TPS", 200.0), ("1", 218.0)];
            texts.map(|(t, x)| glyphs(t, x, y, 10.0).into_iter().map(move |g| Glyph { run: u32::from(x > 20.0), ..g }))
        };
        let all: Vec<Glyph> = (0_u8..12).flat_map(line).flatten().collect();
        let turn = Turn { quarters: 0, width: 600.0, height: 800.0, larger: 1.0 };
        let read = words(&all, &turn, &Edges::default(), &[]).words;
        assert_eq!(read.iter().find(|w| w.text == "Balung").map(|w| w.reach), Some(APART_WHOLE));
    }
}
