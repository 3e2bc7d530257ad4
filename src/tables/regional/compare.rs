//! What the figures of columns say of each other, row by row but for slips.

use std::collections::BTreeMap;

use crate::tables::axes::{Content, Table};

/// The column that is the sum of all the others.
pub(super) fn whole_of(table: &Table, cols: &[usize]) -> Option<usize> {
    let mut rows: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for figure in table.figures.iter().filter(|f| cols.contains(&f.col)) {
        let row = rows.entry(figure.row).or_insert_with(|| vec![0.0; cols.len()]);
        if let (Content::Number(n), Some(i)) = (figure.content, cols.iter().position(|c| *c == figure.col)) {
            row[i] = n;
        }
    }
    let told: Vec<Vec<f64>> = rows.into_values().filter(|r| r.iter().filter(|n| **n > 0.0).count() > 1).collect();
    let sums = |i: usize| told.iter().filter(|r| (r.iter().sum::<f64>() - 2.0 * r[i]).abs() < 0.5).count();
    let fits = |&i: &usize| told.len() >= 2 && sums(i) * 10 >= told.len() * 8;
    let mut whole = (0..cols.len()).filter(fits);
    let one = whole.next()?;
    whole.next().is_none().then(|| cols[one])
}

/// Whether columns hold the same figures.
pub(super) fn says_again(table: &Table, cols: &[usize]) -> bool {
    let mut rows: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for figure in table.figures.iter().filter(|f| cols.contains(&f.col)) {
        if let Content::Number(n) = figure.content {
            rows.entry(figure.row).or_default().push(n);
        }
    }
    let told = rows.values().filter(|r| r.len() == cols.len() && r[0] > 0.0);
    let (same, all) = told.fold((0, 0), |(same, all), r| (same + usize::from(r.iter().all(|n| *n == r[0])), all + 1));
    all >= 3 && same * 10 >= all * 8
}
