//! Which cells explain broken equations, and what they should read. Nothing is ever applied.
//!
//! A cell explains the broken equations around it when one new value mends all of them and breaks none that holds. [`single`] looks
//! for such cells, [`block`] for
//! figures that were pasted a row too low or too high, [`carried`] for those whose totals were made again from them, [`joint`] for several that hide each other in a sum
//! they share, [`formulas`] for formulas that are wrong by themselves; what is left is given to [`search`], which looks for
//! the smallest set of cells that mends a knot of equations together, and to [`exchange`], for two figures that stand in each other's place. Where several sets are as small, all of them are
//! named and none is preferred; [`slip`] ranks them by how easily a hand makes them.

mod block;
mod carried;
mod exchange;
mod formulas;
mod index;
mod joint;
mod search;
mod single;
pub mod slip;

use std::collections::{BTreeSet, HashMap};

use crate::model::{Change, Explanation, Origin, Slip, Term};

use index::Index;
use slip::Together;

/// One equation as the search sees it: terms in typed cells, what is left of zero, and whether its values are counts.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// Typed cells with their coefficients.
    pub terms: Vec<Term>,
    /// The cell that it tests: a sum's total.
    pub tested: Option<Origin>,
    /// What is left of zero.
    pub residual: f64,
    /// Largest |residual| that counts as zero.
    pub tolerance: f64,
    /// Its values are whole numbers of people, stations, things.
    pub counts: bool,
}

/// What is blamed for one broken constraint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blame {
    /// Sets of cells that would mend it and everything around it, likeliest first; several are a tie.
    pub explanations: Vec<Explanation>,
    /// How many more would do and are not kept.
    pub unlisted: usize,
    /// Number of its fault, from 1; constraints of one fault share it. 0 where it holds.
    pub cause: u32,
}

impl Blame {
    /// The one cell to blame; `None` where there is none, or there are several.
    #[must_use]
    pub fn suspect(&self) -> Option<Change> {
        match self.explanations.as_slice() {
            [only] => match only.cells.as_slice() {
                [cell] => Some(*cell),
                _ => None,
            },
            _ => None,
        }
    }
}

/// What a cell may be blamed for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// Somebody typed it.
    Typed,
    /// Somebody typed it, and would have meant nothing below the one nor above the other.
    Within(f64, f64),
    /// For nothing: a formula is mended, not typed over, and what is hidden is none of a table's figures.
    Fixed,
    /// A formula whose stored result is old; this is what it gives.
    Stale(f64),
    /// A formula that leaves out what it should add up; this is what it should give.
    Short(f64),
}

impl Standing {
    /// The only value that would be right.
    const fn gives(self) -> Option<f64> {
        match self {
            Self::Stale(right) | Self::Short(right) => Some(right),
            Self::Typed | Self::Within(..) | Self::Fixed => None,
        }
    }
}

/// Differences below this are noise of binary fractions.
const NOISE: f64 = 1e-6;

/// Most explanations kept of a tie.
const MOST: usize = 60;

impl Constraint {
    fn holds(&self) -> bool {
        self.left(self.residual)
    }

    /// Whether so much left of zero counts as zero.
    fn left(&self, residual: f64) -> bool {
        residual.abs() <= self.tolerance + NOISE
    }
}

/// Cells by number in the index, and by how much each would change.
type Changes = Vec<(usize, f64)>;

/// Blames cells for each constraint that does not hold. Linear in the terms, plus a bounded search in what hangs together.
pub fn localise(constraints: &[Constraint], standing: impl Fn(Origin) -> Standing) -> Vec<Blame> {
    let index = Index::of(constraints, standing);
    let mut solved = Solved::new(constraints, &index);
    formulas::short(&mut solved);
    // A cell of which one equation alone complains is heard last: in a sum of several faults each part would do.
    single::explain(&mut solved, 2);
    block::explain(&mut solved);
    let trails = carried::explain(&mut solved);
    formulas::stale(&mut solved);
    joint::explain(&mut solved);
    single::explain(&mut solved, 1);
    search::explain(&mut solved);
    exchange::explain(&mut solved);
    carried::ties(&mut solved, &trails);
    solved.blames()
}

/// What is explained so far.
struct Solved<'a> {
    constraints: &'a [Constraint],
    index: &'a Index,
    /// What is left of each constraint after the changes that are certain.
    left: Vec<f64>,
    /// For each constraint the sets of changes that mend it; several are a tie.
    sets: Vec<Vec<Changes>>,
    /// Constraints that hang together without being explained share a number.
    knots: Vec<u32>,
    /// Cells of blocks that were moved as a whole.
    moved: BTreeSet<usize>,
    /// Totals that follow a cell.
    carried: HashMap<usize, Vec<Change>>,
}

impl<'a> Solved<'a> {
    fn new(constraints: &'a [Constraint], index: &'a Index) -> Self {
        let left = constraints.iter().map(|c| c.residual).collect();
        let (sets, knots) = (vec![Vec::new(); constraints.len()], vec![0; constraints.len()]);
        Self { constraints, index, left, sets, knots, moved: BTreeSet::new(), carried: HashMap::new() }
    }

    /// Whether the constraint is still to be explained.
    fn open(&self, number: usize) -> bool {
        !self.constraints[number].left(self.left[number])
    }

    /// By how much the cell must change to mend the constraint; `None` where nobody would have meant that value.
    fn way(&self, constraint: usize, id: usize) -> Option<f64> {
        way(self.index, &self.left, constraint, id)
    }

    /// Takes a set of changes for certain.
    fn accept(&mut self, changes: &Changes) {
        self.apply(changes);
        self.note(std::slice::from_ref(changes));
    }

    /// Takes changes that make sense together only.
    fn accept_whole(&mut self, changes: &Changes) {
        self.apply(changes);
        for used in changes.iter().flat_map(|&(id, _)| self.index.cells[id].felt()) {
            if !self.constraints[used.constraint].holds() {
                self.sets[used.constraint] = vec![changes.clone()];
            }
        }
    }

    fn apply(&mut self, changes: &Changes) {
        for &(id, by) in changes {
            for used in self.index.cells[id].felt() {
                self.left[used.constraint] += by * used.coefficient;
            }
        }
    }

    /// Notes alternatives with every broken constraint that they touch: each constraint sees its own part of them.
    fn note(&mut self, alternatives: &[Changes]) {
        let mut touched: Vec<usize> =
            alternatives.iter().flatten().flat_map(|&(id, _)| self.index.cells[id].felt().map(|u| u.constraint)).collect();
        touched.sort_unstable();
        touched.dedup();
        for number in touched.into_iter().filter(|&n| !self.constraints[n].holds()) {
            let part =
                |set: &Changes| -> Changes { set.iter().copied().filter(|&(id, _)| self.index.uses(id, number)).collect() };
            let mut parts: Vec<Changes> = alternatives.iter().map(part).filter(|p| !p.is_empty()).collect();
            parts.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
            parts.dedup();
            match (self.sets[number].as_mut_slice(), parts.as_mut_slice()) {
                // Two faults in one sum: both together explain it.
                ([before], [more]) => before.append(more),
                _ => self.sets[number] = parts,
            }
        }
    }

    fn blames(self) -> Vec<Blame> {
        let certain = self.sets.iter().filter(|s| s.len() == 1).flat_map(|s| s[0].iter());
        let together = Together::of(certain, self.index);
        let causes = self.causes(&together);
        let told = |set: &Changes| {
            let change = |&(id, by): &(usize, f64)| {
                let touched = &self.index.cells[id];
                Change { cell: touched.cell, found: touched.value, value: touched.value + by }
            };
            let cells: Vec<Change> = set.iter().map(change).collect();
            let carried = set.iter().filter_map(|(id, _)| self.carried.get(id)).flatten().copied().collect();
            let moved = set.len() > 2 && set.iter().all(|(id, _)| self.moved.contains(id));
            let slip = if moved { Some(Slip::Shifted) } else { formulas::slip(set, self.index) };
            let slip = slip.or_else(|| slip::of(&cells, &together));
            Explanation { cells, carried, slip }
        };
        let blame = |((sets, cause), constraint): ((&Vec<Changes>, u32), &Constraint)| {
            let mut explanations: Vec<Explanation> = sets.iter().map(told).collect();
            only_impossible(&mut explanations);
            explanations.sort_by_key(|e| order(e, constraint.tested));
            let unlisted = explanations.len().saturating_sub(MOST);
            explanations.truncate(MOST);
            Blame { explanations, unlisted, cause }
        };
        self.sets.iter().zip(causes).zip(self.constraints).map(blame).collect()
    }

    /// Numbers the faults. A constraint belongs to the largest change in it, so that two faults in one sum stay two.
    fn causes(&self, together: &Together) -> Vec<u32> {
        #[derive(PartialEq, Eq, Hash)]
        enum Fault {
            Cell(Origin),
            Knot(u32),
            Alone(usize),
        }
        let mut numbers: HashMap<Fault, u32> = HashMap::new();
        // Two figures in each other's place are one fault.
        let cell = |id: usize| {
            let own = self.index.cells[id].cell;
            Fault::Cell(together.other(own).map_or(own, |other| own.min(other)))
        };
        let fault = |number: usize| match self.sets[number].as_slice() {
            [only] => only.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())).map_or(Fault::Alone(number), |c| cell(c.0)),
            _ if self.knots[number] > 0 => Fault::Knot(self.knots[number]),
            _ => Fault::Alone(number),
        };
        let mut number_of = |number: usize| {
            let next = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
            *numbers.entry(fault(number)).or_insert(next)
        };
        (0..self.constraints.len()).map(|n| if self.constraints[n].holds() { 0 } else { number_of(n) }).collect()
    }
}

/// By how much the cell must change to mend a constraint of which so much is left.
fn way(index: &Index, left: &[f64], constraint: usize, id: usize) -> Option<f64> {
    let touched = &index.cells[id];
    let used = touched.felt().find(|u| u.constraint == constraint)?;
    let value = touched.plausible(touched.value - left[constraint] / used.coefficient)?;
    Some(value - touched.value)
}

/// The fewest cells first, then the easiest slip; a total is forgotten more easily than any of its rows.
fn order(explanation: &Explanation, tested: Option<Origin>) -> (usize, u8, bool) {
    let of_parts = explanation.cells.iter().all(|c| Some(c.cell) != tested);
    (explanation.cells.len() + explanation.carried.len(), slip::rank(explanation.slip), of_parts)
}

/// A figure that nobody could have meant decides a tie.
fn only_impossible(explanations: &mut Vec<Explanation>) {
    let impossible = |e: &Explanation| e.cells.iter().any(|c| c.found < 0.0);
    if explanations.len() > 1 && explanations.iter().filter(|e| impossible(e)).count() == 1 {
        explanations.retain(impossible);
    }
}

#[cfg(test)]
mod tests;
