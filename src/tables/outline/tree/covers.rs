//! Rows without code and without mark that head others: those whose amount is what the rows below them come to, and those without an
//! amount above rows with one.

use super::{Entry, HALF, Mark};

/// No heading is looked for farther than this many rows: nobody prints longer lists below one.
const FARTHEST: usize = 500;

/// For each row that heads others by its sum the row before which its part ends. Decided from the end upwards, so that the leaves below a row
/// are known when it is asked about.
pub fn headers(entries: &[Entry]) -> Vec<Option<usize>> {
    let mut ends: Vec<Option<usize>> = vec![None; entries.len()];
    for at in (0..entries.len()).rev() {
        let entry = &entries[at];
        let open = entry.codes.is_empty() && !entry.leaf && entry.mark.is_none();
        if open {
            ends[at] = match entry.amount {
                Some(amount) => covered(entries, &ends, at, amount),
                None => followed(entries, at),
            };
        }
    }
    ends
}

/// Where the leaves below a row have come to its amount, at least two of them or one that is surely a leaf.
fn covered(entries: &[Entry], ends: &[Option<usize>], at: usize, amount: f64) -> Option<usize> {
    let mut sum = 0.0;
    for (n, entry) in entries.iter().enumerate().skip(at + 1).take(FARTHEST) {
        if !entry.codes.is_empty() || matches!(entry.mark, Some(Mark::Header(_))) || sum > amount + HALF {
            return None;
        }
        if ends[n].is_none() {
            sum += entry.amount.unwrap_or(0.0);
        }
        if (sum - amount).abs() <= HALF && amount > 0.0 && (n > at + 1 || entry.leaf || ends[n].is_some()) {
            return Some(n + 1);
        }
    }
    None
}

/// A row without an amount heads the rows that follow, up to the next one without an amount or with a code.
fn followed(entries: &[Entry], at: usize) -> Option<usize> {
    let own = |e: &&Entry| e.codes.is_empty() && e.amount.is_some() && !matches!(e.mark, Some(Mark::Header(_)));
    let count = entries[at + 1..].iter().take(FARTHEST).take_while(own).count();
    (count > 0).then_some(at + 1 + count)
}
