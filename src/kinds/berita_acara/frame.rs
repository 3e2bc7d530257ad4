//! The frame of the minutes: their number, the day and place of the meeting, the roles of those who sign.

use std::ops::Range;

use jiff::civil::Date;

use crate::model::Origin;
use crate::normalise::{date, terbilang, text};

use super::lexicon::{Lexicon, Sense};
use super::passages::Passage;

/// Number, day, place and signers.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The number of the minutes as printed.
    pub number: Option<(String, Origin)>,
    /// The day of the meeting.
    pub day: Option<Day>,
    /// Where it was held.
    pub place: Option<(String, Origin)>,
    /// Roles of the signers with how many of each, in the order of the paper; never names.
    pub roles: Vec<(String, usize)>,
}

/// The day of the meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Its cell.
    pub origin: Origin,
    /// The weekday as printed, 1 = Monday, and its cell.
    pub weekday: Option<(i8, String, Origin)>,
    /// Another date that the same sentence prints for the same day.
    pub other: Option<Date>,
}

/// Reads the frame.
pub fn frame(passages: &[Passage], lexicon: &Lexicon) -> Frame {
    let number = passages.iter().find_map(|p| number(p, lexicon));
    let place = passages.iter().find_map(|p| place(p, lexicon));
    Frame { number, day: day(passages, lexicon), place, roles: roles(passages, lexicon) }
}

/// Behind `nomor` at the beginning of a line: signs with a slash or a digit among them, up to the end or to words.
fn number(passage: &Passage, lexicon: &Lexicon) -> Option<(String, Origin)> {
    let text = passage.text.as_str();
    // Lines that were put together are still lines: the name of the office may stand on the one above.
    let led = |at: usize| text.get(passage.cell(at).start..at).is_some_and(leads);
    let phrase = lexicon.all(text, Sense::Number).into_iter().find(|p| led(p.at.start))?;
    // `Nomor Berita Acara | 29/PL.02.1-BA/7207/2025`: the number stands in the next cell.
    let own = passage.cell(phrase.at.start);
    let from = if passage.row && !text[own.clone()].contains('/') { own.end } else { phrase.at.end };
    let rest = text.get(from..)?.trim_start_matches(|c: char| !c.is_alphanumeric());
    let start = text.len() - rest.len();
    let mut end = 0;
    for token in rest.split_inclusive([' ', '\t']) {
        let word = token.trim_end();
        let glued = rest[..end].trim_end().ends_with(['/', '-', '.']) || word.starts_with(['/', '-']);
        if end > 0 && !glued {
            break;
        }
        end += token.len();
    }
    let printed = rest[..end].trim_end().trim_end_matches([',', ';']);
    let code = printed.contains('/') && printed.chars().any(char::is_alphanumeric);
    code.then(|| (text::clean(printed), passage.origin(start)))
}

/// Whether what stands before `nomor` is nothing but the name of the paper.
fn leads(before: &str) -> bool {
    let words = text::words(before);
    words.len() <= 3 && !words.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()))
}

/// Behind `bertempat di`: up to the next mark, or to what was done there.
fn place(passage: &Passage, lexicon: &Lexicon) -> Option<(String, Origin)> {
    let text = passage.text.as_str();
    let phrase = lexicon.all(text, Sense::Place).into_iter().next()?;
    let rest = text[phrase.at.end..].trim_start_matches([':', ' ', '\t']);
    let mark = rest.find([',', ';', ':', '\t']).unwrap_or(rest.len());
    let deed = lexicon.all(rest, Sense::Deed).first().map_or(rest.len(), |p| p.at.start);
    let end = mark.min(deed);
    let printed = text::clean(rest[..end].trim_end_matches('.'));
    (!printed.is_empty() && printed.chars().count() <= 160).then(|| (printed, passage.origin(text.len() - rest.len())))
}

/// The day that the opening names together with its weekday; without one, the first date behind `tanggal`, else the last of the paper,
/// beside the signatures.
fn day(passages: &[Passage], lexicon: &Lexicon) -> Option<Day> {
    let opening = passages.iter().enumerate().find_map(|(i, p)| weekday(p, lexicon).map(|w| (i, w)));
    if let Some((i, (weekday, printed, at))) = opening {
        let origin = passages[i].origin(at.start);
        for (passage, from) in passages[i..].iter().zip([at.end, 0, 0]) {
            if let Some((date, at, other)) = dates(&passage.text, from) {
                let date_at = passage.origin(at.start);
                return Some(Day { date, origin: date_at, weekday: Some((weekday, printed, origin)), other });
            }
        }
    }
    let stated = passages.iter().find_map(|p| {
        let from = text::words_at(&p.text).into_iter().find(|w| date::announced_by(&w.text))?.at.end;
        let (date, at, other) = dates(&p.text, from)?;
        Some(Day { date, origin: p.origin(at.start), weekday: None, other })
    });
    stated.or_else(|| {
        let last = |p: &Passage| date::find(&p.text).pop().map(|(date, at)| (date, p.origin(at.start)));
        let (date, origin) = passages.iter().rev().find_map(last)?;
        Some(Day { date, origin, weekday: None, other: None })
    })
}

/// A weekday behind `hari ini`, or before `tanggal` or a date.
fn weekday(passage: &Passage, lexicon: &Lexicon) -> Option<(i8, String, Range<usize>)> {
    let text = passage.text.as_str();
    let words = text::words_at(text);
    let introduced: Vec<usize> = lexicon.all(text, Sense::Day).into_iter().map(|p| p.at.end).collect();
    words.iter().enumerate().find_map(|(i, word)| {
        let weekday = date::weekday(&word.text)?;
        let behind_phrase =
            introduced.iter().any(|end| text.get(*end..word.at.start).is_some_and(|b| !b.chars().any(char::is_alphanumeric)));
        let next = words.get(i + 1);
        let before_date = next.is_some_and(|w| date::announced_by(&w.text) || w.text.bytes().all(|b| b.is_ascii_digit()));
        (behind_phrase || before_date).then(|| (weekday, text[word.at.clone()].to_owned(), word.at.clone()))
    })
}

/// The first date behind a place of the text, in digits or in words; where both are printed and differ, the second too.
fn dates(text: &str, from: usize) -> Option<(Date, Range<usize>, Option<Date>)> {
    let rest = text.get(from..)?;
    let digits = date::find(rest).into_iter().next();
    let words = spelled(rest);
    match (digits, words) {
        (Some((a, at)), Some((b, other))) => {
            let (date, at) = if other.start < at.start { (b, other) } else { (a, at) };
            let second = if date == a { b } else { a };
            Some((date, from + at.start..from + at.end, (a != b).then_some(second)))
        }
        (Some((date, at)), None) | (None, Some((date, at))) => Some((date, from + at.start..from + at.end, None)),
        (None, None) => None,
    }
}

/// How far from the month its day and year may stand: `tanggal 2 (dua) bulan Oktober tahun 2025 (dua ribu dua puluh lima)`.
const REACH: usize = 60;

/// A date whose day or year, or month, stands in words or apart from the others.
fn spelled(text: &str) -> Option<(Date, Range<usize>)> {
    let words = text::words_at(text);
    let numbers = all_numbers(text);
    for (i, word) in words.iter().enumerate() {
        let month_word = i > 0 && words[i - 1].text == "BULAN";
        let (month, at) = match date::month(&word.text) {
            Some(month) => (f64::from(month), word.at.clone()),
            None if month_word => {
                let Some((n, at)) = numbers.iter().find(|(_, at)| at.start == word.at.start) else { continue };
                (*n, at.clone())
            }
            None => continue,
        };
        let day = numbers.iter().rev().find(|(n, d)| d.end <= at.start && at.start - d.end <= REACH && (1.0..=31.0).contains(n));
        let year = numbers.iter().find(|(n, y)| y.start >= at.end && y.start - at.end <= REACH && (1945.0..2100.0).contains(n));
        if let (Some((day, from)), Some((year, to))) = (day, year)
            && let Some(date) = civil(*year, month, *day)
        {
            return Some((date, from.start..to.end));
        }
    }
    None
}

fn civil(year: f64, month: f64, day: f64) -> Option<Date> {
    let small = |n: f64| format!("{n}").parse::<i8>().ok();
    Date::new(format!("{year}").parse().ok()?, small(month)?, small(day)?).ok()
}

/// Plain numbers in digits and in words, in the order of the text.
fn all_numbers(text: &str) -> Vec<(f64, Range<usize>)> {
    let plain = |w: text::Word| w.text.bytes().all(|b| b.is_ascii_digit()).then(|| Some((w.text.parse().ok()?, w.at)))?;
    let mut all: Vec<(f64, Range<usize>)> = text::words_at(text).into_iter().filter_map(plain).collect();
    all.extend(terbilang::find(text));
    all.sort_by_key(|(_, at)| at.start);
    all
}

/// Roles below the end of the minutes.
fn roles(passages: &[Passage], lexicon: &Lexicon) -> Vec<(String, usize)> {
    let end = passages.iter().rposition(|p| !lexicon.all(&p.text, Sense::Closing).is_empty()).unwrap_or(passages.len());
    let mut out: Vec<(String, usize)> = Vec::new();
    for passage in passages.get(end..).unwrap_or_default() {
        for phrase in lexicon.all(&passage.text, Sense::Role) {
            let role = text::key(&passage.text[phrase.at]);
            match out.iter_mut().find(|(known, _)| *known == role) {
                Some((_, count)) => *count += 1,
                None => out.push((role, 1)),
            }
        }
    }
    out
}
