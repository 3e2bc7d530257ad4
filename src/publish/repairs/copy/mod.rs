//! A copy of the sender's own workbook: cells at fault filled and commented, and a first sheet that lists them. Everything else stays
//! byte for byte as it was sent, so nothing of the sender's can be lost.

mod list;
mod notes;
pub mod ods;
mod package;
mod sheet;
mod styles;
mod tags;

use std::collections::BTreeMap;

use super::rows::Sheet;
use crate::model::repair;
use package::{Package, Relation};
use styles::Styles;
use tags::{Edits, Form, Tag, escaped, tags, unescaped, with};

pub use styles::Fill;

const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// What is to be marked on one sheet.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// Cells to be filled.
    pub fills: BTreeMap<(u32, u16), Fill>,
    /// Comments.
    pub notes: notes::Notes,
}

/// The copy; `None` where the workbook is built in a way that nobody knows, and a list must do.
pub fn copy(bytes: &[u8], marked: &BTreeMap<String, Marked>, list: &Sheet) -> Option<Vec<u8>> {
    let mut package = Package::open(bytes)?;
    let book = main_part(&mut package);
    let relations = package.relations(&book);
    let text = package.text(&book)?;
    if text.contains("http://purl.oclc.org/ooxml/") {
        package.be_strict();
    }
    let sheets = sheets(&text, &relations)?;
    let styles_part = match relations.iter().find(|r| r.kind == "styles") {
        Some(relation) => relation.part.clone(),
        None => first_styles(&mut package, &book, &relations, &sheets)?,
    };
    let styles_text = package.text(&styles_part)?;
    let mut styles = Styles::read(&styles_text)?;
    for (number, listed) in sheets.iter().enumerate().filter(|(_, s)| s.part.is_some()) {
        let part = listed.part.as_deref()?;
        match marked.get(&listed.name) {
            Some(marked) => mark(&mut package, part, marked, &mut styles, number)?,
            None if listed.is_old_list(&mut package) => {}
            None => deselect(&mut package, part, &mut styles)?,
        }
    }
    put_list(&mut package, &book, &relations, &sheets, list::xml(list, &mut styles))?;
    package.put(&styles_part, styles.finish())?;
    package.finish()
}

/// The part that the package calls its document.
fn main_part(package: &mut Package<'_>) -> String {
    package
        .relations("")
        .into_iter()
        .find(|r| r.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |r| r.part)
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    /// Where it stands; `None` for charts and macros.
    part: Option<String>,
}

impl Listed {
    /// Whether it is the list of an earlier copy, come back.
    fn is_old_list(&self, package: &mut Package<'_>) -> bool {
        self.part.as_deref().is_some_and(|part| first_words(package, part).contains(repair::TITLE))
    }
}

/// The first texts of a sheet, whether they stand in the cell or are shared.
fn first_words(package: &mut Package<'_>, part: &str) -> String {
    let text = package.text(part).unwrap_or_default();
    let Some(first) = text.find("<c ").and_then(|i| text.get(i..)) else { return String::new() };
    let cell = first.get(..first.find("</c>").unwrap_or(first.len())).unwrap_or_default();
    if !cell.contains("t=\"s\"") {
        return cell.to_owned();
    }
    // Excel moves texts to the shared ones when it saves.
    let shared = package.text("xl/sharedStrings.xml").unwrap_or_default();
    let number = cell.split_once("<v>").and_then(|(_, rest)| rest.split('<').next()).and_then(|n| n.parse::<usize>().ok());
    number.and_then(|n| shared.split("<si>").nth(n + 1).map(str::to_owned)).unwrap_or_default()
}

fn sheets(book: &str, relations: &[Relation]) -> Option<Vec<Listed>> {
    let all = tags(book)?;
    let listed = all.iter().filter(|t| t.local == "sheet" && t.form != Form::Closes).map(|tag| {
        let id = tag.local_attribute("id").unwrap_or_default();
        let relation = relations.iter().find(|r| r.id == id && r.kind == "worksheet");
        Listed { name: unescaped(tag.attribute("name").unwrap_or_default()), part: relation.map(|r| r.part.clone()) }
    });
    Some(listed.collect())
}

/// Gives a workbook that has no styles those that every other one has; `None` where its cells speak of styles all the same.
fn first_styles(package: &mut Package<'_>, book: &str, relations: &[Relation], sheets: &[Listed]) -> Option<String> {
    for part in sheets.iter().filter_map(|s| s.part.as_deref()) {
        let text = package.text(part)?;
        let style = |t: &Tag<'_>| match t.local {
            "c" | "row" => t.attribute("s").map(str::to_owned),
            "col" => t.attribute("style").map(str::to_owned),
            _ => None,
        };
        let styled = |t: &Tag<'_>| style(t).is_some_and(|s| s.trim() != "0");
        if tags(&text)?.iter().any(styled) {
            return None;
        }
    }
    // Some programs look for styles by this name.
    let usual = "xl/styles.xml".to_owned();
    let part = if package.has(&usual) { package.free("xl", "rekapStyles", "xml") } else { usual };
    let family = relations.iter().find(|r| r.kind == "worksheet")?.family.clone();
    package.relate(book, &family, "styles", &part)?;
    package.declare(&part, STYLES_TYPE, false)?;
    package.put(&part, styles::FIRST.to_owned())?;
    Some(part)
}

/// Marks one sheet: fills, comments, the drawing of their shapes, and the relations to both.
fn mark(package: &mut Package<'_>, part: &str, marked: &Marked, styles: &mut Styles<'_>, number: usize) -> Option<()> {
    let text = package.text(part)?;
    let old_drawing = sheet::legacy_drawing(&text)?;
    let relations = package.relations(part);
    let family = relations.first().map_or_else(|| sheet::RELATIONS.to_owned(), |r| r.family.clone());
    let of = |wanted: &dyn Fn(&Relation) -> bool| relations.iter().find(|r| wanted(r)).map(|r| r.part.clone());
    let comments_part = of(&|r| r.kind == "comments");
    let drawing_part = old_drawing.as_ref().and_then(|id| of(&|r| r.id == *id));
    let mut fills = marked.fills.clone();
    let mut drawing_id = None;
    // Conversations have comments of another kind beside the old ones; there the fill and the list must do.
    let conversation = relations.iter().any(|r| r.kind == "threadedComment");
    if !conversation && (old_drawing.is_none() == drawing_part.is_none()) && !marked.notes.is_empty() {
        let old = comments_part.as_ref().map(|p| package.text(p)).map_or(Some(None), |t| t.map(Some))?;
        let noted = notes::comments(old.as_deref(), &marked.notes)?;
        let shapes = drawing_part.as_ref().map(|p| package.text(p)).map_or(Some(None), |t| t.map(Some))?;
        if let Some(drawing) = notes::drawing(shapes.as_deref(), &noted.fresh, number) {
            for &at in &noted.done {
                fills.entry(at).or_insert(Fill::Done);
            }
            let comments_part = comments_part.unwrap_or_else(|| package.free("xl", "rekapComments", "xml"));
            if old.is_none() {
                package.declare(&comments_part, COMMENTS_TYPE, false)?;
                package.relate(part, &family, "comments", &comments_part)?;
            }
            package.put(&comments_part, noted.text)?;
            let fresh = drawing_part.is_none();
            let drawing_part = drawing_part.unwrap_or_else(|| package.free("xl/drawings", "rekapDrawing", "vml"));
            if fresh {
                package.declare(&drawing_part, DRAWING_TYPE, true)?;
                drawing_id = Some(package.relate(part, &family, "vmlDrawing", &drawing_part)?);
            }
            package.put(&drawing_part, drawing)?;
        }
    }
    let filled = sheet::filled(&text, &fills, styles, drawing_id.as_deref())?;
    package.put(part, filled)
}

/// Two selected sheets would be edited together.
fn deselect(package: &mut Package<'_>, part: &str, styles: &mut Styles<'_>) -> Option<()> {
    let text = package.text(part)?;
    if !sheet::is_selected(&text) {
        return Some(());
    }
    let plain = sheet::filled(&text, &BTreeMap::new(), styles, None)?;
    package.put(part, plain)
}

/// Puts the list into the workbook as its first sheet, or into the place of the one that came back.
fn put_list(package: &mut Package<'_>, book: &str, relations: &[Relation], sheets: &[Listed], xml: String) -> Option<()> {
    let text = package.text(book)?;
    let all = tags(&text)?;
    let mut edits = Edits::default();
    let old = sheets.iter().position(|s| s.is_old_list(package));
    if let Some(part) = old.and_then(|n| sheets.get(n)?.part.clone()) {
        package.put(&part, xml)?;
    } else {
        let part = package.free("xl/worksheets", "rekapPerbaikan", "xml");
        let family = relations.iter().find(|r| r.kind == "worksheet")?.family.clone();
        let id = package.relate(book, &family, "worksheet", &part)?;
        package.declare(&part, SHEET_TYPE, false)?;
        package.put(&part, xml)?;
        list_first(&mut edits, &all, sheets, &id)?;
    }
    let active = old.unwrap_or(0).to_string();
    if let Some(view) = all.iter().find(|t| t.local == "workbookView" && t.form != Form::Closes) {
        let shown = view.with("activeTab", &active);
        let shown = if view.attribute("firstSheet").is_some() { with(&shown, "firstSheet", "0") } else { shown };
        edits.replace(view.at.clone(), shown);
    }
    package.put(book, edits.apply(&text))
}

/// Lists the new sheet before all others; names that belong to one sheet know it by its place, which is one more now.
fn list_first(edits: &mut Edits, all: &[Tag<'_>], sheets: &[Listed], id: &str) -> Option<()> {
    let first = all.iter().find(|t| t.local == "sheet" && t.form != Form::Closes)?;
    let ids = all.iter().filter(|t| t.local == "sheet").filter_map(|t| t.attribute("sheetId")?.parse::<u32>().ok());
    let next = ids.max().unwrap_or(0) + 1;
    let taken = |name: &str| sheets.iter().any(|s| s.name.eq_ignore_ascii_case(name));
    let name = (1..=u32::MAX)
        .map(|n| if n == 1 { repair::SHEET.to_owned() } else { format!("{} {n}", repair::SHEET) })
        .find(|n| !taken(n))?;
    let (p, relation, name) = (first.prefix(), first.attribute_name("id")?, escaped(&name));
    // Some programs declare prefixes on each sheet instead of once above all.
    let spaces: Vec<&str> = [""].into_iter().chain(first.spaces()).collect();
    let spaces = spaces.join(" ");
    edits.insert(first.at.start, format!("<{p}sheet{spaces} name=\"{name}\" sheetId=\"{next}\" {relation}=\"{id}\"/>"));
    for tag in all.iter().filter(|t| t.local == "definedName" && t.form != Form::Closes) {
        if let Some(place) = tag.attribute("localSheetId").and_then(|n| n.trim().parse::<u32>().ok()) {
            edits.replace(tag.at.clone(), tag.with("localSheetId", &(place + 1).to_string()));
        }
    }
    Some(())
}

#[cfg(test)]
mod tests;
