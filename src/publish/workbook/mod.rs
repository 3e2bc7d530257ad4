//! What all consolidated workbooks share: looks, safe sheet names, numbers that know their source, formulas with stored results,
//! headings, printing.

pub mod container;
pub mod documents;
pub mod evidence;
pub mod findings;
pub mod formula;
pub mod heading;
pub mod ledger;
pub mod names;
pub mod page;
pub mod print;
mod runs;
pub mod sources;
pub mod style;

pub use formula::{At, Formula};
pub use ledger::{Flaw, Ledger, Paper, Published, Source};
pub use page::{Desk, Page};
pub use style::{Look, Tone, What};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Worksheet};

use crate::error::Result;

/// How hard the files within a workbook are packed, 1 to 9: a tenth larger than with the usual 6.
const PACKING: u8 = 3;

/// Puts the sheets together: the bytes of the finished workbook, and all its numbers.
///
/// The creation time is a fixed one: the same figures must give the same bytes on every day.
///
/// # Errors
/// When the library cannot write the file.
pub fn bind<'a>(
    desk: Desk<'a>,
    title: &str,
    subject: &str,
    sheets: impl IntoIterator<Item = Worksheet>,
) -> Result<(Vec<u8>, Ledger<'a>)> {
    let mut workbook = desk.workbook;
    let created = ExcelDateTime::from_ymd(2025, 1, 1).map_err(page::trouble)?;
    let properties = DocProperties::new()
        .set_title(title)
        .set_subject(subject)
        .set_author("rekap")
        .set_comment("Dibuat oleh program rekap. Setiap angka disertai asalnya pada lembar Sumber.")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    workbook.set_zip_compression_level(PACKING);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    Ok((container::alike(workbook.save_to_buffer().map_err(page::trouble)?), desk.ledger))
}
