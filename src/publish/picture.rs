//! Pictures of pages with what was recognised on them, where somebody asked for them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Writes the pictures: the first as named, the others with their number before the ending (`out.png`, `out-2.png`, …). Returns the
/// names.
///
/// # Errors
/// When one cannot be written.
pub fn write(path: &Path, pictures: &[Vec<u8>]) -> Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for (number, bytes) in (1..).zip(pictures) {
        let path = numbered(path, number);
        fs::write(&path, bytes).map_err(Error::io(&path))?;
        written.push(path);
    }
    Ok(written)
}

fn numbered(path: &Path, number: usize) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}-{number}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_pages_have_their_number_in_the_name() {
        let folder = tempfile::tempdir().unwrap();
        let names = write(&folder.path().join("out.png"), &[vec![1], vec![2]]).unwrap();
        assert_eq!(names, [folder.path().join("out.png"), folder.path().join("out-2.png")]);
        assert_eq!(fs::read(&names[1]).unwrap(), [2]);
    }
}
