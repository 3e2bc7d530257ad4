//! What stands far from the figures says what they are: titles, the name of the sheet, the lines around a table on paper.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::model::Grid;
use crate::model::origin::Place;
use crate::tables::axes::{Label, Table};
use crate::tables::words::{Dimension, Said, Sense};

use super::around::{only_month, titles};
use super::tags::{Tagger, Tags, When};

/// Titles and sheet name: the one measure, reason, sex or period they agree on.
#[must_use]
pub fn distant(table: &Table, tagger: &Tagger) -> Tags {
    let sheet = &table.sheet.grid.name;
    let mut all: Vec<Tags> = table.titles.iter().flatten().map(|t| tagger.label(t.text, t.said)).collect();
    if all.is_empty() && tagger.goods.is_none() {
        let lines = titles(table, 0).into_iter().rev().map(|line| (line, tagger.vocabulary.read(line)));
        let several = |said: &Said| {
            let named = said.senses.iter().filter(|s| s.dimension == Dimension::Measure && Some(s.value) != tagger.generic);
            named.map(|s| s.value).collect::<BTreeSet<u16>>().len() > 1
        };
        // A sentence about several measures is no title.
        all.extend(lines.filter(|(_, said)| !several(said)).map(|(line, said)| tagger.label(line, &said)));
    }
    let said = tagger.vocabulary.read(sheet);
    let mut named = tagger.label(sheet, &said);
    if said.unknown * 2 > said.words {
        named = Tags { when: named.when, ..Tags::default() };
    }
    // A date over a stock says when it was counted, not that its figures are those of another time.
    let when = all.iter().rev().find_map(|t| t.when).or(named.when).filter(|_| tagger.goods.is_none());
    let when = if tagger.months && names_a_month(table) { Some(When::Other) } else { when };
    let nearest = all.last().copied().unwrap_or_default();
    all.push(named);
    let only = |pick: fn(&Tags) -> Option<u16>| {
        let found: BTreeSet<u16> = all.iter().filter_map(pick).collect();
        if found.len() == 1 { found.first().copied() } else { None }
    };
    let measure = nearest.measure.or(named.measure).or_else(|| only(|t| t.measure));
    let sexes = || all.iter().rev().filter_map(|t| t.sex);
    let sex = nearest.sex.or_else(|| sexes().next().filter(|&s| sexes().all(|x| x == s)));
    let spoken = |t: &Label| tagger.goods.and_then(|goods| goods.spoken(t.text));
    let titled: BTreeSet<u16> = table.titles.iter().flatten().filter_map(spoken).collect();
    let goods = titled.first().copied().filter(|_| titled.len() == 1).or(named.goods.filter(|_| titled.is_empty()));
    let goods = goods.or_else(|| headed(table, tagger));
    let measure = measure.or_else(|| beside(table, tagger));
    Tags { measure, reason: nearest.reason.or(named.reason).or_else(|| only(|t| t.reason)), sex, goods, when, ..Tags::default() }
}

/// The one measure that titles and sheet name speak of; `None` where they name several.
pub(super) fn only_titled(table: &Table, tagger: &Tagger) -> Option<u16> {
    let named = tagger.vocabulary.read(&table.sheet.grid.name).senses;
    let senses = table.titles.iter().flatten().flat_map(|t| &t.said.senses).chain(&named);
    let measures = senses.filter(|s| s.dimension == Dimension::Measure && Some(s.value) != tagger.generic);
    let measures: BTreeSet<u16> = measures.map(|s| s.value).collect();
    measures.first().copied().filter(|_| measures.len() == 1)
}

/// The good that the nearest of the lines above a table on paper names.
fn headed(table: &Table, tagger: &Tagger) -> Option<u16> {
    let goods = tagger.goods?;
    let mut titles = table.sheet.grid.above().into_iter().filter(|line| line.split_whitespace().count() <= LONGEST_TITLE);
    titles.find_map(|line| goods.spoken(line))
}

fn names_a_month(table: &Table) -> bool {
    let titles = table.titles.iter().flatten().map(|t| t.text);
    only_month(titles.chain([table.sheet.grid.name.as_str()])).is_some()
}

/// The measure of goods that the lines around a table on paper speak of: the first that names one, and no other.
fn beside(table: &Table, tagger: &Tagger) -> Option<u16> {
    tagger.goods?;
    let lines = table.sheet.grid.around.iter().filter(|line| line.split_whitespace().count() <= LONGEST_TITLE);
    lines.into_iter().find_map(|line| {
        let said = tagger.vocabulary.read(line);
        let amount = |s: &&Sense| s.dimension == Dimension::Measure && Some(s.value) != tagger.generic;
        let mut measures = said.senses.iter().filter(amount).map(|s| s.value);
        let first = measures.next()?;
        measures.all(|m| m == first).then_some(first)
    })
}

/// Longer lines are sentences.
const LONGEST_TITLE: usize = 14;

/// The page that ends with a short line below its last table, and that line: it may be the heading of a table on the next page.
#[must_use]
pub fn trailing(grid: &Grid) -> Option<(u16, String)> {
    let Place::Paper { boxes } = &grid.place else { return None };
    let lines = boxes.partition_point(|b| b.0 < Grid::AROUND);
    let &(_, _, page, [.., bottom]) =
        boxes.get(..lines)?.iter().max_by(|a, b| (a.2, a.3[3]).partial_cmp(&(b.2, b.3[3])).unwrap_or(Ordering::Equal))?;
    let below = boxes.get(lines..)?.iter().filter(|b| b.2 == page && b.3[1] > bottom);
    let lowest = below.max_by(|a, b| a.3[1].total_cmp(&b.3[1]))?;
    let line =
        grid.around.get((lowest.0 - Grid::AROUND) as usize).filter(|line| line.split_whitespace().count() <= LONGEST_TITLE)?;
    Some((page, line.to_string()))
}
