//! Real PDF files, by several producers and broken in several ways, and what is read from each: `tests/files/pdf/x.pdf` beside `x.txt`.
//! `UPDATE=1` writes the texts anew. Scans are not handed to an engine here, so that the result is the same everywhere.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rekap::model::schema::Limits;
use rekap::model::{Findings, Grid};
use rekap::read::pdf;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/pdf");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "pdf"));
    files.sort();
    files
}

/// Grids row by row with their merged cells, then findings.
fn shown(path: &Path) -> String {
    let mut findings = Findings::default();
    let document = pdf::read(&mut findings, &fs::read(path).unwrap(), &Limits { file_mib: 8, ..Limits::default() });
    let mut out: String = document.iter().flat_map(|d| &d.grids).map(grid).collect();
    for finding in &findings.0 {
        let _ = writeln!(out, "{} {}", finding.code, finding.found);
    }
    out
}

fn grid(grid: &Grid) -> String {
    let (rows, columns) = grid.cells.iter().fold((0, 0), |(r, c), cell| (r.max(cell.row + 1), c.max(cell.col + 1)));
    let mut out = format!("== {}\n", grid.name);
    for row in 0..rows {
        let text = |col| grid.at(row, col).map_or_else(String::new, |cell| grid.shown(cell.value));
        let line: Vec<String> = (0..columns).map(text).collect();
        out.push_str(line.join(" | ").trim_end());
        out.push('\n');
    }
    for m in &grid.merges {
        let _ = writeln!(out, "merged {},{} to {},{}", m.top, m.left, m.bottom, m.right);
    }
    out
}

#[test]
fn every_file_is_read_as_the_text_beside_it_says() {
    let files = files();
    assert!(files.len() >= 12, "only {} files", files.len());
    let mut wrong = String::new();
    for path in files {
        let (got, beside) = (shown(&path), path.with_extension("txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&beside, &got).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if got != expected {
            let _ = writeln!(wrong, "{}:\n{got}instead of\n{expected}", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
