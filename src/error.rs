//! Trouble with the run, as against trouble with data ([`crate::model::Finding`]): nothing is published.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a run stopped. The text is for the user, in Indonesian, and says what to do.
#[derive(Debug)]
pub enum Error {
    /// Wrong usage or configuration; exit code 2.
    Usage(String),
    /// Could not read or write; exit code 3.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// Result of everything that can stop a run.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Exit code of the contract.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Io { .. } => 3,
        }
    }

    /// For `map_err`: what went wrong with `path`.
    pub fn io(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.as_ref().to_owned();
        move |cause| Self::Io { path, cause }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) => f.write_str(text),
            Self::Io { path, cause } => write!(f, "{}: {cause}", path.display()),
        }
    }
}

impl std::error::Error for Error {}
