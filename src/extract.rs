//! Stage 4: asks the kind for its rows.

use crate::kinds::{self, Ask, Extraction};
use crate::model::Findings;

/// The rows of a document whose kind is read; `None` where it is not, or where most was not understood.
#[must_use]
pub fn extract(findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
    let kind = kinds::named(ask.subject.kind.as_deref()?)?;
    kinds::paged::extract(kind, findings, ask)
}
