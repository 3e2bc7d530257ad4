//! What a file is, by its content.

use std::io::Cursor;

use super::archive::Archive;
use super::delimited::decoded;
use super::trouble::{Read, Trouble};
use crate::model::schema::Limits;

/// A file that one of the readers takes.
pub(super) enum Content<'a> {
    Xlsx(Archive<'a>),
    Xlsb(Archive<'a>),
    Ods(Archive<'a>),
    Docx(Archive<'a>),
    Xls,
    Pdf,
    /// Text, decoded.
    Text(String),
}

/// First bytes of files that are often sent and never read, and what they are called.
const FOREIGN: [(&[u8], &str); 8] = [
    (b"\x89PNG", "berkas ini gambar"),
    (b"\xFF\xD8\xFF", "berkas ini gambar"),
    (b"GIF8", "berkas ini gambar"),
    (b"II*\0", "berkas ini gambar"),
    (b"MM\0*", "berkas ini gambar"),
    (b"Rar!", "berkas ini arsip RAR; kirim isinya satu per satu"),
    (b"7z\xBC\xAF", "berkas ini arsip 7z; kirim isinya satu per satu"),
    (b"{\\rtf", "berkas ini dokumen RTF"),
];

/// Looks at the first bytes, then into the container.
pub(super) fn content<'a>(bytes: &'a [u8], limits: &Limits) -> Read<Content<'a>> {
    if bytes.iter().all(|&b| b == 0) {
        return Err(Trouble::Damaged("berkas kosong".to_owned()));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped(Archive::open(bytes, limits)?);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return compound(bytes);
    }
    if bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        return Ok(Content::Pdf);
    }
    if let Some((_, what)) = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Trouble::Foreign(what));
    }
    // Workbooks before Excel 97 start with their first record, a BOF of version 2 to 4.
    if let [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..] = bytes {
        return Err(Trouble::Foreign("buku kerja Excel versi sangat lama"));
    }
    text(bytes)
}

/// An office file by the parts it holds.
fn zipped(mut archive: Archive<'_>) -> Read<Content<'_>> {
    if archive.has("xl/workbook.bin") {
        return Ok(Content::Xlsb(archive));
    }
    if archive.has_folder("xl/") {
        return Ok(Content::Xlsx(archive));
    }
    if archive.has_folder("word/") {
        return Ok(Content::Docx(archive));
    }
    if archive.has("mimetype") {
        let kind = archive.part("mimetype")?.unwrap_or_default();
        return match kind.trim_ascii().strip_prefix(b"application/vnd.oasis.opendocument.") {
            Some(b"spreadsheet" | b"spreadsheet-template") => Ok(Content::Ods(archive)),
            Some(_) => Err(Trouble::Foreign("dokumen OpenDocument ini bukan lembar kerja")),
            None => Err(Trouble::Foreign("arsip ini bukan dokumen")),
        };
    }
    if archive.has("content.xml") {
        return Ok(Content::Ods(archive));
    }
    if archive.has_folder("ppt/") {
        return Err(Trouble::Foreign("berkas ini tayangan PowerPoint"));
    }
    if archive.has("[Content_Types].xml") || archive.has_folder("_rels/") {
        return Err(Trouble::Damaged("buku kerjanya hilang dari arsip".to_owned()));
    }
    Err(Trouble::Foreign("berkas ini arsip zip; kirim isinya satu per satu"))
}

/// A compound file holds an old workbook, an old document, or an encrypted new one.
fn compound(bytes: &[u8]) -> Read<Content<'_>> {
    let file =
        cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Trouble::Damaged("isinya terpotong atau rusak".to_owned()))?;
    if file.exists("/EncryptedPackage") || file.exists("/EncryptionInfo") {
        Err(Trouble::Locked)
    } else if file.is_stream("/Workbook") || file.is_stream("/Book") {
        Ok(Content::Xls)
    } else if file.exists("/WordDocument") {
        Err(Trouble::Foreign("berkas ini dokumen Word lama (.doc)"))
    } else {
        Err(Trouble::Foreign("berkas ini bukan buku kerja"))
    }
}

/// Text that is not a web page or XML under another name.
fn text(bytes: &[u8]) -> Read<Content<'_>> {
    let text = decoded(bytes)?;
    let start: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    if ["<!doctype", "<html", "<table", "<?xml", "<meta", "<head"].iter().any(|mark| start.starts_with(mark)) {
        return Err(Trouble::Foreign("berkas ini halaman web atau XML yang diberi nama dokumen"));
    }
    Ok(Content::Text(text))
}
