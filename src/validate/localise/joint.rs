//! Faults that hide each other in a sum they share: each is told by the shorter equations around it, and all of them together must
//! explain the sum.
//!
//! A cell is wished another value where the equations closest to it leave no choice, or where several of them wish it the same. All
//! wishes that hang together are taken at once, and only if everything around them then holds; a sum over thousands of rows that
//! holds because two faults cancel is no witness against either.

use std::collections::{BTreeMap, BTreeSet};

use super::search::is_open;
use super::{Changes, NOISE, Solved};

/// Accepts the wishes that mend everything around them together.
pub fn explain(solved: &mut Solved) {
    let wishes = wishes(solved);
    for group in groups(solved, &wishes) {
        if mends(solved, &group) {
            solved.accept(&group);
        }
    }
}

/// The changes wished for, by cell.
fn wishes(solved: &Solved) -> BTreeMap<usize, f64> {
    let broken: Vec<usize> = (0..solved.constraints.len()).filter(|&n| solved.open(n)).collect();
    let cells: Vec<Vec<usize>> = broken.iter().map(|&n| solved.index.cells_of(&solved.constraints[n])).collect();
    let ids: BTreeSet<usize> = cells.iter().flatten().copied().collect();
    let agreed: BTreeMap<usize, (f64, usize)> = ids.into_iter().filter_map(|id| Some((id, agreed(solved, id)?))).collect();
    let mut wishes = BTreeMap::new();
    for (&number, cells) in broken.iter().zip(&cells) {
        let supports = |id: usize| {
            let &(by, _) = agreed.get(&id)?;
            same(solved.way(number, id)?, by).then_some((id, by))
        };
        let most = cells.iter().filter_map(|&id| supports(id).map(|_| agreed[&id].1)).max();
        let best: Vec<(usize, f64)> =
            cells.iter().filter_map(|&id| supports(id)).filter(|(id, _)| Some(agreed[id].1) == most).collect();
        match best.as_slice() {
            [(id, by)] => wish(&mut wishes, *id, *by),
            [] => {
                let mut open = cells.iter().filter(|&&id| is_open(solved, &solved.left, id));
                if let (Some(&only), None) = (open.next(), open.next())
                    && let Some(by) = solved.way(number, only)
                {
                    wish(&mut wishes, only, by);
                }
            }
            _ => {}
        }
    }
    wishes.retain(|_, by| !by.is_nan());
    wishes
}

/// Notes a wish; two that contradict each other are none.
fn wish(wishes: &mut BTreeMap<usize, f64>, id: usize, by: f64) {
    let noted = wishes.entry(id).or_insert(by);
    if !same(*noted, by) {
        *noted = f64::NAN;
    }
}

/// The change that most broken constraints around the cell wish, if several do and no other is wished as often; with their number.
fn agreed(solved: &Solved, id: usize) -> Option<(f64, usize)> {
    let touched = &solved.index.cells[id];
    if touched.fixed() {
        return None;
    }
    let ways: Vec<f64> =
        touched.felt().filter(|u| solved.open(u.constraint)).filter_map(|u| solved.way(u.constraint, id)).collect();
    let count = |by: f64| ways.iter().filter(|other| same(by, **other)).count();
    let (by, most) = ways.iter().map(|&by| (by, count(by))).max_by_key(|w| w.1).filter(|w| w.1 > 1)?;
    ways.iter().all(|&other| same(by, other) || count(other) < most).then_some((by, most))
}

/// Wishes that share a constraint, however far around.
pub fn groups(solved: &Solved, wishes: &BTreeMap<usize, f64>) -> Vec<Changes> {
    let mut around: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &id in wishes.keys() {
        for used in solved.index.cells[id].felt() {
            around.entry(used.constraint).or_default().push(id);
        }
    }
    let mut grouped = BTreeSet::new();
    let mut groups = Vec::new();
    for &start in wishes.keys() {
        let (mut group, mut todo) = (BTreeSet::new(), vec![start]);
        while let Some(id) = todo.pop() {
            if grouped.insert(id) {
                group.insert(id);
                let constraints = solved.index.cells[id].felt().map(|u| u.constraint);
                todo.extend(constraints.filter_map(|n| around.remove(&n)).flatten());
            }
        }
        if !group.is_empty() {
            groups.push(group.into_iter().map(|id| (id, wishes[&id])).collect());
        }
    }
    groups
}

/// Whether everything around the changes holds after them.
pub fn mends(solved: &Solved, group: &Changes) -> bool {
    let mut left: BTreeMap<usize, f64> = BTreeMap::new();
    for &(id, by) in group {
        for used in solved.index.cells[id].felt() {
            *left.entry(used.constraint).or_insert(solved.left[used.constraint]) += by * used.coefficient;
        }
    }
    left.into_iter().all(|(number, left)| solved.constraints[number].left(left))
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= NOISE
}
