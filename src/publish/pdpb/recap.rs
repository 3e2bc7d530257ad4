//! Sheet Rekap: one row per region, its numbers live sums over the region's own sheet.

use crate::consolidate::book::Chapter;
use crate::error::Result;
use crate::publish::workbook::evidence::{self, Evidence};
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Tone, What, heading, print};
use rust_xlsxwriter::Worksheet;

use super::chapter::Placed;
use super::columns::{Columns, figures, lines};
use super::{Plan, title};

/// Where the recap's cells ended up.
#[derive(Clone, Debug)]
pub struct Recap {
    /// Number of the sheet.
    pub sheet: usize,
    /// First and last region row; the regions stand in chapter order.
    pub rows: (u32, u32),
    /// Row of totals.
    pub total: u32,
    /// Its columns.
    pub columns: Columns,
}

impl Recap {
    /// Cell of measure `flow`, sex `sex` (0 l, 1 p, 2 total), in a row.
    #[must_use]
    pub fn at(&self, row: u32, flow: usize, sex: u16) -> Option<At> {
        self.columns.flow[flow].map(|first| At { sheet: self.sheet, row, col: first + sex })
    }

    /// Row of a chapter.
    #[must_use]
    pub fn row(&self, chapter: usize) -> u32 {
        self.rows.0 + u32::try_from(chapter).unwrap_or(0)
    }
}

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, number: usize, placed: &[Option<Placed>]) -> Result<(Worksheet, Recap)> {
    let columns = Columns::new(&plan.known, plan.level, true);
    let mut page = Page::new(desk, number)?;
    page.widths(columns.heads.iter().map(|h| h.width))?;
    let top = title::draw(&mut page, plan, &plan.scope.to_uppercase(), "")?;
    page.merged((top - 1, 0), (top - 1, columns.note), &plan.stamp, Look::new(What::Text, plan.stamp_tone).bold())?;
    let first = heading::draw(&mut page, top + 1, &columns.heads)?;
    let mut row = first;
    for (i, (chapter, place)) in plan.book.chapters.iter().zip(placed).enumerate() {
        region_row(&mut page, plan, &columns, row, i + 1, chapter, place.as_ref())?;
        row += 1;
    }
    let last = row.saturating_sub(1).max(first);
    total_row(&mut page, row, (first, last), &columns)?;
    page.text(row + 2, 0, super::LEGEND, Look::new(What::Text, Tone::Note))?;
    let note = "Jumlah setiap wilayah dihitung dari lembar wilayah itu; jumlah tercetak pada dokumen hanya diperiksa, tidak dijumlahkan.";
    page.text(row + 3, 0, note, Look::new(What::Text, Tone::Note))?;
    print::set_up(&mut page, (top + 1, first - 1), (row + 3, columns.note), &plan.footer)?;
    page.sheet.set_freeze_panes(first, 2).map_err(crate::publish::workbook::page::trouble)?;
    let sheet = page.finish((row + 3, columns.note))?;
    Ok((sheet, Recap { sheet: number, rows: (first, last), total: row, columns }))
}

fn region_row<'a>(
    page: &mut Page<'_, 'a>,
    plan: &Plan<'a>,
    columns: &Columns,
    row: u32,
    number: usize,
    chapter: &Chapter,
    placed: Option<&Placed>,
) -> Result<()> {
    let (tone, note) = standing(plan, chapter, placed);
    page.ordinal(row, 0, number, Look::new(What::Centred, if tone == Tone::Absent { tone } else { Tone::Plain }))?;
    match placed {
        Some(placed) => page.link(row, 1, At { sheet: placed.sheet, row: 0, col: 0 }, &chapter.name, tone)?,
        None => page.text(row, 1, &chapter.name, Look::new(What::Text, tone))?,
    }
    let partial = match (placed, &chapter.whole) {
        (Some(placed), _) => sums(page, row, columns, placed)?,
        (None, Some(whole)) => {
            if let Some(col) = columns.rows {
                page.blank(row, col, Look::new(What::Count, Tone::Plain))?;
            }
            super::lines::draw(page, row, whole, columns, &plan.evidence)?;
            false
        }
        (None, None) => {
            columns.numbers().try_for_each(|col| page.blank(row, col, Look::new(What::Count, Tone::Absent)))?;
            false
        }
    };
    let note = if partial { format!("{note} Sebagian baris tidak mengisi semua kolom.") } else { note };
    page.text(row, columns.note, note.trim(), Look::new(What::Wrapped, tone))
}

/// Live sums over the rows of a chapter's sheet; whether some of them lack parts.
fn sums(page: &mut Page<'_, '_>, row: u32, columns: &Columns, placed: &Placed) -> Result<bool> {
    let Some(theirs) = &placed.columns else { return Ok(false) };
    let look = Look::new(What::Count, Tone::Plain);
    let (first, last) = placed.rows;
    if let Some(col) = columns.rows {
        let sheet = page.ledger().sheets.get(placed.sheet).cloned().unwrap_or_default();
        let sheet = crate::model::origin::quoted(&sheet);
        let count = f64::from(last - first + 1);
        page.computed(row, col, &format!("COUNTA({sheet}!B{}:B{})", first + 1, last + 1), count, Flaw::None, look)?;
    }
    let from = |col| At { sheet: placed.sheet, row: first, col };
    let to = |col| At { sheet: placed.sheet, row: last, col };
    let mut partial = false;
    let counts = columns.counts.iter().zip(&theirs.counts).filter_map(|(a, b)| Some(((*a)?, (*b)?)));
    let flow = columns.flow.iter().zip(&theirs.flow).filter_map(|(a, b)| Some(((*a)?, (*b)?)));
    let flow = flow.flat_map(|(a, b)| [(a, b), (a + 1, b + 1), (a + 2, b + 2)]);
    for (mine, theirs) in counts.chain(flow) {
        partial |= page.formula(row, mine, &Formula::sum(from(theirs), to(theirs)), look)? == Flaw::Partial;
    }
    Ok(partial)
}

/// How a region's row is to be seen, and what is to be said about it.
fn standing(plan: &Plan<'_>, chapter: &Chapter, placed: Option<&Placed>) -> (Tone, String) {
    if placed.is_none() && chapter.whole.is_none() {
        let codes = plan.evidence.codes_of_region(plan.schemas, chapter.region);
        let parts = ["belum ada.".to_owned(), plan.why_missing(chapter.region), evidence::told(&codes)];
        let said: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        return (Tone::Absent, said.join(" "));
    }
    let codes = codes(&plan.evidence, chapter);
    let mut note = evidence::told(&codes);
    if let (Some(placed), Some(said)) = (placed, super::chapter::uncertain(chapter)) {
        let counted = if placed.counted { "ikut dijumlah" } else { "tidak ikut dijumlah" };
        note = format!("{note} {said} {counted}.");
    }
    if chapter.whole.is_some() && placed.is_none() {
        note = format!("Hanya angka keseluruhan, tanpa rincian. {note}");
    }
    (if evidence::has_error(&codes) { Tone::Bad } else { Tone::Plain }, note)
}

/// All findings of a chapter's document; of a shared document (a province's own recap) only those at the chapter's cells.
fn codes(evidence: &Evidence<'_>, chapter: &Chapter) -> evidence::Codes {
    match chapter.entry {
        Some(entry) if chapter.whole.is_none() => evidence.codes_of_document(entry),
        _ => evidence.codes(lines(chapter).flat_map(figures)),
    }
}

fn total_row(page: &mut Page<'_, '_>, row: u32, rows: (u32, u32), columns: &Columns) -> Result<()> {
    page.merged((row, 0), (row, 1), "JUMLAH", Look::new(What::Centred, Tone::Total))?;
    let (mut partial, mut error) = (false, false);
    for col in columns.numbers() {
        let sum = Formula::sum(page.at(rows.0, col), page.at(rows.1, col));
        let flaw = page.formula(row, col, &sum, Look::new(What::Count, Tone::Total))?;
        partial |= flaw == Flaw::Partial;
        error |= flaw == Flaw::Error;
    }
    let lacking = if partial { "Belum lengkap: sebagian wilayah tidak mengisi." } else { "" };
    let wrong = if error { "Memuat angka yang masih memiliki temuan kesalahan." } else { "" };
    let note = format!("{lacking} {wrong}");
    page.text(row, columns.note, note.trim(), Look::new(What::Wrapped, Tone::Total))
}
