//! Sheet Sumber: for every number of the workbook its file, its cell there, what is printed, and the file's SHA-256.

use std::borrow::Cow;
use std::fmt::Write as _;

use rust_xlsxwriter::Worksheet;

use crate::error::Result;
use crate::model::published::SOURCES;

use super::formula::At;
use super::heading::{self, Head};
use super::ledger::{Numbers, Published, Source};
use super::page::{Desk, Page, trouble};
use super::print;
use super::style::{Look, Tone, What};

/// Most rows of the sheet; all of them stand in `data/telusur.csv`.
const MOST: usize = 500_000;

/// Most cells of a sum that are named in one row.
const SHOWN: usize = 6;

/// Headings, widths, and what stands below.
const COLUMNS: [(&str, f64, What); 9] = [
    ("No", 6.0, What::Centred),
    ("Angka di buku ini", 28.0, What::Text),
    ("Nilai", 12.0, What::Count),
    ("Batch", 9.0, What::Text),
    ("Berkas", 52.0, What::Text),
    ("Lokasi", 26.0, What::Text),
    ("Tercetak", 12.0, What::Text),
    ("Rumus", 40.0, What::Text),
    ("SHA-256 berkas", 44.0, What::Code),
];

/// Column of the numbers.
const VALUE: u16 = 2;

/// Draws the sheet from all numbers noted so far.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw(desk: &mut Desk<'_>, number: usize, footer: &str) -> Result<Worksheet> {
    let numbers = desk.ledger.lend();
    let sheet = list(desk, number, footer, &numbers);
    desk.ledger.take_back(numbers);
    sheet
}

/// All numbers that are figures: read from documents or computed from such.
fn figures<'n, 'a>(numbers: &'n Numbers<'a>) -> impl Iterator<Item = (At, &'n Published<'a>)> {
    numbers.iter().filter(|(_, p)| !matches!(p.source, Source::Checked { .. })).map(|(&at, p)| (at, p))
}

fn list(desk: &mut Desk<'_>, number: usize, footer: &str, numbers: &Numbers<'_>) -> Result<Worksheet> {
    let total = figures(numbers).count();
    let sheets: Vec<String> = desk.ledger.sheets.iter().map(|name| crate::model::origin::quoted(name)).collect();
    let mut page = Page::long(desk, number)?;
    let heads: Vec<Head> = COLUMNS.iter().map(|(name, width, _)| Head::alone(*name, *width)).collect();
    page.widths(heads.iter().map(|h| h.width))?;
    page.text(0, 0, SOURCES, Look::new(What::Text, Tone::Title))?;
    let mut note = "Angka dari dokumen menyebut berkas dan selnya; angka hasil hitungan menyebut rumusnya. Untuk menelusuri satu angka sampai semua selnya: rekap trace BUKU \"LEMBAR!SEL\".".to_owned();
    if total > MOST {
        let _ = write!(note, " Lembar ini memuat {MOST} angka pertama; semuanya ada di data/telusur.csv.");
    }
    page.text(1, 0, &note, Look::new(What::Text, Tone::Note))?;
    let first = heading::draw(&mut page, 3, &heads)?;
    page.list(COLUMNS.iter().map(|column| column.2))?;
    let mut next = first;
    for (i, (at, published)) in figures(numbers).take(MOST).enumerate() {
        let sheet = sheets.get(at.sheet).map_or("", String::as_str);
        draw_row(&mut page, next, i + 1, (at, sheet), &Row::of(published))?;
        next += 1;
    }
    let last = next.saturating_sub(1);
    page.end_list(first, last.max(first))?;
    page.repeats((first, VALUE), (last, VALUE));
    let right = heading::column(heads.len() - 1);
    page.sheet.autofilter(first - 1, 0, last.max(first), right).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, 2).map_err(trouble)?;
    print::set_up(&mut page, (3, first - 1), (last, right), footer)?;
    page.finish((last.max(first), right))
}

/// One row as it is printed.
#[derive(Default)]
struct Row<'n> {
    value: f64,
    batch: &'n str,
    document: &'n str,
    locator: String,
    raw: Cow<'n, str>,
    formula: String,
    sha256: &'n str,
}

impl<'n> Row<'n> {
    fn of(published: &'n Published<'_>) -> Self {
        let mut row = Self { value: published.value, ..Self::default() };
        match &published.source {
            Source::Computed(formula) => row.formula = format!("={formula}"),
            Source::Read { paper, origin, raw } => {
                (row.batch, row.document, row.sha256) = (paper.batch, paper.document, paper.sha256);
                row.locator = origin.map(|o| paper.places.locator(o.into())).unwrap_or_default();
                row.raw = raw.map_or_else(|| crate::model::document::plain_number(published.value).into(), Cow::Borrowed);
            }
            Source::Added(parts) => {
                let rows: Vec<Self> = parts.iter().take(SHOWN).map(Self::of).collect();
                let more = if parts.len() > SHOWN { format!("; dan {} sel lain", parts.len() - SHOWN) } else { String::new() };
                let joined = |of: &dyn Fn(&Self) -> &str| rows.iter().map(of).collect::<Vec<_>>().join("; ");
                if let Some(first) = rows.first() {
                    (row.batch, row.document, row.sha256) = (first.batch, first.document, first.sha256);
                }
                (row.locator, row.raw) = (joined(&|r| &r.locator) + &more, (joined(&|r| &r.raw) + &more).into());
            }
            Source::Checked { .. } => {}
        }
        row
    }
}

fn draw_row(page: &mut Page<'_, '_>, at_row: u32, number: usize, (at, sheet): (At, &str), row: &Row) -> Result<()> {
    let text = Look::new(What::Text, Tone::Listed);
    page.ordinal(at_row, 0, number, Look::new(What::Centred, Tone::Listed))?;
    page.link(at_row, 1, at, &format!("{sheet}!{}", at.address()), Tone::Listed)?;
    let what = if row.value.fract() == 0.0 { What::Count } else { What::Decimal };
    page.plain_number(at_row, VALUE, row.value, Look::new(what, Tone::Listed))?;
    for (col, value) in (3..).zip([row.batch, row.document, &row.locator, &row.raw, &row.formula]) {
        page.text(at_row, col, value, text)?;
    }
    page.text(at_row, 8, row.sha256, Look::new(What::Code, Tone::Listed))
}
