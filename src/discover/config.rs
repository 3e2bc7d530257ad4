//! `rekap.toml`: what is expected of a batch. A slip in it is not guessed at: the run stops and names the line.

use std::fmt::Display;
use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;

use jiff::Timestamp;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Folder, open};
use crate::error::{Error, Result};
use crate::model::{BatchConfig, Period, Region};
use crate::normalise::region::Regions;

/// Names that are settings, not documents, when they stand at the root of a batch.
pub(super) fn is_setting(document: &str) -> bool {
    ["rekap.toml", "penerimaan.csv", "penerimaan-catatan.csv"].contains(&document)
}

/// Reads `rekap.toml`; without one nothing is stated but the name.
pub(super) fn load(folder: &Folder, kinds: &[&str], regions: &Regions) -> Result<BatchConfig> {
    let path = folder.path.join("rekap.toml");
    let config = BatchConfig { name: folder.name.clone(), ..BatchConfig::default() };
    if !path.is_file() {
        return Ok(config);
    }
    let text = open::text(&path)?;
    let reader = Reader { path, text: &text, kinds, regions };
    reader.read(config)
}

struct Reader<'a> {
    path: PathBuf,
    text: &'a str,
    kinds: &'a [&'a str],
    regions: &'a Regions,
}

type Node<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn read(&self, mut config: BatchConfig) -> Result<BatchConfig> {
        let root = DeTable::parse(self.text)
            .map_err(|e| self.wrong(e.span().unwrap_or(0..0), "bukan TOML yang sah", "not valid TOML", e.message()))?;
        for (key, node) in root.get_ref() {
            match (key.get_ref().as_ref(), node.get_ref()) {
                ("batch", DeValue::Table(table)) => {
                    for (key, node) in table {
                        self.key(&mut config, key, node)?;
                    }
                }
                ("berita_acara", DeValue::Table(table)) => {
                    for (key, node) in table {
                        self.minutes(&mut config, key, node)?;
                    }
                }
                ("batch", _) => {
                    return Err(self.wrong(node.span(), "seharusnya tertulis", "should read", "[batch]"));
                }
                _ => return Err(self.unknown(key, &["batch", "berita_acara"])),
            }
        }
        Ok(config)
    }

    fn key(&self, config: &mut BatchConfig, key: &Spanned<std::borrow::Cow<str>>, node: &Node) -> Result<()> {
        match key.get_ref().as_ref() {
            "wilayah" => config.wilayah = Some(self.region(node)?),
            "norma" => config.norma = Some(self.string(node)?.to_owned()),
            "batas_waktu" => config.deadline = Some(self.moment(node)?),
            "satker" => config.satker = self.list(node)?.iter().map(|n| self.region(n)).collect::<Result<_>>()?,
            "wajib" => config.owed = self.list(node)?.iter().map(|n| self.kind(n)).collect::<Result<_>>()?,
            kind if self.kinds.contains(&kind) => config.expected.push((kind.to_owned(), self.period(node)?)),
            _ => {
                let known: Vec<&str> =
                    ["wilayah", "norma", "batas_waktu", "satker", "wajib"].iter().chain(self.kinds).copied().collect();
                return Err(self.unknown(key, &known));
            }
        }
        config.expected.sort();
        Ok(())
    }

    /// A key of `[berita_acara]`; the day quoted or as TOML's own date.
    fn minutes(&self, config: &mut BatchConfig, key: &Spanned<std::borrow::Cow<str>>, node: &Node) -> Result<()> {
        let minutes = &mut config.minutes;
        match key.get_ref().as_ref() {
            "tanggal" => {
                let text = match node.get_ref() {
                    DeValue::Datetime(day) => day.to_string(),
                    _ => self.string(node)?.to_owned(),
                };
                let (id, en) = ("bukan tanggal seperti 2025-10-03", "not a date like 2025-10-03");
                let day = text.parse::<jiff::civil::Date>().map_err(|_| self.wrong(node.span(), id, en, &text))?;
                minutes.date = Some(day.to_string());
            }
            "tempat" => minutes.place = Some(self.string(node)?.to_owned()),
            "nomor" => minutes.number = Some(self.string(node)?.to_owned()),
            _ => return Err(self.unknown(key, &["tanggal", "tempat", "nomor"])),
        }
        Ok(())
    }

    fn string<'n>(&self, node: &'n Node) -> Result<&'n str> {
        node.get_ref()
            .as_str()
            .ok_or_else(|| self.wrong(node.span(), "harus teks di antara tanda kutip", "must be a text in quotes", ""))
    }

    fn list<'n>(&self, node: &'n Node<'n>) -> Result<&'n [Node<'n>]> {
        let list = node.get_ref().as_array();
        list.map(|l| &**l).ok_or_else(|| self.wrong(node.span(), "harus daftar", "must be a list", "[\"…\", \"…\"]"))
    }

    fn parsed<T: FromStr>(&self, node: &Node, id: &str, en: &str) -> Result<T> {
        let text = self.string(node)?;
        text.parse().map_err(|_| self.wrong(node.span(), id, en, text))
    }

    /// A code on Kemendagri's list: in one that nobody knows no office would lie, and every figure would be left out.
    fn region(&self, node: &Node) -> Result<Region> {
        let (id, en) =
            ("bukan kode wilayah Kemendagri seperti \"62\" atau \"62.04\"", "not a Kemendagri code like \"62\" or \"62.04\"");
        let region: Region = self.parsed(node, id, en)?;
        if self.regions.name(region).is_some() || region == Region::NATION {
            return Ok(region);
        }
        Err(self.wrong(node.span(), "tidak ada di daftar wilayah Kemendagri", "not on Kemendagri's list of regions", region))
    }

    fn period(&self, node: &Node) -> Result<Period> {
        let (id, en) = ("bukan periode", "not a period");
        self.parsed(
            node,
            &format!("{id} seperti \"2025\", \"2025-S1\", \"2025-TW3\", \"2025-07\""),
            &format!("{en} like \"2025-TW3\""),
        )
    }

    fn kind(&self, node: &Node) -> Result<String> {
        let text = self.string(node)?;
        if self.kinds.contains(&text) {
            return Ok(text.to_owned());
        }
        let known = self.kinds.join(", ");
        Err(self.wrong(
            node.span(),
            &format!("bukan jenis dokumen ({known})"),
            &format!("not a kind of document ({known})"),
            text,
        ))
    }

    /// Quoted or as TOML's own date.
    fn moment(&self, node: &Node) -> Result<(String, i64)> {
        let text = match node.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            _ => self.string(node)?.to_owned(),
        };
        let (id, en) = (
            "bukan waktu dengan zona seperti \"2025-10-05T23:59:00+07:00\"",
            "not a time with its zone like \"2025-10-05T23:59:00+07:00\"",
        );
        let seconds = text.parse::<Timestamp>().map_err(|_| self.wrong(node.span(), id, en, &text))?.as_second();
        Ok((text, seconds))
    }

    fn unknown(&self, key: &Spanned<std::borrow::Cow<str>>, known: &[&str]) -> Error {
        let name = key.get_ref().as_ref();
        let known = known.join(", ");
        let (id, en) = (format!("kunci \"{name}\" tidak dikenal"), format!("unknown key \"{name}\""));
        self.wrong(key.span(), &format!("{id}; yang ada: {known}"), &format!("{en}; there are: {known}"), "")
    }

    fn wrong(&self, at: Range<usize>, id: &str, en: &str, what: impl Display) -> Error {
        let line = self.text.char_indices().take_while(|&(i, _)| i < at.start).filter(|&(_, c)| c == '\n').count() + 1;
        let path = self.path.display();
        let what = what.to_string();
        let what = if what.is_empty() { what } else { format!(": {}", what.replace('\n', ", ")) };
        Error::usage(format!("{path} baris {line}: {id}{what}"), format!("{path} line {line}: {en}{what}"))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    const KINDS: [&str; 2] = ["anggaran", "pdpb"];

    fn read(text: &str) -> Result<BatchConfig> {
        static REGIONS: LazyLock<Regions> = LazyLock::new(|| Regions::builtin().unwrap());
        Reader { path: "rekap.toml".into(), text, kinds: &KINDS, regions: &REGIONS }.read(BatchConfig::default())
    }

    #[test]
    fn everything_the_contract_names_is_read() {
        let text = "[batch]\nwilayah = \"62\"\npdpb = \"2025-TW3\"\nanggaran = \"2025\"\nnorma = \"pemilu-2024\"\n\
            batas_waktu = 2025-10-05T23:59:00+07:00\nsatker = [\"62.01\", \"62.04\"]\nwajib = [\"pdpb\"]\n";
        let config = read(text).unwrap();
        assert_eq!(config.wilayah, "62".parse().ok());
        assert_eq!(config.period("pdpb"), Some(Period::quarter(2025, 3)));
        assert_eq!(config.deadline, Some(("2025-10-05T23:59:00+07:00".into(), 1_759_683_540)));
        assert_eq!((config.satker.len(), config.owed.len()), (2, 1));
        assert_eq!(read("").unwrap(), BatchConfig::default());
        let minutes = read("[berita_acara]\ntanggal = 2025-10-03\ntempat = \"Aula\"\nnomor = \"1/BA\"\n").unwrap().minutes;
        assert_eq!((minutes.date.as_deref(), minutes.place.as_deref()), (Some("2025-10-03"), Some("Aula")));
    }

    #[test]
    fn a_slip_is_named_with_its_line() {
        for (text, line, word) in [
            ("[batch]\nwilayah = 62\n", 2, "tanda kutip"),
            ("[batch]\nwilayah = \"99\"\n", 2, "tidak ada di daftar wilayah"),
            ("[batch]\n\npdpb = \"TW3 2025\"\n", 3, "bukan periode"),
            ("[batch]\nwilaya = \"62\"\n", 2, "\"wilaya\" tidak dikenal"),
            ("[batsh]\n", 1, "\"batsh\""),
            ("[batch]\nwajib = [\"pdpd\"]\n", 2, "bukan jenis dokumen"),
            ("[batch]\nbatas_waktu = \"besok\"\n", 2, "bukan waktu"),
            ("[batch]\nsatker = \"62.01\"\n", 2, "harus daftar"),
            ("[batch]\nwilayah = \n", 2, "bukan TOML"),
            ("batch = 3\n", 1, "[batch]"),
            ("[berita_acara]\ntanggal = \"besok\"\n", 2, "bukan tanggal"),
            ("[berita_acara]\nhari = \"Jumat\"\n", 2, "tanggal, tempat, nomor"),
        ] {
            let error = read(text).unwrap_err();
            let said = error.to_string();
            assert!(error.exit_code() == 2 && said.contains(&format!("baris {line}:")) && said.contains(word), "{said}");
        }
    }
}
