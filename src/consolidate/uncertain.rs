//! Rows whose region is not certain: the name is not known (W01), or only similar to one (W02), and nobody but the office may say which
//! it is. One rule for every workbook: such a row is put to no kecamatan, but its figures belong to the office that sent it, for these are
//! voters whom it reported; unless its own printed total is exactly the sum of the other rows, for then it does not count them itself.

use super::book::{Chapter, Line};
use super::{Entry, PDPB};

/// Whether rows without a certain region count: `printed` is the office's own total, `known` the sum of all other rows.
#[must_use]
pub fn counts(printed: Option<f64>, known: f64) -> bool {
    printed.is_none_or(|printed| (printed - known).abs() > 0.5)
}

impl Chapter {
    /// Its rows whose region is not certain.
    pub fn uncertain(&self) -> impl Iterator<Item = &Line> {
        self.rows.iter().filter(|l| l.region.is_none())
    }

    /// Voters of those rows.
    #[must_use]
    pub fn uncertain_voters(&self) -> f64 {
        self.uncertain().filter_map(Line::voters).map(|f| f.value).sum()
    }

    /// Whether those rows count. The last measure of which they have any decides.
    #[must_use]
    pub fn counts_uncertain(&self, entries: &[Entry]) -> bool {
        let known = || self.rows.iter().filter(|l| l.region.is_some());
        if known().count() == 0 || known().count() == self.rows.len() {
            return true;
        }
        let Some(entry) = self.entry.and_then(|n| entries.get(n)) else { return true };
        for (measure, name) in ["awal", "baru", "tms", "ubah", "akhir"].into_iter().enumerate().rev() {
            let printed = entry.outcome.printed.iter().filter(|r| r.table == PDPB).find_map(|records| {
                let mut rows = 0..records.len();
                let own = rows.find(|&row| records.region(row, "region") == Some(self.region))?;
                records.number(own, name)
            });
            let sum: f64 = known().filter_map(|l| l.flow[measure][2]).map(|f| f.value).sum();
            let all: f64 = self.rows.iter().filter_map(|l| l.flow[measure][2]).map(|f| f.value).sum();
            if printed.is_some() && (sum - all).abs() > 0.5 {
                return counts(printed, sum);
            }
        }
        true
    }
}
