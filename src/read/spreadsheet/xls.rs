//! Excel 97–2003 workbooks: calamine reads them, after [`super::xls_guard`] has looked at every record.

use std::io::{Cursor, Write as _};

use calamine::{Data, Reader as _, SheetType, SheetVisible, Xls};

use super::super::trouble::{Read, Trouble};
use super::calamine_value::{error, place};
use super::xls_guard::{self, Sheet};
use super::{address, dates};
use crate::model::document::{Document, Grid, GridBuilder, Merge, Value};
use crate::model::origin::Place;
use crate::model::schema::Limits;
use crate::model::source::Format;

/// Bytes of a cell and of a formula in calamine's rectangles.
const CELL_BYTES: u64 = 32;
const FORMULA_BYTES: u64 = 24;
/// Each rectangle is there twice while it is read.
const COPIES: u64 = 2;

/// Reads all sheets of cells.
pub(in crate::read) fn read(bytes: &[u8], limits: &Limits) -> Read<Document> {
    let mut stream = workbook_stream(bytes)?;
    let guarded = xls_guard::check(&mut stream)?;
    let memory: u64 = guarded.sheets.iter().map(|s| s.cells.area() * CELL_BYTES + s.formulas.area() * FORMULA_BYTES).sum();
    if memory * COPIES > limits.inflated_mib << 20 {
        return Err(Trouble::TooLarge("sel-selnya tersebar terlalu jauh; hapus isi sel di luar tabel".to_owned()));
    }
    let clean = if guarded.changed { Some(container(&stream).map_err(|_| damaged())?) } else { None };
    let mut book: Xls<_> = Xls::new(Cursor::new(clean.as_deref().unwrap_or(bytes))).map_err(|e| match e {
        calamine::XlsError::Password => Trouble::Locked,
        _ => damaged(),
    })?;
    let mut document = Document { format: Format::Xls, grids: Vec::new() };
    let listed = book.sheets_metadata().to_vec();
    for (sheet, facts) in listed.into_iter().zip(&guarded.sheets) {
        if sheet.typ == SheetType::WorkSheet {
            let mut grid = grid(&mut book, &sheet.name, facts, guarded.computed)?;
            grid.hidden = sheet.visible != SheetVisible::Visible;
            document.grids.push(grid);
        }
    }
    Ok(document)
}

/// The one stream that matters, from the compound file.
fn workbook_stream(bytes: &[u8]) -> Read<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    std::io::Read::read_to_end(&mut file.open_stream(name).map_err(|_| damaged())?, &mut stream).map_err(|_| damaged())?;
    Ok(stream)
}

/// A compound file around the corrected stream.
fn container(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

fn grid(book: &mut Xls<Cursor<&[u8]>>, name: &str, facts: &Sheet, computed: bool) -> Read<Grid> {
    let mut out = GridBuilder::new(name, Place::Sheet(name.to_owned()));
    let range = book.worksheet_range(name).map_err(|_| damaged())?;
    if let Some((row, col)) = facts.farthest_text
        && range.get_value((row, u32::from(col))).is_none_or(|v| *v == Data::Empty)
    {
        return Err(Trouble::Damaged(format!("lembar {name}: sebuah sel merujuk teks yang tidak ada")));
    }
    let from_1904 = if book.has_1904_epoch() { dates::FROM_1904 } else { 0.0 };
    let start = range.start().unwrap_or_default();
    for (row, col, data) in range.used_cells() {
        if let (Some((row, col)), Some(value)) = (place(start, row, col), value(&mut out, data, from_1904)) {
            out.push(row, col, value);
        }
    }
    let formulas = book.worksheet_formula(name).map_err(|_| damaged())?;
    let start = formulas.start().unwrap_or_default();
    for (row, col, formula) in formulas.used_cells() {
        let Some((row, col)) = place(start, row, col) else { continue };
        // What calamine cannot decode still is a formula.
        let formula = if formula.starts_with("Unrecognised formula") { "?".into() } else { outside(formula) };
        out.grid().formulas.push((row, col, formula.into()));
        if !computed {
            out.push(row, col, Value::NoResult);
        }
    }
    for (row, col, formula) in facts.shared.written_out() {
        out.grid().formulas.push((row, col, formula.into()));
        if !computed {
            out.push(row, col, Value::NoResult);
        }
    }
    out.grid().formulas.sort_by_key(|f| (f.0, f.1));
    out.grid().formulas.dedup_by_key(|f| (f.0, f.1));
    let grid = out.grid();
    grid.percents.clone_from(&facts.percents);
    grid.hidden_rows.clone_from(&facts.hidden_rows);
    grid.hidden_cols.clone_from(&facts.hidden_cols);
    for merge in book.merge_cells_by_sheet_name(name).unwrap_or_default() {
        let corner = |(row, col): (u32, u32)| Some((row, u16::try_from(col).ok().filter(|&c| c < address::COLUMNS)?));
        if let (Some((top, left)), Some((bottom, right))) = (corner(merge.start), corner(merge.end)) {
            grid.merges.push(Merge { top, left, bottom, right });
        }
    }
    Ok(out.finish())
}

/// `#REF!A1`: a cell of a sheet that is not in the workbook, which is how calamine writes one of another file. A reference that was lost
/// has no address behind it.
fn outside(formula: &str) -> String {
    const LOST: &str = "#REF!";
    let mut parts = formula.split(LOST);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let addressed = part.trim_start_matches('$').starts_with(|c: char| c.is_ascii_uppercase());
        out.push_str(if addressed { "[1]lembar!" } else { LOST });
        out.push_str(part);
    }
    out
}

fn value(out: &mut GridBuilder, data: &Data, from_1904: f64) -> Option<Value> {
    match data {
        #[expect(clippy::cast_precision_loss, reason = "whole numbers of this format have 30 bits")]
        Data::Int(n) => Some(Value::Number(*n as f64)),
        Data::Float(n) => n.is_finite().then_some(Value::Number(*n)),
        Data::String(text) => (!text.trim().is_empty()).then(|| out.intern(text)),
        Data::Bool(b) => Some(Value::Bool(*b)),
        Data::DateTime(moment) => Some(Value::Date(moment.as_f64() + from_1904)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Some(out.intern(text)),
        Data::Error(e) => Some(Value::Error(error(e))),
        Data::Empty => None,
    }
}

fn damaged() -> Trouble {
    Trouble::Damaged("isinya terpotong atau rusak".to_owned())
}
