//! Printed figures → numbers. Which mark parts thousands and which decimals is decided for a whole column, never for one cell:
//! `1.234` alone may be both.

mod shape;

use shape::{Shape, is_blank, is_nothing};

/// Which marks a column of figures uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// `1.234.567,89`
    #[default]
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

/// Reads a cell of a column whose cells disagree about their marks: where one mark only stands before every three digits, it parts
/// thousands, whichever it is (`1.234` and `1,234` among counts). `None` where a mark may be a decimal one, and for percentages.
#[must_use]
pub fn read_grouped(text: &str) -> Option<Figure> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return read(text, Style::Plain);
    }
    let shape = Shape::of(text).filter(|s| !s.percent)?;
    let style = match (shape.body.contains('.'), shape.body.contains(',')) {
        (false, false) => Style::Plain,
        (true, false) => Style::Indonesian,
        (false, true) => Style::Anglo,
        // The mark that stands last may be a decimal one.
        (true, true) => return None,
    };
    shape.value(style).map(|value| Figure::Number { value, percent: false })
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

/// `#####`: a figure that was wider than its column when it was printed, and is lost.
#[must_use]
pub fn is_cut_off(text: &str) -> bool {
    let text = text.trim();
    text.len() > 2 && text.bytes().all(|b| b == b'#')
}

/// Whether the text is a number in some style, without a unit other than currency or percent.
#[must_use]
pub fn looks_like_number(text: &str) -> bool {
    // `1.234*)`: a mark that points to a note below.
    let noted = |unit: &str| unit.chars().all(|c| matches!(c, '*' | ')' | '†' | '‡' | '¹' | '²' | '³'));
    Shape::of(text)
        .is_some_and(|s| noted(s.unit) && [Style::Indonesian, Style::Anglo].iter().any(|&style| s.value(style).is_some()))
}

/// The value of a roman numeral below forty in its canonical spelling and in capitals.
#[must_use]
pub fn roman(word: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = word.bytes().take_while(|b| *b == b'X').count();
    let ones = ONES.iter().position(|o| *o == &word[tens..])?;
    u32::try_from(tens * 10 + ones).ok().filter(|n| (1..40).contains(n))
}

/// A whole number the Indonesian way: 1.028.321.
#[must_use]
pub fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if number < 0.0 { format!("-{text}") } else { text }
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
            ("1.234 (12,97%)", 1234.0),
            ("Rp1.234 (8 %)", 1234.0),
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
    fn marks_before_three_digits_part_thousands_where_a_column_disagrees() {
        let of = |text| read_grouped(text).and_then(Figure::count);
        for (text, value) in [("1.234", 1234.0), ("2,000", 2000.0), ("1,234,567", 1_234_567.0), ("987", 987.0), ("-", 0.0)] {
            assert_eq!(of(text), Some(value), "{text}");
        }
        for text in ["12,5", "12.50", "1.234,50", "87,500%", "Kumai"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_recognised_without_a_style() {
        for text in ["1.234", "1,234", "12", "Rp 5", "(3)", "50%", "1 234", "62.04", "1.234*)"] {
            assert!(looks_like_number(text), "{text}");
        }
        for text in ["", "-", "Kumai", "12 OK", "62.04.05", "1.", "II", "1/2", "2025-TW3"] {
            assert!(!looks_like_number(text), "{text}");
        }
    }

    #[test]
    fn roman_numerals() {
        for (word, value) in [("I", 1), ("IV", 4), ("IX", 9), ("XII", 12), ("XXIV", 24)] {
            assert_eq!(roman(word), Some(value));
        }
        assert_eq!((roman(&format!("{}IX", "X".repeat(3))), roman(&"X".repeat(4))), (Some(39), None));
        for word in ["", "IIII", "VX", "KUMAI", "i", "XL", "É"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
