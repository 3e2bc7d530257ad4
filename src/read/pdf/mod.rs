//! PDF → grids, in small pure steps.
//!
//! ```text
//! open → ink (glyphs, shapes, pictures) → words → lines
//!                                       ↘ edges → cells → lattice ┐
//!                                         alignment     → stream  ┴ choose → stitch → grids
//! ```
//!
//! Everything between `ink` and `grids` works in the upright frame of a page, so that turned pages need no thought; boxes are turned
//! back at the very end. Numbers stay text as printed: later stages read them.

pub mod bands;
pub mod blocks;
pub mod cells;
pub mod choose;
pub mod columns;
pub mod edges;
pub mod geometry;
pub mod glyphs;
pub mod grids;
pub mod headings;
pub mod ink;
pub mod lattice;
pub mod lines;
pub mod open;
pub mod page;
pub mod prose;
pub mod render;
pub mod scan;
pub mod sections;
pub mod shapes;
pub mod split;
pub mod stitch;
pub mod stream;
pub mod table;
pub mod tokens;
pub mod words;
pub mod wraps;

use std::time::{Duration, Instant};

use crate::model::schema::Limits;
use crate::model::{Document, Finding, Findings, Format};

/// Most pages read of one document; longer ones are refused.
const MOST_PAGES: usize = 3_000;

/// Reads a PDF. `None` with a finding where nothing can be used of it.
pub fn read(findings: &mut Findings, bytes: &[u8], limits: &Limits) -> Option<Document> {
    if limits.file_mib > 0 && bytes.len() as u64 > limits.file_mib << 20 {
        findings.add(Finding::new(
            "A11",
            format!("Berkas PDF lebih besar dari {} MiB dan tidak dibaca. Pecah berkasnya, lalu kirim ulang.", limits.file_mib),
        ));
        return None;
    }
    let pdf = open::open(findings, bytes)?;
    let count = pdf.pages().len();
    if count > MOST_PAGES {
        findings.add(Finding::new(
            "A11",
            format!("PDF ini {count} halaman; paling banyak {MOST_PAGES} yang dibaca. Pecah berkasnya, lalu kirim ulang."),
        ));
        return None;
    }
    let started = Instant::now();
    let mut pages = Vec::new();
    let mut reader = page::Reader::new(&pdf);
    for number in 0..count {
        if limits.seconds > 0 && started.elapsed() > Duration::from_secs(limits.seconds) {
            findings.add(Finding::new(
                "A11",
                format!("Membaca PDF ini melewati {} detik dan dihentikan di halaman {}.", limits.seconds, number + 1),
            ));
            return None;
        }
        pages.push(reader.read(number));
    }
    let scans = read_scans(&pdf, &mut pages, limits);
    open::judge_pages(findings, &pages, scans);
    let wholes = stitch::stitch(&mut pages);
    Some(Document { format: Format::Pdf, grids: grids::grids(&pages, &wholes) })
}

/// Reads the pages that are only pictures, as far as allowed; says why any of them was left.
fn read_scans(pdf: &hayro_syntax::Pdf, pages: &mut [page::Page], limits: &Limits) -> scan::Left {
    let scans: Vec<usize> = (0..pages.len()).filter(|&i| pages[i].trouble == Some(page::Trouble::NoText)).collect();
    if !limits.ocr || scans.is_empty() {
        return scan::Left::NotAsked;
    }
    let Some(engine) = scan::engine::Engine::find() else { return scan::Left::NoEngine };
    let scanner = scan::Scanner::new(pdf, engine);
    let most = usize::try_from(limits.ocr_pages).unwrap_or(usize::MAX);
    for &number in scans.iter().take(most) {
        if let Some(read) = scanner.page(number) {
            pages[number] = read;
        }
    }
    if scans.len() > most { scan::Left::TooMany(most) } else { scan::Left::Illegible }
}

#[cfg(test)]
mod tests;
