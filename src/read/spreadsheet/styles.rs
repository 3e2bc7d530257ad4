//! Which cell formats of an xlsx workbook show dates.

use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};

use super::super::trouble::{Read, Trouble};
use super::super::xml;
use super::dates;

/// For each cell format (`s` of a cell), whether it shows a date or a time.
#[derive(Default)]
pub(super) struct Styles(Vec<bool>);

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(part: &str) -> Read<Self> {
        let mut reader = xml::reader(part);
        let mut dated = HashSet::new();
        let mut plain = HashSet::new();
        let mut styles = Vec::new();
        let mut in_cell_formats = false;
        loop {
            match reader.read_event().map_err(Trouble::xml("styles"))? {
                Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                    "cellXfs" => in_cell_formats = true,
                    "numFmt" => {
                        let shown = xml::attr(&e, "formatCode").is_some_and(|code| dates::format_code(&code));
                        if let Some(id) = number(&e, "numFmtId") {
                            if shown { dated.insert(id) } else { plain.insert(id) };
                        }
                    }
                    "xf" if in_cell_formats => {
                        let id = number(&e, "numFmtId").unwrap_or(0);
                        styles.push(dated.contains(&id) || dates::builtin(id) && !plain.contains(&id));
                    }
                    _ => (),
                },
                Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cell_formats = false,
                Event::Eof => return Ok(Self(styles)),
                _ => (),
            }
        }
    }

    /// Whether cells of this format show dates.
    pub(super) fn dated(&self, style: usize) -> bool {
        self.0.get(style).copied().unwrap_or(false)
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    xml::attr(element, name)?.trim().parse().ok()
}
