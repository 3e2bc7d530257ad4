//! Namesakes settled by where they stand: in a list in the order of the reference list, or one kecamatan after another, the neighbours of
//! a name tell which of several regions it means.

use std::collections::BTreeSet;

use crate::model::Region;
use crate::normalise::region::Match;

use super::facts::Entity;
use super::slots::station;
use super::whose::{Named, Whose};

/// A list shorter than this shows no order.
const LEAST: usize = 4;

/// In an ordered list at most one step in so many goes back (a second run through the same regions).
const STEPS: usize = 8;

/// Most ways to read a run of namesakes that are looked at.
const WAYS: usize = 64;

/// One name of the list: the entities that bear it, and what it may mean.
struct Item {
    entities: Vec<usize>,
    means: Vec<Region>,
}

/// Settles the namesakes of one table.
pub fn settle(entities: &mut [Entity]) {
    if !entities.iter().any(|e| named(e).is_some_and(|n| matches!(n.matched, Match::Ambiguous(_)))) {
        return;
    }
    let items = items(entities);
    let known: Vec<Region> = items.iter().filter_map(certain).collect();
    let found = if ordered(&known) {
        by_order(&items)
    } else if in_blocks(&known) {
        by_neighbours(&items)
    } else {
        return;
    };
    for (item, region) in found {
        for &entity in &items[item].entities {
            assign(&mut entities[entity], region);
        }
    }
}

/// The name that tells which region it is: of a station that of its desa.
fn named(entity: &Entity) -> Option<&Named> {
    let Whose::Region(named) = &entity.whose else { return None };
    Some(named.open.as_deref().unwrap_or(named))
}

/// The names in order of print, each with all entities in a row that bear it.
fn items(entities: &[Entity]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut before: Option<usize> = None;
    for (i, entity) in entities.iter().enumerate() {
        let Whose::Region(own) = &entity.whose else { continue };
        let means = match &named(entity).unwrap_or(own).matched {
            Match::Certain(r) => vec![if own.level == crate::model::Level::Tps && own.open.is_none() { r.parent() } else { *r }],
            Match::Ambiguous(several) => several.clone(),
            _ => Vec::new(),
        };
        let goes_on = before.is_some_and(|b| same_name(&entities[b], entity));
        before = Some(i);
        match items.last_mut() {
            Some(last) if goes_on && last.means == means => last.entities.push(i),
            _ => items.push(Item { entities: vec![i], means }),
        }
    }
    items.retain(|item| !item.means.is_empty());
    items
}

/// Whether two entities one after the other speak of one region: the next station of the same desa, or the same cell's name.
fn same_name(before: &Entity, after: &Entity) -> bool {
    let (Whose::Region(a), Whose::Region(b)) = (&before.whose, &after.whose) else { return false };
    match (a.open.as_deref(), b.open.as_deref()) {
        (Some(x), Some(y)) => x.printed == y.printed && station(&a.printed) < station(&b.printed),
        (None, None) if a.level == crate::model::Level::Tps => b.level == a.level,
        (None, None) => a.origin == b.origin,
        _ => false,
    }
}

fn certain(item: &Item) -> Option<Region> {
    if let [one] = item.means.as_slice() { Some(*one) } else { None }
}

/// Whether the regions stand in the order of the reference list.
fn ordered(known: &[Region]) -> bool {
    let back = known.windows(2).filter(|w| w[1] < w[0]).count();
    known.len() >= LEAST && back * STEPS <= known.len()
}

/// Whether the regions of one parent stand together.
fn in_blocks(known: &[Region]) -> bool {
    let runs = 1 + known.windows(2).filter(|w| w[1].parent() != w[0].parent()).count();
    let parents: BTreeSet<Region> = known.iter().map(|r| r.parent()).collect();
    known.len() >= LEAST && runs == parents.len()
}

/// For each run of namesakes the reading that keeps the order, where all readings that do agree.
fn by_order(items: &[Item]) -> Vec<(usize, Region)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let end = (at..items.len()).find(|&i| certain(&items[i]).is_some()).unwrap_or(items.len());
        let low = at.checked_sub(1).and_then(|i| certain(&items[i]));
        let high = items.get(end).and_then(certain);
        if end > at && (low.is_some() || high.is_some()) {
            let mut ways = Vec::new();
            readings(&items[at..end], low, high, &mut Vec::new(), &mut ways);
            let first = ways.first().cloned().unwrap_or_default();
            let agreed = |i: &usize| ways.len() < WAYS && ways.iter().all(|w| w[*i] == first[*i]);
            found.extend((0..first.len()).filter(agreed).map(|i| (at + i, first[i])));
        }
        at = end + 1;
    }
    found
}

/// All ways to read namesakes so that each comes after the one before and before `high`; at most [`WAYS`].
fn readings(items: &[Item], low: Option<Region>, high: Option<Region>, so_far: &mut Vec<Region>, ways: &mut Vec<Vec<Region>>) {
    let Some((item, rest)) = items.split_first() else {
        ways.push(so_far.clone());
        return;
    };
    for &region in item.means.iter().filter(|r| low.is_none_or(|l| **r > l) && high.is_none_or(|h| **r < h)) {
        if ways.len() >= WAYS {
            return;
        }
        so_far.push(region);
        readings(rest, Some(region), high, so_far, ways);
        so_far.pop();
    }
}

/// The only meaning inside the parents of the nearest certain names above and below.
fn by_neighbours(items: &[Item]) -> Vec<(usize, Region)> {
    let settled = |(i, item): (usize, &Item)| {
        if certain(item).is_some() {
            return None;
        }
        let above = items[..i].iter().rev().find_map(certain)?.parent();
        let below = items[i + 1..].iter().find_map(certain)?.parent();
        let mut inside = item.means.iter().filter(|r| r.parent() == above || r.parent() == below);
        let one = inside.next()?;
        inside.next().is_none().then_some((i, *one))
    };
    items.iter().enumerate().filter_map(settled).collect()
}

/// Says which region an entity's name means.
fn assign(entity: &mut Entity, region: Region) {
    let Whose::Region(named) = &mut entity.whose else { return };
    if named.open.take().is_none() {
        named.matched = Match::Certain(region);
        return;
    }
    named.parent = region;
    named.matched = station(&named.printed).and_then(|n| region.station(n)).map_or(Match::Unknown, Match::Certain);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Level, Origin};

    fn region(code: &str) -> Region {
        code.parse().unwrap()
    }

    /// A row of a desa; several codes are namesakes.
    fn row(number: u32, codes: &[&str]) -> Entity {
        let means: Vec<Region> = codes.iter().map(|c| region(c)).collect();
        let matched = if let [one] = means.as_slice() { Match::Certain(*one) } else { Match::Ambiguous(means) };
        let origin = Origin::new(0, number, 1);
        let printed = codes.join("/");
        let named = Named { matched, level: Level::Desa, printed, origin, parent: region("62.03"), open: None };
        Entity { whose: Whose::Region(named), facts: Vec::new(), span: origin.into(), group: 0, part: 0 }
    }

    fn read(rows: &[&[&str]]) -> Vec<String> {
        let mut entities: Vec<Entity> = (0..).zip(rows).map(|(n, codes)| row(n, codes)).collect();
        settle(&mut entities);
        let shown = |e: &Entity| named(e).and_then(Named::certain).map_or("?".to_owned(), |r| r.to_string());
        entities.iter().map(shown).collect()
    }

    #[test]
    fn order_tells_namesakes_of_one_kecamatan_apart() {
        let twice: &[&str] = &["62.03.01.1003", "62.03.01.2002"];
        let rows: [&[&str]; 6] = [&["62.03.01.1001"], &["62.03.01.1002"], twice, &["62.03.01.2001"], twice, &["62.03.01.2003"]];
        assert_eq!(read(&rows)[2], "62.03.01.1003");
        assert_eq!(read(&rows)[4], "62.03.01.2002");
        // Side by side both may only be read one way; three in a row fit nowhere.
        let beside: [&[&str]; 6] = [&["62.03.01.1001"], &["62.03.01.1002"], twice, twice, &["62.03.01.2003"], &["62.03.01.2004"]];
        assert_eq!(read(&beside)[2..4], ["62.03.01.1003", "62.03.01.2002"]);
        let thrice: [&[&str]; 7] =
            [&["62.03.01.1001"], &["62.03.01.1002"], twice, twice, twice, &["62.03.01.2003"], &["62.03.01.2004"]];
        assert_eq!(read(&thrice)[2..5], ["?", "?", "?"]);
    }

    #[test]
    fn neighbours_tell_where_each_kecamatan_stands_together() {
        let open: &[&str] = &["62.03.01.2001", "62.03.02.2001"];
        let rows: [&[&str]; 7] = [
            &["62.03.02.2009"],
            &["62.03.02.2004"],
            open,
            &["62.03.02.2003"],
            &["62.03.01.2008"],
            &["62.03.01.2003"],
            &["62.03.01.2002"],
        ];
        assert_eq!(read(&rows)[2], "62.03.02.2001");
        // Between the two it may be either's.
        let between: [&[&str]; 5] = [&["62.03.02.2009"], &["62.03.02.2004"], open, &["62.03.01.2008"], &["62.03.01.2003"]];
        assert_eq!(read(&between)[2], "?");
    }

    #[test]
    fn a_list_by_alphabet_tells_nothing() {
        let open: &[&str] = &["62.03.01.2001", "62.03.02.2001"];
        let rows: [&[&str]; 6] =
            [&["62.03.02.2009"], &["62.03.01.2004"], open, &["62.03.02.2003"], &["62.03.01.2008"], &["62.03.02.2001"]];
        assert_eq!(read(&rows)[2], "?");
    }
}
