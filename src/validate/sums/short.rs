//! F04: a formula that adds up most, but not all, of what it should.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::origin::letters;
use crate::model::{Equation, Finding, Findings, Origin, Term};

use super::super::linear::{Formulas, Reference};

/// Most formulas looked through for one.
const MOST: usize = 1_000;

/// F04: a total whose formula covers most, but not all, of the cells it should add up, or in a line of few figures half of them. Its formula is
/// no longer seen through. Where it names every cell by itself, leaving one out may be meant; only a sum that is wrong without it tells.
/// A formula that adds up just what another rule of its cell asks for is right by that, unless one of its figures is kept as text.
pub fn short(findings: &mut Findings, formulas: &mut Formulas, equations: &[Equation]) {
    let mut right = BTreeSet::new();
    let mut wrong: BTreeMap<Origin, (&Equation, Vec<Origin>)> = BTreeMap::new();
    let mut order = Vec::new();
    for equation in equations.iter().filter(|e| !e.is_open()) {
        let Some((total, parts)) = equation.terms.split_first().filter(|(_, parts)| parts.len() > 1) else { continue };
        let Some(out) = left_out(formulas, total, parts) else { continue };
        if out.is_empty() {
            right.insert(total.origin);
            if !equation.holds() && only_numbers(formulas, total, parts) {
                formulas.distrust(total.origin, equation.solve(total));
            }
        } else if told(formulas, equation, out.len()) && !wrong.contains_key(&total.origin) {
            order.push(total.origin);
            wrong.insert(total.origin, (equation, out));
        }
    }
    for cell in order.into_iter().filter(|cell| !right.contains(cell)) {
        if let Some((equation, out)) = wrong.get(&cell) {
            findings.add(leaves_out(equation, out));
            formulas.distrust(cell, equation.solve(&equation.terms[0]));
        }
    }
}

/// Whether so many cells left out are too many to be meant, and too few for a formula that adds up something else.
fn told(formulas: &Formulas, equation: &Equation, out: usize) -> bool {
    let (total, parts) = (&equation.terms[0], &equation.terms[1..]);
    let ranged = formulas.references(total.origin).is_some_and(|r| r.iter().any(|(_, r)| matches!(r, Reference::Range(_))));
    let adds_up = parts.iter().all(|p| (p.coefficient + total.coefficient).abs() < f64::EPSILON);
    let most = out * 2 < parts.len() || (out * 2 == parts.len() && in_one_row(equation));
    most && if adds_up && out * 2 < parts.len() { ranged || !equation.holds() } else { !equation.holds() }
}

/// Whether a total is what its parts add up to without those kept as text, which a formula passes over.
fn only_numbers(formulas: &Formulas, total: &Term, parts: &[Term]) -> bool {
    let numbers = parts.iter().filter(|p| !formulas.is_text(p.origin));
    let sum: f64 = numbers.map(|p| p.coefficient * p.value).sum();
    (total.coefficient * total.value + sum).abs() < 0.5 && parts.iter().any(|p| formulas.is_text(p.origin))
}

fn in_one_row(equation: &Equation) -> bool {
    let first = equation.terms[0].origin;
    equation.terms.iter().all(|t| (t.origin.grid, t.origin.row) == (first.grid, first.row))
}

/// The parts that the formula of the total does not add up, by itself or by the formulas it names; `None` where there is none to be judged,
/// or its result is old.
fn left_out(formulas: &Formulas, total: &Term, parts: &[Term]) -> Option<Vec<Origin>> {
    let references = formulas.references(total.origin).filter(|_| formulas.recalculated(total.origin).is_none())?;
    let out = |references: &[(f64, Reference)]| -> Vec<Origin> {
        let asked = |p: &Term| -p.coefficient * total.coefficient;
        parts.iter().filter(|p| !covered(references, p.origin, asked(p))).map(|p| p.origin).collect()
    };
    let direct = out(references);
    if direct.is_empty() || direct.len() * 2 > parts.len() { Some(direct) } else { Some(out(&through(formulas, references))) }
}

/// What a formula adds up, with what the formulas of the cells that it names add up.
fn through(formulas: &Formulas, references: &[(f64, Reference)]) -> Vec<(f64, Reference)> {
    let mut all = references.to_vec();
    let mut seen = BTreeSet::new();
    let mut at = 0;
    while let Some(&(sign, reference)) = all.get(at) {
        at += 1;
        if let Reference::Cell(cell) = reference
            && seen.len() < MOST
            && seen.insert(cell)
        {
            all.extend(formulas.references(cell).into_iter().flatten().map(|&(other, r)| (sign * other, r)));
        }
    }
    all
}

fn covered(references: &[(f64, Reference)], cell: Origin, asked: f64) -> bool {
    references.iter().any(|&(sign, reference)| {
        let named = match reference {
            Reference::Cell(at) => at == cell,
            Reference::Range(span) => span.holds(cell),
        };
        named && sign * asked > 0.0
    })
}

fn leaves_out(equation: &Equation, out: &[Origin]) -> Finding {
    let total = &equation.terms[0];
    let message = if in_one_row(equation) {
        let columns: Vec<String> = out.iter().map(|cell| letters(cell.col)).collect();
        format!("rumus jumlah tidak menghitung kolom {} barisnya; perbaiki rumusnya", columns.join(", "))
    } else {
        let first = out.first().map_or(0, |cell| cell.row + 1);
        format!("rumus jumlah melewatkan {} baris tabelnya (mulai baris {first}); perluas rentang rumusnya", out.len())
    };
    Finding::new("F04", message).at(total.origin).numbers(total.value, equation.solve(total))
}
