//! Cells of an indicator that read as if something went wrong in them: a word said twice, a sentence cut off, a way of counting that
//! belongs to another indicator. They are kept as printed and said to be doubtful (A13), only where a rule is sure of it.

use std::collections::BTreeSet;

use crate::model::{Finding, Findings, Schemas};
use crate::normalise::text;
use crate::tables::columns;
use crate::tables::phrases::Phrases;
use crate::tables::words::Vocabulary;

use super::body::{Printed, Words};
use super::reading::Indicator;
use super::value::Amount;

/// Shortest word that tells what a sentence is about.
const TELLING: usize = 4;
/// Letters in a row that two words of one root share.
const ROOT: usize = 5;
/// Telling words that a way of counting shares with the indicator it fits.
const FIT: usize = 3;

/// All doubts about a document's indicators.
pub(super) fn say(
    findings: &mut Findings,
    indicators: &[Indicator],
    schemas: &Schemas,
    Words { phrases, vocabulary, .. }: &Words,
) {
    for (at, one) in indicators.iter().enumerate() {
        for cell in [&one.tujuan, &one.sasaran, &one.indikator, &one.cara, &one.sumber] {
            if let Some(word) = cut_off(&cell.text, phrases) {
                doubt(findings, cell, &format!("kalimatnya berhenti pada kata \"{word}\", tampaknya terpotong"));
            }
        }
        for cell in [&one.tujuan, &one.sasaran, &one.indikator].into_iter().filter(|c| names_nothing(&c.text, vocabulary)) {
            doubt(findings, cell, "ia berbunyi seperti judul kolom atau kode; kolomnya mungkin terbaca bergeser");
        }
        for cell in [&one.target, &one.realisasi].into_iter().filter(|m| matches!(m.amount, Amount::Words)) {
            if figures(&cell.printed.text) == 1 {
                doubt(
                    findings,
                    &cell.printed,
                    "angka di dalamnya tidak dapat dibaca sebagai satu nilai, jadi nilainya tidak dimuat",
                );
            }
            if figures(&cell.printed.text) > 1 || ranks(&cell.printed.text) > 1 {
                doubt(
                    findings,
                    &cell.printed,
                    "lebih dari satu angka atau predikat di dalam satu sel; baris-barisnya mungkin terbaca sebagai satu",
                );
            }
        }
        if is_a_share(one) {
            doubt(
                findings,
                &one.realisasi.printed,
                "targetnya dalam persen, angka ini tercetak tanpa tanda persen dan tidak lebih dari satu; bila yang dimaksud bagian dari satu (0,97 = 97 %), tulis persennya",
            );
        }
        if let Some(word) = said_twice(&one.indikator.text, phrases) {
            doubt(findings, &one.indikator, &format!("kata \"{word}\" tercetak dua kali berdekatan"));
        }
        if let Some(other) = of_another(indicators, at, schemas, phrases) {
            let says =
                format!("cara perhitungan ini tidak menyebut apa pun dari indikatornya sendiri, tetapi cocok dengan \"{other}\"");
            doubt(findings, &one.cara, &says);
        }
    }
}

/// Whether a realisation is a share of one beside a target in percent, and no achievement says that it is meant as printed.
fn is_a_share(one: &Indicator) -> bool {
    let (Amount::One(target, _), Amount::One(done, _)) = (&one.target.amount, &one.realisasi.amount) else { return false };
    let meant = one.capaian.value.is_some_and(|said| (said - done / target * 100.0).abs() < 0.011);
    let bare = !one.realisasi.printed.text.contains('%') && one.target.unit == "%";
    bare && *target > 1.0 && (0.0..=1.0).contains(done) && *done > 0.0 && !meant
}

/// Whether the name of a goal, an aim or an indicator says nothing but what heads a column, or is a code.
fn names_nothing(text: &str, vocabulary: &Vocabulary) -> bool {
    const WORD: usize = 4;
    let said = vocabulary.read(text);
    let heading = said.words > 0 && said.unknown == 0 && columns::says(text, vocabulary).len() == 1;
    let word = |w: &str| w.chars().count() >= WORD && w.chars().all(char::is_alphabetic);
    let code = text.chars().any(|c| c.is_ascii_digit()) && !text.split_whitespace().any(word);
    !text.is_empty() && (heading || code)
}

fn doubt(findings: &mut Findings, cell: &Printed, says: &str) {
    let message = format!("isi sel ini meragukan dan dimuat seperti tercetak: {says}");
    let finding = Finding::new("A13", message).found(cell.text.as_str());
    findings.0.extend(cell.origin.map(|at| finding.at(at)));
}

/// How many figures a text holds.
fn figures(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).count()
}

/// How many ranks a text holds that says nothing else: `BB WTP`.
fn ranks(text: &str) -> usize {
    const LONGEST: usize = 3;
    let rank = |w: &str| w.chars().count() <= LONGEST && w.chars().all(char::is_uppercase);
    if text.split_whitespace().all(rank) { text.split_whitespace().count() } else { 0 }
}

/// The word that a sentence ends with although another one must follow.
fn cut_off<'t>(text: &'t str, phrases: &Phrases) -> Option<&'t str> {
    const SENTENCE: usize = 4;
    let open = text.trim_end().ends_with(char::is_alphabetic);
    let last = text.split_whitespace().next_back()?;
    (open && text.split_whitespace().count() >= SENTENCE && phrases.is("kata:sambung", last)).then_some(last)
}

/// A word of measure that comes again right away (`Persentase permohonan persentase …`), or a small word said twice in a row.
fn said_twice<'t>(text: &'t str, phrases: &Phrases) -> Option<&'t str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let same = |a: &str, b: &str| text::key(a) == text::key(b);
    let measure = words.first().filter(|w| phrases.is("kata:ukuran", w));
    let again = measure.filter(|first| words.iter().skip(1).take(2).any(|w| same(first, w)));
    let pair = words.windows(2).find(|w| same(w[0], w[1]) && phrases.is("kata:sambung", w[0])).map(|w| &w[0]);
    again.or(pair).copied()
}

/// The indicator whose words a way of counting uses, where it uses none of its own.
fn of_another(indicators: &[Indicator], at: usize, schemas: &Schemas, phrases: &Phrases) -> Option<String> {
    let one = indicators.get(at)?;
    let counts = telling(&one.cara.text, phrases);
    let own = telling(&[&one.indikator, &one.sasaran, &one.sumber].map(|p| p.text.as_str()).join(" "), phrases);
    if one.indikator.text.is_empty() || counts.len() < FIT || counts.iter().any(|c| own.iter().any(|o| one_root(c, o))) {
        return None;
    }
    let fits = |words: &BTreeSet<String>| words.intersection(&counts).count() >= FIT;
    let row = indicators.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, i)| &i.indikator.text);
    let row = row.filter(|name| fits(&telling(name, phrases))).map(String::clone).next();
    let said = format!(" {} ", text::key(&one.cara.text));
    let known = schemas.indicators.iter().find(|i| {
        let long = i.words.iter().map(|w| text::key(w)).filter(|w| w.split(' ').count() >= FIT);
        long.into_iter().any(|w| said.contains(&format!(" {w} ")))
    });
    row.or_else(|| known.map(|i| i.label.clone()))
}

/// The words of a text that tell what it is about, folded.
fn telling(text: &str, phrases: &Phrases) -> BTreeSet<String> {
    let words = text::words(text).into_iter();
    words.filter(|w| w.len() >= TELLING && !phrases.is("kata:umum", w) && !phrases.is("kata:ukuran", w)).collect()
}

/// Whether two folded words share letters enough to be of one root: `PEMUTAKHIRAN` and `DIMUTAKHIRKAN`.
fn one_root(a: &str, b: &str) -> bool {
    a == b || a.len() >= ROOT && (0..=a.len() - ROOT).any(|i| a.get(i..i + ROOT).is_some_and(|part| b.contains(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases {
        Phrases::new(&crate::schemas::builtin().unwrap().kind("iku").unwrap().meanings)
    }

    #[test]
    fn sentences_that_break_off() {
        let phrases = phrases();
        assert_eq!(cut_off("Jumlah arsip yang disimpan sebelum pemeriksaan dalam", &phrases), Some("dalam"));
        assert_eq!(cut_off("Jumlah arsip yang disimpan dalam setahun", &phrases), None);
        assert_eq!(cut_off("Jumlah arsip di", &phrases), None, "too short to be sure");
    }

    #[test]
    fn words_said_twice() {
        let phrases = phrases();
        assert_eq!(said_twice("Persentase arsip persentase yang rapi", &phrases), Some("Persentase"));
        assert_eq!(said_twice("Jumlah arsip yang yang rapi", &phrases), Some("yang"));
        assert_eq!(said_twice("Rata-rata waktu dan langkah-langkah kerja", &phrases), None);
        assert_eq!(said_twice("Persentase arsip terhadap persentase rapi", &phrases), None);
    }
}
