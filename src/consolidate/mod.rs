//! Stage 6: outcomes of many documents → one dataset per kind, checks across documents, the numbers of each workbook.

pub mod book;

use crate::model::{BatchConfig, Finding, Outcome, Region, Source};

pub use book::PdpbBook;

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
    /// Accepted with errors, or refused.
    NeedsRepair,
    /// Nothing came.
    Missing,
}
