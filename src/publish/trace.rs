//! From a number of a workbook back to the cells it was made of.
//!
//! `data/telusur.csv` has one line per published number: either the cell of a document, or the formula over other cells of the same
//! workbook. `rekap trace` reads it from the folder `data` beside the workbook and follows the formulas down to the documents. The
//! workbook itself is not opened: what was published is what is traced, whatever has been typed over it since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{Error, Result};
use crate::model::document::plain_number;
use crate::model::record::Type;
use crate::model::schema::{Field, TableSchema};

use super::data::csv::CsvSink;
use super::data::rows::{Cell, Sink};
use super::output::{Folder, Output};
use super::workbook::formula::{At, parse_address, references};
use super::workbook::ledger::{Ledger, Source};

/// Path below the batch's output folder.
const FILE: &str = "data/telusur.csv";
/// Most source cells that one trace lists.
const MOST: usize = 1_000_000;

/// The columns of the file.
#[must_use]
pub fn table() -> TableSchema {
    let field = |(name, kind, describes): (&str, Type, &str)| Field {
        name: name.to_owned(),
        kind,
        heading: String::new(),
        describes: describes.to_owned(),
    };
    let fields = [
        ("workbook", Type::Text, "Buku kerja"),
        ("sheet", Type::Text, "Lembar"),
        ("cell", Type::Text, "Sel"),
        ("value", Type::Number, "Angka yang diterbitkan"),
        (
            "formula",
            Type::Text,
            "Rumus atas sel lain di buku yang sama, tanpa tanda sama dengan; kosong bila angka dibaca dari dokumen",
        ),
        ("batch", Type::Text, "Batch asal dokumen"),
        ("document", Type::Text, "Dokumen"),
        ("locator", Type::Text, "Letak di dokumen"),
        ("raw", Type::Text, "Teks tercetak"),
        ("sha256", Type::Text, "SHA-256 dokumen"),
    ];
    TableSchema {
        name: "telusur".to_owned(),
        describes: "Asal setiap angka di buku kerja: sel dokumen, atau rumus atas angka lain.".to_owned(),
        key: ["workbook", "sheet", "cell"].map(str::to_owned).to_vec(),
        fields: fields.map(field).to_vec(),
    }
}

/// The file while it is written.
#[derive(Debug)]
pub struct Trail {
    sink: CsvSink<Output>,
}

impl Trail {
    /// Starts the file.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(folder: &Folder<'_>) -> Result<Self> {
        let output = folder.create(FILE)?;
        let path = output.path().to_owned();
        Ok(Self { sink: CsvSink::new(output, path, &table())? })
    }

    /// Adds all numbers of a workbook.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add(&mut self, workbook: &str, ledger: &Ledger<'_>) -> Result<()> {
        for (at, published) in ledger.iter() {
            let sheet = ledger.sheets.get(at.sheet).map_or("", String::as_str);
            let (mut formula, mut batch, mut document, mut locator, mut raw, mut sha256) = ("", "", "", String::new(), "", "");
            let plain = plain_number(published.value);
            match &published.source {
                Source::Computed(text) => formula = text,
                Source::Read { paper, origin, raw: printed } => {
                    (batch, document, sha256) = (paper.batch, paper.document, paper.sha256);
                    locator = origin.map(|o| paper.places.locator(o.into())).unwrap_or_default();
                    raw = printed.unwrap_or(if origin.is_some() { &plain } else { "" });
                }
            }
            for text in [workbook, sheet, &at.address()] {
                self.sink.cell(Cell::text(text))?;
            }
            self.sink.cell(Cell::Number(published.value))?;
            for text in [formula, batch, document, &locator, raw, sha256] {
                self.sink.cell(Cell::text(text))?;
            }
            self.sink.end_row()?;
        }
        Ok(())
    }

    /// Closes the file.
    ///
    /// # Errors
    /// When the last bytes cannot be written.
    pub fn close(self, folder: &mut Folder<'_>) -> Result<()> {
        folder.close(self.sink.into_inner())
    }
}

/// One published number and all cells it stands on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trace {
    /// Name of the workbook's file.
    pub workbook: String,
    /// The cell, `Sheet!D12`.
    pub cell: String,
    /// The number published there.
    pub value: String,
    /// Its formula; empty where it was read from a document.
    pub formula: String,
    /// Every source cell behind it, in the order in which the formulas name them.
    pub sources: Vec<SourceCell>,
}

/// A cell of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceCell {
    /// Where it is published: `'Kab. Barito Selatan'!F9`.
    pub published: String,
    /// Its number.
    pub value: String,
    /// The batch the document came in with.
    pub batch: String,
    /// The document.
    pub document: String,
    /// The cell in it.
    pub locator: String,
    /// What is printed there.
    pub raw: String,
    /// SHA-256 of the document.
    pub sha256: String,
}

/// Every source cell behind one number of a published workbook.
///
/// # Errors
/// When the address is none, the cell holds no published number, or the workbook has no `data/telusur.csv` beside it.
pub fn trace(workbook: &Path, cell: &str) -> Result<Trace> {
    let Some((Some(sheet), row, col)) = parse_address(cell) else {
        return Err(Error::Usage(format!(
            "Alamat sel \"{cell}\" tidak dikenal. Tulis nama lembar dan selnya, misalnya \"Rekap!D12\"."
        )));
    };
    let file = trail_of(workbook);
    let name = workbook.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let trail = Lines::read(&file, &name)?;
    let Some(start) = trail.find(&sheet, row, col) else {
        return Err(Error::Usage(format!("Sel {cell} di {name} tidak memuat angka yang diterbitkan.")));
    };
    let line = &trail.all[start];
    let mut sources = Vec::new();
    trail.follow(start, &mut BTreeSet::new(), &mut sources);
    Ok(Trace { workbook: name, cell: line.place(), value: line.value.clone(), formula: line.formula.clone(), sources })
}

/// The trail of a workbook stands in the folder `data` beside it.
fn trail_of(workbook: &Path) -> PathBuf {
    workbook.parent().unwrap_or_else(|| Path::new("")).join(FILE)
}

/// One line of the file.
#[derive(Debug)]
struct Line {
    sheet: String,
    cell: String,
    value: String,
    formula: String,
    source: [String; 5],
}

impl Line {
    fn place(&self) -> String {
        format!("{}!{}", crate::model::origin::quoted(&self.sheet), self.cell)
    }
}

/// The lines of one workbook, searchable by cell.
#[derive(Debug, Default)]
struct Lines {
    all: Vec<Line>,
    sheets: Vec<String>,
    index: BTreeMap<At, usize>,
}

impl Lines {
    fn read(file: &Path, workbook: &str) -> Result<Self> {
        let failed = |cause: csv::Error| Error::Io { path: file.to_owned(), cause: std::io::Error::other(cause) };
        let mut reader = csv::Reader::from_path(file).map_err(failed)?;
        let mut all = Self::default();
        for record in reader.records() {
            let record = record.map_err(failed)?;
            // Formulas and locators never start like a formula and are never guarded; their apostrophes belong to sheet names.
            let plain = |i: usize| record.get(i).unwrap_or_default().to_owned();
            let text = |i: usize| unguarded(record.get(i).unwrap_or_default()).to_owned();
            if plain(0).eq_ignore_ascii_case(workbook) {
                let source = [text(5), text(6), plain(7), text(8), plain(9)];
                all.push(Line { sheet: text(1), cell: plain(2), value: plain(3), formula: plain(4), source });
            }
        }
        Ok(all)
    }

    fn push(&mut self, line: Line) {
        let Some((_, row, col)) = parse_address(&line.cell) else { return };
        let folded = line.sheet.to_lowercase();
        let sheet = self.sheets.iter().rposition(|s| *s == folded).unwrap_or_else(|| {
            self.sheets.push(folded);
            self.sheets.len() - 1
        });
        self.index.insert(At { sheet, row, col }, self.all.len());
        self.all.push(line);
    }

    fn find(&self, sheet: &str, row: u32, col: u16) -> Option<usize> {
        let folded = sheet.to_lowercase();
        let sheet = self.sheets.iter().position(|s| *s == folded)?;
        self.index.get(&At { sheet, row, col }).copied()
    }

    /// Gathers the source cells behind a line. A cell that several formulas name is listed once.
    fn follow(&self, line: usize, seen: &mut BTreeSet<usize>, sources: &mut Vec<SourceCell>) {
        let mut waiting = vec![line];
        while let Some(number) = waiting.pop() {
            if !seen.insert(number) || sources.len() >= MOST {
                continue;
            }
            let line = &self.all[number];
            if line.formula.is_empty() {
                sources.push(source_cell(line));
                continue;
            }
            let mut parts = self.parts(line);
            parts.reverse();
            waiting.extend(parts);
        }
    }

    /// The lines that a formula names, in its order.
    fn parts(&self, line: &Line) -> Vec<usize> {
        let mut parts = Vec::new();
        for reference in references(&line.formula, &line.sheet) {
            let folded = reference.sheet.to_lowercase();
            let Some(sheet) = self.sheets.iter().position(|s| *s == folded) else { continue };
            let (from, to) = (reference.from, reference.to);
            let range = At { sheet, row: from.0, col: 0 }..=At { sheet, row: to.0, col: u16::MAX };
            parts.extend(self.index.range(range).filter(|(at, _)| (from.1..=to.1).contains(&at.col)).map(|(_, &n)| n));
        }
        parts
    }
}

fn source_cell(line: &Line) -> SourceCell {
    let [batch, document, locator, raw, sha256] = line.source.clone();
    SourceCell { published: line.place(), value: line.value.clone(), batch, document, locator, raw, sha256 }
}

/// A text without the apostrophe that guards it in CSV files.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| super::data::guard::is_dangerous(rest)).unwrap_or(text)
}
