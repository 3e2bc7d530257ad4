//! Where the stock cards of a document stand: headings of dates, of what came in, went out and was left, below the name of one good.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use crate::model::origin::Place;
use crate::model::{Cell, Document, Grid, Origin, Value};
use crate::normalise::number::{self, Figure, Style};
use crate::normalise::text;
use crate::tables::words::{Dimension, Said, Vocabulary};

/// Rows of headings that one card has at most.
const DEEPEST: u32 = 3;

/// A number of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// How many.
    pub value: f64,
    /// Its cell.
    pub origin: Origin,
    /// As printed.
    pub raw: String,
}

/// One entry of a card: its numbers, left to right.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Without running numbers and dates.
    pub numbers: Vec<Amount>,
}

impl Line {
    /// The number in a column.
    pub fn number(&self, col: u16) -> Option<&Amount> {
        self.numbers.iter().find(|n| n.origin.col == col)
    }
}

/// The columns of what came in, went out, and was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// What came in.
    pub into: u16,
    /// What went out.
    pub out: u16,
    /// What was left.
    pub left: u16,
}

/// The card of one good, or one page of it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The good as printed; empty where nothing names it.
    pub good: String,
    /// In what it is counted.
    pub unit: Option<(Origin, String)>,
    /// Its grid.
    pub grid: u16,
    /// Its rows, with the lines above that name the good.
    pub rows: RangeInclusive<u32>,
    /// Its columns, where each has a heading of its own.
    pub columns: Option<Columns>,
    /// Its entries.
    pub lines: Vec<Line>,
}

impl Default for Card {
    fn default() -> Self {
        let (good, unit, lines) = Default::default();
        Self { good, unit, grid: 0, rows: 0..=0, columns: None, lines }
    }
}

/// All cards of a document, in its order.
pub fn cards(document: &Document, vocabulary: &Vocabulary) -> Vec<Card> {
    let grids = (0..).zip(&document.grids).filter(|(_, g)| !g.hidden);
    let before = |number: u16| usize::from(number).checked_sub(1).and_then(|n| document.grids.get(n));
    let turned = |grid: &Grid, before: &&Grid| grid.page.is_some() && before.page.map(|p| p + 1) == grid.page;
    let sheets = grids.map(|(number, grid)| Sheet { grid, number, vocabulary, page: before(number).filter(|b| turned(grid, b)) });
    sheets.flat_map(|sheet| sheet.cards()).collect()
}

struct Sheet<'a> {
    grid: &'a Grid,
    number: u16,
    vocabulary: &'a Vocabulary,
    /// The last table of the page before.
    page: Option<&'a Grid>,
}

/// The headings of a card.
struct Head {
    rows: RangeInclusive<u32>,
    columns: Option<Columns>,
}

impl Sheet<'_> {
    fn cards(&self) -> Vec<Card> {
        let rows: Vec<&[Cell]> = self.grid.cells.chunk_by(|a, b| a.row == b.row).collect();
        let mut heads: Vec<Head> = Vec::new();
        for cells in &rows {
            let known = |row: u32| heads.last().is_some_and(|h: &Head| row <= *h.rows.end());
            if let Some(head) = cells.first().filter(|c| !known(c.row)).and_then(|c| self.head(c.row)) {
                heads.push(head);
            }
        }
        let mut cards = Vec::new();
        let mut free = 0;
        for (i, head) in heads.iter().enumerate() {
            let next = heads.get(i + 1).map_or(u32::MAX, |h| *h.rows.start());
            let card = self.card(head, free, next);
            free = card.rows.end() + 1;
            cards.extend(Some(card).filter(|c| !c.lines.is_empty()));
        }
        cards
    }

    /// The headings that begin in a row: they speak of dates, of coming in and going out, and of what is left; not of a list of goods.
    fn head(&self, top: u32) -> Option<Head> {
        let band = || (top..top + DEEPEST).flat_map(|row| self.grid.row(row)).map(|cell| (cell, self.said(cell)));
        let tells =
            |said: &Said, value: &str| self.vocabulary.number_of(value).is_some_and(|n| said.senses.iter().any(|s| s.value == n));
        let left = |said: &Said| tells(said, "tersedia") || tells(said, "sisa");
        let headings = || band().filter(|(_, said)| said.words > 0 && said.unknown == 0);
        let first = self.grid.row(top).iter().any(|cell| {
            let said = self.said(cell);
            said.unknown == 0 && (tells(&said, "tanggal") || tells(&said, "masuk"))
        });
        let all = |test: &dyn Fn(&Said) -> bool| {
            headings().filter(|(_, said)| test(said)).map(|(c, _)| (c.row, c.col)).collect::<Vec<_>>()
        };
        let (into, out) = (all(&|s| tells(s, "masuk")), all(&|s| tells(s, "keluar")));
        let rest = all(&left);
        let dated = all(&|s| tells(s, "tanggal"));
        let last = into.iter().chain(&out).map(|(row, _)| *row).max()?;
        let listed = headings().any(|(c, said)| c.row <= last && said.tells(Dimension::Goods));
        let whole = first && !listed && !out.is_empty() && !rest.is_empty() && !dated.is_empty();
        let alone = |cells: &[(u32, u16)]| if let [(_, col)] = cells { Some(*col) } else { None };
        let columns = || {
            let (into, out) = (alone(&into)?, alone(&out)?);
            let left = alone(&rest).or_else(|| rest.iter().rev().find(|(row, _)| *row <= last).map(|(_, col)| *col))?;
            (into != out && out != left && into != left).then_some(Columns { into, out, left })
        };
        whole.then(|| Head { rows: top..=last, columns: columns() })
    }

    fn card(&self, head: &Head, free: u32, next: u32) -> Card {
        let mut card = Card { grid: self.number, columns: head.columns, ..Card::default() };
        let mut end = *head.rows.end();
        let mut gaps = 0;
        for cells in self.rows_from(end + 1) {
            let row = cells.first().map_or(u32::MAX, |c| c.row);
            if row >= next || row > end + 2 || gaps > 1 {
                break;
            }
            let total = cells
                .iter()
                .map(|c| self.said(c))
                .find(|s| s.words > 0)
                .is_some_and(|s| s.tells(Dimension::Total) && s.unknown == 0);
            let line = self.line(cells);
            if line.numbers.is_empty() || total {
                gaps += usize::from(!total);
                continue;
            }
            (end, gaps) = (row, 0);
            if !counts_up(cells, self.grid) {
                card.lines.push(line);
            }
        }
        self.restyle(&mut card.lines);
        let above = *head.rows.start();
        let (good, first) = self.good(free, above);
        card.good = good;
        card.unit = self.stated(free, above, Dimension::Unit).or_else(|| self.unit_column(head, end));
        card.rows = first..=end;
        card
    }

    /// The unit in the last entry of a card, where a column is headed so.
    fn unit_column(&self, head: &Head, last: u32) -> Option<(Origin, String)> {
        let headings = head.rows.clone().flat_map(|row| self.grid.row(row));
        let col = headings
            .filter(|c| self.labels(self.grid.text(c.value).unwrap_or_default(), Dimension::Unit))
            .map(|c| c.col)
            .next()?;
        let text =
            self.grid.text(self.grid.at(last, col)?.value).filter(|text| self.vocabulary.read(text).tells(Dimension::Unit))?;
        Some((Origin::new(self.number, last, col), crate::normalise::text::clean(text)))
    }

    fn rows_from(&self, row: u32) -> impl Iterator<Item = &[Cell]> {
        let start = self.grid.cells.partition_point(|c| c.row < row);
        self.grid.cells.get(start..).unwrap_or_default().chunk_by(|a, b| a.row == b.row)
    }

    /// The numbers of a row, without a running number at its beginning.
    fn line(&self, cells: &[Cell]) -> Line {
        let numbers = cells.iter().enumerate().filter_map(|(i, cell)| {
            let raw = self.grid.shown(cell.value);
            let value = match cell.value {
                Value::Number(n) => n,
                Value::Text(_) if number::looks_like_number(&raw) => grouped(&raw)?,
                _ => return None,
            };
            let running = i == 0 && value.fract() == 0.0 && value < 1000.0 && cells.len() > 2 && cell.col == self.first_column();
            (!running).then(|| Amount { value, origin: Origin::new(self.number, cell.row, cell.col), raw })
        });
        Line { numbers: numbers.collect() }
    }

    fn first_column(&self) -> u16 {
        self.grid.cells.iter().map(|c| c.col).min().unwrap_or_default()
    }

    /// Reads the numbers again as all of the card are printed.
    fn restyle(&self, lines: &mut [Line]) {
        let style = number::decide(lines.iter().flat_map(|l| l.numbers.iter().map(|n| n.raw.as_str()))).style();
        for amount in lines.iter_mut().flat_map(|l| &mut l.numbers) {
            let cell = self.grid.at(amount.origin.row, amount.origin.col);
            let text = cell.is_some_and(|c| matches!(c.value, Value::Text(_)));
            if let Some(value) = style.filter(|_| text).and_then(|style| plain(&amount.raw, style)) {
                amount.value = value;
            }
        }
    }

    /// The good that the lines above a card name, and the first of them.
    fn good(&self, free: u32, above: u32) -> (String, u32) {
        if let Some((origin, name)) = self.stated(free, above, Dimension::Goods) {
            return (name, origin.row.min(above));
        }
        let lines = self.rows_from(free).take_while(|r| r.first().is_some_and(|c| c.row < above));
        let texts = lines.flatten().filter_map(|c| self.grid.text(c.value)).collect::<Vec<_>>();
        let around = self.grid.above();
        let mut titles = texts.iter().rev().chain(&around).copied().chain([self.grid.name.as_str()]);
        let named = titles.find_map(|text| self.vocabulary.only(text, Dimension::Goods));
        (named.unwrap_or_default(), above)
    }

    /// What a label above a card is followed by: `Nama Barang : Kotak Suara`, `Satuan | Buah`.
    fn stated(&self, free: u32, above: u32, what: Dimension) -> Option<(Origin, String)> {
        let mut rows: Vec<&[Cell]> = self.rows_from(free).take_while(|r| r.first().is_some_and(|c| c.row < above)).collect();
        rows.reverse();
        let inside = rows.into_iter().find_map(|cells| {
            let (i, cell) =
                cells.iter().enumerate().find(|(_, c)| self.labels(self.grid.text(c.value).unwrap_or_default(), what))?;
            let text = self.grid.text(cell.value)?;
            let behind = text.split_once(':').map(|(_, rest)| self.value(rest)).filter(|rest| !rest.is_empty());
            let next = || {
                cells
                    .get(i + 1..)?
                    .iter()
                    .map(|c| self.value(self.grid.shown(c.value).trim_start_matches(':')))
                    .find(|t| !t.is_empty())
            };
            Some((Origin::new(self.number, cell.row, cell.col), behind.or_else(next)?))
        });
        inside.or_else(|| {
            let (lines, before) = (self.grid.above(), self.page.filter(|_| free == 0).map(foot).unwrap_or_default());
            let text = lines.into_iter().chain(before).find(|t| t.contains(':') && self.labels(t, what))?;
            let (_, rest) = text.split_once(':')?;
            Some((Origin::new(self.number, above, 0), self.value(rest)))
        })
    }

    /// Whether a text begins with the heading of goods (or of units): `Nama Barang : …`.
    fn labels(&self, text: &str, what: Dimension) -> bool {
        let label = text.split(':').next().unwrap_or_default();
        let said = self.vocabulary.read(label);
        let heading = |s: &crate::tables::words::Sense| s.dimension == what && self.vocabulary.value(s.value).is_empty();
        said.unknown == 0 && said.senses.iter().any(heading)
    }

    /// A value behind a label, without the next label of the same line: `Kotak Suara   Satuan : Buah`.
    fn value(&self, rest: &str) -> String {
        let Some((value, _)) = rest.split_once(':') else { return crate::normalise::text::clean(rest) };
        let (value, label) = value.trim().rsplit_once(char::is_whitespace).unwrap_or((value, ""));
        let known = self.vocabulary.read(label).whole();
        crate::normalise::text::clean(if known { value } else { rest })
    }

    fn said(&self, cell: &Cell) -> Said {
        self.grid.text(cell.value).map_or_else(Said::default, |text| self.vocabulary.read(text))
    }
}

/// The lines of running text below the tables of a page, the lowest first.
fn foot(grid: &Grid) -> Vec<&str> {
    let Place::Paper { boxes } = &grid.place else { return Vec::new() };
    let (cells, around) = boxes.split_at(boxes.partition_point(|b| b.0 < Grid::AROUND));
    let last = cells.iter().max_by(|a, b| (a.2, a.3[3]).partial_cmp(&(b.2, b.3[3])).unwrap_or(Ordering::Equal));
    let Some(&(_, _, page, [.., bottom])) = last else { return Vec::new() };
    let mut lines: Vec<_> = around.iter().filter(|b| b.2 == page && b.3[1] > bottom).collect();
    lines.sort_by(|a, b| b.3[1].total_cmp(&a.3[1]));
    lines.into_iter().filter_map(|b| grid.around.get((b.0 - Grid::AROUND) as usize).map(AsRef::as_ref)).collect()
}

fn grouped(raw: &str) -> Option<f64> {
    match number::read_grouped(raw)? {
        Figure::Number { value, .. } => Some(value),
        _ => None,
    }
}

fn plain(raw: &str, style: Style) -> Option<f64> {
    match number::read(raw, style)? {
        Figure::Number { value, .. } => Some(value),
        _ => None,
    }
}

/// A row of column numbers: `(1) (2) (3)`.
fn counts_up(cells: &[Cell], grid: &Grid) -> bool {
    let number = |cell: &Cell| text::ordinal(&grid.shown(cell.value)).parse::<u32>().ok();
    let numbers: Option<Vec<u32>> = cells.iter().map(number).collect();
    numbers.is_some_and(|n| n.len() > 2 && n.windows(2).all(|w| w[1] == w[0] + 1))
}
