//! Cell addresses as workbooks write them: `B12`, `A1:C3`.

use crate::model::document::Merge;

/// Rows of the largest sheet there is.
pub(super) const ROWS: u32 = 1_048_576;
/// Columns of the largest sheet there is.
pub(super) const COLUMNS: u16 = 16_384;

/// `B12` as (row, column) from zero; `None` for anything that is not a cell of a sheet.
pub(super) fn cell(text: &str) -> Option<(u32, u16)> {
    let bytes = text.as_bytes();
    let letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let col = bytes[..letters].iter().fold(0u32, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1) - 1;
    let row = row(&text[letters..])?;
    u16::try_from(col).ok().filter(|&c| c < COLUMNS).map(|c| (row, c))
}

/// `12` as a row from zero.
pub(super) fn row(text: &str) -> Option<u32> {
    let digits = text.as_bytes();
    if digits.is_empty() || digits.len() > 7 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let row = digits.iter().fold(0u32, |n, d| n * 10 + u32::from(d - b'0'));
    (1..=ROWS).contains(&row).then(|| row - 1)
}

/// `A1:C3` as a merged range; `None` for a single cell.
pub(super) fn merge(text: &str) -> Option<Merge> {
    let (from, to) = text.split_once(':')?;
    let (a, b) = (cell(from)?, cell(to)?);
    let merge = Merge { top: a.0.min(b.0), left: a.1.min(b.1), bottom: a.0.max(b.0), right: a.1.max(b.1) };
    (a != b).then_some(merge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_sheets_end() {
        assert_eq!(cell("A1"), Some((0, 0)));
        assert_eq!(cell("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["XFE1", "A1048577", "A0", "A", "1", "", "AAAA1", "A1B", "A99999999999"] {
            assert_eq!(cell(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn merges_have_two_corners() {
        assert_eq!(merge("C3:A1"), Some(Merge { top: 0, left: 0, bottom: 2, right: 2 }));
        assert_eq!(merge("A1:A1"), None);
        assert_eq!(merge("A1"), None);
    }
}
