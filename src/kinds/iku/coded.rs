//! Indicators that are named in one place and measured in another, tied by a code alone: `Kode | Indikator` above `Kode | Target |
//! Realisasi`, or `IKU 1 = Persentase …` below the figures of a chart.

use std::collections::BTreeMap;

use crate::normalise::text;
use crate::tables::columns::{self, Heading};
use crate::tables::ledger::{Cell, Row};

use super::body::{Printed, Words};
use super::layout::{Col, Field, columns as meanings};

/// What stands behind a code.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) indikator: Printed,
    pub(super) sasaran: Option<Printed>,
}

/// The names of a document by their codes, folded.
pub(super) type Codes = BTreeMap<String, Named>;

/// Shortest name of an indicator, in characters.
const NAME: usize = 5;
/// Longest code, in characters, and most words of one.
const CODE: (usize, usize) = (10, 2);
/// Fewest codes that are a list.
const FEWEST: usize = 2;

/// All codes that stand before names; empty where there are fewer than two, or where one stands before two names.
pub(super) fn codes(rows: &[Row], words: &Words) -> Codes {
    let mut out = Codes::new();
    let mut doubled = false;
    let mut add = |code: &str, named: Named| {
        let known = out.insert(folded(code), named.clone());
        doubled |= known.is_some_and(|k| text::key(&k.indikator.text) != text::key(&named.indikator.text));
    };
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        at += 1;
        if let [cell] = row.cells.as_slice() {
            let line = cell.text.split_once('=').or_else(|| cell.text.split_once(':'));
            let said = line.map(|(code, name)| (code.trim(), name.trim()));
            if let Some((code, name)) = said.filter(|(code, name)| is_code(code) && name.chars().count() >= NAME) {
                add(code, Named { indikator: printed(name, cell), sasaran: None });
            }
            continue;
        }
        let Some(heading) = columns::heading(rows, at - 1, words.vocabulary, 2) else { continue };
        let cols = meanings(&heading);
        at = heading.rows.end;
        if !registers(&cols) {
            continue;
        }
        let mut aim: Option<Printed> = None;
        while let Some(row) = rows.get(at).filter(|r| r.grid == row.grid && !r.apart && r.cells.len() > 1) {
            let of = |field: Field| said_in(&heading, &cols, row, field);
            aim = of(Field::Sasaran).map(|c| printed(&c.text, c)).or(aim);
            let (code, name) = (of(Field::No), of(Field::Indikator));
            if let (Some(code), Some(name)) = (code.filter(|c| c.text.contains(|x: char| x.is_ascii_digit())), name) {
                add(&code.text, Named { indikator: printed(&name.text, name), sasaran: aim.clone() });
            }
            at += 1;
        }
    }
    if doubled || out.len() < FEWEST { Codes::new() } else { out }
}

/// The name behind the code in a cell.
pub(super) fn name<'c>(codes: &'c Codes, cell: &Cell) -> Option<&'c Named> {
    codes.get(&folded(&cell.text))
}

/// Whether a heading is over codes and measures alone, and the row below it begins with a code that has a name elsewhere.
pub(super) fn measures(codes: &Codes, heading: &Heading, rows: &[Row]) -> bool {
    let cols = meanings(heading);
    let measured = cols.iter().filter(|c| c.field.is_some_and(Field::measured)).count();
    let names = cols.iter().any(|c| matches!(c.field, Some(Field::Indikator | Field::Sasaran)));
    let below = rows.get(heading.rows.end).and_then(|row| said_in(heading, &cols, row, Field::No));
    measured >= 2 && !names && below.is_some_and(|c| name(codes, c).is_some())
}

/// The cell of a row below the heading of this meaning.
pub(super) fn said_in<'r, 'a>(heading: &Heading, cols: &[Col], row: &'r Row<'a>, field: Field) -> Option<&'r Cell<'a>> {
    row.cells.iter().find(|c| heading.column(c.origin.col).and_then(|i| cols.get(i)).is_some_and(|col| col.field == Some(field)))
}

/// Codes with names beside them, and no figures.
fn registers(cols: &[Col]) -> bool {
    let has = |field: Field| cols.iter().any(|c| c.field == Some(field));
    has(Field::No) && has(Field::Indikator) && !cols.iter().any(|c| c.field.is_some_and(Field::measured))
}

fn is_code(text: &str) -> bool {
    text.chars().count() <= CODE.0
        && text.split_whitespace().count() <= CODE.1
        && text.contains(|c: char| c.is_ascii_digit())
        && text.contains(char::is_alphabetic)
}

fn folded(code: &str) -> String {
    text::key(code.trim().trim_end_matches(['.', ')']))
}

fn printed(said: &str, cell: &Cell) -> Printed {
    Printed { text: text::clean(said), number: None, origin: Some(cell.origin) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_letters_and_digits() {
        for (text, code) in
            [("IKU 1", true), ("K1", true), ("SS.1.2", true), ("1", false), ("Target", false), ("Sasaran Strategis 1", false)]
        {
            assert_eq!(is_code(text), code, "{text}");
        }
    }
}
