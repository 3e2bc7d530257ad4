//! What of a document about indicators was left unread, and is said to be: rows with figures that no table took, tables whose columns ran
//! together, numbers that are missing between two indicators, one indicator that stands twice.

use std::collections::BTreeMap;

use crate::model::{Finding, Findings, Span};
use crate::normalise::text;
use crate::tables::columns;
use crate::tables::ledger::{Cell, Row};

use super::body::Words;
use super::layout::looks_like_ours;
use super::reading::Indicator;
use super::torn::is_ordinal;
use super::value::{self, Amount};

/// Shortest name of an indicator, in characters.
const NAME: usize = 20;
/// Most lines below a heading that are counted to its table.
const LINES: usize = 40;

/// A13 for rows that read like indicators and are none of those that were taken, and for lines that are the heading of a table.
pub(super) fn rows(findings: &mut Findings, rows: &[Row], indicators: &[Indicator], heard: &[bool], words: &Words) {
    let within = |row: &Row| {
        let inside = |s: &Span| s.from.grid == row.grid && (s.from.row..=s.to.row).contains(&row.row);
        indicators.iter().any(|i| inside(&i.span))
    };
    // Rows that the tables themselves told of are not told twice.
    let told = |row: &Row| !heard.is_empty() && looks_like_ours(row);
    let left = |at: usize| !heard.get(at).copied().unwrap_or(false) && !within(&rows[at]) && !told(&rows[at]);
    let mut runs: Vec<Span> = Vec::new();
    let mut last = None;
    for at in (0..rows.len()).filter(|&at| left(at) && measures(&rows[at], words)) {
        let here = rows[at].span();
        match runs.last_mut().filter(|s| last == at.checked_sub(1) && s.from.grid == here.from.grid) {
            Some(run) => *run = run.with(here.from).with(here.to),
            None => runs.push(here),
        }
        last = Some(at);
    }
    for span in runs {
        let says = "baris berangka ini berbunyi seperti indikator, tetapi tidak dimuat: judul kolom atau tabelnya tidak dikenali";
        findings.add(Finding::new("A13", says).at(span));
    }
    for at in (0..rows.len()).filter(|&at| left(at) && heads(&rows[at], words)) {
        let below = rows[at + 1..].iter().take(LINES).take_while(|r| r.grid == rows[at].grid && r.cells.len() == 1 && !r.apart);
        let span = below.fold(rows[at].span(), |span, r| span.with(r.span().to));
        let says = "kolom tabel di bawah judul ini tidak dapat dipisahkan (terbaca sebagai baris teks), jadi isinya tidak dimuat";
        findings.add(Finding::new("A13", says).at(span));
    }
}

/// Whether a row has a name and figures with a unit, and no money: what an indicator without a heading looks like.
fn measures(row: &Row, words: &Words) -> bool {
    let summary = |c: &Cell| words.phrases.is("jumlah", &c.text) || words.phrases.begins("ringkasan", &c.text);
    if row.cells.len() < 3 || row.cells.iter().any(|c| summary(c) || money(c)) {
        return false;
    }
    let named = row.cells.iter().any(|c| c.text.chars().count() >= NAME && c.text.starts_with(char::is_uppercase));
    let style = value::style(row.cells.iter().map(|c| c.text.as_ref()));
    let amounts: Vec<Amount> = row.cells.iter().skip(1).map(|c| value::read(&c.text, style, words.phrases)).collect();
    let counted = amounts.iter().filter(|a| a.number().is_some()).count();
    let measured = amounts.iter().filter(|a| a.number().is_some() && !a.unit().is_empty()).count();
    let listed =
        is_ordinal(&row.cells[0].text) && amounts.last().is_some_and(|a| a.number().is_some() || matches!(a, Amount::Rank(_)));
    named && (counted >= 2 && measured >= 1 || listed)
}

/// Whether a cell holds an amount of money.
pub(super) fn money(cell: &Cell) -> bool {
    const LEAST: f64 = 1_000_000.0;
    let text = cell.text.trim();
    text.get(..2).is_some_and(|h| h.eq_ignore_ascii_case("rp"))
        || text.matches(['.', ',']).count() >= 2 && text.chars().filter(char::is_ascii_digit).count() >= 7
        || cell.number.is_some_and(|n| n.abs() >= LEAST)
}

/// Whether a line of text is the heading of a table whose columns ran together.
fn heads(row: &Row, words: &Words) -> bool {
    let [cell] = row.cells.as_slice() else { return false };
    let said = columns::run_together(&cell.text, words.vocabulary);
    let is = |names: &[&str]| said.iter().filter(|s| names.contains(&s.as_str())).count();
    is(&["indikator", "sasaran"]) >= 1 && is(&["target", "realisasi", "capaian", "cara", "sumber"]) >= 2
}

/// A13 for numbers that are missing between two indicators.
pub(super) fn gaps(findings: &mut Findings, indicators: &[Indicator]) {
    for pair in indicators.windows(2) {
        let [(Some(a), above), (Some(b), below)] = [&pair[0], &pair[1]].map(|i| (last_number(&i.no.text), prefix(&i.no.text)))
        else {
            continue;
        };
        if above == below && b > a + 1 && b < a + 50 {
            let missing = if b == a + 2 { format!("nomor {}", a + 1) } else { format!("nomor {} sampai {}", a + 1, b - 1) };
            let says =
                format!("{missing} tidak terbaca di antara indikator bernomor {a} dan {b}; cocokkan tabel dengan naskahnya");
            findings.add(Finding::new("A13", says).at(pair[1].span));
        }
    }
}

/// The last number of `2.3`, `2.3.`, `(3)`, `IKU-03`.
fn last_number(no: &str) -> Option<u32> {
    let bare = no.trim().trim_end_matches(['.', ')']);
    let digits = bare.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// What stands before the last number.
fn prefix(no: &str) -> &str {
    let bare = no.trim().trim_end_matches(['.', ')']);
    bare.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// A13 for one indicator that stands twice below one aim, with other figures.
pub(super) fn doubles(findings: &mut Findings, indicators: &[Indicator]) {
    let mut known: BTreeMap<[String; 3], &Indicator> = BTreeMap::new();
    for one in indicators {
        let names = [&one.indikator, &one.sasaran, &one.tujuan].map(|p| text::key(&p.text));
        let first = *known.entry(names).or_insert(one);
        if std::ptr::eq(first, one) || one.indikator.text.chars().count() < NAME {
            continue;
        }
        let says = format!(
            "indikator yang sama tercetak dua kali di bawah sasaran yang sama (nomor {} dan {}); dimuat keduanya, pastikan mana yang berlaku",
            first.no.text, one.no.text
        );
        findings.add(Finding::new("A13", says).at(one.span));
        findings.add(
            Finding::new("A13", "indikator ini tercetak lagi di bawahnya; dimuat keduanya, pastikan mana yang berlaku")
                .at(first.span),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_indicators() {
        for (no, number, before) in
            [("2.3.", Some(3), "2."), ("IKU-03", Some(3), "IKU-"), ("a.", None, "a"), ("(4)", Some(4), "(")]
        {
            assert_eq!((last_number(no), prefix(no)), (number, before), "{no}");
        }
    }
}
