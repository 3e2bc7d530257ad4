//! One cause as it is shown: what is wrong, where, what it should be, and the table around it.

use crate::consolidate::causes::Cause;
use crate::model::finding::{LISTED as CANDIDATES, stated};
use crate::model::{Explanation, Finding, Outcome, Region, Status};
use crate::publish::data::rows::entry_of;
use crate::publish::workbook::names::short;
use crate::publish::{repairs, words};

use super::super::excerpt::{self, Recalled, Table};
use super::super::{Plan, place};

/// Most further findings that a card lists; they are counted beyond.
const LISTED: usize = 12;

/// One cause.
pub struct Card<'a> {
    /// Its number on the page.
    pub number: usize,
    /// Whether it is unfolded when the page opens.
    pub open: bool,
    /// Code and name of the office.
    pub satker: (String, String),
    /// All its codes, for the filter.
    pub codes: String,
    /// Code of the leading finding and what it means.
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
    /// Found, expected, difference: label and value.
    pub values: Vec<(&'static str, String)>,
    /// What may be behind it, likeliest first.
    pub candidates: Vec<String>,
    /// How much hangs on it, with its unit.
    pub impact: String,
    /// The table around it.
    pub table: Option<Table>,
    /// Other findings of the same cause: code, what it says, where.
    pub others: Vec<(&'a str, &'a str, String)>,
    /// How many more there are.
    pub more: usize,
    /// The folder of what goes back to the office, below the outputs; empty where nothing is asked of it.
    pub folder: String,
    /// Whether more than a message goes back: a marked copy, or a list.
    pub copied: bool,
}

/// Words a cause; `None` for one without findings.
pub fn of<'a>(
    plan: Plan<'a>,
    cause: &Cause,
    recalled: &mut Recalled<'a>,
    (number, open, asked): (usize, bool, bool),
) -> Option<Card<'a>> {
    let lead = cause.lead(plan.batch)?;
    let rule = plan.schemas.rule(&lead.code);
    let outcome = entry_of(plan.batch, &lead.document).map(|e| &e.outcome);
    let office = |r: Region| (r.to_string(), short(&words::region(plan.regions, r)));
    let others: Vec<&Finding> = cause.findings.iter().skip(1).filter_map(|&n| plan.batch.findings.get(n)).collect();
    Some(Card {
        number,
        open,
        satker: lead.satker.map(office).unwrap_or_default(),
        codes: codes(plan, cause),
        code: &lead.code,
        meaning: rule.map_or("", |r| &r.title),
        remedy: rule.map_or("", |r| &r.remedy),
        message: said(lead),
        document: &lead.document,
        at: spoken(outcome, lead),
        values: values(plan, lead),
        candidates: outcome.map(|o| candidates(o, lead, cause)).unwrap_or_default(),
        impact: cause.impact.words(|n| words::decimal(n, 2)),
        table: outcome.and_then(|o| excerpt::of(o, lead, recalled)),
        others: others.iter().take(LISTED).map(|f| (f.code.as_str(), said(f), spoken(outcome, f))).collect(),
        folder: if asked { format!("perbaikan/{}", repairs::folder(lead.satker)) } else { String::new() },
        copied: outcome.is_some_and(|o| o.status == Status::Accepted),
        more: others.len().saturating_sub(CANDIDATES),
    })
}

/// The message without what it says about possible causes: the card lists those in words of its own.
fn said(finding: &Finding) -> &str {
    if finding.explanations.is_empty() { &finding.message } else { stated(&finding.message) }
}

fn spoken(outcome: Option<&Outcome>, finding: &Finding) -> String {
    outcome.zip(finding.span).map(|(o, span)| place::spoken(&o.places, span)).unwrap_or_default()
}

/// Codes of the cause, each once, in the order of its findings.
fn codes(plan: Plan<'_>, cause: &Cause) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for finding in cause.all(plan.batch) {
        if !codes.contains(&finding.code.as_str()) {
            codes.push(&finding.code);
        }
    }
    codes.join(" ")
}

fn values(plan: Plan<'_>, finding: &Finding) -> Vec<(&'static str, String)> {
    let all = [("Tertulis", &finding.found), ("Seharusnya", &finding.expected), ("Selisih", &finding.difference)];
    let stated = all.into_iter().filter(|(_, text)| !text.is_empty());
    stated.map(|(label, text)| (label, kinds(plan, text).unwrap_or_else(|| figure(finding, text)))).collect()
}

/// Kinds of documents as officials call them; `None` for anything else.
fn kinds(plan: Plan<'_>, text: &str) -> Option<String> {
    let known = |name| plan.schemas.kind(name).map(|kind| kind.label.as_str());
    text.split_whitespace().map(known).collect::<Option<Vec<&str>>>().map(|kinds| kinds.join(", "))
}

/// A number the Indonesian way where the finding compares numbers; a year is none.
fn figure(finding: &Finding, text: &str) -> String {
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && !finding.difference.is_empty());
    number.map_or_else(|| text.to_owned(), |n| words::decimal(n, 4))
}

/// `lembar Rekap, sel F11: 20.248 menjadi 20.247 (satu angka salah)`.
fn candidates(outcome: &Outcome, lead: &Finding, cause: &Cause) -> Vec<String> {
    let explanations = &cause.explanations;
    if let (true, Some(cell)) = (explanations.is_empty(), lead.suspect) {
        let value = figure(lead, &lead.suggestion);
        let value = if value.is_empty() { value } else { format!(" menjadi {value}") };
        return vec![format!("{}{value}", place::spoken(&outcome.places, cell.into()))];
    }
    let told = |e: &Explanation| {
        let change = |c: &crate::model::Change| {
            let (found, value) = (words::decimal(c.found, 4), words::decimal(c.value, 4));
            format!("{}: {found} menjadi {value}", place::spoken(&outcome.places, c.cell.into()))
        };
        if let Some((span, way)) = e.block() {
            return format!("angka di {} berada satu baris terlalu {way}", place::spoken(&outcome.places, span));
        }
        let cells = e.cells.iter().map(change).collect::<Vec<_>>().join("; bersama ");
        e.slip.map_or_else(|| cells.clone(), |slip| format!("{cells} ({})", slip.words()))
    };
    let more = explanations.len().saturating_sub(CANDIDATES) + cause.unlisted;
    let rest = (more > 0).then(|| format!("dan {more} kemungkinan lain"));
    explanations.iter().take(CANDIDATES).map(told).chain(rest).collect()
}
