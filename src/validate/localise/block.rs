//! A block of figures that was pasted a row too low or too high: its columns no longer give their totals, its rows no longer fit the
//! columns beside it. What fell off at the end follows from the totals. Taken only where everything around the block then holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Origin;

use super::joint::mends;
use super::{Changes, Constraint, NOISE, Solved};

/// Fewer rows are no block.
const LEAST: usize = 3;

/// Longer equations are no rows of figures.
const WIDEST: usize = 24;

/// So many columns at either side may belong to it although their totals agree: what fell off was nothing.
const BESIDE: u16 = 3;

/// The figures of a column by row, the constraint of their total, and their coefficients in it.
struct Column {
    constraint: usize,
    figures: BTreeMap<u32, (Origin, f64, f64)>,
}

/// Explains what is open by a block that was moved by one row, where exactly one such block does.
pub fn explain(solved: &mut Solved) {
    for grid in grids(solved) {
        let columns = columns(solved, grid);
        let wrong: Vec<u16> = columns.iter().filter(|(_, c)| solved.open(c.constraint)).map(|(col, _)| *col).collect();
        let (Some(&first), Some(&last)) = (wrong.first(), wrong.last()) else { continue };
        let rows = rows(solved, grid, (first, last), &columns);
        let (Some(&top), Some(&bottom)) = (rows.first(), rows.last()) else { continue };
        // Faults here and there are no block: hardly a row fits what was meant for its neighbour.
        let between = usize::try_from(bottom - top).unwrap_or(usize::MAX);
        if rows.len() < LEAST || rows.len() * 2 <= between || wrong.len() < 2 {
            continue;
        }
        let moved = |down| widened(first, last).find_map(|cols| block(solved, &columns, cols, (top, bottom), down));
        if let (Some(changes), None) | (None, Some(changes)) = (moved(true), moved(false)) {
            solved.moved.extend(changes.iter().map(|(id, _)| *id));
            solved.accept_whole(&changes);
        }
    }
}

fn grids(solved: &Solved) -> BTreeSet<u16> {
    solved.index.cells.iter().map(|touched| touched.cell.grid).collect()
}

/// The columns that have a total; of a column with several the longest.
fn columns(solved: &Solved, grid: u16) -> BTreeMap<u16, Column> {
    let mut columns: BTreeMap<u16, Column> = BTreeMap::new();
    for (number, constraint) in solved.constraints.iter().enumerate().filter(|(_, c)| c.terms.len() > LEAST) {
        let Some(total) = constraint.tested.filter(|t| t.grid == grid) else { continue };
        if constraint.terms.iter().any(|t| (t.origin.grid, t.origin.col) != (grid, total.col)) {
            continue;
        }
        let parts = constraint.terms.iter().filter(|t| t.origin != total);
        let figures: BTreeMap<_, _> = parts.map(|t| (t.origin.row, (t.origin, t.value, t.coefficient))).collect();
        let longest = columns.get(&total.col).map_or(0, |c| c.figures.len());
        if figures.len() > longest {
            columns.insert(total.col, Column { constraint: number, figures });
        }
    }
    columns
}

/// The rows of figures between the columns that are broken.
fn rows(solved: &Solved, grid: u16, cols: (u16, u16), columns: &BTreeMap<u16, Column>) -> BTreeSet<u32> {
    let row = |c: &Constraint| {
        let at = c.terms.first().map(|t| t.origin).filter(|o| o.grid == grid && c.terms.len() <= WIDEST)?;
        let one = c.terms.iter().all(|t| (t.origin.grid, t.origin.row) == (grid, at.row));
        let inside = c.terms.iter().any(|t| (cols.0..=cols.1).contains(&t.origin.col));
        (one && inside).then_some(at.row)
    };
    let open = (0..solved.constraints.len()).filter(|&n| solved.open(n)).filter_map(|n| row(&solved.constraints[n]));
    open.filter(|row| columns.values().any(|c| c.figures.contains_key(row))).collect()
}

/// The columns, then some more at either side.
fn widened(first: u16, last: u16) -> impl Iterator<Item = (u16, u16)> {
    (0..=BESIDE).flat_map(move |left| (0..=BESIDE).map(move |right| (first.saturating_sub(left), last.saturating_add(right))))
}

/// What the cells of the block should hold; `None` where that does not mend everything around them.
fn block(solved: &Solved, columns: &BTreeMap<u16, Column>, cols: (u16, u16), rows: (u32, u32), down: bool) -> Option<Changes> {
    let mut changes = Changes::new();
    for column in columns.range(cols.0..=cols.1).map(|(_, column)| column) {
        changes.extend(moved(solved, column, rows, down)?);
    }
    mends(solved, &changes).then_some(changes)
}

/// The changes of one column: each figure goes back by one row, the last one is what its total leaves.
fn moved(solved: &Solved, column: &Column, (top, bottom): (u32, u32), down: bool) -> Option<Changes> {
    let edge = if down { bottom } else { top };
    let (mut changes, mut left) = (Changes::new(), solved.left[column.constraint]);
    for row in (top..=bottom).filter(|row| *row != edge) {
        let (origin, value, coefficient) = *column.figures.get(&row)?;
        let (_, right, _) = *column.figures.get(&if down { row + 1 } else { row - 1 })?;
        left += coefficient * (right - value);
        change(solved, &mut changes, origin, (value, right))?;
    }
    let (origin, value, coefficient) = *column.figures.get(&edge)?;
    change(solved, &mut changes, origin, (value, value - left / coefficient))?;
    Some(changes)
}

/// Notes a change; `None` where nobody would have meant it.
fn change(solved: &Solved, changes: &mut Changes, cell: Origin, (value, right): (f64, f64)) -> Option<()> {
    if (right - value).abs() > NOISE {
        let id = solved.index.id(cell)?;
        let right = solved.index.cells[id].plausible(right).filter(|_| !solved.index.cells[id].fixed())?;
        changes.push((id, right - value));
    }
    Some(())
}
