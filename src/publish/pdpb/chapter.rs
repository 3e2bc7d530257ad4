//! The sheet of one region: its rows as its document states them, and live totals.

use crate::consolidate::book::{Chapter, Line};
use crate::error::Result;
use crate::model::Level;
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
    /// Rows whose name is not known, and whether they are counted.
    pub unresolved: usize,
    /// See `unresolved`.
    pub counted: bool,
}

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, chapter: &'a Chapter, number: usize) -> Result<(Worksheet, Placed)> {
    let level = chapter.region.level().below().unwrap_or(Level::Tps);
    let columns = Columns::new(&plan.known, level, false);
    let counted = counts_unresolved(plan, chapter);
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
    let end = notes(&mut page, row + 1, outside.len(), &inside)?;
    print::set_up(&mut page, (top, first - 1), (end, columns.note), &plan.footer)?;
    page.sheet.set_freeze_panes(first, 2).map_err(crate::publish::workbook::page::trouble)?;
    let unresolved = chapter.rows.iter().filter(|l| l.region.is_none()).count();
    let sheet = page.finish((end, columns.note))?;
    let placed = Placed { sheet: number, rows: (first, last), columns: Some(columns), unresolved, counted };
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
fn notes(page: &mut Page<'_, '_>, row: u32, outside: usize, inside: &[&Line]) -> Result<u32> {
    let unknown = inside.iter().filter(|l| l.region.is_none()).count();
    let mut texts = Vec::new();
    if outside > 0 {
        texts.push(format!(
            "{outside} baris di bawah JUMLAH tidak ikut dijumlah: nama wilayahnya tidak dapat dipastikan dan jumlah tercetak pada dokumen juga tidak memuatnya."
        ));
    }
    if unknown > 0 {
        texts.push(format!(
            "{unknown} baris dengan nama wilayah yang tidak dapat dipastikan ikut dijumlah, karena dokumen pengirim menghitungnya sebagai bagian dari wilayah ini."
        ));
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

/// Whether rows without a known region belong into the total: not where the document's own printed total is exactly the sum of the
/// known rows; everywhere else they do, for these are voters whom the office reported.
fn counts_unresolved(plan: &Plan<'_>, chapter: &Chapter) -> bool {
    let known = || chapter.rows.iter().filter(|l| l.region.is_some());
    if known().count() == 0 || known().count() == chapter.rows.len() {
        return true;
    }
    let Some(entry) = chapter.entry.and_then(|n| plan.batch.entries.get(n)) else { return true };
    for (measure, name) in ["awal", "baru", "tms", "ubah", "akhir"].into_iter().enumerate().rev() {
        let printed = entry.outcome.printed.iter().filter(|r| r.table == "pdpb").find_map(|records| {
            let mut rows = 0..records.len();
            rows.find(|&row| records.region(row, "region") == Some(chapter.region)).and_then(|row| records.number(row, name))
        });
        let Some(printed) = printed else { continue };
        let sum: f64 = known().filter_map(|l| l.flow[measure][2]).map(|f| f.value).sum();
        let all: f64 = chapter.rows.iter().filter_map(|l| l.flow[measure][2]).map(|f| f.value).sum();
        if (sum - all).abs() > 0.5 {
            return (printed - sum).abs() > 0.5;
        }
    }
    true
}
