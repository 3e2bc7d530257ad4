//! The lines at the head of each sheet.

use crate::error::Result;
use crate::publish::workbook::{Look, Page, Tone, What};

use super::Plan;

/// Draws the title block of three rows; tables start in row 4.
///
/// # Errors
/// When a cell lies outside the sheet.
pub fn draw(page: &mut Page<'_, '_>, plan: &Plan<'_>, title: &str, note: &str) -> Result<()> {
    page.text(0, 0, title, Look::new(What::Text, Tone::Title))?;
    let whose = format!("{} — norma {}", plan.scope.to_uppercase(), plan.book.norm.label);
    page.text(1, 0, &whose, Look::new(What::Text, Tone::Subtitle).bold())?;
    page.text(2, 0, note, Look::new(What::Text, Tone::Note))
}
