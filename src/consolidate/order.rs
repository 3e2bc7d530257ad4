//! All findings of a batch in one fixed order, each knowing its document, office and period.

use crate::model::{Finding, Origin, Region};

use super::Entry;

/// Adds findings across documents to the entries they belong to.
pub fn hand_back(entries: &mut [Entry], across: Vec<(usize, Finding)>) {
    for (number, finding) in across {
        if let Some(entry) = entries.get_mut(number) {
            entry.outcome.findings.push(finding);
        }
    }
}

/// Fills in document, office and period, and lists all findings by document, place and code; those about no document come first.
pub fn gather(entries: &mut [Entry], about_no_document: Vec<Finding>) -> Vec<Finding> {
    let mut all = about_no_document;
    for entry in entries {
        let subject = &entry.outcome.subject;
        for finding in &mut entry.outcome.findings {
            finding.document.clone_from(&entry.source.document);
            finding.satker = finding.satker.or(subject.satker);
            finding.period = finding.period.or(subject.period);
        }
        entry.outcome.findings.sort_by(|a, b| key(a).cmp(&key(b)));
        entry.outcome.findings.dedup();
        all.extend(entry.outcome.findings.iter().cloned());
    }
    all.sort_by(|a, b| key(a).cmp(&key(b)));
    all
}

type Key<'a> = (&'a str, Option<(Reading, Reading)>, &'a str, Option<Region>, &'a str);

/// Grid, row, column: the order in which one reads.
type Reading = (u16, u32, u16);

fn key(finding: &Finding) -> Key<'_> {
    let place = |o: Origin| (o.grid, o.row, o.col);
    let span = finding.span.map(|s| (place(s.from), place(s.to)));
    (&finding.document, span, &finding.code, finding.satker, &finding.message)
}
