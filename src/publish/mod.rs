//! Stage 7: workbooks, data tables, findings, manifest. The only place that writes files.
//!
//! [`data`] writes the tables of the contract, [`pdpb`] the workbook of the voter figures with the toolkit of [`workbook`],
//! [`page`] the report page,
//! [`trace`] where each number of the workbooks came from, and reads that back for `rekap trace`. [`manifest`] names what was made from
//! what, and [`replace`] puts it in the place of the outputs before.

pub mod data;
pub mod manifest;
pub mod output;
pub mod page;
pub mod pdpb;
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

/// Writes all that is published of a batch into an existing, empty folder.
///
/// # Errors
/// When a file cannot be written.
pub fn publish(consolidated: &Consolidated, schemas: &Schemas, regions: &Regions, folder: &Path) -> Result<Vec<Written>> {
    let lineage = || -> Result<Vec<Written>> {
        let mut folder = Folder::new(folder);
        data::write_lineage(consolidated, schemas, &mut folder)?;
        Ok(folder.finish())
    };
    // The lineage is as much work as all other files together and shares nothing with them.
    let (others, lineage) = std::thread::scope(|scope| {
        let lineage = scope.spawn(lineage);
        (write_others(consolidated, schemas, regions, folder), lineage.join())
    });
    let lineage = lineage.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    let mut written = others?;
    written.extend(lineage);
    written.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(written)
}

/// Everything but the lineage.
fn write_others(consolidated: &Consolidated, schemas: &Schemas, regions: &Regions, folder: &Path) -> Result<Vec<Written>> {
    let mut folder = Folder::new(folder);
    let mut trail = trace::Trail::create(&folder)?;
    if let Some(book) = &consolidated.pdpb {
        let (bytes, ledger) = pdpb::workbook(consolidated, book, schemas, regions)?;
        folder.write(pdpb::FILE, &bytes)?;
        trail.add(pdpb::FILE, &ledger)?;
    }
    trail.close(&mut folder)?;
    data::write(consolidated, schemas, &[trace::table()], &mut folder)?;
    let page = page::page(consolidated, schemas, regions, &folder.paths())?;
    folder.write(page::FILE, &page)?;
    Ok(folder.finish())
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
