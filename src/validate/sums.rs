//! Formulas calculated again: F01 (the stored result is another); and those that only add, looked through: F03 (a typed number where its column has
//! formulas), F04 (a range that leaves out rows of its own table).

use std::collections::{BTreeMap, BTreeSet};

use crate::formula::{Calculator, Given, same};
use crate::kinds::Extraction;
use crate::model::document::plain_number;
use crate::model::{Document, Equation, Finding, Findings, Origin, Records, Span, Value};

use super::linear::{Formulas, Reference};
use super::used::figures;

/// F01 on every sheet that is not hidden.
pub fn stale(findings: &mut Findings, document: &Document, formulas: &Formulas) {
    let calculator = Calculator::new(document);
    let other = |cell: Origin, stored: f64| match calculator.formula(cell) {
        Ok(Given::Number(n)) if !same(n, stored) => Some(n),
        _ => None,
    };
    for (grid, number) in document.grids.iter().zip(0_u16..).filter(|(g, _)| !g.hidden) {
        for &(row, col, ref text) in &grid.formulas {
            let cell = Origin::new(number, row, col);
            let stored = grid.at(row, col).map(|c| c.value);
            let Some(Value::Number(stored)) = stored else { continue };
            let additive = formulas.references(cell).is_some();
            let right = if additive { formulas.recalculated(cell) } else { other(cell, stored) };
            if let Some(right) = right {
                let message = format!(
                    "hasil tersimpan {} bukan hasil rumusnya (={text}); hitung ulang berkas di Excel atau LibreOffice, lalu simpan",
                    plain_number(stored)
                );
                findings.add(Finding::new("F01", message).at(cell).numbers(stored, right));
            }
        }
    }
}

/// F04: a total whose formula covers most, but not all, of the cells it should add up. Its formula is no longer seen through. Where it names
/// every cell by itself, leaving one out may be meant; only a sum that is wrong without it tells.
pub fn short(findings: &mut Findings, formulas: &mut Formulas, equations: &[Equation]) {
    let mut seen = BTreeSet::new();
    for equation in equations {
        let Some((total, parts)) = equation.terms.split_first() else {
            continue;
        };
        let adds_up = parts.len() > 1 && parts.iter().all(|p| (p.coefficient + total.coefficient).abs() < f64::EPSILON);
        if !adds_up || formulas.recalculated(total.origin).is_some() {
            continue;
        }
        let Some(references) = formulas.references(total.origin) else {
            continue;
        };
        let out: Vec<Origin> = parts.iter().map(|p| p.origin).filter(|&p| !covered(references, p)).collect();
        let ranged = references.iter().any(|(_, r)| matches!(r, Reference::Range(_)));
        let told = ranged || !equation.holds();
        if told && !out.is_empty() && out.len() * 2 < parts.len() && seen.insert(total.origin) {
            findings.add(leaves_out(equation, &out));
            formulas.distrust(total.origin);
        }
    }
}

fn covered(references: &[(f64, Reference)], cell: Origin) -> bool {
    references.iter().any(|(_, reference)| match reference {
        Reference::Cell(at) => *at == cell,
        Reference::Range(span) => span.holds(cell),
    })
}

fn leaves_out(equation: &Equation, out: &[Origin]) -> Finding {
    let total = &equation.terms[0];
    let first = out.first().map_or(0, |cell| cell.row + 1);
    let message = format!("rumus jumlah melewatkan {} baris tabelnya (mulai baris {first}); perluas rentang rumusnya", out.len());
    Finding::new("F04", message).at(total.origin).numbers(total.value, equation.solve(total))
}

/// A formula by the columns it adds up in its own row: sign, first and last column.
type Shape = Vec<(bool, u16, u16)>;

/// Fewer formulas alike make no column of formulas.
const LEAST: usize = 4;

/// F03: figures in use that are typed where at least four times as many rows of the column have the same formula.
pub fn typed(findings: &mut Findings, document: &Document, formulas: &Formulas, extraction: &Extraction) {
    let mut columns: BTreeMap<(u16, u16), BTreeMap<Shape, BTreeSet<u32>>> = BTreeMap::new();
    for (grid, number) in document.grids.iter().zip(0_u16..) {
        for &(row, col, _) in &grid.formulas {
            let references = formulas.references(Origin::new(number, row, col));
            if let Some(shape) = references.and_then(|r| in_its_row(r, number, row)) {
                columns.entry((number, col)).or_default().entry(shape).or_default().insert(row);
            }
        }
    }
    let mut typed: BTreeMap<(u16, u16), BTreeSet<u32>> = BTreeMap::new();
    let figures = extraction.records.iter().flat_map(|r: &Records| figures(r)).map(|(_, _, origin)| origin);
    for origin in figures.filter(|o| columns.contains_key(&(o.grid, o.col)) && !formulas.stands_at(*o)) {
        typed.entry((origin.grid, origin.col)).or_default().insert(origin.row);
    }
    for ((grid, col), typed) in typed {
        let alike = columns.get(&(grid, col)).and_then(|shapes| shapes.values().max_by_key(|rows| rows.len()));
        let Some(rows) = alike.filter(|rows| rows.len() >= LEAST && rows.len() >= typed.len() * LEAST) else {
            continue;
        };
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            continue;
        };
        for row in typed.into_iter().filter(|row| (first.saturating_sub(1)..=last + 1).contains(row)) {
            findings.add(found(document, Origin::new(grid, row, col), rows.len()));
        }
    }
}

fn in_its_row(references: &[(f64, Reference)], grid: u16, row: u32) -> Option<Shape> {
    let one = |&(sign, reference): &(f64, Reference)| {
        let span = match reference {
            Reference::Cell(cell) => Span::from(cell),
            Reference::Range(span) => span,
        };
        let here = span.from.grid == grid && span.from.row == row && span.to.row == row;
        here.then_some((sign > 0.0, span.from.col, span.to.col))
    };
    references.iter().map(one).collect()
}

fn found(document: &Document, cell: Origin, formulas: usize) -> Finding {
    let grid = document.grids.get(usize::from(cell.grid));
    let shown = grid.and_then(|g| g.at(cell.row, cell.col).map(|c| g.shown(c.value))).unwrap_or_default();
    let message = format!("angka diketik di kolom yang {formulas} baris lainnya berisi rumus; ganti dengan rumus yang sama");
    Finding::new("F03", message).at(cell).found(shown)
}

#[cfg(test)]
mod tests;
