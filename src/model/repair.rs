//! The sheet that goes to an office with its faults and comes back with its answers: written in one stage, read in another.

use serde::{Deserialize, Serialize};

/// Name of the sheet.
pub const SHEET: &str = "Daftar Perbaikan";

/// What stands in its first cell: a sheet of that name alone could be anybody's.
pub const TITLE: &str = "DAFTAR PERBAIKAN REKAP";

/// Its columns, from the first.
pub const COLUMNS: [&str; 10] =
    ["No", "Sel", "Kode", "Ditemukan", "Seharusnya", "Selisih", "Usulan", "Uraian", "Tanggapan", "Kunci"];

/// Row of the column heads, from zero.
pub const HEADS: u32 = 5;

/// Column of the answers.
pub const ANSWER: u16 = 8;

/// Column of the keys.
pub const KEY: u16 = 9;

/// What an office answered to one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The item.
    pub key: String,
    /// What the item said is found there, as the list had it.
    pub found: String,
    /// The answer, without numbers that could belong to a person.
    pub answer: String,
    /// What the item stood for besides its key: one word per finding, made of its key and its values. Empty for an error.
    #[serde(default)]
    pub seals: Vec<String>,
}

/// A line of `penerimaan-catatan.csv`: a warning that is accepted as long as its value stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Line of the file.
    pub line: u64,
    /// The document.
    pub document: String,
    /// Where, as the contract writes it; empty for the document as a whole.
    pub locator: String,
    /// Code of the warning.
    pub code: String,
    /// What is found there.
    pub value: String,
    /// Why it is accepted.
    pub reason: String,
    /// Until when: a day or a period; empty for as long as the value stays.
    pub until: String,
}

/// Why a warning was accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The reason.
    pub reason: String,
    /// Until when; empty for as long as the value stays.
    pub until: String,
    /// Who says so: the line of `penerimaan-catatan.csv`, or the answer of the office.
    pub by: String,
}
