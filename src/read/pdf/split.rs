//! Ruled rows that hold several rows of figures: tables whose columns are ruled but whose rows are not.

use super::bands::{Band, band};
use super::cells::Frame;
use super::edges::Edges;
use super::lines::lines;
use super::tokens::row;
use super::words::Word;
use super::wraps::starts;

/// The rows within one ruled row, each as the words that stand in it; `None` where it is one row.
#[must_use]
pub fn rows_within(frame: &Frame, words: &[Word], held: &[usize]) -> Option<Vec<Vec<usize>>> {
    let printed = lines(words, held.iter().copied().filter(|&i| words[i].turned == 0));
    let bands: Vec<Band> = printed.iter().filter_map(|l| row(words, l)).map(|r| band(&r, &frame.xs, words)).collect();
    if bands.len() < 2 || printed.len() != bands.len() || !several(&bands, frame.xs.len() - 1) {
        return None;
    }
    let begins = starts(words, &bands, &frame.xs, &Edges::default(), &[]);
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (line, begins) in printed.into_iter().zip(begins) {
        match out.last_mut() {
            Some(last) if !begins => last.extend(line.words),
            _ => out.push(line.words),
        }
    }
    (out.len() > 1).then_some(out)
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
