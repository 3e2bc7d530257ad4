//! Voters of the regions over time: what earlier batches and this one say of `akhir`, and `awal` where nothing earlier is known.

use std::collections::BTreeMap;

use crate::model::{Level, Period, Region};

use super::super::book::{Figure, PdpbBook};
use super::super::history::History;
use super::Located;

/// Voters of one region at the ends of periods, oldest first.
pub type Points = BTreeMap<Period, Located>;

/// All series by region.
#[derive(Clone, Debug, Default)]
pub struct Series(pub BTreeMap<Region, Points>);

impl Series {
    /// The series of all regions down to kecamatan.
    pub fn of(book: Option<&PdpbBook>, before: Option<&History>) -> Self {
        let mut series = Self::default();
        for (period, office, region, past) in before.into_iter().flat_map(History::figures) {
            if let (Some(value), true) = (past.values[2].or_else(|| sum(past.values)), region.level() <= Level::Kecamatan) {
                let origin = past.values[2].and(past.origins[2]);
                let figure = Located::Before(Figure { value, entry: past.document, origin });
                let own = office == region.up_to(Level::Kabkota);
                series.add(region, period, figure, own);
            }
        }
        let Some((book, period)) = book.and_then(|b| Some((b, b.period?))) else { return series };
        for chapter in &book.chapters {
            let lines = chapter.rows.iter().chain(&chapter.whole).filter_map(|l| Some((l.region?, l)));
            for (region, line) in lines.filter(|(r, _)| r.level() <= Level::Kecamatan) {
                if let Some(akhir) = line.flow[4][2] {
                    series.add(region, period, Located::Now(akhir), true);
                }
                if let Some(awal) = line.flow[0][2] {
                    series.add(region, period.previous(), Located::Now(awal), false);
                }
            }
        }
        series
    }

    fn add(&mut self, region: Region, period: Period, figure: Located, own: bool) {
        let points = self.0.entry(region).or_default();
        if own || !points.contains_key(&period) {
            points.insert(period, figure);
        }
    }

    /// First and last point of a region, of different months.
    pub fn ends(&self, region: Region) -> Option<((Period, Located), (Period, Located))> {
        let points = self.0.get(&region)?;
        let first = points.iter().min_by_key(|(p, _)| p.end_month()).map(|(p, f)| (*p, *f))?;
        let last = self.last(region)?;
        (first.0.end_month() < last.0.end_month()).then_some((first, last))
    }

    /// The latest point of a region.
    pub fn last(&self, region: Region) -> Option<(Period, Located)> {
        self.0.get(&region)?.iter().max_by_key(|(p, _)| p.end_month()).map(|(p, f)| (*p, *f))
    }
}

fn sum([l, p, _]: [Option<f64>; 3]) -> Option<f64> {
    l.zip(p).map(|(l, p)| l + p)
}
