//! The columns of the contract for one row: printed cells where they are printed, sums of months where the sheet has a column for each.

use crate::normalise::exact;

use super::amounts::{Amount, Percent};
use super::items::Item;
use super::ledger::{Figure, INI, LALU, PAGU, PERSEN, SD, SISA};
use super::roles::Roles;

/// The figures of a row. `period` is the first and last month the document speaks of; `filled` tells the leaves that hold figures
/// somewhere.
#[must_use]
pub fn figures(item: &Item, roles: &Roles, period: Option<(u8, u8)>, filled: &[bool]) -> [Option<Figure>; 6] {
    let mut figures = [const { None }; 6];
    if !item.has_amounts() {
        return figures;
    }
    let cell = |leaf: Option<usize>| item.amounts.get(leaf?)?.as_ref();
    let spent = |leaf: Option<usize>| {
        let blank = leaf.is_some_and(|l| filled.get(l) == Some(&true)).then_some(NOTHING);
        cell(leaf).map(printed).or(blank)
    };
    figures[PAGU] = cell(roles.pagu).map(printed);
    figures[LALU] = spent(roles.lalu);
    figures[INI] = spent(roles.ini);
    figures[SD] = spent(roles.sd);
    figures[PERSEN] = cell(roles.persen).map(|a| share(a, roles.fraction));
    let all_spent = figures[PAGU].as_ref().zip(figures[SD].as_ref()).is_some_and(|(p, s)| (p.value - s.value).abs() < 0.5);
    figures[SISA] = cell(roles.sisa).map(printed).or_else(|| (all_spent && roles.sisa.is_some()).then_some(NOTHING));
    if let Some(period) = period {
        by_parts(&mut figures, item, roles, period);
        by_months(&mut figures, item, roles, period);
    }
    figures
}

/// A blank among figures.
const NOTHING: Figure = Figure { value: 0.0, origin: None, raw: String::new() };

fn printed(amount: &Amount) -> Figure {
    Figure { value: amount.value, origin: Some(amount.origin), raw: amount.raw.clone() }
}

/// A share in percent, whatever it is stored as.
fn share(amount: &Amount, fraction: bool) -> Figure {
    let hundredfold = amount.percent != Percent::Sign && fraction;
    // Ten decimals: what is beyond is the noise of the multiplication.
    let value = if hundredfold { (amount.value * 1e12).round() / 1e10 } else { amount.value };
    Figure { value, ..printed(amount) }
}

fn number(item: &Item, leaf: usize) -> f64 {
    item.amounts.get(leaf).and_then(Option::as_ref).map_or(0.0, |a| a.value)
}

/// One column for each part of the year: what ended before the period is lalu, what lies in it is ini.
fn by_parts(figures: &mut [Option<Figure>; 6], item: &Item, roles: &Roles, (from, to): (u8, u8)) {
    let of = |test: &dyn Fn(u8, u8) -> bool| -> Vec<usize> {
        let all: Vec<(usize, (u8, u8))> = roles.parts.iter().filter(|(_, (a, b))| test(*a, *b)).copied().collect();
        widest(&all)
    };
    let now = of(&|a, b| a >= from && b <= to);
    let before = of(&|_, b| b < from);
    fill(figures, INI, item, &now);
    fill(figures, LALU, item, &before);
    let all = [before, now].concat();
    fill(figures, SD, item, &all);
}

/// Of columns for parts of the year those that lie in no other of them: a triwulan with its months beside it is counted once.
fn widest(parts: &[(usize, (u8, u8))]) -> Vec<usize> {
    let within = |(i, (a, b)): (usize, (u8, u8)), (j, (c, d)): (usize, (u8, u8))| {
        i != j && c <= a && b <= d && ((c, d) != (a, b) || j < i)
    };
    parts.iter().filter(|own| !parts.iter().any(|other| within(**own, *other))).map(|(leaf, _)| *leaf).collect()
}

/// The sum of some columns; the cell itself where it is one.
fn fill(figures: &mut [Option<Figure>; 6], column: usize, item: &Item, leaves: &[usize]) {
    if figures[column].is_some() {
        return;
    }
    figures[column] = match leaves {
        [] => None,
        [one] => item.amounts.get(*one).and_then(Option::as_ref).map(printed).or(Some(NOTHING)),
        several => Some(Figure { value: exact::sum(several.iter().map(|&l| number(item, l))), ..NOTHING }),
    };
}

/// One column up to each month.
fn by_months(figures: &mut [Option<Figure>; 6], item: &Item, roles: &Roles, (from, to): (u8, u8)) {
    let up_to = |most: u8| roles.untils.iter().filter(|u| u.1 <= most).max_by_key(|u| u.1).copied();
    let Some((now, _)) = up_to(to) else { return };
    fill(figures, SD, item, &[now]);
    let before = from.checked_sub(1).filter(|m| *m > 0);
    match before.map(up_to) {
        Some(Some((before, _))) if before != now => {
            fill(figures, LALU, item, &[before]);
            figures[INI].get_or_insert(Figure { value: exact::add(number(item, now), -number(item, before)), ..NOTHING });
        }
        // Nothing was spent before January.
        None => fill(figures, INI, item, &[now]),
        _ => {}
    }
}
