//! Sums of a table's rows by document and level, as a data frame: at the nation's scale these are 10⁶ rows of one table.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame, DataType, PolarsResult};

use crate::model::Level;
use crate::model::record::Type;

use super::Entry;
use super::rows::rows;

/// Column sums by document and level.
#[derive(Debug, Default)]
pub struct Sums {
    columns: Vec<String>,
    by: BTreeMap<(usize, u32), Vec<f64>>,
}

const ENTRY: &str = "entry";
const LEVEL: &str = "level";

impl Sums {
    /// Adds up all number columns of a table over the given entries.
    pub fn of<'a>(entries: impl Iterator<Item = (usize, &'a Entry)>, table: &str) -> Self {
        let mut gathered = Gathered::default();
        for (number, entry) in entries {
            gathered.add(number, entry, table);
        }
        if gathered.level.is_empty() {
            return Self::default();
        }
        // A frame of equally long columns with unique names can always be summed; without sums there is nothing to compare.
        gathered.summed().unwrap_or_default()
    }

    /// The sum of a column; `None` where a row of the document's level does not state it.
    pub fn get(&self, entry: usize, level: Level, column: &str) -> Option<f64> {
        let at = self.columns.iter().position(|c| c == column)?;
        self.by.get(&(entry, level as u32))?.get(at).copied().filter(|n| !n.is_nan())
    }

    /// The highest level below `level` that the document has rows of.
    pub fn below(&self, entry: usize, level: Level) -> Option<Level> {
        let mut at = level;
        while let Some(next) = at.below() {
            if self.by.contains_key(&(entry, next as u32)) {
                return Some(next);
            }
            at = next;
        }
        None
    }
}

/// Columns of the frame to be; a figure that is not stated is NaN and makes its sum NaN.
#[derive(Default)]
struct Gathered {
    entry: Vec<u32>,
    level: Vec<u32>,
    numbers: BTreeMap<String, Vec<f64>>,
}

impl Gathered {
    fn add(&mut self, number: usize, entry: &Entry, table: &str) {
        for records in entry.outcome.records.iter().filter(|r| r.table == table) {
            let start = self.level.len();
            for column in records.columns.iter().filter(|c| c.kind() == Type::Number) {
                let values = self.numbers.entry(column.name.clone()).or_default();
                values.resize(start, f64::NAN);
                values.extend((0..records.len()).map(|row| column.number(row).unwrap_or(f64::NAN)));
            }
            self.entry.resize(start + records.len(), u32::try_from(number).unwrap_or(u32::MAX));
            self.level.extend(
                rows(number, entry, table)
                    .filter(|r| std::ptr::eq(r.records, records))
                    .map(|r| r.level().map_or(u32::MAX, |l| l as u32)),
            );
        }
    }

    fn summed(self) -> PolarsResult<Sums> {
        let rows = self.level.len();
        let columns: Vec<String> = self.numbers.keys().cloned().collect();
        let mut parts = vec![Column::new(ENTRY.into(), self.entry), Column::new(LEVEL.into(), self.level)];
        for (name, mut values) in self.numbers {
            values.resize(rows, f64::NAN);
            parts.push(Column::new(name.as_str().into(), values));
        }
        let frame = DataFrame::new(rows, parts)?;
        #[expect(deprecated, reason = "the lazy form brings in the query planner: 28 crates for one sum")]
        let summed = frame.group_by([ENTRY, LEVEL])?.select(&columns).sum()?;
        let keys = |name: &str| -> PolarsResult<Vec<u32>> {
            Ok(summed
                .column(name)?
                .as_materialized_series()
                .cast(&DataType::UInt32)?
                .u32()?
                .iter()
                .map(|v| v.unwrap_or(u32::MAX))
                .collect())
        };
        let mut by: BTreeMap<(usize, u32), Vec<f64>> = keys(ENTRY)?
            .into_iter()
            .zip(keys(LEVEL)?)
            .map(|(e, l)| ((e as usize, l), Vec::with_capacity(columns.len())))
            .collect();
        let order: Vec<(usize, u32)> = keys(ENTRY)?.into_iter().zip(keys(LEVEL)?).map(|(e, l)| (e as usize, l)).collect();
        for name in &columns {
            let sums = summed.column(&format!("{name}_sum"))?.as_materialized_series().f64()?.clone();
            for (key, sum) in order.iter().zip(sums.iter()) {
                if let Some(values) = by.get_mut(key) {
                    values.push(sum.unwrap_or(f64::NAN));
                }
            }
        }
        Ok(Sums { columns, by })
    }
}
