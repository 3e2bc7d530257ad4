//! What is known about a figure's cell: its document, what is printed there, and which findings stand at it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::consolidate::book::{Earlier, Figure};
use crate::consolidate::{Consolidated, raw_texts};
use crate::model::schema::Severity;
use crate::model::{Finding, Origin, Region, Schemas};

use super::ledger::{Flaw, Paper, Published, Source};

/// Rows of a finding's rectangle up to which it is filed row by row.
const TALL: u32 = 256;

/// Evidence of one batch.
#[derive(Debug)]
pub struct Evidence<'a> {
    batch: &'a Consolidated,
    earlier: &'a [Earlier],
    documents: HashMap<usize, Known<'a>>,
}

/// What is known of one document.
#[derive(Debug, Default)]
struct Known<'a> {
    /// Printed texts that differ from the plain number.
    raw: HashMap<Origin, &'a str>,
    /// Its findings with their severity.
    findings: Vec<(&'a Finding, Severity)>,
    /// Findings by grid and row.
    rows: HashMap<(u16, u32), Vec<usize>>,
    /// Findings over many rows.
    tall: Vec<usize>,
}

/// How often each code was found, errors before warnings before remarks.
pub type Codes = BTreeMap<(Severity, String), usize>;

impl<'a> Evidence<'a> {
    /// Files what is known of the entries that figures are read from.
    #[must_use]
    pub fn new(batch: &'a Consolidated, schemas: &Schemas, earlier: &'a [Earlier], entries: &BTreeSet<usize>) -> Self {
        let mut documents: HashMap<usize, Known<'a>> = HashMap::new();
        let mut by_document: HashMap<&str, usize> = HashMap::new();
        for &number in entries {
            let Some(entry) = batch.entries.get(number) else { continue };
            by_document.insert(&entry.source.document, number);
            documents.entry(number).or_default().raw = raw_texts(&entry.outcome);
        }
        for finding in &batch.findings {
            let Some(known) = by_document.get(finding.document.as_str()).and_then(|n| documents.get_mut(n)) else { continue };
            let severity = schemas.severity(finding);
            known.file(finding, severity);
        }
        Self { batch, earlier, documents }
    }

    /// A figure of this batch, ready to be published.
    #[must_use]
    pub fn published(&self, figure: &Figure) -> Option<Published<'a>> {
        let entry = self.batch.entries.get(figure.entry)?;
        let (source, outcome) = (&entry.source, &entry.outcome);
        let batch = &self.batch.config.name;
        let paper = Paper { batch, document: &source.document, sha256: &outcome.sha256, places: &outcome.places };
        let known = self.documents.get(&figure.entry);
        let raw = figure.origin.and_then(|o| known?.raw.get(&o).copied());
        let wrong = figure.origin.is_some_and(|o| known.is_some_and(|s| s.at(o).any(|(_, sev)| sev == Severity::Error)));
        let flaw = if wrong { Flaw::Error } else { Flaw::None };
        Some(Published { value: figure.value, source: Source::Read { paper, origin: figure.origin, raw }, flaw })
    }

    /// The sum of figures of this batch, ready to be published; the figure itself where it is one.
    #[must_use]
    pub fn added(&self, value: f64, figures: &[Figure]) -> Option<Published<'a>> {
        let mut parts: Vec<Published<'a>> = figures.iter().filter_map(|f| self.published(f)).collect();
        if parts.len() <= 1 {
            return parts.pop();
        }
        let flaw = parts.iter().map(|p| p.flaw).max().unwrap_or_default();
        Some(Published { value, source: Source::Added(parts), flaw })
    }

    /// A figure of the period before.
    #[must_use]
    pub fn published_before(&self, figure: &Figure) -> Option<Published<'a>> {
        let earlier = self.earlier.get(figure.entry)?;
        let paper =
            Paper { batch: &earlier.batch, document: &earlier.document, sha256: &earlier.sha256, places: &earlier.places };
        Some(Published {
            value: figure.value,
            source: Source::Read {
                paper,
                origin: figure.origin,
                raw: figure.origin.and_then(|o| earlier.raw.get(&o)).map(AsRef::as_ref),
            },
            flaw: Flaw::None,
        })
    }

    /// Codes found at the cells of these figures, and at the names of the regions in their rows.
    #[must_use]
    pub fn codes<'f>(&self, figures: impl Iterator<Item = &'f Figure>) -> Codes {
        let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut codes = Codes::new();
        for figure in figures {
            let (Some(known), Some(origin)) = (self.documents.get(&figure.entry), figure.origin) else { continue };
            for &i in known.on_row(origin) {
                let Some(&(finding, severity)) = known.findings.get(i) else { continue };
                let names_the_row = finding.code.starts_with('W');
                if (names_the_row || touches(finding, origin)) && seen.insert((figure.entry, i)) {
                    *codes.entry((severity, finding.code.clone())).or_default() += 1;
                }
            }
        }
        codes
    }

    /// All codes found in a document.
    #[must_use]
    pub fn codes_of_document(&self, entry: usize) -> Codes {
        let mut codes = Codes::new();
        for (finding, severity) in self.documents.get(&entry).map_or(&[][..], |s| &s.findings) {
            *codes.entry((*severity, finding.code.clone())).or_default() += 1;
        }
        codes
    }

    /// Number of error findings in the documents that figures were read from.
    #[must_use]
    pub fn errors(&self) -> usize {
        let errors = |known: &Known<'_>| known.findings.iter().filter(|(_, s)| *s == Severity::Error).count();
        self.documents.values().map(errors).sum()
    }

    /// Codes of findings about a region that belong to no document, such as nothing having been sent.
    #[must_use]
    pub fn codes_of_region(&self, schemas: &Schemas, region: Region) -> Codes {
        let mut codes = Codes::new();
        for finding in self.batch.findings.iter().filter(|f| f.document.is_empty() && f.satker == Some(region)) {
            let severity = schemas.severity(finding);
            *codes.entry((severity, finding.code.clone())).or_default() += 1;
        }
        codes
    }
}

impl<'a> Known<'a> {
    fn file(&mut self, finding: &'a Finding, severity: Severity) {
        let number = self.findings.len();
        self.findings.push((finding, severity));
        let spans = finding.span.into_iter().chain(finding.suspect.map(Into::into));
        for span in spans {
            if span.to.row.saturating_sub(span.from.row) >= TALL {
                self.tall.push(number);
                continue;
            }
            for row in span.from.row..=span.to.row {
                self.rows.entry((span.from.grid, row)).or_default().push(number);
            }
        }
    }

    /// Findings that reach the row of a cell.
    fn on_row(&self, cell: Origin) -> impl Iterator<Item = &usize> {
        self.rows.get(&(cell.grid, cell.row)).into_iter().flatten().chain(&self.tall)
    }

    /// Findings at a cell.
    fn at(&self, cell: Origin) -> impl Iterator<Item = (&'a Finding, Severity)> {
        self.on_row(cell).filter_map(|&i| self.findings.get(i).copied()).filter(move |(f, _)| touches(f, cell))
    }
}

/// Whether a finding speaks of a cell.
fn touches(finding: &Finding, cell: Origin) -> bool {
    finding.suspect == Some(cell) || finding.span.is_some_and(|s| s.holds(cell))
}

/// Codes as a remark beside a row: `Kesalahan: D01, D02 (2). Peringatan: P01.` Remarks for the record are left out.
#[must_use]
pub fn told(codes: &Codes) -> String {
    let mut text = String::new();
    for (severity, word) in [(Severity::Error, "Kesalahan"), (Severity::Warning, "Peringatan")] {
        let list: Vec<String> = codes
            .iter()
            .filter(|((s, _), _)| *s == severity)
            .map(|((_, code), &count)| if count > 1 { format!("{code} ({count})") } else { code.clone() })
            .collect();
        if !list.is_empty() {
            if !text.is_empty() {
                text.push(' ');
            }
            let _ = write!(text, "{word}: {}.", list.join(", "));
        }
    }
    text
}

/// Whether an error is among the codes.
#[must_use]
pub fn has_error(codes: &Codes) -> bool {
    codes.keys().any(|(s, _)| *s == Severity::Error)
}
