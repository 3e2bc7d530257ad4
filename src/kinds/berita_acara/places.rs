//! Names of places in the paper: a number word inside one is no number (`Empat Lawang`, `Muara Dua`, `Kepulauan Seribu`), and a row
//! that bears one alone is about that place.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::Region;
use crate::normalise::region::Regions;
use crate::normalise::text::{self, Word};
use crate::tables::words::unnumbered;

/// No name of a place has more words.
const LONGEST: usize = 7;

/// The places a paper of one office may name.
#[derive(Debug, Default)]
pub struct Places {
    /// Keys of the names of the office's own region, of those it lies in, and of those right below it.
    names: BTreeSet<String>,
    /// Keys of the names right below it.
    below: BTreeSet<String>,
    /// Keys of the names of the office's own region that no region right below it bears.
    own: BTreeSet<String>,
}

impl Places {
    /// For the office of a region.
    pub fn new(regions: &Regions, scope: Region) -> Self {
        let below: BTreeSet<String> = regions.children(scope).iter().filter_map(|&r| regions.name(r)).map(text::key).collect();
        let bearing = [regions.name(scope), regions.bare_name(scope)].into_iter().flatten().map(text::key);
        let own_names = bearing.filter(|name| !below.contains(name)).collect();
        let own = std::iter::successors(Some(scope), |r| regions.name(*r).map(|_| r.parent()));
        let own = own.flat_map(|r| [regions.name(r), regions.bare_name(r)]).flatten().map(text::key);
        let names = own.chain(below.iter().cloned()).filter(|name| name.contains(' ')).collect();
        Self { names, below, own: own_names }
    }

    /// Where a text names them, longer names before those they contain.
    pub fn named(&self, text: &str) -> Vec<Range<usize>> {
        let words = text::words_at(text);
        let mut found = Vec::new();
        let mut i = 0;
        while i < words.len() {
            let most = LONGEST.min(words.len() - i);
            match (2..=most).rev().find(|n| self.names.contains(&joined(&words[i..i + n]))) {
                Some(n) => {
                    found.push(words[i].at.start..words[i + n - 1].at.end);
                    i += n;
                }
                None => i += 1,
            }
        }
        found
    }

    /// Whether a cell holds nothing but the name of the office's own region.
    pub fn is_own(&self, cell: &str) -> bool {
        self.own.contains(&text::key(unnumbered(cell).unwrap_or(cell)))
    }

    /// Whether a cell holds nothing but the name of a region right below the office's.
    pub fn is_below(&self, cell: &str) -> bool {
        self.below.contains(&text::key(unnumbered(cell).unwrap_or(cell)))
    }
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whole() {
        let regions = Regions::builtin().unwrap();
        let places = Places::new(&regions, "16.11".parse().unwrap());
        let text = "KPU Kabupaten Empat Lawang, 4 (empat) kecamatan";
        let found: Vec<&str> = places.named(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(found, ["Kabupaten Empat Lawang"]);
        assert!(places.is_below("MUARA PINANG") && places.is_below("1. Pasemah Air Keruh"));
        assert!(!places.is_below("Empat Lawang") && !places.is_below("JUMLAH"));
    }
}
