//! Units in which goods are counted: beside the good in a row, or below it in a heading.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Origin;
use crate::normalise::text;
use crate::tables::axes::{Label, Table};
use crate::tables::words::{Dimension, Vocabulary};

use super::slots::Slot;

/// A unit without the brackets around it: `(Buah)`.
fn plain(printed: &str) -> String {
    text::clean(printed.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']))
}

/// The units of a document by the row or column they stand in.
#[derive(Clone, Debug, Default)]
pub struct Units {
    rows: BTreeMap<(u16, u32), Vec<(Origin, String)>>,
    /// Rows with a unit behind each of several figures: `140 | Buah | 36 | Botol`.
    behind: BTreeSet<(u16, u32)>,
    cols: BTreeMap<(u16, u16), (Origin, String)>,
}

impl Units {
    /// Takes the units of a table whose rows run down; `slots` are its label columns.
    pub(super) fn gather(&mut self, table: &Table, slots: &[Slot], vocabulary: &Vocabulary) {
        let first = table.cols.iter().map(|c| c.at).min().filter(|_| !table.turned);
        let several = slots.iter().filter(|s| **s == Slot::Unit).count() > 1;
        for row in &table.rows {
            for (label, _) in row.labels.iter().zip(slots).filter(|(_, slot)| **slot == Slot::Unit) {
                let Some(label) = label else { continue };
                let unit = plain(&table.shown(label));
                if !unit.is_empty() {
                    if several && first.is_some_and(|first| first < u32::from(label.origin.col)) {
                        self.behind.insert((label.origin.grid, row.at));
                    }
                    self.rows.entry((label.origin.grid, row.at)).or_default().push((label.origin, unit));
                }
            }
        }
        // A row of units below the goods that run across.
        for label in &table.groups {
            let over = table.cols.iter().any(|c| !table.turned && c.at == u32::from(label.origin.col));
            let named = label.said.senses.iter().any(|s| s.dimension == Dimension::Unit && !vocabulary.value(s.value).is_empty());
            if over && named && label.said.whole() {
                let at = (label.origin.grid, label.origin.col);
                self.cols.entry(at).or_insert_with(|| (label.origin, plain(label.text)));
            }
        }
        for col in &table.cols {
            let named = |text: &str| vocabulary.read(text).senses.iter().any(|s| !vocabulary.value(s.value).is_empty());
            let mut labels = col.labels.iter().flatten();
            // `Tinta (botol)` is a good with its unit behind it, no heading of units.
            let heads = |l: &&Label| l.said.whole() && l.said.tells(Dimension::Unit) && !l.said.tells(Dimension::Goods);
            let unit = labels.rfind(heads).filter(|l| named(l.text));
            if let (Some(label), Ok(at)) = (unit, u16::try_from(col.at)) {
                self.cols.insert((label.origin.grid, at), (label.origin, plain(label.text)));
            }
        }
    }

    /// Notes the unit of a figure that stands in no table.
    pub fn note(&mut self, figure: Origin, origin: Origin, unit: String) {
        self.rows.entry((figure.grid, figure.row)).or_default().push((origin, unit));
    }

    /// The unit of the figure at a cell: the nearest one before it in its row, else the one over its column.
    #[must_use]
    pub fn of(&self, at: Origin) -> Option<(Origin, &str)> {
        let row = self.rows.get(&(at.grid, at.row));
        let behind = self.behind.contains(&(at.grid, at.row));
        let before = row.and_then(|units| match units.iter().find(|(o, _)| behind && o.col > at.col) {
            Some(next) => Some(next),
            None => units.iter().rev().find(|(o, _)| o.col < at.col).or_else(|| units.first()),
        });
        before.or_else(|| self.cols.get(&(at.grid, at.col))).map(|(origin, unit)| (*origin, unit.as_str()))
    }
}
