//! A column that holds several levels: the name of a kecamatan, below it that of a desa, below that its stations, each with figures. The
//! stations are the rows; the names above them are sums of what stands below.

use std::collections::HashMap;

use crate::model::{Level, Origin, Region};
use crate::normalise::region::Match;
use crate::tables::axes::{Label, Line, Table};
use crate::tables::words::Dimension;

use super::lines::starts_as_total;
use super::names::Resolver;
use super::slots::{Slot, station};
use super::tags::{Tagger, level};
use super::whose::{Named, Whose};

/// Whose the rows are that stand in such a column, by their place (row of the sheet, part), read from top to bottom; nothing where no column
/// holds several levels. `base` is the region around a line.
pub(super) fn climb<'a>(
    table: &Table<'a>,
    slots: &[Slot],
    resolver: &Resolver,
    tagger: &Tagger,
    base: impl Fn(&Line<'a>) -> Region,
) -> HashMap<(u32, usize), Whose> {
    let Some(slot) = slots.iter().position(|s| *s == Slot::Ladder) else { return HashMap::new() };
    let label = |line: &Line<'a>| line.labels.get(slot).copied().flatten().filter(|l| !starts_as_total(l));
    let labels: Vec<Option<Label>> = table.rows.iter().map(label).collect();
    let steps: Vec<Option<String>> = labels.iter().map(|l| l.as_ref().map(|l| table.shown(l))).collect();
    let mut ladder = Ladder::new(resolver);
    let mut found = HashMap::new();
    for (n, line) in table.rows.iter().enumerate() {
        let (Some(label), Some(shown)) = (&labels[n], &steps[n]) else { continue };
        // Of `KECAMATAN AMPEK NAGARI` the first word tells.
        let said = label.said.value(Dimension::Level).and_then(|v| level(tagger.vocabulary.value(v)));
        let next = steps.get(n + 1).and_then(Option::as_deref);
        found.insert((line.at, line.part), ladder.step(Step { shown, said, next, base: base(line), origin: label.origin }));
    }
    found
}

/// One line of such a column.
#[derive(Clone, Copy, Debug)]
struct Step<'l> {
    /// What is printed.
    shown: &'l str,
    /// The level its words name (`KECAMATAN …`).
    said: Option<Level>,
    /// What is printed in the line below.
    next: Option<&'l str>,
    /// The region around the line.
    base: Region,
    /// Its cell.
    origin: Origin,
}

/// Where the reading of such a column stands.
#[derive(Debug)]
struct Ladder<'a, 's> {
    resolver: &'s Resolver<'a>,
    kecamatan: Option<Region>,
    desa: Option<Named>,
}

impl<'a, 's> Ladder<'a, 's> {
    const fn new(resolver: &'s Resolver<'a>) -> Self {
        Self { resolver, kecamatan: None, desa: None }
    }

    /// Whose the next line is.
    fn step(&mut self, step: Step) -> Whose {
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
