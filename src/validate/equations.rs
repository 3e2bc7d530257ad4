//! The one equation engine: every arithmetic rule of every kind is evaluated here.

use crate::model::document::plain_number;
use crate::model::{Equation, Finding, Findings};

use super::linear::Formulas;
use super::localise::{Constraint, Suspect, localise};

/// Adds a finding for every equation that does not hold, with the cell that explains it where there is exactly one.
pub fn check(findings: &mut Findings, formulas: &Formulas, equations: &[Equation]) {
    let stated: Vec<&Equation> = equations.iter().filter(|e| can_be_judged(e)).collect();
    if stated.iter().all(|e| e.holds()) {
        return;
    }
    let constraints: Vec<Constraint> = stated.iter().map(|e| formulas.reduce(e)).collect();
    let suspects = localise(&constraints, |cell| formulas.stands_at(cell));
    for (equation, suspect) in stated.iter().zip(suspects) {
        if !equation.holds() {
            findings.add(broken(equation, suspect));
        }
    }
}

/// Empty equations and values that are no numbers say nothing.
fn can_be_judged(equation: &Equation) -> bool {
    equation.residual().is_finite() && equation.terms.first().is_some_and(|t| t.coefficient != 0.0)
}

/// The finding of a broken equation: its first term is what was found.
#[must_use]
pub fn broken(equation: &Equation, suspect: Option<Suspect>) -> Finding {
    let mut finding = Finding::new(&equation.code, &equation.says).at(equation.at);
    if let Some(tested) = equation.terms.first() {
        finding = finding.numbers(shortened(tested.value), shortened(equation.solve(tested)));
        finding.difference = plain_number(shortened(tested.value - equation.solve(tested)));
    }
    if let Some(Suspect { cell, value }) = suspect {
        finding.suspect = Some(cell);
        finding.suggestion = plain_number(value);
    }
    finding
}

/// Six decimals: more is the noise of binary fractions.
fn shortened(n: f64) -> f64 {
    let rounded = (n * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded } else { n }
}

#[cfg(test)]
mod tests;
