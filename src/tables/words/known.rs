//! What texts read before say: headings and labels are the same from sheet to sheet, and are asked for several times each.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Said;

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
