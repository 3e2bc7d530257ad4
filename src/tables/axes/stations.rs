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

/// Numbers that fall again and again, and not to the first: no list of stations runs like this, whatever its heading says.
pub(super) fn scattered(numbers: &[Option<u32>]) -> bool {
    const FEWEST: usize = 4;
    let known: Vec<u32> = numbers.iter().copied().flatten().collect();
    let falls = known.windows(2).filter(|w| w[1] < w[0] && w[1] > 1).count();
    known.len() >= FEWEST && falls * 4 > known.len()
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
    fn counts_below_a_heading_for_numbers_are_scattered() {
        let numbers = |n: &[u32]| n.iter().copied().map(Some).collect::<Vec<_>>();
        assert!(scattered(&numbers(&[122, 108, 88, 92, 115, 107, 131, 120])));
        assert!(!scattered(&numbers(&[1, 2, 3, 1, 2, 1, 2, 3, 4])), "stations, desa by desa");
        assert!(!scattered(&numbers(&[3, 3, 7, 7, 12, 12, 1, 1])), "some of them, two rows each");
    }

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
