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

/// Of two names of one level in a row that certainly mean two regions, nobody can say which one the row is about.
#[must_use]
pub fn either(other: Option<&Named>, matched: Match) -> Match {
    match (other.and_then(Named::certain), &matched) {
        (Some(first), Match::Certain(second)) if first != *second => Match::Ambiguous(vec![first, *second]),
        _ => matched,
    }
}

/// A label whose first word is one for sums: `Jumlah Kumai`, not the desa `Batu Banyak`.
#[must_use]
pub fn starts_as_total(label: &Label) -> bool {
    label.said.opens && label.said.senses.first().is_some_and(|s| s.dimension == Dimension::Total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_of_one_level_that_mean_two_regions_leave_the_row_open() {
        let region = |code: &str| -> Region { code.parse().unwrap() };
        let named = |code: &str| Named {
            matched: Match::Certain(region(code)),
            level: Level::Desa,
            printed: code.to_owned(),
            origin: Origin::new(0, 4, 1),
            parent: region("73.01"),
            open: None,
        };
        let (one, other) = (named("73.01.01.1001"), Match::Certain(region("73.01.01.1003")));
        assert_eq!(either(Some(&one), other.clone()), Match::Ambiguous(vec![region("73.01.01.1001"), region("73.01.01.1003")]));
        assert_eq!(either(Some(&one), one.matched.clone()), one.matched);
        assert_eq!(either(None, other.clone()), other);
        assert_eq!(either(Some(&one), Match::Unknown), Match::Unknown);
    }
}
