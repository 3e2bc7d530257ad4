//! Lines that break a region's figures down by something that no column of the data table holds: `17 - 20 tahun`, `21 - 30 tahun`, …,
//! `Jumlah`. The line of the whole is the region's; the others are told and left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::tables::axes::{Content, Label, Table};
use crate::tables::words::Dimension;

use super::slots::Slot;

/// Whether a column breaks every region's figures down: its lines repeat the same few texts below each region's name.
pub(super) fn breaks_down(table: &Table, slots: &[Slot], i: usize) -> bool {
    let groups = groups(table, slots, i);
    let several = groups.iter().filter(|g| g.len() > 1).count();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for &row in groups.iter().flatten() {
        if let Some(label) = label(table, row, i) {
            *seen.entry(table.shown(&label)).or_default() += 1;
        }
    }
    let repeated = seen.values().filter(|n| **n * 3 >= groups.len() * 2).count();
    groups.len() > 1 && several * 3 >= groups.len() * 2 && repeated > 1 && repeated * 2 >= seen.len()
}

/// The rows that are a part of their region, not its whole; `None` where no column breaks the figures down, or no line is the whole of the
/// others: then all of them are nobody's.
pub(super) fn partial(table: &Table, slots: &[Slot]) -> BTreeSet<usize> {
    let Some(i) = slots.iter().position(|s| *s == Slot::Parts) else { return BTreeSet::new() };
    let groups = groups(table, slots, i);
    let whole = whole(table, &groups, i);
    let part = |row: &usize| label(table, *row, i).is_none_or(|l| Some(table.shown(&l)) != whole);
    groups.into_iter().flatten().filter(part).collect()
}

/// The text of the line that is the whole: where the figures say so, else the one that starts with a word for sums.
fn whole(table: &Table, groups: &[Vec<usize>], i: usize) -> Option<String> {
    let mut sums: BTreeMap<String, usize> = BTreeMap::new();
    for group in groups.iter().filter(|g| g.len() > 2) {
        for &row in group.iter().filter(|&&row| is_sum(table, group, row)) {
            if let Some(label) = label(table, row, i) {
                *sums.entry(table.shown(&label)).or_default() += 1;
            }
        }
    }
    let most = sums.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| n * 2 > groups.len()).map(|(text, _)| text);
    most.or_else(|| {
        let labels = groups.first()?.iter().filter_map(|&row| label(table, row, i));
        let total = |l: &Label| l.said.senses.first().is_some_and(|s| s.dimension == Dimension::Total);
        labels.filter(total).map(|l| table.shown(&l)).next()
    })
}

/// Whether a row is, in most columns, the sum of the others of its group.
fn is_sum(table: &Table, group: &[usize], row: usize) -> bool {
    let mut cols: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for figure in group.iter().flat_map(|&r| figures(table, r)) {
        if let Content::Number(n) = figure.content {
            let (own, others) = cols.entry(figure.col).or_default();
            *(if figure.row == row { own } else { others }) += n;
        }
    }
    let told = cols.values().filter(|(own, _)| *own > 0.0);
    let fits = told.clone().filter(|(own, others)| (own - others).abs() < 0.5).count();
    fits > 0 && fits * 2 > told.count()
}

fn figures<'t>(table: &'t Table, row: usize) -> &'t [crate::tables::axes::Figure] {
    let at = |n: usize| table.figures.partition_point(|f| f.row < n);
    table.figures.get(at(row)..at(row + 1)).unwrap_or_default()
}

fn label<'a>(table: &Table<'a>, row: usize, slot: usize) -> Option<Label<'a>> {
    table.rows.get(row)?.labels.get(slot).copied().flatten()
}

/// Neighbouring rows with the same names, codes and words beside column `i`. Empty where no column names regions.
fn groups(table: &Table, slots: &[Slot], i: usize) -> Vec<Vec<usize>> {
    let names = |s: &Slot| matches!(s, Slot::Region(_) | Slot::Station | Slot::Code | Slot::Path | Slot::Words);
    if !slots.iter().any(|s| matches!(s, Slot::Region(_) | Slot::Code)) || slots.contains(&Slot::Goods) {
        return Vec::new();
    }
    let key = |row: usize| -> Vec<String> {
        let named = (0..slots.len()).filter(|&n| n != i && names(&slots[n]));
        named.map(|n| label(table, row, n).map_or_else(String::new, |l| table.shown(&l))).collect()
    };
    let mut groups: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
    for row in 0..table.rows.len() {
        let own = key(row);
        match groups.last_mut() {
            Some((known, rows)) if *known == own => rows.push(row),
            _ => groups.push((own, vec![row])),
        }
    }
    groups.into_iter().map(|(_, rows)| rows).collect()
}
