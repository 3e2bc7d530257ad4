//! What surrounds a table says whose it is: its titles, the name of its sheet, the sheet's other titles, or the names in it.

use std::collections::BTreeSet;

use crate::model::period::Part;
use crate::model::{Document, Level, Period, Region};
use crate::normalise::{number, period};
use crate::tables::axes::Table;

use super::names::Resolver;
use super::slots::{Slot, station};

/// Finds the region around each part of a table.
pub(super) struct Around<'a, 's> {
    /// For names.
    pub resolver: &'s Resolver<'a>,
    /// The kecamatan that the whole sheet is about.
    pub base: Option<Region>,
    /// The kecamatan that the last line of the page before names: the title of a table without one.
    pub foot: Option<Region>,
}

impl Around<'_, '_> {
    /// The region around each part of the table, `None` where nothing tells.
    pub fn of(&self, table: &Table, slots: &[Slot]) -> Vec<Option<Region>> {
        let titled = (0..table.titles.len().max(1)).map(|part| self.surroundings(table, part));
        let names = slots.iter().any(|s| matches!(s, Slot::Region(_) | Slot::Station | Slot::Ladder | Slot::Code | Slot::Path));
        let form = |(part, region): (usize, Option<Region>)| if names { region } else { self.numbered(table, part, region) };
        let titled = titled.enumerate().map(form).collect();
        self.inferred(table, slots, titled)
    }

    /// A station's form: the line right above says `TPS 001`, one above it the desa.
    fn numbered(&self, table: &Table, part: usize, region: Option<Region>) -> Option<Region> {
        let nearest = titles(table, part).into_iter().next().filter(|line| self.resolver.is_station(line));
        let numbered = || region.filter(|r| r.level() == Level::Desa)?.station(station(nearest?)?);
        numbered().or(region)
    }

    /// The region the titles of a part, or the name of the sheet, speak of.
    fn surroundings(&self, table: &Table, part: usize) -> Option<Region> {
        let scope = self.resolver.scope;
        let inside = |text: &str, base: Region| self.resolver.path(text, base).or_else(|| self.resolver.titled(text, base));
        let named = |text: &str| self.base.and_then(|b| inside(text, b)).or_else(|| inside(text, scope));
        let bare = |text: &str| {
            let below = scope.level().below().filter(|&l| l < Level::Tps)?;
            // A desa may bear the name of its kota: the title means the office then.
            let own = || self.resolver.certain(text, scope.parent(), scope.level()) == Some(scope);
            let deeper = below.below().filter(|&l| l < Level::Tps);
            self.resolver.certain(text, scope, below).or_else(|| self.resolver.certain(text, scope, deeper?).filter(|_| !own()))
        };
        let titles = titles(table, part);
        if let (true, Some(foot)) = (titles.is_empty(), self.foot) {
            return Some(foot);
        }
        let sheet = &table.sheet.grid.name;
        let nearest = titles.iter().find_map(|t| named(t));
        let together = || self.resolver.titled(&joined(&titles), self.base.unwrap_or(scope));
        let deeper = together().filter(|r| nearest.is_none_or(|n| r.level() > n.level()));
        deeper.or(nearest).or_else(|| titles.iter().find_map(|t| bare(t))).or_else(|| named(sheet)).or_else(|| bare(sheet))
    }

    /// Where nothing says which kecamatan a table of desa is about, the one that has most of its names.
    fn inferred(&self, table: &Table, slots: &[Slot], around: Vec<Option<Region>>) -> Vec<Option<Region>> {
        let region = |(i, s): (usize, &Slot)| if let Slot::Region(l) = s { Some((*l, i)) } else { None };
        let deepest = slots.iter().enumerate().filter_map(region).max();
        let Some((level, i)) = deepest.filter(|(l, _)| l.above().is_some_and(|a| a > self.resolver.scope.level())) else {
            return around;
        };
        let parented =
            slots.iter().any(|s| matches!(s, Slot::Region(l) if *l < level) || *s == Slot::Code) || !table.groups.is_empty();
        if parented {
            return around;
        }
        let guess = |(part, known): (usize, Option<Region>)| {
            let rows = table.rows.iter().filter(|r| r.part == part);
            let labels: Vec<String> = rows.filter_map(|r| r.labels.get(i).copied().flatten()).map(|l| table.shown(&l)).collect();
            let names: Vec<&str> = labels.iter().map(String::as_str).collect();
            let voted = || {
                self.resolver.regions.common_parent(&names, level, self.resolver.scope).filter(|(_, hits)| hits * 2 > names.len())
            };
            // Names that are certainly another's children make it a list of several.
            let alone = |parent: &Region, hits: usize| {
                let elsewhere =
                    |n: &&&str| self.resolver.certain(n, self.resolver.scope, level).is_some_and(|r| r.parent() != *parent);
                names.iter().filter(elsewhere).count() * 5 <= hits
            };
            let voted = || voted().filter(|(parent, hits)| alone(parent, *hits));
            known.filter(|r| Some(r.level()) == level.above()).or_else(|| voted().map(|(parent, _)| parent)).or(known)
        };
        around.into_iter().enumerate().map(guess).collect()
    }
}

/// How many lines of running text above a table on paper may be its titles, and of how many words.
const NEAREST: usize = 3;
const LONGEST_TITLE: usize = 24;

/// The titles of a part, the nearest first. On paper they are lines of running text above the table.
pub(super) fn titles<'t>(table: &'t Table, part: usize) -> Vec<&'t str> {
    let cells: Vec<&str> =
        table.titles.get(part).or_else(|| table.titles.first()).into_iter().flatten().rev().map(|t| t.text).collect();
    if !cells.is_empty() {
        return cells;
    }
    let short = |line: &&str| line.split_whitespace().count() <= LONGEST_TITLE;
    let mut told = 0;
    let near = |line: &&str| {
        told += usize::from(!counts(line));
        told <= NEAREST
    };
    table.sheet.grid.above().into_iter().take_while(near).take_while(short).collect()
}

/// `Jumlah TPS : 41`: a line that tells a number of something; whose it is may stand above it.
fn counts(line: &str) -> bool {
    line.rsplit_once([':', '=']).is_some_and(|(label, figure)| {
        label.chars().any(char::is_alphabetic) && number::looks_like_number(figure.split_whitespace().next().unwrap_or_default())
    })
}

/// Titles as one text, from top to bottom: a name may stand in a cell beside its level (`Desa` | `: Lalong`), the kecamatan in the line
/// above.
fn joined(titles: &[&str]) -> String {
    let texts: Vec<&str> = titles.iter().rev().copied().collect();
    texts.join(" ")
}

/// Whether sheets speak of one month each, beside the document's own longer period: each of them is a part of it.
pub(super) fn months_apart(document: &Document, own: Option<Period>) -> bool {
    let visible = document.grids.iter().filter(|g| !g.hidden);
    let named: BTreeSet<u8> =
        visible.filter_map(|g| only_month(std::iter::once(&*g.name).chain(g.texts.iter().map(|t| &**t)))).collect();
    named.len() > 1 && own.is_some_and(|p| month_of(p.part).is_none())
}

/// The only month that some texts name, not counting dates.
pub(super) fn only_month(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Option<u8> {
    let mut months = BTreeSet::new();
    for text in texts {
        let full = period::find(text.as_ref()).into_iter().filter(|f| f.how != period::How::Dated).map(|f| f.period.part);
        let partial = period::find_partial(text.as_ref()).into_iter().map(|(part, _)| part);
        months.extend(full.chain(partial).filter_map(month_of));
    }
    months.first().copied().filter(|_| months.len() == 1)
}

const fn month_of(part: Part) -> Option<u8> {
    if let Part::Month(month) = part { Some(month) } else { None }
}

/// The one kecamatan that a sheet's name or the titles on it name as such or by one of its desa: desa in other titles are looked for inside it first.
pub(super) fn sheet_region(tables: &[Table], name: &str, resolver: &Resolver) -> Option<Region> {
    let titles = tables.iter().flat_map(|t| t.titles.iter().flatten());
    let level = |r: Region| (r.level() == Level::Kecamatan).then_some(r);
    let kecamatan = |r: Region| (r.level() >= Level::Kecamatan).then(|| r.up_to(Level::Kecamatan));
    let named: BTreeSet<Region> = titles.filter_map(|t| resolver.titled(t.text, resolver.scope)).filter_map(kecamatan).collect();
    let titled = named.first().copied().filter(|_| named.len() == 1);
    let sheet = || {
        let bare = || resolver.certain(name, resolver.scope, Level::Kecamatan);
        resolver.titled(name, resolver.scope).and_then(level).or_else(bare)
    };
    if named.is_empty() { sheet() } else { titled }
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn a_line_may_tell_a_number_of_something() {
        assert!(counts("Jumlah TPS : 41") && counts("Jumlah DPT = 10.286 orang"));
        assert!(!counts("PPK KECAMATAN : KUMAI") && !counts("PEMILU TAHUN 2024") && !counts("12 : 30"));
    }
}
