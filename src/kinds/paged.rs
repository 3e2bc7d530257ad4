//! Tables that go on over several sheets: every kind reads them as one, and what it says of a cell is said of the file's own.

use crate::model::{Finding, Findings, Span};
use crate::tables::pages::{self, Joined};

use super::{Ask, Extraction, Kind};

/// What the kind makes of the document with its pages below each other.
#[must_use]
pub fn extract(kind: &dyn Kind, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
    let Some(joined) = pages::joined(ask.document) else { return kind.extract(findings, ask) };
    let mut told = Findings::default();
    let extraction = kind.extract(&mut told, &Ask { document: &joined.document, ..*ask });
    findings.0.extend(told.0.into_iter().flat_map(|finding| told_back(&joined, finding)));
    extraction.map(|extraction| back(&joined, extraction))
}

/// What was read, with every cell where the file has it.
fn back(joined: &Joined, mut extraction: Extraction) -> Extraction {
    let cell = |origin| joined.back(origin);
    for records in extraction.records.iter_mut().chain(&mut extraction.printed) {
        records.replace(|span| first(joined, span), cell);
    }
    for equation in &mut extraction.equations {
        equation.at = first(joined, equation.at);
        equation.terms.iter_mut().for_each(|term| term.origin = cell(term.origin));
    }
    extraction.ranges.iter_mut().for_each(|range| range.cell = cell(range.cell));
    extraction.beside.iter_mut().for_each(|origin| *origin = cell(*origin));
    extraction
}

/// The part of a range on the first sheet it stands on: a range is on one sheet.
fn first(joined: &Joined, span: Span) -> Span {
    joined.parts(span).first().copied().unwrap_or(span)
}

/// What was told of a range (A13) is told of each sheet it stands on; anything else of the first.
fn told_back(joined: &Joined, mut finding: Finding) -> Vec<Finding> {
    finding.suspect = finding.suspect.map(|cell| joined.back(cell));
    for change in finding.explanations.iter_mut().flat_map(|e| e.cells.iter_mut().chain(&mut e.carried)) {
        change.cell = joined.back(change.cell);
    }
    let Some(span) = finding.span else { return vec![finding] };
    let parts = joined.parts(span).into_iter().take(if finding.code == "A13" { usize::MAX } else { 1 });
    parts.map(|part| Finding { span: Some(part), ..finding.clone() }).collect()
}
