//! Columns of men and women below a heading that nobody knows, beside columns of voters: they are somebody else's, unless they add up to
//! a sum that stands outside of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Origin;
use crate::tables::axes::Table;

use super::flow::{amounts, holds};
use super::tags::{Sex, Tagger, Tags};

/// The columns whose heading only says a sex, below one of unknown words, where other columns count voters too.
pub(super) fn strangers(table: &Table, cols: &[Tags], tagger: &Tagger) -> BTreeSet<usize> {
    let mut groups: BTreeMap<Origin, Vec<usize>> = BTreeMap::new();
    for (col, _) in cols.iter().enumerate().filter(|(_, t)| only_sex(t)) {
        let unknown = table.cols[col].labels.iter().flatten().find(|l| l.said.unknown > 0 && tagger.label(l.text, l.said).dark);
        if let Some(label) = unknown {
            groups.entry(label.origin).or_default().push(col);
        }
    }
    let voters = |c: &usize| cols[*c].measure.is_some() || cols[*c].generic || cols[*c].sex.is_some() || cols[*c].total;
    let known = |c: &usize| voters(c) && !cols[*c].aside && !cols[*c].dark;
    let rows = amounts(table);
    let mut found = BTreeSet::new();
    for group in groups.values() {
        let outside: Vec<usize> = (0..cols.len()).filter(|c| !group.contains(c)).filter(known).collect();
        let of = |sex| group.iter().copied().find(|&c| cols[c].sex == Some(sex));
        let adds_up = |whole: &usize| match (of(Sex::L), of(Sex::P)) {
            (Some(l), Some(p)) => holds(&rows, &[(1.0, l), (1.0, p), (-1.0, *whole)], &[l, p, *whole]),
            _ => false,
        };
        if !outside.is_empty() && !outside.iter().any(adds_up) {
            found.extend(group);
        }
    }
    found
}

/// Says of whom, and not what.
fn only_sex(tags: &Tags) -> bool {
    let counted = tags.measure.is_some() || tags.generic || tags.reason.is_some() || tags.goods.is_some() || tags.level.is_some();
    (tags.sex.is_some() || tags.total) && !counted && !tags.aside && !tags.dark && tags.when.is_none()
}
