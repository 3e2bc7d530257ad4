//! Columns without a heading that fits: values that a program prints beside their headings, marks and units that share one.

use std::collections::BTreeSet;

use super::super::words::Role;
use super::{Candidate, Columns};

/// How far from its heading a column of figures may stand.
const FARTHEST: u16 = 4;

/// Columns of figures: each belongs to the nearest heading of figures that has none of its own, else it is its neighbour printed a column
/// off.
pub fn numbers(found: &mut Columns, all: &[Candidate]) {
    let empty: Vec<(u16, Role)> = all
        .iter()
        .filter(|c| c.profile.cells == 0)
        .filter_map(|c| found.roles.get(&c.col).filter(|r| r.numeric()).map(|r| (c.col, *r)))
        .collect();
    let mut used: BTreeSet<u16> = BTreeSet::new();
    // What holds nothing but codes holds no amounts.
    let coded = found.roles.values().any(|r| matches!(r, Role::Code(_)));
    let orphan = |found: &Columns, c: &Candidate| {
        c.profile.is_numeric()
            && (coded || !c.profile.is_all_codes())
            && !found.roles.contains_key(&c.col)
            && !found.aside.contains(&c.col)
    };
    for column in all {
        if !orphan(found, column) {
            continue;
        }
        let free = empty.iter().filter(|(col, _)| !used.contains(col) && col.abs_diff(column.col) <= FARTHEST);
        if let Some(&(heading, role)) = free.min_by_key(|(col, _)| (col.abs_diff(column.col), *col)) {
            used.insert(heading);
            found.roles.remove(&heading);
            found.roles.insert(column.col, role);
        }
    }
    let quantified = found.roles.values().any(|r| matches!(r, Role::Volume | Role::Factors));
    let (text, price) = (found.of(Role::Text).next(), found.of(Role::Price).next());
    for column in all {
        // Figures between the descriptions and the price are factors of the volume.
        let between = text.is_some_and(|t| t < column.col) && price.is_some_and(|p| column.col < p);
        let nameless = column.said.iter().all(|r| matches!(r, Role::Code(_)));
        if between && quantified && nameless && orphan(found, column) {
            found.roles.insert(column.col, Role::Volume);
        }
    }
    for column in all {
        let beside = |n: u16| found.roles.get(&n).copied().filter(|r| *r == Role::Amount);
        let shifted = column.col.checked_sub(1).and_then(beside).or_else(|| beside(column.col + 1));
        if orphan(found, column)
            && column.said.is_empty()
            && !column.profile.is_all_codes()
            && let Some(role) = shifted
        {
            found.roles.insert(column.col, role);
        }
    }
}

/// Columns of words: codes and texts to the left, units before prices, sources of money and blocks to the right.
pub fn texts(found: &mut Columns, all: &[Candidate]) {
    // Where nothing else describes the rows, words under a heading of something else do.
    let words = all.iter().find(|c| found.aside.contains(&c.col) && c.profile.is_words() && !c.profile.is_code());
    if let Some(column) = words.filter(|_| found.of(Role::Text).next().is_none()) {
        found.aside.remove(&column.col);
        found.roles.insert(column.col, Role::Text);
    }
    let amount = found.of(Role::Amount).next();
    let price = found.of(Role::Price).next();
    let first_figure = found.roles.iter().filter(|(_, r)| r.numeric()).map(|(c, _)| *c).min();
    for column in all {
        if found.roles.contains_key(&column.col) || found.aside.contains(&column.col) || column.profile.cells == 0 {
            continue;
        }
        let before_figures = first_figure.is_some_and(|c| column.col < c);
        let coded = found.roles.values().any(|r| matches!(r, Role::Code(_)));
        let texted = found.of(Role::Text).next().is_some_and(|t| t < column.col);
        let elsewhere = || all.iter().any(|c| c.col != column.col && c.profile.is_all_codes());
        let counts = (coded || elsewhere()) && column.headed && column.said.is_empty() && column.profile.widest < 3;
        let role = if before_figures && counts && column.profile.is_numeric() {
            // Small numbers under a word of their own beside the codes say something about the row: its level, its rank.
            Some(Role::Note)
        } else if before_figures && column.profile.is_code() && !(coded && texted) {
            Some(Role::Code(None))
        } else if !coded && column.profile.is_all_codes() && !column.said.iter().any(|r| r.numeric()) {
            // Codes may stand anywhere, whatever they are called.
            Some(Role::Code(None))
        } else if texted && price.is_some_and(|p| column.col < p) && is_unit(column) {
            Some(Role::Unit)
        } else if column.headed && column.said.is_empty() && column.profile.is_words() && found.of(Role::Text).next().is_some() {
            // What an unknown heading says is not what the row is called.
            Some(Role::Note)
        } else if before_figures && !column.profile.is_numeric() {
            Some(Role::Text)
        } else if price.is_some_and(|p| column.col < p) && column.profile.is_words() {
            Some(Role::Unit)
        } else if amount.is_some_and(|a| column.col > a) && column.profile.is_words() && column.said.is_empty() {
            Some(right_of_amounts(column))
        } else {
            None
        };
        if let Some(role) = role {
            found.roles.insert(column.col, role);
        }
    }
}

/// Words as short as units are, and the `x` between factors.
fn is_unit(column: &Candidate) -> bool {
    column.profile.is_words() && column.profile.length <= column.profile.texts * LONGEST_UNIT
}

/// Characters of a unit in the mean of a column.
const LONGEST_UNIT: usize = 8;

/// Short words in capitals are sources of money, stars are blocks, the rest are remarks.
fn right_of_amounts(column: &Candidate) -> Role {
    let mean = column.profile.length.checked_div(column.profile.texts).unwrap_or(0);
    if column.profile.stars * 2 > column.profile.cells {
        Role::Block
    } else if (2..=4).contains(&mean) {
        Role::Fund
    } else {
        Role::Note
    }
}
