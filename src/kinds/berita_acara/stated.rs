//! What a paper states: its figures one by one, and the sums of its tables.

use crate::model::{Origin, Span};

use super::labels::{Label, Slot};

/// One statement of one of the figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What is counted.
    pub slot: Slot,
    /// In digits.
    pub digits: Option<f64>,
    /// In words, as printed, and their value where they can be read.
    pub words: Option<(Option<f64>, String)>,
    /// Its cell.
    pub origin: Origin,
    /// As printed.
    pub raw: String,
    /// What its label says.
    pub label: Label,
    /// It stands in an attachment.
    pub annex: bool,
}

impl Statement {
    /// The number: digits count before words.
    pub fn value(&self) -> Option<f64> {
        self.digits.or_else(|| self.words.as_ref().and_then(|w| w.0))
    }
}

/// What all rows of a table say together.
#[derive(Clone, Debug, PartialEq)]
pub struct TableSum {
    /// What is counted.
    pub slot: Slot,
    /// The sum over the regions.
    pub sum: f64,
    /// How many regions.
    pub rows: usize,
    /// Where they stand.
    pub span: Span,
}

/// All statements of a paper.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    /// In reading order.
    pub statements: Vec<Statement>,
    /// Sums of columns over regions.
    pub sums: Vec<TableSum>,
    /// Digits with words behind them that count nothing else (`4 (empat)`): value, words, cell.
    pub others: Vec<(f64, f64, Origin)>,
    /// Large numbers in words that stand for none of the figures, as printed.
    pub spelled: Vec<(f64, String, Origin)>,
    /// Figures taken as the first of a row below no heading that could be read, and the others of that row.
    pub unheaded: Vec<(Slot, Origin, Vec<f64>)>,
    /// Rows of numbers in words that ran into each other.
    pub tangled: Vec<Origin>,
    /// All numbers in digits.
    pub digits: Vec<f64>,
}

impl Stated {
    /// The figure of a table's only row: it counts where nothing else states it, with the words that say it elsewhere; beside other
    /// digits it counts like what is attached.
    pub fn take_lone(&mut self, mut lone: Statement) {
        let of_it = |s: &&mut Statement| s.slot == lone.slot;
        lone.annex |= self.statements.iter_mut().filter(of_it).any(|s| s.digits.is_some());
        if let Some(at) = self.statements.iter().position(|s| s.slot == lone.slot && s.digits.is_none()).filter(|_| !lone.annex) {
            lone.words = lone.words.or_else(|| self.statements.remove(at).words);
        }
        self.statements.push(lone);
    }
}
