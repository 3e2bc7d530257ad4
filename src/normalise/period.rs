//! Periods named in printed text: `TRIWULAN KE TIGA TAHUN 2025`, `TW.3/2025`, `s.d. September 2025`, `T.A. 2025`, `2025-TW3`.
//!
//! The words here are language (ordinals, names of parts of a year); which period a document must have is somebody else's question.

mod words;

use std::ops::Range;

use crate::model::Period;
use crate::model::period::Part;

use super::text::Word;
use super::{date, region};
use words::{Named, dated, division, is_digits, months, split, written, year_before, year_behind};

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

/// Parts of a year that the text names without saying the year (`TW II`, `Semester I`, `bulan Juli`), with their byte ranges. The kecamatan
/// Juli of Bireuen is no month.
#[must_use]
pub fn find_partial(text: &str) -> Vec<(Part, Range<usize>)> {
    let words = split(text);
    let full = find(text);
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let place = i.checked_sub(1).is_some_and(|before| region::announces(&words[before].text));
        let Some(named) = division(&words, i).or_else(|| months(text, &words, i).filter(|_| !place)) else {
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
        if let Some((part, year, end)) = both(words, &named) {
            return Some((Period { year, part }, How::Named, i, end));
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
        let how = match named.part {
            Part::Month(_) if of_a_day(words, i) => How::Dated,
            Part::Month(_) => How::Month,
            _ => How::Named,
        };
        return Some((Period { year, part: named.part }, how, i, end));
    }
    let (year, end) = year_behind(words, i).filter(|(_, end)| *end > i + 1)?;
    let comes = division(words, end).is_some();
    let regulation = i > 0 && is_digits(&words[i - 1].text) && words[i - 1].at.start >= free;
    (!comes && !regulation).then_some((Period::year(year), How::Year, i, end))
}

/// Most words between `tanggal` and its month: `tanggal 25 (dua puluh lima) bulan Juli`.
const DAY: usize = 6;

/// `tanggal 2 (dua) bulan Juli`: the month of a day, however its number is written.
fn of_a_day(words: &[Word], i: usize) -> bool {
    words[i.saturating_sub(DAY)..i].iter().any(|w| date::announced_by(&w.text))
}

/// `TRIWULAN III (SEMESTER II) TAHUN 2025`: a quarter and the half year it belongs to, before one year. The quarter is meant.
fn both(words: &[Word], first: &Named) -> Option<(Part, u16, usize)> {
    let second = division(words, first.end)?;
    let (year, end) = year_behind(words, second.end)?;
    match (first.part, second.part) {
        (quarter @ Part::Quarter(_), Part::Semester(_)) | (Part::Semester(_), quarter @ Part::Quarter(_)) => {
            Some((quarter, year, end))
        }
        _ => None,
    }
}

/// A year that stands alone in a text (`DPT PEMILU 2019`); `None` where it names none, or several.
#[must_use]
pub fn bare_year(text: &str) -> Option<u16> {
    let words = split(text);
    let mut years = words.iter().filter(|w| w.text.len() == 4 && is_digits(&w.text)).filter_map(|w| w.text.parse().ok());
    let year = years.next().filter(|y| (1999..2100).contains(y))?;
    years.next().is_none().then_some(year)
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
            "TRIWULAN III (SEMESTER II) TAHUN 2025",
            "Semester II / Triwulan III 2025",
        ] {
            assert_eq!(periods(text), ["2025-TW3"], "{text}");
        }
        assert_eq!(periods("TRIWULAN PERTAMA TAHUN 2026"), ["2026-TW1"]);
        assert_eq!(periods("TW IV 2024"), ["2024-TW4"]);
        for (text, period) in [
            ("Triwulan I - IV Tahun 2025", "2025"),
            ("Triwulan I s.d. III Tahun 2025", "2025-TW3"),
            ("TW I s/d TW II 2025", "2025-S1"),
            ("Semester I sampai dengan II 2025", "2025"),
        ] {
            assert_eq!(periods(text), [period], "{text}");
        }
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
        for text in ["TW II 2025", "bulan lalu", "Triwulan ini", "s.d. September 2025", "DES", "", "KECAMATAN JULI", "Kec. Juli"]
        {
            assert_eq!(parts(text), [], "{text}");
        }
    }
}
