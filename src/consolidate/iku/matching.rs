//! Which indicator a printed name means.

use crate::model::Indicator;
use crate::normalise::text;

/// Whether one of the phrases fits a printed name: all its words stand in it, in any order; `word*` is a beginning.
#[must_use]
pub fn fits(phrases: &[String], printed: &str) -> bool {
    let words = text::words(printed);
    phrases.iter().any(|phrase| {
        let mut wanted = phrase.split_whitespace().map(|word| (text::key(word), word.ends_with('*'))).peekable();
        wanted.peek().is_some()
            && wanted.all(|(word, beginning)| words.iter().any(|w| if beginning { w.starts_with(&word) } else { *w == word }))
    })
}

/// The indicator that a printed name means: of several the one with the longest phrase that fits.
pub fn named<'a>(indicators: &'a [Indicator], printed: &str) -> Option<&'a Indicator> {
    let longest = |i: &&Indicator| {
        let fitting = i.words.iter().filter(|phrase| fits(std::slice::from_ref(*phrase), printed));
        fitting.map(|phrase| phrase.split_whitespace().count()).max()
    };
    indicators.iter().filter(|i| longest(i).is_some()).max_by_key(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_stand_in_any_order_but_all_of_them() {
        let phrases = ["mutakhir* data pemilih".to_owned()];
        assert!(fits(&phrases, "Persentase data PEMILIH yang mutakhirkan"));
        assert!(!fits(&phrases, "Persentase data pemilih yang dilayani"));
    }
}
