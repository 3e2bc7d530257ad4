//! What was read: every file with what became of it.

use crate::consolidate::Entry;
use crate::model::Status;
use crate::publish::words;

use super::Plan;

/// One file.
pub struct Paper<'a> {
    /// Its path below the batch folder.
    pub document: &'a str,
    /// Whose it is.
    pub satker: String,
    /// What it is.
    pub kind: &'a str,
    /// What became of it.
    pub status: &'static str,
    /// Class of the status.
    pub class: &'static str,
    /// Why, where it does not count; how far its formulas could be calculated again.
    pub notes: String,
}

/// In the order of their paths.
pub fn of(plan: Plan<'_>) -> Vec<Paper<'_>> {
    plan.batch.entries.iter().map(|entry| paper(plan, entry)).collect()
}

fn paper<'a>(plan: Plan<'a>, entry: &'a Entry) -> Paper<'a> {
    let (outcome, subject) = (&entry.outcome, &entry.outcome.subject);
    Paper {
        document: &entry.source.document,
        satker: subject.satker.map(|s| words::region(plan.regions, s)).unwrap_or_default(),
        kind: subject.kind.as_deref().map_or("", |k| words::kind_in_short(plan.schemas, k)),
        status: words::status(outcome.status),
        class: if outcome.status == Status::Accepted { "baik" } else { "kosong" },
        notes: [outcome.reason.clone(), words::formulas(&outcome.formulas)]
            .into_iter()
            .filter(|n| !n.is_empty())
            .collect::<Vec<_>>()
            .join(". "),
    }
}
