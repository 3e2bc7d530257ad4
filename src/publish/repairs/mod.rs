//! `perbaikan/<satker>/`: what goes back to each office. A copy of its own workbook with the cells at fault marked, a list where a copy
//! cannot carry one (with a PDF whose places are framed), and a message. Nothing is written of documents with personal data.

mod book;
mod copy;
mod message;
mod names;
mod paper;
mod rows;
pub mod standing;

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::consolidate::{Again, Consolidated, Entry, History, Item, ledger};
use crate::error::Result;
use crate::model::origin::Place;
use crate::model::{Format, Origin, Region, Schemas, Status};
use crate::normalise::region::Regions;

use super::output::{Folder, Written};
use super::side_by_side;
use copy::{Fill, Marked};
use message::{Sent, Told};
use names::Names;
use paper::Frame;
use rows::Sheet;

pub use names::folder;

/// Hands out the bytes of a document as they were read; `None` where they cannot be had any more.
pub type Read<'a> = dyn Fn(&Entry) -> Option<Vec<u8>> + Sync + 'a;

/// Cells of a marked area beyond which only its corner is filled.
const MOST: u64 = 400;

/// Offices written at the same time.
const HANDS: usize = 4;

/// Name of the file that remembers what was asked, below the outputs of a batch.
pub const MEMORY: &str = "perbaikan/riwayat.json";

/// Writes the folders of all offices that are asked for something, how every item stands (`data/perbaikan.csv`), and what the next run
/// must remember of this one.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    (batch, known): (&Consolidated, &History),
    (schemas, regions): (&Schemas, &Regions),
    read: &Read<'_>,
    root: &Path,
) -> Result<Vec<Written>> {
    let (items, again) = (batch.items(schemas), known.again(batch));
    let mut offices: BTreeMap<Option<Region>, Vec<&Item>> = BTreeMap::new();
    for office in again.iter().filter_map(|a| a.of.0.parse::<Region>().ok()) {
        offices.entry(Some(office)).or_default();
    }
    for item in &items {
        offices.entry(item.satker).or_default().push(item);
    }
    let mut out = Folder::new(root);
    standing::write(batch, &items, &again, &mut out)?;
    out.write(MEMORY, ledger::text(&known.versions, &batch.config.name).as_bytes())?;
    let desk = Desk { batch, again: &again, schemas, regions, read };
    let offices: Vec<(Option<Region>, Vec<&Item>)> = offices.into_iter().collect();
    // The offices share nothing: each hand takes every fourth.
    let share = |first: usize| -> Result<Vec<Written>> {
        let mut out = Folder::new(root);
        offices.iter().skip(first).step_by(HANDS).try_for_each(|(satker, items)| desk.office(*satker, items, &mut out))?;
        Ok(out.finish())
    };
    let shares = side_by_side::<_, HANDS>(std::array::from_fn(|first| move || share(first)));
    let mut written = out.finish();
    for share in shares {
        written.extend(share?);
    }
    Ok(written)
}

/// What all offices share.
struct Desk<'a> {
    batch: &'a Consolidated,
    again: &'a [Again],
    schemas: &'a Schemas,
    regions: &'a Regions,
    read: &'a Read<'a>,
}

impl Desk<'_> {
    /// Writes the folder of one office.
    fn office(&self, satker: Option<Region>, items: &[&Item], out: &mut Folder<'_>) -> Result<()> {
        let folder = format!("perbaikan/{}", folder(satker));
        let (mut names, mut files) = (Names::default(), Vec::<(Sent, String)>::new());
        let mut documents: BTreeMap<usize, Vec<&Item>> = BTreeMap::new();
        for &item in items {
            if let Some(entry) = item.entry {
                documents.entry(entry).or_default().push(item);
            }
        }
        for (number, own) in documents {
            let Some(entry) = self.batch.entries.get(number).filter(|e| e.outcome.status == Status::Accepted) else { continue };
            for (sent, name, bytes) in self.returned(entry, &own, &mut names)? {
                out.write(&format!("{folder}/{name}"), &bytes)?;
                files.push((sent, name));
            }
        }
        let told = Told { satker, items: items.to_vec(), files, progress: standing::in_words(self.again, satker) };
        let text = message::text(self.batch, &told, self.schemas, self.regions);
        out.write(&format!("{folder}/pesan.txt"), text.as_bytes())
    }

    /// What goes back for one document: names and bytes.
    fn returned(&self, entry: &Entry, items: &[&Item], names: &mut Names) -> Result<Vec<(Sent, String, Vec<u8>)>> {
        let list = |links: bool| {
            let mut list = Sheet::of(self.batch, entry, items, links, (self.schemas, self.regions));
            list.add_standing(self.again, entry);
            list
        };
        let bytes = || (self.read)(entry);
        let document = &entry.source.document;
        let copied = match entry.outcome.format {
            Format::Xlsx => bytes().and_then(|bytes| copy::copy(&bytes, &marked(entry, items), &list(true))),
            Format::Ods => bytes().and_then(|bytes| copy::ods::copy(&bytes, &marked(entry, items), &list(true))),
            _ => None,
        };
        if let Some(copy) = copied {
            let macros = document.to_lowercase().ends_with(".xlsm");
            let ending = match entry.outcome.format {
                Format::Ods => "ods",
                _ if macros => "xlsm",
                _ => "xlsx",
            };
            return Ok(vec![(Sent::Copy, names.copy_of(document, ending), copy)]);
        }
        let mut files = vec![(Sent::List, names.list_for(document), book::workbook(&list(false))?)];
        let frames = if entry.outcome.format == Format::Pdf { frames(entry, items) } else { Vec::new() };
        let framed = if frames.is_empty() { None } else { bytes().and_then(|bytes| paper::copy(&bytes, &frames)) };
        files.extend(framed.map(|copy| (Sent::Framed, names.framed(document), copy)));
        Ok(files)
    }
}

/// What is framed on the pages of a PDF; of items at one place all are said.
fn frames(entry: &Entry, items: &[&Item]) -> Vec<Frame> {
    let places = &entry.outcome.places;
    let mut frames: Vec<Frame> = Vec::new();
    for (number, item) in (1..).zip(items) {
        for mark in &item.marks {
            let says = said(number, item, mark.area.from, &item.cell.map_or_else(String::new, |c| places.told(c.into())));
            for (page, area) in paper::around(places, mark.area) {
                match frames.iter_mut().find(|f| f.page == page && f.area == area) {
                    Some(known) => {
                        known.blamed |= mark.blamed;
                        let _ = write!(known.says, "\n\n{says}");
                    }
                    None => frames.push(Frame { page, area, blamed: mark.blamed, says: says.clone() }),
                }
            }
        }
    }
    frames
}

/// What is filled and commented, by sheet.
fn marked(entry: &Entry, items: &[&Item]) -> BTreeMap<String, Marked> {
    let mut sheets: BTreeMap<String, Marked> = BTreeMap::new();
    let mut told: HashSet<(usize, Origin)> = HashSet::new();
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
            // A cell at fault may be the first of an area that does not fit: once is enough.
            if !told.insert((number, from)) {
                continue;
            }
            let note = sheet.notes.entry((from.row, from.col)).or_default();
            let _ = write!(note, "{}{}", if note.is_empty() { "" } else { "\n\n" }, said(number, item, from, &item.locator));
        }
    }
    sheets
}

/// The comment at a cell: all of an item at the cell to look at, elsewhere where to look.
fn said(number: usize, item: &Item, cell: Origin, place: &str) -> String {
    let codes = item.codes.join(", ");
    if item.cell != Some(cell) {
        return format!("No {number}, {codes}: ikut terpengaruh, lihat {place}.");
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
