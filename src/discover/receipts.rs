//! `penerimaan.csv`: when each document was received. A row that cannot be used is said and costs only itself.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use unicode_normalization::UnicodeNormalization;

use super::{Item, open};
use crate::error::{Error, Result, Said};
use crate::model::Receipt;

/// Puts the stated receipt times on the documents; says which rows could not be used and which documents have none.
pub(super) fn apply(folder: &Path, items: &mut [Item]) -> Result<Vec<Said>> {
    let path = folder.join("penerimaan.csv");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let text = open::text(&path)?;
    let (rows, mut notes) = rows(&path, &text)?;
    let mut known: BTreeMap<String, usize> =
        items.iter().enumerate().map(|(i, item)| (item.source.document.clone(), i)).collect();
    for row in rows {
        match known.remove(&row.document) {
            Some(i) => items[i].source.received = Receipt { at: row.at, seconds: row.seconds, stated: true },
            None => notes.push(row.stranger()),
        }
    }
    if !known.is_empty() {
        notes.push(unstated(known.len()));
    }
    Ok(notes)
}

/// Files that were all written within this time were copied, unpacked or cloned together.
const AT_ONCE: i64 = 600;

/// Takes the modification times away where they tell nothing: of files that were copied together they tell when, not when each of them
/// was received. What is left differs between documents and is weak evidence.
pub(super) fn forget_copying(items: &mut [Item]) {
    let mut unstated: Vec<&mut Receipt> =
        items.iter_mut().map(|i| &mut i.source.received).filter(|r| !r.stated && !r.at.is_empty()).collect();
    let first = unstated.iter().map(|r| r.seconds).min().unwrap_or_default();
    if unstated.iter().all(|r| r.seconds - first <= AT_ONCE) {
        for receipt in &mut unstated {
            (receipt.at, receipt.seconds) = (String::new(), 0);
        }
    }
}

struct Row {
    line: u64,
    document: String,
    at: String,
    seconds: i64,
}

/// The usable rows, and a note for each of the others.
fn rows(path: &Path, text: &str) -> Result<(Vec<Row>, Vec<Said>)> {
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let column = |name| header.iter().position(|h| h.eq_ignore_ascii_case(name));
    let (Some(document), Some(received)) = (column("document"), column("diterima")) else {
        return Err(headless(path));
    };
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, csv::Position::line);
        let name: String = record.get(document).unwrap_or_default().replace('\\', "/").nfc().collect();
        let at = record.get(received).unwrap_or_default();
        match at.parse::<Timestamp>() {
            Ok(moment) => rows.push(Row { line, document: name, at: at.to_owned(), seconds: moment.as_second() }),
            Err(_) => notes.push(unreadable(line, &name, at)),
        }
    }
    Ok((rows, notes))
}

impl Row {
    fn stranger(&self) -> Said {
        let Self { line, document, .. } = self;
        Said::new(
            format!(
                "penerimaan.csv baris {line}: dokumen \"{document}\" tidak ada di batch ini atau sudah disebut di baris lain; baris ini diabaikan"
            ),
            format!(
                "penerimaan.csv line {line}: there is no document \"{document}\" in this batch, or another line names it; this line is ignored"
            ),
        )
    }
}

fn unreadable(line: u64, document: &str, at: &str) -> Said {
    Said::new(
        format!(
            "penerimaan.csv baris {line} ({document}): \"{at}\" bukan waktu seperti 2025-10-05T23:59:00+07:00; waktu terimanya dianggap tidak tercatat"
        ),
        format!(
            "penerimaan.csv line {line} ({document}): \"{at}\" is not a time like 2025-10-05T23:59:00+07:00; it counts as not stated"
        ),
    )
}

fn unstated(count: usize) -> Said {
    Said::new(
        format!("{count} dokumen tidak disebut di penerimaan.csv; waktu terimanya tidak pasti"),
        format!("{count} documents are not named in penerimaan.csv; when they were received is uncertain"),
    )
}

fn headless(path: &Path) -> Error {
    let path = path.display();
    Error::usage(
        format!("{path} baris 1: kolom \"document\" dan \"diterima\" harus ada di baris judul"),
        format!("{path} line 1: the header must name the columns \"document\" and \"diterima\""),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;

    fn item(document: &str) -> Item {
        let received = Receipt { at: String::new(), seconds: 0, stated: false };
        Item { source: Source { document: document.into(), path: document.into(), bytes: 0, received }, refusal: None }
    }

    fn applied(csv: &str, items: &mut [Item]) -> Result<Vec<Said>> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("penerimaan.csv"), csv).unwrap();
        apply(dir.path(), items)
    }

    #[test]
    fn stated_times_replace_the_files_own() {
        let mut items = [item("a/b.xlsx"), item("c.pdf")];
        let notes = applied("\u{feff}document;diterima\na\\b.xlsx;2025-10-05T23:59:00+07:00\n", &mut items).unwrap();
        assert_eq!(items[0].source.received.seconds, 1_759_683_540);
        assert!(items[0].source.received.stated && !items[1].source.received.stated);
        assert!(notes.len() == 1 && notes[0].id.starts_with("1 dokumen"), "{notes:?}");
    }

    #[test]
    fn times_of_files_that_were_copied_together_tell_nothing() {
        let at = |seconds: i64| {
            let mut item = item("a");
            item.source.received = Receipt { at: "x".into(), seconds, stated: false };
            item
        };
        let left = |times: &[i64]| {
            let mut items: Vec<Item> = times.iter().map(|&t| at(t)).collect();
            forget_copying(&mut items);
            items.iter().filter(|i| !i.source.received.at.is_empty()).count()
        };
        assert_eq!((left(&[1_000, 1_100, 1_600]), left(&[1_000]), left(&[1_000, 9_000])), (0, 0, 2));
        let mut stated = [at(1_000), at(2_000)];
        stated[0].source.received.stated = true;
        forget_copying(&mut stated);
        assert_eq!((stated[0].source.received.seconds, stated[1].source.received.seconds), (1_000, 0));
    }

    #[test]
    fn rows_that_cannot_be_used_are_said() {
        let mut items = [item("a.xlsx")];
        let notes = applied("document,diterima\nx.xlsx,2025-10-05T23:59:00Z\na.xlsx,kemarin\n", &mut items).unwrap();
        let said = notes.iter().map(|n| n.id.as_str()).collect::<Vec<_>>().join("\n");
        assert!(said.contains("baris 2: dokumen \"x.xlsx\"") && said.contains("baris 3 (a.xlsx): \"kemarin\""), "{said}");
        assert_eq!(applied("nama,waktu\n", &mut items).unwrap_err().exit_code(), 2);
    }
}
