//! What the rows of labels between the figures say: a kecamatan's name, a good, a total; in force until the next of their kind.

use crate::model::{Level, Region};
use crate::tables::axes::Label;
use crate::tables::words::Dimension;

use super::{Heard, Reader, starts_as_total};
use crate::tables::regional::names::names_another;
use crate::tables::regional::slots::{Slot, station};

impl Reader<'_, '_> {
    /// Follows the group labels from top to bottom: a kecamatan's name, then its desa's, stay in force until the next of their level.
    pub(super) fn listen(&mut self) {
        let mut now = Heard::default();
        for (i, group) in self.table.groups.iter().enumerate() {
            let own = self.tagger.label(group.text, group.said);
            // `Kecamatan Tanjuang Baru` is a name although `baru` is a measure.
            let titled = own.level.and_then(|_| {
                let within = |base| self.resolver.titled(group.text, base);
                within(self.inside(now.region)).or_else(|| within(self.resolver.scope))
            });
            // `Ket: data per 2 Oktober`, but not the kecamatan Sumber Barito.
            let remark = group.said.opens && group.said.senses.first().is_some_and(|s| s.dimension == Dimension::Note);
            if remark && self.group_region(group, now.region).is_none() {
                // It says nothing of the rows below it.
            } else if starts_as_total(group) {
                now = Heard { total: Some(i), tags: now.tags, ..Heard::default() };
            } else if let Some(region) = titled {
                now = Heard { region: Some(region), ..Heard::default() };
            } else if let Some(region) = self.numbered(group, now.region) {
                now = Heard { region: Some(region), ..Heard::default() };
            } else if let Some(region) = self.sibling(group, now.region).or_else(|| self.spelled(group, now.region)) {
                now = Heard { region: Some(region), ..Heard::default() };
            } else if own.speaks() && group.said.unknown * 2 <= group.said.words {
                now.tags =
                    if own.sex.is_some() && own.measure.is_none() && own.reason.is_none() { now.tags.under(own) } else { own };
            } else if let Some(region) =
                self.above_stations(i, group, now.region).or_else(|| self.group_region(group, now.region))
            {
                now = Heard { region: Some(region), ..Heard::default() };
            } else if names_another(group, own, self.slots.contains(&Slot::Station)) {
                // Nobody knows this name: what follows is not of the one before.
                let above = now.region.filter(|r| r.level() == Level::Desa).map(Region::parent);
                now = Heard { region: above, unknown: Some(i), ..Heard::default() };
            }
            self.heard.push(now);
        }
    }

    /// The next region in a list whose names are also other words: `Paku` after the kecamatan Raren Batuah.
    fn sibling(&self, group: &Label, before: Option<Region>) -> Option<Region> {
        let before = before.filter(|_| self.tagger.goods.is_some())?;
        let found = self.resolver.certain(group.text, before.parent(), before.level())?;
        self.resolver.spells(group.text, found).then_some(found)
    }

    /// A name to the letter, of which one word only is also a measure: the kecamatan Banjar Baru.
    fn spelled(&self, group: &Label, before: Option<Region>) -> Option<Region> {
        let found = self.group_region(group, before).filter(|_| group.said.unknown > 0)?;
        self.resolver.spells(group.text, found).then_some(found)
    }

    /// A station's form: `TPS 002` over its figures, in the desa of the one before, or the one that the title names.
    fn numbered(&self, group: &Label, before: Option<Region>) -> Option<Region> {
        let around = self.around.first().copied().flatten();
        let number = station(group.text).filter(|_| self.nameless && self.resolver.is_station(group.text))?;
        let desa = |r: Region| if r.level() == Level::Tps { r.parent() } else { r };
        before.or(around).map(desa).filter(|r| r.level() == Level::Desa)?.station(number)
    }

    /// The region in which the next group label's name is looked for: the kecamatan heard before, else what surrounds the table.
    fn inside(&self, before: Option<Region>) -> Region {
        let around = || self.around.first().copied().flatten();
        let up = |r: Region| if r.level() > Level::Kecamatan { r.parent() } else { r };
        before.or_else(around).map_or(self.resolver.scope, up)
    }

    /// The region a group label names: by its level word, or by its bare name one level below the scope or the group before.
    fn group_region(&self, group: &Label, before: Option<Region>) -> Option<Region> {
        let scope = self.resolver.scope;
        let inside = Some(self.inside(before)).filter(|&r| r != scope);
        let named = |base: Region| self.resolver.titled(group.text, base);
        let bare = |base: Region| {
            let level = base.level().below().filter(|&l| l < Level::Tps)?;
            self.resolver.certain(group.text, base, level)
        };
        // On the sheet of a kecamatan a bare name is a desa's, also where a kecamatan bears it.
        let titled = self.around.first().copied().flatten().filter(|r| r.level() == Level::Kecamatan);
        let own = || inside.filter(|_| inside == titled).and_then(bare);
        own()
            .or_else(|| bare(scope))
            .or_else(|| inside.and_then(named))
            .or_else(|| named(scope))
            .or_else(|| inside.and_then(bare))
    }

    /// Whether the rows bear the numbers of stations and no names.
    fn numbers_alone(&self) -> bool {
        self.slots.contains(&Slot::Station) && !self.slots.iter().any(|s| matches!(s, Slot::Region(_)))
    }

    /// The desa of stations above the first group label, whose own label stayed on the page before: the sum below them names it.
    pub(super) fn unheaded(&self) -> Heard {
        let mut rows = self.table.rows.iter().take_while(|line| line.groups == 0 && self.numbers_alone());
        let total = rows.find_map(|line| line.labels.iter().flatten().find(|l| starts_as_total(l)));
        let named = total.and_then(|label| {
            let (_, name) = label.text.trim().split_once(char::is_whitespace)?;
            let around = self.around.first().copied().flatten().unwrap_or(self.resolver.scope);
            self.resolver.certain(name, around, Level::Desa)
        });
        Heard { region: named, ..Heard::default() }
    }

    /// A name right above stations is their desa's, also where a kecamatan bears it: one of the kecamatan heard before, else of any.
    fn above_stations(&self, number: usize, group: &Label, before: Option<Region>) -> Option<Region> {
        if !self.numbers_alone() || self.table.rows.binary_search_by_key(&(number + 1), |line| line.groups).is_err() {
            return None;
        }
        let named = |base: Region| self.resolver.certain(group.text, base, Level::Desa);
        let elsewhere = || named(self.resolver.scope).filter(|&r| self.resolver.spells(group.text, r));
        named(self.inside(before)).or_else(elsewhere)
    }
}
