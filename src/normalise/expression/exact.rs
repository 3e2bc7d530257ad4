//! Exact fractions: a norm of 2.5 % over whole voters must not depend on how a computer rounds.

use std::cmp::Ordering;
use std::fmt;

/// A fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    above: i128,
    /// Always positive.
    below: i128,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i128) -> Self {
        Self { above: number, below: 1 }
    }

    /// `12`, `2.5`: digits with at most one decimal point.
    #[must_use]
    pub fn decimal(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let below = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
        let digits = format!("{whole}{part}");
        if whole.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Self::of(digits.parse().ok()?, below)
    }

    /// A number as read from a document: whole, or with at most six decimals. `None` for others.
    #[must_use]
    pub fn read(number: f64) -> Option<Self> {
        if !(-1e12..=1e12).contains(&number) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "within 1e18")]
        let millionths = (number * 1e6).round() as i128;
        Self::of(millionths, 1_000_000)
    }

    fn of(above: i128, below: i128) -> Option<Self> {
        let common = gcd(above.checked_abs()?, below.checked_abs()?).max(1);
        let sign = if below < 0 { -1 } else { 1 };
        (below != 0).then(|| Self { above: sign * above / common, below: sign * below / common })
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.above.checked_mul(other.below)?;
        let right = other.above.checked_mul(self.below)?;
        Self::of(left.checked_add(right)?, self.below.checked_mul(other.below)?)
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { above: other.above.checked_neg()?, ..other })
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Self::of(self.above.checked_mul(other.above)?, self.below.checked_mul(other.below)?)
    }

    /// The quotient; `None` for a zero divisor.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        Self::of(self.above.checked_mul(other.below)?, self.below.checked_mul(other.above)?)
    }

    /// The next whole number that is not less.
    #[must_use]
    pub const fn up(self) -> Self {
        let floor = self.above.div_euclid(self.below);
        Self::whole(if self.above.rem_euclid(self.below) == 0 { floor } else { floor + 1 })
    }

    /// The next whole number that is not more.
    #[must_use]
    pub const fn down(self) -> Self {
        Self::whole(self.above.div_euclid(self.below))
    }

    /// The larger of two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Ord::max(self, other)
    }

    /// The smaller of two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Ord::min(self, other)
    }

    /// As the tables and workbooks store numbers.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "needs and norms are far below 2^53")]
    pub fn number(self) -> f64 {
        self.above as f64 / self.below as f64
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.above.checked_mul(other.below), other.above.checked_mul(self.below)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => self.number().total_cmp(&other.number()),
        }
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.below == 1 { write!(f, "{}", self.above) } else { write!(f, "{}", self.number()) }
    }
}

const fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
