//! A05.

use super::*;

fn doc(path: &str) -> Doc {
    Doc::pdpb(path, "62.01", "2025-TW3")
        .row("62.01.01", &[("akhir_l", 5.0), ("akhir", 10.0)])
        .row("62.01.02", &[("akhir_l", 6.0), ("akhir", 12.0)])
}

fn statuses(batch: &Consolidated) -> Vec<(&str, Status)> {
    batch.entries.iter().map(|e| (e.source.document.as_str(), e.outcome.status)).collect()
}

#[test]
fn a_stated_revision_counts_before_a_later_receipt() {
    let first = doc("a.xlsx").with(|e| e.source.received.seconds = 900);
    let revision = doc("b rev2.xlsx").with(|e| e.outcome.subject.revision = 2);
    let batch = batch(&[first, revision]);
    assert_eq!(statuses(&batch), [("a.xlsx", Status::Superseded), ("b rev2.xlsx", Status::Accepted)]);
    assert!(batch.entries[0].outcome.records.is_empty(), "its rows are in no table");
    assert_eq!(told(&batch), ["A05 a.xlsx →"]);
    assert!(batch.findings[0].message.contains("b rev2.xlsx") && batch.findings[0].message.contains("revisi"));
}

#[test]
fn without_a_revision_the_later_receipt_counts_and_weak_evidence_is_called_so() {
    let batch = batch(&[doc("a"), doc("b").with(|e| e.source.received.seconds = 50)]);
    assert_eq!(statuses(&batch), [("a", Status::Accepted), ("b", Status::Superseded)]);
    assert!(batch.findings[0].message.contains("diterima lebih akhir"));
    let weak = |seconds| move |e: &mut Entry| e.source.received = Receipt { at: "x".into(), seconds, stated: false };
    let batch = super::batch(&[doc("a").with(weak(2)), doc("b").with(weak(1))]);
    assert!(batch.findings.iter().any(|f| f.message.contains("bukti yang lemah")));
}

#[test]
fn what_was_wrong_with_a_replaced_version_no_longer_matters() {
    let wrong = |e: &mut Entry| e.outcome.findings.push(Finding::new("D01", "x"));
    let batch = batch(&[doc("a").with(wrong), doc("b").with(|e| e.source.received.seconds = 900)]);
    assert_eq!(told(&batch), ["A05 a →"]);
}

#[test]
fn equal_bytes_are_a_duplicate_even_of_a_kind_that_is_not_read() {
    let unread = |path: &str| {
        Doc::new(path, "sop", "62.01", "").with(|e| {
            e.outcome.status = Status::Unrecognised;
            e.outcome.sha256 = "same".into();
        })
    };
    let batch = batch(&[unread("a"), unread("b")]);
    assert_eq!(statuses(&batch), [("a", Status::Superseded), ("b", Status::Unrecognised)]);
    assert!(batch.findings[0].message.contains("sama persis"));
}

#[test]
fn documents_nobody_read_are_two_unless_one_says_it_is_a_revision() {
    let unread = |path: &str, revision| {
        Doc::new(path, "sop", "62.01", "").with(|e| {
            e.outcome.status = Status::Unrecognised;
            e.outcome.subject.revision = revision;
        })
    };
    assert!(told(&batch(&[unread("a", 0), unread("b", 0)])).is_empty());
    assert_eq!(told(&batch(&[unread("a", 0), unread("b", 1)])), ["A05 a →"]);
}

#[test]
fn a_recap_and_its_annex_both_count() {
    let annex = Doc::pdpb("lampiran kumai", "62.01", "2025-TW3")
        .row("62.01.01", &[("akhir_l", 5.0), ("akhir", 10.0)])
        .row("62.01.01.1001", &[("akhir_l", 2.0), ("akhir", 4.0)])
        .row("62.01.01.1002", &[("akhir_l", 3.0), ("akhir", 6.0)]);
    assert!(told(&batch(&[doc("rekap"), annex])).is_empty());
}

#[test]
fn other_measures_of_the_same_regions_complete_each_other() {
    let changes = Doc::pdpb("perubahan", "62.01", "2025-TW3").row("62.01.01", &[("baru", 1.0)]).row("62.01.02", &[("baru", 2.0)]);
    assert!(told(&batch(&[doc("rekap"), changes])).is_empty());
}

#[test]
fn another_period_another_office_or_another_stage_is_no_duplicate() {
    let mut other = doc("b");
    other.0.outcome.subject.period = Some(period("2025-TW2"));
    assert!(told(&batch(&[doc("a"), other])).is_empty());
    let mut other = doc("b");
    other.0.outcome.subject.satker = Some(region("62.02"));
    assert!(told(&batch(&[doc("a"), other])).is_empty());
    let dpt = |path: &str, tahap: &str| {
        Doc::new(path, "dpt", "62.01", "2024").row_of("dpt", "62.01.01", &[("tahap", tahap)], &[("total", 9.0)])
    };
    assert!(told(&batch(&[dpt("a", "dps"), dpt("b", "dpt")])).is_empty());
    assert_eq!(told(&batch(&[dpt("a", "dpt"), dpt("b", "dpt")])), ["A05 a →"]);
}

#[test]
fn what_was_read_from_a_picture_does_not_replace_a_text() {
    let text = Doc::pdpb("a.xlsx", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 10.0)]);
    let scan = Doc::pdpb("b.pdf", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 70.0)]);
    let scan = scan.with(|e| {
        e.source.received.seconds += 1_000;
        e.outcome.findings.push(Finding::new("A06", "dibaca dari gambar").mild());
    });
    let batch = batch(&[text, scan]);
    assert_eq!(batch.entries.iter().map(|e| e.outcome.status).collect::<Vec<_>>(), [Status::Accepted, Status::Superseded]);
}

#[test]
fn minutes_about_two_matters_are_no_two_versions() {
    let minutes = |path: &str, topic: &str| {
        Doc::new(path, "berita_acara", "62.01", "2025-TW3")
            .row_of("berita_acara", "62.01", &[("nomor", path)], &[("l", 5.0), ("p", 5.0), ("total", 10.0)])
            .row_of("berita_acara_isi", "62.01", &[("perihal", topic)], &[])
    };
    assert!(told(&batch(&[minutes("a", "pdpb"), minutes("b", "dps")])).is_empty());
    assert_eq!(told(&batch(&[minutes("a", "pdpb"), minutes("b", "pdpb")])), ["A05 a →"]);
}

#[test]
fn what_came_back_with_its_list_of_repairs_counts_whatever_its_name() {
    let doc = |path: &str, akhir: f64| Doc::pdpb(path, "62.01", "2025-TW3").row("62.01.01", &[("akhir", akhir)]);
    let back = doc("a", 8.0).with(|e| e.outcome.replies.push(crate::model::Reply::default()));
    let status = |docs: &[Doc]| batch(docs).entries.iter().map(|e| e.outcome.status).collect::<Vec<_>>();
    assert_eq!(status(&[back, doc("b", 9.0)]), [Status::Accepted, Status::Superseded]);
}
