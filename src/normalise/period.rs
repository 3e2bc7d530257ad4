//! Periods named in printed text: `TRIWULAN KE TIGA TAHUN 2025`, `TW.3/2025`, `s.d. September 2025`, `T.A. 2025`, `2025-TW3`.
//!
//! The words here are language (ordinals, names of parts of a year); which period a document must have is somebody else's question.

use std::ops::Range;

use crate::model::Period;
use crate::model::period::Part;

use super::text::{self, Word};
use super::{date, number};

/// How a text names a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The month of a date: where and when something was signed, more often than what it reports.
    Dated,
    /// A year alone.
    Year,
    /// A month with its year.
    Month,
    /// Triwulan or semester with its year, or the written form of the contract (`2025-TW3`).
    Named,
}

/// A period named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub period: Period,
    /// Byte range of the words that name it.
    pub at: Range<usize>,
    /// How.
    pub how: How,
}

const ORDINALS: [&[&str]; 12] = [
    &["SATU", "KESATU", "PERTAMA"],
    &["DUA", "KEDUA"],
    &["TIGA", "KETIGA"],
    &["EMPAT", "KEEMPAT"],
    &["LIMA", "KELIMA"],
    &["ENAM", "KEENAM"],
    &["TUJUH", "KETUJUH"],
    &["DELAPAN", "KEDELAPAN"],
    &["SEMBILAN", "KESEMBILAN"],
    &["SEPULUH", "KESEPULUH"],
    &["SEBELAS", "KESEBELAS"],
    &["DUABELAS", "KEDUABELAS"],
];

const QUARTER: &[&str] = &["TRIWULAN", "TRIWULANAN", "TW", "TWL", "TRW", "TRIW", "KUARTAL", "KWARTAL", "Q"];
const SEMESTER: &[&str] = &["SEMESTER", "SMT", "SMST", "SEM"];
const YEAR: &[&str] = &["TAHUN", "THN", "TH", "TA"];

/// Part of a year as words name it, before the year is known.
struct Named {
    part: Part,
    /// Index behind its last word.
    end: usize,
}

/// Every period the text names together with its year, in the order of the text; none overlaps another.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    if !text.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let words = split(text);
    let mut out: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let Some((period, how, from, to)) = at(text, &words, i, out.last().map_or(0, |f| f.at.end)) else {
            i += 1;
            continue;
        };
        out.push(Found { period, at: words[from].at.start..words[to - 1].at.end, how });
        i = to;
    }
    out
}

/// Parts of a year that the text names without saying the year (`TW II`, `Semester I`, `bulan Juli`), with their byte ranges.
#[must_use]
pub fn find_partial(text: &str) -> Vec<(Part, Range<usize>)> {
    let words = split(text);
    let full = find(text);
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let Some(named) = division(&words, i).or_else(|| months(text, &words, i)) else {
            i += 1;
            continue;
        };
        let at = words[i].at.start..words[named.end - 1].at.end;
        let next = full.partition_point(|f| f.at.end <= at.start);
        if full.get(next).is_none_or(|f| at.end <= f.at.start) {
            out.push((named.part, at));
        }
        i = named.end;
    }
    out
}

/// The period that begins at word `i` and does not reach back before byte `free`: period, how, first word, word behind the last.
fn at(text: &str, words: &[Word], i: usize, free: usize) -> Option<(Period, How, usize, usize)> {
    if let Some(named) = division(words, i) {
        if let Some((year, end)) = year_behind(words, named.end) {
            return Some((Period { year, part: named.part }, How::Named, i, end));
        }
        let (year, from) = year_before(words, i).filter(|(_, from)| words[*from].at.start >= free)?;
        return Some((Period { year, part: named.part }, How::Named, from, named.end));
    }
    if let Some((period, end)) = dated(text, words, i) {
        return Some((period, How::Dated, i, end));
    }
    if let Some((period, end)) = written(text, words, i) {
        return Some((period, How::Month, i, end));
    }
    if let Some(named) = months(text, words, i) {
        let (year, end) = year_behind(words, named.end)?;
        let how = if matches!(named.part, Part::Month(_)) { How::Month } else { How::Named };
        return Some((Period { year, part: named.part }, how, i, end));
    }
    let (year, end) = year_behind(words, i).filter(|(_, end)| *end > i + 1)?;
    let comes = division(words, end).is_some();
    let regulation = i > 0 && is_digits(&words[i - 1].text) && words[i - 1].at.start >= free;
    (!comes && !regulation).then_some((Period::year(year), How::Year, i, end))
}

/// `TRIWULAN KE TIGA (III)`, `TW3`, `SEMESTER I`.
fn division(words: &[Word], i: usize) -> Option<Named> {
    let two = words.get(i).is_some_and(|w| w.text == "TRI") && words.get(i + 1).is_some_and(|w| w.text == "WULAN");
    let word = words.get(i)?.text.as_str();
    let (most, mut end) = match word {
        _ if two => (4, i + 2),
        w if QUARTER.contains(&w) || text::one_slip("TRIWULAN", w) => (4, i + 1),
        w if SEMESTER.contains(&w) || text::one_slip("SEMESTER", w) => (2, i + 1),
        _ => return None,
    };
    let (first, after) = ordinal(words, end)?;
    end = after;
    // The same ordinal once more, as in "KETIGA (III)".
    if let Some((_, after)) = ordinal(words, end).filter(|(again, _)| *again == first) {
        end = after;
    }
    let part = if most == 4 { Part::Quarter(first) } else { Part::Semester(first) };
    (1..=most).contains(&first).then_some(Named { part, end })
}

/// A number from 1 to 12 in digits, roman, or words, perhaps behind KE.
fn ordinal(words: &[Word], i: usize) -> Option<(u8, usize)> {
    let word = words.get(i)?.text.as_str();
    if word == "KE" {
        return ordinal(words, i + 1).filter(|_| words.get(i + 1).is_some_and(|w| w.text != "KE"));
    }
    let second = words.get(i + 1).map_or("", |w| w.text.as_str());
    if second == "BELAS" && matches!(word, "DUA" | "KEDUA") {
        return Some((12, i + 2));
    }
    let worded = ORDINALS.iter().position(|names| names.contains(&word)).and_then(|n| u8::try_from(n + 1).ok());
    let bare = word.strip_prefix("KE").unwrap_or(word);
    let figures = || (bare.len() <= 2 && is_digits(bare)).then(|| bare.parse().ok()).flatten();
    let roman = || number::roman(bare).and_then(|n| u8::try_from(n).ok());
    worded.or_else(figures).or_else(roman).filter(|n| (1..=12).contains(n)).map(|n| (n, i + 1))
}

/// A month, or a span of months that is a triwulan, a semester or a year; of any other span the last month.
fn months(text: &str, words: &[Word], i: usize) -> Option<Named> {
    let first = date::month(&words.get(i)?.text)?;
    // A month of three letters counts only where a number stands beside it: MAR, MEI and DES are also other words.
    let short = words[i].text.len() == 3;
    if short && first != 5 && year_behind(words, i + 1).is_none() {
        return None;
    }
    let mut j = i + 1;
    if year_behind(words, j).is_some_and(|(_, end)| end == j + 1) {
        j += 1; // Januari 2025 s.d. Maret 2025
    }
    let skip =
        words[j..].iter().take_while(|w| matches!(w.text.as_str(), "S" | "D" | "SD" | "SAMPAI" | "DENGAN" | "HINGGA")).count();
    let dash = text
        .get(words[j - 1].at.end..words.get(j).map_or(text.len(), |w| w.at.start))
        .is_some_and(|g| matches!(g.trim(), "-" | "–"));
    let last = words.get(j + skip).filter(|_| skip > 0 || dash).and_then(|w| date::month(&w.text)).filter(|last| *last > first);
    let Some(last) = last else { return Some(Named { part: Part::Month(first), end: i + 1 }) };
    let part = match (first, last) {
        (1, 12) => Part::Year,
        (1 | 7, _) if last == first + 5 => Part::Semester(last / 6),
        (1 | 4 | 7 | 10, _) if last == first + 2 => Part::Quarter(last / 3),
        _ => Part::Month(last),
    };
    Some(Named { part, end: j + skip + 1 })
}

/// `30 September 2025`, `2025-09-30`: the month of a date.
fn dated(text: &str, words: &[Word], i: usize) -> Option<(Period, usize)> {
    let three = words.get(i..i + 3).filter(|three| is_digits(&three[0].text))?;
    let slice = &text[three[0].at.start..three[2].at.end];
    let day = date::parse(slice)?;
    let year = u16::try_from(day.year()).ok()?;
    Some((Period { year, part: Part::Month(u8::try_from(day.month()).ok()?) }, i + 3))
}

/// `2025-07`, `2025-S1`; `2025-TW3` is found as a triwulan with its year before.
fn written(text: &str, words: &[Word], i: usize) -> Option<(Period, usize)> {
    let year = year(&words.get(i)?.text)?;
    let next = words.get(i + 1)?;
    if text.get(words[i].at.end..next.at.start) != Some("-") {
        return None;
    }
    if next.text == "S" {
        let (part, end) = ordinal(words, i + 2).filter(|(n, _)| *n <= 2)?;
        return (words[i + 2].at.start == next.at.end).then_some((Period { year, part: Part::Semester(part) }, end));
    }
    let month = next.text.parse().ok().filter(|m| next.text.len() == 2 && (1..=12).contains(m))?;
    let longer = text[next.at.end..].starts_with('-') && words.get(i + 2).is_some_and(|w| is_digits(&w.text));
    (!longer).then_some((Period { year, part: Part::Month(month) }, i + 2))
}

/// A year at word `i`, perhaps behind TAHUN, T.A., TAHUN ANGGARAN: the year, and the index behind it.
fn year_behind(words: &[Word], i: usize) -> Option<(u16, usize)> {
    let text = |j: usize| words.get(j).map_or("", |w| w.text.as_str());
    let mut j = i;
    if YEAR.contains(&text(j)) {
        j += 1;
    } else if text(j) == "T" && text(j + 1) == "A" {
        j += 2;
    }
    if j > i && text(j) == "ANGGARAN" {
        j += 1;
    }
    year(text(j)).map(|year| (year, j + 1))
}

/// A year that ends just before word `i`: the year, and the index of the first word that belongs to it.
fn year_before(words: &[Word], i: usize) -> Option<(u16, usize)> {
    let last = i.checked_sub(1)?;
    let year = year(&words[last].text)?;
    let mut from = last;
    for back in 1..=3 {
        if let Some(j) = last.checked_sub(back).filter(|j| year_behind(words, *j).is_some_and(|(_, end)| end == i)) {
            from = j;
        }
    }
    Some((year, from))
}

/// Years of this machinery's documents, 1999 … 2099.
fn year(word: &str) -> Option<u16> {
    let number: u16 = (word.len() == 4 && is_digits(word)).then(|| word.parse().ok())??;
    (1999..2100).contains(&number).then_some(number)
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// The words of the text, with digits and letters parted: `TW3` is two words, `TWIII` and `KE3` too.
fn split(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    for word in text::words_at(text) {
        let glued = ["TRIWULAN", "TW", "SEMESTER"].iter().find_map(|head| {
            let tail = word.text.strip_prefix(head)?;
            (number::roman(tail).is_some() && text.get(word.at.start..word.at.start + head.len()).is_some()).then_some(head.len())
        });
        let cut = |at: usize| [(0..at), (at..word.text.len())];
        let parts = match glued {
            Some(at) if word.text.len() == word.at.len() => cut(at).to_vec(),
            _ if word.text.len() == word.at.len() => runs(&word.text),
            _ => vec![0..word.text.len()],
        };
        let whole = parts.len() == 1;
        out.extend(parts.into_iter().map(|p| Word {
            text: word.text[p.clone()].to_owned(),
            at: if whole { word.at.clone() } else { word.at.start + p.start..word.at.start + p.end },
        }));
    }
    out
}

/// Runs of digits and of other characters.
fn runs(word: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut digits = None;
    for (start, c) in word.char_indices() {
        let end = start + c.len_utf8();
        match out.last_mut() {
            Some(run) if digits == Some(c.is_ascii_digit()) => run.end = end,
            _ => out.push(start..end),
        }
        digits = Some(c.is_ascii_digit());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(text: &str) -> Vec<String> {
        find(text).iter().map(|f| f.period.to_string()).collect()
    }

    #[test]
    fn one_period_in_many_spellings() {
        for text in [
            "TRIWULAN KETIGA TAHUN 2025",
            "TRIWULAN KE TIGA TAHUN 2025",
            "TRIWULAN KETIGA (III) TAHUN 2025",
            "TRIWULAN III (KETIGA) TAHUN 2025",
            "TRIWULAN KE III TAHUN 2025",
            "TRIWULAN KE-III TAHUN 2025",
            "triwulan ke-3 2025",
            "Triwulan ke3 th. 2025",
            "TRI WULAN III TAHUN 2025",
            "TRIWULN III TAHUN 2025",
            "TW III 2025",
            "TWIII 2025",
            "TW.3/2025",
            "TW3-2025",
            "TW3_2025",
            "Triwulan 3 2025",
            "Triwulan III T.A. 2025",
            "TRIWULAN III TAHUN ANGGARAN 2025",
            "2025-TW3",
            "2025 TW III",
            "TAHUN 2025 TRIWULAN III",
            "Q3 2025",
            "Juli s.d. September 2025",
            "Juli - September 2025",
            "Bulan Juli 2025 s/d September 2025",
        ] {
            assert_eq!(periods(text), ["2025-TW3"], "{text}");
        }
        assert_eq!(periods("TRIWULAN PERTAMA TAHUN 2026"), ["2026-TW1"]);
        assert_eq!(periods("TW IV 2024"), ["2024-TW4"]);
        assert_eq!(periods("SEMESTER III TAHUN 2025"), ["2025"]);
    }

    #[test]
    fn semesters_months_and_years() {
        for (text, period, how) in [
            ("SEMESTER I TAHUN 2025", "2025-S1", How::Named),
            ("SEMESTER KESATU TAHUN 2025", "2025-S1", How::Named),
            ("Semester II 2025", "2025-S2", How::Named),
            ("2025-S1", "2025-S1", How::Month),
            ("Januari - Juni 2025", "2025-S1", How::Named),
            ("BULAN JULI 2025", "2025-07", How::Month),
            ("PERIODE AGUSTUS 2022", "2022-08", How::Month),
            ("PERIODE S.D. SEPTEMBER 2025", "2025-09", How::Month),
            ("Januari s.d. September 2025", "2025-09", How::Month),
            ("bulan Juli tahun 2025", "2025-07", How::Month),
            ("2025-07", "2025-07", How::Month),
            ("Des 2025", "2025-12", How::Month),
            ("30 September 2025", "2025-09", How::Dated),
            ("Muara Teweh, 03/10/2025", "2025-10", How::Dated),
            ("2025-10-03", "2025-10", How::Dated),
            ("Tahun 2025", "2025", How::Year),
            ("T.A. 2025", "2025", How::Year),
            ("TA 2025", "2025", How::Year),
            ("TAHUN ANGGARAN 2025", "2025", How::Year),
            ("PEMILU TAHUN 2024", "2024", How::Year),
        ] {
            let found = find(text);
            assert_eq!(found.iter().map(|f| (f.period.to_string(), f.how)).collect::<Vec<_>>(), [(period.into(), how)], "{text}");
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "",
            "TRIWULAN INI",
            "TRIWULAN SEBELUMNYA 2025",
            "TW V 2025",
            "Nomor 7 Tahun 2017",
            "PKPU 1 Tahun 2025",
            "Nomor 63/PK.01-BA/3507/2025",
            "2025",
            "12345",
            "bulan lalu",
            "1.234.567",
            "62.04.05",
            "TAHUN 25",
            "Kecamatan Mar",
        ] {
            assert_eq!(periods(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn places_and_several_periods() {
        let text = "Pemilih Triwulan II Tahun 2025 → Triwulan III Tahun 2025, Kasongan, 3 Oktober 2025";
        let found = find(text);
        let shown: Vec<_> = found.iter().map(|f| (f.period.to_string(), &text[f.at.clone()])).collect();
        assert_eq!(
            shown,
            [
                ("2025-TW2".into(), "Triwulan II Tahun 2025"),
                ("2025-TW3".into(), "Triwulan III Tahun 2025"),
                ("2025-10".into(), "3 Oktober 2025"),
            ]
        );
        assert_eq!(periods("MODEL A REKAP PDPB Kab. Barito Selatan TW III 2025.xlsx"), ["2025-TW3"]);
    }

    #[test]
    fn parts_without_a_year() {
        let parts = |text: &str| find_partial(text).into_iter().map(|(part, _)| part).collect::<Vec<_>>();
        assert_eq!(parts("PDPB TW II"), [Part::Quarter(2)]);
        assert_eq!(parts("Pemilih Triwulan II"), [Part::Quarter(2)]);
        assert_eq!(parts("Semester I"), [Part::Semester(1)]);
        assert_eq!(parts("bulan Juli"), [Part::Month(7)]);
        assert_eq!(parts("DPB Triwulan II dan DPB Triwulan III"), [Part::Quarter(2), Part::Quarter(3)]);
        for text in ["TW II 2025", "bulan lalu", "Triwulan ini", "s.d. September 2025", "DES", ""] {
            assert_eq!(parts(text), [], "{text}");
        }
    }
}
