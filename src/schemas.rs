//! Loads `schemas/*.toml`: built into the program, replaced file by file with texts that the caller read from a folder.

mod check;
mod evaluation;
mod fault;
mod indicators;
mod norms;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::model::schema::{Alias, Common, KindSchema, Limits, Recognition, Rule, TableSchema};
use crate::model::{Activity, Schemas};
use fault::Fault;

/// The kinds of documents that have a schema, in the order of the contract.
pub const KINDS: [&str; 9] = ["dpt", "pdpb", "anggaran", "realisasi", "iku", "sop", "lke", "logistik", "berita_acara"];

/// Names of all schema files with the texts that are built in.
const BUILTIN: [(&str, &str); 25] = [
    ("umum.toml", include_str!("../schemas/umum.toml")),
    ("tabel.toml", include_str!("../schemas/tabel.toml")),
    ("temuan.toml", include_str!("../schemas/temuan.toml")),
    ("batas.toml", include_str!("../schemas/batas.toml")),
    ("pengenalan.toml", include_str!("../schemas/pengenalan.toml")),
    ("wilayah-alias.toml", include_str!("../schemas/wilayah-alias.toml")),
    ("dpt.toml", include_str!("../schemas/dpt.toml")),
    ("pdpb.toml", include_str!("../schemas/pdpb.toml")),
    ("anggaran.toml", include_str!("../schemas/anggaran.toml")),
    ("realisasi.toml", include_str!("../schemas/realisasi.toml")),
    ("iku.toml", include_str!("../schemas/iku.toml")),
    ("sop.toml", include_str!("../schemas/sop.toml")),
    ("lke.toml", include_str!("../schemas/lke.toml")),
    ("logistik.toml", include_str!("../schemas/logistik.toml")),
    ("berita_acara.toml", include_str!("../schemas/berita_acara.toml")),
    ("evaluasi.toml", include_str!("../schemas/evaluasi.toml")),
    ("indikator/evaluasi-mandiri.toml", include_str!("../schemas/indikator/evaluasi-mandiri.toml")),
    ("indikator/logistik-inventaris.toml", include_str!("../schemas/indikator/logistik-inventaris.toml")),
    ("indikator/pdpb-tepat-waktu.toml", include_str!("../schemas/indikator/pdpb-tepat-waktu.toml")),
    ("indikator/pertanggungjawaban-anggaran.toml", include_str!("../schemas/indikator/pertanggungjawaban-anggaran.toml")),
    ("kegiatan.toml", include_str!("../schemas/kegiatan.toml")),
    ("harga.toml", include_str!("../schemas/harga.toml")),
    ("norma/pemilu-2024.toml", include_str!("../schemas/norma/pemilu-2024.toml")),
    ("norma/pilkada-2024.toml", include_str!("../schemas/norma/pilkada-2024.toml")),
    ("norma/contoh.toml", include_str!("../schemas/norma/contoh.toml")),
];

/// `tabel.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    tabel: Vec<TableSchema>,
}

/// `temuan.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    temuan: Vec<Rule>,
}

/// `wilayah-alias.toml`; an empty file is no alias.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasFile {
    #[serde(default)]
    wilayah: Vec<Alias>,
}

/// `kegiatan.toml`; an empty file is no activity.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActivityFile {
    #[serde(default)]
    kegiatan: Vec<Activity>,
}

/// Names of the files that a schemas folder may hold, built-in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().map(|&(name, _)| name)
}

/// Names of all files in use: those that are built in, and the indicators and norms that a folder adds.
pub fn in_use(replacements: &[(String, String)]) -> Vec<String> {
    let added = replacements.iter().map(|(name, _)| name.clone()).filter(|name| builtin_text(name).is_none());
    names().map(str::to_owned).chain(added).collect()
}

/// The built-in text of a schema file, e.g. to write it out for an office that wants to edit it.
#[must_use]
pub fn builtin_text(name: &str) -> Option<&'static str> {
    BUILTIN.iter().find(|&&(known, _)| known == name).map(|&(_, text)| text)
}

/// The schemas as built in.
///
/// # Errors
/// Only if the program was built with a broken schema, which a test prevents.
pub fn builtin() -> Result<Schemas> {
    from_texts(&[])
}

/// The schemas with some files replaced: `(file name, text)` of every `.toml` in the schemas folder.
///
/// # Errors
/// [`Error::Usage`] for a file whose name is not one of [`names`], or whose text is broken: which file, line and column, and what
/// is wrong.
pub fn from_texts(replacements: &[(String, String)]) -> Result<Schemas> {
    for (name, _) in replacements {
        if builtin_text(name).is_none() && !indicators::is_one(name) && !norms::is_one(name) {
            let known: Vec<&str> = names().collect();
            return Err(Error::Usage(format!(
                "Berkas skema {name} tidak dikenal, jadi isinya tidak akan dipakai. Nama yang dikenal: {}. Perbaiki namanya atau \
                 pindahkan dari folder schemas.",
                known.join(", ")
            )));
        }
    }
    assemble(replacements).map_err(|fault| Error::Usage(fault.to_string()))
}

/// Parses and checks all files, replaced or built in.
fn assemble(replacements: &[(String, String)]) -> std::result::Result<Schemas, Fault> {
    let text = |name: &str| -> &str {
        let replaced = replacements.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str());
        replaced.or_else(|| builtin_text(name)).unwrap_or_default()
    };
    let mut schemas = Schemas {
        common: parse::<Common>("umum.toml", text("umum.toml"))?,
        tables: parse::<TableFile>("tabel.toml", text("tabel.toml"))?.tabel,
        rules: parse::<RuleFile>("temuan.toml", text("temuan.toml"))?.temuan,
        limits: parse::<Limits>("batas.toml", text("batas.toml"))?,
        aliases: parse::<AliasFile>("wilayah-alias.toml", text("wilayah-alias.toml"))?.wilayah,
        recognition: parse::<Recognition>("pengenalan.toml", text("pengenalan.toml"))?,
        kinds: Vec::with_capacity(KINDS.len()),
        indicators: indicators::all(replacements)?,
        evaluation: evaluation::read(text("evaluasi.toml"))?,
        norms: norms::all(replacements)?,
        prices: norms::prices(text("harga.toml"))?,
        activities: parse::<ActivityFile>("kegiatan.toml", text("kegiatan.toml"))?.kegiatan,
    };
    for kind in KINDS {
        let name = format!("{kind}.toml");
        schemas.kinds.push(parse::<KindSchema>(&name, text(&name))?);
    }
    let built_in = |name: &str| builtin_text(name).unwrap_or_default();
    check::meanings("umum.toml", text("umum.toml"), &schemas.common.meanings)?;
    for (schema, kind) in schemas.kinds.iter().zip(KINDS) {
        check::kind(&format!("{kind}.toml"), text(&format!("{kind}.toml")), schema, kind)?;
    }
    let tables: TableFile = parse("tabel.toml", built_in("tabel.toml"))?;
    check::tables(text("tabel.toml"), &schemas.tables, &tables.tabel)?;
    let rules: RuleFile = parse("temuan.toml", built_in("temuan.toml"))?;
    check::rules(text("temuan.toml"), &schemas.rules, &rules.temuan)?;
    check::recognition(text("pengenalan.toml"), &schemas.recognition)?;
    check::limits(text("batas.toml"), &schemas.limits)?;
    check::aliases(text("wilayah-alias.toml"), &schemas.aliases)?;
    Ok(schemas)
}

/// One file; a byte order mark, as Windows editors write it, does not count.
fn parse<T: DeserializeOwned>(file: &str, text: &str) -> std::result::Result<T, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    toml::from_str(text).map_err(|error| Fault::syntax(file, text, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(name: &str, text: &str) -> String {
        let error = from_texts(&[(name.to_owned(), text.to_owned())]).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        error.to_string()
    }

    /// The built-in text with one piece changed.
    fn changed(name: &str, from: &str, to: &str) -> String {
        let text = builtin_text(name).unwrap();
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    }

    #[test]
    fn built_in_schemas_are_whole() {
        let schemas = builtin().unwrap();
        assert_eq!(schemas.rules.len(), 58);
        assert_eq!(schemas.tables.len(), 15);
        let kinds: Vec<&str> = schemas.kinds.iter().map(|k| k.name.as_str()).collect();
        assert_eq!(kinds, KINDS);
        assert_eq!(schemas.limits.voters_per_tps(Some("pemilu-2024")).unwrap().most, 300);
        let pdpb = schemas.table("pdpb").unwrap();
        assert_eq!(pdpb.fields.first().map(|f| f.name.as_str()), Some("document"));
        assert_eq!(pdpb.fields.last().map(|f| f.name.as_str()), Some("akhir"));
    }

    #[test]
    fn a_file_of_the_same_name_takes_the_place_of_the_built_in_one() {
        let text = changed("batas.toml", "perubahan_persen = 5.0", "perubahan_persen = 7.5");
        let schemas = from_texts(&[("batas.toml".into(), format!("\u{feff}{text}"))]).unwrap();
        assert!((schemas.limits.change_percent - 7.5).abs() < 1e-9);
        assert_eq!(schemas.rules.len(), 58);
    }

    #[test]
    fn a_broken_file_is_named_with_line_column_and_the_line_itself() {
        let said = fault("batas.toml", &changed("batas.toml", "berkas_mib = 200", "berkas_mib = dua ratus"));
        let line = builtin_text("batas.toml").unwrap().lines().position(|l| l.starts_with("berkas_mib")).unwrap() + 1;
        assert!(said.contains(&format!("schemas/batas.toml baris {line} kolom 14")), "{said}");
        assert!(said.contains("berkas_mib = dua ratus"), "{said}");
        assert!(said.contains("tanda kutip"), "{said}");
    }

    #[test]
    fn wrong_words_are_told_in_indonesian() {
        for (name, from, to, expected) in [
            ("pdpb.toml", "kolom = [", "kolm = [", "`kolm` tidak dikenal"),
            ("pdpb.toml", "jenis = \"pdpb\"", "jenis = \"pdp\"", "harus \"pdpb\""),
            ("pdpb.toml", "\"pdpb\", \"dpb\"", "\"pdpb\", \" \"", "kosong"),
            ("pdpb.toml", "sebutan = ", "sebutan = 5 #", "seharusnya teks"),
            ("temuan.toml", "kode = \"A02\"", "kode = \"A01\"", "\"A01\" tercantum dua kali"),
            ("temuan.toml", "tingkat = \"warning\"", "tingkat = \"peringatan\"", "error, warning, info"),
            ("tabel.toml", "tipe = \"number\"", "tipe = \"bilangan\"", "number, text, region"),
            ("tabel.toml", "nama = \"awal_l\"", "nama = \"awal_p\"", "dua kali"),
            ("tabel.toml", "nama = \"awal_l\"", "nama = \"mula_l\"", "\"awal_l\""),
            ("batas.toml", "kemiripan_wilayah = 0.80", "kemiripan_wilayah = 80", "0 sampai 1"),
            ("batas.toml", "waktu_detik = 60", "", "waktu_detik"),
        ] {
            let said = fault(name, &changed(name, from, to));
            assert!(said.contains(expected), "{name} {to:?}: {said}");
            assert!(said.contains(" baris "), "{said}");
        }
    }

    #[test]
    fn meanings_have_a_form_and_words() {
        for (text, expected) in [
            ("[[arti]]\nmakna = \"jenis kelamin\"\nkata = [\"L\"]", "dimensi:nilai"),
            ("[[arti]]\nmakna = \"sex:l\"\nkata = []", "satu kata pun"),
            ("[[arti]]\nmakna = \"sex:l\"\nkata = [\"L\", \"-\"]", "kata kosong"),
        ] {
            assert!(fault("umum.toml", text).contains(expected), "{text}");
        }
        let good = "[[arti]]\nmakna = \"sex:l\"\nkata = [\"L\"]";
        assert_eq!(from_texts(&[("umum.toml".into(), good.into())]).unwrap().common.meanings.len(), 1);
    }

    #[test]
    fn an_unknown_file_is_said_not_ignored() {
        let said = fault("pdbp.toml", "");
        assert!(said.contains("pdbp.toml tidak dikenal") && said.contains("wilayah-alias.toml"), "{said}");
    }

    #[test]
    fn indicators_are_added_and_replaced_by_their_files() {
        let own = changed("indikator/pdpb-tepat-waktu.toml", "nama = \"pdpb-tepat-waktu\"", "nama = \"pdpb-kami\"");
        let other = changed("indikator/pdpb-tepat-waktu.toml", "target = \"100%\"", "target = \"80%\"");
        let files = [("indikator/pdpb-kami.toml".into(), own), ("indikator/pdpb-tepat-waktu.toml".into(), other)];
        let schemas = from_texts(&files).unwrap();
        let found: Vec<(&str, &str)> = schemas.indicators.iter().map(|i| (i.name.as_str(), i.target.as_str())).collect();
        assert_eq!(
            found,
            [
                ("evaluasi-mandiri", "100%"),
                ("logistik-inventaris", "100%"),
                ("pdpb-kami", "100%"),
                ("pdpb-tepat-waktu", "80%"),
                ("pertanggungjawaban-anggaran", "100%")
            ]
        );
        assert_eq!(in_use(&files).len(), names().count() + 1);
    }

    #[test]
    fn an_indicator_that_cannot_be_computed_is_told_with_its_line() {
        for (from, to, expected) in [
            ("nama = \"evaluasi-mandiri\"", "nama = \"evaluasi\"", "seperti nama berkasnya"),
            ("jenis = \"iku\"", "jenis = \"ikus\"", "\"ikus\" tidak dikenal"),
            ("predikat = \"B\"", "predikat = \"Z\"", "tidak ada pada [[skala]]"),
            ("\"nilai SAKIP\"", "\"-\"", "kata kosong"),
            ("target = ", "sasarann = ", "tidak dikenal"),
        ] {
            let said = fault("indikator/evaluasi-mandiri.toml", &changed("indikator/evaluasi-mandiri.toml", from, to));
            assert!(said.contains(expected) && said.contains("indikator/evaluasi-mandiri.toml baris"), "{to}: {said}");
        }
    }

    #[test]
    fn norms_are_added_and_replaced_by_their_files() {
        let own = changed("norma/contoh.toml", "nama = \"contoh\"", "nama = \"pemilu-2029\"");
        let bilik = changed("norma/pemilu-2024.toml", "nilai = \"4\"\nsatuan = \"buah\"", "nilai = \"3\"\nsatuan = \"buah\"");
        let schemas = from_texts(&[("norma/pemilu-2029.toml".into(), own), ("norma/pemilu-2024.toml".into(), bilik)]).unwrap();
        let names: Vec<&str> = schemas.norms.iter().map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["pemilu-2024", "pilkada-2024", "contoh", "pemilu-2029"]);
        let norm = schemas.norm("pemilu-2024").unwrap();
        assert_eq!(norm.parameter("bilik_per_tps", "62.01".parse().unwrap()), Some("3"));
        assert_eq!(norm.parameter("jenis_surat_suara", "31.71".parse().unwrap()), Some("4"));
    }

    #[test]
    fn a_norm_that_cannot_be_worked_out_is_told_with_its_line() {
        for (from, to, expected) in [
            ("rumus = \"bilik_per_tps * tps\"", "rumus = \"bilik_per_tps * * tps\"", "kolom 26: rumus: tanda \"*\""),
            ("rumus = \"bilik_per_tps * tps\"", "rumus = \"bilik * tps\"", "nama \"bilik\" tidak dikenal"),
            ("rumus = \"bilik_per_tps * tps\"", "rumus = \"\"", "berakhir"),
            ("nilai = \"4\"", "nilai = \"empat\"", "bukan bilangan"),
            ("nilai = \"4\"", "nilai = 4", "seharusnya teks"),
            ("wilayah = \"31\"", "wilayah = \"DKI\"", "bukan kode wilayah"),
            ("nama = \"pemungutan_tahun\"", "nama = \"tahun\"", "pemungutan_tahun"),
            ("nama = \"pemilu-2024\"", "nama = \"pemilu\"", "seperti nama berkasnya"),
        ] {
            let said = fault("norma/pemilu-2024.toml", &changed("norma/pemilu-2024.toml", from, to));
            assert!(said.contains(expected) && said.contains("norma/pemilu-2024.toml baris"), "{to}: {said}");
        }
        let two = "[[harga]]\nbarang = \"bilik\"\ntahun = 2025\nnilai = 1\nsumber = \"x\"\nterverifikasi = true\n";
        assert!(fault("harga.toml", &format!("satuan = []\npengantar = []\n{}", two.repeat(2))).contains("dua kali"));
    }

    #[test]
    fn an_alias_needs_a_code() {
        assert!(fault("wilayah-alias.toml", "[[wilayah]]\nkode = \"62.4\"\nnama = [\"x\"]").contains("baris 2"));
        assert!(from_texts(&[("wilayah-alias.toml".into(), String::new())]).is_ok());
    }
}
