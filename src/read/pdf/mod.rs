//! PDF documents.

use crate::model::document::Document;
use crate::model::finding::{Finding, Findings};
use crate::model::schema::Limits;

/// Not read yet.
pub fn read(findings: &mut Findings, _bytes: &[u8], _limits: &Limits) -> Option<Document> {
    findings.add(Finding::new("A03", "Berkas PDF belum dapat dibaca oleh versi ini."));
    None
}
