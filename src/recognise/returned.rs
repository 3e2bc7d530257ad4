//! The list of repairs inside a marked copy that came back: its answers are taken, the sheet itself is none of the office's figures.

use crate::model::repair::{ANSWER, COLUMNS, KEY, TITLE};
use crate::model::{Document, Grid, Reply};

/// Longer answers are cut.
const LONGEST: usize = 500;

/// As many digits in a row as a NIK or NKK has.
const PERSONAL: usize = 12;

/// Column of what was found.
const FOUND: u16 = 3;

/// Takes the list out of the document; all that is left is the office's own.
pub fn take(document: &mut Document) -> Vec<Reply> {
    let mut replies = Vec::new();
    document.grids.retain(|grid| {
        let ours = is_list(grid);
        if ours {
            replies.extend(answers(grid));
        }
        !ours
    });
    replies
}

/// By its title, whatever the office calls the sheet.
fn is_list(grid: &Grid) -> bool {
    shown(grid, 0, 0) == TITLE
}

/// The answers below the row of heads. Items that were not answered are replies too: they came back.
fn answers(grid: &Grid) -> Vec<Reply> {
    let is_heads =
        |row: u32| shown(grid, row, KEY) == COLUMNS[usize::from(KEY)] && shown(grid, row, ANSWER) == COLUMNS[usize::from(ANSWER)];
    let last = grid.cells.last().map_or(0, |c| c.row);
    let Some(heads) = (0..=last.min(50)).find(|&row| is_heads(row)) else { return Vec::new() };
    let replies = (heads + 1..=last).filter_map(|row| {
        let cell = shown(grid, row, KEY);
        let mut words = cell.split_whitespace().map(str::to_owned);
        let known = |key: &String| key.len() == 8 && key.bytes().all(|b| b.is_ascii_hexdigit());
        let key = words.next().filter(known)?;
        let answer = without_persons(&shown(grid, row, ANSWER));
        Some(Reply { key, found: shown(grid, row, FOUND), answer, seals: words.filter(known).collect() })
    });
    replies.collect()
}

fn shown(grid: &Grid, row: u32, col: u16) -> String {
    grid.at(row, col).map_or_else(String::new, |c| grid.shown(c.value).trim().to_owned())
}

/// The answer, shortened, without numbers that could belong to a person.
fn without_persons(answer: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in answer.chars().take(LONGEST).chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.len() >= PERSONAL { "…" } else { &digits });
        digits.clear();
        out.push(c);
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;
    use crate::model::repair::{HEADS, SHEET};

    fn sheet(name: &str, fill: impl FnOnce(&mut GridBuilder)) -> Grid {
        let mut b = GridBuilder::new(name, Place::Sheet(name.into()));
        fill(&mut b);
        b.finish()
    }

    #[test]
    fn the_list_is_taken_out_with_its_answers() {
        let list = sheet("Sheet1", |b| {
            b.push_text(0, 0, TITLE);
            for (col, head) in (0..).zip(COLUMNS) {
                b.push_text(HEADS, col, head);
            }
            b.push_text(HEADS + 1, 3, "1243");
            b.push_text(HEADS + 1, ANSWER, "salah ketik, NIK 6201010101010001 sudah diperiksa");
            b.push_text(HEADS + 1, KEY, "0a1b2c3d 4e5f6071");
            b.push_text(HEADS + 2, KEY, "catatan");
        });
        let own = sheet("Rekap", |b| b.push_text(0, 0, "REKAPITULASI"));
        let mut document = Document { grids: vec![list, own], ..Document::default() };
        let replies = take(&mut document);
        let answer = "salah ketik, NIK … sudah diperiksa".to_owned();
        assert_eq!(replies, [Reply { key: "0a1b2c3d".into(), found: "1243".into(), answer, seals: vec!["4e5f6071".into()] }]);
        assert_eq!(document.grids.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(), ["Rekap"]);
    }

    #[test]
    fn a_sheet_of_that_name_may_be_anybodys() {
        let mut document =
            Document { grids: vec![sheet(SHEET, |b| b.push_text(0, 0, "Daftar perbaikan jalan"))], ..Document::default() };
        assert!(take(&mut document).is_empty() && document.grids.len() == 1);
    }
}
