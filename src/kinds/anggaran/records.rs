//! The tree written into the contract's table, and its printed sums beside it.

use crate::model::record::Row;
use crate::model::{Records, Span};

use super::budget::Budget;
use super::lines::{Line, Words};

/// One row for each row of the tree.
#[must_use]
pub fn rows(budget: &Budget, mut records: Records, jenis: &str) -> Records {
    for (at, line) in budget.lines.iter().enumerate() {
        let node = &budget.outline.nodes[at];
        let row = start(&mut records, line, jenis);
        #[expect(clippy::cast_precision_loss, reason = "a document has fewer than 2^32 rows")]
        records.set_number(row, "line", (at + 1) as f64, None, "");
        records.set_text(row, "level", node.level.as_str(), None);
        records.set_text(row, "path", &node.path, None);
        if let Some((_, code)) = line.codes.last() {
            put(&mut records, row, "kode", code);
        }
        if let Some((volume, quantities)) = budget.quantity(at) {
            let last = quantities.last();
            let raw = if quantities.len() == 1 { last.map_or("", |n| n.raw.as_str()) } else { "" };
            records.set_number(row, "volume", volume, last.map(|n| n.at), raw);
        }
        if let Some(unit) = unit(budget, at) {
            put(&mut records, row, "satuan", unit);
        }
        figures(&mut records, row, line);
        for (column, words) in [("sumber_dana", &line.fund), ("blokir", &line.block)] {
            if let Some(words) = words {
                put(&mut records, row, column, words);
            }
        }
    }
    records
}

/// The printed sums, in the same shape without a level.
#[must_use]
pub fn totals(budget: &Budget, mut records: Records, jenis: &str) -> Records {
    for total in &budget.totals {
        let row = start(&mut records, &total.line, jenis);
        figures(&mut records, row, &total.line);
    }
    records
}

fn start(records: &mut Records, line: &Line, jenis: &str) -> Row {
    let row = records.push(Span::new(line.span.from, line.span.to));
    records.set_text(row, "jenis", jenis, None);
    if let Some(words) = line.text.as_ref().filter(|w| !w.text.is_empty()) {
        put(records, row, "uraian", words);
    }
    row
}

fn figures(records: &mut Records, row: Row, line: &Line) {
    for (column, number) in [("harga", &line.price), ("jumlah", &line.amount)] {
        if let Some(number) = number {
            records.set_number(row, column, number.value, Some(number.at), &number.raw);
        }
    }
}

fn put(records: &mut Records, row: Row, column: &str, words: &Words) {
    records.set_text(row, column, &words.text, Some(words.at));
}

/// The unit beside the volume: the first one at or behind it; of a product the last, behind those of its factors.
fn unit(budget: &Budget, at: usize) -> Option<&Words> {
    let units = &budget.lines[at].units;
    let (_, quantities) = budget.quantity(at).unwrap_or_default();
    if quantities.len() > 1 {
        return units.last();
    }
    let volume = quantities.last().map(|n| n.at.col);
    units.iter().find(|u| volume.is_some_and(|v| u.at.col >= v)).or_else(|| units.last())
}
