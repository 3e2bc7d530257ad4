//! A column that holds several levels: the name of a kecamatan, below it that of a desa, below that its stations, each with figures. The
//! stations are the rows; the names above them are sums of what stands below.

use crate::model::{Level, Origin, Region};
use crate::normalise::region::Match;

use super::names::Resolver;
use super::slots::station;
use super::whose::{Named, Whose};

/// One line of such a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'l> {
    /// What is printed.
    pub shown: &'l str,
    /// The level its words name (`KECAMATAN …`).
    pub said: Option<Level>,
    /// What is printed in the line below.
    pub next: Option<&'l str>,
    /// The region around the line.
    pub base: Region,
    /// Its cell.
    pub origin: Origin,
}

/// Where the reading of such a column stands.
#[derive(Debug)]
pub(super) struct Ladder<'a, 's> {
    resolver: &'s Resolver<'a>,
    kecamatan: Option<Region>,
    desa: Option<Named>,
}

impl<'a, 's> Ladder<'a, 's> {
    pub(super) const fn new(resolver: &'s Resolver<'a>) -> Self {
        Self { resolver, kecamatan: None, desa: None }
    }

    /// Whose the next line is.
    pub(super) fn step(&mut self, step: Step) -> Whose {
        match numbered(step.shown) {
            Some(number) => self.station(number, step),
            None => self.name(step),
        }
    }

    fn station(&self, number: u32, step: Step) -> Whose {
        let parent = self.desa.as_ref().and_then(Named::likely);
        let found = parent.and_then(|desa| desa.station(number));
        let matched = match (found, self.desa.as_ref().map(|d| &d.matched)) {
            (Some(r), Some(Match::Similar(_, score))) => Match::Similar(r, *score),
            (Some(r), _) => Match::Certain(r),
            (None, _) => Match::Unknown,
        };
        let open = self.desa.clone().filter(|desa| desa.likely().is_none()).map(Box::new);
        let parent = parent.or(self.kecamatan).unwrap_or(step.base);
        Whose::Region(Named { matched, level: Level::Tps, printed: step.shown.to_owned(), origin: step.origin, parent, open })
    }

    /// A name right above stations is their desa's, any other one a kecamatan's; where it says its level, that one's.
    fn name(&mut self, step: Step) -> Whose {
        let heads = step.next.is_some_and(|next| numbered(next).is_some());
        let total = |of: Option<Region>| Whose::Total(step.shown.to_owned(), of);
        if heads && step.said.is_none_or(|l| l >= Level::Desa) || step.said == Some(Level::Desa) {
            let inside = self.kecamatan.unwrap_or(step.base);
            let first = self.resolver.resolve(step.shown, inside, Level::Desa);
            let scope = self.resolver.scope;
            let matched = if first == Match::Unknown { self.resolver.resolve(step.shown, scope, Level::Desa) } else { first };
            let named = Named {
                matched,
                level: Level::Desa,
                printed: step.shown.to_owned(),
                origin: step.origin,
                parent: inside,
                open: None,
            };
            let of = named.likely();
            self.desa = Some(named);
            return total(of);
        }
        self.desa = None;
        self.kecamatan = match self.resolver.resolve(step.shown, self.resolver.scope, Level::Kecamatan) {
            Match::Certain(region) | Match::Similar(region, _) => Some(region),
            Match::Ambiguous(_) | Match::Unknown => None,
        };
        total(self.kecamatan)
    }
}

/// The number of a station that says it is one.
fn numbered(text: &str) -> Option<u32> {
    text.trim_start().to_uppercase().starts_with("TPS").then(|| station(text)).flatten()
}
