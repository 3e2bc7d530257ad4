//! Budget and realisation of all offices side by side, each amount with the cells it came from. What the sheets look like is
//! [`crate::publish`]'s business.

use crate::model::{Period, Region, Span};
use crate::normalise::exact;

use super::book::{Earlier, Figure};

/// Amounts of one consolidating office and those below it.
#[derive(Clone, Debug, Default)]
pub struct BudgetBook {
    /// The office that consolidates; the nation when several provinces came in.
    pub scope: Region,
    /// Period of the realisation; the year of the budgets where there is none.
    pub period: Option<Period>,
    /// One per office with an accepted budget or realisation, in code order.
    pub offices: Vec<Office>,
    /// Rows by level, then code, then office: what a code of that level came to at one office.
    pub lines: Vec<BudgetLine>,
    /// Rows that belong to no known code, in the order of the documents: they count in the offices' totals, but in no line.
    pub unknown: Vec<UnknownLine>,
    /// What the documents of this batch say had been spent by the end of their periods, by office and period. Figures count in the entries.
    pub present: Vec<BudgetMonth>,
    /// What earlier batches said of the same year and this one does not, by office and period.
    pub months: Vec<BudgetMonth>,
    /// The documents of `months`; `Figure::entry` of its figures counts here.
    pub earlier: Vec<Earlier>,
}

/// One office.
#[derive(Clone, Debug, Default)]
pub struct Office {
    /// Its region.
    pub region: Region,
    /// Its official name.
    pub name: String,
    /// Entry of its realisation.
    pub spending: Option<usize>,
    /// Period of its realisation; `None` where it sent none.
    pub period: Option<Period>,
    /// Entry of its budget (RKA, POK; a RAB where it sent nothing else).
    pub budget: Option<usize>,
    /// All of its amounts together: the sum of the rows that hang below no other.
    pub whole: Money,
}

/// Levels that are consolidated, from the top down; `akun` is added up over the whole tree.
pub const BUDGET_LEVELS: [&str; 5] = ["program", "kegiatan", "kro", "ro", "akun"];

/// What a code came to at one office.
#[derive(Clone, Debug, Default)]
pub struct BudgetLine {
    /// One of [`BUDGET_LEVELS`].
    pub level: &'static str,
    /// Its code without program and unit: `WA`, `3357`, `3357.EBA`, `3357.EBA.963`, `521211`.
    pub code: String,
    /// Its text at the first office that prints it.
    pub name: String,
    /// Number of the office in [`BudgetBook::offices`].
    pub office: usize,
    /// Its amounts.
    pub money: Money,
}

/// Amounts in rupiah, by [`MONEY`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Money(pub [Option<Sum>; MONEY.len()]);

/// The amounts of [`Money`]: jumlah of the budget, then the columns of the realisation.
pub const MONEY: [&str; 6] = ["anggaran", "pagu", "lalu", "ini", "sd", "sisa"];

/// An amount and the printed cells that it adds up; mostly one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sum {
    /// The amount.
    pub value: f64,
    /// Its cells. A figure without origin was worked out from columns of months.
    pub parts: Vec<Figure>,
}

/// A row that no code claims.
#[derive(Clone, Debug)]
pub struct UnknownLine {
    /// Its entry.
    pub entry: usize,
    /// Where it stands.
    pub span: Span,
    /// Code as printed; empty where there is none.
    pub code: String,
    /// Text as printed.
    pub name: String,
    /// Its amounts.
    pub money: Money,
}

/// An office's total, or that of one of its programs, at the end of a period.
#[derive(Clone, Debug)]
pub struct BudgetMonth {
    /// Period of the figures.
    pub period: Period,
    /// The office.
    pub office: Region,
    /// Program (`WA`); empty for the office as a whole.
    pub program: String,
    /// Its amounts.
    pub money: Money,
}

/// A code over all offices.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeTotal {
    /// One of [`BUDGET_LEVELS`]; empty for everything together.
    pub level: &'static str,
    /// Its code.
    pub code: String,
    /// Its text.
    pub name: String,
    /// How many offices have it.
    pub offices: usize,
    /// Sums by [`MONEY`]; `None` where no office states the amount.
    pub money: [Option<f64>; MONEY.len()],
}

impl Money {
    /// An amount by its name in [`MONEY`].
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Sum> {
        MONEY.iter().position(|m| *m == name).and_then(|i| self.0[i].as_ref())
    }

    /// The amounts alone.
    #[must_use]
    pub fn values(&self) -> [Option<f64>; MONEY.len()] {
        std::array::from_fn(|i| self.0[i].as_ref().map(|s| s.value))
    }

    /// Adds another's amounts.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            if let Some(theirs) = theirs {
                let sum = mine.get_or_insert_default();
                sum.value = exact::add(sum.value, theirs.value);
                sum.parts.extend(&theirs.parts);
            }
        }
    }
}

/// What was spent of a ceiling, in percent; `None` where either is not stated or the ceiling is nothing.
#[must_use]
pub fn serapan(values: &[Option<f64>; MONEY.len()]) -> Option<f64> {
    let [_, pagu, _, _, sd, _] = values;
    pagu.zip(*sd).filter(|(pagu, _)| *pagu > 0.0).map(|(pagu, sd)| sd / pagu * 100.0)
}

impl BudgetBook {
    /// Everything together, then every code over all offices, in the order of [`BudgetBook::lines`].
    #[must_use]
    pub fn totals(&self) -> Vec<CodeTotal> {
        let empty = |level, code: &str, name: &str| CodeTotal {
            level,
            code: code.into(),
            name: name.into(),
            offices: 0,
            money: [None; MONEY.len()],
        };
        let mut totals = vec![empty("", "", "")];
        for office in &self.offices {
            totals[0].add(&office.whole);
        }
        for line in &self.lines {
            let same = totals.last().is_some_and(|t| t.level == line.level && t.code == line.code);
            if !same {
                totals.push(empty(line.level, &line.code, &line.name));
            }
            if let Some(total) = totals.last_mut() {
                total.add(&line.money);
            }
        }
        totals
    }
}

impl CodeTotal {
    fn add(&mut self, money: &Money) {
        self.offices += 1;
        for (sum, value) in self.money.iter_mut().zip(money.values()) {
            *sum = sum.zip(value).map(|(a, b)| exact::add(a, b)).or(*sum).or(value);
        }
    }
}
