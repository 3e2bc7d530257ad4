//! Rows under one heading that say the same money twice: the tree, its total, and below it a recap by akun, or the other way round. Each
//! becomes a table of its own; [`super::repeats`] says which of them counts.

use crate::normalise::exact;

use super::budget::Budget;
use super::rows::{Rows, Total};

/// More totals than this are not tried.
const MOST_TRIED: usize = 200;
/// Half a rupiah.
const HALF: f64 = 0.5;

/// The rows in their parts; as they are where they have only one.
#[must_use]
pub fn parted(mut rows: Rows) -> Vec<Rows> {
    let mut out = Vec::new();
    while let Some(at) = boundary(&rows) {
        let below = rows.split_off(at);
        out.push(rows);
        rows = below;
    }
    out.push(rows);
    out
}

/// The first total that is the whole of the rows above it, where those below come to the same once more.
fn boundary(rows: &Rows) -> Option<usize> {
    let inside = |t: &&Total| t.after > 0 && t.after < rows.lines.len() && t.line.amount.is_some();
    let tried: Vec<&Total> = rows.totals.iter().filter(inside).take(MOST_TRIED).collect();
    if tried.is_empty() {
        return None;
    }
    let budget = Budget::new(rows.lines.clone(), Vec::new());
    let sum = |from: usize, to: usize| -> f64 {
        exact::sum(budget.top(from, to).iter().filter_map(|&at| budget.lines[at].amount.as_ref()).map(|n| n.value))
    };
    let same = |total: &&&Total| {
        let whole = total.line.amount.as_ref().map_or(0.0, |n| n.value);
        if whole <= 0.0 || (sum(0, total.after) - whole).abs() > HALF {
            return false;
        }
        let rest = sum(total.after, rows.lines.len());
        let below = |sum: f64| {
            let says =
                move |t: &&Total| t.after > total.after && t.line.amount.as_ref().is_some_and(|n| (n.value - sum).abs() < HALF);
            rows.totals.iter().filter(says)
        };
        // Once more, or as often as totals say so; a total of both says that they are different money.
        let times = u32::try_from(below(whole).count()).unwrap_or(1).max(1);
        let again = (1..=times).any(|n| (rest - f64::from(n) * whole).abs() < HALF);
        again && below(whole + rest).next().is_none()
    };
    tried.iter().find(same).map(|t| t.after)
}

impl Rows {
    /// Takes off the rows from number `at` on, with the sums behind them. What was not understood stays with the first part.
    fn split_off(&mut self, at: usize) -> Self {
        let lines = self.lines.split_off(at);
        let (totals, below): (Vec<Total>, Vec<Total>) = std::mem::take(&mut self.totals).into_iter().partition(|t| t.after <= at);
        self.totals = totals;
        let below = below.into_iter().map(|t| Total { after: t.after - at, from: t.from.saturating_sub(at), ..t });
        Self { lines, totals: below.collect(), edition: self.edition, ..Self::default() }
    }
}
