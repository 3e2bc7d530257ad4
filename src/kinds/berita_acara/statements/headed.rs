//! Rows whose figures are told apart by the names in the line above them, in its order, because their columns are not.

use super::{Reader, Sense};
use crate::kinds::berita_acara::figures::Numbers;
use crate::kinds::berita_acara::labels::{Item, Label, Slot, counted, items};
use crate::kinds::berita_acara::passages::Passage;
use crate::normalise::number;

/// Fewest names of a heading in one line.
const LEAST_HEADED: usize = 3;

/// What the figures of the next line count, by the phrases of a line and by its words.
pub(super) type Headed = [Vec<Slot>; 2];

/// What one name of a heading counts.
fn named(items: &[(usize, Item)]) -> Option<Slot> {
    let says = |item: &&(usize, Item)| !matches!(item.1, Item::Known(Sense::Filler | Sense::Voters));
    let mut said = items.iter().filter(says);
    let (Some((_, item)), None) = (said.next(), said.next()) else { return None };
    if *item == Item::Known(Sense::Total) { Some(Slot::Total) } else { counted(item) }
}

impl Reader<'_> {
    /// A line of figures below one that names them, in its order: alone, or behind the office's own name or a word for a sum. A line
    /// about a region below the office's is one of its rows, and the names hold for the line after it. Returns whether it is such a line.
    pub(super) fn below_names(&mut self, passage: &Passage, numbers: &Numbers, all: &[(usize, Item)], headed: Headed) -> bool {
        let found = |slots: &Vec<Slot>| Some((slots.clone(), numbers.in_columns(&passage.text, slots.len())?));
        let Some((slots, figures)) = headed.iter().filter(|slots| !slots.is_empty()).find_map(found) else { return false };
        let start = figures.first().map_or(0, |f| f.at.start);
        let head: Vec<&Item> = all.iter().take_while(|(at, _)| *at < start).map(|(_, i)| i).collect();
        let name = passage.text[..start].trim_matches(|c: char| !c.is_alphabetic());
        let silent = |i: &&Item| matches!(i, Item::Known(Sense::Filler | Sense::Total | Sense::Voters));
        let member = self.places.is_below(name);
        let own = head.iter().all(silent) || self.places.is_own(name);
        if !member && !own {
            return false;
        }
        let measure = self.outline.above(None);
        for (figure, slot) in figures.iter().zip(slots) {
            let label = Label { slot: Some(slot), measure, own: true, ..Label::default() };
            if member {
                self.add(passage, figure, label, passage.origin(figure.at.start));
            } else {
                self.keep(passage, figure, label);
            }
        }
        if member {
            self.headed = headed;
        }
        true
    }

    /// `Kecamatan Desa/Kel L P L+P`: a line that is nothing but names of figures.
    pub(super) fn names_figures(&self, passage: &Passage, all: &[(usize, Item)]) -> Headed {
        let read = |word: &str| items(word, &Numbers::default(), self.lexicon);
        // `No Uraian Laki-laki Perempuan Jumlah`: what heads the names of the rows names no figure.
        let heads_names = |item: &(usize, Item)| matches!(item.1, Item::Known(Sense::Filler | Sense::Not));
        let figures = all.iter().skip_while(|item| heads_names(item));
        let phrases: Option<Vec<Slot>> = figures.map(|item| named(std::slice::from_ref(item))).collect();
        let words = passage.text.split_whitespace().map(read).skip_while(|items| items.iter().all(heads_names));
        let words: Option<Vec<Slot>> = words.map(|items| named(&items)).collect();
        [phrases, words].map(|slots| slots.filter(|s| s.len() >= LEAST_HEADED).unwrap_or_default())
    }

    /// A row below a heading, of which two columns ran together: one of its cells holds several figures and nothing else.
    pub(super) fn ran_together(&mut self, passage: &Passage, numbers: &Numbers, all: &[(usize, Item)]) -> bool {
        let several = |start: usize| {
            let cell = &passage.text[passage.cell(start)];
            let words: Vec<&str> = cell.split_whitespace().collect();
            words.len() > 1 && words.iter().all(|w| number::looks_like_number(w))
        };
        let crowded = passage.row && passage.cells.iter().any(|(start, _)| several(*start));
        let names = self.crowded.clone();
        crowded && self.below_names(passage, numbers, all, names)
    }
}
