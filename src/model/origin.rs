//! Where a value stands in its document. Place travels with value: made once by a reader, never lost.

use serde::{Deserialize, Serialize};

/// Address of one cell: grid number, row and column, all counted from zero. Eight bytes, `Copy`; its text is made by
/// [`Places::locator`] when somebody asks.
///
/// In plain text a line is a row; in a PDF the row and column are those of the recognised table, and [`Places`] knows the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Number of the grid within the document.
    pub grid: u16,
    /// Column, from zero.
    pub col: u16,
    /// Row, from zero.
    pub row: u32,
}

impl Origin {
    /// The cell at `row`, `col` of grid number `grid`.
    #[must_use]
    pub const fn new(grid: u16, row: u32, col: u16) -> Self {
        Self { grid, col, row }
    }
}

/// A rectangle of cells on one grid; both corners belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Top left corner.
    pub from: Origin,
    /// Bottom right corner.
    pub to: Origin,
}

impl From<Origin> for Span {
    fn from(cell: Origin) -> Self {
        Self { from: cell, to: cell }
    }
}

impl Span {
    /// The rectangle with these corners, in whatever order they are given.
    #[must_use]
    pub fn new(a: Origin, b: Origin) -> Self {
        Self {
            from: Origin::new(a.grid, a.row.min(b.row), a.col.min(b.col)),
            to: Origin::new(a.grid, a.row.max(b.row), a.col.max(b.col)),
        }
    }

    /// The smallest rectangle around those of `cells` that stand on the first one's grid; `None` without cells.
    pub fn around(cells: impl IntoIterator<Item = Origin>) -> Option<Self> {
        let mut cells = cells.into_iter();
        let first = cells.next()?;
        Some(cells.filter(|c| c.grid == first.grid).fold(first.into(), Self::with))
    }

    /// This rectangle grown until it holds `cell`.
    #[must_use]
    pub fn with(self, cell: Origin) -> Self {
        Self {
            from: Origin::new(self.from.grid, self.from.row.min(cell.row), self.from.col.min(cell.col)),
            to: Origin::new(self.from.grid, self.to.row.max(cell.row), self.to.col.max(cell.col)),
        }
    }

    /// Whether `cell` lies inside.
    #[must_use]
    pub fn holds(&self, cell: Origin) -> bool {
        cell.grid == self.from.grid
            && (self.from.row..=self.to.row).contains(&cell.row)
            && (self.from.col..=self.to.col).contains(&cell.col)
    }
}

/// How the places of one kind of document are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Place {
    /// A sheet of a workbook, by name: `Sheet!B12`, quoted as Excel does.
    Sheet(String),
    /// Delimited text: `R12C3`.
    Delimited,
    /// Running text: `L12`.
    Lines,
    /// A table of a PDF. Each row of the grid has its page (from 1) and each of its cells a box in points, origin top left.
    Paper {
        /// `(row, column, page, [x0, y0, x1, y1])`, sorted by row and column.
        boxes: Vec<(u32, u16, u16, [f32; 4])>,
    },
}

/// Names of all grids of one document: what is needed to write an [`Origin`] as the contract's locator.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Places(pub Vec<Place>);

impl Places {
    /// The contract's locator of a rectangle, e.g. `'Rekap PDPB'!B12:H12`, `R3C1`, `p2@72.0,90.5,540.0,102.5`, `L7`.
    /// Empty where the grid is not known.
    #[must_use]
    pub fn locator(&self, span: Span) -> String {
        let (a, b) = (span.from, span.to);
        match self.0.get(usize::from(a.grid)) {
            Some(Place::Sheet(name)) if a == b => format!("{}!{}{}", quoted(name), letters(a.col), a.row + 1),
            Some(Place::Sheet(name)) => {
                format!("{}!{}{}:{}{}", quoted(name), letters(a.col), a.row + 1, letters(b.col), b.row + 1)
            }
            Some(Place::Delimited) if a == b => format!("R{}C{}", a.row + 1, a.col + 1),
            Some(Place::Delimited) => format!("R{}C{}:R{}C{}", a.row + 1, a.col + 1, b.row + 1, b.col + 1),
            Some(Place::Lines) => format!("L{}", a.row + 1),
            Some(Place::Paper { boxes }) => on_paper(boxes, span),
            None => String::new(),
        }
    }

    /// The same for people, inside a sentence: what they see on paper is a page, a row and a column of its table, not a box.
    #[must_use]
    pub fn told(&self, span: Span) -> String {
        match self.0.get(usize::from(span.from.grid)) {
            Some(Place::Paper { boxes }) => seen_on_paper(boxes, span),
            _ => self.locator(span),
        }
    }
}

/// `halaman 2, baris tabel ke-7, kolom ke-3`: rows are counted from the top of the table on that page, as the eye does it.
fn seen_on_paper(boxes: &[(u32, u16, u16, [f32; 4])], span: Span) -> String {
    let start = boxes.partition_point(|b| b.0 < span.from.row);
    let inside = |b: &&(u32, u16, u16, [f32; 4])| (span.from.col..=span.to.col).contains(&b.1);
    let mut rows = boxes.get(start..).unwrap_or_default().iter().take_while(|b| b.0 <= span.to.row).filter(inside);
    let Some(&(row, _, page, _)) = rows.next() else { return String::new() };
    // Rows follow each other from page to page.
    let top = boxes.get(boxes.partition_point(|b| b.2 < page)).map_or(0, |b| b.0);
    let on_page = |row: u32| row.saturating_sub(top) + 1;
    let (first, last) = (on_page(row), rows.filter(|b| b.2 == page).last().map_or(row, |b| b.0));
    match (span.from.col, span.to.col) {
        _ if on_page(last) > first => format!("halaman {page}, baris ke-{first} sampai ke-{}", on_page(last)),
        (0, 0) => format!("halaman {page}, baris ke-{first}"),
        (a, b) if a == b => format!("halaman {page}, baris tabel ke-{first}, kolom ke-{}", u32::from(a) + 1),
        (a, b) => format!("halaman {page}, baris tabel ke-{first}, kolom ke-{} sampai ke-{}", u32::from(a) + 1, u32::from(b) + 1),
    }
}

impl Place {
    /// The page a row stands on; `None` where rows have no pages.
    #[must_use]
    pub fn page(&self, row: u32) -> Option<u16> {
        let Self::Paper { boxes } = self else { return None };
        boxes.get(boxes.partition_point(|b| b.0 < row)).filter(|b| b.0 == row).map(|b| b.2)
    }

    /// The rows of a range on which something stands, each with its page, in order; none where rows have no pages. Numbers of rows are far
    /// apart where a range ends on a line beside its table: they are not counted through.
    #[must_use]
    pub fn rows_on_pages(&self, from: u32, to: u32) -> Vec<(u16, u32)> {
        let Self::Paper { boxes } = self else { return Vec::new() };
        let start = boxes.partition_point(|b| b.0 < from);
        let within = boxes.get(start..).unwrap_or_default().iter().take_while(|b| b.0 <= to);
        let mut rows: Vec<(u16, u32)> = within.map(|b| (b.2, b.0)).collect();
        rows.dedup_by_key(|(_, row)| *row);
        rows
    }
}

/// Page of the first row, and the box around all cells of the span that stand on that page.
fn on_paper(boxes: &[(u32, u16, u16, [f32; 4])], span: Span) -> String {
    let start = boxes.partition_point(|b| b.0 < span.from.row);
    let inside =
        boxes[start..].iter().take_while(|b| b.0 <= span.to.row).filter(|b| (span.from.col..=span.to.col).contains(&b.1));
    let mut around: Option<(u16, [f32; 4])> = None;
    for &(_, _, page, b) in inside {
        around = match around {
            None => Some((page, b)),
            Some((p, a)) if p == page => Some((p, [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])),
            kept => kept,
        };
    }
    around.map_or_else(String::new, |(page, [x0, y0, x1, y1])| format!("p{page}@{x0:.1},{y0:.1},{x1:.1},{y1:.1}"))
}

/// Column letters as spreadsheets write them: 0 → A, 25 → Z, 26 → AA.
#[must_use]
pub fn letters(col: u16) -> String {
    let mut n = u32::from(col) + 1;
    let mut text = Vec::new();
    while n > 0 {
        let digit = u8::try_from((n - 1) % 26).unwrap_or(0);
        text.insert(0, char::from(b'A' + digit));
        n = (n - 1) / 26;
    }
    text.into_iter().collect()
}

/// A sheet name as it stands in a reference: quoted unless it is a plain word that no cell address looks like.
#[must_use]
pub fn quoted(name: &str) -> String {
    let plain = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
        && !like_an_address(name);
    if plain { name.to_owned() } else { format!("'{}'", name.replace('\'', "''")) }
}

/// `AB12`, `R1C1`, `R`, `C`: names that would be read as a cell if they stood unquoted.
fn like_an_address(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let letters = upper.chars().take_while(char::is_ascii_alphabetic).count();
    let rest = &upper[letters..];
    let a1 = (1..=3).contains(&letters) && !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit());
    let after_r = upper.strip_prefix('R').map(|r| r.trim_start_matches(|c: char| c.is_ascii_digit()));
    let r1c1 =
        after_r.is_some_and(|r| r.is_empty() || r.strip_prefix('C').is_some_and(|c| c.chars().all(|d| d.is_ascii_digit())));
    a1 || r1c1 || upper == "C" || upper.strip_prefix('C').is_some_and(|c| !c.is_empty() && c.chars().all(|d| d.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locators_are_written_as_the_contract_says() {
        let places = Places(vec![
            Place::Sheet("Rekap".into()),
            Place::Sheet("TW II".into()),
            Place::Delimited,
            Place::Lines,
            Place::Paper { boxes: vec![(0, 0, 3, [10.0, 20.0, 30.0, 40.0]), (0, 1, 3, [35.0, 20.0, 60.0, 41.0])] },
        ]);
        let span = |grid, a: (u32, u16), b: (u32, u16)| Span::new(Origin::new(grid, a.0, a.1), Origin::new(grid, b.0, b.1));
        assert_eq!(places.locator(span(0, (11, 1), (11, 7))), "Rekap!B12:H12");
        assert_eq!(places.locator(span(1, (0, 26), (0, 26))), "'TW II'!AA1");
        assert_eq!(places.locator(span(2, (11, 2), (11, 2))), "R12C3");
        assert_eq!(places.locator(span(3, (6, 0), (6, 0))), "L7");
        assert_eq!(places.locator(span(4, (0, 0), (0, 1))), "p3@10.0,20.0,60.0,41.0");
        assert_eq!(places.locator(span(9, (0, 0), (0, 0))), "");
    }

    #[test]
    fn rows_far_apart_are_not_counted_through() {
        let boxes = [(0, 1), (7, 1), (1 << 31, 2)].map(|(row, page)| (row, 0, page, [0.0_f32; 4]));
        let place = Place::Paper { boxes: boxes.to_vec() };
        assert_eq!(place.rows_on_pages(1, u32::MAX), [(1, 7), (2, 1 << 31)]);
        assert_eq!(Place::Lines.rows_on_pages(0, 9), []);
    }

    #[test]
    fn people_are_told_pages_and_rows_instead_of_boxes() {
        let box_of = |row: u32, col: u16, page: u16| (row, col, page, [0.0_f32; 4]);
        let boxes = [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2)].map(|(row, page)| [box_of(row, 0, page), box_of(row, 2, page)]);
        let places = Places(vec![Place::Paper { boxes: boxes.concat() }, Place::Sheet("Rekap".into())]);
        let told =
            |grid, a: (u32, u16), b: (u32, u16)| places.told(Span::new(Origin::new(grid, a.0, a.1), Origin::new(grid, b.0, b.1)));
        assert_eq!(told(0, (4, 2), (4, 2)), "halaman 2, baris tabel ke-2, kolom ke-3");
        assert_eq!(told(0, (1, 0), (1, 2)), "halaman 1, baris tabel ke-2, kolom ke-1 sampai ke-3");
        assert_eq!(told(0, (1, 2), (4, 2)), "halaman 1, baris ke-2 sampai ke-3");
        assert_eq!(told(0, (0, 0), (0, 0)), "halaman 1, baris ke-1");
        assert_eq!(told(1, (0, 0), (0, 0)), "Rekap!A1");
        assert_eq!(told(0, (9, 0), (9, 0)), "");
    }

    #[test]
    fn sheet_names_that_look_like_cells_are_quoted() {
        for name in ["A1", "R1C1", "rc", "C", "Rekap PDPB", "2024", "TW-II", "it's"] {
            assert!(quoted(name).starts_with('\''), "{name}");
        }
        for name in ["Rekap", "data_1", "Sheet1", "Kec.Kumai"] {
            assert_eq!(quoted(name), name);
        }
    }
}
