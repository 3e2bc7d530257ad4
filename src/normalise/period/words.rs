//! The words that name parts of a year, and what stands beside them.

use std::ops::Range;

use crate::model::Period;
use crate::model::period::Part;
use crate::normalise::text::{self, Word};
use crate::normalise::{date, number};

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
pub(super) struct Named {
    pub(super) part: Part,
    /// Index behind its last word.
    pub(super) end: usize,
}

/// `TRIWULAN KE TIGA (III)`, `TW3`, `SEMESTER I`.
pub(super) fn division(words: &[Word], i: usize) -> Option<Named> {
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
    if let Some((last, after)) = through(words, end, most).filter(|(last, _)| *last > first) {
        let part = match (most, first, last) {
            (4, 1, 4) | (2, 1, 2) => Part::Year,
            (4, 1 | 3, _) if last == first + 1 => Part::Semester(last / 2),
            _ => Part::Quarter(last),
        };
        return Some(Named { part, end: after });
    }
    let part = if most == 4 { Part::Quarter(first) } else { Part::Semester(first) };
    (1..=most).contains(&first).then_some(Named { part, end })
}

/// `s.d. III`, `- IV`, `s/d Triwulan III` behind a division: the last one of a span, and the word behind it.
fn through(words: &[Word], i: usize, most: u8) -> Option<(u8, usize)> {
    let skip = till(words, i);
    let again = words.get(i + skip).is_some_and(|w| QUARTER.contains(&w.text.as_str()) || SEMESTER.contains(&w.text.as_str()));
    let at = i + skip + usize::from(again && skip > 0);
    let word = words.get(at)?.text.as_str();
    // Without a word between them only numerals make a span: `TW I 2025`, `TW 1-2-2025`.
    let (last, after) = ordinal(words, at).filter(|_| skip > 0 || number::roman(word).is_some())?;
    (last <= most).then_some((last, after))
}

/// How many words say `up to`.
fn till(words: &[Word], i: usize) -> usize {
    let says = |w: &&Word| matches!(w.text.as_str(), "S" | "D" | "SD" | "SAMPAI" | "DENGAN" | "HINGGA");
    words.get(i..).unwrap_or_default().iter().take_while(says).count()
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
pub(super) fn months(text: &str, words: &[Word], i: usize) -> Option<Named> {
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
    let skip = till(words, j);
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
pub(super) fn dated(text: &str, words: &[Word], i: usize) -> Option<(Period, usize)> {
    let three = words.get(i..i + 3).filter(|three| is_digits(&three[0].text))?;
    let slice = &text[three[0].at.start..three[2].at.end];
    let day = date::parse(slice)?;
    let year = u16::try_from(day.year()).ok()?;
    Some((Period { year, part: Part::Month(u8::try_from(day.month()).ok()?) }, i + 3))
}

/// `2025-07`, `2025-S1`; `2025-TW3` is found as a triwulan with its year before.
pub(super) fn written(text: &str, words: &[Word], i: usize) -> Option<(Period, usize)> {
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
pub(super) fn year_behind(words: &[Word], i: usize) -> Option<(u16, usize)> {
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
pub(super) fn year_before(words: &[Word], i: usize) -> Option<(u16, usize)> {
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

pub(super) fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// The words of the text, with digits and letters parted: `TW3` is two words, `TWIII` and `KE3` too.
pub(super) fn split(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    for word in text::words_at(text) {
        let glued = ["TRIWULAN", "TW", "SEMESTER"].iter().find_map(|head| {
            let tail = word.text.strip_prefix(head)?;
            (number::roman(tail).is_some() && text.get(word.at.start..word.at.start + head.len()).is_some()).then_some(head.len())
        });
        let digits = word.text.bytes().filter(u8::is_ascii_digit).count();
        if word.text.len() != word.at.len() || glued.is_none() && (digits == 0 || digits == word.text.len()) {
            out.push(word);
            continue;
        }
        let cut = |at: usize| [(0..at), (at..word.text.len())];
        let parts = match glued {
            Some(at) => cut(at).to_vec(),
            None => runs(&word.text),
        };
        out.extend(
            parts
                .into_iter()
                .map(|p| Word { text: word.text[p.clone()].to_owned(), at: word.at.start + p.start..word.at.start + p.end }),
        );
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
