//! Which columns have a role that nothing proves: neither do their headings name it, nor is it the only one that adds up.

use super::super::heading::{Leaf, Role};
use super::{FEWEST, Matrix, PROOF, Roles, is_share, support};

/// The leaves that were given a role by their place alone.
#[must_use]
pub fn unproved(roles: &Roles, leaves: &[Leaf], rows: &Matrix) -> Vec<usize> {
    let holds = |sum: Option<usize>, parts: &[Option<usize>]| {
        let parts: Option<Vec<usize>> = parts.iter().copied().collect();
        sum.zip(parts).is_some_and(|(sum, parts)| {
            let (held, told) = support(rows, sum, &parts);
            told >= FEWEST && held >= PROOF
        })
    };
    let frame = holds(roles.pagu, &[roles.sd, roles.sisa]) || holds(roles.pagu, &[roles.sd, roles.sisa, roles.lock]);
    let flow = holds(roles.sd, &[roles.lalu, roles.ini]);
    let share = match (roles.pagu, roles.sd, roles.persen) {
        (Some(pagu), Some(sd), Some(leaf)) => {
            let (held, told) = is_share(rows, (pagu, sd), leaf, if roles.fraction { 100.0 } else { 1.0 });
            told >= FEWEST && held * 100 >= told * PROOF
        }
        _ => false,
    };
    let named = |leaf: Option<usize>, role: Role| leaf.is_none_or(|l| says(&leaves[l], role));
    // A sum is known by its parts; of two parts one has to be known otherwise.
    let pagu = named(roles.pagu, Role::Pagu) || frame || share;
    let sd_alone = named(roles.sd, Role::Sd) || flow || share;
    let sisa = named(roles.sisa, Role::Sisa) || frame && sd_alone;
    let sd = sd_alone || frame && named(roles.sisa, Role::Sisa);
    let (before, now) = (named(roles.lalu, Role::Lalu), named(roles.ini, Role::Ini));
    let (lalu, ini) = (before || flow && now, now || flow && before);
    let persen = named(roles.persen, Role::Persen) || share;
    let all =
        [(roles.pagu, pagu), (roles.sd, sd), (roles.sisa, sisa), (roles.lalu, lalu), (roles.ini, ini), (roles.persen, persen)];
    all.into_iter().filter(|(_, proved)| !proved).filter_map(|(leaf, _)| leaf).collect()
}

/// Whether a heading names a role, if only by a part of the year.
fn says(leaf: &Leaf, role: Role) -> bool {
    let by_time = match role {
        Role::Sd | Role::Lalu => matches!(leaf.role, Some(Role::Until(_))),
        Role::Ini => matches!(leaf.role, Some(Role::Part(..))),
        _ => false,
    };
    leaf.role == Some(role) || leaf.amount == Some(role) || by_time
}
