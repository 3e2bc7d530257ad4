//! Lists of words of a schema that head no column: what closes a table, what names a unit, what says that lower is better.

use std::collections::BTreeMap;

use crate::model::schema::Meaning;
use crate::normalise::text;

/// The phrases of a kind by their meaning, folded.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    all: BTreeMap<String, Vec<String>>,
    /// The same between blanks, to be looked for within longer texts.
    parted: BTreeMap<String, Vec<String>>,
}

impl Phrases {
    /// All meanings of a kind's schema.
    #[must_use]
    pub fn new(meanings: &[Meaning]) -> Self {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for meaning in meanings {
            all.entry(meaning.means.clone()).or_default().extend(meaning.words.iter().map(|w| text::key(w)));
        }
        for words in all.values_mut() {
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        }
        let parted = |words: &Vec<String>| words.iter().map(|phrase| format!(" {phrase} ")).collect();
        let parted = all.iter().map(|(means, words)| (means.clone(), parted(words))).collect();
        Self { all, parted }
    }

    fn of(&self, meaning: &str) -> &[String] {
        self.all.get(meaning).map_or(&[], Vec::as_slice)
    }

    /// Whether the text is one of the phrases of this meaning.
    #[must_use]
    pub fn is(&self, meaning: &str, text: &str) -> bool {
        let key = text::key(text);
        self.of(meaning).contains(&key)
    }

    /// Whether the text holds one of them.
    #[must_use]
    pub fn within(&self, meaning: &str, text: &str) -> bool {
        let key = format!(" {} ", text::key(text));
        self.parted.get(meaning).is_some_and(|parted| parted.iter().any(|phrase| key.contains(phrase.as_str())))
    }

    /// Whether a word begins with one of them as with a prefix.
    #[must_use]
    pub fn prefixes(&self, meaning: &str, word: &str) -> bool {
        let key = text::key(word);
        self.of(meaning).iter().any(|prefix| key.starts_with(prefix.as_str()))
    }

    /// Whether the text begins with one of them.
    #[must_use]
    pub fn begins(&self, meaning: &str, text: &str) -> bool {
        self.after(meaning, text).is_some()
    }

    /// What follows the longest of them that the text begins with.
    #[must_use]
    pub fn after<'t>(&self, meaning: &str, text: &'t str) -> Option<&'t str> {
        let words = text::words_at(text);
        let begins = |phrase: &&String| {
            let mut count = 0;
            let same = phrase.split(' ').zip(&words).all(|(a, b)| {
                count += 1;
                a == b.text
            });
            same && count == phrase.split(' ').count()
        };
        let phrase = self.of(meaning).iter().find(begins)?;
        let last = words.get(phrase.split(' ').count() - 1)?;
        text.get(last.at.end..)
    }

    /// What stands before the longest of them that the text ends with; marks behind it do not count.
    #[must_use]
    pub fn before<'t>(&self, meaning: &str, text: &'t str) -> Option<&'t str> {
        let words = text::words_at(text);
        let ends = |phrase: &&String| {
            let count = phrase.split(' ').count();
            let last = words.len().checked_sub(count).and_then(|from| words.get(from..));
            last.is_some_and(|last| phrase.split(' ').zip(last).all(|(a, b)| a == b.text))
        };
        let phrase = self.of(meaning).iter().find(ends)?;
        let first = words.get(words.len().checked_sub(phrase.split(' ').count())?)?;
        text.get(..first.at.start)
    }

    /// The value of the first meaning `dimension:value` one of whose phrases the text is.
    #[must_use]
    pub fn value(&self, dimension: &str, text: &str) -> Option<&str> {
        let key = text::key(text);
        let of = self.all.iter().filter_map(|(m, words)| Some((m.strip_prefix(dimension)?.strip_prefix(':')?, words)));
        of.filter(|(_, words)| words.contains(&key)).map(|(value, _)| value).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_folded() {
        let meaning = Meaning::sample;
        let phrases =
            Phrases::new(&[meaning("penutup", &["Mengetahui", "Pada tanggal"]), meaning("satuan:laporan", &["Lap", "laporan"])]);
        assert!(phrases.begins("penutup", "MENGETAHUI,") && !phrases.begins("penutup", "yang mengetahui"));
        assert!(phrases.within("penutup", "Ditetapkan pada  tanggal 3"));
        assert_eq!(phrases.after("penutup", "Pada tanggal: 3 Mei"), Some(": 3 Mei"));
        assert_eq!(phrases.before("penutup", "Operator mengetahui:"), Some("Operator "));
        assert_eq!(phrases.before("penutup", "Mengetahui Operator"), None);
        assert_eq!(phrases.value("satuan", "LAP."), Some("laporan"));
        assert!(phrases.is("satuan:laporan", "Laporan") && !phrases.is("satuan:laporan", "Laporan keuangan"));
    }
}
