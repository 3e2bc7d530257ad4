//! The few shapes of formulas that the workbooks use, and the references inside them.

use crate::model::origin::{letters, quoted};

/// A cell of the workbook being made: sheet number, row and column from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Number of the sheet.
    pub sheet: usize,
    /// Row.
    pub row: u32,
    /// Column.
    pub col: u16,
}

impl At {
    /// `F9`.
    #[must_use]
    pub fn address(self) -> String {
        format!("{}{}", letters(self.col), self.row + 1)
    }
}

/// Cells of one column or row of one sheet; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// First cell.
    pub from: At,
    /// Last cell.
    pub to: At,
}

/// A formula whose result the writer can work out itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// Sum of ranges; cells without a number do not count.
    Sum(Vec<Range>),
    /// Cells added (`true`) or taken away.
    Combine(Vec<(bool, At)>),
    /// First cell over second, less one: growth.
    Growth(At, At),
}

impl Formula {
    /// The sum of one range.
    #[must_use]
    pub fn sum(from: At, to: At) -> Self {
        Self::Sum(vec![Range { from, to }])
    }

    /// The same number as another cell.
    #[must_use]
    pub fn same(as_cell: At) -> Self {
        Self::Combine(vec![(true, as_cell)])
    }

    /// As it stands in a cell of sheet `home`, without the equals sign.
    #[must_use]
    pub fn text(&self, home: usize, sheets: &[String]) -> String {
        let cell = |at: At| reference(at, home, sheets);
        match self {
            Self::Sum(ranges) => {
                let ranges: Vec<String> = ranges.iter().map(|r| format!("{}:{}", cell(r.from), r.to.address())).collect();
                format!("SUM({})", ranges.join(","))
            }
            Self::Combine(terms) => {
                let mut text = String::new();
                for (i, &(plus, at)) in terms.iter().enumerate() {
                    match (plus, i) {
                        (true, 0) => {}
                        (true, _) => text.push('+'),
                        (false, _) => text.push('-'),
                    }
                    text.push_str(&cell(at));
                }
                text
            }
            Self::Growth(now, before) => format!("{}/{}-1", cell(*now), cell(*before)),
        }
    }
}

/// A cell as another sheet names it.
fn reference(at: At, home: usize, sheets: &[String]) -> String {
    if at.sheet == home {
        return at.address();
    }
    let sheet = sheets.get(at.sheet).map_or("", String::as_str);
    format!("{}!{}", quoted(sheet), at.address())
}

/// A cell address as people write it: `Rekap!D12`, `'Kab. Barito Selatan'!$F$9`, any case, with or without `$`.
#[must_use]
pub fn parse_address(text: &str) -> Option<(Option<String>, u32, u16)> {
    let (sheet, cell) = match text.trim().rsplit_once('!') {
        Some((sheet, cell)) => (Some(unquoted(sheet)), cell),
        None => (None, text.trim()),
    };
    let cell: String = cell.chars().filter(|&c| c != '$').collect::<String>().to_ascii_uppercase();
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = cell.split_at(digits);
    if column.is_empty() || column.len() > 3 || !column.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let column = column.bytes().fold(0_u32, |n, b| n * 26 + u32::from(b - b'A') + 1);
    let row: u32 = row.parse().ok()?;
    Some((sheet, row.checked_sub(1)?, u16::try_from(column - 1).ok()?))
}

fn unquoted(sheet: &str) -> String {
    let sheet = sheet.trim();
    let inner = sheet.strip_prefix('\'').and_then(|s| s.strip_suffix('\''));
    inner.map_or_else(|| sheet.to_owned(), |s| s.replace("''", "'"))
}

/// A reference found in a formula: sheet, first row and column, last row and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Name of the sheet.
    pub sheet: String,
    /// First row and column.
    pub from: (u32, u16),
    /// Last row and column.
    pub to: (u32, u16),
}

/// All references of one of our formulas that stands on sheet `home`, in order.
#[must_use]
pub fn references(formula: &str, home: &str) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    for word in words(formula) {
        let (start, end) = split_range(&word);
        let Some((sheet, row, col)) = parse_address(start) else { continue };
        let to = end.and_then(parse_address).map_or((row, col), |(_, r, c)| (r, c));
        found.push(Reference { sheet: sheet.unwrap_or_else(|| home.to_owned()), from: (row, col), to });
    }
    found
}

/// Cuts a formula at its operators, brackets and commas; what stands in apostrophes is kept whole.
fn words(formula: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut inside = false;
    for c in formula.chars() {
        if c == '\'' {
            inside = !inside;
        }
        if !inside && matches!(c, '(' | ')' | ',' | '+' | '-' | '*' | '/' | '=') {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    words
}

/// Cuts `'A:B'!F9:F21` at the colon outside apostrophes.
fn split_range(word: &str) -> (&str, Option<&str>) {
    let after_sheet = word.rfind('!').map_or(0, |i| i + 1);
    match word[after_sheet..].find(':') {
        Some(i) => (&word[..after_sheet + i], Some(&word[after_sheet + i + 1..])),
        None => (word, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_and_their_references_found_again() {
        let sheets = ["Rekap".to_owned(), "Kab. A (1), 'B'-C".to_owned()];
        let at = |sheet, row, col| At { sheet, row, col };
        let sum =
            Formula::Sum(vec![Range { from: at(1, 8, 5), to: at(1, 20, 5) }, Range { from: at(0, 1, 26), to: at(0, 1, 26) }]);
        let text = sum.text(0, &sheets);
        assert_eq!(text, "SUM('Kab. A (1), ''B''-C'!F9:F21,AA2:AA2)");
        let found = references(&text, "Rekap");
        assert_eq!(found[0], Reference { sheet: sheets[1].clone(), from: (8, 5), to: (20, 5) });
        assert_eq!(found[1], Reference { sheet: "Rekap".into(), from: (1, 26), to: (1, 26) });
        let combined = Formula::Combine(vec![(true, at(0, 0, 0)), (false, at(1, 1, 1))]).text(0, &sheets);
        assert_eq!(combined, "A1-'Kab. A (1), ''B''-C'!B2");
        assert_eq!(references(&combined, "Rekap").len(), 2);
        assert_eq!(references("F9/E9-1", "Rekap").len(), 2);
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        assert_eq!(parse_address("rekap!$d$12"), Some((Some("rekap".into()), 11, 3)));
        assert_eq!(parse_address("'Kab. X''s'!AA1"), Some((Some("Kab. X's".into()), 0, 26)));
        assert_eq!(parse_address("B2"), Some((None, 1, 1)));
        for text in ["", "Rekap", "Rekap!12", "Rekap!D0", "1A", "ABCD1", "D1x"] {
            assert_eq!(parse_address(text), None, "{text}");
        }
    }
}
