//! What the program published and somebody put among the inputs is told, not counted a second time.

use std::fs;

use super::Desk;

#[test]
fn published_workbooks_and_tables_are_no_inputs() {
    let desk = Desk::with_batch("2025-10");
    desk.rekap(&[]);
    for (from, to) in [("PDPB.xlsx", "62.04/PDPB.xlsx"), ("data/pdpb.csv", "62.06/pdpb.csv")] {
        let bytes = fs::read(desk.path(&format!("outputs/2025-10/{from}"))).unwrap();
        desk.write(&format!("inputs/2025-11/{to}"), bytes);
    }
    desk.batch("2025-11");
    desk.rekap(&["2025-11"]);
    let documents = fs::read_to_string(desk.path("outputs/2025-11/data/documents.csv")).unwrap();
    for name in ["62.04/PDPB.xlsx", "62.06/pdpb.csv"] {
        let line = documents.lines().find(|l| l.starts_with(name)).unwrap();
        assert!(line.contains(",unrecognised,") && line.contains("hasil terbitan rekap"), "{line}");
    }
    let rows = fs::read_to_string(desk.path("outputs/2025-11/data/pdpb.csv")).unwrap();
    assert!(!rows.contains("62.04/") && !rows.contains("62.06/"), "{rows}");
}
