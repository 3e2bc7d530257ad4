//! A09, A10 and the matrix.

use super::*;

fn owing() -> BatchConfig {
    BatchConfig { owed: vec!["pdpb".into(), "iku".into()], deadline: Some(("2025-10-05T23:59:00+07:00".into(), 500)), ..config() }
}

fn kab(satker: &str) -> Doc {
    Doc::pdpb(satker, satker, "2025-TW3").row(&format!("{satker}.01"), &[("akhir", 10.0)])
}

fn state(batch: &Consolidated, satker: &str, kind: &str) -> (State, Option<usize>) {
    let delivery = batch.completeness.iter().find(|d| d.satker == region(satker) && d.kind == kind).unwrap();
    (delivery.state, delivery.entry)
}

#[test]
fn nothing_from_an_expected_office_is_a09() {
    let iku = |satker: &str| Doc::new(&format!("iku {satker}"), "iku", satker, "2025");
    let (batch, _) = batch_of(owing(), &[kab("62.01"), iku("62.01"), iku("62.02")], None);
    assert_eq!(told(&batch), ["A09  →pdpb"]);
    assert_eq!((batch.findings[0].satker, batch.findings[0].period), (Some(region("62.02")), Some(period("2025-TW3"))));
    assert_eq!(state(&batch, "62.02", "pdpb"), (State::Missing, None));
    assert_eq!(state(&batch, "62.01", "pdpb"), (State::Received, Some(0)));
}

#[test]
fn what_came_but_cannot_be_used_did_come() {
    for status in [Status::Rejected, Status::Unrecognised] {
        let unused = kab("62.02").with(|e| e.outcome.status = status);
        let config = BatchConfig { owed: vec!["pdpb".into()], ..owing() };
        let (batch, _) = batch_of(config, &[kab("62.01"), unused], None);
        assert!(told(&batch).is_empty());
        assert_eq!(state(&batch, "62.02", "pdpb"), (State::NeedsRepair, Some(1)), "{status:?}");
    }
}

#[test]
fn an_office_that_nobody_waits_for_is_not_missed() {
    let config = BatchConfig { owed: vec!["pdpb".into()], ..owing() };
    let (batch, _) = batch_of(config, &[kab("62.01"), kab("62.02"), Doc::new("x", "iku", "62.07", "2025")], None);
    assert!(told(&batch).is_empty());
    assert_eq!(state(&batch, "62.07", "pdpb").0, State::Missing);
    assert!(batch.completeness.iter().all(|d| d.owed == (d.satker != region("62.07") && d.kind == "pdpb")));
}

#[test]
fn after_the_deadline_is_a10_on_it_is_not() {
    let at = |seconds, stated| {
        move |e: &mut Entry| e.source.received = Receipt { at: "2025-10-06T01:00:00+07:00".into(), seconds, stated }
    };
    let config = BatchConfig { owed: vec![], ..owing() };
    let docs = [kab("62.01").with(at(501, true)), kab("62.02").with(at(500, true))];
    let (batch, _) = batch_of(config.clone(), &docs, None);
    assert_eq!(told(&batch), ["A10 62.01 2025-10-06T01:00:00+07:00→2025-10-05T23:59:00+07:00"]);
    assert_eq!((state(&batch, "62.01", "pdpb").0, state(&batch, "62.02", "pdpb").0), (State::Late, State::Received));
    let (batch, _) = batch_of(config, &[kab("62.01").with(at(501, false))], None);
    assert!(batch.findings[0].message.contains("bukti lemah"));
    assert!(!batch.findings[0].message.contains("2025-10-06") && batch.findings[0].found.is_empty(), "differs from copy to copy");
}

#[test]
fn the_worst_thing_is_said_first() {
    let wrong = |e: &mut Entry| e.outcome.findings.push(Finding::new("D01", "x"));
    let odd = |e: &mut Entry| e.outcome.findings.push(Finding::new("P04", "x"));
    let first = kab("62.02").with(|e| e.source.document = "older".into()).with(|e| e.source.received.seconds = 1);
    let (batch, _) = batch_of(owing(), &[kab("62.01").with(wrong), first, kab("62.02").with(odd)], None);
    assert_eq!(state(&batch, "62.01", "pdpb").0, State::NeedsRepair);
    assert_eq!(state(&batch, "62.02", "pdpb"), (State::Doubled, Some(1)), "a warning needs no repair");
}
