//! The copy of an `OpenDocument` workbook: marked cells get a style of their own, made from the one they had, and a comment; the list becomes
//! the first sheet. Only `content.xml` changes, and in it only the marked cells.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::model::document::plain_number;
use crate::model::repair;

use super::package::Package;
use super::tags::{Edits, Form, Tag, escaped, tags, unescaped, with};
use super::{Fill, Marked};
use crate::publish::repairs::rows::{Kind, Row, Sheet, Text};

const CONTENT: &str = "content.xml";
/// Prefixes that every program writes; a file with others is left alone.
const PREFIXES: [&str; 4] = ["xmlns:office=", "xmlns:table=", "xmlns:text=", "xmlns:style="];
const FO: &str = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const REPEATED: &str = "table:number-columns-repeated";

/// The copy; `None` where the workbook is built in a way that nobody knows, and a list must do.
pub fn copy(bytes: &[u8], marked: &BTreeMap<String, Marked>, list: &Sheet) -> Option<Vec<u8>> {
    let mut package = Package::open(bytes)?;
    if package.text("META-INF/manifest.xml").is_some_and(|text| text.contains("encryption-data")) {
        return None;
    }
    let text = package.text(CONTENT)?;
    if !PREFIXES.iter().all(|prefix| text.contains(prefix)) {
        return None;
    }
    let content = Content::of(&text)?;
    let mut edits = Edits::default();
    let mut styles = Styles { content: &content, made: BTreeMap::new(), used: 0, xml: String::new() };
    let tables = content.tables()?;
    for (table, name) in &tables {
        if let Some(marked) = marked.get(name).filter(|_| !content.is_old_list(*table, name)) {
            Marking { content: &content, marked }.table(*table, &mut styles, &mut edits)?;
        }
    }
    put_list(&content, &tables, list, &mut edits)?;
    let end = content.all.iter().find(|t| t.local == "automatic-styles" && t.form == Form::Closes)?;
    // A copy that came back has the looks of its list.
    let looks = if text.contains("\"rekapJudul\"") { String::new() } else { looks() };
    edits.insert(end.at.start, std::mem::take(&mut styles.xml) + &looks);
    package.put(CONTENT, edits.apply(&text))?;
    package.finish()
}

/// The tags of the content, each with the one that closes it.
struct Content<'a> {
    text: &'a str,
    all: Vec<Tag<'a>>,
    /// Number of the closing tag; its own of an empty one.
    ends: Vec<usize>,
}

impl<'a> Content<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let all = tags(text)?;
        let mut ends: Vec<usize> = (0..all.len()).collect();
        let mut open = Vec::new();
        for (number, tag) in all.iter().enumerate() {
            match tag.form {
                Form::Opens => open.push(number),
                Form::Closes => ends[open.pop()?] = number,
                Form::Empty => {}
            }
        }
        Some(Self { text, all, ends })
    }

    /// The sheets with their names, in order.
    fn tables(&self) -> Option<Vec<(usize, String)>> {
        let book = self.all.iter().position(|t| t.local == "spreadsheet" && t.form == Form::Opens)?;
        let mut found = Vec::new();
        let mut at = book + 1;
        while at < self.ends[book] {
            let tag = &self.all[at];
            if tag.local == "table" && tag.form == Form::Opens {
                found.push((at, unescaped(tag.attribute("table:name")?)));
            }
            at = self.ends[at] + 1;
        }
        (!found.is_empty()).then_some(found)
    }

    fn range(&self, number: usize) -> Range<usize> {
        self.all[number].at.start..self.all[self.ends[number]].at.end
    }

    /// Whether a sheet is the list of an earlier copy, come back.
    fn is_old_list(&self, table: usize, name: &str) -> bool {
        name.starts_with(repair::SHEET) && self.text[self.range(table)].contains(repair::TITLE)
    }

    fn count(&self, number: usize, attribute: &str) -> Option<u32> {
        self.all[number].attribute(attribute).map_or(Some(1), |n| n.trim().parse().ok())
    }
}

/// Styles of marked cells.
struct Styles<'c> {
    content: &'c Content<'c>,
    made: BTreeMap<(String, Fill), String>,
    /// Number of the last one.
    used: usize,
    xml: String,
}

impl Styles<'_> {
    /// The name of a style that looks like another one, filled.
    fn filled(&mut self, base: &str, fill: Fill) -> String {
        let key = (base.to_owned(), fill);
        if let Some(name) = self.made.get(&key) {
            return name.clone();
        }
        let free = |n: &usize| !self.content.text.contains(&format!("\"rekap{n}\""));
        let number = (self.used + 1..=usize::MAX).find(free).unwrap_or_default();
        self.used = number;
        let name = format!("rekap{number}");
        let xml = self.made_from(base, &name, &format!("#{}", &fill.colour()[2..]));
        self.xml.push_str(&xml);
        self.made.insert(key, name.clone());
        name
    }

    fn made_from(&self, base: &str, name: &str, colour: &str) -> String {
        let content = self.content;
        let is_base = |t: &Tag<'_>| {
            t.local == "style"
                && t.form != Form::Closes
                && t.attribute("style:family") == Some("table-cell")
                && t.attribute("style:name") == Some(base)
        };
        let background = format!("<style:table-cell-properties fo:background-color=\"{colour}\"/>");
        let Some(at) = content.all.iter().position(is_base) else {
            let parent = if base.is_empty() { String::new() } else { format!(" style:parent-style-name=\"{base}\"") };
            return format!(
                "<style:style xmlns:fo=\"{FO}\" style:name=\"{name}\" style:family=\"table-cell\"{parent}>{background}</style:style>"
            );
        };
        let (tag, end) = (&content.all[at], content.ends[at]);
        let open = with(&tag.with("style:name", name), "xmlns:fo", FO);
        if tag.form == Form::Empty {
            let open = open.trim_end_matches('>').trim_end_matches('/').trim_end().to_owned();
            return format!("{open}>{background}</{}style>", tag.prefix());
        }
        let inner = tag.at.end..content.all[end].at.start;
        let mut own = Edits::default();
        let shift = |at: &Range<usize>| at.start - inner.start..at.end - inner.start;
        match content.all[at + 1..end].iter().find(|t| t.local == "table-cell-properties" && t.form != Form::Closes) {
            Some(properties) => own.replace(shift(&properties.at), properties.with("fo:background-color", colour)),
            None => own.insert(0, background),
        }
        format!("{open}{}{}", own.apply(&content.text[inner.clone()]), content.all[end].raw)
    }
}

/// Marks the cells of one sheet.
struct Marking<'c> {
    content: &'c Content<'c>,
    marked: &'c Marked,
}

impl Marking<'_> {
    fn table(&self, table: usize, styles: &mut Styles<'_>, edits: &mut Edits) -> Option<()> {
        let content = self.content;
        let (mut row, mut at) = (0_u32, table + 1);
        let mut columns: Vec<(u32, &str)> = Vec::new();
        while at < content.ends[table] {
            let tag = &content.all[at];
            match (tag.local, tag.form) {
                (_, Form::Closes) => {}
                ("table", _) => return None, // a table inside a table
                ("table-column", _) => {
                    let before = columns.last().map_or(0, |c| c.0);
                    let style = tag.attribute("table:default-cell-style-name").unwrap_or_default();
                    columns.push((before.saturating_add(content.count(at, REPEATED)?), style));
                }
                ("table-row", _) => {
                    let count = content.count(at, "table:number-rows-repeated")?;
                    if count == 1 && tag.form == Form::Opens && self.marked.fills.range((row, 0)..(row + 1, 0)).next().is_some() {
                        self.row(at, row, &columns, styles, edits)?;
                    }
                    row = row.checked_add(count)?;
                    at = content.ends[at];
                }
                ("shapes" | "forms", _) => at = content.ends[at],
                _ => {}
            }
            at += 1;
        }
        Some(())
    }

    fn row(&self, at: usize, row: u32, columns: &[(u32, &str)], styles: &mut Styles<'_>, edits: &mut Edits) -> Option<()> {
        let content = self.content;
        let own = content.all[at].attribute("table:default-cell-style-name");
        let (mut col, mut cell) = (0_u32, at + 1);
        while cell < content.ends[at] {
            let count = content.count(cell, REPEATED)?;
            let next = col.checked_add(count)?;
            let inside = |c: &u16| (col..next).contains(&u32::from(*c));
            let targets: Vec<u16> =
                self.marked.fills.range((row, 0)..(row + 1, 0)).map(|(&(_, c), _)| c).filter(inside).collect();
            if content.all[cell].local == "table-cell" && !targets.is_empty() {
                let mut new = String::new();
                let mut done = col;
                for target in targets {
                    let default = || columns.iter().find(|(end, _)| u32::from(target) < *end).map_or("", |(_, style)| style);
                    let base = content.all[cell].attribute("table:style-name").or(own).unwrap_or_else(default);
                    let fill = *self.marked.fills.get(&(row, target))?;
                    let style = styles.filled(base, fill);
                    new.push_str(&self.run(cell, u32::from(target) - done));
                    new.push_str(&self.cell(cell, &style, self.marked.notes.get(&(row, target)).map(String::as_str)));
                    done = u32::from(target) + 1;
                }
                new.push_str(&self.run(cell, next - done));
                edits.replace(content.range(cell), new);
            }
            (col, cell) = (next, content.ends[cell] + 1);
        }
        Some(())
    }

    /// So many of the cells that stand for each other, as they were.
    fn run(&self, cell: usize, count: u32) -> String {
        if count == 0 {
            return String::new();
        }
        let (tag, range) = (&self.content.all[cell], self.content.range(cell));
        let open = if tag.attribute(REPEATED).is_some() { tag.with(REPEATED, &count.to_string()) } else { tag.raw.to_owned() };
        open + &self.content.text[tag.at.end..range.end]
    }

    /// One of them, marked.
    fn cell(&self, cell: usize, style: &str, note: Option<&str>) -> String {
        let content = self.content;
        let (tag, end) = (&content.all[cell], content.ends[cell]);
        let open = tag.with("table:style-name", style);
        let open = if tag.attribute(REPEATED).is_some() { with(&open, REPEATED, "1") } else { open };
        let mut said = String::new();
        for line in note.map(|note| format!("[rekap] {note}")).iter().flat_map(|note| note.lines()) {
            let _ = write!(said, "<text:p>{}</text:p>", escaped(line));
        }
        let comment = if said.is_empty() { said.clone() } else { format!("<office:annotation>{said}</office:annotation>") };
        if tag.form == Form::Empty {
            let open = open.trim_end_matches('>').trim_end_matches('/').trim_end();
            return format!("{open}>{comment}</{}table-cell>", tag.prefix());
        }
        let (from, to) = (tag.at.end, content.all[end].at.end);
        let inner = content.all[cell + 1..end].iter();
        match inner.rev().find(|t| t.local == "annotation" && t.form == Form::Closes).filter(|_| !said.is_empty()) {
            // A cell has one comment: ours goes below the sender's.
            Some(close) => format!("{open}{}{said}{}", &content.text[from..close.at.start], &content.text[close.at.start..to]),
            None => format!("{open}{comment}{}", &content.text[from..to]),
        }
    }
}

/// Puts the list before all sheets, or into the place of the one that came back.
fn put_list(content: &Content<'_>, tables: &[(usize, String)], list: &Sheet, edits: &mut Edits) -> Option<()> {
    if let Some((old, name)) = tables.iter().find(|(table, name)| content.is_old_list(*table, name)) {
        edits.replace(content.range(*old), sheet(name, list));
        return Some(());
    }
    let taken = |name: &str| tables.iter().any(|(_, n)| n.eq_ignore_ascii_case(name));
    let name = (1..=u32::MAX)
        .map(|n| if n == 1 { repair::SHEET.to_owned() } else { format!("{} {n}", repair::SHEET) })
        .find(|name| !taken(name))?;
    edits.insert(content.all[tables.first()?.0].at.start, sheet(&name, list));
    Some(())
}

fn sheet(name: &str, list: &Sheet) -> String {
    let mut xml = format!("<table:table xmlns:xlink=\"{XLINK}\" table:name=\"{}\">", escaped(name));
    for (col, width) in Sheet::WIDTHS.iter().enumerate() {
        let hidden = if *width == 0.0 { " table:visibility=\"collapse\"" } else { "" };
        let _ = write!(xml, "<table:table-column table:style-name=\"rekapKolom{col}\"{hidden}/>");
    }
    for row in &list.rows {
        xml.push_str("<table:table-row>");
        row.cells.iter().for_each(|text| xml.push_str(&listed(row, text)));
        xml.push_str("</table:table-row>");
    }
    xml + "</table:table>"
}

fn listed(row: &Row, text: &Text) -> String {
    let style = match row.kind {
        Kind::Title => "rekapJudul",
        Kind::Line => "rekapBaris",
        Kind::Head => "rekapKepala",
        Kind::Item | Kind::Past => "rekapIsi",
    };
    let cell = |kind: &str, inner: &str| {
        format!("<table:table-cell table:style-name=\"{style}\"{kind}><text:p>{inner}</text:p></table:table-cell>")
    };
    let string = " office:value-type=\"string\"";
    match text {
        Text::Number(n) => {
            let n = plain_number(*n);
            cell(&format!(" office:value-type=\"float\" office:value=\"{n}\""), &n)
        }
        Text::Words(words) if words.is_empty() => format!("<table:table-cell table:style-name=\"{style}\"/>"),
        Text::Words(words) => cell(string, &escaped(words)),
        Text::Link { words, target } => {
            let (sheet, at) = target.rsplit_once('!').unwrap_or(("", target));
            let link =
                format!("<text:a xlink:type=\"simple\" xlink:href=\"#{}.{at}\">{}</text:a>", escaped(sheet), escaped(words));
            cell(string, &link)
        }
    }
}

/// Styles of the list.
fn looks() -> String {
    let mut xml = String::new();
    for (col, width) in Sheet::WIDTHS.iter().enumerate() {
        let width = if *width == 0.0 { 2.0 } else { width * 0.21 };
        let _ = write!(
            xml,
            "<style:style style:name=\"rekapKolom{col}\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"{width:.2}cm\"/></style:style>"
        );
    }
    let frame = "fo:border=\"0.5pt solid #bfbfbf\" fo:wrap-option=\"wrap\" style:vertical-align=\"top\"";
    for (name, cell, letters) in [
        ("rekapJudul", "", "fo:font-weight=\"bold\" fo:font-size=\"14pt\""),
        ("rekapBaris", "", ""),
        ("rekapKepala", &format!("{frame} fo:background-color=\"#fff2a8\"") as &str, "fo:font-weight=\"bold\""),
        ("rekapIsi", frame, ""),
    ] {
        let _ = write!(
            xml,
            "<style:style xmlns:fo=\"{FO}\" style:name=\"{name}\" style:family=\"table-cell\"><style:table-cell-properties {cell}/><style:text-properties {letters}/></style:style>"
        );
    }
    xml
}

#[cfg(test)]
mod tests;
