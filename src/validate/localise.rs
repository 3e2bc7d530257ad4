//! Which single cell explains broken equations, and what it should read.
//!
//! A cell explains the broken equations around it when one new value mends all of them and breaks none that holds. An equation
//! names the cell that explains most; of two that explain as much, neither is named. Nothing is ever applied.

mod together;

use std::collections::HashMap;

use crate::model::{Origin, Term};

/// One equation as the search sees it: terms in typed cells, what is left of zero, and whether its values are counts.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// Typed cells with their coefficients.
    pub terms: Vec<Term>,
    /// What is left of zero.
    pub residual: f64,
    /// Largest |residual| that counts as zero.
    pub tolerance: f64,
    /// Its values are whole numbers of people, stations, things.
    pub counts: bool,
}

/// The one cell that explains, and the value it should have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suspect {
    /// The cell.
    pub cell: Origin,
    /// The value it should have.
    pub value: f64,
}

/// Differences below this are noise of binary fractions.
const NOISE: f64 = 1e-6;

impl Constraint {
    fn holds(&self) -> bool {
        self.holds_with(0.0)
    }

    /// Whether it holds once its left side has changed by `change`.
    fn holds_with(&self, change: f64) -> bool {
        (self.residual + change).abs() <= self.tolerance + NOISE
    }
}

/// One use of a cell: in which constraint, with which coefficient.
#[derive(Clone, Copy, Debug)]
struct Use {
    constraint: usize,
    coefficient: f64,
}

/// A cell of a broken constraint with everything it takes part in.
#[derive(Debug)]
struct Touched {
    cell: Origin,
    value: f64,
    uses: Vec<Use>,
    counts: bool,
}

/// The cells of all broken constraints.
struct Index {
    cells: Vec<Touched>,
    number: HashMap<Origin, usize>,
}

/// For each constraint the cell that explains it; `None` where it holds or where no single cell does. Linear in the terms.
/// `fixed` cells are never suspected: formulas are mended, not typed over.
pub fn localise(constraints: &[Constraint], fixed: impl Fn(Origin) -> bool) -> Vec<Option<Suspect>> {
    let index = Index::of(constraints);
    let judged: Vec<Option<Explains>> =
        index.cells.iter().map(|t| if fixed(t.cell) { None } else { t.judge(constraints) }).collect();
    let mut suspects: Vec<Option<Suspect>> =
        constraints.iter().map(|c| if c.holds() { None } else { best(&index, &judged, c) }).collect();
    together::explain(constraints, &index, &fixed, &mut suspects);
    suspects
}

/// What a cell would explain.
#[derive(Clone, Copy)]
struct Explains {
    value: f64,
    broken: usize,
}

impl Index {
    fn of(constraints: &[Constraint]) -> Self {
        let mut index = Self { cells: Vec::new(), number: HashMap::new() };
        for term in constraints.iter().filter(|c| !c.holds()).flat_map(|c| &c.terms) {
            index.number.entry(term.origin).or_insert_with(|| {
                let touched = Touched { cell: term.origin, value: term.value, uses: Vec::new(), counts: false };
                index.cells.push(touched);
                index.cells.len() - 1
            });
        }
        for (number, constraint) in constraints.iter().enumerate() {
            for term in &constraint.terms {
                if let Some(&id) = index.number.get(&term.origin) {
                    index.cells[id].take_part(number, term.coefficient);
                    index.cells[id].counts |= constraint.counts;
                }
            }
        }
        index
    }

    /// Numbers of the cells of a constraint, each once.
    fn cells_of(&self, constraint: &Constraint) -> Vec<usize> {
        let mut ids: Vec<usize> = constraint.terms.iter().filter_map(|t| self.number.get(&t.origin).copied()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl Touched {
    /// Notes a use; the same cell twice in one constraint is one use.
    fn take_part(&mut self, constraint: usize, coefficient: f64) {
        match self.uses.last_mut() {
            Some(last) if last.constraint == constraint => last.coefficient += coefficient,
            _ => self.uses.push(Use { constraint, coefficient }),
        }
    }

    /// The uses that a change of the cell is felt in.
    fn felt(&self) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(|u| u.coefficient != 0.0)
    }

    /// The value that mends every broken constraint around the cell and breaks no other; `None` where there is none.
    fn judge(&self, constraints: &[Constraint]) -> Option<Explains> {
        let broken = || self.felt().filter(|u| !constraints[u.constraint].holds());
        let tightness = |u: &&Use| constraints[u.constraint].tolerance / u.coefficient.abs();
        let strictest = broken().min_by(|a, b| tightness(a).total_cmp(&tightness(b)))?;
        let value = self.plausible(self.value - constraints[strictest.constraint].residual / strictest.coefficient)?;
        let change = value - self.value;
        let mended = self.felt().all(|u| constraints[u.constraint].holds_with(change * u.coefficient));
        mended.then(|| Explains { value, broken: broken().count() })
    }

    /// The value without noise; `None` if nobody would have meant it: no negative values, counts are whole, money and
    /// percentages have few decimals.
    fn plausible(&self, value: f64) -> Option<f64> {
        let unit = if self.counts { 1.0 } else { 10_000.0 };
        let rounded = (value * unit).round() / unit;
        (rounded >= 0.0 && (rounded - value).abs() <= NOISE && (rounded - self.value).abs() > NOISE).then_some(rounded)
    }
}

/// The cell of a broken constraint that explains most, if it is the only one that explains so much.
fn best(index: &Index, judged: &[Option<Explains>], constraint: &Constraint) -> Option<Suspect> {
    let mut found: Option<(usize, Explains)> = None;
    let mut tie = false;
    for id in index.cells_of(constraint) {
        let Some(explains) = judged[id] else { continue };
        match found {
            Some((_, best)) if best.broken > explains.broken => {}
            Some((_, best)) if best.broken == explains.broken => tie = true,
            _ => {
                found = Some((id, explains));
                tie = false;
            }
        }
    }
    found.filter(|_| !tie).map(|(id, explains)| Suspect { cell: index.cells[id].cell, value: explains.value })
}

#[cfg(test)]
mod tests;
