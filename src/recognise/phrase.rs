//! Phrases of the schemas, and whether they stand in a line: whole words in order, forgiving the slips that titles are full of.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use strsim::osa_distance;

use crate::normalise::text;

/// A phrase ready for comparing.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Runs of words; between two runs other words may stand (`pemilih .. berkelanjutan`).
    runs: Vec<Vec<Pattern>>,
    /// It must begin the line (`^berita acara`).
    anchored: bool,
}

/// One word of it.
#[derive(Clone, Debug)]
enum Pattern {
    /// This word; a long one may have a slip or two.
    Word(String),
    /// A word that begins so (`inventaris*`).
    Beginning(String),
}

/// From this many letters on, one slip is forgiven; from [`TWO_SLIPS`] on, two. Shorter words of other meaning are too near
/// (`DPT`/`DPS`, `BARU`/`BARI`).
const ONE_SLIP: usize = 9;
const TWO_SLIPS: usize = 12;
/// Most words in a gap.
const GAP: usize = 4;

thread_local! {
    /// The phrases of the schemas, made ready once: every document is looked at with all of them.
    static READY: RefCell<HashMap<String, Rc<Phrase>>> = RefCell::default();
}

impl Phrase {
    /// A phrase as a schema has it, made ready once for all documents.
    pub fn of(printed: &str) -> Rc<Self> {
        READY.with_borrow_mut(|ready| match ready.get(printed) {
            Some(phrase) => Rc::clone(phrase),
            None => Rc::clone(ready.entry(printed.to_owned()).or_insert_with(|| Rc::new(Self::new(printed)))),
        })
    }

    /// A phrase as a schema has it.
    pub fn new(printed: &str) -> Self {
        let run = |part: &str| part.split_whitespace().flat_map(patterns).collect::<Vec<_>>();
        let runs = printed.split(" .. ").map(run).filter(|r| !r.is_empty()).collect();
        Self { runs, anchored: printed.trim_start().starts_with('^') }
    }

    /// Whether it counts only at the beginning of a line.
    pub const fn is_anchored(&self) -> bool {
        self.anchored
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.runs.iter().map(Vec::len).sum()
    }

    /// How many words it may stretch over.
    pub fn stretch(&self) -> usize {
        self.len() + self.runs.len().saturating_sub(1) * GAP
    }

    /// Where it first stands among folded words.
    pub fn find<S: AsRef<str>>(&self, words: &[S]) -> Option<usize> {
        let (first, others) = self.runs.split_first()?;
        let last = if self.anchored { 0 } else { words.len().checked_sub(self.len())? };
        (0..=last).find(|&at| {
            let mut end = Some(at).filter(|&at| stands(first, words, at)).map(|at| at + first.len());
            for run in others {
                end = end.and_then(|from| (from..=from + GAP).find(|&at| stands(run, words, at))).map(|at| at + run.len());
            }
            end.is_some()
        })
    }
}

/// The words of one token of a phrase: `K/L` is two, `inventaris*` a beginning.
fn patterns(token: &str) -> Vec<Pattern> {
    let mut folded: Vec<Pattern> = text::words(token).into_iter().map(Pattern::Word).collect();
    if token.ends_with('*')
        && let Some(Pattern::Word(last)) = folded.pop()
    {
        folded.push(Pattern::Beginning(last));
    }
    folded
}

/// Whether a run of words stands at this place.
fn stands<S: AsRef<str>>(run: &[Pattern], words: &[S], at: usize) -> bool {
    words.get(at..at + run.len()).is_some_and(|w| w.iter().zip(run).all(|(a, b)| b.fits(a.as_ref())))
}

/// The distinct words of everything seen: most phrases can be ruled out without reading a line.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    words: BTreeSet<&'a str>,
    /// Those long enough to be forgiven a slip.
    long: Vec<&'a str>,
}

impl<'a> Vocabulary<'a> {
    /// Of these words.
    pub fn new(words: impl Iterator<Item = &'a str>) -> Self {
        let words: BTreeSet<&str> = words.collect();
        let long = words.iter().copied().filter(|w| w.len() + 1 >= ONE_SLIP).collect();
        Self { words, long }
    }

    /// Whether every word of the phrase occurs somewhere.
    pub fn may_hold(&self, phrase: &Phrase) -> bool {
        phrase.runs.iter().flatten().all(|pattern| match pattern {
            Pattern::Beginning(start) => self.words.range(start.as_str()..).next().is_some_and(|w| w.starts_with(start)),
            Pattern::Word(word) => {
                self.words.contains(word.as_str()) || word.len() >= ONE_SLIP && self.long.iter().any(|w| alike(word, w))
            }
        })
    }
}

impl Pattern {
    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Beginning(start) => word.starts_with(start.as_str()),
            Self::Word(expected) => expected == word || alike(expected, word),
        }
    }
}

/// Long words that differ by a slip: `PEMUTAKHIRAN` and `PEMUKTAHIRAN`.
fn alike(expected: &str, word: &str) -> bool {
    let slips = match expected.len() {
        0..ONE_SLIP => return false,
        ONE_SLIP..TWO_SLIPS => 1,
        _ => 2,
    };
    // A slip changes the length by one at most, and brings in and takes out one letter at most; anything else is another word, and
    // comparing it would cost.
    word.len().abs_diff(expected.len()) <= slips
        && word.as_bytes().first() == expected.as_bytes().first()
        && (letters(word) & !letters(expected)).count_ones() as usize <= slips
        && (letters(expected) & !letters(word)).count_ones() as usize <= slips
        && osa_distance(expected, word) <= slips
}

/// Which ASCII letters and digits occur in a word, as bits.
fn letters(word: &str) -> u64 {
    word.bytes().filter(u8::is_ascii).fold(0, |bits, b| bits | 1 << (b & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(phrase: &str, line: &str) -> bool {
        Phrase::new(phrase).find(&text::words(line)).is_some()
    }

    #[test]
    fn slips_in_long_words_are_forgiven() {
        for line in [
            "REKAP PEMUTAKHIRAN DATA PEMILIH",
            "Pemuktahiran Data Pemilih",
            "pemutahiran data pemilih",
            "PEMUTAKHIRAN  DATA-PEMILIH 2025",
        ] {
            assert!(holds("pemutakhiran data pemilih", line), "{line}");
        }
        assert!(holds("^berita acara", "BERITA ACARA NOMOR 1"));
        assert!(holds("inventaris*", "Inventarisasi Logistik"));
        assert!(holds("pemilih .. berkelanjutan", "DAFTAR PEMILIH HASIL PEMUTAKHIRAN BERKELANJUTAN"));
        assert!(holds("pemilih .. berkelanjutan", "Pemilih Berkelanjutan"));
        assert!(holds("rka k l", "RKA-K/L 2025"));
    }

    #[test]
    fn other_words_are_other_words() {
        for (phrase, line) in [
            ("dpt", "DPS 2024"),
            ("dpt", "DPTB"),
            ("rab", "KAB. SIGI"),
            ("pemutakhiran data pemilih", "data pemilih pemutakhiran"),
            ("pemilih baru", "pemilih bari"),
            ("^berita acara", "LAMPIRAN BERITA ACARA"),
            ("pemilih .. berkelanjutan", "pemilih satu dua tiga empat lima berkelanjutan"),
            ("pemilih .. berkelanjutan", "pembangunan berkelanjutan pemilih"),
            ("", "apa saja"),
        ] {
            assert!(!holds(phrase, line), "{phrase} in {line}");
        }
    }
}
