//! The outputs folder: one run at a time, and a batch's outputs are replaced as a whole or not at all.
//!
//! Everything is written below `.rekap-baru/` first. When all is there, each batch folder changes places with its forerunner in one step
//! where the system can do that; elsewhere the old one steps aside into `.rekap-lama/` for the moment between two renames, and a run that
//! is killed just then is mended by the next one.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, in_words};

const LOCK: &str = ".rekap.lock";
const FRESH: &str = ".rekap-baru";
const OLD: &str = ".rekap-lama";

/// The outputs folder, held by this run until it is dropped.
#[derive(Debug)]
pub struct Outputs {
    root: PathBuf,
    staged: Vec<OsString>,
    _lock: File,
}

impl Outputs {
    /// Takes the folder for this run, and clears away what a killed run has left.
    ///
    /// # Errors
    /// When another run holds it, or it cannot be written.
    pub fn open(root: &Path) -> Result<Self> {
        fs::create_dir_all(root).map_err(Error::io(root))?;
        let path = root.join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(&path).map_err(Error::io(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Busy(root.to_owned())),
            Err(TryLockError::Error(cause)) => return Err(Error::Io { path, cause }),
        }
        let outputs = Self { root: root.to_owned(), staged: Vec::new(), _lock: lock };
        outputs.recover()?;
        Ok(outputs)
    }

    /// An empty folder for the outputs of the batch in `inputs`, beside the old ones.
    ///
    /// # Errors
    /// When it cannot be made, or what stands in the place of the old outputs was not made by this program.
    pub fn fresh(&mut self, inputs: &Path) -> Result<PathBuf> {
        let name = inputs.file_name().unwrap_or(OsStr::new("batch")).to_owned();
        let target = self.root.join(&name);
        if target.exists() && !ours(&target) {
            return Err(foreign(&target));
        }
        let folder = self.root.join(FRESH).join(&name);
        fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
        self.staged.push(name);
        Ok(folder)
    }

    /// Puts the fresh outputs in the place of the old ones.
    ///
    /// # Errors
    /// When a folder cannot be moved; on Windows that is so while a file in it is open.
    pub fn swap(self) -> Result<()> {
        for name in &self.staged {
            let (fresh, target) = (self.root.join(FRESH).join(name), self.root.join(name));
            if !target.exists() {
                fs::rename(&fresh, &target).map_err(Error::io(&target))?;
            } else if exchange(&fresh, &target).is_err() {
                self.step_aside(name, &fresh, &target).map_err(|cause| held(&target, &cause))?;
            }
        }
        self.clear()
    }

    fn step_aside(&self, name: &OsStr, fresh: &Path, target: &Path) -> io::Result<()> {
        let old = self.root.join(OLD);
        fs::create_dir_all(&old)?;
        fs::rename(target, old.join(name))?;
        fs::rename(fresh, target).inspect_err(|_| {
            fs::rename(old.join(name), target).ok();
        })
    }

    /// Old outputs that a killed run had moved aside go back; everything else of it goes away.
    fn recover(&self) -> Result<()> {
        let old = self.root.join(OLD);
        if let Ok(list) = fs::read_dir(&old) {
            for entry in list.flatten() {
                let target = self.root.join(entry.file_name());
                if !target.exists() {
                    fs::rename(entry.path(), &target).map_err(Error::io(&target))?;
                }
            }
        }
        self.clear()
    }

    fn clear(&self) -> Result<()> {
        for name in [FRESH, OLD] {
            let path = self.root.join(name);
            if path.exists() {
                fs::remove_dir_all(&path).map_err(Error::io(&path))?;
            }
        }
        Ok(())
    }
}

/// Outputs of an earlier run, or an empty folder; anything else belongs to somebody and is not replaced.
fn ours(target: &Path) -> bool {
    target.join("manifest.json").is_file() || fs::read_dir(target).is_ok_and(|mut list| list.next().is_none())
}

fn foreign(target: &Path) -> Error {
    let path = target.display();
    Error::usage(
        format!(
            "{path} sudah ada dan bukan hasil rekap (tanpa manifest.json), jadi tidak ditimpa; pindahkan, atau pilih folder lain dengan --outputs"
        ),
        format!(
            "{path} exists and was not made by rekap (no manifest.json), so it is not replaced; move it, or choose another folder with --outputs"
        ),
    )
}

fn held(target: &Path, cause: &io::Error) -> Error {
    let cause_in_words = in_words(cause);
    let hint = format!("{cause_in_words} (tutup berkas di folder ini yang masih terbuka, misalnya di Excel, lalu jalankan lagi)");
    Error::Io { path: target.to_owned(), cause: io::Error::new(cause.kind(), hint) }
}

/// Lets two folders change places in one step.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

/// This system has no such step.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publish(root: &Path, text: &str) {
        let mut outputs = Outputs::open(root).unwrap();
        let fresh = outputs.fresh(Path::new("inputs/2025-10")).unwrap();
        fs::write(fresh.join("manifest.json"), text).unwrap();
        outputs.swap().unwrap();
    }

    fn names(root: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(root).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_run_replaces_the_first_and_leaves_nothing_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        publish(dir.path(), "satu");
        fs::write(dir.path().join("2025-10/lama.txt"), "").unwrap();
        publish(dir.path(), "dua");
        assert_eq!(fs::read_to_string(dir.path().join("2025-10/manifest.json")).unwrap(), "dua");
        assert_eq!(names(&dir.path().join("2025-10")), ["manifest.json"]);
        assert_eq!(names(dir.path()), [LOCK, "2025-10"]);
    }

    #[test]
    fn only_one_run_holds_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let first = Outputs::open(dir.path()).unwrap();
        assert!(matches!(Outputs::open(dir.path()), Err(Error::Busy(_))));
        drop(first);
        assert!(Outputs::open(dir.path()).is_ok());
    }

    #[test]
    fn a_run_killed_while_writing_leaves_the_old_outputs_and_is_cleared_away() {
        let dir = tempfile::tempdir().unwrap();
        publish(dir.path(), "lama");
        fs::create_dir_all(dir.path().join(FRESH).join("2025-10/data")).unwrap();
        drop(Outputs::open(dir.path()).unwrap());
        assert_eq!(names(dir.path()), [LOCK, "2025-10"]);
        assert_eq!(fs::read_to_string(dir.path().join("2025-10/manifest.json")).unwrap(), "lama");
    }

    #[test]
    fn a_run_killed_between_two_renames_is_mended() {
        let dir = tempfile::tempdir().unwrap();
        publish(dir.path(), "lama");
        fs::create_dir_all(dir.path().join(OLD)).unwrap();
        fs::rename(dir.path().join("2025-10"), dir.path().join(OLD).join("2025-10")).unwrap();
        drop(Outputs::open(dir.path()).unwrap());
        assert_eq!(fs::read_to_string(dir.path().join("2025-10/manifest.json")).unwrap(), "lama");
        assert_eq!(names(dir.path()), [LOCK, "2025-10"]);
    }

    #[test]
    fn without_an_exchange_the_old_outputs_step_aside() {
        let dir = tempfile::tempdir().unwrap();
        publish(dir.path(), "lama");
        let mut outputs = Outputs::open(dir.path()).unwrap();
        let fresh = outputs.fresh(Path::new("2025-10")).unwrap();
        fs::write(fresh.join("manifest.json"), "baru").unwrap();
        let target = dir.path().join("2025-10");
        outputs.step_aside(OsStr::new("2025-10"), &fresh, &target).unwrap();
        outputs.clear().unwrap();
        assert_eq!(fs::read_to_string(target.join("manifest.json")).unwrap(), "baru");
        assert_eq!(names(dir.path()), [LOCK, "2025-10"]);
    }

    #[test]
    fn what_others_made_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("2025-10")).unwrap();
        let mut outputs = Outputs::open(dir.path()).unwrap();
        assert!(outputs.fresh(Path::new("2025-10")).is_ok());
        fs::write(dir.path().join("2025-10/penting.xlsx"), "").unwrap();
        assert_eq!(outputs.fresh(Path::new("2025-10")).unwrap_err().exit_code(), 2);
    }
}
