//! One column of names with the sums among them: `Sukawati`, the kecamatan, above its desa, one of which is Sukawati too. A name that stands
//! twice is once that of the region above, where its figures are the sum of the rows on one side of it.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Level, Region};
use crate::normalise::text;
use crate::tables::axes::Content;
use crate::tables::letters::unnumbered;

use super::{Reader, Whose, starts_as_total};
use crate::tables::regional::slots::Slot;

/// Fewest rows that a sum stands for.
const FEWEST: usize = 2;
/// The figures that add up are at least one in so many of what a sum prints.
const WORTH: f64 = 8.0;

impl Reader<'_, '_> {
    /// The rows that are the sum of a region whose name one of its parts bears as well.
    pub(super) fn namesakes(&self) -> HashMap<(u32, usize), Whose> {
        let mut found = HashMap::new();
        let Some((slot, above)) = self.only_names() else { return found };
        let mut bearers: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        for (n, line) in self.table.rows.iter().enumerate() {
            if let Some(label) = line.labels.get(slot).copied().flatten().filter(|l| !l.carried && !starts_as_total(l)) {
                let printed = self.table.shown(&label);
                bearers.entry((line.part, together(unnumbered(&printed).unwrap_or(&printed)))).or_default().push(n);
            }
        }
        for ((part, _), rows) in bearers.into_iter().filter(|(_, rows)| rows.len() > 1) {
            for &n in &rows {
                let printed = self.table.rows[n].labels[slot].map(|label| self.table.shown(&label)).unwrap_or_default();
                let Some(region) = self.bearer(&printed, above) else { continue };
                let own = |row: &usize| self.table.rows[*row].part == part;
                let below = (n + 1..self.table.rows.len()).take_while(own);
                let namesake = |row: usize| rows.contains(&row);
                if self.sums(n, below, namesake) || self.sums(n, (0..n).rev().take_while(own), namesake) {
                    found.insert((self.table.rows[n].at, part), Whose::Total(printed, Some(region)));
                    break;
                }
            }
        }
        found
    }

    /// The one column of names of the table, and the level above theirs; `None` where other columns say whose the rows are, too.
    fn only_names(&self) -> Option<(usize, Level)> {
        let names =
            |s: &Slot| matches!(s, Slot::Region(_) | Slot::Station | Slot::Ladder | Slot::Code | Slot::Path | Slot::Goods);
        let mut slots = self.slots.iter().enumerate().filter(|(_, s)| names(s));
        let (Some((slot, Slot::Region(level))), None) = (slots.next(), slots.next()) else { return None };
        Some((slot, level.above().filter(|above| *above >= self.resolver.scope.level())?))
    }

    /// The region of a level that is called so: the office itself, or one inside it.
    fn bearer(&self, name: &str, level: Level) -> Option<Region> {
        let (scope, bare) = (self.resolver.scope, unnumbered(name).unwrap_or(name));
        let parent = if level == scope.level() { scope.parent() } else { scope };
        let called = |r: &Region| self.resolver.regions.bare_name(*r).is_some_and(|own| together(own) == together(bare));
        self.resolver.certain(bare, parent, level).filter(|r| r.within(scope) && called(r))
    }

    /// Whether half of the figures of a row, and at least two where it has several, are the sums of those of the rows that follow, up to one of them.
    /// Rows that all bear its name are the men and women of one region.
    fn sums(&self, row: usize, others: impl Iterator<Item = usize>, namesake: impl Fn(usize) -> bool) -> bool {
        let own: BTreeMap<usize, f64> = self.amounts(row).filter(|(_, n)| *n > 0.0).collect();
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        // A slip in one figure is often one in the sum beside it, too.
        let enough = own.len().div_ceil(2).max(own.len().min(2));
        let mut strangers = 0;
        for (count, other) in others.enumerate() {
            strangers += usize::from(!namesake(other));
            self.amounts(other).for_each(|(col, n)| *sums.entry(col).or_default() += n);
            let left = || own.iter().map(|(col, n)| (n - sums.get(col).copied().unwrap_or(0.0), n));
            let met: Vec<f64> = left().filter(|(left, _)| left.abs() < 0.5).map(|(_, n)| *n).collect();
            // Small counts add up by chance.
            let worth = met.iter().sum::<f64>() * WORTH >= own.values().sum();
            if count + 1 >= FEWEST && strangers > 0 && enough > 0 && met.len() >= enough && worth {
                return true;
            }
            if left().all(|(left, _)| left < -0.5) {
                return false;
            }
        }
        false
    }

    /// The numbers of a row, by column.
    fn amounts(&self, row: usize) -> impl Iterator<Item = (usize, f64)> {
        let figures = &self.table.figures;
        let own = figures.partition_point(|f| f.row < row)..figures.partition_point(|f| f.row <= row);
        figures[own].iter().filter_map(|f| if let Content::Number(n) = f.content { Some((f.col, n)) } else { None })
    }

    /// `31.71.01 GAMBIR`: the region whose code stands beside its name in one cell.
    pub(super) fn coded(&self, printed: &str) -> Option<Region> {
        let apart = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '-' | '–' | ':' | ',');
        let code =
            printed.split(apart).find_map(|word| word.parse::<Region>().ok().filter(|r| self.resolver.regions.knows(*r)))?;
        let named = text::key(printed);
        self.resolver.regions.name(code).is_some_and(|name| named.contains(&text::key(name))).then_some(code)
    }
}

/// A name without blanks, capitals and signs: `Setia Budi` is `Setiabudi`.
fn together(name: &str) -> String {
    text::words(name).concat()
}
