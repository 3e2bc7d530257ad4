//! Several tables of one document: an IKU and its measurement, a sheet for each quarter. The same indicators are counted once.

use std::collections::BTreeMap;

use crate::model::period::{Part, Period};
use crate::model::{Document, Finding, Findings, Span};
use crate::normalise::{period, text};
use crate::tables::ledger::Row;

use super::body;
use super::body::Printed;
use super::reading::Indicator;

/// A table as read, with the period that its sheet or title names.
pub(super) struct Table {
    pub(super) period: Option<Period>,
    pub(super) indicators: Vec<Indicator>,
}

/// Title lines above a heading that are looked at.
const ABOVE: usize = 4;

/// The period that a table's own title or sheet name gives.
pub(super) fn period_of(table: &body::Table, rows: &[Row], document: &Document) -> Option<Period> {
    let start = table.start();
    let grid = rows.get(start)?.grid;
    let titles = rows.get(start.saturating_sub(ABOVE)..start)?.iter().filter(|r| r.grid == grid).map(Row::line);
    let name = document.grids.get(usize::from(grid)).map(|g| g.name.clone());
    let lines: Vec<String> = titles.chain(name).collect();
    let full = lines.iter().flat_map(|l| period::find(l)).filter(|f| f.how != period::How::Dated).map(|f| f.period);
    full.max_by_key(|p| p.part != Part::Year)
}

/// One list of indicators. A later table adds what an earlier one does not say of the same indicator; where both say something else, the
/// one about the document's period counts, and the other is said not to.
pub(super) fn merged(findings: &mut Findings, tables: Vec<Table>, period: Option<Period>) -> Vec<Indicator> {
    let mut tables = tables;
    // The table about the document's own period leads; the order is otherwise that of the document.
    let exact = |t: &Table| t.period.is_some() && t.period == period;
    let other = |t: &Table| t.period.is_some_and(|p| p.part != Part::Year) && !exact(t);
    tables.sort_by_key(|t| (other(t), !exact(t)));
    let mut out: Vec<Indicator> = Vec::new();
    // Where each one stands first.
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for table in tables {
        let known = table.indicators.iter().filter(|i| places.contains_key(&name(i))).count();
        let repeats = known * 2 > table.indicators.len();
        let mut unused: Vec<Span> = Vec::new();
        for indicator in table.indicators {
            let name = name(&indicator);
            match places.get(&name) {
                Some(&at) if repeats => {
                    if !complete(&mut out[at], &indicator) {
                        unused.push(indicator.span);
                    }
                    continue;
                }
                Some(_) => {}
                None if name.is_empty() => {}
                None => drop(places.insert(name, out.len())),
            }
            out.push(indicator);
        }
        let around = unused.iter().skip(1).fold(unused.first().copied(), |all, s| all.map(|a| a.with(s.from).with(s.to)));
        if let Some(span) = around {
            let message = "indikator yang sama tercetak lagi di sini dengan angka lain (periode lain atau salinan lama); yang dimuat ialah tabel untuk periode dokumen ini";
            findings.add(Finding::new("A13", message).at(span));
        }
    }
    out
}

fn name(indicator: &Indicator) -> String {
    text::key(&indicator.indikator.text)
}

/// Fills what the first table does not say; whether nothing of the second is left unsaid.
fn complete(first: &mut Indicator, second: &Indicator) -> bool {
    let mut all = true;
    let mut fill = |a: &mut Printed, b: &Printed| {
        if a.text.is_empty() {
            *a = b.clone();
        } else if !b.text.is_empty() && text::key(&a.text) != text::key(&b.text) {
            all = false;
        }
    };
    fill(&mut first.tujuan, &second.tujuan);
    fill(&mut first.sasaran, &second.sasaran);
    fill(&mut first.cara, &second.cara);
    fill(&mut first.sumber, &second.sumber);
    for (a, b) in [(&mut first.target, &second.target), (&mut first.realisasi, &second.realisasi)] {
        if a.printed.text.is_empty() {
            *a = b.clone();
        } else if !b.printed.text.is_empty() && text::key(&a.printed.text) != text::key(&b.printed.text) {
            all = false;
        }
    }
    if first.capaian.value.is_none() {
        first.capaian = second.capaian.clone();
    } else if second.capaian.value.is_some() && second.capaian.value != first.capaian.value {
        all = false;
    }
    for field in &second.has {
        if !first.has.contains(field) {
            first.has.push(*field);
        }
    }
    all
}
