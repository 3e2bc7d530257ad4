//! Stage 7: workbooks, data tables, findings, manifest. The only place that writes files.
//!
//! [`data`] writes the tables of the contract, [`pdpb`], [`logistik`] and [`iku`] the workbooks with the toolkit of [`workbook`],
//! [`page`] the report page, [`minutes`] the draft minutes with [`docx`], [`pack`] the papers that prove the indicators, [`repairs`] what
//! goes back to the offices, [`trace`] where each number of the workbooks came from, and reads that back for `rekap trace`. [`manifest`]
//! names what was made from what, and [`replace`] puts it in the place of the outputs before.

pub mod data;
pub mod docx;
pub mod iku;
pub mod logistik;
pub mod manifest;
pub mod minutes;
pub mod output;
pub mod pack;
pub mod page;
pub mod pdpb;
pub mod picture;
pub mod repairs;
pub mod replace;
pub mod trace;
pub mod words;
pub mod workbook;

use std::path::Path;

use crate::consolidate::Consolidated;
use crate::error::Result;
use crate::model::Schemas;
use crate::normalise::region::Regions;

pub use output::Written;

use output::Folder;

/// Writes all that is published of a batch into an existing, empty folder. Workbooks, tables and lineage share nothing but what they
/// read, and are about as much work each: they are written at the same time.
///
/// # Errors
/// When a file cannot be written.
pub fn publish(consolidated: &Consolidated, schemas: &Schemas, regions: &Regions, folder: &Path) -> Result<Vec<Written>> {
    let parts: [&Part; 4] = [
        &|folder| workbooks(consolidated, schemas, regions, folder),
        &|folder| data::write(consolidated, schemas, &[trace::table()], folder),
        &|folder| data::write_lineage(consolidated, schemas, folder),
        &|folder| minutes::write(consolidated, schemas, regions, folder),
    ];
    let one = |part: &Part| -> Result<Vec<Written>> {
        let mut folder = Folder::new(folder);
        part(&mut folder)?;
        Ok(folder.finish())
    };
    let parts: Vec<Result<Vec<Written>>> = std::thread::scope(|scope| {
        let threads = parts.map(|part| scope.spawn(move || one(part)));
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let mut written = parts.into_iter().collect::<Result<Vec<_>>>()?.concat();
    // The page links to what is there.
    let paths: Vec<&str> = written.iter().map(|w| w.path.as_str()).collect();
    let page = page::page(consolidated, schemas, regions, &paths)?;
    let mut folder = Folder::new(folder);
    folder.write(page::FILE, &page)?;
    written.extend(folder.finish());
    written.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(written)
}

/// Writes the pack of papers that prove the indicators. `bytes` gives those of a document.
///
/// # Errors
/// When it cannot be written.
pub fn evidence(
    consolidated: &Consolidated,
    schemas: &Schemas,
    regions: &Regions,
    bytes: &pack::Bytes,
    folder: &Path,
) -> Result<Vec<Written>> {
    let mut folder = Folder::new(folder);
    pack::write(consolidated, schemas, regions, bytes, &mut folder)?;
    Ok(folder.finish())
}

/// Writes some of the files.
type Part<'a> = dyn Fn(&mut Folder<'_>) -> Result<()> + Sync + 'a;

/// The workbooks, and where their numbers came from.
fn workbooks(consolidated: &Consolidated, schemas: &Schemas, regions: &Regions, folder: &mut Folder<'_>) -> Result<()> {
    let mut trail = trace::Trail::create(folder)?;
    if let Some(book) = &consolidated.pdpb {
        let (bytes, ledger) = pdpb::workbook(consolidated, book, schemas, regions)?;
        folder.write(pdpb::FILE, &bytes)?;
        trail.add(pdpb::FILE, &ledger)?;
    }
    if let Some(book) = &consolidated.iku {
        let (bytes, ledger) = iku::workbook(consolidated, book, schemas, regions)?;
        folder.write(iku::FILE, &bytes)?;
        trail.add(iku::FILE, &ledger)?;
    }
    if let Some(book) = &consolidated.supply {
        let (bytes, ledger) = logistik::workbook(consolidated, book, schemas, regions)?;
        folder.write(logistik::FILE, &bytes)?;
        trail.add(logistik::FILE, &ledger)?;
    }
    trail.close(folder)
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
