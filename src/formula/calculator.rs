//! Walks the tree of a formula. Operands are taken as stored; only cells without a stored result are calculated in their turn.

use std::cell::{Cell as Counter, RefCell};
use std::cmp::Ordering;
use std::collections::HashMap;

use formualizer_parse::parser::ReferenceType;
use formualizer_parse::{ASTNode, ASTNodeType, BinaryOperator, FormulaDialect, LiteralValue, UnaryOperator, parse_with_dialect};

use crate::model::source::Format;
use crate::model::{Document, ErrorValue, Origin, Span, Value};

use super::functions;
use super::value::{Answer, Given, Why};

/// Cells visited for one document; running sums over long columns would otherwise grow with the square of the rows.
const BUDGET: usize = 20_000_000;

/// Formulas without results that stand on formulas without results, deeper than this, are left alone.
const DEPTH: usize = 64;

/// Calculates formulas of one document.
#[derive(Debug)]
pub struct Calculator<'a> {
    document: &'a Document,
    sheets: HashMap<String, u16>,
    dialect: FormulaDialect,
    known: RefCell<HashMap<Origin, Answer>>,
    depth: Counter<usize>,
    left: Counter<usize>,
    /// Results are to be used, not compared with stored ones.
    pub(super) filling: bool,
}

/// What an argument of a function is before it is one value.
#[derive(Debug)]
pub enum Argument {
    /// A single value.
    One(Answer),
    /// The cells of a rectangle.
    Area(Span),
    /// Left out.
    Omitted,
}

impl<'a> Calculator<'a> {
    /// For the formulas of a document.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        let sheets = document.grids.iter().zip(0_u16..).map(|(g, n)| (g.name.to_lowercase(), n)).collect();
        let dialect = if document.format == Format::Ods { FormulaDialect::OpenFormula } else { FormulaDialect::Excel };
        let (depth, left) = (Counter::new(0), Counter::new(BUDGET));
        Self { document, sheets, dialect, known: RefCell::default(), depth, left, filling: false }
    }

    /// For formulas that have no result: what they leave out because it is kept as text is no result to use.
    #[must_use]
    pub fn filling(document: &'a Document) -> Self {
        Self { filling: true, ..Self::new(document) }
    }

    /// What the formula in a cell gives.
    ///
    /// # Errors
    /// Why it gives nothing: no formula, one that cannot be calculated, or an error value.
    pub fn formula(&self, at: Origin) -> Answer {
        if let Some(known) = self.known.borrow().get(&at) {
            return known.clone();
        }
        // Whoever comes back here while the cell is being calculated has run in a circle.
        self.known.borrow_mut().insert(at, Err(Why::Endless));
        let text = self.document.grids.get(usize::from(at.grid)).and_then(|g| g.formula(at.row, at.col));
        let answer =
            if self.depth.get() >= DEPTH { Err(Why::Endless) } else { text.ok_or(Why::Unread).and_then(|t| self.parsed(t, at)) };
        self.known.borrow_mut().insert(at, answer.clone());
        answer
    }

    fn parsed(&self, text: &str, at: Origin) -> Answer {
        let text = text.trim().trim_start_matches("of:").trim_start_matches("oooc:");
        let text = if text.starts_with('=') { text.to_owned() } else { format!("={text}") };
        let tree = parse_with_dialect(&text, self.dialect).map_err(|_| unread(&text))?;
        self.depth.set(self.depth.get() + 1);
        let answer = self.node(&tree, at.grid);
        self.depth.set(self.depth.get() - 1);
        match answer? {
            Given::Nothing => Ok(Given::Number(0.0)),
            Given::Number(n) if !n.is_finite() => Err(Why::NUMBER),
            given => Ok(given),
        }
    }

    /// The value of a part of a formula on a sheet.
    pub(super) fn node(&self, node: &ASTNode, sheet: u16) -> Answer {
        match &node.node_type {
            ASTNodeType::Literal(value) => literal(value),
            ASTNodeType::Omitted => Ok(Given::Nothing),
            ASTNodeType::Reference { reference, .. } => match self.area(reference, sheet)? {
                span if span.from == span.to => self.cell(span.from),
                _ => Err(Why::VALUE),
            },
            ASTNodeType::UnaryOp { op, expr } => {
                let n = self.node(expr, sheet)?.number()?;
                match op {
                    UnaryOperator::Plus => Ok(Given::Number(n)),
                    UnaryOperator::Minus => Ok(Given::Number(-n)),
                    UnaryOperator::Percent => Ok(Given::Number(n / 100.0)),
                    _ => Err(Why::Unread),
                }
            }
            ASTNodeType::BinaryOp { op, left, right } => binary(*op, &self.node(left, sheet)?, &self.node(right, sheet)?),
            // `[1]!Terbilang`: the function stands in another file.
            ASTNodeType::Function { name, .. } if name.contains('!') => Err(Why::Elsewhere),
            ASTNodeType::Function { name, args } => functions::call(self, &name.to_uppercase(), args, sheet),
            ASTNodeType::Call { .. } | ASTNodeType::Array(_) => Err(Why::Unread),
        }
    }

    /// An argument of a function: an area stays one.
    pub(super) fn argument(&self, node: &ASTNode, sheet: u16) -> Argument {
        match &node.node_type {
            ASTNodeType::Omitted => Argument::Omitted,
            ASTNodeType::Reference { reference, .. } => match self.area(reference, sheet) {
                Ok(span) => Argument::Area(span),
                Err(why) => Argument::One(Err(why)),
            },
            _ => Argument::One(self.node(node, sheet)),
        }
    }

    /// The value of a cell, calculated where no result is stored.
    pub(super) fn cell(&self, at: Origin) -> Answer {
        let grid = self.document.grids.get(usize::from(at.grid)).ok_or(Why::Elsewhere)?;
        let Some(cell) = grid.at(at.row, at.col) else { return Ok(Given::Nothing) };
        match cell.value {
            Value::Number(n) | Value::Date(n) => Ok(Given::Number(n)),
            Value::Text(_) => Ok(Given::Text(grid.text(cell.value).unwrap_or_default().to_owned())),
            Value::Bool(b) => Ok(Given::Bool(b)),
            Value::Error(e) => Err(Why::Error(e.as_str())),
            Value::NoResult => self.formula(at),
        }
    }

    /// The filled cells of an area, row by row.
    ///
    /// # Errors
    /// [`Why::Endless`] when too many cells were visited already.
    pub(super) fn cells(&self, area: Span) -> Result<Vec<Origin>, Why> {
        let grid = self.document.grids.get(usize::from(area.from.grid)).ok_or(Why::Elsewhere)?;
        let start = grid.cells.partition_point(|c| c.row < area.from.row);
        let end = grid.cells.partition_point(|c| c.row <= area.to.row);
        let rows = grid.cells.get(start..end).unwrap_or_default();
        let left = self.left.get().checked_sub(rows.len()).ok_or(Why::Endless)?;
        self.left.set(left);
        let inside = rows.iter().filter(|c| (area.from.col..=area.to.col).contains(&c.col));
        Ok(inside.map(|c| Origin::new(area.from.grid, c.row, c.col)).collect())
    }

    fn sheet(&self, name: Option<&String>, here: u16) -> Result<u16, Why> {
        name.map_or(Ok(here), |name| {
            let name = name.trim_matches('\'').trim_start_matches('$').replace("''", "'").to_lowercase();
            self.sheets.get(&name).copied().ok_or(Why::Elsewhere)
        })
    }

    /// The rectangle a reference names; open ends reach to the last filled cell.
    fn area(&self, reference: &ReferenceType, here: u16) -> Result<Span, Why> {
        let row = |n: u32| n.checked_sub(1).ok_or(Why::Unread);
        let col = |n: u32| n.checked_sub(1).and_then(|n| u16::try_from(n).ok()).ok_or(Why::Unread);
        match reference {
            ReferenceType::Cell { sheet, row: r, col: c, .. } => {
                Ok(Span::from(Origin::new(self.sheet(sheet.as_ref(), here)?, row(*r)?, col(*c)?)))
            }
            ReferenceType::Range { sheet, start_row, start_col, end_row, end_col, .. } => {
                let grid = self.sheet(sheet.as_ref(), here)?;
                let extent = self.document.grids.get(usize::from(grid)).and_then(|g| g.extent(grid));
                let last = extent.map_or(Origin::new(grid, 0, 0), |e| e.to);
                let from = Origin::new(grid, row(start_row.unwrap_or(1))?, col(start_col.unwrap_or(1))?);
                let to = Origin::new(grid, end_row.map_or(Ok(last.row), row)?, end_col.map_or(Ok(last.col), col)?);
                Ok(Span::new(from, to))
            }
            _ => Err(Why::Elsewhere),
        }
    }
}

/// Why a formula cannot be read: mostly because a cell that it named is gone.
fn unread(text: &str) -> Why {
    let gone = ErrorValue::Ref.as_str();
    if text.contains(gone) { Why::Error(gone) } else { Why::Unread }
}

fn literal(value: &LiteralValue) -> Answer {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "whole numbers written in formulas are far below 2^53")]
        LiteralValue::Int(n) => Ok(Given::Number(*n as f64)),
        LiteralValue::Number(n) => Ok(Given::Number(*n)),
        LiteralValue::Text(text) => Ok(Given::Text(text.clone())),
        LiteralValue::Boolean(b) => Ok(Given::Bool(*b)),
        LiteralValue::Empty => Ok(Given::Nothing),
        LiteralValue::Error(error) => Err(unread(&error.kind.to_string())),
        _ => Err(Why::Unread),
    }
}

fn binary(op: BinaryOperator, left: &Given, right: &Given) -> Answer {
    let numbers = || Ok((left.number()?, right.number()?));
    let order = || left.compared(right);
    Ok(match op {
        BinaryOperator::Add => numbers().map(|(a, b): (f64, f64)| Given::Number(a + b))?,
        BinaryOperator::Subtract => numbers().map(|(a, b): (f64, f64)| Given::Number(a - b))?,
        BinaryOperator::Multiply => numbers().map(|(a, b): (f64, f64)| Given::Number(a * b))?,
        BinaryOperator::Divide => match numbers()? {
            (_, 0.0) => return Err(Why::DIVISION),
            (a, b) => Given::Number(a / b),
        },
        BinaryOperator::Power => numbers().map(|(a, b): (f64, f64)| Given::Number(a.powf(b)))?,
        BinaryOperator::Concat => Given::Text(left.text() + &right.text()),
        BinaryOperator::Equal => Given::Bool(order() == Ordering::Equal),
        BinaryOperator::NotEqual => Given::Bool(order() != Ordering::Equal),
        BinaryOperator::Less => Given::Bool(order() == Ordering::Less),
        BinaryOperator::Greater => Given::Bool(order() == Ordering::Greater),
        BinaryOperator::LessEqual => Given::Bool(order() != Ordering::Greater),
        BinaryOperator::GreaterEqual => Given::Bool(order() != Ordering::Less),
        _ => return Err(Why::Unread),
    })
}

impl Calculator<'_> {
    /// Whether rows of an area are hidden: what a subtotal counts then is the filter's business.
    pub(super) fn hides(&self, area: Span) -> bool {
        let grid = self.document.grids.get(usize::from(area.from.grid));
        grid.is_some_and(|g| g.hidden_rows.iter().any(|&(a, b)| a <= area.to.row && b >= area.from.row))
    }

    /// Whether a cell is a subtotal itself.
    pub(super) fn is_subtotal(&self, at: Origin) -> bool {
        let formula = self.document.grids.get(usize::from(at.grid)).and_then(|g| g.formula(at.row, at.col));
        formula.is_some_and(|f| f.to_uppercase().contains("SUBTOTAL("))
    }
}
