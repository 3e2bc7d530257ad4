//! Columns of voters whose heading nobody knows, read by arithmetic: who was there, plus who came, less who left, are those there now; and
//! men and women together are all.

use std::collections::BTreeMap;

use crate::tables::axes::{Content, Table};

use super::tags::Sex;

/// Fewest rows that must bear a reading out.
const FEWEST: usize = 4;
/// Tables with more columns than this that nobody knows are not tried: too much would fit by chance.
const MOST: usize = 12;

/// A column of the table: the measure and sex that are known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// This measure, of this sex.
    Known(u16, Sex),
    /// Nobody knows what is counted; of this sex, as far as its heading says one.
    Open(Option<Sex>),
    /// Something that is no count of voters.
    Other,
}

/// What the open columns can only be: column, measure, sex. `flow` are the measures before, in, out and after, where the kind has them.
pub(super) fn worked_out(table: &Table, columns: &[Column], flow: Option<[u16; 4]>) -> Vec<(usize, u16, Sex)> {
    let open = columns.iter().filter(|c| matches!(c, Column::Open(_))).count();
    if open == 0 || open > MOST {
        return Vec::new();
    }
    let rows = amounts(table);
    let mut columns = columns.to_vec();
    let mut found = Vec::new();
    for sex in [Sex::L, Sex::P, Sex::T] {
        let new = flow.and_then(|flow| moved(&rows, &columns, flow, sex)).unwrap_or_default();
        take(&mut found, &mut columns, new);
    }
    let measures: Vec<u16> = columns.iter().filter_map(|c| if let Column::Known(m, _) = c { Some(*m) } else { None }).collect();
    for measure in measures {
        let new = together(&rows, &columns, measure);
        take(&mut found, &mut columns, new.into_iter().collect());
    }
    found
}

fn take(found: &mut Vec<(usize, u16, Sex)>, columns: &mut [Column], new: Vec<(usize, u16, Sex)>) {
    for (col, measure, sex) in new {
        columns[col] = Column::Known(measure, sex);
        found.push((col, measure, sex));
    }
}

/// The numbers of each row, by column; a dash is nothing.
pub(super) fn amounts(table: &Table) -> Vec<BTreeMap<usize, f64>> {
    let mut rows: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
    for figure in &table.figures {
        let value = match figure.content {
            Content::Number(n) => n,
            Content::Dash => 0.0,
            Content::Error(_) | Content::Unreadable => continue,
        };
        rows.entry(figure.row).or_default().insert(figure.col, value);
    }
    rows.into_values().collect()
}

/// Whether the terms add up to nothing in four rows of five, and in enough that have something in each of `telling`.
pub(super) fn holds(rows: &[BTreeMap<usize, f64>], terms: &[(f64, usize)], telling: &[usize]) -> bool {
    let get = |row: &BTreeMap<usize, f64>, col: usize| row.get(&col).copied();
    let told = || rows.iter().filter(|row| telling.iter().all(|c| get(row, *c).is_some_and(|n| n != 0.0)));
    let sum = |row: &&BTreeMap<usize, f64>| terms.iter().map(|(k, c)| k * get(row, *c).unwrap_or(0.0)).sum::<f64>().abs() < 0.5;
    let fit = told().filter(sum).count();
    fit >= FEWEST && fit * 5 >= told().count() * 4
}

/// The only way to give the open columns of one sex to the measures of the flow that no column has.
fn moved(rows: &[BTreeMap<usize, f64>], columns: &[Column], flow: [u16; 4], sex: Sex) -> Option<Vec<(usize, u16, Sex)>> {
    let signs = [1.0, 1.0, -1.0, -1.0];
    let known = flow.map(|m| columns.iter().position(|c| *c == Column::Known(m, sex)));
    let missing: Vec<usize> = (0..4).filter(|&i| known[i].is_none()).collect();
    let fits = |c: &Column| *c == Column::Open(Some(sex)) || sex == Sex::T && *c == Column::Open(None);
    let open: Vec<usize> = (0..columns.len()).filter(|&c| fits(&columns[c])).collect();
    let ways: Vec<Vec<usize>> = match missing.len() {
        1 => open.iter().map(|&c| vec![c]).collect(),
        2 => open.iter().flat_map(|&a| open.iter().filter(move |b| **b != a).map(move |&b| vec![a, b])).collect(),
        _ => return None,
    };
    let fitting = ways.into_iter().filter(|way| {
        let mut at = known;
        for (i, col) in missing.iter().zip(way) {
            at[*i] = Some(*col);
        }
        let terms: Vec<(f64, usize)> = signs.into_iter().zip(at.into_iter().flatten()).collect();
        holds(rows, &terms, way)
    });
    let mut fitting = fitting.collect::<Vec<_>>().into_iter();
    let only = fitting.next().filter(|_| fitting.next().is_none())?;
    Some(missing.into_iter().zip(only).map(|(i, col)| (col, flow[i], sex)).collect())
}

/// The only open column that is the sum of the men and women of a measure whose sum no column has.
fn together(rows: &[BTreeMap<usize, f64>], columns: &[Column], measure: u16) -> Option<(usize, u16, Sex)> {
    let at = |sex| columns.iter().position(|c| *c == Column::Known(measure, sex));
    let (Some(l), Some(p), None) = (at(Sex::L), at(Sex::P), at(Sex::T)) else { return None };
    let open = |c: &usize| matches!(columns[*c], Column::Open(None | Some(Sex::T)));
    let sums = |c: &usize| holds(rows, &[(1.0, l), (1.0, p), (-1.0, *c)], &[l, p, *c]);
    let mut found = (0..columns.len()).filter(open).filter(sums);
    let only = found.next()?;
    found.next().is_none().then_some((only, measure, Sex::T))
}
