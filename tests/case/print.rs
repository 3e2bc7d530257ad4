//! A document of a case → a PDF: each sheet a page, a row of one cell a line of text, other rows ruled cells.

use std::fmt::Write as _;

use super::parse::{Sent, Sheet};

/// A4 lying, in points.
const PAGE: (usize, usize) = (842, 595);
const MARGIN: usize = 40;
const LINE: usize = 14;

pub fn bytes(document: &Sent) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    let kids: Vec<String> = (0..document.sheets.len()).map(|i| format!("{} 0 R", 4 + 2 * i)).collect();
    let _ = writeln!(out, "2 0 obj<</Type/Pages/Kids[{}]/Count {}>>endobj", kids.join(" "), kids.len());
    out.push_str("3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n");
    for (i, sheet) in document.sheets.iter().enumerate() {
        let (page, stream, content) = (4 + 2 * i, 5 + 2 * i, content(sheet));
        let (width, height) = PAGE;
        let size = format!("/MediaBox[0 0 {width} {height}]/Resources<</Font<</F 3 0 R>>>>");
        let _ = writeln!(out, "{page} 0 obj<</Type/Page/Parent 2 0 R{size}/Contents {stream} 0 R>>endobj");
        let _ = writeln!(out, "{stream} 0 obj<</Length {}>>stream\n{content}\nendstream endobj", content.len());
    }
    out.push_str("trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n");
    out.into_bytes()
}

fn content(sheet: &Sheet) -> String {
    let mut out = String::new();
    let columns = sheet.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(1);
    let width = (PAGE.0 - 2 * MARGIN) / columns;
    for ((_, cells), row) in sheet.rows.iter().zip(1..) {
        let low = PAGE.1 - MARGIN - row * LINE;
        for (cell, column) in cells.iter().zip(0..) {
            let left = MARGIN + column * width;
            if cells.len() > 1 {
                let _ = writeln!(out, "{left} {low} {width} {LINE} re S");
            }
            let _ = writeln!(out, "BT /F 8 Tf {} {} Td ({cell}) Tj ET", left + 3, low + 4);
        }
    }
    out
}
