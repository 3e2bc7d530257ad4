//! Titles say whether a table is about all that is counted.

use std::collections::BTreeSet;

use crate::normalise::{number, text};

use super::{Dimension, Vocabulary, split};

/// The meaning of words that make a title one of something else.
const APART: &str = "judul_lain";

/// That of words that titles often carry.
const USUAL: &str = "judul_biasa";

/// That of words behind which a title names what only goes with what it is about.
const BESIDE: &str = "judul_penyerta";

/// The words that matter in titles.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// Phrases that speak of something else than all that is counted.
    apart: Vec<Vec<String>>,
    /// Words that titles of the kind carry besides known phrases.
    usual: BTreeSet<String>,
    /// Words behind which something only goes with what the title is about.
    beside: BTreeSet<String>,
}

impl Titles {
    /// Takes in phrases of a meaning, where it is one of titles.
    pub(super) fn learn(&mut self, meaning: &str, phrases: &[String]) {
        let words = || phrases.iter().flat_map(|phrase| split(phrase));
        match meaning {
            APART => self.apart.extend(phrases.iter().map(|phrase| split(phrase))),
            USUAL => self.usual.extend(words()),
            BESIDE => self.beside.extend(words()),
            _ => {}
        }
    }

    /// The longest phrase for something else that the words begin with.
    fn apart(&self, words: &[String]) -> Option<&[String]> {
        self.apart.iter().filter(|phrase| words.starts_with(phrase)).max_by_key(|phrase| phrase.len()).map(Vec::as_slice)
    }
}

impl Vocabulary {
    /// What a title names instead of all that is counted: `Rekapitulasi Pemilih Disabilitas`. `None` where it only goes with that: `Rekapitulasi
    /// Pemilih dan Pemilih Disabilitas`.
    #[must_use]
    pub fn apart(&self, title: &str) -> Option<String> {
        let words = text::words(title);
        let beside = |at: usize| {
            let joins = |w: &String| self.titles.beside.contains(w);
            words[..at].iter().rev().find(|w| joins(w) || !self.is_generic(w)).is_some_and(joins)
        };
        (0..words.len())
            .find_map(|at| self.titles.apart(&words[at..]).filter(|_| !beside(at)))
            .map(|phrase| phrase.join(" ").to_lowercase())
    }

    /// The folded words of a title that belong to no known phrase and that such titles do not usually carry; no numbers and single letters.
    pub fn strange(&self, title: &str) -> Vec<String> {
        let words = split(title);
        let (mut at, mut strange) = (0, Vec::new());
        while let Some(word) = words.get(at) {
            let phrase = self.phrase_at(&words[at..]).map(|(length, _)| length);
            if let Some(length) = phrase.or_else(|| self.titles.apart(&words[at..]).map(<[String]>::len)) {
                at += length;
                continue;
            }
            let counts = word.chars().any(|c| c.is_ascii_digit()) || number::roman(word).is_some();
            if word.chars().count() > 1 && !counts && !self.titles.usual.contains(word) {
                strange.push(word.clone());
            }
            at += 1;
        }
        strange
    }

    /// Whether a word says by itself only that things are counted: `pemilih`, `jumlah`, `data`.
    fn is_generic(&self, word: &str) -> bool {
        let said = self.phrases_of(word);
        said.tells(Dimension::Total) || said.tells(Dimension::Filler) || said.value(Dimension::Measure).is_some()
    }
}
