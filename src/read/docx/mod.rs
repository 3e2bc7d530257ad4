//! Word documents: one grid of lines. A paragraph is a row with one cell, a table row is a row with its cells side by side; the
//! numbers that Word makes itself stand before their paragraphs, and a text box is lines of its own.

mod numbering;

use std::collections::BTreeMap;

use quick_xml::events::Event;

use self::numbering::{Listed, Numbering};
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
    let numbering = Numbering::read(&mut archive)?;
    lines(&text, numbering, name)
}

/// The lines of the main part.
fn lines(text: &str, numbering: Numbering, name: &str) -> Read<Document> {
    let mut body = Body {
        out: GridBuilder::new(name, Place::Lines),
        row: 0,
        col: 0,
        span: 1,
        upward: None,
        tall: BTreeMap::new(),
        tables: 0,
        paragraphs: Vec::new(),
        text: String::new(),
        outside: Vec::new(),
        numbering,
    };
    body.run(text)?;
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
    /// Open paragraphs; a text box of a paragraph within a table is text of that paragraph.
    paragraphs: Vec<Paragraph>,
    text: String,
    /// What stands around the open text boxes.
    outside: Vec<(Vec<Paragraph>, String)>,
    numbering: Numbering,
}

/// An open paragraph.
#[derive(Default)]
struct Paragraph {
    /// Where it begins in the text of its row or cell.
    start: usize,
    listed: Listed,
}

impl Body {
    fn run(&mut self, text: &str) -> Read<()> {
        let mut reader = xml::reader(text);
        let (mut in_text, mut complete) = (false, false);
        loop {
            let event = reader.read_event().map_err(Trouble::xml("word/document.xml"))?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "Fallback" | "del" | "moveFrom" | "pPrChange" | "tcPrChange" => {
                        reader.read_to_end(e.name()).map_err(Trouble::xml("word/document.xml"))?;
                    }
                    "t" => in_text = true,
                    "tbl" => self.tables += 1,
                    "tc" if self.tables == 1 => (self.span, self.upward) = (1, None),
                    "p" => self.open(),
                    "txbxContent" if self.tables == 0 => self.enter_box(),
                    name => self.mark(name, xml::attr(e, "val").as_deref()),
                },
                Event::Empty(e) if e.local_name().as_ref() == "p" => {
                    self.open();
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

    fn open(&mut self) {
        self.paragraphs.push(Paragraph { start: self.text.len(), listed: Listed::default() });
    }

    /// The lines of a text box come before the paragraph that it hangs on.
    fn enter_box(&mut self) {
        self.outside.push((std::mem::take(&mut self.paragraphs), std::mem::take(&mut self.text)));
    }

    /// Elements without content.
    fn mark(&mut self, name: &str, value: Option<&str>) {
        match name {
            "tab" if !self.paragraphs.is_empty() && value.is_none() => self.text.push('\t'),
            "br" | "cr" => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('-'),
            "gridSpan" if self.tables == 1 => {
                self.span = value.and_then(|v| v.parse().ok()).unwrap_or(1).clamp(1, COLUMNS);
            }
            "vMerge" if self.tables == 1 => self.upward = Some(value != Some("restart")),
            "pStyle" | "numId" | "ilvl" => {
                if let (Some(paragraph), Some(value)) = (self.paragraphs.last_mut(), value) {
                    paragraph.listed.learn(name, value);
                }
            }
            _ => (),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "txbxContent" => {
                if let Some((paragraphs, text)) = self.outside.pop_if(|_| self.tables == 0) {
                    (self.paragraphs, self.text) = (paragraphs, text);
                }
            }
            "tc" if self.tables == 1 => self.cell(),
            "tc" => self.text.push('\t'),
            "tr" if self.tables == 1 => {
                self.row += 1;
                self.col = 0;
            }
            "tr" => self.text.push('\n'),
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

    /// Puts the number before a paragraph of a list, as Word shows it, and ends its line.
    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if let Some(label) = self.numbering.next(&paragraph.listed) {
            self.text.insert_str(paragraph.start.min(self.text.len()), &label);
        }
        match (self.tables, self.paragraphs.len()) {
            (0, 0) => self.line(),
            _ => self.text.push('\n'),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> Vec<(u32, u16, String)> {
        let text = format!("<w:document><w:body>{body}</w:body></w:document>");
        let document = lines(&text, Numbering::default(), "SOP").unwrap();
        let grid = &document.grids[0];
        grid.cells.iter().map(|c| (c.row, c.col, grid.shown(c.value))).collect()
    }

    fn cells(expected: &[(u32, u16, &str)]) -> Vec<(u32, u16, String)> {
        expected.iter().map(|&(r, c, t)| (r, c, t.to_owned())).collect()
    }

    #[test]
    fn a_text_box_is_lines_and_tables_before_the_paragraph_it_hangs_on() {
        let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>NOMOR SOP</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1/I/2025</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let drawn =
            format!("<w:r><wps:txbx><w:txbxContent><w:p><w:r><w:t>Kop</w:t></w:r></w:p>{table}</w:txbxContent></wps:txbx></w:r>");
        let body = format!("<w:p><w:r><w:t>Judul </w:t></w:r>{drawn}<w:r><w:t>naskah</w:t></w:r></w:p>");
        assert_eq!(shown(&body), cells(&[(0, 0, "Kop"), (1, 0, "NOMOR SOP"), (1, 1, "1/I/2025"), (2, 0, "Judul naskah")]));
    }

    #[test]
    fn a_table_within_a_cell_is_text_of_that_cell() {
        let inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let body =
            format!("<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>");
        assert_eq!(shown(&body), cells(&[(0, 0, "a\n\tb"), (0, 1, "c")]));
    }
}
