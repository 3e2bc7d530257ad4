//! The lines at the head of each sheet: what it is, whose, of which period, how complete.

use crate::error::Result;
use crate::publish::workbook::{Look, Page, Tone, What};

use super::Plan;

/// Draws the title block; returns the row where the table may start.
///
/// # Errors
/// When a cell lies outside the sheet.
pub fn draw(page: &mut Page<'_, '_>, plan: &Plan<'_>, whose: &str, below: &str) -> Result<u32> {
    page.text(0, 0, "REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, whose, Look::new(What::Text, Tone::Subtitle).bold())?;
    page.text(2, 0, &plan.period, Look::new(What::Text, Tone::Subtitle))?;
    if below.is_empty() {
        return Ok(4);
    }
    page.text(3, 0, below, Look::new(What::Text, Tone::Note))?;
    Ok(5)
}
