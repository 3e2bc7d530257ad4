//! Rows of tables with figures in several cells: what each counts, by the heading above it, else by how the figures come out of each other.

use std::ops::Range;

use super::Reader;
use crate::kinds::berita_acara::figures::{Figure, Numbers};
use crate::kinds::berita_acara::labels::{Around, Item, Label, Measure, Slot, label};
use crate::kinds::berita_acara::lexicon::Sense;
use crate::kinds::berita_acara::passages::Passage;
use crate::kinds::berita_acara::stated::{Statement, TableSum};
use crate::model::Origin;

impl Reader<'_> {
    /// A row with figures in several cells: their columns say what they count.
    pub(super) fn row(&mut self, passage: &Passage, numbers: &Numbers, all: &[(usize, Item)], cells: &[usize]) {
        let start = numbers.figures.get(cells[0]).map_or(0, |f| f.at.start);
        let head: Vec<Item> = all.iter().take_while(|(at, _)| *at < start).map(|(_, item)| item.clone()).collect();
        let head: Vec<Item> = head.into_iter().filter(|i| !matches!(i, Item::Mark(_))).collect();
        let silent = |s: &Sense| {
            matches!(
                s,
                Sense::Filler
                    | Sense::Not
                    | Sense::NotUnit
                    | Sense::Link
                    | Sense::Count(_)
                    | Sense::DesaAlone
                    | Sense::KelurahanAlone
            )
        };
        let said = head.iter().any(|i| matches!(i, Item::Known(s) if !silent(s)));
        let before = || passage.cells.iter().map(|c| passage.cell(c.0)).filter(|at| at.end <= start);
        let named = before().any(|at| self.places.is_below(&passage.text[at]));
        let own = before().any(|at| self.places.is_own(&passage.text[at]));
        let head = if own { Vec::new() } else { head };
        let member = named || !said && head.iter().any(|i| matches!(i, Item::Unknown));
        let above = self.outline.above(None);
        for &number in cells {
            let figure = &numbers.figures[number];
            let at = passage.origin(figure.at.start);
            let heading = self.heading(passage, figure.at.start);
            let mut label = label(&Around { head: if member { Vec::new() } else { head.clone() }, tail: Vec::new() }, &heading);
            let of_voters = matches!(label.slot, Some(Slot::L | Slot::P | Slot::Total));
            if of_voters && label.measure != Measure::Other && heading.contains(&Item::Known(Sense::Becomes)) {
                label.measure = Measure::Result;
            } else if label.measure == Measure::Unsaid && of_voters {
                label.measure = above;
            }
            if member {
                self.add(passage, figure, label, at);
            } else {
                self.keep(passage, figure, label);
            }
        }
    }

    /// Whether a row below a heading holds one figure alone, behind the name of a region below the office's.
    pub(super) fn is_member(&self, passage: &Passage, numbers: &Numbers) -> bool {
        let [Figure { digits: Some((_, at)), words: None, .. }] = numbers.figures.as_slice() else { return false };
        let mut before = passage.cells.iter().map(|c| passage.cell(c.0)).filter(|cell| cell.end <= at.start);
        passage.row && self.columns.any() && before.any(|cell| self.places.is_below(&passage.text[cell]))
    }

    pub(super) fn add(&mut self, passage: &Passage, figure: &Figure, label: Label, at: Origin) {
        let (Some(slot), Some(value)) = (label.slot.filter(|_| label.measure != Measure::Other), figure.value()) else { return };
        if !self.sums.contains_key(&(self.columns.table, slot)) {
            let raw = passage.text[figure.at.clone()].to_owned();
            self.lone.push(Statement { slot, digits: Some(value), words: None, origin: at, raw, label, annex: self.annex });
        }
        let sum = self.sums.entry((self.columns.table, slot)).or_insert(TableSum { slot, sum: 0.0, rows: 0, span: at.into() });
        (sum.sum, sum.rows, sum.span) = (sum.sum + value, sum.rows + 1, sum.span.with(at));
    }

    /// A row of voters with several figures below no heading that could be read: `Laki-laki | 100 | 5 | 3 | 102` is worked out before our
    /// eyes, and of `Jumlah | 60 | 50 | 110` the parts are men and women. Of any other it is kept in mind that only one was used. Returns
    /// whether the figures were taken.
    pub(super) fn unheaded(&mut self, passage: &Passage, numbers: &Numbers, all: &[(usize, Item)]) -> bool {
        let Some(cells) = side_by_side(passage, numbers).filter(|cells| cells.len() == numbers.figures.len()) else {
            return false;
        };
        let figures: Vec<&Figure> = cells.iter().filter_map(|i| numbers.figures.get(*i)).collect();
        let values: Vec<f64> = figures.iter().filter_map(|f| f.value()).collect();
        let start = figures.first().map_or(0, |f| f.at.start);
        let head: Vec<Item> = all.iter().take_while(|(at, _)| *at < start).map(|(_, item)| item.clone()).collect();
        let named = passage.cells.iter().map(|c| passage.cell(c.0)).filter(|at| at.end <= start);
        let below = named.into_iter().any(|at| passage.text.get(at).is_some_and(|name| self.places.is_below(name)));
        let own = label(&Around { head, tail: Vec::new() }, &[]);
        let Some(slot) = own.slot.filter(|s| matches!(s, Slot::L | Slot::P | Slot::Total) && !below) else { return false };
        let result = Label { measure: Measure::Result, own: true, ..own };
        match (values.as_slice(), figures.as_slice()) {
            (&[before, new, gone, after], &[.., last]) if (before + new - gone - after).abs() < EXACT && before != after => {
                self.keep(passage, last, result);
                true
            }
            (&[men, women, both], _) if slot == Slot::Total && (men + women - both).abs() < EXACT && both > LEAST => {
                for (figure, slot) in figures.into_iter().zip([Slot::L, Slot::P, Slot::Total]) {
                    self.keep(passage, figure, Label { slot: Some(slot), ..result });
                }
                true
            }
            (&[first, ..], &[one, ..]) => {
                let at = passage.origin(one.digits.as_ref().map_or(one.at.start, |d| d.1.start));
                let others = values.iter().copied().filter(|v| *v >= LEAST && (*v - first).abs() > EXACT).collect();
                self.out.unheaded.push((slot, at, others));
                false
            }
            _ => false,
        }
    }
}

const EXACT: f64 = 1e-6;

/// Voters of a region; smaller figures count the columns or the rows.
const LEAST: f64 = 100.0;

/// The figures of a row that stand alone in their cells, if there are several and no label stands between them.
pub(super) fn side_by_side(passage: &Passage, numbers: &Numbers) -> Option<Vec<usize>> {
    if !passage.row {
        return None;
    }
    let alone = |f: &Figure| {
        let digits = f.digits.as_ref()?;
        let cell = passage.cell(digits.1.start);
        let shown = passage.text[cell].trim().trim_start_matches(['-', '−', '–', '+']).trim_start();
        (shown == &passage.text[digits.1.clone()]).then_some(digits.1.clone())
    };
    let places: Vec<(usize, Range<usize>)> =
        numbers.figures.iter().enumerate().filter_map(|(i, f)| Some((i, alone(f)?))).collect();
    // On paper two columns may run together; the others still say what they count.
    let most = places.len() >= 2 && (places.len() == numbers.figures.len() || places.len() >= 3);
    let between =
        |pair: &[(usize, Range<usize>)]| passage.text.get(pair[0].1.end..pair[1].1.start).unwrap_or_default().to_owned();
    let bare = places.windows(2).all(|pair| !between(pair).chars().any(char::is_alphabetic));
    (most && bare).then(|| places.into_iter().map(|(i, _)| i).collect())
}
