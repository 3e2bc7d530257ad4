//! The documents of a batch: every file below its folder, in the order of their paths, none lost and none twice.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{Item, config, printed, skipped};
use crate::error::{Error, Result, in_words};
use crate::model::{Receipt, Source};

/// Everything below a batch folder: documents, and the settings files at its root.
pub(super) fn walk(root: &Path) -> Result<(Vec<Item>, Vec<Source>)> {
    let mut walk = Walk { home: fs::canonicalize(root).map_err(Error::io(root))?, ..Walk::default() };
    walk.folders.push((root.to_owned(), String::new()));
    fs::read_dir(root).map_err(Error::io(root))?;
    while let Some((folder, prefix)) = walk.folders.pop() {
        if let Err(cause) = walk.list(&folder, &prefix) {
            walk.refuse(prefix, folder, format!("folder tidak dapat dibuka ({})", in_words(&cause)));
        }
    }
    let mut items = walk.items;
    items.sort_by(|a, b| a.source.document.cmp(&b.source.document).then_with(|| a.source.path.cmp(&b.source.path)));
    name_twins(&mut items);
    walk.settings.sort_by(|a, b| a.document.cmp(&b.document));
    Ok((items, walk.settings))
}

#[derive(Default)]
struct Walk {
    /// The batch folder without links.
    home: PathBuf,
    /// Folders still to be listed, with the document prefix of what is in them.
    folders: Vec<(PathBuf, String)>,
    /// Folders outside the batch that a link has led to.
    linked: BTreeSet<PathBuf>,
    items: Vec<Item>,
    settings: Vec<Source>,
}

impl Walk {
    fn list(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let os_name = entry.file_name();
            let name = printed(&os_name);
            if skipped(&name) {
                continue;
            }
            let document = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if os_name.to_str().is_none() {
                self.refuse(document, entry.path(), "nama berkas bukan teks yang sah (bukan UTF-8); ganti namanya".into());
            } else if entry.file_type()?.is_symlink() {
                self.link(entry.path(), document);
            } else {
                self.place(entry.path(), document);
            }
        }
        Ok(())
    }

    /// A folder is listed later, an ordinary file is a document, anything else is refused.
    fn place(&mut self, path: PathBuf, document: String) {
        match fs::metadata(&path) {
            Ok(found) if found.is_dir() => self.folders.push((path, document)),
            Ok(found) if found.is_file() && config::is_setting(&document) => self.settings.push(source(document, path)),
            Ok(found) if found.is_file() => self.items.push(Item { source: source(document, path), refusal: None }),
            Ok(_) => self.refuse(document, path, "bukan berkas biasa (pipa atau perangkat)".into()),
            Err(cause) => self.refuse(document, path, format!("tidak dapat dibuka ({})", in_words(&cause))),
        }
    }

    /// A link to a file is that file; a link to a folder is followed once, and only out of the batch: what lies inside is read anyway.
    fn link(&mut self, path: PathBuf, document: String) {
        match fs::canonicalize(&path) {
            Err(_) => {
                let why = "tautan (symlink) yang rusak atau berputar; ganti dengan berkasnya sendiri";
                self.refuse(document, path, why.into());
            }
            Ok(target) if target.is_dir() => {
                let inside = target.starts_with(&self.home) || self.home.starts_with(&target);
                if inside || !self.linked.insert(target) {
                    self.refuse(document, path, "tautan (symlink) ke folder yang sudah dibaca; hapus tautan ini".into());
                } else {
                    self.folders.push((path, document));
                }
            }
            Ok(_) => self.place(path, document),
        }
    }

    fn refuse(&mut self, document: String, path: PathBuf, why: String) {
        self.items.push(Item { source: source(document, path), refusal: Some(why) });
    }
}

/// Two names that differ only in how their accents are stored would be one document in every table.
fn name_twins(items: &mut [Item]) {
    for i in 1..items.len() {
        if items[i].source.document == items[i - 1].source.document {
            items[i].source.document.push_str(" (2)");
            items[i].refusal = Some("dua berkas bernama sama di folder ini; ganti nama salah satunya".into());
        }
    }
}

/// The file with its size and its modification time, weak evidence of when it was received.
pub(super) fn source(document: String, path: PathBuf) -> Source {
    let found = fs::metadata(&path).ok();
    let bytes = found.as_ref().map_or(0, fs::Metadata::len);
    let seconds =
        found.and_then(|m| m.modified().ok()).and_then(|time| Timestamp::try_from(time).ok()).map_or(0, Timestamp::as_second);
    let at = Timestamp::from_second(seconds).map(|t| t.to_string()).unwrap_or_default();
    Source { document, path, bytes, received: Receipt { at, seconds, stated: false } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(root: &Path, name: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }

    fn documents(items: &[Item]) -> Vec<&str> {
        items.iter().map(|i| i.source.document.as_str()).collect()
    }

    #[test]
    fn documents_come_sorted_whatever_folders_they_lie_in() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b/2.csv", "b/1.csv", "a.csv", "x.xlsx/isi.csv", ".DS_Store", "b/~$1.xlsx", "rekap.toml", "b/rekap.toml"] {
            touch(dir.path(), name);
        }
        let (items, settings) = walk(dir.path()).unwrap();
        assert_eq!(documents(&items), ["a.csv", "b/1.csv", "b/2.csv", "b/rekap.toml", "x.xlsx/isi.csv"]);
        assert_eq!(settings[0].document, "rekap.toml");
        assert!(items.iter().all(|i| i.refusal.is_none() && !i.source.received.stated));
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_and_broken_links_are_named() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        touch(dir.path(), "a/1.csv");
        touch(other.path(), "2.csv");
        symlink(dir.path(), dir.path().join("a/atas")).unwrap();
        symlink("tiada", dir.path().join("putus.csv")).unwrap();
        symlink(other.path(), dir.path().join("luar")).unwrap();
        symlink(dir.path().join("sendiri"), dir.path().join("sendiri")).unwrap();
        let (items, _) = walk(dir.path()).unwrap();
        assert_eq!(documents(&items), ["a/1.csv", "a/atas", "luar/2.csv", "putus.csv", "sendiri"]);
        assert_eq!(items.iter().map(|i| i.refusal.is_some()).collect::<Vec<_>>(), [false, true, false, true, true]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_no_text_is_reported_and_not_lost() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.csv")), "x").unwrap();
        for twin in ["e\u{301}.csv", "\u{e9}.csv"] {
            touch(dir.path(), twin);
        }
        let (items, _) = walk(dir.path()).unwrap();
        assert_eq!(documents(&items), ["caf\\xE9.csv", "\u{e9}.csv", "\u{e9}.csv (2)"]);
        assert_eq!(items.iter().map(|i| i.refusal.is_some()).collect::<Vec<_>>(), [true, false, true]);
    }
}
