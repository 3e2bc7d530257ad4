//! Stage 7: workbooks, data tables, findings, manifest. The only place that writes files.

pub mod data;
pub mod output;
pub mod workbook;
pub mod manifest;
pub mod replace;
