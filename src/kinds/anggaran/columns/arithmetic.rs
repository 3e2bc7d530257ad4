//! Columns told by what they come to: where the headings lead nowhere, volume, price and amount are the three columns of which the third
//! is the product of the first two.

use std::collections::BTreeMap;

use crate::normalise::number::{Decision, Style};
use crate::tables::marks::Marked;

use super::super::bands::Stretch;
use super::super::budget::near;
use super::super::cells::value;
use super::super::profile::Profile;
use super::super::words::Role;
use super::Columns;

/// More columns of figures than this are not tried against each other.
const MOST: usize = 14;
/// Rows that are looked at.
const ROWS: usize = 400;

/// Moves the roles of volume, price and amount where the headings' columns do not multiply and others do.
pub fn settle(found: &mut Columns, sheet: &Marked, stretch: &Stretch, profiles: &BTreeMap<u16, Profile>) {
    // Small numbers look like codes: what stands beside the codes of a table without volumes may be the volumes.
    let codes = found.roles.iter().filter(|(_, r)| matches!(r, Role::Code(_))).map(|(c, _)| *c);
    let spare: Vec<u16> = if found.of(Role::Volume).next().is_none() { codes.skip(1).collect() } else { Vec::new() };
    let free = |c: u16| !found.aside.contains(&c) && found.roles.get(&c).is_none_or(|r| r.numeric() || spare.contains(&c));
    let numeric: Vec<u16> = profiles.iter().filter(|(c, p)| p.is_numeric() && free(**c)).map(|(c, _)| *c).take(MOST).collect();
    let all = rows(sheet, stretch, profiles, &numeric);
    let (rows, sums) = (all.iter().filter(|r| r.len() >= 3).cloned().collect::<Vec<_>>(), all);
    let one = |role: Role| {
        let mut columns = found.of(role);
        columns.next().filter(|_| columns.next().is_none())
    };
    if let (Some(volume), Some(price), Some(amount)) = (one(Role::Volume), one(Role::Price), one(Role::Amount)) {
        let (hits, all) = score(&rows, [volume, price, amount]);
        if all == 0 || hits * 2 >= all {
            return;
        }
    }
    let volumes = found.of(Role::Volume).count();
    if volumes > 1 && found.of(Role::Price).count() == 1 && found.of(Role::Amount).count() == 1 {
        return; // factors of the volume; the rows themselves tell which of them is used
    }
    let Some(best) = best(&rows, &numeric) else { return };
    let [a, b, amount] = best;
    let (volume, price) = if is_price(found, &rows, a, b) { (b, a) } else { (a, b) };
    let kept = |col: u16, role: Role| match role {
        Role::Volume => apart(&rows, col, volume),
        Role::Price => apart(&rows, col, price),
        Role::Amount => apart(sums.as_slice(), col, amount),
        _ => true,
    };
    let dropped: Vec<u16> = found.roles.iter().filter(|(c, r)| !kept(**c, **r)).map(|(c, _)| *c).collect();
    for col in dropped.into_iter().filter(|c| !best.contains(c)) {
        found.roles.remove(&col);
        found.aside.insert(col);
    }
    found.roles.extend([(volume, Role::Volume), (price, Role::Price), (amount, Role::Amount)]);
}

/// Reads a column of quantities or prices that may be read both ways (`6,336` among figures without a mark) the way that its rows come out,
/// where they do so in one way only.
pub fn styles(found: &mut Columns, sheet: &Marked, stretch: &Stretch, profiles: &BTreeMap<u16, Profile>) {
    let one = |role: Role| {
        let mut columns = found.of(role);
        columns.next().filter(|_| columns.next().is_none())
    };
    let (Some(volume), Some(price), Some(amount)) = (one(Role::Volume), one(Role::Price), one(Role::Amount)) else { return };
    let style = |c: u16| found.styles.get(&c).copied().flatten();
    let open = |c: &u16| matches!(profiles.get(c).and_then(|p| p.style), Some(Decision::Assumed(_)));
    let turned = |(col, other): (u16, u16)| {
        let comes = |by: Style| {
            let row = |n: usize| {
                let read = |c: u16, by: Option<Style>| {
                    stretch.cells(sheet, n).find(|(cell, _)| cell.col == c).and_then(|(cell, _)| value(sheet, cell, by))
                };
                let [a, b] = [Style::Indonesian, Style::Anglo].map(|by| read(col, Some(by)));
                let factors = [read(col, Some(by))?, read(other, style(other))?];
                Some((a != b).then_some(near(&factors, read(amount, style(amount))?)))
            };
            let told: Vec<bool> = stretch.rows().filter_map(row).flatten().take(ROWS).collect();
            (told.iter().filter(|near| **near).count(), told.len())
        };
        let now = style(col)?;
        let then = if now == Style::Anglo { Style::Indonesian } else { Style::Anglo };
        let (hits, all) = comes(then);
        (all > 0 && hits == all && comes(now).0 == 0).then_some((col, then))
    };
    let found_styles: Vec<(u16, Style)> =
        [(volume, price), (price, volume)].into_iter().filter(|(c, _)| open(c)).filter_map(turned).collect();
    found.styles.extend(found_styles.into_iter().map(|(c, style)| (c, Some(style))));
}

/// The figures of each row by column.
fn rows(sheet: &Marked, stretch: &Stretch, profiles: &BTreeMap<u16, Profile>, numeric: &[u16]) -> Vec<BTreeMap<u16, f64>> {
    let style = |c: u16| profiles.get(&c).and_then(|p| p.style).map_or(Some(Style::Plain), super::Decision::style);
    let row = |n: usize| {
        let cells = stretch.cells(sheet, n).filter(|(c, _)| numeric.contains(&c.col));
        cells.filter_map(|(c, _)| value(sheet, c, style(c.col)).map(|v| (c.col, v))).collect::<BTreeMap<u16, f64>>()
    };
    stretch.rows().map(row).filter(|r| !r.is_empty()).take(ROWS).collect()
}

/// Whether a column of the same meaning as another never has a figure beside it: rows that are printed a column off.
fn apart(rows: &[BTreeMap<u16, f64>], col: u16, other: u16) -> bool {
    col == other || !rows.iter().any(|r| r.contains_key(&col) && r.contains_key(&other))
}

/// In how many rows the third is the product of the first two, of how many that have all three.
fn score(rows: &[BTreeMap<u16, f64>], [a, b, c]: [u16; 3]) -> (usize, usize) {
    let (mut hits, mut all) = (0, 0);
    for row in rows {
        if let (Some(x), Some(y), Some(z)) = (row.get(&a), row.get(&b), row.get(&c)) {
            all += 1;
            hits += usize::from(*z != 0.0 && (x * y - z).abs() <= 2.0 && near(&[*x, *y], *z));
        }
    }
    (hits, all)
}

/// The three columns that multiply in most rows: at least two, and most of those that have all three.
fn best(rows: &[BTreeMap<u16, f64>], numeric: &[u16]) -> Option<[u16; 3]> {
    // Of several editions that all come out, the one on the right is the later.
    let mut best: Option<(usize, [u16; 2])> = None;
    let mut columns = None;
    for (n, &a) in numeric.iter().enumerate() {
        for &b in &numeric[n + 1..] {
            for &c in numeric.iter().filter(|c| ![a, b].contains(c)) {
                let (hits, all) = score(rows, [a, b, c]);
                let rank = (hits, [c, a + b]);
                if hits >= 2 && hits * 10 >= all * 6 && best.is_none_or(|other| rank > other) {
                    (best, columns) = (Some(rank), Some([a, b, c]));
                }
            }
        }
    }
    columns
}

/// Whether the first of two factors is the price: its heading says so, or its figures are the larger ones.
fn is_price(found: &Columns, rows: &[BTreeMap<u16, f64>], a: u16, b: u16) -> bool {
    let is = |c: u16, role: Role| found.roles.get(&c) == Some(&role);
    let (for_a, for_b) = (is(a, Role::Price) || is(b, Role::Volume), is(b, Role::Price) || is(a, Role::Volume));
    if for_a != for_b {
        return for_a;
    }
    let larger = rows.iter().filter(|r| r.get(&a) > r.get(&b)).count();
    larger * 2 > rows.len()
}
