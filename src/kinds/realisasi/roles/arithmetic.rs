//! The columns by what adds up alone: pagu = sd + sisa and sd = lalu + ini, in nearly all rows. Where several ways do, the one that says
//! least against the headings.

use super::super::heading::{Leaf, Role};
use super::{FEWEST, MOST_TRIED, Matrix, PROOF, Roles, at, support};

/// One way to read the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reading {
    pagu: usize,
    sd: usize,
    sisa: usize,
    flow: Option<(usize, usize)>,
}

/// Takes the best reading, where there is one alone.
pub fn settle(roles: &mut Roles, leaves: &[Leaf], filled: &[usize], rows: &Matrix) {
    let open: Vec<usize> =
        filled.iter().copied().filter(|&l| !matches!(leaves[l].role, Some(Role::Persen | Role::Label | Role::Note))).collect();
    if open.len() > MOST_TRIED {
        return;
    }
    let sums = sums(&open, rows);
    let mut readings = chains(&sums);
    if readings.is_empty() {
        readings = frames(&sums);
    }
    // What is spent stands left of what is left, what was spent before left of what is spent now, unless headings say otherwise.
    let order = |r: &Reading| (r.sd < r.sisa, r.flow.is_none_or(|(a, b)| a < b));
    let rank = |r: &Reading| (agreement(r, leaves), order(r));
    let Some(best) = readings.iter().copied().max_by_key(rank) else { return };
    let rivals = readings.iter().filter(|r| rank(r) == rank(&best)).count();
    if rivals > 1 || best.flow.is_none() && is_flow(&best, leaves) {
        return;
    }
    let said = [(best.pagu, Role::Pagu), (best.sd, Role::Sd), (best.sisa, Role::Sisa)];
    roles.against_headings = said.iter().any(|(leaf, role)| leaves[*leaf].role != Some(*role));
    (roles.pagu, roles.sd, roles.sisa, roles.lock) = (Some(best.pagu), Some(best.sd), Some(best.sisa), None);
    (roles.lalu, roles.ini) = best.flow.map_or((None, None), |(a, b)| (Some(a), Some(b)));
}

/// All `sum = a + b` that hold in nearly all rows, both with something to say.
fn sums(open: &[usize], rows: &Matrix) -> Vec<(usize, usize, usize)> {
    let mut sums = Vec::new();
    for &sum in open {
        for (i, &a) in open.iter().enumerate() {
            for &b in open[i + 1..].iter().filter(|b| a != sum && **b != sum) {
                let (held, told) = support(rows, sum, &[a, b]);
                if told >= FEWEST && held >= PROOF && both_say(rows, a, b) {
                    sums.push((sum, a, b));
                }
            }
        }
    }
    sums
}

/// Whether both columns have something other than zero.
fn both_say(rows: &Matrix, a: usize, b: usize) -> bool {
    [a, b].iter().all(|&l| rows.iter().filter(|r| at(r, l).is_some_and(|v| v != 0.0)).count() >= FEWEST.min(rows.len()))
}

/// Both identities together.
fn chains(sums: &[(usize, usize, usize)]) -> Vec<Reading> {
    let mut found = Vec::new();
    for frame in frames(sums) {
        for &(sum, a, b) in sums.iter().filter(|s| s.0 == frame.sd) {
            let apart = ![a, b].contains(&frame.pagu) && ![a, b].contains(&frame.sisa) && sum != frame.sisa;
            if apart {
                found.extend([Reading { flow: Some((a, b)), ..frame }, Reading { flow: Some((b, a)), ..frame }]);
            }
        }
    }
    found
}

/// The first identity alone, both ways round.
fn frames(sums: &[(usize, usize, usize)]) -> Vec<Reading> {
    let both = |&(pagu, a, b): &(usize, usize, usize)| {
        [Reading { pagu, sd: a, sisa: b, flow: None }, Reading { pagu, sd: b, sisa: a, flow: None }]
    };
    sums.iter().flat_map(both).collect()
}

/// How well a reading agrees with the headings.
fn agreement(reading: &Reading, leaves: &[Leaf]) -> i32 {
    let flow = reading.flow.map_or_else(Vec::new, |(a, b)| vec![(a, Role::Lalu), (b, Role::Ini)]);
    let all = [(reading.pagu, Role::Pagu), (reading.sd, Role::Sd), (reading.sisa, Role::Sisa)];
    all.into_iter()
        .chain(flow)
        .map(|(leaf, role)| match leaves[leaf].role {
            Some(said) if said == role => 2,
            None => 0,
            Some(_) => -2,
        })
        .sum()
}

/// Whether a lone sum is rather what was spent before and now.
fn is_flow(reading: &Reading, leaves: &[Leaf]) -> bool {
    let said = |leaf: usize| leaves[leaf].role;
    said(reading.pagu) == Some(Role::Sd)
        || [reading.sd, reading.sisa].iter().any(|&l| matches!(said(l), Some(Role::Lalu | Role::Ini)))
}
