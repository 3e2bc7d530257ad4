//! What must stand in cells that hold no number (`#REF!`): the figures around them decide it where all equations ask for the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Equation, Origin};

/// Differences below this are noise of binary fractions.
const NOISE: f64 = 1e-6;

/// The figures that the equations leave for cells without a number, where they agree. Each such cell must be the only one of its equation.
pub fn figures(equations: &[Equation]) -> BTreeMap<Origin, f64> {
    let mut asked: BTreeMap<Origin, Vec<f64>> = BTreeMap::new();
    let mut counts = BTreeSet::new();
    for equation in equations.iter().filter(|e| e.tolerance < 1.0) {
        let mut open = equation.terms.iter().filter(|t| !t.value.is_finite());
        if let (Some(unknown), None) = (open.next(), open.next())
            && unknown.coefficient != 0.0
        {
            counts.extend(equation.counts().then_some(unknown.origin));
            let known = equation.terms.iter().filter(|t| t.value.is_finite());
            let sum: f64 = known.map(|t| t.coefficient * t.value).sum();
            asked.entry(unknown.origin).or_default().push(-(sum + equation.constant) / unknown.coefficient);
        }
    }
    let agreed = |all: &Vec<f64>| all.iter().all(|v| *v >= 0.0 && v.is_finite() && (v - all[0]).abs() <= NOISE);
    asked.retain(|cell, all| agreed(all) && (all[0].fract() == 0.0 || !counts.contains(cell)));
    asked.into_iter().map(|(cell, all)| (cell, all[0])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Term;

    fn sum(total: (u16, f64), parts: &[(u16, f64)]) -> Equation {
        let term = |sign: f64| move |&(col, value): &(u16, f64)| Term::new(sign, value, Origin::new(0, 0, col));
        let terms: Vec<Term> = [total].iter().map(term(1.0)).chain(parts.iter().map(term(-1.0))).collect();
        let at = Origin::new(0, 0, total.0).into();
        Equation { code: "D01".into(), terms, constant: 0.0, tolerance: 0.0, at, says: String::new() }
    }

    #[test]
    fn what_all_equations_ask_for_is_decided() {
        const OPEN: f64 = f64::NAN;
        let decided = |equations: &[Equation]| figures(equations).into_iter().map(|(o, v)| (o.col, v)).collect::<Vec<_>>();
        assert_eq!(decided(&[sum((2, 9.0), &[(0, 4.0), (1, OPEN)]), sum((5, 7.0), &[(1, OPEN), (4, 2.0)])]), [(1, 5.0)]);
        assert_eq!(decided(&[sum((2, 9.0), &[(0, 4.0), (1, OPEN)]), sum((5, 8.0), &[(1, OPEN), (4, 2.0)])]), [], "they disagree");
        assert_eq!(decided(&[sum((2, OPEN), &[(0, 4.0), (1, OPEN)])]), [], "two are open");
        assert_eq!(decided(&[sum((2, 9.5), &[(0, 4.0), (1, OPEN)])]), [], "nor half a voter");
        assert_eq!(decided(&[sum((2, 3.0), &[(0, 4.0), (1, OPEN)])]), [], "nobody counts less than nothing");
    }
}
