//! What the workbook says about figures that are doubtful, partial, or not there.

use crate::consolidate::Consolidated;
use crate::consolidate::book::Figure;
use crate::model::origin::letters;
use crate::model::{Level, Origin, Records, Region, Span, Status};
use crate::publish::fixture::{Province, office_region, regions, schemas};
use crate::publish::workbook::{At, Flaw, Ledger, Source};

const SMALL: Province = Province { offices: 4, rows: 5 };

/// The numbers of the workbook of a batch.
fn ledger(batch: &Consolidated) -> Ledger<'_> {
    let book = batch.pdpb.as_ref().unwrap();
    super::workbook(batch, book, Box::leak(Box::new(schemas())), Box::leak(Box::new(regions()))).unwrap().1
}

/// The number in a cell, `Rekap!F9`.
fn number(ledger: &Ledger<'_>, sheet: &str, row: u32, col: u16) -> Option<(f64, Flaw)> {
    let sheet = ledger.sheets.iter().position(|s| s == sheet).unwrap();
    ledger.get(At { sheet, row, col }).map(|p| (p.value, p.flaw))
}

/// Column of measure akhir, L+P, on the recap and on a region's sheet of the fixture.
const RECAP_AKHIR: u16 = 18;
const CHAPTER_AKHIR: u16 = 17;
/// First rows below the headings.
const RECAP_TOP: u32 = 8;
const CHAPTER_TOP: u32 = 8;

#[test]
fn an_error_marks_its_cell_and_every_sum_above_it() {
    let batch = SMALL.batch();
    let ledger = ledger(&batch);
    let flaw = |sheet: &str, row, col| number(&ledger, sheet, row, col).unwrap().1;
    assert_eq!(flaw("Kab. Contoh 1", CHAPTER_TOP + 1, CHAPTER_AKHIR), Flaw::Error);
    assert_eq!(flaw("Kab. Contoh 1", CHAPTER_TOP, CHAPTER_AKHIR), Flaw::None);
    assert_eq!(flaw("Kab. Contoh 1", CHAPTER_TOP + 1, CHAPTER_AKHIR - 1), Flaw::None);
    assert_eq!(flaw("Rekap", RECAP_TOP, RECAP_AKHIR), Flaw::Error);
    assert_eq!(flaw("Rekap", RECAP_TOP + 1, RECAP_AKHIR), Flaw::None);
    assert_eq!(flaw("Rekap", RECAP_TOP + 4, RECAP_AKHIR), Flaw::Error);
    // The office that sent nothing makes all other totals partial.
    assert_eq!(flaw("Rekap", RECAP_TOP + 4, RECAP_AKHIR - 1), Flaw::Partial);
}

#[test]
fn the_suspect_is_marked_too() {
    let mut batch = SMALL.batch();
    batch.findings[0].suspect = Some(Origin::new(0, 11, 16));
    let ledger = ledger(&batch);
    assert_eq!(number(&ledger, "Kab. Contoh 1", CHAPTER_TOP + 1, CHAPTER_AKHIR - 2).unwrap().1, Flaw::Error);
}

#[test]
fn a_sum_that_lacks_rows_says_so() {
    let mut batch = SMALL.batch();
    let line = &mut batch.pdpb.as_mut().unwrap().chapters[2].rows[3];
    line.flow[4] = [None; 3];
    let ledger = ledger(&batch);
    assert_eq!(number(&ledger, "Kab. Contoh 3", CHAPTER_TOP + 3, CHAPTER_AKHIR), None);
    assert_eq!(number(&ledger, "Rekap", RECAP_TOP + 2, RECAP_AKHIR).unwrap().1, Flaw::Partial);
}

#[test]
fn a_column_that_a_document_lacks_stays_empty_also_in_the_totals() {
    let mut batch = SMALL.batch();
    for line in &mut batch.pdpb.as_mut().unwrap().chapters[2].rows {
        line.flow[3] = [None; 3];
    }
    let ledger = ledger(&batch);
    assert_eq!(number(&ledger, "Rekap", RECAP_TOP + 2, 15), None);
    assert!(number(&ledger, "Rekap", RECAP_TOP + 1, 15).is_some());
}

/// Akhir of the region whose second row name is not known, with the document's own total set to `printed`.
fn with_unresolved(printed: impl Fn(f64, f64) -> f64) -> (f64, f64, f64) {
    let mut batch = SMALL.batch();
    let rows = &batch.pdpb.as_ref().unwrap().chapters[1].rows;
    let akhir =
        |all: bool| rows.iter().filter(|l| all || l.region.is_some()).filter_map(|l| l.flow[4][2]).map(|f| f.value).sum::<f64>();
    let (known, all) = (akhir(false), akhir(true));
    let mut totals =
        Records::new("pdpb", [("region", crate::model::record::Type::Region), ("akhir", crate::model::record::Type::Number)]);
    let row = totals.push(Span::from(Origin::new(0, 20, 0)));
    totals.set_region(row, "region", office_region(1), None, "JUMLAH");
    totals.set_number(row, "akhir", printed(known, all), None, "");
    batch.entries[1].outcome.printed = vec![totals];
    let published = number(&ledger(&batch), "Rekap", RECAP_TOP + 1, RECAP_AKHIR).unwrap().0;
    (known, all, published)
}

#[test]
fn rows_without_a_region_count_unless_the_document_itself_leaves_them_out() {
    let (_, all, published) = with_unresolved(|_, all| all);
    assert!((all - published).abs() < 0.5);
    let (known, _, published) = with_unresolved(|known, _| known);
    assert!((known - published).abs() < 0.5);
    let (_, all, published) = with_unresolved(|_, _| 1.0);
    assert!((all - published).abs() < 0.5);
}

#[test]
fn figures_of_a_region_as_a_whole_stand_in_the_recap() {
    let mut batch = SMALL.batch();
    let chapter = &mut batch.pdpb.as_mut().unwrap().chapters[2];
    chapter.whole = Some(chapter.rows[0].clone());
    let akhir = chapter.rows[0].flow[4][2].unwrap().value;
    chapter.rows.clear();
    let ledger = ledger(&batch);
    assert!(!ledger.sheets.contains(&"Kab. Contoh 3".to_owned()));
    let (value, _) = number(&ledger, "Rekap", RECAP_TOP + 2, RECAP_AKHIR).unwrap();
    assert!((value - akhir).abs() < 0.5, "{value}");
}

#[test]
fn a_break_with_the_period_before_is_found_down_to_the_row() {
    let mut batch = SMALL.batch();
    let book = batch.pdpb.as_mut().unwrap();
    let before = book.chapters[2].rows[1].previous[0].unwrap();
    book.chapters[2].rows[1].previous[0] = Some(Figure { value: before.value - 5.0, ..before });
    let ledger = ledger(&batch);
    let sheet = ledger.sheets.iter().position(|s| s == "Kontinuitas").unwrap();
    let difference = letters(8);
    let broken: Vec<f64> = ledger
        .iter()
        .filter(|(at, p)| at.sheet == sheet && letters(at.col) == difference && p.value.abs() > 0.5)
        .map(|(_, p)| p.value)
        .collect();
    assert_eq!(broken, [5.0]);
}

#[test]
fn a_worked_out_total_is_a_formula_and_a_printed_one_is_not() {
    let batch = SMALL.batch();
    let ledger = ledger(&batch);
    let sheet = ledger.sheets.iter().position(|s| s == "Kab. Contoh 1").unwrap();
    let source = |col| &ledger.get(At { sheet, row: CHAPTER_TOP, col }).unwrap().source;
    assert!(matches!(source(14), Source::Computed(formula) if formula == "M9+N9"));
    assert!(matches!(source(CHAPTER_AKHIR), Source::Read { .. }));
}

#[test]
fn empty_and_odd_books_are_drawn_as_well() {
    for (offices, rows) in [(1, 1), (2, 1), (3, 40)] {
        assert!(ledger(&Province { offices, rows }.batch()).iter().count() > 0);
    }
    let mut batch = SMALL.batch();
    let book = batch.pdpb.as_mut().unwrap();
    book.chapters.clear();
    (book.period, book.before, book.scope) = (None, None, Region::NATION);
    batch.completeness.clear();
    batch.findings.clear();
    batch.inferred.clear();
    for entry in &mut batch.entries {
        entry.outcome.status = Status::Rejected;
    }
    ledger(&batch);
}

#[test]
fn printed_numbers_of_desa_stand_where_no_rows_can_be_counted() {
    let columns = |detailed| {
        let known = super::columns::Known { counts: [true, false], detailed, ..Default::default() };
        let columns = super::columns::Columns::new(&known, Level::Kecamatan, true);
        (columns.rows.is_some(), columns.counts[0].is_some())
    };
    assert_eq!([columns(true), columns(false)], [(true, false), (false, true)]);
}
