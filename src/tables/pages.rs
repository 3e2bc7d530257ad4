//! Sheets that are pages: programs that turn paper into a workbook, and people who run out of rows, make a sheet of each part of a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::origin::Place;
use crate::model::{Cell, Document, Grid, Merge, Origin, Span, Value};
use crate::normalise::number::{self, Figure, Style};

/// Rows at the end of a page, and at the start of the next, that show what their columns hold.
const SHOWN: usize = 24;
/// Rows at the top of a table that the next page may say again.
const MOST_HEADING: usize = 24;

/// A document whose pages stand below each other.
#[derive(Debug)]
pub struct Joined {
    /// The document with the rows of every page that goes on with the sheet before below that sheet's own. The page itself is empty then.
    pub document: Document,
    /// What was put elsewhere, in the order of where it stands now.
    moved: Vec<Moved>,
}

/// Rows of a page, put below those of another sheet.
#[derive(Clone, Copy, Debug)]
struct Moved {
    /// Where its first row stands now.
    grid: u16,
    row: u32,
    /// Where it stands in the file.
    page: u16,
    first: u32,
}

impl Joined {
    /// Where a cell stands in the file.
    #[must_use]
    pub fn back(&self, cell: Origin) -> Origin {
        let above = self.moved.partition_point(|m| (m.grid, m.row) <= (cell.grid, cell.row));
        match above.checked_sub(1).map(|i| self.moved[i]).filter(|m| m.grid == cell.grid) {
            Some(m) => Origin { grid: m.page, row: cell.row - m.row + m.first, ..cell },
            None => cell,
        }
    }

    /// The parts of a range on each of the sheets it stands on in the file, in order; never empty.
    #[must_use]
    pub fn parts(&self, span: Span) -> Vec<Span> {
        let (a, b) = (span.from, span.to);
        let starts = self.moved.iter().filter(|m| m.grid == a.grid && (a.row + 1..=b.row).contains(&m.row)).map(|m| m.row);
        let from: Vec<u32> = std::iter::once(a.row).chain(starts).collect();
        let to = from.iter().skip(1).map(|row| row - 1).chain([b.row]);
        let part = |(from, to)| {
            let (from, to) = (self.back(Origin { row: from, ..a }), self.back(Origin { row: to, ..b }));
            Span { from, to }
        };
        from.iter().copied().zip(to).map(part).collect()
    }
}

/// The document with its pages below each other; `None` where no sheet goes on with the one before: its name counts on, and its rows
/// stand in the same columns, under no headings or the same ones.
#[must_use]
pub fn joined(document: &Document) -> Option<Joined> {
    let mut joined: Option<Joined> = None;
    let mut head: Option<Head> = None;
    for (number, pair) in (1_u16..).zip(document.grids.windows(2)) {
        let [before, sheet] = pair else { continue };
        if !candidates(before, sheet) {
            head = None;
            continue;
        }
        let open = head.take().unwrap_or_else(|| Head::new(before, number - 1));
        let Some(first) = open.goes_on(sheet) else { continue };
        let joined = joined.get_or_insert_with(|| Joined { document: document.clone(), moved: Vec::new() });
        head = Some(joined.append(open, sheet, number, first));
    }
    joined
}

/// Whether one sheet may be the next page of another, judged by their names and looks.
fn candidates(before: &Grid, sheet: &Grid) -> bool {
    let plain = |g: &Grid| matches!(g.place, Place::Sheet(_)) && !g.hidden && !g.cells.is_empty();
    let shown = |g: &Grid| g.hidden_cols.is_empty() && g.hidden_rows.is_empty();
    plain(before) && plain(sheet) && shown(before) && shown(sheet) && counts_on(before, sheet)
}

/// The rows of a table so far: the sheet it starts on, and the page it ended on.
struct Head<'d> {
    grid: u16,
    /// The sheet it starts on.
    top: &'d Grid,
    /// Its last page.
    last: &'d Grid,
    /// Row below its last one.
    end: u32,
    /// What its rows say in words, as [`says`] writes it.
    said: BTreeSet<String>,
}

impl<'d> Head<'d> {
    fn new(top: &'d Grid, grid: u16) -> Self {
        let end = top.cells.last().map_or(0, |c| c.row + 1);
        Self { grid, top, last: top, end, said: says(rows(top).map(|row| words(top, row))).into_iter().collect() }
    }

    /// The row of the sheet from which on it goes on with the table.
    fn goes_on(&self, sheet: &Grid) -> Option<u32> {
        let leading = self.said_again(sheet);
        let groups = rows(sheet).skip(leading).take_while(|row| self.names_group(sheet, row)).count();
        let from = rows(sheet).nth(leading)?.first()?.row;
        let body: Vec<&[Cell]> = rows(sheet).skip(leading + groups).take(SHOWN).take_while(|row| stated(sheet, row)).collect();
        let first = *body.first()?;
        let tail = Tail::of(self.last)?;
        let fits = |row: &&&[Cell]| tail.fits(sheet, row);
        let alike = tail.fits(sheet, first) && body.iter().filter(fits).count() * 2 >= body.len();
        let counts = |(col, next)| first.iter().any(|c| c.col == col && count(sheet, c.value) == Some(next));
        (alike && (tail.next.is_some_and(counts) || self.news(sheet, leading))).then_some(from)
    }

    /// Whether a row without figures names a group of rows as one among the rows of the page before does: `KEC. LIMAU`, `KEC. KELUMBAYAN`.
    fn names_group(&self, sheet: &Grid, row: &[Cell]) -> bool {
        let kind = |grid: &Grid, row: &[Cell]| {
            let word = grid.text(row.last()?.value)?.split_whitespace().next()?.to_lowercase();
            Some((row.iter().map(|c| c.col).collect::<Vec<_>>(), word))
        };
        let own = kind(sheet, row).filter(|_| !stated(sheet, row));
        let mut known = rows(self.last).skip_while(|row| !stated(self.last, row)).filter(|row| !stated(self.last, row));
        own.is_some() && known.any(|row| kind(self.last, row) == own)
    }

    /// Whether a page says what the table does not yet: a copy of the sheet before, with older figures, says all of its names again, and
    /// mostly one below the other as there.
    fn news(&self, sheet: &Grid, leading: usize) -> bool {
        let said = says(rows(sheet).skip(leading).map(|row| words(sheet, row)));
        let (pairs, names): (Vec<&String>, Vec<&String>) = said.iter().partition(|s| s.contains('\n'));
        let again = |said: &[&String]| said.iter().filter(|s| self.said.contains(**s)).count();
        let old = again(&names);
        old < names.len() && (old * 2 < names.len() || again(&pairs) * 2 < pairs.len())
    }

    /// How many of a page's first rows say again what stands above the table's first figures.
    fn said_again(&self, sheet: &Grid) -> usize {
        let same = |a: &[Cell], b: &[Cell]| {
            let text = |g: &Grid, c: &Cell| g.shown(c.value).trim().to_owned();
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.col == b.col && text(self.top, a) == text(sheet, b))
        };
        let above: Vec<&[Cell]> = rows(self.top).take(MOST_HEADING).collect();
        let Some(first) = rows(sheet).next() else { return 0 };
        let Some(start) = above.iter().position(|row| same(row, first)) else { return 0 };
        above[start..].iter().zip(rows(sheet)).take_while(|(a, b)| same(a, b)).count()
    }
}

impl Joined {
    /// Puts a page's rows from `first` on below the table.
    fn append<'d>(&mut self, open: Head<'d>, sheet: &'d Grid, number: u16, first: u32) -> Head<'d> {
        self.moved.push(Moved { grid: open.grid, row: open.end, page: number, first });
        let to = |row: u32| row - first + open.end;
        let grids = &mut self.document.grids;
        if let Some(page) = grids.get_mut(usize::from(number)) {
            *page = Grid::new(page.name.clone(), page.place.clone());
        }
        let Some(grid) = grids.get_mut(usize::from(open.grid)) else { return open };
        let known = u32::try_from(grid.texts.len()).unwrap_or(u32::MAX);
        grid.texts.extend(sheet.texts.iter().cloned());
        let value = |value: Value| if let Value::Text(id) = value { Value::Text(id.saturating_add(known)) } else { value };
        let rows = || sheet.cells.iter().filter(|c| c.row >= first);
        grid.cells.extend(rows().map(|c| Cell { row: to(c.row), value: value(c.value), ..*c }));
        let place = |&(row, col): &(u32, u16)| (row >= first).then(|| (to(row), col));
        grid.percents.extend(sheet.percents.iter().filter_map(place));
        grid.calculated.extend(sheet.calculated.iter().filter_map(place));
        let merges = sheet.merges.iter().filter(|m| m.top >= first);
        grid.merges.extend(merges.map(|m| Merge { top: to(m.top), bottom: to(m.bottom), ..*m }));
        let formulas = sheet.formulas.iter().filter(|f| f.0 >= first);
        grid.formulas.extend(formulas.map(|(row, col, formula)| (to(*row), *col, formula.clone())));
        let end = rows().next_back().map_or(open.end, |c| to(c.row) + 1);
        let mut said = open.said;
        said.extend(says(self::rows(sheet).map(|row| words(sheet, row))));
        Head { last: sheet, end, said, ..open }
    }
}

/// What the last rows of a page hold in each column.
struct Tail {
    figures: BTreeSet<u16>,
    words: BTreeSet<u16>,
    /// The column of running numbers, and the number that comes next.
    next: Option<(u16, u32)>,
}

impl Tail {
    /// `None` where the page does not end with rows of figures.
    fn of(page: &Grid) -> Option<Self> {
        let all: Vec<&[Cell]> = page.cells.chunk_by(|a, b| a.row == b.row).rev().take(SHOWN).collect();
        let last = all.first().filter(|row| stated(page, row))?;
        let (mut figures, mut words): (BTreeSet<u16>, BTreeSet<u16>) = Default::default();
        let mut counts: BTreeMap<u16, Vec<u32>> = BTreeMap::new();
        for cell in all.iter().flat_map(|row| row.iter()) {
            if figure(page, cell.value) { &mut figures } else { &mut words }.insert(cell.col);
            counts.entry(cell.col).or_default().extend(count(page, cell.value));
        }
        let runs = |(col, counts): (&u16, &Vec<u32>)| {
            let down = counts.windows(2).all(|pair| pair[1].checked_add(1) == Some(pair[0]));
            let numbered = counts.len() > 1 && down && last.iter().any(|c| c.col == *col);
            counts.first().filter(|_| numbered).and_then(|n| Some((*col, n.checked_add(1)?)))
        };
        let next = counts.iter().take(2).find_map(runs);
        Some(Self { figures, words, next })
    }

    /// Whether a row holds figures and words where the page before does. A dash stands for either.
    fn fits(&self, grid: &Grid, row: &[Cell]) -> bool {
        row.iter().all(|cell| {
            let column = if figure(grid, cell.value) { &self.figures } else { &self.words };
            column.contains(&cell.col) || dash(grid, cell.value) && self.figures.contains(&cell.col)
        })
    }
}

/// The filled rows of a sheet, from the top.
fn rows(grid: &Grid) -> impl Iterator<Item = &[Cell]> {
    grid.cells.chunk_by(|a, b| a.row == b.row)
}

/// Whether a row states a figure of something.
fn stated(grid: &Grid, row: &[Cell]) -> bool {
    row.len() > 1 && row.iter().any(|c| figure(grid, c.value))
}

/// A number, or a text that is written as one.
fn figure(grid: &Grid, value: Value) -> bool {
    match value {
        Value::Number(_) | Value::NoResult => true,
        value => grid.text(value).is_some_and(|t| t.contains(|c: char| c.is_ascii_digit()) && !t.contains(char::is_alphabetic)),
    }
}

fn dash(grid: &Grid, value: Value) -> bool {
    grid.text(value).is_some_and(|t| matches!(number::read(t, Style::Plain), Some(Figure::Dash)))
}

/// A running number: `12`, `12.`.
fn count(grid: &Grid, value: Value) -> Option<u32> {
    grid.shown(value).trim().trim_end_matches(['.', ')']).parse().ok()
}

/// What a row says in words, and where; empty where it says nothing.
fn words(grid: &Grid, row: &[Cell]) -> String {
    let worded = row.iter().filter(|c| !figure(grid, c.value) && !dash(grid, c.value));
    let text = |c: &Cell| grid.text(c.value).map(|text| format!("{} {}\t", c.col, text.trim().replace('\n', " ")));
    worded.filter_map(text).collect()
}

/// What rows say, each alone, and each with the one below it (parted by a line feed).
fn says(rows: impl Iterator<Item = String>) -> Vec<String> {
    let said: Vec<String> = rows.filter(|words| !words.is_empty()).collect();
    let pairs: Vec<String> = said.windows(2).map(|pair| pair.join("\n")).collect();
    said.into_iter().chain(pairs).collect()
}

/// Whether a sheet's name counts on from that of the sheet before: `Table 1`, `Table 2`; `POK`, `POK (2)`.
fn counts_on(before: &Grid, sheet: &Grid) -> bool {
    let stem = |name: &str| -> String { name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect() };
    let number = |name: &str| -> Option<u32> {
        let digits: String = name.chars().rev().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        // A year counts no pages.
        digits.chars().rev().collect::<String>().parse().ok().filter(|n| *n < 1000)
    };
    let (a, b) = (before.name.trim(), sheet.name.trim());
    let first = b.strip_prefix(a).is_some_and(|rest| number(rest) == Some(2));
    let next = number(a).zip(number(b)).is_some_and(|(a, b)| b == a + 1);
    stem(a) == stem(b) && (first || next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;
    use crate::model::document::GridBuilder;

    #[test]
    fn names_count_on_or_name_something_else() {
        let grid = |name: &str| GridBuilder::new(name, Place::Sheet(name.into())).finish();
        let on = |a: &str, b: &str| counts_on(&grid(a), &grid(b));
        assert!(on("Table 1", "Table 2") && on("POK 2025", "POK 2025 (2)") && on("Sheet9", "Sheet10"));
        assert!(on("POK 2025 (2)", "POK 2025 (3)"));
        assert!(
            !on("POK 2025", "POK 2026 semula")
                && !on("Januari", "Februari")
                && !on("RKA 2025", "RKA 2026")
                && !on("Table 1", "Table 3")
        );
    }

    fn sheet(name: &str, rows: &[&str]) -> Grid {
        let mut grid = GridBuilder::new(name, Place::Sheet(name.into()));
        for (row, line) in (0..).zip(rows) {
            for (col, text) in (0..).zip(line.split('|')) {
                match text.trim().parse() {
                    Ok(number) => grid.push(row, col, Value::Number(number)),
                    Err(_) => grid.push_text(row, col, text.trim()),
                }
            }
        }
        grid.finish()
    }

    #[test]
    fn rows_of_pages_know_where_they_stand_in_the_file() {
        let first = sheet("T 1", &["JUDUL", "No|Nama|L|P", "1|Kumai|5|6", "2|Arut|7|8"]);
        let second = sheet("T 2", &["No|Nama|L|P", "3|Lada|9|10", "4|Sebuai|11|12"]);
        let third = sheet("T 3", &["5|Pasir|13|14"]);
        let document = Document { format: Format::Xlsx, grids: vec![first, second, third] };
        let joined = joined(&document).unwrap();
        assert_eq!(joined.document.grids.iter().map(|g| g.cells.len()).collect::<Vec<_>>(), [25, 0, 0]);
        let at = |row| joined.back(Origin::new(0, row, 1));
        assert_eq!(
            (at(3), at(4), at(5), at(6)),
            (Origin::new(0, 3, 1), Origin::new(1, 1, 1), Origin::new(1, 2, 1), Origin::new(2, 0, 1))
        );
        let span = |grid, a, b| Span::new(Origin::new(grid, a, 0), Origin::new(grid, b, 3));
        assert_eq!(joined.parts(span(0, 2, 6)), [span(0, 2, 3), span(1, 1, 2), span(2, 0, 0)]);
        assert_eq!(joined.parts(span(0, 2, 3)), [span(0, 2, 3)]);
    }

    #[test]
    fn a_page_may_begin_with_the_name_of_a_group_of_rows() {
        let rows = ["No|Nama|L|P", "1|Desa|5|6", "II|KEC. ARUT", "2|Kumai|5|6", "3|Sei|7|8"];
        let pages = |next: &[&str]| {
            let grids = vec![sheet("Hal 1", &rows), sheet("Hal 2", next)];
            joined(&Document { format: Format::Xlsx, grids }).map(|j| j.document.grids[0].cells.len())
        };
        assert_eq!(pages(&["III|KEC. LADA", "4|Pasir|1|2"]), Some(24));
        assert_eq!(pages(&["III|LAPORAN", "4|Pasir|1|2"]), None);
    }

    #[test]
    fn copies_and_other_tables_are_no_pages() {
        let table = || sheet("T 1", &["JUDUL", "No|Nama|L|P", "1|Kumai|5|6", "2|Arut|7|8"]);
        let pages = |next: &[&str]| {
            let document = Document { format: Format::Xlsx, grids: vec![table(), sheet("T 2", next)] };
            joined(&document).is_some()
        };
        assert!(pages(&["3|Lada|5|6"]) && pages(&["1|Lada|5|6"]), "numbers go on, or the names are new");
        assert!(!pages(&["1|Kumai|4|5", "2|Arut|7|8"]), "the same names");
        assert!(!pages(&["LAIN", "No|Nama|L|P", "3|Lada|5|6"]), "a title of its own");
        assert!(!pages(&["No|Nama|P|L", "3|Lada|5|6"]), "headings of its own");
        assert!(!pages(&["Lada|5|6|7"]), "other columns");
        let large = sheet("T 1", &["No|Nama|L|P", "4294967294|Kumai|5|6", "4294967295|Arut|7|8"]);
        let document = Document { format: Format::Xlsx, grids: vec![large, sheet("T 2", &["0|Kumai|5|6"])] };
        assert!(joined(&document).is_none(), "no number follows the largest");
    }
}
