//! Dots that lead the eye from a text to its figures.

use super::lines::Line;
use super::words::Word;

/// The words of a line but for dots that lead the eye: `.....` in one piece, three and more dots one after the other, or a dot that
/// is drawn apart close to a text. A dot alone in its column stands for a figure that is not known.
#[must_use]
pub fn without_leaders(words: &[Word], line: &Line) -> Vec<usize> {
    let mut kept = Vec::new();
    let several = |w: &Word| w.text.chars().nth(1).is_some();
    // `..` and `..` well apart stand for two figures.
    let apart = |a: &Word, b: &Word| several(a) && several(b) && b.area.x0 - a.area.x1 > 0.9 * a.size;
    let same = |a: &Word, b: &Word| dots(&a.text) == dots(&b.text) && !(dots(&a.text) && apart(a, b));
    let runs: Vec<&[usize]> = line.words.chunk_by(|&a, &b| same(&words[a], &words[b])).collect();
    for (k, run) in runs.iter().enumerate() {
        let length: usize = run.iter().map(|&i| words[i].text.chars().count()).sum();
        let alone = run.iter().all(|&i| words[i].text == ".");
        let led = length >= 3 || (alone && !stands_alone(words, &runs, k));
        if !led || !run.iter().all(|&i| dots(&words[i].text)) {
            kept.extend_from_slice(run);
        }
    }
    kept
}

/// Whether the only dot of a run stands well apart from what is beside it.
fn stands_alone(words: &[Word], runs: &[&[usize]], k: usize) -> bool {
    let [dot] = runs[k] else { return false };
    let dot = &words[*dot];
    let far = |white: f32| white > 0.9 * dot.size;
    let left = k.checked_sub(1).and_then(|k| runs[k].last()).is_none_or(|&i| far(dot.area.x0 - words[i].area.x1));
    let right = runs.get(k + 1).and_then(|r| r.first()).is_none_or(|&i| far(words[i].area.x0 - dot.area.x1));
    left && right
}

fn dots(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '.' | '…' | '_' | '·'))
}
