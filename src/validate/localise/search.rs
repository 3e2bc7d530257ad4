//! Several faults at once: the smallest set of cells that mends a knot of broken constraints.
//!
//! A cell is open while no constraint that holds contains it. The search takes the constraint with fewest open cells, tries each of
//! them, and goes on with what is left. A constraint with one open cell leaves no choice, so far more faults are found than could be
//! tried; the work is bounded, and where it is spent nothing is named.

use super::{Changes, Constraint, Solved, way};

/// Most constraints and cells looked at in one document.
const WORK: usize = 20_000_000;

/// Most sets of several cells that are told apart.
const TIES: usize = 200;

/// Explains the knots that single cells left open.
pub fn explain(solved: &mut Solved) {
    let mut work = WORK;
    for (number, knot) in (1..).zip(knots(solved)) {
        for &constraint in &knot {
            solved.knots[constraint] = number;
        }
        let mut search = Search::new(solved, &knot, work);
        search.go(&mut Vec::new());
        work = search.work;
        let found = if work == 0 { Vec::new() } else { search.found };
        match found.as_slice() {
            [] => {}
            [only] => solved.accept(only),
            several => solved.note(several),
        }
    }
}

/// Still broken constraints that share open cells.
fn knots(solved: &Solved) -> Vec<Vec<usize>> {
    let broken: Vec<usize> = (0..solved.constraints.len()).filter(|&n| solved.open(n)).collect();
    let mut knot_of = vec![usize::MAX; solved.constraints.len()];
    let mut knots = Vec::new();
    for &start in &broken {
        if knot_of[start] != usize::MAX {
            continue;
        }
        let (mut knot, mut todo) = (Vec::new(), vec![start]);
        knot_of[start] = knots.len();
        while let Some(number) = todo.pop() {
            knot.push(number);
            for id in
                solved.index.cells_of(&solved.constraints[number]).into_iter().filter(|&id| is_open(solved, &solved.left, id))
            {
                for used in solved.index.cells[id].felt() {
                    if knot_of[used.constraint] == usize::MAX {
                        knot_of[used.constraint] = knots.len();
                        todo.push(used.constraint);
                    }
                }
            }
        }
        knot.sort_unstable();
        knots.push(knot);
    }
    knots
}

/// Whether the cell may be changed: it is typed, and nothing that holds contains it.
pub fn is_open(solved: &Solved, left: &[f64], id: usize) -> bool {
    let touched = &solved.index.cells[id];
    !touched.fixed() && touched.felt().all(|u| !solved.constraints[u.constraint].left(left[u.constraint]))
}

struct Search<'s, 'a> {
    solved: &'s Solved<'a>,
    constraints: &'a [Constraint],
    knot: &'s [usize],
    /// Open cells of each constraint of the knot.
    cells: Vec<Vec<usize>>,
    left: Vec<f64>,
    found: Vec<Changes>,
    smallest: usize,
    work: usize,
}

impl<'s, 'a> Search<'s, 'a> {
    fn new(solved: &'s Solved<'a>, knot: &'s [usize], work: usize) -> Self {
        let open = |&n: &usize| -> Vec<usize> {
            let cells = solved.index.cells_of(&solved.constraints[n]);
            cells.into_iter().filter(|&id| is_open(solved, &solved.left, id)).collect()
        };
        Self {
            solved,
            constraints: solved.constraints,
            knot,
            cells: knot.iter().map(open).collect(),
            left: solved.left.clone(),
            found: Vec::new(),
            smallest: knot.len(),
            work,
        }
    }

    fn go(&mut self, changes: &mut Changes) {
        let Some((constraint, cells)) = self.narrowest(changes) else {
            return self.note(changes);
        };
        if changes.len() >= self.smallest {
            return;
        }
        for (id, by) in cells {
            self.apply(id, by);
            changes.push((id, by));
            if self.constraints[constraint].left(self.left[constraint]) {
                self.go(changes);
            }
            changes.pop();
            self.apply(id, -by);
            if self.work == 0 {
                return;
            }
        }
    }

    fn apply(&mut self, id: usize, by: f64) {
        for used in self.solved.index.cells[id].felt() {
            self.left[used.constraint] += by * used.coefficient;
        }
    }

    /// A set that mends the whole knot; smaller ones replace larger ones.
    fn note(&mut self, changes: &Changes) {
        let mut set = changes.clone();
        set.sort_by_key(|c| c.0);
        if set.len() < self.smallest {
            self.found.clear();
            self.smallest = set.len();
        }
        // Sets of one cell cannot be met twice.
        if set.len() == 1 || (self.found.len() < TIES && !self.found.contains(&set)) {
            self.found.push(set);
        }
    }

    /// The broken constraint with fewest open cells, and by how much each of them would have to change; `None` when all hold. A long
    /// sum may hold several faults, so one cell of it is tried only when nothing shorter is left.
    fn narrowest(&mut self, changes: &Changes) -> Option<(usize, Changes)> {
        let mut narrowest: Option<(usize, Vec<usize>)> = None;
        for (number, cells) in self.knot.iter().zip(&self.cells) {
            self.work = self.work.saturating_sub(1);
            if self.constraints[*number].left(self.left[*number]) {
                continue;
            }
            self.work = self.work.saturating_sub(cells.len());
            let open = |&&id: &&usize| !changes.iter().any(|c| c.0 == id) && is_open(self.solved, &self.left, id);
            let open: Vec<usize> = cells.iter().filter(open).copied().collect();
            let no_choice = open.len() <= 1;
            if narrowest.as_ref().is_none_or(|(_, other)| open.len() < other.len()) {
                narrowest = Some((*number, open));
            }
            if no_choice {
                break;
            }
        }
        let (number, cells) = narrowest?;
        Some((number, cells.into_iter().filter_map(|id| Some((id, way(self.solved.index, &self.left, number, id)?))).collect()))
    }
}
