//! Stations across the columns, `TPS 1 | TPS 2 | …`, over desa down the rows: what a row of totals says of each column.

use std::collections::BTreeMap;

use crate::model::{Equation, Level, Term};
use crate::tables::axes::{Content, Figure, Table};

use super::fields::Fields;
use super::lines::Reader;
use super::rules::EXACT;
use super::whose::Whose;

/// Whether a figure is the sum of a column of stations: station 1 of one desa and of the next are two stations, so it is no region's.
pub(super) fn no_region(row: &Whose, fields: &Fields, col: usize) -> bool {
    matches!(row, Whose::Total(..)) && fields.station(col).is_some()
}

/// D02 of each column of stations below which the table's only row of totals has a figure.
pub(super) fn totals<'a>(table: &Table<'a>, reader: &Reader<'a, '_>, fields: &Fields) -> Vec<Equation> {
    if !fields.stations() {
        return Vec::new();
    }
    let whose: Vec<Whose> = table.rows.iter().map(|line| reader.whose(line)).collect();
    let mut sums = whose.iter().enumerate().filter(|(_, w)| matches!(w, Whose::Total(..))).map(|(n, _)| n);
    let (Some(total), None) = (sums.next(), sums.next()) else { return Vec::new() };
    let is_desa = |row: usize| matches!(&whose[row], Whose::Region(named) if named.level == Level::Desa);
    let mut columns: BTreeMap<usize, Vec<&Figure>> = BTreeMap::new();
    for figure in table.figures.iter().filter(|f| fields.station(f.col).is_some()) {
        columns.entry(figure.col).or_default().push(figure);
    }
    let of = |column: &Vec<&Figure>| {
        let whole = column.iter().find(|f| f.row == total).and_then(|f| term(1.0, f))?;
        let parts: Vec<Term> = column.iter().filter(|f| is_desa(f.row)).filter_map(|f| term(-1.0, f)).collect();
        let says = format!("Jumlah kolom ini bukan jumlah {} TPS di kolomnya.", parts.len());
        let at = whole.origin.into();
        let terms = std::iter::once(whole).chain(parts).collect();
        Some(Equation { code: "D02".to_owned(), terms, constant: 0.0, tolerance: EXACT, at, says })
    };
    columns.values().filter_map(of).collect()
}

fn term(factor: f64, figure: &Figure) -> Option<Term> {
    if let Content::Number(n) = figure.content { Some(Term::new(factor, n, figure.origin)) } else { None }
}
