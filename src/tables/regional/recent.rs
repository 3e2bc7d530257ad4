//! The row asked about last: the polling stations of a desa all bear its names, which need resolving once.

use crate::model::{Level, Region};
use crate::tables::axes::{Label, Line};

use super::whose::Named;

/// What the labels of a row led to.
#[derive(Debug)]
pub struct Recent<'a> {
    /// Its side-by-side part.
    pub part: usize,
    /// How many group labels stand before it.
    pub groups: usize,
    /// Its labels that name regions.
    pub labels: Vec<(Level, &'a str)>,
    /// The name they led to.
    pub named: Option<Named>,
    /// The region.
    pub region: Option<Region>,
}

impl Recent<'_> {
    /// The same for a row with the same labels, if this is one. Numbers have no text, and are not told apart by it.
    #[must_use]
    pub fn answer(&self, line: &Line, labels: &[(Level, Label)]) -> Option<(Option<Named>, Option<Region>)> {
        let same = |((level, text), (l, label)): (&(Level, &str), &(Level, Label))| {
            level == l && !text.is_empty() && std::ptr::eq(*text, label.text)
        };
        let alike = self.part == line.part && self.groups == line.groups && self.labels.len() == labels.len();
        if !alike || !self.labels.iter().zip(labels).all(same) {
            return None;
        }
        let origin = labels.last().map(|(_, label)| label.origin);
        let named = self.named.clone().map(|named| Named { origin: origin.unwrap_or(named.origin), ..named });
        Some((named, self.region))
    }
}
