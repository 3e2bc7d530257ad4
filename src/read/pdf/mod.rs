//! PDF → grids, in small pure steps.
//!
//! ```text
//! open → ink (glyphs, shapes, pictures) → words → lines
//!                                       ↘ edges → cells → lattice ┐
//!                                         alignment     → stream  ┴ choose → stitch → grids
//! ```
//!
//! Everything between `ink` and `grids` works in the upright frame of a page, so that turned pages need no thought; boxes are turned
//! back at the very end. Pages that are only pictures come through [`scan`] instead of `ink`, where an engine is
//! installed. Numbers stay text as printed: later stages read them.

pub mod above;
pub mod again;
pub mod bands;
pub mod between;
pub mod blocks;
pub mod broken;
pub mod cells;
pub mod centred;
pub mod charts;
pub mod choose;
pub mod columns;
pub mod crown;
pub mod edges;
pub mod entries;
pub mod firsts;
pub mod flush;
mod footed;
pub mod geometry;
pub mod glyphs;
pub mod grids;
pub mod hanging;
pub mod headings;
pub mod ink;
pub mod inner;
pub mod lattice;
pub mod leaders;
pub mod lines;
pub mod lone;
pub mod named;
pub mod open;
mod outermost;
pub mod overlay;
pub mod overrun;
pub mod page;
pub mod parts;
pub mod prose;
pub mod reach;
pub mod render;
pub mod rounds;
pub mod scan;
pub mod sections;
pub mod shapes;
pub mod spans;
pub mod sparse;
pub mod split;
pub mod stitch;
pub mod strata;
pub mod strays;
pub mod stream;
pub mod table;
pub mod tables_apart;
pub mod tokens;
pub mod torn;
pub mod words;
pub mod wraps;
pub mod zones;

use std::time::{Duration, Instant};

use hayro_syntax::Pdf;

use self::page::{Page, Reader, Trouble};
use self::scan::engine::Engine;
use self::scan::{Left, Scanner};
use self::stitch::Whole;
use crate::model::schema::Limits;
use crate::model::{Document, Finding, Findings, Format};

/// Most pages read of one document; longer ones are refused.
const MOST_PAGES: usize = 3_000;

/// What is said of a line that no table took.
const LOST: &str = "Baris ini tercetak di luar tabelnya, tetapi mungkin bagian dari tabel itu (sambungan isi sel atau baris angka), \
    sehingga tidak ikut dibaca. Cocokkan tabel dengan naskahnya.";

/// What is said of cells that are too narrow for their text.
const CUT: &str = "Isi sel ini terpotong di kertas karena kolomnya terlalu sempit; yang terbaca hanya bagian yang tercetak. \
    Lebarkan kolomnya lalu cetak lagi, atau kirim berkas aslinya.";

/// Reads a PDF. `None` with a finding where nothing can be used of it.
pub fn read(findings: &mut Findings, bytes: &[u8], limits: &Limits) -> Option<Document> {
    let pdf = opened(findings, bytes, limits)?;
    let (pages, wholes) = understood(findings, &pdf, limits)?;
    let found = grids::grids(&pages, &wholes);
    findings.0.extend(found.lost.into_iter().map(|at| Finding::new("A13", LOST).at(at)));
    findings.0.extend(found.cut.into_iter().map(|at| Finding::new("A13", CUT).at(at)));
    Some(Document { format: Format::Pdf, grids: found.grids })
}

/// PNG pictures of the pages of a PDF with what was recognised drawn over them; none where it cannot be read.
#[must_use]
pub fn pictures(bytes: &[u8], limits: &Limits) -> Vec<Vec<u8>> {
    let findings = &mut Findings::default();
    let Some(pdf) = opened(findings, bytes, limits) else { return Vec::new() };
    understood(findings, &pdf, limits).map_or_else(Vec::new, |(pages, _)| overlay::pictures(&pdf, &pages))
}

/// Opens a PDF of a size and length that is read.
fn opened(findings: &mut Findings, bytes: &[u8], limits: &Limits) -> Option<Pdf> {
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
    Some(pdf)
}

/// Its pages with their tables, and which of these go on over pages.
fn understood(findings: &mut Findings, pdf: &Pdf, limits: &Limits) -> Option<(Vec<Page>, Vec<Whole>)> {
    let started = Instant::now();
    let mut pages = Vec::new();
    let mut reader = Reader::new(pdf);
    for number in 0..pdf.pages().len() {
        if limits.seconds > 0 && started.elapsed() > Duration::from_secs(limits.seconds) {
            findings.add(Finding::new(
                "A11",
                format!("Membaca PDF ini melewati {} detik dan dihentikan di halaman {}.", limits.seconds, number + 1),
            ));
            return None;
        }
        pages.push(reader.read(number));
    }
    let left = read_scans(pdf, &mut pages, limits);
    open::judge_pages(findings, &pages, left);
    let wholes = stitch::stitch(&mut pages);
    Some((pages, wholes))
}

/// Reads the pages that are only pictures, as far as allowed; says why any of them was left.
fn read_scans(pdf: &Pdf, pages: &mut [Page], limits: &Limits) -> Left {
    let scans: Vec<usize> = (0..pages.len()).filter(|&i| pages[i].trouble == Some(Trouble::NoText)).collect();
    if !limits.ocr || scans.is_empty() {
        return Left::NotAsked;
    }
    let Some(engine) = Engine::find() else { return Left::NoEngine };
    let scanner = Scanner::new(pdf, engine);
    let most = usize::try_from(limits.ocr_pages).unwrap_or(usize::MAX);
    for &number in scans.iter().take(most) {
        if let Some(read) = scanner.page(number) {
            pages[number] = read;
        }
    }
    if scans.len() > most { Left::TooMany(most) } else { Left::Illegible }
}

#[cfg(test)]
mod tests;
