//! What calamine does not check or does not tell about an Excel 97–2003 workbook, found by walking over its records:
//! passwords, truncation, how far the cells of a sheet lie apart, hidden rows and columns, texts that do not exist, and
//! whether formulas have results at all. A declared size that is not true is corrected, for calamine reserves memory by it.

use std::collections::HashMap;

use super::super::trouble::{Read, Trouble};
use super::hidden;
use super::number_format::{self, Shows};
use super::xls_shared::Shared;

/// Places of a sheet that calamine may reserve on the word of its header.
const TRUSTED_PLACES: u64 = 1 << 20;
/// Last column of this format.
const LAST_COLUMN: u16 = 255;

/// What the guard found.
pub(super) struct Guarded {
    /// Facts of each listed sheet, in order.
    pub(super) sheets: Vec<Sheet>,
    /// Whether the stream was corrected.
    pub(super) changed: bool,
    /// Whether any formula has a result. Programs that write formulas without computing them leave all of them blank.
    pub(super) computed: bool,
}

/// Facts of one sheet.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) cells: Extent,
    pub(super) formulas: Extent,
    /// Formulas kept once for several cells.
    pub(super) shared: Shared,
    /// Numbers shown as percentages.
    pub(super) percents: Vec<(u32, u16)>,
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_cols: Vec<(u16, u16)>,
    /// The cell that refers to the shared text with the highest number.
    pub(super) farthest_text: Option<(u32, u16)>,
}

/// The rectangle around cells.
#[derive(Default)]
pub(super) struct Extent(Option<(u16, u16, u16, u16)>);

impl Extent {
    fn add(&mut self, row: u16, col: u16) {
        let (top, left, bottom, right) = self.0.unwrap_or((row, col, row, col));
        self.0 = Some((top.min(row), left.min(col), bottom.max(row), right.max(col)));
    }

    /// Its number of places.
    pub(super) fn area(&self) -> u64 {
        self.0.map_or(0, |(top, left, bottom, right)| (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1))
    }
}

/// Record types of BIFF.
mod record {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const COLUMN_INFO: u16 = 0x007D;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00BD;
    pub(super) const RICH_STRING: u16 = 0x00D6;
    pub(super) const CELL_FORMAT: u16 = 0x00E0;
    pub(super) const LABEL_SST: u16 = 0x00FD;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERROR: u16 = 0x0205;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const NUMBER_FORMAT: u16 = 0x041E;
    pub(super) const SHARED_FORMULA: u16 = 0x04BC;
    pub(super) const BOF: u16 = 0x0809;
}

/// Walks over the whole workbook.
pub(super) fn check(stream: &mut [u8]) -> Read<Guarded> {
    let mut starts = Vec::new();
    let mut formats = Formats::default();
    let mut at = 0;
    loop {
        let (kind, data) = next(stream, &mut at)?;
        match kind {
            record::FILE_PASS => return Err(Trouble::Locked),
            record::BOUND_SHEET => starts.push(u32_at(&stream[data.clone()], 0).ok_or_else(truncated)?),
            record::NUMBER_FORMAT => formats.written_out(&stream[data]),
            record::CELL_FORMAT => formats.cell_format(&stream[data]),
            record::EOF => break,
            _ => (),
        }
    }
    let mut guarded = Guarded { sheets: Vec::with_capacity(starts.len()), changed: false, computed: false };
    let mut formulas = 0u64;
    for start in starts {
        let start = usize::try_from(start).ok().filter(|&s| s < stream.len()).ok_or_else(truncated)?;
        let mut walk = Walk::new(&formats);
        let declared = walk.run(stream, start)?;
        guarded.changed |= walk.correct(stream, declared);
        guarded.computed |= walk.computed;
        formulas += walk.formulas;
        walk.sheet.hidden_rows = walk.hidden_rows.finish();
        guarded.sheets.push(walk.sheet);
    }
    guarded.computed |= formulas == 0;
    Ok(guarded)
}

/// What cell formats show.
#[derive(Default)]
struct Formats {
    written_out: HashMap<u16, Shows>,
    cells: Vec<Shows>,
}

impl Formats {
    /// A format of Excel 97 and later: number, length, width of its characters, text.
    fn written_out(&mut self, data: &[u8]) {
        let (Some(id), Some(&flags), Some(text)) = (u16_at(data, 0), data.get(4), data.get(5..)) else { return };
        let code: String = match flags & 1 {
            0 => text.iter().copied().map(char::from).collect(),
            _ => text.chunks_exact(2).map(|c| if c[1] == 0 { char::from(c[0]) } else { '?' }).collect(),
        };
        self.written_out.insert(id, number_format::format_code(&code));
    }

    fn cell_format(&mut self, data: &[u8]) {
        let id = u16_at(data, 2).unwrap_or(0);
        let shows = self.written_out.get(&id).copied();
        self.cells.push(shows.unwrap_or(number_format::builtin(u32::from(id))));
    }
}

/// The walk over one sheet.
struct Walk<'f> {
    formats: &'f Formats,
    sheet: Sheet,
    hidden_rows: hidden::Ranges<u32>,
    highest: u32,
    formulas: u64,
    computed: bool,
}

impl<'f> Walk<'f> {
    fn new(formats: &'f Formats) -> Self {
        let hidden_rows = hidden::Ranges::default();
        Self { formats, sheet: Sheet::default(), hidden_rows, highest: 0, formulas: 0, computed: false }
    }

    /// Up to the end of the sheet; charts within it are passed over. Gives where the declared size stands.
    fn run(&mut self, stream: &[u8], start: usize) -> Read<Option<std::ops::Range<usize>>> {
        let (mut at, mut depth, mut declared) = (start, 0u32, None);
        loop {
            let (kind, place) = next(stream, &mut at)?;
            let data = &stream[place.clone()];
            match kind {
                record::BOF => depth += 1,
                record::EOF if depth <= 1 => return Ok(declared),
                record::EOF => depth -= 1,
                _ if depth > 1 => (),
                record::DIMENSIONS => declared = Some(place),
                _ => self.look(kind, data).ok_or_else(truncated)?,
            }
        }
    }

    /// One record; `None` where it is too short or a cell lies outside.
    fn look(&mut self, kind: u16, data: &[u8]) -> Option<()> {
        match kind {
            record::ROW => {
                let row = u32::from(u16_at(data, 0)?);
                if u16_at(data, 12)? & 0x20 != 0 {
                    self.hidden_rows.add(row, row);
                }
            }
            record::COLUMN_INFO => {
                let (first, last, width) = (u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?);
                if (u16_at(data, 8)? & 1 != 0 || width == 0) && first <= last {
                    self.sheet.hidden_cols.push((first, last.min(LAST_COLUMN)));
                }
            }
            record::LABEL | record::RICH_STRING | record::BOOL_ERROR => {
                self.cell(data)?;
            }
            record::NUMBER | record::RK => {
                let (row, col) = self.cell(data)?;
                self.style(row, col, u16_at(data, 4)?);
            }
            record::MUL_RK => {
                let (row, first) = self.cell(data)?;
                for (col, number) in (first..=LAST_COLUMN).zip(data[4..].chunks_exact(6)) {
                    self.style(row, col, u16_at(number, 0)?);
                }
                let last = u16_at(data, data.len().checked_sub(2)?)?;
                self.sheet.cells.add(row, Some(last).filter(|&c| c <= LAST_COLUMN)?);
            }
            record::LABEL_SST => {
                let (row, col) = self.cell(data)?;
                let index = u32_at(data, 6)?;
                if self.sheet.farthest_text.is_none() || index > self.highest {
                    self.highest = index;
                    self.sheet.farthest_text = Some((u32::from(row), col));
                }
            }
            record::FORMULA => {
                let (row, col) = self.cell(data)?;
                self.sheet.formulas.add(row, col);
                self.sheet.shared.cell((row, col), data);
                self.style(row, col, u16_at(data, 4)?);
                self.formulas += 1;
                let result = data.get(6..14)?;
                self.computed |= !(result[0] == 3 && result[6..] == [0xFF, 0xFF]);
            }
            record::SHARED_FORMULA => self.sheet.shared.formula(data),
            _ => (),
        }
        Some(())
    }

    fn cell(&mut self, data: &[u8]) -> Option<(u16, u16)> {
        let (row, col) = (u16_at(data, 0)?, u16_at(data, 2).filter(|&c| c <= LAST_COLUMN)?);
        self.sheet.cells.add(row, col);
        Some((row, col))
    }

    /// Notes what the format of a number shows.
    fn style(&mut self, row: u16, col: u16, format: u16) {
        if self.formats.cells.get(usize::from(format)) == Some(&Shows::Percent) {
            self.sheet.percents.push((u32::from(row), col));
        }
    }

    /// Blanks out a declared size that is far beyond the cells; whether it did.
    fn correct(&self, stream: &mut [u8], declared: Option<std::ops::Range<usize>>) -> bool {
        let Some(place) = declared else { return false };
        let data = &stream[place.clone()];
        let places = match data.len() {
            10 => Some((u16_at(data, 2).map(u32::from), u16_at(data, 6))),
            14 | 16 => Some((u32_at(data, 4), u16_at(data, 10))),
            _ => None,
        };
        let places = places.and_then(|(rows, cols)| Some(u64::from(rows?) * u64::from(cols?))).unwrap_or(u64::MAX);
        let first_beyond = match data.len() {
            10 => u16_at(data, 0) > u16_at(data, 2),
            _ => u32_at(data, 0) > u32_at(data, 4),
        };
        let untrue = places > TRUSTED_PLACES && places > self.sheet.cells.area() * 2 || first_beyond;
        if untrue {
            stream[place].fill(0);
        }
        untrue
    }
}

/// Type and place of the record at `at`, which moves behind it.
fn next(stream: &[u8], at: &mut usize) -> Read<(u16, std::ops::Range<usize>)> {
    let header = stream.get(*at..).unwrap_or_default();
    let (kind, length) = (u16_at(header, 0).ok_or_else(truncated)?, u16_at(header, 2).ok_or_else(truncated)?);
    let start = *at + 4;
    let end = start + usize::from(length);
    if end > stream.len() {
        return Err(truncated());
    }
    *at = end;
    Ok((kind, start..end))
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

fn truncated() -> Trouble {
    Trouble::Damaged("isinya terpotong atau rusak".to_owned())
}
