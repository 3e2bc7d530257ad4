//! One folder per kind of document: its reading of a table and the equations that must hold in it.
//!
//! Glossary (paper → code): kecamatan → district is *not* translated in data; code words for levels are those of
//! [`crate::model::Level`].

use crate::model::{BatchConfig, Document, Equation, Findings, Records, Schemas, Subject};
use crate::normalise::region::Regions;

/// What a kind may look at.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The document as read.
    pub document: &'a Document,
    /// What it is about.
    pub subject: &'a Subject,
    /// Wording, tables, limits.
    pub schemas: &'a Schemas,
    /// The reference list of regions.
    pub regions: &'a Regions,
    /// What is expected of the batch.
    pub batch: &'a BatchConfig,
}

/// What a kind makes of a document.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// Rows, one entry per table of the contract.
    pub records: Vec<Records>,
    /// Printed totals in the same shape; checked, never counted.
    pub printed: Vec<Records>,
    /// What must hold.
    pub equations: Vec<Equation>,
}

/// A kind of document.
pub trait Kind: Sync {
    /// Name in the contract.
    fn name(&self) -> &'static str;

    /// Reads the document's rows; `None` when most of it was not understood (the findings say what).
    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction>;
}

/// All kinds that are read.
pub const ALL: &[&dyn Kind] = &[];
