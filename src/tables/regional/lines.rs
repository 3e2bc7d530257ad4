//! Whose row it is: a region, a sum over regions, or nobody's.

use std::cell::RefCell;
use std::collections::HashMap;

mod groups;
mod namesakes;
mod unknown;

use crate::model::{Level, Origin, Region};
use crate::normalise::region::Match;
use crate::tables::axes::{Label, Line, Table};
use crate::tables::words::{Dimension, Sense};

use super::heard::Heard;
use super::ladder::climb;
use super::names::Resolver;
use super::nested::{self, Nested};
use super::recent::Recent;
use super::slots::{Slot, station};
use super::tags::{Tagger, Tags, level};
use super::whose::{Named, Whose, by_code, either, starts_as_total};

/// What a row is read with.
#[derive(Debug)]
pub struct Reader<'a, 't> {
    table: &'t Table<'a>,
    slots: &'t [Slot],
    resolver: &'t Resolver<'a>,
    tagger: &'t Tagger<'a>,
    /// The region around each part of the table.
    around: Vec<Option<Region>>,
    heard: Vec<Heard>,
    /// What is known of the rows above the first group label.
    first: Heard,
    /// Whose the rows are that stand in a column of several levels, or are sums called like one of their parts, by number of the sheet's row
    /// (of a turned table: column) and part.
    ladder: HashMap<(u32, usize), Whose>,
    /// No label names the rows: they speak of what surrounds them.
    nameless: bool,
    /// The goods that are broken down into kinds.
    pub(super) nested: Nested,
    /// The row asked about last: the polling stations of a desa all bear its names.
    recent: RefCell<Option<Recent<'a>>>,
}

impl<'a, 't> Reader<'a, 't> {
    /// Reads the group labels of a table and settles its names.
    #[must_use]
    pub fn new(
        table: &'t Table<'a>,
        slots: &'t [Slot],
        around: Vec<Option<Region>>,
        resolver: &'t Resolver<'a>,
        tagger: &'t Tagger<'a>,
    ) -> Self {
        let names = |s: &Slot| matches!(s, Slot::Region(_) | Slot::Station | Slot::Ladder | Slot::Code | Slot::Path);
        let nameless = !slots.iter().any(names);
        let (heard, first, ladder, recent) = Default::default();
        let nested = Nested::new(table, slots, tagger);
        let mut reader = Self { table, slots, resolver, tagger, around, heard, first, ladder, nameless, nested, recent };
        reader.listen();
        reader.first = reader.unheaded();
        reader.settle();
        reader.ladder = climb(table, slots, resolver, tagger, |line| reader.base(line).unwrap_or(resolver.scope));
        reader.ladder.extend(reader.namesakes());
        reader
    }

    /// Lets the kab/kota of a column settle each other's namesakes.
    fn settle(&self) {
        let Some(slot) = self.slots.iter().position(|s| *s == Slot::Region(Level::Kabkota)) else { return };
        let mut names: Vec<(String, Region)> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for line in &self.table.rows {
            let Some(label) = line.labels.get(slot).copied().flatten().filter(|l| !starts_as_total(l)) else { continue };
            let province = self.regional(line).into_iter().find(|(l, _)| *l == Level::Provinsi);
            let parent = province.and_then(|(l, label)| self.resolver.certain(&self.table.shown(&label), self.resolver.scope, l));
            let name = (self.table.shown(&label), parent.unwrap_or(self.resolver.scope));
            if seen.insert(name.clone()) {
                names.push(name);
            }
        }
        self.resolver.settle(&names, Level::Kabkota);
    }

    fn heard(&self, line: &Line) -> Heard {
        line.groups.checked_sub(1).and_then(|i| self.heard.get(i)).copied().unwrap_or(self.first)
    }

    /// Whose row it is.
    #[must_use]
    pub fn whose(&self, line: &Line<'a>) -> Whose {
        if let Some(step) = self.ladder.get(&(line.at, line.part)) {
            return step.clone();
        }
        if let Some(total) = self.total(line) {
            return total;
        }
        let labels = self.regional(line);
        let known = self.recent.borrow().as_ref().and_then(|recent| recent.answer(line, &labels));
        let (mut named, mut region) = match known.map_or_else(|| self.resolved(line, &labels), Ok) {
            Ok(found) => found,
            Err(total) => return total,
        };
        if let Some(code) = self.code(line) {
            named = Some(by_code(code, named));
            region = named.as_ref().and_then(Named::certain).or(region);
        }
        if let Some(path) = self.path(line) {
            return Whose::Region(path);
        }
        self.station(line, named, region)
    }

    /// The name that a row's labels lead to, and the region; or the sum that they say the row is.
    fn resolved(&self, line: &Line, labels: &[(Level, Label<'a>)]) -> Result<(Option<Named>, Option<Region>), Whose> {
        let mut region = self.base(line);
        let mut named: Option<Named> = None;
        let mut hung = false;
        for &(level, ref label) in labels {
            let mut parent = region.filter(|r| r.level() < level).unwrap_or(self.resolver.scope);
            let printed = self.table.shown(label);
            let mut matched = self.resolver.resolve(&printed, parent, level);
            if let Some(found) = self.elsewhere(&printed, level, &matched).filter(|_| hung) {
                (parent, matched) = (found.parent(), Match::Certain(found));
            }
            hung = label.carried;
            if let Some(of) = self.names_its_group(&printed, label, level, &matched) {
                return Err(Whose::Total(printed, Some(of)));
            }
            matched = either(named.as_ref().filter(|n| n.level == level), matched);
            region = match matched {
                Match::Certain(r) | Match::Similar(r, _) => Some(r),
                _ => region.filter(|r| r.level() < level),
            };
            named = Some(Named { matched, level, printed, origin: label.origin, parent, open: None });
        }
        let labels = labels.iter().map(|(level, label)| (*level, label.text)).collect();
        *self.recent.borrow_mut() = Some(Recent { part: line.part, groups: line.groups, labels, named: named.clone(), region });
        Ok((named, region))
    }

    /// The only region of the office that bears this name to the letter, where the parent that a blank was filled with has none like it: the
    /// row is not of the group above it.
    fn elsewhere(&self, printed: &str, level: Level, matched: &Match) -> Option<Region> {
        let unknown = matches!(matched, Match::Unknown | Match::Similar(..));
        let found = unknown.then(|| self.resolver.certain(printed, self.resolver.scope, level))??;
        self.resolver.spells(printed, found).then_some(found)
    }

    /// The region a row stands under before its own labels are read: the group label above it, else what surrounds the table.
    fn base(&self, line: &Line) -> Option<Region> {
        let around = self.around.get(line.part).copied().flatten();
        let deepest = self.slots.iter().filter_map(|s| if let Slot::Region(l) = s { Some(*l) } else { None }).max();
        let heard = self.heard(line).region.map(|r| deepest.and_then(Level::above).map_or(r, |l| r.up_to(l)));
        heard.or(around)
    }

    fn regional<'l>(&self, line: &Line<'l>) -> Vec<(Level, Label<'l>)> {
        let labels = self.slots.iter().zip(&line.labels);
        let mut found: Vec<(Level, Label<'l>)> = labels
            .filter_map(|(s, l)| if let (Slot::Region(level), Some(label)) = (s, l) { Some((*level, *label)) } else { None })
            .collect();
        found.sort_by_key(|(level, _)| *level);
        found
    }

    /// A row of a table of desa that is headed by its kecamatan's name, or of kecamatan by the kabupaten's: a sum printed as a row.
    fn names_its_group(&self, printed: &str, label: &Label, level: Level, matched: &Match) -> Option<Region> {
        let above = level.above()?;
        let scope = self.resolver.scope;
        if let Some(coded) = self.coded(printed).filter(|r| r.level() == above && r.within(scope)) {
            return Some(coded);
        }
        let says = self.tagger.label(label.text, label.said).level == Some(above);
        if matches!(matched, Match::Certain(r) if !says || self.resolver.spells(printed, *r)) {
            return None;
        }
        if above == scope.level() {
            return self.resolver.certain(printed, scope.parent(), above).filter(|&r| r == scope);
        }
        let likely = |found: Match| match found {
            Match::Certain(r) => Some(r),
            // What was cut off is told where the name stands for a row of its own.
            Match::Similar(r, _) if says => Some(r),
            _ => None,
        };
        let named = if above > scope.level() { likely(self.resolver.resolve(printed, scope, above)) } else { None };
        let alike = |r: &Region| matches!(matched, Match::Similar(..)) && self.resolver.spells(printed, *r);
        named.filter(|r| says || matches!(matched, Match::Unknown) || alike(r))
    }

    /// A row that says it is a sum: a label outside the word columns starts with `jumlah`, or its group's label does.
    fn total(&self, line: &Line) -> Option<Whose> {
        let labels = self.slots.iter().zip(&line.labels).filter(|(s, _)| !matches!(s, Slot::Words | Slot::Parts));
        let sums = |slot: &Slot, l: &Label| {
            starts_as_total(l) || self.is_the_whole(line, *slot, l) || *slot != Slot::Goods && self.sums_a_measure(*slot, l)
        };
        let own = labels.filter_map(|(s, l)| Some((s, l.as_ref()?))).find(|(s, l)| sums(s, l)).map(|(_, l)| l);
        let group = self.heard(line).total.and_then(|i| self.table.groups.get(i)).filter(|_| self.nameless);
        let label = own.or(group)?;
        let base = self.heard(line).region.unwrap_or(self.resolver.scope);
        let of = self.resolver.titled(label.text, self.resolver.scope).or_else(|| self.named_in(label.text, base));
        Some(Whose::Total(label.text.to_owned(), of))
    }

    /// A name's place may hold `Jumlah Kebutuhan`, `Jumlah Akhir`: a sum by its first word, although the whole is a measure.
    fn sums_a_measure(&self, slot: Slot, label: &Label) -> bool {
        let first = label.text.split_whitespace().next().unwrap_or_default();
        let total = || self.tagger.vocabulary.read(first).tells(Dimension::Total);
        let place = self.tagger.goods.is_some() || matches!(slot, Slot::Region(_) | Slot::Ordinal);
        place && label.said.tells(Dimension::Measure) && label.said.unknown == 0 && total()
    }

    /// `Kabupaten/Kota` alone, among the names of its kecamatan: the whole that they make up. Not where one of them is called so: the
    /// kecamatan Kota of Kediri.
    fn is_the_whole(&self, line: &Line, slot: Slot, label: &Label) -> bool {
        let own = |s: &Sense| {
            s.dimension == Dimension::Level && level(self.tagger.vocabulary.value(s.value)) == Some(self.resolver.scope.level())
        };
        label.said.whole()
            && !label.said.senses.is_empty()
            && label.said.senses.iter().all(own)
            && !self.is_a_name(line, slot, label)
    }

    /// Whether a row bears, to the letter, the name of a region: the kelurahan Penurunan of Bengkulu is no decline.
    #[must_use]
    pub fn names_a_place(&self, line: &Line) -> bool {
        let mut labels = self.slots.iter().zip(&line.labels);
        labels.any(|(slot, label)| label.as_ref().is_some_and(|label| self.is_a_name(line, *slot, label)))
    }

    /// Whether a label is, to the letter, the name of a region where it stands.
    fn is_a_name(&self, line: &Line, slot: Slot, label: &Label) -> bool {
        let Slot::Region(level) = slot else { return false };
        let mut parent = self.base(line).unwrap_or(self.resolver.scope);
        for (above, outer) in self.regional(line).into_iter().filter(|(l, _)| *l < level) {
            parent = self.resolver.certain(&self.table.shown(&outer), parent, above).unwrap_or(parent);
        }
        let printed = self.table.shown(label);
        self.resolver.certain(&printed, parent, level).is_some_and(|r| self.resolver.spells(&printed, r))
    }

    /// `Jumlah Kumai`: the region named behind the word for the sum.
    fn named_in(&self, text: &str, base: Region) -> Option<Region> {
        let rest = text.trim().split_once(char::is_whitespace)?.1;
        let scope = self.resolver.scope;
        let below = scope.level().below()?;
        self.resolver
            .certain(rest, scope, below)
            .or_else(|| self.resolver.certain(rest, base, base.level().below().filter(|&l| l < Level::Tps)?))
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

    /// A row with a compound name.
    fn path(&self, line: &Line) -> Option<Named> {
        let i = self.slots.iter().position(|s| *s == Slot::Path)?;
        let label = line.labels.get(i).copied().flatten()?;
        let printed = self.table.shown(&label);
        let around = self.base(line).unwrap_or(self.resolver.scope);
        let parents = self
            .regional(line)
            .into_iter()
            .filter_map(|(l, x)| self.resolver.certain(&self.table.shown(&x), self.resolver.scope, l))
            .last();
        let base = parents.unwrap_or(around);
        let found = self.resolver.path(&printed, base).or_else(|| self.resolver.path(&printed, self.resolver.scope));
        let level = found.map_or(Level::Desa, Region::level);
        let matched = found.map_or(Match::Unknown, Match::Certain);
        Some(Named { matched, level, printed, origin: label.origin, parent: base, open: None })
    }

    /// Puts the station number behind the desa, where the table is about stations.
    fn station(&self, line: &Line, named: Option<Named>, region: Option<Region>) -> Whose {
        let slot = self.slots.iter().position(|s| *s == Slot::Station);
        let Some(label) = slot.and_then(|i| line.labels.get(i).copied().flatten()) else {
            return match named.or_else(|| self.stranger(line)).or_else(|| self.under_unknown(line)) {
                Some(named) => Whose::Region(named),
                None if self.nameless && !self.otherwise(line) && !self.promised(line) => {
                    Whose::Region(self.surrounded(line, region.unwrap_or(self.resolver.scope)))
                }
                None => Whose::Nobody,
            };
        };
        let printed = self.table.shown(&label);
        let parent = region.unwrap_or(self.resolver.scope);
        let found = region.filter(|r| r.level() == Level::Desa).zip(station(&printed)).and_then(|(d, n)| d.station(n));
        let matched = match (found, named.as_ref().map(|n| &n.matched)) {
            (Some(r), Some(Match::Similar(_, score))) => Match::Similar(r, *score),
            (Some(_), Some(Match::Unknown | Match::Ambiguous(_))) | (None, _) => Match::Unknown,
            (Some(r), _) => Match::Certain(r),
        };
        let open = named.filter(|n| n.likely().is_none()).map(Box::new);
        Whose::Region(Named { matched, level: Level::Tps, printed, origin: label.origin, parent, open })
    }

    /// Whether a heading promises names of regions below the office, and none were read: the row is one of theirs, not the office's.
    fn promised(&self, line: &Line) -> bool {
        let level = |l: &Label| self.tagger.label(l.text, l.said).level;
        let below = |l: &Label| level(l).is_some_and(|level| level > self.resolver.scope.level() && level < Level::Tps);
        let plain =
            |l: &Label| !l.said.tells(Dimension::Goods) && !l.said.tells(Dimension::Measure) && !l.said.tells(Dimension::Total);
        let promises = |caption: &Vec<Label>| caption.last().is_some_and(|l| plain(l) && below(l));
        self.tagger.goods.is_some() && self.heard(line).region.is_none() && self.table.captions.iter().any(promises)
    }

    /// Whether a label of the row says something that is no known word nor the office itself: the row is about that, whatever it is.
    fn otherwise(&self, line: &Line) -> bool {
        let scope = self.resolver.scope;
        let office = |text: &str| scope > Region::NATION && self.resolver.titled(text, scope.parent()) == Some(scope);
        let words = |l: &Label| l.text.contains(char::is_alphanumeric) && !office(l.text);
        let says = |(s, l): (&Slot, &Option<Label>)| *s == Slot::Other && l.as_ref().is_some_and(words);
        !self.slots.contains(&Slot::Goods) && self.slots.iter().zip(&line.labels).any(says)
    }

    /// A row without a name of its own: it speaks of the region around it.
    fn surrounded(&self, line: &Line, region: Region) -> Named {
        // A station has no name in the list, but a number behind its desa's code.
        let printed = match region.level() {
            Level::Tps => region.to_string().rsplit('/').next().unwrap_or_default().to_owned(),
            _ => self.resolver.regions.name(region).unwrap_or_default().to_owned(),
        };
        let origin = line.labels.iter().flatten().next().map_or(Origin::new(self.table.sheet.number, line.at, 0), |l| l.origin);
        Named { matched: Match::Certain(region), level: region.level(), printed, origin, parent: region.parent(), open: None }
    }

    /// Whether a row among those of regions prints what the goods above its figures cost: `Harga Satuan (Rp)`.
    #[must_use]
    pub fn prices(&self, line: &Line) -> bool {
        let Some(price) = self.tagger.goods.and_then(|goods| goods.price) else { return false };
        let mut labels = self.slots.iter().zip(&line.labels).filter_map(|(s, l)| Some((s, l.as_ref()?)));
        labels.any(|(slot, l)| {
            let says = l.said.unknown == 0 && l.said.value(Dimension::Measure) == Some(price) && !l.said.tells(Dimension::Goods);
            says && !l.carried && matches!(slot, Slot::Region(_)) && !self.is_a_name(line, *slot, l)
        })
    }

    /// What the row's labels say besides its name, completed by the group labels above it.
    #[must_use]
    pub fn tags(&self, line: &Line) -> Tags {
        let listed = self.slots.contains(&Slot::Goods);
        let heard = Tags { dark: false, ..self.heard(line).tags };
        let mut own = Tags::default();
        for ((slot, label), caption) in self.slots.iter().zip(&line.labels).zip(&self.table.captions) {
            let Some(label) = label else { continue };
            match slot {
                Slot::Words => own = own.under(self.tagger.label(label.text, label.said)),
                Slot::Region(_) if self.prices(line) => own = own.under(self.tagger.label(label.text, label.said)),
                Slot::Goods => own = own.under(self.good(line, label, heard.goods)),
                // What the heading of a line puts aside (`Norma`) is no line of figures, whatever else it lacks.
                Slot::Other | Slot::Region(_)
                    if label.said.whole() && label.said.tells(Dimension::Aside) && !self.is_a_name(line, *slot, label) =>
                {
                    own.aside = true;
                }
                Slot::When => {
                    let caption = caption.last().map_or("", |l| l.text);
                    let shown = self.table.shown(label);
                    let named = self.tagger.named_period(&shown);
                    own.when = named.or_else(|| self.tagger.named_period(&format!("{caption} {shown}"))).or(own.when);
                }
                _ => {}
            }
        }
        own.or(if listed { Tags { goods: None, ..heard } } else { heard })
    }

    /// What a label in a column of goods says: a good, known or not, unless it is a sum or plainly something else (`Jumlah TPS`).
    fn good(&self, line: &Line, label: &Label, heard: Option<u16>) -> Tags {
        let outer = heard.zip(self.tagger.goods).map_or_else(String::new, |(number, goods)| goods.name(number));
        let own = self.tagger.below(&outer, label);
        let otherwise = own.level.is_some() || own.speaks() || starts_as_total(label);
        // `Surat Suara Cadangan` in a list of goods is one, whatever else the word means.
        let own = if own.goods.is_some() { Tags { aside: false, ..own } } else { own };
        if own.goods.is_some() || otherwise && label.said.unknown == 0 || starts_as_total(label) {
            return own;
        }
        let printed = self.table.shown(label);
        // `a. Karton` below `Bilik Suara`.
        let kind = self.nested.above.get(&(line.at, line.part)).map(|good| format!("{good} {}", nested::bare(&printed)));
        let listed = self.tagger.goods.and_then(|goods| goods.listed(kind.as_deref().unwrap_or(&printed)));
        Tags { goods: listed, ..Tags::default() }
    }
}
