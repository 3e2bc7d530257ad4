//! Cells whose type is not that of a figure: F07 (an error value where one belongs) and F05 (a number kept as text).

use std::collections::{BTreeMap, BTreeSet};

use crate::kinds::Extraction;
use crate::model::document::{is_printed_number, plain_number};
use crate::model::{Cell, Document, Finding, Findings, Format, Grid, Origin, Span, Value};

use super::areas::areas;
use super::used::{Used, figures};

/// F07: error values in the columns of figures; one finding per area of neighbouring cells, and one for each whose figure the others decide.
pub fn errors(findings: &mut Findings, document: &Document, used: &Used, decided: &BTreeMap<Origin, f64>) {
    for (grid, number) in document.grids.iter().zip(0_u16..).filter(|(g, _)| !g.hidden) {
        let wrong = |value: Value| match value {
            Value::Error(_) => true,
            Value::Text(_) => grid.text(value).is_some_and(names_an_error),
            _ => false,
        };
        let expected = told_as_words(findings, grid, number, wrong);
        let belongs = |c: &&Cell| used.column(number, c.col) || expected.contains(&(c.row, c.col));
        let at = grid.cells.iter().filter(|c| wrong(c.value)).filter(belongs).map(|c| Origin::new(number, c.row, c.col));
        let (known, open): (Vec<Origin>, Vec<Origin>) = at.partition(|at| decided.contains_key(at));
        let shown = |at: Origin| grid.at(at.row, at.col).map_or_else(String::new, |c| grid.shown(c.value));
        findings.0.extend(known.iter().map(|at| mended(*at, shown(*at), decided[at])));
        for area in areas(number, open.iter().map(|at| (at.row, at.col))) {
            let shown = shown(area.from);
            let message = format!("{shown} di tempat angka; perbaiki rumusnya atau isi angkanya");
            findings.add(Finding::new("F07", message).at(area).found(shown));
        }
    }
}

/// An error value whose figure follows from those around it.
fn mended(at: Origin, shown: String, right: f64) -> Finding {
    let right = plain_number(right);
    let message = format!(
        "{shown} di tempat angka; menurut angka lain di baris dan kolomnya seharusnya {right}. Perbaiki rumusnya atau isi angkanya"
    );
    let finding = Finding::new("F07", message).at(at).found(shown).expected(&right);
    Finding { suspect: Some(at), suggestion: right, ..finding }
}

/// Takes back what was told of error values as words where a figure is expected (A13), in columns that hold figures: F07 says it better. Returns
/// their cells.
fn told_as_words(findings: &mut Findings, grid: &Grid, number: u16, wrong: impl Fn(Value) -> bool) -> BTreeSet<(u32, u16)> {
    let mut cells = BTreeSet::new();
    let here = |f: &Finding| f.span.filter(|s| f.code == "A13" && s.from.grid == number);
    if !findings.0.iter().any(|f| here(f).is_some()) {
        return cells;
    }
    let counted: BTreeSet<u16> = grid.cells.iter().filter(|c| is_figure(grid, c.value)).map(|c| c.col).collect();
    findings.0.retain(|finding| {
        let Some(span) = here(finding) else { return true };
        let (from, to) = (span.from, span.to);
        let rows = &grid.cells[grid.cells.partition_point(|c| c.row < from.row)..grid.cells.partition_point(|c| c.row <= to.row)];
        let inside = || rows.iter().filter(|c| (from.col..=to.col).contains(&c.col));
        let errors = inside().next().is_some() && inside().all(|c| wrong(c.value) && counted.contains(&c.col));
        cells.extend(inside().filter(|_| errors).map(|c| (c.row, c.col)));
        !errors
    });
    cells
}

/// Error values as programs write them where the type is lost (csv, old workbooks).
fn names_an_error(text: &str) -> bool {
    matches!(
        text.trim(),
        "#REF!" | "#DIV/0!" | "#N/A" | "#NAME?" | "#VALUE!" | "#NUM!" | "#NULL!" | "#ERROR!" | "Err:502" | "Err:508" | "Err:522"
    )
}

/// F05: figures in use that a spreadsheet keeps as text; one finding per column of a grid.
pub fn numbers_as_text(findings: &mut Findings, document: &Document, extraction: &Extraction) {
    if !matches!(document.format, Format::Xlsx | Format::Xls | Format::Xlsb | Format::Ods) {
        return;
    }
    let mut columns: BTreeMap<(u16, u16), (Span, usize)> = BTreeMap::new();
    for (_, _, origin) in extraction.records.iter().chain(&extraction.printed).flat_map(figures) {
        if is_text_number(document, origin) {
            let entry = columns.entry((origin.grid, origin.col)).or_insert((origin.into(), 0));
            *entry = (entry.0.with(origin), entry.1 + 1);
        }
    }
    for (span, count) in columns.into_values() {
        let message = format!("{count} angka disimpan sebagai teks; rumus tidak akan menjumlahkannya");
        findings.add(Finding::new("F05", message).at(span));
    }
}

fn is_text_number(document: &Document, at: Origin) -> bool {
    let Some(grid) = document.grids.get(usize::from(at.grid)) else {
        return false;
    };
    grid.at(at.row, at.col).and_then(|c| grid.text(c.value)).is_some_and(is_printed_number)
}

/// Whether the cell shows a figure, as a number or as text.
pub fn is_figure(grid: &Grid, value: Value) -> bool {
    match value {
        Value::Number(n) => n != 0.0,
        Value::Text(_) => grid.text(value).is_some_and(|t| is_printed_number(t) && t.bytes().any(|b| (b'1'..=b'9').contains(&b))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;
    use crate::model::record::Type;
    use crate::model::{ErrorValue, Records};

    fn extraction(at: &[(u32, u16)]) -> Extraction {
        let mut records = Records::new("pdpb", [("akhir", Type::Number)]);
        for &(r, c) in at {
            let row = records.push(Origin::new(0, r, c).into());
            records.set_number(row, "akhir", 5.0, Some(Origin::new(0, r, c)), "");
        }
        Extraction { records: vec![records], ..Extraction::default() }
    }

    fn document(fill: impl FnOnce(&mut GridBuilder)) -> Document {
        let mut b = GridBuilder::new("Rekap", Place::Sheet("Rekap".into()));
        fill(&mut b);
        Document { grids: vec![b.finish()], format: Format::Xlsx }
    }

    #[test]
    fn an_error_in_a_column_of_figures_is_f07_beside_it_is_not() {
        let document = document(|b| {
            b.push(1, 2, Value::Number(5.0));
            b.push(2, 2, Value::Error(ErrorValue::Ref));
            b.push(3, 2, Value::Error(ErrorValue::Ref));
            b.push(2, 9, Value::Error(ErrorValue::Na));
        });
        let mut findings = Findings::default();
        errors(&mut findings, &document, &Used::by(&extraction(&[(1, 2)])), &BTreeMap::new());
        assert_eq!(findings.0.len(), 1);
        assert_eq!(findings.0[0].found, "#REF!");
        assert_eq!(findings.0[0].span, Some(Span::new(Origin::new(0, 2, 2), Origin::new(0, 3, 2))));
    }

    #[test]
    fn an_error_where_a_figure_was_expected_is_told_once_and_as_what_it_is() {
        let document = document(|b| {
            b.push(1, 7, Value::Number(5.0));
            b.push(2, 7, Value::Error(ErrorValue::Ref));
            b.push_text(3, 7, "belum");
            b.push(2, 8, Value::Error(ErrorValue::Na));
        });
        let mut findings = Findings::default();
        for (row, col) in [(2, 7), (3, 7), (2, 8)] {
            findings.add(Finding::new("A13", "tertulis kata").at(Origin::new(0, row, col)));
        }
        errors(&mut findings, &document, &Used::by(&extraction(&[(1, 2)])), &BTreeMap::new());
        let told: Vec<(&str, u16)> = findings.0.iter().map(|f| (f.code.as_str(), f.span.unwrap().from.col)).collect();
        assert_eq!(
            told,
            [("A13", 7), ("A13", 8), ("F07", 7)],
            "words stay words, and a column of nothing else is no column of figures"
        );
    }

    #[test]
    fn numbers_kept_as_text_are_one_finding_per_column() {
        let filled = |b: &mut GridBuilder| {
            b.push_text(1, 2, "1.234");
            b.push_text(2, 2, "987");
            b.push(1, 3, Value::Number(5.0));
            b.push_text(2, 3, "nihil");
        };
        let used = extraction(&[(1, 2), (2, 2), (1, 3), (2, 3)]);
        let mut findings = Findings::default();
        numbers_as_text(&mut findings, &document(filled), &used);
        assert_eq!(findings.0.len(), 1);
        assert_eq!(findings.0[0].span, Some(Span::new(Origin::new(0, 1, 2), Origin::new(0, 2, 2))));
        let mut csv = document(filled);
        csv.format = Format::Csv;
        let mut findings = Findings::default();
        numbers_as_text(&mut findings, &csv, &used);
        assert!(findings.0.is_empty(), "in delimited text everything is text");
    }

    #[test]
    fn the_shape_of_a_number() {
        for text in ["1.234", " 12 ", "Rp 1.234,50", "-7", "1\u{a0}234"] {
            assert!(is_printed_number(text), "{text}");
        }
        for text in ["", "-", "nihil", "12 orang", "(1)", "62.04.05a", "TW 3"] {
            assert!(!is_printed_number(text), "{text}");
        }
    }
}
