//! Totals of a table that leaves out a region (W03). Where most totals of a row are larger than what stands above them, the missing row
//! explains them all: no cell is blamed, and they are one fault with what is missing.

use std::collections::BTreeMap;

use crate::model::{Equation, Findings, Span};

/// Totals stand at most this many rows below or above the rows that they sum up.
const MARGIN: u32 = 3;

/// A line of totals: the row they stand in, or, of a table whose regions stand side by side, the column and what they are called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Row(u16, u32),
    Column(u16, u16, String),
}

/// Lines of totals that lack one of their rows, with the number of the fault.
#[derive(Debug, Default)]
pub struct Lacking(BTreeMap<Line, u32>);

/// Looks for them, and gives the findings of what is missing the number of their fault; `free` is the first number not in use.
pub fn rows(findings: &mut Findings, equations: &[&Equation], free: u32) -> Lacking {
    let mut totals: BTreeMap<Line, Counted> = BTreeMap::new();
    for equation in equations.iter().filter(|e| e.code == "D02") {
        for line in lines(equation) {
            let counted = totals.entry(line).or_default();
            counted.all += 1;
            counted.large += usize::from(too_large(equation));
            counted.at = Some(counted.at.map_or(equation.at, |at| at.with(equation.at.from)));
        }
    }
    // A column holds one total of every table below the other; only several of one name are a line.
    totals.retain(|line, counted| counted.large * 2 > counted.all && (counted.all > 1 || matches!(line, Line::Row(..))));
    let mut lacking = Lacking::default();
    for (number, missing) in (free..).zip(findings.0.iter_mut().filter(|f| f.code == "W03")) {
        let Some(span) = missing.span else { continue };
        let near = |counted: &Counted| counted.at.is_some_and(|at| belongs(at, span));
        for (line, _) in totals.iter().filter(|(_, counted)| near(counted)) {
            missing.cause = *lacking.0.entry(line.clone()).or_insert(number);
        }
    }
    lacking
}

/// How many totals stand in a line, how many of them are too large, and where.
#[derive(Debug, Default)]
struct Counted {
    all: usize,
    large: usize,
    at: Option<Span>,
}

impl Lacking {
    /// The number of the fault that a broken total shares with what is missing.
    pub fn of(&self, equation: &Equation) -> Option<u32> {
        let judged = equation.code == "D02" && !self.0.is_empty() && too_large(equation);
        judged.then(|| lines(equation).iter().find_map(|line| self.0.get(line).copied())).flatten()
    }
}

/// The lines that a total may be part of.
fn lines(equation: &Equation) -> [Line; 2] {
    let at = equation.at.from;
    [Line::Row(at.grid, at.row), Line::Column(at.grid, at.col, equation.says.clone())]
}

/// Whether a total is larger than its rows.
fn too_large(equation: &Equation) -> bool {
    let Some(total) = equation.terms.first().filter(|_| !equation.holds()) else { return false };
    total.value > equation.solve(total)
}

/// Whether the totals stand at the table, all of them.
fn belongs(totals: Span, table: Span) -> bool {
    let rows = table.from.row.saturating_sub(MARGIN)..=table.to.row.saturating_add(MARGIN);
    totals.from.grid == table.from.grid && rows.contains(&totals.from.row) && rows.contains(&totals.to.row)
}
