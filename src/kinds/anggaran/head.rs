//! What stands above the tables: the kind of budget, and the amount that is to be distributed (`ALOKASI Rp. 3.245.267.418`).

use crate::kinds::Ask;
use crate::model::{Cell, Document, Grid, Origin, Value};
use crate::normalise::number::{self, Decision, Figure, Style};
use crate::tables::outline::{Level, Tier};

use super::budget::Budget;
use super::words::Words;

/// The amount a document states at its head.
#[derive(Clone, Debug)]
pub struct Allocation {
    /// As printed.
    pub value: f64,
    /// Its cell; where it stands in the running text of a page, the cell its table begins with.
    pub at: Origin,
}

/// Finds the stated amount among the rows above the first row of the tree, then in the lines around the tables of a page.
#[must_use]
pub fn allocation(document: &Document, words: &Words, first: Origin) -> Option<Allocation> {
    let above = |g: u16| u32::MAX * u32::from(g < first.grid) + u32::from(g == first.grid) * first.row;
    let grids = || document.grids.iter().zip(0_u16..).filter(|(g, n)| !g.hidden && *n <= first.grid);
    let cells = grids().flat_map(|(grid, n)| {
        let rows = grid.cells.chunk_by(|a, b| a.row == b.row).take_while(move |r| r[0].row < above(n));
        rows.filter_map(move |row| in_row(grid, n, row, words))
    });
    let lines = || grids().flat_map(|(g, _)| g.around.iter()).find_map(|line| in_text(line, words));
    cells.last().or_else(|| lines().map(|value| Allocation { value, at: first }))
}

/// Whether a line around the tables names the amount and shows `###` for it: its column was too narrow when it was printed.
#[must_use]
pub fn is_cut_off(document: &Document, words: &Words) -> bool {
    let lines = document.grids.iter().filter(|g| !g.hidden).flat_map(|g| g.around.iter());
    let cut = |line: &str| {
        let (before, after) = line.split_at(line.find('#').unwrap_or(line.len()));
        number::is_cut_off(after) && words.is_allocation(label(before))
    };
    lines.into_iter().any(|line| cut(line))
}

/// `Alokasi : Rp 1.000` in one cell, or the label with a figure to its right.
fn in_row(grid: &Grid, number: u16, row: &[Cell], words: &Words) -> Option<Allocation> {
    row.iter().enumerate().find_map(|(n, cell)| {
        let text = grid.text(cell.value)?;
        let at = |c: &Cell| Origin::new(number, c.row, c.col);
        if let Some(value) = in_text(text, words) {
            return Some(Allocation { value, at: at(cell) });
        }
        if !words.is_allocation(label(text)) {
            return None;
        }
        row[n + 1..].iter().find_map(|c| {
            let value = match c.value {
                Value::Number(n) => Some(n),
                _ => grid.text(c.value).and_then(|t| money(t.trim_start_matches(':'))),
            };
            value.filter(|v| !is_year(*v)).map(|value| Allocation { value, at: at(c) })
        })
    })
}

/// A label without what ends it.
fn label(text: &str) -> &str {
    text.trim().trim_end_matches([':', '.', ' '])
}

/// The amount behind its label in one text.
fn in_text(text: &str, words: &Words) -> Option<f64> {
    let split = text.find(':').or_else(|| text.find(|c: char| c.is_ascii_digit()))?;
    let (before, after) = text.split_at(split);
    words.is_allocation(label(before)).then(|| money(after.trim_start_matches(':')))?
}

/// A figure on its own: `Rp3.245.267.418,00`.
fn money(text: &str) -> Option<f64> {
    let style = match number::decide(std::iter::once(text)) {
        Decision::Certain(style) | Decision::Assumed(style) => style,
        Decision::Undecided => Style::Indonesian,
    };
    match number::read(text, style) {
        Some(Figure::Number { value, .. }) => Some(value).filter(|v| !is_year(*v)),
        _ => None,
    }
}

/// `Alokasi 2025` above the columns of a year states no amount.
fn is_year(value: f64) -> bool {
    (1990.0..2100.0).contains(&value) && value.fract() == 0.0
}

/// `rka`, `pok` or `rab`: by the titles from the top, the names of the sheets, what the document was recognised by; else by the level the tree
/// begins with.
#[must_use]
pub fn jenis(ask: &Ask, words: &Words, budget: &Budget, first: Origin) -> String {
    let before = |g: u16, c: &Cell| (g, c.row) < (first.grid, first.row);
    let visible = || ask.document.grids.iter().zip(0_u16..).filter(|(g, _)| !g.hidden);
    let cells = visible().flat_map(|(g, n)| g.cells.iter().filter(move |c| before(n, c)).filter_map(move |c| g.text(c.value)));
    let around = visible().flat_map(|(g, _)| g.around.iter().map(AsRef::as_ref));
    let names = visible().map(|(g, _)| g.name.as_str());
    let seen = ask.subject.evidence.iter().filter(|e| e.about == "kind").map(|e| e.words.as_str());
    let said = cells.chain(around).chain(names).chain(seen).find_map(|t| words.jenis(t));
    said.map_or_else(|| by_tree(budget).to_owned(), str::to_owned)
}

/// A tree from the programme down is a working paper, one that begins lower a RAB.
fn by_tree(budget: &Budget) -> &'static str {
    let top = budget.outline.roots().next().map(|r| budget.outline.nodes[r].level);
    match top {
        Some(Level::Coded(tier)) if tier < Tier::Komponen => "rka",
        _ => "rab",
    }
}
