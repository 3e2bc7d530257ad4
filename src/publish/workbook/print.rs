//! How a sheet comes out of the printer: F4 landscape, one page wide, headings on every page, page x of y.

use super::page::{Page, trouble};
use crate::error::Result;

/// Folio, 8½ × 13 inches: the entry of Excel's list that comes closest to F4 (210 × 330 mm).
const FOLIO: u8 = 14;

/// Sets a sheet up for printing.
///
/// # Errors
/// When a range lies outside the sheet.
pub fn set_up(page: &mut Page<'_, '_>, heading: (u32, u32), last: (u32, u16), footer: &str) -> Result<()> {
    let sheet = &mut page.sheet;
    sheet.set_landscape().set_paper_size(FOLIO).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    let footer: String = footer.replace('&', "&&").chars().take(120).collect();
    sheet.set_footer(format!("&L&\"Arial\"&7{footer}&R&\"Arial\"&7Halaman &P dari &N"));
    sheet.set_repeat_rows(heading.0, heading.1).map_err(trouble)?;
    sheet.set_print_area(0, 0, last.0, last.1).map_err(trouble)?;
    Ok(())
}
