//! A document of a case → the bytes an office would have sent.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::parse::{Sent, Sheet};
use super::print;

pub fn bytes(document: &Sent) -> Vec<u8> {
    match document.content.as_str() {
        "csv" => delimited(document).into_bytes(),
        "txt" | "md" => running(document).into_bytes(),
        "pdf" => print::bytes(document),
        "xlsx" => without_empty_results(&workbook(document).unwrap_or_else(|e| panic!("{}: {e}", document.path))),
        other => panic!("{}: a case is xlsx, pdf, csv or txt, not {other}; say what it holds with Content:", document.path),
    }
}

fn running(document: &Sent) -> String {
    let rows = document.sheets.iter().flat_map(|s| &s.rows);
    rows.map(|(_, cells)| cells.join("\t") + "\n").collect()
}

fn delimited(document: &Sent) -> String {
    let quoted = |cell: &String| if cell.contains(',') { format!("\"{cell}\"") } else { cell.clone() };
    let rows = document.sheets.iter().flat_map(|s| &s.rows);
    rows.map(|(_, cells)| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n").collect()
}

fn workbook(document: &Sent) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for sheet in &document.sheets {
        let page = workbook.add_worksheet();
        page.set_name(&sheet.name)?.set_hidden(sheet.hidden).set_formula_result_default("");
        fill(page, sheet)?;
    }
    workbook.save_to_buffer()
}

/// The workbook as a program that does not calculate writes it: the writer leaves `<v></v>` where a formula has no result.
fn without_empty_results(bytes: &[u8]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..from.len() {
        let mut part = from.by_index(number).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        to.start_file(part.name().unwrap(), SimpleFileOptions::default()).unwrap();
        to.write_all(text.replace("<v></v>", "").as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    for ((hidden, cells), row) in sheet.rows.iter().zip(0_u32..) {
        for (text, col) in cells.iter().zip(0_u16..).filter(|(text, _)| !["", "<", "^"].contains(&text.as_str())) {
            let (down, right) = reach(sheet, row, col);
            if (down, right) != (row, col) {
                page.merge_range(row, col, down, right, "", &Format::new())?;
            }
            write(page, row, col, text)?;
        }
        if *hidden {
            page.set_row_hidden(row)?;
        }
    }
    Ok(())
}

/// The last row and column that a cell is merged with.
fn reach(sheet: &Sheet, row: u32, col: u16) -> (u32, u16) {
    let is = |row: u32, col: u16, mark: &str| {
        sheet.rows.get(row as usize).and_then(|(_, cells)| cells.get(usize::from(col))).is_some_and(|cell| cell == mark)
    };
    let right = (col + 1..u16::MAX).find(|&c| !is(row, c, "<")).unwrap_or(col + 1) - 1;
    let down = (row + 1..u32::MAX).find(|&r| !is(r, col, "^")).unwrap_or(row + 1) - 1;
    (down, right)
}

fn write(page: &mut Worksheet, row: u32, col: u16, text: &str) -> Result<(), XlsxError> {
    if let Some(text) = text.strip_prefix('\'') {
        page.write_string(row, col, text)?;
    } else if let Some((formula, result)) = text.strip_prefix('=').and_then(|t| t.split_once("->")) {
        let (formula, result) = (Formula::new(formula.trim()), result.trim());
        page.write_formula(row, col, if result.is_empty() { formula } else { formula.set_result(result) })?;
    } else if text.starts_with('#') && text.ends_with(['!', '?', 'A']) {
        page.write_formula(row, col, Formula::new(text).set_result(text))?;
    } else if let Ok(number) = text.parse::<f64>() {
        page.write_number(row, col, number)?;
    } else {
        page.write_string(row, col, text)?;
    }
    Ok(())
}
