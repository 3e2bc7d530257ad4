//! Sheet Stok: what the offices report to have, row by row as printed.

use rust_xlsxwriter::Worksheet;

use crate::error::Result;
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Look, Page, Tone, What, print};

use super::{Plan, STOK, title};

/// Column of tersedia; baik, rusak and what is usable follow.
const AMOUNTS: u16 = 7;
const USABLE: u16 = AMOUNTS + 3;

/// The cell of what is usable, for each row of the book's stock.
pub type Stored = Vec<Option<At>>;

/// Draws the sheet.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>) -> Result<(Worksheet, Stored)> {
    let mut page = Page::new(desk, STOK)?;
    let heads: Vec<Head> = [
        ("No", 6.0),
        ("Kode", 10.0),
        ("Satker", 34.0),
        ("Wilayah", 24.0),
        ("Barang sebagaimana tertulis", 34.0),
        ("Dihitung sebagai", 30.0),
        ("Satuan", 10.0),
        ("Tersedia", 12.0),
        ("Baik", 12.0),
        ("Rusak", 12.0),
        ("Layak pakai", 12.0),
    ]
    .map(|(name, width)| Head::alone(name, width))
    .to_vec();
    page.widths(heads.iter().map(|h| h.width))?;
    let note = "Layak pakai = baik; bila keadaannya tidak dirinci, seluruh yang tersedia. Barang tanpa norma tidak mengurangi kebutuhan.";
    title::draw(&mut page, plan, "STOK LOGISTIK YANG DILAPORKAN", note)?;
    let first = heading::draw(&mut page, 4, &heads)?;
    let mut stored = Stored::new();
    for (i, stock) in plan.book.stock.iter().enumerate() {
        let row = first + u32::try_from(i).unwrap_or(0);
        let text = Look::new(What::Text, Tone::Plain);
        page.ordinal(row, 0, i + 1, Look::new(What::Centred, Tone::Plain))?;
        page.text(row, 1, &stock.office.to_string(), text)?;
        page.text(row, 2, &stock.name, text)?;
        page.text(row, 3, &stock.place, text)?;
        page.text(row, 4, &stock.printed, text)?;
        let good = stock.good.and_then(|g| plan.book.goods().get(g));
        let (label, tone) = good.map_or(("tanpa norma", Tone::Absent), |g| (g.label.as_str(), Tone::Plain));
        page.text(row, 5, label, Look::new(What::Text, tone))?;
        page.text(row, 6, &stock.unit, text)?;
        for (col, figure) in (AMOUNTS..).zip(&stock.amounts) {
            match figure.as_ref().and_then(|f| plan.evidence.published(f)) {
                Some(published) => page.figure(row, col, published, Look::new(What::Count, Tone::Plain))?,
                None => page.blank(row, col, Look::new(What::Count, Tone::Plain))?,
            }
        }
        let from = if stock.amounts[1].is_some() { AMOUNTS + 1 } else { AMOUNTS };
        let same = crate::publish::workbook::Formula::same(page.at(row, from));
        if stock.usable().is_some() {
            page.formula(row, USABLE, &same, Look::new(What::Count, Tone::Plain))?;
        } else {
            page.blank(row, USABLE, Look::new(What::Count, Tone::Absent))?;
        }
        stored.push(stock.usable().map(|_| page.at(row, USABLE)));
    }
    let last = first + u32::try_from(plan.book.stock.len()).unwrap_or(0).max(1) - 1;
    let right = column(heads.len() - 1);
    if plan.book.stock.is_empty() {
        page.text(first, 4, "Tidak ada laporan stok dalam batch ini.", Look::new(What::Text, Tone::Plain))?;
    }
    page.sheet.autofilter(first - 1, 0, last, right).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, 3).map_err(trouble)?;
    print::set_up(&mut page, (4, first - 1), (last, right), &plan.footer)?;
    Ok((page.finish((last, right))?, stored))
}
