//! Excel binary workbooks: calamine reads the cells, after [`super::xlsb_guard`] has looked at every record.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsb};

use super::super::archive::Archive;
use super::super::trouble::{Read, Trouble};
use super::calamine_value::{error, place};
use super::dates;
use super::xlsb_guard::{self, Sheet};
use crate::model::document::{Document, Grid, GridBuilder, Value};
use crate::model::origin::Place;
use crate::model::source::Format;

/// Reads all sheets of cells.
pub(in crate::read) fn read(mut archive: Archive<'_>, bytes: &[u8]) -> Read<Document> {
    let facts = xlsb_guard::check(&mut archive)?;
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut document = Document { format: Format::Xlsb, grids: Vec::new() };
    let listed = book.sheets_metadata().to_vec();
    for (sheet, facts) in listed.into_iter().zip(facts) {
        if let (SheetType::WorkSheet, Some(facts)) = (sheet.typ, facts) {
            let mut grid = grid(&mut book, &sheet.name, facts)?;
            grid.hidden = sheet.visible != SheetVisible::Visible;
            document.grids.push(grid);
        }
    }
    Ok(document)
}

fn grid(book: &mut Xlsb<Cursor<&[u8]>>, name: &str, facts: Sheet) -> Read<Grid> {
    let mut out = GridBuilder::new(name, Place::Sheet(name.to_owned()));
    let mut formulas = book.worksheet_cells_reader(name).map_err(|_| damaged())?;
    while let Some(cell) = formulas.next_formula().map_err(|_| damaged())? {
        if let Some((row, col)) = place(cell.get_position(), 0, 0) {
            out.grid().formulas.push((row, col, cell.get_value().as_str().into()));
        }
    }
    drop(formulas);
    let from_1904 = if book.has_1904_epoch() { dates::FROM_1904 } else { 0.0 };
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| damaged())?;
    while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
        let value = value(&mut out, cell.get_value(), from_1904);
        if let (Some((row, col)), Some(value)) = (place(cell.get_position(), 0, 0), value) {
            out.push(row, col, value);
        }
    }
    for (row, col, error) in facts.formula_errors {
        out.push(row, col, Value::Error(error));
    }
    let grid = out.grid();
    (grid.merges, grid.hidden_rows, grid.hidden_cols) = (facts.merges, facts.hidden_rows, facts.hidden_cols);
    Ok(out.finish())
}

fn value(out: &mut GridBuilder, data: &DataRef<'_>, from_1904: f64) -> Option<Value> {
    match data {
        #[expect(clippy::cast_precision_loss, reason = "whole numbers of this format have 30 bits")]
        DataRef::Int(n) => Some(Value::Number(*n as f64)),
        DataRef::Float(n) => n.is_finite().then_some(Value::Number(*n)),
        DataRef::String(text) => (!text.trim().is_empty()).then(|| out.intern(text)),
        DataRef::SharedString(text) => (!text.trim().is_empty()).then(|| out.intern(text)),
        DataRef::Bool(b) => Some(Value::Bool(*b)),
        DataRef::DateTime(moment) => Some(Value::Date(moment.as_f64() + from_1904)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(out.intern(text)),
        DataRef::Error(e) => Some(Value::Error(error(e))),
        DataRef::Empty => None,
    }
}

fn damaged() -> Trouble {
    Trouble::Damaged("isinya terpotong atau rusak".to_owned())
}
