//! Formulas calculated again: F01 (the stored result is another); and those that only add, looked through: F03 (a typed number where its column has
//! formulas), F04 (a formula that leaves out rows or columns of its own table).

mod short;

use std::collections::{BTreeMap, BTreeSet};

use crate::formula::{Calculator, Given, same};
use crate::kinds::Extraction;
use crate::model::document::plain_number;
use crate::model::{Document, Finding, Findings, Grid, Origin, Recomputed, Records, Span, Value};

use super::linear::{Formulas, Reference};
use super::used::figures;

pub use short::short;

/// F01 on every sheet that is not hidden; what each such formula gives is noted with it. Says how many formulas there are, and why some could
/// not be calculated again.
pub fn stale(findings: &mut Findings, document: &Document, formulas: &mut Formulas) -> Recomputed {
    let calculator = Calculator::new(document);
    let mut recomputed = Recomputed::default();
    for (grid, number) in document.grids.iter().zip(0_u16..) {
        for &(row, col, ref text) in &grid.formulas {
            let cell = Origin::new(number, row, col);
            let stored = grid.at(row, col).map(|c| c.value);
            let result = anew(&calculator, formulas, cell, stored);
            recomputed.count(result.as_ref().err().cloned());
            if let (Ok(Some(right)), Some(Value::Number(stored)), false) = (result, stored, grid.hidden) {
                let message = format!(
                    "hasil tersimpan {} bukan hasil rumusnya (={text}); hitung ulang berkas di Excel atau LibreOffice, lalu simpan",
                    plain_number(stored)
                );
                findings.add(Finding::new("F01", message).at(cell).numbers(stored, right));
                formulas.note_stale(cell, right);
            }
        }
    }
    recomputed
}

/// The number that a formula gives where another is stored; `None` where they agree.
///
/// # Errors
/// Why it could not be calculated, in the user's words.
fn anew(calculator: &Calculator, formulas: &Formulas, cell: Origin, stored: Option<Value>) -> Result<Option<f64>, String> {
    let adds = formulas.references(cell).is_some();
    if adds && !formulas.is_open(cell) {
        return Ok(formulas.recalculated(cell));
    }
    match (calculator.formula(cell).map_err(|why| why.said())?, stored) {
        (Given::Number(n), Some(Value::Number(stored) | Value::Date(stored))) if !same(n, stored) => {
            // A text that looks like a number adds up differently in every language a spreadsheet speaks.
            if adds { Err("menjumlah sel yang bukan angka".to_owned()) } else { Ok(Some(n)) }
        }
        _ => Ok(None),
    }
}

/// A formula by the columns it adds up in its own row: sign, first and last column.
type Shape = Vec<(bool, u16, u16)>;

/// Fewer formulas alike make no column of formulas.
const LEAST: usize = 4;

/// F03: figures in use that are typed where at least four times as many rows of the column have the same formula. Returns their cells.
pub fn typed(findings: &mut Findings, document: &Document, formulas: &Formulas, extraction: &Extraction) -> BTreeSet<Origin> {
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
    let mut overtyped = BTreeSet::new();
    for ((grid, col), typed) in typed {
        let alike = columns.get(&(grid, col)).and_then(|shapes| shapes.iter().max_by_key(|(_, rows)| rows.len()));
        let Some((shape, rows)) = alike.filter(|(_, rows)| rows.len() >= LEAST && rows.len() >= typed.len() * LEAST) else {
            continue;
        };
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            continue;
        };
        for row in typed.into_iter().filter(|row| (first.saturating_sub(1)..=last + 1).contains(row)) {
            let cell = Origin::new(grid, row, col);
            findings.add(found(document, cell, shape, rows.len()));
            overtyped.insert(cell);
        }
    }
    overtyped
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

fn found(document: &Document, cell: Origin, shape: &Shape, formulas: usize) -> Finding {
    let grid = document.grids.get(usize::from(cell.grid));
    let typed = grid.and_then(|g| g.at(cell.row, cell.col));
    let shown = grid.zip(typed).map(|(g, c)| g.shown(c.value)).unwrap_or_default();
    let mut message = format!("angka diketik di kolom yang {formulas} baris lainnya berisi rumus; ganti dengan rumus yang sama");
    if let (Some(result), Some(Value::Number(typed))) = (grid.and_then(|g| would_be(g, cell.row, shape)), typed.map(|c| c.value))
    {
        let with =
            if same(result, typed) { ", hasilnya akan sama".to_owned() } else { format!(", hasilnya {}", plain_number(result)) };
        message.push_str(&with);
    }
    Finding::new("F03", message).at(cell).found(shown)
}

/// What the formula of the other rows gives in this one; `None` where a cell it names holds no number.
fn would_be(grid: &Grid, row: u32, shape: &Shape) -> Option<f64> {
    let value = |col: u16| match grid.at(row, col).map(|c| c.value) {
        None => Some(0.0),
        Some(Value::Number(n)) => Some(n),
        Some(_) => None,
    };
    let part = |&(plus, from, to): &(bool, u16, u16)| {
        let sum: f64 = (from..=to).map(value).sum::<Option<f64>>()?;
        Some(if plus { sum } else { -sum })
    };
    shape.iter().map(part).sum()
}

#[cfg(test)]
mod tests;
