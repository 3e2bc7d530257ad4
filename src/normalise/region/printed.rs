//! A printed name taken apart: code, ordinal, office words, level words, the name proper.
//!
//! The words listed here are language (how Indonesian names the levels and abbreviates compass points), not wording of any form.

use std::borrow::Cow;

use crate::model::{Level, Region};
use crate::normalise::{number, text};

/// What kind of region the printed words say it is, where two regions may share a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    Kabupaten,
    Kota,
    Desa,
    Kelurahan,
}

/// One reading of a printed name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) words: Vec<String>,
    pub(super) kind: Kind,
}

/// All readings of a printed name, the most literal first, and the code printed beside it.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) forms: Vec<Form>,
    pub(super) code: Option<Code>,
}

/// A region code within the text; one without dots may as well be a BPS code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) region: Region,
    pub(super) dotted: bool,
}

const OFFICE: &[&[&str]] = &[
    &["KPU"],
    &["KIP"],
    &["KOMISI", "PEMILIHAN", "UMUM"],
    &["KOMISI", "INDEPENDEN", "PEMILIHAN"],
    &["SEKRETARIAT"],
    &["SATKER"],
    &["SATUAN", "KERJA"],
    &["PPK"],
    &["PPS"],
    // "Kota Administrasi": the word behind the level word says nothing that the level word does not.
    &["ADMINISTRASI"],
    &["ADM"],
];

/// The words that may stand before a name of this level, with what they say about it.
pub(super) const fn level_words(level: Level) -> &'static [(&'static str, Kind)] {
    match level {
        Level::Provinsi => &[("PROVINSI", Kind::Any), ("PROV", Kind::Any), ("PROPINSI", Kind::Any), ("PROP", Kind::Any)],
        Level::Kabkota => &[
            ("KABUPATEN", Kind::Kabupaten),
            ("KAB", Kind::Kabupaten),
            ("KOTA", Kind::Kota),
            ("KOTAMADYA", Kind::Kota),
            ("KODYA", Kind::Kota),
        ],
        Level::Kecamatan => &[
            ("KECAMATAN", Kind::Any),
            ("KEC", Kind::Any),
            ("DISTRIK", Kind::Any),
            ("KAPANEWON", Kind::Any),
            ("KEMANTREN", Kind::Any),
        ],
        Level::Desa => &[
            ("DESA", Kind::Desa),
            ("DS", Kind::Desa),
            ("KELURAHAN", Kind::Kelurahan),
            ("KEL", Kind::Kelurahan),
            ("KALURAHAN", Kind::Desa),
            ("NAGARI", Kind::Any),
            ("NAG", Kind::Any),
            ("GAMPONG", Kind::Any),
            ("GP", Kind::Any),
            ("KAMPUNG", Kind::Any),
            ("KP", Kind::Any),
            ("PEKON", Kind::Any),
            ("TIYUH", Kind::Any),
            ("DUSUN", Kind::Any),
            ("LEMBANG", Kind::Any),
            ("NEGERI", Kind::Any),
            ("OHOI", Kind::Any),
        ],
        Level::Nasional | Level::Tps => &[],
    }
}

const ADMINISTRATIVE: [&str; 2] = ["ADMINISTRASI", "ADM"];

/// Abbreviations that have one meaning within names of places.
const SHORT_FOR: &[(&str, &str)] = &[
    ("BR", "BARAT"),
    ("BRT", "BARAT"),
    ("BTG", "BATANG"),
    ("GG", "GANG"),
    ("GN", "GUNUNG"),
    ("GNG", "GUNUNG"),
    ("GP", "GAMPONG"),
    ("KEP", "KEPULAUAN"),
    ("KP", "KAMPUNG"),
    ("LBK", "LUBUK"),
    ("LBH", "LEMBAH"),
    ("MNS", "MEUNASAH"),
    ("PD", "PADANG"),
    ("PDG", "PADANG"),
    ("PEG", "PEGUNUNGAN"),
    ("PERK", "PERKEBUNAN"),
    ("PKL", "PANGKALAN"),
    ("SEI", "SUNGAI"),
    ("SEL", "SELATAN"),
    ("SIMP", "SIMPANG"),
    ("SP", "SIMPANG"),
    ("TANJ", "TANJUNG"),
    ("TENG", "TENGAH"),
    ("TGH", "TENGAH"),
    ("TIM", "TIMUR"),
    ("TJ", "TANJUNG"),
    ("TJG", "TANJUNG"),
    ("TLK", "TELUK"),
    ("UJ", "UJUNG"),
    ("UT", "UTARA"),
    ("UTR", "UTARA"),
];

const NUMBER_WORDS: [&str; 10] = ["SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN", "SEPULUH"];

/// Longest cell, in bytes, that may be the name of a region.
const LONGEST: usize = 200;

impl Printed {
    pub(super) fn new(printed: &str, level: Level) -> Self {
        if printed.len() > LONGEST {
            return Self { forms: Vec::new(), code: None };
        }
        let (rest, code) = without_code(printed);
        let mut words = text::words(&rest);
        if has_footnote(&rest) && words.len() > 1 {
            words.pop();
        }
        let plain = without_ordinal(&words);
        let mut others = without_level(&words, level);
        if plain.len() < words.len() {
            others.push(Form { words: plain.to_vec(), kind: Kind::Any });
            others.extend(without_level(plain, level));
        }
        others.extend(with_trailing_kind(plain, level));
        let mut forms = Vec::with_capacity(others.len() + 1);
        for form in std::iter::once(Form { words, kind: Kind::Any }).chain(others) {
            if !form.words.is_empty() && !forms.contains(&form) {
                forms.push(form);
            }
        }
        Self { forms, code }
    }
}

/// The name of a kab/kota without its type: `Kota Administrasi Jakarta Pusat` → `Jakarta Pusat`.
pub(super) fn without_type(name: &str) -> &str {
    let after = |name: &'_ str, words: &[&str]| {
        let (first, rest) = name.split_once(' ')?;
        words.contains(&text::key(first).as_str()).then_some(rest.len())
    };
    let cut = |len: usize| &name[name.len() - len..];
    let rest = after(name, &["KABUPATEN", "KOTA"]).map_or(name, cut);
    if rest.len() == name.len() { name } else { after(rest, &ADMINISTRATIVE).map_or(rest, cut) }
}

/// Words end to end, as keys compare them; a point keeps two numbers apart (`1. 1 Ulu` is not `11 Ulu`).
pub(super) fn compact<S: AsRef<str>>(words: &[S]) -> String {
    let mut out = String::with_capacity(24);
    for word in words {
        let word = word.as_ref();
        if out.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
            out.push('.');
        }
        out.push_str(word);
    }
    out
}

/// The same words with abbreviations written out and numbers in digits.
pub(super) fn spelled_out(words: &[String]) -> Vec<String> {
    let one = |word: &String| {
        if let Some(n) = numeral(word).or_else(|| number_word(word)) {
            return n.to_string();
        }
        let long = SHORT_FOR.iter().find(|(short, _)| short == word);
        long.map_or_else(|| word.clone(), |(_, long)| (*long).to_owned())
    };
    words.iter().map(one).collect()
}

/// The value of a word that is a number in digits, or roman and below forty.
pub(super) fn numeral(word: &str) -> Option<u32> {
    if word.bytes().all(|b| b.is_ascii_digit()) { word.parse().ok() } else { number::roman(word) }
}

/// The value of a number word up to ten.
pub(super) fn number_word(word: &str) -> Option<u32> {
    NUMBER_WORDS.iter().position(|w| *w == word).and_then(|i| u32::try_from(i + 1).ok())
}

/// The name without office words, without the first level word behind them, and so on as long as such words stand there; at least
/// one word stays. Each step is a reading of its own: `Desa Kampung Baru` may be Kampung Baru or Baru.
pub(super) fn without_level(words: &[String], level: Level) -> Vec<Form> {
    let mut rest = words;
    let mut said: Option<Kind> = None;
    let mut steps = Vec::new();
    while rest.len() > 1 {
        if let Some(office) = OFFICE.iter().find(|o| rest.len() > o.len() && rest.iter().zip(**o).all(|(a, b)| a == b)) {
            rest = &rest[office.len()..];
        } else if let Some((_, kind)) = level_words(level).iter().find(|(w, _)| *w == rest[0]).filter(|_| steps.len() < 3) {
            rest = &rest[1..];
            // "Kab/Kota" says neither.
            said = Some(if said.is_some_and(|before| before != *kind) { Kind::Any } else { *kind });
        } else {
            break;
        }
        steps.push(Form { words: rest.to_vec(), kind: said.unwrap_or(Kind::Any) });
    }
    steps
}

/// `Bogor (Kota)`, `MALANG, KAB.`: the type behind the name.
fn with_trailing_kind(words: &[String], level: Level) -> Option<Form> {
    let (last, rest) = words.split_last()?;
    let (_, kind) = level_words(level).iter().find(|(w, _)| w == last)?;
    (level == Level::Kabkota && !rest.is_empty()).then(|| Form { words: rest.to_vec(), kind: *kind })
}

fn without_ordinal(words: &[String]) -> &[String] {
    match words {
        [first, rest @ ..] if !rest.is_empty() && first.len() <= 4 && first.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => words,
    }
}

/// `Kumai 1)`: a number that only a closing bracket follows.
fn has_footnote(text: &str) -> bool {
    let Some(body) = text.trim_end().strip_suffix(')') else {
        return false;
    };
    body.ends_with(|c: char| c.is_ascii_digit()) && !body.contains('(')
}

/// Takes the first region code out of the text, and superscript footnote marks.
fn without_code(printed: &str) -> (Cow<'_, str>, Option<Code>) {
    let text: Cow<str> =
        if printed.is_ascii() { printed.into() } else { printed.chars().filter(|c| !is_superscript(*c)).collect() };
    let mut start = 0;
    while let Some(offset) = text[start..].find(|c: char| c.is_ascii_digit()) {
        let from = start + offset;
        let len = text[from..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len() - from);
        let run = text[from..from + len].trim_end_matches('.');
        let glued = text[..from].ends_with(char::is_alphanumeric) || text[from + len..].starts_with(char::is_alphanumeric);
        if let Some(code) = code(run).filter(|_| !glued || run.contains('.')) {
            let rest = format!("{} {}", &text[..from], &text[from + len..]);
            return (rest.into(), Some(code));
        }
        start = from + len;
    }
    (text, None)
}

/// A run of digits and points that is a region code of four digits or more.
pub(super) fn code(run: &str) -> Option<Code> {
    let region: Region = run.parse().ok()?;
    (region.level() >= Level::Kabkota).then(|| Code { region, dotted: run.contains('.') })
}

const fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(printed: &str, level: Level) -> Vec<(String, Kind)> {
        Printed::new(printed, level).forms.iter().map(|f| (f.words.join(" "), f.kind)).collect()
    }

    fn last(printed: &str, level: Level) -> (String, Kind) {
        forms(printed, level).pop().unwrap()
    }

    #[test]
    fn the_literal_form_comes_first_and_level_words_are_remembered() {
        assert_eq!(
            forms("KPU Kab. Bogor", Level::Kabkota),
            [("KPU KAB BOGOR".into(), Kind::Any), ("KAB BOGOR".into(), Kind::Any), ("BOGOR".into(), Kind::Kabupaten)]
        );
        for (printed, level, name, kind) in [
            ("Kota Adm. Jakarta Barat", Level::Kabkota, "JAKARTA BARAT", Kind::Kota),
            ("SEKRETARIAT KPU KOTA PALU", Level::Kabkota, "PALU", Kind::Kota),
            ("Komisi Independen Pemilihan Kabupaten Bireuen", Level::Kabkota, "BIREUEN", Kind::Kabupaten),
            ("Kab/Kota Bogor", Level::Kabkota, "BOGOR", Kind::Any),
            ("Bogor (Kota)", Level::Kabkota, "BOGOR", Kind::Kota),
            ("1. Kumai", Level::Kecamatan, "KUMAI", Kind::Any),
            ("(Kumai)", Level::Kecamatan, "KUMAI", Kind::Any),
            ("Kumai *)", Level::Kecamatan, "KUMAI", Kind::Any),
            ("Kumai 1)", Level::Kecamatan, "KUMAI", Kind::Any),
            ("Kumai¹", Level::Kecamatan, "KUMAI", Kind::Any),
            ("12) Kec. Kumai", Level::Kecamatan, "KUMAI", Kind::Any),
            ("Kel. Baru", Level::Desa, "BARU", Kind::Kelurahan),
            ("Kelurahan", Level::Desa, "KELURAHAN", Kind::Any),
        ] {
            assert_eq!(last(printed, level), (name.into(), kind), "{printed}");
        }
        assert_eq!(last("Sungai Raya 2", Level::Desa).0, "SUNGAI RAYA 2");
    }

    #[test]
    fn codes_are_taken_out() {
        for (printed, code, dotted) in [
            ("62.04.05 Dusun Hilir", "62.04.05", true),
            ("[62.04.05] Dusun Hilir", "62.04.05", true),
            ("Dusun Hilir (62.04.05)", "62.04.05", true),
            ("62.04.05. Dusun Hilir", "62.04.05", true),
            ("6204051001 - Dusun Hilir", "62.04.05.1001", false),
        ] {
            let taken = Printed::new(printed, Level::Kecamatan);
            assert_eq!(taken.code, Some(Code { region: code.parse().unwrap(), dotted }), "{printed}");
            assert_eq!(taken.forms[0].words.join(" "), "DUSUN HILIR", "{printed}");
        }
        for printed in ["1. Kumai", "12 Kumai", "Kumai 123", "Kumai 2.5", "SP 4"] {
            assert_eq!(Printed::new(printed, Level::Kecamatan).code, None, "{printed}");
        }
    }

    #[test]
    fn numbers_stay_apart_and_abbreviations_are_written_out() {
        let spelled = |t: &str| compact(&spelled_out(&text::words(t)));
        assert_eq!(compact(&text::words("1. 1 Ulu")), "1.1ULU");
        assert_eq!(spelled("Sei. Raya II"), spelled("Sungai Raya 2"));
        assert_eq!(spelled("Tj. Dua"), "TANJUNG2");
        assert_eq!(spelled("Uj. Pandang"), "UJUNGPANDANG");
        assert_ne!(spelled("Raya II"), spelled("Raya III"));
        for (printed, name) in [("Gp. Neusu Jaya", "NEUSU JAYA"), ("Nag. Tiku Utara", "TIKU UTARA"), ("Kp. Tiku", "TIKU")] {
            let forms = Printed::new(printed, Level::Desa).forms;
            assert!(forms.iter().any(|form| form.words.join(" ") == name), "{printed}");
        }
    }
}
