//! Columns called by parts of the year that hold what was spent up to the end of each: `TW I | TW II | TW III` of a report that counts on.

use std::collections::BTreeSet;

use crate::normalise::exact;

use super::{BELIEF, HALF, Matrix, PROOF, Roles, at, support};

/// Rows in which amounts of three parts or more must never fall before they are taken for sums that run on, where nothing else says so.
const MANY: usize = 6;
/// The same where a title says so.
const FEW: usize = 2;

/// Takes columns for parts of the year as columns up to their ends, where the amounts say that they are: one of them leaves what is left
/// and all together do not; or, without what is left, none is less than the one before, in too many rows for chance or where a title
/// (`said`) says so, or all together are more than may be spent and the last is not.
pub fn parts(roles: &mut Roles, rows: &Matrix, said: bool) {
    let mut parts = roles.parts.clone();
    parts.sort_by_key(|p| p.1.1);
    let amounts = |row: &[Option<_>]| -> Vec<f64> { parts.iter().filter_map(|p| at(row, p.0)).collect() };
    if !rows.iter().all(|row| amounts(row).is_sorted()) {
        return;
    }
    let left = roles.pagu.zip(roles.sisa).map(|(pagu, sisa)| one_leaves(&parts, pagu, sisa, rows));
    // A row above one row says the same once more.
    let steps = rows.iter().map(|row| amounts(row)).filter(|a| a.len() > if said { 1 } else { 2 } && a[0] > 0.0);
    let rising = steps.map(|a| a.into_iter().map(f64::to_bits).collect::<Vec<_>>()).collect::<BTreeSet<_>>().len();
    let beyond = roles.pagu.is_some_and(|pagu| beyond_ceiling(&parts, pagu, rows));
    let apart = parts.windows(2).all(|two| two[0].1.1 < two[1].1.0);
    let runs = left.unwrap_or(apart && (beyond || rising >= if said { FEW } else { MANY }));
    if runs {
        if left.is_none() && !said {
            roles.taken_for_running = parts.iter().map(|p| p.0).collect();
        }
        roles.parts.clear();
        roles.untils.extend(parts.into_iter().map(|(leaf, (_, last))| (leaf, last)));
    }
}

/// Whether one of the parts leaves what is left of the ceiling, and all of them together do not.
fn one_leaves(parts: &[(usize, (u8, u8))], pagu: usize, sisa: usize, rows: &Matrix) -> bool {
    let fits = |leaves: &[usize], needed: usize| {
        let (held, told) = support(rows, pagu, leaves);
        told > 0 && held >= needed
    };
    let together: Vec<usize> = parts.iter().map(|p| p.0).chain([sisa]).collect();
    parts.iter().any(|p| fits(&[p.0, sisa], PROOF)) && !fits(&together, BELIEF)
}

/// Whether the parts together are more than may be spent, in half of the rows, and the largest is in none.
fn beyond_ceiling(parts: &[(usize, (u8, u8))], pagu: usize, rows: &Matrix) -> bool {
    let (mut beyond, mut told) = (0_usize, 0_usize);
    for row in rows {
        let Some(ceiling) = at(row, pagu) else { continue };
        let spent = || parts.iter().filter_map(|p| at(row, p.0));
        if spent().any(|amount| amount > ceiling + HALF) {
            return false;
        }
        told += 1;
        beyond += usize::from(exact::sum(spent()) > ceiling + HALF);
    }
    beyond > 0 && beyond * 2 >= told
}

/// Of several columns up to a month the one that adds up with what is left is what was spent so far.
pub fn last(roles: &mut Roles, rows: &Matrix) {
    let (Some(pagu), Some(sisa)) = (roles.pagu, roles.sisa) else { return };
    let fits = |leaf: usize| {
        let (held, told) = support(rows, pagu, &[leaf, sisa]);
        told > 0 && held >= PROOF
    };
    roles.sd = roles.untils.iter().filter(|u| fits(u.0)).max_by_key(|u| u.1).map(|u| u.0);
}
