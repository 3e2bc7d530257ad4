//! One printed figure taken apart: sign, currency, digits with their marks, percent sign, unit.

use std::borrow::Cow;

use super::Style;
use crate::normalise::date;
use crate::normalise::text::{self, is_invisible};

/// Words for nothing.
const NOTHING: [&str; 2] = ["NIHIL", "KOSONG"];

/// More digits than any count or amount has; longer ones are identity or phone numbers and would lose digits besides.
const MOST_DIGITS: usize = 15;

/// A figure taken apart, its marks not yet understood.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    negative: bool,
    /// Digits, points and commas; spaces between thousands are gone.
    pub(super) body: Cow<'a, str>,
    /// `,-` stood behind: the comma is the decimal mark.
    rounded: bool,
    pub(super) percent: bool,
    pub(super) unit: &'a str,
}

pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c) || c == '\'')
}

pub(super) fn is_nothing(text: &str) -> bool {
    let rest = without_currency(text.trim());
    let dashes = rest.chars().all(|c| is_dash(c) || c.is_whitespace()) && rest.chars().any(is_dash);
    dashes || NOTHING.contains(&text::key(rest).as_str())
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '_')
}

/// `1.234.567 (12,97%)`: a figure with its share of something behind it in brackets.
fn without_share(text: &str) -> &str {
    let share =
        |inside: &str| inside.trim().strip_suffix('%').is_some_and(|n| n.bytes().any(|b| b.is_ascii_digit()) && !n.contains('('));
    let figure = |before: &str| before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '-');
    let Some((before, behind)) = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) else { return text };
    if share(behind) && figure(before) { before.trim_end() } else { text }
}

fn without_currency(text: &str) -> &str {
    let head = text
        .get(..3)
        .filter(|h| h.eq_ignore_ascii_case("IDR"))
        .or_else(|| text.get(..2).filter(|h| h.eq_ignore_ascii_case("RP")));
    head.map_or(text, |h| text[h.len()..].trim_start_matches('.').trim_start())
}

impl<'a> Shape<'a> {
    pub(super) fn of(text: &'a str) -> Option<Self> {
        if text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',')) {
            return Self::bare(text);
        }
        let outside = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
        let mut rest = without_share(text.trim_matches(outside)).trim_start_matches(['\'', '`']).trim_start_matches(outside);
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
    pub(super) fn value(&self, style: Style) -> Option<f64> {
        let (thousands, decimal) = match style {
            Style::Plain if self.body.contains(['.', ',']) => return None,
            Style::Indonesian | Style::Plain => ('.', ','),
            Style::Anglo => (',', '.'),
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
            && text::words(text).iter().all(|w| date::month(w).is_none()))
}
