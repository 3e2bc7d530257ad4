//! A file that came in.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// One file below `inputs/<batch>/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path below the batch folder, `/` between parts, Unicode NFC: the `document` of every table.
    pub document: String,
    /// Where to open it.
    pub path: PathBuf,
    /// Size in bytes as listed.
    pub bytes: u64,
    /// When it was received.
    pub received: Receipt,
}

/// When a document was received, and how surely that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// RFC 3339 with offset; empty when nothing is known.
    pub at: String,
    /// Seconds since 1970-01-01 UTC, for comparing.
    pub seconds: i64,
    /// From `penerimaan.csv`; otherwise it is the file's modification time, weak evidence.
    pub stated: bool,
}

/// A file and what was in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Path below the batch folder, `/` between parts; the file name of a schema.
    pub path: String,
    /// SHA-256 in lower-case hex; empty where the file could not be read.
    pub sha256: String,
    /// Size, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
}

/// Format of a file by its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Office Open XML workbook, with or without macros.
    Xlsx,
    /// Excel 97–2003 workbook (BIFF8 in a compound file).
    Xls,
    /// Excel binary workbook.
    Xlsb,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// Text with a delimiter, whichever it is.
    Csv,
    /// Running text or Markdown.
    Txt,
    /// Portable Document Format.
    Pdf,
    /// Office Open XML text document.
    Docx,
    /// None of the above.
    #[default]
    Unknown,
}

impl Format {
    /// As the `format` column of the table `documents` has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Xlsb => "xlsb",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::Txt => "txt",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Unknown => "",
        }
    }
}
