//! Workbooks: cells with their type, formula and absolute address, merged ranges, hidden sheets, rows and columns.
//!
//! xlsx and ods are read here straight from their XML in one pass; that pass costs less than calamine's, takes no figure from
//! a header on trust, and sees what calamine leaves out (hidden rows and columns, formulas without a stored result).
//! xls and xlsb go through calamine behind a guard that checks what calamine does not.

mod address;
mod dates;
mod hidden;
mod strings;
mod styles;
mod tags;
mod xlsx;
mod xlsx_sheet;

use super::archive::Archive;
use super::trouble::Read;
use crate::model::document::Document;

/// Reads an Office Open XML workbook.
pub(super) fn xlsx(archive: Archive<'_>) -> Read<Document> {
    xlsx::read(archive)
}
