//! Rounds of the same headings (`L P Jumlah L P Jumlah`) in columns so narrow that the last of one round runs into the first of the next.

use super::tokens::Row;
use super::words::Word;

/// Fewest texts of a line that may repeat itself.
const FEWEST: usize = 4;

/// Parts texts of a line of headings that are two others of the same line.
pub fn part_rounds(row: &mut Row, words: &[Word]) {
    if row.tokens.len() < FEWEST || row.tokens.iter().any(|t| t.numeric) {
        return;
    }
    let said = |own: &[usize]| own.iter().map(|&i| words[i].text.as_str()).collect::<Vec<_>>();
    let mut at = 0;
    while at < row.tokens.len() {
        let token = &row.tokens[at];
        let alone = |own: &[usize]| row.tokens.iter().any(|t| said(&t.words) == said(own));
        let cut = (1..token.words.len()).find(|&k| alone(&token.words[..k]) && alone(&token.words[k..]));
        let parts = cut.and_then(|k| Some([token.part(&token.words[..k], words)?, token.part(&token.words[k..], words)?]));
        if let Some(parts) = parts {
            row.tokens.splice(at..=at, parts);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::lines::lines;
    use crate::read::pdf::tokens::{Token, row};

    #[test]
    fn headings_that_run_together_part_where_both_stand_alone_in_the_line() {
        let texts = |said: &[(&str, f32)]| {
            let words: Vec<Word> = said.iter().map(|(t, x)| Word::sample(t, *x, 100.0, 10.0)).collect();
            let all = lines(&words, 0..words.len());
            let row = row(&words, &all[0]).unwrap();
            let text = |t: &Token| t.words.iter().map(|&i| words[i].text.as_str()).collect::<Vec<_>>().join(" ");
            row.tokens.iter().map(text).collect::<Vec<_>>().join("|")
        };
        let line = [("Lk", 40.0), ("Pr", 100.0), ("Jumlah", 160.0), ("Lk", 193.0), ("Pr", 240.0), ("Jumlah", 300.0)];
        assert_eq!(texts(&line), "Lk|Pr|Jumlah|Lk|Pr|Jumlah");
        let line = [("Nama", 40.0), ("Desa", 63.0), ("Lk", 140.0), ("Pr", 180.0), ("Jumlah", 240.0)];
        assert_eq!(texts(&line), "Nama Desa|Lk|Pr|Jumlah");
    }
}
