//! What printed totals sum up: the whole table, above or below it, or the rows since the total before.

use std::ops::Range;

use crate::model::{Equation, Finding, Findings};

use crate::normalise::exact;

use super::checks::{spoken, sum};
use super::items::Stands;
use super::ledger::{COLUMNS, PERSEN, Row};

/// B02 of every total; A13 for one that sums up nothing that can be found.
pub fn totals(findings: &mut Findings, rows: &[Row]) -> Vec<Equation> {
    let totals: Vec<usize> = (0..rows.len())
        .filter(|&i| rows[i].item.total && rows[i].item.stands != Stands::Family && rows[i].item.has_amounts())
        .collect();
    let roots: Vec<usize> = (0..rows.len()).filter(|&i| is_top(rows, i)).collect();
    let whole = Sums::of(rows, &roots);
    let mut equations = Vec::new();
    for (nth, &at) in totals.iter().enumerate() {
        let before = nth.checked_sub(1).map_or(0, |n| totals[n] + 1);
        let after = totals.get(nth + 1).copied().unwrap_or(rows.len());
        let all = (totals.len() == 1 && !roots.is_empty() || whole.fit(&rows[at])).then(|| roots.clone());
        if let Some(parts) = all.or_else(|| summed(rows, at, (before, after))) {
            equations.extend(of_columns(rows, at, &parts));
        } else {
            let message = format!(
                "{}: baris jumlah ini tidak sama dengan jumlah baris mana pun di sekitarnya, jadi tidak diperiksa.",
                rows[at].name()
            );
            findings.add(Finding::new("A13", message).at(rows[at].span()));
        }
    }
    for at in (0..rows.len()).filter(|&i| rows[i].item.stands == Stands::Family) {
        let own = |r: &Row| r.item.kode.starts_with(&rows[at].item.kode);
        let parts: Vec<usize> = (at + 1..rows.len()).take_while(|&i| own(&rows[i])).filter(|&i| counts(&rows[i])).collect();
        equations.extend(of_columns(rows, at, &parts));
    }
    equations
}

/// Whether a row's amounts are part of sums.
fn counts(row: &Row) -> bool {
    !row.item.total && row.item.has_amounts() && !row.is_covered()
}

/// Whether a row counts and none above it in the tree does: names of programmes and activities may stand there without amounts.
fn is_top(rows: &[Row], row: usize) -> bool {
    let above = std::iter::successors(rows[row].parent, |&p| rows.get(p)?.parent);
    counts(&rows[row]) && !above.take(rows.len()).any(|p| counts(&rows[p]))
}

/// The rows that one of several totals sums up: the tops of trees since the total before, or up to the next one, or the one row that it
/// repeats (`Jumlah Kegiatan 3357` under its rows). `None` where nobody can tell.
fn summed(rows: &[Row], at: usize, (before, after): (usize, usize)) -> Option<Vec<usize>> {
    let counts = |i: &usize| counts(&rows[*i]);
    let roots = |range: Range<usize>| -> Vec<usize> { range.filter(|&i| is_top(rows, i)).collect() };
    let fits = |set: &Vec<usize>| !set.is_empty() && Sums::of(rows, set).fit(&rows[at]);
    let near = [roots(before..at), roots(at..after)].into_iter().find(fits);
    let named = || (before..at).rev().filter(counts).filter(|&i| named_by(&rows[at], &rows[i])).map(|i| vec![i]).find(fits);
    near.or_else(named)
}

/// Sums of some rows by column; `None` where a row does not state it.
struct Sums([Option<f64>; COLUMNS.len()]);

impl Sums {
    fn of(rows: &[Row], set: &[usize]) -> Self {
        let add = |sum: Option<f64>, value: Option<f64>| Some(exact::add(sum?, value?));
        Self(std::array::from_fn(|column| set.iter().map(|&i| rows[i].value(column)).fold(Some(0.0), add)))
    }

    /// Whether a total states one of the sums, and not merely that there is nothing.
    fn fit(&self, total: &Row) -> bool {
        let columns = (0..COLUMNS.len()).filter(|&c| c != PERSEN);
        let pairs: Vec<(f64, f64)> = columns.filter_map(|c| self.0[c].zip(total.value(c))).collect();
        let nothing = pairs.iter().all(|(a, b)| *a == 0.0 && *b == 0.0);
        !pairs.is_empty() && (nothing || pairs.iter().any(|(a, b)| *b != 0.0 && (a - b).abs() < 0.5))
    }
}

/// Whether a total names the row by its code or its text.
fn named_by(total: &Row, row: &Row) -> bool {
    let said = total.item.uraian.to_lowercase();
    let code = row.item.kode.len() > 2 && said.contains(&row.item.kode.to_lowercase());
    code || row.item.uraian.len() > 2 && said.contains(&row.item.uraian.to_lowercase())
}

fn of_columns(rows: &[Row], at: usize, parts: &[usize]) -> Vec<Equation> {
    let parts: Vec<&Row> = parts.iter().filter_map(|&p| rows.get(p)).collect();
    let columns = (0..COLUMNS.len()).filter(|&c| c != PERSEN);
    let one = |column: usize| {
        let says = format!("{}: {} bukan jumlah {} baris yang dijumlahkannya.", rows[at].name(), spoken(column), parts.len());
        sum(&rows[at], &parts, column, says)
    };
    columns.filter_map(one).collect()
}
