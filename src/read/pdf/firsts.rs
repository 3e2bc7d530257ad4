//! First rows of unruled tables that do not look like rows: those of few figures, and names whose figures stand at their foot.

use super::bands::{Band, Placed};
use super::words::Word;

/// Whether the whole numbers behind a name do not go up by one, as those that number columns do.
#[must_use]
pub fn jumps(words: &[Word], band: &Band) -> bool {
    let number = |p: &Placed| match p.words.as_slice() {
        [i] if p.numeric && p.col > 0 => words[*i].text.parse::<u32>().ok(),
        _ => None,
    };
    let numbers: Vec<u32> = band.cells.iter().filter_map(number).collect();
    numbers.windows(2).any(|w| w[1] != w[0] + 1)
}

/// Whether a band is a row that fills few of its columns: a name, and behind it nothing but amounts below each other's columns, as in the
/// first rows of a triangle, or texts behind an empty first column and an amount no heading has, as in the first rows of a budget.
#[must_use]
pub fn few_figures(words: &[Word], band: &Band, figures: &[bool]) -> bool {
    let text = |p: &Placed| p.cols == 1 && !p.numeric;
    let amount = |p: &Placed| p.numeric && p.cols == 1 && figures[p.col] && !p.year && !p.bracketed && p.chars(words) > 2;
    let Some((first, others)) = band.cells.split_first().filter(|(first, others)| text(first) && !others.is_empty()) else {
        return false;
    };
    let large = |p: &Placed| amount(p) && p.chars(words) > 5;
    if first.col == 0 {
        others.iter().all(amount)
    } else {
        others.iter().all(|p| text(p) || large(p)) && others.iter().any(large)
    }
}

/// Whether the bands taken for a heading are rows, the first of which did not say so: one of few figures above others of as few texts, at
/// the top of a page that goes on with a table.
#[must_use]
pub fn begins_with_row(words: &[Word], heading: &[Band], figures: &[bool]) -> bool {
    heading
        .split_first()
        .is_some_and(|(first, others)| few_figures(words, first, figures) && others.iter().all(|b| b.cells.len() < 3))
}

/// Without the first lines of the first row, whose figures stand at its foot: texts alone in an inner column below its heading, which go
/// on in lower case above the figures.
#[must_use]
pub fn without_first_lines(words: &[Word], bands: &[Band], height: usize) -> usize {
    let small =
        |b: &Band, col: usize| b.at(col).is_some_and(|p| !p.numeric && words[p.words[0]].text.starts_with(char::is_lowercase));
    let headed = |col: usize, before: usize| bands[..before].iter().any(|b| b.at(col).is_some());
    let mut first = height;
    while let Some(above) = first.checked_sub(1).filter(|&k| k > 0) {
        let [text] = bands[above].cells.as_slice() else { break };
        if text.col == 0 || text.cols > 1 || text.numeric || !small(&bands[first], text.col) || !headed(text.col, above) {
            break;
        }
        first = above;
    }
    first
}
