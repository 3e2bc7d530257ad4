//! The cells of all broken constraints, each with everything it takes part in.

use std::collections::HashMap;

use crate::model::Origin;

use super::{Constraint, NOISE, Standing};

/// One use of a cell: in which constraint, with which coefficient.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    pub constraint: usize,
    pub coefficient: f64,
}

/// A cell of a broken constraint.
#[derive(Debug)]
pub struct Touched {
    pub cell: Origin,
    pub value: f64,
    uses: Vec<Use>,
    counts: bool,
    /// What it may be blamed for.
    pub standing: Standing,
}

/// The cells of all broken constraints.
pub struct Index {
    pub cells: Vec<Touched>,
    number: HashMap<Origin, usize>,
}

impl Index {
    pub fn of(constraints: &[Constraint], standing: impl Fn(Origin) -> Standing) -> Self {
        let mut index = Self { cells: Vec::new(), number: HashMap::new() };
        for term in constraints.iter().filter(|c| !c.holds()).flat_map(|c| &c.terms) {
            index.number.entry(term.origin).or_insert_with(|| {
                let standing = standing(term.origin);
                index.cells.push(Touched { cell: term.origin, value: term.value, uses: Vec::new(), counts: false, standing });
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

    /// Number of a cell, if it stands in a broken constraint.
    pub fn id(&self, cell: Origin) -> Option<usize> {
        self.number.get(&cell).copied()
    }

    /// Numbers of the cells of a constraint, each once, as far as they stand in a broken one.
    pub fn cells_of(&self, constraint: &Constraint) -> Vec<usize> {
        let mut ids: Vec<usize> = constraint.terms.iter().filter_map(|t| self.number.get(&t.origin).copied()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Whether a change of the cell is felt in the constraint.
    pub fn uses(&self, id: usize, constraint: usize) -> bool {
        self.cells[id].felt().any(|u| u.constraint == constraint)
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
    pub fn felt(&self) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(|u| u.coefficient != 0.0)
    }

    /// Whether it is never blamed.
    pub fn fixed(&self) -> bool {
        self.standing == Standing::Fixed
    }

    /// The value without noise; `None` if nobody would have meant it: no negative values, counts are whole, money and
    /// percentages have few decimals, and what has limits keeps to them. A formula gives what it gives.
    pub fn plausible(&self, value: f64) -> Option<f64> {
        let beyond = match self.standing {
            Standing::Within(least, most) => value < least - NOISE || value > most + NOISE,
            other => other.gives().is_some_and(|right| (right - value).abs() > NOISE),
        };
        if beyond {
            return None;
        }
        let unit = if self.counts { 1.0 } else { 10_000.0 };
        let rounded = (value * unit).round() / unit;
        (rounded >= 0.0 && (rounded - value).abs() <= NOISE && (rounded - self.value).abs() > NOISE).then_some(rounded)
    }
}
