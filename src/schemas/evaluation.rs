//! The evaluation sheet: `evaluasi.toml`.

use super::fault::Fault;
use super::{KINDS, parse};
use crate::model::Evaluation;

/// Name of the file.
const FILE: &str = "evaluasi.toml";

/// Weights and shares add up to 100, kinds exist, and there is something to answer.
pub(super) fn read(text: &str) -> Result<Evaluation, Fault> {
    let evaluation: Evaluation = parse(FILE, text)?;
    let whole = |sum: f64| (sum - 100.0).abs() < 1e-6;
    if !whole(evaluation.components.iter().map(|c| c.weight).sum()) {
        return Err(Fault::seen(FILE, text, "bobot", 0, "bobot semua komponen harus berjumlah 100"));
    }
    for component in &evaluation.components {
        if !whole(component.parts.iter().map(|p| p.share).sum()) {
            let what = format!("bagian semua sub dari \"{}\" harus berjumlah 100", component.name);
            return Err(Fault::seen(FILE, text, &component.name, 0, what));
        }
    }
    let criteria = evaluation.components.iter().flat_map(|c| &c.parts).flat_map(|p| &p.criteria);
    if let Some(kind) = criteria.flat_map(|c| &c.kinds).find(|kind| !KINDS.contains(&kind.as_str())) {
        let what = format!("jenis dokumen \"{kind}\" tidak dikenal; yang dikenal: {}", KINDS.join(", "));
        return Err(Fault::seen(FILE, text, &format!("\"{kind}\""), 0, what));
    }
    if evaluation.answers.is_empty() || evaluation.predicates.is_empty() {
        return Err(Fault::seen(FILE, text, "jawaban", 0, "daftar jawaban dan predikat tidak boleh kosong"));
    }
    Ok(evaluation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_sheet_has_twelve_answers_and_others_are_told_what_is_wrong() {
        let text = include_str!("../../schemas/evaluasi.toml");
        let parts: Vec<usize> = read(text).unwrap().components.iter().map(|c| c.parts.len()).collect();
        assert_eq!(parts, [3, 3, 3, 3]);
        for (from, to, said) in [
            ("bobot = 30.0", "bobot = 31.0", "berjumlah 100"),
            ("bagian = 20.0", "bagian = 25.0", "Perencanaan Kinerja"),
            ("[\"sop\"]", "[\"sopp\"]", "sopp"),
        ] {
            let fault = read(&text.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(fault.contains(said) && fault.contains("evaluasi.toml"), "{fault}");
        }
    }
}
