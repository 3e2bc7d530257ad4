//! Rows that say again what others say: parents at the head of a page, shares of the amounts above, families of akun.

use crate::model::Origin;
use crate::normalise::exact;
use crate::tables::outline::code::Tier;

use super::super::amounts::Percent;
use super::{Item, Stands};

/// Whether a row behind a page break is a parent of the rows before it, printed again with its amounts (`… (lanjutan)`).
pub(super) fn is_open(items: &[Item], item: &Item, chained: bool) -> bool {
    if item.codes.is_empty() || item.total {
        return false;
    }
    let tier = |i: &Item| i.codes.first().map(|c| c.tier);
    let mut lowest = None;
    for (back, above) in items.iter().rev().enumerate().filter(|(_, i)| !i.total && !i.codes.is_empty()) {
        if lowest.is_some_and(|l| tier(above) >= l) {
            continue;
        }
        lowest = Some(tier(above));
        let same = above.kode == item.kode && above.amounts_equal(item) && item.uraian.starts_with(above.uraian.as_str());
        if same {
            return chained || back > 0;
        }
    }
    false
}

/// Leaves out rows of nothing but shares below the amounts they are shares of: `(% thd pagu)`.
pub(super) fn without_shares(items: &mut Vec<Item>, mute: &mut Vec<Origin>) {
    let mut first = true;
    items.retain(|item| {
        let amounts = item.amounts.iter().flatten();
        let shares = amounts.clone().count() > 1 && amounts.clone().all(|a| a.percent == Percent::Sign);
        let below = !first && shares && item.codes.is_empty() && item.kode.is_empty() && !item.total;
        first = false;
        if below {
            mute.extend(amounts.map(|a| a.origin));
        }
        !below
    });
}

/// Rows that sum up others, whatever they are called.
pub(super) fn sums(items: &mut [Item]) {
    families(items);
    for at in [items.iter().position(Item::has_amounts), items.iter().rposition(Item::has_amounts)].into_iter().flatten() {
        items[at].total |= is_whole(items, at);
    }
}

/// Whether the first or last row, which has no code while others do, states the sums of all programs: the office's own line. Above rows of a
/// lower level it may be their program.
fn is_whole(items: &[Item], at: usize) -> bool {
    let own = &items[at];
    if own.is_named() || own.office || !own.ordinal.is_empty() || own.uraian.is_empty() {
        return false;
    }
    let tier = |i: &Item| i.codes.first().map(|c| c.tier).filter(|_| !i.total && i.has_amounts());
    let tops: Vec<&Item> = items.iter().filter(|i| tier(i) == Some(Tier::Program) && !i.again).collect();
    let stated = (0..own.amounts.len()).filter_map(|leaf| Some((leaf, own.amounts[leaf].as_ref()?.value)));
    let (mut held, mut told) = (0, 0);
    for (leaf, value) in stated.filter(|(_, value)| *value != 0.0) {
        let parts = tops.iter().filter_map(|i| i.amounts.get(leaf)?.as_ref()).map(|a| a.value);
        let sum = parts.fold(0.0, exact::add);
        told += 1;
        held += usize::from((sum - value).abs() < 0.5);
    }
    held >= 2 && held * 2 > told
}

/// In a list by akun, shorter codes that begin the code right below them are no kegiatan or komponen: they sum up a family of akun.
fn families(items: &mut [Item]) {
    let digits = |code: &str| code.bytes().all(|b| b.is_ascii_digit());
    let coded: Vec<usize> = (0..items.len()).filter(|&i| !items[i].kode.is_empty()).collect();
    let heads = |n: usize| {
        let own = items[coded[n]].kode.as_str();
        let below = coded.get(n + 1).map_or("", |&i| items[i].kode.as_str());
        (2..6).contains(&own.len()) && own.len() < below.len() && below.starts_with(own)
    };
    let families: Vec<usize> = (0..coded.len()).filter(|&n| heads(n)).map(|n| coded[n]).collect();
    let by_akun = |&i: &usize| digits(&items[i].kode) && (items[i].kode.len() == 6 || families.binary_search(&i).is_ok());
    if !coded.iter().all(by_akun) {
        return;
    }
    for i in families {
        (items[i].total, items[i].stands) = (true, Stands::Family);
        items[i].codes.clear();
    }
}
