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
/// first rows of a triangle, or texts and an amount no heading has, as in the first rows of a budget.
#[must_use]
pub fn few_figures(words: &[Word], band: &Band, figures: &[bool]) -> bool {
    let text = |p: &Placed| p.cols == 1 && !p.numeric;
    let amount = |p: &Placed| p.numeric && p.cols == 1 && figures[p.col] && !p.year && !p.bracketed && p.chars(words) > 2;
    let Some((first, others)) = band.cells.split_first().filter(|(first, others)| text(first) && !others.is_empty()) else {
        return false;
    };
    let large = |p: &Placed| amount(p) && p.chars(words) > 5;
    first.col == 0 && others.iter().all(amount) || others.iter().all(|p| text(p) || large(p)) && others.iter().any(large)
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

/// Without the names of groups of rows at its end, each behind its number or letter (`I. Persiapan`), where other groups have such names
/// at the same place.
#[must_use]
pub fn without_numbered_names(words: &[Word], bands: &[Band], height: usize) -> usize {
    let name = |i: usize| match bands[i].cells.as_slice() {
        [label, text] => {
            label.col == 0 && text.cols == 1 && !text.numeric && listed(&words[label.words[0]].text) && label.words.len() == 1
        }
        _ => false,
    };
    let near = |a: &Placed, b: &Placed| (a.area.x0 - b.area.x0).abs() < 1.0;
    let another = |i: usize, k: usize| {
        name(k) && near(&bands[i].cells[0], &bands[k].cells[0]) && near(&bands[i].cells[1], &bands[k].cells[1])
    };
    let names = (1..height).rev().take_while(|&i| name(i) && (height..bands.len()).any(|k| another(i, k))).count();
    height - names
}

/// The number or letter of a list: `I`, `B.`, `2)`.
fn listed(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')']);
    let roman = bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let letter = bare.len() == 1 && bare.chars().all(|c| c.is_ascii_alphabetic());
    let number = bare.len() < 3 && bare.bytes().all(|b| b.is_ascii_digit());
    !bare.is_empty() && (roman || letter || number)
}
