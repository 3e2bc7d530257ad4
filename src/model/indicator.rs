//! Indicators that are computed from the documents of a batch, as an office can edit them: the typed form of `schemas/indikator/*.toml`.

use serde::{Deserialize, Serialize};

/// One indicator: the share of offices for which all conditions hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its name: that of its file, and of its folder in the evidence pack.
    #[serde(rename = "nama")]
    pub name: String,
    /// What officials call it.
    #[serde(rename = "sebutan")]
    pub label: String,
    /// The aim it belongs to.
    #[serde(rename = "sasaran")]
    pub aim: String,
    /// How documents call it: one of them fits where all its words stand in the indicator's name; `word*` is a beginning.
    #[serde(rename = "kata")]
    pub words: Vec<String>,
    /// Its target as written, in percent of the offices.
    pub target: String,
    /// How it is computed, in words.
    #[serde(rename = "cara")]
    pub rule: String,
    /// Kinds of documents that prove it, each asked of every office.
    #[serde(rename = "bukti")]
    pub evidence: Vec<String>,
    /// Where the indicator comes from.
    #[serde(rename = "sumber")]
    pub source: String,
    /// What must hold for an office to count.
    #[serde(rename = "syarat")]
    pub conditions: Vec<Condition>,
    /// Predicates from best to worst.
    #[serde(rename = "skala", default)]
    pub scale: Vec<Grade>,
}

/// One condition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// A document of this kind was accepted.
    #[serde(rename = "jenis")]
    pub kind: String,
    /// It was received before the deadline.
    #[serde(rename = "tepat_waktu", default)]
    pub in_time: bool,
    /// One of these columns is stated.
    #[serde(rename = "kolom", default)]
    pub columns: Vec<String>,
    /// Sum of the first column by the sum of the second, in percent …
    #[serde(rename = "rasio", default)]
    pub ratio: Option<(String, String)>,
    /// … is at least this.
    #[serde(rename = "paling_sedikit", default)]
    pub least: f64,
    /// A row whose indicator is called like this …
    #[serde(rename = "indikator", default)]
    pub rows: Vec<String>,
    /// … was realised with this predicate or a better one.
    #[serde(rename = "predikat", default)]
    pub grade: String,
}

/// One step of a scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its name.
    #[serde(rename = "predikat")]
    pub name: String,
    /// Values above this have it.
    #[serde(rename = "di_atas")]
    pub above: f64,
}
