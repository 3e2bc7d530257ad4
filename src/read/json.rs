//! What was read from a file, as `rekap read --json` prints it: the contract's form, before anyone knows what it means.

use serde_json::{Value, json};

use crate::model::document::{Cell, Document, Grid};
use crate::model::finding::Finding;
use crate::model::origin::Places;

/// A grid may have this many places per filled cell, and this many in any case, to be printed as a full rectangle.
const PLACES_PER_CELL: u64 = 16;
const PLACES_ALWAYS: u64 = 1 << 20;

/// `{"file","format","grids":[{"name","page","rows":[["text",…],…]}],"findings":[…]}`.
///
/// `rows` is the rectangle around all filled cells, blanks as empty texts. Where that rectangle is nearly all blank (cells at
/// A1 and XFD1048576), it is not printed: then each row with filled cells lists just these, left to right.
#[must_use]
pub fn as_json(file: &str, document: Option<&Document>, findings: &[Finding]) -> Value {
    let places = document.map(Document::places).unwrap_or_default();
    let grids: Vec<Value> = document.map_or(&[][..], |d| &d.grids).iter().map(grid).collect();
    let findings: Vec<Value> = findings.iter().map(|f| finding(f, &places)).collect();
    json!({ "file": file, "format": document.map_or("", |d| d.format.as_str()), "grids": grids, "findings": findings })
}

fn grid(grid: &Grid) -> Value {
    let rows = match grid.extent(0) {
        None => Vec::new(),
        Some(around) => {
            let (width, height) =
                (u64::from(around.to.col - around.from.col) + 1, u64::from(around.to.row - around.from.row) + 1);
            if width * height <= PLACES_ALWAYS.max(grid.cells.len() as u64 * PLACES_PER_CELL) {
                (around.from.row..=around.to.row).map(|row| full_row(grid, row, around.from.col, around.to.col)).collect()
            } else {
                grid.cells.chunk_by(|a, b| a.row == b.row).map(|row| texts(grid, row)).collect()
            }
        }
    };
    json!({ "name": grid.name, "page": grid.page, "rows": rows })
}

fn full_row(grid: &Grid, row: u32, left: u16, right: u16) -> Vec<String> {
    let mut texts = vec![String::new(); usize::from(right - left) + 1];
    for cell in grid.row(row) {
        texts[usize::from(cell.col - left)] = grid.shown(cell.value);
    }
    texts
}

fn texts(grid: &Grid, cells: &[Cell]) -> Vec<String> {
    cells.iter().map(|cell| grid.shown(cell.value)).collect()
}

fn finding(finding: &Finding, places: &Places) -> Value {
    json!({
        "code": finding.code,
        "locator": finding.span.map(|span| places.locator(span)).unwrap_or_default(),
        "found": finding.found,
        "expected": finding.expected,
        "message": finding.message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{GridBuilder, Value as Held};
    use crate::model::origin::Place;
    use crate::model::source::Format;

    fn printed(cells: &[(u32, u16)]) -> Value {
        let mut grid = GridBuilder::new("Rekap", Place::Sheet("Rekap".to_owned()));
        for &(row, col) in cells {
            grid.push(row, col, Held::Number(1.0));
        }
        let document = Document { format: Format::Xlsx, grids: vec![grid.finish()] };
        as_json("a.xlsx", Some(&document), &[])
    }

    #[test]
    fn rows_are_the_rectangle_around_the_filled_cells() {
        assert_eq!(
            printed(&[(4, 2), (6, 3)]),
            json!({"file": "a.xlsx", "format": "xlsx", "findings": [],
                   "grids": [{"name": "Rekap", "page": null, "rows": [["1", ""], ["", ""], ["", "1"]]}]})
        );
    }

    #[test]
    fn far_corners_do_not_explode() {
        assert_eq!(printed(&[(0, 0), (1_048_575, 16_383)])["grids"][0]["rows"], json!([["1"], ["1"]]));
    }

    #[test]
    fn a_refused_file_has_findings_alone() {
        let printed = as_json("a.xls", None, &[Finding::new("A01", "Berkas tidak dapat dibaca.")]);
        assert_eq!(printed["grids"], json!([]));
        assert_eq!(printed["findings"][0]["code"], "A01");
    }
}
