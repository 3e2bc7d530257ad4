//! Sheet Temuan: all findings, those of one fault together and the heaviest fault first, each with its meaning, its remedy, and a link to the published number it concerns.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use rust_xlsxwriter::Worksheet;

use crate::consolidate::Consolidated;
use crate::error::Result;
use crate::model::schema::Severity;
use crate::model::{Finding, Origin, Schemas};
use crate::normalise::region::Regions;
use crate::publish::data::rows::{entry_of, told_places_of};
use crate::publish::words;

use super::formula::At;
use super::heading::{self, Head};
use super::ledger::{Flaw, Ledger, Paper, Published, Source};
use super::page::{Desk, Page, trouble};
use super::print;
use super::style::{Look, Tone, What};

/// Most rows of the sheet; all of them stand in `data/findings.csv`.
const MOST: usize = 100_000;
/// Column of the severity, for counting.
pub const SEVERITY: u16 = 1;

/// What the sheet is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The batch.
    pub batch: &'a Consolidated,
    /// Meaning and remedy of the codes.
    pub schemas: &'a Schemas,
    /// Names of the offices.
    pub regions: &'a Regions,
}

/// Draws the sheet; returns it with its first and last row of findings.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(wanted: Wanted<'a>, desk: &mut Desk<'a>, number: usize, footer: &str) -> Result<(Worksheet, (u32, u32))> {
    let sorted = sorted(wanted);
    let published = published(&desk.ledger);
    let mut page = Page::new(desk, number)?;
    let heads = heads();
    page.widths(heads.iter().map(|h| h.width))?;
    page.text(0, 0, "TEMUAN", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, &introduction(&sorted), Look::new(What::Text, Tone::Note))?;
    page.text(2, 0, &formulas(wanted), Look::new(What::Text, Tone::Note))?;
    let first = heading::draw(&mut page, 3, &heads)?;
    let codes = codes(&sorted, first + u32::try_from(sorted.len().min(MOST)).unwrap_or(0).max(1) + 3);
    for (i, &(severity, finding)) in sorted.iter().take(MOST).enumerate() {
        let row = first + u32::try_from(i).unwrap_or(0);
        let meaning = codes.get(finding.code.as_str()).map_or(row, |c| c.row);
        draw_row(&mut page, wanted, (row, meaning), i + 1, (severity, finding), &published)?;
    }
    let last = first + u32::try_from(sorted.len().min(MOST)).unwrap_or(0).saturating_sub(1);
    let end = meanings(&mut page, wanted, last + 2, &codes)?;
    let right = heading::column(heads.len() - 1);
    page.sheet.autofilter(first - 1, 0, last.max(first), right).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, 3).map_err(trouble)?;
    print::set_up(&mut page, (3, first - 1), (end, right), footer)?;
    Ok((page.finish((end, right))?, (first, last)))
}

fn heads() -> Vec<Head> {
    [
        ("No", 5.0),
        ("Tingkat", 11.5),
        ("Kode", 6.0),
        ("Satker", 22.0),
        ("Berkas", 32.0),
        ("Lokasi", 16.0),
        ("Uraian", 44.0),
        ("Tertulis", 12.0),
        ("Seharusnya", 12.0),
        ("Selisih", 9.0),
        ("Sel yang dicurigai", 14.0),
        ("Usulan nilai", 10.0),
        ("Angka di buku ini", 18.0),
        ("Arti", 32.0),
    ]
    .into_iter()
    .map(|(name, width)| Head::alone(name, width))
    .collect()
}

/// By fault, worst and weightiest first: the order of the report page and of the lists of repairs.
fn sorted(wanted: Wanted<'_>) -> Vec<(Severity, &Finding)> {
    let causes = wanted.batch.causes(wanted.schemas);
    let all = causes.iter().flat_map(|c| &c.findings).filter_map(|&n| wanted.batch.findings.get(n));
    all.map(|f| (wanted.schemas.severity(f), f)).collect()
}

fn introduction(sorted: &[(Severity, &Finding)]) -> String {
    if sorted.is_empty() {
        return "Tidak ada temuan.".to_owned();
    }
    let mut text =
        "Temuan yang sebabnya sama berurutan, yang terberat lebih dahulu. Usulan nilai tidak pernah dipakai otomatis: satker yang memperbaiki dokumennya."
            .to_owned();
    if sorted.len() > MOST {
        let _ = write!(text, " Lembar ini memuat {MOST} temuan pertama; semuanya ada di data/findings.csv.");
    }
    text
}

/// What was not checked, because nobody could calculate it.
fn formulas(wanted: Wanted<'_>) -> String {
    let (all, files) = wanted.batch.recomputed();
    let said = words::formulas(&all);
    let which = if files > 0 { format!(" (dalam {files} berkas)") } else { String::new() };
    if said.is_empty() { said } else { format!("Rumus dalam semua berkas yang dipakai: {said}{which}.") }
}

/// A code that was found: how often, how severe, and the row of its meaning below the list.
struct Code {
    severity: Severity,
    count: usize,
    row: u32,
}

/// The codes in the order of their meanings, which start at a row.
fn codes<'a>(sorted: &[(Severity, &'a Finding)], start: u32) -> BTreeMap<&'a str, Code> {
    let mut codes: BTreeMap<&str, Code> = BTreeMap::new();
    for &(severity, finding) in sorted {
        codes.entry(&finding.code).or_insert(Code { severity, count: 0, row: 0 }).count += 1;
    }
    for (row, code) in (start..).zip(codes.values_mut()) {
        code.row = row;
    }
    codes
}

/// What each code means and how it is mended, once, below the list. Returns the last row.
fn meanings(page: &mut Page<'_, '_>, wanted: Wanted<'_>, top: u32, codes: &BTreeMap<&str, Code>) -> Result<u32> {
    if codes.is_empty() {
        return Ok(top);
    }
    page.text(top, 0, "Arti kode dan cara memperbaiki", Look::new(What::Text, Tone::Section))?;
    let head = Look::new(What::Wrapped, Tone::Head);
    let blocks = [
        (0, 0, "Jumlah"),
        (1, 1, "Tingkat"),
        (2, 2, "Kode"),
        (3, 4, "Arti"),
        (5, 7, "Mengapa penting"),
        (8, 13, "Cara memperbaiki"),
    ];
    for (from, to, name) in blocks {
        page.merged((top + 1, from), (top + 1, to), name, head)?;
    }
    let mut last = top + 1;
    for (code, found) in codes {
        last = found.row;
        let rule = wanted.schemas.rule(code);
        page.ordinal(last, 0, found.count, Look::new(What::Count, Tone::Plain))?;
        page.text(last, 1, words::severity(found.severity), Look::new(What::Text, tone_of(found.severity)))?;
        page.text(last, 2, code, Look::new(What::Centred, Tone::Plain))?;
        let texts = rule.map_or(["", "", ""], |r| [&r.title, &r.because, &r.remedy]);
        for ((from, to, _), text) in blocks[3..].iter().zip(texts) {
            page.paragraph(last, *from, *to, text)?;
        }
    }
    Ok(last)
}

const fn tone_of(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Info => Tone::Info,
    }
}

/// The published cell of each source cell.
fn published(ledger: &Ledger<'_>) -> HashMap<(String, Origin), At> {
    let mut cells = HashMap::new();
    for (at, number) in ledger.iter() {
        if let Source::Read { paper, origin: Some(origin), .. } = &number.source {
            cells.entry((paper.document.to_owned(), *origin)).or_insert(at);
        }
    }
    cells
}

fn draw_row<'a>(
    page: &mut Page<'_, 'a>,
    wanted: Wanted<'a>,
    (row, meaning): (u32, u32),
    number: usize,
    (severity, finding): (Severity, &'a Finding),
    published: &HashMap<(String, Origin), At>,
) -> Result<()> {
    let tone = tone_of(severity);
    let wrapped = Look::new(What::Wrapped, Tone::Plain);
    let (locator, suspect) = told_places_of(wanted.batch, finding);
    let satker = finding.satker.map(|r| words::region(wanted.regions, r)).unwrap_or_default();
    let rule = wanted.schemas.rule(&finding.code);
    page.ordinal(row, 0, number, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, SEVERITY, words::severity(severity), Look::new(What::Text, tone))?;
    page.link(row, 2, page.at(meaning, 2), &finding.code, Tone::Plain)?;
    page.text(row, 3, &satker, wrapped)?;
    page.text(row, 4, &finding.document, wrapped)?;
    page.text(row, 5, &locator, wrapped)?;
    page.text(row, 6, &finding.message, wrapped)?;
    let says = ["yang tertulis", "yang seharusnya", "selisihnya", "usulan nilainya"];
    let values = [(7, &finding.found), (8, &finding.expected), (9, &finding.difference), (11, &finding.suggestion)];
    for ((col, value), says) in values.into_iter().zip(says) {
        value_cell(page, wanted, (row, col), (finding, value), says)?;
    }
    page.text(row, 10, &suspect, wrapped)?;
    let places = finding.suspect.into_iter().chain(finding.span.map(|s| s.from)).chain(finding.span.map(|s| s.to));
    let target = places.into_iter().find_map(|o| published.get(&(finding.document.clone(), o)).copied());
    match target {
        Some(at) => {
            let sheet = page.ledger().sheets.get(at.sheet).cloned().unwrap_or_default();
            page.link(row, 12, at, &format!("{sheet}!{}", at.address()), Tone::Plain)?;
        }
        None => page.blank(row, 12, wrapped)?,
    }
    page.text(row, 13, rule.map_or("", |r| &r.title), wrapped)
}

/// What stands there or should: a number where the finding compares numbers, else the text (a year is no quantity).
fn value_cell<'a>(
    page: &mut Page<'_, 'a>,
    wanted: Wanted<'a>,
    (row, col): (u32, u16),
    (finding, text): (&'a Finding, &str),
    says: &str,
) -> Result<()> {
    let Some(value) = text.parse::<f64>().ok().filter(|n| !finding.difference.is_empty() && n.is_finite()) else {
        return page.text(row, col, text, Look::new(What::Wrapped, Tone::Plain));
    };
    let what = if value.fract() == 0.0 { What::Count } else { What::Decimal };
    let Some(entry) = entry_of(wanted.batch, &finding.document) else {
        return page.text(row, col, text, Look::new(What::Wrapped, Tone::Plain));
    };
    let (outcome, batch) = (&entry.outcome, &wanted.batch.config.name);
    let paper = Paper { batch, document: &entry.source.document, sha256: &outcome.sha256, places: &outcome.places };
    let locator = finding.span.map(|s| outcome.places.locator(s)).unwrap_or_default();
    let source = Source::Checked { paper, locator, says: format!("temuan {}: {says}", finding.code) };
    page.figure(row, col, Published { value, source, flaw: Flaw::None }, Look::new(what, Tone::Plain))
}
