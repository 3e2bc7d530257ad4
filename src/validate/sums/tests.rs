//! Old results, short ranges and typed cells among formulas, each with what must not be taken for one.

use super::super::localise::Standing;
use super::*;
use crate::model::document::GridBuilder;
use crate::model::origin::Place;
use crate::model::record::Type;
use crate::model::{Equation, Term};

/// Rows of (l, p, l+p as formula) with `SUM` formulas below; `change` may spoil it.
struct Table {
    builder: GridBuilder,
    rows: u32,
}

const TOTAL: u16 = 3;

impl Table {
    fn new(rows: u32) -> Self {
        let mut builder = GridBuilder::new("Rekap", Place::Sheet("Rekap".into()));
        for row in 0..rows {
            for (col, value) in [(1, 10.0), (2, 20.0), (TOTAL, 30.0)] {
                builder.push(row, col, Value::Number(value));
            }
            builder.grid().formulas.push((row, TOTAL, format!("B{0}+C{0}", row + 1).into()));
        }
        Self { builder, rows }
    }

    /// A total row with this formula in the last column and this stored result.
    fn total(mut self, formula: &str, stored: f64) -> Self {
        self.builder.push(self.rows, TOTAL, Value::Number(stored));
        self.builder.grid().formulas.push((self.rows, TOTAL, formula.into()));
        self
    }

    fn typed(mut self, row: u32) -> Self {
        self.builder.grid().formulas.retain(|f| f.0 != row);
        self
    }

    fn document(self) -> Document {
        Document { grids: vec![self.builder.finish()], ..Document::default() }
    }
}

/// D02 of the last column.
fn sum(rows: u32, printed: f64) -> Equation {
    let term = |k, v, row| Term::new(k, v, Origin::new(0, row, TOTAL));
    let terms = std::iter::once(term(1.0, printed, rows)).chain((0..rows).map(|r| term(-1.0, 30.0, r))).collect();
    let at = Origin::new(0, rows, TOTAL).into();
    Equation { code: "D02".into(), terms, constant: 0.0, tolerance: 0.0, at, says: String::new() }
}

fn told(findings: &Findings) -> Vec<String> {
    findings.0.iter().map(|f| format!("{} {}→{}", f.code, f.found, f.expected)).collect()
}

#[test]
fn a_result_that_was_not_calculated_again_is_f01() {
    let f01 = |stored| {
        let document = Table::new(5).total("SUM(D1:D5)", stored).document();
        let mut findings = Findings::default();
        stale(&mut findings, &document, &mut Formulas::of(&document));
        told(&findings)
    };
    assert_eq!(f01(140.0), ["F01 140→150"]);
    assert!(f01(150.0).is_empty());
}

#[test]
fn a_range_without_the_last_row_is_f04() {
    let f04 = |formula: &str, stored| {
        let document = Table::new(5).total(formula, stored).document();
        let mut findings = Findings::default();
        short(&mut findings, &mut Formulas::of(&document), &[sum(5, stored)]);
        told(&findings)
    };
    assert_eq!(f04("SUM(D1:D4)", 120.0), ["F04 120→150"]);
    assert!(f04("SUM(D1:D5)", 150.0).is_empty());
    assert!(f04("SUM(D1:D3,D4:D5)", 150.0).is_empty());
    assert!(f04("B6+C6", 150.0).is_empty(), "a total across, not down");
    assert!(f04("SUM(D1:D4)", 150.0).is_empty(), "its result is old, that is F01");
}

/// D01 of a row.
fn line(row: u32, printed: f64) -> Equation {
    let term = |k, v, col| Term::new(k, v, Origin::new(0, row, col));
    let at = Origin::new(0, row, TOTAL).into();
    let terms = vec![term(1.0, printed, TOTAL), term(-1.0, 10.0, 1), term(-1.0, 20.0, 2)];
    Equation { code: "D01".into(), terms, constant: 0.0, tolerance: 0.0, at, says: String::new() }
}

#[test]
fn a_line_whose_formula_names_another_row_is_f04() {
    let f04 = |formula: &str, stored: f64, more: Vec<Equation>| {
        let mut table = Table::new(5);
        table.builder.push(3, TOTAL, Value::Number(stored));
        table.builder.push(2, 2, Value::Number(21.0));
        table.builder.grid().formulas.retain(|f| f.0 != 3);
        table.builder.grid().formulas.push((3, TOTAL, formula.into()));
        let document = table.document();
        let mut findings = Findings::default();
        let equations: Vec<Equation> = std::iter::once(line(3, stored)).chain(more).collect();
        let mut formulas = Formulas::of(&document);
        short(&mut findings, &mut formulas, &equations);
        let standing = formulas.standing(Origin::new(0, 3, TOTAL));
        assert_eq!(standing == Standing::Short(30.0), !findings.0.is_empty());
        told(&findings)
    };
    assert_eq!(f04("B4+C3", 31.0, vec![]), ["F04 31→30"]);
    assert_eq!(f04("SUM(B4:B4)", 10.0, vec![]), ["F04 10→30"]);
    assert_eq!(f04("B4-C4", -10.0, vec![]), ["F04 -10→30"], "a minus for a plus");
    assert!(f04("B4+C2", 30.0, vec![]).is_empty(), "the line holds");
    assert!(f04("D2+D3", 60.0, vec![]).is_empty(), "it adds up something else");
    let mut rest = line(3, 10.0);
    rest.terms = vec![rest.terms[0], rest.terms[1], Term::new(-1.0, 0.0, Origin::new(0, 3, 7))];
    assert!(f04("B4+H4", 10.0, vec![rest]).is_empty(), "another rule of the cell asks for just that");
}

#[test]
fn a_sum_of_rows_and_of_a_sum_leaves_out_none() {
    let f04 = |formula: &str, stored| {
        let mut table = Table::new(8).total(formula, stored);
        table.builder.push(20, TOTAL, Value::Number(90.0));
        table.builder.grid().formulas.push((20, TOTAL, "SUM(D6:D8)".into()));
        let document = table.document();
        let mut findings = Findings::default();
        short(&mut findings, &mut Formulas::of(&document), &[sum(8, stored)]);
        findings.0.len()
    };
    assert_eq!((f04("SUM(D1:D5)+D21", 240.0), f04("SUM(D1:D5)+B1+C1", 180.0)), (0, 1));
}

#[test]
fn a_sum_over_a_number_kept_as_text_is_wrong_without_leaving_out_a_row() {
    let standing = |stored| {
        let mut table = Table::new(5).total("SUM(D1:D5)", stored);
        table.builder.push_text(2, TOTAL, "30");
        let document = table.document();
        let (mut findings, mut formulas) = (Findings::default(), Formulas::of(&document));
        short(&mut findings, &mut formulas, &[sum(5, stored)]);
        assert!(findings.0.is_empty());
        formulas.standing(Origin::new(0, 5, TOTAL))
    };
    assert_eq!(standing(120.0), Standing::Short(150.0));
    assert!(!matches!(standing(149.0), Standing::Short(_)), "the text was added up: another figure is off by one");
}

#[test]
fn a_typed_number_among_formulas_is_f03() {
    let f03 = |table: Table| {
        let rows = table.rows;
        let document = table.document();
        let mut records = Records::new("pdpb", [("akhir", Type::Number)]);
        for row in 0..rows {
            let cell = Origin::new(0, row, TOTAL);
            let at = records.push(cell.into());
            records.set_number(at, "akhir", 30.0, Some(cell), "");
        }
        let extraction = Extraction { records: vec![records], ..Extraction::default() };
        let mut findings = Findings::default();
        typed(&mut findings, &document, &Formulas::of(&document), &extraction);
        findings.0.into_iter().map(|f| (f.code, f.span)).collect::<Vec<_>>()
    };
    assert_eq!(f03(Table::new(6).typed(3)), [("F03".to_owned(), Some(Origin::new(0, 3, TOTAL).into()))]);
    assert!(f03(Table::new(6)).is_empty());
    assert!(f03(Table::new(6).typed(1).typed(3)).is_empty(), "four formulas and two typed numbers make no rule");
}

#[test]
fn a_typed_number_is_compared_with_what_its_formula_would_give() {
    let told = |typed_sum: f64| {
        let mut table = Table::new(6).typed(3);
        table.builder.push(3, TOTAL, Value::Number(typed_sum));
        let document = table.document();
        found(&document, Origin::new(0, 3, TOTAL), &vec![(true, 1, 1), (true, 2, 2)], 5).message
    };
    assert!(told(31.0).ends_with("rumus yang sama, hasilnya 30"), "{}", told(31.0));
    assert!(told(30.0).ends_with("hasilnya akan sama"));
}

#[test]
fn formulas_that_cannot_be_calculated_again_are_counted_with_their_reason() {
    let document = Table::new(5).total("SUM(D1:D5)*INDIRECT(\"A1\")", 150.0).document();
    let recomputed = stale(&mut Findings::default(), &document, &mut Formulas::of(&document));
    assert_eq!((recomputed.all, recomputed.open()), (6, 1));
    assert_eq!(recomputed.reasons(), [("fungsi INDIRECT tidak dihitung", 1)]);
    let document = Table::new(5).total("SUM(D1:D5)", 150.0).document();
    assert_eq!(stale(&mut Findings::default(), &document, &mut Formulas::of(&document)).open(), 0);
}
