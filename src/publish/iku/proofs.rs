//! Sheet Bukti: for every computed indicator the papers that prove it, and what is still missing.

use rust_xlsxwriter::Worksheet;

use crate::consolidate::iku::Evidence;
use crate::error::Result;
use crate::publish::words;
use crate::publish::workbook::heading::{self, Head};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{Desk, Look, Page, Tone, What, print};

use super::Plan;

const COLUMNS: [(&str, f64); 11] = [
    ("No", 5.0),
    ("Indikator", 40.0),
    ("Kode", 8.0),
    ("Satker", 26.0),
    ("Jenis bukti", 26.0),
    ("Status", 16.0),
    ("Berkas", 46.0),
    ("Lokasi", 24.0),
    ("Diterima", 26.0),
    ("Keterangan", 40.0),
    ("SHA-256 berkas", 44.0),
];

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw(plan: &Plan<'_>, desk: &mut Desk<'_>, number: usize) -> Result<Worksheet> {
    let mut page = Page::new(desk, number)?;
    page.widths(COLUMNS.map(|(_, width)| width))?;
    page.text(0, 0, "BUKTI SETIAP INDIKATOR", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, &plan.whose, Look::new(What::Text, Tone::Subtitle))?;
    let missing = plan.book.indicators.iter().flat_map(|i| &i.evidence).filter(|e| !e.accepted).count();
    let note =
        format!("{missing} bukti belum ada atau tidak dapat dipakai. Salinan buktinya: rekap bukti {}.", plan.batch.config.name);
    page.text(2, 0, &note, Look::new(What::Text, Tone::Note))?;
    let heads = COLUMNS.map(|(name, width)| Head::alone(name, width));
    let first = heading::draw(&mut page, 4, &heads)?;
    let mut row = first;
    for (label, proof) in plan.book.indicators.iter().flat_map(|i| i.evidence.iter().map(move |e| (&i.label, e))) {
        draw_row(&mut page, plan, (row, first), label, proof)?;
        row += 1;
    }
    let end = (row.saturating_sub(1).max(first), heading::column(COLUMNS.len() - 1));
    page.sheet.autofilter(first - 1, 0, end.0, end.1).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, 2).map_err(trouble)?;
    print::set_up(&mut page, (4, first - 1), end, &plan.footer)?;
    page.finish(end)
}

fn draw_row(page: &mut Page<'_, '_>, plan: &Plan<'_>, (row, first): (u32, u32), label: &str, proof: &Evidence) -> Result<()> {
    let (text, wrapped) = (Look::new(What::Text, Tone::Plain), Look::new(What::Wrapped, Tone::Plain));
    let entry = proof.entry.and_then(|n| plan.batch.entries.get(n));
    let (status, tone) = match (proof.accepted, entry) {
        (true, _) => ("diterima", Tone::Good),
        (false, Some(e)) => (words::status(e.outcome.status), Tone::Warn),
        (false, None) => ("belum ada", Tone::Bad),
    };
    let received = entry.map_or_else(String::new, |e| {
        let receipt = &e.source.received;
        if receipt.stated { receipt.at.clone() } else { format!("{} (waktu ubah berkas)", receipt.at) }
    });
    let why = match entry {
        Some(e) => e.outcome.reason.clone(),
        None => format!("minta {} dari satker ini", words::kind_in_short(plan.schemas, &proof.kind)),
    };
    let at = entry.zip(proof.span).map(|(e, span)| e.outcome.places.locator(span)).unwrap_or_default();
    page.ordinal(row, 0, usize::try_from(row - first).unwrap_or(0) + 1, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, 1, label, wrapped)?;
    page.text(row, 2, &proof.satker.to_string(), text)?;
    page.text(row, 3, &plan.name(Some(proof.satker)), wrapped)?;
    page.text(row, 4, words::kind(plan.schemas, &proof.kind), wrapped)?;
    page.text(row, 5, status, Look::new(What::Text, tone))?;
    page.text(row, 6, entry.map_or("", |e| &e.source.document), wrapped)?;
    page.text(row, 7, &at, wrapped)?;
    page.text(row, 8, &received, wrapped)?;
    page.text(row, 9, &why, wrapped)?;
    page.text(row, 10, entry.map_or("", |e| &e.outcome.sha256), Look::new(What::Code, Tone::Plain))
}
