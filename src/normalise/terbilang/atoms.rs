//! Printed words → the smallest parts of number words: `DUARATUS` is two and hundred.

use super::text;

/// One part of a number word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Atom {
    /// `nol`.
    Zero,
    /// `satu` … `sembilan`.
    Digit(u8),
    /// `se-`: one, before a unit.
    Se,
    /// `belas`.
    Teen,
    /// `puluh`.
    Ten,
    /// `ratus`.
    Hundred,
    /// `ribu`, `juta`, `miliar`, `triliun`, by their power of ten.
    Scale(u8),
    /// `koma`.
    Point,
}

/// Spellings, the standard one first for each part.
const SPELLED: [(&str, Atom); 27] = [
    ("NOL", Atom::Zero),
    ("SATU", Atom::Digit(1)),
    ("DUA", Atom::Digit(2)),
    ("TIGA", Atom::Digit(3)),
    ("EMPAT", Atom::Digit(4)),
    ("LIMA", Atom::Digit(5)),
    ("ENAM", Atom::Digit(6)),
    ("TUJUH", Atom::Digit(7)),
    ("DELAPAN", Atom::Digit(8)),
    ("SEMBILAN", Atom::Digit(9)),
    ("SE", Atom::Se),
    ("BELAS", Atom::Teen),
    ("PULUH", Atom::Ten),
    ("RATUS", Atom::Hundred),
    ("RIBU", Atom::Scale(3)),
    ("JUTA", Atom::Scale(6)),
    ("MILIAR", Atom::Scale(9)),
    ("MILYAR", Atom::Scale(9)),
    ("MILLIAR", Atom::Scale(9)),
    ("MILYARD", Atom::Scale(9)),
    ("TRILIUN", Atom::Scale(12)),
    ("TRILYUN", Atom::Scale(12)),
    ("TRILLIUN", Atom::Scale(12)),
    ("TRILIYUN", Atom::Scale(12)),
    ("DLAPAN", Atom::Digit(8)),
    ("SAMBILAN", Atom::Digit(9)),
    ("KOMA", Atom::Point),
];

/// Words longer than any number printed without spaces are none.
const LONGEST: usize = 160;

/// The parts of a folded word, if it consists of nothing else.
pub fn atoms(word: &str) -> Option<Vec<Atom>> {
    let bytes = word.as_bytes();
    if !(2..=LONGEST).contains(&bytes.len()) {
        return None;
    }
    // For every place the part that begins there in some division of the rest; from the end, so that no choice is taken back.
    let mut first: Vec<Option<(usize, Atom)>> = vec![None; bytes.len()];
    for at in (0..bytes.len()).rev() {
        let fits = |(spelling, _): &&(&str, Atom)| {
            let end = at + spelling.len();
            bytes[at..].starts_with(spelling.as_bytes()) && (end == bytes.len() || first[end].is_some())
        };
        first[at] = SPELLED.iter().find(fits).map(|(spelling, atom)| (at + spelling.len(), *atom));
    }
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (end, atom) = first[at]?;
        out.push(atom);
        at = end;
    }
    Some(out)
}

/// Number words that are printed as one and long enough for a slip of one letter to be told from another word.
const WHOLE: [(&str, &[Atom]); 12] = [
    ("SEPULUH", &[Atom::Se, Atom::Ten]),
    ("SEBELAS", &[Atom::Se, Atom::Teen]),
    ("SERATUS", &[Atom::Se, Atom::Hundred]),
    ("SERIBU", &[Atom::Se, Atom::Scale(3)]),
    ("EMPAT", &[Atom::Digit(4)]),
    ("TUJUH", &[Atom::Digit(7)]),
    ("DELAPAN", &[Atom::Digit(8)]),
    ("SEMBILAN", &[Atom::Digit(9)]),
    ("BELAS", &[Atom::Teen]),
    ("PULUH", &[Atom::Ten]),
    ("RATUS", &[Atom::Hundred]),
    ("MILIAR", &[Atom::Scale(9)]),
];

/// Four letters, where a slip still leaves only one word that can be meant.
const SHORT: [(&str, &[Atom]); 6] = [
    ("SATU", &[Atom::Digit(1)]),
    ("TIGA", &[Atom::Digit(3)]),
    ("LIMA", &[Atom::Digit(5)]),
    ("ENAM", &[Atom::Digit(6)]),
    ("RIBU", &[Atom::Scale(3)]),
    ("JUTA", &[Atom::Scale(6)]),
];

/// The parts of a word with one wrong letter, where exactly one number word can be meant.
pub fn meant(word: &str) -> Option<Vec<Atom>> {
    let mut fitting = WHOLE.iter().chain(&SHORT).filter(|(spelling, _)| text::one_slip(spelling, word));
    let (_, atoms) = fitting.next()?;
    fitting.next().is_none().then(|| atoms.to_vec())
}
