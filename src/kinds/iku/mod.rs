//! Indikator Kinerja Utama: indicators with targets, realisations and achievements, from IKU tables, performance agreements,
//! quarterly measurements and performance reports.
//!
//! Reading order: [`layout`] (which column is which) → [`body`] (rows → indicators by their [`place`], below the [`aims`] of their lines, with what is said [`inside`] of cells and those that hold several [`bundled`]; from other pages those it may [`reach`]) → [`reading`] (which columns count, what their
//! cells say; [`sums`] by arithmetic) → [`merge`] (several tables of one document) → [`checks`] (I01–I03), [`doubts`] (cells that read as if something went wrong), [`unread`] (what was left). [`form`] reads the same from forms with labels
//! instead of columns (several in a line: [`pairs`]; with names elsewhere: [`coded`]), [`turned`] from tables whose measures run down, [`bands`] and [`quarters`] from those whose quarters do, [`sentences`] from running text.

mod achieve;
mod aims;
mod bands;
mod body;
mod bundled;
mod checks;
mod coded;
mod doubts;
mod form;
mod inside;
mod layout;
mod merge;
mod pairs;
mod place;
mod quarters;
mod reach;
mod reading;
mod sentences;
mod sums;
mod torn;
mod turned;
mod unread;
mod value;

use crate::model::{Findings, Format, Records, Schemas};
use crate::tables::ledger;
use crate::tables::phrases::Phrases;

use super::{Ask, Extraction, Kind};
use body::Words;
use reading::Indicator;

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Iku;

impl Kind for Iku {
    fn name(&self) -> &'static str {
        "iku"
    }

    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        let meanings = ask.schemas.kind(self.name()).map_or(&[][..], |k| &k.meanings);
        let (vocabulary, phrases) = (super::own_vocabulary(ask.schemas, self.name()), Phrases::new(meanings));
        let torn = ask.document.format == Format::Txt;
        let sheets = matches!(ask.document.format, Format::Xlsx | Format::Xlsb | Format::Xls | Format::Ods);
        let words = Words { vocabulary: &vocabulary, phrases: &phrases, torn, sheets };
        let rows = ledger::rows(ask.document);
        let codes = coded::codes(&rows, &words);
        let mut tables = turned::tables(&rows, &words);
        let mut heard = Vec::new();
        if tables.is_empty() {
            (tables, heard) = body::tables(&rows, &words, &codes);
        }
        let mut read: Vec<merge::Table> = Vec::new();
        for table in &tables {
            let period = merge::period_of(table, &rows, ask.document);
            let indicators = reading::indicators(findings, table, period.or(ask.subject.period), &phrases);
            read.push(merge::Table { period, indicators });
        }
        let mut indicators = merge::merged(findings, read, ask.subject.period);
        if indicators.is_empty() {
            indicators = form::indicators(findings, &rows, &words, &codes);
        }
        if indicators.is_empty() {
            indicators = sentences::indicators(findings, &rows, &words);
        }
        if indicators.is_empty() {
            return None;
        }
        for indicator in &indicators {
            checks::check(findings, indicator, &phrases);
        }
        unread::rows(findings, &rows, &indicators, &heard, &words);
        unread::gaps(findings, &indicators);
        unread::doubles(findings, &indicators);
        doubts::say(findings, &indicators, ask.schemas, &words);
        Some(Extraction { records: vec![records(&indicators, ask.schemas)], ..Extraction::default() })
    }
}

/// The category of an achievement in percent by the scale of `schemas/iku.toml`; `None` where the scale has no such band.
#[must_use]
pub fn category(schemas: &Schemas, achievement: f64) -> Option<&str> {
    let meanings = &schemas.kind("iku")?.meanings;
    let bands = meanings.iter().filter_map(|m| {
        let above: f64 = m.means.strip_prefix("kategori:")?.parse().ok()?;
        Some((above, m.words.first()?))
    });
    let reached = bands.filter(|(above, _)| achievement > *above || *above == 0.0);
    reached.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name.as_str())
}

/// The table `iku`. Numbers as printed where each indicator has its own, else counted.
fn records(indicators: &[Indicator], schemas: &Schemas) -> Records {
    let mut records = super::empty_table(schemas, "iku");
    let mut numbers: Vec<String> = indicators.iter().map(|i| digits(&i.no.text)).collect();
    numbers.sort();
    numbers.dedup();
    let own = numbers.len() == indicators.len() && !numbers.iter().any(String::is_empty);
    for (i, indicator) in indicators.iter().enumerate() {
        let row = records.push(indicator.span);
        let no = indicator.no.text.trim().trim_end_matches(['.', ')']).trim_start_matches('(');
        let (no, at) = if own { (no.to_owned(), indicator.no.origin) } else { ((i + 1).to_string(), None) };
        records.set_text(row, "no", &no, at);
        for (column, printed) in [
            ("tujuan", &indicator.tujuan),
            ("sasaran", &indicator.sasaran),
            ("indikator", &indicator.indikator),
            ("target", &indicator.target.printed),
            ("cara_perhitungan", &indicator.cara),
            ("sumber_data", &indicator.sumber),
            ("realisasi", &indicator.realisasi.printed),
        ] {
            if !printed.text.is_empty() {
                records.set_text(row, column, &printed.text, printed.origin);
            }
        }
        let target = &indicator.target;
        if let Some(number) = target.amount.number() {
            records.set_number(row, "target_nilai", number, target.printed.origin, &target.printed.text);
        }
        if !target.unit.is_empty() {
            records.set_text(row, "target_satuan", &target.unit, target.printed.origin);
        }
        if let Some(number) = indicator.realisasi.amount.number() {
            records.set_number(
                row,
                "realisasi_nilai",
                number,
                indicator.realisasi.printed.origin,
                &indicator.realisasi.printed.text,
            );
        }
        if let Some(capaian) = indicator.capaian.value {
            records.set_number(row, "capaian", capaian, indicator.capaian.printed.origin, &indicator.capaian.printed.text);
        }
    }
    records
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_begin_above_their_bound() {
        let schemas = crate::schemas::builtin().unwrap();
        for (achievement, name) in [
            (100.0, "Sangat Baik"),
            (90.5, "Sangat Baik"),
            (90.0, "Baik"),
            (75.0, "Cukup"),
            (50.1, "Kurang"),
            (0.0, "Sangat Kurang"),
        ] {
            assert_eq!(category(&schemas, achievement), Some(name));
        }
    }
}
