//! PDPB.xlsx, the workbook that goes to the plenary meeting.
//!
//! One file per sheet. The regions' own sheets are drawn first, for the recap sums over them; the other sheets refer to the recap;
//! the sheet of sources comes last, for it lists every number there is.

mod changes;
mod chapter;
mod columns;
mod completeness;
mod continuity;
mod lines;
mod reasons;
mod recap;
mod summary;
mod title;

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::Worksheet;

use crate::consolidate::book::Figure;
use crate::consolidate::{Consolidated, PdpbBook, State};
use crate::error::Result;
use crate::model::{Level, Region, Schemas, Status};
use crate::normalise::region::Regions;
use crate::publish::words;

use self::columns::{Known, figures};
use super::workbook::documents;
use super::workbook::evidence::Evidence;
use super::workbook::findings::{self, Wanted};
use super::workbook::ledger::Ledger;
use super::workbook::names::{SheetNames, short};
use super::workbook::{self, Desk, Tone, sources};

/// Name of the file.
pub const FILE: &str = "PDPB.xlsx";

/// What the colours of numbers mean; below every table.
const LEGEND: &str = "Merah: ada temuan kesalahan pada sel asal angka ini, lihat lembar Temuan. Kuning: jumlah belum memuat semua baris. \
                      Kosong: tidak dinyatakan dalam dokumen (bukan nol).";

/// Fixed sheets before the regions' own.
const SHEETS: [&str; 8] = ["Ringkasan", "Rekap", "Perubahan", "TMS", "Kontinuitas", "Kelengkapan", "Temuan", "Berkas"];

/// What all sheets are drawn from.
struct Plan<'a> {
    batch: &'a Consolidated,
    book: &'a PdpbBook,
    schemas: &'a Schemas,
    regions: &'a Regions,
    evidence: Evidence<'a>,
    known: Known,
    /// Level of the chapters.
    level: Level,
    /// Name of the office that consolidates.
    scope: String,
    period: String,
    /// How complete and how sound it is, in one sentence.
    stamp: String,
    stamp_tone: Tone,
    footer: String,
}

/// The finished workbook, and all its numbers with their sources.
///
/// # Errors
/// When it cannot be drawn or written.
pub fn workbook<'a>(
    batch: &'a Consolidated,
    book: &'a PdpbBook,
    schemas: &'a Schemas,
    regions: &'a Regions,
) -> Result<(Vec<u8>, Ledger<'a>)> {
    let plan = Plan::new(batch, book, schemas, regions);
    let mut desk = Desk::default();
    let sheets = name_sheets(&mut desk, book);
    let (mut leaves, mut placed) = (Vec::new(), Vec::new());
    for (chapter, &number) in book.chapters.iter().zip(&sheets.chapters) {
        if chapter.rows.is_empty() {
            placed.push(None);
            continue;
        }
        let (sheet, place) = chapter::draw(&plan, &mut desk, chapter, number)?;
        leaves.push(sheet);
        placed.push(Some(place));
    }
    let (rekap, totals) = recap::draw(&plan, &mut desk, 1, &placed)?;
    let (tms, by_reason) = reasons::draw(&plan, &mut desk, 3, &placed)?;
    let perubahan = changes::draw(&plan, &mut desk, 2, &totals, &by_reason)?;
    let kontinuitas = continuity::draw(&plan, &mut desk, 4, &totals, &placed)?;
    let kelengkapan = completeness::draw(&plan, &mut desk, 5)?;
    let wanted = Wanted { batch, schemas, regions };
    let (temuan, rows) = findings::draw(wanted, &mut desk, 6, &plan.footer)?;
    let berkas = documents::draw(wanted, &mut desk, 7, &plan.footer)?;
    let ringkasan = summary::draw(&plan, &mut desk, 0, &totals, (6, rows))?;
    let sumber = sources::draw(&mut desk, sheets.sources, &plan.footer)?;
    let front = vec![ringkasan, rekap, perubahan, tms, kontinuitas, kelengkapan, temuan, berkas];
    let all = coloured(front).chain(leaves).chain(coloured(vec![sumber]));
    workbook::bind(
        desk,
        "Rekapitulasi Pemutakhiran Data Pemilih Berkelanjutan",
        &format!("{} — {}", plan.scope, plan.period),
        all,
    )
}

/// Sheets about the whole scope, told from those of single regions by the colour of their tabs.
fn coloured(sheets: Vec<Worksheet>) -> impl Iterator<Item = Worksheet> {
    sheets.into_iter().map(|mut sheet| {
        sheet.set_tab_color(rust_xlsxwriter::Color::RGB(workbook::style::NAVY));
        sheet
    })
}

/// Numbers of the sheets whose place is not fixed.
struct Numbers {
    chapters: Vec<usize>,
    sources: usize,
}

/// Gives all sheets their names, in the order in which they will stand.
fn name_sheets(desk: &mut Desk<'_>, book: &PdpbBook) -> Numbers {
    let mut names = SheetNames::default();
    let mut sheets: Vec<String> = SHEETS.iter().map(|name| names.give(name)).collect();
    let sumber = names.give("Sumber");
    let mut chapters = Vec::new();
    for chapter in &book.chapters {
        chapters.push(sheets.len());
        if !chapter.rows.is_empty() {
            sheets.push(names.give(&short(&chapter.name)));
        }
    }
    let sources = sheets.len();
    sheets.push(sumber);
    desk.ledger.sheets = sheets;
    Numbers { chapters, sources }
}

impl<'a> Plan<'a> {
    fn new(batch: &'a Consolidated, book: &'a PdpbBook, schemas: &'a Schemas, regions: &'a Regions) -> Self {
        let lines = || book.chapters.iter().flat_map(columns::lines);
        let mut entries: BTreeSet<usize> = lines().flat_map(figures).map(|f: &Figure| f.entry).collect();
        entries.extend(book.chapters.iter().filter_map(|c| c.entry));
        let level = book.scope.level().below().unwrap_or(Level::Tps);
        let scope = words::region(regions, book.scope);
        let period = book.period.map_or_else(|| "Periode tidak dinyatakan".to_owned(), words::period);
        let footer = format!("PDPB {scope} — {period} — lengkap {}/{}", book.complete.0, book.complete.1);
        let evidence = Evidence::new(batch, schemas, &book.earlier, &entries);
        let (stamp, stamp_tone) = stamp(book, (evidence.errors(), minutes(batch, book)), level);
        Self { batch, book, schemas, regions, evidence, known: Known::of(book), level, scope, period, stamp, stamp_tone, footer }
    }

    /// Why a region has no figures, as far as it is known.
    fn why_missing(&self, region: Region) -> String {
        let delivery = self.batch.completeness.iter().find(|d| d.satker == region && d.kind == "pdpb");
        let sent = self.batch.entries.iter().find(|e| {
            e.outcome.status != Status::Accepted
                && e.outcome.subject.satker == Some(region)
                && e.outcome.subject.kind.as_deref().is_none_or(|k| k == "pdpb")
        });
        match (delivery.map(|d| d.state), sent) {
            (Some(State::NeedsRepair), Some(entry)) => {
                format!("{} {}: {}.", entry.source.document, words::status(entry.outcome.status), entry.outcome.reason)
            }
            _ => String::new(),
        }
    }
}

/// `BELUM LENGKAP: lengkap 12/14 kabupaten/kota. 3 temuan kesalahan …`
fn stamp(book: &PdpbBook, (errors, minutes): (usize, usize), level: Level) -> (String, Tone) {
    let (have, expected) = book.complete;
    let level = words::level_in_text(level);
    let (start, mut tone) = if have >= expected {
        (format!("LENGKAP: lengkap {have}/{expected} {level}."), Tone::Good)
    } else {
        (format!("BELUM LENGKAP: lengkap {have}/{expected} {level}."), Tone::Warn)
    };
    let errors = match errors {
        0 => "Tidak ada temuan kesalahan pada dokumen yang dipakai.".to_owned(),
        n => {
            tone = Tone::Bad;
            format!("{n} temuan kesalahan pada dokumen yang dipakai belum diperbaiki; angka yang terkait ditandai merah.")
        }
    };
    let minutes = match minutes {
        0 => String::new(),
        n => {
            tone = Tone::Bad;
            format!(" {n} angka berita acara berbeda dari rekapnya (P05); yang dimuat di sini angka rekap.")
        }
    };
    (format!("{start} {errors}{minutes}"), tone)
}

/// How many figures of signed minutes about the same period are others than the recap's.
fn minutes(batch: &Consolidated, book: &PdpbBook) -> usize {
    let periods: BTreeMap<&str, _> =
        batch.entries.iter().map(|e| (e.source.document.as_str(), e.outcome.subject.period)).collect();
    let same = |document: &str| periods.get(document).is_some_and(|p| p.is_none() || *p == book.period);
    batch.findings.iter().filter(|f| f.code == "P05" && same(&f.document)).count()
}

#[cfg(test)]
mod tests;
