//! Norms of election supplies: `norma/<name>.toml`, built in, replaced or added; every formula is read when the schemas are.

use super::fault::Fault;
use super::{BUILTIN, builtin_text, parse};
use crate::model::norm::{Norm, NormGood, PriceList};
use crate::model::{Region, norm::Exception};
use crate::normalise::expression::{Exact, Formula, STATIONS, VOTERS};

/// Names that every region knows besides the parameters.
const COUNTS: [&str; 4] = [VOTERS, STATIONS, "desa", "kecamatan"];

/// Parameters that a forecast needs of every set.
const NEEDED: [&str; 4] = ["jenis_surat_suara", "pemilih_per_tps_paling_banyak", "pemungutan_tahun", "pemungutan_bulan"];

/// Whether a file of the schemas folder is a set of norms.
pub(super) fn is_one(name: &str) -> bool {
    name.strip_prefix("norma/").and_then(|n| n.strip_suffix(".toml")).is_some_and(|n| !n.is_empty() && !n.contains('/'))
}

/// All sets, built in first.
pub(super) fn all(replacements: &[(String, String)]) -> Result<Vec<Norm>, Fault> {
    let built_in = BUILTIN.iter().map(|(name, _)| *name);
    let added = replacements.iter().map(|(name, _)| name.as_str()).filter(|name| builtin_text(name).is_none());
    let read = |file: &str| {
        let own = replacements.iter().find(|(name, _)| name == file).map(|(_, text)| text.as_str());
        let text = own.or_else(|| builtin_text(file)).unwrap_or_default();
        let norm: Norm = parse(file, text)?;
        check(file, text, &norm)?;
        Ok(norm)
    };
    built_in.chain(added).filter(|name| is_one(name)).map(read).collect()
}

/// The prices; each for one good and year once.
pub(super) fn prices(text: &str) -> Result<PriceList, Fault> {
    const FILE: &str = "harga.toml";
    let list = parse::<PriceList>(FILE, text)?;
    let prices = &list.all;
    for (n, price) in prices.iter().enumerate() {
        if price.source.trim().is_empty() {
            return Err(Fault::seen(FILE, text, "sumber", n, format!("harga \"{}\" tanpa sumber", price.key)));
        }
        if prices[..n].iter().any(|p| p.key == price.key && p.year == price.year) {
            let what = format!("harga \"{}\" tahun {} tercantum dua kali", price.key, price.year);
            return Err(Fault::seen(FILE, text, &format!("\"{}\"", price.key), 1, what));
        }
    }
    Ok(list)
}

/// A set is named like its file, its numbers are numbers, and its formulas can be worked out.
fn check(file: &str, text: &str, norm: &Norm) -> Result<(), Fault> {
    let stem = file.trim_start_matches("norma/").trim_end_matches(".toml");
    if norm.name != stem {
        let what = format!("nama di berkas ini harus \"{stem}\" seperti nama berkasnya, bukan \"{}\"", norm.name);
        return Err(Fault::seen(file, text, "nama", 0, what));
    }
    for parameter in &norm.parameters {
        number(file, text, &parameter.value)?;
    }
    if let Some(gone) = NEEDED.iter().find(|n| !norm.parameters.iter().any(|p| p.name == **n)) {
        return Err(Fault::at(file, text, 0, format!("parameter \"{gone}\" tidak ada, padahal dipakai perkiraan")));
    }
    for exception in &norm.exceptions {
        self::exception(file, text, norm, exception)?;
    }
    norm.goods.iter().try_for_each(|good| formulas(file, text, norm, good))
}

fn number(file: &str, text: &str, value: &str) -> Result<(), Fault> {
    let what = || format!("nilai \"{value}\" bukan bilangan; tulis misalnya \"2.5\"");
    Exact::decimal(value).map(drop).ok_or_else(|| Fault::seen(file, text, &format!("\"{value}\""), 0, what()))
}

fn exception(file: &str, text: &str, norm: &Norm, exception: &Exception) -> Result<(), Fault> {
    let at = |key: &str, what: String| Err(Fault::seen(file, text, &format!("\"{key}\""), 0, what));
    if exception.region.parse::<Region>().is_err() {
        return at(&exception.region, format!("\"{}\" bukan kode wilayah Kemendagri", exception.region));
    }
    if !norm.parameters.iter().any(|p| p.name == exception.parameter) {
        return at(&exception.parameter, format!("parameter \"{}\" tidak ada", exception.parameter));
    }
    number(file, text, &exception.value)
}

fn formulas(file: &str, text: &str, norm: &Norm, good: &NormGood) -> Result<(), Fault> {
    let times = Some(&good.times).filter(|t| !t.is_empty());
    for formula in std::iter::once(&good.formula).chain(times) {
        let start = text.find(&format!("\"{formula}\"")).map_or(0, |i| i + 1);
        let read = Formula::parse(formula).map_err(|f| Fault::at(file, text, start + f.at, format!("rumus: {}", f.why)))?;
        let known = |name: &&&str| !COUNTS.contains(*name) && !norm.parameters.iter().any(|p| p.name == **name);
        if let Some(unknown) = read.names().iter().find(known) {
            let at = start + formula.find(unknown).unwrap_or(0);
            let what = format!("nama \"{unknown}\" tidak dikenal; yang ada: {} dan nama parameter", COUNTS.join(", "));
            return Err(Fault::at(file, text, at, what));
        }
    }
    Ok(())
}
