//! Activities of an office, by which budgets and indicators can be filtered: the typed form of `schemas/kegiatan.toml`.

use serde::{Deserialize, Serialize};

/// One activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Its number in the office's list.
    #[serde(rename = "nomor")]
    pub number: String,
    /// Its name.
    #[serde(rename = "nama")]
    pub name: String,
    /// Budget program that it mostly belongs to.
    pub program: String,
    /// Budget codes without program: themselves, what is below them, and paths that end with them.
    #[serde(rename = "kode")]
    pub codes: Vec<String>,
    /// How budgets and indicators call it: one of them fits where all its words stand in the text; `word*` is a beginning.
    #[serde(rename = "kata")]
    pub words: Vec<String>,
    /// The codes were compared with a budget of the office.
    #[serde(rename = "terverifikasi")]
    pub verified: bool,
}

impl Activity {
    /// What it is called in a list: `13 Layanan Data dan Informasi`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.number, self.name)
    }

    /// Whether a budget code is one of its own or below one.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        let parts: Vec<&str> = code.split('.').collect();
        self.codes.iter().any(|own| {
            let own: Vec<&str> = own.split('.').collect();
            !own[0].is_empty() && parts.windows(own.len()).any(|part| part == own)
        })
    }
}
