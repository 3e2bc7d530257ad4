//! What is expected of a batch: `inputs/<batch>/rekap.toml`, or what its folder and documents let one infer.

use serde::{Deserialize, Serialize};

use super::period::Period;
use super::region::Region;

/// Configuration of one batch. Everything may be missing; what is missing is inferred and the inference is reported.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BatchConfig {
    /// Name of the batch folder.
    pub name: String,
    /// The office that consolidates; `None` for the nation or when not stated.
    pub wilayah: Option<Region>,
    /// Data period expected of each kind, by kind name.
    pub expected: Vec<(String, Period)>,
    /// Norm set for logistics.
    pub norma: Option<String>,
    /// Deadline, RFC 3339 as written, and in seconds since 1970-01-01 UTC.
    pub deadline: Option<(String, i64)>,
    /// Who is expected; empty when not stated.
    pub satker: Vec<Region>,
    /// Which kinds each of them owes; empty when not stated.
    pub owed: Vec<String>,
    /// What the draft minutes are to say.
    #[serde(default)]
    pub minutes: MinutesConfig,
}

/// `[berita_acara]`: what only the office knows about its plenary. What is missing becomes a dotted line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesConfig {
    /// The day, ISO.
    pub date: Option<String>,
    /// Where it is held.
    pub place: Option<String>,
    /// Number of the minutes of the office that consolidates.
    pub number: Option<String>,
}

impl BatchConfig {
    /// The period expected of a kind.
    #[must_use]
    pub fn period(&self, kind: &str) -> Option<Period> {
        self.expected.iter().find(|(k, _)| k == kind).map(|&(_, p)| p)
    }
}
