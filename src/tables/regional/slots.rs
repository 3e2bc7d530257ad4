//! What each label column of a table holds: names of regions (of which level), station numbers, codes, running numbers, or the words of
//! another dimension (measures, sexes, periods down the rows).

use std::collections::BTreeSet;

use crate::model::{Level, Region};
use crate::normalise::period;
use crate::normalise::region::Match;
use crate::tables::axes::{Label, Line, Table};
use crate::tables::words::{Dimension, Said};

use super::names::Resolver;
use super::parts;
use super::tags::{Tagger, Tags, level};

/// What a label column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Running numbers; a word among them labels its row.
    Ordinal,
    /// Kemendagri codes.
    Code,
    /// Names of regions of this level.
    Region(Level),
    /// Numbers or names of polling stations.
    Station,
    /// Several levels in one column, each name above what belongs to it: `KECAMATAN KUMAI`, `Candi`, `TPS 001`.
    Ladder,
    /// What a region's figures are broken down by, line by line (`17 - 20 tahun`), and the line of its whole.
    Parts,
    /// Compound names, each part a level below the one before: `Bonjol / Limo Koto / 001`.
    Path,
    /// Names of goods.
    Goods,
    /// Units in which goods are counted.
    Unit,
    /// Words that say what, whose or when: measures, sexes, reasons, periods.
    Words,
    /// Periods (`Triwulan II 2025`, `Juni`), or their numbers below their kind: `Triwulan` over `II`.
    When,
    /// Anything else: constituencies, remarks.
    Other,
}

/// How many different texts of a column are looked at before it is decided what it holds.
const SAMPLE: usize = 60;

/// Decides for every label slot of the rows.
#[must_use]
pub fn slots(table: &Table, tagger: &Tagger, resolver: &Resolver) -> Vec<Slot> {
    let count = table.rows.iter().map(|r| r.labels.len()).max().unwrap_or(0);
    let mut slots: Vec<Slot> = (0..count).map(|i| slot(table, i, tagger, resolver)).collect();
    constants(table, &mut slots);
    for i in (0..count).filter(|&i| slots[i] == Slot::Other && parts::breaks_down(table, &slots, i)).collect::<Vec<_>>() {
        slots[i] = Slot::Parts;
    }
    if tagger.goods.is_some() && !slots.contains(&Slot::Goods) && !names_goods(table, tagger) {
        unlisted(table, &mut slots);
    }
    slots
}

/// One text below all names of an upper level names none of their regions: `ORANG` below `satuan`.
fn constants(table: &Table, slots: &mut [Slot]) {
    let texts: Vec<usize> = (0..slots.len()).map(|i| distinct(table, i).len()).collect();
    let upper = |i: usize| if let Slot::Region(level) = slots[i] { Some((level, texts[i])) } else { None };
    let varied: Vec<Level> = (0..slots.len()).filter_map(upper).filter(|(_, n)| *n > 1).map(|(level, _)| level).collect();
    for (slot, texts) in slots.iter_mut().zip(texts) {
        if matches!(slot, Slot::Region(level) if texts == 1 && varied.iter().any(|upper| upper < level)) {
            *slot = Slot::Other;
        }
    }
}

fn slot(table: &Table, i: usize, tagger: &Tagger, resolver: &Resolver) -> Slot {
    let empty = Vec::new();
    let caption = table.captions.get(i).unwrap_or(&empty);
    let last = caption.last().map(|l| l.said);
    let tells = |d: Dimension| last.is_some_and(|s| s.tells(d));
    let texts = distinct(table, i);
    // On paper a column of names may have run into that of their numbers: `1 KEC. KUMAI`.
    let lettered = texts.iter().filter(|t| t.chars().filter(|c| c.is_alphabetic()).count() > 3).count() * 2 > texts.len();
    if tells(Dimension::Ordinal) && !tells(Dimension::Level) && !lettered {
        return Slot::Ordinal;
    }
    let codes = texts.iter().filter(|t| t.trim().parse::<Region>().is_ok_and(|r| resolver.regions.knows(r))).count();
    if codes > 0 && codes * 2 > texts.len() && (tells(Dimension::Code) || texts.iter().all(|t| t.contains('.'))) {
        return Slot::Code;
    }
    let headed = |t: &&String| caption.last().is_some_and(|c| when(c.text, t));
    let dated = |t: &&String| tagger.goods.is_none() && is_a_period(t);
    if texts.iter().filter(|t| headed(t) || dated(t)).count() * 2 > texts.len() && texts.len() > 1 {
        return Slot::When;
    }
    let captioned = captioned_level(tagger, caption);
    if ladder(&texts, captioned == Some(Level::Tps), resolver) {
        return Slot::Ladder;
    }
    let stations = texts.iter().filter(|t| station(t).is_some()).count();
    let said = texts.iter().any(|t| t.to_uppercase().contains("TPS"));
    if stations * 2 > texts.len() && (captioned == Some(Level::Tps) || said) || captioned == Some(Level::Tps) && texts.is_empty()
    {
        return Slot::Station;
    }
    if texts.iter().all(|t| t.trim().trim_end_matches(['.', ')']).parse::<u32>().is_ok()) {
        return Slot::Ordinal;
    }
    // `Kecamatan / Jenis Barang`: regions in rows of their own, goods with the figures.
    let goods = tagger.goods.filter(|_| captioned.is_none() || tells(Dimension::Goods)).and_then(|_| goods(&texts, last, tagger));
    goods.unwrap_or_else(|| named(&texts, captioned, tagger, resolver, tells(Dimension::Code)))
}

/// Names of regions among which stations are numbered, over and over; `headed`: the heading says that stations are among them.
fn ladder(texts: &[String], headed: bool, resolver: &Resolver) -> bool {
    let numbered = |t: &&String| (headed || t.to_uppercase().starts_with("TPS")) && station(t).is_some();
    let (stations, names): (Vec<&String>, Vec<&String>) = texts.iter().partition(numbered);
    let known = |t: &&&String| {
        let at = |level| !matches!(resolver.resolve(t, resolver.scope, level), Match::Unknown);
        at(Level::Desa) || at(Level::Kecamatan)
    };
    !stations.is_empty() && names.len() >= 2 && names.iter().filter(known).count() * 2 > names.len()
}

/// A column of goods or of their units: its caption says so, or most of its texts are such.
fn goods(texts: &[String], caption: Option<&Said>, tagger: &Tagger) -> Option<Slot> {
    let headed = |d: Dimension| caption.is_some_and(|s| s.tells(d));
    let most = |d: Dimension| texts.iter().filter(|t| tagger.vocabulary.read(t).tells(d)).count() * 2 > texts.len();
    // `Satuan Kerja` heads no units.
    if headed(Dimension::Unit) && !headed(Dimension::Goods) && caption.is_some_and(|said| said.unknown == 0) {
        return Some(Slot::Unit);
    }
    let words = texts.iter().filter(|t| tagger.vocabulary.read(t).whole() && all_words(tagger, t)).count();
    let measures = texts.iter().filter(|t| tagger.vocabulary.read(t).tells(Dimension::Measure)).count();
    // `dua ribu buah` is an amount in words, no unit.
    let unit = |said: &Said| said.tells(Dimension::Unit) && said.whole();
    let units = texts.iter().filter(|t| unit(&tagger.vocabulary.read(t))).count();
    if headed(Dimension::Goods) && measures * 2 <= texts.len() || most(Dimension::Goods) {
        Some(Slot::Goods)
    } else if units * 2 > texts.len() && words == 0 {
        Some(Slot::Unit)
    } else {
        None
    }
}

/// Whether the headings, groups or titles of a table name goods.
fn names_goods(table: &Table, tagger: &Tagger) -> bool {
    let named = |l: &Label| tagger.label(l.text, l.said).goods.is_some();
    let headings = table.cols.iter().flat_map(|c| c.labels.iter().flatten());
    headings.chain(&table.groups).chain(table.titles.iter().flatten()).any(named)
}

/// Where nothing names goods, the column of names that are nobody's lists them: goods that no schema knows.
fn unlisted(table: &Table, slots: &mut [Slot]) {
    let named = |i: usize| table.captions.get(i).and_then(|c| c.last()).is_some_and(|l| l.said.tells(Dimension::Name));
    if let Some(i) = (0..slots.len()).find(|&i| slots[i] == Slot::Other && named(i)) {
        slots[i] = Slot::Goods;
    }
}

/// A column of texts: names of regions of some level, compound names, other dimensions' words, or something else.
fn named(texts: &[String], captioned: Option<Level>, tagger: &Tagger, resolver: &Resolver, coded: bool) -> Slot {
    let best = best_level(texts, captioned, resolver);
    // `Dusun Hilir` is a kecamatan, whatever its first word says elsewhere.
    let name = |t: &str| {
        best.and_then(|(level, _)| resolver.certain(t, resolver.scope, level)).is_some_and(|region| resolver.spells(t, region))
    };
    let words = texts.iter().filter(|t| all_words(tagger, t) && !name(t)).count();
    let hits = best.map_or(0, |b| b.1);
    let paths =
        if hits * 2 > texts.len() { 0 } else { texts.iter().filter(|t| resolver.path(t, resolver.scope).is_some()).count() };
    if paths * 2 > texts.len() {
        return Slot::Path;
    }
    match (captioned.filter(|&l| l < Level::Tps), best) {
        (Some(level), Some((found, hits))) if found != level && hits * 2 > texts.len() => Slot::Region(found),
        (_, Some((_, hits))) if words > hits => Slot::Words,
        (None, Some((level, hits))) if hits * 2 >= texts.len() && hits > words => Slot::Region(level),
        _ if coded && hits == 0 => Slot::Other,
        (Some(level), _) if words * 2 <= texts.len() => Slot::Region(level),
        _ if words > 0 && words * 3 >= texts.len() => Slot::Words,
        (None, Some((level, hits))) if hits * 3 >= texts.len() => Slot::Region(level),
        _ => Slot::Other,
    }
}

/// Whether caption and value together name a part of the year.
fn when(caption: &str, value: &str) -> bool {
    period::find_partial(value).is_empty() && !period::find_partial(&format!("{caption} {value}")).is_empty()
}

/// Whether a text names a part of a year and says nothing else.
fn is_a_period(text: &str) -> bool {
    let text = text.trim();
    let full = period::find(text).into_iter().filter(|f| f.how >= period::How::Month).map(|f| f.at).next();
    full.or_else(|| period::find_partial(text).into_iter().map(|(_, at)| at).next()).is_some_and(|at| at == (0..text.len()))
}

/// The different texts of a slot, totals left out, in order of appearance; at most [`SAMPLE`].
fn distinct(table: &Table, i: usize) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let numbers: Vec<usize> = (0..i).filter(|&c| counts(table, c)).collect();
    // `Jumlah` in the column of numbers: what stands beside it is the name of what is summed up.
    let sum = |line: &Line| numbers.iter().any(|&c| line.labels.get(c).copied().flatten().is_some_and(|l| sums_up(&l)));
    let rows = table.rows.iter().filter(|line| !sum(line));
    let labels = rows.filter_map(|r| r.labels.get(i).copied().flatten()).filter(|l| !l.carried);
    let texts = labels.filter(|l: &Label| !sums_up(l)).map(|l| table.shown(&l));
    texts.filter(|t| !t.trim().is_empty() && seen.insert(t.clone())).take(SAMPLE).collect()
}

/// Whether most labels of a column, sums left out, are running numbers.
fn counts(table: &Table, i: usize) -> bool {
    let labels = || table.rows.iter().filter_map(|r| r.labels.get(i).copied().flatten()).filter(|l| !sums_up(l));
    let number = |l: &Label| l.text.trim_end_matches(['.', ')']).parse::<u32>().is_ok() || l.text.is_empty();
    labels().filter(number).count() * 2 > labels().count()
}

/// A label that says `jumlah` and no more than what a total says: a level, a measure, or words nobody knows (a group's name).
fn sums_up(label: &Label) -> bool {
    label.said.senses.first().is_some_and(|s| s.dimension == Dimension::Total)
}

fn captioned_level(tagger: &Tagger, caption: &[Label]) -> Option<Level> {
    let said = caption.last()?.said;
    said.senses.iter().filter(|s| s.dimension == Dimension::Level).filter_map(|s| level(tagger.vocabulary.value(s.value))).max()
}

/// Whether a text is nothing but known words that say what, whose or when.
fn all_words(tagger: &Tagger, text: &str) -> bool {
    let said = tagger.vocabulary.read(text);
    let tags: Tags = tagger.label(text, &said);
    // Where goods are counted, `DPT+2%` is the norm of a need, and says nothing of the figures beside it.
    (tags.speaks() || tags.aside && tagger.goods.is_none()) && said.unknown * 2 <= said.words
}

/// The level at which most of the texts are regions inside the scope; ties go to the upper level.
fn best_level(texts: &[String], captioned: Option<Level>, resolver: &Resolver) -> Option<(Level, usize)> {
    let hits = |level: Level| {
        let found = texts.iter().filter(|t| !matches!(resolver.resolve(t, resolver.scope, level), Match::Unknown)).count();
        (level, found)
    };
    if let Some(level) = captioned.filter(|&l| l < Level::Tps) {
        let own = hits(level);
        // Under `Kecamatan / Desa` kecamatan alone may be listed; many a desa is called like its kecamatan.
        let certain = |above: &Level| texts.iter().filter(|t| resolver.certain(t, resolver.scope, *above).is_some()).count();
        let above = level.above().filter(|above| *above > resolver.scope.level()).map(|above| (above, certain(&above)));
        if let Some(above) = above.filter(|a| a.1 > own.1 && a.1 * 10 >= texts.len() * 9) {
            return Some(above);
        }
        if own.1 * 2 >= texts.len().max(1) {
            return Some(own);
        }
    }
    let mut level = resolver.scope.level();
    let mut best: Option<(Level, usize)> = None;
    while let Some(below) = level.below().filter(|&l| l < Level::Tps) {
        let found = hits(below);
        if found.1 > best.map_or(0, |b| b.1) {
            best = Some(found);
        }
        if best.is_some_and(|b| b.1 * 10 >= texts.len() * 9) {
            break;
        }
        level = below;
    }
    best
}

/// The number of a polling station: `007`, `TPS 7`, `TPS 007`, `7.`.
#[must_use]
pub fn station(text: &str) -> Option<u32> {
    let upper = text.trim().to_uppercase();
    let bare = upper.trim_start_matches(|c: char| c.is_alphabetic() || c == '.' || c == ' ' || c == '-');
    let rest = bare.trim_end_matches(['.', ' ']);
    let named = upper.starts_with("TPS") || upper.starts_with("NO") || upper.len() == bare.len();
    rest.parse().ok().filter(|&n| named && n > 0)
}

/// The station a column is about: `TPS 001` over it, or a number under a heading that says TPS.
pub(super) fn column_station<'l>(labels: impl Iterator<Item = &'l Label<'l>>, tags: &Tags, table: &Table) -> Option<u32> {
    let mut under = false;
    for label in labels {
        let shown = table.shown(label);
        let says = shown.to_uppercase().contains("TPS");
        if let Some(number) = station(&shown).filter(|_| says || under) {
            return Some(number);
        }
        under |= says || tags.level == Some(Level::Tps) && label.said.words > 0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::station;

    #[test]
    fn station_numbers_are_read_with_and_without_their_word() {
        for (text, number) in [("007", 7), ("TPS 7", 7), ("TPS-012", 12), ("tps. 003", 3), ("901", 901)] {
            assert_eq!(station(text), Some(number), "{text}");
        }
        for text in ["KUMAI", "RW 3", "0", "TPS", "7a"] {
            assert_eq!(station(text), None, "{text}");
        }
    }
}
