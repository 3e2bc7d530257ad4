//! Equations that hold, that break, and what is said about them.

use super::*;
use crate::model::document::GridBuilder;
use crate::model::origin::Place;
use crate::model::{Document, Origin, Term, Value};

const L: u16 = 1;
const P: u16 = 2;
const TOTAL: u16 = 3;
const ROWS: u32 = 4;

/// A sheet of four rows (l, p, l+p) and a total row; with `formulas`, l+p and the total row are formulas.
struct Sheet {
    values: Vec<[f64; 3]>,
    formulas: bool,
}

impl Sheet {
    fn new(formulas: bool) -> Self {
        Self {
            values: vec![[10.0, 20.0, 30.0], [11.0, 21.0, 32.0], [12.0, 22.0, 34.0], [13.0, 23.0, 36.0], [46.0, 86.0, 132.0]],
            formulas,
        }
    }

    fn set(mut self, row: usize, col: u16, value: f64) -> Self {
        self.values[row][usize::from(col) - 1] = value;
        self
    }

    fn document(&self) -> Document {
        let mut b = GridBuilder::new("Rekap", Place::Sheet("Rekap".into()));
        for (row, values) in (0_u32..).zip(&self.values) {
            for (col, value) in (L..).zip(values) {
                b.push(row, col, Value::Number(*value));
            }
        }
        if self.formulas {
            let lines = (0..=ROWS).map(|r| (r, TOTAL, format!("B{0}+C{0}", r + 1).into()));
            let sums = [(ROWS, L, "SUM(B1:B4)".into()), (ROWS, P, "SUM(C1:C4)".into())];
            b.grid().formulas.extend(lines.chain(sums));
        }
        Document { grids: vec![b.finish()], ..Document::default() }
    }

    fn term(&self, coefficient: f64, row: u32, col: u16) -> Term {
        let value = self.values[usize::try_from(row).unwrap()][usize::from(col) - 1];
        Term::new(coefficient, value, Origin::new(0, row, col))
    }

    /// D01 on every line, D02 on every column, P01 for both and the total against what is known elsewhere.
    fn equations(&self) -> Vec<Equation> {
        let lines = (0..=ROWS).map(|r| ("D01", vec![self.term(1.0, r, TOTAL), self.term(-1.0, r, L), self.term(-1.0, r, P)]));
        let columns = (L..=TOTAL).map(|c| {
            let rows = (0..ROWS).map(|r| self.term(-1.0, r, c));
            ("D02", std::iter::once(self.term(1.0, ROWS, c)).chain(rows).collect())
        });
        lines.chain(columns).map(|(code, terms)| equation(code, terms, 0.0)).collect()
    }

    fn found(&self, more: Vec<Equation>) -> Vec<String> {
        let mut findings = Findings::default();
        let equations: Vec<Equation> = self.equations().into_iter().chain(more).collect();
        let extraction = stated(equations);
        check(&mut findings, &Formulas::of(&self.document()), &extraction, &BTreeSet::new());
        let suspect = |f: &Finding| f.suspect.map_or_else(String::new, |o| format!(" R{}C{} {}", o.row, o.col, f.suggestion));
        findings.0.iter().map(|f| format!("{} {}→{} {}{}", f.code, f.found, f.expected, f.difference, suspect(f))).collect()
    }
}

fn equation(code: &str, terms: Vec<Term>, constant: f64) -> Equation {
    let at = terms[0].origin.into();
    Equation { code: code.into(), terms, constant, tolerance: 0.0, at, says: "tidak cocok".into() }
}

fn stated(equations: Vec<Equation>) -> Extraction {
    Extraction { equations, ..Extraction::default() }
}

#[test]
fn a_table_that_adds_up_has_no_findings() {
    assert!(Sheet::new(false).found(vec![]).is_empty());
}

#[test]
fn swapped_digits_break_the_line_and_the_column_and_are_found() {
    let found = Sheet::new(false).set(1, P, 12.0).found(vec![]);
    assert_eq!(found, ["D01 32→23 9 R1C2 21", "D02 86→77 9 R1C2 21"]);
}

#[test]
fn behind_formulas_the_typed_cell_is_found() {
    // 21 became 12, and everything was calculated again: only figures known from elsewhere tell.
    let wrong = Sheet::new(true).set(1, P, 12.0).set(1, TOTAL, 23.0).set(4, P, 77.0).set(4, TOTAL, 123.0);
    let by_sex = equation("P02", vec![wrong.term(1.0, 1, P)], -21.0);
    let both = equation("P02", vec![wrong.term(1.0, 1, TOTAL)], -32.0);
    assert_eq!(wrong.found(vec![by_sex.clone(), both.clone()]), ["P02 12→21 -9 R1C2 21", "P02 23→32 -9 R1C2 21"]);
    let typed = Sheet { formulas: false, ..wrong };
    let found = typed.found(vec![by_sex, both]);
    assert_eq!(found, ["P02 12→21 -9 R1C2 21", "P02 23→32 -9 R1C2 21"], "typed, the line and both sums were made again from it");
}

#[test]
fn a_formula_that_was_not_calculated_again_is_not_seen_through_and_blamed_where_its_result_is_known() {
    let stale = Sheet::new(true).set(4, L, 40.0).set(4, TOTAL, 126.0);
    assert_eq!(stale.found(vec![]), ["D02 40→46 -6", "D02 126→132 -6"]);
    let (mut findings, document) = (Findings::default(), stale.document());
    let mut formulas = Formulas::of(&document);
    formulas.note_stale(Origin::new(0, ROWS, L), 46.0);
    check(&mut findings, &formulas, &stated(stale.equations()), &BTreeSet::new());
    let told: Vec<_> = findings.0.iter().map(|f| (f.suspect, f.suggestion.as_str(), f.explanations[0].slip)).collect();
    assert_eq!(told, [(Some(Origin::new(0, ROWS, L)), "46", Some(Slip::Stale)); 2]);
}

#[test]
fn a_wrong_number_where_a_formula_belongs_was_typed_over_it() {
    let sheet = Sheet::new(false).set(1, TOTAL, 23.0);
    let typed = |cells: &[Origin]| {
        let mut findings = Findings::default();
        let overtyped = cells.iter().copied().collect();
        check(&mut findings, &Formulas::of(&sheet.document()), &stated(sheet.equations()), &overtyped);
        findings.0.iter().map(|f| f.explanations[0].slip).collect::<Vec<_>>()
    };
    assert_eq!(typed(&[Origin::new(0, 1, TOTAL)]), [Some(Slip::Overtyped); 2]);
    assert_eq!(typed(&[Origin::new(0, 2, TOTAL)]), [Some(Slip::Swapped); 2], "the typed cell is another");
}

#[test]
fn a_difference_within_the_tolerance_is_none() {
    let off = Sheet::new(false).set(0, TOTAL, 31.0);
    let mut equations = off.equations();
    for equation in &mut equations {
        equation.tolerance = 1.0;
    }
    let mut findings = Findings::default();
    check(&mut findings, &Formulas::of(&off.document()), &stated(equations), &BTreeSet::new());
    assert!(findings.0.is_empty());
}

#[test]
fn what_is_no_number_says_nothing() {
    let odd = equation("D01", vec![Term::new(1.0, f64::NAN, Origin::new(0, 0, 0))], 0.0);
    let empty = Equation { terms: vec![], constant: 3.0, ..odd.clone() };
    let mut findings = Findings::default();
    check(&mut findings, &Formulas::of(&Document::default()), &stated(vec![odd, empty]), &BTreeSet::new());
    assert!(findings.0.is_empty());
}

#[test]
fn of_a_long_tie_the_likeliest_are_told_and_the_others_counted() {
    let change = |row| Change { cell: Origin::new(0, row, L), found: 5.0, value: 7.0 };
    let one = |row| Explanation { cells: vec![change(row)], ..Explanation::default() };
    let blame = |most| Blame { explanations: (0..most).map(one).collect(), ..Blame::default() };
    let places = Sheet::new(false).document().places();
    assert!(guess(&blame(11), &places).ends_with("atau Rekap!B8 5 → 7, dan masih 3 kemungkinan lain."));
    assert!(guess(&Blame { unlisted: 4, ..blame(8) }, &places).ends_with("dan masih 4 kemungkinan lain."));
    assert!(guess(&blame(8), &places).ends_with("atau Rekap!B8 5 → 7."));
}

#[test]
fn a_figure_beyond_its_limit_is_no_suggestion() {
    // Nobody has fewer than no men or women, so the total alone would do; but no station has so many voters.
    let sheet = Sheet::new(false);
    let line = |l, p, total| {
        let term = |k, v, col| Term::new(k, v, Origin::new(0, 0, col));
        equation("D01", vec![term(1.0, total, TOTAL), term(-1.0, l, L), term(-1.0, p, P)], 0.0)
    };
    let suspect = |most: f64| {
        let ranges = vec![crate::model::Range { cell: Origin::new(0, 0, TOTAL), least: 0.0, most }];
        let extraction = Extraction { equations: vec![line(644.0, 553.0, 297.0)], ranges, ..Extraction::default() };
        let mut findings = Findings::default();
        check(&mut findings, &Formulas::of(&sheet.document()), &extraction, &BTreeSet::new());
        findings.0[0].suspect.map(|cell| cell.col)
    };
    assert_eq!((suspect(1_200.0), suspect(300.0)), (Some(TOTAL), None));
}
