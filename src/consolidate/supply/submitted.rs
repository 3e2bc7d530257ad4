//! L02 across documents: the need an office submits against the voters and polling stations of the voters' lists.

use std::collections::BTreeMap;

use crate::kinds::logistik::Keys;
use crate::model::{Finding, Origin, Region};

use super::super::Entry;
use super::super::book::Figure;
use super::super::rows::{Printed, accepted, differ, rows};
use super::super::setting::Setting;
use super::lists::Lists;
use super::needs::Applied;

const LOGISTIK: &str = "logistik";

/// Findings by number of their entry. Cells about which the document's own figures have said it already are left out.
#[must_use]
pub fn submitted(entries: &[Entry], setting: &Setting, lists: &Lists) -> Vec<(usize, Finding)> {
    if lists.rows.is_empty() || accepted(entries, LOGISTIK).next().is_none() {
        return Vec::new();
    }
    let keys = Keys::new(setting.schemas);
    let mut told = Vec::new();
    for (number, entry) in accepted(entries, LOGISTIK) {
        let mut by_region: BTreeMap<Region, Vec<Checked>> = BTreeMap::new();
        for row in rows(number, entry, LOGISTIK) {
            if let Some((region, checked)) = check(entries, setting, lists, &keys, &row) {
                by_region.entry(region).or_default().push(checked);
            }
        }
        for (region, checked) in by_region {
            told.extend(findings(setting, region, &checked).into_iter().filter(|f| !said(entry, f)).map(|f| (number, f)));
        }
    }
    told
}

/// A submitted need and what it should be.
struct Checked {
    good: String,
    submitted: f64,
    origin: Origin,
    need: f64,
}

impl Checked {
    fn fits(&self) -> bool {
        !differ(self.submitted, self.need)
    }
}

fn check(entries: &[Entry], setting: &Setting, lists: &Lists, keys: &Keys, row: &Printed) -> Option<(Region, Checked)> {
    let region = row.region()?;
    let election = row.records.text(row.row, "pemilihan");
    let norm = setting.schemas.norm(election.or(setting.config.norma.as_deref())?)?;
    if lists.election.as_deref().is_some_and(|e| e != norm.name) {
        return None;
    }
    let listed = lists.rows.get(&region)?;
    let (voters, stations) = (listed.voters?, listed.stations?);
    if doubtful(entries, &voters) || doubtful(entries, &stations) {
        return None;
    }
    let name = row.records.text(row.row, "barang")?;
    let key = keys.key(name)?;
    // Nobody is told to be wrong by a norm that nobody compared with the regulation.
    let good = norm.goods.iter().position(|g| g.verified && (g.key == key || g.also.contains(&key)))?;
    let (need, times) = Applied::new(norm).each(good, region, [voters.value, stations.value, 0.0, 0.0], None)?;
    // Ballots follow the voters of every single station, which differ from list to list.
    if need.low < need.high || differ(times, 1.0) {
        return None;
    }
    let (submitted, origin) = (row.number("kebutuhan")?, row.origin("kebutuhan")?);
    Some((region, Checked { good: name.to_owned(), submitted, origin, need: need.likely }))
}

/// Whether something is wrong with the figure itself.
fn doubtful(entries: &[Entry], figure: &Figure) -> bool {
    let touches =
        |f: &Finding, at: Origin| f.code.starts_with('D') && (f.suspect == Some(at) || f.span.is_some_and(|s| s.holds(at)));
    entries.get(figure.entry).zip(figure.origin).is_some_and(|(e, at)| e.outcome.findings.iter().any(|f| touches(f, at)))
}

/// One finding for each need that does not fit. Where none of several fits, the office counted from another list: its own figures are
/// then judged by themselves, and the lists by theirs.
fn findings(setting: &Setting, region: Region, checked: &[Checked]) -> Vec<Finding> {
    let wrong: Vec<&Checked> = checked.iter().filter(|c| !c.fits()).collect();
    if wrong.len() == checked.len() && checked.len() > 1 {
        return Vec::new();
    }
    let place = setting.name(region);
    let finding = |c: &&Checked| {
        let says = format!(
            "{place} {}: kebutuhan tidak sesuai dengan jumlah TPS dalam daftar pemilih menurut norma. Hitung kembali.",
            c.good
        );
        Finding::new("L02", says).at(c.origin).numbers(c.submitted, c.need)
    };
    wrong.iter().map(finding).collect()
}

/// Whether the document's own figures have said it.
fn said(entry: &Entry, finding: &Finding) -> bool {
    let same = |f: &Finding| f.code == finding.code && f.span.zip(finding.span).is_some_and(|(a, b)| a.holds(b.from));
    entry.outcome.findings.iter().any(same)
}
