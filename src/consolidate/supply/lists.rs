//! Voters and polling stations by region, from the voters' lists that were accepted: of several lists the office's own and the final
//! one count first.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Level, Region};

use super::super::Entry;
use super::super::book::Figure;
use super::super::rows::{Printed, accepted, rows, totals};
use super::uncertain::{self, Uncertain};

pub(super) const DPT: &str = "dpt";

/// More polling stations than this are not kept one by one: the workbook could not show them.
const MOST_PARTS: usize = 60_000;

/// Stages of a list, the one that counts first.
const STAGES: [&str; 6] = ["dpt", "dpb", "dpshp", "dps", "dptb", "dpk"];

/// The lists of one batch.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// By region: provinces, kab/kota, kecamatan.
    pub rows: BTreeMap<Region, Listed>,
    /// The election most of them were made for.
    pub election: Option<String>,
    /// Rows whose region is not certain and that count for their office.
    pub uncertain: BTreeMap<Region, Vec<Uncertain>>,
}

/// What the lists say of one region.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Voters; without a cell where they are the sum of the parts.
    pub voters: Option<Figure>,
    /// Polling stations.
    pub stations: Option<Figure>,
    /// Desa and kelurahan.
    pub desa: Option<Figure>,
    /// Its polling stations or desa, where the list goes down to them.
    pub parts: Vec<Part>,
}

/// A polling station, or a desa with its polling stations.
#[derive(Clone, Debug)]
pub struct Part {
    /// Which.
    pub region: Region,
    /// Name as printed.
    pub name: String,
    /// Its voters.
    pub voters: Figure,
    /// How many stations a desa has; `None` for a station.
    pub stations: Option<Figure>,
}

impl Listed {
    /// Whether every polling station is known by itself.
    #[must_use]
    pub fn by_station(&self) -> bool {
        let all = self.parts.iter().all(|p| p.region.level() == Level::Tps);
        let sum: f64 = self.parts.iter().map(|p| p.voters.value).sum();
        all && !self.parts.is_empty() && self.voters.is_none_or(|v| (v.value - sum).abs() < 0.5)
    }
}

impl Lists {
    /// Reads all accepted lists of a batch.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let mut sheets: Vec<(usize, &Entry)> = accepted(entries, DPT).collect();
        sheets.sort_by_key(|(number, entry)| {
            (stage(*number, entry), entry.outcome.subject.satker.is_none(), deepest(entry), *number)
        });
        let mut lists = Self::default();
        let mut elections: BTreeMap<String, usize> = BTreeMap::new();
        for (number, entry) in sheets {
            let mut taken: BTreeMap<Region, Vec<Part>> = BTreeMap::new();
            let known = lists.rows.len();
            for row in rows(number, entry, DPT) {
                if let Some(election) = row.records.text(row.row, "pemilihan") {
                    match elections.get_mut(election) {
                        Some(count) => *count += 1,
                        None => _ = elections.insert(election.to_owned(), 1),
                    }
                }
                if let Some(region) = row.region() {
                    lists.take(&row, region, &mut taken);
                }
            }
            for total in totals(number, entry, DPT) {
                if let Some(region) = total.region().filter(|r| r.level() <= Level::Kecamatan) {
                    lists.take(&total, region, &mut BTreeMap::new());
                }
            }
            lists.keep(taken);
            lists.open((number, entry), known);
        }
        lists.election = elections.into_iter().max_by_key(|(_, count)| *count).map(|(name, _)| name);
        uncertain::settle(&mut lists.uncertain, &lists.rows);
        lists.add_up();
        lists
    }

    /// The uncertain rows of a list that speaks of regions of which none before it spoke.
    fn open(&mut self, (number, entry): (usize, &Entry), known: usize) {
        if let Some(office) = entry.outcome.subject.satker.filter(|_| self.rows.len() > known) {
            let found = uncertain::of_list((number, entry), &self.rows);
            self.uncertain.entry(office).or_default().extend(found);
        }
    }

    /// Gives all figures the numbers of their documents elsewhere.
    pub fn renumber(&mut self, to: impl Fn(usize) -> usize) {
        let set = |figure: &mut Figure| figure.entry = to(figure.entry);
        for listed in self.rows.values_mut() {
            [&mut listed.voters, &mut listed.stations, &mut listed.desa].into_iter().flatten().for_each(set);
            for part in &mut listed.parts {
                set(&mut part.voters);
                part.stations.iter_mut().for_each(set);
            }
        }
        for open in self.uncertain.values_mut().flatten() {
            set(&mut open.voters);
            open.stations.iter_mut().for_each(set);
        }
    }

    fn take(&mut self, row: &Printed, region: Region, taken: &mut BTreeMap<Region, Vec<Part>>) {
        let voters = voters(row);
        if region.level() > Level::Kecamatan {
            let Some(voters) = voters else { return };
            let stations = figure(row, "n_tps").filter(|_| region.level() == Level::Desa);
            let part = Part { region, name: row.name().to_owned(), voters, stations };
            taken.entry(region.up_to(Level::Kecamatan)).or_default().push(part);
            return;
        }
        let listed = self.rows.entry(region).or_default();
        listed.voters = listed.voters.or(voters);
        listed.stations = listed.stations.or_else(|| figure(row, "n_tps"));
        listed.desa = listed.desa.or_else(|| figure(row, "n_desa"));
    }

    /// The parts of a document, for kecamatan that no document before had parts of; stations go before desa.
    fn keep(&mut self, taken: BTreeMap<Region, Vec<Part>>) {
        let count: usize = self.rows.values().map(|l| l.parts.len()).sum::<usize>() + taken.values().map(Vec::len).sum::<usize>();
        for (region, mut parts) in taken {
            let listed = self.rows.entry(region).or_default();
            if !listed.parts.is_empty() {
                continue;
            }
            let stations = parts.iter().any(|p| p.region.level() == Level::Tps);
            parts.retain(|p| (p.region.level() == Level::Tps) == stations);
            let mut seen = BTreeSet::new();
            parts.retain(|p| seen.insert(p.region));
            listed.sum(&parts, stations);
            if count <= MOST_PARTS {
                listed.parts = parts;
            }
        }
    }

    /// Kab/kota of which only kecamatan are known are their sums where every kecamatan states it.
    fn add_up(&mut self) {
        let upper: BTreeSet<Region> = self.rows.keys().filter(|r| r.level() == Level::Kecamatan).map(|r| r.parent()).collect();
        for region in upper {
            let below = || self.rows.range(region..region.end()).filter(|(r, _)| r.level() == Level::Kecamatan).map(|(_, l)| l);
            let voters = total(below().map(|l| l.voters));
            let stations = total(below().map(|l| l.stations));
            let listed = self.rows.entry(region).or_default();
            listed.voters = listed.voters.or(voters);
            listed.stations = listed.stations.or(stations);
        }
    }
}

impl Listed {
    /// Voters and stations of the parts together, each of them a station or not.
    pub(super) fn sum(&mut self, parts: &[Part], stations: bool) {
        self.voters = self.voters.or_else(|| total(parts.iter().map(|p| Some(p.voters))));
        let one = |p: &Part| p.stations.or(stations.then_some(Figure { value: 1.0, ..p.voters }));
        self.stations = self.stations.or_else(|| total(parts.iter().map(one)));
    }
}

/// The sum of figures; it stands in no cell. `None` where one is missing.
pub(super) fn total(figures: impl Iterator<Item = Option<Figure>>) -> Option<Figure> {
    let all: Vec<Figure> = figures.collect::<Option<_>>()?;
    let first = *all.first()?;
    Some(Figure { value: all.iter().map(|f| f.value).sum(), origin: None, ..first })
}

pub(super) fn figure(row: &Printed, column: &str) -> Option<Figure> {
    let column = row.records.index(column).map(|i| &row.records.columns[i])?;
    column.number(row.row).map(|value| Figure { value, entry: row.entry, origin: column.origin(row.row) })
}

/// The voters of a row: printed, else worked out.
pub(super) fn voters(row: &Printed) -> Option<Figure> {
    figure(row, "total").or_else(|| worked_out(row))
}

fn worked_out(row: &Printed) -> Option<Figure> {
    let (l, p) = (figure(row, "l")?, figure(row, "p")?);
    Some(Figure { value: l.value + p.value, origin: None, ..l })
}

fn stage(number: usize, entry: &Entry) -> usize {
    let said = rows(number, entry, DPT).next().and_then(|r| r.records.text(r.row, "tahap"));
    STAGES.iter().position(|s| Some(*s) == said).unwrap_or(STAGES.len())
}

/// Lists that go down to the stations come first, then those to the desa.
fn deepest(entry: &Entry) -> std::cmp::Reverse<Option<Level>> {
    let office = entry.outcome.subject.satker.map(Region::level);
    std::cmp::Reverse(office)
}
