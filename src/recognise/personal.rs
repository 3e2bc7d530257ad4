//! Personal data: columns with the sixteen-digit numbers of single persons (NIK, NKK), and lists of persons without them. Only how
//! many there are is ever told.

use std::collections::{BTreeMap, BTreeSet};

use super::phrase::Phrase;
use crate::model::{Cell, Document, Finding, Grid, Schemas, Value};
use crate::normalise::text;

/// How much personal data a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonalData {
    /// Columns of personal numbers; a list of persons without such numbers, and running text, count as one.
    pub columns: usize,
    /// The numbers in them, or the persons listed.
    pub numbers: usize,
}

/// Without a heading that says so, this many numbers of the right form make a list of persons …
const LIST: usize = 5;
/// … and the heading stands within so many rows.
const HEAD_ROWS: u32 = 60;

/// So many headings about a person make a list of persons.
const TOGETHER: usize = 4;

/// One column of a grid.
#[derive(Clone, Copy, Default)]
struct Column {
    named: bool,
    /// Sixteen digits, or as many places partly masked.
    long: usize,
    /// Those of them that may be a NIK: a province, then a day and a month of birth.
    plausible: usize,
    /// Filled cells.
    filled: usize,
}

/// What personal data the document holds, hidden sheets included; `None` where it holds none. Linear in the cells.
#[must_use]
pub fn personal_data(document: &Document, schemas: &Schemas) -> Option<PersonalData> {
    let headings: Vec<Vec<String>> = schemas.recognition.personal.iter().map(|h| text::words(h)).collect();
    let mut found = PersonalData { columns: 0, numbers: 0 };
    for grid in &document.grids {
        for column in columns(grid, &headings) {
            let listed = column.plausible >= LIST && column.plausible * 5 >= column.filled * 2;
            if (column.named && column.long > 0) || listed {
                found.columns += 1;
                found.numbers += column.long;
            }
        }
        let together = persons(grid, &schemas.recognition.personal_together);
        if together > 0 {
            found.columns += 1;
            found.numbers += together;
        }
        let inside: usize = in_running_text(grid, &headings);
        if inside > 0 {
            found.columns += 1;
            found.numbers += inside;
        }
    }
    (found.columns > 0).then_some(found)
}

/// A07, counts only.
pub(super) fn finding(data: PersonalData) -> Finding {
    Finding::new(
        "A07",
        format!(
            "Berkas ini memuat {} data perorangan (NIK, NKK, atau identitas pemilih) dalam {} kolom, jadi dikarantina dan isinya tidak \
             dibaca lebih lanjut. Hapus berkasnya dan kirim rekapitulasi yang hanya berisi jumlah.",
            data.numbers, data.columns
        ),
    )
}

/// The columns of a grid by number, as far as personal numbers go. What a text is like is found out once per distinct text.
fn columns(grid: &Grid, headings: &[Vec<String>]) -> Vec<Column> {
    let numbers: Vec<Option<bool>> = grid.texts.iter().map(|t| personal_number(t)).collect();
    let head = grid.cells.first().map_or(0, |c| c.row) + HEAD_ROWS;
    let mut columns: Vec<Column> = Vec::new();
    for cell in &grid.cells {
        let col = usize::from(cell.col);
        if columns.len() <= col {
            columns.resize(col + 1, Column::default());
        }
        let column = &mut columns[col];
        column.filled += 1;
        let number = match cell.value {
            // Amounts of money may be as long; a column of plain numbers is believed only where they look like NIK.
            Value::Number(n) => (1e15..1e16).contains(&n).then(|| plausible(&format!("{n:.0}"))),
            Value::Text(id) => numbers.get(id as usize).copied().flatten(),
            _ => None,
        };
        if let Some(plausible) = number {
            column.long += 1;
            column.plausible += usize::from(plausible);
        } else if cell.row < head
            && let Some(heading) = grid.text(cell.value).filter(|t| t.len() <= 40)
        {
            column.named |= headings.contains(&text::words(heading));
        }
    }
    columns
}

/// Rows below headings that together make a list of persons (`Nama`, `Tanggal Lahir`, `Alamat`, `RT`) and hold words there: figures
/// alone count how many entries of each were corrected; 0 where there are none.
fn persons(grid: &Grid, together: &[String]) -> usize {
    let together: Vec<String> = together.iter().map(|w| text::key(w)).collect();
    let rows = || grid.cells.chunk_by(|a, b| a.row == b.row);
    let heads = |row: &[Cell]| -> BTreeMap<String, u16> {
        let texts = row.iter().filter_map(|c| Some((text::key(grid.text(c.value).filter(|t| t.len() <= 40)?), c.col)));
        texts.filter(|(heading, _)| together.contains(heading)).collect()
    };
    let head = rows().take(HEAD_ROWS as usize).map(heads).enumerate().find(|(_, heads)| heads.len() >= TOGETHER);
    let Some((at, heads)) = head else { return 0 };
    let columns: BTreeSet<u16> = heads.into_values().collect();
    let words = |c: &Cell| columns.contains(&c.col) && grid.text(c.value).is_some_and(|t| t.contains(char::is_alphabetic));
    let below = || rows().skip(at + 1).filter(|row| row.len() >= TOGETHER);
    if below().any(|row| row.iter().any(words)) { below().count() } else { 0 }
}

/// Numbers inside longer texts (`NIK 6204…`), as running text and lists in one column have them.
fn in_running_text(grid: &Grid, headings: &[Vec<String>]) -> usize {
    let phrases: Vec<Phrase> = headings.iter().map(|h| Phrase::new(&h.join(" "))).collect();
    let (mut named, mut all) = (0, 0);
    for line in grid.texts.iter().chain(&grid.around).filter(|t| t.len() > 24) {
        let digits = line.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 16);
        let plausible = digits.filter(|run| plausible(run)).count();
        if plausible > 0 {
            all += plausible;
            let words = text::words(line);
            named += if phrases.iter().any(|p| p.find(&words).is_some()) { plausible } else { 0 };
        }
    }
    if named > 0 || all >= LIST { all } else { 0 }
}

/// Whether a cell's text is the number of a person and nothing else: sixteen digits, perhaps in groups, perhaps partly masked.
/// `Some(true)` where it may be a NIK, `None` where it is none.
fn personal_number(text: &str) -> Option<bool> {
    if !(16..=40).contains(&text.len()) {
        return None;
    }
    let mut digits = String::with_capacity(16);
    for c in text.trim().chars() {
        match c {
            '0'..='9' => digits.push(c),
            '*' | 'x' | 'X' | '•' => digits.push('*'),
            c if c.is_whitespace() || c == '\'' || c == '-' || text::is_invisible(c) => {}
            _ => return None,
        }
    }
    let masked = digits.contains('*');
    let enough = digits.bytes().filter(u8::is_ascii_digit).count() >= 4;
    (digits.len() == 16 && enough).then(|| !masked && plausible(&digits))
}

/// Province 11 … 99, then behind two more pairs day (women: + 40) and month of birth.
fn plausible(digits: &str) -> bool {
    let pair = |at: usize| digits.get(at..at + 2).and_then(|p| p.parse::<u8>().ok()).unwrap_or(0);
    pair(0) >= 11 && matches!(pair(6), 1..=31 | 41..=71) && matches!(pair(8), 1..=12)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{document, sheet};
    use super::*;
    use crate::schemas;

    fn data(rows: &[&[&str]]) -> Option<PersonalData> {
        personal_data(&document(vec![sheet("Sheet1", rows)]), &schemas::builtin().unwrap())
    }

    #[test]
    fn a_list_of_voters_holds_personal_data() {
        let rows: &[&[&str]] = &[
            &["DAFTAR PEMILIH"],
            &["NO", "NKK", "NIK", "NAMA"],
            &["1", "9999990000000001", "9999990101990001", "CONTOH SATU"],
            &["2", "9999990000000002", "9999990101990002", "CONTOH DUA"],
        ];
        assert_eq!(data(rows).map(|d| d.numbers), Some(4));
    }

    #[test]
    fn masked_numbers_below_the_heading_and_lists_without_heading_count_too() {
        assert!(data(&[&["No. KK", "Nama"], &["620405******0001", "A B"]]).is_some());
        let list: Vec<Vec<String>> = (1..=6).map(|i| vec![format!("99999901019900{i:02}"), format!("CONTOH {i}")]).collect();
        let rows: Vec<Vec<&str>> = list.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        assert_eq!(data(&rows), Some(PersonalData { columns: 1, numbers: 6 }));
        assert!(data(&[&["Atas nama Contoh, NIK 9999990101990001, alamat contoh"]]).is_some());
    }

    #[test]
    fn a_list_of_persons_needs_no_number() {
        let head: &[&str] = &["No", "Nama", "Tanggal Lahir", "Alamat", "RT", "RW"];
        let person: &[&str] = &["1", "CONTOH SATU", "01/01/1900", "JALAN CONTOH", "1", "2"];
        assert!(data(&[head, person]).is_some());
        assert_eq!(data(&[head]), None, "an empty form");
        let corrected: &[&str] = &["1", "58", "86", "30", "52", "22"];
        assert_eq!(data(&[head, corrected]), None, "how many entries of each were corrected");
        let stations: &[&[&str]] = &[&["No", "Desa", "TPS", "Alamat", "RT", "RW"], &["1", "Kumai", "1", "BALAI DESA", "1", "2"]];
        assert_eq!(data(stations), None, "where the polling stations are");
    }

    #[test]
    fn recaps_codes_signatures_and_stamps_hold_none() {
        assert_eq!(data(&[&["No", "Kecamatan", "L", "P"], &["1", "Kumai", "14650", "14634"]]), None);
        // NIP: eighteen digits; a heading without numbers; one number that nothing names.
        assert_eq!(data(&[&["NIP. 197401012000031001"], &["NIK", "Nama"], &["", "kosong"]]), None);
        assert_eq!(data(&[&["Nomor dokumen"], &["9999990101990001"]]), None);
        // Digital stamps: sixteen digits that are no dates of birth.
        let stamps = [
            "3750861362471052",
            "1108517640782076",
            "1551402096096446",
            "2084007413665521",
            "7403086921478855",
            "9055173302264419",
        ];
        let rows: Vec<Vec<&str>> = stamps.iter().map(|s| vec!["SATKER CONTOH", s]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        assert_eq!(data(&rows), None);
    }

    #[test]
    fn the_finding_tells_counts_only() {
        let text = finding(PersonalData { columns: 2, numbers: 48 }).message;
        assert!(text.contains("48") && text.contains("2 kolom"), "{text}");
    }
}
