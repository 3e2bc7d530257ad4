//! Where the tables of a sheet are: bands of headings with the rows below them. A page that repeats the headings goes on with the table.

use std::ops::Range;

use crate::model::Cell;
use crate::normalise::text;
use crate::tables::marks::{Mark, Marked};

use super::words::{Edition, Role, Words};

mod beside;

/// One table: the rows under one band of headings, page by page. Numbers of filled rows, as [`Marked::row`] counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The headings, without the row of column numbers.
    pub heading: Range<usize>,
    /// The rows below, in parts where the headings stand again on the next page.
    pub bodies: Vec<Range<usize>>,
    /// The columns of the sheet it takes up: all, or those of one of several tables side by side.
    pub columns: Range<u16>,
}

impl Stretch {
    /// The cells of a row that belong to it.
    pub fn cells<'a>(&self, sheet: &'a Marked, n: usize) -> impl Iterator<Item = (&'a Cell, Mark)> + Clone {
        let columns = self.columns.clone();
        sheet.row(n).1.filter(move |(c, _)| columns.contains(&c.col))
    }

    /// All its rows.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.bodies.iter().cloned().flatten()
    }
}

/// Most rows a band of headings has.
const TALLEST: usize = 6;

/// All stretches of a sheet from top to bottom.
#[must_use]
pub fn stretches(sheet: &Marked, words: &Words) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < sheet.row_count() {
        let Some(heading) = band(sheet, words, at) else {
            at += 1;
            continue;
        };
        if let Some(part) = found.last_mut().and_then(|s| s.bodies.last_mut()) {
            part.end = heading.start;
        }
        let mut start = heading.end;
        while start < sheet.row_count() && counting(sheet, start) {
            start += 1;
        }
        at = start;
        let body = start..sheet.row_count();
        match found.last_mut().filter(|last| same(sheet, &last.heading, &heading)) {
            Some(last) => last.bodies.push(body),
            None => found.push(Stretch { heading, bodies: vec![body], columns: 0..u16::MAX }),
        }
    }
    found.into_iter().flat_map(|stretch| beside::parted(sheet, words, stretch)).collect()
}

/// The rows above the first headings of a sheet: on paper they may go on with the table of the page before.
#[must_use]
pub fn above(sheet: &Marked, stretches: &[Stretch]) -> Stretch {
    let end = stretches.first().map_or(sheet.row_count(), |s| s.heading.start);
    Stretch { heading: 0..0, bodies: std::iter::once(0..end).collect(), columns: 0..u16::MAX }
}

/// Whether two bands say the same over the same columns.
fn same(sheet: &Marked, a: &Range<usize>, b: &Range<usize>) -> bool {
    let texts = |band: &Range<usize>| -> Vec<(u16, String)> {
        let cells = band
            .clone()
            .flat_map(|n| sheet.row(n).1.map(|(c, _)| (c.col, text::key(&sheet.grid.shown(c.value)))).collect::<Vec<_>>());
        cells.collect()
    };
    texts(a) == texts(b)
}

/// What a row is by its cells.
struct Shape {
    /// Cells that are known headings, and what they may stand for.
    known: usize,
    roles: Vec<Role>,
    labels: usize,
    figures: usize,
}

fn shape(sheet: &Marked, words: &Words, n: usize) -> Shape {
    let mut shape = Shape { known: 0, roles: Vec::new(), labels: 0, figures: 0 };
    for (cell, mark) in sheet.row(n).1 {
        match mark {
            // A year heads figures.
            Mark::Figure if matches!(sheet.grid.shown(cell.value).trim().parse(), Ok(2000..2100_u32)) => shape.labels += 1,
            Mark::Figure => shape.figures += 1,
            Mark::Dash => {}
            Mark::Label => {
                shape.labels += 1;
                let said = sheet.said(cell);
                let roles = words.roles(said);
                let heads = !roles.is_empty() || words.edition(said) != Edition::Only;
                if heads && said.unknown * 2 <= said.words && !is_statement(&sheet.grid.shown(cell.value)) {
                    shape.known += 1;
                    shape.roles.extend(roles);
                }
            }
        }
    }
    shape
}

/// `Sumber Dana : Rupiah Murni` says something about a row; headings have nothing behind their colon.
fn is_statement(shown: &str) -> bool {
    shown.split_once(':').is_some_and(|(head, rest)| head.contains(char::is_alphabetic) && rest.contains(char::is_alphabetic))
}

/// The band that starts at a row: headings of amounts and of what they are for, in at least three columns.
fn band(sheet: &Marked, words: &Words, start: usize) -> Option<Range<usize>> {
    let first = shape(sheet, words, start);
    if first.known < 2 || first.figures > 0 {
        return None;
    }
    let (mut known, mut labels, mut roles, mut end) = (first.known, first.labels, first.roles, start + 1);
    let mut bottom = merged_down_to(sheet, start);
    while end < sheet.row_count() && end < start + TALLEST {
        let row = sheet.row(end).0;
        let next = shape(sheet, words, end);
        let named = next.known > 0 && (row <= bottom || next.known == next.labels);
        let joins = next.figures == 0
            && (named || row <= bottom && is_inside(sheet, start, end) || is_below_groups(sheet, words, start, end));
        if !joins || counting(sheet, end) {
            break;
        }
        known += next.known;
        // What nobody knows below a known heading is told by that.
        labels += if named { next.labels } else { 0 };
        roles.extend(next.roles);
        bottom = bottom.max(merged_down_to(sheet, end));
        end += 1;
    }
    let has = |wanted: &dyn Fn(&Role) -> bool| roles.iter().any(wanted);
    // Quantities and their units have a price and an amount beside them, whatever those are called.
    let money = has(&|r| matches!(r, Role::Amount | Role::Price)) || has(&|r| *r == Role::Volume) && has(&|r| *r == Role::Unit);
    let what = has(&|r| matches!(r, Role::Text | Role::Code(_)));
    // Months or offices beside them may be many: four different columns of a budget are enough.
    let different = roles.iter().enumerate().filter(|(n, r)| !roles[..*n].contains(r)).count();
    (money && what && known >= 3 && (known * 2 >= labels || different >= 4)).then_some(start..end)
}

/// Whether a row beside headings that are merged down over it parts those that are not: it says nothing in the first column.
fn is_inside(sheet: &Marked, first: usize, n: usize) -> bool {
    let left = |n: usize| sheet.row(n).1.next().map(|(c, _)| c.col);
    left(n) > left(first) && sheet.row(n).1.count() > 1
}

/// Whether a row heads the parts of groups above it in words of its own (`V1 S1 V2 S2`): several short cells, none of them where codes and
/// descriptions stand.
fn is_below_groups(sheet: &Marked, words: &Words, first: usize, n: usize) -> bool {
    let describes = |c: &Cell| words.roles(sheet.said(c)).iter().any(|r| matches!(r, Role::Text | Role::Code(_)));
    // What describes kinds of figures stands right of the first of them.
    let counted = |c: &Cell| words.roles(sheet.said(c)).iter().any(|r| r.numeric());
    let figures = sheet.row(first).1.find(|(c, _)| counted(c)).map_or(u16::MAX, |(c, _)| c.col);
    let left = sheet.row(first).1.filter(|(c, _)| c.col < figures || figures == u16::MAX);
    let described: Vec<u16> = left.filter(|(c, _)| describes(c)).map(|(c, _)| c.col).collect();
    let cells = sheet.row(n).1;
    let short = |c: &Cell| sheet.grid.shown(c.value).chars().count() <= LONGEST;
    !described.is_empty()
        && cells.clone().count() >= 2
        && cells.clone().all(|(c, m)| m == Mark::Label && short(c) && !described.contains(&c.col))
}

/// Characters of a heading that is known by those above it.
const LONGEST: usize = 12;

/// The last row that merges starting in a filled row reach.
fn merged_down_to(sheet: &Marked, n: usize) -> u32 {
    let (row, cells) = sheet.row(n);
    cells.filter_map(|(c, _)| sheet.merged_from(row, c.col)).map(|m| m.bottom).max().unwrap_or(row)
}

/// A row of column numbers: `1 2 3`, `(1) (2) (3)`, `a b c`, with `6=3x5` among them.
#[must_use]
pub fn counting(sheet: &Marked, n: usize) -> bool {
    let mut last = 0;
    let mut counted = 0;
    for (cell, _) in sheet.row(n).1 {
        let shown = sheet.grid.shown(cell.value);
        let bare: String = text::ordinal(&shown).chars().filter(|c| !matches!(c, '(' | ')' | '.')).collect();
        let sum = bare.contains('=');
        let parts: Vec<&str> = if sum { bare.split('=').take(1).collect() } else { bare.split_whitespace().collect() };
        if sum && !bare.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "=+-*xX/:".contains(c)) {
            return false;
        }
        for part in parts {
            let number = match part.trim().as_bytes() {
                [letter] if letter.is_ascii_alphabetic() => u32::from(letter.to_ascii_lowercase() - b'a') + 1,
                digits if digits.len() < 3 && !digits.starts_with(b"0") => part.trim().parse().unwrap_or(0),
                _ => 0,
            };
            let follows = (last + 1..=last + 3).contains(&number) || sum && number > 0;
            if !follows {
                return false;
            }
            last = last.max(number);
            counted += 1;
        }
    }
    counted >= 3
}
