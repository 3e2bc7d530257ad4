//! By what a workbook or a table that was published here is known when somebody sends it in: written in one stage, read in another.

/// What stands in the first cell of the sheet with the source of every number, which each workbook has.
pub const SOURCES: &str = "SUMBER SETIAP ANGKA";

/// The first columns of every data table.
pub const KEYS: [&str; 2] = ["document", "locator"];
