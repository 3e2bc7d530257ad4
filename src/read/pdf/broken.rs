//! Words and figures that are too long for their cell: programs break them anywhere and go on in the next line, without a hyphen.

use std::collections::BTreeSet;

use super::geometry::Area;
use super::lines::{append, block_text, line_text, lines};
use super::tokens::figure;
use super::words::Word;

/// The words of a page that stand beside another one, in small letters: none of them is a piece of a broken one.
#[derive(Clone, Debug, Default)]
pub struct Lexicon(BTreeSet<String>);

impl Lexicon {
    /// Of these words.
    #[must_use]
    pub fn new(words: &[Word]) -> Self {
        let mut order: Vec<&Word> = words.iter().filter(|w| w.turned == 0).collect();
        order.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.area.x0.total_cmp(&b.area.x0)));
        let beside = |a: &Word, b: &Word| (a.base - b.base).abs() < 0.2 * a.size && b.area.x0 - a.area.x1 < 0.6 * a.size;
        let mut out = BTreeSet::new();
        for pair in order.windows(2).filter(|pair| beside(pair[0], pair[1])) {
            out.extend(pair.iter().map(|w| bare(&w.text)));
        }
        Self(out)
    }

    /// Whether lines that fill their cell are pieces of one word: the page knows it whole, or its end is too short to be a word of its own.
    /// `alone` is whether that end has its line to itself.
    fn one(&self, pieces: &[&str], alone: bool) -> bool {
        const SHORT: usize = 2;
        let known = |text: &str| self.0.contains(&bare(text));
        let end = |last: &&str| alone && last.chars().count() <= SHORT && !known(last);
        known(&pieces.concat()) || pieces.last().is_some_and(end)
    }
}

fn bare(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// The text of a cell with its broken words whole.
#[must_use]
pub fn cell_text(words: &[Word], held: &[usize], cell: &Area, lexicon: &Lexicon) -> String {
    let printed = lines(words, held.iter().copied().filter(|&i| words[i].turned == 0));
    let all = printed.iter().map(|l| l.words.len()).sum::<usize>() == held.len();
    let first = |k: usize| printed.get(k).and_then(|l| l.words.first()).map(|&i| &words[i]);
    let goes_on = |k: usize| {
        let alone = printed.get(k).is_some_and(|l| l.words.len() == 1);
        alone && first(k).zip(first(k + 1)).is_some_and(|(upper, lower)| broken(upper, lower, cell))
    };
    if !all || !(0..printed.len()).any(goes_on) {
        return block_text(words, held.iter().copied());
    }
    let mut text = String::new();
    let mut at = 0;
    while at < printed.len() {
        let pieces = |end: usize| (at..=end).filter_map(first).map(|w| w.text.as_str()).collect::<Vec<&str>>();
        let one = |end: &usize| {
            let (pieces, alone) = (pieces(*end), printed[*end].words.len() == 1);
            // Figures below each other may as well be two.
            let whole_cell = at == 0 && end + 1 == printed.len() && alone;
            if pieces.iter().all(|p| figure(p)) { whole_cell } else { lexicon.one(&pieces, alone) }
        };
        let reach = (at..printed.len()).find(|&k| !goes_on(k)).unwrap_or(at);
        let end = (at + 1..=reach).rev().find(one).unwrap_or(at);
        let rest = line_text(words, &printed[end]);
        let before = if end > at { pieces(end - 1).concat() } else { String::new() };
        append(&mut text, &(before + &rest));
        at = end + 1;
    }
    text
}

/// Whether the upper of two lines fills its cell to the last character and the lower one may go on with it.
fn broken(upper: &Word, lower: &Word, cell: &Area) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a few characters")]
    let each = |w: &Word| w.area.width() / w.text.chars().count().max(1) as f32;
    let character = each(upper).max(each(lower));
    let pad = (upper.area.x0 - cell.x0).min(cell.x1 - upper.area.x1).max(0.0);
    let full = cell.width() - upper.area.width() - 2.0 * pad < 1.15 * character;
    let figures = figure(&upper.text) && figure(&lower.text) && upper.text.chars().count() > 1;
    let letters = |w: &Word| w.text.chars().any(char::is_alphabetic);
    let loud = |w: &Word| letters(w) && !w.text.chars().any(char::is_lowercase);
    let small = lower.text.starts_with(char::is_lowercase) && upper.text.ends_with(char::is_lowercase);
    full && (figures || small || loud(upper) && loud(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x: f32, y: f32) -> Word {
        #[expect(clippy::cast_precision_loss, reason = "a few characters")]
        let width = 5.0 * text.chars().count() as f32;
        let area = Area::new(x, y, x + width, y + 10.0);
        Word { text: text.to_owned(), area, base: y + 8.0, size: 10.0, turned: 0, runs: (0, 0), reach: 0.42 }
    }

    #[test]
    fn broken_words_are_whole_and_wrapped_ones_stay_two() {
        // Beside each other on the page: so none of these is a piece.
        let mut words: Vec<Word> = [("Dasar", 200.0), ("Hukum", 228.0), ("dan", 256.0), ("konsep", 274.0)]
            .into_iter()
            .map(|(t, x)| word(t, x, 10.0))
            .collect();
        let from = words.len();
        words.extend(
            ["Kas", "ubb", "ag", "Huk", "um", "dan"].iter().zip(0..6_u8).map(|(t, k)| word(t, 2.0, 100.0 + 12.0 * f32::from(k))),
        );
        let held: Vec<usize> = (from..words.len()).collect();
        let lexicon = Lexicon::new(&words);
        let narrow = Area::new(0.0, 90.0, 19.0, 200.0);
        assert_eq!(cell_text(&words, &held, &narrow, &lexicon), "Kasubbag Hukum dan");
        let wide = Area::new(0.0, 90.0, 60.0, 200.0);
        assert_eq!(cell_text(&words, &held, &wide, &lexicon), "Kas ubb ag Huk um dan", "there was room");
        let two = [words[0].clone(), words[3].clone(), word("Konsep", 2.0, 100.0), word("diparaf", 2.0, 112.0)];
        let lexicon = Lexicon::new(&[words.clone(), two.to_vec()].concat());
        assert_eq!(cell_text(&two, &[2, 3], &Area::new(0.0, 90.0, 36.0, 130.0), &lexicon), "Konsep diparaf");
    }
}
