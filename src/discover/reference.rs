//! What documents are judged by: the built-in schemas with an office's own files in their place, and the list of regions.

use std::fs;
use std::path::Path;

use super::open::{hash_of, text};
use crate::error::{Error, Result};
use crate::model::Schemas;
use crate::model::source::Named;
use crate::normalise::region::{BUILTIN, Regions};
use crate::schemas;

/// The schemas in use, with the SHA-256 of every text they were made from.
///
/// # Errors
/// When a file of the folder cannot be read, has a name that no schema has, or is broken.
pub fn schemas(folder: Option<&Path>) -> Result<(Schemas, Vec<Named>)> {
    let own = match folder {
        Some(folder) => texts(folder)?,
        None => Vec::new(),
    };
    let mut schemas = schemas::from_texts(&own)?;
    schemas.limits.ocr &= !ocr_refused(std::env::var_os("REKAP_OCR"));
    let names = schemas::in_use(&own);
    let in_use = names.iter().map(|name| {
        let own = own.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str());
        named(name, own.or_else(|| schemas::builtin_text(name)).unwrap_or_default().as_bytes())
    });
    let in_use = in_use.chain([named("wilayah.csv.gz", BUILTIN)]).collect();
    Ok((schemas, in_use))
}

/// Whether the environment forbids OCR, so that results are the same on machines with an engine and without.
fn ocr_refused(said: Option<std::ffi::OsString>) -> bool {
    said.is_some_and(|word| ["0", "no", "off", "false", "tidak"].iter().any(|no| word.eq_ignore_ascii_case(no)))
}

/// The list of regions with the aliases of the schemas.
///
/// # Errors
/// When an alias is for a region that does not exist.
pub fn regions(schemas: &Schemas) -> Result<Regions> {
    let regions = Regions::builtin().and_then(|list| list.with_aliases(&schemas.aliases));
    let regions = regions
        .map_err(|e| Error::usage(format!("schemas/wilayah-alias.toml: {e}"), format!("schemas/wilayah-alias.toml: {e}")))?;
    Ok(regions.with_least_score(schemas.limits.region_score))
}

/// Folders below `schemas/` to which an office may add files.
const FOLDERS: [&str; 2] = ["indikator", "norma"];

/// Name and text of every `.toml` in the folder and in those below it that take files, sorted; other files are not looked at.
fn texts(folder: &Path) -> Result<Vec<(String, String)>> {
    if !folder.is_dir() {
        let path = folder.display();
        return Err(Error::usage(format!("folder skema {path} tidak ada"), format!("there is no schema folder {path}")));
    }
    let mut texts = Vec::new();
    gather(folder, "", &mut texts)?;
    for below in FOLDERS.iter().filter(|below| folder.join(below).is_dir()) {
        gather(&folder.join(below), &format!("{below}/"), &mut texts)?;
    }
    texts.sort();
    Ok(texts)
}

fn gather(folder: &Path, above: &str, texts: &mut Vec<(String, String)>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(Error::io(folder))? {
        let path = entry.map_err(Error::io(folder))?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == "toml") && !name.starts_with('.') {
            texts.push((format!("{above}{name}"), text(&path)?));
        }
    }
    Ok(())
}

fn named(path: &str, bytes: &[u8]) -> Named {
    Named { path: path.to_owned(), sha256: hash_of(bytes), bytes: Some(bytes.len() as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offices_own_file_takes_the_place_of_the_built_in_one_and_shows_in_its_hash() {
        let dir = tempfile::tempdir().unwrap();
        let (_, before) = schemas(Some(dir.path())).unwrap();
        let own = schemas::builtin_text("batas.toml").unwrap().replace("berkas_mib = 200", "berkas_mib = 7");
        fs::write(dir.path().join("batas.toml"), own).unwrap();
        fs::write(dir.path().join("catatan.txt"), "x").unwrap();
        let (read, after) = schemas(Some(dir.path())).unwrap();
        assert_eq!(read.limits.file_mib, 7);
        let changed: Vec<&str> = before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.path.as_str()).collect();
        assert_eq!(changed, ["batas.toml"]);
    }

    #[test]
    fn a_folder_that_is_not_there_or_a_file_with_a_wrong_name_stops_the_run() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(schemas(Some(&dir.path().join("tiada"))).unwrap_err().exit_code(), 2);
        fs::write(dir.path().join("batass.toml"), "").unwrap();
        assert_eq!(schemas(Some(dir.path())).unwrap_err().exit_code(), 2);
    }
}
