//! The one equation engine: every arithmetic rule of every kind is evaluated here.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;

use crate::kinds::Extraction;
use crate::model::document::plain_number;
use crate::model::finding::{LISTED, afterwards};
use crate::model::{Change, Equation, Explanation, Finding, Findings, Origin, Places, Range, Slip};

use super::lacking;
use super::linear::Formulas;
use super::localise::{Blame, Constraint, Standing, localise};

/// Adds a finding for every equation that does not hold, with the cell that explains it where there is exactly one. `overtyped` are the
/// cells whose neighbours are formulas while they hold a number that somebody typed.
pub fn check(findings: &mut Findings, formulas: &Formulas, extraction: &Extraction, overtyped: &BTreeSet<Origin>) {
    let stated: Vec<&Equation> = extraction.equations.iter().filter(|e| can_be_judged(e)).collect();
    if stated.iter().all(|e| e.holds()) {
        return;
    }
    let constraints: Vec<Constraint> = stated.iter().map(|e| formulas.reduce(e)).collect();
    let (totals, places) = (totals(&stated), formulas.places());
    let ranges: HashMap<Origin, Range> = extraction.ranges.iter().map(|r| (r.cell, *r)).collect();
    let blames = localise(&constraints, |cell| match (formulas.standing(cell), ranges.get(&cell)) {
        (Standing::Typed, Some(range)) => Standing::Within(range.least, range.most),
        (standing, _) => standing,
    });
    let free = blames.iter().map(|b| b.cause).max().unwrap_or_default() + 1;
    let lacking = lacking::rows(findings, &stated, free);
    for (equation, mut blame) in stated.iter().zip(blames).filter(|(e, _)| !e.holds()) {
        if let Some(cause) = lacking.of(equation) {
            let mut finding = broken(equation, Blame { cause, ..Blame::default() }, &places);
            finding.message.push_str(afterwards::LACKING);
            findings.add(finding);
            continue;
        }
        for explanation in &mut blame.explanations {
            not_made_anew(explanation, &totals);
            typed_over(explanation, overtyped);
            not_filled_in(explanation, formulas);
        }
        blame.explanations.sort_by_key(|e| e.slip != Some(Slip::Overtyped));
        findings.add(broken(equation, blame, &places));
    }
}

/// Cells that are printed as the sum of several others.
fn totals(equations: &[&Equation]) -> HashSet<Origin> {
    let sums = equations.iter().filter_map(|e| {
        let (total, parts) = e.terms.split_first()?;
        let adds_up = parts.len() > 2 && parts.iter().all(|p| p.coefficient.signum() != total.coefficient.signum());
        adds_up.then_some(total.origin)
    });
    sums.collect()
}

/// A wrong total whose digits tell nothing was most likely not made anew.
fn not_made_anew(explanation: &mut Explanation, totals: &HashSet<Origin>) {
    if let ([one], None) = (explanation.cells.as_slice(), explanation.slip)
        && totals.contains(&one.cell)
    {
        explanation.slip = Some(Slip::Stale);
    }
}

/// A wrong figure where a formula belongs was typed over it, whatever its digits look like.
fn typed_over(explanation: &mut Explanation, overtyped: &BTreeSet<Origin>) {
    if let [one] = explanation.cells.as_slice()
        && overtyped.contains(&one.cell)
    {
        explanation.slip = Some(Slip::Overtyped);
    }
}

/// A figure that is missing where nothing was filled in is no slip of digits.
fn not_filled_in(explanation: &mut Explanation, formulas: &Formulas) {
    if let [one] = explanation.cells.as_slice()
        && formulas.is_blank(one.cell)
    {
        explanation.slip = Some(Slip::Blank);
    }
}

/// Empty equations and values that are no numbers say nothing.
fn can_be_judged(equation: &Equation) -> bool {
    equation.residual().is_finite() && equation.terms.first().is_some_and(|t| t.coefficient != 0.0)
}

/// The finding of a broken equation: its first term is what was found.
fn broken(equation: &Equation, blame: Blame, places: &Places) -> Finding {
    let mut finding = Finding::new(&equation.code, &equation.says).at(equation.at);
    if let Some(tested) = equation.terms.first() {
        finding = finding.numbers(shortened(tested.value), shortened(equation.solve(tested)));
        finding.difference = plain_number(shortened(tested.value - equation.solve(tested)));
    }
    if let Some(suspect) = blame.suspect() {
        finding.suspect = Some(suspect.cell);
        finding.suggestion = plain_number(suspect.value);
    }
    finding.message.push_str(&guess(&blame, places));
    finding.unlisted = blame.unlisted;
    finding.explanations = blame.explanations;
    finding.cause = blame.cause;
    finding
}

/// What may be behind it, in a sentence; nothing where the cell says it all. Of a long tie the likeliest are told, the others counted.
fn guess(blame: &Blame, places: &Places) -> String {
    let told: Vec<String> = blame.explanations.iter().take(LISTED).map(|e| in_words(e, places)).collect();
    let more = (blame.explanations.len() - told.len()) + blame.unlisted;
    match (blame.explanations.as_slice(), told.as_slice()) {
        ([only], [told]) if only.slip.is_some() || only.cells.len() > 1 => format!("{}{told}.", afterwards::LIKELY),
        ([_], [told]) => format!("{}{told}.", afterwards::IF_ONE),
        ([_, _, ..], told) => {
            let rest = if more > 0 { format!("{}{more} kemungkinan lain", afterwards::MORE) } else { String::new() };
            format!("{}{}{rest}.", afterwards::OPEN, told.join(afterwards::OR))
        }
        _ => String::new(),
    }
}

/// `Rekap!D12 1243 → 1234 (dua angka tertukar)`.
fn in_words(explanation: &Explanation, places: &Places) -> String {
    let mut text = String::new();
    if let ([one], Some(Slip::Blank)) = (explanation.cells.as_slice(), explanation.slip) {
        return format!(
            "{} kosong → {} ({})",
            places.told(one.cell.into()),
            plain_number(shortened(one.value)),
            Slip::Blank.words()
        );
    }
    match explanation.block() {
        Some((span, way)) => drop(write!(text, "angka di {} berada satu baris terlalu {way}", places.told(span))),
        None => changes(&mut text, &explanation.cells, places),
    }
    if let Some(slip) = explanation.slip {
        let _ = write!(text, " ({})", slip.words());
    }
    if !explanation.carried.is_empty() {
        text.push_str("; jumlah yang sudah ikut salah: ");
        changes(&mut text, &explanation.carried, places);
    }
    text
}

fn changes(text: &mut String, all: &[Change], places: &Places) {
    for (number, change) in all.iter().enumerate() {
        let (place, found, value) = (places.told(change.cell.into()), shortened(change.found), shortened(change.value));
        let and = if number > 0 { " dan " } else { "" };
        let _ = write!(text, "{and}{place} {} → {}", plain_number(found), plain_number(value));
    }
}

/// Six decimals: more is the noise of binary fractions.
fn shortened(n: f64) -> f64 {
    let rounded = (n * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded } else { n }
}

#[cfg(test)]
mod tests;
