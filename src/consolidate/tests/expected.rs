//! What is inferred without `rekap.toml`.

use super::*;

fn kab(satker: &str, when: &str) -> Doc {
    Doc::pdpb(&format!("{satker} {when}"), satker, when).row(&format!("{satker}.01"), &[("akhir", 10.0)])
}

fn inferred(docs: &[Doc]) -> Consolidated {
    batch_of(BatchConfig::default(), docs, None).0
}

#[test]
fn the_scope_is_what_holds_all_offices() {
    let scope = |docs: &[Doc]| inferred(docs).config.wilayah;
    assert_eq!(scope(&[kab("62.01", "2025-TW3"), kab("62.04", "2025-TW3")]), Some(region("62")));
    assert_eq!(scope(&[kab("62.01", "2025-TW3")]), Some(region("62.01")), "one office consolidates its own");
    assert_eq!(scope(&[kab("62.01", "2025-TW3"), kab("63.01", "2025-TW3")]), None, "the nation");
    assert_eq!(scope(&[]), None);
}

#[test]
fn an_office_of_another_province_is_told_and_makes_no_nation() {
    let docs = ["62.01", "62.02", "62.04", "71.02"].map(|satker| kab(satker, "2025-TW3"));
    let batch = inferred(&docs);
    assert_eq!(batch.config.wilayah, Some(region("62")));
    assert_eq!(told(&batch), ["A08 71.02 2025-TW3 71.02→62"]);
    assert!(!batch.config.satker.contains(&region("71.02")), "nobody waits for it");
}

#[test]
fn the_period_is_that_of_most_documents_and_binds_the_others() {
    let docs = [kab("62.01", "2025-TW3"), kab("62.02", "2025-TW3"), kab("62.03", "2025-TW3"), kab("62.04", "2025-TW2")];
    let batch = inferred(&docs);
    assert_eq!(batch.config.period("pdpb"), Some(period("2025-TW3")));
    assert_eq!(told(&batch), ["A04 62.04 2025-TW2 2025-TW2→2025-TW3"]);
    assert_eq!(batch.entries[3].outcome.status, Status::Rejected);
    assert!(batch.inferred.iter().any(|s| s.contains("2025-TW3 (3 dari 4 dokumen)")), "{:?}", batch.inferred);
}

#[test]
fn without_a_clear_majority_nothing_is_refused() {
    let docs = [kab("62.01", "2025-TW3"), kab("62.02", "2025-TW3"), kab("62.03", "2025-TW2"), kab("62.04", "2025-TW2")];
    let batch = inferred(&docs);
    assert_eq!(batch.config.period("pdpb"), Some(period("2025-TW3")), "of equally many the later one");
    assert!(told(&batch).is_empty());
    let mut stated = config();
    stated.satker.clear();
    let (batch, _) = batch_of(stated, &docs, None);
    assert!(told(&batch).is_empty(), "a stated period is judged where the document is recognised");
}

#[test]
fn all_kabkota_of_the_province_are_waited_for_once_one_has_sent() {
    assert_eq!(inferred(&[kab("62.01", "2025-TW3"), kab("62.07", "2025-TW3")]).config.satker, [region("62.01"), region("62.02")]);
    let recap = Doc::pdpb("prov", "62", "2025-TW3").row("62.01", &[("akhir", 10.0)]);
    let batch = inferred(&[recap]);
    assert_eq!((batch.config.wilayah, batch.config.satker.as_slice()), (Some(region("62")), &[region("62")][..]));
    assert_eq!(batch.pdpb.unwrap().chapters.len(), 1, "its book still has the kab/kota of the recap");
}
