//! What calamine does not check or does not tell about a binary workbook: records cut short, texts that do not exist, cells
//! outside the sheet, errors as results of formulas, merges, hidden rows and columns.

use std::collections::HashMap;

use super::super::archive::Archive;
use super::super::trouble::{Read, Trouble};
use super::{address, hidden, xlsx};
use crate::model::document::{ErrorValue, Merge};

const WORKBOOK: &str = "xl/workbook.bin";

/// Facts of one sheet.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) formula_errors: Vec<(u32, u16, ErrorValue)>,
    pub(super) merges: Vec<Merge>,
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_cols: Vec<(u16, u16)>,
}

/// Record types of BIFF12.
mod record {
    pub(super) const ROW: u16 = 0;
    pub(super) const CELL_RK: u16 = 2;
    pub(super) const CELL_ERROR: u16 = 3;
    pub(super) const CELL_BOOL: u16 = 4;
    pub(super) const CELL_REAL: u16 = 5;
    pub(super) const CELL_TEXT: u16 = 6;
    pub(super) const CELL_SHARED: u16 = 7;
    pub(super) const FORMULA_TEXT: u16 = 8;
    pub(super) const FORMULA_NUMBER: u16 = 9;
    pub(super) const FORMULA_BOOL: u16 = 10;
    pub(super) const FORMULA_ERROR: u16 = 11;
    pub(super) const SHARED_TEXT: u16 = 19;
    pub(super) const COLUMN: u16 = 60;
    pub(super) const END_CELLS: u16 = 146;
    pub(super) const LISTED_SHEET: u16 = 156;
    pub(super) const MERGE: u16 = 176;
}

/// Facts of each listed sheet, in order; `None` for sheets that hold no cells. Every part that calamine will read has been
/// inflated here once, its checksum verified.
pub(super) fn check(archive: &mut Archive<'_>) -> Read<Vec<Option<Sheet>>> {
    let book = archive.part(WORKBOOK)?.ok_or_else(truncated)?;
    let parts: HashMap<String, (String, String)> = xlsx::parts_by_relation(archive, WORKBOOK)?;
    archive.part("xl/styles.bin")?;
    let mut texts = 0;
    if let Some(shared) = archive.part("xl/sharedStrings.bin")? {
        walk(&shared, |kind, _| {
            texts += u32::from(kind == record::SHARED_TEXT);
            Some(())
        })?;
    }
    let mut relations = Vec::new();
    walk(&book, |kind, data| {
        if kind == record::LISTED_SHEET {
            relations.push(wide_text(data.get(8..)?)?);
        }
        Some(())
    })?;
    let mut sheets = Vec::with_capacity(relations.len());
    for relation in relations {
        let (part, kind) = parts.get(&relation).ok_or_else(truncated)?;
        let bytes = archive.part(part)?.ok_or_else(|| Trouble::Damaged(format!("bagian {part} hilang")))?;
        sheets.push(if kind == "worksheet" { Some(sheet(&bytes, texts)?) } else { None });
    }
    Ok(sheets)
}

fn sheet(bytes: &[u8], texts: u32) -> Read<Sheet> {
    let mut walked = Walk { sheet: Sheet::default(), row: 0, texts, hidden_rows: hidden::Ranges::default(), complete: false };
    walk(bytes, |kind, data| walked.look(kind, data))?;
    if !walked.complete {
        return Err(truncated());
    }
    walked.sheet.hidden_rows = walked.hidden_rows.finish();
    Ok(walked.sheet)
}

struct Walk {
    sheet: Sheet,
    row: u32,
    texts: u32,
    hidden_rows: hidden::Ranges<u32>,
    complete: bool,
}

impl Walk {
    /// One record; `None` where it is too short or refers to what is not there.
    fn look(&mut self, kind: u16, data: &[u8]) -> Option<()> {
        match kind {
            record::ROW => {
                self.row = u32_at(data, 0).filter(|&r| r < address::ROWS)?;
                if *data.get(11)? & 0x10 != 0 {
                    self.hidden_rows.add(self.row, self.row);
                }
            }
            record::COLUMN => self.column(data)?,
            record::MERGE => {
                let (top, bottom) = (u32_at(data, 0)?, u32_at(data, 4)?);
                let (left, right) = (column(data, 8)?, column(data, 12)?);
                if top <= bottom && left <= right && bottom < address::ROWS {
                    self.sheet.merges.push(Merge { top, left, bottom, right });
                }
            }
            record::END_CELLS => self.complete = true,
            record::CELL_ERROR | record::CELL_BOOL => cell(data, 9)?,
            record::CELL_REAL => cell(data, 16)?,
            record::CELL_RK | record::CELL_TEXT => cell(data, 12)?,
            record::CELL_SHARED => {
                cell(data, 12)?;
                u32_at(data, 8).filter(|&text| text < self.texts)?;
            }
            record::FORMULA_TEXT => {
                cell(data, 14)?;
                let length = usize::try_from(u32_at(data, 8)?).ok()?;
                formula(data, length.checked_mul(2)?.checked_add(14)?)?;
            }
            record::FORMULA_NUMBER => formula(data, 18).and(cell(data, 18))?,
            record::FORMULA_BOOL => formula(data, 11).and(cell(data, 11))?,
            record::FORMULA_ERROR => {
                formula(data, 11).and(cell(data, 11))?;
                self.sheet.formula_errors.push((self.row, column(data, 0)?, error(data[8])));
            }
            _ => (),
        }
        Some(())
    }

    fn column(&mut self, data: &[u8]) -> Option<()> {
        let (first, last, width) = (column(data, 0)?, u32_at(data, 4)?, u32_at(data, 8)?);
        let last = u16::try_from(last.min(u32::from(address::COLUMNS) - 1)).ok()?;
        if (*data.get(16)? & 1 != 0 || width == 0) && first <= last {
            self.sheet.hidden_cols.push((first, last));
        }
        Some(())
    }
}

/// Whether a cell of this many bytes stands in a column of the sheet.
fn cell(data: &[u8], least: usize) -> Option<()> {
    column(data, 0)?;
    (data.len() >= least).then_some(())
}

/// A column number of the sheet.
fn column(data: &[u8], at: usize) -> Option<u16> {
    u16::try_from(u32_at(data, at)?).ok().filter(|&c| c < address::COLUMNS)
}

/// Whether a formula of the length it says stands at this place.
fn formula(data: &[u8], at: usize) -> Option<()> {
    let length = usize::try_from(u32_at(data, at)?).ok()?;
    data.get(at + 4..)?.get(..length).map(|_| ())
}

const fn error(code: u8) -> ErrorValue {
    match code {
        0x00 => ErrorValue::Null,
        0x07 => ErrorValue::Div0,
        0x0F => ErrorValue::Value,
        0x17 => ErrorValue::Ref,
        0x1D => ErrorValue::Name,
        0x24 => ErrorValue::Num,
        0x2A => ErrorValue::Na,
        _ => ErrorValue::Other,
    }
}

/// Calls `look` for every record.
fn walk(bytes: &[u8], mut look: impl FnMut(u16, &[u8]) -> Option<()>) -> Read<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let kind = number(&mut rest, 2).ok_or_else(truncated)?;
        let length = number(&mut rest, 4).and_then(|n| usize::try_from(n).ok()).ok_or_else(truncated)?;
        let (data, behind) = rest.split_at_checked(length).ok_or_else(truncated)?;
        let kind = u16::try_from(kind).map_err(|_| truncated())?;
        look(kind, data).ok_or_else(truncated)?;
        rest = behind;
    }
    Ok(())
}

/// A number of up to `most` bytes of seven bits, low ones first.
fn number(rest: &mut &[u8], most: usize) -> Option<u32> {
    let mut n = 0;
    for i in 0..most {
        let (&byte, behind) = rest.split_first()?;
        *rest = behind;
        n |= u32::from(byte & 0x7F) << (7 * i);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(n)
}

fn wide_text(data: &[u8]) -> Option<String> {
    let length = usize::try_from(u32_at(data, 0)?).ok()?;
    let units = data.get(4..)?.get(..length.checked_mul(2)?)?;
    let units: Vec<u16> = units.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
    String::from_utf16(&units).ok()
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn truncated() -> Trouble {
    Trouble::Damaged("isinya terpotong atau rusak".to_owned())
}
