//! What texts say, and what is known of those read before: headings and labels are the same from sheet to sheet, and are asked for several
//! times each.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{Dimension, Sense};

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The senses of its known phrases, in order of appearance.
    pub senses: Vec<Sense>,
    /// Words that belong to no known phrase.
    pub unknown: u16,
    /// All its words.
    pub words: u16,
    /// Its first word belongs to a known phrase.
    pub opens: bool,
}

impl Said {
    /// Whether every word belongs to a known phrase.
    #[must_use]
    pub const fn whole(&self) -> bool {
        self.words > 0 && self.unknown == 0
    }

    /// Whether it answers this question.
    #[must_use]
    pub fn tells(&self, dimension: Dimension) -> bool {
        self.senses.iter().any(|s| s.dimension == dimension)
    }

    /// The value it gives for a question; the first one where it gives several.
    #[must_use]
    pub fn value(&self, dimension: Dimension) -> Option<u16> {
        self.senses.iter().find(|s| s.dimension == dimension).map(|s| s.value)
    }
}

/// Texts that are remembered; a list of names would fill the memory with what is never asked again.
const MOST: usize = 8192;

/// Texts and what they say.
#[derive(Debug, Default)]
pub(super) struct Known(RefCell<HashMap<String, Said>>);

impl Known {
    /// What a text says; it is read where that is not known.
    pub(super) fn or_read(&self, text: &str, read: impl FnOnce(&str) -> Said) -> Said {
        if let Some(said) = self.0.borrow().get(text) {
            return said.clone();
        }
        let said = read(text);
        let mut known = self.0.borrow_mut();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(text.to_owned(), said.clone());
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_once_and_no_more_are_remembered_than_fit() {
        let (known, read) = (Known::default(), RefCell::new(0));
        let ask = |text: &str| {
            known.or_read(text, |_| {
                *read.borrow_mut() += 1;
                Said { words: 1, ..Said::default() }
            })
        };
        assert_eq!(ask("0"), ask("0"));
        assert_eq!(*read.borrow(), 1);
        for n in 0..=MOST {
            ask(&n.to_string());
            assert!(known.0.borrow().len() <= MOST);
        }
        assert_eq!(*read.borrow(), MOST + 1);
    }
}
