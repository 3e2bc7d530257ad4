//! Several faults in one sum: no single cell mends the sum, but each row may still have only one cell that can be wrong.
//!
//! Every broken constraint with exactly one cell that no holding constraint vouches for proposes that cell. A proposal stays only
//! while all broken constraints it takes part in are mended by the proposals together.

use super::{Constraint, Index, NOISE, Suspect, Touched};
use crate::model::Origin;

/// Fills in suspects of constraints that pass one left open.
pub fn explain(constraints: &[Constraint], index: &Index, fixed: impl Fn(Origin) -> bool, suspects: &mut [Option<Suspect>]) {
    let open: Vec<bool> = index.cells.iter().map(|t| !fixed(t.cell) && !t.vouched_for(constraints)).collect();
    let unexplained = |n: &usize| !constraints[*n].holds() && suspects[*n].is_none();
    let proposers: Vec<(usize, usize)> = (0..constraints.len())
        .filter(unexplained)
        .filter_map(|n| only_one(index.cells_of(&constraints[n]).into_iter().filter(|&id| open[id])).map(|id| (n, id)))
        .collect();
    let mut proposed = Proposals::new(constraints, index, &proposers);
    proposed.withdraw_what_does_not_fit();
    for (constraint, id) in proposers {
        suspects[constraint] = proposed.change[id].map(|by| {
            let touched = &index.cells[id];
            Suspect { cell: touched.cell, value: touched.value + by }
        });
    }
}

impl Touched {
    /// Whether a constraint that holds contains the cell.
    fn vouched_for(&self, constraints: &[Constraint]) -> bool {
        self.felt().any(|u| constraints[u.constraint].holds())
    }
}

fn only_one(mut ids: impl Iterator<Item = usize>) -> Option<usize> {
    let first = ids.next()?;
    ids.next().is_none().then_some(first)
}

/// Changes proposed for cells, and what they leave of each constraint.
struct Proposals<'a> {
    constraints: &'a [Constraint],
    index: &'a Index,
    change: Vec<Option<f64>>,
    left: Vec<f64>,
}

impl<'a> Proposals<'a> {
    fn new(constraints: &'a [Constraint], index: &'a Index, proposers: &[(usize, usize)]) -> Self {
        let left = constraints.iter().map(|c| c.residual).collect();
        let mut all = Self { constraints, index, change: vec![None; index.cells.len()], left };
        let mut refused = vec![false; index.cells.len()];
        for &(constraint, id) in proposers {
            let touched = &index.cells[id];
            let Some(used) = touched.felt().find(|u| u.constraint == constraint) else {
                continue;
            };
            let wanted = touched.value - constraints[constraint].residual / used.coefficient;
            let by = touched.plausible(wanted).map(|value| value - touched.value);
            let agrees = all.change[id].is_none_or(|other| by.is_some_and(|by| (by - other).abs() <= NOISE));
            refused[id] |= by.is_none() || !agrees;
            all.change[id] = by;
        }
        for (id, refused) in refused.into_iter().enumerate() {
            if refused {
                all.change[id] = None;
            } else if let Some(by) = all.change[id] {
                all.apply(id, by);
            }
        }
        all
    }

    fn apply(&mut self, id: usize, by: f64) {
        for used in self.index.cells[id].felt() {
            self.left[used.constraint] += by * used.coefficient;
        }
    }

    /// Each cell is withdrawn at most once, so the work is linear in the uses of all cells.
    fn withdraw_what_does_not_fit(&mut self) {
        let mut doubtful: Vec<usize> = (0..self.constraints.len()).collect();
        while let Some(number) = doubtful.pop() {
            let constraint = &self.constraints[number];
            if constraint.holds() || self.left[number].abs() <= constraint.tolerance + NOISE {
                continue;
            }
            for id in self.index.cells_of(constraint) {
                if let Some(by) = self.change[id].take() {
                    self.apply(id, -by);
                    doubtful.extend(self.index.cells[id].felt().map(|u| u.constraint));
                }
            }
        }
    }
}
