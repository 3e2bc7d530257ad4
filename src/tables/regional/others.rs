//! Columns of another year or election than the document's, where its headings name several side by side.

use crate::model::Period;
use crate::model::period::Part;
use crate::normalise::period;
use crate::tables::axes::{Label, Line, Table};
use crate::tables::words::Dimension;

use super::tags::{Tags, When};

/// Where headings name several years, the columns of another one than the document's are of another election.
pub(super) fn other_years(table: &Table, cols: &mut [Tags], period: Option<Period>) {
    let Some(own) = period.filter(|p| p.part == Part::Year) else { return };
    let year_of = |col: &Line| col.labels.iter().flatten().rev().find_map(|l| period::bare_year(&table.shown(l)));
    let years: Vec<Option<u16>> = table.cols.iter().map(year_of).collect();
    if years.contains(&Some(own.year)) {
        for (tags, year) in cols.iter_mut().zip(years) {
            tags.when = if year.is_some_and(|y| y != own.year) { Some(When::Other) } else { tags.when };
        }
    }
}

/// Where headings name several elections, the columns of another one than the titles name first are not the document's.
pub(super) fn other_elections(table: &Table, cols: &mut [Tags]) {
    let named = |l: &Label| l.said.value(Dimension::Election);
    let of_col = |col: &Line| col.labels.iter().flatten().rev().find_map(named);
    let elections: Vec<Option<u16>> = table.cols.iter().map(of_col).collect();
    let titled = table.titles.iter().flatten().find_map(named).filter(|own| elections.contains(&Some(*own)));
    let Some(own) = titled.or_else(|| elections.iter().flatten().copied().next()) else { return };
    for (tags, election) in cols.iter_mut().zip(elections) {
        tags.when = if election.is_some_and(|e| e != own) { Some(When::Other) } else { tags.when };
    }
}
