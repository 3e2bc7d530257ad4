//! How far the formulas of a workbook could be calculated again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Counts of formulas. What could not be calculated is counted by its reason and never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recomputed {
    /// Formulas in all, those of hidden sheets too.
    pub all: u64,
    /// Those that could not be calculated, by reason in the user's words.
    pub left: BTreeMap<String, u64>,
}

impl Recomputed {
    /// Counts one formula; `left` says why it could not be calculated.
    pub fn count(&mut self, left: Option<String>) {
        self.all += 1;
        if let Some(why) = left {
            *self.left.entry(why).or_default() += 1;
        }
    }

    /// Adds the counts of another workbook.
    pub fn add(&mut self, other: &Self) {
        self.all += other.all;
        for (why, count) in &other.left {
            *self.left.entry(why.clone()).or_default() += count;
        }
    }

    /// How many could not be calculated.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.left.values().sum()
    }

    /// The reasons with their counts, the most frequent first.
    #[must_use]
    pub fn reasons(&self) -> Vec<(&str, u64)> {
        let mut reasons: Vec<(&str, u64)> = self.left.iter().map(|(why, count)| (why.as_str(), *count)).collect();
        reasons.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        reasons
    }
}
