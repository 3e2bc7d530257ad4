//! P04: voters changed by more than is usual from one period to the next.

use std::collections::BTreeSet;

use crate::model::document::plain_number;
use crate::model::{Finding, Level, Origin, Span};

use super::continuity::{AWAL, Before};
use super::history::AKHIR;
use super::rows::{Printed, rows};
use super::{Entry, PDPB};

/// The last of L, P, total.
const TOTAL: usize = 2;

/// akhir of one row, now and before.
struct Change<'a> {
    level: Level,
    name: &'a str,
    now: f64,
    was: f64,
    at: Span,
}

impl Before<'_> {
    /// One finding for an office whose regions together jumped, one for each kecamatan or larger region that jumped unlike the
    /// others. Only regions with figures in both periods are compared: a row that is missing is no decline.
    pub fn jumps(&self, number: usize, entry: &Entry) -> Vec<(usize, Finding)> {
        let limit = self.setting.schemas.limits.change_percent;
        let blamed: BTreeSet<Origin> = entry.outcome.findings.iter().filter_map(|f| f.suspect).collect();
        let changes: Vec<Change> = rows(number, entry, PDPB).filter_map(|row| self.change(&row, &blamed)).collect();
        if limit <= 0.0 {
            return Vec::new();
        }
        let name = self.satker.map_or_else(String::new, |s| self.setting.name(s));
        let together = together(&changes, &name).or_else(|| self.whole(number, entry, &name));
        let together = together.filter(|c| c.percent().abs() > limit);
        let unlike = |c: &&Change| together.as_ref().is_none_or(|t| (c.percent() - t.percent()).abs() > limit);
        let alone = changes.iter().filter(|c| c.level <= Level::Kecamatan && c.percent().abs() > limit);
        let found = together.iter().chain(alone.filter(unlike));
        found.map(|change| (number, change.finding(limit))).collect()
    }

    /// The office as a whole, where of the period before only its own figures are known (from the recap of the province).
    fn whole<'b>(&self, number: usize, entry: &Entry, name: &'b str) -> Option<Change<'b>> {
        let was = total(self.akhir(self.satker?)?).filter(|&n| n > 0.0)?;
        let level = |row: &Printed| row.level().filter(|&l| self.satker.is_none_or(|s| l > s.level()));
        let highest = rows(number, entry, PDPB).filter_map(|row| level(&row)).min()?;
        let same = rows(number, entry, PDPB).filter(|row| level(row) == Some(highest));
        let (mut now, mut at): (f64, Option<Span>) = (0.0, None);
        for row in same {
            now += total(AKHIR.map(|c| row.number(c)))?;
            let own = place(&row)?;
            at = Some(at.map_or(own, |all| all.with(own.from).with(own.to)));
        }
        Some(Change { level: highest, name, now, was, at: at? })
    }

    /// Against the accepted akhir of the period before, else against the awal that the row prints itself. `None` also where the document's
    /// own equations blame one of the figures: then it is wrong, and asked about already.
    fn change<'b>(&self, row: &Printed<'b>, blamed: &BTreeSet<Origin>) -> Option<Change<'b>> {
        let level = row.level().filter(|&l| self.satker.is_none_or(|s| l > s.level()))?;
        let accepted = row.region().and_then(|r| self.akhir(r)).and_then(total);
        let own = (if accepted.is_none() { used(row, AWAL) } else { Vec::new() }).into_iter().chain(used(row, AKHIR));
        if own.into_iter().any(|cell| blamed.contains(&cell)) {
            return None;
        }
        let was = accepted.or_else(|| total(AWAL.map(|c| row.number(c)))).filter(|&n| n > 0.0)?;
        let now = total(AKHIR.map(|c| row.number(c)))?;
        Some(Change { level, name: row.name(), now, was, at: place(row)? })
    }
}

/// Where a row prints its akhir.
fn place(row: &Printed) -> Option<Span> {
    row.origin(AKHIR[TOTAL]).or_else(|| row.origin(AKHIR[0])).map(Span::from).or_else(|| row.span())
}

/// The cells that [`total`] takes.
fn used(row: &Printed, [l, p, total]: [&str; 3]) -> Vec<Origin> {
    let columns = if row.number(total).is_some() { vec![total] } else { vec![l, p] };
    columns.into_iter().filter_map(|c| row.origin(c)).collect()
}

/// The total, else L + P.
fn total([l, p, total]: [Option<f64>; 3]) -> Option<f64> {
    total.or_else(|| Some(l? + p?))
}

/// The rows of the highest level as one.
fn together<'a>(changes: &[Change], name: &'a str) -> Option<Change<'a>> {
    let level = changes.iter().map(|c| c.level).min()?;
    let same = || changes.iter().filter(|c| c.level == level);
    let at = same().map(|c| c.at).reduce(|all, one| all.with(one.from).with(one.to))?;
    Some(Change { level, name, now: same().map(|c| c.now).sum(), was: same().map(|c| c.was).sum(), at })
}

impl Change<'_> {
    /// Rounded to hundredths.
    fn percent(&self) -> f64 {
        ((self.now / self.was - 1.0) * 10_000.0).round() / 100.0
    }

    fn finding(&self, limit: f64) -> Finding {
        let change = format!("{:+.2}", self.percent()).replace('.', ",");
        let most = plain_number(limit).replace('.', ",");
        let message = format!("jumlah pemilih {} berubah {change} % dari periode sebelumnya, lebih dari {most} %", self.name);
        Finding::new("P04", message).at(self.at).numbers(self.now, self.was)
    }
}
