//! Nameless rows below a label or a title that names a region nobody knows: they are that region's, not the office's around it.

use crate::model::Region;
use crate::normalise::region::Match;
use crate::tables::axes::Line;
use crate::tables::words::{Dimension, unnumbered};

use super::Reader;
use crate::tables::regional::around::titles;
use crate::tables::regional::tags::level;
use crate::tables::regional::whose::Named;

impl Reader<'_, '_> {
    /// Whose a nameless row is below a label that names a region nobody knows.
    pub(super) fn stranger(&self, line: &Line) -> Option<Named> {
        let group = self.table.groups.get(self.heard(line).unknown.filter(|_| self.nameless)?)?;
        let level = self.tagger.label(group.text, group.said).level?;
        let (printed, parent) =
            (group.text.to_owned(), level.above().map_or(self.resolver.scope, |l| self.resolver.scope.up_to(l)));
        Some(Named { matched: Match::Unknown, level, printed, origin: group.origin, parent, open: None })
    }

    /// `7. KECAMATAN LEMBAH VANTURA` right above a table of one region: the name is that of no region, or only like one.
    pub(super) fn under_unknown(&self, line: &Line) -> Option<Named> {
        let around = self.around.get(line.part).copied().flatten();
        let parent: Region = around.unwrap_or(self.resolver.scope);
        let title = titles(self.table, line.part).into_iter().next().filter(|_| self.nameless && self.tagger.goods.is_none())?;
        let (word, name) = unnumbered(title).unwrap_or(title).trim().split_once(char::is_whitespace)?;
        let said = self.tagger.vocabulary.read(word);
        let level = said.value(Dimension::Level).filter(|_| said.whole()).and_then(|v| level(self.tagger.vocabulary.value(v)))?;
        let plain = self.tagger.vocabulary.read(name);
        let named =
            plain.senses.is_empty() && (1..=LONGEST_NAME).contains(&plain.words) && !name.contains(|c: char| c.is_ascii_digit());
        let matched = self.resolver.resolve(name, parent, level);
        if !named || parent.level().below() != Some(level) || matches!(matched, Match::Certain(_)) {
            return None;
        }
        let label = self.table.titles.get(line.part).into_iter().flatten().rev().find(|l| l.text == title);
        let origin = label.or_else(|| line.labels.iter().flatten().next())?.origin;
        Some(Named { matched, level, printed: name.trim().to_owned(), origin, parent, open: None })
    }
}

/// More words are a sentence.
const LONGEST_NAME: u16 = 4;
