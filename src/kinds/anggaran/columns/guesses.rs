//! What a column is taken for without anything that speaks for it: neither its heading, nor what its figures come to, nor what stands in
//! it. One rule for all columns, so that no table is read by the places of its columns alone without a word about it.

use std::collections::{BTreeMap, BTreeSet};

use crate::normalise::number::Style;
use crate::tables::marks::Marked;

use super::super::bands::Stretch;
use super::super::budget::near;
use super::super::cells::value;
use super::super::words::Role;
use super::{Candidate, Columns};

/// Rows of a hundred that have to multiply before a column is proved.
const MOST: usize = 80;

/// The columns that are used, or left out, on a guess.
pub fn guesses(found: &Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) -> Vec<u16> {
    let proved = multiplying(found, all, sheet, stretch);
    // Of two factors nothing but a name says which is the price.
    let named =
        |c: &Candidate| found.roles.get(&c.col).is_some_and(|r| matches!(r, Role::Volume | Role::Price) && c.said.contains(r));
    let either = all.iter().any(named);
    let described = found.of(Role::Text).max_by_key(|c| all.iter().find(|a| a.col == *c).map_or(0, |a| a.profile.length));
    let guessed = |c: &&Candidate| {
        let Some(role) = found.roles.get(&c.col) else {
            // Bare figures nobody understands are told of cell by cell.
            return !found.aside.contains(&c.col) && (c.profile.texts + c.profile.counted) * 2 > c.profile.cells;
        };
        c.headed
            && !c.said.contains(role)
            && match role {
                Role::Volume | Role::Price => !proved.contains(&c.col) || !either,
                Role::Amount => !proved.contains(&c.col),
                Role::Text => described != Some(c.col),
                Role::Code(_) => !c.profile.is_code(),
                Role::Ordinal | Role::Level | Role::Aside => false,
                Role::Note => c.profile.texts > 0 && !c.said.contains(&Role::Aside) && !repeats(found, c),
                Role::Tax | Role::Factors | Role::Unit | Role::Fund | Role::Block => true,
            }
    };
    all.iter().filter(|c| c.profile.cells > 0).filter(guessed).map(|c| c.col).collect()
}

/// Letters that may be a subkomponen or a source of money.
const LETTERS: usize = 2;

/// Codes and names of parents that other columns have too.
fn repeats(found: &Columns, column: &Candidate) -> bool {
    let of_parent = found.flat && column.said.iter().any(|r| matches!(r, Role::Code(_) | Role::Text));
    of_parent || column.profile.is_code() && column.profile.widest > LETTERS || column.profile.is_named_code()
}

/// The columns of quantities, prices and amounts that come out in nearly all rows where they stand with the two others.
fn multiplying(found: &Columns, all: &[Candidate], sheet: &Marked, stretch: &Stretch) -> BTreeSet<u16> {
    let of = |role: Role| found.of(role).collect::<Vec<u16>>();
    let columns = [of(Role::Volume), of(Role::Price), of(Role::Amount)];
    let styles: BTreeMap<u16, Option<Style>> = super::styles(found, &all.iter().map(|c| (c.col, c.profile.clone())).collect());
    let read = |n: usize, role: usize| {
        let cells = columns[role].iter().filter_map(|&c| Some((c, sheet.at(sheet.row(n).0, c)?.0)));
        cells.filter_map(|(c, cell)| Some((c, value(sheet, cell, styles.get(&c).copied().flatten())?))).collect::<Vec<_>>()
    };
    let mut seen: BTreeMap<u16, (usize, usize)> = BTreeMap::new();
    for n in stretch.rows() {
        let [volumes, prices, amounts] = [read(n, 0), read(n, 1), read(n, 2)];
        let (Some((_, price)), false, false) = (prices.first(), volumes.is_empty(), amounts.is_empty()) else { continue };
        let together: Vec<f64> = volumes.iter().map(|v| v.1).chain([*price]).collect();
        let comes_to = |factors: &[f64]| amounts.iter().any(|a| near(factors, a.1));
        let product = comes_to(&together);
        let alone = |v: &f64| product || comes_to(&[*v, *price]);
        let whole = volumes.iter().any(|(_, v)| alone(v));
        let held = volumes.iter().map(|(c, v)| (*c, alone(v))).chain(prices.iter().chain(&amounts).map(|(c, _)| (*c, whole)));
        for (col, held) in held {
            let counts = seen.entry(col).or_default();
            *counts = (counts.0 + usize::from(held), counts.1 + 1);
        }
    }
    seen.into_iter().filter(|(_, (held, told))| held * 100 >= told * MOST).map(|(col, _)| col).collect()
}
