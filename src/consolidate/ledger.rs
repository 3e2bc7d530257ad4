//! Versions of documents with what was asked about each: the memory that lets the next version be compared with the one before.
//!
//! It is made anew from the documents themselves: those of earlier batches, and those that a later version in the same folder replaces.
//! Only where a file was overwritten in place nothing is left of the old one; therefore the versions of a batch are also written into its
//! outputs (`perbaikan/riwayat.json`) and read back by the next run. The same inputs add nothing to it, so they give the same bytes.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::{Origin, Reply, Schemas, Status};

use super::items::{Item, Meanings, about, figures, key};
use super::setting::period_of;
use super::{Consolidated, Entry};

/// Most figures that are kept of one version.
pub const MOST: usize = 20_000;

/// One version of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The batch it came with.
    pub batch: String,
    /// Path below the batch folder.
    pub document: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Whose it is.
    pub satker: String,
    /// Of what kind.
    pub kind: String,
    /// About which period.
    pub period: String,
    /// SHA-256 of all its figures, whatever the file around them.
    pub figures_sha256: String,
    /// What was asked about it.
    pub items: Vec<Asked>,
    /// Its figures beside the items.
    pub figures: Vec<Figure>,
    /// What the office answered in the list that came back with it.
    pub replies: Vec<Reply>,
    /// Keys of the findings that are accepted with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<String>,
}

/// An item of a version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Its key.
    pub key: String,
    /// Keys of all findings that belong to it.
    pub keys: Vec<String>,
    /// Their codes.
    pub codes: Vec<String>,
    /// Where to look.
    pub locator: String,
    /// What stood there.
    pub found: String,
    /// What should have stood there.
    pub expected: String,
    /// Their difference.
    pub difference: String,
    /// The value proposed.
    pub suggestion: String,
    /// What the blamed cell is about, or the cell to look at.
    pub about: String,
    /// Whether a single cell was blamed.
    pub blamed: bool,
    /// Its cells: grid, row, column.
    pub cells: Vec<(u16, u32, u16)>,
}

/// A figure of a version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it is about.
    pub about: String,
    /// Its value.
    pub value: f64,
    /// Grid, row, column.
    pub cell: (u16, u32, u16),
}

/// The file in the outputs of a batch.
#[derive(Debug, Default, Serialize, Deserialize)]
struct File {
    versions: Vec<Version>,
}

impl Version {
    /// Whether both are versions of the same delivery.
    #[must_use]
    pub fn is_of(&self, other: &Self) -> bool {
        (&self.satker, &self.kind, &self.period) == (&other.satker, &other.kind, &other.period)
    }

    /// Whether it was asked about one of the findings of this item.
    #[must_use]
    pub fn asks(&self, item: &Asked) -> bool {
        self.items.iter().any(|own| own.shares(item))
    }

    /// The value of what is named so, where it was kept.
    #[must_use]
    pub fn figure(&self, about: &str) -> Option<f64> {
        self.figures.iter().find(|f| f.about == about).map(|f| f.value)
    }

    /// Whether both are one file in one place.
    #[must_use]
    pub fn is_same_file(&self, other: &Self) -> bool {
        (&self.batch, &self.document, &self.sha256) == (&other.batch, &other.document, &other.sha256)
    }
}

impl Asked {
    /// Whether both speak of one finding.
    #[must_use]
    pub fn shares(&self, other: &Self) -> bool {
        self.keys.iter().any(|key| other.keys.contains(key))
    }
}

/// Adds versions that are not known yet.
pub fn add(known: &mut Vec<Version>, more: impl IntoIterator<Item = Version>) {
    for version in more {
        match known.iter_mut().find(|v| v.is_same_file(&version)) {
            Some(old) => *old = version,
            None => known.push(version),
        }
    }
}

/// Reads the file of a batch; nothing where it is none of ours.
#[must_use]
pub fn parse(text: &str, batch: &str) -> Vec<Version> {
    let file: File = serde_json::from_str(text).unwrap_or_default();
    file.versions.into_iter().filter(|v| v.batch == batch).collect()
}

/// The text of the file: all versions of one batch.
#[must_use]
pub fn text(versions: &[Version], batch: &str) -> String {
    let file = File { versions: versions.iter().filter(|v| v.batch == batch).cloned().collect() };
    serde_json::to_string(&file).unwrap_or_default() + "\n"
}

/// The versions of the accepted documents of a batch. `known` says whether an earlier version of a delivery is known: then all its
/// figures are kept for the comparison.
#[must_use]
pub fn versions(batch: &Consolidated, schemas: &Schemas, known: &[Version]) -> Vec<Version> {
    let mut items: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
    for item in batch.items(schemas) {
        items.entry(item.entry.unwrap_or(usize::MAX)).or_default().push(item);
    }
    let accepted = batch.entries.iter().enumerate().filter(|(_, e)| e.outcome.status == Status::Accepted);
    accepted.map(|(number, entry)| version(batch, entry, items.get(&number).map_or(&[], Vec::as_slice), known)).collect()
}

fn version(batch: &Consolidated, entry: &Entry, items: &[Item], known: &[Version]) -> Version {
    let subject = &entry.outcome.subject;
    let meanings = Meanings::of(&entry.outcome);
    let accepted = entry.outcome.findings.iter().filter(|f| f.accepted.is_some());
    let mut version = Version {
        batch: batch.config.name.clone(),
        document: entry.source.document.clone(),
        sha256: entry.outcome.sha256.clone(),
        satker: subject.satker.map(|s| s.to_string()).unwrap_or_default(),
        kind: subject.kind.clone().unwrap_or_default(),
        period: period_of(entry, &batch.config).map(|p| p.to_string()).unwrap_or_default(),
        items: items.iter().map(|item| asked(item, &meanings)).collect(),
        replies: entry.outcome.replies.clone(),
        accepted: accepted.map(|f| key(f, Some(entry), Some(&meanings))).collect(),
        ..Version::default()
    };
    let again = known.iter().any(|v| v.is_of(&version) && !v.is_same_file(&version));
    if again || !version.items.is_empty() {
        version.figures = beside(entry, &version.items, again);
        version.figures_sha256 = digest(entry);
    }
    version
}

fn asked(item: &Item, meanings: &Meanings) -> Asked {
    Asked {
        key: item.key.clone(),
        keys: item.keys.clone(),
        codes: item.codes.clone(),
        locator: item.locator.clone(),
        found: item.found.clone(),
        expected: item.expected.clone(),
        difference: item.difference.clone(),
        suggestion: item.suggestion.clone(),
        about: item.cell.and_then(|c| meanings.at(c)).map(str::to_owned).unwrap_or_default(),
        blamed: !item.suggestion.is_empty(),
        cells: item.marks.iter().map(|m| m.area.from).map(|c| (c.grid, c.row, c.col)).collect(),
    }
}

/// The figures in the rows and columns of the items, or all of them; each meaning once.
fn beside(entry: &Entry, items: &[Asked], all: bool) -> Vec<Figure> {
    let cells: Vec<(u16, u32, u16)> = items.iter().flat_map(|i| i.cells.iter().copied()).collect();
    let rows: HashSet<(u16, u32)> = cells.iter().map(|c| (c.0, c.1)).collect();
    let columns: HashSet<(u16, u16)> = cells.iter().map(|c| (c.0, c.2)).collect();
    let wanted = |cell: Origin| all || rows.contains(&(cell.grid, cell.row)) || columns.contains(&(cell.grid, cell.col));
    let mut kept: BTreeMap<String, Figure> = BTreeMap::new();
    figures(&entry.outcome, &wanted, |cell, about, value| {
        if let Some(value) = value.filter(|_| kept.len() < MOST) {
            let cell = (cell.grid, cell.row, cell.col);
            kept.entry(about.clone()).or_insert(Figure { about, value, cell });
        }
    });
    kept.into_values().collect()
}

/// SHA-256 of all figures, row by row.
fn digest(entry: &Entry) -> String {
    let mut hash = Sha256::new();
    for records in entry.outcome.records.iter().chain(&entry.outcome.printed) {
        for row in 0..records.len() {
            hash.update(about(records, row).as_bytes());
            for value in records.columns.iter().map(|c| c.number(row)) {
                hash.update(value.unwrap_or(f64::NAN).to_le_bytes());
            }
        }
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether two cells stand in one row or one column of a sheet.
#[must_use]
pub const fn is_beside(a: (u16, u32, u16), b: (u16, u32, u16)) -> bool {
    a.0 == b.0 && (a.1 == b.1 || a.2 == b.2)
}
