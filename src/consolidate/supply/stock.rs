//! Goods that offices report to have, and what one of each costs.

use std::collections::BTreeMap;

use crate::kinds::logistik::Keys;
use crate::model::norm::{self, NormGood, PriceList};
use crate::model::{Level, Region, Schemas};
use crate::normalise::text;

use super::super::Entry;
use super::super::book::Figure;
use super::super::rows::{Printed, accepted, rows};

const LOGISTIK: &str = "logistik";
const ANGGARAN: &str = "anggaran";

/// One row of a stock list.
#[derive(Clone, Debug)]
pub struct Stock {
    /// The office that has it.
    pub office: Region,
    /// The office's name.
    pub name: String,
    /// The region below the office where it lies, as printed; empty where it is the office's own.
    pub place: String,
    /// As printed.
    pub printed: String,
    /// Number of the norm's good it is; `None` for goods without a norm.
    pub good: Option<usize>,
    /// Unit as printed.
    pub unit: String,
    /// tersedia, baik, rusak.
    pub amounts: [Option<Figure>; 3],
}

impl Stock {
    /// What can be used: what is good, or all of it where nobody told good from broken.
    #[must_use]
    pub fn usable(&self) -> Option<Figure> {
        self.amounts[1].or(self.amounts[0].filter(|_| self.amounts[2].is_none()))
    }
}

/// What one of a good costs, in rupiah.
#[derive(Clone, Debug)]
pub struct Price {
    /// The price.
    pub value: f64,
    /// Its cell, where a document says it.
    pub figure: Option<Figure>,
    /// Where it is from, for the reader.
    pub source: String,
    /// Somebody compared it.
    pub verified: bool,
}

/// Rows of the stock lists, by office, then as printed.
#[must_use]
pub fn stock(entries: &[Entry], keys: &Keys, goods: &[NormGood], name: &dyn Fn(Region) -> String) -> Vec<Stock> {
    let mut found = Vec::new();
    for (number, entry) in accepted(entries, LOGISTIK) {
        for row in rows(number, entry, LOGISTIK) {
            let amounts = ["tersedia", "baik", "rusak"].map(|column| figure(&row, column));
            let office = row.region().map(|r| r.up_to(Level::Kabkota)).or(entry.outcome.subject.satker);
            if let (Some(office), true) = (office, amounts.iter().any(Option::is_some)) {
                let printed = row.records.text(row.row, "barang").unwrap_or_default().to_owned();
                let good = number_of(keys, goods, &printed);
                let below = row.region().is_none_or(|r| r.level() > Level::Kabkota);
                let place = row.records.text(row.row, "region_name").filter(|_| below).unwrap_or_default().to_owned();
                let unit = row.records.text(row.row, "satuan").unwrap_or_default().to_owned();
                found.push(Stock { office, name: name(office), place, printed, good, unit, amounts });
            }
        }
    }
    found.sort_by_key(|s| s.office);
    found
}

/// The price of each good: as a budget's calculation of this batch states it, else a list of goods, else the table of the schemas.
/// Of several stated prices the most frequent counts, of equally frequent ones the highest.
#[must_use]
pub fn prices(entries: &[Entry], keys: &Keys, goods: &[NormGood], schemas: &Schemas) -> Vec<Option<Price>> {
    let number_of =
        |key: Option<String>| goods.iter().position(|g| key.as_ref().is_some_and(|k| g.key == *k || g.also.contains(k)));
    let in_budget = |row: &Printed| number_of(bought(row, keys, &schemas.prices));
    let in_list = |row: &Printed| number_of(row.records.text(row.row, "barang").and_then(|name| keys.key(name)));
    let budget = stated(entries, ANGGARAN, &in_budget);
    let lists = stated(entries, LOGISTIK, &in_list);
    let from_table = |good: &NormGood| {
        let of = |p: &&norm::Price| p.key == good.key || good.also.contains(&p.key);
        let price = schemas.prices.all.iter().filter(of).max_by_key(|p| p.year)?;
        #[expect(clippy::cast_precision_loss, reason = "prices are far below 2^53")]
        let value = price.value as f64;
        Some(Price { value, figure: None, source: format!("{} ({})", price.source, price.year), verified: price.verified })
    };
    let price = |(i, good): (usize, &NormGood)| {
        let printed = budget.get(&i).or_else(|| lists.get(&i));
        printed.cloned().or_else(|| from_table(good))
    };
    goods.iter().enumerate().map(price).collect()
}

/// The good that a line of a budget buys by the piece. Work with goods (sorting, folding, loading) and prices of parcels are none.
fn bought(row: &Printed, keys: &Keys, list: &PriceList) -> Option<String> {
    let unit = text::key(row.records.text(row.row, "satuan")?);
    if !list.pieces.iter().any(|piece| text::key(piece) == unit) {
        return None;
    }
    let printed = row.records.text(row.row, "uraian")?.split(['[', '(']).next()?;
    let words = text::words(printed);
    let lead = words.iter().take_while(|word| list.buying.iter().any(|b| text::key(b) == **word)).count();
    keys.of_nothing_else(&words.get(lead..)?.join(" "))
}

/// Prices that documents of a kind state, by good.
fn stated(entries: &[Entry], kind: &str, good: &dyn Fn(&Printed) -> Option<usize>) -> BTreeMap<usize, Price> {
    let mut found: BTreeMap<usize, BTreeMap<u64, (usize, Figure)>> = BTreeMap::new();
    for (number, entry) in accepted(entries, kind) {
        for row in rows(number, entry, kind) {
            let Some(price) = figure(&row, "harga").filter(|f| f.value > 0.0 && f.value < 1e9) else { continue };
            let Some(good) = good(&row) else { continue };
            let entry = found.entry(good).or_default().entry(price.value.to_bits()).or_insert((0, price));
            entry.0 += 1;
        }
    }
    let best = |prices: BTreeMap<u64, (usize, Figure)>| {
        let (_, figure) = prices.into_values().max_by(|a, b| a.0.cmp(&b.0).then(a.1.value.total_cmp(&b.1.value)))?;
        let source = entries.get(figure.entry).map(|e| e.source.document.clone()).unwrap_or_default();
        Some(Price { value: figure.value, figure: Some(figure), source, verified: true })
    };
    found.into_iter().filter_map(|(good, prices)| Some((good, best(prices)?))).collect()
}

/// The norm's good that a printed name means.
fn number_of(keys: &Keys, goods: &[NormGood], printed: &str) -> Option<usize> {
    let key = keys.key(printed)?;
    goods.iter().position(|g| g.key == key || g.also.contains(&key))
}

fn figure(row: &Printed, column: &str) -> Option<Figure> {
    row.number(column).map(|value| Figure { value, entry: row.entry, origin: row.origin(column) })
}
