//! Headings of columns: what stands above a figure of a table, row by row in the order of the paper.

use crate::model::Grid;
use crate::normalise::{date, number};

use super::passages::Passage;

/// The heading rows above the row one has come to.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    grid: Option<u16>,
    headings: Vec<Heading>,
    last: u32,
    /// The line before was a row of a table.
    inside: bool,
    /// How many tables have begun.
    pub table: usize,
}

/// One row of a heading: its number, its texts by place, and whether these are stretches of a line.
#[derive(Clone, Debug)]
struct Heading {
    row: u32,
    texts: Vec<((u16, u16), String)>,
    split: bool,
}

/// Most rows of one heading.
const MOST: usize = 5;

/// Most empty rows within a table.
const GAP: u32 = 2;

impl Columns {
    /// Takes the next row. Returns whether it is a heading, which holds no figures of its own.
    pub fn take(&mut self, grid: &Grid, passage: &Passage) -> bool {
        let at = passage.origin(0);
        if self.grid != Some(at.grid) || at.row > self.last + 1 + GAP {
            *self = Self { grid: Some(at.grid), table: self.table + 1, ..Self::default() };
        }
        let adjacent = self.headings.last().is_some_and(|h| h.row == self.last) && at.row == self.last + 1;
        let begins = !std::mem::replace(&mut self.inside, passage.row) || adjacent;
        self.last = at.row;
        if !passage.row {
            return false;
        }
        let cells =
            passage.cells.iter().map(|(start, _)| (passage.column(*start), passage.text[passage.cell(*start)].trim().to_owned()));
        let texts: Vec<((u16, u16), String)> = cells.filter(|(_, text)| !text.is_empty()).collect();
        if counts_columns(&texts) {
            return true;
        }
        let merged = grid.merges.iter().any(|m| m.top < at.row && m.bottom >= at.row);
        if !is_heading(&texts, merged) || texts.len() == 2 && !merged && !begins {
            return false;
        }
        if !adjacent {
            self.headings.clear();
            self.table += 1;
        }
        if self.headings.len() < MOST {
            self.headings.push(Heading { row: at.row, texts, split: !passage.stretches.is_empty() });
        }
        true
    }

    /// The texts above the cell of a byte, top to bottom.
    pub fn above(&self, grid: &Grid, passage: &Passage, byte: usize) -> Vec<String> {
        let place = passage.column(byte);
        let mut seen: Vec<(u32, u16)> = Vec::new();
        let mut out = Vec::new();
        for heading in &self.headings {
            if heading.split {
                out.extend(heading.nearest(place));
                continue;
            }
            let (row, col) = (heading.row, place.0);
            let merged = grid.merges.iter().find(|m| (m.top..=m.bottom).contains(&row) && (m.left..=m.right).contains(&col));
            let at = merged.map_or((row, col), |m| (m.top, m.left));
            if !seen.contains(&at) {
                seen.push(at);
                out.extend(grid.at(at.0, at.1).map(|cell| grid.shown(cell.value)));
            }
        }
        out
    }

    /// Whether there is a heading above.
    pub fn any(&self) -> bool {
        !self.headings.is_empty()
    }
}

impl Heading {
    /// The stretch above another: the one that ends or begins nearest to it.
    fn nearest(&self, (from, to): (u16, u16)) -> Option<String> {
        let apart = |&((a, b), _): &&((u16, u16), String)| a.abs_diff(from).min(b.abs_diff(to));
        self.texts.iter().min_by_key(apart).map(|(_, text)| text.clone())
    }
}

/// Several short texts side by side and no figure.
fn is_heading(texts: &[((u16, u16), String)], merged: bool) -> bool {
    let words = texts.iter().filter(|(_, t)| t.chars().any(char::is_alphabetic)).count();
    let figures = texts.iter().filter(|(_, t)| number::looks_like_number(t)).count();
    let form = texts.iter().any(|(_, t)| t == ":" || t.ends_with(':') || t.starts_with(':'));
    let counted = texts.iter().any(|(_, t)| tells_a_value(t));
    (words >= 2 || words == 1 && merged)
        && figures == 0
        && !counted
        && !form
        && texts.iter().all(|(_, t)| t.chars().count() <= 90)
}

/// `3.`, `17 kecamatan`, `63/PK.01-BA/3507/2025`, `1 Juli 2025`, `Rabu, 1 Juli 2025`: what counts a row or stands in it, not the heading of a column.
fn tells_a_value(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphabetic() && c != '\'').next().unwrap_or_default();
    text.starts_with(|c: char| c.is_ascii_digit()) || date::weekday(first).is_some()
}

/// `(1) | (2) | (3)`: the row that numbers the columns.
fn counts_columns(texts: &[((u16, u16), String)]) -> bool {
    let number = |(_, t): &((u16, u16), String)| t.trim_matches(['(', ')', '.']).parse::<usize>().ok();
    let numbers: Option<Vec<usize>> = texts.iter().map(number).collect();
    numbers.is_some_and(|n| n.len() >= 3 && n.windows(2).all(|pair| pair[1] == pair[0] + 1) && n[0] <= 2)
}
