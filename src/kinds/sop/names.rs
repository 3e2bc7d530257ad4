//! The name of a unit or post in a line that says more: `1. Uraian Tugas Operator`, `Operator mempunyai tugas:`.

use crate::normalise::text;
use crate::tables::phrases::Phrases;
use crate::tables::words::unnumbered;

/// Most characters of a line that names a unit.
pub(super) const LONGEST: usize = 140;

/// The name alone.
pub(super) fn unit(line: &str, phrases: &Phrases) -> String {
    let bare = unnumbered(line).filter(|rest| !rest.is_empty()).unwrap_or(line).trim().trim_end_matches([':', ' ']);
    let behind = phrases.after("ukuran:tugas", bare).map(|rest| rest.trim_start_matches([':', '-', '–', ' ']));
    let bare = behind.filter(|rest| !rest.is_empty()).unwrap_or(bare);
    let before = phrases.before("bertugas", bare).map(|b| b.trim_end_matches([',', ' '])).filter(|b| !b.is_empty());
    text::clean(before.unwrap_or(bare))
}

/// Whether a line names a unit or a post and nothing else: it is no item of a list.
pub(super) fn names_unit(line: &str, phrases: &Phrases) -> bool {
    phrases.within("jabatan", line) && line.chars().count() <= LONGEST && !line.trim_end().ends_with(';')
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
            ("Uraian Tugas", "Uraian Tugas"),
            ("Divisi Hukum dan Pengawasan", "Divisi Hukum dan Pengawasan"),
        ] {
            assert_eq!(unit(line, &phrases), name);
        }
    }
}
