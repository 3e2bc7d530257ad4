//! Indicators in sentences: `1. Persentase … dengan target 100 % terealisasi 95 % sehingga capaian kinerjanya 95 %.`

use std::collections::BTreeMap;

use crate::model::{Finding, Findings, Origin};
use crate::normalise::number::Style;
use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::unnumbered;

use super::body::{Printed, Words};
use super::form;
use super::layout::Field;
use super::reading::Indicator;
use super::value;

/// Shortest name of an indicator, in characters.
const NAME: usize = 15;
/// Shortest name of one in a numbered list.
const LISTED: usize = 5;
/// Fewest sentences that tell the same of different indicators: one alone is a remark.
const FEWEST: usize = 2;

/// What a sentence says.
type Said = BTreeMap<Field, Printed>;

/// The indicators of all such sentences; empty where there are fewer than two.
pub(super) fn indicators(findings: &mut Findings, rows: &[Row], words: &Words) -> Vec<Indicator> {
    let mut read: Vec<Said> = Vec::new();
    let mut told: Vec<(Origin, &str)> = Vec::new();
    for (text, at) in paragraphs(rows) {
        let (before, listed) = enumerated(&text);
        if listed.is_empty() && several(&text, words.phrases) {
            told.push((
                at,
                "kalimat ini menyebut beberapa indikator dan tidak dimuat; tulis satu kalimat untuk setiap indikator",
            ));
            continue;
        }
        let known = read.len();
        for part in &listed {
            match sentence(part, at, words.phrases) {
                Some(said) => read.push(said),
                None => told.push((
                    at,
                    "satu bagian dari kalimat ini tidak terbaca sebagai indikator dengan target dan realisasi, dan tidak dimuat",
                )),
            }
        }
        if listed.is_empty() {
            let said = sentence(&text, at, words.phrases);
            if said.is_none() && names_measures(&text, words.phrases) {
                told.push((
                    at,
                    "kalimat ini menyebut target dan realisasi, tetapi tidak terbaca sebagai indikator dan tidak dimuat",
                ));
            }
            read.extend(said);
        } else if read.len() > known && before.contains(char::is_alphabetic) {
            told.push((
                at,
                "indikator dalam kalimat ini dimuat tanpa kata pembukanya; sasaran yang disebut di sana tidak termasuk",
            ));
        }
    }
    if read.len() < FEWEST {
        return Vec::new();
    }
    findings.0.extend(told.into_iter().map(|(at, says)| Finding::new("A13", says).at(at)));
    let most = read.iter().map(BTreeMap::len).max().unwrap_or(0);
    for short in read.iter().filter(|s| s.len() < most) {
        let says = "kalimat ini menyebut lebih sedikit daripada kalimat indikator lainnya; target, realisasi, atau capaiannya mungkin tidak terbaca";
        let at = short.values().find_map(|p| p.origin);
        findings.0.extend(at.map(|at| Finding::new("A13", says).at(at)));
    }
    let measured = |s: &Said| [Field::Target, Field::Realisasi].map(|f| s.get(&f).map(|p| p.text.clone()));
    let printed: Vec<String> = read.iter().flat_map(measured).flatten().collect();
    let style = value::style(printed.iter().map(String::as_str));
    let asked = [Field::Indikator, Field::Target];
    read.iter().filter_map(|said| form::indicator(said, &asked, style, words)).collect()
}

/// Lines put together to paragraphs: one that begins with a number or behind a gap, or with a capital below a full stop, begins another.
fn paragraphs(rows: &[Row]) -> Vec<(String, Origin)> {
    let mut out: Vec<(String, Origin)> = Vec::new();
    let mut grid = None;
    for row in rows {
        // A bracket that another cell closes: a line of text that was parted at its semicolons.
        let parted = |first: &Cell| {
            row.cells.len() > 1 && first.text.contains('(') && !first.text.contains(')') && row.line().contains(')')
        };
        let (cell, text) = match row.cells.as_slice() {
            [cell] => (cell, cell.text.trim().to_owned()),
            [cell, ..] if parted(cell) => {
                let parts: Vec<&str> = row.cells.iter().map(|c| c.text.trim()).collect();
                (cell, parts.join("; "))
            }
            _ => {
                grid = None;
                continue;
            }
        };
        let text = text.as_str();
        let begins = row.apart || grid != Some(row.grid) || unnumbered(text).is_some_and(|rest| !rest.is_empty());
        match out.last_mut() {
            Some((known, _)) if !begins && !known.ends_with(['.', ':']) => *known = format!("{known} {text}"),
            _ => out.push((text.to_owned(), cell.origin)),
        }
        grid = Some(row.grid);
    }
    out
}

/// `…, yaitu: (1) … ; (2) …`: what stands before the first number, and the parts behind the numbers, which count on from one.
fn enumerated(text: &str) -> (&str, Vec<&str>) {
    let starts: Vec<usize> = (1..).map_while(|n| text.find(&format!("({n}) "))).collect();
    let Some(&first) = starts.first().filter(|_| starts.is_sorted()) else { return (text, Vec::new()) };
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let part = |(start, end): (&usize, usize)| text.get(*start..end)?.split_once(' ').map(|(_, part)| part.trim());
    (text.get(..first).unwrap_or_default(), starts.iter().zip(ends).filter_map(part).collect())
}

/// Whether target and realisation are told more than once: of several indicators.
fn several(text: &str, phrases: &Phrases) -> bool {
    let mut told: BTreeMap<Field, usize> = BTreeMap::new();
    let mut from = 0;
    while let Some((_, field, _, end)) = next(text, from, phrases) {
        *told.entry(field).or_default() += 1;
        from = end;
    }
    [Field::Target, Field::Realisasi].iter().all(|field| told.get(field).is_some_and(|n| *n > 1))
}

/// Whether a numbered paragraph names a target and a realisation, behind a name long enough for an indicator.
fn names_measures(text: &str, phrases: &Phrases) -> bool {
    let Some(bare) = unnumbered(text).filter(|rest| !rest.is_empty()) else { return false };
    let starts = || bare.char_indices().filter(|(i, _)| bare[..*i].ends_with([' ', '('])).map(|(i, _)| i);
    let first = |measure: &str| starts().find(|i| bare.get(*i..).is_some_and(|rest| phrases.after(measure, rest).is_some()));
    let (target, realisasi) = (first("kalimat:target"), first("kalimat:realisasi"));
    target.zip(realisasi).is_some_and(|(t, r)| t.min(r) >= LISTED)
}

/// What a paragraph says of an indicator: its name before the first measure, and an amount behind the word for each.
fn sentence(text: &str, at: Origin, phrases: &Phrases) -> Option<Said> {
    let printed = |text: &str| Printed { text: text::clean(text), number: None, origin: Some(at) };
    let bare = unnumbered(text).filter(|rest| !rest.is_empty()).unwrap_or(text);
    let mut said = Said::new();
    let mut name = None;
    let mut from = 0;
    while let Some((begin, field, amount, end)) = next(bare, from, phrases) {
        name = name.or_else(|| bare.get(..begin));
        said.entry(field).or_insert_with(|| printed(amount));
        from = end;
    }
    let name = trimmed(name?, phrases);
    let told = said.contains_key(&Field::Target) && said.contains_key(&Field::Realisasi);
    // An item of a list is an indicator be its name as short as `Nilai IKPA`.
    let least = if bare.len() < text.trim_start().len() { LISTED } else { NAME };
    if !told || name.chars().count() < least || name.contains(". ") {
        return None;
    }
    said.insert(Field::Indikator, printed(name));
    let number = text.trim_start().get(..text.trim_start().len() - bare.len()).unwrap_or_default();
    if !number.trim().is_empty() {
        said.insert(Field::No, printed(number.trim().trim_end_matches(['.', ')'])));
    }
    Some(said)
}

/// The next word for a measure with an amount behind it: where it begins, what is measured, the amount, where that ends.
fn next<'t>(text: &'t str, from: usize, phrases: &Phrases) -> Option<(usize, Field, &'t str, usize)> {
    let starts = text.char_indices().filter(|(i, _)| *i == 0 || text[..*i].ends_with([' ', '(', ','])).map(|(i, _)| i);
    for begin in starts.filter(|i| *i >= from) {
        let rest = text.get(begin..)?;
        for (name, field) in [("target", Field::Target), ("realisasi", Field::Realisasi), ("capaian", Field::Capaian)] {
            let Some(behind) = phrases.after(&format!("kalimat:{name}"), rest) else { continue };
            let answers = behind.trim_start().starts_with([':', '=']);
            let behind = behind.trim_start_matches([' ', ':', '=']);
            let by = phrases.after("kalimat:sebesar", behind);
            let behind = by.unwrap_or(behind).trim_start_matches([' ', ':', '=']);
            let stated = || answer(behind, phrases).filter(|_| answers).or_else(|| letters(behind).filter(|_| by.is_some()));
            if let Some(amount) = amount(behind, phrases).or_else(stated) {
                let end = text.len() - behind.len() + amount.len();
                return Some((begin, field, amount, end));
            }
        }
    }
    None
}

/// `target: WTP;`: what stands behind a colon answers it, up to the next mark, be it a word or two.
fn answer<'t>(text: &'t str, phrases: &Phrases) -> Option<&'t str> {
    const WORDS: usize = 3;
    let end = text.find([';', ',', ')', '.']).unwrap_or(text.len());
    let said = text.get(..end)?.trim_end();
    let words = said.split_whitespace().count();
    ((1..=WORDS).contains(&words) && !said.split_whitespace().any(|w| measures(w, phrases))).then_some(said)
}

/// `sebesar WTP dan …`: a rank in capital letters.
fn letters(text: &str) -> Option<&str> {
    let word = text.split_whitespace().next()?.trim_end_matches([',', ';', '.', ')']);
    ((1..=4).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)).then_some(word)
}

/// The amount that a text begins with: a number, which a sign may bound from below or above, and the words of its unit; or a rank.
fn amount<'t>(text: &'t str, phrases: &Phrases) -> Option<&'t str> {
    const UNIT: usize = 2;
    let sign = |c: char| "≥≤<>".contains(c);
    let bare = text.trim_start_matches(|c: char| sign(c) || c.is_whitespace());
    let number = bare.split_whitespace().next()?;
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        let rank = number.trim_end_matches([',', ';', '.', ')']);
        let capitals = bare.len() == text.len() && rank.chars().all(char::is_uppercase);
        let ranked = capitals && matches!(value::read(rank, Style::Indonesian, phrases), value::Amount::Rank(_));
        return ranked.then_some(rank);
    }
    let mut end = text.len() - bare.len() + number.len();
    let closed = |word: &str| word.ends_with(['%', ',', ';', '.', ')']);
    if !closed(number) {
        for word in text.get(end..)?.split_inclusive(' ').filter(|w| !w.trim().is_empty()).take(UNIT) {
            let bare = word.trim().trim_end_matches([',', ';', '.', ')']);
            let unit = bare == "%"
                || bare.chars().all(char::is_alphabetic) && !phrases.is("kata:sambung", bare) && !measures(word, phrases);
            if !unit {
                break;
            }
            let at = text.get(end..)?.find(bare)?;
            end += at + bare.len();
            if closed(word.trim()) || bare == "%" {
                break;
            }
        }
    }
    text.get(..end).map(|t| t.trim_end_matches([',', ';', '.', ')', ' ']))
}

fn measures(word: &str, phrases: &Phrases) -> bool {
    ["kalimat:target", "kalimat:realisasi", "kalimat:capaian", "kalimat:antara"].iter().any(|m| phrases.begins(m, word))
}

/// A name without the words that lead to its first measure.
fn trimmed<'t>(name: &'t str, phrases: &Phrases) -> &'t str {
    let mut name = name.trim_end_matches([' ', ',', ':', '(', '-', '–', '.', ';']);
    while let Some((before, last)) =
        name.rsplit_once(' ').filter(|(_, last)| phrases.is("kata:sambung", last) || phrases.is("kalimat:antara", last))
    {
        name = before.trim_end_matches([' ', ',', ':', '(', '-', '–']);
        if last.is_empty() {
            break;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sentence_says() {
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("iku").unwrap().meanings);
        let said = |text: &str| -> Option<String> {
            let said = sentence(text, Origin::new(0, 0, 0), &phrases)?;
            Some(said.values().map(|p| p.text.as_str()).collect::<Vec<_>>().join("|"))
        };
        for (text, expected) in [
            (
                "2. Jumlah dokumen yang diunggah dengan target 40 Dok terealisasi 38 Dok sehingga capaian kinerjanya 95,00%.",
                "2|Jumlah dokumen yang diunggah|40 Dok|38 Dok|95,00%",
            ),
            (
                "Persentase pegawai yang dilatih, dari target sebesar 80 % dapat direalisasikan 72 % atau capaian 90 %.",
                "Persentase pegawai yang dilatih|80 %|72 %|90 %",
            ),
            (
                "Jumlah peserta pendidikan pemilih ditargetkan 1.250 orang dan terealisasi sebanyak 1.300 orang.",
                "Jumlah peserta pendidikan pemilih|1.250 orang|1.300 orang",
            ),
            ("4. Predikat hasil evaluasi (target: BB; realisasi: B; capaian: 95%)", "4|Predikat hasil evaluasi|BB|B|95%"),
            ("5. Opini atas laporan keuangan (target: WTP; realisasi: WTP)", "5|Opini atas laporan keuangan|WTP|WTP"),
            ("6. Indeks kepuasan masyarakat (target: ≥ 3,5; realisasi: 3,4)", "6|Indeks kepuasan masyarakat|≥ 3,5|3,4"),
        ] {
            assert_eq!(said(text).as_deref(), Some(expected));
        }
        assert_eq!(said("Target tahun ini dapat dicapai dengan baik."), None);
        assert_eq!(said("Realisasi 5 kegiatan dari target 6 kegiatan."), None, "no name before it");
    }
}
