//! A column that holds names and, below each of them, words: `Kumai`, `a. Laki-laki`, `b. Perempuan`. The words get a column of their own,
//! the name stands for all its lines.

use crate::normalise::region::Match;
use crate::tables::axes::{Label, Table};

use super::lines::starts_as_total;
use super::names::Resolver;
use super::slots::Slot;
use super::tags::Tagger;

/// The table with such a column parted in two; as it was where there is none.
pub(super) fn parted<'a>(
    mut table: Table<'a>,
    mut slots: Vec<Slot>,
    tagger: &Tagger,
    resolver: &Resolver,
) -> (Table<'a>, Vec<Slot>) {
    let Some(i) = slots.iter().rposition(|s| matches!(s, Slot::Region(_))).filter(|_| tagger.goods.is_none()) else {
        return (table, slots);
    };
    let level = if let Slot::Region(level) = slots[i] { level } else { return (table, slots) };
    let words = |label: &Label| {
        let says = label.said.whole() && tagger.label(label.text, label.said).speaks() && !starts_as_total(label);
        says && !label.carried && matches!(resolver.resolve(&table.shown(label), resolver.scope, level), Match::Unknown)
    };
    let own = |row: usize| table.rows.get(row).and_then(|r| r.labels.get(i).copied().flatten());
    let worded: Vec<bool> = (0..table.rows.len()).map(|row| own(row).is_some_and(|l| words(&l))).collect();
    let count = worded.iter().filter(|w| **w).count();
    let names = worded.len() - count;
    // Each name has words below it, and the first line is a name.
    if worded.first().is_none_or(|first| *first) || count < 2 || names < 2 || count < names {
        return (table, slots);
    }
    let mut name: Option<Label> = None;
    for (row, worded) in table.rows.iter_mut().zip(worded) {
        let label = row.labels.get(i).copied().flatten();
        row.labels.push(label.filter(|_| worded));
        if worded {
            row.labels[i] = name;
        } else {
            name = label.map(|l| Label { carried: true, ..l });
        }
    }
    table.captions.push(Vec::new());
    slots.push(Slot::Words);
    (table, slots)
}
