//! Headings of columns: what stands above a figure of a table, row by row in the order of the sheet.

use crate::model::Grid;
use crate::normalise::number;

/// The heading rows above the row one has come to.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    grid: Option<u16>,
    headings: Vec<u32>,
    last: u32,
    /// How many tables have begun.
    pub table: usize,
}

/// Most rows of one heading.
const MOST: usize = 5;

/// Most empty rows within a table.
const GAP: u32 = 2;

impl Columns {
    /// Takes the next row of a grid. Returns whether it is a heading, which holds no figures of its own.
    pub fn take(&mut self, grid: &Grid, number: u16, row: u32) -> bool {
        if self.grid != Some(number) || row > self.last + 1 + GAP {
            *self = Self { grid: Some(number), table: self.table + 1, ..Self::default() };
        }
        let adjacent = self.headings.last() == Some(&self.last) && row == self.last + 1;
        self.last = row;
        if counts_columns(grid, row) {
            return true;
        }
        if !is_heading(grid, row) {
            return false;
        }
        if !adjacent {
            self.headings.clear();
            self.table += 1;
        }
        if self.headings.len() < MOST {
            self.headings.push(row);
        }
        true
    }

    /// The texts above a column, top to bottom.
    pub fn above(&self, grid: &Grid, col: u16) -> Vec<String> {
        let mut seen: Vec<(u32, u16)> = Vec::new();
        let mut out = Vec::new();
        for &row in &self.headings {
            let merged = grid.merges.iter().find(|m| (m.top..=m.bottom).contains(&row) && (m.left..=m.right).contains(&col));
            let at = merged.map_or((row, col), |m| (m.top, m.left));
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            out.extend(grid.at(at.0, at.1).map(|cell| grid.shown(cell.value)));
        }
        out
    }

    /// Whether there is a heading above.
    pub fn any(&self) -> bool {
        !self.headings.is_empty()
    }
}

fn texts(grid: &Grid, row: u32) -> Vec<String> {
    grid.row(row).iter().map(|c| grid.shown(c.value)).filter(|t| !t.trim().is_empty()).collect()
}

/// Several short texts side by side and no figure.
fn is_heading(grid: &Grid, row: u32) -> bool {
    let texts = texts(grid, row);
    let words = texts.iter().filter(|t| t.chars().any(char::is_alphabetic)).count();
    let figures = texts.iter().filter(|t| number::looks_like_number(t)).count();
    let form = texts.iter().any(|t| t.trim() == ":" || t.trim_end().ends_with(':') || t.trim_start().starts_with(':'));
    let merged = grid.merges.iter().any(|m| m.top < row && m.bottom >= row);
    (words >= 2 || words == 1 && merged) && figures == 0 && !form && texts.iter().all(|t| t.chars().count() <= 90)
}

/// `(1) | (2) | (3)`: the row that numbers the columns.
fn counts_columns(grid: &Grid, row: u32) -> bool {
    let texts = texts(grid, row);
    let number = |t: &String| t.trim().trim_matches(['(', ')', '.']).parse::<usize>().ok();
    let numbers: Option<Vec<usize>> = texts.iter().map(number).collect();
    numbers.is_some_and(|n| n.len() >= 3 && n.windows(2).all(|pair| pair[1] == pair[0] + 1) && n[0] <= 2)
}
