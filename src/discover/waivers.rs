//! `penerimaan-catatan.csv`: warnings that are accepted with a reason. A line that cannot be used is said and costs only itself.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::open;
use crate::error::{Error, Result, Said};
use crate::model::{Period, Waiver};
use crate::normalise::{date, period};

/// Name of the file.
const FILE: &str = "penerimaan-catatan.csv";

/// Its columns; `until` may be missing.
const COLUMNS: [&str; 6] = ["document", "locator", "code", "value", "reason", "until"];

/// The usable lines, and a note for each of the others; nothing where there is no such file.
pub(super) fn load(folder: &Path) -> Result<(Vec<Waiver>, Vec<Said>)> {
    let path = folder.join(FILE);
    if !path.is_file() {
        return Ok((Vec::new(), Vec::new()));
    }
    read(&path, &open::text(&path)?)
}

fn read(path: &Path, text: &str) -> Result<(Vec<Waiver>, Vec<Said>)> {
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let columns = COLUMNS.map(|name| header.iter().position(|h| h.eq_ignore_ascii_case(name)));
    if columns[..5].contains(&None) {
        return Err(headless(path));
    }
    let (mut waivers, mut notes) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let [document, locator, code, value, reason, until] =
            columns.map(|c| c.and_then(|c| record.get(c)).unwrap_or_default().to_owned());
        let line = record.position().map_or(0, csv::Position::line);
        if reason.is_empty() || document.is_empty() || code.is_empty() {
            notes.push(incomplete(line));
            continue;
        }
        let Some(until) = day_or_period(&until) else {
            notes.push(timeless(line, &until));
            continue;
        };
        let document = document.replace('\\', "/").nfc().collect();
        waivers.push(Waiver { line, document, locator, code: code.to_ascii_uppercase(), value, reason, until });
    }
    Ok((waivers, notes))
}

/// A day or period however it is written, as the contract writes it: `31/12/2025` is `2025-12-31`. `None` where it is neither.
fn day_or_period(text: &str) -> Option<String> {
    if text.is_empty() || text.parse::<Period>().is_ok() {
        return Some(text.to_owned());
    }
    let named = || match period::find(text).as_slice() {
        [only] => Some(only.period.to_string()),
        _ => None,
    };
    date::parse(text).map(|day| day.to_string()).or_else(named)
}

fn timeless(line: u64, until: &str) -> Said {
    Said::new(
        format!(
            "{FILE} baris {line}: \"{until}\" di kolom until bukan tanggal atau periode seperti 2025-12-31 atau 2025-12; baris ini diabaikan"
        ),
        format!(
            "{FILE} line {line}: \"{until}\" in column until is no day or period like 2025-12-31 or 2025-12; this line is ignored"
        ),
    )
}

fn incomplete(line: u64) -> Said {
    Said::new(
        format!("{FILE} baris {line}: dokumen, kode, dan alasan harus diisi; baris ini diabaikan"),
        format!("{FILE} line {line}: document, code and reason must be stated; this line is ignored"),
    )
}

fn headless(path: &Path) -> Error {
    let (path, columns) = (path.display(), COLUMNS.join(","));
    Error::usage(
        format!("{path} baris 1: judul kolomnya harus {columns} (until boleh tidak ada)"),
        format!("{path} line 1: the header must be {columns} (until may be missing)"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usable_lines_are_taken_and_the_others_said() {
        let text = "document;locator;code;value;reason\na\\b.xlsx;Rekap!D4;p04;1200;perumahan baru\nx.xlsx;;D03;;\n";
        let (waivers, notes) = read(Path::new(FILE), text).unwrap();
        assert_eq!(waivers.len(), 1);
        assert_eq!((waivers[0].document.as_str(), waivers[0].code.as_str(), waivers[0].line), ("a/b.xlsx", "P04", 2));
        assert!(notes.len() == 1 && notes[0].id.contains("baris 3"), "{notes:?}");
        assert_eq!(read(Path::new(FILE), "dokumen,kode\n").unwrap_err().exit_code(), 2);
    }

    #[test]
    fn an_end_is_read_however_it_is_written_and_a_line_without_a_readable_one_is_said() {
        for (written, read) in [
            ("", ""),
            ("2025-12", "2025-12"),
            ("2025-12-31", "2025-12-31"),
            ("31/12/2024", "2024-12-31"),
            ("31 Desember 2024", "2024-12-31"),
            ("TW III 2025", "2025-TW3"),
        ] {
            assert_eq!(day_or_period(written).as_deref(), Some(read), "{written}");
        }
        let text = "document,locator,code,value,reason,until\na.xlsx,,P04,1200,perumahan baru,2025-13-45\na.xlsx,,P04,1,pindah,selesai pilkada\n";
        let (waivers, notes) = read(Path::new(FILE), text).unwrap();
        assert!(waivers.is_empty() && notes.len() == 2 && notes[1].id.contains("selesai pilkada"), "{notes:?}");
    }
}
