//! The zip container of modern office files, opened with suspicion: every part that is read has its checksum verified, its
//! inflated bytes counted, and stands in the archive once.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use zip::ZipArchive;
use zip::result::ZipError;

use super::trouble::{Read, Trouble};
use crate::model::schema::Limits;

/// Deflate makes nothing smaller than this; a header that promises more is not believed.
const BEST_RATIO: u64 = 1_032;

/// An opened container.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Numbers of the entries by name in small letters, `/` between parts.
    entries: HashMap<String, usize>,
    /// Bytes that may still be inflated.
    left: u64,
    limit_mib: u64,
}

impl<'a> Archive<'a> {
    /// Reads the directory of the container.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Read<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("arsip terpotong atau rusak"))?;
        if zip.has_duplicate_names() {
            return Err(damaged("arsip memuat dua bagian bernama sama"));
        }
        let mut entries = HashMap::with_capacity(zip.len());
        for (i, raw) in zip.file_names_raw().enumerate() {
            if entries.insert(plain(&String::from_utf8_lossy(raw)), i).is_some() {
                return Err(damaged("arsip memuat dua bagian bernama sama"));
            }
        }
        Ok(Self { zip, entries, left: limits.inflated_mib << 20, limit_mib: limits.inflated_mib })
    }

    /// Whether a part of this name exists.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&plain(name))
    }

    /// Whether any part lies in this folder.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.entries.keys().any(|name| name.starts_with(folder))
    }

    /// The bytes of a part; `None` where there is none of this name.
    pub(super) fn part(&mut self, name: &str) -> Read<Option<Vec<u8>>> {
        let Some(&index) = self.entries.get(&plain(name)) else { return Ok(None) };
        let file = self.zip.by_index(index).map_err(|e| match e {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Trouble::Locked,
            _ => Trouble::Damaged(format!("bagian {name} rusak")),
        })?;
        if file.size() > self.left {
            return Err(too_large(self.limit_mib));
        }
        let reserve = file.size().min(file.compressed_size().saturating_mul(BEST_RATIO));
        let mut bytes = Vec::with_capacity(usize::try_from(reserve).unwrap_or(0));
        let read = file.take(self.left + 1).read_to_end(&mut bytes);
        let size = bytes.len() as u64;
        if size > self.left {
            return Err(too_large(self.limit_mib));
        }
        read.map_err(|_| Trouble::Damaged(format!("bagian {name} tidak cocok dengan jumlah periksanya")))?;
        self.left -= size;
        Ok(Some(bytes))
    }

    /// The text of an XML part, whatever its encoding.
    pub(super) fn xml(&mut self, name: &str) -> Read<Option<String>> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        decoded(bytes).map(Some).ok_or_else(|| Trouble::Damaged(format!("bagian {name} bukan teks")))
    }

    /// The text of an XML part that must be there.
    pub(super) fn needed_xml(&mut self, name: &str) -> Read<String> {
        self.xml(name)?.ok_or_else(|| Trouble::Damaged(format!("bagian {name} hilang")))
    }

    /// Bytes that may still be inflated or made out of what was.
    pub(super) const fn left(&self) -> u64 {
        self.left
    }
}

/// Names compare without case, and some writers use back slashes.
fn plain(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

fn too_large(limit_mib: u64) -> Trouble {
    Trouble::TooLarge(format!("isinya lebih dari {limit_mib} MiB setelah dimekarkan"))
}

fn damaged(reason: &str) -> Trouble {
    Trouble::Damaged(reason.to_owned())
}

/// Text of an XML part: UTF-8 nearly always, UTF-16 by its mark or first bytes, else what the declaration says.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => return strictly(UTF_16LE, &bytes),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => return strictly(UTF_16BE, &bytes),
        _ => (),
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(faulty) => {
            let bytes = faulty.into_bytes();
            strictly(declared(&bytes)?, &bytes)
        }
    }
}

/// The encoding named in `<?xml … encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let (_, after) = head.split_once("encoding=")?;
    let name = after.split(['"', '\'']).nth(1)?;
    Encoding::for_label(name.as_bytes())
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let (text, _, faulty) = encoding.decode(bytes);
    (!faulty).then(|| text.into_owned())
}
