//! Which indicator a printed name means.

use crate::model::Indicator;
use crate::normalise::text;

/// Whether one of the phrases fits a printed name: all its words stand in it, in any order; `word*` is a beginning.
#[must_use]
pub fn fits(phrases: &[String], printed: &str) -> bool {
    let words = text::words(printed);
    phrases.iter().any(|phrase| stands(phrase, &words))
}

/// Number of words of the longest phrase that fits folded words; `None` where none does.
#[must_use]
pub fn longest(phrases: &[String], words: &[String]) -> Option<usize> {
    phrases.iter().filter(|phrase| stands(phrase, words)).map(|phrase| phrase.split_whitespace().count()).max()
}

/// Whether all words of a phrase stand among folded words.
fn stands(phrase: &str, words: &[String]) -> bool {
    let mut wanted = phrase.split_whitespace().peekable();
    wanted.peek().is_some() && wanted.all(|word| has(word, words))
}

/// Whether one word of a phrase does. The words of the schemas are mostly plain letters, which need no folding to be compared.
fn has(word: &str, words: &[String]) -> bool {
    let (plain, beginning) = word.strip_suffix('*').map_or((word, false), |start| (start, true));
    if !plain.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let folded = text::key(word);
        return words.iter().any(|w| if beginning { w.starts_with(&folded) } else { *w == folded });
    }
    let begins = |w: &String| w.get(..plain.len()).is_some_and(|start| start.eq_ignore_ascii_case(plain));
    words.iter().any(|w| begins(w) && (beginning || w.len() == plain.len()))
}

/// The indicator that a printed name means: of several the one with the longest phrase that fits.
pub fn named<'a>(indicators: &'a [Indicator], printed: &str) -> Option<&'a Indicator> {
    let words = text::words(printed);
    let fitting = indicators.iter().filter_map(|i| longest(&i.words, &words).map(|length| (length, i)));
    fitting.max_by_key(|(length, _)| *length).map(|(_, indicator)| indicator)
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
