//! Dates as Indonesian offices print them, and RFC 3339 moments. The day always comes before the month.

use std::ops::Range;

use jiff::civil::Date;

use super::text::{self, Word};

/// Names of the months with their abbreviations and old spellings, January first.
const MONTHS: [&[&str]; 12] = [
    &["JANUARI", "JAN", "JANUARY"],
    &["FEBRUARI", "FEB", "PEB", "PEBRUARI", "FEBUARI"],
    &["MARET", "MAR", "MRT"],
    &["APRIL", "APR"],
    &["MEI", "MAY"],
    &["JUNI", "JUN"],
    &["JULI", "JUL"],
    &["AGUSTUS", "AGU", "AGT", "AGS", "AGUST", "AUG"],
    &["SEPTEMBER", "SEP", "SEPT"],
    &["OKTOBER", "OKT", "OCT"],
    &["NOVEMBER", "NOV", "NOP", "NOPEMBER"],
    &["DESEMBER", "DES", "DEC"],
];

/// Days of the week, Monday first.
const DAYS: [&[&str]; 7] = [&["SENIN"], &["SELASA"], &["RABU"], &["KAMIS"], &["JUMAT"], &["SABTU"], &["MINGGU", "AHAD"]];

/// The month that a folded word names, 1 … 12; a slip of one letter passes in the longer names.
#[must_use]
pub fn month(word: &str) -> Option<u8> {
    let number = |i: usize| u8::try_from(i + 1).ok();
    if let Some(i) = MONTHS.iter().position(|names| names.contains(&word)) {
        return number(i);
    }
    let like = |names: &&'static [&'static str]| names[0].len() >= 7 && text::one_slip(names[0], word);
    MONTHS.iter().position(like).and_then(number)
}

/// The weekday that a word names, 1 = Monday … 7 = Sunday.
#[must_use]
pub fn weekday(word: &str) -> Option<i8> {
    let word = text::key(word);
    DAYS.iter().position(|names| names.contains(&word.as_str())).and_then(|i| i8::try_from(i + 1).ok())
}

/// Whether a date follows a folded word: `TANGGAL`, `TGL`.
#[must_use]
pub fn announced_by(word: &str) -> bool {
    matches!(word, "TANGGAL" | "TGL")
}

/// The name of a weekday, 1 = Monday … 7 = Sunday, as one writes it.
#[must_use]
pub fn day_name(weekday: i8) -> &'static str {
    const NAMES: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
    usize::try_from(weekday).ok().and_then(|n| NAMES.get(n.wrapping_sub(1))).copied().unwrap_or_default()
}

/// The weekday of a date, 1 = Monday … 7 = Sunday.
#[must_use]
pub fn weekday_of(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// Every date in the text with its byte range: `3 Oktober 2025`, `03/10/2025`, `3-10-25`, `2025-10-03`.
#[must_use]
pub fn find(text: &str) -> Vec<(Date, Range<usize>)> {
    let words = text::words_at(text);
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if let Some(date) = words.get(i..i + 3).and_then(|three| of(text, three)) {
            out.push((date, words[i].at.start..words[i + 2].at.end));
            i += 3;
        } else {
            i += 1;
        }
    }
    out
}

/// The date that the text is, apart from a weekday or a place before it.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let mut found = find(text);
    if found.len() == 1 { found.pop().map(|(date, _)| date) } else { None }
}

/// Three words that are a date, if they are one.
fn of(text: &str, three: &[Word]) -> Option<Date> {
    let [a, b, c] = three else { return None };
    let between = |x: &Word, y: &Word| text.get(x.at.end..y.at.start).unwrap_or_default().trim();
    let marks = (between(a, b), between(b, c));
    if let (Some(month), 1..=2) = (month(&b.text), a.text.len()) {
        return date(year(&c.text)?, month, digits(&a.text)?);
    }
    if !matches!(marks, ("/", "/") | ("-", "-") | (".", ".")) {
        return None;
    }
    if a.text.len() == 4 && marks.0 == "-" && b.text.len() == 2 && c.text.len() == 2 {
        return date(year(&a.text)?, digits(&b.text)?, digits(&c.text)?);
    }
    let short = a.text.len() <= 2 && b.text.len() <= 2 && (c.text.len() == 4 || (c.text.len() == 2 && marks.0 != "."));
    if short { date(year(&c.text)?, digits(&b.text)?, digits(&a.text)?) } else { None }
}

fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A year from 1945 to 2099, in four digits or two.
fn year(word: &str) -> Option<i16> {
    let number: i16 = word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse().ok())??;
    match word.len() {
        4 => (1945..2100).contains(&number).then_some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

fn digits(word: &str) -> Option<u8> {
    word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse().ok())?
}

/// A moment in RFC 3339 (`2025-10-05T23:59:00+07:00`) as seconds since 1970; `None` without an offset.
#[must_use]
pub fn rfc3339(text: &str) -> Option<i64> {
    text.trim().parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_dates() {
        for (text, iso) in [
            ("3 Oktober 2025", "2025-10-03"),
            ("Palangka Raya, 03 OKTOBER 2025", "2025-10-03"),
            ("Jum'at, 3 Okt 2025", "2025-10-03"),
            ("03/10/2025", "2025-10-03"),
            ("3-10-2025", "2025-10-03"),
            ("03.10.2025", "2025-10-03"),
            ("2/7/25", "2025-07-02"),
            ("2025-10-03", "2025-10-03"),
            ("1 Nopember 2024", "2024-11-01"),
            ("1 Septembr 2024", "2024-09-01"),
        ] {
            assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), Some(iso), "{text}");
        }
        for text in [
            "31 Februari 2025",
            "13/13/2025",
            "12.34.56",
            "Oktober 2025",
            "3 Oktober",
            "62.04.05",
            "1/2",
            "63/PK.01/2025",
            "12 05 2025",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(find("dari 1 Juli 2025 s.d. 30 September 2025").len(), 2);
    }

    #[test]
    fn weekdays_fit_their_dates() {
        assert_eq!(weekday("Jum\u{2019}at"), Some(5));
        assert_eq!(weekday_of(parse("8 Desember 2025").unwrap()), weekday("Senin").unwrap());
        assert_ne!(weekday_of(parse("12/8/2024").unwrap()), weekday("Sabtu").unwrap());
        assert_eq!(weekday("Kumai"), None);
    }

    #[test]
    fn moments_need_an_offset() {
        assert_eq!(rfc3339("1970-01-01T07:00:10+07:00"), Some(10));
        assert_eq!(rfc3339("2025-10-05T16:59:00Z"), rfc3339("2025-10-05T23:59:00+07:00"));
        assert_eq!(rfc3339("2025-10-05"), None);
        assert_eq!(rfc3339("2025-10-05T23:59:00"), None);
    }
}
