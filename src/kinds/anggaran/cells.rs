//! What a single cell of a budget holds: a figure, a code, a remark.

use crate::model::{Cell, Value};
use crate::normalise::date;
use crate::normalise::number::{self, Figure, Style};
use crate::tables::marks::Marked;
use crate::tables::outline::{Tier, code};
use crate::tables::words::Dimension;

/// Words in the column of running numbers: `JUMLAH`, but not `12`, `A.` or `VIII`.
#[must_use]
pub fn is_label(shown: &str) -> bool {
    let letters = shown.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && number::roman(shown.trim().trim_end_matches(['.', ')'])).is_none()
}

/// The number or letter of a list: `12`, `12.`, `IV`, `b)`.
#[must_use]
pub fn is_running(shown: &str) -> bool {
    let bare = shown.trim().trim_end_matches(['.', ')']);
    let letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic());
    !bare.is_empty() && (letter || bare.bytes().all(|b| b.is_ascii_digit()) || number::roman(bare).is_some())
}

/// One word with digits, as codes are: a code with a slip in it.
#[must_use]
pub fn like_a_code(shown: &str) -> bool {
    let shown = shown.trim();
    shown.len() >= 4 && !shown.contains(char::is_whitespace) && shown.bytes().filter(u8::is_ascii_digit).count() >= 2
}

/// Digits parted by thousands: `49.500`, `2,530,000`.
#[must_use]
pub fn is_money(shown: &str) -> bool {
    shown.contains(['.', ',']) && number::looks_like_number(shown)
}

/// `Halaman : 2` among figures.
#[must_use]
pub fn is_remark(sheet: &Marked, cell: &Cell) -> bool {
    let said = sheet.said(cell);
    said.opens && said.senses.first().is_some_and(|s| s.dimension == Dimension::Note)
}

/// A zero or a dash: nothing is blocked.
#[must_use]
pub fn is_nothing(sheet: &Marked, cell: &Cell) -> bool {
    matches!(figure(sheet, cell, Some(Style::Indonesian)), Read::Number(0.0) | Read::Nothing)
}

/// `JML` in a column of codes is no KRO: a sum is called by the amount that it shows.
#[must_use]
pub fn is_sum(sheet: &Marked, cell: &Cell) -> bool {
    let said = sheet.said(cell);
    said.whole() && said.senses.first().is_some_and(|s| matches!(s.dimension, Dimension::Total | Dimension::Measure))
}

/// Whether a text is a code, of the level that its column names.
#[must_use]
pub fn is_code(shown: &str, tier: Option<Tier>) -> bool {
    match tier {
        Some(tier) => !code::readings_at(shown, tier).is_empty(),
        None => !code::readings(shown).is_empty(),
    }
}

/// The number in a cell, in a style; `None` for anything else.
#[must_use]
pub fn value(sheet: &Marked, cell: &Cell, style: Option<Style>) -> Option<f64> {
    match figure(sheet, cell, style) {
        Read::Number(value) => Some(value),
        _ => None,
    }
}

/// What stands where a figure belongs.
pub enum Read {
    /// A number.
    Number(f64),
    /// Words without a digit.
    Words,
    /// Blanks.
    Nothing,
    /// Digits that are no number, an error, a formula without result.
    Unreadable,
    /// Two numbers, by what its points and commas mean: the column uses both ways.
    Undecided,
}

/// Reads a cell where a figure belongs.
#[must_use]
pub fn figure(sheet: &Marked, cell: &Cell, style: Option<Style>) -> Read {
    let shown = match cell.value {
        Value::Number(n) => return Read::Number(n),
        Value::Text(_) => sheet.grid.text(cell.value).unwrap_or_default(),
        Value::Error(_) | Value::NoResult => return Read::Unreadable,
        Value::Bool(_) | Value::Date(_) => return Read::Words,
    };
    let shown = without_unit(shown);
    let read = |style: Style| number::read(shown, style).and_then(Figure::count);
    let value = match style {
        Some(style) => read(style),
        None => match (read(Style::Indonesian), read(Style::Anglo)) {
            (Some(a), Some(b)) if a != b => return Read::Undecided,
            (a, b) => a.or(b),
        },
    };
    match value {
        Some(value) => Read::Number(value),
        None if shown.trim().is_empty() => Read::Nothing,
        // `Palangka Raya, 6 Desember 2024` above a signature is nothing that went wrong with a figure.
        None if shown.contains(char::is_alphabetic) && date::parse(shown).is_some() => Read::Words,
        None if shown.bytes().any(|b| b.is_ascii_digit()) || number::is_cut_off(shown) => Read::Unreadable,
        None => Read::Words,
    }
}

/// A price without the unit it is for: `Rp 45.000/OK`, `45.000 per orang`, `@ 45.000`.
#[must_use]
pub fn without_unit(shown: &str) -> &str {
    let bare = shown.trim().trim_start_matches('@').trim_start();
    let split = bare.find('/').or_else(|| said_in_words(bare));
    match split.map(|at| bare.split_at(at)) {
        Some((price, unit)) if price.bytes().any(|b| b.is_ascii_digit()) && names_unit(unit) => price.trim_end(),
        _ => bare,
    }
}

/// Where ` per orang` begins: a short word behind the number, and others behind that.
fn said_in_words(text: &str) -> Option<usize> {
    let at = text.find(char::is_whitespace)?;
    let mut words = text[at..].split_whitespace();
    let joins = words.next().is_some_and(|w| w.len() < 4 && w.bytes().all(|b| b.is_ascii_lowercase()));
    let plain = !text[at..].bytes().any(|b| b.is_ascii_digit());
    (joins && plain && words.next().is_some()).then_some(at)
}

/// `/OK`, `/M2`, ` per orang`; not `/2025`.
fn names_unit(text: &str) -> bool {
    text.trim_start_matches(['/', ' ']).starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_may_name_its_unit() {
        for (text, price) in
            [("Rp 45.000/OK", "Rp 45.000"), ("140.000/M2", "140.000"), ("@ 45.000", "45.000"), ("45.000 per orang", "45.000")]
        {
            assert_eq!(without_unit(text), price);
        }
        for text in ["12/2025", "45.000", "OK/45.000", "Rp 1.000,-"] {
            assert_eq!(without_unit(text), text);
        }
    }
}
