//! The floor: calamine reads every cell of every spreadsheet, on as many threads, and does nothing with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use calamine::{Reader, open_workbook_auto};
use rayon::prelude::*;

/// Prints the number of cells that are not empty and of workbooks that could be read.
pub fn main(arguments: &[String]) -> ExitCode {
    let [folder, jobs] = arguments else { return ExitCode::FAILURE };
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(jobs.parse().unwrap_or(1)).build() else {
        return ExitCode::FAILURE;
    };
    let files = files(Path::new(folder));
    let counts: Vec<Option<u64>> = pool.install(|| files.par_iter().with_max_len(1).map(|file| cells(file)).collect());
    let (cells, books) = counts.iter().flatten().fold((0, 0), |(cells, books), n| (cells + n, books + 1));
    println!("{cells} cells in {books} workbooks");
    ExitCode::SUCCESS
}

/// All spreadsheets below a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let spreadsheet = |path: &PathBuf| path.extension().is_some_and(|e| SPREADSHEETS.iter().any(|ending| e == *ending));
    below(folder).into_iter().filter(spreadsheet).collect()
}

const SPREADSHEETS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// All files below a folder, sorted.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() { found.extend(below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn cells(file: &Path) -> Option<u64> {
    let mut book = open_workbook_auto(file).ok()?;
    let sheets = book.worksheets();
    Some(sheets.iter().map(|(_, range)| range.used_cells().count() as u64).sum())
}
