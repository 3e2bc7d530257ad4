//! The lines of a trail, read again and followed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::error::{Error, Result};
use crate::publish::workbook::formula::{At, parse_address, references};

use super::{ADDED, COUNTER, PART, REPEATED, SourceCell};

/// Formulas that stand on formulas are followed no deeper than this for a witness.
const DEEPEST: usize = 32;
/// Most source cells that one trace lists.
const MOST: usize = 1_000_000;

/// One line of the file.
#[derive(Debug)]
pub struct Line {
    sheet: String,
    cell: String,
    pub value: String,
    pub formula: String,
    /// Batch, document, locator, raw text, SHA-256, note.
    pub source: [String; 6],
}

impl Line {
    pub fn place(&self) -> String {
        format!("{}!{}", crate::model::origin::quoted(&self.sheet), self.cell)
    }
}

/// The lines of one workbook, searchable by cell.
#[derive(Debug, Default)]
pub struct Lines {
    pub all: Vec<Line>,
    sheets: Vec<String>,
    index: BTreeMap<At, usize>,
    /// Ranges of cells of which the same is said: folded sheet, first and last row, column, what is said.
    ranges: Vec<(String, (u32, u32), u16, &'static str)>,
}

impl Lines {
    pub fn read(file: &Path, workbook: &str) -> Result<Self> {
        let failed = |cause: csv::Error| Error::Io { path: file.to_owned(), cause: std::io::Error::other(cause) };
        let mut reader = csv::Reader::from_path(file).map_err(failed)?;
        let mut all = Self::default();
        for record in reader.records() {
            let record = record.map_err(failed)?;
            // Formulas and locators never start like a formula and are never guarded; their apostrophes belong to sheet names.
            let plain = |i: usize| record.get(i).unwrap_or_default().to_owned();
            let text = |i: usize| unguarded(record.get(i).unwrap_or_default()).to_owned();
            if plain(0).eq_ignore_ascii_case(workbook) {
                if let Some(note) = [COUNTER, REPEATED].into_iter().find(|n| Some(*n) == record.get(10)) {
                    all.push_range(&text(1), &plain(2), note);
                    continue;
                }
                let source = [text(5), text(6), plain(7), text(8), plain(9), text(10)];
                all.push(Line { sheet: text(1), cell: plain(2), value: plain(3), formula: plain(4), source });
            }
        }
        Ok(all)
    }

    fn push(&mut self, line: Line) {
        let Some((_, row, col)) = parse_address(&line.cell) else { return };
        let folded = line.sheet.to_lowercase();
        let sheet = self.sheets.iter().rposition(|s| *s == folded).unwrap_or_else(|| {
            self.sheets.push(folded);
            self.sheets.len() - 1
        });
        if line.source[5] != PART {
            self.index.insert(At { sheet, row, col }, self.all.len());
        }
        self.all.push(line);
    }

    fn push_range(&mut self, sheet: &str, cells: &str, note: &'static str) {
        let ends = cells.split_once(':').and_then(|(a, b)| Some((parse_address(a)?, parse_address(b)?)));
        if let Some(((_, from, col), (_, to, _))) = ends {
            self.ranges.push((sheet.to_lowercase(), (from, to), col, note));
        }
    }

    /// First row of the range that a cell lies in, and what is said of it.
    pub fn in_range(&self, sheet: &str, row: u32, col: u16) -> Option<(u32, &'static str)> {
        let folded = sheet.to_lowercase();
        let holds = |r: &&(String, (u32, u32), u16, &'static str)| r.0 == folded && (r.1.0..=r.1.1).contains(&row) && r.2 == col;
        self.ranges.iter().find(holds).map(|r| (r.1.0, r.3))
    }

    /// The line of a figure by its place among the figures.
    pub fn figure(&self, number: u32) -> Option<usize> {
        let figures = self.all.iter().enumerate().filter(|(_, line)| line.source[5].is_empty() || line.source[5] == ADDED);
        figures.map(|(n, _)| n).nth(usize::try_from(number).ok()?)
    }

    pub fn find(&self, sheet: &str, row: u32, col: u16) -> Option<usize> {
        let folded = sheet.to_lowercase();
        let sheet = self.sheets.iter().position(|s| *s == folded)?;
        self.index.get(&At { sheet, row, col }).copied()
    }

    /// Gathers the source cells behind a line. A cell that several formulas name is listed once.
    pub fn follow(&self, line: usize, seen: &mut BTreeSet<usize>, sources: &mut Vec<SourceCell>) {
        let mut waiting = vec![line];
        while let Some(number) = waiting.pop() {
            if !seen.insert(number) || sources.len() >= MOST {
                continue;
            }
            let line = &self.all[number];
            if line.source[5] == ADDED {
                let parts = self.all[number + 1..].iter().take_while(|part| part.source[5] == PART);
                sources.extend(parts.map(source_cell));
                continue;
            }
            if line.formula.is_empty() {
                sources.push(source_cell(line));
                continue;
            }
            if counts_names(&line.formula) {
                sources.extend(self.counted(line).into_iter().map(|n| source_cell(&self.all[n])));
                continue;
            }
            let mut parts = self.parts(line);
            parts.reverse();
            waiting.extend(parts);
        }
    }

    /// For each row whose name a formula counts the line of one of its figures that was read from a document.
    fn counted(&self, line: &Line) -> Vec<usize> {
        let mut witnesses = Vec::new();
        for reference in references(&line.formula, &line.sheet) {
            let folded = reference.sheet.to_lowercase();
            let Some(sheet) = self.sheets.iter().position(|s| *s == folded) else { continue };
            for row in reference.from.0..=reference.to.0 {
                let mut figures = self.index.range(At { sheet, row, col: 0 }..=At { sheet, row, col: u16::MAX });
                witnesses.extend(figures.find_map(|(_, &n)| self.witness(n)));
            }
        }
        witnesses
    }

    /// The first line below a line that was read from a document.
    fn witness(&self, line: usize) -> Option<usize> {
        let mut at = line;
        for _ in 0..DEEPEST {
            if self.all[at].formula.is_empty() {
                return Some(at).filter(|&n| !self.all[n].source[1].is_empty());
            }
            at = *self.parts(&self.all[at]).first()?;
        }
        None
    }

    /// The lines that a formula names, in its order.
    fn parts(&self, line: &Line) -> Vec<usize> {
        let mut parts = Vec::new();
        for reference in references(&line.formula, &line.sheet) {
            let folded = reference.sheet.to_lowercase();
            let Some(sheet) = self.sheets.iter().position(|s| *s == folded) else { continue };
            let (from, to) = (reference.from, reference.to);
            let range = At { sheet, row: from.0, col: 0 }..=At { sheet, row: to.0, col: u16::MAX };
            parts.extend(self.index.range(range).filter(|(at, _)| (from.1..=to.1).contains(&at.col)).map(|(_, &n)| n));
        }
        parts
    }
}

/// Whether a formula counts names.
pub fn counts_names(formula: &str) -> bool {
    formula.starts_with("COUNTA(")
}

fn source_cell(line: &Line) -> SourceCell {
    let [batch, document, locator, raw, sha256, note] = line.source.clone();
    SourceCell { published: line.place(), value: line.value.clone(), batch, document, locator, raw, sha256, note }
}

/// A text without the apostrophe that guards it in CSV files.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| crate::publish::data::guard::is_dangerous(rest)).unwrap_or(text)
}
