//! One row of figures on a sheet: numbers read are written as they were read, a total that no document prints as a formula.

use crate::consolidate::book::{Figure, Line};
use crate::error::Result;
use crate::publish::workbook::evidence::Evidence;
use crate::publish::workbook::{Formula, Look, Page, Tone, What};

use super::columns::Columns;

/// A plain number.
const COUNT: Look = Look::new(What::Count, Tone::Plain);

/// Writes counts and measures of a line.
///
/// # Errors
/// When a cell lies outside the sheet.
pub fn draw<'a>(page: &mut Page<'_, 'a>, row: u32, line: &Line, columns: &Columns, evidence: &Evidence<'a>) -> Result<()> {
    for (column, figure) in columns.counts.iter().zip(&line.counts) {
        if let Some(column) = *column {
            single(page, row, column, figure.as_ref(), evidence)?;
        }
    }
    for (first, three) in columns.flow.iter().zip(&line.flow) {
        if let Some(first) = *first {
            triple(page, row, first, three, |f| evidence.published(f), COUNT)?;
        }
    }
    Ok(())
}

fn single<'a>(page: &mut Page<'_, 'a>, row: u32, col: u16, figure: Option<&Figure>, evidence: &Evidence<'a>) -> Result<()> {
    match figure.and_then(|f| evidence.published(f)) {
        Some(published) => page.figure(row, col, published, COUNT),
        None => page.blank(row, col, COUNT),
    }
}

/// Writes l, p and total side by side. A total that was worked out from a printed L and P becomes a live sum of the two.
///
/// # Errors
/// When a cell lies outside the sheet.
pub fn triple<'a>(
    page: &mut Page<'_, 'a>,
    row: u32,
    first: u16,
    three: &[Option<Figure>; 3],
    publish: impl Fn(&Figure) -> Option<crate::publish::workbook::Published<'a>>,
    look: Look,
) -> Result<()> {
    for (col, figure) in (first..).zip(three) {
        let sum = Formula::Combine(vec![(true, page.at(row, first)), (true, page.at(row, first + 1))]);
        let worked_out = col == first + 2 && figure.is_some_and(|f| f.origin.is_none());
        let agrees = page.ledger().evaluate(&sum).is_some_and(|(sum, _)| figure.is_some_and(|f| (f.value - sum).abs() < 0.5));
        match figure.as_ref().and_then(&publish) {
            Some(_) if worked_out && agrees => {
                page.formula(row, col, &sum, look)?;
            }
            Some(published) => page.figure(row, col, published, look)?,
            None => page.blank(row, col, look)?,
        }
    }
    Ok(())
}
