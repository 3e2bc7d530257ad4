//! What does not tie: findings of one cause together, by subject, the heaviest first.

mod card;
mod sort;

use std::collections::BTreeMap;

use crate::model::schema::Severity;
use crate::model::{Finding, Region};
use crate::publish::words;
use crate::publish::workbook::names::short;

use super::Plan;
use super::excerpt::Recalled;

pub use card::Card;
use sort::Cause;

/// Most causes shown; all findings stand in the data tables.
const MOST: usize = 10_000;
/// Causes that are unfolded when the page opens.
const OPEN: usize = 3;

/// All that does not tie.
pub struct Faults<'a> {
    /// By subject.
    pub sections: Vec<Section<'a>>,
    /// Offices among them: code and name.
    pub satker: Vec<(String, String)>,
    /// Codes among them: code and what it means.
    pub codes: Vec<(&'a str, &'a str)>,
    /// Severities among them: key, word, how many causes.
    pub severities: Vec<(&'static str, &'static str, usize)>,
    /// Causes in all.
    pub causes: usize,
    /// Findings in all.
    pub findings: usize,
    /// Causes that are not shown.
    pub left_out: usize,
}

/// Causes of one subject.
pub struct Section<'a> {
    /// For links to it.
    pub id: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// How many of which severity, in words.
    pub counts: String,
    /// The causes.
    pub cards: Vec<Card<'a>>,
}

/// Groups, sorts and words the findings of a batch.
pub fn of(plan: Plan<'_>) -> Faults<'_> {
    let causes = sort::causes(plan);
    let counts = |severity| causes.iter().filter(|c| c.severity == severity).count();
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let severities = severities.map(|s| (s.as_str(), words::severity(s), counts(s))).into_iter().filter(|(_, _, n)| *n > 0);
    Faults {
        satker: offices(plan, &causes),
        codes: codes(plan),
        severities: severities.collect(),
        causes: causes.len(),
        findings: plan.batch.findings.len(),
        left_out: causes.len().saturating_sub(MOST),
        sections: sections(plan, &causes),
    }
}

impl Faults<'_> {
    /// How many causes are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.severities.iter().find(|(key, _, _)| *key == severity.as_str()).map_or(0, |(_, _, count)| *count)
    }
}

fn sections<'a>(plan: Plan<'a>, causes: &[Cause<'a>]) -> Vec<Section<'a>> {
    let mut numbered = causes.iter().take(MOST).zip(1..).peekable();
    let mut recalled = Recalled::new(plan.schemas);
    let mut sections = Vec::new();
    while let Some((first, _)) = numbered.peek() {
        let subject = first.subject;
        let mut cards = Vec::new();
        let mut counts: BTreeMap<Severity, usize> = BTreeMap::new();
        while let Some((cause, number)) = numbered.next_if(|(c, _)| c.subject == subject) {
            *counts.entry(cause.severity).or_default() += 1;
            let open = cards.len() < OPEN && cause.severity == Severity::Error;
            cards.push(card::of(plan, cause, &mut recalled, (number, open)));
        }
        let counts: Vec<String> = counts.iter().map(|(s, n)| format!("{n} {}", words::severity(*s))).collect();
        let (id, title) = subject.title();
        sections.push(Section { id, title, counts: counts.join(", "), cards });
    }
    sections
}

/// The offices that findings are about, in code order.
fn offices(plan: Plan<'_>, causes: &[Cause<'_>]) -> Vec<(String, String)> {
    let mut offices: Vec<Region> = causes.iter().filter_map(|c| c.main.satker).collect();
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

/// Severity of a finding.
fn severity(plan: Plan<'_>, finding: &Finding) -> Severity {
    plan.schemas.rule(&finding.code).map_or(Severity::Warning, |r| r.severity)
}
