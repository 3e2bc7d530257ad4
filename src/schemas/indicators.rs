//! Indicators: `indikator/<name>.toml`, built in, replaced or added.

use super::fault::Fault;
use super::{BUILTIN, KINDS, builtin_text, parse};
use crate::model::indicator::Indicator;

/// Whether a file of the schemas folder is an indicator.
pub(super) fn is_one(name: &str) -> bool {
    name.strip_prefix("indikator/").and_then(|n| n.strip_suffix(".toml")).is_some_and(|n| !n.is_empty() && !n.contains('/'))
}

/// All indicators, sorted by name.
pub(super) fn all(replacements: &[(String, String)]) -> Result<Vec<Indicator>, Fault> {
    let built_in = BUILTIN.iter().map(|(name, _)| *name);
    let added = replacements.iter().map(|(name, _)| name.as_str()).filter(|name| builtin_text(name).is_none());
    let read = |file: &str| {
        let own = replacements.iter().find(|(name, _)| name == file).map(|(_, text)| text.as_str());
        let text = own.or_else(|| builtin_text(file)).unwrap_or_default();
        let indicator: Indicator = parse(file, text)?;
        check(file, text, &indicator)?;
        Ok(indicator)
    };
    let mut all = built_in.chain(added).filter(|name| is_one(name)).map(read).collect::<Result<Vec<_>, Fault>>()?;
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// An indicator is named like its file, speaks of kinds that exist, and its predicates stand on its scale.
fn check(file: &str, text: &str, indicator: &Indicator) -> Result<(), Fault> {
    let stem = file.trim_start_matches("indikator/").trim_end_matches(".toml");
    if indicator.name != stem {
        let what = format!("nama di berkas ini harus \"{stem}\" seperti nama berkasnya, bukan \"{}\"", indicator.name);
        return Err(Fault::seen(file, text, "nama", 0, what));
    }
    let kinds = indicator.evidence.iter().chain(indicator.conditions.iter().map(|c| &c.kind));
    for kind in kinds {
        if !KINDS.contains(&kind.as_str()) {
            let what = format!("jenis \"{kind}\" tidak dikenal; yang ada: {}", KINDS.join(", "));
            return Err(Fault::seen(file, text, &format!("\"{kind}\""), 0, what));
        }
    }
    if indicator.conditions.is_empty() {
        return Err(Fault::at(file, text, 0, "belum ada satu [[syarat]] pun".to_owned()));
    }
    for words in indicator.words.iter().chain(indicator.conditions.iter().flat_map(|c| &c.rows)) {
        if !words.chars().any(char::is_alphanumeric) {
            return Err(Fault::seen(
                file,
                text,
                "kata",
                0,
                "daftar kata memuat kata kosong, yang akan cocok dengan apa saja".to_owned(),
            ));
        }
    }
    let unknown = |grade: &String| !grade.is_empty() && !indicator.scale.iter().any(|g| g.name == *grade);
    match indicator.conditions.iter().map(|c| &c.grade).find(|grade| unknown(grade)) {
        Some(grade) => {
            Err(Fault::seen(file, text, &format!("\"{grade}\""), 0, format!("predikat \"{grade}\" tidak ada pada [[skala]]")))
        }
        None => Ok(()),
    }
}
