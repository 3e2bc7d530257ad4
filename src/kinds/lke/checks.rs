//! Weights and scores add up, from the papers to the total (D02). Where most scores of a sheet are no sums of those below them they are
//! worked out some other way (answers per sub-component), and nothing is said of them.

use crate::model::Equation;
use crate::model::equation::Term;

use super::body::{Amount, Item, Level, Table};

/// Weights and scores are printed with few decimals: so much may be lost by rounding.
const ROUNDING: f64 = 0.011;

/// What must hold in one table.
pub(super) fn equations(table: &Table) -> Vec<Equation> {
    let mut out = sums(table, "bobot", |item| item.weight.as_ref());
    out.extend(table.totals.iter().filter_map(|total| total.weight.as_ref()).map(whole));
    for (who, name) in table.layout.assessors.iter().enumerate() {
        let what = if name.is_empty() { "nilai".to_owned() } else { format!("nilai {name}") };
        out.extend(sums(table, &what, |item| item.marks.get(&who)?.score.as_ref()));
    }
    out
}

/// The weights of all components are 100 together (`PermenPANRB` 88/2021).
fn whole(total: &Amount) -> Equation {
    Equation {
        code: "D02".to_owned(),
        terms: vec![Term::new(1.0, total.value, total.origin)],
        constant: -100.0,
        tolerance: ROUNDING,
        at: total.origin.into(),
        says: "bobot seluruh komponen bukan 100".to_owned(),
    }
}

/// Every amount of this kind against those below it; none where fewer than half of them are such sums.
fn sums<'t>(table: &'t Table, what: &str, of: impl Fn(&'t Item) -> Option<&'t Amount> + Copy) -> Vec<Equation> {
    let mut out = Vec::new();
    for (i, item) in table.items.iter().enumerate() {
        let Some(own) = of(item).filter(|_| item.level < Level::Proof) else { continue };
        let below = table.items[i + 1..].iter().take_while(|below| below.level > item.level);
        out.extend(sum(item, own, &topmost(below, of), what));
    }
    let top = topmost(table.items.iter(), of);
    out.extend(table.totals.iter().filter_map(|total| sum(total, of(total)?, &top, what)));
    let held = out.iter().filter(|e| e.holds()).count();
    if held * 2 >= out.len() { out } else { Vec::new() }
}

/// The highest rows that state it: what stands below one of them is part of it.
fn topmost<'t>(items: impl Iterator<Item = &'t Item>, of: impl Fn(&'t Item) -> Option<&'t Amount>) -> Vec<&'t Amount> {
    let mut under: Option<Level> = None;
    let mut out = Vec::new();
    for item in items {
        if under.is_some_and(|level| item.level > level) {
            continue;
        }
        under = of(item).map(|amount| {
            out.push(amount);
            item.level
        });
    }
    out
}

fn sum(item: &Item, own: &Amount, below: &[&Amount], what: &str) -> Option<Equation> {
    let parts = below.iter().map(|a| Term::new(-1.0, a.value, a.origin));
    let name = item.text.as_ref().map_or("", |(text, _)| text.as_str());
    let tolerance = ROUNDING * f64::from(u32::try_from(below.len()).ok()?);
    (!below.is_empty()).then(|| Equation {
        code: "D02".to_owned(),
        terms: std::iter::once(Term::new(1.0, own.value, own.origin)).chain(parts).collect(),
        constant: 0.0,
        tolerance,
        at: own.origin.into(),
        says: format!("{name}: {what} bukan jumlah {} baris di bawahnya", below.len()),
    })
}
