//! Which columns of the sheet hold which amounts. Reports are printed with values beside their headings and with rows that stand one
//! column aside: what decides is the order of headings and values together with where they stand, never a fixed place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::Origin;
use crate::tables::marks::{Mark, Marked};
use crate::tables::outline::code;

use super::heading::{Band, Leaf, Role};

/// Where the amounts and labels of a run of rows stand.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Columns of names and codes.
    pub labels: BTreeSet<u16>,
    /// Columns of running numbers.
    pub ordinals: BTreeSet<u16>,
    /// Column on the sheet → number of the heading leaf its amounts belong to.
    pub amounts: BTreeMap<u16, usize>,
    /// Columns with figures that no heading could be found for, until they are adopted.
    lost: Vec<u16>,
}

/// What a column of the body holds.
#[derive(Clone, Debug, Default)]
struct Body {
    labels: usize,
    /// Cells that are codes, and of those the ones with parts and letters: `3355.EBD`.
    codes: usize,
    parted: usize,
    /// Characters of the labels.
    length: usize,
    figures: usize,
    rows: Vec<u32>,
}

impl Body {
    /// Words that may say what the rows are called.
    const fn describes(&self) -> bool {
        self.labels > self.figures && self.codes * 2 < self.labels
    }

    /// Codes and nothing else.
    const fn is_codes(&self) -> bool {
        self.parted > 0 && self.codes * 10 >= (self.labels + self.figures) * 9
    }
}

/// Finds the columns of the rows below a heading.
#[must_use]
pub fn layout(sheet: &Marked, band: &Band, rows: &Range<usize>) -> Layout {
    let mut bodies = bodies(sheet, rows);
    bodies.retain(|col, _| band.columns.contains(col));
    let mut layout = Layout::default();
    let last_label = last_label_column(&bodies, &band.leaves);
    let fullest = bodies.values().map(|b| b.figures).max().unwrap_or(0);
    let mut values: Vec<(u16, Vec<u32>)> = Vec::new();
    for (&col, body) in &bodies {
        let role = leaf_at(&band.leaves, col).map(|l| l.role);
        match role {
            Some(Some(Role::Ordinal)) => {
                layout.ordinals.insert(col);
            }
            // Figures below `KETERANGAN` in most rows are those of the heading beside it, printed aside, or nobody knows what.
            Some(Some(Role::Note)) if body.figures > body.labels && body.figures * 2 >= fullest => {
                values.push((col, body.rows.clone()));
            }
            Some(Some(Role::Note)) => {}
            Some(Some(Role::Label)) => {
                layout.labels.insert(col);
            }
            Some(_) if body.figures * 2 >= body.labels => values.push((col, body.rows.clone())),
            None if col < last_label || body.labels > body.figures && col <= last_label => {
                layout.labels.insert(col);
            }
            None if body.figures > 0 && body.figures >= body.labels => values.push((col, body.rows.clone())),
            _ => {}
        }
    }
    adopt_labels(&mut layout, &bodies, &mut values);
    assign(&mut layout, &band.leaves, &values);
    layout
}

/// Where no column of labels holds codes, one of nothing but codes does, whatever its heading says; where none describes the rows, the one
/// with the most words does.
fn adopt_labels(layout: &mut Layout, bodies: &BTreeMap<u16, Body>, values: &mut Vec<(u16, Vec<u32>)>) {
    let among = |layout: &Layout, test: fn(&Body) -> bool| layout.labels.iter().any(|c| bodies.get(c).is_some_and(test));
    if !among(layout, |b| b.codes > 0) {
        layout.labels.extend(bodies.iter().find(|(_, b)| b.is_codes()).map(|(c, _)| *c));
    }
    if !among(layout, Body::describes) {
        let open = bodies.iter().filter(|(c, b)| b.describes() && !layout.ordinals.contains(c));
        layout.labels.extend(open.max_by_key(|(c, b)| (b.length, std::cmp::Reverse(**c))).map(|(c, _)| *c));
    }
    values.retain(|(c, _)| !layout.labels.contains(c));
}

/// Columns of figures under no heading become columns without a name: what they hold may still be told by what adds up.
pub fn adopt(layout: &mut Layout, leaves: &mut Vec<Leaf>, grid: u16, row: u32) {
    for col in std::mem::take(&mut layout.lost) {
        layout.amounts.insert(col, leaves.len());
        leaves.push(Leaf { adopted: true, ..Leaf::new(Origin::new(grid, row, col), None) });
    }
}

/// The same for a page without heading: as many columns of figures as the page before, in the same order.
#[must_use]
pub fn continued(sheet: &Marked, before: &Layout, rows: &Range<usize>) -> Option<Layout> {
    let bodies = bodies(sheet, rows);
    let leaves: BTreeSet<usize> = before.amounts.values().copied().collect();
    let last_label = bodies.iter().filter(|(_, b)| b.labels > b.figures).map(|(&c, _)| c).next_back()?;
    let values: Vec<u16> = bodies.iter().filter(|(c, b)| **c > last_label && b.figures > 0).map(|(&c, _)| c).collect();
    let (values, notes_only) = if values.is_empty() {
        let text = bodies.iter().filter(|(_, b)| b.labels > b.figures).map(|(&c, _)| c).next()?;
        (bodies.iter().filter(|(c, b)| **c > text && b.figures >= b.labels).map(|(&c, _)| c).collect(), true)
    } else {
        (values, false)
    };
    if values.len() != leaves.len() || notes_only && leaves.is_empty() {
        return None;
    }
    let first = *values.first()?;
    let has_ordinals = !before.ordinals.is_empty();
    let mut layout = Layout { amounts: values.into_iter().zip(leaves).collect(), ..Layout::default() };
    for (i, &col) in bodies.keys().filter(|c| **c < first).enumerate() {
        if i == 0 && has_ordinals {
            layout.ordinals.insert(col)
        } else {
            layout.labels.insert(col)
        };
    }
    Some(layout)
}

fn bodies(sheet: &Marked, rows: &Range<usize>) -> BTreeMap<u16, Body> {
    let mut bodies: BTreeMap<u16, Body> = BTreeMap::new();
    for n in rows.clone() {
        let (row, cells) = sheet.row(n);
        for (cell, mark) in cells {
            let body = bodies.entry(cell.col).or_default();
            let shown = sheet.grid.shown(cell.value);
            if !code::readings(shown.trim()).is_empty() {
                body.codes += 1;
                body.parted += usize::from(shown.contains('.') && shown.contains(|c: char| c.is_ascii_uppercase()));
            }
            if mark == Mark::Label {
                body.labels += 1;
                body.length += shown.chars().count();
            } else {
                body.figures += 1;
                body.rows.push(row);
            }
        }
    }
    bodies
}

fn leaf_at(leaves: &[Leaf], col: u16) -> Option<&Leaf> {
    leaves.iter().find(|l| l.left <= col && col <= l.right)
}

/// The last column that holds mostly texts and stands under no heading of amounts: codes stand left of it. Where all headed label
/// columns are known, the last of those.
fn last_label_column(bodies: &BTreeMap<u16, Body>, leaves: &[Leaf]) -> u16 {
    let texts =
        bodies.iter().filter(|(c, b)| b.labels > b.figures && leaf_at(leaves, **c).is_none_or(|l| l.role == Some(Role::Label)));
    let first_amount = leaves.iter().filter(|l| l.role.is_some_and(Role::is_money)).map(|l| l.left).min().unwrap_or(u16::MAX);
    texts.map(|(&c, _)| c).filter(|&c| c < first_amount).max().unwrap_or(0)
}

/// Gives each column of figures its heading: straight where every one stands under its own, else in order, as near as may be.
fn assign(layout: &mut Layout, leaves: &[Leaf], values: &[(u16, Vec<u32>)]) {
    let heads: Vec<usize> = (0..leaves.len()).filter(|&i| !leaves[i].role.is_some_and(Role::is_label)).collect();
    let straight: Vec<Option<usize>> = values
        .iter()
        .map(|(col, _)| heads.iter().copied().find(|&h| leaves[h].left <= *col && *col <= leaves[h].right))
        .collect();
    let distinct: BTreeSet<usize> = straight.iter().flatten().copied().collect();
    if distinct.len() == values.len() {
        layout.amounts = values.iter().zip(straight).filter_map(|((col, _), h)| Some((*col, h?))).collect();
        return;
    }
    let matched = in_order(values, leaves, &heads);
    for ((col, _), head) in values.iter().zip(matched) {
        match head {
            Some(head) => {
                layout.amounts.insert(*col, head);
            }
            None => layout.lost.push(*col),
        }
    }
}

/// What leaving a heading without figures costs, in columns.
const EMPTY_HEADING: f64 = 1.5;
/// What leaving figures without a heading costs.
const LOST_FIGURES: f64 = 12.0;
/// Most neighbouring columns that one heading can have (rows that stand aside).
const SPREAD: usize = 3;

/// The cheapest pairing that keeps both orders; neighbouring columns that never have figures in the same row may share a heading.
fn in_order(values: &[(u16, Vec<u32>)], leaves: &[Leaf], heads: &[usize]) -> Vec<Option<usize>> {
    let (n, m) = (values.len(), heads.len());
    let all: usize = values.iter().map(|v| v.1.len()).max().unwrap_or(1).max(1);
    let share =
        |i: usize| f64::from(u32::try_from(values[i].1.len()).unwrap_or(u32::MAX)) / f64::from(u32::try_from(all).unwrap_or(1));
    let alone: Vec<usize> =
        (0..=n).map(|i| (1..=SPREAD.min(i)).take_while(|k| apart(&values[i - k..i])).last().unwrap_or(0)).collect();
    // best[i][j]: cheapest for the first i columns and j headings, and how it was reached: columns taken by heading j.
    let mut best = vec![vec![(f64::INFINITY, 0_usize, false); m + 1]; n + 1];
    best[0][0] = (0.0, 0, false);
    for i in 0..=n {
        for j in 0..=m {
            let mut here = best[i][j];
            if j > 0 && best[i][j - 1].0 + EMPTY_HEADING < here.0 {
                here = (best[i][j - 1].0 + EMPTY_HEADING, 0, true);
            }
            if i > 0 && best[i - 1][j].0 + LOST_FIGURES * share(i - 1) + 0.5 < here.0 {
                here = (best[i - 1][j].0 + LOST_FIGURES * share(i - 1) + 0.5, 1, false);
            }
            for k in 1..=if j == 0 { 0 } else { alone[i] } {
                let far: f64 = (i - k..i).map(|v| share(v) * distance(values[v].0, &leaves[heads[j - 1]])).sum();
                let cost = best[i - k][j - 1].0 + far;
                if cost < here.0 {
                    here = (cost, k, true);
                }
            }
            best[i][j] = here;
        }
    }
    walk_back(&best, heads, n, m)
}

fn walk_back(best: &[Vec<(f64, usize, bool)>], heads: &[usize], n: usize, m: usize) -> Vec<Option<usize>> {
    let mut matched = vec![None; n];
    let (mut i, mut j) = (n, m);
    while i > 0 || j > 0 {
        let (_, taken, headed) = best[i][j];
        if headed && taken > 0 {
            matched[i - taken..i].fill(Some(heads[j - 1]));
        }
        if taken == 0 && !headed {
            break;
        }
        i -= taken;
        j -= usize::from(headed);
    }
    matched
}

/// Whether no two of the columns have figures in the same row.
fn apart(columns: &[(u16, Vec<u32>)]) -> bool {
    let mut seen = BTreeSet::new();
    columns.iter().flat_map(|(_, rows)| rows).all(|row| seen.insert(*row))
}

/// Columns between a column and what its heading stands over.
fn distance(col: u16, leaf: &Leaf) -> f64 {
    f64::from(leaf.left.saturating_sub(col).max(col.saturating_sub(leaf.right)))
}
