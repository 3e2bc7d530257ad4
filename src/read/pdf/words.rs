//! Glyphs → words: what stands on one baseline without a gap, in the upright frame of the page.

use super::edges::Edges;
use super::geometry::{Area, Turn};
use super::glyphs::Glyph;
use super::reach::{self, APART, small_end};

/// A run of glyphs without a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its characters.
    pub text: String,
    /// Where it stands.
    pub area: Area,
    /// The baseline of upright words; the middle of the others.
    pub base: f32,
    /// Font size.
    pub size: f32,
    /// Quarter turns clockwise by which it departs from upright, 0 … 3.
    pub turned: u8,
    /// First and last drawing step it was drawn in.
    pub runs: (u32, u32),
    /// Gap, as a share of the font size, over which it still belongs to a text that was drawn apart from it.
    pub reach: f32,
}

impl Word {
    /// Whether it is written in letters of one width, whose spaces are as wide as they are.
    #[must_use]
    pub fn typed(&self) -> bool {
        self.reach >= TYPED
    }
}

#[cfg(test)]
impl Word {
    /// An upright word at a place, of letters half as wide as the font is high.
    #[must_use]
    pub fn sample(text: &str, x: f32, y: f32, size: f32) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a few characters")]
        let width = text.len() as f32 * 0.5 * size;
        let area = Area::new(x, y, x + width, y + 0.9 * size);
        Self { text: text.into(), area, base: y + 0.7 * size, size, turned: 0, runs: (0, 0), reach: APART }
    }
}

/// Words of a page and, apart from them, what is written slantwise (watermarks).
#[derive(Debug, Default)]
pub struct Words {
    /// Words in order of drawing.
    pub words: Vec<Word>,
    /// Slanted writing, one text for each direction.
    pub slanted: Vec<String>,
}

/// How far capitals reach above the baseline, and letters below it, as shares of the font size.
const ABOVE: f32 = 0.74;
const BELOW: f32 = 0.22;

/// The same of writing in letters of one width, as shares of the font size: its spaces are 0.6 wide.
pub const TYPED: f32 = 0.66;

/// Makes words of all glyphs. A ruling between two glyphs parts them whatever their distance, and so does the end of the cell that the first
/// is confined to (`ends`, from the top down).
#[must_use]
pub fn words(glyphs: &[Glyph], turn: &Turn, edges: &Edges, ends: &[Area]) -> Words {
    let gap = word_gap(glyphs);
    let mut out = Words::default();
    let mut slanted: Vec<((i32, i32), String)> = Vec::new();
    for quarter in 0..4_u8 {
        // The frame in which the writing of this quarter is upright, seen from the upright frame of the page.
        let (width, height) = turn.size();
        let own = Turn { quarters: quarter, width, height, larger: 1.0 };
        let placed: Vec<Placed> = glyphs.iter().filter_map(|g| Placed::new(g, turn, &own, quarter)).collect();
        let upright = quarter == 0;
        let parted = |y: f32, a: f32, b: f32| upright && (edges.upright_between(y, a, b) || reach::ends_between(ends, y, a, b));
        for word in merge(pieces(&placed, gap, parted), gap, parted) {
            let area = own.area_back(&word.area);
            let base = if upright { word.base } else { area.mid_y() };
            let reach = if word.typed() { TYPED } else { APART };
            let whole = Word { text: word.text, area, base, size: word.size, turned: quarter, runs: word.runs, reach };
            out.words.push(if upright { without_leader(whole) } else { whole });
        }
    }
    reach::narrow(&mut out.words);
    reach::part(&mut out.words, ends);
    for g in glyphs.iter().filter(|g| Turn::quarter_of(g.dir.0, g.dir.1).is_none()) {
        let key = tenths(g.dir);
        match slanted.iter().position(|(k, _)| *k == key) {
            Some(i) => slanted[i].1.push(g.ch),
            None if slanted.len() < 64 => slanted.push((key, g.ch.to_string())),
            None => {}
        }
    }
    out.slanted = slanted.into_iter().map(|(_, text)| text.trim().to_owned()).filter(|t| !t.is_empty()).collect();
    out
}

/// A word without the dots behind it that lead the eye to the next column.
fn without_leader(word: Word) -> Word {
    let text = word.text.trim_end_matches(['.', '…', '·']);
    let (kept, all) = (text.chars().count(), word.text.chars().count());
    if kept == 0 || all < kept + 4 {
        return word;
    }
    // Dots are narrower than letters.
    #[expect(clippy::cast_precision_loss, reason = "a few characters")]
    let share = kept as f32 / 0.5_f32.mul_add((all - kept) as f32, kept as f32);
    let area = Area { x1: share.mul_add(word.area.width(), word.area.x0), ..word.area };
    Word { text: text.to_owned(), area, ..word }
}

#[expect(clippy::cast_possible_truncation, reason = "tenths of a unit vector")]
fn tenths(dir: (f32, f32)) -> (i32, i32) {
    ((dir.0 * 10.0).round() as i32, (dir.1 * 10.0).round() as i32)
}

/// The gap that parts two words, as a share of the font size: writing that has its spaces drawn needs a wider one.
fn word_gap(glyphs: &[Glyph]) -> f32 {
    let spaces = glyphs.iter().filter(|g| g.ch == ' ').count();
    if spaces * 14 >= glyphs.len() { 0.24 } else { 0.17 }
}

/// A glyph in the frame in which it is upright.
#[derive(Clone, Copy)]
struct Placed {
    ch: char,
    x: f32,
    y: f32,
    width: f32,
    size: f32,
    run: u32,
}

impl Placed {
    fn new(g: &Glyph, turn: &Turn, own: &Turn, quarter: u8) -> Option<Self> {
        let seen = Turn::quarter_of(g.dir.0, g.dir.1)?;
        if (seen + 4 - turn.quarters) % 4 != quarter {
            return None;
        }
        let (x, y) = turn.point(g.x, g.y);
        let (x, y) = own.point(x, y);
        Some(Self { ch: g.ch, x, y, width: g.width, size: g.size, run: g.run })
    }
}

/// A word in the making; `open` says that no space follows it.
struct Piece {
    text: String,
    area: Area,
    base: f32,
    size: f32,
    open: bool,
    led: bool,
    runs: (u32, u32),
    /// Narrowest and widest of its characters, as shares of the font size.
    widths: (f32, f32),
}

impl Piece {
    fn new(g: &Placed, led: bool) -> Self {
        let area = Area::new(g.x, g.size.mul_add(-ABOVE, g.y), g.x + g.width, g.size.mul_add(BELOW, g.y));
        let share = g.width / g.size.max(0.1);
        Self {
            text: g.ch.to_string(),
            area,
            base: g.y,
            size: g.size,
            open: true,
            led,
            runs: (g.run, g.run),
            widths: (share, share),
        }
    }

    /// Whether all its characters are as wide as those of typewriters.
    fn typed(&self) -> bool {
        self.widths.0 > 0.585 && self.widths.1 < 0.615 && self.text.chars().nth(1).is_some()
    }
}

/// Walks the glyphs as drawn and breaks at spaces, gaps, jumps and rulings.
fn pieces(glyphs: &[Placed], gap: f32, parted: impl Fn(f32, f32, f32) -> bool) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut current: Option<(Piece, Placed)> = None;
    let mut after_space = false;
    for g in glyphs {
        if g.ch == ' ' {
            if let Some((mut piece, _)) = current.take() {
                piece.open = false;
                out.push(piece);
            }
            after_space = true;
            continue;
        }
        match &mut current {
            Some((piece, last)) if goes_on(last, g, gap) && !parts(&parted, piece.area.x0, last, g) && !begins_name(piece, g) => {
                let doubled = g.ch == last.ch && (g.x - last.x).abs() < 0.15 * g.size;
                if !doubled {
                    let added = Piece::new(g, false);
                    piece.text.push(g.ch);
                    piece.area = piece.area.with(&added.area);
                    piece.widths = (piece.widths.0.min(added.widths.0), piece.widths.1.max(added.widths.1));
                    piece.runs.1 = g.run;
                }
                *last = *g;
            }
            _ => {
                let fresh = (Piece::new(g, after_space), *g);
                out.extend(current.replace(fresh).map(|(p, _)| p));
            }
        }
        after_space = false;
    }
    out.extend(current.map(|(p, _)| p));
    out
}

fn goes_on(last: &Placed, g: &Placed, gap: f32) -> bool {
    let size = last.size.max(g.size);
    let step = g.x - (last.x + last.width);
    (g.y - last.y).abs() <= 0.15 * size
        && step <= if last.run == g.run { gap } else { gap.min(0.1) } * size
        && step >= if last.run == g.run { -0.5 * size.max(last.width) } else { -0.17 * size }
        && last.size.min(g.size) >= 0.5 * size
}

fn parts(parted: impl Fn(f32, f32, f32) -> bool, start: f32, last: &Placed, g: &Placed) -> bool {
    // A text that runs over the border of its cell is still one text.
    if last.run == g.run && (g.x - last.x - last.width).abs() < 0.06 * g.size {
        return false;
    }
    // Drawn apart, the next text may start in the next cell although this one ran over the border.
    let from = if last.run == g.run { last.width.mul_add(0.5, last.x) } else { 0.3_f32.mul_add(g.size, start) };
    parted(0.3_f32.mul_add(-g.size, g.y), from, g.width.mul_add(0.5, g.x))
}

/// Joins pieces that touch on the same baseline although they were not drawn one after the other, and drops pieces drawn twice.
fn merge(mut pieces: Vec<Piece>, gap: f32, parted: impl Fn(f32, f32, f32) -> bool) -> Vec<Piece> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&pieces[a], &pieces[b]);
        row_of(a.base).cmp(&row_of(b.base)).then(a.area.x0.total_cmp(&b.area.x0))
    });
    let mut gone = vec![false; pieces.len()];
    for pair in 1..order.len() {
        let (i, j) = (order[pair - 1], order[pair]);
        let (left, right) = (&pieces[i], &pieces[j]);
        if row_of(left.base) != row_of(right.base) {
            continue;
        }
        let size = left.size.max(right.size);
        if left.text == right.text && (left.area.x0 - right.area.x0).abs() < 0.15 * size {
            gone[i] = true;
            continue;
        }
        let step = right.area.x0 - left.area.x1;
        let near = left.open && !right.led && !another(left, right) && step <= gap.min(0.1) * size && step >= -0.17 * size;
        let alike = (left.size - right.size).abs() < 0.1 * size;
        let middle = 0.3_f32.mul_add(-size, left.base);
        // What was drawn apart may have run over the border of its cell.
        let from = if left.runs.1 == right.runs.0 { left.area.x1 - 0.3 * size } else { 0.3_f32.mul_add(size, left.area.x0) };
        if near && alike && !parted(middle, from, right.area.x0 + 0.3 * size) {
            let (text, area) = (format!("{}{}", left.text, right.text), left.area.with(&right.area));
            let (led, runs) = (left.led, (left.runs.0, right.runs.1));
            let widths = (left.widths.0.min(right.widths.0), left.widths.1.max(right.widths.1));
            gone[i] = true;
            let right = &mut pieces[j];
            (right.text, right.area, right.led, right.runs, right.widths) = (text, area, led, runs, widths);
        }
    }
    let mut keep = gone.iter().map(|g| !g);
    pieces.retain(|_| keep.next().unwrap_or(true));
    pieces
}

/// Whether a capital drawn apart follows a figure drawn in one step, or a word in small letters.
fn begins_name(before: &Piece, g: &Placed) -> bool {
    let whole = before.runs.0 == before.runs.1 && before.text.chars().filter(char::is_ascii_digit).count() > 1;
    before.runs.1 != g.run && g.ch.is_uppercase() && (whole || small_end(&before.text))
}

/// Whether a word drawn apart begins where a figure or a word ends: it stands in the next column, however close.
fn another(figure: &Piece, word: &Piece) -> bool {
    if small_end(&figure.text) && word.text.starts_with(char::is_uppercase) {
        return true;
    }
    let digits = figure.text.chars().filter(char::is_ascii_digit).count();
    let mut letters = word.text.chars();
    let name = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    digits > 1 && figure.text.ends_with(|c: char| c.is_ascii_digit()) && name && word.text.chars().count() > 3
}

/// Baselines to the third of a point.
#[expect(clippy::cast_possible_truncation, reason = "page coordinates are far below the range")]
#[must_use]
pub fn row_of(base: f32) -> i32 {
    (base * 3.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let mut x = x;
        text.chars()
            .map(|ch| {
                let g = Glyph { ch, x, y, width: size * 0.5, size, dir: (1.0, 0.0), hidden: false, run: 0 };
                x += size * 0.5;
                g
            })
            .collect()
    }

    fn read(glyphs: &[Glyph], edges: &Edges) -> Vec<String> {
        let turn = Turn { quarters: 0, width: 600.0, height: 800.0, larger: 1.0 };
        words(glyphs, &turn, edges, &[]).words.into_iter().map(|w| w.text).collect()
    }

    #[test]
    fn a_name_drawn_apart_right_behind_a_figure_is_a_word_of_its_own() {
        let mut all = glyphs("7276", 10.0, 100.0, 10.0);
        all.extend(glyphs("Aceh", 30.2, 100.0, 10.0).into_iter().map(|g| Glyph { run: 1, ..g }));
        assert_eq!(read(&all, &Edges::default()), ["7276", "Aceh"]);
        let whole: Vec<Glyph> = all.into_iter().map(|g| Glyph { run: 0, ..g }).collect();
        assert_eq!(read(&whole, &Edges::default()), ["7276Aceh"]);
    }

    #[test]
    fn a_text_that_its_cell_cuts_off_does_not_go_on_with_the_next() {
        let mut all = glyphs("PENGGANTI", 10.0, 100.0, 10.0);
        all.extend(glyphs("BARU", 55.2, 100.0, 10.0).into_iter().map(|g| Glyph { run: 1, ..g }));
        let turn = Turn { quarters: 0, width: 600.0, height: 800.0, larger: 1.0 };
        let found = |cuts: &[Area]| words(&all, &turn, &Edges::default(), cuts).words;
        assert_eq!(found(&[]).len(), 1);
        let parted = found(&[Area::new(50.0, 93.0, 55.0, 102.0)]);
        assert_eq!(
            parted.iter().map(|w| (w.text.as_str(), w.reach)).collect::<Vec<_>>(),
            [("PENGGANTI", parted[0].reach), ("BARU", reach::NEXT)]
        );
    }

    #[test]
    fn a_capital_drawn_apart_right_behind_small_letters_begins_a_word() {
        let mut all = glyphs("Laki-laki", 10.0, 100.0, 10.0);
        let end = all.last().map_or(0.0, |g| g.x + g.width);
        all.extend(glyphs("Perempuan", end + 0.1, 100.0, 10.0).into_iter().map(|g| Glyph { run: 1, ..g }));
        assert_eq!(read(&all, &Edges::default()), ["Laki-laki", "Perempuan"]);
        let whole: Vec<Glyph> = all.into_iter().map(|g| Glyph { run: 0, ..g }).collect();
        assert_eq!(read(&whole, &Edges::default()), ["Laki-lakiPerempuan"]);
    }

    #[test]
    fn spaces_gaps_and_baselines_part_words() {
        let mut all = glyphs("satu dua", 10.0, 100.0, 10.0);
        all.extend(glyphs("tiga", 80.0, 100.0, 10.0));
        all.extend(glyphs("empat", 100.0, 114.0, 10.0));
        assert_eq!(read(&all, &Edges::default()), ["satu", "dua", "tiga", "empat"]);
    }

    #[test]
    fn a_ruling_parts_figures_that_touch() {
        let mut all = glyphs("123", 10.0, 100.0, 10.0);
        all.extend(glyphs("456", 25.0, 100.0, 10.0).into_iter().map(|g| Glyph { run: 1, ..g }));
        assert_eq!(read(&all, &Edges::default()), ["123456"]);
        let mut edges = Edges::default();
        edges.upright.push(super::super::edges::Edge { at: 25.0, from: 80.0, to: 120.0 });
        assert_eq!(read(&all, &edges), ["123", "456"]);
    }

    #[test]
    fn a_ruling_parts_a_text_that_ran_over_it_from_the_next() {
        // Drawn last, so that the two are not pieces one after the other.
        let mut all = glyphs("PERBAIKAN", 64.0, 100.0, 10.0).into_iter().map(|g| Glyph { run: 2, ..g }).collect::<Vec<_>>();
        all.extend(glyphs("PENGURANGAN", 10.0, 100.0, 10.0));
        let mut edges = Edges::default();
        assert_eq!(read(&all, &edges), ["PENGURANGANPERBAIKAN"]);
        edges.upright.push(super::super::edges::Edge { at: 60.0, from: 80.0, to: 120.0 });
        assert_eq!(read(&all, &edges), ["PERBAIKAN", "PENGURANGAN"]);
    }

    #[test]
    fn bold_by_drawing_twice_is_read_once() {
        let mut all = glyphs("Jumlah", 10.0, 100.0, 10.0);
        all.extend(glyphs("Jumlah", 10.3, 100.0, 10.0));
        assert_eq!(read(&all, &Edges::default()), ["Jumlah"]);
    }

    #[test]
    fn slanted_watermarks_are_kept_apart() {
        let mut all = glyphs("5", 10.0, 100.0, 10.0);
        all.push(Glyph { ch: 'w', x: 12.0, y: 100.0, width: 9.0, size: 20.0, dir: (0.7, -0.7), hidden: false, run: 0 });
        let turn = Turn { quarters: 0, width: 600.0, height: 800.0, larger: 1.0 };
        let got = words(&all, &turn, &Edges::default(), &[]);
        assert_eq!(got.words.len(), 1);
        assert_eq!(got.slanted, ["w"]);
    }
}
