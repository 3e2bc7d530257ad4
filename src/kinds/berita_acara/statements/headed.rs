//! Rows whose figures are told apart by the names in the line above them, in its order, because their columns are not.

use super::{Reader, Sense};
use crate::kinds::berita_acara::figures::{Figure, Numbers};
use crate::kinds::berita_acara::labels::{Around, Item, Label, Measure, Slot, counted, items, label};
use crate::kinds::berita_acara::passages::Passage;
use crate::normalise::number;

/// Fewest names of a heading in one line.
const LEAST_HEADED: usize = 2;

/// Marks that part names in one line, the surest first: `Desa/Kel` is one name where blanks stand around the marks between names.
const SEPARATORS: [&str; 4] = [" / ", "/", ",", "|"];

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

    /// `L / P / L+P : 69.251 / 68.566 / 137.817`: names before the colon, as many figures behind it, in the same order. Returns whether it
    /// is such a line.
    pub(super) fn listed_names(&mut self, passage: &Passage, numbers: &Numbers) -> bool {
        let text = passage.text.as_str();
        let Some(digits) = numbers.figures.iter().map(|f| f.digits.as_ref().map(|d| d.1.clone())).collect::<Option<Vec<_>>>()
        else {
            return false;
        };
        let between = |pair: &[std::ops::Range<usize>]| text.get(pair[0].end..pair[1].start).unwrap_or_default();
        let parted = |pair: &[std::ops::Range<usize>]| between(pair).trim().chars().all(|c| matches!(c, '/' | ',' | ';' | '|'));
        let (Some(first), true) = (digits.first(), digits.len() > 1 && digits.windows(2).all(parted)) else { return false };
        let Some(names) = text[..first.start].trim_end().strip_suffix([':', '=']) else { return false };
        let slots = SEPARATORS.iter().find_map(|mark| self.slots_of(names, mark).filter(|slots| slots.len() == digits.len()));
        let Some(slots) = slots else { return false };
        let measure = self.outline.above(None);
        for (figure, slot) in numbers.figures.iter().zip(slots) {
            let measure = if matches!(slot, Slot::L | Slot::P | Slot::Total) { measure } else { Measure::Unsaid };
            self.keep(passage, figure, Label { slot: Some(slot), measure, own: true, ..Label::default() });
        }
        true
    }

    /// What each of the names between these marks counts, if all of them count something.
    fn slots_of(&self, names: &str, mark: &str) -> Option<Vec<Slot>> {
        let mut pieces = names.split(mark).map(|name| items(name, &Numbers::default(), self.lexicon));
        let first = pieces.next()?;
        let last_said = first.iter().rfind(|(_, i)| !matches!(i, Item::Known(Sense::Filler | Sense::Voters)))?;
        let slots = std::iter::once(named(std::slice::from_ref(last_said))).chain(pieces.map(|piece| named(&piece)));
        slots.collect()
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

    /// Takes the figures of cells that hold several, whose own heading names as many: `Kec Desa/Kel` over `10 133`. The others stay.
    /// Returns whether there were any.
    pub(super) fn crowded_cells(&mut self, passage: &Passage, numbers: &mut Numbers) -> bool {
        let Some(grid) = self.document.grids.get(usize::from(passage.origin(0).grid)).filter(|_| passage.row) else {
            return false;
        };
        let all = numbers.figures.len();
        for (start, _) in &passage.cells {
            let at = passage.cell(*start);
            let Some(cell) = passage.text.get(at.clone()).filter(|cell| cell.split_whitespace().count() > 1) else { continue };
            let figures = Numbers::default().in_columns(cell, cell.split_whitespace().count()).unwrap_or_default();
            let headings = self.columns.above(grid, passage, *start);
            let names = |heading: &String| -> Option<Vec<Slot>> {
                let all = items(heading, &Numbers::default(), self.lexicon);
                all.iter().map(|item| named(std::slice::from_ref(item))).collect()
            };
            let slots = headings.iter().filter_map(names).find(|slots| slots.len() == figures.len() && figures.len() > 1);
            let Some(slots) = slots else { continue };
            for (figure, slot) in figures.iter().zip(slots) {
                let shift = |r: &std::ops::Range<usize>| r.start + at.start..r.end + at.start;
                let digits = figure.digits.as_ref().map(|(value, r)| (*value, shift(r)));
                let moved = Figure { at: shift(&figure.at), digits, words: None };
                let label = Label { slot: Some(slot), measure: self.outline.above(None), own: true, ..Label::default() };
                self.keep(passage, &moved, label);
            }
            numbers.figures.retain(|f| f.at.end <= at.start || at.end <= f.at.start);
        }
        numbers.figures.len() < all
    }

    /// A row that repeats in words what the row above says in digits, column by column. Returns whether it is one.
    pub(super) fn words_in_columns(&mut self, passage: &Passage, numbers: &Numbers) -> bool {
        let words = numbers.figures.len() > 1 && numbers.figures.iter().all(|f| f.digits.is_none());
        if !words || !passage.row || !self.columns.any() {
            return false;
        }
        // On paper the words of neighbouring columns may have run into each other line by line: then they are nobody's.
        let cells: std::collections::BTreeSet<usize> = numbers.figures.iter().map(|f| passage.cell(f.at.start).start).collect();
        if cells.len() < numbers.figures.len() {
            self.out.tangled.extend(numbers.figures.first().map(|f| passage.origin(f.at.start)));
            return true;
        }
        for figure in &numbers.figures {
            let heading = self.heading(passage, figure.at.start);
            let label = label(&Around::default(), &heading);
            self.keep(passage, figure, label);
        }
        true
    }
}
