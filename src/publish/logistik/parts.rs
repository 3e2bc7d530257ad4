//! Sheet Rincian: polling stations or desa of every kecamatan that the voters' list goes down to; reserves are rounded station by station.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use crate::consolidate::supply::Located;
use crate::error::Result;
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Formula, Look, Page, Tone, What, print};

use super::{Plan, RINCIAN, title};

/// Column of the voters; that of the stations follows.
pub const VOTERS: u16 = 4;
/// Column of the voters of a whole desa, in the first of its rows.
pub const DESA: u16 = 6;

/// First and last row of an area's parts, by the area's number.
pub type Ranges = BTreeMap<usize, (u32, u32)>;

/// `Rincian!$E$8:$E$80`.
pub fn range(rows: (u32, u32), col: u16) -> String {
    let letter = crate::model::origin::letters(col);
    format!("{}!${letter}${}:${letter}${}", super::SHEETS[RINCIAN], rows.0 + 1, rows.1 + 1)
}

/// Draws the sheet.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>) -> Result<(Worksheet, Ranges)> {
    let mut page = Page::new(desk, RINCIAN)?;
    let heads: Vec<Head> = [
        ("No", 7.0),
        ("Kode", 18.0),
        ("Kecamatan", 26.0),
        ("TPS / Desa", 26.0),
        ("Pemilih", 12.0),
        ("Jumlah TPS", 12.0),
        ("Pemilih sedesa", 12.0),
    ]
    .into_iter()
    .map(|(name, width)| Head::alone(name, width))
    .collect();
    page.widths(heads.iter().map(|h| h.width))?;
    title::draw(
        &mut page,
        plan,
        "RINCIAN PEMILIH PER TPS ATAU DESA",
        "Dasar pembulatan cadangan surat suara per TPS. Kosong bila daftar pemilih tidak dirinci.",
    )?;
    let first = heading::draw(&mut page, 4, &heads)?;
    let mut ranges = Ranges::new();
    let mut row = first;
    for (number, area) in plan.book.areas.iter().enumerate().filter(|(_, a)| !a.parts.is_empty()) {
        let start = row;
        for part in &area.parts {
            let text = Look::new(What::Text, Tone::Plain);
            page.ordinal(row, 0, (row - first + 1) as usize, Look::new(What::Centred, Tone::Plain))?;
            page.text(row, 1, &part.region.to_string(), text)?;
            page.text(row, 2, &area.name, text)?;
            page.text(row, 3, &part.name, text)?;
            let located = |figure| if area.parts_before { Located::Before(figure) } else { Located::Now(figure) };
            for (col, figure) in [(VOTERS, Some(part.voters)), (VOTERS + 1, part.stations)] {
                match figure.and_then(|f| plan.published(&located(f))) {
                    Some(published) => page.figure(row, col, published, Look::new(What::Count, Tone::Plain))?,
                    None => page.blank(row, col, Look::new(What::Count, Tone::Plain))?,
                }
            }
            page.blank(row, DESA, Look::new(What::Count, Tone::Plain))?;
            row += 1;
        }
        for (first, last) in area.by_desa().unwrap_or_default() {
            let at = |part: usize| page.at(start + u32::try_from(part).unwrap_or(0), VOTERS);
            let (from, to) = (at(first), at(last));
            page.formula(from.row, DESA, &Formula::sum(from, to), Look::new(What::Count, Tone::Plain))?;
        }
        ranges.insert(number, (start, row - 1));
    }
    let (last, right) = (row.saturating_sub(1).max(first), column(heads.len() - 1));
    page.sheet.autofilter(first - 1, 0, last, right).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, 4).map_err(trouble)?;
    print::set_up(&mut page, (4, first - 1), (last, right), &plan.footer)?;
    Ok((page.finish((last, right))?, ranges))
}

/// The cells of an area's parts in a column.
pub const fn cells(rows: (u32, u32), col: u16) -> (At, At) {
    (At { sheet: RINCIAN, row: rows.0, col }, At { sheet: RINCIAN, row: rows.1, col })
}
