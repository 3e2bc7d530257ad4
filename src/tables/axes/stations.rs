//! Columns that number polling stations, as against those that count them.

use crate::tables::words::Dimension;

use super::Label;

/// `007`: no count is written like this.
pub(super) fn zero_padded(text: &str) -> bool {
    let text = text.trim();
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

/// A column headed TPS that counts 1, 2, 3 and starts over: numbers of stations, not how many there are. On a later page it goes on with
/// any number: then most are `padded`, or there are many.
pub(super) fn station_numbers(stack: &[Label], numbers: &[Option<u32>], first: bool, padded: bool) -> bool {
    let Some(last) = stack.last() else { return false };
    let headed = last.said.tells(Dimension::Level) && !last.said.tells(Dimension::Total);
    let known: Vec<u32> = numbers.iter().copied().flatten().collect();
    let goes_on = known.windows(2).filter(|w| w[1] == w[0] + 1 || w[1] == 1).count();
    let begins = known.first() == Some(&1) || padded || known.len() >= LONG_RUN;
    headed && (known.len() >= 2 || first || padded) && begins && goes_on * 10 >= known.len().saturating_sub(1) * 9
}

/// So many numbers in a row that go up by one are no counts, wherever they begin.
const LONG_RUN: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;
    use crate::model::schema::Meaning;
    use crate::tables::words::Vocabulary;

    #[test]
    fn numbers_of_stations_go_up_and_start_over_wherever_a_page_begins() {
        let vocabulary = Vocabulary::new(&[Meaning::sample("tingkat:tps", &["tps"])]);
        let said = vocabulary.read("TPS");
        let stack = [Label { text: "TPS", said: &said, origin: Origin::new(0, 0, 3), carried: false }];
        let numbers = |n: &[u32]| n.iter().copied().map(Some).collect::<Vec<_>>();
        let stations = |n: &[u32], padded: bool| station_numbers(&stack, &numbers(n), false, padded);
        assert!(stations(&[1, 2, 3, 1, 2], false), "from the first");
        assert!(stations(&[4, 5, 1, 2], true), "written 004");
        assert!(stations(&[15, 16, 17, 18, 19, 1, 2, 3], false), "a whole page");
        assert!(!stations(&[4, 5, 6], false), "three desa with so many stations each");
        assert!(!stations(&[8, 5, 13, 4, 7, 6, 11, 9], false), "counts");
    }
}
