//! What well-formed TOML can still get wrong: empty words, meanings of no known form, names that stand twice, tables and codes
//! that the program needs and no longer finds.

use super::fault::Fault;
use crate::model::Region;
use crate::model::schema::{Alias, KindSchema, Limits, Meaning, Recognition, Rule, TableSchema};

type Checked = Result<(), Fault>;

/// Meanings have the form `dimension:value` or one word, and at least one way of being printed.
pub(super) fn meanings(file: &str, text: &str, meanings: &[Meaning]) -> Checked {
    for (nth, meaning) in meanings.iter().enumerate() {
        let here = |what: String| Fault::seen(file, text, "makna", nth, what);
        if !well_formed(&meaning.means) {
            return Err(here(format!(
                "makna \"{}\" tidak berbentuk dimensi:nilai dengan huruf kecil, misalnya \"sex:l\" atau \"total\"",
                meaning.means
            )));
        }
        if meaning.words.is_empty() {
            return Err(here(format!("makna \"{}\" belum mempunyai satu kata pun; isi daftar kata", meaning.means)));
        }
        words(file, text, "kata", &meaning.words)?;
    }
    Ok(())
}

/// `sex:l`, `total`, `level:kecamatan`: lower-case words around at most one colon.
fn well_formed(meaning: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    match meaning.split_once(':') {
        Some((dimension, value)) => word(dimension) && word(value),
        None => word(meaning),
    }
}

/// No word of a list is empty; the sign for *each*, `@`, is a word.
fn words(file: &str, text: &str, key: &str, words: &[String]) -> Checked {
    match words.iter().find(|w| !w.chars().any(|c| c.is_alphanumeric() || c == '@')) {
        Some(empty) => {
            let what = format!("daftar {key} memuat kata kosong (\"{empty}\"), yang akan cocok dengan apa saja");
            Err(Fault::seen(file, text, &format!("\"{empty}\""), 0, what))
        }
        None => Ok(()),
    }
}

/// A kind's file speaks of that kind.
pub(super) fn kind(file: &str, text: &str, schema: &KindSchema, expected: &str) -> Checked {
    if schema.name != expected {
        let what = format!("jenis di berkas ini harus \"{expected}\", bukan \"{}\"", schema.name);
        return Err(Fault::seen(file, text, "jenis", 0, what));
    }
    if schema.label.trim().is_empty() {
        return Err(Fault::seen(file, text, "sebutan", 0, "sebutan kosong, padahal dipakai dalam pesan"));
    }
    let marks = &schema.marks;
    for (key, list) in [("judul", &marks.titles), ("kolom", &marks.headings), ("berkas", &marks.files), ("bukan", &marks.not)] {
        words(file, text, key, list)?;
    }
    meanings(file, text, &schema.meanings)
}

/// Tables and columns stand once, keys are columns, and everything the program fills is still there with its type.
pub(super) fn tables(text: &str, tables: &[TableSchema], needed: &[TableSchema]) -> Checked {
    const FILE: &str = "tabel.toml";
    for table in tables {
        let name = &table.name;
        if tables.iter().filter(|t| t.name == *name).count() > 1 {
            let what = format!("tabel \"{name}\" tercantum dua kali");
            return Err(Fault::seen(FILE, text, &format!("nama = \"{name}\""), 1, what));
        }
        let start = text.find(&format!("nama = \"{name}\"")).unwrap_or(0);
        let here = |needle: String, nth: usize, what: String| {
            let byte = text[start..].match_indices(&needle).nth(nth).map_or(start, |(i, _)| start + i);
            Fault::at(FILE, text, byte, what)
        };
        for (i, field) in table.fields.iter().enumerate() {
            if table.fields[..i].iter().any(|f| f.name == field.name) {
                let what = format!("kolom \"{}\" tercantum dua kali dalam tabel \"{name}\"", field.name);
                return Err(here(format!("nama = \"{}\"", field.name), 1, what));
            }
        }
        if let Some(key) = table.key.iter().find(|k| !table.fields.iter().any(|f| f.name == **k)) {
            return Err(here("kunci".to_owned(), 0, format!("kunci \"{key}\" bukan kolom tabel \"{name}\"")));
        }
    }
    for table in needed {
        let Some(found) = tables.iter().find(|t| t.name == table.name) else {
            return Err(Fault::at(FILE, text, 0, format!("tabel \"{}\" tidak ada, padahal diisi oleh program", table.name)));
        };
        for field in &table.fields {
            if !found.fields.iter().any(|f| f.name == field.name && f.kind == field.kind) {
                let what = format!("tabel \"{}\" tidak lagi mempunyai kolom \"{}\" dengan tipe asalnya", table.name, field.name);
                return Err(Fault::seen(FILE, text, &format!("nama = \"{}\"", table.name), 0, what));
            }
        }
    }
    Ok(())
}

/// Codes stand once and all of them are explained.
pub(super) fn rules(text: &str, rules: &[Rule], needed: &[Rule]) -> Checked {
    const FILE: &str = "temuan.toml";
    for (nth, rule) in rules.iter().enumerate() {
        let here = |what: String| Fault::seen(FILE, text, "\nkode", nth, what);
        if rules[..nth].iter().any(|r| r.code == rule.code) {
            let what = format!("kode \"{}\" tercantum dua kali", rule.code);
            return Err(Fault::seen(FILE, text, &format!("kode = \"{}\"", rule.code), 1, what));
        }
        for (key, said) in [("arti", &rule.title), ("mengapa", &rule.because), ("perbaikan", &rule.remedy)] {
            if said.trim().is_empty() {
                return Err(here(format!("{key} untuk kode \"{}\" kosong", rule.code)));
            }
        }
    }
    match needed.iter().find(|n| !rules.iter().any(|r| r.code == n.code)) {
        Some(gone) => Err(Fault::at(FILE, text, 0, format!("kode \"{}\" tidak ada, padahal dipakai program", gone.code))),
        None => Ok(()),
    }
}

/// None of the lists of words holds an empty one.
pub(super) fn recognition(text: &str, recognition: &Recognition) -> Checked {
    let Recognition {
        personal,
        personal_together,
        letters,
        attachment,
        revision,
        numbered,
        no_revision,
        sender,
        accepting,
        others,
    } = recognition;
    for (key, list) in [
        ("data_pribadi", personal),
        ("data_pribadi_bersama", personal_together),
        ("surat", letters),
        ("lampiran", attachment),
        ("revisi", revision),
        ("revisi_bernomor", numbered),
        ("bukan_revisi", no_revision),
        ("pengirim", sender),
        ("terima", accepting),
    ] {
        words("pengenalan.toml", text, key, list)?;
    }
    for paper in others {
        words("pengenalan.toml", text, "judul", &paper.titles)?;
        words("pengenalan.toml", text, "kolom", &paper.headings)?;
    }
    Ok(())
}

/// Limits are numbers with which comparing makes sense.
pub(super) fn limits(text: &str, limits: &Limits) -> Checked {
    const FILE: &str = "batas.toml";
    let here = |key: &str, what: &str| Err(Fault::seen(FILE, text, key, 0, format!("{key} {what}")));
    if !(limits.change_percent > 0.0 && limits.change_percent.is_finite()) {
        return here("perubahan_persen", "harus lebih besar daripada 0");
    }
    if !(0.0..=1.0).contains(&limits.region_score) {
        return here("kemiripan_wilayah", "harus bilangan 0 sampai 1");
    }
    for (key, value) in [
        ("berkas_mib", limits.file_mib),
        ("isi_mib", limits.inflated_mib),
        ("memori_mib", limits.memory_mib),
        ("waktu_detik", limits.seconds),
    ] {
        if value == 0 {
            return here(key, "harus lebih besar daripada 0");
        }
    }
    if limits.tps_limits.is_empty() || limits.tps_limits.iter().any(|t| t.most == 0) {
        return here("pemilih_per_tps", "harus memuat paling sedikit satu batas yang lebih besar daripada 0");
    }
    Ok(())
}

/// Aliases have a region code and names.
pub(super) fn aliases(text: &str, aliases: &[Alias]) -> Checked {
    const FILE: &str = "wilayah-alias.toml";
    for alias in aliases {
        let quoted = format!("\"{}\"", alias.code);
        if alias.code.parse::<Region>().is_err() {
            let what =
                format!("\"{}\" bukan kode wilayah Kemendagri seperti 62, 62.04, 62.04.05, atau 62.04.05.1001", alias.code);
            return Err(Fault::seen(FILE, text, &quoted, 0, what));
        }
        if alias.names.is_empty() {
            return Err(Fault::seen(FILE, text, &quoted, 0, format!("kode \"{}\" belum mempunyai nama lain", alias.code)));
        }
        words(FILE, text, "nama", &alias.names)?;
    }
    Ok(())
}
