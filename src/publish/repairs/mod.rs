//! `perbaikan/<satker>/`: what goes back to each office. A copy of its own workbook with the cells at fault marked, a list where a copy
//! cannot be marked, and a message. Nothing is written of documents with personal data.

mod book;
mod copy;
mod message;
mod names;
mod rows;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::consolidate::{Consolidated, Entry, Item};
use crate::error::Result;
use crate::model::origin::Place;
use crate::model::{Format, Origin, Region, Schemas, Status};
use crate::normalise::region::Regions;

use super::output::{Folder, Written};
use copy::{Fill, Marked};
use message::Told;
use names::Names;
use rows::Sheet;

pub use names::folder;

/// Hands out the bytes of a document as they were read; `None` where they cannot be had any more.
pub type Read<'a> = dyn Fn(&Entry) -> Option<Vec<u8>> + 'a;

/// Cells of a marked area beyond which only its corner is filled.
const MOST: u64 = 400;

/// Writes the folders of all offices that are asked for something.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    batch: &Consolidated,
    (schemas, regions): (&Schemas, &Regions),
    read: &Read<'_>,
    root: &Path,
) -> Result<Vec<Written>> {
    let items = batch.items(schemas);
    let mut offices: BTreeMap<Option<Region>, Vec<&Item>> = BTreeMap::new();
    for item in &items {
        offices.entry(item.satker).or_default().push(item);
    }
    let mut out = Folder::new(root);
    for (satker, items) in offices {
        let folder = format!("perbaikan/{}", folder(satker));
        let (mut names, mut files) = (Names::default(), Vec::new());
        let mut documents: BTreeMap<usize, Vec<&Item>> = BTreeMap::new();
        for &item in &items {
            if let Some(entry) = item.entry {
                documents.entry(entry).or_default().push(item);
            }
        }
        for (number, own) in documents {
            let Some(entry) = batch.entries.get(number).filter(|e| e.outcome.status == Status::Accepted) else { continue };
            let (name, bytes) = returned(batch, entry, &own, &mut names, read, (schemas, regions))?;
            out.write(&format!("{folder}/{name}"), &bytes)?;
            files.push(name);
        }
        let told = Told { satker, items, files, progress: String::new() };
        let text = message::text(batch, &told, schemas, regions);
        out.write(&format!("{folder}/pesan.txt"), text.as_bytes())?;
    }
    Ok(out.finish())
}

/// What goes back for one document: its name and bytes.
fn returned(
    batch: &Consolidated,
    entry: &Entry,
    items: &[&Item],
    names: &mut Names,
    read: &Read<'_>,
    words: (&Schemas, &Regions),
) -> Result<(String, Vec<u8>)> {
    if entry.outcome.format == Format::Xlsx {
        let list = Sheet::of(batch, entry, items, true, words);
        if let Some(copy) = read(entry).and_then(|bytes| copy::copy(&bytes, &marked(entry, items), &list)) {
            let macros = entry.source.document.to_lowercase().ends_with(".xlsm");
            let name = names.copy_of(&entry.source.document, if macros { "xlsm" } else { "xlsx" });
            return Ok((name, copy));
        }
    }
    let list = Sheet::of(batch, entry, items, false, words);
    Ok((names.list_for(&entry.source.document), book::workbook(&list)?))
}

/// What is filled and commented, by sheet.
fn marked(entry: &Entry, items: &[&Item]) -> BTreeMap<String, Marked> {
    let mut sheets: BTreeMap<String, Marked> = BTreeMap::new();
    for (number, item) in (1..).zip(items) {
        for mark in &item.marks {
            let Some(Place::Sheet(name)) = entry.outcome.places.0.get(usize::from(mark.area.from.grid)) else { continue };
            let sheet = sheets.entry(name.clone()).or_default();
            let fill = if mark.blamed { Fill::Blamed } else { Fill::Misfit };
            let (from, to) = (mark.area.from, mark.area.to);
            let size = (u64::from(to.row - from.row) + 1) * (u64::from(to.col - from.col) + 1);
            let to = if size > MOST { from } else { to };
            for cell in (from.row..=to.row).flat_map(|row| (from.col..=to.col).map(move |col| (row, col))) {
                let known = sheet.fills.entry(cell).or_insert(fill);
                *known = fill.max(*known);
            }
            let note = sheet.notes.entry((from.row, from.col)).or_default();
            let _ = write!(note, "{}{}", if note.is_empty() { "" } else { "\n\n" }, said(number, item, from));
        }
    }
    sheets
}

/// The comment at a cell: all of an item at the cell to look at, elsewhere where to look.
fn said(number: usize, item: &Item, cell: Origin) -> String {
    let codes = item.codes.join(", ");
    if item.cell != Some(cell) {
        return format!("No {number}, {codes}: ikut terpengaruh, lihat {}.", item.locator);
    }
    let mut text = format!("No {number}, {codes}");
    for (name, value) in
        [("Ditemukan", &item.found), ("Seharusnya", &item.expected), ("Selisih", &item.difference), ("Usulan", &item.suggestion)]
    {
        if !value.is_empty() {
            let _ = write!(text, "\n{name}: {value}");
        }
    }
    let _ = write!(text, "\n{}", item.says);
    text
}
