//! Folded rows written into the contract's column vectors.

use crate::model::record::Row;
use crate::model::{Records, Span};
use crate::normalise::region::Match;
use crate::normalise::text;

use super::facts::Fact;
use super::fold::{Folded, RegionRow};
use super::slots::station;
use super::tags::Field;
use crate::model::Level;

/// One row for each region, its fields in the columns that `column` names.
#[must_use]
pub fn rows(folded: &Folded, empty: Records, column: impl Fn(Field) -> Option<String>) -> Records {
    let mut records = empty;
    let mut names = Names::default();
    for region in &folded.rows {
        let at = row(&mut records, region, region.span);
        for (field, fact) in &region.facts {
            if let Some(name) = names.of(*field, &column) {
                put(&mut records, at, name, fact);
            }
        }
    }
    records
}

/// The printed totals in the same shape: the region is what the total is of, the level that of the rows it sums.
#[must_use]
pub fn totals(folded: &Folded, empty: Records, column: impl Fn(Field) -> Option<String>) -> Records {
    let mut records = empty;
    let mut names = Names::default();
    for total in folded.totals.iter().filter(|t| t.of.is_some()) {
        let at = records.push(total.span);
        records.set_text(at, "level", total.level.as_str(), None);
        records.set_text(at, "region_name", &text::clean(&total.label), None);
        if let Some(region) = total.of {
            records.set_region(at, "region", region, None, &total.label);
        }
        for (field, fact) in &total.facts {
            if let Some(name) = names.of(*field, &column) {
                put(&mut records, at, name, fact);
            }
        }
    }
    records
}

/// Column names, each made once.
#[derive(Default)]
struct Names(std::collections::BTreeMap<Field, Option<String>>);

impl Names {
    fn of(&mut self, field: Field, column: impl Fn(Field) -> Option<String>) -> Option<&str> {
        self.0.entry(field).or_insert_with(|| column(field)).as_deref()
    }
}

/// Starts a row with level, region and name. The region is left out where the name did not resolve with certainty.
pub fn row(records: &mut Records, region: &RegionRow, span: Span) -> Row {
    let at = records.push(span);
    let named = &region.named;
    records.set_text(at, "level", named.level.as_str(), None);
    let name = match station(&named.printed) {
        Some(number) if named.level == Level::Tps => format!("{number:03}"),
        _ => text::clean(&named.printed),
    };
    records.set_text(at, "region_name", &name, Some(named.origin));
    if let Match::Certain(code) = named.matched {
        records.set_region(at, "region", code, Some(named.origin), &named.printed);
    }
    at
}

/// States a fact's number with its cell.
pub fn put(records: &mut Records, row: Row, column: &str, fact: &Fact) {
    if let Some(value) = fact.value {
        records.set_number(row, column, value, Some(fact.origin), fact.printed_otherwise());
    }
}
