//! Tests are documents: `tests/cases/<kind>/<sentence>.md` tells in prose what it is about, shows what offices sent as tables, and
//! ends with what must come out. Dropping a file adds a test; `UPDATE=1 cargo test` rewrites what comes out; `CASE=word` runs some.
//!
//! ```text
//! ## Batch 2025-10            starts a batch; a fence below it holds the [batch] keys of its rekap.toml. Without one: the province of its first folder
//! ## Document 62.01/PDPB.xlsx a file of the batch; each fence below it is a sheet of that name (`(hidden)` behind the name hides it)
//! Received: 2025-10-01T08:00:00+07:00
//! Content: csv                what the file really is, where its ending lies
//! ## Expected                 what comes out of the last batch
//! ```
//!
//! Cells of a sheet stand between `|`. `<` is merged with the cell to its left, `^` with the one above; `'1.234` is text, `=A1+B1 -> 5`
//! a formula with its stored result; `~` at the beginning of a line hides the row.

mod file;
mod parse;
mod print;
mod shown;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rekap::consolidate::{Consolidated, Entry, consolidate};
use rekap::kinds;
use rekap::model::{BatchConfig, Schemas};
use rekap::normalise::region::Regions;
use rekap::process::{Context, process};

use parse::{Batch, Case};

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| rekap::schemas::builtin().unwrap());
static REGIONS: LazyLock<Regions> = LazyLock::new(|| rekap::discover::regions(&SCHEMAS).unwrap());

/// Cases of nothing that belongs to one kind.
const OF_NO_KIND: &str = "batch";

/// Codes that only bytes can show; `src/read` and `tests/run` have their cases.
const OF_BYTES: [&str; 4] = ["A01", "A02", "A06", "A11"];

#[test]
fn every_case_holds() {
    let (update, only) = (std::env::var_os("UPDATE").is_some(), std::env::var("CASE").unwrap_or_default());
    let mut wrong = Vec::new();
    for path in cases().into_iter().filter(|p| p.to_string_lossy().contains(&only)) {
        let text = fs::read_to_string(&path).unwrap();
        let case = Case::parse(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let got = shown::shown(&run(&case));
        if update && case.expected.trim() != got.trim() {
            fs::write(&path, format!("{}## Expected\n\n{}\n", case.before, got.trim())).unwrap();
        } else if case.expected.trim() != got.trim() {
            wrong.push(format!("{}\n{}", path.display(), difference(&case.expected, &got)));
        }
    }
    let count = wrong.len();
    assert!(wrong.is_empty(), "{}\n{count} cases differ; UPDATE=1 rewrites them, then read the diff", wrong.join("\n"));
}

#[test]
fn every_code_has_a_case_that_fires_it_and_one_that_nearly_does() {
    let cases = cases();
    let mut missing = Vec::new();
    for code in codes_made().into_iter().filter(|c| !OF_BYTES.contains(&c.as_str())) {
        let [fires, near] = ["fires", "near_miss"].map(|how| {
            let start = format!("{}_{how}_", code.to_lowercase());
            let of: Vec<_> = cases.iter().filter(|p| stem(p).starts_with(&start)).collect();
            for path in &of {
                assert_eq!(expects(path, &code), how == "fires", "{}", path.display());
            }
            !of.is_empty()
        });
        if !(fires && near) {
            missing.push(code);
        }
    }
    assert!(missing.is_empty(), "write tests/cases/<kind>/<code>_fires_… and <code>_near_miss_… for {missing:?}");
}

#[test]
fn every_kind_has_its_schema_and_its_cases() {
    let mut named: Vec<&str> = kinds::ALL.iter().map(|k| k.name()).chain([OF_NO_KIND]).collect();
    named.sort_unstable();
    let mut folders: Vec<String> = fs::read_dir(root()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    assert_eq!(folders, named, "tests/cases/ has one folder for each kind of kinds::ALL and {OF_NO_KIND}/");
    for kind in kinds::ALL {
        assert!(SCHEMAS.kind(kind.name()).is_some(), "{} has no schemas/{0}.toml", kind.name());
        let folder = root().join(kind.name());
        assert!(cases().iter().any(|p| p.starts_with(&folder)), "{} has no case", folder.display());
    }
}

/// What comes out of the last batch, with the others as its history.
fn run(case: &Case) -> Consolidated {
    let mut history = None;
    let mut last = None;
    for batch in &case.batches {
        let (out, known) = consolidate(batch.config.clone(), entries(batch), history.as_ref(), &SCHEMAS, &REGIONS);
        (history, last) = (Some(known), Some(out));
    }
    last.unwrap()
}

fn entries(batch: &Batch) -> Vec<Entry> {
    let context = Context { schemas: &SCHEMAS, regions: &REGIONS, batch: &batch.config };
    let one = |document: &parse::Sent| {
        let source = document.source();
        Entry { outcome: process(&file::bytes(document), &source, &context), source }
    };
    batch.documents.iter().map(one).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn cases() -> Vec<PathBuf> {
    let folders = fs::read_dir(root()).unwrap().map(|e| e.unwrap().path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()));
    let mut cases: Vec<PathBuf> = files.filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    cases.sort();
    cases
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a case expects a finding of this code.
fn expects(path: &Path, code: &str) -> bool {
    let text = fs::read_to_string(path).unwrap();
    let found = text.split_once("```findings").map_or("", |(_, rest)| rest);
    found.lines().any(|line| line.starts_with(code))
}

/// The codes of `temuan.toml` that stand somewhere in the program.
fn codes_made() -> Vec<String> {
    let source: Vec<String> = crate::tidy::tree::sources().into_values().collect();
    let made = |code: &str| source.iter().any(|text| text.contains(&format!("\"{code}\"")));
    SCHEMAS.rules.iter().map(|r| r.code.clone()).filter(|code| made(code)).collect()
}

/// The lines that only one of two texts has, each as often as it has it more.
fn difference(expected: &str, got: &str) -> String {
    let mut balance: BTreeMap<&str, i32> = BTreeMap::new();
    expected.lines().for_each(|line| *balance.entry(line).or_default() -= 1);
    got.lines().for_each(|line| *balance.entry(line).or_default() += 1);
    let sided = |text: &str, sign: i32, mark: &str| -> Vec<String> {
        text.lines().filter(|line| balance[line].signum() == sign).map(|line| format!("  {mark} {line}")).collect()
    };
    [sided(expected, -1, "-"), sided(got, 1, "+")].concat().join("\n")
}

/// What a batch is expected to be where a case does not say.
fn ordinary() -> BatchConfig {
    BatchConfig { name: "2025-10".to_owned(), wilayah: "62".parse().ok(), ..BatchConfig::default() }
}
