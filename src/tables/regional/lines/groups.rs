//! What the rows of labels between the figures say: a kecamatan's name, a good, a total; in force until the next of their kind.

use crate::model::{Level, Region};
use crate::tables::axes::Label;
use crate::tables::words::Dimension;

use super::{Heard, Reader, starts_as_total};
use crate::tables::regional::tags::Tags;

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
                now = Heard { region: None, total: Some(i), tags: now.tags };
            } else if let Some(region) = titled {
                now = Heard { region: Some(region), total: None, tags: Tags::default() };
            } else if let Some(region) = self.sibling(group, now.region) {
                now = Heard { region: Some(region), total: None, tags: Tags::default() };
            } else if own.speaks() && group.said.unknown * 2 <= group.said.words {
                now.tags =
                    if own.sex.is_some() && own.measure.is_none() && own.reason.is_none() { now.tags.under(own) } else { own };
            } else if let Some(region) = self.group_region(group, now.region) {
                now = Heard { region: Some(region), total: None, tags: Tags::default() };
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
        // A kecamatan's name among its own desa is that of one of them.
        let again = || inside.and_then(bare).filter(|_| bare(scope) == inside);
        again()
            .or_else(|| bare(scope))
            .or_else(|| inside.and_then(named))
            .or_else(|| named(scope))
            .or_else(|| inside.and_then(bare))
    }
}
