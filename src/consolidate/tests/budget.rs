//! Budgets and their realisation over offices: each amount once, whatever the depth that an office prints.

use super::super::budget::{BudgetBook, serapan};
use super::*;
use crate::model::record::Type;

const COLUMNS: [(&str, Type); 8] = [
    ("level", Type::Text),
    ("kode", Type::Text),
    ("path", Type::Text),
    ("uraian", Type::Text),
    ("pagu", Type::Number),
    ("sd", Type::Number),
    ("sisa", Type::Number),
    ("jumlah", Type::Number),
];

/// A document with rows of level, code, path and amounts (pagu and sd; jumlah for a budget).
fn sent(kind: &str, satker: &str, rows: &[(&str, &str, &str, f64, f64)]) -> Entry {
    let mut records = Records::new(kind, COLUMNS);
    for (n, (level, kode, path, pagu, sd)) in (0_u32..).zip(rows) {
        let row = records.push(Origin::new(0, n, 0).into());
        for (column, text) in [("level", level), ("kode", kode), ("path", path), ("uraian", kode)] {
            if !text.is_empty() {
                records.set_text(row, column, text, None);
            }
        }
        if kind == "anggaran" {
            records.set_number(row, "jumlah", *pagu, Some(Origin::new(0, n, 5)), "");
        } else {
            records.set_number(row, "pagu", *pagu, Some(Origin::new(0, n, 2)), "");
            records.set_number(row, "sd", *sd, Some(Origin::new(0, n, 3)), "");
        }
    }
    let subject =
        Subject { kind: Some(kind.into()), satker: satker.parse().ok(), period: "2025-TW3".parse().ok(), ..Subject::default() };
    let outcome = Outcome { subject, status: Status::Accepted, records: vec![records], ..Outcome::default() };
    let source = Source {
        document: format!("{satker}/{kind}.xlsx"),
        path: format!("{satker}/{kind}.xlsx").into(),
        bytes: 1,
        received: Receipt { at: String::new(), seconds: 0, stated: false },
    };
    Entry { source, outcome }
}

fn book(entries: Vec<Entry>) -> BudgetBook {
    let config = BatchConfig { name: "2025-10".into(), wilayah: "62".parse().ok(), ..BatchConfig::default() };
    consolidate(config, entries, None, &Schemas::default(), &regions()).0.budget.unwrap()
}

/// level, code, offices, pagu, sd of every total.
fn totals(book: &BudgetBook) -> Vec<(String, usize, Option<f64>, Option<f64>)> {
    book.totals().into_iter().map(|t| (format!("{} {}", t.level, t.code), t.offices, t.money[1], t.money[4])).collect()
}

#[test]
fn codes_meet_whatever_their_printed_form() {
    let book = book(vec![
        sent(
            "realisasi",
            "62.01",
            &[("program", "076.01.WA", "076.01.WA", 100.0, 40.0), ("kegiatan", "3357", "076.01.WA/3357", 100.0, 40.0)],
        ),
        sent("realisasi", "62.02", &[("program", "WA", "WA", 50.0, 10.0), ("kegiatan", "WA.3357", "WA/3357", 50.0, 10.0)]),
    ]);
    assert_eq!(
        totals(&book),
        [
            (" ".into(), 2, Some(150.0), Some(50.0)),
            ("program WA".into(), 2, Some(150.0), Some(50.0)),
            ("kegiatan 3357".into(), 2, Some(150.0), Some(50.0)),
        ]
    );
    assert_eq!(serapan(&book.totals()[0].money).map(|p| (p * 100.0).round()), Some(3333.0));
    let part = book.lines[0].money.get("sd").unwrap();
    assert_eq!((part.parts[0].entry, part.parts[0].origin), (0, Some(Origin::new(0, 0, 3))));
}

#[test]
fn an_akun_is_added_up_over_the_tree_and_nothing_counts_twice() {
    let book = book(vec![sent(
        "realisasi",
        "62.01",
        &[
            ("komponen", "051", "051", 30.0, 3.0),
            ("akun", "521211", "051/521211", 10.0, 1.0),
            ("detil", "", "051/521211", 10.0, 1.0),
            ("akun", "521213", "051/521213", 20.0, 2.0),
            ("komponen", "052", "052", 7.0, 0.0),
            ("akun", "521211", "052/521211", 7.0, 0.0),
        ],
    )]);
    assert_eq!(
        totals(&book),
        [
            (" ".into(), 1, Some(37.0), Some(3.0)),
            ("akun 521211".into(), 1, Some(17.0), Some(1.0)),
            ("akun 521213".into(), 1, Some(20.0), Some(2.0)),
        ]
    );
    assert_eq!(book.lines[0].money.get("pagu").unwrap().parts.len(), 2);
}

#[test]
fn rows_without_a_known_code_are_listed_and_counted() {
    let book = book(vec![sent(
        "realisasi",
        "62.01",
        &[("program", "WA", "WA", 30.0, 3.0), ("detil", "3355.EB", "", 5.0, 1.0), ("detil", "", "", 2.0, 1.0)],
    )]);
    assert_eq!(totals(&book)[0], (" ".into(), 1, Some(37.0), Some(5.0)));
    assert_eq!(book.unknown.iter().map(|u| u.code.as_str()).collect::<Vec<_>>(), ["3355.EB", ""]);
}

#[test]
fn budget_and_realisation_of_an_office_stand_side_by_side() {
    let book = book(vec![
        sent("anggaran", "62.01", &[("program", "076.01.WA", "076.01.WA", 90.0, 0.0)]),
        sent("realisasi", "62.01", &[("program", "WA", "WA", 100.0, 40.0)]),
    ]);
    let values = book.lines[0].money.values();
    assert_eq!((book.lines.len(), values[0], values[1], values[4]), (1, Some(90.0), Some(100.0), Some(40.0)));
    assert_eq!((book.offices[0].budget, book.offices[0].spending), (Some(0), Some(1)));
}

#[test]
fn periods_of_the_same_year_are_remembered_with_their_cells() {
    let config = |name: &str| BatchConfig { name: name.into(), wilayah: "62".parse().ok(), ..BatchConfig::default() };
    let period = |entry: Entry, period: &str| {
        let subject = Subject { period: period.parse().ok(), ..entry.outcome.subject.clone() };
        Entry { outcome: Outcome { subject, ..entry.outcome }, source: entry.source }
    };
    let rows = |sd: f64| [("program", "WA", "WA", 100.0, sd)];
    let run = |name: &str, sent: Vec<Entry>, before: Option<&History>| {
        consolidate(config(name), sent, before, &Schemas::default(), &regions())
    };
    let (_, history) = run("2024-10", vec![period(sent("realisasi", "62.01", &rows(90.0)), "2024-TW3")], None);
    let (_, history) = run("2025-07", vec![period(sent("realisasi", "62.01", &rows(20.0)), "2025-TW2")], Some(&history));
    let (batch, _) = run("2025-10", vec![sent("realisasi", "62.01", &rows(40.0))], Some(&history));
    let book = batch.budget.unwrap();
    let seen: Vec<_> = book.months.iter().map(|m| (m.period.to_string(), m.program.as_str(), m.money.values()[4])).collect();
    assert_eq!(seen, [("2025-TW2".into(), "", Some(20.0)), ("2025-TW2".into(), "WA", Some(20.0))]);
    let part = book.months[0].money.get("sd").unwrap().parts[0];
    assert_eq!((book.earlier[part.entry].batch.as_str(), part.origin), ("2025-07", Some(Origin::new(0, 0, 3))));
}

#[test]
fn of_several_months_the_last_one_counts_and_all_are_kept_as_months() {
    let month = |name: &str, period: &str, sd: f64| {
        let rows = [("program", "WA", "WA", 100.0, sd), ("kegiatan", "3357", "WA/3357", 100.0, sd)];
        let mut entry = sent("realisasi", "62.01", &rows);
        entry.source.document = name.into();
        entry.outcome.subject.period = period.parse().ok();
        entry
    };
    let budget = |year: &str, jumlah: f64| {
        let mut entry = sent("anggaran", "62.01", &[("program", "WA", "WA", jumlah, 0.0)]);
        entry.outcome.subject.period = year.parse().ok();
        entry
    };
    let months = [month("a.xlsx", "2025-09", 40.0), month("b.xlsx", "2025-01", 5.0), month("c.xlsx", "2025-TW2", 20.0)];
    let book = book(months.into_iter().chain([budget("2025", 100.0), budget("2026", 130.0)]).collect());
    assert_eq!(book.period, "2025-09".parse().ok());
    assert_eq!(totals(&book)[0], (" ".into(), 1, Some(100.0), Some(40.0)));
    assert_eq!(book.totals()[0].money[0], Some(100.0), "the budget of the year that was spent from");
    let told: Vec<(String, Option<f64>)> = book
        .present
        .iter()
        .filter(|m| m.program.is_empty())
        .map(|m| (m.period.to_string(), m.money.get("sd").map(|s| s.value)))
        .collect();
    assert_eq!(told, [("2025-01".into(), Some(5.0)), ("2025-TW2".into(), Some(20.0)), ("2025-09".into(), Some(40.0))]);
}

#[test]
fn codes_with_points_are_one_tree_too() {
    let rows = [
        ("header", "5", "5", 300.0, 0.0),
        ("header", "5.1", "5.1", 300.0, 0.0),
        ("akun", "5.1.02", "5.1.02", 100.0, 0.0),
        ("header", "", "5.1.02", 100.0, 0.0),
        ("detil", "", "5.1.02", 100.0, 0.0),
        ("akun", "5.1.03", "5.1.03", 200.0, 0.0),
    ];
    assert_eq!(book(vec![sent("anggaran", "62.01", &rows)]).totals()[0].money[0], Some(300.0));
}
