//! What kind of slip turned one figure into another.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::document::plain_number;
use crate::model::{Change, Origin, Slip};

use super::NOISE;
use super::index::Index;

/// Fewer figures than this in a row are no shifted block.
const LEAST_SHIFTED: usize = 3;

/// Rows with more wrong figures than this are not looked through for pairs.
const WIDEST: usize = 24;

/// What is known of cells that were changed one by one but slipped together.
#[derive(Debug, Default)]
pub struct Together {
    /// Cells of blocks that stand a row too high or too low.
    shifted: BTreeSet<Origin>,
    /// Cells that hold what the other one of their row should.
    exchanged: BTreeMap<Origin, Origin>,
}

impl Together {
    /// Looks through all changes that are certain.
    pub fn of<'a>(changes: impl Iterator<Item = &'a (usize, f64)> + Clone, index: &Index) -> Self {
        Self { shifted: shifted(changes.clone(), index), exchanged: exchanged(changes, index) }
    }

    /// The cell whose figure stands in this one, and this one's in it.
    #[must_use]
    pub fn other(&self, cell: Origin) -> Option<Origin> {
        self.exchanged.get(&cell).copied()
    }
}

/// The slip of cells that were changed together.
#[must_use]
pub fn of(cells: &[Change], together: &Together) -> Option<Slip> {
    let shifted = &together.shifted;
    match cells {
        [one] if shifted.contains(&one.cell) => Some(Slip::Shifted),
        [one] if together.exchanged.contains_key(&one.cell) => Some(Slip::Exchanged),
        [one] => between(one.found, one.value),
        [a, b] if same(a.found, b.value) && same(b.found, a.value) => {
            Some(if a.cell.row == b.cell.row { Slip::Exchanged } else { Slip::Shifted })
        }
        [first, ..] if cells.iter().all(|c| shifted.contains(&c.cell)) && first.found.is_finite() => Some(Slip::Shifted),
        _ => None,
    }
}

/// How easily a hand makes it; slips of no kind come last.
#[must_use]
pub const fn rank(slip: Option<Slip>) -> u8 {
    match slip {
        Some(Slip::Swapped | Slip::Exchanged | Slip::Shifted | Slip::Formula | Slip::Blank) => 0,
        Some(Slip::Digit | Slip::Dropped | Slip::Doubled | Slip::Sign | Slip::Thousands) => 1,
        Some(Slip::Stale | Slip::Overtyped) => 2,
        None => 3,
    }
}

/// The slip between what stands there and what should.
#[must_use]
pub fn between(found: f64, value: f64) -> Option<Slip> {
    if same(found, -value) {
        return Some(Slip::Sign);
    }
    if [100.0, 1_000.0, 1_000_000.0].iter().any(|by| same(found * by, value) || same(found, value * by)) {
        return Some(Slip::Thousands);
    }
    let digits = |n: f64| plain_number(n.abs()).into_bytes();
    let (a, b) = (digits(found), digits(value));
    if found < 0.0 || a == b {
        return None;
    }
    if a.len() == b.len() {
        let wrong: Vec<usize> = (0..a.len()).filter(|&i| a[i] != b[i]).collect();
        return match wrong.as_slice() {
            [_] => Some(Slip::Digit),
            [i, j] if a[*i] == b[*j] && a[*j] == b[*i] => Some(Slip::Swapped),
            _ => None,
        };
    }
    match (a.len() + 1 == b.len(), b.len() + 1 == a.len()) {
        (true, _) if without_one(&b, &a) => Some(Slip::Dropped),
        (_, true) if without_one(&a, &b) => Some(Slip::Doubled),
        _ => None,
    }
}

/// Whether the longer number becomes the shorter one when one digit is left out.
fn without_one(longer: &[u8], shorter: &[u8]) -> bool {
    let alike = longer.iter().zip(shorter).take_while(|(a, b)| a == b).count();
    longer.get(alike + 1..) == shorter.get(alike..)
}

/// A cell with what it holds and what it should.
type Wrong = (Origin, f64, f64);

/// Cells of one row, each alone in being so, that should hold what the other one holds: L and P mostly.
fn exchanged<'a>(changes: impl Iterator<Item = &'a (usize, f64)>, index: &Index) -> BTreeMap<Origin, Origin> {
    let mut rows: BTreeMap<(u16, u32), Vec<Wrong>> = BTreeMap::new();
    for &(id, by) in changes {
        let touched = &index.cells[id];
        let row = rows.entry((touched.cell.grid, touched.cell.row)).or_default();
        if row.iter().all(|(cell, ..)| *cell != touched.cell) {
            row.push((touched.cell, touched.value, touched.value + by));
        }
    }
    let mut found = BTreeMap::new();
    for row in rows.into_values().filter(|row| row.len() <= WIDEST) {
        let swaps = |a: &Wrong, b: &Wrong| same(a.1, b.2) && same(b.1, a.2) && !same(a.1, a.2);
        for cell in &row {
            let mut others = row.iter().filter(|other| other.0 != cell.0 && swaps(cell, other));
            if let (Some(other), None) = (others.next(), others.next()) {
                found.insert(cell.0, other.0);
            }
        }
    }
    found
}

/// Cells below each other that should hold what their neighbour holds, all from the same side.
fn shifted<'a>(changes: impl Iterator<Item = &'a (usize, f64)>, index: &Index) -> BTreeSet<Origin> {
    let mut cells: Vec<Wrong> =
        changes.map(|&(id, by)| (index.cells[id].cell, index.cells[id].value, index.cells[id].value + by)).collect();
    cells.sort_by_key(|c| (c.0.grid, c.0.col, c.0.row));
    cells.dedup_by_key(|c| c.0);
    let mut all = BTreeSet::new();
    for down in [true, false] {
        let mut run: Vec<Origin> = Vec::new();
        for pair in cells.windows(2) {
            let ((a, a_found, a_value), (b, b_found, b_value)) = (pair[0], pair[1]);
            let below = (a.grid, a.col, a.row + 1) == (b.grid, b.col, b.row);
            if below && (if down { same(b_found, a_value) } else { same(a_found, b_value) }) {
                run.extend([a, b]);
                run.dedup();
                continue;
            }
            keep(&mut all, &mut run);
        }
        keep(&mut all, &mut run);
    }
    all
}

fn keep(all: &mut BTreeSet<Origin>, run: &mut Vec<Origin>) {
    if run.len() >= LEAST_SHIFTED {
        all.extend(run.iter());
    }
    run.clear();
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= NOISE && a != 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_apart() {
        for (found, value, slip) in [
            (1243.0, 1234.0, Some(Slip::Swapped)),
            (4231.0, 1234.0, Some(Slip::Swapped)),
            (1934.0, 1234.0, Some(Slip::Digit)),
            (124.0, 1234.0, Some(Slip::Dropped)),
            (12234.0, 1234.0, Some(Slip::Doubled)),
            (-1234.0, 1234.0, Some(Slip::Sign)),
            (1.234, 1234.0, Some(Slip::Thousands)),
            (1_234_000.0, 1234.0, Some(Slip::Thousands)),
            (987.0, 1234.0, None),
            (0.0, 1234.0, None),
        ] {
            assert_eq!(between(found, value), slip, "{found} for {value}");
        }
    }

    #[test]
    fn two_figures_in_each_others_place_are_an_exchange() {
        let change = |col, found, value| Change { cell: Origin::new(0, 4, col), found, value };
        assert_eq!(of(&[change(1, 5.0, 8.0), change(2, 8.0, 5.0)], &Together::default()), Some(Slip::Exchanged));
        assert_eq!(of(&[change(1, 5.0, 8.0), change(2, 8.0, 6.0)], &Together::default()), None);
    }
}
