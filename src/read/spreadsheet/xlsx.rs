//! The workbook part of xlsx and xlsm: which sheets there are, where they lie and which of them are hidden.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::archive::Archive;
use super::super::trouble::{Read, Trouble};
use super::super::xml;
use super::strings::Strings;
use super::styles::Styles;
use super::xlsx_sheet;
use crate::model::document::Document;
use crate::model::source::Format;
use crate::normalise::part::resolved;

/// What the cells of all sheets refer to.
pub(super) struct Book {
    /// Texts that cells share.
    pub(super) strings: Strings,
    /// What cell formats show.
    pub(super) styles: Styles,
    /// Days count from 1904.
    pub(super) from_1904: bool,
    /// Bytes of formulas that may still be kept; shared formulas could otherwise grow a small file without end.
    pub(super) formula_bytes: u64,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    hidden: bool,
}

/// Target and type of a relation.
struct Relation {
    part: String,
    kind: String,
}

/// Reads the whole workbook, sheets in the order of their tabs. Charts and macro sheets hold no cells and are left out.
pub(in crate::read) fn read(mut archive: Archive<'_>) -> Read<Document> {
    let main = main_part(&mut archive)?;
    let (listed, from_1904) = sheets(&archive.needed_xml(&main)?)?;
    if listed.is_empty() {
        return Err(Trouble::Damaged("buku kerja tidak memuat satu lembar pun".to_owned()));
    }
    let relations = relations(&mut archive, &main)?;
    // Parts that nobody relates to the workbook are looked for where everybody puts them.
    let part = |kind: &str, usual: &str| {
        relations.values().find(|r| r.kind == kind).map_or_else(|| usual.to_owned(), |r| r.part.clone())
    };
    let strings = archive.xml(&part("sharedStrings", "xl/sharedStrings.xml"))?;
    let strings = strings.map_or_else(|| Ok(Strings::default()), |text| Strings::read(&text))?;
    let styles = archive.xml(&part("styles", "xl/styles.xml"))?;
    let styles = styles.map_or_else(|| Ok(Styles::default()), |text| Styles::read(&text))?;
    let mut book = Book { strings, styles, from_1904, formula_bytes: archive.left() };
    let mut document = Document { format: Format::Xlsx, grids: Vec::with_capacity(listed.len().min(256)) };
    for sheet in listed {
        let relation = relations
            .get(&sheet.relation)
            .ok_or_else(|| Trouble::Damaged(format!("lembar {} tidak ada di dalam arsip", sheet.name)))?;
        if relation.kind == "worksheet" {
            let text = archive.needed_xml(&relation.part)?;
            let mut grid = xlsx_sheet::read(&mut book, document.grids.len(), &sheet.name, &text)?;
            grid.hidden = sheet.hidden;
            document.grids.push(grid);
        }
    }
    Ok(document)
}

/// The part that the package calls its document.
fn main_part(archive: &mut Archive<'_>) -> Read<String> {
    let found = relations(archive, "")?.into_values().find(|r| r.kind == "officeDocument");
    Ok(found.map_or_else(|| "xl/workbook.xml".to_owned(), |r| r.part))
}

/// Relations of a part, by id; those of the package for the empty name.
fn relations(archive: &mut Archive<'_>, part: &str) -> Read<HashMap<String, Relation>> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(text) = archive.xml(&format!("{folder}{slash}_rels/{file}.rels"))? else { return Ok(HashMap::new()) };
    let mut reader = xml::reader(&text);
    let mut relations = HashMap::new();
    loop {
        match reader.read_event().map_err(Trouble::xml("rels"))? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "Relationship" => {
                let (Some(id), Some(target)) = (xml::attr(&e, "Id"), xml::attr(&e, "Target")) else { continue };
                let kind = xml::attr(&e, "Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.insert(id.into_owned(), Relation { part: resolved(folder, &target), kind });
            }
            Event::Eof => return Ok(relations),
            _ => (),
        }
    }
}

/// Part and type of each relation of a part, by id.
pub(super) fn parts_by_relation(archive: &mut Archive<'_>, part: &str) -> Read<HashMap<String, (String, String)>> {
    Ok(relations(archive, part)?.into_iter().map(|(id, r)| (id, (r.part, r.kind))).collect())
}

/// The listed sheets, and whether days count from 1904.
fn sheets(text: &str) -> Read<(Vec<Listed>, bool)> {
    let mut reader = xml::reader(text);
    let mut listed = Vec::new();
    let mut from_1904 = false;
    loop {
        match reader.read_event().map_err(Trouble::xml("workbook"))? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "sheet" => {
                    let relation = e.attributes().with_checks(false).flatten().find(|a| a.key.as_ref().ends_with(":id"));
                    listed.push(Listed {
                        name: xml::attr(&e, "name").unwrap_or_default().into_owned(),
                        relation: relation.map(|a| a.value.into_owned()).unwrap_or_default(),
                        hidden: xml::attr(&e, "state").is_some_and(|state| state != "visible"),
                    });
                }
                "workbookPr" => from_1904 = xml::yes(&e, "date1904"),
                _ => (),
            },
            Event::Eof => return Ok((listed, from_1904)),
            _ => (),
        }
    }
}
