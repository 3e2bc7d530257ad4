//! What one sees at a glance: titles, sheet names, headings, labels, notes, and the words of the path. Bounded work: a sheet with a
//! million rows costs no more than its first screen.

use std::collections::BTreeSet;

use crate::model::origin::Place;
use crate::model::{Cell, Document, Grid, Origin, Span, Value};
use crate::normalise::{date, text};

/// Where words were seen, most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A line above a table, or one of the first lines of running text.
    Title,
    /// The name of a sheet.
    Sheet,
    /// A cell of a heading row.
    Heading,
    /// A text in a row of figures.
    Label,
    /// A line between or below tables.
    Note,
    /// The file's own name.
    File,
    /// A folder on the way to it; the innermost first.
    Folder,
}

/// One piece of text and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub role: Role,
    /// Number of the grid; `None` for the path.
    pub grid: Option<u16>,
    pub span: Option<Span>,
    pub text: String,
    /// The folded words of `text`.
    pub words: Vec<String>,
}

impl Seen {
    fn new(role: Role, span: Option<Span>, text: &str) -> Self {
        let text = text::clean(text);
        Self { role, grid: span.map(|s| s.from.grid), span, words: text::words(&text), text }
    }
}

/// Filled rows looked at in each of the first grids …
const ROWS: usize = 60;
/// … so many of them …
const WHOLE_GRIDS: usize = 8;
/// … and in each later one, of which a sheet per kecamatan makes many.
const LATER_ROWS: usize = 16;
/// Cells looked at per row.
const COLUMNS: usize = 80;
/// Grids looked at.
const GRIDS: usize = 60;
/// Lines that count as title before running text begins.
const TITLES: usize = 15;
/// So many rows of a label and its value below each other are a form.
const FORM: usize = 3;
/// Heading rows of one table at most.
const HEADINGS: usize = 5;
/// A title line is no longer than this many characters; longer ones are running text.
const LINE: usize = 200;

/// All that is seen of a document, in reading order, the path last.
pub(super) fn glance(document: &Document, path: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    let all_hidden = document.grids.iter().all(|g| g.hidden);
    let visible = document.grids.iter().zip(0u16..).filter(|(g, _)| all_hidden || !g.hidden);
    for (nth, (grid, number)) in visible.take(GRIDS).enumerate() {
        look_at(grid, number, if nth < WHOLE_GRIDS { ROWS } else { LATER_ROWS }, &mut seen);
    }
    let mut parts = path.rsplit('/');
    if let Some(file) = parts.next() {
        seen.push(Seen::new(Role::File, None, stem(file)));
    }
    seen.extend(parts.map(|folder| Seen::new(Role::Folder, None, folder)));
    seen
}

/// A file name without its ending and without the ` (1)` that a second download adds.
pub(super) fn stem(file: &str) -> &str {
    let stem = match file.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && is_ending(ending) => stem,
        _ => file,
    };
    match stem.trim_end().strip_suffix(')').and_then(|s| s.rsplit_once('(')) {
        Some((before, number)) if !before.trim().is_empty() && number.len() <= 2 && number.parse::<u8>().is_ok() => {
            before.trim_end()
        }
        _ => stem,
    }
}

/// `xlsx`, `csv`, `7z`; not the rest of `Kab. Sigi` or of `v1.2`.
fn is_ending(text: &str) -> bool {
    text.len() <= 5 && text.chars().all(|c| c.is_ascii_alphanumeric()) && text.chars().any(|c| c.is_ascii_alphabetic())
}

/// How far down a table one has come.
#[derive(Default)]
struct Progress {
    titles: usize,
    headings: usize,
    in_body: bool,
    /// Lines of text rather than cells: sentences end the title, and list items are no titles.
    running_text: bool,
    /// Rows of a label and what it says, one below the other.
    pairs: usize,
    /// Labels with one figure beside them.
    counted: BTreeSet<String>,
}

fn look_at(grid: &Grid, number: u16, rows: usize, seen: &mut Vec<Seen>) {
    let sheet = Span::from(Origin::new(number, 0, 0));
    if matches!(grid.place, Place::Sheet(_)) {
        seen.push(Seen { span: None, grid: Some(number), ..Seen::new(Role::Sheet, Some(sheet), &grid.name) });
    }
    for (i, line) in grid.around.iter().enumerate().take(rows) {
        let role = if i < TITLES && line.chars().count() <= LINE { Role::Title } else { Role::Note };
        seen.push(Seen::new(role, Some(sheet), line));
    }
    let from = seen.len();
    let mut progress = Progress { running_text: matches!(grid.place, Place::Lines), ..Progress::default() };
    for row in grid.cells.chunk_by(|a, b| a.row == b.row).filter(|r| !grid.row_hidden(r[0].row)).take(rows) {
        take_row(grid, number, row, &mut progress, seen);
    }
    forget_repeated_labels(from, seen);
    if progress.headings > 0 && !seen[from..].iter().any(|s| s.role == Role::Title) {
        seen.extend(titles_below(grid, number));
    }
}

/// The lines below the last figures of a sheet whose first row is already its headings: what would stand above stands there. A line with a
/// day begins the signatures.
fn titles_below(grid: &Grid, number: u16) -> Vec<Seen> {
    let alone = |row: &[Cell]| Some((row[0], grid.text(row[0].value)?.to_owned())).filter(|_| row.len() == 1);
    let mut lines: Vec<(Cell, String)> = grid.cells.chunk_by(|a, b| a.row == b.row).rev().map_while(alone).take(TITLES).collect();
    lines.reverse();
    let unsigned = lines.into_iter().take_while(|(_, line)| date::find(line).is_empty() && line.chars().count() <= LINE);
    unsigned.map(|(at, line)| Seen::new(Role::Title, Some(Origin::new(number, at.row, at.col).into()), &line)).collect()
}

/// Labels matter by what they say, not by how often: of a column that says `Pemilih Baru` in every other row one is enough.
fn forget_repeated_labels(from: usize, seen: &mut Vec<Seen>) {
    let mut said: BTreeSet<Vec<String>> = BTreeSet::new();
    let mut at = 0;
    seen.retain(|s| {
        at += 1;
        at <= from || s.role != Role::Label || said.insert(s.words.clone())
    });
}

/// One row of a grid: which role its texts play follows from what else stands in it and above it. A merged title that was parted stands in
/// each of its cells.
fn take_row(grid: &Grid, number: u16, row: &[Cell], progress: &mut Progress, seen: &mut Vec<Seen>) {
    let row = &row[..row.len().min(COLUMNS)];
    let texts: Vec<(Origin, &str)> = row
        .iter()
        .filter_map(|c| grid.text(c.value).map(|t| (Origin::new(number, c.row, c.col), t)))
        .filter(|(_, t)| !is_figure(t))
        .collect();
    let Some(&(_, label)) = texts.first() else {
        // A title's last line may be the year alone.
        if progress.headings == 0 && !progress.in_body {
            seen.extend(lone_year(grid, number, row));
        }
        return;
    };
    let figures = row.len() - texts.len();
    let texts = if texts.iter().all(|(_, t)| *t == label) { &texts[..1] } else { &texts[..] };
    progress.pairs = if texts.len() == 2 { progress.pairs + 1 } else { 0 };
    let starts_with_ordinal = row.first().is_some_and(|c| match c.value {
        Value::Number(_) => true,
        value => grid.text(value).is_some_and(is_figure),
    });
    let lost_columns = texts.len() == 1 && mostly_figures(label);
    // `L | 120`, `P | : | 130` below the name of a region, and again below the next.
    let pair = texts.iter().skip(1).all(|(_, t)| t.trim() == ":") && row.len() <= 3 && figures == 1;
    let again = pair && !progress.counted.insert(label.to_owned());
    let body = figures >= 2 && figures * 2 >= row.len() || progress.headings > 0 && starts_with_ordinal || lost_columns || again;
    if body {
        progress.in_body = true;
        cells(Role::Label, texts, seen);
    } else if is_form_line(texts) {
        line(texts, progress, seen);
    } else if texts.len() == 2 && progress.headings == 0 && progress.pairs >= FORM {
        cells(Role::Label, texts, seen);
    } else if texts.len() >= 3 || progress.headings > 0 && !progress.in_body {
        progress.headings = if progress.in_body { 1 } else { progress.headings + 1 };
        progress.in_body = false;
        cells(if progress.headings <= HEADINGS { Role::Heading } else { Role::Label }, texts, seen);
    } else {
        line(texts, progress, seen);
    }
}

/// A row that holds a year and nothing else.
fn lone_year(grid: &Grid, number: u16, row: &[Cell]) -> Option<Seen> {
    let [cell] = row else { return None };
    let shown = grid.shown(cell.value);
    let year = shown.trim();
    let is_year = year.len() == 4 && matches!(year.parse(), Ok(1999..2100));
    is_year.then(|| Seen::new(Role::Title, Some(Origin::new(number, cell.row, cell.col).into()), year))
}

/// Each text of a row for itself.
fn cells(role: Role, texts: &[(Origin, &str)], seen: &mut Vec<Seen>) {
    let short = texts.iter().filter(|(_, t)| t.chars().count() <= LINE);
    seen.extend(short.map(|&(origin, text)| Seen::new(role, Some(origin.into()), text)));
}

/// The texts of a row as one line: a title above the figures, a note below them.
fn line(texts: &[(Origin, &str)], progress: &mut Progress, seen: &mut Vec<Seen>) {
    let joined: Vec<&str> = texts.iter().map(|&(_, t)| t).collect();
    let text = joined.join(" ");
    let long = text.chars().count() > LINE;
    let item = progress.running_text && is_item(&text);
    let is_title = !progress.in_body && progress.titles < TITLES && !long && !item;
    progress.titles = if long && progress.running_text { TITLES } else { progress.titles + 1 };
    let span = Span::around(texts.iter().map(|&(o, _)| o));
    seen.push(Seen::new(if is_title { Role::Title } else { Role::Note }, span, &text));
}

/// `PROVINSI | : | JAWA TIMUR | KABUPATEN | : | MALANG`: lines of a form's head, not headings of columns.
fn is_form_line(texts: &[(Origin, &str)]) -> bool {
    texts.iter().any(|(_, t)| t.trim() == ":") || texts.len() >= 2 && texts[0].1.trim_end().ends_with(':')
}

/// Whether a text holds a figure rather than words: `1.234`, `(3)`, `12,5 %`, `-`, `Rp 5.000`, `1.`.
pub(super) fn is_figure(text: &str) -> bool {
    let text = text.trim();
    let rest = text.strip_prefix("Rp").unwrap_or(text);
    rest.chars().any(|c| c.is_ascii_digit() || c == '-')
        && rest.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ".,-–()%+".contains(c))
}

/// Whether a line of text is a row of a table that lost its columns: `1 Kumai 18 14.650 14.634 29.284`.
fn mostly_figures(line: &str) -> bool {
    let (mut figures, mut all) = (0, 0);
    for token in line.split_whitespace().take(COLUMNS) {
        all += 1;
        figures += usize::from(is_figure(token));
    }
    figures >= 3 && figures * 2 >= all
}

/// Whether a line is an item of a list: `1. Pengelolaan …`, `a. Perlengkapan …`.
fn is_item(line: &str) -> bool {
    let Some((mark, rest)) = line.split_once(['.', ')']) else { return false };
    let mark = mark.trim_start_matches('(');
    let short = mark.len() == 1 && mark.chars().all(char::is_alphanumeric) || mark.len() == 2 && is_figure(mark);
    short && rest.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_copy_numbers_are_no_part_of_a_name() {
        for (file, expected) in [
            ("Rekap PDPB TW III 2025.xlsx", "Rekap PDPB TW III 2025"),
            ("Rekap PDPB (1).xlsx", "Rekap PDPB"),
            ("Rekap PDPB (revisi).xlsx", "Rekap PDPB (revisi)"),
            ("DPT Kab. Sigi", "DPT Kab. Sigi"),
            (".xlsx", ".xlsx"),
            ("(2).csv", "(2)"),
        ] {
            assert_eq!(stem(file), expected);
        }
    }

    #[test]
    fn figures_are_told_from_words() {
        for text in ["1.234", "(3)", "12,5 %", "-", "Rp 5.000", "1.", " 2 "] {
            assert!(is_figure(text), "{text}");
        }
        for text in ["TPS 1", "L", "", "2 OK", "a-b", "Rp"] {
            assert!(!is_figure(text), "{text}");
        }
    }
}
