//! Words as they are printed: letters spaced out for show, words parted at the end of a line, remarks in brackets.

/// `K E C A M A T A N` → `KECAMATAN`: letters spaced out for show, words parted by wider gaps. `None` for ordinary text.
pub(super) fn unspaced(text: &str) -> Option<String> {
    let spaced = text.split_whitespace().all(|w| w.chars().count() == 1 && w.chars().all(char::is_alphabetic));
    if !spaced || text.split_whitespace().nth(1).is_none() {
        return None;
    }
    let words = text.trim().split("  ").filter(|w| !w.trim().is_empty());
    let joined: Vec<String> = words.map(|w| w.split_whitespace().collect()).collect();
    Some(joined.join(" "))
}

/// `KECA-⏎MATAN` → `KECAMATAN`, `LAKI-⏎LAKI` as it is: a word parted at the end of a line is joined where fewer words are `unknown` then.
/// `None` where nothing is.
pub(super) fn rejoined(text: &str, unknown: impl Fn(&str) -> u16) -> Option<String> {
    let mut current = text.to_owned();
    let mut from = 0;
    while let Some(at) = current.get(from..).and_then(|rest| rest.find('-')).map(|i| from + i) {
        let rest = current[at + 1..].trim_start();
        let joined = format!("{}{rest}", &current[..at]);
        if rest.starts_with(char::is_alphabetic) && unknown(&joined) + 1 < unknown(&current) {
            current = joined;
            from = at;
        } else {
            from = at + 1;
        }
    }
    (current != text).then_some(current)
}

/// The words as texts, in each of which two neighbours are one. None for a sentence, whose words nobody puts together.
pub(super) fn joined(words: &[String]) -> impl Iterator<Item = String> {
    let last = if (3..=LONGEST_BROKEN).contains(&words.len()) { words.len() - 1 } else { 0 };
    (0..last).map(|at| [words[..at].join(" "), words[at..at + 2].concat(), words[at + 2..].join(" ")].join(" "))
}

/// Longer texts are sentences.
const LONGEST_BROKEN: usize = 8;

/// What stands outside brackets, and what stands in each.
pub(super) fn brackets(text: &str) -> (String, Vec<&str>) {
    let mut outside = String::with_capacity(text.len());
    let mut inside = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let Some(length) = rest[open..].find(')') else { break };
        outside.push_str(&rest[..open]);
        outside.push(' ');
        inside.push(&rest[open + 1..open + length]);
        rest = &rest[open + length + 1..];
    }
    outside.push_str(rest);
    (outside, inside)
}

/// A stretch of a text that stands in no bracket, or, with its brackets, one that fills them alone. `None` for a part of what they hold.
pub(super) fn out_of_brackets(text: &str, at: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let before = text.get(..at.start)?;
    let Some(open) = before.rfind('(').filter(|&open| !before[open..].contains(')')) else { return Some(at) };
    let close = at.end + text.get(at.end..)?.find(')')?;
    (text[open + 1..close].trim() == text[at].trim()).then_some(open..close + 1)
}

/// `(+)`, `(−)`, `[-]`: a sign that is all a text says, as a word. A bare minus is a dash, and says nothing.
pub(super) fn lone_sign(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let inside = text.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']')).trim();
    match inside {
        "+" => Some("PLUS"),
        "-" | "\u{2212}" | "\u{2013}" | "\u{2014}" if inside.len() < text.len() => Some("MINUS"),
        _ => None,
    }
}

/// `II. TANAH SIANG` → `TANAH SIANG`: the name behind a roman number, a letter or digits with a point or bracket.
#[must_use]
pub fn unnumbered(name: &str) -> Option<&str> {
    let (mark, rest) = name.trim_start().split_once(['.', ')'])?;
    let numbers = mark.len() <= 5 && !mark.is_empty() && mark.chars().all(|c| c.is_ascii_digit() || "IVXLC".contains(c));
    let letter = mark.len() == 1 && mark.chars().all(char::is_alphabetic);
    (numbers || letter).then_some(rest.trim())
}

/// `@ Rp`, `Harga @`: the sign that parts a price of one from that of all, as a word. It joins the halves of an address elsewhere.
pub(super) fn each(text: &str) -> Option<String> {
    let (before, behind) = text.split_once('@')?;
    let address = before.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric);
    (!address).then(|| format!("{before} MASING2 {behind}"))
}

#[cfg(test)]
mod tests {
    use super::{each, lone_sign};

    #[test]
    fn a_sign_in_brackets_is_a_word_and_a_bare_dash_is_none() {
        assert_eq!(
            [lone_sign("(+)"), lone_sign("+"), lone_sign("( \u{2212} )"), lone_sign("[-]")],
            [Some("PLUS"), Some("PLUS"), Some("MINUS"), Some("MINUS")]
        );
        assert!(["-", "(+/-)", "", "()", "a"].iter().all(|text| lone_sign(text).is_none()));
    }

    #[test]
    fn the_sign_for_each_is_a_word_and_the_one_in_an_address_is_none() {
        assert_eq!(each("@ Rp").as_deref().map(str::trim), Some("MASING2  Rp"));
        assert!(each("Harga @").is_some_and(|spelt| spelt.trim_end().ends_with("MASING2")));
        assert_eq!([each("kpu@kpu.go.id"), each("Harga")], [None, None]);
    }
}
