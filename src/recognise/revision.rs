//! Which revision a document says it is: `rev2`, `perbaikan ke-2`, `FIX`.

use super::glance::{Role, Seen};
use crate::model::schema::Recognition;
use crate::model::{Evidence, Schemas};
use crate::normalise::{date, number, text};

/// Highest revision number believed; above it a number is a day, a year or a register.
const MOST: u32 = 20;

/// The revision that the file name or a title declares, with its evidence; 0 where nothing is said.
pub(super) fn revision(seen: &[Seen], schemas: &Schemas) -> (u32, Option<Evidence>) {
    let words = Words::new(&schemas.recognition);
    let mut best: (u32, Option<&Seen>) = (0, None);
    for piece in seen {
        let declared = match piece.role {
            Role::File | Role::Folder => words.in_name(&piece.words),
            // A title says it in brackets or as a line of its own; anywhere else the words speak of figures ("perbaikan data").
            Role::Title => {
                bracketed(&piece.text).chain([piece.text.as_str()]).map(|t| words.alone(&text::words(t))).max().unwrap_or(0)
            }
            _ => 0,
        };
        if declared > best.0 {
            best = (declared, Some(piece));
        }
    }
    let evidence = best.1.map(|piece| Evidence {
        about: "revision".to_owned(),
        value: best.0.to_string(),
        span: piece.span,
        words: super::shortened(&piece.text),
    });
    (best.0, evidence)
}

/// The parts of a line that stand in brackets.
fn bracketed(line: &str) -> impl Iterator<Item = &str> {
    line.split(['(', '[']).skip(1).map(|part| part.split([')', ']']).next().unwrap_or_default())
}

/// The words of the schema, folded.
struct Words {
    any: Vec<String>,
    numbered: Vec<String>,
    before: Vec<String>,
}

impl Words {
    fn new(schema: &Recognition) -> Self {
        let folded = |list: &[String]| list.iter().map(|w| text::key(w)).collect();
        Self { any: folded(&schema.revision), numbered: folded(&schema.numbered), before: folded(&schema.no_revision) }
    }

    /// The highest revision that a file or folder name declares.
    fn in_name(&self, words: &[String]) -> u32 {
        let declared = (0..words.len()).filter(|&i| i == 0 || !self.before.contains(&words[i - 1]));
        declared.filter_map(|i| self.at(words, i).map(|(n, _)| n)).max().unwrap_or(0)
    }

    /// The revision that these words declare if they say nothing else.
    fn alone(&self, words: &[String]) -> u32 {
        let mut best = 0;
        let mut i = 0;
        while i < words.len() {
            let Some((n, taken)) = self.at(words, i) else { return 0 };
            best = best.max(n);
            i += taken;
        }
        best
    }

    /// A declaration that begins at word `i`: which revision, and how many words it takes.
    fn at(&self, words: &[String], i: usize) -> Option<(u32, usize)> {
        let word = words[i].as_str();
        if let Some(glued) = self.any.iter().find_map(|w| word.strip_prefix(w.as_str()).and_then(small)) {
            return Some((glued, 1));
        }
        if !self.any.iter().any(|w| w == word) {
            return None;
        }
        // "ke-2" and "ke 2" fold to two words, "ke2" to one.
        let (at, ke) = match words.get(i + 1).map(String::as_str) {
            Some("KE") => (i + 2, 1),
            _ => (i + 1, 0),
        };
        let number = words.get(at).and_then(|w| small(w.strip_prefix("KE").unwrap_or(w)).or_else(|| number::roman(w)));
        let is_date = words.get(at + 1).is_some_and(|w| date::month(w).is_some());
        match number.filter(|n| !is_date && (1..=MOST).contains(n)) {
            Some(n) => Some((n, 2 + ke)),
            None if self.numbered.iter().any(|w| w == word) => None,
            None => Some((1, 1)),
        }
    }
}

/// A number from 1 to [`MOST`].
fn small(word: &str) -> Option<u32> {
    word.parse().ok().filter(|n| (1..=MOST).contains(n) && word.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::super::glance::glance;
    use super::super::sample::{document, sheet};
    use super::*;
    use crate::schemas;

    fn declared(path: &str, title: &str) -> u32 {
        let document = document(vec![sheet("Rekap", &[&[title], &["No", "Kecamatan", "L", "P"]])]);
        revision(&glance(&document, path), &schemas::builtin().unwrap()).0
    }

    #[test]
    fn names_and_bracketed_titles_declare_revisions() {
        for (path, title, expected) in [
            ("62.04/PDPB_TW III 2025_revisi.xlsx", "", 1),
            ("62.04/PDPB rev2.xlsx", "", 2),
            ("62.04/PDPB TW III perbaikan ke-2.xlsx", "", 2),
            ("62.04/PDPB FIX.xlsx", "", 1),
            ("62.04/PDPB revisi II.xlsx", "", 2),
            ("62.04/PDPB_v3_FINAL (1).xlsx", "", 3),
            ("perbaikan 2/PDPB.xlsx", "", 2),
            ("PDPB.xlsx", "REKAPITULASI PDPB TRIWULAN III 2025 (PERBAIKAN KE-2)", 2),
            ("PDPB.xlsx", "REVISI 3", 3),
        ] {
            assert_eq!(declared(path, title), expected, "{path} {title}");
        }
    }

    #[test]
    fn other_uses_of_the_words_declare_none() {
        for (path, title) in [
            ("PDPB TW III (2).xlsx", ""),
            ("PDPB.xlsx", "JUMLAH PERBAIKAN DATA PEMILIH"),
            ("PDPB.xlsx", "TANGGAL REVISI"),
            ("Pagu Revisi 2025.xlsx", ""),
            ("DPS Hasil Perbaikan.xlsx", ""),
            ("Data v.xlsx", ""),
            ("Rekap PDPB TW III 2025.xlsx", "PAGU REVISI"),
        ] {
            assert_eq!(declared(path, title), 0, "{path} {title}");
        }
        assert_eq!(declared("PDPB revisi 3 Oktober 2025.xlsx", ""), 1, "a date is no number of a revision");
    }
}
