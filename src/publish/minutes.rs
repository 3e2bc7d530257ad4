//! Drafts of the minutes, for the office that consolidates and for each office below it: filled from the figures of the batch, with every
//! number in words; what is not known stays a dotted line. A draft is no paper yet: it says so, and what is missing or in error.

mod figures;
mod paper;

use std::collections::{BTreeMap, BTreeSet};

use crate::consolidate::book::Chapter;
use crate::consolidate::{Consolidated, PdpbBook};
use crate::error::Result;
use crate::model::schema::Severity;
use crate::model::{Region, Schemas};
use crate::normalise::region::Regions;

use super::output::Folder;

use figures::Figures;

/// The draft of the office that consolidates.
pub const FILE: &str = "berita-acara.docx";

/// The folder of the drafts of the offices below it.
pub const FOLDER: &str = "berita-acara";

/// Writes all drafts.
///
/// # Errors
/// When a file cannot be written.
pub fn write(batch: &Consolidated, schemas: &Schemas, regions: &Regions, folder: &mut Folder<'_>) -> Result<()> {
    let Some(book) = &batch.pdpb else { return Ok(()) };
    let desk = paper::Desk { config: &batch.config, regions, period: book.period };
    let office = Figures::of_office(book, regions);
    folder.write(FILE, &paper::draft(&desk, book.scope, &office, &state(batch, book)).bytes()?)?;
    let open = errors(batch, schemas);
    for chapter in book.chapters.iter().filter(|c| c.region != book.scope && c.entry.is_some()) {
        let figures = Figures::of_chapter(chapter, regions);
        let says = |open: &usize| format!("{open} temuan tingkat kesalahan pada dokumen satker ini belum selesai.");
        let state: Vec<String> = open.get(&chapter.region).map(says).into_iter().collect();
        folder.write(&name(chapter.region, regions), &paper::draft(&desk, chapter.region, &figures, &state).bytes()?)?;
    }
    Ok(())
}

/// `berita-acara/62.04 Kabupaten Barito Selatan.docx`.
fn name(region: Region, regions: &Regions) -> String {
    let official = regions.name(region).unwrap_or_default();
    let safe: String = official.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '\'')).collect();
    format!("{FOLDER}/{}.docx", format!("{region} {safe}").trim())
}

/// What keeps the office's own draft from being the last word.
fn state(batch: &Consolidated, book: &PdpbBook) -> Vec<String> {
    let (there, expected) = book.complete;
    let mut out = Vec::new();
    if there < expected {
        let awaited = |c: &&Chapter| c.entry.is_none() && batch.config.satker.contains(&c.region);
        let missing: Vec<&str> = book.chapters.iter().filter(awaited).map(|c| c.name.as_str()).collect();
        out.push(format!("Data lengkap {there} dari {expected}; belum ada: {}.", missing.join(", ")));
    }
    let minutes = batch.findings.iter().filter(|f| f.code == "P05").count();
    if minutes > 0 {
        out.push(format!(
            "{minutes} angka berita acara satker berbeda dari rekapnya (P05); angka di bawah ini ialah angka rekap."
        ));
    }
    out
}

/// How many errors are open, by office; an office without is not in it.
fn errors(batch: &Consolidated, schemas: &Schemas) -> BTreeMap<Region, usize> {
    let severe: BTreeSet<&str> =
        schemas.rules.iter().filter(|r| r.severity == Severity::Error).map(|r| r.code.as_str()).collect();
    let mut open = BTreeMap::new();
    for satker in batch.findings.iter().filter(|f| severe.contains(f.code.as_str())).filter_map(|f| f.satker) {
        *open.entry(satker).or_default() += 1;
    }
    open
}

#[cfg(test)]
mod tests;
