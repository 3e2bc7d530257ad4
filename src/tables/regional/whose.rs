//! The answer to whose row it is: a region by its printed name, a sum, nobody.

use crate::model::{Level, Origin, Region};
use crate::normalise::region::Match;
use crate::tables::axes::Label;
use crate::tables::words::Dimension;

/// Whose figures a row holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Whose {
    /// A region's, or somebody's who could not be resolved.
    Region(Named),
    /// A printed sum: its label, and the region it says it is the total of.
    Total(String, Option<Region>),
    /// No label tells.
    Nobody,
}

/// A region by its printed name.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// What the name resolved to.
    pub matched: Match,
    /// Level of the table.
    pub level: Level,
    /// As printed.
    pub printed: String,
    /// Cell of the name.
    pub origin: Origin,
    /// Inside which region it was looked for.
    pub parent: Region,
    /// Of a station: the name of its desa, where that could not be resolved.
    pub open: Option<Box<Self>>,
}

impl Named {
    /// The region, where it is certain.
    #[must_use]
    pub const fn certain(&self) -> Option<Region> {
        match self.matched {
            Match::Certain(region) => Some(region),
            _ => None,
        }
    }

    /// The region, certain or proposed.
    #[must_use]
    pub const fn likely(&self) -> Option<Region> {
        match self.matched {
            Match::Certain(region) | Match::Similar(region, _) => Some(region),
            _ => None,
        }
    }
}

/// A code beside a name: they confirm each other; where the name is nobody's, or another's, the name is what people read.
#[must_use]
pub fn by_code((code, shown, origin): (Region, String, Origin), named: Option<Named>) -> Named {
    let Some(named) = named else {
        let parent = code.parent();
        return Named { matched: Match::Certain(code), level: code.level(), printed: shown, origin, parent, open: None };
    };
    let fits = match &named.matched {
        Match::Ambiguous(several) => several.contains(&code),
        Match::Similar(r, _) => *r == code,
        _ => false,
    };
    if fits || named.level < code.level() && named.certain().is_none_or(|r| code.within(r)) {
        return Named { matched: Match::Certain(code), level: code.level(), ..named };
    }
    named
}

/// A label whose first word is one for sums: `Jumlah Kumai`, not the desa `Batu Banyak`.
#[must_use]
pub fn starts_as_total(label: &Label) -> bool {
    label.said.opens && label.said.senses.first().is_some_and(|s| s.dimension == Dimension::Total)
}
