//! Ruled rows that hold several rows of figures: tables whose columns are ruled but whose rows are not.

use super::bands::{Band, band};
use super::cells::Frame;
use super::edges::Edges;
use super::lines::{Line, lines};
use super::strata::parted;
use super::tokens::{Row, row};
use super::words::Word;
use super::wraps::starts;

/// Level lines of a table whose rows are not ruled: around it, and below its heading.
const MOST_LEVEL: usize = 4;
/// Fewest rows of texts that are told from the lines of cells.
const FEWEST: usize = 3;

/// The rows within one ruled row, each as the words that stand in it; `None` where it is one row.
#[must_use]
pub fn rows_within(frame: &Frame, words: &[Word], held: &[usize]) -> Option<Vec<Vec<usize>>> {
    let printed = lines(words, held.iter().copied().filter(|&i| words[i].turned == 0));
    let rows: Vec<Row> = printed.iter().filter_map(|l| row(words, l)).collect();
    if rows.len() < 2 || printed.len() != rows.len() {
        return None;
    }
    let bands: Vec<Band> = rows.iter().map(|r| band(r, &frame.xs, words)).collect();
    let several = several(&bands, frame.xs.len() - 1);
    if !several && frame.ys.len() > MOST_LEVEL {
        return None;
    }
    let begins = starts(words, &bands, &frame.xs, &Edges::default(), &[]);
    if !several && !labelled(&bands, &begins) {
        return staggered(&rows, &printed);
    }
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (line, begins) in printed.into_iter().zip(begins) {
        match out.last_mut() {
            Some(last) if !begins => last.extend(line.words),
            _ => out.push(line.words),
        }
    }
    (out.len() > 1).then_some(out)
}

/// Rows of texts that stand in the middle of their cells, where only columns are ruled.
fn staggered(rows: &[Row], printed: &[Line]) -> Option<Vec<Vec<usize>>> {
    let groups = parted(rows, &Edges::default())?;
    Some(groups.into_iter().map(|g| printed[g].iter().flat_map(|l| l.words.iter().copied()).collect()).collect())
}

/// Whether rows of texts show where only columns are ruled: each begins in the first column and in others, and a good part of the lines
/// between go on with some of the columns only.
fn labelled(bands: &[Band], begins: &[bool]) -> bool {
    let rows: Vec<&Band> = bands.iter().zip(begins).filter(|(_, b)| **b).map(|(band, _)| band).collect();
    let full = |b: &&&Band| b.at(0).is_some() && b.cells.len() > 1;
    let partial = bands.iter().zip(begins).filter(|(band, b)| !**b && band.cells.len() < rows[0].cells.len()).count();
    rows.len() >= FEWEST && rows.iter().all(|b| full(&b)) && partial * 2 >= bands.len() - rows.len()
}

/// Whether the printed lines are rows: most of them fill several columns, and figures stand below figures.
fn several(bands: &[Band], cols: usize) -> bool {
    let used = (0..cols).filter(|&c| bands.iter().any(|b| b.at(c).is_some())).count();
    let full = bands.iter().filter(|b| b.cells.len() >= 2 && b.cells.len() * 2 >= used).count();
    let clashing = (0..cols)
        .filter(|&c| bands.windows(2).any(|w| [&w[0], &w[1]].iter().all(|b| b.at(c).is_some_and(|p| p.numeric && p.cols == 1))))
        .count();
    full >= 2 && full * 3 >= bands.len() && (clashing >= 2 || (clashing == 1 && bands.len() >= 3))
}
