//! A sheet with some of its cells filled. No value, formula or other attribute of it changes.

use std::collections::BTreeMap;

use super::styles::{Fill, Styles};
use super::tags::{Edits, Form, Tag, tags};

/// What may not stand before the drawing of the comments.
const AFTER_COMMENTS: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "AlternateContent",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// Namespace of relations, for attributes.
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The id of the relation to the sheet's old drawing of comments; the outer `None` where the part cannot be read.
#[expect(clippy::option_option, reason = "no relation, and no sheet that can be read, are two answers")]
pub fn legacy_drawing(text: &str) -> Option<Option<String>> {
    let tags = tags(text)?;
    let found = tags.iter().find(|t| t.local == "legacyDrawing" && t.form != Form::Closes);
    Some(found.and_then(|t| t.local_attribute("id")).map(str::to_owned))
}

/// Whether the sheet is selected, and would be edited together with any other that is.
pub fn is_selected(text: &str) -> bool {
    tags(text).is_some_and(|tags| tags.iter().any(selects))
}

fn selects(tag: &Tag<'_>) -> bool {
    tag.local == "sheetView" && tag.attribute("tabSelected").is_some_and(|on| matches!(on.trim(), "1" | "true"))
}

/// The sheet with cells filled, no longer selected, and related to a new drawing of comments if `drawing` is its relation's id.
pub fn filled(
    text: &str,
    cells: &BTreeMap<(u32, u16), Fill>,
    styles: &mut Styles<'_>,
    mut drawing: Option<&str>,
) -> Option<String> {
    let tags = tags(text)?;
    let mut edits = Edits::default();
    let mut place = Place::default();
    let mut inside = 0_u32;
    for tag in &tags {
        match (tag.local, tag.form) {
            ("row", Form::Opens | Form::Empty) => place.row(tag),
            ("c", Form::Opens | Form::Empty) => {
                if let Some(&fill) = cells.get(&place.cell(tag)) {
                    let format = tag.attribute("s").and_then(|s| s.trim().parse().ok()).unwrap_or(0);
                    edits.replace(tag.at.clone(), tag.with("s", &styles.marked(format, fill).to_string()));
                }
            }
            ("sheetView", Form::Opens | Form::Empty) if selects(tag) => {
                edits.replace(tag.at.clone(), tag.with("tabSelected", "0"));
            }
            _ => {}
        }
        let last = AFTER_COMMENTS.contains(&tag.local) || tag.local == "worksheet";
        if let Some(id) = drawing.take_if(|_| last && inside == 1) {
            let p = tags[0].prefix();
            edits.insert(tag.at.start, format!("<{p}legacyDrawing xmlns:r=\"{RELATIONS}\" r:id=\"{id}\"/>"));
        }
        match tag.form {
            Form::Opens => inside += 1,
            Form::Closes => inside = inside.saturating_sub(1),
            Form::Empty => {}
        }
    }
    Some(edits.apply(text))
}

/// Where the next cell stands; some programs leave addresses out.
#[derive(Default)]
struct Place {
    row: u32,
    next_row: u32,
    next_col: u16,
}

impl Place {
    fn row(&mut self, tag: &Tag<'_>) {
        self.row = tag.attribute("r").and_then(|r| r.trim().parse::<u32>().ok()).map_or(self.next_row, |r| r.saturating_sub(1));
        (self.next_row, self.next_col) = (self.row + 1, 0);
    }

    fn cell(&mut self, tag: &Tag<'_>) -> (u32, u16) {
        let (row, col) = tag.attribute("r").and_then(address).unwrap_or((self.row, self.next_col));
        self.next_col = col.saturating_add(1);
        (row, col)
    }
}

/// `B12` → row 11, column 1.
pub fn address(text: &str) -> Option<(u32, u16)> {
    let text = text.trim();
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let col = text[..letters]
        .bytes()
        .try_fold(0_u32, |n, b| n.checked_mul(26)?.checked_add(u32::from(b.to_ascii_uppercase() - b'A') + 1))?;
    let row: u32 = text[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, u16::try_from(col.checked_sub(1)?).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: &str = "<styleSheet><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf/></cellXfs></styleSheet>";

    #[test]
    fn cells_are_filled_wherever_they_say_they_stand() {
        let text = "<worksheet><sheetViews><sheetView tabSelected=\"1\"/></sheetViews><sheetData><row r=\"3\"><c r=\"B3\" t=\"s\"><v>4</v></c>\
            <c><v>5</v></c></row><row><c s=\"0\"><f>B3+C3</f><v>9</v></c></row></sheetData><pageMargins/><tableParts/></worksheet>";
        let cells = [((2, 2), Fill::Blamed), ((3, 0), Fill::Misfit), ((9, 9), Fill::Misfit)].into_iter().collect();
        let mut styles = Styles::read(STYLES).unwrap();
        let filled = filled(text, &cells, &mut styles, Some("rIdx")).unwrap();
        assert!(filled.contains("<c r=\"B3\" t=\"s\"><v>4</v></c><c s=\"1\"><v>5</v></c></row><row><c s=\"2\"><f>"), "{filled}");
        let drawing = format!("<pageMargins/><legacyDrawing xmlns:r=\"{RELATIONS}\" r:id=\"rIdx\"/><tableParts/></worksheet>");
        assert!(filled.ends_with(&drawing) && filled.contains("tabSelected=\"0\""), "{filled}");
    }

    #[test]
    fn a_sheet_that_is_not_selected_stays_as_it_is() {
        let sheet =
            |on: &str| format!("<worksheet><sheetViews><sheetView tabSelected=\"{on}\"/></sheetViews><sheetData/></worksheet>");
        assert_eq!(["1", "true", "0", "false"].map(|on| is_selected(&sheet(on))), [true, true, false, false]);
    }
}
