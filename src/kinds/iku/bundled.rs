//! Cells that hold several indicators: a numbered list beside as many targets, or rows of paper that ran together.

use crate::normalise::number::Style;
use crate::normalise::text;
use crate::tables::ledger::Row;

use super::body::{Item, Table, Words};
use super::layout::Field;
use super::torn::is_ordinal;
use super::value::{self, Amount};

impl Table {
    /// A cell that lists several indicators beside a cell with as many targets: one item for each. Empty for ordinary rows.
    pub(super) fn parts(&self, row: &Row, whole: &Item, words: &Words) -> Vec<Item> {
        let lines = |i: usize| -> Vec<&str> {
            let cell = row.cells.iter().find(|c| self.heading.column(c.origin.col) == Some(i));
            cell.map_or_else(Vec::new, |c| c.text.lines().map(str::trim).filter(|l| !l.is_empty()).collect())
        };
        let (Some(named), Some(target)) = (self.index(Field::Indikator), self.index(Field::Target)) else { return Vec::new() };
        let count = lines(named).len();
        let numbered = lines(named).iter().all(|l| listed(l).is_some());
        // On paper two rows may have run together: each line is a name, each beside it a target of its own.
        let amount = |l: &str| !matches!(value::read(l, Style::Indonesian, words.phrases), Amount::Nothing | Amount::Words);
        let apart = || lines(named).iter().all(|l| begins_name(l)) && lines(target).iter().all(|l| amount(l) || is_rank_like(l));
        if count < 2 || lines(target).len() != count || !numbered && !apart() {
            return Vec::new();
        }
        let part = |nth: usize| {
            let mut item = whole.clone();
            for (i, printed) in &mut item.cells {
                if let Some(line) = lines(*i).get(nth).filter(|_| lines(*i).len() == count) {
                    printed.text = text::clean(listed(line).unwrap_or(line));
                }
            }
            item
        };
        (0..count).map(part).collect()
    }
}

/// A line that can be the whole name of an indicator: it begins with a capital and has several words.
fn begins_name(line: &str) -> bool {
    line.starts_with(char::is_uppercase) && line.split_whitespace().count() >= 2
}

/// `WTP`, `BB`: capitals alone.
fn is_rank_like(line: &str) -> bool {
    (1..=3).contains(&line.chars().count()) && line.chars().all(char::is_uppercase)
}

/// A line of a list without its number or bullet.
fn listed(line: &str) -> Option<&str> {
    let bullet = line.strip_prefix(['•', '-', '▪', '–']).map(str::trim);
    bullet
        .or_else(|| line.split_once(['.', ')']).filter(|(mark, _)| is_ordinal(mark)).map(|(_, rest)| rest.trim()))
        .filter(|r| !r.is_empty())
}
