//! P02 and P04, over two batches.

use super::*;
use crate::model::finding::afterwards;
use crate::model::{Change, Explanation};

fn before(docs: &[Doc]) -> History {
    let config = BatchConfig { name: "2025-07".into(), expected: vec![("pdpb".into(), period("2025-TW2"))], ..config() };
    batch_of(config, docs, None).1
}

fn old() -> History {
    before(&[Doc::pdpb("lama.xlsx", "62.01", "2025-TW2")
        .row("62.01.01", &[("akhir_l", 500.0), ("akhir_p", 480.0), ("akhir", 980.0)])
        .row("62.01.02", &[("akhir_l", 300.0), ("akhir_p", 310.0), ("akhir", 610.0)])])
}

fn now(docs: &[Doc], history: &History) -> Vec<String> {
    told(&batch_of(config(), docs, Some(history)).0)
}

#[test]
fn awal_that_is_not_the_accepted_akhir_is_p02_for_each_printed_sex() {
    let doc = Doc::pdpb("baru.xlsx", "62.01", "2025-TW3")
        .row("62.01.01", &[("awal_l", 502.0), ("awal_p", 480.0), ("awal", 982.0)])
        .row("62.01.02", &[("awal_l", 300.0), ("awal_p", 310.0), ("awal", 610.0)]);
    let (batch, _) = batch_of(config(), &[doc], Some(&old()));
    assert_eq!(told(&batch), ["P02 baru.xlsx 502→500", "P02 baru.xlsx 982→980"]);
    assert_eq!(batch.findings[0].span, Some(Origin::new(0, 5, 1).into()));
    assert_eq!(batch.findings[0].satker, Some(region("62.01")));
}

#[test]
fn awal_that_fits_or_has_nothing_to_fit_is_no_finding() {
    let fits = Doc::pdpb("baru", "62.01", "2025-TW3").row("62.01.01", &[("awal", 980.0)]);
    assert!(now(&[fits], &old()).is_empty());
    let other_office = Doc::pdpb("baru", "62.02", "2025-TW3").row("62.02.01", &[("awal", 1.0)]);
    assert!(now(&[other_office], &old()).is_empty());
    let later = Doc::pdpb("baru", "62.01", "2025-TW4").row("62.01.01", &[("awal", 1.0)]);
    let later = later.with(|e| e.outcome.subject.period = Some(period("2025-TW4")));
    assert!(now(&[later], &old()).is_empty(), "TW2 is not the period before TW4");
}

#[test]
fn awal_of_rows_that_the_period_before_does_not_know_is_compared_as_a_whole() {
    let history = before(&[Doc::pdpb("lama", "62", "2025-TW2").row("62", &[("akhir", 1590.0)])]);
    let doc = |first: f64| Doc::pdpb("baru", "62", "2025-TW3").row("62.01", &[("awal", first)]);
    let both = |first: f64| doc(first).row("62.02", &[("awal", 590.0)]);
    assert!(now(&[both(1000.0)], &history).is_empty());
    assert_eq!(now(&[both(1010.0)], &history), ["P02 baru 1600→1590"]);
    assert!(now(&[doc(1010.0)], &history).is_empty(), "not all of its parts are here");
}

#[test]
fn figures_of_a_replaced_version_are_no_history() {
    let first = Doc::pdpb("a", "62.01", "2025-TW2").row("62.01.01", &[("akhir", 900.0)]);
    let second = Doc::pdpb("b", "62.01", "2025-TW2").row("62.01.01", &[("akhir", 980.0)]);
    let history = before(&[first, second]);
    let doc = Doc::pdpb("baru", "62.01", "2025-TW3").row("62.01.01", &[("awal", 980.0)]);
    assert!(now(&[doc], &history).is_empty());
}

#[test]
fn an_office_that_grew_more_than_the_limit_is_one_p04() {
    let doc = Doc::pdpb("baru", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 1053.0)]).row("62.01.02", &[("akhir", 656.0)]);
    let (batch, _) = batch_of(config(), &[doc], Some(&old()));
    assert_eq!(told(&batch), ["P04 baru 1709→1590"]);
    assert!(batch.findings[0].message.contains("+7,48 %"), "{}", batch.findings[0].message);
    assert_eq!(batch.findings[0].span, Some(crate::model::Span::new(Origin::new(0, 5, 1), Origin::new(0, 6, 1))));
}

#[test]
fn an_office_known_only_from_the_recap_of_its_province_is_compared_as_a_whole() {
    let recap = Doc::pdpb("provinsi", "62", "2025-TW2").row("62.01", &[("akhir", 1000.0)]).row("62.02", &[("akhir", 2000.0)]);
    let history = before(&[recap]);
    let doc = |second| {
        Doc::pdpb("baru", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 600.0)]).row("62.01.02", &[("akhir", second)])
    };
    assert_eq!(now(&[doc(470.0)], &history), ["P04 baru 1070→1000"]);
    assert!(now(&[doc(450.0)], &history).is_empty(), "5 % is still usual");
}

#[test]
fn a_kecamatan_that_jumped_alone_is_p04_against_its_printed_awal_too() {
    let doc = |akhir| {
        Doc::pdpb("baru", "62.02", "2025-TW3")
            .row("62.02.01", &[("awal", 1000.0), ("akhir", akhir)])
            .row("62.02.02", &[("awal", 9000.0), ("akhir", 9000.0)])
    };
    assert_eq!(now(&[doc(1060.0)], &old()), ["P04 baru 1060→1000"]);
    assert!(now(&[doc(1050.0)], &old()).is_empty(), "5 % is still usual");
}

#[test]
fn a_cell_that_its_own_document_blames_is_the_suspect_of_p02_too() {
    let doc = |suggestion: &str| {
        let wrong = Finding { suspect: Some(Origin::new(0, 5, 1)), suggestion: suggestion.into(), ..Finding::new("D01", "x") };
        Doc::pdpb("baru", "62.01", "2025-TW3").row("62.01.01", &[("awal_l", 502.0)]).with(|e| e.outcome.findings.push(wrong))
    };
    let suspects = |suggestion| {
        let (batch, _) = batch_of(config(), &[doc(suggestion)], Some(&old()));
        let p02 = batch.findings.into_iter().find(|f| f.code == "P02").unwrap();
        (p02.suspect, p02.suggestion)
    };
    assert_eq!(suspects("500"), (Some(Origin::new(0, 5, 1)), "500".to_owned()));
    assert_eq!(suspects("503"), (None, String::new()), "the document wants another value than the period before");
}

#[test]
fn the_period_before_settles_which_of_several_cells_is_wrong() {
    let change = |col, found, value| Change { cell: Origin::new(0, 5, col), found, value };
    let tie = |value| Finding {
        explanations: vec![
            Explanation { cells: vec![change(4, 9.0, 7.0)], carried: Vec::new(), slip: None },
            Explanation { cells: vec![change(1, 502.0, value)], carried: Vec::new(), slip: None },
        ],
        cause: 3,
        ..Finding::new("P01", format!("Tidak cocok.{}R5C4 9 → 7, atau R5C1 502 → {value}.", afterwards::OPEN))
    };
    let doc = |value| {
        Doc::pdpb("baru", "62.01", "2025-TW3").row("62.01.01", &[("awal_l", 502.0)]).with(|e| e.outcome.findings.push(tie(value)))
    };
    let told = |value| {
        let (batch, _) = batch_of(config(), &[doc(value)], Some(&old()));
        let about = |code: &str| batch.findings.iter().find(|f| f.code == code).unwrap().clone();
        (about("P01"), about("P02"))
    };
    let (flow, before) = told(500.0);
    assert_eq!((flow.suspect, flow.suggestion.as_str()), (Some(Origin::new(0, 5, 1)), "500"));
    assert_eq!(flow.message, "Tidak cocok. Kemungkinan R5C1 502 → 500.");
    assert_eq!((before.suspect, before.cause), (flow.suspect, 3));
    let (flow, before) = told(501.0);
    assert_eq!((flow.suspect, flow.explanations.len(), before.suspect), (None, 2, None), "another value");
}

#[test]
fn a_missing_row_is_no_decline() {
    let doc = Doc::pdpb("baru", "62.01", "2025-TW3").row("62.01.01", &[("akhir_l", 500.0), ("akhir_p", 481.0)]);
    assert!(now(&[doc], &old()).is_empty());
}

#[test]
fn where_all_grew_only_the_one_that_did_not_grow_alike_is_named_besides() {
    let doc = |second| {
        Doc::pdpb("baru", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 1053.0)]).row("62.01.02", &[("akhir", second)])
    };
    assert_eq!(now(&[doc(720.0)], &old()), ["P04 baru 1773→1590", "P04 baru 720→610"]);
    assert_eq!(now(&[doc(640.0)], &old()), ["P04 baru 1693→1590"], "what changed as usual is not named");
}

#[test]
fn a_figure_that_the_document_itself_blames_is_no_jump() {
    let doc = || Doc::pdpb("baru", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 890.0)]).row("62.01.02", &[("akhir", 611.0)]);
    assert_eq!(now(&[doc()], &old()), ["P04 baru 1501→1590"]);
    let blamed = |cell: Origin| {
        move |e: &mut Entry| {
            let mut finding = Finding::new("D02", "x").at(cell);
            finding.suspect = Some(cell);
            e.outcome.findings.push(finding);
        }
    };
    assert_eq!(now(&[doc().with(blamed(Origin::new(0, 5, 1)))], &old()), ["D02 baru →"]);
}

#[test]
fn a_comparison_within_the_document_settles_none_of_its_own_ties() {
    let change = |row| Change { cell: Origin::new(0, row, 1), found: 502.0, value: 500.0 };
    let one = |row| Explanation { cells: vec![change(row)], ..Explanation::default() };
    let tie = Finding { explanations: vec![one(5), one(9)], cause: 2, ..Finding::new("D06", "Tidak cocok.") };
    let tie = tie.at(Origin::new(0, 5, 1)).numbers(502.0, 500.0);
    let doc = Doc::pdpb("baru", "62.01", "2025-TW3").with(|e| e.outcome.findings.push(tie.clone()));
    let (batch, _) = batch_of(config(), &[doc], None);
    let told = batch.findings.iter().find(|f| f.code == "D06").unwrap();
    assert_eq!((told.suspect, told.explanations.len()), (None, 2));
}

#[test]
fn awal_that_is_what_the_akhir_before_should_be_accuses_the_period_before() {
    let change = Change { cell: Origin::new(0, 5, 1), found: 500.0, value: 530.0 };
    let slip = |others: Vec<Explanation>| Finding {
        explanations: std::iter::once(Explanation { cells: vec![change], ..Explanation::default() }).chain(others).collect(),
        ..Finding::new("P01", "Tidak cocok.")
    };
    let told = |awal: f64, others: Vec<Explanation>| {
        let lama = Doc::pdpb("lama.xlsx", "62.01", "2025-TW2").row("62.01.01", &[("akhir_l", 500.0)]);
        let history = before(&[lama.with(|e| e.outcome.findings.push(slip(others)))]);
        let doc = Doc::pdpb("baru.xlsx", "62.01", "2025-TW3").row("62.01.01", &[("awal_l", awal)]);
        let (batch, _) = batch_of(config(), &[doc], Some(&history));
        let p02 = batch.findings.into_iter().find(|f| f.code == "P02").unwrap();
        (p02.mild, p02.message.ends_with("bukan sel ini"), p02.expected)
    };
    assert_eq!(told(530.0, vec![]), (true, true, "500".to_owned()));
    assert_eq!(told(520.0, vec![]), (false, false, "500".to_owned()), "a third figure");
    assert_eq!(
        told(530.0, vec![Explanation::default()]),
        (false, false, "500".to_owned()),
        "nobody knows which cell of the period before"
    );
}

#[test]
fn rows_in_each_others_place_are_known_by_the_period_before_and_by_their_flow() {
    let told = |flow: f64, rows: &[(&str, f64)]| {
        let mut doc = Doc::pdpb("baru", "62.01", "2025-TW3");
        for (&(at, awal), line) in rows.iter().zip(5..) {
            let off = if at == "62.01.01" { 500.0 } else { 300.0 } - awal;
            let lacks = Finding::new("P01", "Tidak cocok.").at(Origin::new(0, line, 7)).numbers(400.0 + off + flow, 400.0);
            doc = doc.row(at, &[("awal_l", awal)]).with(|e| e.outcome.findings.push(Finding { cause: line, ..lacks }));
        }
        let (batch, _) = batch_of(config(), &[doc], Some(&old()));
        let blamed = |f: &Finding| f.suspect.map(|cell| (f.code.clone(), cell.row, f.suggestion.clone(), f.cause));
        batch.findings.iter().filter_map(blamed).collect::<Vec<_>>()
    };
    let both = [("62.01.01", 300.0), ("62.01.02", 500.0)];
    let blamed = |code: &str, row, value: &str| (code.to_owned(), row, value.to_owned(), 7);
    let expected = [blamed("P02", 5, "500"), blamed("P01", 5, "500"), blamed("P02", 6, "300"), blamed("P01", 6, "300")];
    assert_eq!(told(0.0, &both), expected);
    assert!(told(3.0, &both).is_empty(), "the flows lack something else");
    assert!(told(0.0, &both[..1]).is_empty(), "one row is no block");
}
