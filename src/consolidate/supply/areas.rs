//! Which regions are counted: kecamatan below their kab/kota, or kab/kota below their province where nobody says more.

use std::collections::BTreeSet;

use crate::model::{Level, Period, Region};

use super::Located;
use super::lists::{Lists, Part};
use super::needs::Need;
use super::series::Series;

/// A region of the book: a group, or a part of one.
#[derive(Clone, Debug)]
pub struct Area {
    /// Which.
    pub region: Region,
    /// Its official name.
    pub name: String,
    /// Number of the group it belongs to; `None` for a group.
    pub group: Option<usize>,
    /// Voters now.
    pub voters: Option<Located>,
    /// Polling stations now.
    pub stations: Option<Located>,
    /// Number of desa and of kecamatan by the reference list.
    pub counts: [f64; 2],
    /// Its polling stations or desa, where they are known.
    pub parts: Vec<Part>,
    /// The parts are its polling stations, all of them.
    pub by_station: bool,
    /// The parts are from an earlier batch.
    pub parts_before: bool,
    /// How many rows whose region is not certain it stands for; 0 for a region.
    pub uncertain: usize,
    /// First and last known voters with their periods.
    pub series: Option<((Period, Located), (Period, Located))>,
    /// What the norm gives for the voters now and for those expected, by good.
    pub needs: [Vec<Option<Need>>; 2],
    /// Voters and stations expected at the election.
    pub expected: Option<(f64, f64)>,
}

impl Area {
    /// First and last number of the parts of each desa, where its parts are all of the area's voters and stand together; `None` where
    /// that is not known.
    #[must_use]
    pub fn by_desa(&self) -> Option<Vec<(usize, usize)>> {
        let sum: f64 = self.parts.iter().map(|p| p.voters.value).sum();
        if self.uncertain > 0 || self.parts.is_empty() || (self.voters?.value() - sum).abs() > 0.5 {
            return None;
        }
        let mut seen = BTreeSet::new();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for run in self.parts.chunk_by(|a, b| a.region.up_to(Level::Desa) == b.region.up_to(Level::Desa)) {
            let first = runs.last().map_or(0, |(_, last)| last + 1);
            if !seen.insert(run.first()?.region.up_to(Level::Desa)) {
                return None;
            }
            runs.push((first, first + run.len() - 1));
        }
        Some(runs)
    }
}

/// The regions of a scope, each group before its parts. `name` gives a region's name, `counts` its numbers of desa and kecamatan.
pub fn areas(
    scope: Region,
    (lists, before): (&Lists, bool),
    series: &Series,
    name: &dyn Fn(Region) -> String,
    counts: &dyn Fn(Region) -> [f64; 2],
) -> Vec<Area> {
    let listed = lists.rows.keys().filter(|r| r.within(scope)).copied().collect::<BTreeSet<Region>>();
    let known: BTreeSet<Region> = series.0.keys().filter(|r| r.within(scope)).copied().collect();
    let mut areas: Vec<Area> = Vec::new();
    for leaf in leaves(&listed, &known) {
        let parent = leaf.parent();
        if areas.last().is_none_or(|a| a.region != parent && a.region.parent() != parent) {
            areas.push(blank(parent, name(parent), None, counts(parent)));
        }
        let group = areas.iter().rposition(|a| a.group.is_none());
        let mut area = blank(leaf, name(leaf), group, counts(leaf));
        fill(&mut area, lists, before, series);
        areas.push(area);
    }
    rest(&mut areas);
    areas
}

/// A group that stands beside groups of regions inside it holds the rest of them, and says so.
fn rest(areas: &mut [Area]) {
    let groups: Vec<Region> = areas.iter().filter(|a| a.group.is_none()).map(|a| a.region).collect();
    for area in areas.iter_mut().filter(|a| a.group.is_none()) {
        if groups.iter().any(|g| *g != area.region && g.within(area.region)) {
            area.name = format!("{}: kabupaten/kota tanpa rincian kecamatan", area.name);
        }
    }
}

/// The deepest regions whose upper ones are not needed: kecamatan where there are any, else the kab/kota, else the province. What the
/// lists know decides; voters over time fill in where they know nothing.
fn leaves(listed: &BTreeSet<Region>, known: &BTreeSet<Region>) -> BTreeSet<Region> {
    let mut leaves = BTreeSet::new();
    let upper: BTreeSet<Region> =
        listed.iter().chain(known).map(|r| r.up_to(Level::Kabkota)).filter(|r| r.level() == Level::Kabkota).collect();
    for &kabkota in &upper {
        let below = |set: &BTreeSet<Region>| -> BTreeSet<Region> {
            set.range(kabkota..kabkota.end()).filter(|r| r.level() == Level::Kecamatan).copied().collect()
        };
        let own = below(listed);
        let chosen = if own.is_empty() && !listed.contains(&kabkota) { below(known) } else { own };
        leaves.extend(if chosen.is_empty() { BTreeSet::from([kabkota]) } else { chosen });
    }
    let provinces = listed.iter().chain(known).filter(|r| r.level() == Level::Provinsi);
    leaves.extend(provinces.filter(|p| !upper.iter().any(|k| k.within(**p))));
    leaves
}

/// A region of which nothing is known yet.
pub fn blank(region: Region, name: String, group: Option<usize>, counts: [f64; 2]) -> Area {
    Area {
        region,
        name,
        group,
        voters: None,
        stations: None,
        counts,
        parts: Vec::new(),
        by_station: false,
        parts_before: false,
        uncertain: 0,
        series: None,
        needs: [Vec::new(), Vec::new()],
        expected: None,
    }
}

fn fill(area: &mut Area, lists: &Lists, before: bool, series: &Series) {
    let located = |figure| if before { Located::Before(figure) } else { Located::Now(figure) };
    if let Some(listed) = lists.rows.get(&area.region) {
        area.voters = listed.voters.map(located);
        area.stations = listed.stations.map(located);
        area.by_station = listed.by_station();
        area.parts.clone_from(&listed.parts);
        area.parts_before = before;
    }
    area.series = series.ends(area.region);
    area.voters = area.voters.or_else(|| series.last(area.region).map(|(_, f)| f));
}
