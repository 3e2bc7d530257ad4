//! `manifest.json`: which inputs, schemas and program made which outputs. It names no time, so the same inputs give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::consolidate::Consolidated;
use crate::error::{Error, Result, Said};
use crate::model::source::Named;
use crate::publish::output::Written;

/// Name of the file.
pub const NAME: &str = "manifest.json";

/// The manifest of one batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name of the batch.
    pub batch: String,
    /// Program and version.
    pub program: String,
    /// Schemas and reference lists in use.
    pub schemas: Vec<Named>,
    /// `rekap.toml` and `penerimaan.csv`.
    pub settings: Vec<Named>,
    /// The documents.
    pub inputs: Vec<Named>,
    /// What was written, without this file.
    pub outputs: Vec<Named>,
}

/// This program, as the manifest names it.
#[must_use]
pub fn program() -> String {
    format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
}

impl Manifest {
    /// The manifest of a batch that was written.
    #[must_use]
    pub fn new(batch: &Consolidated, schemas: &[Named], settings: &[Named], written: &[Written]) -> Self {
        let inputs = batch.entries.iter().map(|e| Named {
            path: e.source.document.clone(),
            sha256: e.outcome.sha256.clone(),
            bytes: Some(e.source.bytes),
        });
        let outputs = written.iter().map(|w| Named { path: w.path.clone(), sha256: w.sha256.clone(), bytes: None });
        Self {
            batch: batch.config.name.clone(),
            program: program(),
            schemas: schemas.to_vec(),
            settings: settings.to_vec(),
            inputs: inputs.collect(),
            outputs: outputs.collect(),
        }
    }

    /// Writes it into the batch's outputs.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(NAME);
        let json = serde_json::to_string_pretty(self).map_err(|e| Error::Io { path: path.clone(), cause: e.into() })?;
        fs::write(&path, json + "\n").map_err(Error::io(&path))
    }

    /// Reads one back; `None` when it is not one.
    #[must_use]
    pub fn parse(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

/// How two lists of files differ, by path: missing, added, changed. Empty when they agree.
#[must_use]
pub fn differences(then: &[Named], now: &[Named]) -> Vec<(String, Said)> {
    let then: BTreeMap<&str, &Named> = then.iter().map(|n| (n.path.as_str(), n)).collect();
    let now: BTreeMap<&str, &Named> = now.iter().map(|n| (n.path.as_str(), n)).collect();
    let gone = then.iter().filter(|(path, _)| !now.contains_key(*path)).map(|(path, _)| (path, Said::new("hilang", "missing")));
    let added = now.iter().filter(|(path, _)| !then.contains_key(*path)).map(|(path, _)| (path, Said::new("baru", "added")));
    let changed = then
        .iter()
        .filter(|(path, file)| now.get(*path).is_some_and(|other| other.sha256 != file.sha256))
        .map(|(path, _)| (path, Said::new("berubah", "changed")));
    let mut all: Vec<_> = gone.chain(added).chain(changed).map(|(path, said)| ((*path).to_owned(), said)).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(path: &str, sha256: &str) -> Named {
        Named { path: path.into(), sha256: sha256.into(), bytes: None }
    }

    #[test]
    fn every_kind_of_difference_is_named() {
        let then = [named("a", "1"), named("b", "2"), named("c", "3")];
        let now = [named("a", "1"), named("b", "9"), named("d", "4")];
        let found: Vec<_> = differences(&then, &now).into_iter().map(|(path, said)| format!("{path} {}", said.id)).collect();
        assert_eq!(found, ["b berubah", "c hilang", "d baru"]);
        assert!(differences(&then, &then).is_empty());
    }

    #[test]
    fn a_manifest_survives_the_round_trip() {
        let manifest = Manifest {
            batch: "2025-10".into(),
            program: program(),
            schemas: vec![named("pdpb.toml", "1")],
            settings: vec![],
            inputs: vec![Named { bytes: Some(3), ..named("a.xlsx", "2") }],
            outputs: vec![named("PDPB.xlsx", "3")],
        };
        let dir = tempfile::tempdir().unwrap();
        manifest.write(dir.path()).unwrap();
        let text = fs::read_to_string(dir.path().join(NAME)).unwrap();
        assert_eq!(Manifest::parse(&text), Some(manifest));
        assert_eq!(Manifest::parse("{}"), None);
    }
}
