//! Word documents: one grid of lines. A paragraph is a row with one cell, a table row is a row with its cells side by side.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::archive::Archive;
use super::trouble::{Read, Trouble};
use super::xml;
use crate::model::document::{Document, GridBuilder, Merge};
use crate::model::origin::Place;
use crate::model::source::Format;

/// Widest table there can be.
const COLUMNS: u16 = 1_000;

/// Reads the body of the document. Deleted text, and the second drawing of a text box, are left out.
pub(super) fn read(mut archive: Archive<'_>, name: &str) -> Read<Document> {
    let text = archive.needed_xml("word/document.xml")?;
    let mut body = Body {
        out: GridBuilder::new(name, Place::Lines),
        row: 0,
        col: 0,
        span: 1,
        upward: None,
        tall: BTreeMap::new(),
        tables: 0,
        paragraphs: 0,
        text: String::new(),
    };
    body.run(&text)?;
    Ok(Document { format: Format::Docx, grids: vec![body.out.finish()] })
}

struct Body {
    out: GridBuilder,
    row: u32,
    col: u16,
    /// Columns that the open cell covers.
    span: u16,
    /// Whether the open cell goes on upward: `Some(false)` where a tall cell begins, `Some(true)` where it continues.
    upward: Option<bool>,
    /// The merged range that each column stands in, by its first column.
    tall: BTreeMap<u16, Merge>,
    /// Open tables; the cells of a table within a cell are text of that cell.
    tables: u32,
    /// Open paragraphs; a text box within a paragraph is text of that paragraph.
    paragraphs: u32,
    text: String,
}

impl Body {
    fn run(&mut self, text: &str) -> Read<()> {
        let mut reader = xml::reader(text);
        let (mut in_text, mut complete) = (false, false);
        loop {
            let event = reader.read_event().map_err(Trouble::xml("word/document.xml"))?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "Fallback" | "del" | "moveFrom" => {
                        reader.read_to_end(e.name()).map_err(Trouble::xml("word/document.xml"))?;
                    }
                    "t" => in_text = true,
                    "tbl" => self.tables += 1,
                    "tc" if self.tables == 1 => (self.span, self.upward) = (1, None),
                    "p" => self.paragraphs += 1,
                    name => self.mark(name, xml::attr(e, "val").as_deref()),
                },
                Event::Empty(e) if e.local_name().as_ref() == "p" => {
                    self.paragraphs += 1;
                    self.close("p");
                }
                Event::Empty(e) => self.mark(e.local_name().as_ref(), xml::attr(e, "val").as_deref()),
                Event::End(e) => match e.local_name().as_ref() {
                    "t" => in_text = false,
                    "body" => complete = true,
                    name => self.close(name),
                },
                Event::Eof if complete => return Ok(()),
                Event::Eof => return Err(Trouble::Damaged("isinya terpotong".to_owned())),
                event if in_text => xml::push_text(&mut self.text, event),
                _ => (),
            }
        }
    }

    /// Elements without content.
    fn mark(&mut self, name: &str, value: Option<&str>) {
        match name {
            "tab" if self.paragraphs > 0 && value.is_none() => self.text.push('\t'),
            "br" | "cr" => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('-'),
            "gridSpan" if self.tables == 1 => {
                self.span = value.and_then(|v| v.parse().ok()).unwrap_or(1).clamp(1, COLUMNS);
            }
            "vMerge" if self.tables == 1 => self.upward = Some(value != Some("restart")),
            _ => (),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                match (self.tables, self.paragraphs) {
                    (0, 0) => self.line(),
                    _ => self.text.push('\n'),
                }
            }
            "tc" if self.tables == 1 => self.cell(),
            "tc" => self.text.push('\t'),
            "tr" if self.tables == 1 => {
                self.row += 1;
                self.col = 0;
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    for merge in std::mem::take(&mut self.tall).into_values() {
                        self.merged(merge);
                    }
                }
            }
            _ => (),
        }
    }

    /// A paragraph outside tables.
    fn line(&mut self) {
        self.out.push_text(self.row, 0, self.text.trim());
        self.text.clear();
        self.row += 1;
    }

    fn cell(&mut self) {
        let right = self.col.saturating_add(self.span - 1).min(COLUMNS);
        self.out.push_text(self.row, self.col, self.text.trim());
        let here = Merge { top: self.row, left: self.col, bottom: self.row, right };
        let above = self.tall.remove(&self.col);
        let tall = match above {
            Some(above) if self.upward == Some(true) => Merge { bottom: self.row, ..above },
            above => {
                if let Some(merge) = above {
                    self.merged(merge);
                }
                here
            }
        };
        self.tall.insert(self.col, tall);
        self.text.clear();
        self.col = (right + 1).min(COLUMNS);
    }

    /// Keeps a range of more than one cell.
    fn merged(&mut self, merge: Merge) {
        if merge.bottom > merge.top || merge.right > merge.left {
            self.out.grid().merges.push(merge);
        }
    }
}
