//! The numbers of LOGISTIK.xlsx: what an election needs, what is there of it, and what is missing, by region and good.
//!
//! Reading order: [`lists`] (voters and polling stations of the voters' lists, of this batch or an earlier one) → [`series`] (voters over
//! time) → [`areas`] (which regions are counted, and [`uncertain`] rows) → [`stock`] (goods that are there, prices) → [`needs`] (norms applied);
//! [`submitted()`] compares what offices ask for with what the norms give.

pub mod areas;
mod build;
pub mod lists;
pub mod needs;
pub mod series;
pub mod stock;
mod submitted;
mod uncertain;

use crate::model::norm::NormGood;
use crate::model::{Norm, Region};

use super::book::{Earlier, Figure};

pub use areas::Area;
pub use build::{GROWTH, book, growth, unverified};
pub use lists::Lists;
pub use needs::Need;
pub use stock::{Price, Stock};
pub use submitted::submitted;

/// Supplies of one consolidating office and those below it.
#[derive(Clone, Debug)]
pub struct SupplyBook {
    /// The office that consolidates; the nation when several provinces came in.
    pub scope: Region,
    /// The configuration names a norm or an office sent supplies.
    pub asked: bool,
    /// The norms applied.
    pub norm: Norm,
    /// The file they stand in.
    pub norm_file: String,
    /// Regions in the order of print: each group before its parts.
    pub areas: Vec<Area>,
    /// Months from the latest voters to the expected election; the default of the forecast's parameter.
    pub months: u32,
    /// Rows of goods that are there, in the order of regions.
    pub stock: Vec<Stock>,
    /// The price of each good of the norm, in its order; `None` where nothing says one.
    pub prices: Vec<Option<Price>>,
    /// Documents of earlier batches; [`Located::Before`] counts here.
    pub earlier: Vec<Earlier>,
    /// What was taken for granted, one sentence each.
    pub notes: Vec<String>,
}

/// A number read from a document of this batch or of an earlier one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Located {
    /// Of this batch.
    Now(Figure),
    /// Of an earlier one.
    Before(Figure),
}

impl Located {
    /// The figure, wherever it stands.
    #[must_use]
    pub const fn figure(&self) -> &Figure {
        match self {
            Self::Now(figure) | Self::Before(figure) => figure,
        }
    }

    /// The number.
    #[must_use]
    pub const fn value(&self) -> f64 {
        self.figure().value
    }
}

impl SupplyBook {
    /// The goods of the norm.
    #[must_use]
    pub fn goods(&self) -> &[NormGood] {
        &self.norm.goods
    }

    /// The number of the group to which an office's stock belongs: the narrowest that holds the office, so that nothing is counted in a
    /// kab/kota and in the rest of its province too.
    #[must_use]
    pub fn holder(&self, office: Region) -> Option<usize> {
        let groups = (0..self.areas.len()).filter(|&i| self.areas[i].group.is_none() && office.within(self.areas[i].region));
        groups.max_by_key(|&i| self.areas[i].region.level())
    }

    /// Whether nobody knows any voters, so that no need can be worked out.
    #[must_use]
    pub fn without_voters(&self) -> bool {
        self.areas.iter().all(|a| a.group.is_none())
    }

    /// The numbers of the areas directly below a group.
    pub fn parts(&self, group: usize) -> impl Iterator<Item = usize> {
        (0..self.areas.len()).filter(move |&i| self.areas[i].group == Some(group))
    }
}
