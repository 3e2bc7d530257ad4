//! Printed figures → numbers. Which mark parts thousands and which decimals is decided for a whole column, never for one cell:
//! `1.234` alone may be both.

use std::borrow::Cow;

use super::text::is_invisible;

/// Which marks a column of figures uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `1.234.567,89`
    Indonesian,
    /// `1,234,567.89`
    Anglo,
    /// Digits alone; no cell needs to be told.
    Plain,
}

/// What a column's cells say about its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// At least one cell can be read in this style only, and none in the other only.
    Certain(Style),
    /// Every cell can be read both ways (`1.234`); a mark before exactly three digits is taken to part thousands.
    Assumed(Style),
    /// Some cells can be read one way only, some the other way only.
    Undecided,
}

impl Decision {
    /// The style to read with; `None` where the cells contradict each other.
    #[must_use]
    pub const fn style(self) -> Option<Style> {
        match self {
            Self::Certain(style) | Self::Assumed(style) => Some(style),
            Self::Undecided => None,
        }
    }
}

/// What a cell of figures says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// A number; `87,5 %` is 87.5 with `percent`.
    Number {
        /// Its value.
        value: f64,
        /// Whether a percent sign follows.
        percent: bool,
    },
    /// `-`, `nihil`, `kosong`: zero by convention, and said so.
    Dash,
    /// Nothing is printed.
    Blank,
}

impl Figure {
    /// The value in a column of counts, where a dash is zero; `None` where nothing is printed.
    #[must_use]
    pub const fn count(self) -> Option<f64> {
        match self {
            Self::Number { value, .. } => Some(value),
            Self::Dash => Some(0.0),
            Self::Blank => None,
        }
    }
}

/// Words for nothing.
const NOTHING: [&str; 2] = ["NIHIL", "KOSONG"];

/// More digits than any count or amount has; longer ones are identity or phone numbers and would lose digits besides.
const MOST_DIGITS: usize = 15;

/// A figure taken apart, its marks not yet understood.
#[derive(Debug)]
struct Shape<'a> {
    negative: bool,
    /// Digits, points and commas; spaces between thousands are gone.
    body: Cow<'a, str>,
    /// `,-` stood behind: the comma is the decimal mark.
    rounded: bool,
    percent: bool,
    unit: &'a str,
}

/// Finds the style of a column from the texts of its cells; cells that are no figures do not count.
pub fn decide<'a>(texts: impl Iterator<Item = &'a str>) -> Decision {
    let (mut only, mut leaning) = ([false; 2], [false; 2]);
    for shape in texts.filter_map(Shape::of) {
        let values = [Style::Indonesian, Style::Anglo].map(|style| shape.value(style));
        match values {
            [Some(_), None] => only[0] = true,
            [None, Some(_)] => only[1] = true,
            [Some(a), Some(b)] if a.to_bits() != b.to_bits() => {
                // One mark before three digits: thousands, except in a percentage.
                let points = shape.body.contains('.');
                leaning[usize::from(points == shape.percent)] = true;
            }
            _ => {}
        }
    }
    match (only, leaning) {
        ([true, false], _) => Decision::Certain(Style::Indonesian),
        ([false, true], _) => Decision::Certain(Style::Anglo),
        ([true, true], _) | (_, [true, true]) => Decision::Undecided,
        (_, [true, false]) => Decision::Assumed(Style::Indonesian),
        (_, [false, true]) => Decision::Assumed(Style::Anglo),
        (_, [false, false]) => Decision::Certain(Style::Plain),
    }
}

/// Reads one cell; `None` where it is no figure of this style. A unit may follow (`1.234 orang`).
#[must_use]
pub fn read(text: &str, style: Style) -> Option<Figure> {
    read_with_unit(text, style).map(|(figure, _)| figure)
}

/// [`read`], with the unit as printed (`12 Lap` → 12 and `Lap`).
#[must_use]
pub fn read_with_unit(text: &str, style: Style) -> Option<(Figure, &str)> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        let nothing = is_nothing(text).then_some((Figure::Dash, ""));
        return if is_blank(text) { Some((Figure::Blank, "")) } else { nothing };
    }
    let shape = Shape::of(text)?;
    let value = shape.value(style)?;
    Some((Figure::Number { value, percent: shape.percent }, shape.unit))
}

/// Whether the text is a number in some style, without a unit other than currency or percent.
#[must_use]
pub fn looks_like_number(text: &str) -> bool {
    Shape::of(text)
        .is_some_and(|s| s.unit.is_empty() && [Style::Indonesian, Style::Anglo].iter().any(|&style| s.value(style).is_some()))
}

/// The value of a roman numeral up to XXXIX in its canonical spelling and in capitals.
#[must_use]
pub fn roman(word: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = word.bytes().take_while(|b| *b == b'X').count();
    let ones = ONES.iter().position(|o| *o == &word[tens..])?;
    u32::try_from(tens * 10 + ones).ok().filter(|n| (1..40).contains(n))
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c) || c == '\'')
}

fn is_nothing(text: &str) -> bool {
    let rest = without_currency(text.trim());
    let dashes = rest.chars().all(|c| is_dash(c) || c.is_whitespace()) && rest.chars().any(is_dash);
    dashes || NOTHING.contains(&super::text::key(rest).as_str())
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '_')
}

fn without_currency(text: &str) -> &str {
    let head =
        text.get(..3).filter(|h| h.eq_ignore_ascii_case("IDR")).or_else(|| text.get(..2).filter(|h| h.eq_ignore_ascii_case("RP")));
    head.map_or(text, |h| text[h.len()..].trim_start_matches('.').trim_start())
}

impl<'a> Shape<'a> {
    fn of(text: &'a str) -> Option<Self> {
        if text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',')) {
            return Self::bare(text);
        }
        let outside = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
        let mut rest = text.trim_matches(outside).trim_start_matches(['\'', '`']).trim_start_matches(outside);
        let mut negative = false;
        let mut bracket = false;
        for _ in 0..2 {
            rest = without_currency(rest);
            if let Some(after) = rest.strip_prefix(|c: char| is_dash(c) && c != '_') {
                negative = true;
                rest = after.trim_start();
            } else if let Some(after) = rest.strip_prefix('(') {
                bracket = true;
                rest = after.trim_start();
            } else if let Some(after) = rest.strip_prefix('+') {
                rest = after.trim_start();
            }
        }
        let (body, after) = body(rest)?;
        let mut after = after;
        let mut rounded = false;
        if let Some(tail) = after.strip_prefix([',', '.']).and_then(|t| t.strip_prefix(is_dash)) {
            rounded = after.starts_with(',');
            after = tail.trim_start_matches(is_dash);
        }
        let mut after = after.trim_start_matches(outside);
        let percent = after.starts_with(['%', '％']);
        after = after.trim_start_matches(['%', '％']).trim_start_matches(outside);
        if bracket {
            after = after.strip_prefix(')')?.trim_start_matches(outside);
        }
        is_unit(after).then_some(Self { negative: negative != bracket, body: Cow::Owned(body), rounded, percent, unit: after })
    }

    /// The common case: nothing but digits and marks.
    fn bare(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let ends = [bytes.first()?, bytes.last()?];
        let few = bytes.iter().filter(|b| b.is_ascii_digit()).count() <= MOST_DIGITS;
        let whole = few && ends.iter().all(|b| b.is_ascii_digit());
        whole.then_some(Self { negative: false, body: Cow::Borrowed(text), rounded: false, percent: false, unit: "" })
    }

    /// The value in a style; `None` where the marks do not fit it.
    fn value(&self, style: Style) -> Option<f64> {
        let (thousands, decimal) = match style {
            Style::Indonesian => ('.', ','),
            Style::Anglo => (',', '.'),
            Style::Plain if self.body.contains(['.', ',']) => return None,
            Style::Plain => ('.', ','),
        };
        if self.rounded && style == Style::Anglo {
            return None;
        }
        let (whole, fraction) = self.body.split_once(decimal).map_or((&*self.body, None), |(w, f)| (w, Some(f)));
        let mut groups = whole.split(thousands);
        let first = groups.next()?;
        let mut digits = append(0, first)?;
        let mut grouped = false;
        for group in groups {
            grouped = true;
            digits = append(digits, group).filter(|_| group.len() == 3)?;
        }
        if grouped && (first.len() > 3 || first.starts_with('0')) {
            return None;
        }
        let places = i32::try_from(fraction.map_or(0, str::len)).ok()?;
        let digits = fraction.map_or(Some(digits), |f| append(digits, f))?;
        // Both numbers are whole and below 2⁵³, so that the one division rounds correctly.
        #[expect(clippy::cast_precision_loss, reason = "at most fifteen digits")]
        let value = digits as f64 / 10_f64.powi(places);
        Some(if self.negative && digits != 0 { -value } else { value })
    }
}

/// The number with these digits behind it; `None` where the text is empty or has anything but digits.
fn append(number: u64, digits: &str) -> Option<u64> {
    let step = |n: u64, b: u8| b.is_ascii_digit().then(|| n * 10 + u64::from(b - b'0'));
    if digits.is_empty() { None } else { digits.bytes().try_fold(number, step) }
}

/// The digits and marks at the head of the text, blanks between thousands left out, and what follows.
fn body(text: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut rest = text;
    loop {
        let run = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let marks = rest[..run].trim_end_matches(['.', ',']).len();
        out.push_str(&rest[..marks]);
        rest = &rest[marks..];
        let after = rest.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let three = after.bytes().take_while(u8::is_ascii_digit).count() == 3;
        let last = text[..text.len() - rest.len()].bytes().rev().take_while(u8::is_ascii_digit).count();
        let grouped = (1..=3).contains(&last);
        if after.len() == rest.len() || !three || !grouped || out.contains(',') {
            break;
        }
        rest = after;
    }
    let digits = out.bytes().filter(u8::is_ascii_digit).count();
    (digits > 0 && digits <= MOST_DIGITS && out.starts_with(|c: char| c.is_ascii_digit())).then_some((out, rest))
}

/// Whether what follows a figure may be its unit: a few words without digits, none of them a month.
fn is_unit(text: &str) -> bool {
    let fits = |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '/' | '-' | '(' | ')' | '.' | '*');
    text.is_empty()
        || (text.len() <= 120
            && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '(' | '/' | '*'))
            && text.chars().all(fits)
            && super::text::words(text).iter().all(|w| super::date::month(w).is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str, style: Style) -> Option<f64> {
        match read(text, style)? {
            Figure::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    #[test]
    fn indonesian_figures() {
        for (text, value) in [
            ("1.234.567", 1_234_567.0),
            ("1234", 1234.0),
            ("0", 0.0),
            ("007", 7.0),
            ("5 966", 5966.0),
            ("5\u{a0}966", 5966.0),
            ("5\u{202f}966", 5966.0),
            ("1 234 567", 1_234_567.0),
            ("Rp4.200,00", 4200.0),
            ("Rp 1.234", 1234.0),
            ("Rp. 1.234,-", 1234.0),
            ("IDR 1.234", 1234.0),
            ("(1.234)", -1234.0),
            ("-1.234", -1234.0),
            ("− 12", -12.0),
            ("Rp (1.234)", -1234.0),
            ("-0", 0.0),
            ("12,5", 12.5),
            ("87,50%", 87.5),
            ("100 %", 100.0),
            ("1.234 orang", 1234.0),
            ("1.234 (orang)", 1234.0),
            ("12 OK", 12.0),
            ("1.234,-", 1234.0),
            ("'1234", 1234.0),
            ("\u{feff}12\u{200b}", 12.0),
            ("1.234 *)", 1234.0),
        ] {
            assert_eq!(number(text, Style::Indonesian), Some(value), "{text}");
        }
    }

    #[test]
    fn anglo_and_plain_figures() {
        for (text, value) in
            [("1,234,567", 1_234_567.0), ("1,234.50", 1234.5), ("0.889", 0.889), ("12.5%", 12.5), ("5 966", 5966.0)]
        {
            assert_eq!(number(text, Style::Anglo), Some(value), "{text}");
        }
        assert_eq!(number("5 966", Style::Plain), Some(5966.0));
        assert_eq!(number("1.234", Style::Plain), None);
    }

    #[test]
    fn what_is_no_figure_is_none() {
        for text in [
            "1.23.456",
            "12.34",
            "1234.567",
            "0.123",
            "1,234,567",
            "1.234.56",
            "12,",
            "12 34",
            "5 96",
            "Kumai",
            "3 Oktober",
            "12/3",
            "1,2,3",
            "62.04.05",
            "6204050101990001",
            "1 234 56",
            "(12",
            "12 a 5",
            ".5",
            "1.234,5,6",
        ] {
            assert_eq!(read(text, Style::Indonesian), None, "{text}");
        }
        assert_eq!(read("1.234,-", Style::Anglo), None);
    }

    #[test]
    fn dashes_and_blanks_are_told_apart() {
        for text in ["-", "–", " — ", "nihil", "NIHIL", "Kosong", "Rp -", "Rp. -", "---"] {
            assert_eq!(read(text, Style::Indonesian), Some(Figure::Dash), "{text}");
        }
        for text in ["", " ", "\u{a0}", "\u{200b}"] {
            assert_eq!(read(text, Style::Plain), Some(Figure::Blank), "{text:?}");
        }
        assert_eq!(Figure::Dash.count(), Some(0.0));
        assert_eq!(Figure::Blank.count(), None);
    }

    #[test]
    fn percent_and_unit_are_kept() {
        assert_eq!(read("87,5 %", Style::Indonesian), Some(Figure::Number { value: 87.5, percent: true }));
        assert_eq!(read_with_unit("12 Lap", Style::Plain), Some((Figure::Number { value: 12.0, percent: false }, "Lap")));
    }

    #[test]
    fn the_column_decides() {
        let of = |cells: &[&str]| decide(cells.iter().copied());
        assert_eq!(of(&["1.234", "1.234.567"]), Decision::Certain(Style::Indonesian));
        assert_eq!(of(&["1,234", "1,234,567"]), Decision::Certain(Style::Anglo));
        assert_eq!(of(&["1,234", "12.5"]), Decision::Certain(Style::Anglo));
        assert_eq!(of(&["1.234", "12,5", "JUMLAH"]), Decision::Certain(Style::Indonesian));
        assert_eq!(of(&["1.234", "987", "-"]), Decision::Assumed(Style::Indonesian));
        assert_eq!(of(&["5,966", "1,234"]), Decision::Assumed(Style::Anglo));
        assert_eq!(of(&["87,500%"]), Decision::Assumed(Style::Indonesian));
        assert_eq!(of(&["1.234.567", "1,234,567"]), Decision::Undecided);
        assert_eq!(of(&["1.234", "1,234"]), Decision::Undecided);
        assert_eq!(of(&["1234", "5 966", ""]), Decision::Certain(Style::Plain));
        assert_eq!(of(&["1.234", "Rp 500,-"]), Decision::Certain(Style::Indonesian));
        assert_eq!(of(&[]), Decision::Certain(Style::Plain));
        assert_eq!(Decision::Undecided.style(), None);
    }

    #[test]
    fn numbers_are_recognised_without_a_style() {
        for text in ["1.234", "1,234", "12", "Rp 5", "(3)", "50%", "1 234", "62.04"] {
            assert!(looks_like_number(text), "{text}");
        }
        for text in ["", "-", "Kumai", "12 OK", "62.04.05", "1.", "II", "1/2", "2025-TW3"] {
            assert!(!looks_like_number(text), "{text}");
        }
    }

    #[test]
    fn roman_numerals() {
        for (word, value) in [("I", 1), ("IV", 4), ("IX", 9), ("XII", 12), ("XXXIX", 39)] {
            assert_eq!(roman(word), Some(value));
        }
        for word in ["", "IIII", "VX", "KUMAI", "i", "XXXX", "É"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
