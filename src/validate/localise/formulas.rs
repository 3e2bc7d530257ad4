//! Formulas that are wrong by themselves: what each should give is known before anybody looks for a figure that would do.

use std::collections::BTreeMap;

use crate::model::Slip;

use super::index::Index;
use super::joint::{groups, mends};
use super::{Changes, Solved, Standing};

/// Takes for certain what formulas should give that leave out some of their parts: the parts are there to be seen.
pub fn short(solved: &mut Solved) {
    let wishes = wishes(solved, |standing| matches!(standing, Standing::Short(_)));
    let all: Changes = wishes.into_iter().collect();
    solved.accept(&all);
}

/// Takes the results of formulas that were not calculated again, where everything around them then holds.
pub fn stale(solved: &mut Solved) {
    let wishes = wishes(solved, |standing| matches!(standing, Standing::Stale(_)));
    for group in groups(solved, &wishes) {
        let needed = group.iter().flat_map(|&(id, _)| solved.index.cells[id].felt()).any(|u| solved.open(u.constraint));
        if needed && mends(solved, &group) {
            solved.accept(&group);
        }
    }
}

/// By how much the formulas of such a standing are off, by cell.
fn wishes(solved: &Solved, such: impl Fn(Standing) -> bool) -> BTreeMap<usize, f64> {
    let cells = solved.index.cells.iter().enumerate().filter(|(_, touched)| such(touched.standing));
    cells.filter_map(|(id, t)| Some((id, t.plausible(t.standing.gives()?)? - t.value))).collect()
}

/// The slip behind changes of such formulas alone.
pub fn slip(set: &Changes, index: &Index) -> Option<Slip> {
    let slip = |&(id, _): &(usize, f64)| match index.cells[id].standing {
        Standing::Short(_) => Some(Slip::Formula),
        Standing::Stale(_) => Some(Slip::Stale),
        Standing::Typed | Standing::Within(..) | Standing::Fixed => None,
    };
    let (first, rest) = set.split_first()?;
    slip(first).filter(|&known| rest.iter().all(|change| slip(change) == Some(known)))
}
