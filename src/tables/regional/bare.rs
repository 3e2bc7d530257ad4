//! Columns that only say `Jumlah`: where the columns beside them count changes or something else, and they are the sum of those, they are
//! not all voters.

use std::collections::BTreeSet;

use crate::tables::axes::Table;

use super::compare::whole_of;
use super::facts::Shape;
use super::flow::amounts;
use super::slots::column_station;
use super::tags::{Sex, Tagger, Tags};

/// Columns whose sum is tried.
const MOST: usize = 16;

/// The columns of voters that say only that they are a sum, and that nothing shows to be all voters.
pub(super) fn other_sums(table: &Table, cols: &[Tags], tagger: &Tagger, shape: &Shape) -> BTreeSet<usize> {
    let sums: Vec<usize> = (0..cols.len()).filter(|&c| only_sum(table, c, &cols[c], tagger)).collect();
    let number = |name: &str| shape.vocabulary.number_of(name);
    let now = number(shape.now);
    let counts_now = |(c, t): (usize, &Tags)| t.measure.is_some() && t.measure == now || plain(t) && !sums.contains(&c);
    if sums.is_empty() || cols.iter().enumerate().any(counts_now) {
        return BTreeSet::new();
    }
    let flow = shape.flow.and_then(|[a, b, c, _]| Some([number(a)?, number(b)?, number(c)?]));
    let has = |says: fn(&Tags) -> bool| cols.iter().any(says);
    let changes = has(|t| t.measure.is_some()) && !has(|t| t.reason.is_some());
    let balanced = |sum: usize| flow.is_some_and(|flow| balances(table, cols, flow, sum));
    let of_others = |&sum: &usize| if changes { !balanced(sum) } else { sums_others(table, cols, sum) };
    sums.iter().copied().filter(of_others).collect()
}

/// Whether a column says that it is a sum, perhaps of whom, and nothing else.
fn only_sum(table: &Table, col: usize, tags: &Tags, tagger: &Tagger) -> bool {
    let sum =
        || table.cols[col].labels.iter().flatten().map(|l| tagger.label(l.text, l.said)).any(|t| t.total && t.sex.is_none());
    silent(tags) && tags.when.is_none() && sum()
}

/// Men or women of nothing in particular.
fn plain(tags: &Tags) -> bool {
    silent(tags) && tags.sex.is_some_and(|s| s != Sex::T)
}

/// Does not say what is counted.
fn silent(tags: &Tags) -> bool {
    let counted = tags.measure.is_some() || tags.generic || tags.reason.is_some() || tags.goods.is_some() || tags.level.is_some();
    !counted && !tags.aside && !tags.dark
}

/// Whether those before, with those who came and without those who left, are the sum in half of the rows.
fn balances(table: &Table, cols: &[Tags], flow: [u16; 3], sum: usize) -> bool {
    let sex = |t: &Tags| t.sex.unwrap_or(Sex::T);
    let of = |m: u16| cols.iter().position(|t| t.measure == Some(m) && sex(t) == sex(&cols[sum]));
    let [Some(before), Some(came), Some(left)] = flow.map(of) else { return false };
    let rows = amounts(table);
    let get = |n: usize, col: usize| rows[n].get(&col).copied();
    let told: Vec<usize> = (0..rows.len()).filter(|&n| get(n, before).is_some() && get(n, sum).is_some()).collect();
    let or_none = |n: usize, col: usize| get(n, col).unwrap_or(0.0);
    let fits = |n: &&usize| (or_none(**n, before) + or_none(**n, came) - or_none(**n, left) - or_none(**n, sum)).abs() < 0.5;
    !told.is_empty() && told.iter().filter(fits).count() * 2 >= told.len()
}

/// Whether a column is the sum of those right before it, of which one counts something else or nobody knows what: the sum of reasons alone is
/// that of all for whom there is one.
fn sums_others(table: &Table, cols: &[Tags], sum: usize) -> bool {
    let station = |c: usize| column_station(table.cols[c].labels.iter().flatten(), &cols[c], table).is_some();
    let other = |c: usize| (cols[c].aside || cols[c].dark || cols[c].level.is_some()) && !station(c);
    let before: Vec<usize> = (0..sum).rev().take_while(|&c| other(c) || cols[c].reason.is_some()).take(MOST).collect();
    let sums = |count: &usize| whole_of(table, &[&before[..*count], &[sum]].concat()) == Some(sum);
    (2..=before.len()).find(sums).is_some_and(|count| before[..count].iter().any(|&c| other(c)))
}
