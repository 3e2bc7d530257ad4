//! The name of a unit or post in a line that says more: `1. Uraian Tugas Operator`, `Operator mempunyai tugas:`.

use crate::normalise::text;
use crate::tables::phrases::Phrases;
use crate::tables::words::unnumbered;

/// Most characters of a line that names a unit.
pub(super) const LONGEST: usize = 140;

/// The name alone.
pub(super) fn unit(line: &str, phrases: &Phrases) -> String {
    let bare = levelled(line).or_else(|| unnumbered(line)).filter(|rest| !rest.is_empty()).unwrap_or(line);
    let bare = bare.trim().trim_end_matches([':', ' ']);
    let behind = phrases.after("ukuran:tugas", bare).map(|rest| rest.trim_start_matches([':', '-', '–', ' ']));
    let bare = behind.filter(|rest| !rest.is_empty()).unwrap_or(bare);
    let before = phrases.before("bertugas", bare).map(|b| b.trim_end_matches([',', ' '])).filter(|b| !b.is_empty());
    text::clean(before.unwrap_or(bare))
}

/// The words behind a number of several levels: `2.1 Operator`, `3.2.1. Operator`.
fn levelled(line: &str) -> Option<&str> {
    let (number, rest) = line.trim_start().split_once(' ')?;
    let levels = number.trim_end_matches(['.', ')']).split('.');
    (levels.clone().count() > 1 && levels.clone().all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_digit()))).then_some(rest)
}

/// Whether a line names a unit or a post and nothing else: it is no item of a list.
pub(super) fn names_unit(line: &str, phrases: &Phrases) -> bool {
    phrases.within("jabatan", line) && !does(line, phrases) && line.chars().count() <= LONGEST && !line.trim_end().ends_with(';')
}

/// Whether a line begins with a verb (`Menyusun`, `2. Melaporkan`): what somebody does, not who.
pub(super) fn does(line: &str, phrases: &Phrases) -> bool {
    const SHORTEST: usize = 6;
    let bare = levelled(line).or_else(|| unnumbered(line)).filter(|rest| !rest.is_empty()).unwrap_or(line);
    let word: String = bare.trim().chars().take_while(|c| c.is_alphabetic()).collect();
    word.chars().count() >= SHORTEST && phrases.prefixes("awalan:kerja", &word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_bare() {
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        for (line, name) in [
            ("1. Uraian Tugas Operator SIDALIH", "Operator SIDALIH"),
            ("Kepala Sub Bagian Umum mempunyai tugas:", "Kepala Sub Bagian Umum"),
            ("II. Sekretaris bertugas sebagai berikut :", "Sekretaris"),
            ("2.1 Operator SIDALIH", "Operator SIDALIH"),
            ("Uraian Tugas", "Uraian Tugas"),
            ("Divisi Hukum dan Pengawasan", "Divisi Hukum dan Pengawasan"),
        ] {
            assert_eq!(unit(line, &phrases), name);
        }
        assert!(names_unit("Operator SIDALIH", &phrases) && !names_unit("Melapor kepada Sekretaris", &phrases));
        assert!(does("2. Menyusun rencana", &phrases) && !does("Media Center", &phrases));
    }
}
