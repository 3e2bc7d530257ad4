//! Word documents: one grid of lines. A paragraph is a row with one cell, a table row is a row with its cells side by side.

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
                    "tc" if self.tables == 1 => self.span = 1,
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
            "gridSpan" if self.tables == 1 => self.span = value.and_then(|v| v.parse().ok()).unwrap_or(1).clamp(1, COLUMNS),
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
            "tbl" => self.tables = self.tables.saturating_sub(1),
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
        if right > self.col {
            self.out.grid().merges.push(Merge { top: self.row, left: self.col, bottom: self.row, right });
        }
        self.text.clear();
        self.col = (right + 1).min(COLUMNS);
    }
}
