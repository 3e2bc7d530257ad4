//! Stage 6: outcomes of many documents → one dataset per kind, checks across documents, the numbers of each workbook.
//!
//! Reading order: [`expected`] (what this batch should hold) → [`twins`] (workbook and PDF of one table) and [`duplicates`] (which
//! version counts) → [`continuity`], [`jumps`], [`levels`] and [`minutes`] (figures against the period before, the level below, and what
//! was signed; what they leave no doubt about is [`settled`]) → [`deliveries`] (who sent what, who did not) → [`book`], [`budget`], [`supply`] and [`iku`] (the numbers of the
//! workbooks; for all of them [`uncertain`] says what becomes of rows whose region is not certain) → [`causes`] (which findings are one fault) → [`items`] (what is asked of the offices) → [`progress`] (what became of
//! that, by the memory of [`ledger`]; [`accepted`] warnings are not asked) → [`history`] (what the next batch compares with).

mod accepted;
pub mod activities;
pub mod book;
pub mod budget;
pub mod causes;
mod chapters;
mod continuity;
mod deliveries;
mod duplicates;
mod expected;
mod frames;
pub mod history;
pub mod iku;
pub mod items;
mod jumps;
pub mod ledger;
mod levels;
mod lines;
mod minutes;
mod order;
pub mod progress;
mod rows;
mod setting;
mod settled;
mod shelf;
mod spending;
pub mod supply;
mod twins;
mod uncertain;

use crate::model::{BatchConfig, Finding, Outcome, Recomputed, Region, Schemas, Source};
use crate::normalise::region::Regions;

pub use book::PdpbBook;
pub use budget::BudgetBook;
pub use causes::{Cause, Impact};
pub use history::History;
pub use iku::IkuBook;
pub use items::Item;
pub use progress::{Again, Progress, Standing};
pub use rows::raw_texts;
pub use supply::SupplyBook;

/// The kind whose figures are consolidated, and its table.
const PDPB: &str = "pdpb";

/// One document of the batch with what became of it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file.
    pub source: Source,
    /// What is left of it.
    pub outcome: Outcome,
}

/// A batch, ready to be published.
#[derive(Clone, Debug)]
pub struct Consolidated {
    /// What was expected, stated or inferred.
    pub config: BatchConfig,
    /// One sentence per thing that was inferred instead of stated (scope, expected satker, receipt times …).
    pub inferred: Vec<String>,
    /// All documents, in order of their path.
    pub entries: Vec<Entry>,
    /// All findings, sorted by document, place and code; satker and period filled in.
    pub findings: Vec<Finding>,
    /// satker × kind, sorted.
    pub completeness: Vec<Delivery>,
    /// The voter figures; `None` when no accepted document holds any.
    pub pdpb: Option<PdpbBook>,
    /// Budgets and what was spent of them; `None` when no accepted document holds any.
    pub budget: Option<BudgetBook>,
    /// Computed indicators with their operands and the papers that prove them; `None` when no office is known.
    pub iku: Option<IkuBook>,
    /// What the next election needs of supplies; `None` when nothing speaks of it.
    pub supply: Option<SupplyBook>,
}

impl Consolidated {
    /// How far the formulas of all workbooks could be calculated again, and in how many of them some could not.
    #[must_use]
    pub fn recomputed(&self) -> (Recomputed, usize) {
        let mut all = Recomputed::default();
        self.entries.iter().for_each(|e| all.add(&e.outcome.formulas));
        (all, self.entries.iter().filter(|e| e.outcome.formulas.open() > 0).count())
    }
}

/// What one office delivered of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The office.
    pub satker: Region,
    /// Kind name.
    pub kind: String,
    /// Whether it owes this kind.
    pub owed: bool,
    /// How it stands.
    pub state: State,
    /// The document that counts: number of an entry.
    pub entry: Option<usize>,
}

/// State of a delivery, worst thing first said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Accepted, in time, without errors.
    Received,
    /// Accepted, after the deadline.
    Late,
    /// Sent more than once; one counts.
    Doubled,
    /// Accepted with errors, refused, or left out because it was not understood.
    NeedsRepair,
    /// Nothing came.
    Missing,
}

/// Puts a batch together. `before` is what is known of earlier batches; the second result is `before` and this batch.
#[must_use]
pub fn consolidate(
    config: BatchConfig,
    mut entries: Vec<Entry>,
    before: Option<&History>,
    schemas: &Schemas,
    regions: &Regions,
) -> (Consolidated, History) {
    entries.sort_by(|a, b| a.source.document.cmp(&b.source.document));
    let stated = config.clone();
    let (config, inferred) = expected::infer(config, &entries, schemas, regions);
    expected::refuse_other_periods(&stated, &config, &mut entries);
    expected::tell_outsiders(&config, &mut entries, regions);
    let twins = twins::compare(&entries, &config);
    let replaced = duplicates::settle(&mut entries, &config);

    let setting = setting::Setting { config: &config, schemas, regions, before };
    settled::by_minutes(&mut entries, &setting);
    let mut across = continuity::check(&entries, &setting);
    across.extend(levels::check(&entries, &setting));
    across.extend(minutes::check(&entries, &setting));
    across.extend(twins);
    let indicators = iku::computed(&entries, &setting);
    across.extend(iku::unproved(&indicators, &entries, &setting));
    let lists = supply::Lists::of(&entries);
    across.extend(supply::submitted(&entries, &setting, &lists));
    across.extend(deliveries::late(&entries, &setting));
    order::hand_back(&mut entries, across);
    settled::ties(&mut entries);
    settled::blocks(&mut entries);
    let missing = deliveries::missing(&entries, &setting);

    let mut inferred = inferred;
    inferred.extend(accepted::mark(&mut entries, &setting));
    let completeness = deliveries::matrix(&entries, &setting);
    let pdpb = chapters::book(&entries, &setting);
    let budget = spending::book(&entries, &setting);
    let iku = iku::book(indicators, &entries, &setting);
    let supply = supply::book(&entries, &setting, &lists, pdpb.as_ref(), budget.as_ref());
    let missing = missing.into_iter().chain(supply.iter().flat_map(supply::unverified)).collect();
    let findings = order::gather(&mut entries, missing);
    let batch = Consolidated { config, inferred, entries, findings, completeness, pdpb, budget, iku, supply };
    let mut history = History::after(before, &batch, lists);
    history.keep(&batch, replaced, schemas);
    (batch, history)
}

#[cfg(test)]
mod tests;
