//! Words of a line → tokens: what stands together, as against what stands in the next column.

use crate::normalise::text;

use super::geometry::Area;
use super::leaders::without_leaders;
use super::lines::Line;
use super::parts::caption;
use super::reach::NEXT;
use super::rounds::part_rounds;
use super::words::{TYPED, Word};

/// Gap that parts two tokens, as a share of the font size, where their words were drawn in one step: they belong to one text unless
/// they stand far apart.
const GAP_WITHIN: f32 = 0.75;

/// Words that stand together on a line.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "what a text may be read as, each apart from the others")]
pub struct Token {
    /// Their numbers.
    pub words: Vec<usize>,
    /// Around them.
    pub area: Area,
    /// Font size of the largest.
    pub size: f32,
    /// Reads as a figure.
    pub numeric: bool,
    /// Reads as a figure, with what it counts or without.
    pub counted: bool,
    /// How many characters it has.
    pub chars: usize,
    /// Wide spaces within it: two figures of narrow columns may stand so close.
    pub breaks: Vec<(f32, f32)>,
    /// Its first word is three digits: the second half of `13 397`, perhaps.
    pub thousands: bool,
    /// Its last word is one to three digits: the first half.
    pub opens: bool,
    /// Its value, if it is a whole number below one hundred, in brackets or not, or the number of a column that sums others.
    pub small: Option<u32>,
    /// Reads as a year.
    pub year: bool,
    /// Stands in brackets, as units do.
    pub bracketed: bool,
}

/// A line cut into tokens.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "what a line shows, each apart from the others")]
pub struct Row {
    /// Its tokens from left to right.
    pub tokens: Vec<Token>,
    /// Around all of them.
    pub area: Area,
    /// Lowest baseline.
    pub base: f32,
    /// Font size of the largest.
    pub size: f32,
    /// Its texts are known by how they were drawn, so that narrow gaps tell.
    pub tight: bool,
    /// Dots lead the eye through it.
    pub dotted: bool,
    /// Several printed lines that make one row of a table, and nothing else belongs to it.
    pub whole: bool,
    /// Reads as the caption of a table: one text that begins with a word and its number, `Tabel 2.1`.
    pub caption: bool,
}

impl Row {
    /// Several tokens, at least two of them well apart: what the row of a table looks like, and no line of running text.
    #[must_use]
    pub fn parted(&self) -> bool {
        let cells = self.tight && self.tokens.len() >= 3 && self.tokens.iter().any(|t| t.numeric) && self.chars() < 100;
        cells || self.tokens.windows(2).any(|t| t[1].area.x0 - t[0].area.x1 > 0.95 * self.size)
    }

    /// Whether it numbers the columns: `1 2 3 4`, `(1) (2) (3)`; in each half anew where two stand beside each other.
    #[must_use]
    pub fn numbers_columns(&self) -> bool {
        let next = |a: &Token, b: &Token| a.small.zip(b.small).is_some_and(|(a, b)| b == a + 1);
        let mut halves = self.tokens.chunk_by(next);
        let first = |half: &[Token]| half[0].small == Some(1);
        self.tokens.len() >= 3 && (halves.clone().count() == 1 || halves.all(|half| half.len() >= 3 && first(half)))
    }

    /// Free stretches between its tokens.
    pub fn gaps(&self) -> impl Iterator<Item = (f32, f32)> {
        self.tokens.windows(2).map(|t| (t[0].area.x1, t[1].area.x0))
    }

    /// How many characters it has.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.tokens.iter().map(|t| t.chars).sum()
    }
}

/// Cuts a line into tokens. Dots that lead the eye are left out; `None` if nothing else is there.
#[must_use]
pub fn row(words: &[Word], line: &Line) -> Option<Row> {
    let kept = without_leaders(words, line);
    let area = Area::around(kept.iter().map(|&i| words[i].area))?;
    let dotted = kept.len() < line.words.len();
    let tight = kept.iter().all(|&i| words[i].reach < 0.3);
    let mut row = Row { area, tight, dotted, ..Row::default() };
    let space = space(words, &kept);
    let spread = spread(words, &kept);
    for (k, i) in kept.into_iter().enumerate() {
        let w = &words[i];
        row.base = row.base.max(w.base);
        row.size = row.size.max(w.size);
        match row.tokens.last_mut() {
            Some(t) if spread[k] || joins(&words[t.words[t.words.len() - 1]], w, t.area.x1, space) => {
                if w.area.x0 - t.area.x1 > 0.36 * w.size {
                    t.breaks.push((t.area.x1, w.area.x0));
                }
                t.words.push(i);
                t.area = t.area.with(&w.area);
                t.size = t.size.max(w.size);
            }
            _ => row.tokens.push(Token {
                words: vec![i],
                area: w.area,
                size: w.size,
                numeric: false,
                counted: false,
                chars: 0,
                breaks: Vec::new(),
                thousands: false,
                opens: false,
                small: None,
                year: false,
                bracketed: false,
            }),
        }
    }
    with_signs(&mut row.tokens, words);
    row.tokens.iter_mut().for_each(|t| t.understand(words));
    part_rounds(&mut row, words);
    row.caption = matches!(row.tokens.as_slice(), [text] if caption(text, words));
    Some(row)
}

impl Token {
    /// Reads what its words say.
    fn understand(&mut self, words: &[Word]) {
        self.small = if self.words.len() == 1 { small(&words[self.words[0]].text) } else { None };
        self.thousands = self.words.first().is_some_and(|&i| three_digits(&words[i].text));
        self.opens = self.words.last().is_some_and(|&i| up_to_three_digits(&words[i].text));
        self.year = self.words.len() == 1 && year(&words[self.words[0]].text);
        self.numeric = figures(words, &self.words);
        self.counted = quantity(words, &self.words);
        let ends = self.words.first().zip(self.words.last());
        self.bracketed =
            ends.is_some_and(|(&a, &z)| words[a].text.starts_with(['(', '[']) && words[z].text.ends_with([')', ']']));
        self.chars = self.words.iter().map(|&i| words[i].text.chars().count() + 1).sum::<usize>().saturating_sub(1);
    }

    /// Some of its words as a token of their own.
    #[must_use]
    pub fn part(&self, own: &[usize], words: &[Word]) -> Option<Self> {
        let area = Area::around(own.iter().map(|&i| words[i].area))?;
        let breaks = self.breaks.iter().copied().filter(|b| b.0 >= area.x0 && b.1 <= area.x1).collect();
        let mut part = Self { words: own.to_vec(), area, breaks, ..self.clone() };
        part.understand(words);
        Some(part)
    }
}

/// Whether a text may be what follows the space in `13 397`, with decimals, a bracket or a percent sign behind it or not.
fn three_digits(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3 && matches!(text.as_bytes().get(3), None | Some(b'.' | b',' | b')' | b'%')) && figure(text)
}

/// Whether a text may be what stands before the space in `13 397`, with a sign or not.
fn up_to_three_digits(text: &str) -> bool {
    let bare = text.trim_start_matches(['-', '–', '+', '(', '$']);
    (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit())
}

/// A whole number below one hundred, in brackets or not, perhaps with the columns it is made of: `5=3+4`.
fn small(text: &str) -> Option<u32> {
    let bare = text::ordinal(text);
    let number = match bare.split_once('=') {
        Some((number, sum)) if sum.chars().all(|c| c.is_ascii_digit() || "+-–()".contains(c)) => number,
        Some(_) => return None,
        None => bare,
    };
    number.parse().ok().filter(|n| *n < 100)
}

/// Joins a currency sign with the figure that follows at the other end of its column, and a percent sign with the figure before it.
fn with_signs(tokens: &mut Vec<Token>, words: &[Word]) {
    let is = |t: &Token, sign: fn(char) -> bool| t.words.iter().all(|&i| words[i].text.chars().all(sign));
    let reads = |t: &Token| t.words.iter().all(|&i| figure(&words[i].text));
    let currency = |c: char| matches!(c, '$' | '€' | '£' | '¥');
    for k in (1..tokens.len()).rev() {
        let (left, right) = (&tokens[k - 1], &tokens[k]);
        let led = is(left, currency) && reads(right) && !is(right, currency);
        let closed = is(right, |c| c == '%') && reads(left) && right.area.x0 - left.area.x1 < 1.5 * left.size;
        if led || closed {
            let right = tokens.remove(k);
            let left = &mut tokens[k - 1];
            left.words.extend(right.words);
            left.area = left.area.with(&right.area);
            left.size = left.size.max(right.size);
        }
    }
}

/// Whether a word goes on with the token that ends with `left` at `end`. A sign or bracket before a digit begins another figure.
fn joins(left: &Word, right: &Word, end: f32, space: f32) -> bool {
    // A digit or two in brackets is the mark of a note.
    let long = right.text.starts_with('(') && right.text.chars().filter(char::is_ascii_digit).count() > 2;
    let signed = (long || right.text.starts_with(['-', '+'])) && right.text.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let digits = figure(&left.text) && left.text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | '%'));
    let another = signed
        && digits
        && figure(&right.text)
        && right.area.x0 - end > if left.runs.1 == right.runs.0 { 0.36 } else { 0.1 } * right.size;
    // Figures of one column have no space but between thousands, however wide the spaces of the font.
    let halves = up_to_three_digits(&left.text) && three_digits(&right.text);
    let another = another
        || (left.typed() && right.typed() && digits && figure(&right.text) && !halves && right.area.x0 - end > 0.5 * right.size);
    let letters = |w: &Word| w.text.chars().any(char::is_alphabetic);
    let spaced = letters(left) && letters(right) && (0.85..1.15).contains(&((right.area.x0 - end) / space.max(0.01)));
    (right.area.x0 - end <= gap(left, right) || spaced) && !another && right.reach > NEXT
}

/// For each word of a line whether it goes on with the one before it in a justified text: the same space, however wide, stands before it
/// and beside it, and both words go on in lower case.
#[must_use]
pub fn spread(words: &[Word], line: &[usize]) -> Vec<bool> {
    let small = |w: &Word| w.text.starts_with(char::is_lowercase) && w.text.chars().nth(1).is_some();
    let gap = |k: usize| words[line[k]].area.x0 - words[line[k - 1]].area.x1;
    let goes_on = |k: usize| {
        let (a, b) = (&words[line[k - 1]], &words[line[k]]);
        let letters = a.text.chars().next_back().is_some_and(|c| c.is_alphabetic() || c == ',');
        small(b) && letters && a.text.chars().nth(1).is_some() && gap(k) < 4.0 * b.size && (a.base - b.base).abs() < 0.5
    };
    let even = |j: usize, k: usize| goes_on(j) && goes_on(k) && (gap(j) - gap(k)).abs() < 0.2;
    (0..line.len()).map(|k| (k > 1 && even(k - 1, k)) || (k > 0 && k + 1 < line.len() && even(k, k + 1))).collect()
}

/// The ordinary space of a line of several words drawn in one step: a word set in another font follows with the same. None (zero) where
/// fewer tell.
fn space(words: &[Word], line: &[usize]) -> f32 {
    let within = line.windows(2).map(|w| (&words[w[0]], &words[w[1]])).filter(|(a, b)| a.runs.1 == b.runs.0 && b.runs.0 != 0);
    let mut gaps: Vec<f32> = within.map(|(a, b)| (b.area.x0 - a.area.x1).min(0.45 * b.size)).collect();
    gaps.sort_by(f32::total_cmp);
    if gaps.len() < 4 { 0.0 } else { gaps[gaps.len() / 2] }
}

/// The widest gap over which two words still make one token.
fn gap(left: &Word, right: &Word) -> f32 {
    let share = if left.runs.1 == right.runs.0 && right.runs.0 != 0 { GAP_WITHIN } else { right.reach };
    let share = if left.typed() || right.typed() { share.max(TYPED) } else { share };
    share * left.size.min(right.size)
}

/// Whether a text reads as a year, with the mark of a note behind it or not, or as years: `2019/20`, `2010–2019`.
#[must_use]
pub fn year(text: &str) -> bool {
    let one = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")) && text.chars().count() <= 6
    };
    let two = |(first, last): (&str, &str)| {
        one(first) && first.len() == 4 && (one(last) || (last.len() == 2 && up_to_three_digits(last)))
    };
    one(text) || text.split_once(['/', '-', '–']).is_some_and(two)
}

/// Whether a text reads as a figure: digits with their signs, or a dash that stands for none.
#[must_use]
pub fn figure(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let others = text.chars().filter(|c| c.is_alphabetic()).count();
    if digits == 0 {
        return !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '–' | '—' | '*' | '%' | '$' | '€' | '(' | ')' | '.'));
    }
    // `'000` and `£000` say in what figures are counted.
    let bare = text.trim_start_matches(['\'', '’', '‘', '$', '€', '£', '¥']);
    if bare.len() < text.len() && bare.trim_end_matches(['s', 'm']) == "000" {
        return false;
    }
    // Letters may lead (a currency) or follow (a note's mark), but not outweigh the digits.
    others <= 2 && others <= digits
}

/// Whether words read as a figure together: each of them does, or a short word leads an amount as `Rp` does.
#[must_use]
pub fn figures(words: &[Word], chosen: &[usize]) -> bool {
    let texts = || chosen.iter().map(|&i| words[i].text.as_str());
    let currency = |t: &str| t.trim_end_matches('.').chars().all(char::is_alphabetic) && (2..=4).contains(&t.chars().count());
    let amount = |t: &str| {
        t.bytes().filter(u8::is_ascii_digit).count() >= 4 && t.contains(['.', ',']) && t.starts_with(|c: char| c.is_ascii_digit())
    };
    let led = texts().next().is_some_and(currency) && texts().nth(1).is_some_and(amount);
    // A percent sign alone says in what the figures below it are counted.
    (chosen.len() != 1 || !texts().all(|t| matches!(t, "%" | "(%)"))) && texts().skip(usize::from(led)).all(figure)
}

/// Whether words read as a figure, or as one with the name of what is counted behind it: `501.1 million`, `4,324,782 km2`.
#[must_use]
pub fn quantity(words: &[Word], chosen: &[usize]) -> bool {
    const LONGEST: usize = 10;
    let text = |i: usize| words[i].text.as_str();
    let counted = |t: &str| figure(t) && t.contains(|c: char| c.is_ascii_digit());
    let unit =
        |&i: &usize| text(i).chars().count() <= LONGEST && text(i).chars().all(|c| c.is_alphanumeric() || "%/²³".contains(c));
    figures(words, chosen)
        || matches!(chosen, [first, rest @ ..] if counted(text(*first)) && rest.len() <= 2 && rest.iter().all(unit))
}

/// Whether words say of which columns a column is made: `4 = 3 : 2`.
#[must_use]
pub fn counts(words: &[Word], chosen: &[usize]) -> bool {
    let texts = || chosen.iter().map(|&i| words[i].text.as_str());
    let sign = |t: &str| matches!(t, "=" | ":" | "/" | "+" | "-" | "x" | "X" | "×" | "÷" | "(" | ")" | "%");
    texts().any(|t| t == "=") && texts().next().is_some_and(|t| small(t).is_some()) && texts().all(|t| sign(t) || figure(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_columns_may_say_what_they_sum() {
        assert_eq!(
            ["4", "(4)", "5=3+4", "12=3+6-9", "5=a", "120", "L"].map(small),
            [Some(4), Some(4), Some(5), Some(12), None, None, None]
        );
    }

    #[test]
    fn dots_lead_the_eye_a_dot_alone_is_a_value_and_a_currency_leads_no_other() {
        let tokens = |placed: &[(&str, f32)]| {
            let words: Vec<Word> = placed.iter().map(|(t, x)| Word::sample(t, *x, 0.0, 8.0)).collect();
            row(&words, &super::super::lines::lines(&words, 0..words.len())[0]).map_or(0, |r| r.tokens.len())
        };
        assert_eq!(tokens(&[("Hamburg", 10.0), (".", 100.0), ("12", 150.0)]), 3);
        assert_eq!(tokens(&[("Hamburg", 10.0), (".", 50.0), (".", 60.0), (".", 70.0), ("12", 150.0)]), 2);
        assert_eq!(tokens(&[("Hamburg", 10.0), (".", 40.0), ("12", 150.0)]), 2);
        assert_eq!([tokens(&[("$", 100.0), ("12", 150.0)]), tokens(&[("$", 100.0), ("$", 150.0)])], [1, 2]);
    }

    #[test]
    fn amounts_may_be_led_by_their_currency() {
        let read = |texts: &[&str]| {
            let words: Vec<Word> = texts.iter().map(|t| Word::sample(t, 0.0, 0.0, 8.0)).collect();
            figures(&words, &(0..words.len()).collect::<Vec<_>>())
        };
        assert!(read(&["Rp", "27.306.000,00"]) && read(&["IDR", "1,200"]) && read(&["13", "397"]));
        let words: Vec<Word> = ["4", "=", "3", ":", "2"].iter().map(|t| Word::sample(t, 0.0, 0.0, 8.0)).collect();
        assert!(counts(&words, &[0, 1, 2, 3, 4]) && !counts(&words, &[2, 3, 4]));
        assert!(!read(&["TA", "2025"]) && !read(&["Pasal", "3"]) && !read(&["Rp", "-", "nihil"]));
    }

    #[test]
    fn justified_texts_are_one_token_and_headings_as_far_apart_are_several() {
        let tokens = |texts: &[&str]| {
            let mut x = 10.0;
            let mut words: Vec<Word> = Vec::new();
            for t in texts {
                words.push(Word::sample(t, x, 0.0, 8.0));
                x = words[words.len() - 1].area.x1 + 12.0;
            }
            let line = super::super::lines::lines(&words, 0..words.len()).remove(0);
            row(&words, &line).map_or(0, |r| r.tokens.len())
        };
        assert_eq!(
            [tokens(&["Rapat", "koordinasi", "dengan", "camat"]), tokens(&["Desa", "Pria", "Puan"]), tokens(&["L", "p", "l"])],
            [1, 3, 3]
        );
    }

    #[test]
    fn halves_of_figures_written_with_a_space() {
        assert!(["13", "-8", "(1", "999"].iter().all(|t| up_to_three_digits(t)));
        assert!(["397", "397,5", "397)", "397%"].iter().all(|t| three_digits(t)));
        assert!(
            !["1234", "ab", "-"].iter().any(|t| up_to_three_digits(t)) && !["39", "3975", "397a"].iter().any(|t| three_digits(t))
        );
    }

    #[test]
    fn figures_are_told_from_words() {
        for text in ["1.234", "(1.234)", "-", "12,5%", "Rp4.200,00", "5", "2020r"] {
            assert!(figure(text), "{text}");
        }
        for text in ["No.", "Kab.", "L+P", "TW3", "desa"] {
            assert!(!figure(text), "{text}");
        }
    }
}
