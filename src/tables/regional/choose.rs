//! Of several measures shown side by side (`DPS`, `DPSHP`, `DPT`) the one that the document is about; the others are told and left out.

use std::collections::BTreeSet;

use crate::model::{Finding, Findings, Origin};

use super::dark::by_columns;
use super::facts::{Facts, Roll};
use super::tags::{Field, Stem};

/// Measures in the tables of a document, each once.
#[must_use]
pub fn measures(facts: &Facts) -> BTreeSet<u16> {
    let entities = facts.rolls.iter().flat_map(|r| &r.entities);
    let measure = |field: Field| if let Stem::Measure(m) = field.stem { Some(m) } else { None };
    entities.flat_map(|e| &e.facts).filter_map(|f| measure(f.field)).collect()
}

/// Keeps `main` under the name of `generic`, with the generic figures where a table has no own ones; drops all other measures, and the
/// tables that count nothing but those (A13).
pub fn choose(findings: &mut Findings, facts: &mut Facts, main: u16, generic: u16) {
    let Facts { rolls, used, .. } = facts;
    for roll in rolls {
        let left_out = choose_in(roll, main, generic);
        *used = used.saturating_sub(left_out.len());
        let says = format!("Lembar \"{}\": angka ini tahapan atau daftar lain dan tidak dipakai.", roll.sheet);
        findings.0.extend(by_columns(&left_out).into_iter().map(|span| Finding::new("A13", says.clone()).at(span)));
    }
}

/// Returns the cells left out.
fn choose_in(roll: &mut Roll, main: u16, generic: u16) -> Vec<Origin> {
    let own: BTreeSet<Field> =
        roll.entities.iter().flat_map(|e| &e.facts).map(|f| f.field).filter(|f| f.stem == Stem::Measure(main)).collect();
    let stands_in =
        |field: Field| field.stem == Stem::Measure(generic) && !own.contains(&Field { stem: Stem::Measure(main), ..field });
    let measured = |field: Field| matches!(field.stem, Stem::Measure(_));
    let kept = |field: Field| own.contains(&field) || stands_in(field);
    // A sheet of another stage counts the stations of that stage.
    let mut all = roll.entities.iter().flat_map(|e| &e.facts).map(|f| f.field).filter(|f| measured(*f)).peekable();
    let of_another = all.peek().is_some() && !all.any(kept);
    let kept = |field: Field| kept(field) || !measured(field) && !of_another;
    let mut left_out = Vec::new();
    for entity in &mut roll.entities {
        left_out.extend(entity.facts.iter().filter(|f| !kept(f.field)).map(|f| f.origin));
        entity.facts.retain(|f| kept(f.field));
        for fact in entity.facts.iter_mut().filter(|f| f.field.stem == Stem::Measure(main)) {
            fact.field.stem = Stem::Measure(generic);
        }
    }
    if of_another {
        roll.entities.clear();
    }
    left_out
}
