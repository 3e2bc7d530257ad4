//! How fast is a whole run, and how much memory does it take? `cargo bench` measures rekap on a folder of documents, and in the same run
//! three others that do less: calamine merely reading every cell, and two short Python programs that add up the voter tables.
//!
//! ```text
//! cargo bench                                  # three provinces made up on the spot
//! REKAP_BENCH=/path/to/inputs cargo bench      # your own folder of batches
//! cargo bench -- --pdf [FOLDER]                # pages of PDF a second, beside pdftotext and pdfplumber
//! ```
//!
//! `REKAP_BENCH_JOBS` sets the number of workers (default: all cores). The Python programs run where `python3` has their packages.

#![allow(
    clippy::expect_used,
    clippy::cast_precision_loss,
    reason = "a benchmark that cannot measure stops; its figures are rounded"
)]

mod cells;
mod corpus;
mod measure;
mod pages;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use measure::{Measured, measured};

/// One line of the table.
struct Runner {
    name: &'static str,
    does: &'static str,
    command: Command,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|a| a == "--cells") {
        return cells::main(&arguments[at + 1..]);
    }
    if let Some(at) = arguments.iter().position(|a| a == "--pdf-read") {
        return pages::read_all(&arguments[at + 1..]);
    }
    if let Some(at) = arguments.iter().position(|a| a == "--pdf") {
        let folder = arguments.get(at + 1).filter(|a| !a.starts_with('-')).map_or("inputs", String::as_str);
        return pages::compare(Path::new(folder));
    }
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let given = arguments.iter().skip(1).find(|a| !a.starts_with('-')).cloned().or_else(|| std::env::var("REKAP_BENCH").ok());
    let inputs = given.map_or_else(|| corpus::make(scratch.path()), PathBuf::from);
    let jobs = std::env::var("REKAP_BENCH_JOBS").ok().and_then(|n| n.parse().ok());
    let jobs: usize = jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    compare(&inputs, scratch.path(), jobs);
    ExitCode::SUCCESS
}

/// Runs everybody once after the files were read once, so that nobody pays for the disk.
fn compare(inputs: &Path, scratch: &Path, jobs: usize) {
    let files = cells::files(inputs);
    let bytes: usize = files.iter().filter_map(|f| std::fs::read(f).ok()).map(|b| b.len()).sum();
    println!("{} spreadsheets, {:.1} MB, {jobs} workers\n", files.len(), bytes as f64 / 1e6);
    let mut cells = None;
    let mut first = None;
    println!("{:<28} {:>9} {:>9} {:>9} {:>12}  {:>7}  what it does", "program", "wall s", "cpu s", "MiB", "cells/s", "× calam.");
    for runner in runners(inputs, scratch, jobs) {
        let name = runner.name;
        let Some(run) = measured(runner.command) else {
            println!("{name:<28} skipped: it cannot be started, or its packages are not installed");
            continue;
        };
        if name == "calamine" {
            cells = run.said.split_whitespace().next().and_then(|n| n.parse::<u64>().ok());
        }
        let base = *first.get_or_insert(run.seconds);
        println!("{}", line(name, runner.does, &run, cells, run.seconds / base));
    }
    println!("\ncells: what calamine counts as not empty; MiB: highest resident memory of all processes, added up.");
}

fn line(name: &str, does: &str, run: &Measured, cells: Option<u64>, ratio: f64) -> String {
    let text = |value: Option<f64>, digits: usize| value.map_or_else(|| "–".to_owned(), |v| format!("{v:.digits$}"));
    let speed = cells.map(|n| n as f64 / run.seconds);
    let (cpu, mib) = (text(run.cpu, 1), text(run.mib, 0));
    let said = run.said.trim();
    format!("{name:<28} {:>9.2} {cpu:>9} {mib:>9} {:>12}  {ratio:>7.2}  {does} [{said}]", run.seconds, text(speed, 0))
}

fn runners(inputs: &Path, scratch: &Path, jobs: usize) -> Vec<Runner> {
    let mut calamine = Command::new(std::env::current_exe().expect("this program"));
    calamine.arg("--cells").arg(inputs).arg(jobs.to_string());
    let mut rekap = Command::new(env!("CARGO_BIN_EXE_rekap"));
    rekap.current_dir(scratch).args(["--jobs", &jobs.to_string(), "--lang", "en", "--inputs"]).arg(absolute(inputs));
    rekap.arg("--outputs").arg(scratch.join("outputs"));
    let python = |reader: &str| {
        let mut command = Command::new("python3");
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/pipeline.py")).arg(reader).arg(inputs);
        command.arg(scratch.join("sums.csv"));
        command
    };
    vec![
        Runner { name: "calamine", does: "reads every cell", command: calamine },
        Runner { name: "rekap", does: "reads, checks, publishes", command: rekap },
        Runner { name: "python-calamine + polars", does: "sums voter tables, 1 process", command: python("calamine") },
        Runner { name: "openpyxl", does: "sums voter tables, 1 process", command: python("openpyxl") },
    ]
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
