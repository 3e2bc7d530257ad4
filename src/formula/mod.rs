//! Formulas calculated again from the cells they name: the arithmetic, comparisons and functions that offices use in their recaps.
//! What cannot be calculated says why; nothing is guessed. Knows no kind and no stage.
//!
//! The formula text is parsed by `formualizer-parse`, in the dialect of the file; [`functions`] holds what a function gives, [`value`]
//! how one kind of value becomes another. Semantics: Office Open XML, ISO/IEC 29500-1 §18.17, and `OpenFormula` 1.3.

mod calculator;
mod functions;
mod value;

use crate::model::{Document, Origin, Value};

pub use calculator::Calculator;
pub use value::{Answer, Given, Why, same};

/// Gives every formula without a stored result the one it has, where that can be calculated, and marks the cell as calculated.
pub fn fill_in(document: &mut Document) {
    let mut found: Vec<(Origin, Value)> = Vec::new();
    let open = |n: &usize| document.grids[*n].cells.iter().any(|c| c.value == Value::NoResult);
    let grids: Vec<usize> = (0..document.grids.len()).filter(open).collect();
    if grids.is_empty() {
        return;
    }
    let calculator = Calculator::filling(document);
    for (grid, number) in document.grids.iter().zip(0_u16..) {
        for cell in grid.cells.iter().filter(|c| c.value == Value::NoResult) {
            let at = Origin::new(number, cell.row, cell.col);
            match calculator.formula(at) {
                Ok(Given::Number(n)) => found.push((at, Value::Number(n))),
                Ok(Given::Bool(b)) => found.push((at, Value::Bool(b))),
                _ => {}
            }
        }
    }
    for (at, value) in found {
        let grid = &mut document.grids[usize::from(at.grid)];
        if let Ok(i) = grid.cells.binary_search_by_key(&(at.row, at.col), |c| (c.row, c.col)) {
            grid.cells[i].value = value;
            grid.calculated.push((at.row, at.col));
        }
    }
}

#[cfg(test)]
mod tests;
