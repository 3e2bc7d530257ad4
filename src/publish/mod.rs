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
use workbook::Ledger;

/// Writes all that is published of a batch into an existing, empty folder. Workbooks, tables and lineage share nothing but what they
/// read, and are about as much work each: they are written at the same time.
///
/// # Errors
/// When a file cannot be written.
pub fn publish(consolidated: &Consolidated, schemas: &Schemas, regions: &Regions, folder: &Path) -> Result<Vec<Written>> {
    let parts: [&Part; 4] = [
        &|folder| workbooks(consolidated, schemas, regions, folder),
        &|folder| data::write(consolidated, schemas, &[trace::table(), repairs::standing::table()], folder),
        &|folder| data::write_lineage(consolidated, schemas, folder),
        &|folder| minutes::write(consolidated, schemas, regions, folder),
    ];
    let one = |part: &Part| -> Result<Vec<Written>> {
        let mut folder = Folder::new(folder);
        part(&mut folder)?;
        Ok(folder.finish())
    };
    let mut written = side_by_side(parts.map(|part| move || one(part))).into_iter().collect::<Result<Vec<_>>>()?.concat();
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

/// A finished workbook, its name, and all its numbers with their sources.
type Book<'a> = Result<Option<(&'static str, Vec<u8>, Ledger<'a>)>>;

/// The workbooks, and where their numbers came from.
fn workbooks<'a>(
    consolidated: &'a Consolidated,
    schemas: &'a Schemas,
    regions: &'a Regions,
    folder: &mut Folder<'_>,
) -> Result<()> {
    let named = |name, (bytes, ledger)| Some((name, bytes, ledger));
    let books: [&(dyn Fn() -> Book<'a> + Sync); 3] = [
        &|| {
            consolidated
                .pdpb
                .as_ref()
                .map_or(Ok(None), |b| Ok(named(pdpb::FILE, pdpb::workbook(consolidated, b, schemas, regions)?)))
        },
        &|| {
            consolidated
                .iku
                .as_ref()
                .map_or(Ok(None), |b| Ok(named(iku::FILE, iku::workbook(consolidated, b, schemas, regions)?)))
        },
        &|| {
            consolidated
                .supply
                .as_ref()
                .map_or(Ok(None), |b| Ok(named(logistik::FILE, logistik::workbook(consolidated, b, schemas, regions)?)))
        },
    ];
    let books = side_by_side(books.map(|book| || book()));
    let mut trail = trace::Trail::create(folder)?;
    for book in books {
        let Some((name, bytes, ledger)) = book? else { continue };
        folder.write(name, &bytes)?;
        trail.add(name, &ledger)?;
    }
    trail.close(folder)
}

/// Does several things at once; their results in the order in which they were given.
fn side_by_side<T: Send, const N: usize>(works: [impl FnOnce() -> T + Send; N]) -> [T; N] {
    std::thread::scope(|scope| {
        let threads = works.map(|work| scope.spawn(work));
        threads.map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
