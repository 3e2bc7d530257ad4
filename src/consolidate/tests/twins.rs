//! A05 for a workbook and a PDF that should say the same.

use super::*;
use crate::model::Format;

fn doc(path: &str, format: Format, second: f64) -> Doc {
    Doc::pdpb(path, "62.01", "2025-TW3")
        .row("62.01.01", &[("akhir_l", 5.0), ("akhir", 10.0)])
        .row("62.01.02", &[("akhir_l", 6.0), ("akhir", second)])
        .with(move |e| e.outcome.format = format)
}

fn differing(batch: &Consolidated) -> Vec<(&str, &str, &str)> {
    let cells = batch.findings.iter().filter(|f| f.code == "A05" && f.span.is_some());
    cells.map(|f| (f.document.as_str(), f.found.as_str(), f.expected.as_str())).collect()
}

#[test]
fn a_value_that_differs_between_workbook_and_pdf_is_said_of_both() {
    let batch = batch(&[doc("a.pdf", Format::Pdf, 12.0), doc("a.xlsx", Format::Xlsx, 21.0)]);
    assert_eq!(differing(&batch), [("a.pdf", "12", "21"), ("a.xlsx", "21", "12")]);
}

#[test]
fn twins_that_agree_and_documents_of_another_revision_are_left_alone() {
    let same = batch(&[doc("a.pdf", Format::Pdf, 12.0), doc("a.xlsx", Format::Xlsx, 12.0)]);
    assert!(differing(&same).is_empty());
    let revised = doc("a.xlsx", Format::Xlsx, 21.0).with(|e| e.outcome.subject.revision = 2);
    assert!(differing(&batch(&[doc("a.pdf", Format::Pdf, 12.0), revised])).is_empty());
    let books = batch(&[doc("a.ods", Format::Ods, 12.0), doc("a.xlsx", Format::Xlsx, 21.0)]);
    assert!(differing(&books).is_empty(), "two workbooks are versions, not twins");
}

#[test]
fn of_a_scan_and_a_workbook_the_workbook_counts_however_late_the_scan_came() {
    let scan = doc("a.pdf", Format::Pdf, 12.0).with(|e| {
        e.source.received.seconds = 900;
        e.outcome.findings.push(Finding::new("A06", "x").mild());
    });
    let batch = batch(&[scan, doc("a.xlsx", Format::Xlsx, 12.0)]);
    assert_eq!(batch.entries[0].outcome.status, Status::Superseded);
    assert_eq!(batch.entries[1].outcome.status, Status::Accepted);
}
