//! The voter book: which regions have a chapter, and how complete it is.

use std::collections::BTreeSet;

use crate::model::{Level, Period, Region};

use super::book::{Chapter, Earlier, PdpbBook};
use super::setting::Setting;
use super::shelf::Shelf;
use super::{Entry, PDPB};

/// The numbers of PDPB.xlsx; `None` when no accepted document of the period holds any.
pub fn book(entries: &[Entry], setting: &Setting) -> Option<PdpbBook> {
    let period = setting.config.period(PDPB);
    let shelf = Shelf::new(entries, setting, period);
    if shelf.is_empty() {
        return None;
    }
    let scope = setting.config.wilayah.unwrap_or(Region::NATION);
    let level = if scope == Region::NATION { Level::Kabkota } else { scope.level().below().unwrap_or(Level::Tps) };
    let expected = expected(scope, level, setting);
    let mut regions = expected.clone();
    regions.extend(shelf.rows.keys().filter(|r| r.within(scope) && r.level() >= level).map(|r| r.up_to(level)));
    let chapters: Vec<Chapter> =
        regions.iter().map(|&region| shelf.chapter(region)).chain(shelf.leftover(scope, level)).collect();
    let complete = complete(&chapters, if expected.is_empty() { &regions } else { &expected });
    let earlier: Vec<Earlier> = shelf.earlier.values().map(|&document| document.clone()).collect();
    let before = period.map(Period::previous).filter(|_| !earlier.is_empty());
    Some(PdpbBook { scope, period, before, chapters, complete, earlier })
}

/// Child regions that are expected to have figures: the offices waited for, or below a kab/kota all its kecamatan.
fn expected(scope: Region, level: Level, setting: &Setting) -> BTreeSet<Region> {
    if level > Level::Kabkota {
        return setting.regions.children(scope).iter().copied().collect();
    }
    setting.config.satker.iter().copied().filter(|r| r.level() == level && r.within(scope)).collect()
}

/// Chapters with figures from their own office count; where no office below sent any, those known from above do.
fn complete(chapters: &[Chapter], expected: &BTreeSet<Region>) -> (usize, usize) {
    let sent = chapters.iter().any(|c| c.entry.is_some());
    let full = |c: &&Chapter| expected.contains(&c.region) && (c.entry.is_some() || (!sent && c.whole.is_some()));
    (chapters.iter().filter(full).count(), expected.len())
}
