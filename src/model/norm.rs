//! Norms and prices of election supplies, as an office can edit them: the typed form of `schemas/norma/*.toml` and `schemas/harga.toml`.

use serde::{Deserialize, Serialize};

/// The norms of one election.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// Its name, as `rekap.toml` calls it: `pemilu-2024`.
    #[serde(rename = "nama")]
    pub name: String,
    /// What officials call the election.
    #[serde(rename = "sebutan")]
    pub label: String,
    /// Where the norms come from.
    #[serde(rename = "sumber")]
    pub source: String,
    /// Codes of the budget's activities (kegiatan) that supplies are paid from.
    #[serde(rename = "kegiatan", default)]
    pub activities: Vec<String>,
    /// Numbers that the formulas use.
    #[serde(rename = "parameter")]
    pub parameters: Vec<Parameter>,
    /// Regions in which a parameter is another one.
    #[serde(rename = "pengecualian", default)]
    pub exceptions: Vec<Exception>,
    /// The goods with their formulas.
    #[serde(rename = "barang")]
    pub goods: Vec<NormGood>,
}

/// One number of a norm set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name in formulas.
    #[serde(rename = "nama")]
    pub name: String,
    /// What it is, for the reader.
    #[serde(rename = "sebutan")]
    pub label: String,
    /// Its value, as written: exact.
    #[serde(rename = "nilai")]
    pub value: String,
    /// Unit of the value.
    #[serde(rename = "satuan", default)]
    pub unit: String,
    /// Where it comes from.
    #[serde(rename = "sumber")]
    pub source: String,
    /// Compared with the regulation, or with what KPU published.
    #[serde(rename = "terverifikasi")]
    pub verified: bool,
}

/// Another value of a parameter in one region and all below it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The parameter.
    #[serde(rename = "parameter")]
    pub parameter: String,
    /// Kemendagri code.
    #[serde(rename = "wilayah")]
    pub region: String,
    /// The value there, as written.
    #[serde(rename = "nilai")]
    pub value: String,
    /// Where it comes from.
    #[serde(rename = "sumber")]
    pub source: String,
}

/// How many of a good are needed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormGood {
    /// Key of the good, as in `logistik.toml`.
    #[serde(rename = "kunci")]
    pub key: String,
    /// Keys of other goods of which as many are needed: each kind of ballot.
    #[serde(rename = "juga", default)]
    pub also: Vec<String>,
    /// What it is called.
    #[serde(rename = "sebutan")]
    pub label: String,
    /// Unit of counting.
    #[serde(rename = "satuan")]
    pub unit: String,
    /// The formula over `pemilih`, `tps`, `desa`, `kecamatan` and the parameters.
    #[serde(rename = "rumus")]
    pub formula: String,
    /// What the whole is multiplied by: how many kinds there are, each needed as often as the formula says. Empty: one.
    #[serde(rename = "kali", default)]
    pub times: String,
    /// Where it is needed.
    #[serde(rename = "tingkat", default)]
    pub place: NormPlace,
    /// What is left of the last election can be used again.
    #[serde(rename = "dipakai_ulang")]
    pub reusable: bool,
    /// Where it comes from.
    #[serde(rename = "sumber")]
    pub source: String,
    /// Compared with the regulation, or with what KPU published.
    #[serde(rename = "terverifikasi")]
    pub verified: bool,
}

/// At which level a good is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NormPlace {
    /// In every kecamatan, from its voters and polling stations.
    #[default]
    Kecamatan,
    /// Once in every kabupaten or kota.
    Kabkota,
}

/// `harga.toml`: prices where no document says them, and how a line of a budget that prices a good is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    /// Units that mean one piece of a good; a price for another unit (ream, parcel, activity) is no price of one.
    #[serde(rename = "satuan")]
    pub pieces: Vec<String>,
    /// Words before the name of a good in a budget that leave it the same good.
    #[serde(rename = "pengantar")]
    pub buying: Vec<String>,
    /// The prices.
    #[serde(rename = "harga", default)]
    pub all: Vec<Price>,
}

/// What one of a good costs where no document of the batch says it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Key of the good.
    #[serde(rename = "barang")]
    pub key: String,
    /// Year of the price.
    #[serde(rename = "tahun")]
    pub year: u16,
    /// Rupiah for one.
    #[serde(rename = "nilai")]
    pub value: u64,
    /// Where it comes from.
    #[serde(rename = "sumber")]
    pub source: String,
    /// Compared with the contract or catalogue.
    #[serde(rename = "terverifikasi")]
    pub verified: bool,
}

impl Norm {
    /// The norm of a good.
    #[must_use]
    pub fn good(&self, key: &str) -> Option<&NormGood> {
        self.goods.iter().find(|g| g.key == key || g.also.iter().any(|k| k == key))
    }

    /// The value of a parameter at a region, as written.
    #[must_use]
    pub fn parameter(&self, name: &str, region: super::Region) -> Option<&str> {
        let inside = |e: &&Exception| e.parameter == name && e.region.parse().is_ok_and(|r| region.within(r));
        let exception = self.exceptions.iter().find(inside).map(|e| e.value.as_str());
        exception.or_else(|| self.parameters.iter().find(|p| p.name == name).map(|p| p.value.as_str()))
    }
}
