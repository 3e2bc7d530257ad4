//! Dates of an SOP that stand in a sentence: `SOP ini dibuat pada tanggal 3 Mei 2024 dan berlaku sejak tanggal 9 Mei 2024`.

use crate::normalise::date;
use crate::tables::phrases::Phrases;

use super::checks::Fields;
use super::fields::Said;
use super::prose::{Line, goes_on};

/// Fields whose dates are looked for.
const DATES: [&str; 3] = ["tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif"];
/// Most lines of a sentence on paper.
const LINES: usize = 4;

/// Adds the dates that no label names: each is what the words right before it say.
pub(super) fn dates(said: &mut Fields, lines: &[Option<Line>], phrases: &Phrases) {
    for at in 0..lines.len() {
        let Some(line) = lines[at].as_ref() else { continue };
        let mut sentence = line.text.clone();
        let rest = (at + 1..lines.len().min(at + LINES)).map_while(|i| {
            lines[i].as_ref().filter(|l| goes_on(lines[i - 1].as_ref(), l, phrases) || broken(lines[i - 1].as_ref(), l))
        });
        for next in rest {
            sentence = format!("{sentence} {}", next.text);
        }
        let mut begin = 0;
        for (_, place) in date::find(&sentence) {
            let before = sentence.get(begin..place.start).unwrap_or_default();
            let field = DATES.into_iter().find(|f| phrases.within(&format!("kalimat:{f}"), before));
            if let Some(field) = field.filter(|f| !said.contains_key(f)) {
                let text = sentence.get(place.clone()).unwrap_or_default().to_owned();
                said.insert(field, Said { span: line.row.span(), origin: line.at, text });
            }
            begin = place.end;
        }
    }
}

/// Whether a line ends in the middle of a date that goes on in the next.
fn broken(above: Option<&Line>, line: &Line) -> bool {
    above.is_some_and(|a| a.text.ends_with(|c: char| c.is_alphanumeric() || c == ','))
        && !line.row.apart
        && line.counted.is_none()
        && !line.text.contains(':')
}
