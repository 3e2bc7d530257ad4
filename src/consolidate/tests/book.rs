//! The numbers of PDPB.xlsx.

use super::*;
use crate::consolidate::book::{Chapter, Figure, Line};

fn akhir(line: &Line) -> [Option<f64>; 3] {
    line.flow[4].map(|f| f.map(|f: Figure| f.value))
}

fn shown(chapter: &Chapter) -> Vec<(String, Option<f64>)> {
    chapter.rows.iter().map(|l| (l.region.map_or_else(|| l.name.clone(), |r| r.to_string()), akhir(l)[2])).collect()
}

fn chapters(batch: &Consolidated) -> &[Chapter] {
    &batch.pdpb.as_ref().unwrap().chapters
}

#[test]
fn a_chapter_holds_the_rows_its_office_sent_unresolved_ones_last() {
    let doc = Doc::pdpb("kab", "62.01", "2025-TW3")
        .row("62.01.02", &[("akhir_l", 3.0), ("akhir_p", 4.0)])
        .row("KUMAY", &[("akhir_l", 1.0), ("akhir_p", 1.0)])
        .row("62.01.01", &[("akhir_l", 5.0), ("akhir_p", 6.0)])
        .row_of("pdpb_tms", "62.01.01", &[("alasan", "ganda")], &[("l", 1.0)])
        .row_of("pdpb_tms", "62.01.01", &[("alasan", "meninggal")], &[("l", 2.0)]);
    let batch = batch(&[doc]);
    let chapters = chapters(&batch);
    assert_eq!(
        shown(&chapters[0]),
        [("62.01.01".into(), Some(11.0)), ("62.01.02".into(), Some(7.0)), ("KUMAY".into(), Some(2.0))]
    );
    let first = &chapters[0].rows[0];
    assert_eq!(first.flow[4][0], Some(Figure { value: 5.0, entry: 0, origin: Some(Origin::new(0, 7, 1)) }));
    assert_eq!(first.flow[4][2].unwrap().origin, None, "worked out from L and P");
    assert_eq!(first.reasons.iter().map(|r| r.0.as_str()).collect::<Vec<_>>(), ["meninggal", "ganda"]);
    assert_eq!((chapters[0].entry, chapters[1].entry), (Some(0), None));
    assert_eq!(batch.pdpb.as_ref().unwrap().complete, (1, 2));
}

#[test]
fn the_provinces_recap_stands_in_for_an_office_that_sent_nothing_and_only_then() {
    let recap = Doc::pdpb("prov", "62", "2025-TW3").row("62.01", &[("akhir", 99.0)]).row("62.02", &[("akhir", 50.0)]);
    let kab = Doc::pdpb("kab", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 60.0)]).total("62.01", &[("akhir", 99.0)]);
    let batch = batch(&[recap, kab]);
    let chapters = chapters(&batch);
    assert!(chapters[0].whole.is_none() && shown(&chapters[0]).len() == 1);
    assert_eq!(chapters[1].whole.as_ref().map(akhir), Some([None, None, Some(50.0)]));
    assert_eq!(batch.pdpb.as_ref().unwrap().complete, (1, 2));
}

#[test]
fn rows_per_desa_are_summed_to_their_kecamatan() {
    let doc = Doc::pdpb("kab", "62.01", "2025-TW3")
        .row("62.01.01.1001", &[("akhir", 4.0)])
        .row("62.01.01.1002", &[("akhir", 5.0)])
        .row("62.01.02.1001", &[("akhir", 7.0)])
        .total("62.01.01", &[("akhir", 9.0)])
        .total("62.01.02", &[("akhir", 8.0)]);
    let batch = batch(&[doc]);
    let rows = &chapters(&batch)[0].rows;
    assert_eq!(shown(&chapters(&batch)[0]), [("62.01.01".into(), Some(9.0)), ("62.01.02".into(), Some(7.0))]);
    assert_eq!(rows[0].flow[4][2].unwrap().origin, Some(Origin::new(0, 5, 1)), "the printed subtotal says the same");
    assert_eq!(rows[1].flow[4][2].unwrap().origin, None, "the printed subtotal says something else");
}

#[test]
fn one_kabkota_of_its_own_has_a_chapter_per_kecamatan() {
    let doc = Doc::pdpb("kab", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 4.0)]).row("TAK DIKENAL", &[("akhir", 2.0)]);
    let config = BatchConfig { expected: config().expected, ..BatchConfig::default() };
    let (batch, _) = batch_of(config, &[doc], None);
    let chapters = chapters(&batch);
    assert_eq!(batch.pdpb.as_ref().unwrap().scope, region("62.01"));
    assert_eq!(chapters[0].whole.as_ref().map(akhir), Some([None, None, Some(4.0)]));
    assert_eq!(shown(chapters.last().unwrap()), [("TAK DIKENAL".into(), Some(2.0))], "nothing is lost");
}

#[test]
fn provinces_together_are_the_nation_with_a_chapter_per_kabkota() {
    let kab = |satker: &str| Doc::pdpb(satker, satker, "2025-TW3").row(&format!("{satker}.01"), &[("akhir", 4.0)]);
    let config = BatchConfig { expected: config().expected, ..BatchConfig::default() };
    let (batch, _) = batch_of(config, &[kab("63.02"), kab("62.01")], None);
    let codes: Vec<Region> = chapters(&batch).iter().map(|c| c.region).collect();
    assert_eq!((batch.pdpb.as_ref().unwrap().scope, codes), (Region::NATION, vec![region("62.01"), region("63.02")]));
}

#[test]
fn documents_of_another_period_are_not_in_the_book() {
    let old = Doc::pdpb("old", "62.01", "2025-TW2").row("62.01.01", &[("akhir", 4.0)]);
    assert!(batch(std::slice::from_ref(&old)).pdpb.is_none());
    let unstated = old.with(|e| e.outcome.subject.period = None);
    assert!(batch(&[unstated]).pdpb.is_some(), "a document without a period is of the expected one");
}

#[test]
fn the_period_before_comes_from_earlier_batches_with_its_cell() {
    let old = Doc::pdpb("old", "62.01", "2025-TW2")
        .row("62.01.01", &[("akhir", 4.0)])
        .row("62.01.02", &[("akhir", 6.0)])
        .total("62.01", &[("akhir", 10.0)]);
    let earlier = BatchConfig { name: "2025-07".into(), expected: vec![("pdpb".into(), period("2025-TW2"))], ..config() };
    let history = batch_of(earlier, &[old], None).1;
    let new = Doc::pdpb("new", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 4.0)]);
    let (batch, after) = batch_of(config(), &[new], Some(&history));
    let book = batch.pdpb.as_ref().unwrap();
    assert_eq!(book.before, Some(period("2025-TW2")));
    let chapter = &book.chapters[0];
    assert_eq!(chapter.previous[2], Some(Figure { value: 10.0, entry: 0, origin: Some(Origin::new(0, 5, 1)) }));
    assert_eq!(chapter.rows[0].previous[2].map(|f| f.value), Some(4.0));
    assert_eq!(history.documents[0].document, "old");
    assert_eq!(after.documents.iter().map(|d| d.document.as_str()).collect::<Vec<_>>(), ["old", "new"]);
}
