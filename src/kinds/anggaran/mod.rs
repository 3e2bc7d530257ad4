//! Rencana anggaran (RKA-K/L, POK, RAB, DPA): a tree of codes with details of volume, price and amount.
//!
//! The way: [`bands`] finds the tables, [`columns`] what their columns hold, [`lines`] reads the rows ([`context`] what stands above them), [`rows`] joins what is wrapped and sets
//! sums apart, [`parted`] and [`repeats`] leave out what is said twice, [`budget`] hangs the rows below each other; [`rules`] and [`checks`] say what must hold, [`records`] writes it down.

use std::collections::BTreeSet;

use crate::model::origin::Place;
use crate::model::{Findings, Origin};
use crate::normalise::number::Style;
use crate::tables::marks::Marked;

use super::{Ask, Extraction, Kind};
use budget::Budget;
use columns::Columns;
use context::Context;
use lines::Line;
use rows::Rows;
use words::Words;

mod bands;
mod budget;
mod cells;
mod checks;
mod columns;
mod context;
mod exact;
mod factors;
mod head;
mod lines;
mod parted;
mod profile;
mod records;
mod repeats;
mod report;
mod rows;
mod rules;
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
        let (tables, contexts, style) = read(ask, &words);
        let (mut found, repeated, recaps) = repeats::joined(tables);
        let contexts = context::needed(&contexts, &found.lines);
        for line in &mut found.lines {
            line.within = contexts.get(line.table).cloned().unwrap_or_default();
        }
        let used = found.lines.iter().filter(|l| l.has_figures()).count();
        let (strays, unread) = (found.strays.len(), found.unread.len());
        report::report(findings, ask.document, &found, &repeated);
        if used == 0 || !found.lines.iter().any(|l| l.is_leaf() || !l.codes.is_empty()) {
            report::nothing(findings, ask.document);
            return None;
        }
        let first = found.lines.first().map_or(Origin::new(0, 0, 0), |l| l.span.from);
        let budget = Budget::new(found.lines, found.totals);
        if strays + unread > used * 2 && !rules::coherent(&budget) {
            return None;
        }
        let jenis = head::jenis(ask, &words, &budget, first);
        let mut equations = rules::tree(&budget, style);
        equations.extend(rules::totals(&budget, &words, jenis == "rab"));
        let stated = head::allocation(ask.document, &words, first);
        equations.extend(stated.and_then(|s| rules::allocation(&budget, &s)));
        equations.extend(recaps.iter().map(rules::recap));
        checks::check(findings, &budget, &words);
        let records = records::rows(&budget, super::empty_table(ask.schemas, self.name()), &jenis);
        let printed = records::totals(&budget, super::empty_table(ask.schemas, self.name()), &jenis);
        Some(Extraction { records: vec![records], printed: vec![printed], equations, ..Extraction::default() })
    }
}

/// The rows of all tables on visible sheets, what stands above each, and how their numbers are written.
fn read(ask: &Ask, words: &Words) -> (Vec<Rows>, Vec<Context>, Style) {
    let (mut found, mut contexts): (Vec<Rows>, Vec<Context>) = Default::default();
    let mut style = Style::Indonesian;
    let mut open: Option<Columns> = None;
    for (grid, number) in ask.document.grids.iter().zip(0_u16..).filter(|(g, _)| !g.hidden) {
        let sheet = Marked::new(grid, number, words.vocabulary());
        let stretches = bands::stretches(&sheet, words);
        let titles: BTreeSet<String> = rows::titles(&sheet, &stretches);
        let above = bands::above(&sheet, &stretches);
        let before = open.as_ref().filter(|_| matches!(grid.place, Place::Paper { .. }));
        if let Some((columns, last)) = before.and_then(|c| c.continued(&sheet, &above)).zip(found.last_mut()) {
            let table = contexts.len().saturating_sub(1);
            let lines = lines::lines(&sheet, words, &above, &columns);
            last.take(words, &titles, lines.into_iter().map(|l| Line { table, ..l }).collect());
        }
        for stretch in &stretches {
            let columns = columns::columns(&sheet, words, stretch);
            if columns.style() == Style::Anglo {
                style = Style::Anglo;
            }
            let mut rows = Rows { edition: context::edition(&sheet, words, stretch), ..Rows::default() };
            let lines = lines::lines(&sheet, words, stretch, &columns);
            let parts = context::parts(&mut contexts, &sheet, words, stretch);
            let placed = lines.into_iter().map(|l| Line { table: parts.get(l.part).copied().unwrap_or_default(), ..l });
            rows.take(words, &titles, placed.collect());
            found.push(rows);
            open = Some(columns);
        }
    }
    (found.into_iter().flat_map(parted::parted).collect(), contexts, style)
}
