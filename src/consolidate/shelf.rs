//! All accepted voter rows of one period, and how they are gathered into the chapter of a region.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Level, Period, Region};

use super::book::{Chapter, Earlier, Figure, Line};
use super::lines::{line, summed};
use super::rows::{Printed, accepted, rows, totals};
use super::setting::{Setting, period_of};
use super::{Entry, PDPB};

/// The table with the reasons.
const TMS: &str = "pdpb_tms";

/// All rows of the period, by region.
pub struct Shelf<'a> {
    entries: &'a [Entry],
    setting: &'a Setting<'a>,
    period: Option<Period>,
    /// Rows of resolved regions.
    pub rows: BTreeMap<Region, Vec<Printed<'a>>>,
    totals: BTreeMap<Region, Vec<Printed<'a>>>,
    reasons: BTreeMap<Region, Vec<Printed<'a>>>,
    unresolved: Vec<Printed<'a>>,
    unresolved_reasons: BTreeMap<(usize, &'a str), Vec<Printed<'a>>>,
    /// Documents of the period before, by their number in the history.
    pub earlier: BTreeMap<usize, &'a Earlier>,
}

impl<'a> Shelf<'a> {
    /// Takes the accepted rows of a period.
    pub fn new(entries: &'a [Entry], setting: &'a Setting<'a>, period: Option<Period>) -> Self {
        let mut shelf = Self {
            entries,
            setting,
            period,
            rows: BTreeMap::new(),
            totals: BTreeMap::new(),
            reasons: BTreeMap::new(),
            unresolved: Vec::new(),
            unresolved_reasons: BTreeMap::new(),
            earlier: period.zip(setting.before).map_or_else(BTreeMap::new, |(p, h)| h.sources(p.previous())),
        };
        for (number, entry) in accepted(entries, PDPB).filter(|(_, e)| period_of(e, setting.config) == period) {
            for row in rows(number, entry, PDPB) {
                match row.region() {
                    Some(region) => shelf.rows.entry(region).or_default().push(row),
                    None => shelf.unresolved.push(row),
                }
            }
            for row in rows(number, entry, TMS) {
                let name = row.name();
                if let Some(region) = row.region() {
                    shelf.reasons.entry(region).or_default().push(row);
                } else {
                    let of = shelf.unresolved_reasons.entry((number, name));
                    of.or_default().push(row);
                }
            }
            for total in totals(number, entry, PDPB) {
                if let Some(region) = total.region() {
                    shelf.totals.entry(region).or_default().push(total);
                }
            }
        }
        shelf
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.unresolved.is_empty()
    }

    fn satker(&self, row: &Printed) -> Option<Region> {
        self.entries[row.entry].outcome.subject.satker
    }

    /// A region with what is known below it; its own office's rows if it sent any, else those of offices above.
    pub fn chapter(&self, region: Region) -> Chapter {
        let below = self.rows.range(region..region.end()).filter(|(r, _)| **r != region);
        let own = below.clone().flat_map(|(_, rows)| rows).any(|row| self.satker(row) == Some(region))
            || self.unresolved.iter().any(|row| self.satker(row) == Some(region));
        let counts = |row: &&Printed| !own || self.satker(row) == Some(region);
        let printed: Vec<Printed> = below.flat_map(|(_, rows)| rows).filter(counts).copied().collect();
        let mut lines = self.lines(region, &printed);
        if own {
            lines.extend(self.nameless(region, &printed));
        }
        let whole = if lines.is_empty() { self.whole(region) } else { None };
        let own_whole = whole
            .as_ref()
            .and_then(|(_, entry)| self.entries[*entry].outcome.subject.satker.filter(|&s| s == region).map(|_| *entry));
        let entry = printed.first().map(|row| row.entry).or_else(|| lines.first().and_then(entry_of)).or(own_whole);
        Chapter {
            region,
            name: self.setting.name(region),
            entry,
            rows: lines,
            whole: whole.map(|(line, _)| line),
            previous: self.previous(region, region),
        }
    }

    /// One line per region one level below; where only deeper rows are known, their sum.
    fn lines(&self, region: Region, printed: &[Printed]) -> Vec<Line> {
        let Some(level) = region.level().below() else {
            return Vec::new();
        };
        let mut by: BTreeMap<Region, Vec<Printed>> = BTreeMap::new();
        for row in printed {
            if let Some(at) = row.region() {
                by.entry(at).or_default().push(*row);
            }
        }
        let children: BTreeSet<Region> = by.keys().map(|r| r.up_to(level)).collect();
        let finished = |child: Region| {
            let mut line = match by.get(&child) {
                Some(rows) => self.line(child, rows),
                None => self.sum(child, by.range(child..child.end())),
            };
            line.previous = self.previous(region, child);
            line
        };
        children.into_iter().map(finished).collect()
    }

    fn line(&self, region: Region, rows: &[Printed]) -> Line {
        let entries: BTreeSet<usize> = rows.iter().map(|r| r.entry).collect();
        let reasons = self.reasons.get(&region).map_or(&[][..], Vec::as_slice);
        let own: Vec<Printed> = reasons.iter().filter(|r| entries.contains(&r.entry)).copied().collect();
        let reasons = if own.is_empty() { reasons.to_vec() } else { own };
        line(Some(region), self.setting.name(region), rows, &reasons)
    }

    /// A region known by its parts only, of the highest level there is.
    fn sum<'b>(&self, region: Region, parts: impl Iterator<Item = (&'b Region, &'b Vec<Printed<'b>>)> + Clone) -> Line {
        let level = parts.clone().map(|(r, _)| r.level()).min();
        let lines: Vec<Line> = parts.filter(|(r, _)| Some(r.level()) == level).map(|(&r, rows)| self.line(r, rows)).collect();
        let printed = self.totals.get(&region).map(|rows| self.line(region, rows));
        summed(region, self.setting.name(region), &lines, printed.as_ref())
    }

    /// Rows of the region's own office whose names nobody resolved, as printed: those of the level of the other lines, and all where
    /// there is no such line.
    fn nameless(&self, region: Region, printed: &[Printed]) -> Vec<Line> {
        let level = region.level().below();
        let own = || self.unresolved.iter().filter(|row| self.satker(row) == Some(region));
        let direct = |row: &&Printed| row.level().is_none() || row.level() == level;
        let has_level = printed.iter().any(|row| row.level() == level) || own().any(|row| direct(&row));
        own().filter(|row| !has_level || direct(row)).map(|row| self.unnamed(row)).collect()
    }

    fn unnamed(&self, row: &Printed<'a>) -> Line {
        let name = row.records.text(row.row, "region_name").unwrap_or_default();
        let reasons = self.unresolved_reasons.get(&(row.entry, name)).map_or(&[][..], Vec::as_slice);
        line(None, name.to_owned(), &[*row], reasons)
    }

    /// Figures of the region as a whole: as its own office states them, else as an office above does; with the entry they are from.
    fn whole(&self, region: Region) -> Option<(Line, usize)> {
        let rows = self.rows.get(&region)?;
        let own: Vec<Printed> = rows.iter().filter(|row| self.satker(row) == Some(region)).copied().collect();
        let used = if own.is_empty() { rows } else { &own };
        let mut line = self.line(region, used);
        line.previous = self.previous(region, region);
        used.first().map(|row| (line, row.entry))
    }

    /// Rows nobody resolved in documents that are no chapter's own: they get a chapter of their own, so that nothing is lost. Rows of an
    /// office above count only where no office below sent figures; otherwise those count already.
    pub fn leftover(&self, scope: Region, level: Level) -> Option<Chapter> {
        let chapters_own = |row: &Printed| self.satker(row).is_some_and(|s| s != scope && s.within(scope) && s.level() <= level);
        let below_sent = self.rows.values().flatten().any(&chapters_own);
        let others = || self.unresolved.iter().filter(|row| !chapters_own(row) && (self.satker(row).is_none() || !below_sent));
        let direct = |row: &Printed| row.level().is_none_or(|l| l == level);
        let has_level = others().any(&direct) || self.rows.keys().any(|r| r.level() == level && r.within(scope));
        let rows: Vec<Line> = others().filter(|row| !has_level || direct(row)).map(|row| self.unnamed(row)).collect();
        let entry = rows.first().and_then(entry_of);
        let name = "Wilayah belum dikenali".to_owned();
        (!rows.is_empty()).then_some(Chapter { region: scope, name, entry, rows, whole: None, previous: [None; 3] })
    }

    /// akhir of the period before, as accepted in an earlier batch.
    fn previous(&self, satker: Region, region: Region) -> [Option<Figure>; 3] {
        let past = self.period.and_then(|p| self.setting.before?.akhir(p.previous(), satker, region));
        past.map_or([None; 3], |past| {
            let entry = self.earlier.range(..past.document).count();
            [0, 1, 2].map(|n| past.values[n].map(|value| Figure { value, entry, origin: past.origins[n] }))
        })
    }
}

/// The entry of any of a line's figures.
fn entry_of(line: &Line) -> Option<usize> {
    line.flow.iter().flatten().chain(&line.counts).flatten().map(|f| f.entry).next()
}
