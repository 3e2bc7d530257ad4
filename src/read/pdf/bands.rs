//! Rows of tokens placed into columns: a band is one printed line of a table.

use super::centred::EXACT;
use super::geometry::Area;
use super::reach::overprints;
use super::tokens::Row;
use super::words::{TYPED, Word};

/// A year with the mark of a note.
const LONGEST_YEAR: usize = 6;

/// What stands in one column, or across several, on one printed line.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "what a text may be read as, each apart from the others")]
pub struct Placed {
    /// First column.
    pub col: usize,
    /// How many columns.
    pub cols: usize,
    /// Its words.
    pub words: Vec<usize>,
    /// Where it stands.
    pub area: Area,
    /// Reads as a figure.
    pub numeric: bool,
    /// Reads as a figure, with what it counts or without.
    pub counted: bool,
    /// Opens a bracket that goes on in the next line: `(1 000` above `ha)`.
    pub open: bool,
    /// Ends with a sign behind which a word or a figure goes on: `com-`, `2009–`.
    pub broken: bool,
    /// Ends with a colon.
    pub label: bool,
    /// Reads as a year.
    pub year: bool,
    /// Reads as several years: `2010–11`.
    pub years: bool,
    /// Stands in brackets.
    pub bracketed: bool,
    /// Its lowest baseline.
    pub base: f32,
}

impl Placed {
    /// How many characters its words have.
    #[must_use]
    pub fn chars(&self, words: &[Word]) -> usize {
        self.words.iter().map(|&i| words[i].text.chars().count()).sum()
    }
}

/// One printed line of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// What stands on it, from left to right.
    pub cells: Vec<Placed>,
    /// Around all of it.
    pub area: Area,
    /// Its baseline.
    pub base: f32,
    /// Font size.
    pub size: f32,
    /// It is a row of the table, not a line of one.
    pub whole: bool,
}

impl Band {
    /// What stands in a column.
    #[must_use]
    pub fn at(&self, col: usize) -> Option<&Placed> {
        self.cells.iter().find(|p| p.col <= col && col < p.col + p.cols)
    }

    /// Whether both have something in a column, given by a test on it.
    #[must_use]
    pub fn clash(&self, other: &Self, test: impl Fn(&Placed, &Placed) -> bool) -> bool {
        self.cells.iter().any(|a| other.at(a.col).is_some_and(|b| test(a, b)))
    }
}

/// The column that holds a position.
#[must_use]
pub fn column(bounds: &[f32], x: f32) -> usize {
    bounds.partition_point(|&b| b <= x).saturating_sub(1).min(bounds.len().saturating_sub(2))
}

/// Places a row's tokens. A token whose words flow across a boundary with an ordinary space stands across both columns; one that
/// leaves more room there was only set tightly and is cut.
#[must_use]
pub fn band(row: &Row, bounds: &[f32], words: &[Word]) -> Band {
    let mut cells: Vec<Placed> = Vec::new();
    let line: Vec<usize> = row.tokens.iter().flat_map(|t| t.words.iter().copied()).collect();
    let too_long: Vec<bool> = line.windows(2).map(|w| crowded(&words[w[0]], &words[w[1]], bounds)).collect();
    let mut at = 0_usize;
    for token in &row.tokens {
        let mut open: Option<Placed> = None;
        for &i in &token.words {
            let w = &words[i];
            let over = |k: Option<usize>| k.and_then(|k| too_long.get(k)) == Some(&true);
            let (on_left, on_right) = (over(at.checked_sub(1)), over(Some(at)));
            at += 1;
            let middle = column(bounds, w.area.mid_x());
            let (from, to) = if on_left || on_right { (middle, middle) } else { reach(bounds, &w.area) };
            match &mut open {
                Some(p) if (flows(words, p, i) && !on_left) || p.col + p.cols > from => {
                    p.cols = p.cols.max(to + 1 - p.col);
                    p.area = p.area.with(&w.area);
                    p.words.push(i);
                }
                _ => {
                    let fresh = Placed {
                        col: from,
                        cols: to + 1 - from,
                        words: vec![i],
                        area: w.area,
                        numeric: false,
                        counted: false,
                        open: false,
                        broken: false,
                        label: false,
                        year: false,
                        years: false,
                        bracketed: false,
                        base: w.base,
                    };
                    cells.extend(open.replace(fresh));
                }
            }
        }
        cells.extend(open);
    }
    Band { cells: settle(cells, words), area: row.area, base: row.base, size: row.size, whole: row.whole }
}

/// Bands of which those with a single text in the middle of all columns, as the names of groups of rows are, give it all of them. A
/// text that begins where the one above it begins goes on with that.
#[must_use]
pub fn with_names(mut bands: Vec<Band>, bounds: &[f32]) -> Vec<Band> {
    let (low, high, cols) = (bounds[0], bounds[bounds.len() - 1], bounds.len() - 1);
    let mut above: Vec<f32> = Vec::new();
    for band in &mut bands {
        let starts: Vec<f32> = band.cells.iter().map(|p| p.area.x0).collect();
        if let [name] = band.cells.as_mut_slice() {
            let off = (name.area.mid_x() - f32::midpoint(low, high)).abs();
            let goes_on = above.iter().any(|x| (x - name.area.x0).abs() < 1.5);
            if (!name.numeric || name.year) && cols >= 3 && name.col > 0 && off < 0.012 * (high - low) && !goes_on {
                (name.col, name.cols) = (0, cols);
            }
        }
        above = starts;
    }
    bands
}

/// Whether a word follows with an ordinary space, or with any after a sign that belongs to it.
fn flows(words: &[Word], p: &Placed, i: usize) -> bool {
    let w = &words[i];
    let currency = |text: &str| matches!(text, "$" | "€" | "£" | "¥");
    if p.words.len() == 1 && currency(&words[p.words[0]].text) && !currency(&w.text) {
        return true;
    }
    let drawn_together = p.words.last().is_some_and(|&k| words[k].runs.1 == w.runs.0 && w.runs.0 != 0);
    let widest = match () {
        () if w.typed() => TYPED,
        () if drawn_together => 0.5,
        () => 0.33,
    };
    w.area.x0 - p.area.x1 <= widest * w.size && !parted(words, p, i)
}

/// Whether a word was drawn apart from the one before and leaves more than a narrow space to it.
fn parted(words: &[Word], p: &Placed, i: usize) -> bool {
    let last = &words[p.words[p.words.len() - 1]];
    let share = if words[i].typed() { TYPED } else { 0.7 * words[i].reach };
    last.runs.1 != words[i].runs.0 && words[i].area.x0 - last.area.x1 > share * words[i].size
}

/// Whether two words beside each other are headings too long for their narrow columns: printed over each other, or each in the middle of
/// a column of its own.
fn crowded(a: &Word, b: &Word, bounds: &[f32]) -> bool {
    let long = |w: &Word| w.text.chars().nth(2).is_some();
    let apart = a.runs.1 < b.runs.0 || b.runs.1 < a.runs.0;
    let middle = |w: &Word| {
        let col = column(bounds, w.area.mid_x());
        ((f32::midpoint(bounds[col], bounds[col + 1]) - w.area.mid_x()).abs() < EXACT).then_some(col)
    };
    let own = || middle(a).zip(middle(b)).is_some_and(|(a, b)| a != b);
    overprints(a, b) || (apart && long(a) && long(b) && own())
}

/// First and last column that a word reaches into by more than a little.
fn reach(bounds: &[f32], area: &Area) -> (usize, usize) {
    let slack = (0.2 * area.width()).min(6.0);
    let (a, b) = (column(bounds, area.x0 + slack), column(bounds, area.x1 - slack));
    if area.width() < 4.0 { (column(bounds, area.mid_x()), column(bounds, area.mid_x())) } else { (a, b.max(a)) }
}

/// Whether a text ends within a word or between two years: a letter or digit and a dash.
fn goes_on(text: &str) -> bool {
    text.strip_suffix(['-', '–', '/']).is_some_and(|start| start.ends_with(char::is_alphanumeric))
}

/// Of two texts apart, one that only reaches into the columns of the other stands in those before or behind them.
fn part(before: &mut Placed, p: &mut Placed) {
    let shared = (before.col + before.cols).saturating_sub(p.col);
    if shared < p.cols {
        p.col += shared;
        p.cols -= shared;
    } else if shared < before.cols {
        before.cols -= shared;
    }
}

/// Joins what fell into one column and tells figures.
fn settle(cells: Vec<Placed>, words: &[Word]) -> Vec<Placed> {
    let mut out: Vec<Placed> = Vec::new();
    let said = |p: &Placed| p.words.iter().map(|&i| words[i].text.as_str()).collect::<Vec<_>>();
    let all: Vec<Vec<&str>> = cells.iter().map(said).collect();
    // A heading of a round that the line says again.
    let again = |p: &Placed| {
        let own = said(p);
        !own.iter().any(|w| w.contains(char::is_numeric)) && all.iter().filter(|o| **o == own).count() > 1
    };
    for mut p in cells {
        if let Some(last) = out.last_mut() {
            let well = p.area.x0 - last.area.x1 > words[p.words[0]].size;
            if last.col + last.cols > p.col && (well || again(last) && again(&p)) {
                part(last, &mut p);
            }
        }
        match out.last_mut() {
            Some(last) if last.col + last.cols > p.col => {
                last.cols = last.cols.max(p.col + p.cols - last.col);
                last.area = last.area.with(&p.area);
                last.words.extend(p.words);
            }
            _ => out.push(p),
        }
    }
    for p in &mut out {
        p.base = p.words.iter().map(|&i| words[i].base).fold(f32::NEG_INFINITY, f32::max);
        p.year = p.words.len() == 1 && super::tokens::year(&words[p.words[0]].text);
        p.years = p.year && words[p.words[0]].text.chars().count() > LONGEST_YEAR;
        let ends = p.words.first().zip(p.words.last());
        p.bracketed = ends.is_some_and(|(&a, &z)| words[a].text.starts_with('(') && words[z].text.ends_with(')'));
        let brackets = |sign: char| p.words.iter().map(|&i| words[i].text.matches(sign).count()).sum::<usize>();
        p.open = brackets('(') > brackets(')');
        p.broken = p.words.last().is_some_and(|&i| goes_on(&words[i].text));
        p.label = p.words.last().is_some_and(|&i| words[i].text.ends_with(':'));
        p.counted = super::tokens::quantity(words, &p.words);
        p.numeric = super::tokens::figures(words, &p.words) || super::tokens::counts(words, &p.words);
    }
    out
}

/// For each column, whether most of what stands in it alone reads as figures; the second of two may count different things, each with its
/// name, but not behind labels with a colon: those of a letter.
#[must_use]
pub fn figure_columns(bands: &[Band], cols: usize) -> Vec<bool> {
    let labelled = bands.iter().filter(|b| b.at(0).is_some_and(|p| p.label)).count() * 2 > bands.len();
    (0..cols)
        .map(|c| {
            let mixed = cols == 2 && c == 1 && !labelled;
            let alone = bands.iter().filter_map(|b| b.at(c)).filter(|p| p.cols == 1);
            let (figures, all) = alone.fold((0, 0), |(f, n), p| (f + usize::from(p.numeric || (mixed && p.counted)), n + 1));
            figures * 2 > all
        })
        .collect()
}

/// Whether a text in capitals stands below one in small letters: it is the name of a group, no rest of the text above.
#[must_use]
pub fn capitals_below_small(words: &[Word], above: &Placed, here: &Placed) -> bool {
    const FEWEST: usize = 6;
    let small = |p: &Placed| p.words.iter().flat_map(|&i| words[i].text.chars()).filter(|c| c.is_lowercase()).count();
    let capitals = here.words.iter().flat_map(|&i| words[i].text.chars()).filter(|c| c.is_uppercase()).count();
    small(above) >= FEWEST && small(here) == 0 && capitals >= FEWEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::row;

    #[test]
    fn a_text_that_reaches_back_into_the_column_before_is_not_joined_with_what_stands_there() {
        // `Pemilih Baru` ends in the second column, where `Pengurangan` begins that heads the third.
        let words = [("Baru", 30.0), ("Pengurangan", 75.0)].map(|(t, x)| Word::sample(t, x, 100.0, 10.0));
        let line = &lines(&words, 0..words.len())[0];
        let placed = |bounds: &[f32]| -> Vec<(usize, usize)> {
            let band = band(&row(&words, line).unwrap(), bounds, &words);
            band.cells.iter().map(|p| (p.col, p.cols)).collect()
        };
        assert_eq!(placed(&[0.0, 40.0, 100.0, 150.0]), [(0, 2), (2, 1)]);
        assert_eq!(placed(&[0.0, 60.0, 100.0, 150.0]), [(0, 1), (1, 2)]);
        // And one that reaches forward stands before it.
        assert_eq!(placed(&[0.0, 40.0, 150.0]), [(0, 1), (1, 1)]);
    }

    #[test]
    fn headings_of_rounds_keep_to_their_own_columns_however_close_they_stand() {
        // The second `Perempuan` begins left of its column, where `Jumlah` ends.
        let round = |x: f32| [("Perempuan", x), ("Lelaki", x + 58.0), ("Jumlah", x + 102.0)];
        let words: Vec<Word> = [2.0, 136.0].into_iter().flat_map(round).map(|(t, x)| Word::sample(t, x, 100.0, 10.0)).collect();
        let band = band(&row(&words, &lines(&words, 0..6)[0]).unwrap(), &[0.0, 50.0, 95.0, 146.0, 190.0, 232.0, 280.0], &words);
        assert_eq!(band.cells.iter().map(|p| (p.col, p.cols)).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5].map(|col| (col, 1)));
    }
}
