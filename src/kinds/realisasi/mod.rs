//! Realisasi anggaran: what was spent of each ceiling, along the budget's tree of codes.
//!
//! Reading order: [`heading`] (what the columns are called) → [`columns`] (where their amounts stand) → [`table`] (rows under one heading,
//! over pages; [`down`] where its words run down the rows, [`mod@months`] where its months do) → [`amounts`] (cells → numbers) → [`roles`]
//! (which column is what, by heading and arithmetic) → [`items`] (lines → rows as meant, with [`ordinals`] where they have no codes) →
//! [`ledger`] and [`fields`] (rows in the tree, with the contract's columns) → [`parted`] (one table that says its money twice) →
//! [`choose`] (what counts once) → [`checks`] and [`totals`] (what must hold) → [`write`] (the table) and [`dark`] (what was not used).

mod amounts;
mod checks;
mod choose;
mod columns;
mod dark;
mod down;
mod fields;
mod heading;
mod items;
mod ledger;
mod months;
mod ordinals;
mod parted;
mod roles;
mod table;
mod totals;
mod write;

use crate::model::period::Part;
use crate::model::{Findings, Period};
use crate::tables::scale;
use crate::tables::words::Vocabulary;

use super::{Ask, Extraction, Kind};
use choose::Read;
use table::Table;

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Realisasi;

impl Kind for Realisasi {
    fn name(&self) -> &'static str {
        "realisasi"
    }

    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        let words = super::vocabulary(ask.schemas, self.name());
        let found = table::tables(ask.document, &words);
        let period = ask.subject.period.and_then(months);
        let mut read: Vec<Read> =
            found.tables.into_iter().flat_map(|t| parted::parted(read(ask, t, &words, period), period)).collect();
        let counted = choose::counted(&read, period.map(|p| p.1));
        choose::open(&mut read, &counted);
        dark::sheets(findings, ask.document, &found.dark);
        dark::above(findings, ask.document, &words, (&found.above, &read));
        let mut extraction = Extraction::default();
        let mut rows = super::empty_table(ask.schemas, self.name());
        let mut printed = rows.clone();
        for (one, _) in read.iter().zip(&counted).filter(|(_, c)| **c) {
            findings.0.extend(one.dark.0.iter().cloned());
            dark::empty(findings, &one.rows);
            dark::nameless(findings, &one.rows);
            dark::codeless(findings, &one.rows);
            dark::rootless(findings, &one.rows);
            extraction.equations.extend(checks::check(findings, ask.document, &one.rows, &one.roles));
            write::rows(&mut rows, &mut printed, &one.rows);
        }
        for (one, _) in read.iter().zip(&counted).filter(|(_, c)| !**c) {
            dark::not_counted(findings, ask.document, one);
        }
        dark::unheard(findings, ask.document, &words, &read);
        scale::told(findings, ask.document, ask.schemas);
        let understood = !rows.is_empty();
        (extraction.records, extraction.printed) = (vec![rows], vec![printed]);
        understood.then_some(extraction)
    }
}

/// First and last month of a period; `None` for a year.
const fn months(period: Period) -> Option<(u8, u8)> {
    match period.part {
        Part::Year => None,
        Part::Semester(n) => Some((n * 6 - 5, n * 6)),
        Part::Quarter(n) => Some((n * 3 - 2, n * 3)),
        Part::Month(n) => Some((n, n)),
    }
}

/// Reads one table to its rows, with what of it was not understood.
fn read(ask: &Ask, mut table: Table, words: &Vocabulary, period: Option<(u8, u8)>) -> Read {
    let mut dark = Findings::default();
    dark::lacking(&mut dark, &table);
    dark::scattered(&mut dark, ask.document, &table);
    dark::joined(&mut dark, &table, words);
    dark::folded(&mut dark, &months::fold(&mut table, words));
    let amounts = amounts::amounts(ask.document, &table);
    roles::without_false_shares(&mut table.leaves, &amounts.lines);
    let roles = roles::roles(&table.leaves, &amounts.lines, choose::runs_on(&table, words));
    dark::cells(&mut dark, &table, &amounts, &roles);
    let month = choose::month(ask.document, &table, words);
    let (items, mute) = items::items(&table, amounts, words);
    dark::mute(&mut dark, &mute);
    let rows = ledger::ledger(items, &roles, period);
    Read { table, rows, roles, month, dark }
}
