//! Figures worked out in a line: `100 + 5 - 3 = 102`. What stands behind the sign counts; what it was worked out from does not.

use super::figures::Figure;
use super::labels::{Label, Measure, Slot};

/// What parts two figures of a calculation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Equals,
}

/// Gives the result of every calculation the label of what it was worked out from, and takes the labels of those figures away. A sum of
/// men and women is none: each of them counts.
pub fn results(text: &str, figures: &[Figure], labels: &mut [Label]) {
    let signs: Vec<Option<Sign>> = figures.windows(2).map(|pair| sign(text.get(pair[0].at.end..pair[1].at.start)?)).collect();
    let mut first = 0;
    for (i, found) in signs.iter().enumerate() {
        match found {
            None => first = i + 1,
            Some(Sign::Equals) => {
                if i > first && signs[first..i].contains(&Some(Sign::Minus)) {
                    result(labels, first, i + 1);
                }
                first = i + 1;
            }
            Some(_) => {}
        }
    }
}

fn result(labels: &mut [Label], first: usize, at: usize) {
    let Some(before) = labels.get(first).copied() else { return };
    let Some(own) = labels.get_mut(at) else { return };
    let slot = match before.slot {
        Some(Slot::L | Slot::P) => before.slot,
        _ => own.slot.or(before.slot).or(Some(Slot::Total)),
    };
    *own = Label { slot, measure: Measure::Result, own: true, ..*own };
    labels[first..at].iter_mut().for_each(|label| *label = Label::default());
}

/// The sign between two figures: standing apart from letters, so that `laki-laki` holds none.
fn sign(between: &str) -> Option<Sign> {
    let chars: Vec<char> = between.chars().collect();
    let apart = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_none_or(|c| !c.is_alphanumeric());
    let mut signs =
        chars.iter().enumerate().filter(|(i, _)| apart(i.checked_sub(1)) && apart(Some(i + 1))).filter_map(|(_, c)| {
            Some(match c {
                '+' => Sign::Plus,
                '-' | '−' | '–' => Sign::Minus,
                '=' => Sign::Equals,
                _ => return None,
            })
        });
    let one = signs.next()?;
    (signs.next().is_none() && !between.contains([';', '\t'])).then_some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Vec<Figure> {
        let words = text.split_whitespace().filter(|w| w.bytes().all(|b| b.is_ascii_digit()));
        let at = |w: &str| w.as_ptr() as usize - text.as_ptr() as usize;
        words.map(|w| Figure { at: at(w)..at(w) + w.len(), digits: None, words: None }).collect()
    }

    fn label(slot: Slot) -> Label {
        Label { slot: Some(slot), ..Label::default() }
    }

    #[test]
    fn what_stands_behind_the_sign_is_the_result() {
        let text = "Laki-laki 100 + 5 - 3 = 102";
        let mut labels = vec![label(Slot::L), Label::default(), Label::default(), Label::default()];
        results(text, &figures(text), &mut labels);
        assert_eq!(labels[0].slot, None);
        assert_eq!((labels[3].slot, labels[3].measure), (Some(Slot::L), Measure::Result));
    }

    #[test]
    fn men_and_women_that_make_the_sum_stay() {
        let text = "Laki-laki 100 + perempuan 105 = 205";
        let mut labels = vec![label(Slot::L), label(Slot::P), label(Slot::Total)];
        results(text, &figures(text), &mut labels);
        assert_eq!(labels.iter().map(|l| l.slot).collect::<Vec<_>>(), [Some(Slot::L), Some(Slot::P), Some(Slot::Total)]);
    }
}
