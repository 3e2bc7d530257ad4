//! The table around a cell as it is shown: letters and numbers of the sheet around it, the cell in question marked.

mod recalled;

use crate::model::{Excerpt, Excerpted, Finding, Origin, Outcome, Places};

use super::place;

pub use recalled::Recalled;

/// A part of a table.
pub struct Table {
    /// What it is part of, for those who cannot see it.
    pub caption: String,
    /// Heads of the columns as the sheet counts them; empty on paper.
    pub letters: Vec<String>,
    /// Its rows.
    pub rows: Vec<Line>,
    /// How many columns it has, that of the row numbers included.
    pub width: usize,
}

/// A row of the table.
pub struct Line {
    /// Rows were left out above it.
    pub gap: bool,
    /// Its number as the sheet counts; empty on paper.
    pub number: String,
    /// Whether it is a heading.
    pub heading: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of the table.
pub struct Cell {
    /// Columns it covers.
    pub width: u16,
    /// What stands there.
    pub text: String,
    /// Whether it is a figure, which stands at the right.
    pub figure: bool,
    /// Whether it is the one in question.
    pub mark: Mark,
}

/// Why a cell is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is not.
    None,
    /// Its change would repair what is broken.
    Suspect,
    /// Here it shows.
    Place,
}

/// The cells around a finding: as they were kept when the document was read, else as far as its rows were taken. `None` where neither
/// knows the cell.
pub fn of<'a>(outcome: &'a Outcome, finding: &Finding, recalled: &mut Recalled<'a>) -> Option<Table> {
    let cell = finding.blamed().first().copied().or(finding.span.map(|s| s.from))?;
    let both = |e: &&Excerpt| e.shows(cell) && finding.span.is_none_or(|s| e.shows(s.from));
    let kept = outcome.excerpts.iter();
    if let Some(excerpt) = kept.clone().find(both).or_else(|| kept.clone().find(|e| e.shows(cell))) {
        return Some(table(excerpt, &outcome.places, finding, cell));
    }
    let (excerpt, names) = recalled.around(outcome, &finding.document, cell)?;
    let mut table = table(&excerpt, &outcome.places, finding, cell);
    let named = |text| Cell { width: 1, text, figure: false, mark: Mark::None };
    let cells = names.into_iter().map(named).collect();
    table.rows.insert(0, Line { gap: false, number: String::new(), heading: true, cells });
    Some(table)
}

fn table(excerpt: &Excerpt, places: &Places, finding: &Finding, cell: Origin) -> Table {
    let letters: Vec<String> = excerpt.columns.iter().map(|&c| place::column(places, excerpt.grid, c)).collect();
    let mut before: Option<u32> = None;
    let line = |row: &Excerpted| {
        let gap = before.replace(row.row).is_some_and(|b| b + 1 < row.row);
        let number = place::row(places, excerpt.grid, row.row);
        Line { gap, number, heading: row.heading, cells: cells(excerpt, row, finding) }
    };
    let rows = excerpt.rows.iter().map(line).collect();
    let letters = if letters.iter().all(String::is_empty) { Vec::new() } else { letters };
    let caption = format!("Kutipan {} di sekitar sel ini", place::part(places, cell));
    Table { caption, letters, rows, width: excerpt.columns.len() + 1 }
}

fn cells(excerpt: &Excerpt, row: &Excerpted, finding: &Finding) -> Vec<Cell> {
    let mut at = 0;
    let cell = |(width, text): &(u16, Box<str>)| {
        let col = excerpt.columns.get(at).copied().unwrap_or_default();
        at += usize::from(*width);
        let figure = !row.heading && text.bytes().any(|b| b.is_ascii_digit()) && !text.chars().any(char::is_alphabetic);
        let mark = if row.heading { Mark::None } else { mark(finding, Origin::new(excerpt.grid, row.row, col)) };
        Cell { width: *width, text: text.to_string(), figure, mark }
    };
    row.cells.iter().map(cell).collect()
}

fn mark(finding: &Finding, cell: Origin) -> Mark {
    let explained = || finding.explanations.iter().flat_map(|e| &e.cells).any(|c| c.cell == cell);
    if finding.suspect == Some(cell) || explained() {
        Mark::Suspect
    } else if finding.span.is_some_and(|s| s.holds(cell)) {
        Mark::Place
    } else {
        Mark::None
    }
}
