//! `rekap read FILE`: what was read from one file, before anyone knows what it means.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::args::Args;
use super::lang::Lang;
use super::{Exit, print, program};
use crate::discover;
use crate::error::{Error, Result};
use crate::model::document::Grid;
use crate::model::schema::Severity;
use crate::model::{Document, Finding, Findings, Places, Schemas, Source};
use crate::publish;
use crate::worker::{Crew, Plan};

/// Rows and columns of a grid that plain text shows; `--json` shows them all.
const ROWS: usize = 200;
const COLUMNS: usize = 30;
const WIDTH: usize = 30;

/// Reads the file in a worker and shows its grids.
pub fn show(args: &Args, file: &Path, picture: Option<&Path>) -> Result<Exit> {
    let source = discover::single(file)?;
    let (schemas, _) = discover::schemas(args.schemas().as_deref())?;
    let rules = Schemas { rules: schemas.rules.clone(), ..Schemas::default() };
    let crew = Crew::new(Plan { program: program()?, schemas, batches: Vec::new() });
    let (document, findings) = crew.read(&source)?;
    let document = document.unwrap_or_default();
    if let Some(picture) = picture {
        draw(&crew, &source, picture)?;
    }
    let text = if args.json {
        format!("{}\n", machine(file, &document, &findings))
    } else {
        document.grids.iter().map(|grid| table(grid, args.lang)).chain([remarks(&findings)]).collect()
    };
    print(&text)?;
    Ok(if findings.0.iter().any(|f| rules.severity(f) == Severity::Error) { Exit::Findings } else { Exit::Clean })
}

/// Draws the pages of a PDF with what was recognised on them.
fn draw(crew: &Crew, source: &Source, picture: &Path) -> Result<()> {
    let pictures = crew.draw(source)?;
    if pictures.is_empty() {
        return Err(Error::usage(
            "--gambar hanya untuk PDF yang dapat dibaca".to_owned(),
            "--gambar is for PDF files that can be read".to_owned(),
        ));
    }
    publish::picture::write(picture, &pictures).map(|_| ())
}

fn machine(file: &Path, document: &Document, findings: &Findings) -> Json {
    let places = document.places();
    let mut findings: Vec<Json> = findings.0.iter().map(|f| finding(f, &places)).collect();
    let mut grids = Vec::new();
    for grid in &document.grids {
        let (rows, left_out) = rows(grid, usize::MAX, usize::MAX);
        if left_out > 0 {
            let message = format!("{}: {left_out} sel terlalu berjauhan untuk ditampilkan", grid.name);
            findings.push(finding(&Finding::new("A11", message), &places));
        }
        let mut shown = json!({ "name": grid.name, "page": grid.page, "rows": rows });
        if grid.scanned {
            shown["ocr"] = Json::Bool(true);
        }
        grids.push(shown);
    }
    json!({ "file": file.display().to_string(), "format": document.format.as_str(), "grids": grids, "findings": findings })
}

fn finding(finding: &Finding, places: &Places) -> Json {
    let locator = finding.span.map(|span| places.locator(span)).unwrap_or_default();
    json!({ "code": finding.code, "locator": locator, "found": finding.found, "expected": finding.expected, "message": finding.message })
}

/// The filled rectangle from A1 on as texts, and how many cells were left out. Empty rows are empty lists and no row is longer than its
/// last filled cell, so a corner far away costs little; a sheet with nothing but far corners is cut off before it fills the memory.
fn rows(grid: &Grid, most_rows: usize, most_columns: usize) -> (Vec<Vec<String>>, usize) {
    const PADDING: usize = 10_000_000;
    let (mut rows, mut left_out, mut padding): (Vec<Vec<String>>, usize, usize) = (Vec::new(), 0, 0);
    for cell in &grid.cells {
        let (row, column) = (cell.row as usize, usize::from(cell.col));
        let reach = rows.get(row).map_or(0, Vec::len);
        let more = column - reach.min(column) + (row + 1).saturating_sub(rows.len());
        if row >= most_rows || column >= most_columns || padding + more > PADDING {
            left_out += 1;
            continue;
        }
        padding += more;
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        rows[row].resize(column, String::new());
        rows[row].push(grid.shown(cell.value));
    }
    (rows, left_out)
}

/// A grid as aligned text.
fn table(grid: &Grid, lang: Lang) -> String {
    let (rows, cut) = rows(grid, ROWS, COLUMNS);
    let cells: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|text| short(text)).collect()).collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| cells.iter().filter_map(|row| row.get(c)).map(|text| text.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = format!("== {} ({} {})\n", grid.name, grid.cells.len(), lang.pick("sel", "cells"));
    for (number, row) in cells.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        let line: Vec<String> = row.iter().zip(&widths).map(|(text, &width)| format!("{text:<width$}")).collect();
        text.push_str(format!("{:>5}  {}", number + 1, line.join("  ")).trim_end());
        text.push('\n');
    }
    if cut > 0 {
        text.push_str(&lang.pick(
            format!("  … {cut} sel lagi; lihat semuanya dengan --json\n"),
            format!("  … {cut} more cells; see all with --json\n"),
        ));
    }
    text
}

/// One line, not too long.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= WIDTH { line } else { line.chars().take(WIDTH - 1).chain(['…']).collect() }
}

fn remarks(findings: &Findings) -> String {
    findings.0.iter().fold(String::new(), |text, f| text + &format!("{}: {}\n", f.code, f.message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Value;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;

    #[test]
    fn a_grid_is_shown_aligned_and_a_far_corner_is_counted() {
        let mut builder = GridBuilder::new("Rekap", Place::Sheet("Rekap".into()));
        builder.push_text(0, 0, "KECAMATAN");
        builder.push_text(2, 0, "KUMAI");
        builder.push(2, 1, Value::Number(12.0));
        builder.push(1_048_575, 16_383, Value::Number(1.0));
        let text = table(&builder.finish(), Lang::Id);
        assert_eq!(
            text,
            "== Rekap (4 sel)\n    1  KECAMATAN\n    3  KUMAI      12\n  … 1 sel lagi; lihat semuanya dengan --json\n"
        );
    }
}
