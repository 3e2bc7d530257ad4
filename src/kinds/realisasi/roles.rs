//! Which column is pagu, lalu, ini, sd, persen and sisa: headings propose, arithmetic decides where they leave it open or say what cannot be.

use crate::normalise::exact;

use super::amounts::{Amount, Percent};
use super::heading::{Leaf, Role};

mod arithmetic;
mod proof;
mod running;

/// The columns of one table by what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Leaf of the ceiling.
    pub pagu: Option<usize>,
    /// Leaf of what was spent up to the period before.
    pub lalu: Option<usize>,
    /// Leaf of what was spent in this period.
    pub ini: Option<usize>,
    /// Leaf of what was spent up to now.
    pub sd: Option<usize>,
    /// Leaf of the share.
    pub persen: Option<usize>,
    /// Leaf of what is left.
    pub sisa: Option<usize>,
    /// Leaf of the locked part, where sisa leaves it out.
    pub lock: Option<usize>,
    /// The share is stored as a fraction of one.
    pub fraction: bool,
    /// Columns for parts of the year, with their first and last month.
    pub parts: Vec<(usize, (u8, u8))>,
    /// Columns up to a month of the year.
    pub untils: Vec<(usize, u8)>,
    /// Columns called by parts of the year, taken for what was spent up to the end of each by their amounts alone.
    pub taken_for_running: Vec<usize>,
    /// Headings say something else than the amounts do.
    pub against_headings: bool,
    /// Leaves that another column took the role of.
    pub beside: Vec<usize>,
    /// Leaves whose role nothing proves.
    pub unproved: Vec<usize>,
}

/// Amounts by line and leaf.
pub type Matrix = [Vec<Option<Amount>>];

/// Rows that an identity must hold in, of a hundred, before it proves anything.
const PROOF: usize = 90;
/// Rows it must hold in before headings are believed without it.
const BELIEF: usize = 50;
/// Rows that must have something to say.
const FEWEST: usize = 3;
/// More columns than this are not tried in all orders.
const MOST_TRIED: usize = 16;
/// Half a rupiah.
const HALF: f64 = 0.5;

/// Takes the role of a share from columns whose figures are amounts: `Realisasi s.d. Ini (%)` may hold `1.019.547.813 (12,97%)`. Where
/// the heading says nothing else, what adds up tells what they are.
pub fn without_false_shares(leaves: &mut [Leaf], rows: &Matrix) {
    for (leaf, heading) in leaves.iter_mut().enumerate().filter(|(_, l)| l.role == Some(Role::Persen) || l.amount.is_some()) {
        let values = || rows.iter().filter_map(|r| r.get(leaf)?.as_ref());
        let large = values().filter(|a| a.percent == Percent::Silent && a.value.abs() > MOST_PERCENT).count();
        if large * 2 > values().count() {
            heading.role = heading.amount;
        }
    }
}

/// No share of a ceiling is larger, whatever went wrong.
const MOST_PERCENT: f64 = 10_000.0;

/// Decides the roles of a table's columns; `running` where its titles say that it counts from the beginning of the year.
#[must_use]
pub fn roles(leaves: &[Leaf], rows: &Matrix, running: bool) -> Roles {
    let filled: Vec<usize> = (0..leaves.len()).filter(|&l| rows.iter().any(|r| at(r, l).is_some())).collect();
    let claims = |role: Role| filled.iter().copied().filter(|&l| leaves[l].role == Some(role)).collect::<Vec<_>>();
    let mut roles = Roles {
        parts: timed(leaves, &filled, |r| if let Role::Part(a, b) = r { Some((a, b)) } else { None }),
        ..Roles::default()
    };
    roles.untils = timed(leaves, &filled, |r| if let Role::Until(m) = r { Some(m) } else { None });
    let mut sd = claims(Role::Sd);
    let mut lalu = claims(Role::Lalu);
    let mut ini = claims(Role::Ini);
    few_times(&mut roles, &mut sd, &mut lalu, &mut ini);
    let unknown: Vec<usize> = filled.iter().copied().filter(|&l| leaves[l].role.is_none()).collect();
    let lock = claims(Role::Lock).first().copied();
    let frame = (claims(Role::Pagu), sd.clone(), claims(Role::Sisa));
    best_frame(&mut roles, &frame, &unknown, lock, rows);
    let spare = |roles: &Roles| -> Vec<usize> {
        let open = |l: &usize| !roles.holds(*l) && matches!(leaves[*l].role, None | Some(Role::Sd | Role::Pagu | Role::Sisa));
        filled.iter().copied().filter(open).collect()
    };
    let left = spare(&roles);
    best_flow(&mut roles, &lalu, &ini, &left, rows);
    if doubtful(&roles, &filled, leaves, rows) {
        arithmetic::settle(&mut roles, leaves, &filled, rows);
        if roles.against_headings && roles.lalu.is_none() {
            let free = |list: &[usize]| list.iter().copied().filter(|l| !roles.holds(*l)).collect::<Vec<_>>();
            let (lalu, ini, left) = (free(&lalu), free(&ini), spare(&roles));
            best_flow(&mut roles, &lalu, &ini, &left, rows);
        }
    }
    if roles.sd.is_none() {
        running::parts(&mut roles, rows, running);
        running::last(&mut roles, rows);
    }
    let open = |l: &usize| !roles.holds(*l) && leaves[*l].role.is_none_or(Role::is_money);
    let spare: Vec<usize> = filled.iter().copied().filter(open).collect();
    best_share(&mut roles, &claims(Role::Persen), &spare, rows);
    let claimed = [frame.0, frame.1, frame.2, lalu, ini, claims(Role::Persen)].concat();
    roles.beside = claimed.into_iter().filter(|l| !roles.holds(*l)).collect();
    roles.unproved = proof::unproved(&roles, leaves, rows);
    roles
}

impl Roles {
    /// Whether the leaf is one of the table's columns.
    #[must_use]
    pub fn holds(&self, leaf: usize) -> bool {
        let single = [self.pagu, self.lalu, self.ini, self.sd, self.persen, self.sisa, self.lock];
        single.contains(&Some(leaf)) || self.parts.iter().any(|p| p.0 == leaf) || self.untils.iter().any(|u| u.0 == leaf)
    }
}

fn timed<T>(leaves: &[Leaf], filled: &[usize], of: impl Fn(Role) -> Option<T>) -> Vec<(usize, T)> {
    filled.iter().filter_map(|&l| Some((l, of(leaves[l].role?)?))).collect()
}

/// One month alone is this period; `s.d. August` and `s.d. September` are the period before and this one.
fn few_times(roles: &mut Roles, sd: &mut Vec<usize>, lalu: &mut Vec<usize>, ini: &mut Vec<usize>) {
    if roles.untils.len() <= 2 {
        let mut untils = std::mem::take(&mut roles.untils);
        untils.sort_by_key(|u| u.1);
        match untils.as_slice() {
            [(one, _)] => sd.push(*one),
            [(first, a), (second, b)] if a < b && lalu.is_empty() => {
                lalu.push(*first);
                sd.push(*second);
            }
            several => sd.extend(several.iter().map(|u| u.0)),
        }
    }
    if let [(one, _)] = roles.parts[..]
        && ini.is_empty()
    {
        roles.parts.clear();
        ini.push(one);
    }
}

fn at(row: &[Option<Amount>], leaf: usize) -> Option<f64> {
    row.get(leaf)?.as_ref().map(|a| a.value)
}

/// In how many rows of a hundred `a = b + c (+ d)` holds, and in how many it says something. Blank addends are nothing.
fn support(rows: &Matrix, sum: usize, addends: &[usize]) -> (usize, usize) {
    let (mut held, mut told) = (0_usize, 0_usize);
    for row in rows {
        let Some(total) = at(row, sum) else { continue };
        let parts: Vec<f64> = addends.iter().map(|&l| at(row, l).unwrap_or(0.0)).collect();
        if parts.iter().all(|p| *p == 0.0) && total == 0.0 || addends.iter().all(|&l| at(row, l).is_none()) {
            continue;
        }
        told += 1;
        held += usize::from(exact::sum(parts.iter().map(|p| -p).chain([total])).abs() <= HALF);
    }
    ((held * 100).checked_div(told).unwrap_or(0), told)
}

/// pagu, sd and sisa: of several columns that call themselves so, those that add up.
fn best_frame(
    roles: &mut Roles,
    claims: &(Vec<usize>, Vec<usize>, Vec<usize>),
    unknown: &[usize],
    lock: Option<usize>,
    rows: &Matrix,
) {
    // Of several columns that call themselves the same one may be what no column calls itself: Dana Tersedia beside Sisa Dana.
    let surplus = [&claims.0, &claims.1, &claims.2].into_iter().filter(|list| list.len() > 1).flatten();
    let open: Vec<usize> = unknown.iter().chain(surplus).copied().collect();
    let or_unknown = |list: &[usize]| -> Vec<Option<usize>> {
        let own: Vec<Option<usize>> = list.iter().take(MOST_TRIED).map(|&l| Some(l)).collect();
        if own.is_empty() { std::iter::once(None).chain(open.iter().take(MOST_TRIED).map(|&l| Some(l))).collect() } else { own }
    };
    let mut best = (0, usize::MAX);
    let mut order = 0;
    // The last pagu is the revised one.
    for &pagu in or_unknown(&claims.0).iter().rev() {
        for &sd in &or_unknown(&claims.1) {
            for &sisa in &or_unknown(&claims.2) {
                order += 1;
                let (Some(p), Some(s), Some(r)) = (pagu, sd, sisa) else { continue };
                if p == s || s == r || p == r {
                    continue;
                }
                let plain = support(rows, p, &[s, r]);
                let locked = lock.map_or((0, 0), |l| support(rows, p, &[s, r, l]));
                let (held, told) = if locked.0 > plain.0 { locked } else { plain };
                if told > 0 && (held, usize::MAX - order) > best {
                    best = (held, usize::MAX - order);
                    (roles.pagu, roles.sd, roles.sisa) = (pagu, sd, sisa);
                    roles.lock = lock.filter(|_| locked.0 > plain.0);
                }
            }
        }
    }
    let proved = best.0 >= BELIEF;
    let fall_back = |role: &mut Option<usize>, first: Option<&usize>| {
        if !proved {
            *role = first.copied();
        }
    };
    fall_back(&mut roles.pagu, claims.0.last());
    fall_back(&mut roles.sd, claims.1.first());
    fall_back(&mut roles.sisa, claims.2.first());
    if !proved {
        roles.lock = None;
    }
}

/// lalu and ini, by what adds up to sd; where a heading does not say, any spare column that does.
fn best_flow(roles: &mut Roles, lalu: &[usize], ini: &[usize], spare: &[usize], rows: &Matrix) {
    (roles.lalu, roles.ini) = (lalu.first().copied(), ini.first().copied());
    let mut best = 0;
    let with = |list: &[usize]| if list.is_empty() { spare.to_vec() } else { list.to_vec() };
    for sum in roles.sd.map_or_else(|| spare.to_vec(), |sd| vec![sd]) {
        for &a in &with(lalu) {
            for &b in &with(ini) {
                if a == b || a == sum || b == sum || roles.pagu == Some(a) || roles.pagu == Some(b) {
                    continue;
                }
                let (held, told) = support(rows, sum, &[a, b]);
                let needed = if lalu.is_empty() || ini.is_empty() { PROOF } else { BELIEF };
                if told >= FEWEST && held >= needed && held > best {
                    best = held;
                    (roles.lalu, roles.ini, roles.sd) = (Some(a), Some(b), Some(sum));
                }
            }
        }
    }
}

/// Whether the headings' roles do not add up, in enough rows to know; or a column is missing while others have no name that could be it.
fn doubtful(roles: &Roles, filled: &[usize], leaves: &[Leaf], rows: &Matrix) -> bool {
    let against = |sum: Option<usize>, parts: [Option<usize>; 2]| match (sum, parts) {
        (Some(s), [Some(a), Some(b)]) => {
            let (held, told) = support(rows, s, &[a, b]);
            told >= FEWEST && held < BELIEF
        }
        _ => false,
    };
    let frame = [roles.pagu, roles.sd, roles.sisa];
    let nameless = filled.iter().any(|&l| leaves[l].role.is_none() && !roles.holds(l));
    let missing = nameless && roles.untils.is_empty() && frame.iter().any(Option::is_none);
    missing || roles.lock.is_none() && against(roles.pagu, [roles.sd, roles.sisa]) || against(roles.sd, [roles.lalu, roles.ini])
}

/// The share of the ceiling and its scale; where no heading says it, a spare column that is the share in nearly all rows.
fn best_share(roles: &mut Roles, claims: &[usize], spare: &[usize], rows: &Matrix) {
    let (Some(pagu), Some(sd)) = (roles.pagu, roles.sd) else {
        roles.persen = claims.first().copied();
        return;
    };
    let close = |leaf: usize, scale: f64| is_share(rows, (pagu, sd), leaf, scale);
    let mut own: Vec<usize> = if claims.is_empty() { spare.to_vec() } else { claims.to_vec() };
    own.retain(|l| !roles.holds(*l));
    let mut best = (0, 0);
    for leaf in own {
        for fraction in [false, true] {
            let (held, told) = close(leaf, if fraction { 100.0 } else { 1.0 });
            let proved = !claims.is_empty() && held > 0 || told >= FEWEST && held * 100 >= told * PROOF;
            if proved && held > best.0 {
                best = (held, told);
                (roles.persen, roles.fraction) = (Some(leaf), fraction);
            }
        }
    }
    if roles.persen.is_none() {
        roles.persen = claims.first().copied();
        roles.fraction = roles.persen.is_some_and(|l| looks_like_fractions(l, rows));
    }
}

/// In how many rows a column is the share of the ceiling that is spent, and in how many it could be.
fn is_share(rows: &Matrix, (pagu, sd): (usize, usize), leaf: usize, scale: f64) -> (usize, usize) {
    let (mut held, mut told) = (0_usize, 0_usize);
    for row in rows {
        let (Some(p), Some(s), Some(share)) = (at(row, pagu), at(row, sd), at(row, leaf)) else { continue };
        if p > 0.0 && s != 0.0 {
            told += 1;
            held += usize::from((share * scale - s / p * 100.0).abs() <= 0.6);
        }
    }
    (held, told)
}

/// Without a row to compare: shown as percentages by their format.
fn looks_like_fractions(leaf: usize, rows: &Matrix) -> bool {
    let mut cells = rows.iter().filter_map(|r| r.get(leaf)?.as_ref());
    cells.any(|a| a.percent == Percent::Format)
}
