//! Rows of voters whose region is not certain: by the rule of [`crate::consolidate::uncertain`] they count for the office that sent
//! them, as one more part of it, each row listed as printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Level, Region};

use super::super::book::{Chapter, Figure};
use super::super::rows::{Printed, rows, totals};
use super::super::uncertain::counts;
use super::super::{Entry, PDPB};
use super::areas::{Area, blank};
use super::lists::{DPT, Listed, Part, figure, voters};

/// A row whose region is not certain.
#[derive(Clone, Debug)]
pub struct Uncertain {
    /// As printed.
    pub name: String,
    /// What it is a row of.
    pub level: Level,
    /// Its voters.
    pub voters: Figure,
    /// Its polling stations.
    pub stations: Option<Figure>,
    /// Its desa, as far as it says.
    pub desa: f64,
}

/// The uncertain rows of a voters' list that count for its office: those of its highest level, the others are inside them.
pub fn of_list((number, entry): (usize, &Entry), listed: &BTreeMap<Region, Listed>) -> Vec<Uncertain> {
    let Some(office) = entry.outcome.subject.satker else { return Vec::new() };
    let below = office.level().below().unwrap_or(Level::Tps);
    let open = || rows(number, entry, DPT).filter(|r| r.region().is_none());
    let level = |row: &Printed| row.level().unwrap_or(below);
    let Some(highest) = open().map(|r| level(&r)).min() else { return Vec::new() };
    let found: Vec<Uncertain> = open().filter(|r| level(r) == highest).filter_map(|r| uncertain(&r, highest)).collect();
    let known: BTreeSet<Region> = rows(number, entry, DPT).filter_map(|r| Some(r.region()?.up_to(below))).collect();
    let used: f64 = known.iter().filter_map(|r| listed.get(r)?.voters).map(|f| f.value).sum();
    let printed = totals(number, entry, DPT).find(|t| t.region() == Some(office)).and_then(|t| voters(&t)).map(|f| f.value);
    let stated: f64 = rows(number, entry, DPT).filter(|r| r.region().is_some()).filter_map(|r| voters(&r)).map(|f| f.value).sum();
    // Without a total of the office, subtotals that hold more than their rows hold these rows too.
    let inside = printed.is_none() && highest > below && used - stated > 0.5;
    if known.is_empty() || !inside && counts(printed, used) { found } else { Vec::new() }
}

fn uncertain(row: &Printed, level: Level) -> Option<Uncertain> {
    let stations = figure(row, "n_tps");
    let desa = if level == Level::Desa { Some(1.0) } else { figure(row, "n_desa").map(|f| f.value) };
    Some(Uncertain { name: row.name().to_owned(), level, voters: voters(row)?, stations, desa: desa.unwrap_or(0.0) })
}

/// Those of the voters' register, for an office of whose regions no list speaks.
pub fn of_chapter(chapter: &Chapter, entries: &[Entry]) -> Vec<Uncertain> {
    let Some(entry) = chapter.entry.and_then(|n| entries.get(n)) else { return Vec::new() };
    if entry.outcome.subject.kind.as_deref() != Some(PDPB) || !chapter.counts_uncertain(entries) {
        return Vec::new();
    }
    let level = chapter.region.level().below().unwrap_or(Level::Tps);
    let row = |line: &super::super::book::Line| {
        let desa = line.counts[0].map_or(0.0, |f| f.value);
        Some(Uncertain { name: line.name.clone(), level, voters: line.voters()?, stations: line.counts[1], desa })
    };
    chapter.uncertain().filter_map(row).collect()
}

/// Leaves out rows whose voters another list puts to a certain region, and all of an office whose total the certain regions make up.
pub fn settle(open: &mut BTreeMap<Region, Vec<Uncertain>>, listed: &BTreeMap<Region, Listed>) {
    for (office, found) in open.iter_mut() {
        let below: Vec<Figure> =
            listed.range(*office..office.end()).filter(|(r, _)| r.parent() == *office).filter_map(|(_, l)| l.voters).collect();
        let total = listed.get(office).and_then(|l| l.voters).filter(|f| f.origin.is_some()).map(|f| f.value);
        let twin = |u: &Uncertain| below.iter().any(|f| f.entry != u.voters.entry && (f.value - u.voters.value).abs() < 0.5);
        let all = counts(total, below.iter().map(|f| f.value).sum());
        found.retain(|u| all && !twin(u));
    }
    open.retain(|_, found| !found.is_empty());
}

/// Adds the rows as one more part of their office. An office that is itself a part counts as a whole already, and so does one above
/// groups of its own.
pub fn add(areas: &mut Vec<Area>, office: Region, rows: &[Uncertain], before: bool, name: String) -> bool {
    let groups = || areas.iter().enumerate().filter(|(_, a)| a.group.is_none());
    let inside = groups().any(|(_, a)| a.region != office && a.region.within(office));
    if inside || areas.iter().any(|a| a.group.is_some() && a.region == office) {
        return false;
    }
    let group = groups().find(|(_, a)| a.region == office).map(|(i, _)| i).unwrap_or_else(|| {
        areas.push(blank(office, name, None, [0.0; 2]));
        areas.len() - 1
    });
    let at = (group + 1..areas.len()).find(|&i| areas[i].group.is_none()).unwrap_or(areas.len());
    for area in areas.iter_mut() {
        area.group = area.group.map(|g| if g >= at { g + 1 } else { g });
    }
    areas.insert(at, part((office, group), rows, before));
    true
}

fn part((office, group): (Region, usize), rows: &[Uncertain], before: bool) -> Area {
    let districts = rows.iter().filter(|u| u.level == Level::Kecamatan).count();
    let counts = [rows.iter().map(|u| u.desa).sum(), f64::from(u32::try_from(districts).unwrap_or(u32::MAX))];
    let mut area = blank(office, format!("{} baris dengan nama yang belum pasti", rows.len()), Some(group), counts);
    let part = |u: &Uncertain| Part { region: office, name: u.name.clone(), voters: u.voters, stations: u.stations };
    area.parts = rows.iter().map(part).collect();
    area.by_station = rows.iter().all(|u| u.level == Level::Tps);
    let mut sums = Listed::default();
    if area.by_station || rows.iter().all(|u| u.stations.is_some()) {
        sums.sum(&area.parts, area.by_station);
    } else {
        sums.voters = super::lists::total(area.parts.iter().map(|p| Some(p.voters)));
    }
    let located = |figure| if before { super::Located::Before(figure) } else { super::Located::Now(figure) };
    (area.voters, area.stations) = (sums.voters.map(located), sums.stations.map(located));
    (area.parts_before, area.uncertain) = (before, rows.len());
    area
}
