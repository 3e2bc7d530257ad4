//! Files of a batch as they are written: counted, hashed, and named by their path below the batch's folder.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// A file that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Path below the batch's output folder, `/` between parts.
    pub path: String,
    /// SHA-256 of its bytes in lower-case hex.
    pub sha256: String,
}

/// The folder of one batch and what was written into it so far.
#[derive(Debug)]
pub struct Folder<'a> {
    root: &'a Path,
    written: Vec<Written>,
}

impl<'a> Folder<'a> {
    /// Starts with an existing folder.
    #[must_use]
    pub const fn new(root: &'a Path) -> Self {
        Self { root, written: Vec::new() }
    }

    /// Opens a new file below the folder.
    ///
    /// # Errors
    /// When the file or the folder above it cannot be made.
    pub fn create(&self, relative: &str) -> Result<Output> {
        let path = self.root.join(relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(Error::io(parent))?;
        }
        let file = File::create(&path).map_err(Error::io(&path))?;
        let file = BufWriter::with_capacity(1 << 16, file);
        Ok(Output { path, relative: relative.to_owned(), file, hash: Sha256::new() })
    }

    /// Closes a file and notes it.
    ///
    /// # Errors
    /// When the last bytes cannot be written.
    pub fn close(&mut self, mut output: Output) -> Result<()> {
        output.file.flush().map_err(Error::io(&output.path))?;
        self.written.push(Written { path: output.relative, sha256: hex(&output.hash.finalize()) });
        Ok(())
    }

    /// Writes a whole file at once.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, relative: &str, bytes: &[u8]) -> Result<()> {
        let mut output = self.create(relative)?;
        output.write_all(bytes).map_err(Error::io(&output.path))?;
        self.close(output)
    }

    /// What was written, sorted by path.
    #[must_use]
    pub fn finish(mut self) -> Vec<Written> {
        self.written.sort_by(|a, b| a.path.cmp(&b.path));
        self.written
    }
}

/// A file being written; its hash grows with it.
#[derive(Debug)]
pub struct Output {
    path: PathBuf,
    relative: String,
    file: BufWriter<File>,
    hash: Sha256,
}

impl Output {
    /// For `map_err`: what went wrong with this file, whatever library says so.
    pub fn trouble<E: std::error::Error + Send + Sync + 'static>(path: &Path) -> impl FnOnce(E) -> Error {
        let path = path.to_owned();
        move |cause| Error::Io { path, cause: io::Error::other(cause) }
    }

    /// Where it is written.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Lower-case hex.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_file_is_named_and_hashed() {
        let dir = tempfile::tempdir().unwrap();
        let mut folder = Folder::new(dir.path());
        folder.write("data/b.csv", b"abc").unwrap();
        folder.write("a.txt", b"").unwrap();
        let written = folder.finish();
        assert_eq!(written[0].path, "a.txt");
        assert_eq!(written[1].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(fs::read(dir.path().join("data/b.csv")).unwrap(), b"abc");
    }
}
