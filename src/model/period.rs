//! Periods as the contract writes them: `2025`, `2025-S1`, `2025-TW3`, `2025-07`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A span of months within one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// Calendar year.
    pub year: u16,
    /// Which part of it.
    pub part: Part,
}

/// Part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// The whole year.
    Year,
    /// Semester 1 or 2.
    Semester(u8),
    /// Triwulan 1 … 4.
    Quarter(u8),
    /// Month 1 … 12.
    Month(u8),
}

impl Period {
    /// The whole of a year.
    #[must_use]
    pub const fn year(year: u16) -> Self {
        Self { year, part: Part::Year }
    }

    /// Triwulan `quarter` (1 … 4) of a year.
    #[must_use]
    pub const fn quarter(year: u16, quarter: u8) -> Self {
        Self { year, part: Part::Quarter(quarter) }
    }

    /// The period of the same length just before.
    #[must_use]
    pub const fn previous(self) -> Self {
        let (year, part) = match self.part {
            Part::Year => (self.year - 1, Part::Year),
            Part::Semester(1) => (self.year - 1, Part::Semester(2)),
            Part::Semester(n) => (self.year, Part::Semester(n - 1)),
            Part::Quarter(1) => (self.year - 1, Part::Quarter(4)),
            Part::Quarter(n) => (self.year, Part::Quarter(n - 1)),
            Part::Month(1) => (self.year - 1, Part::Month(12)),
            Part::Month(n) => (self.year, Part::Month(n - 1)),
        };
        Self { year, part }
    }

    /// First and last month, 1 … 12.
    #[must_use]
    pub const fn months(self) -> (u8, u8) {
        match self.part {
            Part::Year => (1, 12),
            Part::Semester(n) => (n * 6 - 5, n * 6),
            Part::Quarter(n) => (n * 3 - 2, n * 3),
            Part::Month(n) => (n, n),
        }
    }

    /// The last month of the period as a count of months since year 0, for putting periods of different lengths in order.
    #[must_use]
    pub const fn end_month(self) -> u32 {
        self.year as u32 * 12 + self.months().1 as u32
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Year => write!(f, "{}", self.year),
            Part::Semester(n) => write!(f, "{}-S{n}", self.year),
            Part::Quarter(n) => write!(f, "{}-TW{n}", self.year),
            Part::Month(n) => write!(f, "{}-{n:02}", self.year),
        }
    }
}

/// A text that is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPeriod;

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let number = |s: &str, most: u8| s.parse::<u8>().ok().filter(|n| (1..=most).contains(n)).ok_or(NotAPeriod);
        let (year, part) = text.split_once('-').map_or((text, None), |(y, p)| (y, Some(p)));
        let valid = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        let year = year.parse().ok().filter(|_| valid).ok_or(NotAPeriod)?;
        let part = match part {
            None => Part::Year,
            Some(p) if p.starts_with("TW") => Part::Quarter(number(&p[2..], 4)?),
            Some(p) if p.starts_with('S') => Part::Semester(number(&p[1..], 2)?),
            Some(p) if p.len() == 2 => Part::Month(number(p, 12)?),
            Some(_) => return Err(NotAPeriod),
        };
        Ok(Self { year, part })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_survive_the_round_trip_and_know_the_one_before() {
        for (text, before) in [("2025", "2024"), ("2025-S1", "2024-S2"), ("2025-TW3", "2025-TW2"), ("2025-01", "2024-12")] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(period.previous().to_string(), before);
        }
        for text in ["", "25", "2025-TW5", "2025-S0", "2025-13", "2025-7", "TW3"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
