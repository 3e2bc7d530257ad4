//! Why a file could not be read, and the finding that says so.

use crate::model::finding::Finding;

/// What every reader returns: what it made, or why it could not.
pub(super) type Read<T> = Result<T, Trouble>;

/// Why a whole file is refused. The text is Indonesian and completes the sentence of its finding.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Damaged, truncated, empty (A01).
    Damaged(String),
    /// Nothing this program reads (A01).
    Foreign(&'static str),
    /// Protected by a password (A02).
    Locked,
    /// Beyond a limit (A11).
    TooLarge(String),
}

impl Trouble {
    /// The finding of the contract.
    pub(super) fn finding(self) -> Finding {
        match self {
            Self::Damaged(reason) => Finding::new(
                "A01",
                format!(
                    "Berkas tidak dapat dibaca: {reason}. Buka berkas aslinya di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu kirim kembali."
                ),
            ),
            Self::Foreign(what) => Finding::new(
                "A01",
                format!("Berkas tidak dapat dibaca: {what}. Kirim kembali sebagai .xlsx, .ods, .csv, .docx, atau .pdf."),
            ),
            Self::Locked => Finding::new(
                "A02",
                "Berkas dilindungi kata sandi sehingga isinya tidak dapat dibaca. Hapus kata sandinya, simpan, lalu kirim kembali.",
            ),
            Self::TooLarge(reason) => Finding::new(
                "A11",
                format!(
                    "Berkas ditolak karena melampaui batas: {reason}. Kirim hanya lembar yang diminta, tanpa gambar dan sel yang tidak terpakai."
                ),
            ),
        }
    }

    /// Damaged XML in the named part.
    pub(super) fn xml(part: &str) -> impl FnOnce(quick_xml::Error) -> Self {
        move |_| Self::Damaged(format!("bagian {part} rusak"))
    }
}
