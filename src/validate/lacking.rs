//! Totals of a table that leaves out a region (W03). Where most totals of a row are larger than what stands above them, the missing row
//! explains them all: no cell is blamed, and they are one fault with what is missing.

use std::collections::BTreeMap;

use crate::model::{Equation, Findings, Span};

/// Totals stand at most this many rows below or above the rows that they sum up.
const MARGIN: u32 = 3;

/// Rows of totals that lack one of their rows: grid and row, with the number of the fault.
pub type Lacking = BTreeMap<(u16, u32), u32>;

/// Looks for them, and gives the findings of what is missing the number of their fault; `free` is the first number not in use.
pub fn rows(findings: &mut Findings, equations: &[&Equation], free: u32) -> Lacking {
    let mut totals: BTreeMap<(u16, u32), (usize, usize)> = BTreeMap::new();
    for equation in equations.iter().filter(|e| e.code == "D02") {
        let counted = totals.entry((equation.at.from.grid, equation.at.from.row)).or_default();
        counted.0 += 1;
        counted.1 += usize::from(too_large(equation));
    }
    totals.retain(|_, (all, large)| *large * 2 > *all);
    let mut lacking = Lacking::new();
    for (number, missing) in (free..).zip(findings.0.iter_mut().filter(|f| f.code == "W03")) {
        let Some(span) = missing.span else { continue };
        for &row in totals.keys().filter(|row| belongs(**row, span)) {
            missing.cause = *lacking.entry(row).or_insert(number);
        }
    }
    lacking
}

/// Whether a total is larger than its rows.
pub fn too_large(equation: &Equation) -> bool {
    let Some(total) = equation.terms.first().filter(|_| !equation.holds()) else { return false };
    total.value > equation.solve(total)
}

fn belongs((grid, row): (u16, u32), table: Span) -> bool {
    grid == table.from.grid && (table.from.row.saturating_sub(MARGIN)..=table.to.row.saturating_add(MARGIN)).contains(&row)
}
