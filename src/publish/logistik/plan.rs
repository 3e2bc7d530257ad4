//! Sheet Perhitungan: for each kab/kota and good what is needed, what can be used of the stock, what is missing, and what that costs.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use crate::error::Result;
use crate::model::Region;
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Tone, What, print};

use super::needs::Placed;
use super::parameters::{Cells, RISE, absolute};
use super::stock::Stored;
use super::{PERHITUNGAN, Plan, title};

/// Columns of the sheet.
pub const GOOD: u16 = 3;
pub const NEED: u16 = 5;
pub const STOCK: u16 = 7;
const USED: u16 = 8;
pub const MISSING: u16 = 9;
const PRICE: u16 = 11;
pub const COST: u16 = 12;

/// What stands where a price is missing.
const OPEN: &str = "–";

/// Where the plan stands.
pub struct Costs {
    /// First and last row.
    pub rows: (u32, u32),
    /// Of each row the group's area and the good.
    pub lines: Vec<(usize, usize)>,
}

impl Costs {
    /// `SUMIF` of a column over the rows of a good, by the good's label in a cell.
    pub fn of_good(&self, label: &str, col: u16) -> String {
        format!("SUMIF({},{label},{})", self.range(GOOD), self.range(col))
    }

    /// How many rows of a good hold a number in a column.
    pub fn known_of_good(&self, label: &str, col: u16) -> String {
        format!("COUNTIFS({},{label},{},\">=0\")", self.range(GOOD), self.range(col))
    }

    fn range(&self, col: u16) -> String {
        let letter = crate::model::origin::letters(col);
        format!("{}!${letter}${}:${letter}${}", super::SHEETS[PERHITUNGAN], self.rows.0 + 1, self.rows.1 + 1)
    }
}

/// Draws the sheet.
pub fn draw<'a>(
    plan: &Plan<'a>,
    desk: &mut Desk<'a>,
    cells: &Cells,
    (now, then): (&Placed, &Placed),
    stored: &Stored,
) -> Result<(Worksheet, Costs)> {
    let mut page = Page::new(desk, PERHITUNGAN)?;
    let heads = heads();
    page.widths(heads.iter().map(|h| h.width))?;
    let note = "Kekurangan = kebutuhan − stok layak pakai yang dikurangkan (menurut Parameter), paling sedikit nol. Biaya kosong: harganya belum ada.";
    title::draw(&mut page, plan, "PERHITUNGAN KEKURANGAN DAN BIAYA PER KABUPATEN/KOTA DAN BARANG", note)?;
    let first = heading::draw(&mut page, 4, &heads)?;
    let groups = (0..plan.book.areas.len()).filter(|&i| plan.book.areas[i].group.is_none());
    let lines: Vec<(usize, usize)> = groups.flat_map(|g| (0..plan.book.goods().len()).map(move |good| (g, good))).collect();
    let held = held(plan, stored);
    let mut row = first;
    for &(group, good) in &lines {
        let scenarios = [now, then].map(|placed| placed.likely(placed.rows[group], good));
        let stock = held.get(&(group, good)).map_or(&[][..], Vec::as_slice);
        draw_row(&mut page, plan, cells, (row, first), (group, good), scenarios, stock)?;
        row += 1;
    }
    let last = row.saturating_sub(1).max(first);
    let right = column(heads.len() - 1);
    page.sheet.autofilter(first - 1, 0, last, right).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, 4).map_err(trouble)?;
    print::set_up(&mut page, (4, first - 1), (last, right), &plan.footer)?;
    Ok((page.finish((last, right))?, Costs { rows: (first, last), lines }))
}

fn heads() -> Vec<Head> {
    let mut heads = [("No", 6.0), ("Kode", 9.0), ("Wilayah", 30.0), ("Barang", 32.0), ("Satuan", 9.0)]
        .map(|(n, w)| Head::alone(n, w))
        .to_vec();
    heads.extend(["DPT saat ini", "Proyeksi"].map(|n| Head::of("Kebutuhan", n, 13.0)));
    heads.extend(["Layak pakai", "Dikurangkan"].map(|n| Head::of("Stok", n, 12.0)));
    heads.extend(["DPT saat ini", "Proyeksi"].map(|n| Head::of("Kekurangan", n, 13.0)));
    heads.push(Head::alone("Harga satuan (Rp)", 12.0));
    heads.extend(["DPT saat ini", "Proyeksi"].map(|n| Head::of("Biaya (Rp)", n, 17.0)));
    heads
}

/// The cells of what is usable, by the group that holds it and its good.
fn held(plan: &Plan<'_>, stored: &Stored) -> BTreeMap<(usize, usize), Vec<At>> {
    let mut holders: BTreeMap<Region, Option<usize>> = BTreeMap::new();
    let mut held: BTreeMap<(usize, usize), Vec<At>> = BTreeMap::new();
    for (stock, at) in plan.book.stock.iter().zip(stored) {
        let holder = *holders.entry(stock.office).or_insert_with(|| plan.book.holder(stock.office));
        if let (Some(group), Some(good), Some(at)) = (holder, stock.good, at) {
            held.entry((group, good)).or_default().push(*at);
        }
    }
    held
}

fn draw_row(
    page: &mut Page<'_, '_>,
    plan: &Plan<'_>,
    cells: &Cells,
    (row, first): (u32, u32),
    (group, good): (usize, usize),
    needs: [At; 2],
    stock: &[At],
) -> Result<()> {
    let (area, norm) = (&plan.book.areas[group], &plan.book.goods()[good]);
    let (text, count) = (Look::new(What::Text, Tone::Plain), Look::new(What::Count, Tone::Plain));
    page.ordinal(row, 0, (row - first + 1) as usize, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, 1, &area.region.to_string(), text)?;
    page.text(row, 2, &area.name, text)?;
    page.text(row, GOOD, &norm.label, text)?;
    page.text(row, 4, &norm.unit, text)?;
    for (col, need) in (NEED..).zip(needs) {
        page.formula(row, col, &Formula::same(need), count)?;
    }
    let stock: Vec<(bool, At)> = stock.iter().map(|&at| (true, at)).collect();
    let value = |page: &Page<'_, '_>, col: u16| page.ledger().get(page.at(row, col)).map(|p| (p.value, p.flaw));
    if stock.is_empty() {
        page.blank(row, STOCK, Look::new(What::Count, Tone::Absent))?;
    } else {
        page.formula(row, STOCK, &Formula::Combine(stock), count)?;
    }
    let reused = page.ledger().get(cells.reused(good)).map_or(0.0, |p| p.value);
    let (have, flaw) = value(page, STOCK).unwrap_or((0.0, Flaw::None));
    let address = |page: &Page<'_, '_>, col: u16| page.at(row, col).address();
    let used = format!("N({})*{}", address(page, STOCK), absolute(cells.reused(good)));
    page.computed(row, USED, &used, have * reused, flaw, count)?;
    costs(page, plan, cells, row, good)
}

/// Price of a good, what is missing of it and what that costs, today and expected.
fn costs(page: &mut Page<'_, '_>, plan: &Plan<'_>, cells: &Cells, row: u32, good: usize) -> Result<()> {
    let count = Look::new(What::Count, Tone::Plain);
    let absent = Look::new(What::Count, Tone::Absent);
    let number = |page: &Page<'_, '_>, col: u16| page.ledger().get(page.at(row, col)).map(|p| (p.value, p.flaw));
    let address = |page: &Page<'_, '_>, col: u16| page.at(row, col).address();
    let price = page.ledger().get(cells.price(good)).map(|p| p.value);
    if price.is_some() {
        let verified = plan.book.prices.get(good).and_then(Option::as_ref).is_none_or(|p| p.verified);
        let tone = if verified { Tone::Plain } else { Tone::Warn };
        page.formula(row, PRICE, &Formula::same(cells.price(good)), Look::new(What::Count, tone))?;
    } else {
        let cell = absolute(cells.price(good));
        page.worded(row, PRICE, &priced(&cell, &cell), OPEN, absent)?;
    }
    let used = number(page, USED).map_or(0.0, |(n, _)| n);
    for scenario in 0..2 {
        let Some((need, flaw)) = number(page, NEED + scenario) else {
            page.blank(row, MISSING + scenario, count)?;
            page.blank(row, COST + scenario, count)?;
            continue;
        };
        let missing = (need - used).max(0.0);
        let text = format!("MAX(0,{}-{})", address(page, NEED + scenario), address(page, USED));
        page.computed(row, MISSING + scenario, &text, missing, flaw, count)?;
        let (missing_at, price_at) = (address(page, MISSING + scenario), address(page, PRICE));
        let cost = format!("ROUND({missing_at}*{price_at}*(1+{}/100),0)", cells.of(RISE, Region::NATION));
        // Of what is not missing nothing is to be paid, whatever it costs.
        let unpriced = format!("IF({missing_at}=0,0,{})", priced(&price_at, &cost));
        match price {
            Some(price) => page.computed(row, COST + scenario, &cost, (missing * price).round(), flaw, count)?,
            None if missing == 0.0 => page.computed(row, COST + scenario, &unpriced, 0.0, flaw, count)?,
            None => page.worded(row, COST + scenario, &unpriced, OPEN, absent)?,
        }
    }
    Ok(())
}

/// A formula that waits until somebody fills in the price that another cell holds.
fn priced(price: &str, cost: &str) -> String {
    format!("IF(N({price})=0,\"{OPEN}\",{cost})")
}
