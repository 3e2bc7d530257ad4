//! Sheet Berkas: every file of the batch and what became of it.

use rust_xlsxwriter::Worksheet;

use crate::consolidate::Entry;
use crate::error::Result;
use crate::model::Status;
use crate::publish::words;

use super::findings::Wanted;
use super::heading::{self, Head};
use super::page::{Desk, Page, trouble};
use super::print;
use super::style::{Look, Tone, What};

/// Headings and widths.
const COLUMNS: [(&str, f64); 9] = [
    ("No", 6.0),
    ("Berkas", 52.0),
    ("Satker", 26.0),
    ("Jenis", 22.0),
    ("Periode", 11.0),
    ("Format", 8.0),
    ("Status", 14.0),
    ("Diterima", 17.0),
    ("Keterangan", 48.0),
];

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw(wanted: Wanted<'_>, desk: &mut Desk<'_>, number: usize, footer: &str) -> Result<Worksheet> {
    let mut page = Page::new(desk, number)?;
    let heads = COLUMNS.map(|(name, width)| Head::alone(name, width));
    page.widths(COLUMNS.map(|(_, width)| width))?;
    page.text(0, 0, "SEMUA BERKAS YANG MASUK", Look::new(What::Text, Tone::Title))?;
    let note = "Waktu diterima hanya disebut bila tercatat dalam penerimaan.csv.";
    page.text(1, 0, note, Look::new(What::Text, Tone::Note))?;
    let first = heading::draw(&mut page, 3, &heads)?;
    let mut row = first;
    for (i, entry) in wanted.batch.entries.iter().enumerate() {
        draw_row(&mut page, wanted, row, i + 1, entry)?;
        row += 1;
    }
    let (last, right) = (row.saturating_sub(1).max(first), heading::column(heads.len() - 1));
    page.sheet.autofilter(first - 1, 0, last, right).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, 2).map_err(trouble)?;
    print::set_up(&mut page, (3, first - 1), (last, right), footer)?;
    page.finish((last, right))
}

fn draw_row(page: &mut Page<'_, '_>, wanted: Wanted<'_>, row: u32, number: usize, entry: &Entry) -> Result<()> {
    let (text, wrapped) = (Look::new(What::Text, Tone::Plain), Look::new(What::Wrapped, Tone::Plain));
    let (outcome, subject) = (&entry.outcome, &entry.outcome.subject);
    let received = if entry.source.received.stated { minute(&entry.source.received.at) } else { String::new() };
    page.ordinal(row, 0, number, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, 1, &entry.source.document, wrapped)?;
    page.text(row, 2, &subject.satker.map(|r| words::region(wanted.regions, r)).unwrap_or_default(), wrapped)?;
    page.text(row, 3, subject.kind.as_deref().map_or("", |k| words::kind(wanted.schemas, k)), wrapped)?;
    page.text(row, 4, &subject.period.map(|p| p.to_string()).unwrap_or_default(), text)?;
    page.text(row, 5, outcome.format.as_str(), text)?;
    page.text(row, 6, words::status(outcome.status), Look::new(What::Centred, tone(outcome.status)))?;
    page.text(row, 7, &received, text)?;
    let notes = [outcome.reason.clone(), words::formulas(&outcome.formulas)];
    let said: Vec<String> = notes.into_iter().filter(|n| !n.is_empty()).collect();
    page.text(row, 8, &said.join(". "), wrapped)
}

const fn tone(status: Status) -> Tone {
    match status {
        Status::Accepted => Tone::Good,
        Status::Superseded => Tone::Info,
        Status::Rejected | Status::Quarantined => Tone::Bad,
        Status::Unrecognised => Tone::Warn,
    }
}

/// `2025-10-03T10:00:00+07:00` → `2025-10-03 10:00`.
fn minute(at: &str) -> String {
    at.chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}
