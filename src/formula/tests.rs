//! Formulas against what a spreadsheet program gives.

use super::*;
use crate::model::document::GridBuilder;
use crate::model::origin::Place;
use crate::model::source::Format;

/// `A1:A4` hold 1 to 4, `B1:B4` names, `C1` nothing, `D1` a division by zero; the formula stands in `Z1`.
fn calculated(format: Format, formula: &str) -> Result<Given, Why> {
    let mut b = GridBuilder::new("Rekap Kab", Place::Sheet("Rekap Kab".into()));
    for (row, name) in (0..4).zip(["Kumai", "Arut", "Kumai", "Pangkalan"]) {
        b.push(row, 0, Value::Number(f64::from(row + 1)));
        b.push_text(row, 1, name);
    }
    b.push(0, 3, Value::Error(crate::model::document::ErrorValue::Div0));
    b.push(0, 25, Value::NoResult);
    b.grid().formulas.push((0, 25, formula.into()));
    let document = Document { format, grids: vec![b.finish()] };
    Calculator::new(&document).formula(Origin::new(0, 0, 25))
}

fn number(formula: &str) -> f64 {
    match calculated(Format::Xlsx, formula) {
        Ok(Given::Number(n)) => n,
        other => panic!("{formula}: {other:?}"),
    }
}

#[test]
fn arithmetic_and_functions_give_what_excel_gives() {
    for (formula, expected) in [
        ("SUM(A1:A4)", 10.0),
        ("SUM(A1,A3:A4,2)", 10.0),
        ("A4*A2-A1/A2", 7.5),
        ("-A2^2", 4.0),
        ("SUM($A$1:A4)*10%", 1.0),
        ("'Rekap Kab'!A3+C1", 3.0),
        ("SUBTOTAL(9,A1:A4)", 10.0),
        ("ROUND(2.5,0)+ROUND(-2.5,0)+ROUND(1.005,2)", 1.01),
        ("ROUNDUP(7.01,0)+ROUNDDOWN(7.99,0)", 15.0),
        ("IF(A1>A2,D1,A4)", 4.0),
        ("IFERROR(A1/C1,0)", 0.0),
        ("IFERROR(D1,5)", 5.0),
        ("SUMIF(B1:B4,\"kumai\",A1:A4)", 4.0),
        ("SUMIF(A1:A4,\">=3\")", 7.0),
        ("COUNTIF(B1:B4,\"<>Kumai\")", 2.0),
        ("VLOOKUP(3,A1:B4,1,FALSE)", 3.0),
        ("AVERAGE(A1:A4)+MAX(A1:A4)-MIN(A1:A4)+COUNT(A1:B4)", 9.5),
        ("SUMPRODUCT(A1:A4,A1:A4)", 30.0),
        ("MOD(-3,2)+INT(-1.5)+ABS(-4)", 3.0),
        ("SUM(A:A)", 10.0),
        ("C1", 0.0),
    ] {
        let found = number(formula);
        assert!((found - expected).abs() < 1e-9, "{formula}: {found}");
    }
    assert_eq!(calculated(Format::Ods, "of:=SUM([.A1:.A4])*2"), Ok(Given::Number(20.0)));
    assert_eq!(calculated(Format::Ods, "of:=SUMIF([.B1:.B4];\"Kumai\";[.A1:.A4])"), Ok(Given::Number(4.0)));
}

#[test]
fn what_cannot_be_calculated_says_why() {
    for (formula, expected) in [
        ("A1/C1", Why::DIVISION),
        ("D1+1", Why::DIVISION),
        ("B1+1", Why::VALUE),
        ("VLOOKUP(9,A1:B4,2,FALSE)", Why::ABSENT),
        ("OFFSET(A1,1,0)", Why::Function("OFFSET".into())),
        ("[1]Lembar!A1+1", Why::Elsewhere),
        ("Lain!A1", Why::Elsewhere),
        ("Z1+1", Why::Endless),
        ("SUM(A1", Why::Unread),
        ("A1+#REF!", Why::Error("#REF!")),
        ("Lembar!#REF!", Why::Error("#REF!")),
        ("\"(\"&[1]!Terbilang(A1)&\")\"", Why::Elsewhere),
    ] {
        assert_eq!(calculated(Format::Xlsx, formula), Err(expected), "{formula}");
    }
}

#[test]
fn missing_results_are_filled_in_through_each_other() {
    let mut b = GridBuilder::new("x", Place::Sheet("x".into()));
    for (row, formula) in (0..).zip(["A2*2", "A3+1", "", "OFFSET(A1,0,0)"]) {
        b.push(row, 0, if formula.is_empty() { Value::Number(5.0) } else { Value::NoResult });
        if !formula.is_empty() {
            b.grid().formulas.push((row, 0, formula.into()));
        }
    }
    let mut document = Document { format: Format::Xlsx, grids: vec![b.finish()] };
    fill_in(&mut document);
    let grid = &document.grids[0];
    let values: Vec<Value> = grid.cells.iter().map(|c| c.value).collect();
    assert_eq!(values, [Value::Number(12.0), Value::Number(6.0), Value::Number(5.0), Value::NoResult]);
    assert_eq!(grid.calculated, [(0, 0), (1, 0)]);
}

#[test]
fn sums_of_numbers_kept_as_text_are_no_results_to_use() {
    let mut b = GridBuilder::new("Rekap", Place::Sheet("Rekap".into()));
    for (row, text) in [(0, "19.341"), (1, "633")] {
        b.push_text(row, 0, text);
    }
    b.push(2, 0, Value::Number(7.0));
    for (col, formula) in [(1, "SUM(A1:A3)"), (2, "A1+A3"), (3, "A2+A3"), (4, "SUM(A3:A3)"), (5, "SUBTOTAL(9,A1:A3)")] {
        b.push(3, col, Value::NoResult);
        b.grid().formulas.push((3, col, formula.into()));
    }
    let mut document = Document { format: Format::Xlsx, grids: vec![b.finish()] };
    assert_eq!(Calculator::new(&document).formula(Origin::new(0, 3, 1)), Ok(Given::Number(7.0)));
    fill_in(&mut document);
    // A sum over areas leaves texts out; `+` takes them as numbers, and `19.341` is one thing here and another there.
    assert_eq!(document.grids[0].calculated, [(3, 3), (3, 4)]);
}
