//! Lines above rows that name what they hang below: `Program : 076.01.WA Program Dukungan Manajemen`.

use crate::tables::outline::code;
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
    let (head, rest) = text.split_once(':')?;
    let said = words.read(head);
    let level = tier(words, &said).filter(|_| said.whole() && said.tells(Dimension::Name))?;
    let rest = rest.trim_start_matches([':', ' ']);
    let (printed, name) = code::leading(rest).unwrap_or((rest.trim(), ""));
    let codes: Vec<_> = code::readings(printed).into_iter().filter(|c| c.tier == level).collect();
    let at = line.labels.last().map(|l| l.origin);
    let item = Item {
        kode: printed.to_owned(),
        uraian: name.to_owned(),
        kode_at: at,
        uraian_at: at,
        stands: Stands::Caption,
        ..Item::default()
    };
    (!codes.is_empty()).then_some(Item { codes, ..item })
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
