//! The sheet of one region: its rows as its document states them, and live totals.

use crate::consolidate::book::{Chapter, Line};
use crate::error::Result;
use crate::model::Level;
use crate::publish::words;
use crate::publish::workbook::evidence;
use crate::publish::workbook::{Desk, Formula, Look, Page, Tone, What, heading, print};
use rust_xlsxwriter::Worksheet;

use super::Plan;
use super::columns::{Columns, figures};
use super::title;

/// Where the rows of a chapter ended up.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    /// Number of its sheet.
    pub sheet: usize,
    /// First and last counted row.
    pub rows: (u32, u32),
    /// Columns of the table.
    pub columns: Option<Columns>,
    /// Whether rows whose region is not certain are counted.
    pub counted: bool,
}

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, chapter: &'a Chapter, number: usize) -> Result<(Worksheet, Placed)> {
    let level = chapter.region.level().below().unwrap_or(Level::Tps);
    let columns = Columns::new(&plan.known, level, false);
    let counted = chapter.counts_uncertain(&plan.batch.entries);
    let (inside, outside): (Vec<&Line>, Vec<&Line>) = chapter.rows.iter().partition(|l| counted || l.region.is_some());
    let mut page = Page::new(desk, number)?;
    page.widths(columns.heads.iter().map(|h| h.width))?;
    let top = title::draw(&mut page, plan, &chapter.name.to_uppercase(), &of_document(plan, chapter))?;
    let first = heading::draw(&mut page, top, &columns.heads)?;
    let mut row = first;
    for (i, line) in inside.iter().enumerate() {
        draw_line(&mut page, plan, row, i + 1, line, &columns)?;
        row += 1;
    }
    let last = row.saturating_sub(1).max(first);
    total(&mut page, row, (first, last), &columns)?;
    row += 1;
    for (i, line) in outside.iter().enumerate() {
        draw_line(&mut page, plan, row, inside.len() + i + 1, line, &columns)?;
        row += 1;
    }
    let end = notes(&mut page, row + 1, chapter, counted)?;
    print::set_up(&mut page, (top, first - 1), (end, columns.note), &plan.footer)?;
    page.sheet.set_freeze_panes(first, 2).map_err(crate::publish::workbook::page::trouble)?;
    let sheet = page.finish((end, columns.note))?;
    let placed = Placed { sheet: number, rows: (first, last), columns: Some(columns), counted };
    Ok((sheet, placed))
}

fn draw_line<'a>(
    page: &mut Page<'_, 'a>,
    plan: &Plan<'a>,
    row: u32,
    number: usize,
    line: &Line,
    columns: &Columns,
) -> Result<()> {
    let codes = plan.evidence.codes(figures(line));
    let unknown = line.region.is_none();
    let tone = if unknown || evidence::has_error(&codes) { Tone::Bad } else { Tone::Plain };
    page.ordinal(row, 0, number, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, 1, &line.name, Look::new(What::Text, tone))?;
    super::lines::draw(page, row, line, columns, &plan.evidence)?;
    let mut note = evidence::told(&codes);
    if unknown {
        note = format!("Nama wilayah tidak dapat dipastikan. {note}");
    }
    page.text(row, columns.note, note.trim(), Look::new(What::Wrapped, tone))
}

/// The row of totals, each a live sum.
fn total(page: &mut Page<'_, '_>, row: u32, rows: (u32, u32), columns: &Columns) -> Result<()> {
    page.merged((row, 0), (row, 1), "JUMLAH", Look::new(What::Centred, Tone::Total))?;
    for col in columns.numbers() {
        let sum = Formula::sum(page.at(rows.0, col), page.at(rows.1, col));
        page.formula(row, col, &sum, Look::new(What::Count, Tone::Total))?;
    }
    page.blank(row, columns.note, Look::new(What::Text, Tone::Total))
}

/// What colours and rows mean, in words.
fn notes(page: &mut Page<'_, '_>, row: u32, chapter: &Chapter, counted: bool) -> Result<u32> {
    let mut texts = Vec::new();
    if let Some(said) = uncertain(chapter) {
        texts.push(if counted {
            format!("{said} ikut dijumlah: dokumen pengirim menghitungnya sebagai bagian dari wilayah ini, tetapi kecamatannya belum pasti (W01, W02).")
        } else {
            format!("{said} di bawah JUMLAH tidak ikut dijumlah: jumlah tercetak pada dokumen juga tidak memuatnya.")
        });
    }
    texts.push(super::LEGEND.to_owned());
    for (i, text) in (0..).zip(&texts) {
        page.text(row + i, 0, text, Look::new(What::Text, Tone::Note))?;
    }
    Ok(row + u32::try_from(texts.len()).unwrap_or(0))
}

fn of_document(plan: &Plan<'_>, chapter: &Chapter) -> String {
    match chapter.entry.and_then(|n| plan.batch.entries.get(n)) {
        Some(entry) => format!("Sumber: {}", entry.source.document),
        None => String::new(),
    }
}

/// `1 baris dengan nama wilayah yang belum pasti (31.796 pemilih)`; `None` where all names are certain.
pub fn uncertain(chapter: &Chapter) -> Option<String> {
    let rows = chapter.uncertain().count();
    let voters = words::count(chapter.uncertain_voters());
    (rows > 0).then(|| format!("{rows} baris dengan nama wilayah yang belum pasti ({voters} pemilih)"))
}
