//! Whole documents.

use super::read;
use crate::model::Findings;
use crate::model::schema::Limits;

#[test]
fn what_is_no_pdf_is_damaged() {
    for bytes in [&b""[..], b"%PDF-1.4\n", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n0\n%%EOF"] {
        let mut findings = Findings::default();
        assert!(read(&mut findings, bytes, &Limits::default()).is_none());
        assert!(findings.has("A01"));
    }
}
