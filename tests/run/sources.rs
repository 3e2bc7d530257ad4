//! Every number of every workbook leads to what is printed: all cells resolve, and five hundred of them are read again from the documents.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use rekap::publish::trace::{SourceCell, Tracer};
use serde_json::Value;

use super::Desk;

/// Addresses of all cells of a workbook that hold a number.
fn numbers(file: &Path) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook(file).unwrap();
    let mut all = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, value) in range.used_cells().filter(|(.., v)| matches!(v, Data::Float(_) | Data::Int(_))) {
            let letters = rekap::model::origin::letters(u16::try_from(left as usize + col).unwrap());
            assert!(!matches!(value, Data::Error(_)));
            all.push(format!("{}!{letters}{}", rekap::model::origin::quoted(&name), top as usize + row + 1));
        }
    }
    all
}

/// Documents as `rekap read` shows them, read once each.
struct Papers<'a> {
    desk: &'a Desk,
    inputs: &'a str,
    read: BTreeMap<String, Value>,
}

impl Papers<'_> {
    /// Whether the text stands where the source says.
    fn holds(&mut self, source: &SourceCell) -> bool {
        let path = format!("{}/{}/{}", self.inputs, source.batch, source.document);
        let document = self.read.entry(path.clone()).or_insert_with(|| self.desk.rekap(&["read", &path, "--json"]).json());
        let grids = document["grids"].as_array().unwrap();
        let is_raw = |cell: &Value| cell.as_str().is_some_and(|text| text == source.raw);
        let (sheet, cell) = source.locator.rsplit_once('!').unwrap_or(("", &source.locator));
        let sheet = sheet.strip_prefix('\'').and_then(|s| s.strip_suffix('\'')).unwrap_or(sheet).replace("\'\'", "\'");
        let page = cell.strip_prefix('p').and_then(|rest| rest.split_once('@')).map(|(page, _)| page.parse::<u64>().unwrap());
        let of_source = |grid: &&Value| match (sheet.as_str(), page) {
            ("", Some(page)) => grid["page"].as_u64() == Some(page),
            ("", None) => true,
            (name, _) => grid["name"] == name,
        };
        let (row, col) = if sheet.is_empty() && cell.starts_with('L') {
            (cell[1..].parse::<usize>().ok().map(|n| n - 1), None)
        } else {
            place(cell)
        };
        grids.iter().filter(of_source).any(|grid| match (row, col) {
            (Some(row), Some(col)) => is_raw(&grid["rows"][row][col]),
            (Some(row), None) => grid["rows"][row].as_array().is_some_and(|cells| cells.iter().any(is_raw)),
            _ => grid["rows"].as_array().unwrap().iter().any(|row| row.as_array().unwrap().iter().any(is_raw)),
        })
    }
}

/// Row and column of `B12` and `R12C3`, from zero; nothing of a place on paper.
fn place(cell: &str) -> (Option<usize>, Option<usize>) {
    let number = |text: &str| text.parse::<usize>().ok().map(|n| n - 1);
    if let Some((row, col)) = cell.strip_prefix('R').and_then(|rest| rest.split_once('C'))
        && let (Some(row), Some(col)) = (number(row), number(col))
    {
        return (Some(row), Some(col));
    }
    let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(cell.len());
    let column = cell[..digits].bytes().try_fold(0, |n, b| b.is_ascii_uppercase().then(|| n * 26 + usize::from(b - b'A') + 1));
    (number(&cell[digits..]), column.filter(|n| *n > 0).map(|n| n - 1))
}

/// Numbers that look random and are the same every time.
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap() % below
}

#[test]
fn all_numbers_resolve_and_five_hundred_of_them_are_printed_where_they_say() {
    let desk = Desk::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/inputs");
    desk.rekap(&["--inputs", samples]);
    let (mut seed, mut papers) = (2_025, Papers { desk: &desk, inputs: samples, read: BTreeMap::new() });
    for (book, wanted, least) in [("PDPB.xlsx", 170, 2_000), ("IKU.xlsx", 160, 400), ("LOGISTIK.xlsx", 170, 10_000)] {
        let file = desk.path("outputs/2025-10").join(book);
        let (tracer, all) = (Tracer::open(&file).unwrap(), numbers(&file));
        assert!(all.len() > least, "{book} {}", all.len());
        let traced = |cell: &String| tracer.trace(cell).unwrap_or_else(|e| panic!("{book} {cell}: {e}"));
        let printed = |sources: &[SourceCell]| sources.iter().filter(|s| !s.raw.is_empty()).cloned().collect::<Vec<_>>();
        let figures: Vec<Vec<SourceCell>> = all.iter().map(|c| printed(&traced(c).sources)).filter(|s| !s.is_empty()).collect();
        for _ in 0..wanted {
            let sources = &figures[draw(&mut seed, figures.len())];
            let source = &sources[draw(&mut seed, sources.len())];
            assert!(papers.holds(source), "{book} {source:?}");
        }
    }
    assert!(papers.read.len() > 15, "{} documents", papers.read.len());
}
