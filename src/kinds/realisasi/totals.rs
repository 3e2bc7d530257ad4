//! What printed totals sum up: the whole table, above or below it, or the rows since the total before.

use crate::model::{Equation, Finding, Findings};

use super::checks::{spoken, sum};
use super::ledger::{COLUMNS, PERSEN, Row};

/// B02 of every total; A13 for one that sums up nothing that can be found.
pub fn totals(findings: &mut Findings, rows: &[Row]) -> Vec<Equation> {
    let totals: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].item.total && rows[i].item.has_amounts()).collect();
    let roots: Vec<usize> =
        (0..rows.len()).filter(|&i| !rows[i].item.total && rows[i].parent.is_none() && rows[i].item.has_amounts()).collect();
    let mut equations = Vec::new();
    for (nth, &at) in totals.iter().enumerate() {
        let before = nth.checked_sub(1).map_or(0, |n| totals[n] + 1);
        let after = totals.get(nth + 1).copied().unwrap_or(rows.len());
        match summed(rows, at, &roots, (before, after), totals.len()) {
            Some(parts) => equations.extend(of_columns(rows, at, &parts)),
            None => {
                let message = format!(
                    "{}: baris jumlah ini tidak sama dengan jumlah baris mana pun di sekitarnya, jadi tidak diperiksa.",
                    rows[at].name()
                );
                findings.add(Finding::new("A13", message).at(rows[at].span()));
            }
        }
    }
    equations
}

/// The rows that a total sums up; `None` where nobody can tell.
fn summed(rows: &[Row], at: usize, roots: &[usize], (before, after): (usize, usize), totals: usize) -> Option<Vec<usize>> {
    let since: Vec<usize> = roots.iter().copied().filter(|&r| (before..at).contains(&r)).collect();
    let until: Vec<usize> = roots.iter().copied().filter(|&r| (at..after).contains(&r)).collect();
    let same: Vec<usize> =
        (before..at).rev().filter(|&i| !rows[i].item.total && rows[i].item.has_amounts() && rows[i].parent.is_some()).collect();
    let mut sets = vec![roots.to_vec(), since, until];
    if totals > 1 {
        // `Jumlah Kegiatan 3357` under its rows repeats what its head says.
        sets.extend(same.into_iter().filter(|&i| named_by(&rows[at], &rows[i])).take(1).map(|i| vec![i]));
    }
    let sound = |set: &&Vec<usize>| !set.is_empty() && of_columns(rows, at, set).iter().any(Equation::holds);
    let found = sets.iter().filter(|s| !s.is_empty()).find(sound).cloned();
    found.or_else(|| (totals == 1 && !roots.is_empty()).then(|| roots.to_vec()))
}

/// Whether a total names the row by its code or its text.
fn named_by(total: &Row, row: &Row) -> bool {
    let said = total.item.uraian.to_lowercase();
    let code = !row.item.kode.is_empty() && said.contains(&row.item.kode.to_lowercase());
    code || !row.item.uraian.is_empty() && said.contains(&row.item.uraian.to_lowercase())
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
