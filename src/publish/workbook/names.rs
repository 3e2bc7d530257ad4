//! Names of sheets that every spreadsheet program accepts: at most 31 characters, none of `[]:*?/\`, no two alike.

use std::collections::BTreeSet;

/// Longest name in UTF-16 units, as Excel counts.
const LONGEST: usize = 31;

/// The names given so far.
#[derive(Debug, Default)]
pub struct SheetNames(BTreeSet<String>);

impl SheetNames {
    /// A name as close to `wish` as the rules allow and not given before.
    pub fn give(&mut self, wish: &str) -> String {
        let clean = clean(wish);
        let mut name = cut(&clean, LONGEST);
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            let ending = format!(" ({number})");
            name = cut(&clean, LONGEST - ending.len()) + &ending;
            number += 1;
        }
        name
    }
}

fn clean(wish: &str) -> String {
    let replaced = |c: char| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { '-' } else { c };
    let text: String = wish.chars().map(replaced).collect();
    let text = text.trim().trim_matches('\'').trim();
    // Excel keeps the name History for itself.
    match text {
        "" => "Lembar".to_owned(),
        t if t.eq_ignore_ascii_case("history") => format!("{t}_"),
        t => t.to_owned(),
    }
}

/// The longest start that fits, without a blank or apostrophe at its end.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let fits = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= most
    });
    let start: String = fits.collect();
    start.trim_end().trim_end_matches('\'').to_owned()
}

/// `Kabupaten Barito Selatan` → `Kab. Barito Selatan`, the way offices write it when there is little room.
#[must_use]
pub fn short(name: &str) -> String {
    let shorter = [("Kabupaten ", "Kab. "), ("Provinsi ", "Prov. "), ("Kecamatan ", "Kec. ")];
    let found = shorter.iter().find_map(|(long, short)| name.strip_prefix(long).map(|rest| format!("{short}{rest}")));
    found.unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_unique() {
        let mut names = SheetNames::default();
        assert_eq!(names.give("Kab. A/B: [C]*?\\"), "Kab. A-B- -C----");
        assert_eq!(names.give("rekap"), "rekap");
        assert_eq!(names.give("Rekap"), "Rekap (2)");
        assert_eq!(names.give("'x'"), "x");
        assert_eq!(names.give(""), "Lembar");
        assert_eq!(names.give("History"), "History_");
        let long = "Kab. Administrasi Kepulauan Seribu";
        assert_eq!(names.give(long), "Kab. Administrasi Kepulauan Ser");
        assert_eq!(names.give(long), "Kab. Administrasi Kepulauan (2)");
        for n in 0..20 {
            let name = names.give(&format!("{long} {n}"));
            assert!(name.encode_utf16().count() <= 31, "{name}");
        }
    }

    #[test]
    fn names_of_regions_are_shortened_as_offices_do() {
        assert_eq!(short("Kabupaten Barito Selatan"), "Kab. Barito Selatan");
        assert_eq!(short("Kota Palangka Raya"), "Kota Palangka Raya");
    }
}
