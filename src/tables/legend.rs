//! Short signs that a note explains: `MD = Meninggal Dunia; GD = Ganda`, `A : Pemilih awal`. A heading that is such a sign says what the note
//! says.

use std::collections::BTreeMap;

use super::words::{Dimension, Said, Vocabulary};

/// Longer signs are words.
const LONGEST: usize = 6;

/// What parts one explained sign from the next in a line.
const CUTS: [char; 3] = [';', ',', '\n'];

/// What the signs of some texts mean, by the sign in capitals. A sign that two notes explain differently means nothing.
#[must_use]
pub fn legend<'t>(texts: impl Iterator<Item = &'t str>, vocabulary: &Vocabulary) -> BTreeMap<String, Said> {
    let mut found: BTreeMap<String, Option<Said>> = BTreeMap::new();
    for text in texts.filter(|t| t.contains(['=', ':', '.', ')'])) {
        for (sign, means) in text.split(CUTS).filter_map(explained) {
            let said = vocabulary.read(means);
            let told = |d: Dimension| said.tells(d);
            if said.unknown == 0 && (told(Dimension::Measure) || told(Dimension::Reason)) {
                let known = found.entry(sign).or_insert_with(|| Some(said.clone()));
                if known.as_ref() != Some(&said) {
                    *known = None;
                }
            }
        }
    }
    // One pair alone is a line of a form (`TMS : 12`), not a legend.
    let signs: BTreeMap<String, Said> = found.into_iter().filter_map(|(sign, said)| Some((sign, said?))).collect();
    if signs.len() < 2 { BTreeMap::new() } else { signs }
}

/// `MD = Meninggal Dunia`, `a. Ganda`: the sign and its meaning; words before the sign (`Ket: MD = …`) are no part of it.
fn explained(part: &str) -> Option<(String, &str)> {
    let listed = || part.split_once(['.', ')']).filter(|(sign, _)| sign.trim().chars().count() == 1);
    let (left, means) = part.split_once('=').or_else(|| part.split_once(':')).or_else(listed)?;
    let last = left.rsplit([':', ' ']).find(|w| !w.trim().is_empty())?;
    let bare = last.trim().trim_matches(['(', ')', '.', '*']);
    let short = !bare.is_empty() && bare.chars().count() <= LONGEST && bare.chars().all(char::is_alphanumeric);
    let alone = left.trim() == last.trim() || left.contains(':');
    (short && alone && means.chars().any(char::is_alphabetic)).then(|| (bare.to_uppercase(), means))
}

/// The sign that a heading may be: `A`, `(3)`.
#[must_use]
pub fn sign(text: &str) -> String {
    text.trim().trim_matches(['(', ')', '.', '*']).to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::Meaning;

    fn vocabulary() -> Vocabulary {
        let meaning = Meaning::sample;
        Vocabulary::new(&[
            meaning("alasan:meninggal", &["meninggal dunia"]),
            meaning("alasan:ganda", &["ganda"]),
            meaning("ukuran:awal", &["pemilih awal"]),
            meaning("ukuran:pemilih", &["pemilih"]),
            meaning("total", &["jumlah"]),
        ])
    }

    fn signs(texts: &[&str]) -> Vec<String> {
        legend(texts.iter().copied(), &vocabulary()).into_keys().collect()
    }

    #[test]
    fn signs_are_read_one_a_line_or_several_in_one() {
        assert_eq!(signs(&["Ket: MD = Meninggal Dunia; GD = Ganda"]), ["GD", "MD"]);
        assert_eq!(signs(&["a. Meninggal Dunia", "b. Ganda", "c. Lihat lampiran"]), ["A", "B"]);
        assert_eq!(signs(&["A = Jumlah pemilih awal", "B : Ganda", "1 = Meninggal dunia"]), ["1", "A", "B"]);
    }

    #[test]
    fn what_is_no_legend_explains_nothing() {
        assert!(signs(&["Pemilih awal : 1.234", "Ganda : 5"]).is_empty(), "figures");
        assert!(signs(&["MD = Meninggal Dunia"]).is_empty(), "one alone");
        assert!(signs(&["A = Ganda", "A = Meninggal Dunia", "B = Ganda"]).is_empty(), "two meanings");
        assert!(signs(&["A = Ganda", "B = sudah dicermati"]).is_empty(), "words nobody knows");
    }
}
