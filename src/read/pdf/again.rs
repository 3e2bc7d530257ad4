//! Headings said again between the rows of one page: they stand in the same cells as the first time, whatever stands above and below.

use std::ops::Range;

use super::tokens::Row;
use super::words::Word;

/// Fewest words of a heading that is looked for.
const FEWEST: usize = 4;
/// Most lines more than the heading had the first time.
const MORE: usize = 3;

/// The lines among `rows` that say nothing but the words of the heading, all of them, wherever its lines break.
#[must_use]
pub fn said_again(words: &[Word], heading: &[Row], rows: &[Row]) -> Vec<Range<usize>> {
    let said = |rows: &[Row]| {
        let mut all: Vec<&str> =
            rows.iter().flat_map(|r| &r.tokens).flat_map(|t| &t.words).map(|&i| words[i].text.as_str()).collect();
        all.sort_unstable();
        all
    };
    let whole = said(heading);
    let begins = |r: &Row| r.tokens.iter().flat_map(|t| &t.words).all(|&i| whole.binary_search(&words[i].text.as_str()).is_ok());
    let (mut found, mut at) = (Vec::new(), 0);
    while whole.len() >= FEWEST && at < rows.len() {
        let lines = (1..=heading.len() + MORE).take_while(|n| at + n <= rows.len() && begins(&rows[at]));
        let same = lines.map(|n| at..at + n).find(|lines| said(&rows[lines.clone()]).len() >= whole.len());
        match same.filter(|lines| said(&rows[lines.clone()]) == whole) {
            Some(lines) => {
                at = lines.end;
                found.push(lines);
            }
            None => at += 1,
        }
    }
    found
}
