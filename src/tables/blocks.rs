//! Where the tables of a sheet are: bands of headings, the rows of figures below them, the titles above; side by side or one below another.
//!
//! A block starts at a heading band (rows of labels that stand over figures) and ends where the next one starts. Rows that hold only labels
//! inside it are group labels for what follows.

mod again;
mod beside;
mod counting;

use std::ops::Range;

use crate::model::Value;

use super::marks::{Mark, Marked};
use super::words::{Dimension, unnumbered};

pub use again::repeated;
use beside::side_by_side;
use counting::counting;

/// One table as it stands on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Filled rows above the heading, up to the block before: titles. Numbers of filled rows, as [`Marked::row`] counts.
    pub titles: Range<usize>,
    /// Filled rows of the heading band, without the row of column numbers.
    pub heading: Range<usize>,
    /// Filled rows below it, up to the last row of figures.
    pub body: Range<usize>,
    /// The occupied columns, in order. Several entries where one table is printed in parts side by side under the same headings:
    /// the rows of the second follow those of the first.
    pub parts: Vec<Vec<u16>>,
}

/// What one filled row is by its form.
#[derive(Clone, Copy, Debug, Default)]
struct Profile {
    row: u32,
    figures: usize,
    labels: usize,
    /// Labels that read as headings.
    headings: usize,
    /// Labels that only say in what is counted (`orang`), or of which regions.
    units: usize,
    /// Column of the first cell, and the last column that cells and their merges reach.
    first: u16,
    last: u16,
    /// Last row that merges starting here reach.
    bottom: u32,
    counting: bool,
    /// Figures that are years or a run of whole numbers: they can be headings.
    soft: bool,
}

/// Finds the blocks of a sheet from top to bottom, then from left to right.
#[must_use]
pub fn find(sheet: &Marked) -> Vec<Block> {
    let profiles: Vec<Profile> = (0..sheet.row_count()).map(|n| profile(sheet, n)).collect();
    let mut blocks = Vec::new();
    let mut from = 0;
    let mut next = next_band(sheet, &profiles, 0, 0);
    if next.is_none() || next.as_ref().is_some_and(|b| profiles[..b.start].iter().any(|p| p.figures > 0 && p.labels > 0)) {
        let end = next.as_ref().map_or(profiles.len(), |b| b.start);
        blocks.extend(headless(sheet, &profiles, end));
    }
    while let Some(band) = next {
        next = next_band(sheet, &profiles, band.end, band.end);
        let limit = next.as_ref().map_or(profiles.len(), |b| b.start);
        let body_end = (band.end..limit).rev().find(|&n| profiles[n].figures > 0).map_or(band.end, |n| n + 1);
        let start = skip_counting(&profiles, &band);
        if body_end > start.0 {
            let heading = band.start..start.1;
            blocks.extend(side_by_side(sheet, from..band.start, heading, start.0..body_end));
            from = body_end;
        }
    }
    blocks
}

/// Figures with labels beside them but no heading above: one block without headings, so that it is reported and not lost.
fn headless(sheet: &Marked, profiles: &[Profile], end: usize) -> Vec<Block> {
    let first = profiles[..end].iter().position(|p| p.figures > 0);
    let last = profiles[..end].iter().rposition(|p| p.figures > 0);
    match (first, last) {
        (Some(a), Some(b)) => side_by_side(sheet, 0..a, a..a, a..b + 1),
        _ => Vec::new(),
    }
}

/// First filled row after the band that is no row of column numbers, and the end of the heading proper.
fn skip_counting(profiles: &[Profile], band: &Range<usize>) -> (usize, usize) {
    let counting = |n: &usize| profiles[*n].counting && profiles[*n].first <= profiles[band.start].first;
    let end = (band.start..band.end).rev().find(|n| !counting(n)).map_or(band.end, |n| n + 1);
    (band.end, end)
}

fn profile(sheet: &Marked, n: usize) -> Profile {
    profile_in(sheet, n, None)
}

/// What a row is by its form in some columns, or in all.
fn profile_in(sheet: &Marked, n: usize, columns: Option<&[u16]>) -> Profile {
    let (row, cells) = sheet.row(n);
    let cells = cells.filter(move |(cell, _)| columns.is_none_or(|c| c.binary_search(&cell.col).is_ok()));
    let mut p = Profile { row, first: u16::MAX, bottom: row, ..Profile::default() };
    for (cell, mark) in cells.clone() {
        p.first = p.first.min(cell.col);
        p.last = p.last.max(cell.col);
        if let Some(m) = sheet.merged_from(cell.row, cell.col) {
            p.last = p.last.max(m.right);
            if mark == Mark::Label {
                p.bottom = p.bottom.max(m.bottom);
            }
        }
        match mark {
            Mark::Figure => p.figures += 1,
            Mark::Dash => {}
            Mark::Label => {
                p.labels += 1;
                p.headings += usize::from(reads_as_heading(sheet, cell));
                p.units += usize::from(says_a_unit(sheet, cell));
            }
        }
    }
    p.counting = counting(sheet, cells.clone());
    p.soft = p.figures > 0 && soft_figures(sheet, cells);
    p
}

/// Most of its words are known heading words; a level with other words behind it is the name of a region.
fn reads_as_heading(sheet: &Marked, cell: &crate::model::Cell) -> bool {
    let said = sheet.said(cell);
    let known = if said.tells(Dimension::Level) { said.unknown == 0 } else { said.unknown * 2 < said.words };
    known && said.senses.iter().any(|s| s.dimension != Dimension::Filler)
}

/// `orang`, `desa`: nothing but words that say nothing by themselves, or a level.
fn says_a_unit(sheet: &Marked, cell: &crate::model::Cell) -> bool {
    let said = sheet.said(cell);
    let unit = |d: Dimension| matches!(d, Dimension::Filler | Dimension::Unit | Dimension::Level);
    said.whole() && !said.senses.is_empty() && said.senses.iter().all(|s| unit(s.dimension))
}

/// Years, or whole numbers that rise by one.
fn soft_figures<'a>(sheet: &Marked, cells: impl Iterator<Item = (&'a crate::model::Cell, Mark)>) -> bool {
    let mut last: Option<f64> = None;
    for (cell, _) in cells.filter(|(_, m)| *m == Mark::Figure) {
        let value = match cell.value {
            Value::Number(n) => n,
            _ => match sheet.grid.shown(cell.value).trim().parse() {
                Ok(n) => n,
                Err(_) => return false,
            },
        };
        #[expect(clippy::float_cmp, reason = "whole numbers as stored")]
        let run = last.is_some_and(|l| value == l + 1.0);
        let year = (1990.0..2100.0).contains(&value) && value.fract() == 0.0;
        if !(year || run || (last.is_none() && value == 1.0)) {
            return false;
        }
        last = Some(value);
    }
    true
}

/// The next heading band at or after row `from`: its filled rows. Rows before `floor` belong to the block before.
fn next_band(sheet: &Marked, profiles: &[Profile], from: usize, floor: usize) -> Option<Range<usize>> {
    let seed = (from..profiles.len()).find(|&n| heads(sheet, profiles, n))?;
    let mut start = seed;
    while start > floor && joins_above(sheet, &profiles[start - 1], &profiles[start]) {
        start -= 1;
    }
    let mut end = seed + 1;
    let mut bottom = profiles[start..end].iter().map(|p| p.bottom).max().unwrap_or(0);
    while end < profiles.len()
        && !begins_a_group(sheet, profiles, end)
        && (joins_below(&profiles[end], bottom, &profiles[end - 1])
            || names_columns(sheet, profiles, start..end)
            || named_by_a_number(profiles, end))
    {
        bottom = bottom.max(profiles[end].bottom);
        end += 1;
    }
    Some(start..end)
}

/// `I. KOTAK SUARA` alone in its row, over the names of the rows below: what they are about, and no heading.
fn begins_a_group(sheet: &Marked, profiles: &[Profile], n: usize) -> bool {
    let p = &profiles[n];
    let label = sheet.row(n).1.map(|(cell, _)| cell).next().filter(|_| p.labels == 1 && p.figures == 0);
    let Some(cell) = label else { return false };
    let shown = sheet.grid.shown(cell.value);
    let named = sheet.said(cell).tells(Dimension::Goods) || unnumbered(&shown).is_some();
    let below = (n + 1..profiles.len().min(n + 4)).find(|&k| profiles[k].figures > 0 && !profiles[k].counting);
    named && below.is_some_and(|k| sheet.at(profiles[k].row, cell.col).is_some_and(|(_, mark)| mark == Mark::Label))
}

/// Whether a row is the seed of a heading band: heading words, or labels that stand over figures.
fn heads(sheet: &Marked, profiles: &[Profile], n: usize) -> bool {
    let p = &profiles[n];
    if p.counting || (p.figures > 0 && !(p.soft && p.headings > 0 && p.figures > 1 && p.figures >= p.labels)) {
        return false;
    }
    if p.headings >= 2 && p.labels + p.figures >= 2 {
        return true;
    }
    let over = p.labels >= 2 && stands_over_figures(sheet, profiles, n) && !key_and_value(sheet, p.row);
    over && !(p.headings == 0 && counts_a_group(sheet, profiles, n))
}

/// `III | Kecamatan Tewang Sangalang | Garing` between two rows of one list: a number and a name that paper tore, over figures by chance.
fn counts_a_group(sheet: &Marked, profiles: &[Profile], n: usize) -> bool {
    let figures =
        |n: usize| -> Vec<u16> { sheet.row(n).1.filter(|(_, mark)| *mark == Mark::Figure).map(|(cell, _)| cell.col).collect() };
    let number = sheet.row(n).1.next().map(|(cell, _)| sheet.grid.shown(cell.value));
    let counted = number.is_some_and(|text| {
        let bare = text.trim().trim_end_matches('.');
        !bare.is_empty() && (bare.len() == 1 || bare.chars().all(|c| "IVXLC".contains(c)))
    });
    let beside = |other: Option<usize>| other.filter(|&k| k < profiles.len() && profiles[k].figures > 1).map(figures);
    // The row above may be a sum, which has no number of its own.
    let (above, below) = (beside(n.checked_sub(1)), beside(Some(n + 1)));
    counted && above.zip(below).is_some_and(|(a, b)| a.len() > 1 && a.iter().all(|c| b.contains(c)))
}

/// Whether most of a label row's cells have a figure straight below, in the next row that holds figures, at most three filled rows down.
fn stands_over_figures(sheet: &Marked, profiles: &[Profile], n: usize) -> bool {
    let Some(below) = (n + 1..profiles.len().min(n + 4)).find(|&k| profiles[k].figures > 0 && !profiles[k].counting) else {
        return false;
    };
    let target = profiles[below].row;
    let (row, cells) = sheet.row(n);
    let (mut over, mut all) = (0, 0);
    for (cell, _) in cells {
        let right = sheet.merged_from(row, cell.col).map_or(cell.col, |m| m.right);
        all += 1;
        over += usize::from((cell.col..=right).all(|c| sheet.at(target, c).is_some_and(|(_, m)| m == Mark::Figure)));
    }
    over >= 2 && over * 2 > all
}

/// Whether the row right below a band names columns that the band leaves open (`Kecamatan` over the first of them only, nothing merged):
/// nothing but labels, where the band has none but over the first, and figures below them.
fn names_columns(sheet: &Marked, profiles: &[Profile], band: Range<usize>) -> bool {
    let (last, p) = (&profiles[band.end - 1], &profiles[band.end]);
    if p.figures > 0 || p.labels < 2 || p.row != last.row + 1 || band.len() > 2 {
        return false;
    }
    let headed = |col: u16| band.clone().any(|n| sheet.seen(sheet.row(n).0, col).is_some());
    let columns: Vec<u16> = sheet.row(band.end).1.map(|(cell, _)| cell.col).collect();
    let open = columns.iter().filter(|c| !headed(**c)).count();
    let next = (band.end + 1..profiles.len().min(band.end + 6)).find(|&n| profiles[n].figures > 1);
    let figures =
        |n: usize| columns.iter().filter(|&&c| sheet.at(sheet.row(n).0, c).is_some_and(|(_, m)| m != Mark::Label)).count();
    open + 1 >= columns.len() && next.is_some_and(|n| figures(n) * 3 >= columns.len() * 2)
}

/// `L | P | L+P | 17 | 18 - 30` right below a band: headings of which a few are numbers, over rows of figures.
fn named_by_a_number(profiles: &[Profile], n: usize) -> bool {
    let (last, p) = (&profiles[n - 1], &profiles[n]);
    let below = profiles.get(n + 1).filter(|b| !b.counting);
    let headings = p.row == last.row + 1 && p.figures > 0 && p.headings >= 2 && p.labels > p.figures * 2;
    headings && below.is_some_and(|b| b.figures >= p.labels + p.figures)
}

/// A row of labels right above a heading row belongs to the band: several labels, or one that heads a part of the columns.
fn joins_above(sheet: &Marked, above: &Profile, band: &Profile) -> bool {
    if above.figures > 0 && !above.soft || above.labels == 0 || above.row + 1 != band.row && above.bottom + 1 < band.row {
        return false;
    }
    if above.labels >= 2 {
        return !key_and_value(sheet, above.row) && above.headings > 0 || above.bottom >= band.row || all_wide(sheet, above.row);
    }
    let width = sheet.merged_from(above.row, above.first).map_or(1, |m| m.right - m.left + 1);
    above.first > band.first && width > 1 && above.headings > 0
}

/// `Kecamatan | : Kumai`: a line of a form that tells one thing, not headings.
fn key_and_value(sheet: &Marked, row: u32) -> bool {
    let Some(n) = sheet.find_row(row) else { return false };
    let mut labels = sheet.row(n).1.filter(|(_, mark)| *mark == Mark::Label).map(|(cell, _)| cell);
    let text = |cell: &crate::model::Cell| sheet.grid.shown(cell.value).trim().to_owned();
    let colon = labels.clone().any(|cell| text(cell).starts_with(':') || text(cell).ends_with(':'));
    let (Some(key), Some(value), None) = (labels.next(), labels.next(), labels.next()) else { return colon };
    let wide = sheet.merged_from(row, key.col).or_else(|| sheet.merged_from(row, value.col)).is_some();
    colon || !wide && key.col + 1 == value.col && reads_as_heading(sheet, key) && sheet.said(value).senses.is_empty()
}

/// Several labels, each merged over several columns: captions of parts of the columns.
fn all_wide(sheet: &Marked, row: u32) -> bool {
    let Some(n) = sheet.find_row(row) else { return false };
    sheet.row(n).1.all(|(cell, _)| sheet.merged_from(row, cell.col).is_some_and(|m| m.right > m.left))
}

/// A row below belongs to the band while merges of the band reach it, while it is a row of headings or of column numbers.
fn joins_below(p: &Profile, bottom: u32, last: &Profile) -> bool {
    if p.row <= bottom && (p.figures < p.labels.max(1) || p.soft) || p.counting && p.row <= last.row.max(bottom) + 2 {
        return true;
    }
    let adjacent = p.row <= bottom.max(last.row) + 1;
    adjacent
        && p.labels > 0
        && (p.figures == 0 && (p.headings >= 2 || p.headings == 1 && p.labels <= 2 && p.first > last.first)
            || p.figures == 0 && p.units == p.labels && p.labels >= 2 && p.first > last.first
            || p.figures > 0 && p.soft && p.headings > 0 && p.labels < p.figures)
}
