//! Figures against the period before: P02 (awal is not the accepted akhir) and P04 (an unusual jump).

use std::collections::BTreeSet;

use crate::model::document::plain_number;
use crate::model::{Finding, Level, Origin, Period, Region, Span};

use super::frames::Sums;
use super::history::{AKHIR, History};
use super::rows::{Printed, accepted, differ, rows};
use super::setting::{Setting, period_of};
use super::{Entry, PDPB};

/// awal: L, P, total, in the order of [`AKHIR`].
const AWAL: [&str; 3] = ["awal_l", "awal_p", "awal"];

/// The last of L, P, total.
const TOTAL: usize = 2;

/// Findings by number of the entry they belong to.
pub fn check(entries: &[Entry], setting: &Setting) -> Vec<(usize, Finding)> {
    let sums = Sums::of(accepted(entries, PDPB), PDPB);
    let mut found = Vec::new();
    for (number, entry) in accepted(entries, PDPB) {
        let past = Before {
            setting,
            period: period_of(entry, setting.config).map(Period::previous),
            satker: entry.outcome.subject.satker,
        };
        let blamed = blamed(entry);
        found.extend(rows(number, entry, PDPB).flat_map(|row| past.awal(&row, &blamed)));
        found.extend(past.jumps(number, entry, &sums));
    }
    found
}

/// Cells that the document's own equations blame, with the value each should have.
fn blamed(entry: &Entry) -> BTreeSet<(Origin, &str)> {
    entry
        .outcome
        .findings
        .iter()
        .filter_map(|f| f.suspect.map(|cell| (cell, f.suggestion.as_str())))
        .collect()
}

/// What one document is compared with.
struct Before<'a> {
    setting: &'a Setting<'a>,
    period: Option<Period>,
    satker: Option<Region>,
}

impl Before<'_> {
    /// The accepted akhir of a region in the period before.
    fn akhir(&self, region: Region) -> Option<[Option<f64>; 3]> {
        let history: &History = self.setting.before?;
        history
            .akhir(self.period?, self.satker?, region)
            .map(|past| past.values)
    }

    /// P02 for each printed awal of a row. Its cell is the suspect if the document's own equations blame it and want the same value.
    fn awal(&self, row: &Printed, blamed: &BTreeSet<(Origin, &str)>) -> Vec<(usize, Finding)> {
        let Some((region, old)) = row.region().and_then(|r| Some((r, self.akhir(r)?))) else {
            return Vec::new();
        };
        let period = self.period.map_or_else(String::new, |p| p.to_string());
        let differs = |n: usize| {
            let (value, origin, old) = (row.number(AWAL[n])?, row.origin(AWAL[n])?, old[n]?);
            let message = format!(
                "{} {} bukan {} {period} yang sudah diterima; cocokkan dengan rekap periode sebelumnya",
                self.setting.heading(PDPB, AWAL[n]),
                self.setting.name(region),
                self.setting.heading(PDPB, AKHIR[n])
            );
            let mut finding = Finding::new("P02", message).at(origin).numbers(value, old);
            if blamed.contains(&(origin, finding.expected.as_str())) {
                (finding.suspect, finding.suggestion) = (Some(origin), finding.expected.clone());
            }
            differ(value, old).then_some((row.entry, finding))
        };
        (0..AWAL.len()).filter_map(differs).collect()
    }

    /// P04: one finding for an office whose whole jumped, one for each kecamatan or larger region that jumped more than the whole.
    fn jumps(&self, number: usize, entry: &Entry, sums: &Sums) -> Vec<(usize, Finding)> {
        let limit = self.setting.schemas.limits.change_percent;
        if limit <= 0.0 {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut usual = 0.0;
        if let Some((now, was, span)) = self.whole(number, entry, sums) {
            let change = percent(now, was);
            if change.abs() > limit {
                usual = change;
                let name = self
                    .satker
                    .map_or_else(String::new, |s| self.setting.name(s));
                found.push((number, jump(&name, now, was, limit).at(span)));
            }
        }
        for row in
            rows(number, entry, PDPB).filter(|r| r.level().is_some_and(|l| l <= Level::Kecamatan))
        {
            let old = row
                .region()
                .and_then(|r| self.akhir(r))
                .and_then(|o| o[TOTAL])
                .or_else(|| row.number(AWAL[TOTAL]));
            let (Some(now), Some(was)) = (row.number(AKHIR[TOTAL]), old.filter(|&n| n > 0.0))
            else {
                continue;
            };
            let Some(at) = row
                .origin(AKHIR[TOTAL])
                .map(Span::from)
                .or_else(|| row.span())
            else {
                continue;
            };
            if (percent(now, was) - usual).abs() > limit {
                found.push((number, jump(row.name(), now, was, limit).at(at)));
            }
        }
        found
    }

    /// akhir of the whole document, what it was before, and where its rows stand.
    fn whole(&self, number: usize, entry: &Entry, sums: &Sums) -> Option<(f64, f64, Span)> {
        let satker = self.satker?;
        let level = sums.below(number, satker.level())?;
        let now = sums.get(number, level, AKHIR[TOTAL])?;
        let old = self
            .akhir(satker)
            .and_then(|o| o[TOTAL])
            .or_else(|| sums.get(number, level, AWAL[TOTAL]));
        let cells: BTreeSet<Origin> = rows(number, entry, PDPB)
            .filter(|r| r.level() == Some(level))
            .filter_map(|r| r.origin(AKHIR[TOTAL]).or_else(|| r.origin(AKHIR[0])))
            .collect();
        Some((now, old.filter(|&n| n > 0.0)?, Span::around(cells)?))
    }
}

/// Change in percent, rounded to hundredths.
fn percent(now: f64, was: f64) -> f64 {
    ((now / was - 1.0) * 10_000.0).round() / 100.0
}

fn jump(name: &str, now: f64, was: f64, limit: f64) -> Finding {
    let change = format!("{:+.2}", percent(now, was)).replace('.', ",");
    let most = plain_number(limit).replace('.', ",");
    Finding::new(
        "P04",
        format!(
            "jumlah pemilih {name} berubah {change} % dari periode sebelumnya, lebih dari {most} %"
        ),
    )
    .numbers(now, was)
}
