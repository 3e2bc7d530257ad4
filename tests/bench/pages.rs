//! How many pages of PDF a second: rekap's reader, `pdftotext -bbox-layout`, and pdfplumber's tables, on the same files in one run.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use rekap::model::Findings;
use rekap::model::schema::Limits;
use rekap::read::pdf;

use crate::cells;
use crate::measure::measured;

/// How often each file is read, so that starting a process does not count for more than reading.
const ROUNDS: usize = 20;

/// pdfplumber on the files named after it.
const PLUMBER: &str = "import sys, pdfplumber\nn = 0\nfor f in sys.argv[1:]:\n    try:\n        with pdfplumber.open(f) as d:\n            for p in d.pages: p.extract_tables(); n += 1\n    except Exception: pass\nprint(n)";

/// Compares the readers on the PDF files of a folder.
pub fn compare(folder: &Path) -> ExitCode {
    let files: Vec<PathBuf> = cells::below(folder).into_iter().filter(|f| f.extension().is_some_and(|e| e == "pdf")).collect();
    let many: Vec<&PathBuf> = std::iter::repeat_n(&files, ROUNDS).flatten().collect();
    let pages = many.iter().map(|f| read(f)).sum::<usize>() as f64;
    println!("{} files, {pages} pages (each file {ROUNDS} times)\n", files.len());
    println!("{:<24} {:>9} {:>9} {:>9}", "program", "wall s", "cpu s", "pages/s");
    let mut own = Command::new(std::env::current_exe().expect("this program"));
    own.arg("--pdf-read").args(&many);
    let mut plumber = Command::new("python3");
    plumber.args(["-c", PLUMBER]).args(&many);
    let mut text = Command::new("sh");
    text.args(["-c", "for f; do pdftotext -bbox-layout \"$f\" - >/dev/null 2>&1; done; echo read", "sh"]).args(&many);
    for (name, command) in [("rekap", own), ("pdftotext -bbox-layout", text), ("pdfplumber", plumber)] {
        match measured(command) {
            Some(m) => {
                let cpu = m.cpu.map_or_else(|| "?".into(), |c| format!("{c:.2}"));
                println!("{name:<24} {:>9.2} {cpu:>9} {:>9.0}", m.seconds, pages / m.seconds);
            }
            None => println!("{name:<24} skipped: it cannot be started, or its packages are not installed"),
        }
    }
    ExitCode::SUCCESS
}

/// Reads the files and prints how many pages they have.
pub fn read_all(files: &[String]) -> ExitCode {
    println!("{}", files.iter().map(|f| read(Path::new(f))).sum::<usize>());
    ExitCode::SUCCESS
}

/// Pages with a grid of one file.
fn read(file: &Path) -> usize {
    let bytes = std::fs::read(file).unwrap_or_default();
    let document = pdf::read(&mut Findings::default(), &bytes, &Limits::default());
    let pages = document.iter().flat_map(|d| &d.grids).filter_map(|g| g.page).max();
    pages.map_or(0, usize::from)
}
