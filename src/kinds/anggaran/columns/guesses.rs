//! What a column is taken for without anything that speaks for it: neither its heading, nor what its figures come to, nor what stands in
//! it. One rule for all columns, so that no table is read by the places of its columns alone without a word about it.

use std::collections::BTreeMap;

use crate::normalise::number::Style;
use crate::tables::marks::Marked;

use super::super::bands::Stretch;
use super::super::budget::near;
use super::super::cells::value;
use super::super::words::Role;
use super::{Candidate, Columns};

/// Rows that have to multiply before the columns are proved, and how many of a hundred of those that could.
const FEWEST: usize = 1;
const MOST: usize = 80;

/// The columns that are used, or left out, on a guess.
pub fn guesses(found: &Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) -> Vec<u16> {
    let proved = multiplies(found, all, sheet, stretch);
    let described = found.of(Role::Text).max_by_key(|c| all.iter().find(|a| a.col == *c).map_or(0, |a| a.profile.length));
    let guessed = |c: &&Candidate| {
        let Some(role) = found.roles.get(&c.col) else {
            // Figures nobody understands are told of cell by cell.
            return !found.aside.contains(&c.col) && c.profile.texts * 2 > c.profile.cells;
        };
        c.headed
            && !c.said.contains(role)
            && match role {
                Role::Volume | Role::Price | Role::Amount => !proved,
                Role::Text => described != Some(c.col),
                Role::Code(_) => !c.profile.is_code(),
                Role::Ordinal | Role::Level | Role::Aside => false,
                Role::Note => c.profile.texts > 0 && !c.said.contains(&Role::Aside) && !repeats(found, c),
                Role::Tax | Role::Factors | Role::Unit | Role::Fund | Role::Block => true,
            }
    };
    all.iter().filter(|c| c.profile.cells > 0).filter(guessed).map(|c| c.col).collect()
}

/// Codes and names of parents that other columns have too.
fn repeats(found: &Columns, column: &Candidate) -> bool {
    let of_parent = found.flat && column.said.iter().any(|r| matches!(r, Role::Code(_) | Role::Text));
    of_parent || column.profile.is_code() || column.profile.is_named_code()
}

/// Whether quantity and price come to the amount in nearly all rows that have all three.
fn multiplies(found: &Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) -> bool {
    let of = |role: Role| found.of(role).collect::<Vec<u16>>();
    let columns = [of(Role::Volume), of(Role::Price), of(Role::Amount)];
    let styles: BTreeMap<u16, Option<Style>> = super::styles(found, &all.iter().map(|c| (c.col, c.profile.clone())).collect());
    let read = |n: usize, role: usize| {
        let cells = columns[role].iter().filter_map(|&c| Some((c, sheet.at(sheet.row(n).0, c)?.0)));
        cells.filter_map(|(c, cell)| value(sheet, cell, styles.get(&c).copied().flatten())).collect::<Vec<f64>>()
    };
    let (mut held, mut told) = (0_usize, 0_usize);
    for n in stretch.rows() {
        let [volumes, prices, amounts] = [read(n, 0), read(n, 1), read(n, 2)];
        let (false, Some(&price), false) = (volumes.is_empty(), prices.first(), amounts.is_empty()) else { continue };
        told += 1;
        let factors: Vec<f64> = volumes.iter().copied().chain([price]).collect();
        let fits = |a: &f64| near(&factors, *a) || volumes.iter().any(|v| near(&[*v, price], *a));
        held += usize::from(amounts.iter().any(fits));
    }
    told >= FEWEST && held * 100 >= told * MOST
}
