//! A wrong figure whose totals were made again from it: the column holds, and the fault shows only where another line meets those
//! totals. Such a figure is blamed together with the totals that must follow it; those may be formulas, which follow by themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Change, Origin};

use super::{Changes, Constraint, NOISE, Solved};

/// A fault is looked for in lines no longer than this: in a long sum any part would do.
const WIDEST: usize = 24;

/// Most totals one above another that follow a figure.
const HIGHEST: usize = 8;

/// Most uses of cells looked at in one document.
const WORK: usize = 2_000_000;

/// One figure, the totals that follow it, and the broken constraints that this mends.
pub struct Trail {
    id: usize,
    by: f64,
    totals: Vec<Change>,
    mends: Vec<usize>,
}

impl Trail {
    /// Whether it is about a typed figure, and totals that follow it.
    fn blames(&self, solved: &Solved) -> bool {
        !self.totals.is_empty() && !solved.index.cells[self.id].fixed()
    }
}

/// Figures with the totals that follow them, and which of them mend a constraint.
#[derive(Default)]
pub struct Trails {
    all: Vec<Trail>,
    of: BTreeMap<usize, Vec<usize>>,
}

impl Trails {
    fn add(&mut self, trail: Trail) {
        for &constraint in &trail.mends {
            self.of.entry(constraint).or_default().push(self.all.len());
        }
        self.all.push(trail);
    }

    /// The trails that mend the constraint and most others with it.
    fn best(&self, constraint: usize) -> Vec<usize> {
        let mending = self.of.get(&constraint).map_or(&[][..], Vec::as_slice);
        let most = mending.iter().map(|&n| self.all[n].mends.len()).max();
        mending.iter().copied().filter(|&n| Some(self.all[n].mends.len()) == most).collect()
    }
}

/// Accepts every figure that is the only one to mend most around it in this way; returns all, among them the ties.
pub fn explain(solved: &mut Solved) -> Trails {
    let trails = trails(solved);
    for (number, trail) in trails.all.iter().enumerate() {
        if trail.blames(solved) && trail.mends.iter().all(|&c| trails.best(c) == [number]) {
            accept(solved, trail);
        }
    }
    trails
}

/// Names the ties of constraints for which nothing better was found.
pub fn ties(solved: &mut Solved, trails: &Trails) {
    for &constraint in trails.of.keys() {
        if !solved.open(constraint) || !solved.sets[constraint].is_empty() {
            continue;
        }
        let best: Vec<&Trail> = trails.best(constraint).into_iter().map(|n| &trails.all[n]).collect();
        // A formula that would do by itself says something else about the sum; nobody needs to have typed anything wrong.
        if !best.iter().all(|t| t.blames(solved)) {
            continue;
        }
        let knots = best.iter().flat_map(|t| &t.mends).map(|&c| solved.knots[c]);
        solved.knots[constraint] = knots.filter(|&k| k > 0).min().unwrap_or_default();
        solved.sets[constraint] = best.iter().map(|t| vec![(t.id, t.by)]).collect();
        for trail in best {
            solved.carried.insert(trail.id, trail.totals.clone());
        }
    }
}

fn accept(solved: &mut Solved, trail: &Trail) {
    let changes: Changes = vec![(trail.id, trail.by)];
    for &constraint in &trail.mends {
        solved.left[constraint] = 0.0;
        solved.sets[constraint] = vec![changes.clone()];
    }
    solved.carried.insert(trail.id, trail.totals.clone());
}

/// All figures of short broken lines that mend two lines or more, by themselves or together with the totals that follow them.
fn trails(solved: &Solved) -> Trails {
    let open: Vec<usize> = (0..solved.constraints.len()).filter(|&n| solved.open(n)).collect();
    if open.len() < 2 {
        return Trails::default();
    }
    let mut follow = Follow { solved, uses: uses(solved.constraints), work: WORK };
    let (mut trails, mut tried) = (Trails::default(), BTreeSet::new());
    for &number in open.iter().filter(|&&n| solved.constraints[n].terms.len() <= WIDEST) {
        for id in solved.index.cells_of(&solved.constraints[number]) {
            let Some(by) = solved.way(number, id) else { continue };
            if tried.insert((id, by.to_bits()))
                && let Some(trail) = follow.up(id, by).filter(|t| t.mends.len() > 1)
            {
                trails.add(trail);
            }
        }
    }
    // Where the search was cut short nobody knows what else would do.
    if follow.work == 0 { Trails::default() } else { trails }
}

/// The constraints of every cell.
fn uses(constraints: &[Constraint]) -> HashMap<Origin, Vec<usize>> {
    let mut uses: HashMap<Origin, Vec<usize>> = HashMap::new();
    for (number, constraint) in constraints.iter().enumerate() {
        for term in &constraint.terms {
            let all = uses.entry(term.origin).or_default();
            if all.last() != Some(&number) {
                all.push(number);
            }
        }
    }
    uses
}

struct Follow<'s, 'a> {
    solved: &'s Solved<'a>,
    uses: HashMap<Origin, Vec<usize>>,
    work: usize,
}

impl Follow<'_, '_> {
    /// Changes a figure and every total that would no longer be the sum of its parts; `None` where this cannot be.
    fn up(&mut self, id: usize, by: f64) -> Option<Trail> {
        let start = &self.solved.index.cells[id];
        let mut changed = vec![Change { cell: start.cell, found: start.value, value: start.value + by }];
        let mut left: BTreeMap<usize, f64> = BTreeMap::new();
        self.feel(&mut left, changed[0]);
        while let Some(number) = self.torn(&left) {
            let constraint = &self.solved.constraints[number];
            let tested = constraint.tested.filter(|&cell| changed.iter().all(|c| c.cell != cell))?;
            let total = constraint.terms.iter().find(|t| t.origin == tested)?;
            let value = total.value - left[&number] / coefficient(constraint, total.origin);
            let unit = if constraint.counts { 1.0 } else { 10_000.0 };
            let rounded = (value * unit).round() / unit;
            let meant = rounded >= 0.0 && (rounded - value).abs() <= NOISE;
            if changed.len() > HIGHEST || !meant {
                return None;
            }
            changed.push(Change { cell: total.origin, found: total.value, value: rounded });
            self.feel(&mut left, Change { cell: total.origin, found: total.value, value: rounded });
        }
        let whole = left.iter().all(|(&number, &left)| self.solved.constraints[number].left(left));
        let mends = left.keys().copied().filter(|&number| self.solved.open(number)).collect();
        whole.then(|| Trail { id, by, totals: changed.split_off(1), mends })
    }

    /// What is left of the constraints around a cell after its change.
    fn feel(&mut self, left: &mut BTreeMap<usize, f64>, change: Change) {
        for &number in self.uses.get(&change.cell).into_iter().flatten() {
            let constraint = &self.solved.constraints[number];
            self.work = self.work.saturating_sub(constraint.terms.len());
            let by = (change.value - change.found) * coefficient(constraint, change.cell);
            *left.entry(number).or_insert(self.solved.left[number]) += by;
        }
    }

    /// A constraint that held and does no more.
    fn torn(&self, left: &BTreeMap<usize, f64>) -> Option<usize> {
        if self.work == 0 {
            return None;
        }
        left.iter().find(|(n, left)| !self.solved.open(**n) && !self.solved.constraints[**n].left(**left)).map(|(n, _)| *n)
    }
}

/// The cell's coefficient; one that stands there twice counts as both.
fn coefficient(constraint: &Constraint, cell: Origin) -> f64 {
    constraint.terms.iter().filter(|t| t.origin == cell).map(|t| t.coefficient).sum()
}
