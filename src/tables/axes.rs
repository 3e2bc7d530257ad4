//! Every figure of a block with the labels that describe it, whichever way they run: a table as two axes of labelled lines.

mod carried;
mod stations;

use crate::model::{Cell, ErrorValue, Origin, Value};
use crate::normalise::number::{self, Style};

use super::astray::total_elsewhere;
use super::blocks::Block;
use super::headings;
use super::marks::{Mark, Marked};
use super::words::{Dimension, Said};
use carried::{carry, hang};
use stations::{scattered, station_numbers, zero_padded};

/// A label or heading with its place.
#[derive(Clone, Copy, Debug)]
pub struct Label<'a> {
    /// As printed.
    pub text: &'a str,
    /// What its words say.
    pub said: &'a Said,
    /// Its cell.
    pub origin: Origin,
    /// Taken over from a line before, whose cell is merged over this one or left blank below.
    pub carried: bool,
}

/// One row or column of figures.
#[derive(Clone, Debug, Default)]
pub struct Line<'a> {
    /// Its labels, one slot for each label column (for a row) or heading row (for a column).
    pub labels: Vec<Option<Label<'a>>>,
    /// How many group labels (rows without figures) stand before it in [`Table::groups`].
    pub groups: usize,
    /// Where the line runs: row or column number on the sheet.
    pub at: u32,
    /// Side-by-side part it stands in.
    pub part: usize,
}

/// What stands in a figure's cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Content {
    /// A number.
    Number(f64),
    /// `-` or `nihil`.
    Dash,
    /// An error value.
    Error(ErrorValue),
    /// A formula without stored result, or a text nobody can read as a number.
    Unreadable,
}

/// One figure: numbers of its row and column, its cell and content.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// Number of its row in [`Table::rows`].
    pub row: usize,
    /// Number of its column in [`Table::cols`].
    pub col: usize,
    /// Its cell.
    pub origin: Origin,
    /// What it holds.
    pub content: Content,
    /// The cell's value, for the raw text.
    pub value: Value,
}

/// A block as two axes of lines and the figures where they cross.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// The sheet.
    pub sheet: &'a Marked<'a>,
    /// Title lines above the heading, by part.
    pub titles: Vec<Vec<Label<'a>>>,
    /// What stands over each label column; empty stacks after [`Table::transposed`].
    pub captions: Vec<Vec<Label<'a>>>,
    /// Rows, top to bottom, part by part.
    pub rows: Vec<Line<'a>>,
    /// Columns of figures, left to right.
    pub cols: Vec<Line<'a>>,
    /// Figures by row, then column.
    pub figures: Vec<Figure>,
    /// Label rows without figures, top to bottom.
    pub groups: Vec<Label<'a>>,
    /// Words where a figure was expected.
    pub strays: Vec<Origin>,
    /// Running numbers, codes and column numbers: understood, but no figures.
    pub counters: usize,
    /// Figures in columns of remarks.
    pub remarks: Vec<Origin>,
    /// Rows and columns were exchanged: [`Line::at`] of a row is a column of the sheet.
    pub turned: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Label,
    Figure,
    Note,
}

/// Reads a block into two axes.
#[must_use]
pub fn table<'a>(sheet: &'a Marked<'a>, block: &Block) -> Table<'a> {
    let first = &block.parts[0];
    let mut stacks: Vec<Vec<Label<'a>>> = headings::stacks(sheet, block, first);
    let common = headings::common(&mut stacks);
    let mut roles: Vec<Role> = (0..first.len()).map(|i| role(sheet, block, i, &stacks[i])).collect();
    if !roles.contains(&Role::Label) {
        roles.iter_mut().filter(|r| **r == Role::Note).for_each(|r| *r = Role::Label);
    }
    let mut table = Table {
        sheet,
        titles: block.parts.iter().map(|p| titles(sheet, block, p).into_iter().chain(common).collect()).collect(),
        captions: picked(&stacks, &roles, Role::Label).cloned().collect(),
        rows: Vec::new(),
        cols: columns(first, &stacks, &roles),
        figures: Vec::new(),
        groups: Vec::new(),
        strays: Vec::new(),
        counters: 0,
        remarks: Vec::new(),
        turned: false,
    };
    for (part, columns) in block.parts.iter().enumerate() {
        fill(&mut table, block, columns, &roles, part);
    }
    table
}

fn picked<'s, T>(items: &'s [T], roles: &'s [Role], role: Role) -> impl Iterator<Item = &'s T> {
    items.iter().zip(roles).filter(move |(_, r)| **r == role).map(|(x, _)| x)
}

fn columns<'a>(columns: &[u16], stacks: &[Vec<Label<'a>>], roles: &[Role]) -> Vec<Line<'a>> {
    let depth = stacks.iter().map(Vec::len).max().unwrap_or(0);
    let pairs = columns.iter().zip(stacks).zip(roles).filter(|(_, r)| **r == Role::Figure);
    let line = |((&col, stack), _): ((&u16, &Vec<Label<'a>>), &Role)| {
        let mut labels: Vec<Option<Label<'a>>> = stack.iter().copied().map(Some).collect();
        labels.resize(depth, None);
        Line { labels, groups: 0, at: u32::from(col), part: 0 }
    };
    pairs.map(line).collect()
}

pub(super) fn label<'a>(sheet: &'a Marked<'a>, cell: &'a Cell, carried: bool) -> Option<Label<'a>> {
    let text = sheet.grid.text(cell.value)?;
    Some(Label { text, said: sheet.said(cell), origin: sheet.origin(cell), carried })
}

/// Title lines over a part: cells of the rows above that reach over its columns, else all of them.
fn titles<'a>(sheet: &'a Marked<'a>, block: &Block, part: &[u16]) -> Vec<Label<'a>> {
    let (first, last) = (part.first().copied().unwrap_or(0), part.last().copied().unwrap_or(0));
    let mut over = Vec::new();
    let mut all = Vec::new();
    for n in block.titles.clone() {
        let (row, _) = sheet.row(n);
        for col in sheet.row(n).1.map(|(c, _)| c.col) {
            let Some((cell, _)) = sheet.at(row, col) else { continue };
            let Some(label) = label(sheet, cell, false) else { continue };
            let right = sheet.merged_from(row, col).map_or(col, |m| m.right);
            if right >= first && col <= last {
                over.push(label);
            }
            all.push(label);
        }
    }
    if over.is_empty() { all } else { over }
}

/// Whether a column holds labels, figures or remarks: by what its heading says, else by what most of its cells are.
fn role(sheet: &Marked, block: &Block, i: usize, stack: &[Label]) -> Role {
    let tells = |d: Dimension| stack.iter().any(|l| l.said.tells(d));
    let (mut labels, mut figures) = (0_usize, 0_usize);
    let mut numbers: Vec<Option<u32>> = Vec::new();
    let mut padded = 0_usize;
    for part in &block.parts {
        for n in block.body.clone() {
            let Some((cell, mark)) = sheet.in_row(n, part[i]) else { continue };
            match mark {
                Mark::Label => labels += 1,
                Mark::Figure => figures += 1,
                Mark::Dash => {}
            }
            numbers.push(if mark == Mark::Figure { small(sheet, cell) } else { None });
            padded += usize::from(mark == Mark::Figure && sheet.grid.text(cell.value).is_some_and(zero_padded));
        }
    }
    let last = stack.last().map(|l| l.said);
    let is = |d: Dimension| last.is_some_and(|s| s.tells(d));
    let unmeasured = !tells(Dimension::Measure);
    // `Triwulan I` over figures is no column of names: those that hold numbers hold years and nothing else.
    let years = || numbers.iter().flatten().filter(|n| (1990..2100).contains(*n)).count() == figures;
    let named = is(Dimension::Ordinal) && !(is(Dimension::Level) && scattered(&numbers))
        || unmeasured && (is(Dimension::Code) || is(Dimension::Name) && years());
    let worded = labels > figures || figures == 0 && (labels > 0 || is(Dimension::Level) && unmeasured);
    // `#`, `Lp.`: a heading that means nothing known over the numbers of the rows.
    let meaningless = stack.iter().all(|l| l.said.senses.is_empty());
    let numbered = meaningless && i == 0 && runs(&numbers) || station_numbers(stack, &numbers, i == 0, padded * 2 > figures);
    // `Sumber Barito` among kecamatan is a name with figures below it; `SATUAN KET` on paper is two headings over the units.
    let otherwise = worded && [Dimension::Level, Dimension::Unit, Dimension::Goods].into_iter().any(is)
        || !worded && figures > 0 && (is(Dimension::Measure) || is(Dimension::Total) || last.is_some_and(|s| !s.whole()));
    if is(Dimension::Note) && !otherwise {
        Role::Note
    } else if named || worded || numbered {
        Role::Label
    } else {
        Role::Figure
    }
}

fn small(sheet: &Marked, cell: &Cell) -> Option<u32> {
    if let Value::Number(n) = cell.value {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within the range: exact")]
        return (n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&n)).then_some(n as u32);
    }
    sheet.grid.shown(cell.value).trim().trim_end_matches(['.', ')']).parse().ok()
}

/// 1, 2, 3 … almost throughout; it may start over below each group of rows.
fn runs(numbers: &[Option<u32>]) -> bool {
    let known: Vec<u32> = numbers.iter().copied().flatten().collect();
    let rises = known.windows(2).filter(|w| w[1] == w[0] + 1).count();
    let over = known.windows(2).filter(|w| w[1] == 1).count();
    let pairs = known.len().saturating_sub(1);
    let most = numbers.len() - known.len() <= over + 1 + numbers.len() / 5;
    known.len() >= 3 && most && (rises + over) * 10 >= pairs * 8 && rises > over && known[0] <= 1
}

/// Adds the rows and figures of one part.
fn fill<'a>(table: &mut Table<'a>, block: &Block, columns: &[u16], roles: &[Role], part: usize) {
    let sheet = table.sheet;
    let label_cols: Vec<u16> = picked(columns, roles, Role::Label).copied().collect();
    let figure_cols: Vec<u16> = picked(columns, roles, Role::Figure).copied().collect();
    let styles: Vec<Option<Style>> = figure_cols.iter().map(|&c| style(sheet, block, c)).collect();
    let mut above: Vec<Option<Label<'a>>> = vec![None; label_cols.len()];
    let begin = table.rows.len();
    for n in block.body.clone() {
        let (row, cells) = sheet.row(n);
        let mut labels: Vec<Option<Label<'a>>> = label_cols.iter().map(|&c| row_label(sheet, n, c)).collect();
        let line = table.rows.len();
        let before = table.figures.len();
        for (cell, mark) in cells {
            let Some(i) = figure_cols.iter().position(|&c| c == cell.col) else {
                let Some(place) = columns.iter().position(|&c| c == cell.col).filter(|_| mark == Mark::Figure) else { continue };
                if roles[place] == Role::Note {
                    table.remarks.push(sheet.origin(cell));
                } else {
                    table.counters += 1;
                }
                continue;
            };
            if mark == Mark::Label {
                table.strays.push(sheet.origin(cell));
                continue;
            }
            let content = content(sheet, cell, mark, styles[i]);
            table.figures.push(Figure { row: line, col: i, origin: sheet.origin(cell), content, value: cell.value });
        }
        total_elsewhere(&mut table.strays, &mut labels, sheet, row);
        let listed = label_cols.len() >= 3 && labels.iter().all(|l| l.is_some_and(|l| !l.carried));
        let dashes_only = table.figures[before..].iter().all(|f| f.content == Content::Dash);
        if !listed && (table.figures.len() == before || dashes_only && labels.iter().all(Option::is_none)) {
            table.figures.truncate(before);
            while table.strays.last().is_some_and(|o| o.row == row) {
                table.strays.pop();
            }
            group(table, row, columns);
            continue;
        }
        carry(&mut labels, &mut above);
        table.rows.push(Line { labels, groups: table.groups.len(), at: row, part });
    }
    hang(&mut table.rows[begin..]);
}

/// A label row without figures: its texts in order. Beside other texts a lone letter or roman number only counts them.
fn group(table: &mut Table<'_>, row: u32, columns: &[u16]) {
    let sheet = table.sheet;
    let cells = columns.iter().filter_map(|&col| sheet.at(row, col)).filter(|(_, mark)| *mark == Mark::Label);
    let labels: Vec<Label> = cells.filter_map(|(cell, _)| label(sheet, cell, false)).collect();
    let alone = labels.len() == 1;
    table.groups.extend(labels.into_iter().filter(|l| alone || !counts(l.text)));
}

/// `A`, `b.`, `XII`: a mark that numbers what stands beside it.
fn counts(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['.', ')']);
    bare.chars().count() == 1 || !bare.is_empty() && bare.chars().all(|c| "IVXLC".contains(c))
}

/// The label of a row in one label column: its own cell's, or that of the merge around it. Numbers are labels too where the column
/// holds labels.
fn row_label<'a>(sheet: &'a Marked<'a>, n: usize, col: u16) -> Option<Label<'a>> {
    if let Some((cell, _)) = sheet.in_row(n, col) {
        return label(sheet, cell, false).or(Some(Label {
            text: "",
            said: sheet.said(cell),
            origin: sheet.origin(cell),
            carried: false,
        }));
    }
    let (row, _) = sheet.row(n);
    let merge = sheet.merge(row, col)?;
    let (cell, _) = sheet.at(merge.top, merge.left)?;
    label(sheet, cell, merge.top != row)
}

/// How the numbers of a column are printed: decided from all its texts together.
fn style(sheet: &Marked, block: &Block, col: u16) -> Option<Style> {
    let texts = block.body.clone().filter_map(|n| {
        let (cell, mark) = sheet.in_row(n, col)?;
        if mark == Mark::Figure { sheet.grid.text(cell.value) } else { None }
    });
    number::decide(texts).style()
}

fn content(sheet: &Marked, cell: &Cell, mark: Mark, style: Option<Style>) -> Content {
    match (cell.value, mark) {
        (_, Mark::Dash) => Content::Dash,
        (Value::Number(n), _) => Content::Number(n),
        (Value::Error(e), _) => Content::Error(e),
        (Value::Text(_), _) => {
            let text = sheet.grid.text(cell.value).unwrap_or_default();
            match style.map_or_else(|| number::read_grouped(text), |style| number::read(text, style)) {
                Some(number::Figure::Number { value, .. }) => Content::Number(value),
                Some(number::Figure::Dash) => Content::Dash,
                _ => Content::Unreadable,
            }
        }
        _ => Content::Unreadable,
    }
}

impl<'a> Table<'a> {
    /// The same table with rows and columns exchanged, for regions that run across.
    #[must_use]
    pub fn transposed(self) -> Self {
        let depth = self.cols.iter().map(|c| c.labels.len()).max().unwrap_or(0);
        let groups = &self.groups;
        let with_group = |line: &Line<'a>| {
            let mut labels = Vec::with_capacity(line.labels.len() + 1);
            labels.push(line.groups.checked_sub(1).and_then(|i| groups.get(i)).copied());
            labels.extend(line.labels.iter().copied());
            Line { labels, groups: 0, at: line.at, part: line.part }
        };
        let cols = self.rows.iter().map(with_group).collect();
        let mut figures: Vec<Figure> = self.figures.iter().map(|f| Figure { row: f.col, col: f.row, ..*f }).collect();
        figures.sort_by_key(|f| (f.row, f.col));
        Self {
            captions: vec![Vec::new(); depth],
            rows: self.cols,
            cols,
            figures,
            groups: Vec::new(),
            turned: !self.turned,
            ..self
        }
    }

    /// The cell where a row and a column cross, if it is truly blank: nothing in it, no merge over it.
    #[must_use]
    pub fn blank(&self, row: usize, col: usize) -> Option<Origin> {
        let (a, b) = (self.rows.get(row)?.at, self.cols.get(col)?.at);
        let (row, col) = if self.turned { (b, a) } else { (a, b) };
        let col = u16::try_from(col).ok()?;
        self.sheet.seen(row, col).is_none().then_some(Origin::new(self.sheet.number, row, col))
    }

    /// What a label slot shows for a line: the printed text, or the shown number where the cell holds one.
    #[must_use]
    pub fn shown(&self, label: &Label<'a>) -> String {
        if !label.text.is_empty() {
            return label.text.to_owned();
        }
        self.sheet.at(label.origin.row, label.origin.col).map_or_else(String::new, |(cell, _)| self.sheet.grid.shown(cell.value))
    }
}
