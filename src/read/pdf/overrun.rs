//! Texts with more lines than their ruled row is high: a border runs through a line that goes on with the text of the cell beyond it.

use super::cells::{Frame, Region};
use super::lines::{Line, lines};
use super::words::Word;

/// Between which heights above its baseline, as shares of the font size, a border strikes the letters of a word.
const STRUCK: (f32, f32) = (0.1, 0.68);

/// Farthest distance between the baselines of two lines of one text, as a share of the font size.
const LEADING: f32 = 1.5;

/// Gives lines that a border runs through to the cell whose text they go on with. `held` are the words of each region of the frame.
pub fn give_back(frame: &Frame, words: &[Word], held: &mut [Vec<usize>]) {
    for (n, region) in frame.regions.iter().enumerate() {
        for above in [true, false] {
            let border = frame.ys[if above { region.row } else { region.row + region.rows }];
            if !held[n].iter().any(|&i| struck(&words[i], border)) {
                continue;
            }
            let home = frame.regions.iter().position(|r| {
                let meets = if above { r.row + r.rows == region.row } else { r.row == region.row + region.rows };
                meets && (r.col, r.cols) == (region.col, region.cols)
            });
            let Some(home) = home.filter(|_| is_exception(frame, words, held, region, border)) else { continue };
            if let Some(over) = overrunning(&printed(words, &held[n]), &printed(words, &held[home]), words, above) {
                held[n].retain(|i| !over.contains(i));
                held[home].extend(over);
            }
        }
    }
}

/// The words of the line nearest to the border, where it goes on with the text beyond and nothing goes on with it.
fn overrunning(own: &[Line], beyond: &[Line], words: &[Word], above: bool) -> Option<Vec<usize>> {
    let (line, next, rest) = if above {
        let (line, rest) = own.split_first()?;
        (line, beyond.last()?, rest.first())
    } else {
        let (line, rest) = own.split_last()?;
        (line, beyond.first()?, rest.last())
    };
    let alone = rest.is_none_or(|r| !goes_on(words, line, r));
    (goes_on(words, next, line) && alone).then(|| line.words.clone())
}

/// Whether two lines may be of one text: as far from each other as lines of one are, with the same left end.
fn goes_on(words: &[Word], a: &Line, b: &Line) -> bool {
    let [Some(first), Some(second)] = [a, b].map(|l| l.words.first().map(|&i| &words[i])) else { return false };
    let apart = (first.base - second.base).abs();
    let letters = |w: &Word| w.text.contains(char::is_alphabetic);
    apart > 0.8 * first.size
        && apart < LEADING * first.size
        && (a.area.x0 - b.area.x0).abs() < 1.5
        && (first.size - second.size).abs() < 0.5
        && letters(first)
        && letters(second)
}

/// Whether other cells of the row keep clear of the border: tight rows are printed over their borders altogether.
fn is_exception(frame: &Frame, words: &[Word], held: &[Vec<usize>], region: &Region, border: f32) -> bool {
    let clear = |own: &[usize]| !own.is_empty() && !own.iter().any(|&i| struck(&words[i], border));
    frame.regions.iter().zip(held).any(|(r, own)| r.row == region.row && r.col != region.col && clear(own))
}

fn struck(word: &Word, border: f32) -> bool {
    let height = (word.base - border) / word.size;
    word.turned == 0 && STRUCK.0 < height && height < STRUCK.1
}

fn printed(words: &[Word], held: &[usize]) -> Vec<Line> {
    lines(words, held.iter().copied().filter(|&i| words[i].turned == 0))
}
