//! Money without rounding. Whole rupiah are exact in the records' numbers up to 9,007,199,254,740,992 (2⁵³), three times the budget of the
//! republic; the reader takes no figure of more than fifteen digits. Products of decimals are made here, in decimal arithmetic: nothing is
//! ever rounded on the way, and a product that does not fit is none.

use rust_decimal::Decimal;

pub use crate::model::equation::{decimal, number};

/// The product of numbers as printed.
#[must_use]
pub fn product(factors: &[f64]) -> Option<Decimal> {
    factors.iter().try_fold(Decimal::ONE, |product, &factor| product.checked_mul(decimal(factor)?))
}

/// Whole numbers up to this one are told apart from their neighbours: 2⁵³.
pub const LARGEST: f64 = 9_007_199_254_740_992.0;

/// A sum of two amounts as on paper: whole rupiah as they are, decimals in decimal arithmetic.
#[must_use]
pub fn add(a: f64, b: f64) -> f64 {
    let plain = a + b;
    if a.fract() == 0.0 && b.fract() == 0.0 && plain.abs() < LARGEST {
        return plain;
    }
    let sum = decimal(a).zip(decimal(b)).and_then(|(a, b)| a.checked_add(b)).and_then(number);
    sum.unwrap_or(plain)
}

/// The sum of amounts, as [`add`] makes it.
#[must_use]
pub fn sum(amounts: impl Iterator<Item = f64>) -> f64 {
    amounts.fold(0.0, add)
}

/// How many decimals a number is printed with.
#[must_use]
pub fn decimals(value: f64) -> u32 {
    decimal(value).map_or(0, |d| d.normalize().scale())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_multiplied_as_on_paper() {
        assert_eq!(product(&[0.1, 0.2, 3.0]).and_then(number), Some(0.06));
        assert_eq!(product(&[2.675, 1000.0]).and_then(number), Some(2675.0));
        assert_eq!(product(&[12.345, 67_890_123.0]).and_then(number), Some(838_103_568.435));
        assert_eq!(product(&[1e15, 1e15]), None, "what does not fit is not rounded");
        assert_eq!((decimals(3.0), decimals(2.25)), (0, 2));
    }

    #[test]
    fn amounts_with_cents_are_added_as_on_paper() {
        assert_eq!(add(0.1, 0.2), 0.3);
        assert_eq!(sum([1_234_567.1, 0.2, -1_234_567.0].into_iter()), 0.3);
        assert_eq!(add(3_788_396_058.0, -1_900_268_147.0), 1_888_127_911.0);
        assert_eq!(add(f64::INFINITY, 1.0), f64::INFINITY, "what is no number stays as it is");
    }

    #[test]
    fn whole_rupiah_are_exact_to_the_last_one() {
        let most = 9_007_199_254_740_991_f64;
        assert_eq!(decimal(most).map(|d| d.to_string()).as_deref(), Some("9007199254740991"));
        assert_ne!(most - 1.0, most);
        assert_ne!(most + 1.0, most);
        assert_eq!((most + 1.0) + 1.0, most + 1.0, "one more and neighbours are the same");
        let fifteen = 999_999_999_999_999_f64;
        assert_eq!(product(&[fifteen, 1.0]).and_then(number), Some(fifteen));
    }
}
