//! What does tie: rows of figures at which no error and no warning stands. Counted and folded; nobody needs to read them.

use std::collections::BTreeMap;

use crate::model::schema::Severity;
use crate::model::{Finding, Outcome, Region, Schemas, Span, Status};
use crate::publish::words;

use super::Plan;

/// Rows that count, by office and kind.
pub struct Ties {
    /// One line per office and kind.
    pub rows: Vec<Tied>,
    /// Rows without error or warning.
    pub tied: usize,
    /// All rows.
    pub all: usize,
}

/// Rows of one office and kind.
pub struct Tied {
    /// Whose.
    pub satker: String,
    /// Which kind of document.
    pub kind: String,
    /// Rows without error or warning.
    pub tied: usize,
    /// All rows.
    pub all: usize,
}

/// Counts the rows of accepted documents.
pub fn of(plan: Plan<'_>) -> Ties {
    let mut findings: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &plan.batch.findings {
        findings.entry(&finding.document).or_default().push(finding);
    }
    let mut counts: BTreeMap<(Option<Region>, &str), (usize, usize)> = BTreeMap::new();
    for entry in plan.batch.entries.iter().filter(|e| e.outcome.status == Status::Accepted) {
        let subject = &entry.outcome.subject;
        let count = counts.entry((subject.satker, subject.kind.as_deref().unwrap_or_default())).or_default();
        let own = findings.get(entry.source.document.as_str()).map_or(&[][..], Vec::as_slice);
        let (tied, all) = tied(&entry.outcome, own, plan.schemas);
        *count = (count.0 + tied, count.1 + all);
    }
    let row = |(&(satker, kind), &(tied, all)): (&(Option<Region>, &str), &(usize, usize))| Tied {
        satker: satker.map(|s| words::region(plan.regions, s)).unwrap_or_default(),
        kind: words::kind_in_short(plan.schemas, kind).to_owned(),
        tied,
        all,
    };
    let rows: Vec<Tied> = counts.iter().filter(|(_, (_, all))| *all > 0).map(row).collect();
    Ties { tied: rows.iter().map(|r| r.tied).sum(), all: rows.iter().map(|r| r.all).sum(), rows }
}

/// Rows without error or warning, and all rows. n log n in both.
fn tied(outcome: &Outcome, findings: &[&Finding], schemas: &Schemas) -> (usize, usize) {
    let heavy = |code: &str| schemas.rule(code).is_none_or(|r| r.severity != Severity::Info);
    let at_fault = findings.iter().filter(|f| heavy(&f.code));
    let mut spans: Vec<Span> =
        at_fault.flat_map(|f| f.suspect.map(Span::from).into_iter().chain(f.span.filter(|_| f.suspect.is_none()))).collect();
    spans.sort_by_key(|s| (s.from.grid, s.from.row));
    // The furthest row that any finding up to this one reaches on its grid.
    let mut reach: Vec<(u16, u32, u32)> = Vec::with_capacity(spans.len());
    for span in spans {
        let before = reach.last().filter(|r| r.0 == span.from.grid).map_or(0, |r| r.2);
        reach.push((span.from.grid, span.from.row, span.to.row.max(before)));
    }
    let hit = |row: &Span| {
        let up_to = reach.partition_point(|r| (r.0, r.1) <= (row.to.grid, row.to.row));
        up_to.checked_sub(1).and_then(|i| reach.get(i)).is_some_and(|r| r.0 == row.from.grid && r.2 >= row.from.row)
    };
    let rows = || outcome.records.iter().flat_map(|r| &r.rows);
    (rows().filter(|row| !hit(row)).count(), rows().count())
}
