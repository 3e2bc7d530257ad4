//! Pages that begin with the parents of their first row once more (`Program … (lanjutan)`): printed twice, counted once.

use crate::normalise::text;
use crate::tables::outline::{Tier, code};

use super::context::{self, Context};
use super::lines::Line;
use super::rows::Rows;
use super::words::Words;

/// Leaves out rows at the head of a page that say again, code and amount, what their first row hangs below. Where nothing shows that a page
/// begins, the highest row, said again by its name, does. `places` are the codes above each table.
pub fn without_parents(rows: &mut Rows, words: &Words, places: &[Context]) {
    let mut open: Vec<(Tier, String, u64)> = Vec::new();
    let mut top: Option<String> = None;
    let mut dropped = Vec::new();
    let mut at_head = false;
    for (n, line) in rows.lines.iter().enumerate() {
        let before = n.checked_sub(1).map(|b| &rows.lines[b]);
        at_head |= before.is_some_and(|b| (b.table, b.part, b.span.from.grid) != (line.table, line.part, line.span.from.grid));
        let moved = |b: &Line| places.get(b.table).zip(places.get(line.table)).is_some_and(|(a, b)| context::elsewhere(a, b));
        if before.is_some_and(moved) {
            open.clear();
        }
        if says_again(line, words).is_some_and(|key| is_open(&open, &key)) {
            at_head = true;
            dropped.push(n);
            continue;
        }
        let Some(key) = parent(line) else {
            at_head &= line.codes.is_empty() && !line.has_figures();
            continue;
        };
        let named = || top.as_ref().is_some_and(|name| !name.is_empty() && text::key(line.words()).starts_with(name.as_str()));
        at_head |= open.len() > 1 && open.first() == Some(&key) && named();
        if at_head && open.contains(&key) {
            dropped.push(n);
            continue;
        }
        at_head = false;
        while open.last().is_some_and(|last| last.0 >= key.0) {
            open.pop();
        }
        if open.is_empty() {
            top = Some(text::key(line.words()));
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
    let (tier, printed, amount) = coded(line)?;
    Some((tier, printed, amount?))
}

/// Whether a row with this code, and this amount where it has one, is open.
fn is_open(open: &[(Tier, String, u64)], (tier, code, amount): &(Tier, String, Option<u64>)) -> bool {
    open.iter().any(|o| o.0 == *tier && o.1 == *code && amount.is_none_or(|a| a == o.2))
}

/// The same of a row that says by itself that it is printed again: `Program Dukungan Manajemen (lanjutan)`; its amount may be missing.
fn says_again(line: &Line, words: &Words) -> Option<(Tier, String, Option<u64>)> {
    let (_, behind) = line.words().rsplit_once('(')?;
    let (said, _) = behind.split_once(')')?;
    coded(line).filter(|_| words.is_aside(said))
}

fn coded(line: &Line) -> Option<(Tier, String, Option<u64>)> {
    let (tier, printed) = line.codes.last().filter(|_| !line.is_leaf())?;
    let tier = tier.or_else(|| code::readings(&printed.text).first().map(|c| c.tier))?;
    Some((tier, printed.text.clone(), line.amount.as_ref().map(|a| a.value.to_bits())))
}
