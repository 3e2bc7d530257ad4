//! The container of a finished workbook, the same on every system.

/// Signature of an entry in the directory of a container, and of the directory's end.
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
/// Length of the directory's end without a comment.
const END_LENGTH: usize = 22;
/// Where an entry says on which system it was made, and the number for Unix (APPNOTE.TXT 4.4.2).
const MADE_ON: usize = 5;
const UNIX: u8 = 3;

/// Writes into the directory that every part was made on the same system, for the library states the one it runs on. Bytes that are no
/// container without a comment stay as they are.
#[must_use]
pub fn alike(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut at = directory(&bytes);
    while let Some(start) = at.filter(|&s| bytes.get(s..s + ENTRY.len()) == Some(&ENTRY)) {
        if let Some(made_on) = bytes.get_mut(start + MADE_ON) {
            *made_on = UNIX;
        }
        let length = |field| number(&bytes, start + field, 2);
        at = [28, 30, 32].into_iter().map(length).sum::<Option<usize>>().map(|more| start + 46 + more);
    }
    bytes
}

/// Where the directory begins.
fn directory(bytes: &[u8]) -> Option<usize> {
    let end = bytes.len().checked_sub(END_LENGTH)?;
    if bytes.get(end..end + END.len()) == Some(&END) { number(bytes, end + 16, 4) } else { None }
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at + length)?;
    Some(digits.iter().rev().fold(0, |n, &byte| n << 8 | usize::from(byte)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};
    use zip::{System, ZipArchive};

    use super::*;

    fn container(system: System) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["[Content_Types].xml", "xl/workbook.xml"] {
            zip.start_file(name, SimpleFileOptions::default().system(system).last_modified_time(zip::DateTime::default()))
                .unwrap();
            zip.write_all(name.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_workbook_made_on_windows_has_the_bytes_of_one_made_elsewhere() {
        let (here, there) = (container(System::Unix), container(System::Dos));
        assert_ne!(here, there);
        assert_eq!(alike(there), here);
        assert_eq!(alike(here.clone()), here);
        assert_eq!(ZipArchive::new(Cursor::new(&here)).unwrap().len(), 2);
    }

    #[test]
    fn other_bytes_stay_as_they_are() {
        for bytes in [&b""[..], b"PK\x05\x06", &[0; 64], b"teks biasa yang cukup panjang untuk dibaca"] {
            assert_eq!(alike(bytes.to_vec()), bytes);
        }
    }
}
