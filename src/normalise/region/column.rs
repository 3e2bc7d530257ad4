//! What the names of one column tell about each other: whose children they are, and which of two namesakes is meant.

use std::collections::BTreeMap;

use crate::model::{Level, Region};

use super::index::{self, Rank};
use super::printed::{self, Kind, Printed};
use super::{Match, Regions};

impl Regions {
    /// The region within `within` that has most of these names among its children of `level`, and how many of them; `None` where
    /// none or two have most.
    #[must_use]
    pub fn common_parent(&self, names: &[&str], level: Level, within: Region) -> Option<(Region, usize)> {
        let (layer, index) = self.index(level)?;
        let range = layer.range(within);
        let mut votes: BTreeMap<Region, usize> = BTreeMap::new();
        for name in names {
            let mut parents: Vec<Region> = Vec::new();
            for form in Printed::new(name, level).forms {
                let found = index.find(&printed::compact(&form.words), &range, &[Rank::Own, Rank::Alias]);
                parents.extend(found.into_iter().map(|at| layer.codes()[at].parent()));
            }
            parents.sort_unstable();
            parents.dedup();
            for parent in parents {
                *votes.entry(parent).or_default() += 1;
            }
        }
        let most = *votes.values().max()?;
        let mut first = votes.into_iter().filter(|(_, n)| *n == most);
        let (parent, _) = first.next()?;
        first.next().is_none().then_some((parent, most))
    }

    /// Resolves the names of one column, each within its own parent, and lets them settle what one alone leaves open: of two
    /// namesakes a bare name means the one that the column does not name otherwise, or the one that the column never marks (a list
    /// that writes `Kota Bogor` but never `Kab.` means the kabupaten by `Bogor`).
    #[must_use]
    pub fn resolve_column(&self, names: &[(&str, Region)], level: Level) -> Vec<Match> {
        let mut found: Vec<Match> = names.iter().map(|(name, parent)| self.resolve(name, *parent, level)).collect();
        let mut known: Vec<Region> =
            found.iter().filter_map(|m| if let Match::Certain(r) = m { Some(*r) } else { None }).collect();
        known.sort_unstable();
        let unmarked = unmarked(names, level);
        for one in &mut found {
            let Match::Ambiguous(several) = one else {
                continue;
            };
            let mut open = several.iter().copied().filter(|r| known.binary_search(r).is_err());
            let alone = open.next().filter(|_| open.next().is_none());
            let of_kind = |r: &Region| unmarked.is_some_and(|kind| self.kind_of(*r) == kind);
            let mut same = several.iter().copied().filter(of_kind);
            let by_habit = same.next().filter(|_| same.next().is_none());
            if let Some(region) = alone.or(by_habit) {
                *one = Match::Certain(region);
            }
        }
        found
    }

    fn kind_of(&self, region: Region) -> Kind {
        let place = self.layer(region.level()).and_then(|layer| Some((layer, layer.position(region)?)));
        place.map_or(Kind::Any, |(layer, at)| index::kind(layer, at))
    }
}

/// The kind that a column of kab/kota leaves without its word, where it writes the word of the other kind only.
fn unmarked(names: &[(&str, Region)], level: Level) -> Option<Kind> {
    if level != Level::Kabkota {
        return None;
    }
    let says = |kind| names.iter().any(|(name, _)| Printed::new(name, level).forms.iter().any(|f| f.kind == kind));
    match (says(Kind::Kabupaten), says(Kind::Kota)) {
        (false, true) => Some(Kind::Kabupaten),
        (true, false) => Some(Kind::Kota),
        _ => None,
    }
}
