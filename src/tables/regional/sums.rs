//! What a printed total is the total of: found by arithmetic where the figures tell, else by where it stands.

use super::facts::{Entity, Roll};
use super::lines::Whose;

/// A printed total and the entities it sums: numbers of [`Roll::entities`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The total.
    pub total: usize,
    /// Its members, in order of print.
    pub members: Vec<usize>,
    /// It sums all rows of the table.
    pub grand: bool,
}

/// Finds the members of every printed total of a table.
#[must_use]
pub fn sums(roll: &Roll) -> Vec<Sum> {
    let is_total = |e: &Entity| matches!(e.whose, Whose::Total(..));
    let totals: Vec<usize> = (0..roll.entities.len()).filter(|&i| is_total(&roll.entities[i])).collect();
    totals.iter().map(|&t| sum(roll, &totals, t)).collect()
}

fn sum(roll: &Roll, totals: &[usize], t: usize) -> Sum {
    let rows: Vec<usize> = (0..roll.entities.len()).filter(|i| !totals.contains(i)).collect();
    let before = totals.iter().copied().filter(|&x| x < t).max();
    let after = totals.iter().copied().find(|&x| x > t);
    let above: Vec<usize> = rows.iter().copied().filter(|&i| i < t && before.is_none_or(|b| i > b)).collect();
    let below: Vec<usize> = rows.iter().copied().filter(|&i| i > t && after.is_none_or(|a| i < a)).collect();
    let part: Vec<usize> = rows.iter().copied().filter(|&i| roll.entities[i].part == roll.entities[t].part).collect();
    let group: Vec<usize> = rows.iter().copied().filter(|&i| roll.entities[i].group == roll.entities[t].group && i < t).collect();
    let of = if let Whose::Total(_, of) = &roll.entities[t].whose { *of } else { None };
    let inside = |i: &usize| {
        of.is_some_and(
            |of| matches!(&roll.entities[*i].whose, Whose::Region(n) if n.likely().is_some_and(|r| r != of && r.within(of))),
        )
    };
    let inside: Vec<usize> = rows.iter().copied().filter(inside).collect();
    let lone = totals.len() == 1 || before.is_none() && above.is_empty() || after.is_none() && above.is_empty();
    let candidates =
        if lone { [&inside, &rows, &part, &above, &below, &group] } else { [&inside, &above, &below, &group, &rows, &part] };
    let best = candidates.iter().copied().filter(|c| !c.is_empty()).map(|c| (score(roll, t, c), c));
    let chosen = best.fold(None, |best: Option<((usize, usize), &Vec<usize>)>, next| match best {
        Some(b) if b.0.0 >= next.0.0 => Some(b),
        _ => Some(next),
    });
    let members = chosen.map(|(_, c)| c.clone()).unwrap_or_default();
    Sum { total: t, grand: members.len() == rows.len(), members }
}

/// How many of the total's figures are the sums of the members', and how many could be compared.
fn score(roll: &Roll, t: usize, members: &[usize]) -> (usize, usize) {
    let mut matched = 0;
    let mut compared = 0;
    for fact in &roll.entities[t].facts {
        let Some(printed) = fact.value else { continue };
        let parts: Vec<f64> = members.iter().flat_map(|&m| roll.entities[m].parts(fact.field)).filter_map(|f| f.value).collect();
        if !parts.is_empty() {
            compared += 1;
            matched += usize::from((parts.iter().sum::<f64>() - printed).abs() < 0.5);
        }
    }
    (matched, compared)
}

/// Rows without a label that are sums of others become totals; the others stay nobody's. Returns those that stayed.
pub fn adopt(roll: &mut Roll) -> Vec<usize> {
    let mut stayed = Vec::new();
    for i in 0..roll.entities.len() {
        if roll.entities[i].whose != Whose::Nobody {
            continue;
        }
        roll.entities[i].whose = Whose::Total(String::new(), None);
        let Some(found) = sums(roll).into_iter().find(|s| s.total == i) else { continue };
        let (matched, compared) = score(roll, i, &found.members);
        if found.members.len() < 2 || matched == 0 || matched * 2 < compared {
            roll.entities[i].whose = Whose::Nobody;
            stayed.push(i);
        }
    }
    stayed
}
