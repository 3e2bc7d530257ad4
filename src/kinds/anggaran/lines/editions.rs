//! Every row twice, before a revision and after it: a word beside the figures says which is which. The later one counts.

use crate::tables::marks::{Mark, Marked};

use super::super::bands::Stretch;
use super::super::words::{Edition, Words};
use super::Line;

/// Pairs of rows before a table is known to print both editions below each other.
const FEWEST: usize = 3;

/// What a cell of a row that says nothing else calls its figures.
pub(super) fn of_row(sheet: &Marked, words: &Words, stretch: &Stretch, n: usize) -> Edition {
    let said = stretch.cells(sheet, n).filter(|(_, m)| *m == Mark::Label).map(|(c, _)| sheet.said(c));
    let edition = said.filter(|s| s.whole() && s.senses.len() == 1).map(|s| words.edition(s)).find(|e| *e != Edition::Only);
    edition.unwrap_or_default()
}

/// Leaves out the rows before a revision where as many come after it; their figures are told.
pub(super) fn later(lines: &mut Vec<Line>, words: &Words) {
    let count = |edition: Edition| lines.iter().filter(|l| l.edition == edition && l.has_figures()).count();
    let (before, after) = (count(Edition::Before), count(Edition::After));
    if before < FEWEST || after < FEWEST || before.abs_diff(after) * 10 > before + after {
        return;
    }
    for line in lines.iter_mut().filter(|l| words.is_total(l.words())) {
        line.edition = words.edition(&words.vocabulary().read(line.words()));
    }
    let mut aside = Vec::new();
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    for mut line in lines.drain(..) {
        if line.edition == Edition::Before {
            aside.extend(line.volumes.iter().chain(&line.price).chain(&line.amount).map(|n| n.at));
            // What is printed over both stands in the first of them.
            if let Some(last) = kept.last_mut().filter(|l| l.edition == Edition::Before) {
                last.take_names(line);
            } else {
                line.without_figures();
                kept.push(line);
            }
        } else if line.edition == Edition::After
            && let Some(names) = kept.pop_if(|l| l.edition == Edition::Before)
        {
            line.take_names(names);
            line.aside.append(&mut aside);
            kept.push(line);
        } else {
            kept.retain(|l| l.edition != Edition::Before);
            kept.push(line);
        }
    }
    kept.retain(|l| l.edition != Edition::Before);
    if let Some(last) = kept.last_mut() {
        last.aside.append(&mut aside);
    }
    *lines = kept;
}

impl Line {
    fn without_figures(&mut self) {
        self.volumes.clear();
        (self.price, self.amount, self.tax) = (None, None, None);
    }

    /// Code, description and mark of the row that stands for the same, where it has none itself.
    fn take_names(&mut self, other: Self) {
        if self.codes.is_empty() {
            self.codes = other.codes;
        }
        self.text = self.text.take().filter(|t| !t.text.is_empty()).or(other.text);
        self.mark = self.mark.or(other.mark);
        self.fund = self.fund.take().or(other.fund);
    }
}
