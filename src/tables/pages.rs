//! Sheets that are pages: programs that turn paper into a workbook, and people who run out of rows, make a sheet of each part of a table.

use crate::model::Grid;

/// Whether a sheet's name counts on from that of the sheet before: `Table 1`, `Table 2`; `POK`, `POK (2)`.
#[must_use]
pub fn counts_on(before: &Grid, sheet: &Grid) -> bool {
    let stem = |name: &str| -> String { name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect() };
    let number = |name: &str| -> Option<u32> {
        let digits: String = name.chars().rev().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        // A year counts no pages.
        digits.chars().rev().collect::<String>().parse().ok().filter(|n| *n < 1000)
    };
    let (a, b) = (before.name.trim(), sheet.name.trim());
    let first = b.strip_prefix(a).is_some_and(|rest| number(rest) == Some(2));
    let next = number(a).zip(number(b)).is_some_and(|(a, b)| b == a + 1);
    stem(a) == stem(b) && (first || next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;

    #[test]
    fn names_count_on_or_name_something_else() {
        let grid = |name: &str| GridBuilder::new(name, Place::Sheet(name.into())).finish();
        let on = |a: &str, b: &str| counts_on(&grid(a), &grid(b));
        assert!(on("Table 1", "Table 2") && on("POK 2025", "POK 2025 (2)") && on("Sheet9", "Sheet10"));
        assert!(on("POK 2025 (2)", "POK 2025 (3)"));
        assert!(
            !on("POK 2025", "POK 2026 semula")
                && !on("Januari", "Februari")
                && !on("RKA 2025", "RKA 2026")
                && !on("Table 1", "Table 3")
        );
    }
}
