//! P05 across documents.

use super::*;
use crate::model::finding::afterwards;
use crate::model::{Change, Explanation};

fn told_with(signed: f64) -> (Finding, Finding) {
    let change = |col, found, value| Change { cell: Origin::new(0, 5, col), found, value };
    let tie = Finding {
        explanations: vec![
            Explanation { cells: vec![change(4, 20.0, 56.0)], ..Explanation::default() },
            Explanation { cells: vec![change(1, 73.0, 37.0)], ..Explanation::default() },
        ],
        cause: 3,
        ..Finding::new("D01", format!("Tidak cocok.{}R5C4 20 → 56, atau R5C1 73 → 37.", afterwards::OPEN))
    };
    let rekap = Doc::pdpb("rekap", "62.01", "2025-TW3")
        .row("62.01.01", &[("akhir_l", 73.0)])
        .row("62.01.02", &[("akhir_l", 10.0)])
        .with(|e| e.outcome.findings.push(tie));
    let minutes =
        Doc::new("ba", "berita_acara", "62.01", "2025-TW3").row_of("berita_acara", "62.01", &[("nomor", "1")], &[("l", signed)]);
    let batch = batch(&[rekap, minutes]);
    let about = |code: &str| batch.findings.iter().find(|f| f.code == code).unwrap().clone();
    (about("D01"), about("P05"))
}

#[test]
fn what_was_signed_settles_which_of_several_cells_is_wrong() {
    let (line, signed) = told_with(47.0);
    assert_eq!((line.suspect, line.suggestion.as_str()), (Some(Origin::new(0, 5, 1)), "37"));
    assert_eq!(line.message, "Tidak cocok. Kemungkinan R5C1 73 → 37.");
    assert_eq!(signed.suggestion, "37");
    let (line, signed) = told_with(48.0);
    assert_eq!((line.suspect, line.explanations.len(), signed.suggestion.as_str()), (None, 2, ""), "another total was signed");
}
