//! Rows of the ledger as rows of the contract's table.

use crate::model::Records;

use super::ledger::{COLUMNS, Row};

/// Adds the rows of one table; its totals go to `printed`.
pub fn rows(records: &mut Records, printed: &mut Records, rows: &[Row]) {
    for row in rows.iter().filter(|r| r.item.has_amounts() && !r.elsewhere) {
        let into = if row.item.total { &mut *printed } else { &mut *records };
        let at = into.push(row.span());
        if let Some(level) = row.level {
            into.set_text(at, "level", level.as_str(), None);
        }
        if !row.item.kode.is_empty() {
            into.set_text(at, "kode", &row.item.kode, row.item.kode_at);
        }
        if !row.path.is_empty() {
            into.set_text(at, "path", &row.path, row.item.kode_at);
        }
        if !row.item.uraian.is_empty() {
            into.set_text(at, "uraian", &row.item.uraian, row.item.uraian_at);
        }
        for (name, figure) in COLUMNS.iter().zip(&row.figures) {
            if let Some(figure) = figure {
                into.set_number(at, name, figure.value, figure.origin, &figure.raw);
            }
        }
    }
}
