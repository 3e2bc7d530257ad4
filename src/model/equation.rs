//! What must hold between located values: a sum of terms that is zero within a tolerance. It is added up as on paper: whole numbers as they
//! are, anything with decimals in decimal arithmetic, so that no sum is off by the noise of binary fractions.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::document::plain_number;
use super::origin::{Origin, Span};

/// `Σ coefficient · value + constant = 0 ± tolerance`, and what to say when it does not hold.
///
/// The first term is the value under test: the finding stands at `at`, its `found` is the first term's value and its `expected`
/// the number that would make the equation hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Equation {
    /// Finding code, e.g. `D02`.
    pub code: String,
    /// The terms; the first one is under test.
    pub terms: Vec<Term>,
    /// What is known from outside the document (a reference count, an earlier period).
    pub constant: f64,
    /// Largest |residual| that still counts as zero.
    pub tolerance: f64,
    /// Where the finding stands.
    pub at: Span,
    /// The rule with this case's names, in the user's language, e.g. `jumlah kolom "L" bukan jumlah 12 kecamatan`.
    pub says: String,
}

/// One located value of an equation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Mostly 1 or −1.
    pub coefficient: f64,
    /// The value as read.
    pub value: f64,
    /// Its cell.
    pub origin: Origin,
}

/// The values that a figure may have, by other rules than equations.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// Its cell.
    pub cell: Origin,
    /// The smallest.
    pub least: f64,
    /// The largest.
    pub most: f64,
}

impl Term {
    /// `coefficient` times the value read at `origin`.
    #[must_use]
    pub const fn new(coefficient: f64, value: f64, origin: Origin) -> Self {
        Self { coefficient, value, origin }
    }
}

/// Whole numbers up to this one are told apart from their neighbours: 2⁵³.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// The number as it is printed: its shortest decimal form. `None` for what is no number or beyond 28 digits.
#[must_use]
pub fn decimal(value: f64) -> Option<Decimal> {
    plain_number(value).parse().ok()
}

/// The nearest number a record can hold.
#[must_use]
pub fn number(value: Decimal) -> Option<f64> {
    value.normalize().to_string().parse().ok().or_else(|| value.to_f64())
}

impl Equation {
    /// What is left of zero; positive when the terms are too large.
    #[must_use]
    pub fn residual(&self) -> f64 {
        self.exactly().and_then(number).unwrap_or_else(|| self.plainly())
    }

    /// Whether one of its values is not known: nobody can tell whether it holds.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.terms.iter().any(|t| !t.value.is_finite())
    }

    /// Whether its values are whole numbers of people, stations, things.
    #[must_use]
    pub fn counts(&self) -> bool {
        !self.code.starts_with(['B', 'I'])
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        match self.exactly().and_then(|left| Some((left, decimal(self.tolerance)?))) {
            Some((left, tolerance)) => left.abs() <= tolerance,
            None => self.plainly().abs() <= self.tolerance,
        }
    }

    fn plainly(&self) -> f64 {
        self.terms.iter().map(|t| t.coefficient * t.value).sum::<f64>() + self.constant
    }

    /// The same in decimal arithmetic; `None` where plain numbers are exact anyway, or something does not fit.
    fn exactly(&self) -> Option<Decimal> {
        let whole = |t: &Term| t.coefficient.fract() == 0.0 && t.value.fract() == 0.0;
        let size: f64 = self.terms.iter().map(|t| (t.coefficient * t.value).abs()).sum();
        if self.constant.fract() == 0.0 && size + self.constant.abs() < LARGEST && self.terms.iter().all(whole) {
            return None;
        }
        let product = |t: &Term| decimal(t.coefficient)?.checked_mul(decimal(t.value)?);
        self.terms.iter().try_fold(decimal(self.constant)?, |sum, t| sum.checked_add(product(t)?))
    }

    /// What the term would have to be for the equation to hold.
    #[must_use]
    pub fn solve(&self, term: &Term) -> f64 {
        term.value - self.residual() / term.coefficient
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equation(values: &[f64], tolerance: f64) -> Equation {
        let at = Origin::new(0, 0, 0);
        let sign = |n: usize| if n == 0 { 1.0 } else { -1.0 };
        let terms = values.iter().enumerate().map(|(n, v)| Term::new(sign(n), *v, at)).collect();
        Equation { code: "B02".to_owned(), terms, constant: 0.0, tolerance, at: at.into(), says: String::new() }
    }

    #[test]
    fn amounts_with_sen_add_up_as_on_paper() {
        assert_eq!(equation(&[0.3, 0.1, 0.2], 0.0).residual(), 0.0);
        assert!(equation(&[0.3, 0.1, 0.2], 0.0).holds());
        assert!(!equation(&[0.31, 0.1, 0.2], 0.0).holds());
        let sen = equation(&[123_456_789_012.35, 123_456_789_012.1, 0.2], 0.0);
        assert_eq!(sen.residual(), 0.05);
    }

    #[test]
    fn a_tolerance_is_met_to_the_last_sen() {
        assert!(equation(&[1_000_000_000_000.5, 1_000_000_000_000.0], 0.5).holds());
        assert!(!equation(&[1_000_000_000_000.51, 1_000_000_000_000.0], 0.5).holds());
    }

    #[test]
    fn whole_rupiah_beyond_plain_numbers_are_added_exactly() {
        let most = 9_007_199_254_740_991.0;
        let mut large = equation(&[most, 1.0], 0.0);
        large.terms[1].coefficient = 1.0;
        large.terms.push(Term::new(-1.0, most, Origin::new(0, 1, 0)));
        assert_eq!(large.residual(), 1.0);
        assert!(equation(&[f64::NAN], 0.0).residual().is_nan());
    }
}
