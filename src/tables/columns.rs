//! The heading of a table of words: which columns it has and what each of them is called, over several rows where groups of columns
//! share a heading. For tables whose cells are sentences; tables of figures have [`super::headings`].

use std::ops::Range;

use crate::normalise::{period, text};

use super::ledger::{Cell, Row};
use super::words::{Dimension, Vocabulary};

/// One column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its first column in the grid.
    pub left: u16,
    /// Its headings, top to bottom.
    pub labels: Vec<String>,
    /// What they say in words of the vocabulary, top to bottom.
    pub says: Vec<String>,
}

/// A heading and where its table begins.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Its rows.
    pub rows: Range<usize>,
    /// Its columns, left to right.
    pub columns: Vec<Column>,
}

impl Heading {
    /// The column that a grid column belongs to.
    #[must_use]
    pub fn column(&self, col: u16) -> Option<usize> {
        self.columns.iter().rposition(|c| c.left <= col)
    }
}

/// Most characters of a heading.
const LONGEST: usize = 90;
/// Most rows of a heading.
const DEEPEST: usize = 4;

/// What a text says, if it is short enough for a heading and known words make most of it.
#[must_use]
pub fn says(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let worded = text.chars().any(char::is_alphabetic) || text.trim() == "%";
    if text.chars().count() > LONGEST || !worded {
        return Vec::new();
    }
    let said = vocabulary.read(&untimed(text));
    if said.unknown * 2 > said.words {
        return Vec::new();
    }
    let known = said.senses.iter().filter(|s| s.dimension == Dimension::Measure);
    known.map(|s| vocabulary.value(s.value).to_owned()).collect()
}

/// What a line says in words of the vocabulary, if it is nothing but headings one behind the other: a table whose columns ran together.
#[must_use]
pub fn run_together(line: &str, vocabulary: &Vocabulary) -> Vec<String> {
    const MOST: usize = 240;
    const FEWEST: usize = 3;
    if line.chars().count() > MOST || line.contains([':', ';']) || line.trim_end().ends_with('.') {
        return Vec::new();
    }
    let said = vocabulary.read(&untimed(line));
    if said.unknown * 4 > said.words {
        return Vec::new();
    }
    let known = said.senses.iter().filter(|s| s.dimension == Dimension::Measure);
    let mut known: Vec<String> = known.map(|s| vocabulary.value(s.value).to_owned()).collect();
    known.sort();
    known.dedup();
    if known.len() >= FEWEST { known } else { Vec::new() }
}

/// The text without the periods it names: `Target Triwulan III 2025` → `Target`.
#[must_use]
pub fn untimed(text: &str) -> String {
    let times = period::find(text).into_iter().map(|f| f.at).chain(period::find_partial(text).into_iter().map(|(_, at)| at));
    let mut out = text.to_owned();
    let mut times: Vec<Range<usize>> = times.collect();
    times.sort_by_key(|at| std::cmp::Reverse(at.start));
    for at in times {
        if out.get(at.clone()).is_some() {
            out.replace_range(at, " ");
        }
    }
    out
}

/// The heading that begins at this row; `None` where the row names fewer than `least` different columns.
#[must_use]
pub fn heading(rows: &[Row], at: usize, vocabulary: &Vocabulary, least: usize) -> Option<Heading> {
    let first = rows.get(at)?;
    let mut known: Vec<String> = first.cells.iter().filter_map(|c| says(&c.text, vocabulary).into_iter().next()).collect();
    // `Triwulan I` over several columns says when, and `Uraian` nothing: neither speaks against a heading.
    let neutral = first.cells.iter().filter(|c| is_neutral(c, vocabulary)).count();
    let most = known.len() * 2 >= first.cells.len() - neutral;
    known.sort();
    known.dedup();
    if known.len() < least || !most || first.cells.iter().any(is_no_heading) {
        return None;
    }
    let mut parts: Vec<&Row> = vec![first];
    let mut end = at + 1;
    while let Some(next) = rows.get(end).filter(|r| r.grid == first.grid && parts.len() < DEEPEST) {
        // The row that counts the columns may stand between the headings.
        let behind = rows.get(end + 1).filter(|r| r.grid == first.grid && (is_number_row(next) || skips(next)) && !r.apart);
        match (goes_on(&parts, next, vocabulary), behind.filter(|r| goes_on(&parts, r, vocabulary))) {
            (true, _) => parts.push(next),
            (false, Some(below)) => {
                parts.push(below);
                end += 1;
            }
            _ => break,
        }
        end += 1;
    }
    let mut lefts: Vec<u16> = parts.iter().flat_map(|r| &r.cells).map(|c| c.origin.col).collect();
    lefts.sort_unstable();
    lefts.dedup();
    let column = |&left: &u16| {
        let labels: Vec<String> = stack(&parts, left).into_iter().map(|c| c.text.to_string()).collect();
        Column { left, says: labels.iter().flat_map(|l| says(l, vocabulary)).collect(), labels }
    };
    let columns = apart(lefts.iter().map(column).collect(), rows.get(end..).unwrap_or_default(), vocabulary);
    let numbered = rows.get(end).as_ref().is_some_and(|r| r.grid == first.grid && is_number_row(r));
    Some(Heading { rows: at..end + usize::from(numbered), columns })
}

/// Headings that ran together on paper (`Satuan Target`), taken apart where as many columns of cells stand below them.
fn apart(columns: Vec<Column>, below: &[Row], vocabulary: &Vocabulary) -> Vec<Column> {
    const SAMPLE: usize = 6;
    let Some(grid) = below.first().map(|r| r.grid) else { return columns };
    let rows: Vec<&Row> = below.iter().take(SAMPLE).take_while(|r| r.grid == grid).collect();
    let ends: Vec<u16> = columns.iter().skip(1).map(|c| c.left).chain([u16::MAX]).collect();
    let mut out = Vec::new();
    for (column, end) in columns.into_iter().zip(ends) {
        let mut lefts: Vec<u16> =
            rows.iter().flat_map(|r| &r.cells).map(|c| c.origin.col).filter(|c| (column.left..end).contains(c)).collect();
        lefts.sort_unstable();
        let filled = |left: &u16| rows.iter().filter(|r| r.cells.iter().any(|c| c.origin.col == *left)).count() * 2 > rows.len();
        lefts.dedup();
        lefts.retain(filled);
        let first = rows.iter().filter_map(|r| r.cells.iter().find(|c| c.origin.col == column.left));
        if first.clone().filter(|c| counts(&c.text)).count() * 2 > first.count() {
            // Numbers before names, both below one heading.
            lefts.clear();
        }
        match labels_of(&column, lefts.len(), vocabulary).filter(|_| lefts.first() == Some(&column.left)) {
            Some(parts) => out.extend(parts.into_iter().zip(&lefts).map(|(label, &left)| Column {
                left,
                says: says(&label, vocabulary),
                labels: vec![label],
            })),
            None => out.push(column),
        }
    }
    out
}

/// `3`, `1.2`, `b.`: what counts rows.
fn counts(text: &str) -> bool {
    let bare = text.trim().trim_start_matches('(').trim_end_matches(['.', ')']);
    let digits = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || c == '.');
    digits || bare.len() == 1 && bare.chars().all(char::is_alphabetic)
}

/// The one label of a column as this many, where each says something by itself.
fn labels_of(column: &Column, count: usize, vocabulary: &Vocabulary) -> Option<Vec<String>> {
    let [label] = column.labels.as_slice() else { return None };
    let phrases: Vec<&str> = vocabulary.parts(label)?.into_iter().map(|(_, text)| text).collect();
    let words: Vec<&str> = label.split_whitespace().collect();
    let parts = [phrases, words].into_iter().find(|p| count > 1 && p.len() == count)?;
    parts.iter().all(|p| !says(p, vocabulary).is_empty()).then(|| parts.iter().map(|p| p.trim().to_owned()).collect())
}

/// A period alone, or words that say nothing by themselves.
fn is_neutral(cell: &Cell, vocabulary: &Vocabulary) -> bool {
    let bare = untimed(&cell.text);
    let worded = bare.chars().any(char::is_alphabetic);
    let timed = bare.len() < cell.text.len() && !worded;
    timed
        || worded && {
            let said = vocabulary.read(&bare);
            said.whole() && said.senses.iter().all(|s| s.dimension == Dimension::Filler)
        }
}

/// A sentence, or a number that is no year.
fn is_no_heading(cell: &Cell) -> bool {
    cell.text.chars().count() > LONGEST || cell.number.is_some_and(|n| !(1999.0..2100.0).contains(&n))
}

/// Whether a row below is part of the heading: everything on it stands under a group, and it is no number row.
fn goes_on(above: &[&Row], row: &Row, vocabulary: &Vocabulary) -> bool {
    let Some(last) = above.last() else { return false };
    let year = |n: f64| (1999.0..2100.0).contains(&n) && n.fract() == 0.0;
    let short = row.cells.iter().all(|c| c.number.is_none_or(year) && c.text.chars().count() <= LONGEST / 2);
    let group = |cell: &Cell| {
        let over = last.cells.iter().rfind(|c| c.covers(cell.origin.col));
        match over {
            Some(over) => over.right - over.origin.col > cell.right - cell.origin.col || spread(last, over, row),
            // Nothing right above: it belongs to the heading on its left, or to one further up.
            None => last.cells.iter().any(|c| c.origin.col < cell.origin.col),
        }
    };
    !row.apart
        && short
        && !is_number_row(row)
        && !row.cells.is_empty()
        && (row.cells.iter().all(group) || worded(row, vocabulary))
}

/// Whether several cells say what heads columns and nothing else: on paper without lines a heading may stand beside its group.
fn worded(row: &Row, vocabulary: &Vocabulary) -> bool {
    const FEWEST: usize = 3;
    const SHORT: usize = 2;
    let heads = |c: &Cell| {
        let known = !says(&c.text, vocabulary).is_empty() || is_neutral(c, vocabulary);
        known && c.text.split_whitespace().count() <= SHORT
    };
    row.cells.len() >= FEWEST && row.cells.iter().all(heads)
}

/// Whether an unmerged heading stands for the blank columns to its right, which have headings of their own below.
fn spread(row: &Row, over: &Cell, below: &Row) -> bool {
    let next = row.cells.iter().find(|c| c.origin.col > over.origin.col).map_or(u16::MAX, |c| c.origin.col);
    below.cells.iter().any(|c| c.origin.col > over.right && c.origin.col < next)
}

/// The headings over a column: in each row the cell that covers it, or the one on its left that stands for it too.
fn stack<'r, 'a>(rows: &[&'r Row<'a>], col: u16) -> Vec<&'r Cell<'a>> {
    let mut out: Vec<&Cell> = Vec::new();
    for (depth, row) in rows.iter().enumerate() {
        let meant = || {
            let below = rows.get(depth + 1)?;
            below.own(col)?;
            row.cells.iter().rfind(|c| c.right < col && below.own(c.origin.col).is_some())
        };
        if let Some(cell) = row.own(col).or_else(meant) {
            out.push(cell);
        }
    }
    out
}

/// `(1) (2) (3)`, `1 2 3=2-1`: the row that counts the columns.
#[must_use]
pub fn is_number_row(row: &Row) -> bool {
    let counts = |c: &Cell| {
        let text = text::ordinal(&c.text);
        let number = text.chars().take_while(char::is_ascii_digit).count();
        (1..=2).contains(&number) && text.chars().all(|c| c.is_ascii_digit() || "=+-/:x().% abcd".contains(c))
            || text.len() == 1 && text.chars().all(|c| c.is_ascii_lowercase())
            || text.chars().nth(1) == Some('=') && text.chars().all(|c| c.is_ascii_lowercase() || "=+-/:x()% 100".contains(c))
    };
    row.cells.len() >= 3 && (row.cells.iter().all(counts) && counts_on(row) || lettered(row))
}

/// Whether the numbers of a row that counts follow each other: `1 | 80% | 60%` are figures.
fn counts_on(row: &Row) -> bool {
    let number = |c: &Cell| {
        let digits: String = text::ordinal(&c.text).chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let numbers: Vec<u32> = row.cells.iter().filter_map(number).collect();
    numbers.windows(2).all(|w| w[0] < w[1] && w[1] <= w[0] + 2)
}

/// `2 3 7 8 14`: bare numbers that rise, as where columns of a larger form were left out. A row of figures may look so too, but has no
/// headings below it.
fn skips(row: &Row) -> bool {
    let bare = |c: &Cell| Some(c.text.trim()).filter(|t| (1..=2).contains(&t.len())).and_then(|t| t.parse::<u32>().ok());
    let numbers: Option<Vec<u32>> = row.cells.iter().map(bare).collect();
    numbers.is_some_and(|n| n.len() >= 3 && n.windows(2).all(|w| w[0] < w[1]))
}

/// `A B C D`: capital letters that follow each other.
fn lettered(row: &Row) -> bool {
    let letter = |c: &Cell| {
        let mut letters = c.text.trim_matches(['(', ')', ' ']).chars();
        letters.next().filter(|x| x.is_ascii_uppercase() && letters.next().is_none())
    };
    row.cells.iter().zip('A'..='Z').all(|(c, expected)| letter(c) == Some(expected))
}
