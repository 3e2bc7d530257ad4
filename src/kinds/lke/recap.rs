//! A sheet that only says again, component by component, what another sheet of the document gives in full: it is compared (D06), not
//! counted a second time.

use std::collections::BTreeSet;

use crate::model::Equation;
use crate::model::equation::Term;
use crate::normalise::text;

use super::body::{Amount, Item, Level, Table};

/// Scores are rounded on the way from sheet to sheet.
const ROUNDING: f64 = 0.011;

/// The tables that count, and those that sum up one of them.
pub(super) fn apart(tables: Vec<Table>) -> (Vec<Table>, Vec<Table>) {
    let full: Vec<BTreeSet<String>> = tables.iter().map(|t| t.items.iter().map(name).collect()).collect();
    let deep = |t: &Table| t.items.iter().any(|i| i.level > Level::Part);
    let repeats = |t: &Table| {
        let known = |i: &Item| full.iter().zip(&tables).any(|(names, other)| deep(other) && names.contains(&name(i)));
        !deep(t) && t.items.iter().filter(|i| known(i)).count() * 2 > t.items.len()
    };
    let again: Vec<bool> = tables.iter().map(repeats).collect();
    let (recaps, counted): (Vec<_>, Vec<_>) = tables.into_iter().zip(again).partition(|(_, again)| *again);
    let bare = |tables: Vec<(Table, bool)>| tables.into_iter().map(|(table, _)| table).collect();
    (bare(counted), bare(recaps))
}

/// Every amount of a recap against that of the sheet it sums up.
pub(super) fn equations(recap: &Table, tables: &[Table]) -> Vec<Equation> {
    let mut out = Vec::new();
    for item in &recap.items {
        let same = tables.iter().flat_map(|t| t.items.iter().map(move |i| (t, i))).find(|(_, i)| coded(i) == coded(item));
        let Some((table, full)) = same.filter(|_| !coded(item).is_empty()) else { continue };
        out.extend(compared(item, "bobot", item.weight.as_ref(), full.weight.as_ref()));
        for (who, mark) in &item.marks {
            let whose = &recap.layout.assessors[*who];
            let there = table.layout.assessors.iter().position(|a| same_assessor(a, whose));
            let score = there.and_then(|w| full.marks.get(&w)).and_then(|m| m.score.as_ref());
            out.extend(compared(item, &format!("nilai {whose}"), mark.score.as_ref(), score));
        }
    }
    out
}

fn compared(item: &Item, what: &str, here: Option<&Amount>, there: Option<&Amount>) -> Option<Equation> {
    let (here, there) = here.zip(there)?;
    let name = item.text.as_ref().map_or("", |(text, _)| text.as_str());
    Some(Equation {
        code: "D06".to_owned(),
        terms: vec![Term::new(1.0, here.value, here.origin), Term::new(-1.0, there.value, there.origin)],
        constant: 0.0,
        tolerance: ROUNDING,
        at: here.origin.into(),
        says: format!("{name}: {what} di lembar ringkasan tidak sama dengan di lembar rinciannya"),
    })
}

/// `Penilaian Mandiri (OPD)` is the assessor of `PENILAIAN MANDIRI`.
fn same_assessor(a: &str, b: &str) -> bool {
    let bare = |name: &str| text::key(name.split('(').next().unwrap_or(name));
    bare(a) == bare(b)
}

fn name(item: &Item) -> String {
    item.text.as_ref().map(|(t, _)| text::key(t)).unwrap_or_default()
}

fn coded(item: &Item) -> String {
    item.code.as_ref().map(|(c, _)| text::key(c)).unwrap_or_default()
}
