//! Norms applied to a region: how many of each good its voters and polling stations need, exactly or within bounds.

use crate::model::norm::{NormGood, NormPlace};
use crate::model::{Level, Norm, Region};
use crate::normalise::expression::{Estimate, Exact, Formula, Place, STATIONS, VOTERS};

use super::areas::Area;

/// How many of a good are needed; bounds and estimate are the same where the norm leaves nothing open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// At least.
    pub low: f64,
    /// Probably; exactly, where the bounds meet.
    pub likely: f64,
    /// At most.
    pub high: f64,
}

impl Need {
    /// Nothing of anything.
    pub const NONE: Self = Self { low: 0.0, likely: 0.0, high: 0.0 };

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, likely: self.likely + other.likely, high: self.high + other.high }
    }
}

/// A norm with its formulas read.
#[derive(Debug)]
pub struct Applied<'a> {
    norm: &'a Norm,
    formulas: Vec<Option<(Formula, Option<Formula>)>>,
}

/// Voters, polling stations, desa, kecamatan.
pub type Counts = [f64; 4];

impl<'a> Applied<'a> {
    /// Reads the formulas; one that cannot be read gives no need (loading the schemas has refused it already).
    #[must_use]
    pub fn new(norm: &'a Norm) -> Self {
        let read = |good: &NormGood| {
            let times = if good.times.is_empty() { None } else { Formula::parse(&good.times).ok() };
            Some((Formula::parse(&good.formula).ok()?, times))
        };
        Self { norm, formulas: norm.goods.iter().map(read).collect() }
    }

    /// The needs of a region by good. Goods counted once in a kab/kota are `None` below it.
    #[must_use]
    pub fn needs(&self, area: &Area, counts: Counts, by_station: bool) -> Vec<Option<Need>> {
        let stations: Option<Vec<u32>> =
            if by_station { area.parts.iter().map(|p| whole(p.voters.value)).collect() } else { None };
        let one = |i: usize| {
            let good = self.norm.goods.get(i)?;
            if good.place == NormPlace::Kabkota && area.region.level() != Level::Kabkota {
                return None;
            }
            self.need(i, area.region, counts, stations.as_deref())
        };
        (0..self.norm.goods.len()).map(one).collect()
    }

    fn need(&self, good: usize, region: Region, counts: Counts, stations: Option<&[u32]>) -> Option<Need> {
        let (each, times) = self.each(good, region, counts, stations)?;
        let of = |n: f64| ((n * times * 1e6).round() / 1e6).ceil();
        Some(Need { low: of(each.low), likely: of(each.likely), high: of(each.high) })
    }

    /// The need of one kind of a good, and how many kinds there are.
    #[must_use]
    pub fn each(&self, good: usize, region: Region, counts: Counts, stations: Option<&[u32]>) -> Option<(Need, f64)> {
        let (formula, times) = self.formulas.get(good)?.as_ref()?;
        let exact: Vec<Exact> = counts.iter().map(|n| Exact::read(*n)).collect::<Option<_>>()?;
        let value = |name: &str| match name {
            VOTERS => exact.first().copied(),
            STATIONS => exact.get(1).copied(),
            "desa" => exact.get(2).copied(),
            "kecamatan" => exact.get(3).copied(),
            parameter => Exact::decimal(self.norm.parameter(parameter, region)?),
        };
        let each = formula.evaluate(&Place { value: &value, stations })?;
        let times = match times {
            Some(times) => times.evaluate(&Place { value: &value, stations: None })?,
            None => Estimate::exactly(Exact::whole(1)),
        };
        let need = Need { low: each.low.number(), likely: each.likely.number(), high: each.high.number() };
        Some((need, times.likely.number()))
    }
}

fn whole(number: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within bounds")]
    (0.0..=1e9).contains(&number).then_some(number as u32)
}
