//! Running numbers that stand in one cell with what they number: `NO DESA / TPS` over `1 TPS 001`, `II Kumai`.

use std::collections::BTreeMap;

use crate::model::Grid;
use crate::tables::words::{Dimension, Vocabulary};

use super::name_and_figure;

/// A cell without its number; without a text where it holds nothing else.
#[derive(Debug)]
pub(super) struct Named {
    pub row: u32,
    pub col: u16,
    pub text: Option<String>,
}

/// Fewest numbers that go up one by one.
const FEWEST: usize = 3;

/// The cells of the first column, heading included, without the numbers that run through it; none where no heading begins with the word for
/// a number, or the numbers do not count.
pub(super) fn numbered(grid: &Grid, vocabulary: &Vocabulary) -> Vec<Named> {
    let Some(col) = grid.cells.iter().map(|c| c.col).min() else { return Vec::new() };
    let texts: Vec<(u32, &str)> =
        grid.cells.iter().filter(|c| c.col == col).filter_map(|c| Some((c.row, grid.text(c.value)?.trim()))).collect();
    let mut lowest: BTreeMap<u16, u32> = BTreeMap::new();
    grid.cells.iter().for_each(|c| {
        lowest.insert(c.col, c.row);
    });
    let heading = |(row, text): &(u32, &str)| heading(grid, vocabulary, &lowest, (*row, col), text);
    let headed = texts.iter().enumerate().find_map(|(at, text)| Some((at, heading(text)?)));
    let Some((at, mut found)) = headed else { return Vec::new() };
    let marked: Vec<(u32, &str, &str)> =
        texts[at + 1..].iter().filter_map(|(row, text)| marked(text).map(|(m, t)| (*row, m, t))).collect();
    // The columns may be numbered below the heading.
    let Some(first) = marked.iter().position(|(_, _, rest)| !rest.is_empty()) else { return Vec::new() };
    let marked = &marked[first..];
    let numbers: Vec<u32> = marked.iter().filter_map(|(_, mark, _)| mark.parse().ok()).collect();
    let running = numbers.windows(2).filter(|w| w[1] == w[0] + 1 || w[1] == 1).count();
    if numbers.len() < FEWEST || running + 1 < numbers.len() || marked.len() * 2 < texts.len() - at - first {
        return Vec::new();
    }
    let again = texts[at + 1..].iter().filter_map(heading);
    found.extend(again.flatten());
    found.extend(marked.iter().map(|&(row, _, rest)| Named { row, col, text: (!rest.is_empty()).then(|| rest.to_owned()) }));
    found
}

/// What the headings of the columns are without the word for a number: `NO KECAMATAN` loses it, `NO` | `DESA / TPS LK` gets what stands one
/// column too far to the right, `NO KECAMATAN DESA` over two columns names each. `lowest`: the last row of each column.
fn heading(
    grid: &Grid,
    vocabulary: &Vocabulary,
    lowest: &BTreeMap<u16, u32>,
    (row, col): (u32, u16),
    text: &str,
) -> Option<Vec<Named>> {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let counts = vocabulary.read(first);
    if !counts.whole() || !counts.tells(Dimension::Ordinal) {
        return None;
    }
    let cell = |col: u16, text: &str| Named { row, col, text: Some(text.trim().to_owned()) };
    if rest.is_empty() {
        let beside = grid.at(row, col + 1).and_then(|c| grid.text(c.value))?;
        let both = name_and_figure(vocabulary, beside)?;
        return Some((col..).zip(both).map(|(col, text)| cell(col, &text)).collect());
    }
    let names = |said: Dimension| matches!(said, Dimension::Level | Dimension::Name | Dimension::Goods);
    let parts = vocabulary.parts(rest)?;
    let bare = |next: &u16| grid.at(row, *next).is_none() && lowest.get(next).is_some_and(|last| *last > row);
    let wide = 1 + (col + 1..u16::MAX).take_while(bare).count();
    if wide > 1 && parts.len() == wide && parts.iter().all(|(sense, _)| names(sense.dimension)) {
        return Some((col..).zip(parts).map(|(col, (_, text))| cell(col, text)).collect());
    }
    parts.iter().any(|(sense, _)| names(sense.dimension)).then(|| vec![cell(col, rest)])
}

/// A cell's number, and what stands behind it: `12 Kumai`, `IV Kumai`, `12`.
fn marked(text: &str) -> Option<(&str, &str)> {
    let (mark, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let bare = mark.trim_end_matches(['.', ')']);
    let roman = bare.chars().all(|c| "IVXLC".contains(c)) && !rest.is_empty();
    let counts = !bare.is_empty() && bare.len() <= 5 && (roman || bare.bytes().all(|b| b.is_ascii_digit()));
    (counts && (rest.is_empty() || rest.contains(char::is_alphabetic))).then_some((bare, rest.trim()))
}
