//! What the columns are called: bands of headings, and for each of their lowest cells the role that its words and those above it give.

mod numbers;
pub mod words;

use std::ops::Range;

use crate::model::{Cell, Origin, Value};
use crate::tables::marks::{Mark, Marked};
use crate::tables::outline::Tier;
use crate::tables::words::{Dimension, Said, Vocabulary};

pub use numbers::counts_columns;
pub use words::part;
use words::{office, role, tier};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Codes or names: what the row is about.
    Label,
    /// Running numbers.
    Ordinal,
    /// Remarks.
    Note,
    /// The ceiling.
    Pagu,
    /// Spent up to the period before.
    Lalu,
    /// Spent in this period.
    Ini,
    /// Spent up to this period.
    Sd,
    /// Share of the ceiling that is spent.
    Persen,
    /// What is left.
    Sisa,
    /// Locked or blocked part of the ceiling.
    Lock,
    /// Spent in one part of the year: number of its first and last month.
    Part(u8, u8),
    /// Spent from January to the end of this month.
    Until(u8),
    /// Something else that is known: plans, volumes, physical progress.
    Aside,
}

impl Role {
    /// Whether it is one of the columns of the table.
    #[must_use]
    pub const fn is_money(self) -> bool {
        !matches!(self, Self::Label | Self::Ordinal | Self::Note | Self::Aside | Self::Lock)
    }

    /// Whether rows are named by it.
    #[must_use]
    pub const fn is_label(self) -> bool {
        matches!(self, Self::Label | Self::Ordinal | Self::Note)
    }
}

/// A lowest cell of a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// First column it stands over.
    pub left: u16,
    /// Last column it stands over.
    pub right: u16,
    /// What its words say; `None` where they say nothing known.
    pub role: Option<Role>,
    /// What they say beside the share they name: `Realisasi s.d. Ini (%)`.
    pub amount: Option<Role>,
    /// It heads codes.
    pub code: bool,
    /// It heads codes or names of offices.
    pub office: bool,
    /// The one level it heads codes or names of.
    pub tier: Option<Tier>,
    /// Its cell.
    pub origin: Origin,
    /// No heading stands over its figures.
    pub adopted: bool,
}

impl Leaf {
    /// A heading in one cell, over its own column.
    #[must_use]
    pub const fn new(origin: Origin, role: Option<Role>) -> Self {
        Self {
            left: origin.col,
            right: origin.col,
            role,
            amount: None,
            code: false,
            office: false,
            tier: None,
            origin,
            adopted: false,
        }
    }
}

/// A band of heading rows.
#[derive(Clone, Debug)]
pub struct Band {
    /// Its filled rows, without those of column numbers.
    pub rows: Range<usize>,
    /// First filled row of the body.
    pub body: usize,
    /// Its lowest cells, left to right.
    pub leaves: Vec<Leaf>,
    /// The columns of the sheet it stands over: all of them, or those of one of several tables side by side.
    pub columns: Range<u16>,
}

/// Longer texts are titles or sentences.
const LONGEST: usize = 90;

/// All bands of a sheet that head amounts, top to bottom.
#[must_use]
pub fn bands(sheet: &Marked, words: &Vocabulary) -> Vec<Band> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < sheet.row_count() {
        if !seeds(sheet, at) {
            at += 1;
            continue;
        }
        let rows = grown(sheet, words, at, found.last().map_or(0, |b: &Band| b.body));
        let mut body = rows.end;
        while body < sheet.row_count() && counts_columns(sheet, body) {
            body += 1;
        }
        let leaves = leaves(sheet, words, &rows);
        at = body.max(at + 1);
        if heads_amounts(&leaves) {
            found.extend(side_by_side(&leaves).into_iter().map(|(leaves, columns)| Band {
                rows: rows.clone(),
                body,
                leaves,
                columns,
            }));
        }
    }
    found
}

/// The headings of each of several tables side by side, which say the same one after the other or have a blank column between them; else
/// all of them.
fn side_by_side(leaves: &[Leaf]) -> Vec<(Vec<Leaf>, Range<u16>)> {
    let starts: Vec<usize> = (0..leaves.len())
        .filter(|&n| leaves[n].role.is_some_and(Role::is_label))
        .filter(|&n| n == 0 || !leaves[n - 1].role.is_some_and(Role::is_label))
        .collect();
    let bounds: Vec<Range<usize>> =
        starts.iter().zip(starts.iter().skip(1).chain([&leaves.len()])).map(|(&a, &b)| a..b).collect();
    let said = |part: &Range<usize>| leaves[part.clone()].iter().filter_map(|l| l.role).collect::<Vec<_>>();
    let alike = starts.first() == Some(&0)
        && bounds.len() > 1
        && bounds.iter().all(|b| said(b) == said(&bounds[0]) && heads_amounts(&leaves[b.clone()]));
    let apart = |b: &Range<usize>| b.start == 0 || leaves[b.start - 1].right + 1 < leaves[b.start].left;
    let own = bounds.len() > 1 && bounds.iter().all(|b| apart(b) && heads_amounts(&leaves[b.clone()]));
    let parts = if alike || own { bounds } else { std::iter::once(0..leaves.len()).collect() };
    let edges: Vec<u16> = parts.iter().map(|p| leaves.get(p.start).map_or(0, |l| l.left)).collect();
    let split = parts.into_iter().enumerate().map(|(n, part)| {
        let from = if n == 0 { 0 } else { edges[n] };
        (leaves[part].to_vec(), from..edges.get(n + 1).copied().unwrap_or(u16::MAX))
    });
    split.collect()
}

/// A ceiling or a rest, and something spent; or enough of both by other names.
#[must_use]
pub fn heads_amounts(leaves: &[Leaf]) -> bool {
    let has = |test: fn(Role) -> bool| leaves.iter().any(|l| l.role.is_some_and(test) || l.amount.is_some_and(test));
    let spent = has(|r| matches!(r, Role::Lalu | Role::Ini | Role::Sd | Role::Part(..) | Role::Until(_)));
    let frame = has(|r| matches!(r, Role::Pagu | Role::Sisa | Role::Persen));
    // Spending by name in several columns beside others without one: what adds up tells the rest.
    let flow = [has(|r| r == Role::Lalu), has(|r| r == Role::Ini), has(|r| r == Role::Sd)].into_iter().filter(|h| *h).count();
    let nameless = leaves.iter().filter(|l| l.role.is_none()).count();
    // A ceiling and a rest beside a column without a name: it may be what was spent.
    let rest = has(|r| r == Role::Pagu) && has(|r| r == Role::Sisa) && nameless > 0;
    rest || spent && (frame || flow > 1 && nameless > 1)
}

/// Whether a row of labels may be part of a heading.
fn seeds(sheet: &Marked, n: usize) -> bool {
    let (_, cells) = sheet.row(n);
    if cells.clone().any(|(_, mark)| mark == Mark::Figure) && !soft(sheet, n) {
        return false;
    }
    cells.filter(|(cell, mark)| *mark == Mark::Label && is_heading(sheet, cell)).count() >= 2
}

/// Years and column numbers do not make a row of figures.
fn soft(sheet: &Marked, n: usize) -> bool {
    let (_, cells) = sheet.row(n);
    cells
        .filter(|(_, mark)| *mark == Mark::Figure)
        .all(|(cell, _)| matches!(sheet.grid.shown(cell.value).trim().parse::<u32>(), Ok(1990..2100)))
}

/// Most of its words are known.
fn is_heading(sheet: &Marked, cell: &Cell) -> bool {
    let said = sheet.said(cell);
    // A star begins a footnote.
    let short = sheet.grid.text(cell.value).is_some_and(|t| t.chars().count() <= LONGEST && !t.trim_start().starts_with('*'));
    // A level of regions is part of a title.
    short
        && said.unknown * 2 <= said.words
        && !said.tells(Dimension::Level)
        && said.senses.iter().any(|s| s.dimension != Dimension::Filler)
}

/// The rows around a seed that belong to the same heading.
fn grown(sheet: &Marked, words: &Vocabulary, seed: usize, floor: usize) -> Range<usize> {
    let mut start = seed;
    while start > floor && joins_above(sheet, start - 1, start) {
        start -= 1;
    }
    let mut end = seed + 1;
    let mut bottom = (start..end).map(|n| bottom(sheet, n)).max().unwrap_or(0);
    while end < sheet.row_count() && joins_below(sheet, words, end, bottom) {
        bottom = bottom.max(self::bottom(sheet, end));
        end += 1;
    }
    start..end
}

/// Last row that the cells of a row reach.
fn bottom(sheet: &Marked, n: usize) -> u32 {
    let (row, cells) = sheet.row(n);
    cells.filter_map(|(c, _)| sheet.merged_from(row, c.col)).map(|m| m.bottom).max().unwrap_or(row).max(row)
}

/// Several labels above a heading row, right above it, or one that is merged over a part of its columns.
fn joins_above(sheet: &Marked, above: usize, below: usize) -> bool {
    let (row, cells) = sheet.row(above);
    let (next, _) = sheet.row(below);
    if bottom(sheet, above) + 1 < next || cells.clone().any(|(_, mark)| mark == Mark::Figure) {
        return false;
    }
    let labels = cells.clone().filter(|(_, mark)| *mark == Mark::Label).count();
    let heading = cells.clone().any(|(c, _)| is_heading(sheet, c));
    let first = cells.clone().next().map_or(0, |(c, _)| c.col);
    let leftmost = sheet.row(below).1.next().map_or(0, |(c, _)| c.col);
    heading && (labels >= 2 || labels == 1 && first > leftmost && sheet.merged_from(row, first).is_some())
}

/// A row that merges of the band reach, or that holds headings only.
fn joins_below(sheet: &Marked, words: &Vocabulary, n: usize, bottom: u32) -> bool {
    let (row, cells) = sheet.row(n);
    if row > bottom + 1 || cells.clone().any(|(_, mark)| mark == Mark::Figure) && !soft(sheet, n) {
        return false;
    }
    let labels = cells.clone().filter(|(_, mark)| *mark != Mark::Figure).count();
    let headings = cells.clone().filter(|(c, _)| is_heading(sheet, c)).count();
    let units = cells.clone().filter(|(c, _)| is_unit(sheet, words, c)).count();
    let known = cells.clone().filter(|(c, _)| is_unit(sheet, words, c) || is_heading(sheet, c)).count();
    row <= bottom && labels > 0 || headings > 0 && known == labels && !is_group(sheet, n) || units == labels && units > 1
}

/// `BELANJA PEGAWAI` alone below the heading of codes or names: a group of rows, no heading.
fn is_group(sheet: &Marked, n: usize) -> bool {
    let (row, mut cells) = sheet.row(n);
    let (Some((one, _)), None) = (cells.next(), cells.next()) else { return false };
    let above = (0..n).rev().take(TALLEST).find_map(|up| sheet.at(sheet.row(up).0, one.col)).map(|(cell, _)| sheet.said(cell));
    sheet.merged_from(row, one.col).is_none_or(|m| m.bottom == row)
        && above.is_some_and(|said| said.tells(Dimension::Code) || said.tells(Dimension::Name))
}

/// Rows of a heading that are looked at above a row.
const TALLEST: usize = 3;

/// `(Rp)`, `Rp.`, `%`: a unit under a heading.
fn is_unit(sheet: &Marked, words: &Vocabulary, cell: &Cell) -> bool {
    let said = sheet.said(cell);
    is_percent_sign(sheet, cell)
        || said.whole() && said.senses.iter().all(|s| s.dimension == Dimension::Filler && words.value(s.value) == "rp")
}

fn is_percent_sign(sheet: &Marked, cell: &Cell) -> bool {
    sheet.grid.text(cell.value).is_some_and(|t| t.trim().trim_matches(['(', ')']) == "%")
}

/// The lowest cells of a band with their roles, left to right.
fn leaves(sheet: &Marked, words: &Vocabulary, rows: &Range<usize>) -> Vec<Leaf> {
    let cells = placed(sheet, words, rows);
    let mut leaves: Vec<Leaf> = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        let below = |o: &&Placed| o.row > cell.row && o.left <= cell.right && cell.left <= o.right && !o.unit;
        let units = cells.iter().filter(|o| o.unit && o.row > cell.row && (cell.left..=cell.right).contains(&o.left)).count();
        if cell.unit || units > 1 || cells.iter().any(|o| below(&o)) {
            continue;
        }
        let above = cells[..i].iter().filter(|o| o.row < cell.row && o.left <= cell.left && cell.left <= o.right);
        let above: Vec<&Said> = above.map(|o| o.said).collect();
        let percent = cells.iter().any(|o| o.unit && o.percent && (cell.left..=cell.right).contains(&o.left));
        let role = role(words, cell.said, &above, percent);
        let code = cell.said.tells(Dimension::Code);
        leaves.push(Leaf {
            left: cell.left,
            right: cell.right,
            role,
            amount: words::beside_share(words, cell.said, &above),
            code,
            tier: tier(words, cell.said),
            office: office(words, cell.said),
            origin: cell.origin,
            adopted: false,
        });
    }
    let own = units_of_their_own(&cells, words, &leaves);
    leaves.extend(own);
    leaves.sort_by_key(|l| (l.left, l.origin.row));
    leaves
}

/// `Rp | %` under one heading, `%` beside other columns: a unit that only repeats what stands above it is no column of its own.
fn units_of_their_own(cells: &[Placed], words: &Vocabulary, leaves: &[Leaf]) -> Vec<Leaf> {
    let mut own = Vec::new();
    for unit in cells.iter().filter(|c| c.unit) {
        let over = |c: &&Placed| !c.unit && c.row < unit.row && c.left <= unit.left && unit.left <= c.right;
        let above: Vec<&Placed> = cells.iter().filter(over).collect();
        let repeats = above.last().is_some_and(|a| leaves.iter().any(|l| l.origin == a.origin));
        if !repeats {
            let said: Vec<&Said> = above.iter().map(|a| a.said).collect();
            let role = role(words, unit.said, &said, unit.percent);
            own.push(Leaf { left: unit.left, right: unit.right, ..Leaf::new(unit.origin, role) });
        }
    }
    own
}

/// A heading cell with the columns it stands over.
struct Placed<'a> {
    row: u32,
    left: u16,
    right: u16,
    said: &'a Said,
    origin: Origin,
    unit: bool,
    percent: bool,
}

/// All cells of the band; an unmerged one over several lower ones reaches to its right neighbour.
fn placed<'a>(sheet: &'a Marked<'a>, words: &Vocabulary, rows: &Range<usize>) -> Vec<Placed<'a>> {
    let mut cells = Vec::new();
    for n in rows.clone() {
        let (row, in_row) = sheet.row(n);
        let filled: Vec<&Cell> = in_row.filter(|(c, _)| matches!(c.value, Value::Text(_))).map(|(c, _)| c).collect();
        for (i, cell) in filled.iter().enumerate() {
            let merged = sheet.merged_from(row, cell.col);
            let next = filled.get(i + 1).map_or(u16::MAX, |c| c.col);
            let right = merged.map_or_else(|| spread(sheet, rows, n, cell.col, next), |m| m.right);
            cells.push(Placed {
                row,
                left: cell.col,
                right,
                said: sheet.said(cell),
                origin: sheet.origin(cell),
                unit: is_unit(sheet, words, cell),
                percent: is_percent_sign(sheet, cell),
            });
        }
    }
    cells
}

/// How far an unmerged heading reaches: over the cells of the next heading row up to the next heading of its own row, where the columns
/// between have no heading above theirs.
fn spread(sheet: &Marked, rows: &Range<usize>, n: usize, col: u16, next: u16) -> u16 {
    let (row, _) = sheet.row(n);
    let below = (n + 1..rows.end).find(|&b| sheet.at(sheet.row(b).0, col).is_some());
    let Some(below) = below else { return col };
    let (_, cells) = sheet.row(below);
    let reach = cells.map(|(c, _)| c.col).filter(|&c| c > col && c < next);
    reach.take_while(|&c| sheet.merge(row, c).is_none()).last().unwrap_or(col)
}

#[cfg(test)]
mod tests;
