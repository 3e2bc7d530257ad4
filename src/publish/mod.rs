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

use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::consolidate::Consolidated;
use crate::error::Result;
use crate::model::Schemas;
use crate::normalise::region::Regions;

pub use output::Written;

use output::Folder;
use workbook::Ledger;

/// Writes all that is published of a batch into an existing, empty folder. Workbooks, tables and lineage share nothing but what they
/// read. The workbook of supplies is most of the work: it comes first, so that the others are done beside it and none is left alone
/// with it at the end.
///
/// # Errors
/// When a file cannot be written.
pub fn publish(consolidated: &Consolidated, schemas: &Schemas, regions: &Regions, folder: &Path) -> Result<Vec<Written>> {
    let (sender, finished) = channel();
    let [pdpb, iku, logistik] = [0, 1, 2].map(|place| {
        let sender = sender.clone();
        move |folder: &mut Folder<'_>| {
            let Some((name, bytes, ledger)) = workbook(place, consolidated, schemas, regions)? else { return Ok(()) };
            folder.write(name, &bytes)?;
            // Nobody listens any more only where the trail could not be written, which is told there.
            let _ = sender.send((place, name, ledger));
            Ok(())
        }
    });
    drop(sender);
    let parts: [Box<Part>; 7] = [
        Box::new(logistik),
        Box::new(pdpb),
        Box::new(iku),
        Box::new(|folder| data::write_lineage(consolidated, schemas, folder)),
        Box::new(|folder| data::write(consolidated, schemas, &[trace::table(), repairs::standing::table()], folder)),
        Box::new(move |folder| trail(finished.into_iter().collect(), folder)),
        Box::new(|folder| minutes::write(consolidated, schemas, regions, folder)),
    ];
    let one = |part: Box<Part>| -> Result<Vec<Written>> {
        let mut folder = Folder::new(folder);
        part(&mut folder)?;
        Ok(folder.finish())
    };
    let mut written = in_turn(parts, one).into_iter().collect::<Result<Vec<_>>>()?.concat();
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
type Part<'a> = dyn FnOnce(&mut Folder<'_>) -> Result<()> + Send + 'a;

/// A finished workbook, its name, and all its numbers with their sources.
type Book<'a> = Result<Option<(&'static str, Vec<u8>, Ledger<'a>)>>;

/// One of the workbooks, where the batch has what it is made of.
fn workbook<'a>(place: usize, consolidated: &'a Consolidated, schemas: &'a Schemas, regions: &'a Regions) -> Book<'a> {
    let named = |name, (bytes, ledger)| Some((name, bytes, ledger));
    Ok(match (place, &consolidated.pdpb, &consolidated.iku, &consolidated.supply) {
        (0, Some(book), ..) => named(pdpb::FILE, pdpb::workbook(consolidated, book, schemas, regions)?),
        (1, _, Some(book), _) => named(iku::FILE, iku::workbook(consolidated, book, schemas, regions)?),
        (2, .., Some(book)) => named(logistik::FILE, logistik::workbook(consolidated, book, schemas, regions)?),
        _ => None,
    })
}

/// Writes where the numbers of the workbooks came from, in the order of their places.
fn trail(mut books: Vec<(usize, &str, Ledger<'_>)>, folder: &mut Folder<'_>) -> Result<()> {
    books.sort_by_key(|book| book.0);
    let mut trail = trace::Trail::create(folder)?;
    for (_, name, ledger) in books {
        trail.add(name, &ledger)?;
    }
    trail.close(folder)
}

/// Does works in the order given, as many at once as there are processors; their results in that order.
fn in_turn<W: Send, T: Send, const N: usize>(works: [W; N], work: impl Fn(W) -> T + Sync) -> Vec<T> {
    let hands = thread::available_parallelism().map_or(1, NonZero::get).min(N);
    let waiting = Mutex::new(works.into_iter().enumerate());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let hand = || {
        let mut done = Vec::new();
        while let Some((place, one)) = next() {
            done.push((place, work(one)));
        }
        done
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let hands: Vec<_> = (0..hands).map(|_| scope.spawn(hand)).collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does several things at once; their results in the order in which they were given.
fn side_by_side<T: Send, const N: usize>(works: [impl FnOnce() -> T + Send; N]) -> [T; N] {
    thread::scope(|scope| {
        let threads = works.map(|work| scope.spawn(work));
        threads.map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
