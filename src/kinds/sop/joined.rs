//! Headings of neighbouring columns that paper printed into one cell, with or without the title above them: `URAIAN TUGAS PELAKSANA No Nama
//! Jabatan` over a column of numbers and one of posts.

use std::borrow::Cow;

use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;

/// What the columns of tasks and steps say, as the schema names it.
const COLUMNS: [&str; 10] = [
    "ukuran:no",
    "ukuran:unit",
    "ukuran:tugas",
    "ukuran:kegiatan",
    "ukuran:pelaksana",
    "ukuran:mutu",
    "ukuran:kelengkapan",
    "ukuran:waktu",
    "ukuran:output",
    "ukuran:ket",
];

/// The rows with such headings each over its own column.
pub(super) fn parted<'a>(mut rows: Vec<Row<'a>>, phrases: &Phrases) -> Vec<Row<'a>> {
    for at in 0..rows.len() {
        let known = |c: &Cell| COLUMNS.iter().any(|m| phrases.is(m, &c.text));
        let row = &rows[at];
        if row.cells.len() < 2 || row.cells.iter().filter(|c| known(c)).count() * 2 < row.cells.len() {
            continue;
        }
        let mut cells: Vec<Cell<'a>> = Vec::new();
        for (i, cell) in row.cells.iter().enumerate() {
            let next = row.cells.get(i + 1).map_or(cell.right + 1, |n| n.origin.col);
            let filled = |col: u16| rows.get(at + 1).is_some_and(|b| b.grid == row.grid && b.own(col).is_some());
            let room = (cell.origin.col..next).take_while(|&col| filled(col)).count();
            match labels(&cell.text, room, phrases) {
                Some(labels) if !known(cell) => cells.extend(labels.into_iter().zip(cell.origin.col..).map(|(label, col)| {
                    let mut origin = cell.origin;
                    origin.col = col;
                    Cell { origin, right: col, text: Cow::Owned(label), ..cell.clone() }
                })),
                _ => cells.push(cell.clone()),
            }
        }
        rows[at].cells = cells;
    }
    rows
}

/// As many headings as there is room for, at the end of a text that holds nothing else but a title before them.
fn labels(text: &str, room: usize, phrases: &Phrases) -> Option<Vec<String>> {
    const LONGEST: usize = 120;
    if room == 0 || text.len() > LONGEST {
        return None;
    }
    let mut rest = text.trim();
    let mut out: Vec<String> = Vec::new();
    while out.len() < room {
        let found = COLUMNS.iter().filter_map(|m| phrases.before(m, rest)).map(str::len).min()?;
        let label = rest.get(found..)?.trim_matches([' ', ':', '.', '\n']);
        out.push(label.to_owned());
        rest = rest.get(..found)?.trim_end();
    }
    out.reverse();
    let titled = phrases.begins("isi", text) || phrases.begins("langkah", text);
    // One label behind a title could be the title's own last word, unless it counts or is not in capitals as the title is.
    let loud = |text: &str| !text.chars().any(char::is_lowercase);
    let sure = room > 1 || out.iter().any(|l| phrases.is("ukuran:no", l) || loud(rest) && !loud(l));
    (sure && (rest.is_empty() || titled)).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_there_is_room_for() {
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        let labels = |text: &str, room| labels(text, room, &phrases).map(|l| l.join("|"));
        assert_eq!(labels("URAIAN TUGAS PELAKSANA No Nama Jabatan", 2).as_deref(), Some("No|Nama Jabatan"));
        assert_eq!(labels("URAIAN PROSEDUR NO", 1).as_deref(), Some("NO"));
        assert_eq!(labels("No Kegiatan Pelaksana", 3).as_deref(), Some("No|Kegiatan|Pelaksana"));
        assert_eq!(labels("Nama Formulir", 1), None, "no title stands before it");
        assert_eq!(labels("Waktu Petugas Layanan", 2), None, "not all of it are headings");
    }
}
