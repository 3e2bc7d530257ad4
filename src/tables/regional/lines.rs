//! Whose row it is: a region, a sum over regions, or nobody's.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::{Level, Origin, Region};
use crate::normalise::region::{Match, Regions};
use crate::normalise::text;
use crate::tables::axes::{Label, Line, Table};
use crate::tables::words::Dimension;

use super::slots::{Slot, station};
use super::tags::{Tagger, Tags, level};

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

/// Resolves names for one document, each once.
#[derive(Debug)]
pub struct Resolver<'a> {
    /// The reference list.
    pub regions: &'a Regions,
    /// The document's office: names are looked for inside it.
    pub scope: Region,
    known: RefCell<HashMap<(String, Region, Level), Match>>,
}

impl<'a> Resolver<'a> {
    /// For names inside `scope`.
    #[must_use]
    pub fn new(regions: &'a Regions, scope: Region) -> Self {
        Self { regions, scope, known: RefCell::default() }
    }

    /// Resolves a name among the regions of `level` inside `parent`.
    #[must_use]
    pub fn resolve(&self, name: &str, parent: Region, level: Level) -> Match {
        let key = (name.to_owned(), parent, level);
        if let Some(found) = self.known.borrow().get(&key) {
            return found.clone();
        }
        let found = self.regions.resolve(name, parent, level);
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    /// The region of `level` a name certainly means.
    #[must_use]
    pub fn certain(&self, name: &str, parent: Region, level: Level) -> Option<Region> {
        match self.resolve(name, parent, level) {
            Match::Certain(region) => Some(region),
            _ => None,
        }
    }

    /// The deepest region that a title names by its level (`KECAMATAN KUMAI`, `DESA X KECAMATAN Y`), below the scope.
    #[must_use]
    pub fn titled(&self, title: &str, tagger: &Tagger) -> Option<Region> {
        let mut named = parts_by_level(title, tagger);
        named.sort_by_key(|(level, _)| *level);
        let mut found = None;
        for (level, name) in named {
            let parent = found.unwrap_or(self.scope);
            if level > self.scope.level() {
                found = self.certain(&name, parent, level).or(found);
            }
        }
        found
    }
}

/// `DESA X KECAMATAN Y` → (desa, X), (kecamatan, Y): each level word with the words after it.
fn parts_by_level(title: &str, tagger: &Tagger) -> Vec<(Level, String)> {
    let folded = text::key(title);
    let mut parts: Vec<(Level, String)> = Vec::new();
    let mut open: Option<(Level, Vec<&str>)> = None;
    for word in folded.split(' ') {
        let said = tagger.vocabulary.read(word);
        let named = said.senses.iter().find(|s| s.dimension == Dimension::Level).and_then(|s| level(tagger.vocabulary.value(s.value)));
        let ends = said.tells(Dimension::Filler) || word.parse::<u32>().is_ok_and(|n| n > 1900);
        match (named, &mut open) {
            (Some(next), _) => {
                close(&mut parts, open.take());
                open = Some((next, Vec::new()));
            }
            (None, Some(_)) if ends => close(&mut parts, open.take()),
            (None, Some((_, words))) => words.push(word),
            (None, None) => {}
        }
    }
    close(&mut parts, open);
    parts
}

fn close(parts: &mut Vec<(Level, String)>, open: Option<(Level, Vec<&str>)>) {
    if let Some((level, words)) = open.filter(|(_, w)| !w.is_empty()) {
        parts.push((level, words.join(" ")));
    }
}

/// What surrounds a table: the region its titles or its sheet's name speak of.
#[must_use]
pub fn surroundings(table: &Table, part: usize, resolver: &Resolver, tagger: &Tagger) -> Option<Region> {
    let titles = table.titles.get(part).or_else(|| table.titles.first());
    let titled = titles.into_iter().flatten().rev().find_map(|t| resolver.titled(t.text, tagger));
    titled.or_else(|| by_sheet_name(&table.sheet.grid.name, resolver, tagger))
}

/// The region a sheet is named after: by level word, or by its bare name if that is certain.
fn by_sheet_name(name: &str, resolver: &Resolver, tagger: &Tagger) -> Option<Region> {
    resolver.titled(name, tagger).or_else(|| {
        let below = resolver.scope.level().below().filter(|&l| l < Level::Tps)?;
        resolver.certain(name, resolver.scope, below).or_else(|| {
            let deeper = below.below().filter(|&l| l < Level::Tps)?;
            resolver.certain(name, resolver.scope, deeper)
        })
    })
}

/// What a row is read with.
#[derive(Debug)]
pub struct Reader<'a, 't> {
    /// The table.
    pub table: &'t Table<'a>,
    /// What its label slots hold.
    pub slots: &'t [Slot],
    /// Names.
    pub resolver: &'t Resolver<'a>,
    /// Words.
    pub tagger: &'t Tagger<'a>,
    /// The region around each part of the table.
    pub around: Vec<Option<Region>>,
}

impl Reader<'_, '_> {
    /// Whose row it is.
    #[must_use]
    pub fn whose(&self, line: &Line) -> Whose {
        if let Some(total) = self.total(line) {
            return total;
        }
        let mut region = self.base(line);
        let mut named: Option<Named> = None;
        for (level, label) in self.regional(line) {
            let parent = region.filter(|r| r.level() < level).unwrap_or(self.resolver.scope);
            let printed = self.table.shown(&label);
            let matched = self.resolve_row(&printed, parent, level);
            if let Some(of) = self.names_its_group(&printed, &label, level, &matched) {
                return Whose::Total(printed, Some(of));
            }
            region = if let Match::Certain(r) | Match::Similar(r, _) = matched { Some(r) } else { region.filter(|r| r.level() < level) };
            named = Some(Named { matched, level, printed, origin: label.origin, parent });
        }
        if let Some(code) = self.code(line) {
            named = Some(by_code(code, named, &region));
            region = named.as_ref().and_then(Named::certain).or(region);
        }
        self.station(line, named, region)
    }

    /// The region a row stands under before its own labels are read: the group label above it, else what surrounds the table.
    fn base(&self, line: &Line) -> Option<Region> {
        let around = self.around.get(line.part).copied().flatten();
        let deepest = self.slots.iter().filter_map(|s| if let Slot::Region(l) = s { Some(*l) } else { None }).max();
        self.group_region(line, deepest).or(around)
    }

    /// The region of the nearest group label that names one; at the level above the rows' own where those have names.
    fn group_region(&self, line: &Line, deepest: Option<Level>) -> Option<Region> {
        let scope = self.resolver.scope;
        let wanted = match deepest {
            Some(level) => level.above().filter(|&l| l > scope.level())?,
            None if self.slots.contains(&Slot::Station) => Level::Desa,
            None => scope.level().below()?,
        };
        let groups = &self.table.groups[..line.groups.min(self.table.groups.len())];
        groups.iter().rev().take(4).find_map(|g| {
            self.resolver.titled(g.text, self.tagger).or_else(|| self.resolver.certain(g.text, scope, wanted))
        })
    }

    fn regional<'l>(&self, line: &'l Line<'l>) -> Vec<(Level, Label<'l>)> {
        let labels = self.slots.iter().zip(&line.labels);
        let mut found: Vec<(Level, Label)> =
            labels.filter_map(|(s, l)| if let (Slot::Region(level), Some(label)) = (s, l) { Some((*level, *label)) } else { None }).collect();
        found.sort_by_key(|(level, _)| *level);
        found
    }

    /// Resolves inside the parent; where that fails and the parent was only inferred from above, inside the whole scope.
    fn resolve_row(&self, printed: &str, parent: Region, level: Level) -> Match {
        self.resolver.resolve(printed, parent, level)
    }

    /// A row of a table of desa that is headed by its kecamatan's name, or of kecamatan by the kabupaten's: a sum printed as a row.
    fn names_its_group(&self, printed: &str, label: &Label, level: Level, matched: &Match) -> Option<Region> {
        let above = level.above()?;
        let scope = self.resolver.scope;
        let says = self.tagger.label(label.text, label.said).level == Some(above);
        if matches!(matched, Match::Certain(_)) && !says {
            return None;
        }
        if above == scope.level() {
            return self.resolver.certain(printed, scope.parent(), above).filter(|&r| r == scope);
        }
        let named = if above > scope.level() { self.resolver.certain(printed, scope, above) } else { None };
        named.filter(|_| says || matches!(matched, Match::Unknown))
    }

    /// A row that says it is a sum: a label outside the word columns starts with `jumlah`.
    fn total(&self, line: &Line) -> Option<Whose> {
        let labels = self.slots.iter().zip(&line.labels).filter(|(s, _)| **s != Slot::Words);
        let own = labels.filter_map(|(_, l)| l.as_ref()).find(|l| starts_as_total(l));
        if let Some(label) = own {
            return Some(Whose::Total(label.text.to_owned(), None));
        }
        let named = self.slots.iter().any(|s| matches!(s, Slot::Region(_) | Slot::Station | Slot::Code));
        let group = line.groups.checked_sub(1).and_then(|i| self.table.groups.get(i));
        group.filter(|g| !named && starts_as_total(g)).map(|g| Whose::Total(g.text.to_owned(), None))
    }

    fn code(&self, line: &Line) -> Option<(Region, String, Origin)> {
        let labels = self.slots.iter().zip(&line.labels).filter(|(s, _)| **s == Slot::Code);
        let codes = labels.filter_map(|(_, l)| l.as_ref()).filter_map(|l| {
            let shown = self.table.shown(l);
            let region = shown.trim().parse::<Region>().ok().filter(|&r| self.resolver.regions.knows(r))?;
            Some((region, shown, l.origin))
        });
        codes.max_by_key(|(r, _, _)| r.level())
    }

    /// Puts the station number behind the desa, where the table is about stations.
    fn station(&self, line: &Line, named: Option<Named>, region: Option<Region>) -> Whose {
        let slot = self.slots.iter().position(|s| *s == Slot::Station);
        let Some(label) = slot.and_then(|i| line.labels.get(i).copied().flatten()) else {
            return match (named, region, self.slots.iter().any(|s| matches!(s, Slot::Region(_)))) {
                (Some(named), _, _) => Whose::Region(named),
                (None, Some(r), false) if slot.is_none() => Whose::Region(self.surrounded(line, r)),
                _ => Whose::Nobody,
            };
        };
        let printed = self.table.shown(&label);
        let parent = region.unwrap_or(self.resolver.scope);
        let found = region.filter(|r| r.level() == Level::Desa).zip(station(&printed)).and_then(|(d, n)| d.station(n));
        let similar = named.as_ref().is_some_and(|n| !matches!(n.matched, Match::Certain(_)));
        let matched = match found {
            Some(r) if similar => named.as_ref().map_or(Match::Unknown, |n| if let Match::Similar(_, s) = n.matched { Match::Similar(r, s) } else { Match::Unknown }),
            Some(r) => Match::Certain(r),
            None => Match::Unknown,
        };
        Whose::Region(Named { matched, level: Level::Tps, printed, origin: label.origin, parent })
    }

    /// A row without a name of its own: it speaks of the region around it.
    fn surrounded(&self, line: &Line, region: Region) -> Named {
        let printed = self.resolver.regions.name(region).unwrap_or_default().to_owned();
        let origin = line.labels.iter().flatten().next().map_or(Origin::new(self.table.sheet.number, line.at, 0), |l| l.origin);
        Named { matched: Match::Certain(region), level: region.level(), printed, origin, parent: region.parent() }
    }

    /// What the row's labels say besides its name, completed by the group labels above it.
    #[must_use]
    pub fn tags(&self, line: &Line) -> Tags {
        let words = self.slots.iter().zip(&line.labels).filter(|(s, _)| **s == Slot::Words);
        let own = self.tagger.stack(words.filter_map(|(_, l)| l.as_ref()));
        let groups = &self.table.groups[..line.groups.min(self.table.groups.len())];
        let group = groups.last().map(|g| self.tagger.label(g.text, g.said)).unwrap_or_default();
        Tags { total: own.total, ..own.or(Tags { dark: false, ..group }) }
    }
}

fn starts_as_total(label: &Label) -> bool {
    label.said.senses.first().is_some_and(|s| s.dimension == Dimension::Total)
}

/// A code beside a name: they confirm each other; where the name is nobody's, or another's, the name is what people read.
fn by_code((code, shown, origin): (Region, String, Origin), named: Option<Named>, _region: &Option<Region>) -> Named {
    match named {
        Some(named) => {
            let fits = match &named.matched {
                Match::Ambiguous(several) => several.contains(&code),
                Match::Similar(r, _) => *r == code,
                _ => false,
            };
            if fits || (named.level < code.level() && named.certain().is_none_or(|r| code.within(r))) {
                let level = code.level();
                return Named { matched: Match::Certain(code), level, ..named };
            }
            named
        }
        None => Named { matched: Match::Certain(code), level: code.level(), printed: shown, origin, parent: code.parent() },
    }
}
