//! Trouble with the run, as against trouble with data ([`crate::model::Finding`]): nothing is published.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a run stopped. The text is for the user, in Indonesian, and says what to do.
#[derive(Debug)]
pub enum Error {
    /// Wrong usage or configuration; exit code 2.
    Usage(String),
    /// The same in both languages.
    Say(Said),
    /// Another run holds the outputs folder; exit code 3.
    Busy(PathBuf),
    /// Could not read or write; exit code 3.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

/// A sentence in the user's language and in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Indonesian.
    pub id: String,
    /// English, for `--lang en`.
    pub en: String,
}

/// Result of everything that can stop a run.
pub type Result<T> = std::result::Result<T, Error>;

impl Said {
    /// The same sentence twice.
    #[must_use]
    pub fn new(id: impl Into<String>, en: impl Into<String>) -> Self {
        Self { id: id.into(), en: en.into() }
    }
}

impl Error {
    /// Exit code of the contract.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Say(_) => 2,
            Self::Busy(_) | Self::Io { .. } => 3,
        }
    }

    /// Wrong usage or configuration, in both languages.
    #[must_use]
    pub fn usage(id: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Say(Said::new(id, en))
    }

    /// For `map_err`: what went wrong with `path`.
    pub fn io(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        let path = path.as_ref().to_owned();
        move |cause| Self::Io { path, cause }
    }

    /// The text for `--lang en`; the Indonesian one where there is no other.
    #[must_use]
    pub fn english(&self) -> String {
        match self {
            Self::Say(said) => said.en.clone(),
            Self::Busy(path) => {
                format!("another rekap is writing to {}; wait until it has finished, then try again", path.display())
            }
            Self::Io { path, cause } => format!("{}: {cause}", path.display()),
            Self::Usage(text) => text.clone(),
        }
    }
}

/// What the system says, in Indonesian where it is one of the common things.
#[must_use]
pub fn in_words(cause: &io::Error) -> String {
    // What we have put into words ourselves.
    if cause.get_ref().is_some() {
        return cause.to_string();
    }
    match cause.kind() {
        io::ErrorKind::NotFound => "tidak ada".into(),
        io::ErrorKind::PermissionDenied => "akses ditolak; periksa izinnya".into(),
        io::ErrorKind::AlreadyExists => "sudah ada".into(),
        io::ErrorKind::NotADirectory => "bukan folder".into(),
        io::ErrorKind::IsADirectory => "sebuah folder, bukan berkas".into(),
        io::ErrorKind::StorageFull => "ruang penyimpanan penuh".into(),
        io::ErrorKind::ReadOnlyFilesystem => "penyimpanan hanya dapat dibaca".into(),
        io::ErrorKind::ResourceBusy => "sedang dipakai program lain".into(),
        _ => cause.to_string(),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) => f.write_str(text),
            Self::Say(said) => f.write_str(&said.id),
            Self::Busy(path) => {
                write!(f, "rekap lain sedang menulis ke {}; tunggu sampai selesai, lalu jalankan lagi", path.display())
            }
            Self::Io { path, cause } => write!(f, "{}: {}", path.display(), in_words(cause)),
        }
    }
}

impl std::error::Error for Error {}
