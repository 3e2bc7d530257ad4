//! The manual says what the program does: every code with its words, every sheet, every file of the results, every command.

use std::fs;
use std::path::Path;

use calamine::{Reader, Xlsx};

use super::{Desk, tree};

fn manual() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("PANDUAN.md")).unwrap()
}

#[test]
fn the_manual_lists_every_code_as_the_program_explains_it() {
    let manual = manual();
    for line in Desk::new().rekap(&["explain"]).out().lines() {
        let (code, rest) = line.split_once(' ').unwrap();
        let (severity, title) = rest.trim().split_once(' ').unwrap();
        let row = format!("| {code} | {severity} | {} |", title.trim());
        assert!(manual.lines().any(|l| l == row), "PANDUAN.md lacks the line {row}");
    }
}

#[test]
fn the_manual_names_every_sheet_and_every_file() {
    let manual = manual();
    let desk = Desk::with_batch("2025-10");
    desk.rekap(&["bukti", "2025-10"]);
    let outputs = desk.path("outputs/2025-10");
    for (path, bytes) in tree(&outputs) {
        let first = path.iter().next().unwrap().to_str().unwrap();
        assert!(manual.contains(first), "PANDUAN.md does not name {first}");
        let workbook = path.components().count() == 1 && path.extension().is_some_and(|e| e == "xlsx");
        let sheets = if workbook { Xlsx::new(std::io::Cursor::new(bytes)).unwrap().sheet_names() } else { Vec::new() };
        for sheet in sheets.iter().filter(|s| !s.starts_with("Kab.") && !s.starts_with("Kota ")) {
            assert!(manual.contains(sheet.as_str()), "PANDUAN.md does not name the sheet {sheet} of {first}");
        }
    }
}

#[test]
fn the_manual_names_every_command() {
    let manual = manual();
    for command in ["rekap read", "rekap trace", "rekap explain", "rekap bukti", "rekap verify"] {
        assert!(manual.contains(command), "PANDUAN.md does not name {command}");
    }
}
