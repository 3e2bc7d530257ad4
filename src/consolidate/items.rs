//! What is asked of the senders: one item per fault that an office can mend, with the cell to look at.
//!
//! An item is known by what it is about (rule, office, kind, period, region and column of the figure), not by where it stood, so it is
//! recognised again in a later version of the document, even where its rows have moved.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::model::document::plain_number;
use crate::model::finding::{LISTED, afterwards};
use crate::model::schema::Severity;
use crate::model::{Accepted, Finding, Origin, Outcome, Records, Region, Schemas, Span, Status};

use super::{Cause, Consolidated, Entry};

/// Findings that the office which consolidates settles itself: nobody else can do anything about them.
const NOT_ASKED: [&str; 6] = ["A03", "A05", "A08", "A10", "A12", "A13"];

/// Larger areas are told by their first cell.
const MOST_MARKED: u32 = 200;

/// More do not fit into one cell of the list that goes back.
const MOST_SEALS: usize = 2000;

/// One thing an office is asked to mend or explain.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Known by this in every version of the document: eight hexadecimal digits.
    pub key: String,
    /// Keys of all findings that would be settled with it.
    pub keys: Vec<String>,
    /// A warning's findings with their values: an answer that accepts it speaks of these, and of no others. Empty for an error.
    pub seals: Vec<String>,
    /// Whose it is.
    pub satker: Option<Region>,
    /// The document: number of an entry; `None` where nothing was sent.
    pub entry: Option<usize>,
    /// The findings and what may be behind them.
    pub cause: Cause,
    /// Codes of the findings, the leading one first, each once.
    pub codes: Vec<String>,
    /// The cell to look at first.
    pub cell: Option<Origin>,
    /// That cell, or the area where there is no single one, as the contract writes it; empty for the document as a whole.
    pub locator: String,
    /// What stands there.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// Their difference, where both are numbers.
    pub difference: String,
    /// The value the blamed cell should have; empty where no single cell is blamed.
    pub suggestion: String,
    /// What is wrong, in sentences.
    pub says: String,
    /// Cells to be marked: those blamed first, then those that do not fit.
    pub marks: Vec<Mark>,
    /// Why it is accepted, where it is; then nothing is asked of anybody.
    pub accepted: Option<Accepted>,
}

/// A marked area of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub area: Span,
    /// This cell is blamed; otherwise it is one that does not fit.
    pub blamed: bool,
}

impl Item {
    /// Whether it is an error; only warnings can be accepted with a reason.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.cause.severity == Severity::Error
    }
}

impl Consolidated {
    /// Everything that offices are asked for, in the order of [`Consolidated::causes`]. Nothing but the request to send it anew is asked
    /// about a document with personal data, and nothing at all about one that was replaced.
    #[must_use]
    pub fn items(&self, schemas: &Schemas) -> Vec<Item> {
        let number: HashMap<&str, usize> = self.entries.iter().zip(0..).map(|(e, n)| (e.source.document.as_str(), n)).collect();
        let mut meanings: HashMap<usize, Meanings> = HashMap::new();
        let mut items = Vec::new();
        for cause in self.causes(schemas) {
            let Some(lead) = cause.lead(self) else { continue };
            if cause.severity == Severity::Info || NOT_ASKED.contains(&lead.code.as_str()) {
                continue;
            }
            let entry = number.get(lead.document.as_str()).copied();
            let outcome = entry.and_then(|n| self.entries.get(n)).map(|e| &e.outcome);
            if outcome.is_some_and(|o| matches!(o.status, Status::Superseded | Status::Unrecognised)) {
                continue;
            }
            let meanings =
                entry.and_then(|n| self.entries.get(n).map(|e| &*meanings.entry(n).or_insert_with(|| Meanings::of(&e.outcome))));
            let item = item(self, cause.clone(), entry, meanings);
            if item.accepted.is_none() {
                items.push(item);
            }
        }
        items
    }
}

fn item(batch: &Consolidated, cause: Cause, entry: Option<usize>, meanings: Option<&Meanings>) -> Item {
    let findings: Vec<&Finding> = cause.all(batch).collect();
    let of = entry.and_then(|n| batch.entries.get(n));
    let mut keys: Vec<String> = findings.iter().map(|f| key(f, of, meanings)).collect();
    let mut codes: Vec<String> = Vec::new();
    for finding in &findings {
        if !codes.contains(&finding.code) {
            codes.push(finding.code.clone());
        }
    }
    let blank = Finding::default();
    let lead = findings.first().copied().unwrap_or(&blank);
    let blamed: Vec<_> = match cause.explanations.as_slice() {
        [only] => only.cells.clone(),
        _ => Vec::new(),
    };
    let suspect = blamed.first().filter(|_| blamed.len() == 1);
    let cell = suspect.map(|c| c.cell).or(lead.suspect).or(lead.span.map(|s| s.from));
    let area = suspect.map(|c| c.cell).or(lead.suspect).map(Span::from).or(lead.span);
    let locate = |span: Span| of.map_or_else(String::new, |e| e.outcome.places.locator(span));
    let [found, expected, difference] = match suspect {
        Some(c) => [c.found, c.value, c.found - c.value].map(|n| plain_number((n * 1e6).round() / 1e6)),
        None => [&lead.found, &lead.expected, &lead.difference].map(Clone::clone),
    };
    let marks = marks(&findings, &cause);
    let accepted = findings.iter().map(|f| f.accepted.clone()).collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().next());
    let key = keys.first().cloned().unwrap_or_default();
    let sealed = findings.iter().zip(&keys).filter(|_| cause.severity != Severity::Error).take(MOST_SEALS);
    let seals = sealed.map(|(finding, key)| seal(finding, key)).collect();
    keys.sort();
    keys.dedup();
    Item {
        key,
        keys,
        seals,
        satker: lead.satker,
        entry,
        codes,
        cell,
        locator: area.map(locate).unwrap_or_default(),
        found,
        expected,
        difference,
        suggestion: lead.suggestion.clone(),
        says: says(&findings, &|span| of.map_or_else(String::new, |e| e.outcome.places.told(span))),
        marks,
        accepted,
        cause,
    }
}

/// The leading finding's message, and which other findings would be settled with it.
fn says(findings: &[&Finding], locate: &dyn Fn(Span) -> String) -> String {
    let Some((lead, others)) = findings.split_first() else { return String::new() };
    let mut text = lead.message.clone();
    let mut shown: Vec<String> = Vec::new();
    for finding in others {
        let place = finding.span.map(locate).unwrap_or_default();
        let one = format!("{} {place}", finding.code);
        if !shown.contains(&one) {
            shown.push(one);
        }
    }
    let more = shown.len().saturating_sub(8);
    shown.truncate(8);
    if !shown.is_empty() {
        let _ = write!(text, "{}{}", afterwards::AFFECTED, shown.join(", "));
        if more > 0 {
            let _ = write!(text, " dan {more} lainnya");
        }
        text.push('.');
    }
    text
}

/// Of a tie no cell is blamed, but all that are told are marked.
fn marks(findings: &[&Finding], cause: &Cause) -> Vec<Mark> {
    let certain = cause.explanations.len() == 1;
    let candidates =
        cause.explanations.iter().take(LISTED).flat_map(|e| &e.cells).map(|c| Mark { area: c.cell.into(), blamed: certain });
    let suspects = findings.iter().filter_map(|f| f.suspect).map(|cell| Mark { area: cell.into(), blamed: true });
    let places = findings.iter().filter_map(|f| f.span).map(|area| {
        let size = (area.to.row - area.from.row + 1).saturating_mul(u32::from(area.to.col - area.from.col) + 1);
        Mark { area: if size > MOST_MARKED { area.from.into() } else { area }, blamed: false }
    });
    let mut marks: Vec<Mark> = Vec::new();
    for mark in suspects.chain(candidates).chain(places) {
        if !marks.iter().any(|m| m.area == mark.area) {
            marks.push(mark);
        }
    }
    marks
}

/// What figures are about, by their cells: table, region, reason, column.
#[derive(Debug, Default)]
pub struct Meanings(HashMap<Origin, String>);

impl Meanings {
    /// Of the cells that a document's findings name. Linear in its figures, but words are made for those cells only.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        let blamed = outcome.findings.iter().flat_map(|f| &f.explanations).flat_map(|e| &e.cells).map(|c| c.cell);
        let places = outcome.findings.iter().flat_map(|f| f.span.map(|s| s.from).into_iter().chain(f.suspect));
        let wanted: HashSet<Origin> = blamed.chain(places).collect();
        let mut all = HashMap::new();
        figures(outcome, &|cell| wanted.contains(&cell), |cell, about, _| {
            all.entry(cell).or_insert(about);
        });
        Self(all)
    }

    /// What the cell is about; `None` where it holds no figure that was used.
    #[must_use]
    pub fn at(&self, cell: Origin) -> Option<&str> {
        self.0.get(&cell).map(String::as_str)
    }
}

/// Hands out the wanted cells of all tables with what they are about, and their number where they hold one.
pub(super) fn figures(outcome: &Outcome, wanted: &dyn Fn(Origin) -> bool, mut out: impl FnMut(Origin, String, Option<f64>)) {
    let tables = outcome.records.iter().map(|r| (r, "")).chain(outcome.printed.iter().map(|r| (r, "jumlah ")));
    for (records, what) in tables {
        for row in 0..records.len() {
            let mut said: Option<String> = None;
            for column in &records.columns {
                if let Some(cell) = column.origin(row).filter(|&cell| wanted(cell)) {
                    let said = said.get_or_insert_with(|| about(records, row));
                    out(cell, format!("{what}{}|{said}|{}", records.table, column.name), column.number(row));
                }
            }
        }
    }
}

/// What makes a row this row, whatever line it stands in.
pub(super) fn about(records: &Records, row: usize) -> String {
    const NAMED: [&str; 12] =
        ["pemilihan", "tahap", "jenis", "region", "region_name", "alasan", "path", "uraian", "barang", "no", "kelompok", "unit"];
    let said = NAMED.iter().filter_map(|name| records.index(name).and_then(|column| records.shown(row, column)));
    said.collect::<Vec<_>>().join("/")
}

/// Key of a finding: the same in every version of a document that breaks the same rule for the same figure.
pub(super) fn key(finding: &Finding, entry: Option<&Entry>, meanings: Option<&Meanings>) -> String {
    let subject = entry.map(|e| &e.outcome.subject);
    let single = finding.span.filter(|s| s.from == s.to).and_then(|s| meanings?.at(s.from));
    let place = match (single, entry, finding.span) {
        (Some(meaning), ..) => meaning.to_owned(),
        (None, Some(entry), Some(span)) => entry.outcome.places.locator(span),
        _ => String::new(),
    };
    let kind = subject.and_then(|s| s.kind.clone()).unwrap_or_default();
    let satker = finding.satker.or(subject.and_then(|s| s.satker)).map(|s| s.to_string()).unwrap_or_default();
    let period = finding.period.or(subject.and_then(|s| s.period)).map(|p| p.to_string()).unwrap_or_default();
    short_hash(&[&finding.code, &satker, &kind, &period, &place])
}

/// A finding with its values: another value, another word.
pub(super) fn seal(finding: &Finding, key: &str) -> String {
    short_hash(&[key, &finding.found, &finding.expected])
}

/// Eight hexadecimal digits of the SHA-256 of some texts.
fn short_hash(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
    digest.iter().take(4).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
