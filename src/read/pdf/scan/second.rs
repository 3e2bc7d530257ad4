//! A second look at the cells of a scanned table, cut out of the picture and laid on white paper: the figures of its columns by an engine
//! that is told to expect nothing but figures, the headings each on its own, and what is short once more, row by row as lines, because a
//! letter or digit that stands alone on the paper is taken for dirt.

use super::engine::{Engine, Seen};
use super::picture::Picture;
use super::reading::{figures, sure};
use super::strip::{Cut, ink, laid};
use crate::read::pdf::page::Page;
use crate::read::pdf::table::{Method, Table};
use crate::read::pdf::tokens::figure;

/// Most cells looked at again on one page.
const MOST: usize = 3_000;
/// Cells on one strip: the engine takes no picture of more than 32,767 rows, and slows down long before.
const AT_ONCE: usize = 100;
/// How sure the engine must be of a heading that it read on its own, in percent.
const CERTAIN: f32 = 80.0;
/// Most characters of a short heading: a letter, L+P, (12).
const SHORT: usize = 5;
/// How much wider than high a dash is, at least.
const DASH: f32 = 1.4;

/// Which cell: of which table of the page.
type Place = (usize, usize);

/// Reads the cells of a page's tables again from its picture without ruling lines.
pub fn look(page: &mut Page, picture: &Picture, scale: f32, engine: &Engine) {
    let mut again = Again { page, picture, scale, engine };
    again.figures();
    again.headings();
}

/// A page, and what it is read again with.
struct Again<'a> {
    page: &'a mut Page,
    picture: &'a Picture,
    scale: f32,
    engine: &'a Engine,
}

impl Again<'_> {
    /// The cells of all tables that are wanted.
    fn chosen(&self, wanted: impl Fn(&Table) -> Vec<usize>) -> Vec<Place> {
        let all = self.page.tables.iter().enumerate();
        all.flat_map(|(t, table)| wanted(table).into_iter().map(move |c| (t, c))).take(MOST).collect()
    }

    /// The cells in these lines, cut out and read; nothing of a line whose cells the engine took for one word.
    fn read(&self, lines: &[Vec<Place>], how: fn(&Engine, &Picture, u32) -> Option<Vec<Seen>>) -> Vec<(Place, Vec<Seen>)> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a resolution")]
        let dpi = (self.scale * 72.0).round() as u32;
        let (strip, cuts) = laid(&self.page.tables, lines, self.picture, self.scale);
        let seen = how(self.engine, &strip, dpi).unwrap_or_default();
        let lines = cuts.chunk_by(Cut::beside).filter(|line| !line.iter().any(|cut| cut.overrun(&seen)));
        lines.flatten().map(|cut| ((cut.table, cut.cell), cut.of(&seen))).collect()
    }

    /// Whether all that stands in a cell is a stroke that lies: a dash, whichever sign the engine took it for.
    fn dash(&self, (table, cell): Place) -> bool {
        let ink = ink(&self.page.tables[table].cells[cell].area, self.picture, self.scale);
        ink.is_some_and(|ink| ink.width >= DASH * ink.height)
    }

    fn text(&mut self, (table, cell): Place) -> &mut String {
        &mut self.page.tables[table].cells[cell].text
    }

    /// The figures of columns: row by row, because beside its neighbours a lone digit is a digit; and what did not come out of that, one
    /// below the other.
    fn figures(&mut self) {
        let all = self.chosen(of_figures);
        let mut seen = Vec::new();
        for part in self.lines(&all).chunks(AT_ONCE / 4) {
            seen.extend(self.keep_figures(part, Engine::read_lines_of_figures));
        }
        seen.sort_unstable();
        let open = |place: &Place| {
            let area = &self.page.tables[place.0].cells[place.1].area;
            seen.binary_search(place).is_err() && ink(area, self.picture, self.scale).is_some()
        };
        let lines: Vec<Vec<Place>> = all.into_iter().filter(open).map(|place| vec![place]).collect();
        for part in lines.chunks(AT_ONCE) {
            self.keep_figures(part, Engine::read_figures);
        }
    }

    /// Reads figures laid in lines and keeps what is better than what was read before; gives the places where anything was read.
    fn keep_figures(&mut self, lines: &[Vec<Place>], how: fn(&Engine, &Picture, u32) -> Option<Vec<Seen>>) -> Vec<Place> {
        let mut read = Vec::new();
        for (place, seen) in self.read(lines, how) {
            let mut text = seen.iter().map(|s| figures(&s.text)).collect::<Vec<_>>().join(" ");
            if is_nothing(&text) && self.dash(place) {
                "-".clone_into(&mut text);
            }
            if !text.is_empty() {
                read.push(place);
            }
            if better(&text, self.text(place)) {
                *self.text(place) = text;
            }
        }
        read
    }

    /// The headings of ruled tables, one below the other: in narrow cells of several lines the engine takes the lines of neighbours for one
    /// line. What it is sure of then is kept.
    fn headings(&mut self) {
        let lines: Vec<Vec<Place>> = self.chosen(of_heading).into_iter().take(AT_ONCE).map(|place| vec![place]).collect();
        let long = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        let kept = self.keep_headings(&lines, long);
        // What is short stands beside its neighbours once more.
        let short = |text: &str| text.chars().count() <= SHORT;
        let open = |place: &Place| !kept.contains(place) && short(&self.page.tables[place.0].cells[place.1].text);
        let lines = self.lines(&lines.into_iter().flatten().filter(open).collect::<Vec<_>>());
        self.keep_headings(&lines, |text| !text.is_empty() && short(text));
    }

    /// Reads headings laid in lines and keeps what the engine is sure of; gives their places.
    fn keep_headings(&mut self, lines: &[Vec<Place>], wanted: impl Fn(&str) -> bool) -> Vec<Place> {
        let mut kept = Vec::new();
        if lines.is_empty() {
            return kept;
        }
        for (place, seen) in self.read(lines, Engine::read) {
            let text = seen.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
            if wanted(&text) && sure(&seen) >= CERTAIN {
                *self.text(place) = text;
                kept.push(place);
            }
        }
        kept
    }

    /// Cells row by row, each row from left to right.
    fn lines(&self, cells: &[Place]) -> Vec<Vec<Place>> {
        let at = |&(t, c): &Place| (t, self.page.tables[t].cells[c].row, self.page.tables[t].cells[c].col);
        let mut sorted = cells.to_vec();
        sorted.sort_by_key(at);
        sorted.chunk_by(|a, b| (at(a).0, at(a).1) == (at(b).0, at(b).1)).map(<[Place]>::to_vec).collect()
    }
}

/// Cells above the first row of figures of a ruled table.
fn of_heading(table: &Table) -> Vec<usize> {
    let first = first_of_figures(table);
    let wanted = |i: &usize| table.cells[*i].row < first && table.method == Method::Ruled;
    (0..table.cells.len()).filter(wanted).collect()
}

/// Columns where most of what was read are figures.
fn columns_of_figures(table: &Table) -> Vec<bool> {
    let mut count = vec![(0_usize, 0_usize); table.cols()];
    for cell in table.cells.iter().filter(|c| c.cols == 1) {
        if let Some((figures, all)) = count.get_mut(cell.col) {
            *figures += usize::from(is_figure(&cell.text));
            *all += usize::from(!is_nothing(&cell.text));
        }
    }
    count.into_iter().map(|(figures, all)| figures * 2 > all && figures >= 2).collect()
}

/// Cells of columns of figures that stand alone.
fn of_figures(table: &Table) -> Vec<usize> {
    let chosen = columns_of_figures(table);
    let first = first_of_figures(table);
    let wanted = |i: &usize| {
        let cell = &table.cells[*i];
        let framed = table.method == Method::Ruled || !cell.text.is_empty();
        cell.rows == 1 && cell.cols == 1 && cell.row >= first && chosen.get(cell.col) == Some(&true) && framed
    };
    (0..table.cells.len()).filter(wanted).collect()
}

/// The first row in most of whose columns of figures stand figures: a letter of a heading is easily taken for a digit.
fn first_of_figures(table: &Table) -> usize {
    let chosen = columns_of_figures(table);
    let mut count = vec![(0_usize, 0_usize); table.rows];
    for cell in table.cells.iter().filter(|c| c.col > 0 && chosen.get(c.col) == Some(&true) && !is_nothing(&c.text)) {
        if let Some((figures, all)) = count.get_mut(cell.row) {
            *figures += usize::from(is_figure(&cell.text));
            *all += 1;
        }
    }
    count.iter().position(|&(figures, all)| figures * 2 > all).unwrap_or(0)
}

/// Whether a cell says that there is nothing to count, or holds no more than dirt.
fn is_nothing(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

fn is_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.split_whitespace().all(figure)
}

/// Whether the second reading is the one to keep: a figure, and no shorter than a single figure read before; a dash where nothing was read.
/// A word is a word: `12 Keg`; and a code is a code: `076.01.WA`.
fn better(second: &str, first: &str) -> bool {
    const WORD: usize = 3;
    let digits = |t: &str| t.chars().filter(char::is_ascii_digit).count();
    let grouped = first.split_whitespace().skip(1).all(|w| w.len() == 3);
    let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).count();
    let worded = first.split_whitespace().any(|w| letters(w) >= WORD || letters(w) >= 2 && digits(w) >= 2);
    let nothing = is_nothing(second) && !second.is_empty() && is_nothing(first);
    nothing || !worded && is_figure(second) && (!is_figure(first) || !grouped || digits(second) >= digits(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::geometry::Area;
    use crate::read::pdf::table::TableCell;

    fn table(method: Method) -> Table {
        let area = Area::new(0.0, 0.0, 10.0, 10.0);
        let texts = [["NO", "peswke."], ["1", "14"], ["2", "13"]];
        let cell = |row, col, text: &str| TableCell { row, col, rows: 1, cols: 1, text: text.into(), area };
        let cells = texts.iter().enumerate().flat_map(|(r, t)| [cell(r, 0, t[0]), cell(r, 1, t[1])]).collect();
        Table { method, area, columns: vec![0.0, 5.0, 10.0], rows: 3, cells, source: Vec::new() }
    }

    #[test]
    fn headings_are_read_again_in_their_cells_and_figures_in_theirs() {
        assert_eq!(of_heading(&table(Method::Ruled)), [0, 1]);
        assert_eq!(of_figures(&table(Method::Ruled)), [2, 3, 4, 5]);
        assert!(of_heading(&table(Method::Aligned)).is_empty());
    }

    #[test]
    fn a_letter_taken_for_a_digit_makes_no_row_of_figures_and_dashes_no_column_of_words() {
        let mut table = table(Method::Ruled);
        table.cells.iter_mut().for_each(|c| c.row += 1);
        table.rows = 4;
        table.columns.push(15.0);
        let area = table.area;
        let cell = |row, col, text: &str| TableCell { row, col, rows: 1, cols: 1, text: text.into(), area };
        table.cells.extend([cell(0, 1, "4"), cell(0, 2, "P"), cell(2, 2, "-"), cell(3, 2, "5")]);
        assert_eq!(columns_of_figures(&table), [true, true, false], "one figure is too few for a column");
        table.cells.push(cell(1, 2, "3"));
        assert_eq!((columns_of_figures(&table), first_of_figures(&table)), (vec![true, true, true], 2));
        assert!(of_figures(&table).contains(&8), "the dash is read again");
    }

    #[test]
    fn a_figure_takes_the_place_of_dirt_and_a_dash_that_of_nothing() {
        assert!(better("7", "TA") && better("-", "") && better("-", ":"));
        assert!(
            !better("-", "7") && !better("", "TA") && !better("-", "NO") && !better("12", "1.234") && !better("12", "12 Keg")
        );
    }
}
