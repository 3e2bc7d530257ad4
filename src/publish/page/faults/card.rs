//! One cause as it is shown: what is wrong, where, what it should be, and the table around it.

use crate::model::schema::Severity;
use crate::model::{Finding, Outcome};
use crate::publish::words;
use crate::publish::workbook::names::short;

use super::super::excerpt::{self, Recalled, Table};
use super::super::{Plan, place};
use super::severity;
use super::sort::Cause;

/// Most further findings that a card lists; they are counted beyond.
const LISTED: usize = 12;

/// One cause.
pub struct Card<'a> {
    /// Its number on the page.
    pub number: usize,
    /// Whether it is unfolded when the page opens.
    pub open: bool,
    /// Key and word of its severity.
    pub severity: (&'static str, &'static str),
    /// Code and name of the office.
    pub satker: (String, String),
    /// All its codes, for the filter.
    pub codes: String,
    /// Code of the main finding and what it means.
    pub code: &'a str,
    /// See `code`.
    pub meaning: &'a str,
    /// How it is mended.
    pub remedy: &'a str,
    /// What is wrong in this case.
    pub message: &'a str,
    /// The file.
    pub document: &'a str,
    /// Where to look in it, in words.
    pub at: String,
    /// The cell that is most likely wrong, in words.
    pub suspect: String,
    /// Found, expected, difference: label and value.
    pub values: Vec<(&'static str, String)>,
    /// The value the suspect should have.
    pub suggestion: String,
    /// How much hangs on it, with its unit.
    pub impact: String,
    /// The table around it.
    pub table: Option<Table>,
    /// Other findings of the same cause: code, what it says, where.
    pub others: Vec<(&'a str, &'a str, String)>,
    /// How many more there are.
    pub more: usize,
}

/// Words a cause.
pub fn of<'a>(plan: Plan<'a>, cause: &Cause<'a>, recalled: &mut Recalled<'a>, (number, open): (usize, bool)) -> Card<'a> {
    let main = cause.main;
    let rule = plan.schemas.rule(&main.code);
    let office = |r| (crate::model::Region::to_string(&r), short(&words::region(plan.regions, r)));
    let at = |f: &Finding| spoken(cause.outcome, f);
    let suspect = cause.outcome.zip(main.suspect).map(|(o, cell)| place::spoken(&o.places, cell.into())).unwrap_or_default();
    Card {
        number,
        open,
        severity: (cause.severity.as_str(), words::severity(cause.severity)),
        satker: main.satker.map(office).unwrap_or_default(),
        codes: codes(plan, cause),
        code: &main.code,
        meaning: rule.map_or("", |r| &r.title),
        remedy: rule.map_or("", |r| &r.remedy),
        message: &main.message,
        document: &main.document,
        at: at(main),
        suspect,
        values: values(main),
        suggestion: figure(main, &main.suggestion),
        impact: impact(cause),
        table: cause.outcome.and_then(|o| excerpt::of(o, main, recalled)),
        others: cause.others.iter().take(LISTED).map(|f| (f.code.as_str(), f.message.as_str(), at(f))).collect(),
        more: cause.others.len().saturating_sub(LISTED),
    }
}

fn spoken(outcome: Option<&Outcome>, finding: &Finding) -> String {
    outcome.zip(finding.span).map(|(o, span)| place::spoken(&o.places, span)).unwrap_or_default()
}

/// Codes of the cause, each once, worst first.
fn codes(plan: Plan<'_>, cause: &Cause<'_>) -> String {
    let mut codes: Vec<(Severity, &str)> =
        cause.others.iter().chain([&cause.main]).map(|f| (severity(plan, f), f.code.as_str())).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.iter().map(|(_, code)| *code).collect::<Vec<_>>().join(" ")
}

fn values(finding: &Finding) -> Vec<(&'static str, String)> {
    let all = [("Tertulis", &finding.found), ("Seharusnya", &finding.expected), ("Selisih", &finding.difference)];
    let stated = all.into_iter().filter(|(_, text)| !text.is_empty());
    stated.map(|(label, text)| (label, figure(finding, text))).collect()
}

/// A number the Indonesian way where the finding compares numbers; a year is none.
fn figure(finding: &Finding, text: &str) -> String {
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && !finding.difference.is_empty());
    number.map_or_else(|| text.to_owned(), |n| words::decimal(n, 4))
}

/// `12 pemilih`, `Rp1.000.000`.
fn impact(cause: &Cause<'_>) -> String {
    let number = words::decimal(cause.impact, 2);
    match cause.subject.unit() {
        _ if cause.impact == 0.0 => String::new(),
        "" => number,
        "rupiah" => format!("Rp{number}"),
        unit => format!("{number} {unit}"),
    }
}
