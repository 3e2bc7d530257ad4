//! Who sent what: offices × kinds, every state as a word, a sign and a colour.

use std::collections::BTreeMap;

use crate::consolidate::{Delivery, State};
use crate::model::Region;
use crate::publish::words;
use crate::publish::workbook::names::short;

use super::Plan;

/// The matrix.
pub struct Matrix<'a> {
    /// Kinds: in short, in full.
    pub kinds: Vec<(&'a str, &'a str)>,
    /// One row per office.
    pub rows: Vec<Row<'a>>,
    /// What the signs mean.
    pub legend: Vec<Sign>,
}

/// One office.
pub struct Row<'a> {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// One cell per kind: how it stands, and the document that counts.
    pub cells: Vec<(Sign, &'a str)>,
}

/// How a delivery stands.
#[derive(Clone, Copy)]
pub struct Sign {
    /// Class of its colour.
    pub class: &'static str,
    /// A sign that needs no colour.
    pub mark: &'static str,
    /// The state in a word.
    pub word: &'static str,
}

/// Not owed and not sent.
const NOTHING: Sign = Sign { class: "kosong", mark: "–", word: "tidak wajib" };
const STATES: [State; 5] = [State::Received, State::Late, State::Doubled, State::NeedsRepair, State::Missing];

/// Offices in code order, kinds in the order of the schemas.
pub fn of(plan: Plan<'_>) -> Matrix<'_> {
    let mut rows: BTreeMap<Region, BTreeMap<&str, &Delivery>> = BTreeMap::new();
    for delivery in &plan.batch.completeness {
        rows.entry(delivery.satker).or_default().insert(&delivery.kind, delivery);
    }
    let mut kinds: Vec<&str> = rows.values().flat_map(BTreeMap::keys).copied().collect();
    kinds.sort_by_key(|kind| (plan.schemas.kinds.iter().position(|k| k.name == *kind).unwrap_or(usize::MAX), *kind));
    kinds.dedup();
    let row = |(&satker, cells): (&Region, &BTreeMap<&str, &Delivery>)| Row {
        code: satker.to_string(),
        name: short(&words::region(plan.regions, satker)),
        cells: kinds.iter().map(|kind| cells.get(kind).map_or((NOTHING, ""), |d| cell(plan, d))).collect(),
    };
    let legend = STATES.map(sign).into_iter().chain([NOTHING]).collect();
    let rows = rows.iter().map(row).collect();
    let kinds = kinds.iter().map(|&kind| (words::kind_in_short(plan.schemas, kind), words::kind(plan.schemas, kind)));
    Matrix { kinds: kinds.collect(), rows, legend }
}

fn cell<'a>(plan: Plan<'a>, delivery: &Delivery) -> (Sign, &'a str) {
    let document = delivery.entry.and_then(|n| plan.batch.entries.get(n)).map_or("", |e| &e.source.document);
    let nothing = delivery.state == State::Missing && !delivery.owed;
    (if nothing { NOTHING } else { sign(delivery.state) }, document)
}

const fn sign(state: State) -> Sign {
    let (class, mark) = match state {
        State::Received => ("baik", "✓"),
        State::Late => ("lambat", "»"),
        State::Doubled => ("ganda", "2×"),
        State::NeedsRepair => ("rusak", "!"),
        State::Missing => ("belum", "✕"),
    };
    Sign { class, mark, word: words::state(state) }
}
