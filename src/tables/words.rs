//! What the words of a heading or label mean, by the vocabulary of `schemas/`: the longest known phrases in it, and what is left over.

mod known;
mod titles;

use std::collections::BTreeMap;

use crate::model::schema::Meaning;
use crate::normalise::text;

use super::letters::{brackets, each, joined, lone_sign, out_of_brackets, rejoined, unspaced};
use known::Known;
pub use known::Said;
use titles::Titles;

pub use super::letters::unnumbered;

/// One thing a phrase can mean: a dimension and, where it has one, its value. In `schemas/` written `ukuran:awal`, `sex:l`, `total`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sense {
    /// Which question it answers.
    pub dimension: Dimension,
    /// Number of the value's name in [`Vocabulary::value`]; the empty name where the dimension alone says it.
    pub value: u16,
}

/// The number of the empty name: a phrase that stands for its dimension alone.
pub(super) const NAMELESS: u16 = 0;

/// The questions a heading or label can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// What is counted: a column stem of the data table (`awal`, `baru` …) or the generic `pemilih`.
    Measure,
    /// `l`, `p` or `t` (both together).
    Sex,
    /// Why a voter was struck off.
    Reason,
    /// A level of regions: names of such regions where it heads texts, their count where it heads numbers.
    Level,
    /// The period: `lalu` (the one before) or `ini` (this one).
    When,
    /// A sum over regions, or over sexes where it stands beside L and P.
    Total,
    /// A running number.
    Ordinal,
    /// A region code.
    Code,
    /// Names, of whatever.
    Name,
    /// Remarks, which are no figures.
    Note,
    /// Figures that belong to no table of this kind: percentages, ratios, turnout.
    Aside,
    /// A good: its key, or without one the heading of a column of goods.
    Goods,
    /// A unit of counting (`buah`, `lembar`), or the heading of a column of units.
    Unit,
    /// An election: `pemilu` or `pilkada`.
    Election,
    /// A page, in lines that number the pages.
    Page,
    /// Words that say nothing by themselves (`data`, `jumlah pemilih` beside a measure).
    Filler,
}

impl Dimension {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "ukuran" => Self::Measure,
            "sex" => Self::Sex,
            "alasan" => Self::Reason,
            "tingkat" => Self::Level,
            "waktu" => Self::When,
            "total" => Self::Total,
            "nomor" => Self::Ordinal,
            "kode" => Self::Code,
            "nama" => Self::Name,
            "catatan" => Self::Note,
            "lain" => Self::Aside,
            "barang" => Self::Goods,
            "satuan" => Self::Unit,
            "pemilihan" => Self::Election,
            "halaman" => Self::Page,
            "pengisi" => Self::Filler,
            _ => return None,
        })
    }
}

/// All known phrases of one kind of document.
#[derive(Debug, Default)]
pub struct Vocabulary {
    values: Vec<String>,
    /// By first word: the phrases that start with it, longest first.
    phrases: BTreeMap<String, Vec<(Vec<String>, Sense)>>,
    /// The same without blanks, for words that a narrow cell broke: `Realisa si`.
    unbroken: BTreeMap<String, Sense>,
    /// What it knows of titles.
    titles: Titles,
    /// What texts read before say.
    known: Known,
}

impl Vocabulary {
    /// Compiles the meanings of `umum.toml` and of one kind; a kind's own phrase takes the place of the common one.
    /// Meanings of an unknown dimension are ignored here; loading the schemas has refused them already.
    #[must_use]
    pub fn new<'a>(meanings: impl IntoIterator<Item = &'a Meaning>) -> Self {
        let mut vocabulary = Self::default();
        vocabulary.number("");
        for meaning in meanings {
            let (name, value) = meaning.means.split_once(':').unwrap_or((&meaning.means, ""));
            vocabulary.titles.learn(name, &meaning.words);
            let Some(dimension) = Dimension::parse(name) else {
                continue;
            };
            let sense = Sense { dimension, value: vocabulary.number(value) };
            for phrase in &meaning.words {
                vocabulary.add(phrase, sense);
            }
        }
        for list in vocabulary.phrases.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        vocabulary
    }

    fn number(&mut self, value: &str) -> u16 {
        let at = self.values.iter().position(|v| v == value).unwrap_or_else(|| {
            self.values.push(value.to_owned());
            self.values.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    fn add(&mut self, phrase: &str, sense: Sense) {
        let words = split(phrase);
        let Some(first) = words.first().cloned() else {
            return;
        };
        self.unbroken.insert(words.concat(), sense);
        let list = self.phrases.entry(first).or_default();
        list.retain(|(known, _)| *known != words);
        list.push((words, sense));
    }

    /// The name of a value, e.g. `awal`.
    #[must_use]
    pub fn value(&self, number: u16) -> &str {
        self.values.get(usize::from(number)).map_or("", String::as_str)
    }

    /// The number of a value's name; `None` if no phrase has it.
    #[must_use]
    pub fn number_of(&self, value: &str) -> Option<u16> {
        self.values.iter().position(|v| v == value).and_then(|i| u16::try_from(i).ok())
    }

    /// Reads a text: known phrases from the left, the longest first at each word. What stands in brackets counts only where it is one
    /// known thing by itself (`Jumlah (L)`); units, column sums such as `(3+4)` and explanations are left out.
    #[must_use]
    pub fn read(&self, text: &str) -> Said {
        self.known.or_read(text, |text| self.understand(text))
    }

    fn understand(&self, text: &str) -> Said {
        if lone_sign(text).is_some() {
            return self.phrases_of(text);
        }
        if let Some(joined) = unspaced(text) {
            let said = self.read(&joined);
            if said.whole() {
                return said;
            }
        }
        let whole = rejoined(text, |text| self.phrases_of(text).unknown);
        let text = whole.as_deref().unwrap_or(text);
        let (outside, inside) = brackets(text);
        let mut said = self.phrases_of(&outside);
        if said.words >= 2 && said.unknown > 0 {
            said = self.broken(&outside).unwrap_or(said);
        }
        for part in inside {
            let one = self.phrases_of(part);
            let says = one.senses.iter().filter(|s| s.dimension != Dimension::Filler).count();
            if said.words == 0 || one.whole() && says == 1 {
                said.senses.extend(one.senses);
                said.words += one.words;
                said.unknown += one.unknown;
            }
        }
        said
    }

    /// The printed words of the longest phrase that names a value of this dimension.
    #[must_use]
    pub fn only(&self, text: &str, dimension: Dimension) -> Option<String> {
        let words = text::words_at(text);
        let folded: Vec<String> = words.iter().map(|w| w.text.clone()).collect();
        let mut best: Option<(usize, usize)> = None;
        let mut at = 0;
        while at < words.len() {
            let Some((length, sense)) = self.phrase_at(&folded[at..]) else {
                at += 1;
                continue;
            };
            let named = sense.dimension == dimension && !self.value(sense.value).is_empty();
            if named && best.is_none_or(|(_, known)| length > known) {
                best = Some((at, length));
            }
            at += length;
        }
        let (at, length) = best?;
        text.get(words.get(at)?.at.start..words.get(at + length - 1)?.at.end).map(text::clean)
    }

    /// The known phrases that a text is made of and nothing else, each with its sense and printed text; `None` where a word is unknown.
    #[must_use]
    pub fn parts<'t>(&self, text: &'t str) -> Option<Vec<(Sense, &'t str)>> {
        let words = text::words_at(text);
        let folded: Vec<String> = words.iter().map(|w| w.text.clone()).collect();
        let mut parts = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (length, sense) = self.phrase_at(&folded[at..])?;
            let printed = text.get(words.get(at)?.at.start..words.get(at + length - 1)?.at.end)?;
            parts.push((sense, printed));
            at += length;
        }
        Some(parts)
    }

    /// A phrase whose words are broken in pieces, or a text that is known but for one word broken in two: `Jumlah Desa/Kelur ahan`.
    fn broken(&self, text: &str) -> Option<Said> {
        let words = split(text);
        if let Some(&sense) = self.unbroken.get(&words.concat()) {
            return Some(Said { senses: vec![sense], unknown: 0, words: 1, opens: true });
        }
        let known = |text: String| Some(self.phrases_of(&text)).filter(|said| said.whole() && !said.senses.is_empty());
        joined(&words).find_map(known)
    }

    /// The printed text without the phrases that answer one of these questions. What stands in brackets among other words stays whole:
    /// `Surat Suara (DPT + 2%)`.
    #[must_use]
    pub fn without(&self, text: &str, dimensions: &[Dimension]) -> String {
        let words = text::words_at(text);
        let folded: Vec<String> = words.iter().map(|w| w.text.clone()).collect();
        let mut kept = String::with_capacity(text.len());
        let (mut at, mut from) = (0, 0);
        while at < words.len() {
            let Some((length, sense)) = self.phrase_at(&folded[at..]) else {
                at += 1;
                continue;
            };
            let phrase = words[at].at.start..words[at + length - 1].at.end;
            if let Some(phrase) = out_of_brackets(text, phrase).filter(|_| dimensions.contains(&sense.dimension)) {
                kept.push_str(&text[from..phrase.start]);
                from = phrase.end;
            }
            at += length;
        }
        kept.push_str(&text[from..]);
        text::clean(kept.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '[' | ']')))
    }

    /// The longest known phrase that these words start with: its length and sense.
    fn phrase_at(&self, words: &[String]) -> Option<(usize, Sense)> {
        let known = self.phrases.get(words.first()?)?;
        known.iter().find(|(phrase, _)| words.starts_with(phrase)).map(|(phrase, sense)| (phrase.len(), *sense))
    }

    fn phrases_of(&self, text: &str) -> Said {
        let words = split(text);
        let mut said = Said { words: u16::try_from(words.len()).unwrap_or(u16::MAX), ..Said::default() };
        let mut at = 0;
        while at < words.len() {
            if let Some((length, sense)) = self.phrase_at(&words[at..]) {
                said.senses.push(sense);
                said.opens |= at == 0;
                at += length;
            } else {
                said.unknown += 1;
                at += 1;
            }
        }
        said
    }
}

/// The words of a text after folding, without the number or letter that counts it; a percent sign is a word, so is the sign for *each*
/// (`@ Rp`), and so is a plus or minus that is all there is.
fn split(text: &str) -> Vec<String> {
    if let Some(sign) = lone_sign(text) {
        return vec![sign.to_owned()];
    }
    let text = unnumbered(text).filter(|rest| !rest.is_empty()).unwrap_or(text);
    let text = text.replace('%', " PERSEN ");
    text::words(&each(&text).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let meaning = Meaning::sample;
        Vocabulary::new(&[
            meaning("ukuran:pemilih", &["pemilih"]),
            meaning("ukuran:baru", &["pemilih baru", "baru"]),
            meaning("sex:t", &["L+P", "L dan P"]),
            meaning("total", &["jumlah"]),
            meaning("lain", &["persen"]),
        ])
    }

    fn read(text: &str) -> (Vec<(Dimension, String)>, u16) {
        let v = vocabulary();
        let said = v.read(text);
        (said.senses.iter().map(|s| (s.dimension, v.value(s.value).to_owned())).collect(), said.unknown)
    }

    #[test]
    fn the_longest_phrase_wins() {
        assert_eq!(
            read("JUMLAH\nPEMILIH  BARU"),
            (vec![(Dimension::Total, String::new()), (Dimension::Measure, "baru".into())], 0)
        );
        assert_eq!(read("Jumlah pemi lih baru"), read("Jumlah pemilih baru"));
        assert_eq!(read("Jumlah pemi tua baru").1, 2);
        assert_eq!(read("Jumlah Pemilih").0[1], (Dimension::Measure, "pemilih".into()));
    }

    #[test]
    fn brackets_are_units_and_percent_is_a_word() {
        assert_eq!(read("Pemilih Baru (orang)"), (vec![(Dimension::Measure, "baru".into())], 0));
        assert_eq!(read("Baru (%)").0[1].0, Dimension::Aside);
        assert_eq!(read("Jumlah (3+4)").0, vec![(Dimension::Total, String::new())]);
        assert_eq!(read("Jumlah (L+P)").0[1], (Dimension::Sex, "t".into()));
        assert_eq!(read("L + P").0, vec![(Dimension::Sex, "t".into())]);
    }

    #[test]
    fn what_stands_in_brackets_among_other_words_is_no_word_of_its_own() {
        let without = |text: &str| vocabulary().without(text, &[Dimension::Measure, Dimension::Total]);
        assert_eq!(without("Surat suara (pemilih + 2%)"), "Surat suara (pemilih + 2%)");
        assert_eq!(without("Jumlah kotak suara (baru)"), "kotak suara");
    }

    #[test]
    fn words_parted_at_the_end_of_a_line_are_joined() {
        assert_eq!(
            read("JUM-\nLAH PEMI-\nLIH BARU"),
            (vec![(Dimension::Total, String::new()), (Dimension::Measure, "baru".into())], 0)
        );
        assert_eq!(read("JUM-LAH").0, vec![(Dimension::Total, String::new())], "the line's end is lost on paper");
        assert_eq!(read("Jumlah - pemilih").1, 0);
        assert_eq!(read("per- \nsatu").1, 2, "no known word either way");
        assert_eq!(read("Toli-Toli").1, 2);
    }

    #[test]
    fn letters_spaced_out_for_show_are_a_word() {
        assert_eq!(read("J U M L A H   P E M I L I H").0[1], (Dimension::Measure, "pemilih".into()));
    }

    #[test]
    fn unknown_words_are_counted() {
        assert_eq!(read("pemilih luar biasa baru").1, 2);
    }
}
