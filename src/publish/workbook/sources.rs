//! Sheet Sumber: for every number of the workbook its file, its cell there, what is printed, and the file's SHA-256.

use std::fmt::Write as _;

use rust_xlsxwriter::Worksheet;

use crate::error::Result;

use super::formula::At;
use super::heading::{self, Head};
use super::ledger::{Published, Source};
use super::page::{Desk, Page, trouble};
use super::print;
use super::style::{Look, Tone, What};

/// Most rows of the sheet; all of them stand in `data/telusur.csv`.
const MOST: usize = 500_000;

/// Most cells of a sum that are named in one row.
const SHOWN: usize = 6;
/// Column of the numbers.
const VALUE: u16 = 2;

/// Draws the sheet from all numbers noted so far.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw(desk: &mut Desk<'_>, number: usize, footer: &str) -> Result<Worksheet> {
    let rows: Vec<(At, Row)> = desk.ledger.figures().take(MOST).map(|(at, p)| (at, Row::of(p))).collect();
    let total = desk.ledger.figures().count();
    let mut page = Page::long(desk, number)?;
    let heads: Vec<Head> = [
        ("No", 6.0),
        ("Angka di buku ini", 28.0),
        ("Nilai", 12.0),
        ("Batch", 9.0),
        ("Berkas", 52.0),
        ("Lokasi", 26.0),
        ("Tercetak", 12.0),
        ("Rumus", 40.0),
        ("SHA-256 berkas", 44.0),
    ]
    .into_iter()
    .map(|(name, width)| Head::alone(name, width))
    .collect();
    page.widths(heads.iter().map(|h| h.width))?;
    page.text(0, 0, "SUMBER SETIAP ANGKA", Look::new(What::Text, Tone::Title))?;
    let mut note = "Angka dari dokumen menyebut berkas dan selnya; angka hasil hitungan menyebut rumusnya. Untuk menelusuri satu angka sampai semua selnya: rekap trace BUKU \"LEMBAR!SEL\".".to_owned();
    if total > MOST {
        let _ = write!(note, " Lembar ini memuat {MOST} angka pertama; semuanya ada di data/telusur.csv.");
    }
    page.text(1, 0, &note, Look::new(What::Text, Tone::Note))?;
    let first = heading::draw(&mut page, 3, &heads)?;
    for (i, (at, row)) in rows.iter().enumerate() {
        draw_row(&mut page, first + u32::try_from(i).unwrap_or(0), i + 1, *at, row)?;
    }
    let last = first + u32::try_from(rows.len()).unwrap_or(0).saturating_sub(1);
    page.repeats((first, VALUE), (last, VALUE));
    let right = heading::column(heads.len() - 1);
    page.sheet.autofilter(first - 1, 0, last.max(first), right).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, 2).map_err(trouble)?;
    print::set_up(&mut page, (3, first - 1), (last, right), footer)?;
    page.finish((last.max(first), right))
}

/// One row, free of the ledger.
struct Row {
    value: f64,
    batch: String,
    document: String,
    locator: String,
    raw: String,
    formula: String,
    sha256: String,
}

impl Row {
    fn of(published: &Published<'_>) -> Self {
        let mut row = Self {
            value: published.value,
            batch: String::new(),
            document: String::new(),
            locator: String::new(),
            raw: String::new(),
            formula: String::new(),
            sha256: String::new(),
        };
        match &published.source {
            Source::Computed(formula) => row.formula = format!("={formula}"),
            Source::Read { paper, origin, raw } => {
                paper.batch.clone_into(&mut row.batch);
                paper.document.clone_into(&mut row.document);
                paper.sha256.clone_into(&mut row.sha256);
                row.locator = origin.map(|o| paper.places.locator(o.into())).unwrap_or_default();
                row.raw = raw.map_or_else(|| crate::model::document::plain_number(published.value), str::to_owned);
            }
            Source::Added(parts) => {
                let rows: Vec<Self> = parts.iter().take(SHOWN).map(Self::of).collect();
                let more = if parts.len() > SHOWN { format!("; dan {} sel lain", parts.len() - SHOWN) } else { String::new() };
                let joined = |of: &dyn Fn(&Self) -> &str| rows.iter().map(of).collect::<Vec<_>>().join("; ");
                if let Some(first) = rows.first() {
                    (row.batch, row.document, row.sha256) = (first.batch.clone(), first.document.clone(), first.sha256.clone());
                }
                (row.locator, row.raw) = (joined(&|r| &r.locator) + &more, joined(&|r| &r.raw) + &more);
            }
            Source::Checked { .. } => {}
        }
        row
    }
}

fn draw_row(page: &mut Page<'_, '_>, at_row: u32, number: usize, at: At, row: &Row) -> Result<()> {
    let sheet = page.ledger().sheets.get(at.sheet).cloned().unwrap_or_default();
    let text = Look::new(What::Text, Tone::Plain);
    page.ordinal(at_row, 0, number, Look::new(What::Centred, Tone::Plain))?;
    page.link(at_row, 1, at, &format!("{}!{}", crate::model::origin::quoted(&sheet), at.address()), Tone::Plain)?;
    let what = if row.value.fract() == 0.0 { What::Count } else { What::Decimal };
    page.plain_number(at_row, VALUE, row.value, Look::new(what, Tone::Plain))?;
    for (col, value) in (3..).zip([&row.batch, &row.document, &row.locator, &row.raw, &row.formula]) {
        page.text(at_row, col, value, text)?;
    }
    page.text(at_row, 8, &row.sha256, Look::new(What::Code, Tone::Plain))
}
