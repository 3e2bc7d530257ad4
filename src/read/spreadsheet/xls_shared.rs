//! Formulas that Excel 97–2003 workbooks keep once for a range of cells: each cell refers to the first one, whose formula says how far away
//! its operands stand. calamine passes over them; here they are written out cell by cell, as far as they add, multiply, sum or round.

use std::collections::HashMap;

/// Rows of a sheet of this format, and columns.
const ROWS: i32 = 65_536;
const COLUMNS: i32 = 256;
/// Longer formulas, and more operands than this, are not written out.
const LONGEST: usize = 2_000;
const DEEPEST: usize = 64;

/// The shared formulas of one sheet.
#[derive(Default)]
pub(super) struct Shared {
    /// By the first cell: tokens.
    formulas: HashMap<(u16, u16), Vec<u8>>,
    /// Cells with the first cell they refer to.
    cells: Vec<((u16, u16), (u16, u16))>,
    /// The last cell with a formula, which a shared formula follows.
    last: (u16, u16),
}

impl Shared {
    /// Notes a cell with a formula, by the whole record.
    pub(super) fn cell(&mut self, at: (u16, u16), record: &[u8]) {
        self.last = at;
        if let Some([1, a, b, c, d]) = record.get(22..27) {
            let first = (u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
            self.cells.push((at, first));
        }
    }

    /// Notes a shared formula, by the whole record: it belongs to the cell before it.
    pub(super) fn formula(&mut self, record: &[u8]) {
        if let Some(tokens) = record.get(10..).filter(|t| t.len() <= LONGEST) {
            self.formulas.insert(self.last, tokens.to_vec());
        }
    }

    /// Every cell that refers to another's formula, with that formula written for it; `?` where it cannot be.
    pub(super) fn written_out(&self) -> impl Iterator<Item = (u32, u16, String)> + '_ {
        self.cells.iter().map(|&((row, col), first)| {
            let written = self.formulas.get(&first).and_then(|tokens| written(tokens, i32::from(row), i32::from(col)));
            (u32::from(row), col, written.unwrap_or_else(|| "?".to_owned()))
        })
    }
}

/// The tokens as text, seen from one cell; `None` for what is not known here.
fn written(mut tokens: &[u8], row: i32, col: i32) -> Option<String> {
    let mut stack: Vec<String> = Vec::new();
    while let Some((&token, rest)) = tokens.split_first() {
        if stack.len() > DEEPEST {
            return None;
        }
        let (length, text) = match token {
            0x03..=0x06 => {
                let (b, a) = (stack.pop()?, stack.pop()?);
                (0, format!("{a}{}{b}", ["+", "-", "*", "/"].get(usize::from(token - 3))?))
            }
            0x12 => (0, format!("+{}", stack.pop()?)),
            0x13 => (0, format!("-{}", stack.pop()?)),
            0x15 => (0, format!("({})", stack.pop()?)),
            // A sum of one range; blanks between tokens.
            0x19 if rest.first() == Some(&0x10) => (3, format!("SUM({})", stack.pop()?)),
            0x19 if matches!(rest.first(), Some(0x40 | 0x41 | 0x00)) => (3, stack.pop().unwrap_or_default()),
            0x1E => (2, number(rest, 0)?.to_string()),
            0x1F => (8, f64::from_le_bytes(rest.get(..8)?.try_into().ok()?).to_string()),
            0x24 | 0x44 | 0x64 => (4, address(i32::from(number(rest, 0)?), i32::from(number(rest, 2)? & 0x3FFF))?),
            0x2C | 0x4C | 0x6C => (4, seen_from(row, col, number(rest, 0)?, number(rest, 2)?)?),
            0x2D | 0x4D | 0x6D => {
                let from = seen_from(row, col, number(rest, 0)?, number(rest, 4)?)?;
                (8, format!("{from}:{}", seen_from(row, col, number(rest, 2)?, number(rest, 6)?)?))
            }
            0x21 | 0x41 | 0x61 if number(rest, 0)? == 27 => (2, called("ROUND", 2, &mut stack)?),
            0x22 | 0x42 | 0x62 => {
                let name = match number(rest, 1)? & 0x7FFF {
                    4 => "SUM",
                    344 => "SUBTOTAL",
                    _ => return None,
                };
                (3, called(name, usize::from(rest.first()? & 0x7F), &mut stack)?)
            }
            _ => return None,
        };
        stack.push(text);
        tokens = rest.get(length..)?;
    }
    stack.pop().filter(|text| stack.is_empty() && !text.is_empty())
}

fn called(name: &str, arguments: usize, stack: &mut Vec<String>) -> Option<String> {
    let from = stack.len().checked_sub(arguments)?;
    Some(format!("{name}({})", stack.split_off(from).join(",")))
}

fn number(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

/// A reference that may say how far away it stands: `row` and `col` as stored, with the marks of the column.
fn seen_from(own_row: i32, own_col: i32, row: u16, col: u16) -> Option<String> {
    let to_row = if col & 0x8000 == 0 { i32::from(row) } else { (own_row + i32::from(row.cast_signed())).rem_euclid(ROWS) };
    let [low, _] = col.to_le_bytes();
    let to_col = if col & 0x4000 == 0 { i32::from(low) } else { (own_col + i32::from(low.cast_signed())).rem_euclid(COLUMNS) };
    address(to_row, to_col)
}

fn address(row: i32, col: i32) -> Option<String> {
    let (mut left, mut letters) = (u32::try_from(col).ok()? + 1, String::new());
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).ok()?;
        letters.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    Some(format!("{letters}{}", row + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `C5+D5` as kept for column E: two cells to the left, one to the left.
    const SUM_OF_TWO: [u8; 11] = [0x4C, 0, 0, 0xFE, 0xC0, 0x4C, 0, 0, 0xFF, 0xC0, 0x03];

    #[test]
    fn a_formula_is_written_for_each_of_its_cells() {
        assert_eq!(written(&SUM_OF_TWO, 4, 4).as_deref(), Some("C5+D5"));
        assert_eq!(written(&SUM_OF_TWO, 9, 4).as_deref(), Some("C10+D10"));
        let column_total = [0x2D, 0xFB, 0xFF, 0xFF, 0xFF, 0, 0xC0, 0, 0xC0, 0x19, 0x10, 0, 0];
        assert_eq!(written(&column_total, 9, 2).as_deref(), Some("SUM(C5:C9)"));
        assert_eq!(written(&[0x22, 2, 99, 0], 1, 1), None, "a function that is not known");
        assert_eq!(written(&SUM_OF_TWO[..7], 4, 4), None, "cut off");
    }

    #[test]
    fn cells_find_the_formula_of_the_first() {
        let mut shared = Shared::default();
        let record = |row: u8| {
            let mut record = vec![0; 22];
            record.extend([1, row, 0, 4, 0]);
            record
        };
        shared.cell((4, 4), &record(4));
        let mut formula = vec![0; 10];
        formula.extend(SUM_OF_TWO);
        shared.formula(&formula);
        shared.cell((5, 4), &record(4));
        shared.cell((6, 4), &record(9));
        let found: Vec<(u32, u16, String)> = shared.written_out().collect();
        let expected = [(4, 4, "C5+D5"), (5, 4, "C6+D6"), (6, 4, "?")].map(|(r, c, f)| (r, c, f.to_owned()));
        assert_eq!(found, expected);
    }
}
