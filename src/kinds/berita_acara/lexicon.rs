//! What words of minutes mean: the phrases of `umum.toml` and `berita_acara.toml`, found anywhere in running text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::Level;
use crate::model::schema::Meaning;
use crate::normalise::text::{self, Word};

/// What a phrase says about the figures around it, or about the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// Men.
    L,
    /// Women.
    P,
    /// Men and women together.
    Both,
    /// Voters, without saying which.
    Voters,
    /// The voters that the plenary lays down, said outright.
    Result,
    /// Voters that are not the result: new ones, those struck off, those of another time.
    Other,
    /// Things and people that are no voters: those in the room, papers, stations.
    Aside,
    /// Regions of a level are counted or named.
    Count(Level),
    /// Desa without kelurahan.
    DesaAlone,
    /// Kelurahan without desa.
    KelurahanAlone,
    /// A sum.
    Total,
    /// The number behind it counts nothing (`pasal 19`).
    Not,
    /// The number before it counts nothing (`09.00 WIB`).
    NotUnit,
    /// Parts two statements of one sentence.
    Link,
    /// What follows are the parts of the figure before.
    Detail,
    /// What follows are figures in the order of the labels before.
    Each,
    /// What the figure before has become follows: `semula 100 menjadi 110`.
    Becomes,
    /// A number in words follows.
    Spelled,
    /// Says nothing by itself.
    Filler,
    /// Before a weekday.
    Day,
    /// Before the place of the meeting.
    Place,
    /// What was done there.
    Deed,
    /// Before the number of the minutes.
    Number,
    /// A signer's role.
    Role,
    /// The paper ends.
    Closing,
}

impl Sense {
    /// Senses of labels, by their names in the schemas.
    fn of_label(name: &str) -> Option<Self> {
        Some(match name {
            "sex:l" => Self::L,
            "sex:p" => Self::P,
            "sex:t" => Self::Both,
            "ukuran:pemilih" => Self::Voters,
            "ukuran:akhir" => Self::Result,
            "ukuran:lain" | "waktu:lalu" => Self::Other,
            "lain" => Self::Aside,
            "tingkat:provinsi" => Self::Count(Level::Provinsi),
            "tingkat:kabkota" => Self::Count(Level::Kabkota),
            "tingkat:kecamatan" => Self::Count(Level::Kecamatan),
            "tingkat:desa" => Self::Count(Level::Desa),
            "tingkat:tps" => Self::Count(Level::Tps),
            "tingkat:desa_saja" => Self::DesaAlone,
            "tingkat:kelurahan_saja" => Self::KelurahanAlone,
            "total" => Self::Total,
            "bukan" | "nomor" | "kode" => Self::Not,
            "satuan" => Self::NotUnit,
            "sambung" => Self::Link,
            "rinci" => Self::Detail,
            "masing" => Self::Each,
            "menjadi" => Self::Becomes,
            "terbilang" => Self::Spelled,
            "pengisi" | "nama" | "catatan" | "waktu:ini" => Self::Filler,
            _ => return None,
        })
    }

    /// Senses of the opening and the end of the paper.
    fn of_frame(name: &str) -> Option<Self> {
        Some(match name {
            "hari" => Self::Day,
            "tempat" => Self::Place,
            "kegiatan" => Self::Deed,
            "nomor_surat" => Self::Number,
            "jabatan" => Self::Role,
            "penutup" => Self::Closing,
            _ => return None,
        })
    }
}

/// Phrases by their first word, the longest first.
#[derive(Debug, Default)]
pub struct Lexicon(BTreeMap<String, Vec<(Vec<String>, Sense)>>);

/// A phrase found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What it says.
    pub sense: Sense,
    /// How many words it takes.
    pub words: usize,
    /// Its bytes.
    pub at: Range<usize>,
}

impl Lexicon {
    /// The words around figures; of one phrase with several meanings the later counts. `names` are words of the office's own region.
    /// `lists`: what voters' lists by name (`DPT`) are in this paper.
    pub fn of_labels<'a>(meanings: impl IntoIterator<Item = &'a Meaning>, names: &[String], lists: Sense) -> Self {
        let sense = |name: &str| if name == "ukuran:daftar" { Some(lists) } else { Sense::of_label(name) };
        let mut lexicon = Self::with(meanings, sense);
        for name in names {
            lexicon.add(name, Sense::Filler);
        }
        lexicon
    }

    /// The words of the opening and the end.
    pub fn of_frame<'a>(meanings: impl IntoIterator<Item = &'a Meaning>) -> Self {
        Self::with(meanings, Sense::of_frame)
    }

    fn with<'a>(meanings: impl IntoIterator<Item = &'a Meaning>, sense: impl Fn(&str) -> Option<Sense>) -> Self {
        let mut lexicon = Self::default();
        for meaning in meanings {
            let Some(sense) = sense(&meaning.means) else { continue };
            for phrase in &meaning.words {
                lexicon.add(phrase, sense);
            }
        }
        for list in lexicon.0.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, sense: Sense) {
        let words = text::words(phrase);
        let Some(first) = words.first().cloned() else { return };
        let list = self.0.entry(first).or_default();
        list.retain(|(known, _)| *known != words);
        list.push((words, sense));
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }

    /// The longest phrase that begins with the first of these words of `text` and reaches over no mark that parts statements.
    pub fn at(&self, text: &str, words: &[Word]) -> Option<Phrase> {
        let first = words.first()?;
        let fits = |(phrase, _): &&(Vec<String>, Sense)| {
            words.len() >= phrase.len()
                && phrase.iter().zip(words).all(|(a, b)| *a == b.text)
                && words[..phrase.len()].windows(2).all(|pair| !parted(text, &pair[0], &pair[1]))
        };
        let (phrase, sense) = self.0.get(&first.text)?.iter().find(fits)?;
        let end = words[phrase.len() - 1].at.end;
        Some(Phrase { sense: *sense, words: phrase.len(), at: first.at.start..end })
    }

    /// Every phrase of one sense in a text.
    pub fn all(&self, text: &str, sense: Sense) -> Vec<Phrase> {
        let words = text::words_at(text);
        let mut out = Vec::new();
        let mut i = 0;
        while i < words.len() {
            match self.at(text, &words[i..]) {
                Some(phrase) => {
                    i += phrase.words;
                    out.extend((phrase.sense == sense).then_some(phrase));
                }
                None => i += 1,
            }
        }
        out
    }
}

/// Whether a mark between two words parts what they say.
fn parted(text: &str, a: &Word, b: &Word) -> bool {
    text.get(a.at.end..b.at.start).unwrap_or_default().contains([',', ';', ':', '(', ')', '[', ']', '\t', '='])
}
