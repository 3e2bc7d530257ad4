//! Stage 2: bytes → [`Document`]. One file per format; none of them knows what a table means.

mod archive;
mod spreadsheet;
mod trouble;
mod xml;
pub mod pdf;

use crate::model::document::Document;
use crate::model::finding::Findings;
use crate::model::schema::Limits;

/// tmp
pub fn read(findings: &mut Findings, bytes: &[u8], _name: &str, limits: &Limits) -> Option<Document> {
    let read = archive::Archive::open(bytes, limits).and_then(spreadsheet::xlsx);
    read.map_err(|t| findings.add(t.finding())).ok()
}
