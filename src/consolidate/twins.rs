//! A05: the same figures sent as a workbook and as paper (PDF). Only one of the two is counted; where they do not say the same, both
//! are told, cell by cell, because nobody but the office knows which of them is right.

use std::collections::BTreeMap;

use crate::model::document::plain_number;
use crate::model::record::Type;
use crate::model::{Finding, Format, Origin, Period, Records, Row};

use super::duplicates::about;
use super::rows::differ;
use super::setting::period_of;
use super::{BatchConfig, Entry, Region};

/// Most differences said of one pair; beyond that the two are different tables.
const MOST: usize = 200;

/// Findings by number of the entry they belong to. To be asked before any document is set aside: what counts then is decided elsewhere.
#[must_use]
pub fn compare(entries: &[Entry], config: &BatchConfig) -> Vec<(usize, Finding)> {
    let mut groups: BTreeMap<(Region, &str, Option<Period>), Vec<usize>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        let subject = &entry.outcome.subject;
        if let (Some(satker), Some(kind), false) = (subject.satker, subject.kind.as_deref(), entry.outcome.records.is_empty()) {
            groups.entry((satker, kind, period_of(entry, config))).or_default().push(number);
        }
    }
    let mut found = Vec::new();
    for group in groups.values() {
        for &paper in group.iter().filter(|&&n| on_paper(&entries[n])) {
            for &sheet in group.iter().filter(|&&n| in_cells(&entries[n])) {
                found.extend(differences(entries, paper, sheet));
            }
        }
    }
    found
}

/// A PDF whose characters were printed: a scan says less than the workbook in any case, and its doubts are said elsewhere.
fn on_paper(entry: &Entry) -> bool {
    entry.outcome.format == Format::Pdf && !entry.outcome.findings.iter().any(|f| f.code == "A06")
}

fn in_cells(entry: &Entry) -> bool {
    matches!(entry.outcome.format, Format::Xlsx | Format::Xlsb | Format::Xls | Format::Ods | Format::Csv)
}

/// Where two documents state the same value differently. Another revision is another document, no twin.
fn differences(entries: &[Entry], paper: usize, sheet: usize) -> Vec<(usize, Finding)> {
    let (a, b) = (&entries[paper], &entries[sheet]);
    if a.outcome.subject.revision != b.outcome.subject.revision {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut shared = 0;
    for records in &a.outcome.records {
        for other in b.outcome.records.iter().filter(|o| o.table == records.table) {
            let rows = numbered(other);
            for (key, row) in numbered(records) {
                let Some(&twin) = rows.get(&key) else { continue };
                shared += compared(&mut found, (paper, sheet), (a, records, row), (b, other, twin));
            }
        }
    }
    // Two tables of which most differs are not the same table in two forms.
    if found.len() > MOST || found.len() > shared { Vec::new() } else { found }
}

/// Rows by what they are about; rows that are about the same as another cannot be paired.
fn numbered(records: &Records) -> BTreeMap<Vec<Option<String>>, Row> {
    let mut rows = BTreeMap::new();
    let mut twice = Vec::new();
    for row in 0..records.len() {
        let Some(key) = about(records, row) else { continue };
        if rows.insert(key.clone(), row).is_some() {
            twice.push(key);
        }
    }
    for key in &twice {
        rows.remove(key);
    }
    rows
}

/// Adds what differs between two rows; returns how many values they share.
fn compared(
    found: &mut Vec<(usize, Finding)>,
    (paper, sheet): (usize, usize),
    (a, records, row): (&Entry, &Records, Row),
    (b, other, twin): (&Entry, &Records, Row),
) -> usize {
    let mut shared = 0;
    for column in records.columns.iter().filter(|c| c.kind() == Type::Number) {
        let Some(theirs) = other.index(&column.name).map(|i| &other.columns[i]) else { continue };
        let (Some(x), Some(y)) = (column.number(row), theirs.number(twin)) else { continue };
        shared += 1;
        let (Some(at), Some(there)) = (column.origin(row), theirs.origin(twin)) else { continue };
        if differ(x, y) {
            found.push((paper, told(b, &column.name, at, x, (there, y))));
            found.push((sheet, told(a, &column.name, there, y, (at, x))));
        }
    }
    shared
}

/// What is said of one of the two.
fn told(other: &Entry, column: &str, at: Origin, is: f64, (there, was): (Origin, f64)) -> Finding {
    let place = other.outcome.places.told(there.into());
    let message = format!(
        "{column} di sini {}, sedangkan di \"{}\" ({place}) {}; isi yang sama dikirim dalam dua bentuk dan berbeda: pastikan mana yang benar, lalu kirim keduanya kembali",
        plain_number(is),
        other.source.document,
        plain_number(was),
    );
    Finding::new("A05", message).at(at).numbers(is, was)
}
