//! Sheet SOP: the register of procedures, below it the regulations that they cite differently, and the tasks by unit.

use rust_xlsxwriter::Worksheet;

use crate::consolidate::Entry;
use crate::error::Result;
use crate::model::Records;
use crate::publish::data::rows::accepted;
use crate::publish::workbook::{Desk, Look, Page, Tone, What, print};

use super::Plan;

const WIDTHS: [f64; 10] = [5.0, 24.0, 30.0, 40.0, 13.0, 13.0, 13.0, 26.0, 60.0, 44.0];
const REGISTER: [&str; 10] =
    ["No", "Satker", "Nomor SOP", "Nama SOP", "Dibuat", "Direvisi", "Efektif", "Disahkan oleh", "Dasar hukum", "Berkas"];
const COLUMNS: [&str; 7] =
    ["nomor", "nama", "tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif", "disahkan_oleh", "dasar_hukum"];
/// Most tasks that the sheet lists; all of them stand in the data tables.
const MOST: usize = 20_000;

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw(plan: &Plan<'_>, desk: &mut Desk<'_>, number: usize) -> Result<Worksheet> {
    let mut page = Page::new(desk, number)?;
    page.widths(WIDTHS)?;
    page.text(0, 0, "STANDAR OPERASIONAL PROSEDUR", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, &plan.whose, Look::new(What::Text, Tone::Subtitle))?;
    let row = register(&mut page, plan, 3)?;
    let row = citations(&mut page, plan, row)?;
    let end = (tasks(&mut page, plan, row + 2)?, 9);
    print::set_up(&mut page, (3, 3), end, &plan.footer)?;
    page.finish(end)
}

fn listed<'a>(plan: &Plan<'a>, table: &'a str) -> impl Iterator<Item = (&'a Entry, &'a Records, usize)> {
    accepted(plan.batch, table).flat_map(|(entry, records)| (0..records.len()).map(move |row| (entry, records, row)))
}

fn register(page: &mut Page<'_, '_>, plan: &Plan<'_>, top: u32) -> Result<u32> {
    let wrapped = Look::new(What::Wrapped, Tone::Plain);
    for (col, name) in (0..).zip(REGISTER) {
        page.text(top, col, name, Look::new(What::Wrapped, Tone::Head))?;
    }
    let mut row = top;
    for (place, (entry, records, at)) in listed(plan, "sop").enumerate() {
        row += 1;
        page.ordinal(row, 0, place + 1, Look::new(What::Centred, Tone::Plain))?;
        page.text(row, 1, &plan.name(entry.outcome.subject.satker), wrapped)?;
        for (col, column) in (2..).zip(COLUMNS) {
            page.text(row, col, records.text(at, column).unwrap_or_default(), wrapped)?;
        }
        page.text(row, 9, &entry.source.document, wrapped)?;
    }
    if row == top {
        row += 1;
        page.merged((row, 0), (row, 9), "Belum ada SOP yang diterima.", Look::new(What::Text, Tone::Note))?;
    }
    Ok(row)
}

/// Regulations cited in more than one way: information for those who revise the procedures.
fn citations(page: &mut Page<'_, '_>, plan: &Plan<'_>, above: u32) -> Result<u32> {
    if plan.book.citations.is_empty() {
        return Ok(above);
    }
    let (head, wrapped) = (Look::new(What::Wrapped, Tone::Head), Look::new(What::Wrapped, Tone::Plain));
    let top = above + 2;
    page.text(top, 0, "Informasi: peraturan yang dikutip berbeda-beda", Look::new(What::Text, Tone::Section))?;
    for (from, to, name) in [(0, 0, "No"), (1, 2, "Perbedaan"), (3, 8, "Dikutip sebagai"), (9, 9, "Berkas")] {
        page.merged((top + 1, from), (top + 1, to), name, head)?;
    }
    let mut row = top + 1;
    for (place, disagreement) in plan.book.citations.iter().enumerate() {
        for (nth, (cited, entries)) in disagreement.versions.iter().enumerate() {
            row += 1;
            if nth == 0 {
                page.ordinal(row, 0, place + 1, Look::new(What::Centred, Tone::Plain))?;
                page.paragraph(row, 1, 2, &disagreement.says)?;
            }
            page.paragraph(row, 3, 8, cited)?;
            let papers = entries.iter().filter_map(|&e| plan.batch.entries.get(e)).map(|e| e.source.document.as_str());
            page.text(row, 9, &papers.collect::<Vec<_>>().join("\n"), wrapped)?;
        }
    }
    Ok(row)
}

fn tasks(page: &mut Page<'_, '_>, plan: &Plan<'_>, top: u32) -> Result<u32> {
    if listed(plan, "sop_tugas").next().is_none() {
        return Ok(top);
    }
    page.text(top, 0, "Uraian tugas menurut unit", Look::new(What::Text, Tone::Section))?;
    let (head, wrapped) = (Look::new(What::Wrapped, Tone::Head), Look::new(What::Wrapped, Tone::Plain));
    for (from, to, name) in
        [(0, 0, "No"), (1, 1, "Satker"), (2, 2, "Kelompok"), (3, 3, "Unit"), (4, 8, "Tugas"), (9, 9, "Berkas")]
    {
        page.merged((top + 1, from), (top + 1, to), name, head)?;
    }
    let mut row = top + 1;
    for (entry, records, at) in listed(plan, "sop_tugas").take(MOST) {
        row += 1;
        let said = |column: &str| {
            let place = records.index(column);
            place.and_then(|c| records.shown(at, c)).unwrap_or_default()
        };
        page.text(row, 0, &said("no"), Look::new(What::Centred, Tone::Plain))?;
        page.text(row, 1, &plan.name(entry.outcome.subject.satker), wrapped)?;
        page.text(row, 2, group(&said("kelompok")), wrapped)?;
        page.text(row, 3, &said("unit"), wrapped)?;
        page.paragraph(row, 4, 8, &said("tugas"))?;
        page.text(row, 9, &entry.source.document, wrapped)?;
    }
    Ok(row)
}

/// A group of units as officials call it.
fn group(name: &str) -> &str {
    match name {
        "anggota" => "Anggota dan divisinya",
        "sekretariat" => "Sekretariat",
        "prosedur" => "Langkah prosedur",
        other => other,
    }
}
