//! Equal names: a sorted array from the hash of a name's key to its places, one for each level, made when first needed.

use std::ops::Range;

use crate::model::{Level, Region};
use crate::normalise::text;

use super::list::Layer;
use super::printed::{self, Kind};

/// How a key stands to the official name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It is the official name.
    Own,
    /// It is one of the aliases.
    Alias,
    /// The official name with abbreviations written out and numbers in digits.
    Spelled,
    /// The official name without a level word that is part of it (`Gampong Drien` → `Drien`).
    Short,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    hash: u64,
    at: u32,
    rank: Rank,
}

/// The keys of one level.
#[derive(Debug)]
pub(super) struct Index(Vec<Entry>);

impl Index {
    pub(super) fn new(layer: &Layer, level: Level, aliases: &[(Region, String)]) -> Self {
        let mut entries = Vec::with_capacity(layer.codes().len() * 5 / 4);
        for (i, at) in (0..layer.codes().len()).zip(0..) {
            let words = own_words(layer, i, level);
            let own = printed::compact(&words);
            let mut add = |key: &str, rank| entries.push(Entry { hash: hash(key), at, rank });
            add(&own, Rank::Own);
            let spelled = printed::compact(&printed::spelled_out(&words));
            if spelled != own {
                add(&spelled, Rank::Spelled);
            }
            if level >= Level::Kecamatan
                && let Some(short) = printed::without_level(&words, level).first()
            {
                add(&printed::compact(&short.words), Rank::Short);
            }
        }
        for (region, name) in aliases.iter().filter(|(r, _)| r.level() == level) {
            let at = layer.position(*region).and_then(|at| u32::try_from(at).ok());
            let words = text::words(if level == Level::Kabkota { printed::without_type(name) } else { name });
            entries.extend(at.map(|at| Entry { hash: hash(&printed::compact(&words)), at, rank: Rank::Alias }));
        }
        entries.sort_unstable();
        Self(entries)
    }

    /// The places within `range` whose key of one of `ranks` is `key`, in code order.
    pub(super) fn find(&self, key: &str, range: &Range<usize>, ranks: &[Rank]) -> Vec<usize> {
        let hash = hash(key);
        let from = self.0.partition_point(|e| (e.hash, e.at as usize) < (hash, range.start));
        let equal = self.0[from..].iter().take_while(|e| e.hash == hash && (e.at as usize) < range.end);
        let mut found: Vec<usize> = equal.filter(|e| ranks.contains(&e.rank)).map(|e| e.at as usize).collect();
        found.dedup();
        found
    }
}

/// The words of an official name as keys compare them; a kab/kota's without its type.
pub(super) fn own_words(layer: &Layer, position: usize, level: Level) -> Vec<String> {
    let name = layer.name(position);
    text::words(if level == Level::Kabkota { printed::without_type(name) } else { name })
}

/// Which of two regions of one name this is.
pub(super) fn kind(layer: &Layer, position: usize) -> Kind {
    let region = layer.codes()[position];
    match region.level() {
        Level::Kabkota if text::key(layer.name(position)).starts_with("KOTA ") => Kind::Kota,
        Level::Kabkota => Kind::Kabupaten,
        // The first of the last four digits: 1 kelurahan, 2 desa, 3 desa adat.
        Level::Desa if region.to_string().as_bytes().get(9) == Some(&b'1') => Kind::Kelurahan,
        Level::Desa => Kind::Desa,
        _ => Kind::Any,
    }
}

/// FNV-1a over 64 bits: stable on every machine, and no two of the list's keys share a value (a test holds that).
fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::super::Regions;
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_two_keys_share_a_hash() {
        let regions = Regions::builtin().unwrap();
        let mut seen: BTreeMap<u64, String> = BTreeMap::new();
        for level in [Level::Provinsi, Level::Kabkota, Level::Kecamatan, Level::Desa] {
            let layer = regions.layer(level).unwrap();
            for i in 0..layer.codes().len() {
                let key = printed::compact(&own_words(layer, i, level));
                let other = seen.entry(hash(&key)).or_insert_with(|| key.clone());
                assert_eq!(*other, key);
            }
        }
    }

    #[test]
    fn kinds_come_from_name_and_code() {
        let regions = Regions::builtin().unwrap();
        let of = |code: &str| {
            let region: Region = code.parse().unwrap();
            let layer = regions.layer(region.level()).unwrap();
            kind(layer, layer.position(region).unwrap())
        };
        assert_eq!(of("62.04"), Kind::Kabupaten);
        assert_eq!(of("63.02"), Kind::Kabupaten); // Kabupaten Kotabaru
        assert_eq!(of("62.71"), Kind::Kota);
        assert_eq!(of("31.71"), Kind::Kota);
        assert_eq!(of("33.73.04.1001"), Kind::Kelurahan);
        assert_eq!(of("11.01.01.2001"), Kind::Desa);
    }
}
