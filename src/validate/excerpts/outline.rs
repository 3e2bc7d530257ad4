//! Which rows of a grid hold figures and which head them.

use std::collections::BTreeSet;

use crate::model::{Cell, Grid, Merge, Origin, Value};
use crate::normalise::number::looks_like_number;

/// So many figures make a row of figures.
const FIGURES: u32 = 2;
/// So many texts make a heading.
const TEXTS: u32 = 2;
/// Headings are looked for among so many rows of texts above.
const TRIES: usize = 8;
/// Most rows of a heading.
const HIGH: u32 = 4;
/// A heading stands so close above its figures.
const CLOSE: u32 = 2;

/// A grid row by row.
#[derive(Debug)]
pub struct Outline {
    /// Rows of figures, ascending.
    figures: Vec<u32>,
    /// Rows of texts, ascending.
    texts: Vec<u32>,
    /// Whether a text is a number, by its number in the grid.
    numbers: Vec<bool>,
}

impl Outline {
    /// Linear in the cells.
    pub fn of(grid: &Grid) -> Self {
        let numbers = grid.texts.iter().map(|t| looks_like_number(t)).collect();
        let mut outline = Self { figures: Vec::new(), texts: Vec::new(), numbers };
        for row in grid.cells.chunk_by(|a, b| a.row == b.row) {
            let figures = row.iter().filter(|c| outline.is_figure(c)).count();
            let [figures, texts] = [figures, row.len() - figures].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
            let number = row.first().map_or(0, |c| c.row);
            if figures >= FIGURES {
                outline.figures.push(number);
            } else if texts >= TEXTS && figures == 0 {
                outline.texts.push(number);
            }
        }
        outline
    }

    /// Whether the cell holds a number, printed or stored, or what stands for one.
    pub fn is_figure(&self, cell: &Cell) -> bool {
        match cell.value {
            Value::Text(id) => self.numbers.get(id as usize).copied().unwrap_or(false),
            Value::Number(_) | Value::Error(_) | Value::NoResult => true,
            Value::Bool(_) | Value::Date(_) => false,
        }
    }

    /// Whether a row is one of figures.
    pub fn has_figures(&self, row: u32) -> bool {
        self.figures.binary_search(&row).is_ok()
    }

    /// The row and its nearest neighbours with figures; `None` where it has none itself.
    pub fn figures_around(&self, row: u32, near: usize) -> Option<BTreeSet<u32>> {
        let at = self.figures.binary_search(&row).ok()?;
        let reach = u32::try_from(2 * near).unwrap_or(u32::MAX);
        let near = self.figures.iter().skip(at.saturating_sub(near)).take(near.min(at) + 1 + near);
        Some(near.copied().filter(|r| r.abs_diff(row) <= reach).collect())
    }

    /// The heading over a cell, top row first: the nearest row of texts that has one over it, and what is merged onto it from above.
    pub fn headings_above(&self, grid: &Grid, cell: Origin) -> Vec<u32> {
        let above = self.texts.partition_point(|&r| r < cell.row);
        let over = |row: u32| grid.at(row, cell.col).is_some() || merged(grid, row, cell.col).is_some();
        let close = |row: u32| (1..=CLOSE).any(|down| self.has_figures(row + down));
        let Some(&last) = self.texts[..above].iter().rev().take(TRIES).find(|&&r| over(r) && close(r)) else {
            return Vec::new();
        };
        let mut first = last;
        while last - first + 1 < HIGH && first > 0 && joined(grid, first) {
            first -= 1;
        }
        (first..=last).collect()
    }
}

/// Whether a row hangs together with the one above it: a cell is merged over both, or the one above parts into columns of this one.
fn joined(grid: &Grid, row: u32) -> bool {
    let Some(above) = row.checked_sub(1) else { return false };
    let over_both = near(grid, row).any(|m| m.top < row && m.bottom >= row);
    let filled = grid.row(above).len() >= 2;
    over_both || (filled && near(grid, above).any(|m| m.bottom == above && m.right > m.left))
}

/// The merged range a cell belongs to, as far as headings go.
pub fn merged(grid: &Grid, row: u32, col: u16) -> Option<Merge> {
    near(grid, row).find(|m| m.bottom >= row && (m.left..=m.right).contains(&col)).copied()
}

/// Merges that begin in a row or a little above it.
fn near(grid: &Grid, row: u32) -> impl Iterator<Item = &Merge> {
    let start = grid.merges.partition_point(|m| m.top + HIGH < row);
    grid.merges.iter().skip(start).take_while(move |m| m.top <= row)
}
