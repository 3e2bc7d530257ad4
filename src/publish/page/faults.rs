//! What does not tie: findings of one cause together, in the order in which everything lists them, by severity.

mod card;

use crate::consolidate::causes::Cause;
use crate::model::Region;
use crate::model::schema::Severity;
use crate::publish::words;
use crate::publish::workbook::names::short;

use super::Plan;
use super::excerpt::Recalled;

pub use card::Card;

/// Most causes shown; all findings stand in the data tables.
const MOST: usize = 10_000;
/// Causes that are unfolded when the page opens.
const OPEN: usize = 3;

/// All that does not tie.
pub struct Faults<'a> {
    /// By severity.
    pub sections: Vec<Section<'a>>,
    /// Offices among them: code and name.
    pub satker: Vec<(String, String)>,
    /// Codes among them: code and what it means.
    pub codes: Vec<(&'a str, &'a str)>,
    /// Causes in all.
    pub causes: usize,
    /// Findings in all.
    pub findings: usize,
    /// Causes that are not shown.
    pub left_out: usize,
}

/// Causes of one severity.
pub struct Section<'a> {
    /// Its key.
    pub severity: Severity,
    /// Its name in a heading.
    pub title: &'static str,
    /// How many causes there are, shown or not.
    pub count: usize,
    /// Those that are shown.
    pub cards: Vec<Card<'a>>,
}

/// Words the findings of a batch.
pub fn of(plan: Plan<'_>) -> Faults<'_> {
    let causes = plan.batch.causes(plan.schemas);
    Faults {
        satker: offices(plan, &causes),
        codes: codes(plan),
        causes: causes.len(),
        findings: plan.batch.findings.len(),
        left_out: causes.len().saturating_sub(MOST),
        sections: sections(plan, &causes),
    }
}

impl Faults<'_> {
    /// How many causes are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.sections.iter().find(|s| s.severity == severity).map_or(0, |s| s.count)
    }
}

impl Section<'_> {
    /// Its severity in a word.
    pub const fn word(&self) -> &'static str {
        words::severity(self.severity)
    }
}

fn sections<'a>(plan: Plan<'a>, causes: &[Cause]) -> Vec<Section<'a>> {
    let mut recalled = Recalled::new(plan.schemas);
    let mut first = 0;
    let mut sections = Vec::new();
    for same in causes.chunk_by(|a, b| a.severity == b.severity) {
        let shown = same.iter().take(MOST.saturating_sub(first));
        let mut card = |(place, cause): (usize, &Cause)| {
            let open = place < OPEN && cause.severity == Severity::Error;
            card::of(plan, cause, &mut recalled, (first + place + 1, open))
        };
        let cards: Vec<Card<'a>> = shown.enumerate().filter_map(&mut card).collect();
        let severity = same[0].severity;
        let title = match severity {
            Severity::Error => "Kesalahan: harus diperbaiki",
            Severity::Warning => "Peringatan: perlu dilihat",
            Severity::Info => "Informasi: untuk dicatat",
        };
        sections.push(Section { severity, title, count: same.len(), cards });
        first += same.len();
    }
    sections
}

/// The offices that findings are about, in code order.
fn offices(plan: Plan<'_>, causes: &[Cause]) -> Vec<(String, String)> {
    let mut offices: Vec<Region> = causes.iter().filter_map(|c| c.lead(plan.batch)?.satker).collect();
    offices.sort_unstable();
    offices.dedup();
    offices.iter().map(|&o| (o.to_string(), short(&words::region(plan.regions, o)))).collect()
}

/// The codes of all findings with their meaning.
fn codes(plan: Plan<'_>) -> Vec<(&str, &str)> {
    let mut codes: Vec<&str> = plan.batch.findings.iter().map(|f| f.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.iter().map(|&code| (code, plan.schemas.rule(code).map_or("", |r| r.title.as_str()))).collect()
}
