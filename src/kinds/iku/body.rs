//! The rows below a heading → indicators: cells that go on in the next row or on the next page are joined, merged goals and aims are
//! carried down, group rows, totals, notes and signatures are told from indicators.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::Origin;
use crate::model::origin::Span;
use crate::model::period::Part;
use crate::normalise::text;
use crate::tables::columns::{self, Heading};
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::Vocabulary;

use super::aims::Lines;
use super::bands;
use super::coded::{self, Codes};
use super::inside;
use super::layout::{Col, Field, columns as meanings, looks_like_ours};
use super::pairs;
use super::place::Place;
use super::torn::{is_ordinal, mend};
use super::unread;

/// What is printed in one column for one indicator.
#[derive(Clone, Debug, Default)]
pub(super) struct Printed {
    pub(super) text: String,
    pub(super) number: Option<f64>,
    pub(super) origin: Option<Origin>,
}

/// One indicator as printed.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) span: Span,
    /// By number of the column.
    pub(super) cells: BTreeMap<usize, Printed>,
    /// Goal and aim from group rows above.
    pub(super) groups: BTreeMap<Field, Printed>,
    /// The part of the year that a row above names.
    pub(super) part: Option<Part>,
}

/// A table with its indicators.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) cols: Vec<Col>,
    pub(super) items: Vec<Item>,
    pub(super) heading: Heading,
    /// Goal and aim of the group row above.
    pub(super) groups: BTreeMap<Field, Printed>,
    /// Rows with figures that are no indicators.
    pub(super) passed: Vec<Span>,
    /// The part of the year that a row above names.
    band: Option<Part>,
    /// Another table has begun below it.
    over: bool,
}

/// What the words of the schema say.
pub(super) struct Words<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) phrases: &'a Phrases,
    /// Rows of the file can be torn: lines of text can, rows of sheets, of Word's tables and of paper come whole.
    pub(super) torn: bool,
    /// Every sheet has its own table; the same heading on the next page of anything else goes on with the one before.
    pub(super) sheets: bool,
}

/// All tables of the document; those with the same columns that follow each other are one. With them, for each row whether a table
/// took it or it stands in a heading.
pub(super) fn tables(rows: &[Row], words: &Words, codes: &Codes) -> (Vec<Table>, Vec<bool>) {
    let mut heard = vec![false; rows.len()];
    let mut out: Vec<Table> = Vec::new();
    let mut lines = Lines::default();
    let mut open = false;
    let mut band = None;
    // `summary`: these are rows below a heading that names sums over several indicators.
    let (mut unheaded, mut summary, mut at): (Vec<Span>, bool, usize) = (Vec::new(), false, 0);
    while let Some(row) = rows.get(at) {
        let named = lines.names_indicator() || out.last().is_some_and(|t| t.groups.contains_key(&Field::Indikator));
        let below = |h: &Heading| rows.get(h.rows.end).is_some_and(|r| names_indicator(r, words));
        let coded = |h: &Heading| coded::measures(codes, h, rows);
        let ours = |h: &Heading| is_ours(h, words) || (named || below(h)) && measures_alone(h) || coded(h);
        let heading = columns::heading(rows, at, words.vocabulary, 2).filter(|_| !pairs::line(rows, at, words));
        let above = at.checked_sub(1).and_then(|i| rows.get(i));
        let anew = || !open || begins_anew(row, above) || out.last().is_some_and(|t| t.is_headed_anew(row, words));
        summary = heading.as_ref().map_or(summary && row.cells.len() > 1, |h| !ours(h) && names_sums(h, words));
        if heading.as_ref().is_some_and(|h| !ours(h) && anew()) {
            // Another table begins: programmes and their money below an agreement.
            for table in &mut out {
                table.over = true;
            }
        }
        if let Some(heading) = heading.filter(ours) {
            heard.iter_mut().take(heading.rows.end).skip(at).for_each(|h| *h = true);
            at = heading.rows.end;
            open = true;
            let goes_on = |t: &Table| same(&t.heading, &heading) && !(words.sheets && t.heading_grid(rows) != row.grid);
            match out.last_mut().filter(|t| goes_on(t)) {
                Some(table) => (table.heading, table.over) = (heading, false),
                None => out.push(Table::new(heading.clone(), meanings(&heading), Vec::new())),
            }
            out.last_mut().into_iter().for_each(|table| {
                lines.lend(&mut table.groups);
                table.band = band.take().or(table.band);
            });
            continue;
        }
        at += 1;
        let Some(table) = out.last_mut().filter(|t| !t.over && (t.heading_grid(rows) == row.grid || t.reaches(row, words)))
        else {
            lines.take(row, words);
            band = bands::part(row, words).or(band);
            let left = !summary && looks_like_ours(row) && !row.cells.iter().any(unread::money);
            unheaded.extend(left.then(|| row.span()));
            continue;
        };
        let mut row = Cow::Borrowed(row);
        at += table.mended(&mut row, rows.get(at..).unwrap_or_default(), open, words);
        table.name_by_code(&row, codes);
        open = table.take(&row, [above, rows.get(at).filter(|n| n.grid == row.grid)], open, words);
        if let Some(h) = heard.get_mut(at - 1).filter(|_| open) {
            *h = true;
        }
    }
    out.retain(|t| !t.items.is_empty());
    out.first_mut().into_iter().for_each(|t| t.passed.append(&mut unheaded));
    (out, heard)
}

/// A heading names indicators or aims, and something that is said of them.
fn is_ours(heading: &Heading, words: &Words) -> bool {
    if counts_indicators(heading, words) {
        return false;
    }
    let cols = meanings(heading);
    let has = |f: Field| cols.iter().any(|c| c.field == Some(f));
    let said =
        [Field::Target, Field::Realisasi, Field::Capaian, Field::Cara, Field::Sumber].into_iter().filter(|f| has(*f)).count();
    has(Field::Indikator) && said >= 1 || has(Field::Sasaran) && said >= 2 || has(Field::Sasaran) && has(Field::Target)
}

/// Whether a row may begin another table: behind a gap, or below a line that is its title.
fn begins_anew(row: &Row, above: Option<&Row>) -> bool {
    row.apart || above.is_some_and(|r| r.grid == row.grid && r.cells.len() == 1)
}

/// Whether a heading names sums over several indicators.
fn names_sums(heading: &Heading, words: &Words) -> bool {
    heading.columns.iter().flat_map(|c| &c.labels).any(|label| words.phrases.is("jumlah", label))
}

/// `Sasaran | Jumlah Indikator | Rata-rata Capaian`: a summary, whose rows are no indicators.
fn counts_indicators(heading: &Heading, words: &Words) -> bool {
    let named = meanings(heading).into_iter().filter(|c| c.field == Some(Field::Indikator));
    let counted: Vec<bool> = named.map(|c| words.phrases.is("jumlah", &c.name)).collect();
    !counted.is_empty() && counted.iter().all(|c| *c)
}

/// `Indikator 1: Persentase …` in a row of its own.
fn names_indicator(row: &Row, words: &Words) -> bool {
    matches!(row.cells.as_slice(), [cell] if super::aims::prefixed(&cell.text, words).0 == Some(Field::Indikator))
}

/// A heading of measures, below a line that names whose they are.
fn measures_alone(heading: &Heading) -> bool {
    let cols = meanings(heading);
    let has = |f: Field| cols.iter().any(|c| c.field == Some(f));
    [Field::Target, Field::Realisasi, Field::Capaian].into_iter().filter(|f| has(*f)).count() >= 2 && !has(Field::Sasaran)
}

/// The same columns under the same names: a heading repeated on the next page.
fn same(a: &Heading, b: &Heading) -> bool {
    let folded = |h: &Heading| -> Vec<String> { h.columns.iter().map(|c| text::key(&c.labels.join(" "))).collect() };
    folded(a) == folded(b)
}

impl Table {
    /// A table that was read elsewhere.
    pub(super) const fn new(heading: Heading, cols: Vec<Col>, items: Vec<Item>) -> Self {
        Self { cols, items, heading, groups: BTreeMap::new(), passed: Vec::new(), band: None, over: false }
    }

    fn heading_grid(&self, rows: &[Row]) -> u16 {
        rows.get(self.heading.rows.start).map_or(u16::MAX, |r| r.grid)
    }

    /// Number of the row where its last heading begins.
    pub(super) const fn start(&self) -> usize {
        self.heading.rows.start
    }

    /// Whether another heading stands in the middle of the table: the column of numbers says what heads it.
    fn is_headed_anew(&self, row: &Row, words: &Words) -> bool {
        let number = self.index(Field::No).and_then(|no| self.said_in(row, no));
        number.is_some_and(|c| columns::says(&c.text, words.vocabulary) == ["no"])
    }

    pub(super) fn index(&self, field: Field) -> Option<usize> {
        self.cols.iter().position(|c| c.field == Some(field))
    }

    /// Takes one row between its neighbours; whether the table is still open after it.
    fn take(&mut self, row: &Row, around: [Option<&Row>; 2], open: bool, words: &Words) -> bool {
        if columns::is_number_row(row) && self.items.is_empty() {
            return open;
        }
        if let Some(part) = bands::part(row, words) {
            self.band = Some(part);
            return true;
        }
        if self.quarter(row, words) {
            return true;
        }
        match self.place(row, around, open, words) {
            Place::New => {
                let mut whole = self.item(row);
                whole.groups.extend(inside::said(&whole.cells, &self.cols, words));
                self.groups.remove(&Field::Indikator);
                let parts = self.parts(row, &whole, words);
                self.items.extend(if parts.is_empty() { vec![whole] } else { parts });
                true
            }
            Place::Continues => {
                self.go_on(row);
                true
            }
            Place::Skip => {
                self.pass_over(row, words);
                open
            }
            Place::Closes => false,
        }
    }

    /// In a table without names the one that stands elsewhere behind the code of this row.
    fn name_by_code(&mut self, row: &Row, codes: &Codes) {
        if self.index(Field::Indikator).is_some() || self.index(Field::Sasaran).is_some() {
            return;
        }
        let code = coded::said_in(&self.heading, &self.cols, row, Field::No);
        let Some(named) = code.and_then(|c| coded::name(codes, c)) else { return };
        self.groups.insert(Field::Indikator, named.indikator.clone());
        self.groups.extend(named.sasaran.clone().map(|aim| (Field::Sasaran, aim)));
    }

    /// Remembers a row that is neither indicator nor total but has figures in the columns for them, or a name and more.
    fn pass_over(&mut self, row: &Row, words: &Words) {
        let placed = self.placed(row);
        let figure = |(i, c): &(usize, &Cell)| {
            let measured = self.cols[*i].field.is_some_and(Field::measured);
            measured && (c.number.is_some() || crate::normalise::number::looks_like_number(&c.text))
        };
        let total = placed.iter().any(|(_, c)| words.phrases.is("jumlah", &c.text) || words.phrases.begins("ringkasan", &c.text));
        let named = placed.iter().any(|(i, c)| {
            self.cols[*i].field == Some(Field::Indikator) && c.text.chars().count() >= SENTENCE && row.cells.len() > 2
        });
        if !total && !self.is_marked(&placed) && !columns::is_number_row(row) && (named || placed.iter().any(figure)) {
            self.passed.push(row.span());
        }
    }

    /// Cells of the row by the column they belong to.
    pub(super) fn placed<'r, 'a>(&self, row: &'r Row<'a>) -> Vec<(usize, &'r Cell<'a>)> {
        row.cells.iter().filter_map(|c| Some((self.heading.column(c.origin.col)?, c))).collect()
    }

    /// What a row says in a column: its own cell, or one merged down from above. Where the column's heading stands over a number and a
    /// text, the text.
    fn said_in<'r, 'a>(&self, row: &'r Row<'a>, column: usize) -> Option<&'r Cell<'a>> {
        let left = self.cols.get(column)?.left;
        let counts = self.cols[column].field == Some(Field::No);
        let of = |cells: &'r [Cell<'a>]| -> Vec<&'r Cell<'a>> {
            cells.iter().filter(|c| self.heading.column(c.origin.col) == Some(column)).collect()
        };
        let worded = |cells: &[&'r Cell<'a>]| {
            let text = cells.iter().find(|c| counts || cells.len() == 1 && c.origin.col == left || !is_ordinal(&c.text));
            text.copied()
        };
        let (own, carried) = (of(&row.cells), of(&row.carried));
        worded(&own).or_else(|| worded(&carried)).or_else(|| row.at(left))
    }

    pub(super) fn item(&self, row: &Row) -> Item {
        let mut cells: BTreeMap<usize, Printed> = BTreeMap::new();
        for (i, col) in self.cols.iter().enumerate() {
            let Some(cell) = self.said_in(row, i) else { continue };
            let wide = cell.origin.col < col.left && row.own(col.left).is_some();
            if !wide {
                let text = self.bounded(row, cell);
                cells.insert(i, Printed { text, number: cell.number, origin: Some(cell.origin) });
            }
        }
        self.part_number(&mut cells);
        // Goals and aims are printed once for all indicators below them.
        if let Some(last) = self.items.last() {
            for field in [Field::Tujuan, Field::Sasaran] {
                let Some(i) = self.index(field).filter(|i| !cells.contains_key(i)) else { continue };
                if let Some(carried) = last.cells.get(&i).filter(|_| !self.groups.contains_key(&field)) {
                    cells.insert(i, carried.clone());
                }
            }
        }
        Item { span: row.span(), cells, groups: self.groups.clone(), part: self.band }
    }

    /// What a cell says; `≥` alone in its cell bounds the figure in the next one, which stands below no heading of its own.
    fn bounded(&self, row: &Row, cell: &Cell) -> String {
        let own = text::clean(&cell.text);
        let sign = !own.is_empty() && own.chars().all(|c| "≥≤<>".contains(c));
        let next = row.cells.iter().find(|c| c.origin.col > cell.right).filter(|_| sign);
        let headed = |c: &&Cell| {
            let column = self.heading.column(c.origin.col);
            column.is_some_and(|i| {
                Some(i) != self.heading.column(cell.origin.col) && self.cols[i].name.contains(char::is_alphanumeric)
            })
        };
        match next.filter(|c| !headed(c)) {
            Some(figure) => format!("{own} {}", text::clean(&figure.text)),
            None => own,
        }
    }

    /// `3 Persentase …` where the paper's columns of number and indicator ran together.
    fn part_number(&self, cells: &mut BTreeMap<usize, Printed>) {
        let (Some(no), Some(named)) = (self.index(Field::No), self.index(Field::Indikator)) else { return };
        let apart = cells.get(&no).is_some_and(|own| cells.get(&named).is_none_or(|p| p.origin != own.origin));
        if no + 1 != named || apart {
            return;
        }
        let Some(printed) = cells.get_mut(&named) else { return };
        let Some((number, rest)) = printed.text.split_once(' ') else { return };
        let expected = number.trim_end_matches(['.', ')']).parse().is_ok_and(|n: usize| n == self.items.len() + 1 || n == 1);
        if expected && rest.starts_with(char::is_uppercase) {
            let said = Printed { text: number.to_owned(), number: None, origin: printed.origin };
            printed.text = rest.to_owned();
            cells.insert(no, said);
        }
    }

    /// Puts what is the rest of this row behind it: lines of a torn cell, words that ran over their column; how many lines there were.
    fn mended<'a>(&self, row: &mut Cow<Row<'a>>, behind: &[Row<'a>], open: bool, words: &Words) -> usize {
        let mut taken = 0;
        while let Some(next) = behind.get(taken).filter(|next| words.torn && open && self.tears(row, next, words)) {
            mend(row.to_mut(), next);
            taken += 1;
        }
        if let Some(aim) = self.whole_aim(row, behind.get(taken)).filter(|_| !words.sheets) {
            *row = Cow::Owned(aim);
        }
        if let Some(whole) = self.footed(row, behind.get(taken)).filter(|_| !words.sheets) {
            *row = Cow::Owned(whole);
            taken += 1;
        }
        taken
    }

    /// Whether the next line is the rest of this one: a line of text was broken within a cell.
    fn tears(&self, row: &Row, next: &Row, words: &Words) -> bool {
        let (Some(last), Some(first), Some(end)) = (row.cells.last(), next.cells.first(), next.cells.last()) else {
            return false;
        };
        let wide = usize::from(last.origin.col) + usize::from(end.origin.col) < self.heading.columns.len();
        let short = usize::from(last.origin.col) + 1 < self.heading.columns.len();
        let begun = row.cells.first().is_some_and(|c| c.origin.col == 0) && row.cells.len() > 1;
        begun && short && wide && !next.apart && first.origin.col == 0 && !is_ordinal(&first.text) && !Self::closes(next, words)
    }

    /// Adds what a torn row brings to the indicator above it.
    fn go_on(&mut self, row: &Row) {
        let placed: Vec<(usize, Printed)> = self
            .placed(row)
            .into_iter()
            .map(|(i, c)| (i, Printed { text: text::clean(&c.text), number: c.number, origin: Some(c.origin) }))
            .collect();
        let Some(item) = self.items.last_mut() else { return };
        for (i, more) in placed {
            if let Some(origin) = more.origin.filter(|_| self.cols[i].field.is_some_and(|f| f != Field::Other)) {
                item.span = if origin.grid == item.span.from.grid { item.span.with(origin) } else { item.span };
            }
            match item.cells.get_mut(&i) {
                Some(printed) => {
                    printed.text = format!("{} {}", printed.text, more.text);
                    printed.number = None;
                }
                None => {
                    item.cells.insert(i, more);
                }
            }
        }
    }
}

/// Names of indicators are no shorter, as a rule.
const SENTENCE: usize = 25;
