//! Rows that number the columns.

use crate::tables::marks::Marked;

/// `1 2 3`, `(1) (2) (3)`, `a b c`, `(5=3+4)`: numbers of the columns.
#[must_use]
pub fn counts_columns(sheet: &Marked, n: usize) -> bool {
    let (_, cells) = sheet.row(n);
    let mut counted = 0;
    let mut last = 0;
    for (cell, _) in cells {
        let shown = sheet.grid.shown(cell.value);
        let Some(step) = column_number(shown.trim(), last) else { return false };
        if step > last + 2 {
            return false;
        }
        last = step;
        counted += 1;
    }
    counted >= 3
}

/// The number of a column as printed; sums such as `6=4+5` count on.
fn column_number(shown: &str, last: u32) -> Option<u32> {
    let bare = shown.trim_start_matches(['(', '[']).trim_end_matches([')', ']']).trim();
    let number = |t: &str| t.parse::<u32>().ok().filter(|_| t.len() == 1 || !t.starts_with('0'));
    if let Some(n) = number(bare) {
        return Some(n);
    }
    if let (1, Some(b)) = (bare.len(), bare.bytes().next().filter(u8::is_ascii_alphabetic)) {
        return Some(u32::from(b.to_ascii_lowercase() - b'a') + 1);
    }
    let sum = bare.contains(['=', '+', '/', '-']) && bare.chars().all(|c| c.is_ascii_digit() || "=+-–/x:*() %".contains(c));
    sum.then(|| bare.split('=').find_map(|t| number(t.trim())).unwrap_or(last + 1))
}
