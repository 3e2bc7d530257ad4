//! Neighbouring cells as rectangles, so that a column of twenty equal troubles is one finding.

use std::collections::BTreeMap;

use crate::model::{Origin, Span};

/// Rectangles of touching cells: runs in a row, joined with equal runs right below. Cells come sorted by row, then column.
pub fn areas(grid: u16, cells: impl IntoIterator<Item = (u32, u16)>) -> Vec<Span> {
    let mut runs: Vec<(u32, u16, u16)> = Vec::new();
    for (row, col) in cells {
        match runs.last_mut() {
            Some(run) if run.0 == row && run.2 + 1 == col => run.2 = col,
            _ => runs.push((row, col, col)),
        }
    }
    let mut growing: BTreeMap<(u16, u16), Span> = BTreeMap::new();
    let mut done = Vec::new();
    for (row, left, right) in runs {
        let run = Span::new(Origin::new(grid, row, left), Origin::new(grid, row, right));
        let above = growing.get(&(left, right)).copied();
        if let Some(area) = above.filter(|area| area.to.row + 1 == row) {
            growing.insert((left, right), area.with(run.to));
        } else {
            done.extend(above);
            growing.insert((left, right), run);
        }
    }
    done.extend(growing.into_values());
    done.sort_unstable_by_key(|area| (area.from.row, area.from.col));
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_cells_are_one_rectangle() {
        let span = |a: (u32, u16), b: (u32, u16)| Span::new(Origin::new(0, a.0, a.1), Origin::new(0, b.0, b.1));
        let found = areas(0, [(1, 1), (1, 2), (1, 5), (2, 1), (2, 2), (4, 1), (4, 2)]);
        assert_eq!(found, [span((1, 1), (2, 2)), span((1, 5), (1, 5)), span((4, 1), (4, 2))]);
    }
}
