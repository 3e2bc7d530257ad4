//! A printed target or realisation → number and unit: `100%`, `2 Lap`, `Rp5.000.000`, `≥ 80`, `80 - 90 %`, `B`.

use crate::normalise::exact;
use crate::normalise::number::{self, Figure, Style};
use crate::tables::phrases::Phrases;

/// What a target or realisation says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Amount {
    /// Nothing, or a dash.
    Nothing,
    /// A number with its unit, which may be empty.
    One(f64, String),
    /// Between two numbers.
    Range(f64, f64, String),
    /// A rank of the evaluation (`B`), higher is better.
    Rank(u8),
    /// Words.
    Words,
}

impl Amount {
    /// The number, where it is a single one.
    pub(super) const fn number(&self) -> Option<f64> {
        match self {
            Self::One(n, _) => Some(*n),
            _ => None,
        }
    }

    /// The unit as printed; empty where there is none.
    pub(super) fn unit(&self) -> &str {
        match self {
            Self::One(_, unit) | Self::Range(_, _, unit) => unit,
            _ => "",
        }
    }
}

/// Reads one cell in the style of its column.
pub(super) fn read(text: &str, style: Style, phrases: &Phrases) -> Amount {
    let bare = unbounded(text, phrases);
    if let Some(rank) = rank(bare, phrases) {
        return Amount::Rank(rank);
    }
    let money = bare.get(..2).is_some_and(|h| h.eq_ignore_ascii_case("rp"));
    let bare = if money { bare[2..].trim_start_matches(['.', ' ', '\u{a0}']).trim_end_matches(",-") } else { bare };
    if let Some(range) = range(bare, style, money, phrases) {
        return range;
    }
    match number::read_with_unit(bare, style) {
        Some((Figure::Number { value, percent }, unit)) => {
            let (times, unit) = times(unit, money, phrases);
            multiplied(value, times).map_or(Amount::Words, |value| Amount::One(value, unit_of(percent, money, unit)))
        }
        Some(_) => Amount::Nothing,
        None => trailing(bare, style).or_else(|| decimal(bare)).unwrap_or(Amount::Words),
    }
}

/// What a number is counted in, and the unit behind that: `miliar`, `ribu orang`; `M` behind money.
fn times<'t>(unit: &'t str, money: bool, phrases: &Phrases) -> (f64, &'t str) {
    let unit = unit.trim();
    let (word, rest) = unit.split_once(char::is_whitespace).unwrap_or((unit, ""));
    let bare = word.trim_end_matches([',', '.', ';', ')']);
    let counted = |dimension: &str| phrases.value(dimension, bare)?.parse().ok();
    match counted("kali").or_else(|| counted("kali_uang").filter(|_| money)) {
        Some(times) => (times, rest),
        None => (1.0, unit),
    }
}

fn multiplied(value: f64, times: f64) -> Option<f64> {
    exact::product(&[value, times]).and_then(exact::number)
}

/// `85.1`, `3.60 Indeks`: one point before one or two digits parts no thousands, whatever the style of the others.
fn decimal(text: &str) -> Option<Amount> {
    let number = text.split_whitespace().next()?.trim_end_matches('%');
    let (_, behind) = number.split_once('.').filter(|_| !number.contains(','))?;
    let parts = (1..=2).contains(&behind.len()) && behind.bytes().all(|b| b.is_ascii_digit());
    match number::read_with_unit(text, Style::Anglo)? {
        (Figure::Number { value, percent }, unit) if parts => Some(Amount::One(value, unit_of(percent, false, unit))),
        _ => None,
    }
}

/// Whether a text is short enough for a target.
pub(super) fn is_short(text: &str) -> bool {
    const WORDS: usize = 4;
    text.split_whitespace().count() <= WORDS
}

fn unit_of(percent: bool, money: bool, unit: &str) -> String {
    // `2 (dua) Laporan`: the number once more in words.
    let unit = unit.trim();
    let behind =
        unit.strip_prefix('(').and_then(|u| u.split_once(')')).map(|(_, rest)| rest.trim()).filter(|rest| !rest.is_empty());
    let unit = behind.unwrap_or(unit).trim_start_matches('(').trim_end_matches([')', '.', ';', ',', '*', ' ']);
    match (percent, money) {
        (true, _) => "%".to_owned(),
        (_, true) => "Rp".to_owned(),
        _ => unit.to_owned(),
    }
}

/// The text without a bound before it: `≥ 80 %`, `Minimal B`, `Min. 2 Lap`.
fn unbounded<'t>(text: &'t str, phrases: &Phrases) -> &'t str {
    let signs = |t: &'t str| t.trim().trim_start_matches(['≥', '≤', '>', '<', '=', '±', '~', ':']).trim_start();
    let text = signs(text);
    let after = ["batas:bawah", "batas:atas"].iter().find_map(|bound| phrases.after(bound, text));
    let after = after.map(|rest| signs(rest.trim_start_matches(['.', ':', '"', '“', '('])));
    after.filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// `B`, `"BB"`, `BB (Sangat Baik)`.
fn rank(text: &str, phrases: &Phrases) -> Option<u8> {
    let head = text.split('(').next().unwrap_or(text).trim_matches(|c: char| !c.is_alphanumeric());
    (head.len() <= 2).then(|| phrases.value("peringkat", head)).flatten()?.parse().ok()
}

/// `80 - 90 %`, `80% s.d. 90%`.
fn range(text: &str, style: Style, money: bool, phrases: &Phrases) -> Option<Amount> {
    let parted = [" s.d. ", " s/d ", " sd ", " sampai ", "–", " - ", "-"].iter().find_map(|mark| text.split_once(mark));
    let (low, high) = parted?;
    let number = |t: &str| match number::read_with_unit(t.trim(), style)? {
        (Figure::Number { value, percent }, unit) => {
            let (times, unit) = times(unit, money, phrases);
            Some((value, times, unit_of(percent, money, unit)))
        }
        _ => None,
    };
    let ((low, own, first), (high, times, second)) = (number(low)?, number(high)?);
    // `1 - 2 miliar`: both.
    let (low, high) = (multiplied(low, if own > 1.0 { own } else { times })?, multiplied(high, times)?);
    (low < high).then_some(Amount::Range(low, high, if second.is_empty() { first } else { second }))
}

/// A unit before the number: `Nilai 72,5`, `Indeks: 3,2`; one number among words.
fn trailing(text: &str, style: Style) -> Option<Amount> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = (text.get(..at)?.trim(), text.get(at..)?);
    let (Figure::Number { value, percent }, unit) = number::read_with_unit(rest, style)? else { return None };
    let words = before.trim_end_matches([':', '=']).trim();
    let short = words.chars().all(|c| c.is_alphabetic() || c.is_whitespace()) && words.split_whitespace().count() <= 3;
    let unit = if unit.is_empty() && !percent { words.to_owned() } else { unit_of(percent, false, unit) };
    short.then_some(Amount::One(value, unit))
}

/// The style of all texts of target and realisation together.
pub(super) fn style<'a>(texts: impl Iterator<Item = &'a str>) -> Style {
    number::decide(texts).style().unwrap_or(Style::Indonesian)
}

/// The word that units of the same meaning share: `Lap` and `laporan` are one.
pub(super) fn same_unit(unit: &str, phrases: &Phrases) -> String {
    if unit.trim() == "%" {
        return "persen".to_owned();
    }
    phrases.value("setara", unit).map_or_else(|| crate::normalise::text::key(unit).to_lowercase(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases {
        Phrases::new(&crate::schemas::builtin().unwrap().kind("iku").unwrap().meanings)
    }

    #[test]
    fn targets_with_units() {
        let phrases = phrases();
        let one = |n: f64, unit: &str| Amount::One(n, unit.to_owned());
        for (text, expected) in [
            ("100%", one(100.0, "%")),
            ("97,5 %", one(97.5, "%")),
            ("2 Lap", one(2.0, "Lap")),
            ("72,5 Nilai", one(72.5, "Nilai")),
            ("Nilai 72,5", one(72.5, "")),
            ("Rp1.500.000", one(1_500_000.0, "Rp")),
            ("Rp 1,5 miliar", one(1_500_000_000.0, "Rp")),
            ("Rp. 750 juta,-", one(750_000_000.0, "Rp")),
            ("Rp2,5 M", one(2_500_000_000.0, "Rp")),
            ("5 ribu orang", one(5_000.0, "orang")),
            ("5 M", one(5.0, "M")),
            ("Rp 1 - 2 miliar", Amount::Range(1e9, 2e9, "Rp".into())),
            ("≥ 80%", one(80.0, "%")),
            ("Min. 2 Laporan", one(2.0, "Laporan")),
            ("Indeks 3,2", one(3.2, "Indeks")),
            ("80 - 90 %", Amount::Range(80.0, 90.0, "%".into())),
            ("80% s.d. 90%", Amount::Range(80.0, 90.0, "%".into())),
            ("B", Amount::Rank(4)),
            ("Minimal \"BB\" (Sangat Baik)", Amount::Rank(5)),
            ("-", Amount::Nothing),
            ("", Amount::Nothing),
            ("85.1", one(85.1, "")),
            ("3.6 Indeks", one(3.6, "Indeks")),
            ("tepat waktu", Amount::Words),
            ("WTP", Amount::Words),
        ] {
            assert_eq!(read(text, Style::Indonesian, &phrases), expected, "{text}");
        }
    }

    #[test]
    fn units_of_one_meaning() {
        let phrases = phrases();
        for (a, b, same) in [
            ("Lap", "Laporan", true),
            ("%", "persen", true),
            ("Keg.", "kegiatan", true),
            ("Dok", "Lap", false),
            ("Unit", "unit", true),
        ] {
            assert_eq!(same_unit(a, &phrases) == same_unit(b, &phrases), same, "{a} {b}");
        }
    }
}
