//! D06 across documents.

use super::*;

fn province(akhir: f64) -> Doc {
    Doc::pdpb("prov", "62", "2025-TW3").row("62.01", &[("akhir", akhir)]).row("62.02", &[("akhir", 7.0)])
}

fn kabkota() -> Doc {
    Doc::pdpb("kab", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 60.0)]).row("62.01.02", &[("akhir", 40.0)])
}

#[test]
fn a_recap_row_that_is_not_what_the_office_sent_is_d06() {
    let batch = batch(&[province(98.0), kabkota().total("62.01", &[("akhir", 100.0)])]);
    assert_eq!(told(&batch), ["D06 prov 98→100"]);
    assert_eq!((batch.findings[0].difference.as_str(), batch.findings[0].satker), ("-2", Some(region("62"))));
    assert_eq!(batch.findings[0].span, Some(Origin::new(0, 5, 1).into()));
}

#[test]
fn rows_or_printed_total_that_agree_are_enough() {
    assert!(told(&batch(&[province(100.0), kabkota()])).is_empty());
    assert!(told(&batch(&[province(98.0), kabkota().total("62.01", &[("akhir", 98.0)])])).is_empty());
    assert!(told(&batch(&[province(98.0)])).is_empty(), "nothing below to compare with");
}

#[test]
fn only_the_same_period_and_what_both_print_is_compared() {
    let other = kabkota().with(|e| e.outcome.subject.period = Some(period("2025-TW2")));
    assert!(told(&batch(&[province(98.0), other])).is_empty());
    let partly = kabkota().row("62.01.03", &[("baru", 1.0)]);
    assert!(told(&batch(&[province(98.0), partly])).is_empty(), "one row does not state akhir, so there is no sum");
}

#[test]
fn voter_lists_are_compared_within_their_stage() {
    let dpt = |path: &str, satker: &str, at: &str, tahap: &str, total| {
        Doc::new(path, "dpt", satker, "2024").row_of(
            "dpt",
            at,
            &[("pemilihan", "pemilu-2024"), ("tahap", tahap)],
            &[("total", total)],
        )
    };
    let kab = dpt("kab", "62.01", "62.01.01", "dpt", 50.0);
    assert_eq!(told(&batch(&[dpt("prov", "62", "62.01", "dpt", 51.0), kab.clone()])), ["D06 prov 51→50"]);
    assert!(told(&batch(&[dpt("prov", "62", "62.01", "dps", 51.0), kab])).is_empty());
}

#[test]
fn a_document_below_counts_a_doubled_row_twice() {
    let doubled = |e: &mut Entry| e.outcome.findings.push(Finding::new("W04", "x").expected("62.01.01"));
    let d06 = |kab: Doc| {
        let docs = [province(100.0), kab.with(doubled)];
        told(&batch(&docs)).into_iter().filter(|f| f.starts_with("D06")).collect::<Vec<_>>()
    };
    assert_eq!(d06(kabkota()), ["D06 prov 100→160"]);
    assert_eq!(d06(kabkota().total("62.01", &[("akhir", 161.0)])), ["D06 prov 100→161"]);
    assert!(d06(kabkota().total("62.01", &[("akhir", 100.0)])).is_empty(), "its total was typed without the second row");
}

#[test]
fn a_kecamatan_in_a_document_of_its_own_is_compared_with_the_recap_of_its_office() {
    let recap = |akhir: f64| {
        Doc::pdpb("rekap", "62.01", "2025-TW3").row("62.01.01", &[("akhir", akhir)]).row("62.01.02", &[("akhir", 7.0)])
    };
    let kecamatan =
        Doc::pdpb("kumai", "62.01", "2025-TW3").row("62.01.01.2001", &[("akhir", 60.0)]).row("62.01.01.2002", &[("akhir", 40.0)]);
    let d06 = |docs: &[Doc]| told(&batch(docs)).into_iter().filter(|f| f.starts_with("D06")).collect::<Vec<_>>();
    let whole = kecamatan.clone().total("62.01.01", &[("akhir", 100.0)]);
    assert_eq!(d06(&[recap(107.0), whole.clone()]), ["D06 rekap 107→100"]);
    assert!(d06(&[recap(100.0), whole]).is_empty());
    assert!(d06(&[recap(107.0), kecamatan]).is_empty(), "nothing says that these are all its desa");
}
