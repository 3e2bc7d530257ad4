//! Rencana anggaran (RKA-K/L, POK, RAB, DPA): a tree of codes with details of volume, price and amount.
//!
//! The way: [`sheets`] goes through the sheets, [`bands`] finds the tables, [`columns`] what their columns hold, [`lines`] reads the rows ([`context`] what stands above them), [`rows`] joins what is wrapped and sets
//! sums apart, [`parted`], [`repeats`] and [`continued`] leave out what is said twice, [`scans`] mends what recognition loses, [`budget`] hangs the rows below each other; [`rules`] and [`checks`] say what must hold, [`records`] writes it down.

use crate::model::{Findings, Origin};
use crate::tables::scale;

use super::{Ask, Extraction, Kind};
use budget::Budget;
use sheets::Sheets;
use words::Words;

mod bands;
mod budget;
mod cells;
mod checks;
mod columns;
mod context;
mod continued;
mod factors;
mod head;
mod lines;
mod parted;
mod profile;
mod reckoned;
mod records;
mod repeats;
mod report;
mod rows;
mod rules;
mod scans;
mod sheets;
mod words;

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Anggaran;

impl Kind for Anggaran {
    fn name(&self) -> &'static str {
        "anggaran"
    }

    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        let words = Words::new(ask);
        let Sheets { tables, places, style, outside } = sheets::read(ask, &words);
        let (mut found, repeated, recaps) = repeats::joined(tables, &places);
        continued::without_parents(&mut found, &words, &places);
        scans::brackets(&mut found.lines, &ask.document.grids, style);
        let places = context::needed(&places, &found.lines);
        for line in &mut found.lines {
            line.within = places.get(line.table).cloned().unwrap_or_default();
        }
        found.strays.extend(sheets::unclaimed(ask, &words, &found, &outside));
        let used = found.lines.iter().filter(|l| l.has_figures()).count();
        let (strays, unread) = (found.strays.len(), found.unread.len());
        report::report(findings, ask.document, &found, &repeated);
        if used == 0 || !found.lines.iter().any(|l| l.is_leaf() || !l.codes.is_empty()) {
            report::nothing(findings, ask.document);
            return None;
        }
        scale::told(findings, ask.document, ask.schemas);
        let uprooted = found.uprooted();
        let first = found.lines.first().map_or(Origin::new(0, 0, 0), |l| l.span.from);
        let budget = Budget::new(found.lines, found.totals);
        if strays + unread > used * 2 && !rules::coherent(&budget) {
            return None;
        }
        report::placeless(findings, &budget);
        report::rootless(findings, ask.document, &budget, &uprooted);
        report::without_quantity(findings, &budget);
        report::unheard(findings, ask.document, &words, &budget);
        let jenis = head::jenis(ask, &words, &budget, first);
        let mut equations = rules::tree(&budget, style);
        equations.extend(rules::totals(&budget, &words, jenis == "rab"));
        let stated = head::allocation(ask.document, &words, first);
        if stated.is_none() && head::is_cut_off(ask.document, &words) {
            report::allocation_cut_off(findings, first);
        }
        equations.extend(stated.and_then(|s| rules::allocation(&budget, &s)));
        equations.extend(recaps.iter().map(rules::recap));
        checks::check(findings, &budget, &words);
        let records = records::rows(&budget, super::empty_table(ask.schemas, self.name()), &jenis);
        let printed = records::totals(&budget, super::empty_table(ask.schemas, self.name()), &jenis);
        Some(Extraction { records: vec![records], printed: vec![printed], equations, ..Extraction::default() })
    }
}
