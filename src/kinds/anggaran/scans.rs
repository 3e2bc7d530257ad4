//! Calculations behind the descriptions of a scan: `[4 PKT]` also comes as `(4 PKT)`, `(4 PKT` or `(4 PKTJ`. What the row's own quantity
//! confirms gets the square brackets that others of the document have.

use std::collections::BTreeMap;

use crate::model::Grid;
use crate::normalise::number::Style;

use super::factors;
use super::lines::Line;

/// Puts the brackets back where the calculation at the end of a description comes to the quantity of its row, in a document that has square
/// brackets around one in four.
pub fn brackets(lines: &mut [Line], grids: &[Grid], style: Style) {
    let scanned = |line: &Line| grids.get(usize::from(line.span.from.grid)).is_some_and(|g| g.scanned);
    let found = |(at, line): (usize, &Line)| calculation(line, style).filter(|_| scanned(line)).map(|c| (at, c));
    let calculations: Vec<(usize, Calculation)> = lines.iter().enumerate().filter_map(found).collect();
    let square = lines.iter().filter(|l| scanned(l)).filter_map(|l| factors::bracketed(l.words()));
    let whole = calculations.iter().map(|(_, c)| c.inside.as_str());
    let (mut traces, mut known) = (0, BTreeMap::<String, usize>::new());
    for (inside, trace) in square.map(|text| (text, 1)).chain(whole.map(|text| (text, 0))) {
        traces += trace;
        *known.entry(last_word(inside).to_owned()).or_default() += 1;
    }
    if traces == 0 || traces * 3 < calculations.len() {
        return;
    }
    for (at, Calculation { words, inside }) in &calculations {
        if let Some(text) = &mut lines[*at].text {
            text.text = format!("{words} [{}]", without_bracket(inside, &known));
        }
    }
}

/// A calculation at the end of a description.
struct Calculation {
    /// What stands before it.
    words: String,
    /// Without its brackets.
    inside: String,
}

/// The longest end of a description that is a calculation with units and comes to the quantity of its row.
fn calculation(line: &Line, style: Style) -> Option<Calculation> {
    let [volume] = line.volumes.as_slice() else { return None };
    let text = line.words().trim();
    if text.contains('[') {
        return None;
    }
    let starts = text.char_indices().filter(|&(at, c)| c.is_ascii_digit() && text[..at].ends_with([' ', '(']));
    let mut ends = starts.map(|(at, _)| (at, text[at..].trim_end_matches([')', ']', ' '])));
    let comes_to = |inside: &str| inside.ends_with(char::is_alphabetic) && factors::product(inside, style) == Some(volume.value);
    let (at, inside) = ends.find(|(_, inside)| comes_to(inside))?;
    let before = text[..at].trim_end();
    let words = before.trim_end_matches(['(', ' ']);
    (!words.is_empty()).then(|| Calculation { words: words.to_owned(), inside: inside.to_owned() })
}

/// `1 KEGJ` is `1 KEG` with its bracket, where more calculations of the document end in `KEG`.
fn without_bracket<'a>(inside: &'a str, known: &BTreeMap<String, usize>) -> &'a str {
    let count = |word: &str| known.get(word).copied().unwrap_or(0);
    match inside.strip_suffix(LIKE_A_BRACKET) {
        Some(bare) if count(last_word(bare)) > count(last_word(inside)) => bare,
        _ => inside,
    }
}

/// Letters as which a closing bracket is recognised.
const LIKE_A_BRACKET: [char; 5] = ['J', 'I', 'l', 'j', 'i'];

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::anggaran::lines::{Number, Words};
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;
    use crate::model::{Origin, Span};

    fn line(text: &str, volume: f64) -> Line {
        let at = Origin::new(0, 0, 0);
        let number = Number { value: volume, at, raw: volume.to_string() };
        let text = Some(Words { text: text.to_owned(), at });
        Line { text, volumes: vec![number], ..Line::empty(Span::from(at)) }
    }

    fn read(lines: &[(&str, f64)], scanned: bool) -> Vec<String> {
        let mut lines: Vec<Line> = lines.iter().map(|(text, volume)| line(text, *volume)).collect();
        let mut grid = GridBuilder::new("p1", Place::Delimited).finish();
        grid.scanned = scanned;
        brackets(&mut lines, &[grid], Style::Indonesian);
        lines.iter().map(|l| l.words().to_owned()).collect()
    }

    const SCAN: [(&str, f64); 5] = [
        ("ATK Kegiatan [4 PKT]", 4.0),
        ("Konsumsi Rapat [48 ORG x 6 KEG]", 288.0),
        ("Narasumber Eselon II 1 ORG x 3 JAM x 1 KEG", 3.0),
        ("Penginapan (2 ORG x 3 HR x 1 KEGJ", 6.0),
        ("Moderator 1 ORG x 3 OJ", 3.0),
    ];

    #[test]
    fn calculations_that_the_quantity_confirms_get_their_brackets_back() {
        let expected = [
            "ATK Kegiatan [4 PKT]",
            "Konsumsi Rapat [48 ORG x 6 KEG]",
            "Narasumber Eselon II [1 ORG x 3 JAM x 1 KEG]",
            "Penginapan [2 ORG x 3 HR x 1 KEG]",
            "Moderator [1 ORG x 3 OJ]",
        ];
        assert_eq!(read(&SCAN, true), expected);
    }

    #[test]
    fn nothing_is_touched_without_a_confirmation_a_trace_or_a_scan() {
        let other = [("Gaji [14 BLN]", 14.0), ("Sewa 2 unit (4 PKT)", 5.0), ("4 PKT", 4.0)];
        assert_eq!(read(&other, true), other.map(|(text, _)| text), "another quantity, no words");
        assert_eq!(read(&SCAN, false), SCAN.map(|(text, _)| text));
        let round = [("Kertas (4 RIM)", 4.0), ("Tinta 3 BOTOL", 3.0)];
        assert_eq!(read(&round, true), round.map(|(text, _)| text), "no square brackets in this document");
    }
}
