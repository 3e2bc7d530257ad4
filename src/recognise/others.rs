//! Papers that offices send along and that hold nothing to be summed up: what they are is said rather than that they are unknown.

use super::glance::{Role, Seen};
use super::phrase::Phrase;
use crate::model::Schemas;
use crate::model::schema::OtherPaper;

/// Headings of columns that name such a paper together.
const HEADINGS: usize = 2;
/// Lines of running text, at least, in a paper without any table.
const LINES: usize = 3;

/// What kind of other paper this is, as `pengenalan.toml` calls it; `None` where nothing says so. Running text is only called that where
/// nothing in it resembles a kind that is read.
pub(super) fn named<'s>(seen: &[Seen], schemas: &'s Schemas, resembles: bool) -> Option<&'s str> {
    let other = &schemas.recognition.others;
    let known = other.iter().find(|paper| titled(seen, paper) || headed(seen, paper));
    known.or_else(|| other.iter().find(|paper| paper.prose && !resembles && is_prose(seen))).map(|paper| paper.name.as_str())
}

/// One of its titles stands in a title, in the name of a sheet, or in that of the file.
fn titled(seen: &[Seen], paper: &OtherPaper) -> bool {
    let marks: Vec<_> = paper.titles.iter().map(|mark| Phrase::of(mark)).collect();
    let places = seen.iter().filter(|s| matches!(s.role, Role::Title | Role::Sheet | Role::File));
    places.into_iter().any(|s| marks.iter().any(|mark| mark.find(&s.words).is_some()))
}

/// Several of its headings stand over columns.
fn headed(seen: &[Seen], paper: &OtherPaper) -> bool {
    let over = |s: &&Seen| matches!(s.role, Role::Heading | Role::Label | Role::Title);
    let there = |mark: &&String| seen.iter().filter(over).any(|s| Phrase::of(mark).find(&s.words).is_some());
    paper.headings.iter().filter(there).count() >= HEADINGS
}

/// Lines of text and no table.
fn is_prose(seen: &[Seen]) -> bool {
    let of = |role: Role| seen.iter().filter(|s| s.role == role).count();
    of(Role::Heading) == 0 && of(Role::Label) == 0 && of(Role::Title) + of(Role::Note) >= LINES
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::super::glance::glance;
    use super::super::sample::{document, sheet};
    use super::*;

    static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| crate::schemas::builtin().unwrap());

    fn of(rows: &[&[&str]], path: &str) -> Option<&'static str> {
        let seen = glance(&document(vec![sheet("Data", rows)]), path);
        named(&seen, &SCHEMAS, false)
    }

    #[test]
    fn papers_that_hold_nothing_to_sum_up_are_called_by_their_name() {
        let scores: &[&[&str]] = &[
            &["No", "Uraian Satker", "Kualitas Perencanaan Anggaran", "Kualitas Pelaksanaan Anggaran", "Nilai"],
            &["1", "KPU Kab. Kapuas", "100", "98.9", "99.1"],
        ];
        assert!(of(scores, "62.03/september.xlsx").is_some_and(|name| name.contains("IKPA")));
        let profile: &[&[&str]] = &[&["Profil Sekretariat KPU Kabupaten Kapuas"], &["Sekretariat dipimpin seorang sekretaris."]];
        assert!(of(profile, "profil.txt").is_some_and(|name| name.contains("profil")));
        let prose: &[&[&str]] =
            &[&["Kegiatan bulan ini"], &["Rapat koordinasi diadakan."], &["Kunjungan kerja berlangsung lancar."]];
        assert!(of(prose, "x.txt").is_some_and(|name| name.contains("tanpa tabel")));
    }

    #[test]
    fn tables_nobody_knows_stay_unknown() {
        let table: &[&[&str]] = &[&["No", "Nama", "Kualitas Perencanaan Anggaran"], &["1", "a", "5"], &["2", "b", "6"]];
        assert_eq!(of(table, "a.xlsx"), None, "one heading is not enough");
        let spoken: &[&[&str]] = &[&["Rekap kegiatan"], &["Berdasarkan peraturan yang berlaku"]];
        assert_eq!(of(spoken, "a.txt"), None, "a regulation that is cited");
    }
}
