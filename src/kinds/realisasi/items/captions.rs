//! Lines above rows that name what they hang below: `Program : 076.01.WA Program Dukungan Manajemen`, and those that no row heard.

use crate::tables::outline::Tier;
use crate::tables::outline::captions::{self, Caption};
use crate::tables::words::{Dimension, Vocabulary};

use super::super::heading::words::tier;
use super::super::table::Line;
use super::{Item, Spoken, Stands};

/// The code behind the name of its level, in a line of nothing else.
pub(super) fn caption(line: &Line, words: &Vocabulary) -> Option<Item> {
    if line.has_amounts() || !line.ordinal.is_empty() {
        return None;
    }
    let text = line.labels.iter().map(|l| l.text.trim()).collect::<Vec<_>>().join(" ");
    captions::caption(&text, |label| level(words, label)).map(|found| item(line, found))
}

/// The code behind the name of its level at the head of a text.
pub(super) fn labelled<'t>(text: &'t str, words: &Vocabulary) -> Option<Caption<'t>> {
    captions::labelled(text, |label| level(words, label))
}

/// The way to the rows below in one cell of a line of nothing else: `076.01.WA / 3355  Pelaksanaan`. A code with its name in a cell of its
/// own may be a row whose amounts follow.
pub(super) fn headed(line: &Line) -> Option<Item> {
    let [label] = line.labels.as_slice() else { return None };
    let bare = !line.has_amounts() && line.ordinal.is_empty();
    captions::headed(label.text.trim()).filter(|_| bare).map(|found| item(line, found))
}

fn item(line: &Line, found: Caption) -> Item {
    let at = line.labels.last().map(|l| l.origin);
    Item {
        kode: found.printed.to_owned(),
        uraian: found.name.to_owned(),
        kode_at: at,
        uraian_at: at,
        stands: Stands::Caption,
        codes: vec![found.code],
        ..Item::default()
    }
}

/// The level that a text names, if it says nothing else.
pub fn level(words: &Vocabulary, label: &str) -> Option<Tier> {
    let said = words.read(label);
    tier(words, &said).filter(|_| said.whole() && said.tells(Dimension::Name))
}

/// Leaves only captions above rows of a lower level: a table that prints the level itself needs none.
pub(super) fn keep_higher(spoken: &mut Vec<Spoken>) {
    let mut below = None;
    let mut kept = vec![true; spoken.len()];
    for (n, Spoken { item, .. }) in spoken.iter().enumerate().rev() {
        let tier = item.codes.first().map(|c| c.tier);
        if item.stands == Stands::Caption {
            kept[n] = below.is_some() && tier < below;
        }
        if tier.is_some() && kept[n] {
            below = tier;
        }
    }
    let mut at = 0;
    spoken.retain(|_| {
        at += 1;
        kept[at - 1]
    });
}

/// `Halaman 2 dari 5`: the foot of a page.
pub(super) fn is_page(words: &Vocabulary, item: &Item) -> bool {
    let said = words.read(&item.uraian);
    let page = said.opens && said.senses.first().is_some_and(|s| s.dimension == Dimension::Page);
    page && !item.has_amounts() && item.codes.is_empty()
}
