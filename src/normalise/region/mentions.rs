//! Provinces and kab/kota named anywhere in a longer text: titles, letterheads, file names.

use std::ops::Range;

use crate::model::{Level, Region};
use crate::normalise::text::{self, Word};

use super::Regions;
use super::index::{self, Rank};
use super::printed::{self, Kind};

/// How surely a text speaks of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// A code without points, or one that no name stands beside.
    Code,
    /// The bare name, which may as well be a town, a surname or a common word; or one of two namesakes.
    Bare,
    /// The name behind an office (`KPU Malang`) or beside its own code.
    Office,
    /// The name behind its level word (`Kab. Malang`, `Provinsi Riau`).
    Typed,
}

/// A region named in a text. Where two regions share the printed name, both are mentioned, at the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Province or kab/kota.
    pub region: Region,
    /// Byte range of the name, or of the code, in the text.
    pub at: Range<usize>,
    /// How surely.
    pub strength: Strength,
}

/// Most words of a name, level words aside (`Daerah Khusus Ibukota Jakarta`, `Ogan Komering Ulu Selatan`, joined parts cut in two).
const LONGEST: usize = 6;

/// What stands before a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Office,
    Province,
    Kabkota(Kind),
    /// A level word below kab/kota: what follows is somebody else's name.
    Lower,
}

impl Regions {
    /// Every province and kab/kota that the text names, in the order of the text. Longer names win over those they contain.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let words = text::words_at(text);
        let mut out = self.codes_in(text);
        let mut i = 0;
        while i < words.len() {
            match self.name_at(&words, i) {
                Some((len, found)) => {
                    out.extend(found);
                    i += len;
                }
                None => i += 1,
            }
        }
        confirm_codes(&mut out);
        out.sort_by_key(|m| (m.at.start, m.region));
        out
    }

    /// The longest name that begins with word `i`: how many words it has and whose it is.
    fn name_at(&self, words: &[Word], i: usize) -> Option<(usize, Vec<Mention>)> {
        for len in (1..=LONGEST.min(words.len() - i)).rev() {
            let texts: Vec<&str> = words[i..i + len].iter().map(|w| w.text.as_str()).collect();
            let at = words[i].at.start..words[i + len - 1].at.end;
            let (key, glued) = (printed::compact(&texts), len == 1);
            let mut found = self.named(&key, before(words, i), &at);
            if found.is_empty() && glued {
                found = self.glued(&key, &at);
            }
            if !found.is_empty() {
                return Some((len, found));
            }
        }
        None
    }

    /// `KabBaritoSelatan`, as file names write it.
    fn glued(&self, key: &str, at: &Range<usize>) -> Vec<Mention> {
        let words = [Level::Provinsi, Level::Kabkota].map(printed::level_words);
        for (word, kind) in words[0].iter().chain(words[1]) {
            let before = if *kind == Kind::Any { Before::Province } else { Before::Kabkota(*kind) };
            if let Some(rest) = key.strip_prefix(word).filter(|r| r.len() >= 4) {
                let found = self.named(rest, before, at);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// All that bear the name, as far as the words before it allow.
    fn named(&self, key: &str, before: Before, at: &Range<usize>) -> Vec<Mention> {
        let mut regions = Vec::new();
        let ranks: &[Rank] = if before == Before::Nothing && key.len() < 4 { &[Rank::Own] } else { &[Rank::Own, Rank::Alias] };
        for level in [Level::Provinsi, Level::Kabkota] {
            let allowed = match before {
                Before::Lower => false,
                Before::Province => level == Level::Provinsi,
                Before::Kabkota(_) => level == Level::Kabkota,
                Before::Nothing | Before::Office => true,
            };
            let Some((layer, index)) = self.index(level).filter(|_| allowed) else {
                continue;
            };
            let fits = |place: &usize| match before {
                Before::Kabkota(kind) => kind == Kind::Any || index::kind(layer, *place) == kind,
                _ => true,
            };
            let found = index.find(key, &(0..layer.codes().len()), ranks);
            regions.extend(found.into_iter().filter(fits).map(|place| layer.codes()[place]));
        }
        let strength = match before {
            Before::Province | Before::Kabkota(_) if regions.len() == 1 => Strength::Typed,
            Before::Office if regions.len() == 1 => Strength::Office,
            _ => Strength::Bare,
        };
        regions.into_iter().map(|region| Mention { region, at: at.clone(), strength }).collect()
    }

    /// Codes of provinces and kab/kota, or of regions within them, down to the kab/kota.
    fn codes_in(&self, text: &str) -> Vec<Mention> {
        let bytes = text.as_bytes();
        let is_code = |b: &u8| b.is_ascii_digit() || *b == b'.';
        let mut out = Vec::new();
        let mut i = 0;
        while i < bytes.len() {
            let len = bytes[i..].iter().take_while(|b| is_code(b)).count();
            if len == 0 {
                i += 1;
                continue;
            }
            let run = text[i..i + len].trim_matches('.');
            let start = i + text[i..i + len].find(run).unwrap_or(0);
            let code = printed::code(run).filter(|c| c.dotted || run.len() == 4).filter(|c| self.knows(c.region));
            out.extend(code.map(|code| Mention {
                region: code.region.up_to(Level::Kabkota),
                at: start..start + run.len(),
                strength: Strength::Code,
            }));
            i += len;
        }
        out
    }
}

/// A code beside a mention of the same region makes the name certain: `62.04 Barito Selatan`.
fn confirm_codes(mentions: &mut [Mention]) {
    let mut codes: Vec<Region> = mentions.iter().filter(|m| m.strength == Strength::Code).map(|m| m.region).collect();
    codes.sort_unstable();
    for mention in mentions.iter_mut().filter(|m| m.strength == Strength::Bare) {
        if codes.binary_search(&mention.region).is_ok() {
            mention.strength = Strength::Office;
        }
    }
}

/// What the word before a name says about it.
fn before(words: &[Word], i: usize) -> Before {
    let word = |back: usize| i.checked_sub(back).map_or("", |j| words[j].text.as_str());
    let (mut last, mut second) = (word(1), word(2));
    if matches!(last, "ADMINISTRASI" | "ADM") {
        (last, second) = (second, word(3));
    }
    let kabkota = |w: &str| printed::level_words(Level::Kabkota).iter().find(|(l, _)| *l == w).map(|(_, kind)| *kind);
    let is = |level, w: &str| printed::level_words(level).iter().any(|(l, _)| *l == w);
    if let Some(kind) = kabkota(last) {
        // "Kab/Kota Kediri" says neither; "Kabupaten/Kota : Kab. Kediri" is a form's label before a name that says which.
        let both = kabkota(second).is_some_and(|other| other != kind) && kabkota(word(3)).is_none();
        return Before::Kabkota(if both { Kind::Any } else { kind });
    }
    if is(Level::Provinsi, last) {
        Before::Province
    } else if is(Level::Kecamatan, last) || is(Level::Desa, last) {
        Before::Lower
    } else if matches!(last, "KPU" | "KIP" | "UMUM" | "PEMILIHAN" | "SEKRETARIAT" | "SATKER") {
        Before::Office
    } else {
        Before::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::super::trials::regions;
    use super::*;

    fn mentions(text: &str) -> Vec<(String, &str, Strength)> {
        regions().mentions(text).into_iter().map(|m| (m.region.to_string(), &text[m.at], m.strength)).collect()
    }

    #[test]
    fn one_region_in_many_texts() {
        for (text, code, printed, strength) in [
            ("KPU KABUPATEN BARITO SELATAN", "62.04", "BARITO SELATAN", Strength::Typed),
            ("KPU Prov. Kalimantan Tengah", "62", "Kalimantan Tengah", Strength::Typed),
            ("Sekretariat KPU Kota Palu", "72.71", "Palu", Strength::Typed),
            ("KABUPATEN  :  BARITO SELATAN", "62.04", "BARITO SELATAN", Strength::Typed),
            ("MODEL A REKAP PDPB Kab. Barito Selatan TW III 2025.xlsx", "62.04", "Barito Selatan", Strength::Typed),
            ("PDPB_KabBaritoSelatan_TW3.xlsx", "62.04", "KabBaritoSelatan", Strength::Typed),
            ("KPU BARITO SELATAN", "62.04", "BARITO SELATAN", Strength::Office),
            ("KOMISI PEMILIHAN UMUM BARITO SELATAN", "62.04", "BARITO SELATAN", Strength::Office),
            ("Rekap Barito Selatan", "62.04", "Barito Selatan", Strength::Bare),
            ("Kabupaten Toli - Toli", "72.04", "Toli - Toli", Strength::Typed),
            ("KPU Kabupaten Malang", "35.07", "Malang", Strength::Typed),
            ("KABUPATEN/KOTA : KAB. KEDIRI", "35.06", "KEDIRI", Strength::Typed),
            ("KOTA ADMINISTRASI JAKARTA BARAT", "31.73", "JAKARTA BARAT", Strength::Typed),
            ("KIP Kabupaten Aceh Barat Daya", "11.12", "Aceh Barat Daya", Strength::Typed),
            ("KPU PROVINSI PAPUA BARAT DAYA", "96", "PAPUA BARAT DAYA", Strength::Typed),
            ("KABUPATEN KOTA BARU", "63.02", "KOTA BARU", Strength::Typed),
            ("DPT KOTA PADANG SIDEMPUAN", "12.77", "PADANG SIDEMPUAN", Strength::Typed),
            ("Provinsi Gorontalo", "75", "Gorontalo", Strength::Typed),
            ("BA/63/PK.01/6204/2025", "62.04", "6204", Strength::Code),
            ("Wilayah 62.04.02 saja", "62.04", "62.04.02", Strength::Code),
        ] {
            assert_eq!(mentions(text), [(code.to_owned(), printed, strength)], "{text}");
        }
    }

    #[test]
    fn a_code_confirms_the_name_beside_it() {
        let found = mentions("62.04 Barito Selatan");
        assert_eq!(found[0], ("62.04".into(), "62.04", Strength::Code));
        assert_eq!(found[1], ("62.04".into(), "Barito Selatan", Strength::Office));
        assert_eq!(mentions("62.05 Barito Selatan")[1].2, Strength::Bare);
    }

    #[test]
    fn namesakes_are_both_mentioned() {
        let malang = [("35.07".to_owned(), "Malang", Strength::Bare), ("35.73".to_owned(), "Malang", Strength::Bare)];
        assert_eq!(mentions("KPU Malang"), malang);
        assert_eq!(mentions("Kabupaten/Kota Malang"), malang);
        let jambi: Vec<_> = mentions("Jambi").into_iter().map(|m| m.0).collect();
        assert_eq!(jambi, ["15", "15.71"]);
    }

    #[test]
    fn what_names_no_region_is_not_mentioned() {
        for text in [
            "",
            "Kecamatan Malang",
            "Desa Banjar",
            "REKAPITULASI DAFTAR PEMILIH TETAP",
            "Kabupaten/Kota",
            "TRIWULAN III TAHUN 2025",
            "12.05.2025",
            "1.234.567",
            "pukul 10.30",
            "KOTA BARITO SELATAN",
            "NIP 198204062010011001",
        ] {
            assert_eq!(mentions(text), [], "{text}");
        }
    }
}
