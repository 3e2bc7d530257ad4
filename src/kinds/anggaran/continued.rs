//! Pages that begin with the parents of their first row once more (`Program … (lanjutan)`): printed twice, counted once.

use crate::tables::outline::{Tier, code};

use super::lines::Line;
use super::rows::Rows;

/// Leaves out rows at the head of a page that say again, code and amount, what their first row hangs below.
pub fn without_parents(rows: &mut Rows) {
    let mut open: Vec<(Tier, String, u64)> = Vec::new();
    let mut dropped = Vec::new();
    let mut at_head = false;
    for (n, line) in rows.lines.iter().enumerate() {
        let before = n.checked_sub(1).map(|b| &rows.lines[b]);
        at_head |= before.is_some_and(|b| (b.table, b.part, b.span.from.grid) != (line.table, line.part, line.span.from.grid));
        let Some(key) = parent(line) else {
            at_head &= line.codes.is_empty() && !line.has_figures();
            continue;
        };
        if at_head && open.contains(&key) {
            dropped.push(n);
            continue;
        }
        at_head = false;
        while open.last().is_some_and(|last| last.0 >= key.0) {
            open.pop();
        }
        open.push(key);
    }
    for total in &mut rows.totals {
        let before = |row: usize| row - dropped.partition_point(|&d| d < row);
        (total.after, total.from) = (before(total.after), before(total.from));
    }
    for &n in dropped.iter().rev() {
        rows.again.push(rows.lines.remove(n).span);
    }
}

/// Level, code and amount of a row that others may hang below.
fn parent(line: &Line) -> Option<(Tier, String, u64)> {
    let (tier, printed) = line.codes.last().filter(|_| !line.is_leaf())?;
    let tier = tier.or_else(|| code::readings(&printed.text).first().map(|c| c.tier))?;
    Some((tier, printed.text.clone(), line.amount.as_ref()?.value.to_bits()))
}
