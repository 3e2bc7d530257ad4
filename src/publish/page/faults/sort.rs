//! Which findings have one cause, what each cause is about, and how much hangs on it.

use std::collections::BTreeMap;

use crate::model::schema::Severity;
use crate::model::{Finding, Origin, Outcome};
use crate::publish::data::rows::entry_of;

use super::super::Plan;
use super::severity;

/// One fault of a document, with everything that was found because of it.
pub struct Cause<'a> {
    /// What it is about.
    pub subject: Subject,
    /// That of its heaviest finding.
    pub severity: Severity,
    /// Its heaviest finding.
    pub main: &'a Finding,
    /// The others.
    pub others: Vec<&'a Finding>,
    /// The document; `None` where it is about none.
    pub outcome: Option<&'a Outcome>,
    /// The largest difference among its findings: voters, rupiah, pieces.
    pub impact: f64,
}

/// What findings are about, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Voters.
    Voters,
    /// Budget and spending.
    Budget,
    /// Supplies.
    Supplies,
    /// Indicators and procedures.
    Performance,
    /// Who sent what, and files as such.
    Delivery,
}

impl Subject {
    /// For links, and in words.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Voters => ("temuan-pemilih", "Data pemilih"),
            Self::Budget => ("temuan-anggaran", "Anggaran dan realisasi"),
            Self::Supplies => ("temuan-logistik", "Logistik"),
            Self::Performance => ("temuan-kinerja", "Kinerja dan prosedur"),
            Self::Delivery => ("temuan-kiriman", "Kiriman dan berkas"),
        }
    }

    /// The unit that differences are counted in.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Voters => "pemilih",
            Self::Budget => "rupiah",
            Self::Supplies => "buah",
            Self::Performance | Self::Delivery => "",
        }
    }

    fn of(code: &str, kind: Option<&str>) -> Self {
        match (code.chars().next(), kind) {
            (Some('A'), _) | (_, None) => Self::Delivery,
            (_, Some("anggaran" | "realisasi")) => Self::Budget,
            (_, Some("logistik")) => Self::Supplies,
            (_, Some("iku" | "sop")) => Self::Performance,
            (_, Some(_)) => Self::Voters,
        }
    }
}

/// All causes: by subject, heaviest severity first, then what changes most voters or rupiah, then in the order of the documents.
pub fn causes(plan: Plan<'_>) -> Vec<Cause<'_>> {
    let mut groups: BTreeMap<(&str, Origin), usize> = BTreeMap::new();
    let mut causes: Vec<Cause<'_>> = Vec::new();
    for finding in &plan.batch.findings {
        let known = finding.suspect.and_then(|cell| {
            let next = causes.len();
            let group = *groups.entry((&finding.document, cell)).or_insert(next);
            (group < next).then_some(group)
        });
        match known.and_then(|group| causes.get_mut(group)) {
            Some(cause) => join(plan, cause, finding),
            None => causes.push(alone(plan, finding)),
        }
    }
    causes.sort_by(|a, b| {
        let order = |c: &Cause<'_>| (c.subject, c.severity);
        order(a).cmp(&order(b)).then(b.impact.total_cmp(&a.impact))
    });
    causes
}

fn alone<'a>(plan: Plan<'a>, finding: &'a Finding) -> Cause<'a> {
    let outcome = entry_of(plan.batch, &finding.document).map(|e| &e.outcome);
    let subject = Subject::of(&finding.code, outcome.and_then(|o| o.subject.kind.as_deref()));
    let (severity, impact) = (severity(plan, finding), impact(finding));
    Cause { subject, severity, main: finding, others: Vec::new(), outcome, impact }
}

fn join<'a>(plan: Plan<'a>, cause: &mut Cause<'a>, finding: &'a Finding) {
    let own = severity(plan, finding);
    cause.impact = cause.impact.max(impact(finding));
    if own < cause.severity {
        cause.severity = own;
        cause.others.insert(0, std::mem::replace(&mut cause.main, finding));
    } else {
        cause.others.push(finding);
    }
}

fn impact(finding: &Finding) -> f64 {
    finding.difference.parse::<f64>().ok().filter(|d| d.is_finite()).map_or(0.0, f64::abs)
}
