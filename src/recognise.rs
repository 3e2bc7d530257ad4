//! Stage 3: which kind, whose, which period, and on what evidence.
//!
//! Content beats path: [`glance`] looks at titles, sheet names, headings and the path; [`kind`], [`sender`] and [`time`] each weigh
//! what they need of it and keep what they believed. Documents with personal data go no further.

mod glance;
mod kind;
mod others;
mod personal;
mod phrase;
mod published;
pub mod returned;
mod revision;
mod sender;
mod table;
mod time;

use crate::model::{BatchConfig, Document, Findings, Schemas, Subject};
use crate::normalise::region::Regions;

pub use personal::{PersonalData, personal_data};
pub use time::conflicts;

/// What a document is recognised by.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Wording of the kinds.
    pub schemas: &'a Schemas,
    /// The reference list of regions.
    pub regions: &'a Regions,
    /// What is expected of the batch.
    pub batch: &'a BatchConfig,
}

/// Codes of files without content.
const UNREAD: [&str; 4] = ["A01", "A02", "A06", "A11"];

/// Says what a document is about. `path` is its path below the batch folder. Findings: A03 no kind, A04 another period than
/// expected, A07 personal data, A08 the sender is not certain. After A07, and in what was published here, nothing else is looked at.
#[must_use]
pub fn recognise(findings: &mut Findings, document: &Document, path: &str, context: &Context) -> Subject {
    if let Some(data) = personal_data(document, context.schemas) {
        findings.add(personal::finding(data));
        return of_path_alone(path, context);
    }
    if published::is(document) {
        findings.add(published::finding());
        return of_path_alone(path, context);
    }
    // Of a file that could not be read nothing is wrong with title or period: the path still says what it was meant to be.
    let mut unread = Findings::default();
    let findings = if findings.0.iter().any(|f| UNREAD.contains(&f.code.as_str()) && !f.mild) { &mut unread } else { findings };
    let seen = glance::glance(document, path);
    let (kind, mut evidence) = kind::kind(findings, &seen, context.schemas);
    let (satker, of_satker) = sender::sender(findings, document, &seen, kind.is_some(), context);
    let timing = kind.as_deref().and_then(|k| context.schemas.kind(k)).map(|k| (k.name.as_str(), k.timing));
    let (period, of_period) = timing.map_or((None, Vec::new()), |timing| time::period(findings, &seen, timing, context.batch));
    let (revision, of_revision) = revision::revision(&seen, context.schemas);
    evidence.extend(of_satker.into_iter().chain(of_period).chain(of_revision));
    Subject { kind, satker, period, revision, evidence }
}

/// Who sent a document that must not be read, or whose content is of many: whatever its folders say.
fn of_path_alone(path: &str, context: &Context) -> Subject {
    let seen = glance::glance(&Document::default(), path);
    let (satker, evidence) = sender::sender(&mut Findings::default(), &Document::default(), &seen, false, context);
    Subject { satker, evidence, ..Subject::default() }
}

/// A text as evidence keeps it: its first 80 characters.
fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    let mut out: String = text.chars().take(MOST).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
