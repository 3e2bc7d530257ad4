//! What a plenary was about, by the title of its minutes: two minutes of one quarter about different things are no two versions.

use crate::model::Origin;
use crate::model::schema::Meaning;
use crate::normalise::text;

use super::lexicon::{Lexicon, Sense};
use super::passages::Passage;

/// How the schemas name topics: `perihal:pdpb`.
const DIMENSION: &str = "perihal:";

/// Lines that can be the title.
const TITLE: usize = 14;

/// The topic named first in the title, and where; `None` where no line before the opening names one.
pub fn topic(passages: &[Passage], meanings: &[Meaning], frame: &Lexicon) -> Option<(String, Origin)> {
    let opens = |p: &&Passage| !frame.all(&p.text, Sense::Day).is_empty();
    let titles = passages.iter().take(TITLE).take_while(|p| !opens(p));
    let mut found = titles.filter_map(|p| Some((named(&p.text, meanings)?, p.origin(0))));
    found.next()
}

/// Whether a line that can be the title names a topic, be it beside another one.
pub fn names(passages: &[Passage], meanings: &[Meaning], topic: &str) -> bool {
    let of = |m: &&Meaning| m.means.strip_prefix(DIMENSION) == Some(topic);
    let words: Vec<String> = meanings.iter().filter(of).flat_map(|m| &m.words).map(|w| format!(" {} ", text::key(w))).collect();
    let says = |p: &Passage| {
        let key = format!(" {} ", text::key(&p.text));
        words.iter().any(|word| key.contains(word))
    };
    passages.iter().take(TITLE).any(says)
}

/// The topic whose words stand first in a line; of those that begin together the longest.
fn named(line: &str, meanings: &[Meaning]) -> Option<String> {
    let key = format!(" {} ", text::key(line));
    let topics = meanings.iter().filter_map(|m| Some((m.means.strip_prefix(DIMENSION)?, &m.words)));
    let places = topics.flat_map(|(topic, words)| {
        let at = |word: &String| {
            let phrase = text::key(word);
            Some((key.find(&format!(" {phrase} "))?, std::cmp::Reverse(phrase.len()), topic))
        };
        words.iter().filter_map(at).collect::<Vec<_>>()
    });
    places.min().map(|(.., topic)| topic.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_named_by_titles() {
        let schemas = crate::schemas::builtin().unwrap();
        let meanings = &schemas.kind("berita_acara").unwrap().meanings;
        for (line, expected) in [
            ("REKAPITULASI PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN TRIWULAN III TAHUN 2025", Some("pdpb")),
            ("Penetapan Rekapitulasi Daftar Pemilih Tetap (DPT)", Some("dpt")),
            ("TENTANG PENETAPAN DAFTAR PEMILIH SEMENTARA HASIL PERBAIKAN", Some("dpshp")),
            ("Serah Terima Logistik Pemilu", Some("serah_terima")),
            ("BERITA ACARA", None),
        ] {
            assert_eq!(named(line, meanings).as_deref(), expected, "{line}");
        }
    }
}
