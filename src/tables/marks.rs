//! Which cells of a sheet are figures, which are labels. The raw view of a grid that all other steps work on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Cell, Grid, Merge, Origin, Value};
use crate::normalise::number;

use super::legend::{legend, sign};
use super::words::{Dimension, Said, Vocabulary};

/// What a filled cell is, by its form alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A number, a text that reads as one, or a place where one belongs (an error value, a formula without result).
    Figure,
    /// `-`, `nihil`: nothing, where the column holds figures.
    Dash,
    /// Any other text, a date, a truth value.
    Label,
}

/// A grid with its visible cells marked and its words read.
#[derive(Debug)]
pub struct Marked<'a> {
    /// The grid.
    pub grid: &'a Grid,
    /// Its number in the document.
    pub number: u16,
    /// Visible cells, row by row.
    pub cells: Vec<Cell>,
    marks: Vec<Mark>,
    said: Vec<Said>,
    /// What signs that notes explain mean.
    signs: BTreeMap<String, Said>,
    rows: Vec<(u32, usize, usize)>,
    /// Merged ranges as they are seen.
    merged: Vec<Merge>,
    merges: HashMap<(u32, u16), usize>,
    /// Merged ranges by row for the cells they cover: `(row, first column, last column, merge)`.
    covered: Vec<(u32, u16, u16, usize)>,
}

/// Whether a text says a sex and nothing else.
fn only_sex(said: &Said) -> bool {
    said.whole() && said.senses.iter().all(|s| s.dimension == Dimension::Sex)
}

/// More cells than this under one merge are not looked up one by one; nobody merges that many around a table.
const WIDEST_MERGE: u32 = 20_000;

impl<'a> Marked<'a> {
    /// Marks all cells that are not in hidden rows or columns.
    #[must_use]
    pub fn new(grid: &'a Grid, number: u16, vocabulary: &Vocabulary) -> Self {
        let text_marks: Vec<Mark> = grid.texts.iter().map(|t| mark_of(t, vocabulary)).collect();
        let (cells, merged) = visible(grid);
        let marks = cells
            .iter()
            .map(|c| match c.value {
                Value::Number(_) | Value::Error(_) | Value::NoResult => Mark::Figure,
                Value::Text(id) => text_marks.get(id as usize).copied().unwrap_or(Mark::Label),
                Value::Bool(_) | Value::Date(_) => Mark::Label,
            })
            .collect();
        let signs = legend(grid.texts.iter().chain(&grid.around).map(AsRef::as_ref), vocabulary);
        // `P` is a sign for something else only where no heading says a sex that the signs leave to it.
        let sexes = grid.texts.iter().any(|t| only_sex(&vocabulary.read(t)) && !signs.contains_key(&sign(t)));
        let read = |(text, mark): (&str, &Mark)| {
            let own = if *mark == Mark::Label { vocabulary.read(text) } else { Said::default() };
            let open = !signs.is_empty() && (own.unknown > 0 || !sexes && only_sex(&own));
            if open { signs.get(&sign(text)).cloned().unwrap_or(own) } else { own }
        };
        let said = grid.texts.iter().map(AsRef::as_ref).zip(&text_marks).map(read).collect();
        let rows = rows_of(&cells);
        let mut marked =
            Self { grid, number, rows, cells, marks, said, signs, merged, merges: HashMap::new(), covered: Vec::new() };
        marked.index_merges();
        marked
    }

    /// The sheet without some of its filled rows, by their number as [`Self::row`] counts.
    #[must_use]
    pub fn without(mut self, rows: &BTreeSet<usize>) -> Self {
        let left_out: BTreeSet<u32> = rows.iter().filter_map(|&n| self.rows.get(n)).map(|r| r.0).collect();
        let kept = self.cells.iter().zip(&self.marks).filter(|(cell, _)| !left_out.contains(&cell.row));
        let (cells, marks): (Vec<Cell>, Vec<Mark>) = kept.map(|(cell, mark)| (*cell, *mark)).unzip();
        (self.cells, self.marks) = (cells, marks);
        self.rows = rows_of(&self.cells);
        self
    }

    fn index_merges(&mut self) {
        for (i, m) in self.merged.iter().enumerate() {
            self.merges.insert((m.top, m.left), i);
            if m.bottom - m.top < WIDEST_MERGE {
                self.covered.extend((m.top..=m.bottom).map(|row| (row, m.left, m.right, i)));
            }
        }
        self.covered.sort_unstable();
    }

    /// The filled rows in order: row number and how many there are.
    #[must_use]
    pub const fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The `n`-th filled row: its number and its cells with their marks.
    pub fn row(&self, n: usize) -> (u32, impl Iterator<Item = (&Cell, Mark)> + Clone) {
        let (row, from, to) = self.rows[n];
        (row, self.cells[from..to].iter().zip(self.marks[from..to].iter().copied()))
    }

    /// Which filled row a row of the sheet is; `None` where it is empty.
    #[must_use]
    pub fn find_row(&self, row: u32) -> Option<usize> {
        self.rows.binary_search_by_key(&row, |r| r.0).ok()
    }

    /// The cell at a place with its mark; `None` where nothing visible stands.
    #[must_use]
    pub fn at(&self, row: u32, col: u16) -> Option<(&Cell, Mark)> {
        let i = self.cells.binary_search_by_key(&(row, col), |c| (c.row, c.col)).ok()?;
        Some((&self.cells[i], self.marks[i]))
    }

    /// The cell of the `n`-th filled row in a column; `None` where nothing visible stands.
    #[must_use]
    pub fn in_row(&self, n: usize, col: u16) -> Option<(&Cell, Mark)> {
        let (_, from, to) = self.rows[n];
        let i = from + self.cells[from..to].binary_search_by_key(&col, |c| c.col).ok()?;
        Some((&self.cells[i], self.marks[i]))
    }

    /// The merge that covers a place; `None` where none does.
    #[must_use]
    pub fn merge(&self, row: u32, col: u16) -> Option<Merge> {
        let start = self.covered.partition_point(|c| c.0 < row);
        let end = self.covered.partition_point(|c| c.0 <= row);
        self.covered[start..end].iter().find(|c| c.1 <= col && col <= c.2).map(|c| self.merged[c.3])
    }

    /// The merge whose value stands at this cell; `None` for an unmerged cell.
    #[must_use]
    pub fn merged_from(&self, row: u32, col: u16) -> Option<Merge> {
        self.merges.get(&(row, col)).map(|&i| self.merged[i])
    }

    /// The text that is seen at a place: the cell's own or that of the merge around it, with the cell it stands in.
    #[must_use]
    pub fn seen(&self, row: u32, col: u16) -> Option<(&Cell, Mark)> {
        self.at(row, col).or_else(|| {
            let m = self.merge(row, col)?;
            self.at(m.top, m.left)
        })
    }

    /// What a heading says that is a number: what a note says of it, else nothing.
    #[must_use]
    pub fn explained(&self, cell: &Cell) -> Option<&Said> {
        if self.signs.is_empty() { None } else { self.signs.get(&sign(&self.grid.shown(cell.value))) }
    }

    /// What a cell's words say, or a note of its sign; nothing for cells that are no text.
    #[must_use]
    pub fn said(&self, cell: &Cell) -> &Said {
        static SILENT: Said = Said { senses: Vec::new(), unknown: 0, words: 0, opens: false };
        match cell.value {
            Value::Text(id) => self.said.get(id as usize).unwrap_or(&SILENT),
            _ => &SILENT,
        }
    }

    /// Address of a cell.
    #[must_use]
    pub const fn origin(&self, cell: &Cell) -> Origin {
        Origin::new(self.number, cell.row, cell.col)
    }
}

/// The cells and merges that are seen: a merged text is seen as long as any of its rows and columns is, from the first of them on.
fn visible(grid: &Grid) -> (Vec<Cell>, Vec<Merge>) {
    if grid.hidden_rows.is_empty() && grid.hidden_cols.is_empty() {
        return (grid.cells.clone(), grid.merges.clone());
    }
    let mut moved: HashMap<(u32, u16), (u32, u16)> = HashMap::new();
    let mut merged = grid.merges.clone();
    for merge in &mut merged {
        let row = (merge.top..=merge.bottom).find(|&row| !grid.row_hidden(row));
        let col = (merge.left..=merge.right).find(|&col| !grid.col_hidden(col));
        let Some(seen) = row.zip(col) else { continue };
        moved.insert((merge.top, merge.left), seen);
        (merge.top, merge.left) = seen;
    }
    let shown = |cell: &Cell| {
        let own = (cell.row, cell.col);
        let seen = moved.get(&own).filter(|_| matches!(cell.value, Value::Text(_)));
        let (row, col) = seen.copied().unwrap_or(own);
        (!grid.row_hidden(row) && !grid.col_hidden(col)).then_some(Cell { row, col, ..*cell })
    };
    let mut cells: Vec<Cell> = grid.cells.iter().filter_map(shown).collect();
    cells.sort_by_key(|c| (c.row, c.col));
    cells.dedup_by_key(|c| (c.row, c.col));
    (cells, merged)
}

fn rows_of(cells: &[Cell]) -> Vec<(u32, usize, usize)> {
    let mut rows: Vec<(u32, usize, usize)> = Vec::new();
    for (i, c) in cells.iter().enumerate() {
        match rows.last_mut() {
            Some((row, _, end)) if *row == c.row => *end = i + 1,
            _ => rows.push((c.row, i, i + 1)),
        }
    }
    rows
}

fn mark_of(text: &str, vocabulary: &Vocabulary) -> Mark {
    if number::read(text, number::Style::Plain) == Some(number::Figure::Dash) {
        Mark::Dash
    } else if reads_as_figure(text, vocabulary) {
        Mark::Figure
    } else {
        Mark::Label
    }
}

/// A number, with a currency mark or a known counting word at most: `1.234`, `Rp 5.000`, `1.234 orang`.
fn reads_as_figure(text: &str, vocabulary: &Vocabulary) -> bool {
    number::looks_like_number(text)
        || number::is_cut_off(text)
        || text.trim_start().starts_with(|c: char| c.is_ascii_digit())
            && [number::Style::Indonesian, number::Style::Anglo]
                .iter()
                .filter_map(|&style| number::read_with_unit(text, style))
                .any(|(_, unit)| !unit.is_empty() && vocabulary.read(unit).whole())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;

    #[test]
    fn a_merged_heading_is_seen_where_its_first_columns_are_hidden() {
        let mut b = GridBuilder::new("Rekap", Place::Sheet("Rekap".into()));
        b.push_text(0, 1, "Pemilih Baru");
        b.push_text(1, 1, "L");
        b.push_text(1, 3, "L+P");
        b.push(2, 1, Value::Number(4.0));
        b.push(2, 3, Value::Number(9.0));
        b.grid().merges.extend([Merge { top: 0, left: 1, bottom: 0, right: 3 }, Merge { top: 2, left: 1, bottom: 2, right: 2 }]);
        b.grid().hidden_cols.push((1, 2));
        let (cells, merges) = visible(&b.finish());
        let places: Vec<(u32, u16)> = cells.iter().map(|c| (c.row, c.col)).collect();
        assert_eq!(places, [(0, 3), (1, 3), (2, 3)], "a hidden figure stays hidden");
        assert_eq!(merges[0], Merge { top: 0, left: 3, bottom: 0, right: 3 });
    }
}
