//! What a document is about, what became of it, and what is left of it when its cells are gone.

use serde::{Deserialize, Serialize};

use super::excerpt::Excerpt;
use super::finding::Finding;
use super::origin::{Places, Span};
use super::period::Period;
use super::recomputed::Recomputed;
use super::record::Records;
use super::region::Region;
use super::repair::Reply;
use super::source::Format;

/// Kind, sender and period of a document, with the evidence each was inferred from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// Kind: the name of a [`crate::kinds`] entry; `None` when not recognised.
    pub kind: Option<String>,
    /// The office that sent it.
    pub satker: Option<Region>,
    /// The period its figures speak of.
    pub period: Option<Period>,
    /// Revision it declares itself (`rev2`, `perbaikan`, `FIX`); 0 where it says nothing.
    pub revision: u32,
    /// What was seen and where, in the order it was weighed.
    pub evidence: Vec<Evidence>,
}

/// One reason for believing something about a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// `kind`, `satker`, `period` or `revision`.
    pub about: String,
    /// What it speaks for: a kind name, a region code, a period.
    pub value: String,
    /// Where it was seen: a place in the document, or `None` for its path.
    pub span: Option<Span>,
    /// The words as seen, shortened.
    pub words: String,
}

/// What became of a document; the `status` column of the table `documents`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// Its rows are in the tables.
    Accepted,
    /// A later version counts instead (A05).
    Superseded,
    /// Cannot be used: A01, A02, A04, A06, A11.
    Rejected,
    /// Holds personal data (A07); nothing of it is written anywhere.
    Quarantined,
    /// Nobody knows what it is, most of it was not understood, or its kind is not read by this version.
    #[default]
    Unrecognised,
}

impl Status {
    /// As the table prints it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Superseded => "superseded",
            Self::Rejected => "rejected",
            Self::Quarantined => "quarantined",
            Self::Unrecognised => "unrecognised",
        }
    }
}

/// All that is kept of one document: the result of the unit of work, small enough to send through a pipe.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// SHA-256 of the file in lower-case hex; empty where it could not be opened.
    pub sha256: String,
    /// Format by content.
    pub format: Format,
    /// What it is about.
    pub subject: Subject,
    /// What became of it.
    pub status: Status,
    /// Why, in the user's words; empty for accepted documents.
    pub reason: String,
    /// Its rows, one entry per table.
    pub records: Vec<Records>,
    /// Its printed totals, in the shape of the table they belong to (region = what the total is of). Checked, never counted.
    pub printed: Vec<Records>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// The cells around them, for whoever reads about them. Empty for quarantined documents.
    pub excerpts: Vec<Excerpt>,
    /// Names of its grids, for writing locators.
    pub places: Places,
    /// What the office answered in the list of repairs, where the document is a marked copy that came back.
    pub replies: Vec<Reply>,
    /// How far its formulas could be calculated again.
    pub formulas: Recomputed,
    /// Filled cells read.
    pub cells: u64,
}
