//! The tables of a document row by row: sheets and pages under one heading, page repeats joined, before anyone asks what hangs below what.

use std::ops::Range;

use crate::model::origin::Place;
use crate::model::{Document, Origin, Value};
use crate::normalise::text;
use crate::tables::marks::{Mark, Marked};
use crate::tables::words::Vocabulary;

use super::columns::{self, Layout};
use super::down;
use super::heading::{self, Leaf, Role};

/// One table of amounts.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Sheet it begins on.
    pub grid: u16,
    /// The columns of amounts and others, left to right.
    pub leaves: Vec<Leaf>,
    /// Its rows, top to bottom.
    pub lines: Vec<Line>,
    /// The measure that begins every run, where measures run down the rows.
    pub start: Option<Role>,
    /// Filled rows above its heading that belong to no table before: titles.
    pub titles: Vec<String>,
    /// The words of its heading, whichever cell and row they stand in.
    heading: Vec<String>,
    layout: Layout,
}

/// One row below a heading.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Sheet.
    pub grid: u16,
    /// Row on it.
    pub row: u32,
    /// Texts in the columns of names and codes, left to right.
    pub labels: Vec<Label>,
    /// Texts in columns that nobody needs.
    pub others: Vec<Label>,
    /// Running number or letter, as printed.
    pub ordinal: String,
    /// What stands in the column of each leaf.
    pub amounts: Vec<Option<Slot>>,
    /// A page ended since the row before.
    pub after_break: bool,
    /// Empty rows since the row before.
    pub gap: u32,
}

/// A text with its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As shown.
    pub text: String,
    /// Its cell.
    pub origin: Origin,
}

/// A cell of an amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// Its place.
    pub origin: Origin,
    /// What it holds.
    pub value: Value,
    /// `-`, `nihil`.
    pub dash: bool,
}

impl Line {
    /// Whether any amount stands in it.
    #[must_use]
    pub fn has_amounts(&self) -> bool {
        self.amounts.iter().any(Option::is_some)
    }
}

/// The tables of a document, and what stands in none.
#[derive(Debug, Default)]
pub struct Found {
    /// The tables in printed order.
    pub tables: Vec<Table>,
    /// The cells with figures on sheets without a table, by the number of the sheet.
    pub dark: Vec<(u16, Vec<Origin>)>,
    /// Rows above the first table of a sheet.
    pub above: Vec<(u16, Range<usize>)>,
}

/// All tables of a document, and the cells with figures on sheets without one.
#[must_use]
pub fn tables(document: &Document, words: &Vocabulary) -> Found {
    let Found { mut tables, mut dark, mut above } = Found::default();
    for (grid, number) in document.grids.iter().zip(0_u16..).filter(|(g, _)| !g.hidden) {
        let sheet = Marked::new(grid, number, words);
        let bands = heading::bands(&sheet, words);
        let paper = matches!(grid.place, Place::Paper { .. });
        let mut from = 0;
        if let Some(open) = tables.last_mut().filter(|t| paper && t.grid < number) {
            from = carry_on(open, &sheet, bands.first().map_or(sheet.row_count(), |b| b.rows.start));
        }
        if bands.is_empty() && from == 0 {
            match down::table(&sheet, words, tables.last().filter(|_| paper).and_then(|t| t.start)) {
                Some(table) => match tables.last_mut().filter(|t| goes_on(t, &table.leaves, &table.lines, number, paper)) {
                    Some(open) if open.start.is_some() => open.append_runs(table),
                    Some(open) => open.append(table.leaves, table.lines),
                    None => tables.push(table),
                },
                None => dark.push((number, figures(&sheet, 0..sheet.row_count()))),
            }
        }
        above.extend(bands.first().filter(|_| from == 0).map(|b| (number, 0..b.rows.start)));
        for (i, band) in bands.iter().enumerate() {
            let below = bands[i + 1..].iter().find(|b| b.rows != band.rows);
            let end = below.map_or(sheet.row_count(), |b| b.rows.start);
            let mut layout = columns::layout(&sheet, band, &(band.body..end));
            let mut leaves = band.leaves.clone();
            columns::adopt(&mut layout, &mut leaves, number, sheet.row(band.rows.start).0);
            let mut lines = captions(&sheet, words, from.min(band.rows.start)..band.rows.start, leaves.len());
            lines.extend(read(&sheet, &layout, leaves.len(), band.body..end));
            let titles = texts(&sheet, from.min(band.rows.start)..band.rows.start);
            let heading = worded(&sheet, band);
            from = end;
            let again =
                |t: &&mut Table| goes_on(t, &leaves, &lines, number, paper) || paper && says_again(t, &heading, &leaves, &lines);
            if let Some(open) = tables.last_mut().filter(again) {
                open.append(leaves, lines);
            } else {
                let captions = tables.last_mut().map_or_else(Vec::new, |last| last.take_captions(words, number, leaves.len()));
                lines.splice(..0, captions);
                tables.push(Table { grid: number, leaves, lines, titles, heading, layout, start: None });
            }
        }
    }
    Found { tables, dark, above }
}

impl Table {
    /// Lines under headings.
    #[must_use]
    pub fn new(grid: u16, leaves: Vec<Leaf>, lines: Vec<Line>) -> Self {
        Self { grid, leaves, lines, ..Self::default() }
    }

    /// Goes on with the lines of the next page, or of the block beside it, which may have more columns without a heading.
    fn append(&mut self, leaves: Vec<Leaf>, mut lines: Vec<Line>) {
        if let Some(first) = lines.first_mut() {
            first.after_break = true;
        }
        self.lines.extend(lines);
        self.leaves.extend(leaves.into_iter().skip(self.leaves.len()));
        for line in &mut self.lines {
            line.amounts.resize(self.leaves.len(), None);
        }
    }

    /// Goes on with the runs of the next page, the first of which may be the end of the last one here.
    fn append_runs(&mut self, mut table: Self) {
        let cut = |last: &Line, first: &Line| {
            let apart = |(a, b): (&Option<Slot>, &Option<Slot>)| a.is_none() || b.is_none();
            (first.labels.is_empty() || last.labels.is_empty()) && last.amounts.iter().zip(&first.amounts).all(apart)
        };
        if let (Some(last), Some(first)) = (self.lines.last_mut(), table.lines.first())
            && cut(last, first)
        {
            let first = table.lines.remove(0);
            last.labels.extend(first.labels);
            for (slot, more) in last.amounts.iter_mut().zip(first.amounts) {
                *slot = slot.take().or(more);
            }
        }
        self.append(table.leaves, table.lines);
    }

    /// Takes off its first lines as a table with the same heading.
    #[must_use]
    pub fn take_lines(&mut self, count: usize) -> Self {
        let below = self.lines.split_off(count.min(self.lines.len()));
        let lines = std::mem::replace(&mut self.lines, below);
        Self {
            lines,
            leaves: self.leaves.clone(),
            titles: self.titles.clone(),
            heading: self.heading.clone(),
            layout: self.layout.clone(),
            grid: self.grid,
            start: self.start,
        }
    }

    /// Takes off the captions below its last row: they stand above the table that follows on the sheet.
    fn take_captions(&mut self, words: &Vocabulary, grid: u16, leaves: usize) -> Vec<Line> {
        let captions = self.lines.iter().rev().take_while(|l| l.grid == grid && super::items::is_caption(l, words)).count();
        let mut taken = self.lines.split_off(self.lines.len() - captions);
        for line in &mut taken {
            line.amounts = vec![None; leaves];
        }
        taken
    }

    /// The texts of its first row: where they come again, the table starts over.
    fn opening(lines: &[Line]) -> Option<Vec<&str>> {
        let first = lines.iter().find(|l| l.has_amounts() && !l.labels.is_empty())?;
        Some(first.labels.iter().map(|l| l.text.trim()).collect())
    }
}

/// Whether a heading is that of the table before, printed again on the next page.
fn goes_on(table: &Table, leaves: &[Leaf], lines: &[Line], grid: u16, paper: bool) -> bool {
    let roles = |leaves: &[Leaf]| leaves.iter().filter_map(|l| l.role).collect::<Vec<_>>();
    let near = table.grid == grid || paper;
    near && roles(&table.leaves) == roles(leaves) && Table::opening(&table.lines) != Table::opening(lines)
}

/// Whether a heading has as many columns and the same words as that of the page before: paper may tear its cells and rows differently.
fn says_again(table: &Table, heading: &[String], leaves: &[Leaf], lines: &[Line]) -> bool {
    let alike = !heading.is_empty() && table.heading == heading && table.leaves.len() == leaves.len();
    alike && Table::opening(&table.lines) != Table::opening(lines)
}

/// The words of a heading in order of the alphabet.
fn worded(sheet: &Marked, band: &heading::Band) -> Vec<String> {
    let inside = |col: &u16| band.columns.contains(col);
    let cells = band.rows.clone().flat_map(|n| sheet.row(n).1.map(|(cell, _)| *cell).collect::<Vec<_>>());
    let shown = cells.filter(|cell| inside(&cell.col)).flat_map(|cell| text::words(&sheet.grid.shown(cell.value)));
    let mut words: Vec<String> = shown.collect();
    words.sort_unstable();
    words
}

/// Takes the rows of a page without heading into the table of the page before; gives the first row that does not belong to it.
fn carry_on(open: &mut Table, sheet: &Marked, end: usize) -> usize {
    let Some(layout) = columns::continued(sheet, &open.layout, &(0..end)) else { return 0 };
    let lines = read(sheet, &layout, open.leaves.len(), 0..end);
    open.append(Vec::new(), lines);
    end
}

/// The rows of a range; rows of nothing but notes have no amounts.
fn read(sheet: &Marked, layout: &Layout, leaves: usize, rows: Range<usize>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut last = None;
    for n in rows.filter(|&n| !heading::counts_columns(sheet, n)) {
        let (row, cells) = sheet.row(n);
        let mut line = Line { grid: sheet.number, row, amounts: vec![None; leaves], ..Line::default() };
        let mut ordinal = None;
        line.gap = last.map_or(0, |last| row - last - 1);
        last = Some(row);
        for (cell, mark) in cells {
            let origin = sheet.origin(cell);
            let label = || Label { text: sheet.grid.shown(cell.value), origin };
            if let Some(&leaf) = layout.amounts.get(&cell.col) {
                if mark != Mark::Label {
                    line.amounts[leaf] = Some(Slot { origin, value: cell.value, dash: mark == Mark::Dash });
                } else if line.labels.is_empty() {
                    line.labels.push(label());
                }
            } else if layout.ordinals.contains(&cell.col) {
                ordinal = Some((label(), mark));
            } else if layout.labels.contains(&cell.col) {
                line.labels.push(label());
            } else if mark == Mark::Label {
                line.others.push(label());
            }
        }
        match ordinal {
            // `TOTAL` is merged over the number, the code and the text.
            Some((label, Mark::Label)) if line.labels.is_empty() => line.labels.push(label),
            Some((label, _)) => line.ordinal = label.text,
            None => {}
        }
        lines.push(line);
    }
    lines
}

/// Lines above the first heading of a sheet that name what its rows hang below; elsewhere they are rows of the table before.
fn captions(sheet: &Marked, words: &Vocabulary, rows: Range<usize>, leaves: usize) -> Vec<Line> {
    let above = sheet.grid.above();
    let worded = |n: &usize| sheet.row(*n).1.all(|(_, m)| m == Mark::Label);
    let lines = rows.filter(worded).map(|n| {
        let (row, cells) = sheet.row(n);
        let labels = cells.map(|(c, _)| Label { text: sheet.grid.shown(c.value), origin: sheet.origin(c) }).collect();
        Line { grid: sheet.number, row, labels, amounts: vec![None; leaves], ..Line::default() }
    });
    let around = above.into_iter().rev().map(|text| {
        let label = Label { text: text.to_owned(), origin: Origin::new(sheet.number, 0, 0) };
        Line { grid: sheet.number, labels: vec![label], amounts: vec![None; leaves], ..Line::default() }
    });
    around.chain(lines).filter(|line| super::items::is_caption(line, words)).collect()
}

/// The texts of a range of filled rows, and those around the grid.
#[must_use]
pub fn texts(sheet: &Marked, rows: Range<usize>) -> Vec<String> {
    let cells = rows.flat_map(|n| {
        sheet.row(n).1.filter(|(_, m)| *m == Mark::Label).map(|(c, _)| sheet.grid.shown(c.value)).collect::<Vec<_>>()
    });
    cells.chain(sheet.grid.around.iter().map(ToString::to_string)).collect()
}

fn figures(sheet: &Marked, rows: Range<usize>) -> Vec<Origin> {
    let of_row = |n: usize| sheet.row(n).1.filter(|(_, m)| *m == Mark::Figure).map(|(c, _)| sheet.origin(c)).collect::<Vec<_>>();
    rows.flat_map(of_row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Grid;
    use crate::model::document::GridBuilder;
    use crate::model::source::Format;

    fn page(rows: &[&str]) -> Grid {
        let mut grid = GridBuilder::new("p1.1", Place::Paper { boxes: Vec::new() });
        for (row, line) in (0_u32..).zip(rows) {
            for (col, text) in (0_u16..).zip(line.split('|').map(str::trim)).filter(|(_, text)| !text.is_empty()) {
                grid.push_text(row, col, text);
            }
        }
        grid.finish()
    }

    #[test]
    fn a_heading_whose_cells_the_next_page_tears_otherwise_is_the_same() {
        let first =
            page(&["Kode | Uraian | Pagu | Lalu | Realisasi Ini | Jumlah | Sisa", "3358 | Pembinaan | 90 | 10 | 20 | 30 | 60"]);
        let second = page(&[
            "Kode | Uraian | Pagu | Realisasi | | | Sisa",
            " | | | Lalu | Ini | Jumlah |",
            "051 | Pengelolaan | 90 | 10 | 20 | 30 | 60",
        ]);
        let words = crate::kinds::vocabulary(&crate::schemas::builtin().unwrap(), "realisasi");
        let document = Document { format: Format::Pdf, grids: vec![first, second] };
        let found = tables(&document, &words);
        assert_eq!(found.tables.iter().map(|t| t.lines.len()).collect::<Vec<_>>(), [2]);
    }
}
