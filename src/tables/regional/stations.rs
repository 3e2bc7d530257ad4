//! Amounts of goods that nobody says what they are, beside polling stations: so many for each station is what they need.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Level;
use crate::tables::axes::{Content, Table};

use super::goods::Goods;
use super::tags::Tags;

/// Fewest rows that must bear it out, with at least two numbers of stations.
const FEWEST: usize = 3;
/// Fewest goods that come in the same number to every station.
const GOODS: usize = 2;

/// The measure of need, where most columns of goods hold the same whole number for each station of their rows. Ballots follow the
/// voters and need not.
pub(super) fn needs(table: &Table, cols: &[Tags], goods: &Goods) -> Option<u16> {
    let mut counts = (0..cols.len()).filter(|&c| {
        let tags = &cols[c];
        tags.level == Some(Level::Tps) && !tags.speaks() && !tags.aside && !tags.dark
    });
    let stations = column(table, counts.next().filter(|_| counts.next().is_none())?);
    let distinct: BTreeSet<u64> = stations.values().map(|n| n.to_bits()).collect();
    let listed =
        (0..cols.len()).filter(|&c| cols[c].goods.is_some() && cols[c].measure.is_none() && !cols[c].aside && !cols[c].dark);
    let fits = listed.filter(|&col| per_station(&column(table, col), &stations)).count();
    goods.need.filter(|_| distinct.len() > 1 && fits >= GOODS)
}

/// The numbers of a column by their rows.
fn column(table: &Table, col: usize) -> BTreeMap<usize, f64> {
    let number = |f: &crate::tables::axes::Figure| if let Content::Number(n) = f.content { Some((f.row, n)) } else { None };
    table.figures.iter().filter(|f| f.col == col).filter_map(number).collect()
}

/// Whether four rows of five, and three at least, hold the same whole number for each station.
fn per_station(amounts: &BTreeMap<usize, f64>, stations: &BTreeMap<usize, f64>) -> bool {
    let mut rates: BTreeMap<u64, usize> = BTreeMap::new();
    let mut told = 0;
    for (row, amount) in amounts {
        if let Some(count) = stations.get(row).filter(|n| **n > 0.0) {
            told += 1;
            let rate = amount / count;
            if rate >= 1.0 && rate.fract() == 0.0 {
                *rates.entry(rate.to_bits()).or_default() += 1;
            }
        }
    }
    rates.values().any(|&n| n >= FEWEST && n * 5 >= told * 4)
}
