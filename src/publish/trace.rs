//! From a number of a workbook back to the cells it was made of.
//!
//! `data/telusur.csv` has one line per published number: either the cell of a document, or the formula over other cells of the same
//! workbook. `rekap trace` reads it from the folder `data` beside the workbook and follows the formulas down to the documents. The
//! workbook itself is not opened: what was published is what is traced, whatever has been typed over it since.

mod lines;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{Error, Result};
use crate::model::document::plain_number;
use crate::model::record::Type;
use crate::model::schema::{Field, TableSchema};

use super::data::csv::CsvSink;
use super::data::rows::{Cell, Sink};
use super::output::{Folder, Output};
use super::workbook::formula::{At, parse_address};
use super::workbook::ledger::{Ledger, Published, Source};
use lines::{Lines, counts_names};

/// Path below the batch's output folder.
const FILE: &str = "data/telusur.csv";
/// What is said of running numbers and counts of rows.
const COUNTER: &str = "nomor urut atau banyaknya baris; tidak dibaca dari dokumen";
/// What is said of a sum of cells of documents, and of each of its parts in the lines below it.
const ADDED: &str = "jumlah sel-sel dokumen pada baris-baris berikut";
const PART: &str = "bagian dari jumlah di atas";
/// What is said of cells that list all numbers of the workbook once more, in the order of the lines before.
const REPEATED: &str = "mengulang angka buku kerja ini, urut seperti baris-baris sebelumnya";
/// What is said of a count of names: no figure is behind it, the rows that bear the names are.
const COUNTED: &str = "banyaknya baris; dari setiap baris yang dihitung satu angkanya disebut";

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
        ("keterangan", Type::Text, "Apa angka ini, bila bukan angka dokumen dan bukan hitungan atasnya"),
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
        let sheet = |at: At| ledger.sheets.get(at.sheet).map_or("", String::as_str);
        for (at, published) in ledger.iter() {
            let place = [workbook, sheet(at), &at.address()];
            self.number(place, published, "")?;
            if let Source::Added(parts) = &published.source {
                parts.iter().try_for_each(|part| self.number(place, part, PART))?;
            }
        }
        let counters = ledger.counters().map(|range| (range, COUNTER));
        for (range, note) in counters.chain(ledger.repeated().map(|range| (range, REPEATED))) {
            let cells = format!("{}:{}", range.from.address(), range.to.address());
            self.line([workbook, sheet(range.from), &cells], None, ["", "", "", "", "", "", note])?;
        }
        Ok(())
    }

    /// One published number, or a part of one.
    fn number(&mut self, cell: [&str; 3], published: &Published<'_>, part: &str) -> Result<()> {
        let (mut formula, mut paper, mut place, mut raw, mut note) = ("", None, String::new(), "", part);
        let plain = plain_number(published.value);
        match &published.source {
            Source::Computed(text) => formula = text,
            Source::Added(_) => note = ADDED,
            Source::Read { paper: of, origin, raw: printed } => {
                paper = Some(of);
                place = origin.map(|o| of.places.locator(o.into())).unwrap_or_default();
                raw = printed.unwrap_or(if origin.is_some() { &plain } else { "" });
            }
            Source::Checked { paper: of, locator, says } => {
                paper = Some(of);
                locator.clone_into(&mut place);
                note = says;
            }
        }
        let [batch, document, sha256] = paper.map_or([""; 3], |p| [p.batch, p.document, p.sha256]);
        self.line(cell, Some(published.value), [formula, batch, document, &place, raw, sha256, note])
    }

    fn line(&mut self, place: [&str; 3], value: Option<f64>, source: [&str; 7]) -> Result<()> {
        for text in place {
            self.sink.cell(Cell::text(text))?;
        }
        self.sink.cell(value.map_or(Cell::Empty, Cell::Number))?;
        for text in source {
            self.sink.cell(Cell::text(text))?;
        }
        self.sink.end_row()
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Trace {
    /// Name of the workbook's file.
    pub workbook: String,
    /// The cell, `Sheet!D12`.
    pub cell: String,
    /// The number published there.
    pub value: String,
    /// Its formula; empty where it was read from a document.
    pub formula: String,
    /// What it is where it is no figure of a document and no calculation with such.
    pub note: String,
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
    /// What the program worked out about this place, where the number is not printed there.
    pub note: String,
}

/// Every source cell behind one number of a published workbook.
///
/// # Errors
/// When the address is none, the cell holds no published number, or the workbook has no `data/telusur.csv` beside it.
pub fn trace(workbook: &Path, cell: &str) -> Result<Trace> {
    Tracer::open(workbook)?.trace(cell)
}

/// Traces numbers of one workbook.
#[derive(Debug)]
pub struct Tracer {
    workbook: String,
    trail: Lines,
}

impl Tracer {
    /// Reads the trail beside a workbook.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(workbook: &Path) -> Result<Self> {
        let name = workbook.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let trail = Lines::read(&trail_of(workbook), &name)?;
        Ok(Self { workbook: name, trail })
    }

    /// Every source cell behind one number.
    ///
    /// # Errors
    /// When the address is none, or the cell holds no published number.
    pub fn trace(&self, cell: &str) -> Result<Trace> {
        let Some((Some(sheet), row, col)) = parse_address(cell) else {
            return Err(Error::Usage(format!(
                "Alamat sel \"{cell}\" tidak dikenal. Tulis nama lembar dan selnya, misalnya \"Rekap!D12\"."
            )));
        };
        let trail = &self.trail;
        let (start, note) = match (trail.find(&sheet, row, col), trail.in_range(&sheet, row, col)) {
            (Some(start), _) => (Some(start), ""),
            (None, Some((from, REPEATED))) => (trail.figure(row - from), REPEATED),
            (None, Some((_, note))) => {
                let note = note.to_owned();
                return Ok(Trace { workbook: self.workbook.clone(), cell: cell.to_owned(), note, ..Trace::default() });
            }
            (None, None) => (None, ""),
        };
        let Some((start, line)) = start.and_then(|n| Some((n, trail.all.get(n)?))) else {
            return Err(Error::Usage(format!("Sel {cell} di {} tidak memuat angka yang diterbitkan.", self.workbook)));
        };
        let mut sources = Vec::new();
        trail.follow(start, &mut BTreeSet::new(), &mut sources);
        let note = match (note, sources.is_empty()) {
            ("", true) => COUNTER.to_owned(),
            ("", false) if counts_names(&line.formula) => COUNTED.to_owned(),
            ("", false) => line.source[5].clone(),
            (note, _) => note.to_owned(),
        };
        let (value, formula) = (line.value.clone(), line.formula.clone());
        Ok(Trace { workbook: self.workbook.clone(), cell: line.place(), value, formula, note, sources })
    }
}

/// The trail of a workbook stands in the folder `data` beside it.
fn trail_of(workbook: &Path) -> PathBuf {
    workbook.parent().unwrap_or_else(|| Path::new("")).join(FILE)
}
