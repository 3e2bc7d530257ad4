//! Folding of printed text, so that spelling habits do not count: case, accents, spaces, quotes, punctuation.
//!
//! Every comparison of printed words goes through [`key`]; nothing is ever compared as it was printed.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded word and where it stands in the text it was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Letters and digits in upper case, without accents; never empty.
    pub text: String,
    /// Byte range in the printed text.
    pub at: Range<usize>,
}

/// What becomes of one printed character.
enum Folded {
    /// It belongs to a word.
    Kept,
    /// It vanishes without parting the word: apostrophes, zero-width characters, soft hyphens.
    Nothing,
    /// It parts words.
    Gap,
}

/// What numbers a column, without the signs around it: `3` of `(3)`, `[3]`, `3.`, `3)`, and `-3-`.
#[must_use]
pub fn ordinal(text: &str) -> &str {
    let text = text.trim();
    let dashed = |dash| text.strip_prefix(dash)?.strip_suffix(dash);
    let bare = dashed('-').or_else(|| dashed('–')).unwrap_or(text);
    bare.trim_matches(['(', ')', '[', ']', '{', '}', ' ']).trim_end_matches('.')
}

/// The text as comparisons see it: words in upper case without accents or apostrophes, one space between them.
/// `key("Jum'at ,  LAKI - Laki")` is `JUMAT LAKI LAKI`.
#[must_use]
pub fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        match class(c) {
            Folded::Nothing => {}
            Folded::Gap => gap = true,
            Folded::Kept => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                fold(c, &mut out);
            }
        }
    }
    out
}

/// The words of [`key`].
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    if !text.is_ascii() {
        return words_at(text).into_iter().map(|w| w.text).collect();
    }
    runs(text).map(|at| folded(&text[at])).collect()
}

/// The words of an ASCII text, which nearly all of what is printed is: where they stand.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + bytes[from..].iter().position(u8::is_ascii_alphanumeric)?;
        let inside = |b: &u8| b.is_ascii_alphanumeric() || is_quote(*b);
        let end = bytes[start..].iter().position(|b| !inside(b)).map_or(bytes.len(), |length| start + length);
        from = end;
        let quotes = bytes[start..end].iter().rev().take_while(|b| is_quote(**b)).count();
        Some(start..end - quotes)
    })
}

/// A word of an ASCII text as comparisons see it.
fn folded(word: &str) -> String {
    if word.bytes().any(is_quote) {
        return word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    }
    word.to_ascii_uppercase()
}

/// The quotes of ASCII, which fold to nothing.
const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'\'' | b'`')
}

/// The words of [`key`], each with its place in `text`.
#[must_use]
pub fn words_at(text: &str) -> Vec<Word> {
    if text.is_ascii() {
        return runs(text).map(|at| Word { text: folded(&text[at.clone()]), at }).collect();
    }
    let mut out: Vec<Word> = Vec::new();
    let mut open = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        match class(c) {
            Folded::Nothing => {}
            Folded::Gap => open = false,
            Folded::Kept => {
                if !open {
                    out.push(Word { text: String::new(), at: start..end });
                    open = true;
                }
                if let Some(word) = out.last_mut() {
                    fold(c, &mut word.text);
                    word.at.end = end;
                }
            }
        }
    }
    out.retain(|w| !w.text.is_empty());
    out
}

/// The text as one may print it again: any run of white space is one space, nothing invisible, no blank at either end; case and
/// punctuation stay.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Characters that are not seen on paper: zero-width spaces and joiners, byte order marks, soft hyphens, direction marks.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Whether the second of two folded words is the first with one letter left out, added, changed, or swapped with its neighbour.
#[must_use]
pub fn one_slip(word: &str, printed: &str) -> bool {
    if word.len().abs_diff(printed.len()) > 1 || word == printed {
        return false;
    }
    if !word.is_ascii() || !printed.is_ascii() {
        return strsim::osa_distance(word, printed) == 1;
    }
    // Asked for every word of every cell: what is equal at both ends falls away, and what is left tells.
    let (a, b) = (word.as_bytes(), printed.as_bytes());
    let before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[before..], &b[before..]);
    let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - behind], &b[..b.len() - behind]) {
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// Apostrophes and what stands in for them.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‛' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | '\u{FF07}')
}

fn class(c: char) -> Folded {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => Folded::Kept,
            '\'' | '`' => Folded::Nothing,
            _ => Folded::Gap,
        };
    }
    if is_apostrophe(c) || is_invisible(c) || is_combining_mark(c) {
        Folded::Nothing
    } else if c.is_alphanumeric() {
        Folded::Kept
    } else {
        Folded::Gap
    }
}

fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_uppercase());
    } else {
        let plain = std::iter::once(c).nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_uppercase);
        out.extend(plain.filter(|c| c.is_alphanumeric()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_of_spelling_do_not_count() {
        for (printed, folded) in [
            ("  Kab.  Toli-Toli ", "KAB TOLI TOLI"),
            ("MA\u{2019}RANG", "MARANG"),
            ("Ma`rang", "MARANG"),
            ("Ma'rang", "MARANG"),
            ("LAKI - LAKI", "LAKI LAKI"),
            ("Dusun\u{a0}Hilir\u{200b}", "DUSUN HILIR"),
            ("\u{feff}Kumai*)", "KUMAI"),
            ("Café", "CAFE"),
            ("Cafe\u{301}", "CAFE"),
            ("ＫＵＭＡＩ", "KUMAI"),
            ("Triwulan Ⅲ", "TRIWULAN III"),
            ("L + P", "L P"),
            ("\u{201c}Kota\u{201d}", "KOTA"),
            ("", ""),
            ("*) -- \u{a0}", ""),
            ("'A' ` 'b`c'd", "A BCD"),
        ] {
            assert_eq!(key(printed), folded, "{printed:?}");
            assert_eq!(words(printed).join(" "), folded, "{printed:?}");
        }
        assert_ne!(key("Kumai"), key("Kumae"));
    }

    #[test]
    fn words_know_their_place() {
        let text = "«Ma’rang», Triwulan III";
        let found: Vec<_> = words_at(text).into_iter().map(|w| (w.text, &text[w.at])).collect();
        assert_eq!(found, [("MARANG".into(), "Ma’rang"), ("TRIWULAN".into(), "Triwulan"), ("III".into(), "III")]);
    }

    #[test]
    fn one_slip_is_one_letter_or_one_swap() {
        let words =
            ["", "A", "AB", "BA", "AAB", "ABA", "ABAB", "BABA", "TRIWULAN", "TRIWULN", "TRIWUALN", "TIRWULNA", "TRIWULANX", "É"];
        for a in words {
            for b in words {
                let within = a.len().abs_diff(b.len()) <= 1;
                assert_eq!(one_slip(a, b), within && strsim::osa_distance(a, b) == 1, "{a} {b}");
            }
        }
    }

    #[test]
    fn cleaning_keeps_what_is_seen() {
        assert_eq!(clean("\u{feff} Kec.\u{a0} Dusun\n\tHilir \u{200b}"), "Kec. Dusun Hilir");
        assert_eq!(clean("Ma'rang"), "Ma'rang");
        assert_eq!(clean(" \u{a0}\n"), "");
    }
}
