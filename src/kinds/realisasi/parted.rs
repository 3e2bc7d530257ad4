//! Rows under one heading that say the same money twice: a recap by kind of spending, its total, and then the tree itself, or the other way
//! round. Each becomes a table of its own, of which one counts.

use std::ops::Range;

use super::choose::Read;
use super::ledger::{self, PAGU, Row, SD};
use crate::model::Findings;
use crate::normalise::exact;

/// More totals than this are not tried.
const MOST_TRIED: usize = 200;

/// Half a rupiah.
const HALF: f64 = 0.5;

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
        } else if pagu > 0.0 && (top - pagu).abs() < HALF && tried < MOST_TRIED && at + 1 < rows.len() {
            tried += 1;
            if [PAGU, SD].into_iter().all(|column| is_said_again(&rows[at + 1..], at + 1, row.value(column), column)) {
                parts.push(start..at + 1);
                (start, top) = (at + 1, 0.0);
            }
        }
    }
    parts.push(start..rows.len());
    parts
}

/// Whether rows come to a whole once more, or as often as they have totals that say so, and no total adds up what went before with them.
fn is_said_again(rows: &[Row], start: usize, whole: Option<f64>, column: usize) -> bool {
    let Some(whole) = whole else { return true };
    let rest = exact::sum(rows.iter().filter(|r| is_top(r, start)).filter_map(|r| r.value(column)));
    let totals = |sum: f64| {
        let says = move |r: &&Row| r.item.total && r.value(column).is_some_and(|v| (v - sum).abs() < HALF);
        rows.iter().filter(says)
    };
    let times = u32::try_from(totals(whole).count()).unwrap_or(1).max(1);
    let again = (1..=times).any(|n| exact::add(rest, -f64::from(n) * whole).abs() < HALF);
    again && (whole == 0.0 || totals(whole + rest).next().is_none())
}

/// Whether a row counts that hangs below none of those from `start` on.
fn is_top(row: &Row, start: usize) -> bool {
    !row.item.total && row.parent.is_none_or(|p| p < start)
}
