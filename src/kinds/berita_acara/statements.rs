//! Everything a paper states about its figures: each number with what it counts, in reading order.

mod headed;
mod rows;

use std::collections::BTreeMap;

use crate::model::period::Part;
use crate::model::{Document, Period};
use crate::normalise::{period, text};

use super::calculation::results;
use super::columns::Columns;
use super::figures::{Figure, Numbers, counter, numbers};
use super::labels::{Around, Item, Label, Measure, Slot, around, counting_nothing, heading_measure, items, label};
use super::lexicon::{Lexicon, Sense};
use super::outline::Outline;
use super::passages::{Passage, marker, passages};
use super::passed_on::{grown, in_order};
use super::places::Places;
use super::stated::{Stated, Statement, TableSum};
use headed::Headed;
use rows::side_by_side;

/// Reads a paper.
/// `attachments`: words that begin the title of an attachment.
/// `period`: what the minutes are about.
pub fn stated(document: &Document, lexicon: &Lexicon, places: &Places, period: Option<Period>, attachments: &[String]) -> Stated {
    let mut reader = Reader {
        document,
        lexicon,
        places,
        period,
        outline: Outline::default(),
        columns: Columns::default(),
        out: Stated::default(),
        sums: BTreeMap::new(),
        lone: Vec::new(),
        annex: false,
        headed: Headed::default(),
        crowded: Headed::default(),
        counter: None,
    };
    for passage in passages(document) {
        reader.annex |= !reader.out.statements.is_empty() && (attaches(&passage, attachments) || begins_paper(&passage, lexicon));
        reader.take(&passage);
    }
    reader.out.sums = reader.sums.into_values().collect();
    let lone: Vec<Statement> =
        reader.lone.into_iter().filter(|s| reader.out.sums.iter().any(|t| t.rows == 1 && t.span.holds(s.origin))).collect();
    for statement in lone {
        reader.out.take_lone(statement);
    }
    reader.out
}

struct Reader<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
    places: &'a Places,
    /// The period that the minutes are about.
    period: Option<Period>,
    outline: Outline,
    columns: Columns,
    out: Stated,
    sums: BTreeMap<(usize, Slot), TableSum>,
    /// First rows about a region, which count where a table has no other.
    lone: Vec<Statement>,
    /// The attachments have begun.
    annex: bool,
    /// What the line before heads, figure by figure, where it is a heading whose columns ran together.
    headed: Headed,
    /// What the heading row above names, for rows whose columns ran together.
    crowded: Headed,
    /// The number that counted the row before.
    counter: Option<f64>,
}

/// Longest title of an attachment, in words.
const ATTACHMENT: usize = 20;

/// Whether a line begins an attachment: of a row on paper, which may have run into the table below it, the first cell.
fn attaches(passage: &Passage, attachments: &[String]) -> bool {
    let first = passage.cells.first().filter(|_| passage.row).map(|(start, _)| passage.cell(*start));
    let words = text::words(first.and_then(|at| passage.text.get(at)).unwrap_or(&passage.text));
    let named = |word: &String| attachments.iter().any(|a| text::key(a) == *word);
    words.len() <= ATTACHMENT
        && !passage.text.trim_end().ends_with('.')
        && (words.len() > 1 || !passage.row)
        && words.first().is_some_and(named)
}

/// Whether a sentence names the voters it speaks of before its first figure: the sentence before lends it no others.
fn names_voters(all: &[(usize, Item)]) -> bool {
    let before: Vec<(usize, Item)> = all.iter().take_while(|(_, i)| !matches!(i, Item::Figure(_))).cloned().collect();
    all.len() > HEADING && matches!(heading_measure(&before), Measure::Voters | Measure::Result)
}

/// `Nomor : 35/PL.02.1-BA/7502/2025` behind the figures: another paper begins, with figures of its own.
fn begins_paper(passage: &Passage, lexicon: &Lexicon) -> bool {
    let text = passage.text.trim();
    let numbered =
        lexicon.all(text, Sense::Not).first().is_some_and(|p| text.get(..p.at.start).is_some_and(|b| b.trim().is_empty()));
    let code = text.split_whitespace().any(|w| w.matches('/').count() >= 2 && w.contains(|c: char| c.is_ascii_digit()));
    numbered && code && text::words(text).len() <= ATTACHMENT
}

/// Lines of a list have no more words and figures than this; longer ones are paragraphs, which lend nothing to the lines below.
const PROSE: usize = 24;

/// Longest heading above a list, in words.
const HEADING: usize = 16;

impl Reader<'_> {
    fn take(&mut self, passage: &Passage) {
        let first = passage.origin(0);
        let Some(grid) = self.document.grids.get(usize::from(first.grid)) else { return };
        let mark = marker(&passage.text).map(|(m, _)| m);
        if self.columns.take(grid, passage) {
            let (_, all, _) = self.read(passage, None);
            self.crowded = self.names_figures(passage, &all);
            return;
        }
        let after = std::mem::replace(&mut self.counter, counter(passage));
        let (mut numbers, mut all, mut near) = self.read(passage, after);
        self.out.digits.extend(numbers.figures.iter().filter_map(|f| f.digits.as_ref()).map(|d| d.0));
        let named = self.names_figures(passage, &all);
        self.columns.table += usize::from(named.iter().any(|names| !names.is_empty()));
        let headed = std::mem::replace(&mut self.headed, named);
        if numbers.figures.is_empty() {
            return self.without_figures(passage, &all, mark);
        }
        if self.below_names(passage, &numbers, &all, headed) || self.ran_together(passage, &numbers, &all) {
            return;
        }
        if self.listed_names(passage, &numbers) || self.repeats(passage, &numbers, &all) {
            return;
        }
        if self.words_in_columns(passage, &numbers) {
            return;
        }
        if self.crowded_cells(passage, &mut numbers) {
            all = items(&passage.text, &numbers, self.lexicon);
            near = around(&all, numbers.figures.len());
        }
        if let Some(cells) = side_by_side(passage, &numbers).filter(|_| self.columns.any()) {
            return self.row(passage, &numbers, &all, &cells);
        }
        if self.is_member(passage, &numbers) {
            return self.row(passage, &numbers, &all, &[0]);
        }
        if self.unheaded(passage, &numbers, &all) {
            return;
        }
        let above = if mark.is_none() && names_voters(&all) { self.outline.listed() } else { self.outline.above(mark) };
        let heading = self.heading_of_single(passage, &numbers);
        let mut labels = Self::labels(&numbers, &near, &heading, above);
        results(&passage.text, &numbers.figures, &mut labels);
        let own = labels
            .iter()
            .find(|l| l.slot.is_some() || l.measure != Measure::Unsaid)
            .map_or(Measure::Unsaid, |l| if l.own { l.measure } else { Measure::Unsaid });
        for (figure, label) in numbers.figures.iter().zip(&labels) {
            self.keep(passage, figure, *label);
        }
        let prose = mark.is_none() && all.len() > PROSE;
        if prose && passage.text.trim_end().ends_with(':') {
            self.outline.heading(labels.last().filter(|l| l.own).map_or(Measure::Unsaid, |l| l.measure));
        } else if prose {
            self.outline.heading(Measure::Unsaid);
        } else {
            self.outline.line(mark, own);
        }
    }

    /// The numbers of a passage that count something, all its items, and what stands around each number.
    fn read(&self, passage: &Passage, after: Option<f64>) -> (Numbers, Vec<(usize, Item)>, Vec<Around>) {
        let mut numbers = numbers(passage, self.lexicon, self.places);
        numbers.join_words(passage);
        if !passage.row {
            numbers.uncount(&passage.text, after);
        }
        let all = items(&passage.text, &numbers, self.lexicon);
        let nothing = counting_nothing(&all);
        let mut kept = Vec::new();
        for (number, figure) in std::mem::take(&mut numbers.figures).into_iter().enumerate() {
            if nothing.contains(&number) { numbers.spent.push(figure.at) } else { kept.push(figure) }
        }
        numbers.spent.sort_by_key(|s| s.start);
        numbers.figures = kept;
        let all = items(&passage.text, &numbers, self.lexicon);
        let around = around(&all, numbers.figures.len());
        (numbers, all, around)
    }

    /// `Terbilang : …`, `(seratus pemilih)` on a line of its own: the words of the statement before. Returns whether the passage is one.
    fn repeats(&mut self, passage: &Passage, numbers: &Numbers, all: &[(usize, Item)]) -> bool {
        let [Figure { digits: None, words: Some(words), .. }] = numbers.figures.as_slice() else { return false };
        let before = || all.iter().take_while(|(_, i)| !matches!(i, Item::Figure(_)));
        let bracketed = passage.text.starts_with('(') && passage.text.find(')').is_some_and(|close| words.at.end <= close);
        let introduced = bracketed || before().any(|(_, i)| *i == Item::Known(Sense::Spelled));
        let silent =
            before().all(|(_, i)| !matches!(i, Item::Known(s) if !matches!(s, Sense::Spelled | Sense::Filler | Sense::Voters)));
        let Some(last) = self.out.statements.last_mut().filter(|s| introduced && silent && s.words.is_none()) else {
            return false;
        };
        last.words = Some((words.value, passage.text[words.at.clone()].to_owned()));
        true
    }

    fn without_figures(&mut self, passage: &Passage, all: &[(usize, Item)], mark: Option<super::passages::Marker>) {
        let measure = heading_measure(all);
        let short = all.len() <= HEADING && !passage.text.trim_end().ends_with('.');
        match mark {
            Some(mark) => self.outline.line(Some(mark), measure),
            None if short || passage.text.trim_end().ends_with(':') => self.outline.heading(measure),
            None => self.outline.heading(Measure::Unsaid),
        }
    }

    /// What stands above the only figure of a row of a table.
    fn heading_of_single(&self, passage: &Passage, numbers: &Numbers) -> Vec<Item> {
        let [figure] = numbers.figures.as_slice() else { return Vec::new() };
        if !passage.row || !self.columns.any() {
            return Vec::new();
        }
        self.heading(passage, figure.at.start)
    }

    /// `TW II` over a column in minutes of triwulan III.
    fn of_another_period(&self, heading: &str) -> bool {
        let Some(own) = self.period else { return false };
        let named: Vec<Period> = period::find(heading).into_iter().map(|f| f.period).filter(|p| p.part != Part::Year).collect();
        let parts = period::find_partial(heading).into_iter().map(|(part, _)| Period { part, ..own });
        let mut all = named.into_iter().chain(parts).peekable();
        all.peek().is_some() && all.all(|p| p.end_month() != own.end_month())
    }

    fn heading(&self, passage: &Passage, byte: usize) -> Vec<Item> {
        let Some(grid) = self.document.grids.get(usize::from(passage.origin(byte).grid)) else { return Vec::new() };
        let texts = self.columns.above(grid, passage, byte);
        let read = |text: &String| items(text, &Numbers::default(), self.lexicon).into_iter().map(|(_, item)| item);
        let elsewhen = texts.iter().any(|text| self.of_another_period(text)).then_some(Item::Known(Sense::Other));
        texts.iter().flat_map(read).chain(elsewhen).collect()
    }

    /// Labels of running text, with what figures of one sentence lend each other.
    fn labels(numbers: &Numbers, around: &[Around], heading: &[Item], above: Measure) -> Vec<Label> {
        let mut out: Vec<Label> = around.iter().map(|a| label(a, heading)).collect();
        for first in 0..numbers.figures.len() {
            if let Some(slots) = in_order(around, first) {
                let measure = out[first].measure;
                for (label, slot) in out[first..].iter_mut().zip(slots) {
                    *label = Label {
                        slot: Some(slot),
                        measure: label.measure.max(measure),
                        own: measure != Measure::Unsaid,
                        ..*label
                    };
                }
            }
        }
        for i in 1..out.len() {
            out[i] = grown(&out[i - 1], &out[i], &around[i]).unwrap_or(out[i]);
        }
        subject(&mut out, around);
        let mut before = above;
        for (label, around) in out.iter_mut().zip(around) {
            let new = around.head.iter().any(|i| matches!(i, Item::Mark(true)));
            if new {
                before = above;
            }
            let of_voters = matches!(label.slot, Some(Slot::L | Slot::P | Slot::Total));
            if label.measure == Measure::Unsaid && of_voters {
                label.measure = before;
            } else if label.measure == Measure::Voters && !label.total && before == Measure::Other {
                let a_sex = matches!(label.slot, Some(Slot::L | Slot::P));
                if of_voters && details(around) || a_sex && above == Measure::Other {
                    label.measure = Measure::Other;
                }
            }
            if label.measure != Measure::Unsaid {
                before = label.measure;
            }
        }
        out
    }

    fn keep(&mut self, passage: &Passage, figure: &Figure, label: Label) {
        let at = figure.digits.as_ref().map_or(figure.at.start, |d| d.1.start);
        let origin = passage.origin(at);
        let digits = figure.digits.as_ref().map(|d| d.0);
        let words = figure.words.as_ref().map(|w| (w.value, passage.text[w.at.clone()].to_owned()));
        if let Some(slot) = label.slot.filter(|_| label.measure != Measure::Other) {
            let raw = figure.digits.as_ref().map_or(&figure.at, |d| &d.1);
            let raw = passage.text[raw.clone()].to_owned();
            self.out.statements.push(Statement { slot, digits, words, origin, raw, label, annex: self.annex });
            return;
        }
        if let (None, Some((Some(value), printed))) = (digits, &words)
            && *value >= LARGE
            && !(YEARS.0..YEARS.1).contains(value)
        {
            self.out.spelled.push((*value, printed.clone(), origin));
        }
        self.out.others.extend(digits.zip(words.and_then(|w| w.0)).map(|(d, w)| (d, w, origin)));
    }
}

/// Numbers in words from here on are figures of voters, unless they are years.
const LARGE: f64 = 1000.0;
const YEARS: (f64, f64) = (1945.0, 2100.0);

/// `pemilih di 12 kecamatan (127 desa) sekarang berjumlah 191.713`: voters who are named before regions are counted by the first figure
/// behind these that says nothing else.
fn subject(labels: &mut [Label], around: &[Around]) {
    let mut open = false;
    for (label, around) in labels.iter_mut().zip(around) {
        let known = || around.head.iter().chain(&around.tail);
        if around.head.iter().any(|i| matches!(i, Item::Mark(true))) {
            open = false;
        }
        let regions = matches!(label.slot, Some(Slot::Kecamatan | Slot::Desa | Slot::DesaAlone | Slot::KelurahanAlone));
        if regions {
            open |= around.head.contains(&Item::Known(Sense::Voters));
        } else if open
            && label.slot.is_none()
            && known().all(
                |i| !matches!(i, Item::Known(s) if !matches!(s, Sense::Filler | Sense::Link | Sense::Detail | Sense::Spelled)),
            )
        {
            *label = Label { slot: Some(Slot::Total), measure: Measure::Voters, own: true, ..*label };
            open = false;
        } else {
            open = false;
        }
    }
}

/// Whether a figure is introduced as a part of the one before it.
fn details(around: &Around) -> bool {
    around.head.iter().any(|i| matches!(i, Item::Known(Sense::Detail)))
}
