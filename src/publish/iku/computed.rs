//! Sheet Perhitungan: indicators that the batch itself lets one compute, office by office, with everything that was looked at.

use rust_xlsxwriter::Worksheet;

use crate::consolidate::book::Figure;
use crate::consolidate::iku::{Computed, Reported, Share};
use crate::error::Result;
use crate::model::Region;
use crate::publish::words;
use crate::publish::workbook::{At, Desk, Flaw, Look, Page, Tone, What, print};

use super::Plan;

const WIDTHS: [f64; 8] = [5.0, 9.0, 28.0, 12.0, 70.0, 22.0, 44.0, 24.0];
const HEADS: [&str; 8] = ["No", "Kode", "Satker", "Terpenuhi (1/0)", "Yang dilihat", "Nilai", "Berkas", "Lokasi"];
/// Column of the ones and noughts.
const COUNTS: u16 = 3;

/// Where numerator, denominator and value of an indicator stand.
pub struct Shares {
    /// How many offices count.
    pub numerator: At,
    /// Of how many it is known.
    pub denominator: At,
    /// The value in percent; `None` while it is unknown of any office.
    pub value: Option<At>,
    /// The ones and noughts of the offices.
    pub offices: Vec<(Region, At)>,
}

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, number: usize) -> Result<(Worksheet, Vec<Shares>)> {
    let mut page = Page::new(desk, number)?;
    page.widths(WIDTHS)?;
    page.text(0, 0, "INDIKATOR YANG DIHITUNG DARI KIRIMAN", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, &plan.whose, Look::new(What::Text, Tone::Subtitle))?;
    let note = "Rumus indikator ada di schemas/indikator. Satu: semua syarat terpenuhi; nol: ada yang tidak; kosong: tidak dapat diketahui dari kiriman.";
    page.text(2, 0, note, Look::new(What::Text, Tone::Note))?;
    let (mut row, mut all) = (4, Vec::new());
    for indicator in &plan.book.indicators {
        let (next, shares) = one(&mut page, plan, indicator, row)?;
        all.push(shares);
        row = next + 1;
    }
    let end = (row, 7);
    print::set_up(&mut page, (0, 2), end, &plan.footer)?;
    Ok((page.finish(end)?, all))
}

fn one<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, indicator: &'a Computed, top: u32) -> Result<(u32, Shares)> {
    page.text(top, 0, &indicator.label, Look::new(What::Text, Tone::Section))?;
    let about =
        [("Sasaran", &indicator.aim), ("Cara", &indicator.rule), ("Target", &indicator.target), ("Sumber", &indicator.source)];
    let mut row = top;
    for (name, text) in about {
        row += 1;
        page.merged((row, 0), (row, 1), name, Look::new(What::Text, Tone::Plain))?;
        page.paragraph(row, 2, 7, text)?;
    }
    row += 1;
    for (col, name) in (0..).zip(HEADS) {
        page.text(row, col, name, Look::new(What::Wrapped, Tone::Head))?;
    }
    let first = row + 1;
    for (place, share) in indicator.shares.iter().enumerate() {
        row += 1;
        draw_row(page, plan, row, place + 1, share)?;
    }
    let (next, mut shares) = result(page, indicator, (first, row.max(first)))?;
    shares.offices = (first..).zip(&indicator.shares).map(|(row, share)| (share.satker, page.at(row, COUNTS))).collect();
    Ok((reports(page, plan, &indicator.reported, next)?, shares))
}

fn draw_row<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, row: u32, number: usize, share: &Share) -> Result<()> {
    let wrapped = Look::new(What::Wrapped, Tone::Plain);
    page.ordinal(row, 0, number, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, 1, &share.satker.to_string(), Look::new(What::Text, Tone::Plain))?;
    page.text(row, 2, &share.name, wrapped)?;
    let look = Look::new(What::Count, if share.counts == Some(false) { Tone::Warn } else { Tone::Plain });
    // The paper that decides: the one that fails, else the last that holds.
    let failing = share.operands.iter().find(|o| o.holds == Some(false));
    let deciding = failing.or(share.operands.last());
    let paper = deciding.and_then(|o| o.entry);
    match share.counts {
        Some(counts) => {
            let value = if counts { 1.0 } else { 0.0 };
            let figure = paper.map(|entry| Figure { value, entry, origin: None });
            match figure.and_then(|f| plan.evidence.published(&f)) {
                Some(published) => page.figure(row, COUNTS, published, look)?,
                None => page.computed(row, COUNTS, &value.to_string(), value, Flaw::None, look)?,
            }
        }
        None => page.blank(row, COUNTS, look)?,
    }
    let says: Vec<&str> = share.operands.iter().map(|o| o.says.as_str()).collect();
    let values: Vec<&str> = share.operands.iter().map(|o| o.value.as_str()).filter(|v| !v.is_empty()).collect();
    let at = deciding.and_then(|o| Some(plan.batch.entries.get(o.entry?)?.outcome.places.locator(o.span?)));
    page.text(row, 4, &says.join("\n"), wrapped)?;
    page.text(row, 5, &values.join("\n"), wrapped)?;
    page.text(row, 6, paper.map_or("", |n| plan.document(n)), wrapped)?;
    page.text(row, 7, &at.unwrap_or_default(), wrapped)
}

/// Numerator, denominator, value.
fn result(page: &mut Page<'_, '_>, indicator: &Computed, (first, last): (u32, u32)) -> Result<(u32, Shares)> {
    let [from, to] = [first, last].map(|row| page.at(row, COUNTS));
    let total = Look::new(What::Count, Tone::Total);
    let label =
        |page: &mut Page<'_, '_>, row, text: &str| page.merged((row, 0), (row, 2), text, Look::new(What::Text, Tone::Total));
    let [numerator, denominator, value] = [1, 2, 3].map(|down| page.at(last + down, COUNTS));
    label(page, numerator.row, "Pembilang: satker yang memenuhi")?;
    let sum = format!("SUM({}:{})", from.address(), to.address());
    let [above, below] = [indicator.numerator, indicator.denominator].map(|n| u32::try_from(n).map_or(f64::NAN, f64::from));
    page.computed(numerator.row, COUNTS, &sum, above, Flaw::None, total)?;
    label(page, denominator.row, "Penyebut: satker yang diketahui")?;
    page.computed(denominator.row, COUNTS, &format!("COUNT({}:{})", from.address(), to.address()), below, Flaw::None, total)?;
    label(page, value.row, "Nilai (%)")?;
    let known = indicator.value.is_some() && below > 0.0;
    if known {
        let formula = format!("{}/{}*100", numerator.address(), denominator.address());
        page.computed(value.row, COUNTS, &formula, above / below * 100.0, Flaw::None, Look::new(What::Decimal, Tone::Total))?;
    } else {
        page.text(value.row, COUNTS, "belum diketahui", Look::new(What::Text, Tone::Warn))?;
    }
    Ok((value.row + 1, Shares { numerator, denominator, value: known.then_some(value), offices: Vec::new() }))
}

/// What documents report of the indicator, beside what was computed.
fn reports(page: &mut Page<'_, '_>, plan: &Plan<'_>, reported: &[Reported], top: u32) -> Result<u32> {
    if reported.is_empty() {
        return Ok(top);
    }
    page.merged((top, 0), (top, 7), "Yang dilaporkan satker", Look::new(What::Text, Tone::Subtitle))?;
    let mut row = top;
    let mut sorted: Vec<&Reported> = reported.iter().collect();
    sorted.sort_by_key(|r| r.satker);
    for one in sorted {
        row += 1;
        let text = Look::new(What::Wrapped, Tone::Plain);
        let computed = one.computed.map(|n| format!("; dihitung {} %", words::decimal(n, 2))).unwrap_or_default();
        let (verdict, tone) = if one.differs { ("BERBEDA: ", Tone::Warn) } else { ("", Tone::Plain) };
        let realised = if one.realised.is_empty() { "tidak dinyatakan" } else { &one.realised };
        let at = plan.batch.entries.get(one.entry).zip(one.span).map(|(e, span)| e.outcome.places.locator(span));
        page.text(row, 1, &one.satker.map(|s| s.to_string()).unwrap_or_default(), text)?;
        page.text(row, 2, &plan.name(one.satker), text)?;
        let says = format!("{verdict}target {}, realisasi {realised}{computed}\n{}", one.target, one.indicator);
        page.blank(row, 3, Look::new(What::Text, tone))?;
        page.paragraph(row, 4, 5, &says)?;
        page.text(row, 6, plan.document(one.entry), text)?;
        page.text(row, 7, &at.unwrap_or_default(), text)?;
    }
    Ok(row + 1)
}
