//! What is kept of a table, and what is not.

use super::*;
use crate::model::document::GridBuilder;
use crate::model::origin::Place;
use crate::model::{Merge, Value};

/// A grid of printed rows; numbers are stored as numbers.
fn grid(rows: &[&[&str]]) -> Grid {
    let mut grid = GridBuilder::new("Rekap", Place::Sheet("Rekap".into()));
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(*cells) {
            match text.parse() {
                Ok(number) => grid.push(row, col, Value::Number(number)),
                Err(_) => grid.push_text(row, col, text),
            }
        }
    }
    grid.finish()
}

fn table() -> Document {
    let mut grid = grid(&[
        &["REKAPITULASI", "Disusun oleh", "Nama Seorang"],
        &[],
        &["NO", "KECAMATAN", "PEMILIH"],
        &["", "", "L", "P", "L+P"],
        &["1", "SATU", "10", "11", "21"],
        &["2", "DUA", "20", "21", "41"],
        &["3", "TIGA", "30", "31", "62"],
        &["4", "EMPAT", "40", "41", "81"],
        &["5", "LIMA", "50", "51", "101"],
        &["", "JUMLAH", "150", "155", "305"],
        &["", "Ketua", "", "Nama Ketua"],
        &["", "NIP 197001012000011001", "1", "2"],
    ]);
    grid.merges = vec![Merge { top: 2, left: 0, bottom: 3, right: 0 }, Merge { top: 2, left: 2, bottom: 2, right: 4 }];
    Document { grids: vec![grid], ..Document::default() }
}

fn finding(row: u32, col: u16) -> Finding {
    Finding::new("D01", "").at(Origin::new(0, row, col))
}

fn shown(excerpt: &Excerpt) -> Vec<String> {
    let line = |r: &Excerpted| {
        let cells: Vec<String> = r.cells.iter().map(|(wide, text)| format!("{text}*{wide}")).collect();
        format!("{}{} {}", r.row, if r.heading { "h" } else { "" }, cells.join(" ")).replace("*1", "")
    };
    excerpt.rows.iter().map(line).collect()
}

#[test]
fn the_rows_around_a_cell_are_kept_with_their_headings() {
    let kept = around(&table(), &[finding(6, 4)], &Schemas::default());
    assert_eq!(kept.len(), 1);
    assert_eq!(
        shown(&kept[0]),
        [
            "2h KECAMATAN PEMILIH*3",
            "3h  L P L+P",
            "4 SATU 10 11 21",
            "5 DUA 20 21 41",
            "6 TIGA 30 31 62",
            "7 EMPAT 40 41 81",
            "8 LIMA 50 51 101"
        ]
    );
}

#[test]
fn a_suspect_far_from_its_total_is_shown_with_it() {
    let far = Finding { suspect: Some(Origin::new(0, 4, 2)), ..finding(9, 2) };
    let kept = around(&table(), &[far], &Schemas::default());
    let rows: Vec<u32> = kept[0].rows.iter().filter(|r| !r.heading).map(|r| r.row).collect();
    assert_eq!(rows, [4, 5, 6, 9]);
    assert!(kept[0].shows(Origin::new(0, 9, 2)) && kept[0].shows(Origin::new(0, 4, 2)));
}

#[test]
fn names_and_numbers_of_persons_are_never_kept() {
    let all: Vec<Finding> = (0..12).flat_map(|row| (0..5).map(move |col| finding(row, col))).collect();
    let kept = around(&table(), &all, &Schemas::default());
    let texts: Vec<&str> = kept.iter().flat_map(|e| &e.rows).flat_map(|r| &r.cells).map(|(_, t)| t.as_ref()).collect();
    assert!(texts.contains(&"TIGA"));
    for word in ["Nama", "Ketua", "Disusun", "1970"] {
        assert!(texts.iter().all(|t| !t.contains(word)), "{word}");
    }
}

#[test]
fn as_many_findings_as_there_may_be_keep_a_bounded_number_of_cells() {
    let rows: Vec<Vec<String>> = (0..5_000).map(|n| (0..30).map(|c| format!("{}", n * c)).collect()).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let document = Document { grids: vec![grid(&rows)], ..Document::default() };
    let findings: Vec<Finding> = (0..5_000).map(|row| finding(row, 7)).collect();
    let kept = around(&document, &findings, &Schemas::default());
    assert_eq!(kept.len(), MOST);
    assert!(kept.iter().all(|e| e.columns.len() <= 2 * BESIDE + 1 + LABELS && e.rows.len() <= 2 * NEAR + 3));
    assert_eq!(&*shortened(&"a b".repeat(40)), format!("{}…", "a b".repeat(16)));
}
