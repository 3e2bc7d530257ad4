//! What the cell formats of an xlsx workbook show.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::super::trouble::{Read, Trouble};
use super::super::xml;
use super::number_format::{self, Shows};

/// For each cell format (`s` of a cell), what it shows.
#[derive(Default)]
pub(super) struct Styles(Vec<Shows>);

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(part: &str) -> Read<Self> {
        let mut reader = xml::reader(part);
        let mut written_out = HashMap::new();
        let mut styles = Vec::new();
        let mut in_cell_formats = false;
        loop {
            match reader.read_event().map_err(Trouble::xml("styles"))? {
                Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                    "cellXfs" => in_cell_formats = true,
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (number(&e, "numFmtId"), xml::attr(&e, "formatCode")) {
                            written_out.insert(id, number_format::format_code(&code));
                        }
                    }
                    "xf" if in_cell_formats => {
                        let id = number(&e, "numFmtId").unwrap_or(0);
                        styles.push(written_out.get(&id).copied().unwrap_or(number_format::builtin(id)));
                    }
                    _ => (),
                },
                Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cell_formats = false,
                Event::Eof => return Ok(Self(styles)),
                _ => (),
            }
        }
    }

    /// What cells of this format show.
    pub(super) fn shows(&self, style: usize) -> Shows {
        self.0.get(style).copied().unwrap_or_default()
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    xml::attr(element, name)?.trim().parse().ok()
}
