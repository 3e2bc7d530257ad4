//! Bytes of a document, with their SHA-256 and a look at the size before anything is read whole.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, Result};

/// A document as opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// SHA-256 of the whole file in lower-case hex.
    pub sha256: String,
    /// Its bytes; `None` when there are more than was allowed.
    pub content: Option<Vec<u8>>,
}

/// Reads a file of at most `most` bytes; of a larger one only its SHA-256 is taken.
///
/// # Errors
/// What the system says when it cannot be opened or read.
pub fn open(path: &Path, most: u64) -> io::Result<Opened> {
    let (mut file, size) = regular(path)?;
    if size > most {
        return Ok(Opened { sha256: digest(&mut file)?, content: None });
    }
    let mut content = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.by_ref().take(most.saturating_add(1)).read_to_end(&mut content)?;
    if content.len() as u64 > most {
        return Ok(Opened { sha256: hash(path)?, content: None });
    }
    Ok(Opened { sha256: hash_of(&content), content: Some(content) })
}

/// SHA-256 of a file in lower-case hex, whatever its size.
///
/// # Errors
/// What the system says when it cannot be opened or read.
pub fn hash(path: &Path) -> io::Result<String> {
    digest(&mut regular(path)?.0)
}

/// SHA-256 of bytes at hand, in lower-case hex.
#[must_use]
pub fn hash_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A text file of ours (configuration, manifest); a byte order mark does not count, lines end as they do here, so that each is counted
/// once, and bytes that are no UTF-8 show as `�`.
///
/// # Errors
/// When it cannot be read.
pub fn text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n"))
}

/// Opens an ordinary file; a pipe or a device could keep us waiting for ever.
fn regular(path: &Path) -> io::Result<(File, u64)> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "bukan berkas biasa"));
    }
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    Ok((file, size))
}

fn digest(file: &mut File) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hasher.finalize())),
            n => hasher.update(&buffer[..n]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_no_mark_before_it_and_every_line_ends_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.csv");
        std::fs::write(&path, "\u{feff}a;b\r\n1;2\r\n").unwrap();
        assert_eq!(text(&path).unwrap(), "a;b\n1;2\n");
    }

    #[test]
    fn a_file_above_the_limit_is_hashed_but_not_handed_out() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, "abc").unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(open(&path, 3).unwrap(), Opened { sha256: abc.into(), content: Some(b"abc".to_vec()) });
        assert_eq!(open(&path, 2).unwrap(), Opened { sha256: abc.into(), content: None });
        assert_eq!(hash(&path).unwrap(), abc);
        assert!(open(dir.path(), 2).is_err());
    }
}
