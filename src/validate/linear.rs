//! Formulas that only add and subtract, seen through to the typed cells below them: a total that is `SUM(D5:D20)` cannot be
//! wrong by itself, one of the twenty rows can.

mod parse;

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use crate::model::{Document, Equation, Origin, Places, Term, Value};

use super::localise::{Constraint, Standing};
use parse::linear;

pub use parse::Reference;

/// Formulas may stand on formulas (row, subtotal, total, recap); deeper than this they are taken as typed.
const DEPTH: usize = 6;

/// Most terms written out for one document; running sums (`SUM(A$1:A9)` on every row) would grow with the square of the rows.
const BUDGET: usize = 1_000_000;

/// Stored results are binary fractions; beyond this share of a result it is another number.
const NOISE: f64 = 1e-9;

/// The additive formulas of a document.
#[derive(Debug)]
pub struct Formulas<'a> {
    document: &'a Document,
    additive: HashMap<Origin, Additive>,
    /// Formulas that are wrong by themselves, with what they should give.
    wrong: HashMap<Origin, Standing>,
    left: Cell<usize>,
}

/// One additive formula.
#[derive(Debug)]
struct Additive {
    references: Vec<(f64, Reference)>,
    result: Comparison,
}

/// How a formula's stored result compares with its operands.
#[derive(Debug)]
enum Comparison {
    /// They give it.
    Settled(Vec<Term>),
    /// They give this number instead.
    Stale(f64),
    /// Nobody can tell: an operand is no number, or there are too many.
    Open,
}

impl<'a> Formulas<'a> {
    /// Reads all formulas of the document.
    pub fn of(document: &'a Document) -> Self {
        let mut formulas = Self { document, additive: HashMap::new(), wrong: HashMap::new(), left: Cell::new(BUDGET) };
        let names: HashMap<&str, u16> = document.grids.iter().zip(0_u16..).map(|(g, n)| (g.name.as_str(), n)).collect();
        for (grid, number) in document.grids.iter().zip(0_u16..) {
            for (row, col, text) in &grid.formulas {
                let at = Origin::new(number, *row, *col);
                if let Some(references) = linear(text, number, &|name: &str| names.get(name).copied()) {
                    let result = formulas.compared(at, &references);
                    formulas.additive.insert(at, Additive { references, result });
                }
            }
        }
        formulas
    }

    /// What an additive formula refers to.
    pub fn references(&self, cell: Origin) -> Option<&[(f64, Reference)]> {
        self.additive.get(&cell).map(|a| a.references.as_slice())
    }

    /// The number that the operands of a formula give, where its stored result is another.
    pub fn recalculated(&self, cell: Origin) -> Option<f64> {
        match self.additive.get(&cell)?.result {
            Comparison::Stale(value) => Some(value),
            _ => None,
        }
    }

    /// Whether nobody can tell by adding up what the formula gives.
    pub fn is_open(&self, cell: Origin) -> bool {
        self.additive.get(&cell).is_some_and(|a| matches!(a.result, Comparison::Open))
    }

    /// No longer sees through the formula of a cell: it adds up something else than it should, which is `right`.
    pub fn distrust(&mut self, cell: Origin, right: f64) {
        if let Some(formula) = self.additive.get_mut(&cell) {
            formula.result = Comparison::Open;
            self.wrong.insert(cell, Standing::Short(right));
        }
    }

    /// Notes what a formula gives whose stored result is another.
    pub fn note_stale(&mut self, cell: Origin, right: f64) {
        self.wrong.entry(cell).or_insert(Standing::Stale(right));
    }

    /// Whether nothing stands in a cell.
    pub fn is_blank(&self, cell: Origin) -> bool {
        self.is_empty(cell) == Some(true)
    }

    /// Whether a cell holds text, which no formula adds up.
    pub fn is_text(&self, cell: Origin) -> bool {
        let grid = self.document.grids.get(usize::from(cell.grid));
        grid.and_then(|g| g.at(cell.row, cell.col)).is_some_and(|c| matches!(c.value, Value::Text(_)))
    }

    /// What a cell may be blamed for.
    pub fn standing(&self, cell: Origin) -> Standing {
        match self.wrong.get(&cell) {
            _ if self.is_hidden(cell) => Standing::Fixed,
            Some(wrong) => *wrong,
            None if self.stands_at(cell) => Standing::Fixed,
            None => Standing::Typed,
        }
    }

    /// Whether a formula stands in the cell.
    pub fn stands_at(&self, cell: Origin) -> bool {
        self.document.grids.get(usize::from(cell.grid)).is_some_and(|g| g.formula(cell.row, cell.col).is_some())
    }

    /// Whether nobody sees the cell: what it holds may explain a sum, but is none of the table's figures.
    pub fn is_hidden(&self, cell: Origin) -> bool {
        let Some(grid) = self.document.grids.get(usize::from(cell.grid)) else { return false };
        let rows = &grid.hidden_rows;
        let row = rows.partition_point(|r| r.1 < cell.row);
        grid.hidden || rows.get(row).is_some_and(|r| r.0 <= cell.row) || grid.col_hidden(cell.col)
    }

    /// Names of the grids, for writing locators.
    pub fn places(&self) -> Places {
        self.document.places()
    }

    /// The equation in typed cells.
    pub fn reduce(&self, equation: &Equation) -> Constraint {
        let mut sums: BTreeMap<Origin, Term> = BTreeMap::new();
        for term in &equation.terms {
            self.add(&mut sums, *term, DEPTH);
        }
        Constraint {
            terms: sums.into_values().filter(|t| t.coefficient != 0.0).collect(),
            tested: equation.terms.first().map(|t| t.origin),
            residual: equation.residual(),
            tolerance: equation.tolerance,
            counts: equation.counts(),
        }
    }

    fn add(&self, sums: &mut BTreeMap<Origin, Term>, term: Term, depth: usize) {
        let operands = match self.additive.get(&term.origin).map(|a| &a.result) {
            Some(Comparison::Settled(operands)) if depth > 0 && self.spend(operands.len()) => Some(operands),
            _ => None,
        };
        let Some(operands) = operands else {
            sums.entry(term.origin).or_insert(Term { coefficient: 0.0, ..term }).coefficient += term.coefficient;
            return;
        };
        for operand in operands {
            let coefficient = operand.coefficient * term.coefficient;
            self.add(sums, Term { coefficient, ..*operand }, depth - 1);
        }
    }

    fn spend(&self, terms: usize) -> bool {
        let left = self.left.get().checked_sub(terms);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    fn compared(&self, at: Origin, references: &[(f64, Reference)]) -> Comparison {
        let (Some(stored), Some(terms)) = (self.number(at), self.operands(references)) else {
            return Comparison::Open;
        };
        let result: f64 = terms.iter().map(|t| t.coefficient * t.value).sum();
        if (result - stored).abs() > NOISE * stored.abs().max(1.0) {
            Comparison::Stale(result)
        } else if terms.is_empty() {
            Comparison::Open
        } else {
            Comparison::Settled(terms)
        }
    }

    /// All cells a formula adds up; `None` where one is no number or the budget is spent. An empty cell adds nothing.
    fn operands(&self, references: &[(f64, Reference)]) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        for &(coefficient, reference) in references {
            match reference {
                Reference::Cell(cell) if self.is_empty(cell)? => {}
                Reference::Cell(cell) => {
                    terms.push(Term::new(coefficient, self.number(cell)?, cell));
                }
                Reference::Range(span) => {
                    let cells = &self.document.grids.get(usize::from(span.from.grid))?.cells;
                    let start = cells.partition_point(|c| c.row < span.from.row);
                    let end = cells.partition_point(|c| c.row <= span.to.row);
                    if !self.spend(end.saturating_sub(start)) {
                        return None;
                    }
                    for cell in cells.get(start..end)? {
                        let origin = Origin::new(span.from.grid, cell.row, cell.col);
                        match cell.value {
                            Value::Number(n) if span.holds(origin) => {
                                terms.push(Term::new(coefficient, n, origin));
                            }
                            Value::Date(_) | Value::Error(_) | Value::NoResult if span.holds(origin) => {
                                return None;
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
        Some(terms)
    }

    fn is_empty(&self, at: Origin) -> Option<bool> {
        self.document.grids.get(usize::from(at.grid)).map(|g| g.at(at.row, at.col).is_none())
    }

    fn number(&self, at: Origin) -> Option<f64> {
        match self.document.grids.get(usize::from(at.grid))?.at(at.row, at.col)?.value {
            Value::Number(n) => Some(n),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;

    /// A column of ones with a running sum beside it: `SUM(A$1:A7)` in the seventh row.
    fn running_sums(rows: u32) -> Document {
        let mut b = GridBuilder::new("x", Place::Sheet("x".into()));
        for row in 0..rows {
            b.push(row, 0, Value::Number(1.0));
            b.push(row, 1, Value::Number(f64::from(row + 1)));
            b.grid().formulas.push((row, 1, format!("SUM(A$1:A{})", row + 1).into()));
        }
        Document { grids: vec![b.finish()], ..Document::default() }
    }

    fn test_of(value: f64, row: u32, col: u16) -> Equation {
        let cell = Origin::new(0, row, col);
        let terms = vec![Term::new(1.0, value, cell)];
        Equation { code: "P02".into(), terms, constant: -value - 1.0, tolerance: 0.0, at: cell.into(), says: String::new() }
    }

    #[test]
    fn a_sum_is_its_operands() {
        let document = running_sums(3);
        let constraint = Formulas::of(&document).reduce(&test_of(3.0, 2, 1));
        assert_eq!(constraint.terms.iter().map(|t| t.origin).collect::<Vec<_>>(), [0, 1, 2].map(|row| Origin::new(0, row, 0)));
        assert!((constraint.residual + 1.0).abs() < 1e-9);
    }

    #[test]
    fn running_sums_do_not_grow_with_the_square() {
        let document = running_sums(5_000);
        let formulas = Formulas::of(&document);
        let terms: usize =
            formulas.additive.values().map(|a| if let Comparison::Settled(terms) = &a.result { terms.len() } else { 0 }).sum();
        assert!(terms <= BUDGET, "{terms}");
        assert_eq!(formulas.reduce(&test_of(5_000.0, 4_999, 1)).terms.len(), 1, "the last ones are taken as typed");
    }
}
