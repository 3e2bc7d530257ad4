//! Names of folders and files that every system can store: Windows forbids some letters and names, and does not tell case apart.

use std::collections::BTreeSet;

use crate::model::Region;

/// Most letters of a file name without its ending; long paths make Windows and mail programs stumble.
const LONGEST: usize = 90;

/// Names that Windows keeps for itself.
const RESERVED: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

/// The folder of an office below `perbaikan/`: its code.
#[must_use]
pub fn folder(satker: Option<Region>) -> String {
    satker.map_or_else(|| "tanpa-satker".to_owned(), |s| if s == Region::NATION { "nasional".to_owned() } else { s.to_string() })
}

/// The names given out in one folder.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// A file name made of a document's own name: `PDPB TW III.xlsx` becomes `PDPB TW III (perbaikan).xlsx`. The word tells whoever
    /// reads the document when it comes back that it is a later version.
    pub fn copy_of(&mut self, document: &str, ending: &str) -> String {
        let file = document.rsplit('/').next().unwrap_or(document);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
        self.take(&next(&safe(stem)), ending)
    }

    /// A list of repairs beside a document that cannot be marked.
    pub fn list_for(&mut self, document: &str) -> String {
        let file = document.rsplit('/').next().unwrap_or(document);
        self.take(&format!("{} - daftar perbaikan", safe(file)), "xlsx")
    }

    /// A PDF whose places are framed: nothing in it was mended, so its name declares no later version.
    pub fn framed(&mut self, document: &str) -> String {
        let file = document.rsplit('/').next().unwrap_or(document);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        self.take(&format!("{} (ditandai)", safe(stem)), "pdf")
    }

    fn take(&mut self, stem: &str, ending: &str) -> String {
        let mut name = format!("{stem}.{ending}");
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{stem} {number}.{ending}");
            number += 1;
        }
        name
    }
}

/// `x` → `x (perbaikan)` → `x (perbaikan 2)` → `x (perbaikan 3)`.
fn next(stem: &str) -> String {
    let before = stem.strip_suffix(')').and_then(|s| s.rsplit_once(" (perbaikan"));
    match before.map(|(first, number)| (first, number.trim())) {
        Some((first, "")) => format!("{first} (perbaikan 2)"),
        Some((first, number)) if number.parse::<u16>().is_ok_and(|n| n < 999) => {
            format!("{first} (perbaikan {})", number.parse::<u16>().unwrap_or(1) + 1)
        }
        _ => format!("{stem} (perbaikan)"),
    }
}

fn safe(stem: &str) -> String {
    let forbidden = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
    let cleaned: String = stem.chars().map(|c| if forbidden(c) { '_' } else { c }).take(LONGEST).collect();
    let trimmed = cleaned.trim_matches([' ', '.']);
    let word = trimmed.split(['.', ' ']).next().unwrap_or_default().to_ascii_uppercase();
    let reserved = RESERVED
        .iter()
        .any(|r| word == *r || word.strip_prefix(r).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit()));
    if trimmed.is_empty() || reserved { format!("_{trimmed}") } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_windows_and_never_meet() {
        let mut names = Names::default();
        assert_eq!(names.copy_of("62.04/PDPB TW III.xlsx", "xlsx"), "PDPB TW III (perbaikan).xlsx");
        assert_eq!(names.copy_of("lain/pdpb tw iii.XLSX", "xlsx"), "pdpb tw iii (perbaikan) 2.xlsx");
        assert_eq!(names.copy_of("a: b?.xlsm", "xlsm"), "a_ b_ (perbaikan).xlsm");
        assert_eq!(names.copy_of("con.xlsx", "xlsx"), "_con (perbaikan).xlsx");
        assert_eq!(names.copy_of("b (perbaikan).xlsx", "xlsx"), "b (perbaikan 2).xlsx");
        assert_eq!(names.copy_of("b (perbaikan 2).xlsx", "xlsx"), "b (perbaikan 3).xlsx");
        assert_eq!(names.framed("62.04/BA: TW III.pdf"), "BA_ TW III (ditandai).pdf");
        assert_eq!(names.list_for("x/data.csv"), "data.csv - daftar perbaikan.xlsx");
        assert_eq!((folder("62.04".parse().ok()).as_str(), folder(None).as_str()), ("62.04", "tanpa-satker"));
    }
}
