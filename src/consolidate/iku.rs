//! The numbers of IKU.xlsx that come from the batch itself: computed indicators, operand by operand, and the papers that prove them.
//! [`compute`] makes them; what the workbook looks like is [`crate::publish`]'s business.

mod citations;
mod compute;
mod evidence;
mod matching;
mod matrix;
mod measure;

use std::collections::HashSet;

use crate::model::{Finding, Period, Region, Span};

use super::Entry;
use super::setting::Setting;

pub use citations::Disagreement;
pub use matching::{fits, longest};
pub use matrix::{Achievement, Aim, By, Reporting};

/// Computed indicators of one consolidating office.
#[derive(Clone, Debug, Default)]
pub struct IkuBook {
    /// The office that consolidates; the nation where nobody is stated.
    pub scope: Region,
    /// The period that the batch's indicators speak of.
    pub period: Option<Period>,
    /// One for each file of `schemas/indikator/`, in the order of their names.
    pub indicators: Vec<Computed>,
    /// What documents report, by aim and indicator.
    pub aims: Vec<Aim>,
    /// Regulations that SOPs cite differently.
    pub citations: Vec<Disagreement>,
}

/// One indicator with its operands.
#[derive(Clone, Debug, Default)]
pub struct Computed {
    /// Its name in the schemas, and of its folder in the evidence pack.
    pub name: String,
    /// What officials call it.
    pub label: String,
    /// The aim it belongs to.
    pub aim: String,
    /// Its target as written.
    pub target: String,
    /// The number in the target, in percent.
    pub target_value: Option<f64>,
    /// How it is computed, in words.
    pub rule: String,
    /// Where the indicator comes from.
    pub source: String,
    /// The offices of the denominator, in code order.
    pub shares: Vec<Share>,
    /// How many of them count.
    pub numerator: usize,
    /// How many there are of which it is known whether they count.
    pub denominator: usize,
    /// `numerator / denominator` in percent; `None` while it is unknown of any office, or there is none.
    pub value: Option<f64>,
    /// Rows of documents that report this indicator, by entry and row.
    pub reported: Vec<Reported>,
    /// The papers asked of each office, by office and kind.
    pub evidence: Vec<Evidence>,
}

/// One office of the denominator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Share {
    /// The office.
    pub satker: Region,
    /// Its name.
    pub name: String,
    /// Whether it counts in the numerator; `None` where the batch does not let one know.
    pub counts: Option<bool>,
    /// Each condition with what was found.
    pub operands: Vec<Operand>,
}

/// What one condition found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operand {
    /// Whether it holds; `None` where nobody can know.
    pub holds: Option<bool>,
    /// The condition and what was found, in one sentence.
    pub says: String,
    /// The value it was judged by (percent, predicate, moment of receipt); empty where there is none.
    pub value: String,
    /// The document: number of an entry.
    pub entry: Option<usize>,
    /// Where in it; `None` for the document as a whole.
    pub span: Option<Span>,
}

/// A row of a document that reports an indicator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reported {
    /// The document: number of an entry.
    pub entry: usize,
    /// Where the row is printed.
    pub span: Option<Span>,
    /// Its sender.
    pub satker: Option<Region>,
    /// The indicator as printed.
    pub indicator: String,
    /// The target as printed.
    pub target: String,
    /// The realisation as printed; empty where none is.
    pub realised: String,
    /// The realisation in percent, where it is one.
    pub value: Option<f64>,
    /// What the batch itself gives for this office (100 or 0 percent), or for all offices where the office that consolidates reports.
    pub computed: Option<f64>,
    /// Both are known and differ.
    pub differs: bool,
}

/// One paper asked of an office for an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The office.
    pub satker: Region,
    /// Kind of document.
    pub kind: String,
    /// The document: number of an entry; `None` where nothing was sent.
    pub entry: Option<usize>,
    /// Whether it proves: it was accepted.
    pub accepted: bool,
    /// Where its rows stand.
    pub span: Option<Span>,
}

/// Every indicator of the schemas, computed over the expected offices.
#[must_use]
pub fn computed(entries: &[Entry], setting: &Setting) -> Vec<Computed> {
    setting.schemas.indicators.iter().map(|i| compute::compute(i, entries, setting)).collect()
}

/// The book around the [`computed`] indicators; `None` where nothing is computed and nothing reported.
#[must_use]
pub fn book(indicators: Vec<Computed>, entries: &[Entry], setting: &Setting) -> Option<IkuBook> {
    let aims = matrix::aims(entries, setting);
    let citations = citations::disagreements(entries, setting);
    let any = indicators.iter().any(|i| !i.shares.is_empty()) || !aims.is_empty() || !citations.is_empty();
    any.then(|| IkuBook {
        scope: setting.config.wilayah.unwrap_or(Region::NATION),
        period: setting.config.period("iku"),
        indicators,
        aims,
        citations,
    })
}

/// I04: reported indicators that the papers of this batch do not prove, for there are none or they give another value. By number of the
/// entry that reports.
#[must_use]
pub fn unproved(indicators: &[Computed], entries: &[Entry], setting: &Setting) -> Vec<(usize, Finding)> {
    let mut found = evidence::missing(entries, setting);
    let bare: HashSet<(usize, Option<Span>)> = found.iter().map(|(entry, finding)| (*entry, finding.span)).collect();
    found.extend(evidence::contradicted(indicators).filter(|(entry, finding)| !bare.contains(&(*entry, finding.span))));
    found
}
