//! What all consolidated workbooks share: looks, safe sheet names, numbers that know their source, formulas with stored results,
//! headings, printing.

pub mod documents;
pub mod evidence;
pub mod findings;
pub mod formula;
pub mod heading;
pub mod ledger;
pub mod names;
pub mod page;
pub mod print;
pub mod sources;
pub mod style;

pub use formula::{At, Formula};
pub use ledger::{Flaw, Ledger, Paper, Published, Source};
pub use page::{Desk, Page};
pub use style::{Look, Tone, What};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::error::Result;

/// Puts the sheets together; the bytes of the finished workbook.
///
/// The creation time is a fixed one: the same figures must give the same bytes on every day.
///
/// # Errors
/// When the library cannot write the file.
pub fn bind(title: &str, subject: &str, sheets: impl IntoIterator<Item = Worksheet>) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2025, 1, 1).map_err(page::trouble)?;
    let properties = DocProperties::new()
        .set_title(title)
        .set_subject(subject)
        .set_author("rekap")
        .set_comment("Dibuat oleh program rekap. Setiap angka disertai asalnya pada lembar Sumber.")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer().map_err(page::trouble)
}
