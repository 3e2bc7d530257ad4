//! The sheet on which performance accountability is evaluated, as an office can edit it: the typed form of `schemas/evaluasi.toml`.

use serde::{Deserialize, Serialize};

/// Components, answers and predicates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// Regulation or publication it was taken from, and whether that was verified.
    #[serde(rename = "sumber")]
    pub source: String,
    /// What an evaluator may answer, best first.
    #[serde(rename = "jawaban")]
    pub answers: Vec<Answer>,
    /// Predicates of the total score, best first.
    #[serde(rename = "predikat")]
    pub predicates: Vec<Predicate>,
    /// The components; their weights add up to 100.
    #[serde(rename = "komponen")]
    pub components: Vec<Component>,
}

/// An answer and what it is worth.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// As typed.
    #[serde(rename = "nama")]
    pub name: String,
    /// Percent of the weight that it earns.
    #[serde(rename = "persen")]
    pub percent: f64,
}

/// A predicate of the total.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predicate {
    /// As printed.
    #[serde(rename = "nama")]
    pub name: String,
    /// Scores above this have it.
    #[serde(rename = "di_atas")]
    pub above: f64,
}

/// One component.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Its name.
    #[serde(rename = "nama")]
    pub name: String,
    /// Its part of 100.
    #[serde(rename = "bobot")]
    pub weight: f64,
    /// Its sub-components; their shares add up to 100.
    #[serde(rename = "sub")]
    pub parts: Vec<Part>,
}

/// One sub-component, which is answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// `1.a`
    #[serde(rename = "kode")]
    pub code: String,
    /// Its name.
    #[serde(rename = "nama")]
    pub name: String,
    /// Its part of the component's weight, in percent.
    #[serde(rename = "bagian")]
    pub share: f64,
    /// What is looked at.
    #[serde(rename = "kriteria")]
    pub criteria: Vec<Criterion>,
}

/// One criterion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What must be the case.
    #[serde(rename = "uraian")]
    pub says: String,
    /// Kinds of documents of the batch that are evidence of it.
    #[serde(rename = "jenis")]
    pub kinds: Vec<String>,
    /// Other evidence, which the office keeps ready.
    #[serde(rename = "diminta")]
    pub asked: String,
}
