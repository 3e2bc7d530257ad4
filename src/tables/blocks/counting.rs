//! Rows that number the columns: `1 2 3`, `(1) (2) (3)`, `a b c`, with the sums that some of them are.

use crate::model::{Cell, Value};
use crate::normalise::text;
use crate::tables::marks::{Mark, Marked};

/// Signs of the sums that a row of column numbers may hold: `7=4-5`, `9 = 7 x 8`, `6=(5:4)*100%`, `E=C+D`.
const SUMS: &str = "=+-–() xX×*/:÷%.";

/// A row of column numbers: `1 2 3`, `(1) (2) (3)`, `a b c`, with sums such as `6=4+5` among them.
pub(super) fn counting<'a>(sheet: &Marked, cells: impl Iterator<Item = (&'a Cell, Mark)> + Clone) -> bool {
    if mostly_figures(sheet, cells.clone()) {
        return false;
    }
    let columns: Vec<u16> = cells.clone().map(|(cell, _)| cell.col).collect();
    let shown: Vec<_> = cells.map(|(cell, _)| sheet.grid.shown(cell.value)).collect();
    let steps: Vec<Option<Step>> = shown.iter().flat_map(|text| several(text)).collect();
    let mut last = 0;
    let rises = steps.iter().enumerate().all(|(i, step)| {
        let next = match step {
            Some(Step::Number(n)) => *n,
            Some(Step::Sum) => last + 1,
            None => return false,
        };
        // In each of two halves beside each other anew.
        let goes_on = next == last + 1 || i == 0 && next <= 2 || next == 1 && last >= 3;
        last = next;
        goes_on
    });
    rises && steps.len() >= 3 && last >= 3 || mostly_counting(&steps) || counting_on(&steps, &columns)
}

/// `(1) (2) (3)  (5) (6)`: numbers that rise with their columns, of which some have none.
fn counting_on(steps: &[Option<Step>], columns: &[u16]) -> bool {
    const FEWEST: usize = 4;
    let [Some(Step::Number(first)), ..] = steps else { return false };
    let Some(start) = columns.first() else { return false };
    let rises = |(step, col): (&Option<Step>, &u16)| *step == Some(Step::Number(first + u32::from(col - start)));
    *first <= 2 && steps.len() >= FEWEST && steps.len() == columns.len() && steps.iter().zip(columns).all(rises)
}

/// More than one in six are numbers that no column of this row can have: most rows of a long list are told from column numbers by this alone.
fn mostly_figures<'a>(sheet: &Marked, cells: impl Iterator<Item = (&'a Cell, Mark)> + Clone) -> bool {
    let numbers = |value: Value| match value {
        Value::Text(_) => sheet.grid.shown(value).split_whitespace().count().max(1),
        _ => 1,
    };
    let most: usize = cells.clone().map(|(cell, _)| numbers(cell.value)).sum();
    let columns = 0.0..=f64::from(u32::try_from(most + 1).unwrap_or(u32::MAX));
    let figures =
        cells.filter(|(cell, _)| matches!(cell.value, Value::Number(n) if !columns.contains(&n) || n.fract() != 0.0)).count();
    figures * 6 > most
}

/// A cell in a row of column numbers.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Number(u32),
    Sum,
}

/// The numbers of one cell: on paper those of two narrow columns may stand in one, `(2) (3)`.
fn several(text: &str) -> Vec<Option<Step>> {
    let each: Vec<Option<Step>> = text.split_whitespace().map(step).collect();
    if each.len() > 1 && each.iter().all(|s| matches!(s, Some(Step::Number(_)))) { each } else { vec![step(text)] }
}

fn step(text: &str) -> Option<Step> {
    let bare = text::ordinal(text);
    match bare.parse::<u32>() {
        Ok(_) if bare.len() > 1 && bare.starts_with('0') => None,
        Ok(n) => Some(Step::Number(n)),
        Err(_) if bare.len() == 1 && bare.as_bytes()[0].is_ascii_alphabetic() => {
            Some(Step::Number(u32::from(bare.as_bytes()[0].to_ascii_lowercase() - b'a') + 1))
        }
        Err(_) => sums_columns(bare).then_some(Step::Sum),
    }
}

/// A long row of column numbers of which one in six or fewer was misread in a scan, or mistyped.
fn mostly_counting(steps: &[Option<Step>]) -> bool {
    let right = (1..).zip(steps).filter(|(place, step)| **step == Some(Step::Number(*place))).count();
    steps.len() >= LONG && right * 6 >= steps.len() * 5
}

/// Rows of column numbers from this length on are known although one is wrong.
const LONG: usize = 6;

/// `6=4+5`, `E=C+D`: the number or letter of a column with those of the columns that it sums.
fn sums_columns(text: &str) -> bool {
    let single =
        |part: &str| part.chars().all(|c| c.is_ascii_digit()) || part.len() == 1 && part.chars().all(|c| c.is_ascii_alphabetic());
    let parts = text.split(|c| SUMS.contains(c)).filter(|p| !p.is_empty());
    text.contains(['=', '+'])
        && parts.clone().count() > 1
        && parts.clone().all(single)
        && (text.contains('=') || parts.clone().all(|p| p.parse::<u32>().is_ok()))
}

#[cfg(test)]
mod counted {
    use super::*;

    fn mostly(texts: &str) -> bool {
        mostly_counting(&texts.split(' ').map(step).collect::<Vec<_>>())
    }

    #[test]
    fn a_misread_number_leaves_a_long_row_of_column_numbers_what_it_is() {
        assert!(mostly("4 2 3 4 5 6 7 8 9") && mostly("(1) (2) (3) (4) (6) (6)"));
        assert!(!mostly("4 2 3 4 5"), "too short to tell");
        assert!(!mostly("1 2 3 9 12 14 7 8 9"), "too many others");
        assert!(!mostly("1 Kumai 3 4 5 7 9"), "a row of small counts");
    }
}
