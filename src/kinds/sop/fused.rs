//! Labels that paper printed into the value on their left: in narrow boxes side by side the words of two cells run together, and the
//! colon behind the label is all that tells.

use std::borrow::Cow;

use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;

use super::fields::{FIELDS, is_label};
use super::several::run_together;

/// The rows with such labels put before what stands on their right.
pub(super) fn parted<'a>(mut rows: Vec<Row<'a>>, phrases: &Phrases) -> Vec<Row<'a>> {
    for row in &mut rows {
        for at in 0..row.cells.len() {
            if is_label(&row.cells[at].text, phrases) {
                continue;
            }
            let led = row.cells[..at].iter().any(|c| is_label(&c.text, phrases));
            let Some((value, label)) = split(row.cells[at].text.trim_end_matches([':', ' ']), phrases) else { continue };
            let next = row.cells.get(at + 1).map(|c| c.text.to_string());
            let field = run_together(&label, phrases).first().copied().unwrap_or_default();
            let fits = match &next {
                Some(next) => led && next.trim_start().starts_with(':') || answers(field, next),
                None => led,
            };
            if !fits {
                continue;
            }
            if let Some(next) = next {
                row.cells[at + 1].text = Cow::Owned(format!("{label} : {}", next.trim_start_matches([':', ' '])));
            }
            row.cells[at].text = Cow::Owned(value);
        }
    }
    rows
}

/// Whether a text can be the value of this field and of hardly anything else.
pub(super) fn answers(field: &str, value: &str) -> bool {
    let bare = value.trim_start_matches([':', ' ']);
    let first = bare.split_whitespace().next().unwrap_or_default();
    let dated = || crate::normalise::date::find(bare).first().is_some_and(|(_, at)| at.start == 0);
    field == "nomor" && first.matches('/').count() >= 2 || field.starts_with("tanggal") && dated()
}

/// A value and the label behind it or between its words: `8/2025 TANGGAL REVISI`, `Rapat TANGGAL Pleno PEMBUATAN Terbuka`.
fn split(text: &str, phrases: &Phrases) -> Option<(String, String)> {
    const MOST: usize = 30;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > MOST {
        return None;
    }
    let one = |label: &str| matches!(run_together(label, phrases).as_slice(), [field] if FIELDS[..6].contains(field));
    for at in 1..words.len().saturating_sub(1) {
        let label = words[at..].join(" ");
        if one(&label) {
            return Some((words[..at].join(" "), label));
        }
    }
    let loud: Vec<usize> = (0..words.len()).filter(|&i| words[i].chars().all(char::is_uppercase)).collect();
    let pairs = loud.iter().flat_map(|&a| loud.iter().map(move |&b| (a, b))).filter(|(a, b)| a < b);
    let (a, b) = pairs.into_iter().find(|&(a, b)| one(&format!("{} {}", words[a], words[b])))?;
    let rest: Vec<&str> = (0..words.len()).filter(|&i| i != a && i != b).map(|i| words[i]).collect();
    let quiet = rest.iter().any(|w| w.chars().any(char::is_lowercase));
    quiet.then(|| (rest.join(" "), format!("{} {}", words[a], words[b])))
}

/// Whether a value holds the label of another field: two fields were read as one.
pub(super) fn holds_label(text: &str, phrases: &Phrases) -> bool {
    !labels_within(text, phrases).is_empty()
}

/// Whether a text holds the label of a section of the form, in capitals among words that are not: the section below was read with it.
pub(super) fn holds_section(text: &str, phrases: &Phrases) -> bool {
    let words = crate::normalise::text::words_at(text);
    let quiet = text.chars().any(char::is_lowercase);
    quiet
        && words.iter().skip(1).any(|word| {
            let rest = text.get(word.at.start..).unwrap_or_default();
            FIELDS[7..].iter().any(|f| {
                let behind = phrases.after(&format!("isian:{f}"), rest);
                behind.is_some_and(|b| !rest[..rest.len() - b.len()].chars().any(char::is_lowercase))
            })
        })
}

/// The fields whose labels of two and more words stand in a text behind its first word.
pub(super) fn labels_within(text: &str, phrases: &Phrases) -> Vec<&'static str> {
    const LONGEST: usize = 300;
    let words = if text.len() > LONGEST { Vec::new() } else { crate::normalise::text::words_at(text) };
    let found = words.iter().skip(1).flat_map(|word| {
        let rest = text.get(word.at.start..).unwrap_or_default();
        FIELDS[..6].iter().copied().filter(move |f| {
            let behind = phrases.after(&format!("isian:{f}"), rest);
            behind.is_some_and(|b| rest[..rest.len() - b.len()].split_whitespace().count() > 1)
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_inside_of_values() {
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        let parts = |text: &str| split(text, &phrases);
        let of = |value: &str, label: &str| Some((value.to_owned(), label.to_owned()));
        assert_eq!(parts("8/ORT/II/2025 TANGGAL REVISI"), of("8/ORT/II/2025", "TANGGAL REVISI"));
        assert_eq!(parts("Rapat TANGGAL Pleno KPU PEMBUATAN Terbuka"), of("Rapat Pleno KPU Terbuka", "TANGGAL PEMBUATAN"));
        assert_eq!(parts("Penyusunan Tanggal dan Jadwal"), None);
        assert!(holds_label("Sekretaris, A. B. TANGGAL EFEKTIF", &phrases));
        assert!(!holds_label("Pengelolaan Surat Masuk", &phrases));
    }
}
