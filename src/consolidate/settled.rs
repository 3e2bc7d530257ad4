//! What one document leaves open another may settle: of several cells that would mend it one is the cell that differs from the period before
//! (P02), from the level below (D06) or from what was signed (P05), and by the same amount.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::document::plain_number;
use crate::model::finding::{afterwards, stated};
use crate::model::{Change, Explanation, Finding, Span};

use super::setting::Setting;
use super::{Entry, minutes};

/// Rules that compare a cell with another document.
const ACROSS: [&str; 3] = ["P02", "D06", "P05"];

/// Settles the ties of every document.
pub fn ties(entries: &mut [Entry]) {
    for entry in entries {
        let findings = &mut entry.outcome.findings;
        for number in 0..findings.len() {
            if let Some(change) = wanted(&findings[number]) {
                settle(findings, number, change);
            }
        }
    }
}

/// Settles the ties of workbooks by what was signed about them.
pub fn by_minutes(entries: &mut [Entry], setting: &Setting) {
    for (number, change) in minutes::wishes(entries, setting) {
        if let Some(entry) = entries.get_mut(number) {
            decide(&mut entry.outcome.findings, change);
        }
    }
}

/// Fewer rows than this are no block.
const LEAST_ROWS: usize = 2;

/// Blames the figures of a block that the period before knows otherwise (P02) where each such difference is also what its row lacks (P01): sums
/// over the rows may hold all the same, because rows stand in each other's place or a column does.
pub fn blocks(entries: &mut [Entry]) {
    for entry in entries {
        let findings = &mut entry.outcome.findings;
        let pairs = pairs(findings);
        let rows: BTreeSet<_> = pairs.iter().filter_map(|&(before, _)| Some(row(findings[before].span?))).collect();
        if rows.len() < LEAST_ROWS {
            continue;
        }
        let cause = findings.iter().map(|f| f.cause).max().unwrap_or_default() + 1;
        for (before, flow) in pairs {
            let Some(change) = wanted(&findings[before]) else { continue };
            let place = entry.outcome.places.told(change.cell.into());
            let told = format!("{}{place} {} → {}.", afterwards::LIKELY, plain_number(change.found), plain_number(change.value));
            for number in [before, flow] {
                let finding = &mut findings[number];
                finding.message = format!("{}.{told}", stated(&finding.message).trim_end_matches('.'));
                finding.explanations = vec![Explanation { cells: vec![change], ..Explanation::default() }];
                finding.cause = cause;
                blame(finding, change);
            }
        }
    }
}

/// Grid and row.
type Row = (u16, u32);

fn row(span: Span) -> Row {
    (span.from.grid, span.from.row)
}

/// Comparisons with the period before and the unexplained flows of their rows that are off by the same the other way; where a row has as many of
/// the one as of the other they stand in the same order.
fn pairs(findings: &[Finding]) -> Vec<(usize, usize)> {
    let mut sizes: BTreeMap<(Row, String), (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (number, finding) in findings.iter().enumerate() {
        let Some(span) = finding.span.filter(|s| s.from == s.to) else { continue };
        let opposite = || finding.difference.parse().map(|n: f64| plain_number(-n));
        match finding.code.as_str() {
            "P02" if wanted(finding).is_some() => {
                sizes.entry((row(span), finding.difference.clone())).or_default().0.push(number);
            }
            "P01" if finding.suspect.is_none() && finding.explanations.is_empty() => {
                sizes.entry((row(span), opposite().unwrap_or_default())).or_default().1.push(number);
            }
            _ => {}
        }
    }
    let column = |&n: &usize| findings[n].span.map(|s| s.from.col);
    let alike = sizes.into_values().filter(|(before, flows)| before.len() == flows.len());
    alike
        .flat_map(|(mut before, mut flows)| {
            before.sort_by_key(column);
            flows.sort_by_key(column);
            before.into_iter().zip(flows)
        })
        .collect()
}

/// The cell of a comparison with another document, where it is one cell, and what it should hold. A comparison within the document took part in
/// its ties, and is no witness for one side of them.
fn wanted(finding: &Finding) -> Option<Change> {
    let open = ACROSS.contains(&&*finding.code) && finding.suspect.is_none() && finding.cause == 0 && !finding.mild;
    let span = finding.span.filter(|s| s.from == s.to && open)?;
    let (found, value) = (finding.found.parse().ok()?, finding.expected.parse().ok()?);
    Some(Change { cell: span.from, found, value })
}

/// Blames that cell for the ties that it would mend by itself, and for the comparison, where there is such a tie.
fn settle(findings: &mut [Finding], comparison: usize, change: Change) {
    if let Some(cause) = decide(findings, change) {
        blame(&mut findings[comparison], change);
        findings[comparison].cause = cause;
    }
}

/// Blames a cell for the ties that it would mend by itself; the number of their fault where there is such a tie.
fn decide(findings: &mut [Finding], change: Change) -> Option<u32> {
    let mut settled = None;
    for finding in findings.iter_mut().filter(|f| f.explanations.len() > 1) {
        let Some(number) = finding.explanations.iter().position(|e| is(e, change)) else { continue };
        let explanation = finding.explanations.swap_remove(number);
        let told = finding.message.split_once(afterwards::OPEN).and_then(|(_, all)| {
            let listed = all.split(afterwards::MORE).next()?;
            let one = listed.trim_end_matches('.').split(afterwards::OR).nth(number)?;
            Some(format!("{}{}{one}.", stated(&finding.message), afterwards::LIKELY))
        });
        finding.message = told.unwrap_or_else(|| stated(&finding.message).to_owned());
        (finding.explanations, finding.unlisted) = (vec![explanation], 0);
        blame(finding, change);
        settled = Some(finding.cause);
    }
    settled
}

fn is(explanation: &Explanation, change: Change) -> bool {
    let same = |a: f64, b: f64| (a - b).abs() < 1e-6;
    matches!(explanation.cells.as_slice(), [one] if one.cell == change.cell && same(one.value, change.value))
}

fn blame(finding: &mut Finding, change: Change) {
    finding.suspect = Some(change.cell);
    finding.suggestion = crate::model::document::plain_number(change.value);
}
