//! Regulations that the SOPs of a batch cite differently: another year of the same number, another number under the same subject, another
//! subject of the same regulation. One of them is a slip or an older rule; which one nobody but the offices can say.

use std::collections::{BTreeMap, BTreeSet};

use crate::consolidate::Entry;
use crate::consolidate::rows::{accepted, rows};
use crate::consolidate::setting::Setting;
use crate::kinds::sop::law::{Citation, Laws};
use crate::normalise::text;

/// Citations that contradict each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disagreement {
    /// What they disagree in, in one sentence.
    pub says: String,
    /// Each way of citing, as first printed, with the numbers of the entries that use it.
    pub versions: Vec<(String, Vec<usize>)>,
}

/// One way of citing a regulation.
struct Version {
    form: String,
    citation: Citation,
    printed: String,
    entries: BTreeSet<usize>,
}

/// All disagreements among accepted SOPs, in the order of the regulations' names.
pub fn disagreements(entries: &[Entry], setting: &Setting) -> Vec<Disagreement> {
    let laws = Laws::new(setting.schemas);
    let versions: Vec<Version> = versions(entries, &laws).into_values().collect();
    let mut out = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (i, first) in versions.iter().enumerate() {
        if taken.contains(&i) {
            continue;
        }
        let rivals: Vec<usize> = (i + 1..versions.len()).filter(|&j| contradicts(first, &versions[j]).is_some()).collect();
        let Some(says) = rivals.first().and_then(|&j| contradicts(first, &versions[j])) else { continue };
        taken.extend(&rivals);
        let all = std::iter::once(first).chain(rivals.iter().map(|&j| &versions[j]));
        let versions = all.map(|v| (v.printed.clone(), v.entries.iter().copied().collect())).collect();
        out.push(Disagreement { says: format!("{} Nomor {}: {says}", first.citation.form, first.citation.number), versions });
    }
    out
}

/// Different citations by form, number, year and subject.
fn versions(entries: &[Entry], laws: &Laws) -> BTreeMap<(String, String, Option<u16>, String), Version> {
    let mut out: BTreeMap<(String, String, Option<u16>, String), Version> = BTreeMap::new();
    for (number, entry) in accepted(entries, "sop") {
        for row in rows(number, entry, "sop") {
            for printed in row.records.text(row.row, "dasar_hukum").unwrap_or_default().lines() {
                let Some((form, citation)) = laws.read(printed).filter(|(_, c)| !c.number.is_empty()) else { continue };
                let key = (form.clone(), text::key(&citation.number), citation.year, text::key(&citation.subject));
                let version = || Version { form, citation, printed: printed.to_owned(), entries: BTreeSet::new() };
                out.entry(key).or_insert_with(version).entries.insert(number);
            }
        }
    }
    out
}

/// What two citations of one kind of regulation disagree in; `None` where they can both be right.
fn contradicts(a: &Version, b: &Version) -> Option<&'static str> {
    if a.form != b.form {
        return None;
    }
    let number = text::key(&a.citation.number) == text::key(&b.citation.number);
    let years = (a.citation.year, b.citation.year);
    let (year, other_year) = (years.0 == years.1, years.0.is_some() && years.1.is_some() && years.0 != years.1);
    let (first, second) = (&a.citation.subject, &b.citation.subject);
    match alike(first, second) {
        Some(true) if number && other_year => Some("nomor dan judul yang sama dikutip dengan tahun yang berbeda"),
        Some(true) if !number && year && years.0.is_some() => Some("judul dan tahun yang sama dikutip dengan nomor yang berbeda"),
        Some(false) if number && year && years.0.is_some() => Some("nomor dan tahun yang sama dikutip dengan judul yang berbeda"),
        _ => None,
    }
}

/// Whether two subjects are the same but for spelling and length; `None` where one is not said.
fn alike(a: &str, b: &str) -> Option<bool> {
    let words = |text: &str| -> BTreeSet<String> { text::words(text).into_iter().filter(|w| w.len() > 3).collect() };
    let (a, b) = (words(a), words(b));
    let fewer = a.len().min(b.len());
    (fewer > 0).then(|| a.intersection(&b).count() * 10 >= fewer * 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(printed: &str) -> Version {
        let (form, citation) = Laws::new(&crate::schemas::builtin().unwrap()).read(printed).unwrap();
        Version { form, citation, printed: printed.to_owned(), entries: BTreeSet::new() }
    }

    #[test]
    fn citations_contradict_in_one_thing_only() {
        let says = |a: &str, b: &str| contradicts(&version(a), &version(b)).is_some();
        let sotk = "Peraturan KPU Nomor 14 Tahun 2020 tentang Tugas, Fungsi, Susunan Organisasi, dan Tata Kerja Sekretariat";
        for (other, expected) in [
            ("PKPU No. 14 Tahun 2022 tentang Tugas, Fungsi, Susunan Organisasi, dan Tata Kerja", true),
            (
                "Peraturan Komisi Pemilihan Umum Nomor 15 Tahun 2020 tentang Tugas, Fungsi, Susunan Organisasi, dan Tata Kerja",
                true,
            ),
            ("PKPU Nomor 14 Tahun 2020 tentang Pemutakhiran Data Pemilih Berkelanjutan", true),
            ("PKPU Nomor 14 Tahun 2020 tentang Tugas Fungsi Susunan Organisasi dan Tata Kerja Sekretariat", false),
            ("PKPU Nomor 14 Tahun 2020", false),
            ("Undang-Undang Nomor 14 Tahun 2022 tentang Tugas, Fungsi, Susunan Organisasi, dan Tata Kerja", false),
            ("PKPU Nomor 8 Tahun 2019 tentang Tata Kerja KPU", false),
        ] {
            assert_eq!(says(sotk, other), expected, "{other}");
        }
    }
}
