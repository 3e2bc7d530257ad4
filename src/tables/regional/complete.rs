//! A column of goods whose heading nobody knows, read by arithmetic: beside the others of its good it can only be one thing.

use std::collections::BTreeMap;

use crate::model::Origin;
use crate::tables::axes::{Content, Table};

use super::goods::Goods;
use super::tags::Tags;

/// Fewest rows that must bear a reading out.
const FEWEST: usize = 3;

/// Gives a column without a known heading, or one that no table of the kind has, among those of a good its measure, where nothing else fits its figures: what is left of
/// the stock when the damaged are taken off is in good condition, and what is as much as all conditions together is the stock. Returns
/// the cells that were read so.
pub(super) fn complete(table: &Table, cols: &mut [Tags], goods: &Goods) -> Vec<Origin> {
    let mut groups: BTreeMap<Option<u16>, Vec<usize>> = BTreeMap::new();
    for (col, tags) in cols.iter().enumerate().filter(|(_, t)| t.when.is_none() && t.level.is_none()) {
        groups.entry(tags.goods).or_default().push(col);
    }
    for group in groups.values() {
        counted_after_all(table, cols, goods, group);
        which_sum(table, cols, goods, group);
    }
    let mut read = Vec::new();
    for group in groups.into_values() {
        if let Some((col, measure)) = only_reading(table, cols, goods, &group) {
            cols[col] = Tags { measure: Some(measure), dark: false, aside: false, ..cols[col] };
            read.push(col);
        }
    }
    table.figures.iter().filter(|f| read.contains(&f.col)).map(|f| f.origin).collect()
}

/// `Pemenuhan` over `Stok Baik | Stok Rusak | Jumlah Stok`, `Sisa Logistik` over `Layak | Tidak Layak | Jumlah`: what stands above would make them shares or something else, but conditions
/// whose sum stands beside them are amounts.
fn counted_after_all(table: &Table, cols: &mut [Tags], goods: &Goods, group: &[usize]) {
    let of = |aside: bool| group.iter().copied().filter(|&c| cols[c].aside == aside).collect::<Vec<usize>>();
    let stands = |c: &usize, m: u16| cols[*c].measure == Some(m);
    let stock = |c: &usize| goods.stock.is_some_and(|m| stands(c, m));
    let condition = |c: &usize| goods.conditions().iter().any(|&m| stands(c, m));
    if of(false).iter().any(|c| stock(c) || condition(c)) {
        return;
    }
    let bare = |c: &usize| cols[*c].measure.is_none() && cols[*c].reason.is_none() && !cols[*c].generic;
    let (parts, wholes): (Vec<usize>, Vec<usize>) =
        of(true).into_iter().filter(|c| stock(c) || condition(c) || bare(c)).partition(condition);
    let mut wholes = wholes.into_iter().filter(|&whole| parts.len() > 1 && sums(table, whole, &parts));
    if let (Some(whole), None) = (wholes.next(), wholes.next()) {
        for col in parts.into_iter().chain([whole]) {
            cols[col].aside = false;
        }
        cols[whole].measure = goods.stock;
    }
}

/// `Jumlah | Baik | Rusak | Jumlah Koli`: of several bare sums beside conditions the stock is the only one that is their sum.
fn which_sum(table: &Table, cols: &mut [Tags], goods: &Goods, group: &[usize]) {
    let told = || group.iter().copied().filter(|&c| !cols[c].aside && !cols[c].dark);
    let conditions: Vec<usize> = told().filter(|&c| cols[c].measure.is_some_and(|m| goods.conditions().contains(&m))).collect();
    let bare: Vec<usize> = told().filter(|&c| cols[c].measure.is_none() && !cols[c].generic && cols[c].total).collect();
    if bare.len() < 2 || conditions.len() < 2 || told().any(|c| goods.stock.is_some() && cols[c].measure == goods.stock) {
        return;
    }
    let mut fits = bare.into_iter().filter(|&c| sums(table, c, &conditions));
    if let (Some(stock), None) = (fits.next(), fits.next()) {
        cols[stock].measure = goods.stock;
    }
}

/// The one column of a group that nobody knows and whose figures leave a measure open.
fn only_reading(table: &Table, cols: &[Tags], goods: &Goods, group: &[usize]) -> Option<(usize, u16)> {
    let silent = |t: &Tags| t.measure.is_none() && !t.generic && t.reason.is_none() && t.sex.is_none();
    let is = |c: usize, m: Option<u16>| m.is_some() && cols[c].measure == m;
    let told = || group.iter().copied().filter(|&c| !cols[c].aside);
    let conditions: Vec<usize> = told().filter(|&c| goods.conditions().iter().any(|&m| is(c, Some(m)))).collect();
    let bare_sum = |t: &Tags| silent(t) && t.total && !t.dark;
    let said = |c: &usize| is(*c, goods.stock) || is(*c, goods.amount) || bare_sum(&cols[*c]);
    let stocks: Vec<usize> = told().filter(said).collect();
    let sound = *goods.conditions().first()?;
    let has_sound = conditions.iter().any(|&c| is(c, Some(sound)));
    let reading = |col: usize| match stocks.as_slice() {
        [stock] if !has_sound && !conditions.is_empty() => {
            let parts: Vec<usize> = conditions.iter().copied().chain([col]).collect();
            sums(table, *stock, &parts).then_some((col, sound))
        }
        [] if has_sound && conditions.len() > 1 && sums(table, col, &conditions) => goods.stock.map(|stock| (col, stock)),
        _ => None,
    };
    let dark = group.iter().copied().filter(|&c| (cols[c].dark || cols[c].aside) && silent(&cols[c]));
    let mut found = dark.filter_map(reading);
    found.next().filter(|_| found.next().is_none())
}

/// Whether a column is the sum of others in four rows of five, and in three at least that have something to add.
fn sums(table: &Table, whole: usize, parts: &[usize]) -> bool {
    let (holding, told) = adding_up(table, whole, parts);
    holding >= FEWEST && holding * 5 >= told * 4
}

/// In how many rows a column is the sum of others, and how many have something to add.
pub(super) fn adding_up(table: &Table, whole: usize, parts: &[usize]) -> (usize, usize) {
    let mut rows: BTreeMap<usize, (f64, f64, usize)> = BTreeMap::new();
    for figure in &table.figures {
        let Content::Number(value) = figure.content else { continue };
        let row = rows.entry(figure.row).or_default();
        if figure.col == whole {
            row.0 += value;
        } else if parts.contains(&figure.col) {
            row.1 += value;
            row.2 += usize::from(value > 0.0);
        }
    }
    let told = || rows.values().filter(|(whole, _, added)| *whole > 0.0 && *added > 1);
    let holding = told().filter(|(whole, sum, _)| (whole - sum).abs() < 0.5).count();
    (holding, told().count())
}
