//! Stage 1: `inputs/` → batches, sources, configuration. The only place that opens files.
//!
//! [`folders`] lists the batches, [`batch`] looks into one of them, [`open`] hands out the bytes of a document.

mod config;
mod open;
mod receipts;
mod reference;
mod waivers;
mod walk;

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result, Said};
use crate::model::source::Named;
use crate::model::{BatchConfig, Source};
use crate::normalise::region::Regions;

pub use open::{Opened, hash, open, text};
pub use reference::{regions, schemas};

/// A batch folder, not yet looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its name, Unicode NFC.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

impl Folder {
    /// Whether the user means this batch: by its name, or by its path as a shell completes it.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        name.nfc().eq(self.name.chars())
            || fs::canonicalize(name).is_ok_and(|path| fs::canonicalize(&self.path).is_ok_and(|own| own == path))
    }

    /// Where its outputs stand.
    #[must_use]
    pub fn output(&self, outputs: &Path) -> PathBuf {
        outputs.join(self.path.file_name().unwrap_or_default())
    }
}

/// A batch as found on disk.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Name and expectations.
    pub config: BatchConfig,
    /// Its documents, sorted by path.
    pub items: Vec<Item>,
    /// `rekap.toml` and `penerimaan.csv`, where they exist: they decide about the result, so the manifest names them.
    pub settings: Vec<Named>,
    /// What the user should know about the folder itself.
    pub notes: Vec<Said>,
}

/// One document, or what stands where one should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The file.
    pub source: Source,
    /// Why it cannot even be opened (a link in a circle, a name that is no text); `None` for ordinary files.
    pub refusal: Option<String>,
}

/// The batch folders below `inputs`, sorted by name, and files that lie beside them and belong to none.
///
/// # Errors
/// When the folder is missing, cannot be listed, holds no batch, or is itself a batch.
pub fn folders(inputs: &Path) -> Result<(Vec<Folder>, Vec<Said>)> {
    if !inputs.is_dir() {
        return Err(no_inputs(inputs));
    }
    let (mut folders, mut stray) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(inputs).map_err(Error::io(inputs))? {
        let entry = entry.map_err(Error::io(inputs))?;
        let name = printed(&entry.file_name());
        match (skipped(&name), entry.path().is_dir()) {
            (true, _) => {}
            (false, true) => folders.push(Folder { name, path: entry.path() }),
            (false, false) => stray.push(name),
        }
    }
    if stray.iter().any(|name| config::is_setting(name)) {
        return Err(is_a_batch(inputs));
    }
    if folders.is_empty() {
        return Err(empty_inputs(inputs, &stray));
    }
    folders.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.path.cmp(&b.path)));
    stray.sort();
    Ok((folders, stray.iter().map(|name| lies_outside(name)).collect()))
}

/// Looks into a batch folder: what is expected, which documents there are, when they were received.
///
/// # Errors
/// When `rekap.toml` or `penerimaan.csv` cannot be read or understood.
pub fn batch(folder: &Folder, kinds: &[&str], regions: &Regions) -> Result<Batch> {
    let (waivers, unusable) = waivers::load(&folder.path)?;
    let config = BatchConfig { waivers, ..config::load(folder, kinds, regions)? };
    let (mut items, settings) = walk::walk(&folder.path)?;
    let settings = settings.into_iter().map(named).collect::<Result<_>>()?;
    let mut notes = receipts::apply(&folder.path, &mut items)?;
    receipts::forget_copying(&mut items);
    notes.extend(unusable);
    if items.is_empty() {
        notes.push(Said::new(
            format!("batch {}: tidak ada dokumen di {}", folder.name, folder.path.display()),
            format!("batch {}: no documents in {}", folder.name, folder.path.display()),
        ));
    }
    Ok(Batch { config, items, settings, notes })
}

fn named(source: Source) -> Result<Named> {
    let sha256 = hash(&source.path).map_err(Error::io(&source.path))?;
    Ok(Named { path: source.document, sha256, bytes: Some(source.bytes) })
}

/// The settings and documents of a batch with their present SHA-256, for `rekap verify`.
///
/// # Errors
/// When the folder cannot be listed.
pub fn listed(folder: &Folder) -> Result<Vec<Named>> {
    let (items, settings) = walk::walk(&folder.path)?;
    Ok(settings.into_iter().chain(items.into_iter().map(|item| item.source)).map(present).collect())
}

/// All files below a folder of ours with their SHA-256; a folder that is not there has none.
///
/// # Errors
/// When it cannot be listed.
pub fn files(folder: &Path) -> Result<Vec<Named>> {
    let (mut files, mut folders) = (Vec::new(), vec![(folder.to_owned(), String::new())]);
    while let Some((path, prefix)) = folders.pop() {
        for entry in fs::read_dir(&path).map_err(Error::io(&path))? {
            let entry = entry.map_err(Error::io(&path))?;
            let name = format!("{prefix}{}", printed(&entry.file_name()));
            if entry.path().is_dir() {
                folders.push((entry.path(), name + "/"));
            } else {
                files.push(present(walk::source(name, entry.path())));
            }
        }
    }
    Ok(files)
}

/// A file that cannot be read now has no SHA-256, and so differs from any that could.
fn present(source: Source) -> Named {
    Named { sha256: hash(&source.path).unwrap_or_default(), path: source.document, bytes: Some(source.bytes) }
}

/// A single file outside any batch, for `rekap read`.
///
/// # Errors
/// When there is none, or it is a folder or the like.
pub fn single(path: &Path) -> Result<Source> {
    let found = std::fs::metadata(path).map_err(Error::io(path))?;
    if !found.is_file() {
        let path = path.display();
        return Err(Error::usage(format!("{path} bukan berkas"), format!("{path} is not a file")));
    }
    let document = path.file_name().map_or_else(|| path.display().to_string(), printed);
    Ok(walk::source(document, path.to_owned()))
}

/// A file name as text: Unicode NFC; bytes that are no text and control characters, which a terminal would obey, written as `\xE9`.
fn printed(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for letter in chunk.valid().nfc() {
            if letter.is_control() {
                write!(text, "\\x{:02X}", u32::from(letter)).ok();
            } else {
                text.push(letter);
            }
        }
        for byte in chunk.invalid() {
            write!(text, "\\x{byte:02X}").ok();
        }
    }
    text
}

/// Temporary and system files, which nobody sent.
fn skipped(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name.eq_ignore_ascii_case("Thumbs.db")
}

fn no_inputs(inputs: &Path) -> Error {
    let path = inputs.display();
    Error::usage(
        format!(
            "folder masukan {path} tidak ada. Buat folder {path}/<batch> (misalnya {path}/2025-10), taruh dokumen satker di dalamnya, lalu jalankan lagi"
        ),
        format!(
            "there is no input folder {path}. Make {path}/<batch> (for example {path}/2025-10), put the documents into it, then try again"
        ),
    )
}

fn empty_inputs(inputs: &Path, stray: &[String]) -> Error {
    let path = inputs.display();
    let (id, en) = if stray.is_empty() {
        ("kosong", "is empty")
    } else {
        ("berisi berkas, tetapi tidak berisi folder batch", "holds files but no batch folder")
    };
    Error::usage(
        format!("folder masukan {path} {id}. Buat folder {path}/<batch> (misalnya {path}/2025-10) dan taruh dokumen di dalamnya"),
        format!("the input folder {path} {en}. Make {path}/<batch> (for example {path}/2025-10) and put the documents into it"),
    )
}

fn is_a_batch(inputs: &Path) -> Error {
    let path = inputs.display();
    Error::usage(
        format!(
            "{path} berisi rekap.toml atau penerimaan.csv, jadi folder ini satu batch. Tunjuk folder di atasnya dengan --inputs"
        ),
        format!("{path} holds rekap.toml or penerimaan.csv, so it is one batch. Point --inputs at the folder above it"),
    )
}

fn lies_outside(name: &str) -> Said {
    Said::new(
        format!("berkas {name} berada di luar folder batch dan tidak dibaca; pindahkan ke dalam salah satu folder batch"),
        format!("the file {name} lies outside the batch folders and was not read; move it into one of them"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_files_are_skipped_and_others_are_not() {
        for name in [".DS_Store", ".git", "~$Rekap.xlsx", "Thumbs.db", "thumbs.db"] {
            assert!(skipped(name), "{name}");
        }
        for name in ["~Rekap.xlsx", "Rekap.xlsx", "desktop.ini", "x.xlsx"] {
            assert!(!skipped(name), "{name}");
        }
    }

    #[test]
    fn names_are_composed() {
        assert_eq!(printed(OsStr::new("cafe\u{301}.xlsx")), "caf\u{e9}.xlsx");
    }

    #[test]
    fn names_never_command_a_terminal() {
        assert_eq!(printed(OsStr::new("a\n\u{1b}[2J.csv")), "a\\x0A\\x1B[2J.csv");
    }

    #[test]
    fn an_inputs_folder_that_holds_no_batch_says_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let error = folders(dir.path()).unwrap_err();
        assert!(error.exit_code() == 2 && error.to_string().contains("kosong"), "{error}");
        assert!(folders(&dir.path().join("x")).unwrap_err().to_string().contains("tidak ada"));
        fs::write(dir.path().join("rekap.toml"), "").unwrap();
        assert!(folders(dir.path()).unwrap_err().to_string().contains("satu batch"));
    }

    #[test]
    fn batches_come_in_the_order_of_their_names() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["2025-10", "2025-07", ".git"] {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        fs::write(dir.path().join("lepas.xlsx"), "x").unwrap();
        let (found, notes) = folders(dir.path()).unwrap();
        assert_eq!(found.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["2025-07", "2025-10"]);
        assert!(notes[0].id.contains("lepas.xlsx"));
    }
}
