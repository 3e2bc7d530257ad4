//! Stage 7: workbooks, data tables, findings, manifest. The only place that writes files.

pub mod manifest;
pub mod replace;
