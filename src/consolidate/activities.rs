//! Which activity of the office a line of a budget or an indicator belongs to.

use crate::model::activity::Activity;

use super::iku::{fits, longest};
use crate::normalise::text;

/// The activity of a budget line: by its code, among several by its words too; else by its words alone.
#[must_use]
pub fn of_budget<'a>(activities: &'a [Activity], code: &str, name: &str) -> Option<&'a Activity> {
    let by_code = || activities.iter().filter(|a| a.has_code(code));
    by_code().find(|a| fits(&a.words, name)).or_else(|| by_code().next()).or_else(|| of_words(activities, name))
}

/// The activity whose longest fitting phrase is the longest of all; `None` where several are as long: the text speaks of both.
#[must_use]
pub fn of_words<'a>(activities: &'a [Activity], name: &str) -> Option<&'a Activity> {
    let words = text::words(name);
    let fitting: Vec<_> = activities.iter().filter_map(|a| longest(&a.words, &words).map(|length| (length, a))).collect();
    let most = fitting.iter().map(|(length, _)| *length).max()?;
    let mut best = fitting.into_iter().filter(|(length, _)| *length == most).map(|(_, activity)| activity);
    best.next().filter(|_| best.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(of: Option<&Activity>) -> &str {
        of.map_or("", |a| &a.number)
    }

    #[test]
    fn lines_are_known_by_code_and_indicators_by_words() {
        let all = crate::schemas::builtin().unwrap().activities;
        assert_eq!(all.len(), 14);
        let budget = |code: &str, name: &str| number(of_budget(&all, code, name)).to_owned();
        assert_eq!(budget("3357.EBA.963", "Layanan Data dan Informasi"), "13");
        assert_eq!(budget("3356.QGE.002", "Pengelolaan Logistik Pemilu"), "1");
        assert_eq!(budget("3357.EBA", "Layanan Dukungan Manajemen Internal"), "");
        assert_eq!(budget("9999.ABC.001", "Fasilitasi Pendidikan Pemilih"), "5");
        for (name, expected) in [
            ("Persentase pemutakhiran data pemilih berkelanjutan yang diselesaikan tepat waktu", "13"),
            ("Persentase permohonan informasi yang ditindaklanjuti PPID sesuai SOP", "3b"),
            ("Nilai evaluasi akuntabilitas kinerja", "10"),
            ("Persentase pejabat perbendaharaan yang bersertifikat", "8"),
            ("Persentase logistik Pemilu/Pemilihan yang diinventarisasi dan dipelihara", "1"),
            ("Indeks kepuasan", ""),
            ("Perencanaan Program dan Anggaran, serta Penyusunan Peraturan Pelaksanaan", ""),
        ] {
            assert_eq!(number(of_words(&all, name)), expected, "{name}");
        }
    }
}
