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

/// The measure of need where two columns of goods hold the same whole number for each station of their rows; ballots follow the voters
/// and need not. Where other columns say what they hold, only the columns that bear it out are given the measure.
pub(super) fn needs(table: &Table, cols: &mut [Tags], rows: &[Tags], goods: &Goods) -> Option<u16> {
    let need = goods.need?;
    let fits = fitting(table, cols);
    if fits.len() < GOODS {
        return None;
    }
    if !cols.iter().chain(rows).any(|t| t.measure.is_some_and(|m| goods.tells(m))) {
        return Some(need);
    }
    for col in fits {
        cols[col].measure = Some(need);
    }
    None
}

/// The columns of goods that do not say what they hold, and hold the same for each station.
fn fitting(table: &Table, cols: &[Tags]) -> Vec<usize> {
    let mut counts = (0..cols.len()).filter(|&c| {
        let tags = &cols[c];
        tags.level == Some(Level::Tps) && !tags.speaks() && !tags.aside && !tags.dark
    });
    let Some(only) = counts.next().filter(|_| counts.next().is_none()) else { return Vec::new() };
    let stations = column(table, only);
    let distinct: BTreeSet<u64> = stations.values().map(|n| n.to_bits()).collect();
    let listed =
        (0..cols.len()).filter(|&c| cols[c].goods.is_some() && cols[c].measure.is_none() && !cols[c].aside && !cols[c].dark);
    if distinct.len() < 2 { Vec::new() } else { listed.filter(|&col| per_station(&column(table, col), &stations)).collect() }
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
