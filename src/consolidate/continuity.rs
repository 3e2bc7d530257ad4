//! Figures against the period before: P02, awal is not the accepted akhir. Unusual jumps (P04) are [`super::jumps`]'s business.

use std::collections::BTreeSet;

use crate::model::{Finding, Origin, Period, Region, Span};

use super::history::{AKHIR, History, Past};
use super::rows::{Printed, accepted, differ, rows};
use super::setting::{Setting, period_of};
use super::{Entry, PDPB};

/// awal: L, P, total, in the order of [`AKHIR`].
pub const AWAL: [&str; 3] = ["awal_l", "awal_p", "awal"];

/// Findings by number of the entry they belong to.
pub fn check(entries: &[Entry], setting: &Setting) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for (number, entry) in accepted(entries, PDPB) {
        let past = Before {
            setting,
            period: period_of(entry, setting.config).map(Period::previous),
            satker: entry.outcome.subject.satker,
        };
        let blamed = blamed(entry);
        found.extend(rows(number, entry, PDPB).flat_map(|row| past.awal(&row, &blamed)));
        found.extend(past.whole_awal(number, entry));
        found.extend(past.jumps(number, entry));
    }
    found
}

/// Cells that the document's own equations blame, with the value each should have.
fn blamed(entry: &Entry) -> BTreeSet<(Origin, &str)> {
    entry.outcome.findings.iter().filter_map(|f| f.suspect.map(|cell| (cell, f.suggestion.as_str()))).collect()
}

/// What one document is compared with.
pub struct Before<'a> {
    /// The batch.
    pub setting: &'a Setting<'a>,
    /// The period before.
    pub period: Option<Period>,
    /// The office that sent the document.
    pub satker: Option<Region>,
}

impl Before<'_> {
    /// The accepted akhir of a region in the period before.
    pub fn akhir(&self, region: Region) -> Option<[Option<f64>; 3]> {
        self.past(region).map(|past| past.values)
    }

    fn past(&self, region: Region) -> Option<&Past> {
        let history: &History = self.setting.before?;
        history.akhir(self.period?, self.satker?, region)
    }

    /// P02 for each printed awal of a row. Its cell is the suspect if the document's own equations blame it and want the same value. Where the
    /// akhir is to be mended, and to be what stands here, it is a warning: nothing is to be changed here.
    fn awal(&self, row: &Printed, blamed: &BTreeSet<(Origin, &str)>) -> Vec<(usize, Finding)> {
        let Some((region, past)) = row.region().and_then(|r| Some((r, self.past(r)?))) else {
            return Vec::new();
        };
        let period = self.period.map_or_else(String::new, |p| p.to_string());
        let differs = |n: usize| {
            let (value, origin, old) = (row.number(AWAL[n])?, row.origin(AWAL[n])?, past.values[n]?);
            let mended = past.proposed[n].is_some_and(|right| !differ(value, right));
            let remedy = if mended {
                "angka di sini sama dengan usulan perbaikannya, jadi yang dibetulkan rekap periode itu, bukan sel ini"
            } else {
                "cocokkan dengan rekap periode sebelumnya"
            };
            let message = format!(
                "{} {} bukan {} {period} yang sudah diterima; {remedy}",
                self.setting.heading(PDPB, AWAL[n]),
                self.setting.name(region),
                self.setting.heading(PDPB, AKHIR[n])
            );
            let mut finding = Finding::new("P02", message).at(origin).numbers(value, old);
            finding.mild = mended;
            if blamed.contains(&(origin, finding.expected.as_str())) {
                (finding.suspect, finding.suggestion) = (Some(origin), finding.expected.clone());
            }
            differ(value, old).then_some((row.entry, finding))
        };
        (0..AWAL.len()).filter_map(differs).collect()
    }

    /// P02 of the office as a whole, where the period before knows none of its rows (they were desa then, or the recap of the province came)
    /// and all of its parts are here.
    fn whole_awal(&self, number: usize, entry: &Entry) -> Vec<(usize, Finding)> {
        let Some((satker, past)) = self.satker.and_then(|s| Some((s, self.past(s)?))) else { return Vec::new() };
        let below = || rows(number, entry, PDPB).filter(|row| row.level().is_some_and(|l| l > satker.level()));
        let Some(level) = below().filter_map(|row| row.level()).min() else { return Vec::new() };
        let known = below().any(|row| row.region().is_some_and(|r| self.past(r).is_some()));
        let parts: Vec<Printed> = below().filter(|row| row.level() == Some(level)).collect();
        let named: BTreeSet<Region> = parts.iter().filter_map(Printed::region).collect();
        if known || named.len() != parts.len() || named.len() != self.setting.regions.inside(satker, level).len() {
            return Vec::new();
        }
        let period = self.period.map_or_else(String::new, |p| p.to_string());
        let differs = |n: usize| {
            let sum: f64 = parts.iter().map(|row| row.number(AWAL[n])).sum::<Option<f64>>()?;
            let (old, span) = (past.values[n]?, Span::around(parts.iter().filter_map(|row| row.origin(AWAL[n])))?);
            let [awal, akhir] = [AWAL[n], AKHIR[n]].map(|c| self.setting.heading(PDPB, c));
            let office = self.setting.name(satker);
            let message = format!(
                "Jumlah {awal} {office} bukan {akhir} {period} yang sudah diterima; cocokkan dengan rekap periode sebelumnya, yang tidak \
                 merinci wilayah yang sama"
            );
            differ(sum, old).then(|| (number, Finding::new("P02", message).at(span).numbers(sum, old)))
        };
        (0..AWAL.len()).filter_map(differs).collect()
    }
}
