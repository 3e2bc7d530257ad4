//! Names of regions in one document: each resolved once, inside the office that sent it; in titles, in compound names, in columns.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::{Level, Region};
use crate::normalise::region::{Match, Regions};
use crate::normalise::text;
use crate::tables::axes::Label;
use crate::tables::words::{Dimension, Vocabulary, unnumbered};

use super::slots::station;
use super::tags::{Tags, level};

/// Resolves names for one document.
#[derive(Debug)]
pub struct Resolver<'a> {
    /// The reference list.
    pub regions: &'a Regions,
    /// The document's office: names are looked for inside it.
    pub scope: Region,
    vocabulary: &'a Vocabulary,
    known: RefCell<HashMap<(Region, Level), HashMap<String, Match>>>,
}

impl<'a> Resolver<'a> {
    /// For names inside `scope`.
    #[must_use]
    pub fn new(regions: &'a Regions, scope: Region, vocabulary: &'a Vocabulary) -> Self {
        Self { regions, scope, vocabulary, known: RefCell::default() }
    }

    /// Resolves a name among the regions of `level` inside `parent`.
    #[must_use]
    pub fn resolve(&self, name: &str, parent: Region, level: Level) -> Match {
        if let Some(found) = self.known.borrow().get(&(parent, level)).and_then(|names| names.get(name)) {
            return found.clone();
        }
        let bare = unnumbered(name).or_else(|| behind_number(name)).or_else(|| before_bracket(name));
        let found = match (self.regions.resolve(name, parent, level), bare) {
            (Match::Unknown, Some(bare)) => self.regions.resolve(bare, parent, level),
            (found, _) => found,
        };
        let found = if found == Match::Unknown { self.cut_off(name, parent, level).unwrap_or(found) } else { found };
        self.known.borrow_mut().entry((parent, level)).or_default().insert(name.to_owned(), found.clone());
        found
    }

    /// Whether the name of some region of the document's province has this word.
    #[must_use]
    pub fn names_with(&self, word: &str) -> bool {
        let province = self.scope.up_to(self.scope.level().min(Level::Provinsi));
        let has = |r: &Region| self.regions.name(*r).is_some_and(|name| text::words(name).iter().any(|w| w == word));
        let below = [Level::Provinsi, Level::Kabkota, Level::Kecamatan, Level::Desa].into_iter();
        has(&province) || below.filter(|l| *l > province.level()).any(|l| self.regions.inside(province, l).iter().any(has))
    }

    /// `KECAMATAN BARITO TUHUP R`: the only name that goes on like this, where the edge of its cell has cut off the last letters.
    fn cut_off(&self, name: &str, parent: Region, level: Level) -> Option<Match> {
        let mut words = text::words(unnumbered(name).unwrap_or(name));
        if words.len() > 1 && self.level_word(&words[0]) == Some(level) {
            words.remove(0);
        }
        let printed = words.join(" ");
        let whole = |r: &&Region| {
            let key = text::key(self.regions.bare_name(**r).unwrap_or_default());
            key.strip_prefix(&printed).is_some_and(|rest| !rest.is_empty()).then_some(key.len())
        };
        let mut like = self.regions.inside(parent, level).iter().filter_map(|r| Some((*r, whole(&r)?)));
        let (Some((region, length)), None) = (like.next(), like.next()) else { return None };
        #[expect(clippy::cast_precision_loss, reason = "lengths of names")]
        let score = printed.len() as f64 / length as f64;
        (printed.len() >= LEAST_LEFT && score >= LEAST_SHARE).then_some(Match::Similar(region, score))
    }

    /// Resolves the names of a column together, so that they settle each other's namesakes; [`Resolver::resolve`] then knows them.
    pub fn settle(&self, names: &[(String, Region)], level: Level) {
        let asked: Vec<(&str, Region)> = names.iter().map(|(n, p)| (n.as_str(), *p)).collect();
        let found = self.regions.resolve_column(&asked, level);
        let mut known = self.known.borrow_mut();
        for ((name, parent), found) in names.iter().zip(found) {
            known.entry((*parent, level)).or_default().insert(name.clone(), found);
        }
    }

    /// The region of `level` a name certainly means.
    #[must_use]
    pub fn certain(&self, name: &str, parent: Region, level: Level) -> Option<Region> {
        match self.resolve(name, parent, level) {
            Match::Certain(region) => Some(region),
            _ => None,
        }
    }

    /// Whether a printed name is the region's own to the letter, so that no word of it says anything else: `Medan Kota` is a kecamatan,
    /// not the Kota Medan around it. The word of its level may stand before: `KEC. LUAS`.
    #[must_use]
    pub fn spells(&self, printed: &str, region: Region) -> bool {
        let name = text::key(self.regions.name(region).unwrap_or_default());
        let words = text::key(unnumbered(printed).unwrap_or(printed));
        let levelled = |(word, rest): (&str, &str)| self.level_word(word) == Some(region.level()) && rest == name;
        words == name || words.split_once(' ').is_some_and(levelled)
    }

    /// The deepest region below `base` that a title names by its level (`KECAMATAN KUMAI`, `DESA X KECAMATAN Y`): behind each level word
    /// the most words that are certainly a name of that level.
    #[must_use]
    pub fn titled(&self, title: &str, base: Region) -> Option<Region> {
        let words = text::words(title);
        let mut levels: Vec<(Level, usize)> =
            words.iter().enumerate().filter_map(|(i, w)| Some((self.level_word(w)?, i + 1))).collect();
        levels.sort_by_key(|(level, _)| *level);
        let mut found = None;
        for (level, start) in levels {
            let parent = found.unwrap_or(base);
            if level > parent.level() && level < Level::Tps {
                // The level word may belong to the name: Kampung Apar is not Apar.
                found = self
                    .longest(&words[start - 1..], parent, level)
                    .or_else(|| self.longest(&words[start..], parent, level))
                    .or(found);
            }
        }
        found
    }

    /// `TPS 002`: nothing but the number of a station.
    #[must_use]
    pub fn is_station(&self, text: &str) -> bool {
        let first = text.split_whitespace().next().unwrap_or_default();
        self.level_word(first) == Some(Level::Tps) && station(text).is_some()
    }

    fn level_word(&self, word: &str) -> Option<Level> {
        let said = self.vocabulary.read(word);
        said.senses.iter().find(|s| s.dimension == Dimension::Level).and_then(|s| level(self.vocabulary.value(s.value)))
    }

    /// The region that the first words of a text certainly mean, the most words first.
    fn longest(&self, words: &[String], parent: Region, level: Level) -> Option<Region> {
        let most = words.len().min(LONGEST_NAME);
        (1..=most).rev().find_map(|n| self.certain(&words[..n].join(" "), parent, level))
    }

    /// The region a compound name leads to (`Bonjol / Limo Koto / 001`, `TPS 001 Desa Murung`), each part a level below the one before,
    /// in either order. `None` unless every part is certain and there are at least two.
    #[must_use]
    pub fn path(&self, name: &str, base: Region) -> Option<Region> {
        if let Some(found) = self.station_of(name, base) {
            return Some(found);
        }
        CUTS.iter().find_map(|cuts| self.path_of(self.segments(name, cuts), base))
    }

    /// The region that these parts lead to, in either order.
    fn path_of(&self, mut parts: Vec<Segment>, base: Region) -> Option<Region> {
        if parts.len() < 2 {
            return None;
        }
        self.walk(&parts, base).or_else(|| {
            parts.reverse();
            self.walk(&parts, base)
        })
    }

    /// `TPS 001 Desa Murung Keramat`: a station's number before or behind the name of its desa.
    fn station_of(&self, name: &str, base: Region) -> Option<Region> {
        let words = text::words(name);
        let at = words.windows(2).position(|w| self.level_word(&w[0]) == Some(Level::Tps) && w[1].parse::<u32>().is_ok())?;
        let number = words[at + 1].parse().ok()?;
        let rest: Vec<&str> = words[..at].iter().chain(&words[at + 2..]).map(String::as_str).collect();
        let rest = rest.join(" ");
        let desa = self.titled(&rest, base).or_else(|| self.certain(&rest, base, Level::Desa))?;
        desa.station(number)
    }

    fn walk(&self, parts: &[Segment], base: Region) -> Option<Region> {
        parts.iter().try_fold(base, |region, part| {
            let number = part.name.parse::<u32>().ok();
            if let Some(number) = number.filter(|_| region.level() == Level::Desa && part.level.is_none_or(|l| l == Level::Tps)) {
                return region.station(number);
            }
            let mut level = part.level.or(region.level().below())?;
            loop {
                if level >= Level::Tps || level <= region.level() {
                    return None;
                }
                if let Some(found) = self.certain(&part.name, region, level) {
                    return Some(found);
                }
                level = level.below().filter(|_| part.level.is_none())?;
            }
        })
    }

    /// The parts of a compound name: cut at these separators, or, without any, at its level words.
    fn segments(&self, name: &str, cuts: &[&str]) -> Vec<Segment> {
        let cut = cuts.iter().fold(name.to_owned(), |text, separator| text.replace(separator, "\u{1f}"));
        let parts: Vec<&str> = cut.split('\u{1f}').map(str::trim).filter(|p| !p.is_empty()).collect();
        if parts.len() > 1 {
            return parts.into_iter().map(Self::segment).collect();
        }
        let mut segments: Vec<Segment> = Vec::new();
        for word in text::words(name) {
            let joins = segments.last().is_some_and(|s| s.name.is_empty());
            match self.level_word(&word) {
                Some(level) if joins => segments.last_mut().into_iter().for_each(|s| s.level = s.level.max(Some(level))),
                Some(level) => segments.push(Segment { level: Some(level), name: String::new() }),
                None if segments.is_empty() => segments.push(Segment { level: None, name: word }),
                None => segments.last_mut().into_iter().for_each(|s| s.push(&word)),
            }
        }
        segments.retain(|s| !s.name.is_empty());
        segments
    }

    /// One part between separators; a station keeps only its number.
    fn segment(part: &str) -> Segment {
        match station(part) {
            Some(number) => Segment { level: None, name: number.to_string() },
            None => Segment { level: None, name: part.to_owned() },
        }
    }
}

/// `12 KEC. KUMAI`: what stands behind a running number.
fn behind_number(name: &str) -> Option<&str> {
    let (number, rest) = name.trim().split_once(char::is_whitespace)?;
    number.chars().all(|c| c.is_ascii_digit()).then_some(rest.trim_start())
}

/// `Kumai (hasil pleno PPK)`: what stands before a remark in brackets of several words.
fn before_bracket(name: &str) -> Option<&str> {
    let (before, inside) = name.trim().strip_suffix(')')?.split_once('(')?;
    (inside.split_whitespace().count() > 1 && !before.trim().is_empty()).then_some(before.trim_end())
}

/// Separators of compound names, tried in turn: a stroke may belong to a name (`Pasar Panas/Taniran`).
const CUTS: [&[&str]; 2] = [&[" - ", "|", ";", ">", "–", "—", "\n"], &[" - ", "|", ";", ">", "–", "—", "\n", "/"]];

/// What must be left of a name that was cut off, in letters and as a share of it.
const LEAST_LEFT: usize = 8;
const LEAST_SHARE: f64 = 0.6;

/// No region's name has more words.
const LONGEST_NAME: usize = 7;

/// A part of a compound name.
struct Segment {
    level: Option<Level>,
    name: String,
}

impl Segment {
    fn push(&mut self, word: &str) {
        if !self.name.is_empty() {
            self.name.push(' ');
        }
        self.name.push_str(word);
    }
}
/// More words are a remark, not a name.
const LONGEST_LABEL: u16 = 5;

/// Whether a group label that resolves to no region is the name of one all the same: it says a level, or heads `stations`.
pub(super) fn names_another(group: &Label, own: Tags, stations: bool) -> bool {
    let heads = stations && group.said.senses.is_empty() && group.said.words <= LONGEST_LABEL;
    group.said.unknown > 0 && !own.aside && (own.level.is_some() && group.said.opens || heads)
}
