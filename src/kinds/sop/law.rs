//! Legal bases as they are cited: `Peraturan Komisi Pemilihan Umum Nomor 14 Tahun 2020 tentang …`.

use crate::normalise::text;
use crate::tables::phrases::Phrases;

/// A regulation as cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Its type and issuer as printed: `Peraturan Komisi Pemilihan Umum`.
    pub form: String,
    /// Its number as printed: `14`, `197/PR.01.3-Kpt/01/KPU/IV/2020`.
    pub number: String,
    /// Its year; `None` where only the number holds it or nothing does.
    pub year: Option<u16>,
    /// What it is about; empty where that is not said.
    pub subject: String,
}

/// Reads citations by the words of the schemas, for those who put documents together.
#[derive(Debug)]
pub struct Laws(Phrases);

impl Laws {
    /// By the words of the schemas.
    #[must_use]
    pub fn new(schemas: &crate::model::Schemas) -> Self {
        Self(Phrases::new(schemas.kind("sop").map_or(&[][..], |k| &k.meanings)))
    }

    /// A citation, and the name that all spellings of its type share (`PKPU`, `Peraturan KPU`).
    #[must_use]
    pub fn read(&self, printed: &str) -> Option<(String, Citation)> {
        let citation = parse(printed, &self.0)?;
        let form = self.0.value("bentuk", &citation.form).map_or_else(|| text::key(&citation.form), str::to_owned);
        Some((form, citation))
    }
}

/// Reads one entry of a list; `None` where it does not begin like a regulation.
#[must_use]
pub fn parse(entry: &str, phrases: &Phrases) -> Option<Citation> {
    let entry = entry.trim();
    if !phrases.begins("peraturan", entry) {
        return None;
    }
    let words = text::words_at(entry);
    let nomor = words.iter().position(|w| matches!(w.text.as_str(), "NOMOR" | "NO" | "NOMER"));
    let Some(nomor) = nomor else {
        return Some(Citation { form: entry.to_owned(), number: String::new(), year: None, subject: String::new() });
    };
    let after = entry.get(words[nomor].at.end..)?.trim_start_matches(['.', ':', ' ', '\u{a0}']);
    let number: String = after.chars().take_while(|c| !c.is_whitespace()).collect();
    let tentang = words.iter().skip(nomor).position(|w| w.text == "TENTANG").map(|i| i + nomor);
    let tahun = words.iter().skip(nomor).take(8).position(|w| matches!(w.text.as_str(), "TAHUN" | "THN")).map(|i| i + nomor);
    let year = tahun.filter(|i| tentang.is_none_or(|t| *i < t)).and_then(|i| words.get(i + 1)).and_then(|w| w.text.parse().ok());
    let subject = tentang.and_then(|t| entry.get(words[t].at.end..)).map(str::trim).unwrap_or_default();
    Some(Citation {
        form: entry.get(..words[nomor].at.start)?.trim().to_owned(),
        number: number.trim_end_matches([',', ';', '.']).to_owned(),
        year: year.filter(|y| (1945..2100).contains(y)),
        subject: subject.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_have_type_number_year_and_subject() {
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        let said = |entry: &str| parse(entry, &phrases).map(|c| (c.form, c.number, c.year, c.subject));
        let of = |form: &str, number: &str, year, subject: &str| Some((form.into(), number.into(), year, subject.into()));
        assert_eq!(
            said("Peraturan Komisi Pemilihan Umum Nomor 8 Tahun 2019 tentang Tata Kerja"),
            of("Peraturan Komisi Pemilihan Umum", "8", Some(2019), "Tata Kerja")
        );
        assert_eq!(said("UU No. 7 Tahun 2017 tentang Pemilu"), of("UU", "7", Some(2017), "Pemilu"));
        assert_eq!(
            said("Keputusan KPU Nomor 197/PR.01.3-Kpt/01/KPU/IV/2020 tentang Renstra"),
            of("Keputusan KPU", "197/PR.01.3-Kpt/01/KPU/IV/2020", None, "Renstra")
        );
        assert_eq!(said("Undang-Undang Dasar 1945"), of("Undang-Undang Dasar 1945", "", None, ""));
        assert_eq!(said("Memahami tugas dan fungsi"), None);
    }
}
