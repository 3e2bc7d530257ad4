//! Two figures of one line that stand in each other's place, L and P mostly: the line still adds up, two columns do not.

use super::{Changes, Solved};

/// Lines longer than this are sums over rows, not figures beside each other.
const WIDEST: usize = 24;

/// Explains what is still open by an exchange, where exactly one exchange does.
pub fn explain(solved: &mut Solved) {
    let lines = lines_of(solved);
    for number in 0..solved.constraints.len() {
        if !solved.open(number) || !solved.sets[number].is_empty() {
            continue;
        }
        let mut found: Vec<Changes> = Vec::new();
        for id in solved.index.cells_of(&solved.constraints[number]) {
            found.extend(exchanges(solved, &lines[id], id));
        }
        if let [only] = found.as_slice() {
            let only = only.clone();
            solved.accept_whole(&only);
        }
    }
}

/// For each cell the narrow constraints that hold and contain it.
fn lines_of(solved: &Solved) -> Vec<Vec<usize>> {
    let narrow = |n: usize| solved.constraints[n].holds() && solved.constraints[n].terms.len() <= WIDEST;
    solved.index.cells.iter().map(|t| t.felt().map(|u| u.constraint).filter(|&n| narrow(n)).collect()).collect()
}

/// The exchanges of a cell with another of its lines that mend everything around both.
fn exchanges(solved: &Solved, lines: &[usize], id: usize) -> Vec<Changes> {
    let mut others: Vec<usize> =
        lines.iter().flat_map(|&line| solved.index.cells_of(&solved.constraints[line])).filter(|&other| other != id).collect();
    others.sort_unstable();
    others.dedup();
    let value = |id: usize| solved.index.cells[id].value;
    let exchange = |other: usize| {
        vec![
            (id.min(other), value(id.max(other)) - value(id.min(other))),
            (id.max(other), value(id.min(other)) - value(id.max(other))),
        ]
    };
    others.into_iter().map(exchange).filter(|set| set[0].1 != 0.0 && mends(solved, set)).collect()
}

/// Whether the changes leave every constraint around them at zero.
fn mends(solved: &Solved, set: &Changes) -> bool {
    let cells = &solved.index.cells;
    if set.iter().any(|&(id, _)| cells[id].fixed()) {
        return false;
    }
    set.iter().flat_map(|&(id, _)| cells[id].felt()).all(|used| {
        let felt = |&(id, by): &(usize, f64)| {
            cells[id].felt().find(|u| u.constraint == used.constraint).map_or(0.0, |u| by * u.coefficient)
        };
        let left = solved.left[used.constraint] + set.iter().map(felt).sum::<f64>();
        solved.constraints[used.constraint].left(left)
    })
}
