//! Months that run down the rows: for every account a row for each month and one that sums them up. The sums are the rows; what the months
//! say of them is told.

use std::collections::BTreeMap;

use crate::model::Origin;
use crate::tables::words::{Dimension, Vocabulary};

use super::heading::part;
use super::table::{Line, Table};

/// Rows of months before they are believed to run down.
const FEWEST: usize = 6;

/// Folds the months of every account into the row that sums them up; gives the cells that are left out. Nothing where no column names months.
pub fn fold(table: &mut Table, words: &Vocabulary) -> Vec<Origin> {
    let Some(col) = column(table, words) else { return Vec::new() };
    let mut left_out = Vec::new();
    let mut open: Vec<Line> = Vec::new();
    let mut folded = Vec::with_capacity(table.lines.len());
    for mut line in std::mem::take(&mut table.lines) {
        if names_month(&line, col, words) {
            let begins =
                open.first().is_some_and(|first| names(first, col) != names(&line, col) && !names(&line, col).is_empty());
            if begins {
                close(&mut open, &mut left_out);
            }
            open.push(line);
        } else if let Some(first) = open.first().filter(|_| line.has_amounts() && sums_up(&line, words)) {
            line.labels = first.labels.iter().filter(|l| l.origin.col != col).cloned().collect();
            line.ordinal.clone_from(&first.ordinal);
            left_out.extend(open.drain(..).flat_map(|l| cells(&l)));
            folded.push(line);
        } else {
            close(&mut open, &mut left_out);
            folded.push(line);
        }
    }
    close(&mut open, &mut left_out);
    table.lines = folded;
    left_out
}

/// Months that nothing sums up are left out.
fn close(open: &mut Vec<Line>, left_out: &mut Vec<Origin>) {
    left_out.extend(open.drain(..).flat_map(|l| cells(&l)));
}

fn cells(line: &Line) -> Vec<Origin> {
    line.amounts.iter().flatten().map(|s| s.origin).collect()
}

/// The column that names a month, several of them, in most rows with amounts.
fn column(table: &Table, words: &Vocabulary) -> Option<u16> {
    let mut columns: BTreeMap<u16, (usize, Vec<u8>)> = BTreeMap::new();
    let mut all = 0_usize;
    for line in table.lines.iter().filter(|l| l.has_amounts()) {
        all += 1;
        for label in line.labels.iter().chain(&line.others) {
            if let Some(month) = month(&label.text, words) {
                let (count, months) = columns.entry(label.origin.col).or_default();
                *count += 1;
                if !months.contains(&month) {
                    months.push(month);
                }
            }
        }
    }
    let (col, (count, months)) = columns.into_iter().max_by_key(|(_, (count, _))| *count)?;
    (count >= FEWEST && count * 10 >= all * 6 && months.len() > 1).then_some(col)
}

fn month(text: &str, words: &Vocabulary) -> Option<u8> {
    let said = words.read(text);
    let named = said.value(Dimension::When).and_then(|v| part(words.value(v)))?;
    (said.whole() && said.senses.len() == 1 && named.0 == named.1).then_some(named.0)
}

fn names_month(line: &Line, col: u16, words: &Vocabulary) -> bool {
    line.has_amounts() && line.labels.iter().chain(&line.others).any(|l| l.origin.col == col && month(&l.text, words).is_some())
}

fn names(line: &Line, col: u16) -> Vec<&str> {
    line.labels.iter().filter(|l| l.origin.col != col).map(|l| l.text.trim()).collect()
}

fn sums_up(line: &Line, words: &Vocabulary) -> bool {
    line.labels.iter().any(|l| words.read(&l.text).tells(Dimension::Total))
}
