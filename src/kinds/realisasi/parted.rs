//! Rows under one heading that say the same money twice: a recap by kind of spending, its total, and then the tree itself, or the other way
//! round. Each becomes a table of its own, of which one counts.

use std::ops::Range;

use super::choose::Read;
use super::ledger::{self, PAGU, Row};
use crate::model::Findings;

/// More totals than this are not tried.
const MOST_TRIED: usize = 200;
/// As often as this the same money may be said again behind a total.
const MOST_AGAIN: usize = 3;

/// The table in its parts; as it is where it has only one.
#[must_use]
pub fn parted(read: Read, period: Option<(u8, u8)>) -> Vec<Read> {
    let parts = parts(&read.rows);
    if parts.len() < 2 {
        return vec![read];
    }
    let longest = parts.iter().max_by_key(|p| p.len()).cloned();
    let Read { mut table, rows, roles, month, mut dark } = read;
    let mut rows = rows.into_iter();
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        let told = if Some(&part) == longest.as_ref() { std::mem::take(&mut dark) } else { Findings::default() };
        let own: Vec<Row> = rows.by_ref().take(part.len()).collect();
        let last = own.last().map_or((0, 0), |r| (r.item.place.0, r.item.place.2));
        let split = table.lines.iter().position(|l| (l.grid, l.row) > last).unwrap_or(table.lines.len());
        let above = table.take_lines(split);
        let rows = ledger::ledger(own.into_iter().map(|r| r.item).collect(), &roles, period);
        out.push(Read { table: above, rows, roles: roles.clone(), month, dark: told });
    }
    out
}

/// The rows up to each total that is their whole, where what follows comes to the same once more.
fn parts(rows: &[Row]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut top, mut tried) = (0, 0.0, 0);
    for (at, row) in rows.iter().enumerate() {
        let Some(pagu) = row.value(PAGU) else { continue };
        if !row.item.total {
            top += if is_top(row, start) { pagu } else { 0.0 };
        } else if pagu > 0.0 && (top - pagu).abs() < 0.5 && tried < MOST_TRIED && at + 1 < rows.len() {
            tried += 1;
            let rest: f64 = rows[at + 1..].iter().filter(|r| is_top(r, at + 1)).filter_map(|r| r.value(PAGU)).sum();
            let times = (rest / pagu).round();
            #[expect(clippy::cast_precision_loss, reason = "a handful")]
            let again = (1.0..=MOST_AGAIN as f64).contains(&times) && (rest - times * pagu).abs() < 0.5;
            if again {
                parts.push(start..at + 1);
                (start, top) = (at + 1, 0.0);
            }
        }
    }
    parts.push(start..rows.len());
    parts
}

/// Whether a row counts that hangs below none of those from `start` on.
fn is_top(row: &Row, start: usize) -> bool {
    !row.item.total && row.parent.is_none_or(|p| p < start)
}
