//! What must hold between located values: a sum of terms that is zero within a tolerance.

use serde::{Deserialize, Serialize};

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

impl Term {
    /// `coefficient` times the value read at `origin`.
    #[must_use]
    pub const fn new(coefficient: f64, value: f64, origin: Origin) -> Self {
        Self { coefficient, value, origin }
    }
}

impl Equation {
    /// What is left of zero; positive when the terms are too large.
    #[must_use]
    pub fn residual(&self) -> f64 {
        self.terms.iter().map(|t| t.coefficient * t.value).sum::<f64>() + self.constant
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.residual().abs() <= self.tolerance
    }

    /// What the term would have to be for the equation to hold.
    #[must_use]
    pub fn solve(&self, term: &Term) -> f64 {
        term.value - self.residual() / term.coefficient
    }
}
