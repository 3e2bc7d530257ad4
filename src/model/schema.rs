//! Wording, tables, rules and limits as an office can edit them: the typed form of `schemas/*.toml`. Loaded by [`crate::schemas`].

use serde::{Deserialize, Serialize};

use super::activity::Activity;
use super::evaluation::Evaluation;
use super::finding::Finding;
use super::indicator::Indicator;
use super::norm::{Norm, PriceList};
use super::record::Type;

/// Everything that stands in `schemas/`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Schemas {
    /// `umum.toml`: words that all kinds share.
    pub common: Common,
    /// `<kind>.toml`, one per kind of document, in the order of `kinds::ALL`.
    pub kinds: Vec<KindSchema>,
    /// `tabel.toml`: the data tables of the contract.
    pub tables: Vec<TableSchema>,
    /// `temuan.toml`: what each finding code means.
    pub rules: Vec<Rule>,
    /// `batas.toml`: limits of the checks and of the reader.
    pub limits: Limits,
    /// `wilayah-alias.toml`: other names of regions.
    pub aliases: Vec<Alias>,
    /// `pengenalan.toml`: words for personal data, senders and revisions.
    pub recognition: Recognition,
    /// `indikator/<name>.toml`: indicators computed from the documents of a batch, sorted by name.
    pub indicators: Vec<Indicator>,
    /// `evaluasi.toml`: the sheet on which performance accountability is evaluated.
    pub evaluation: Evaluation,
    /// `norma/<name>.toml`: norms of election supplies, one set per election.
    pub norms: Vec<Norm>,
    /// `harga.toml`: prices of supplies where no document says them.
    pub prices: PriceList,
    /// `kegiatan.toml`: activities of the office, by which budgets and indicators can be filtered.
    pub activities: Vec<Activity>,
}

impl Schemas {
    /// The schema of a kind.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&KindSchema> {
        self.kinds.iter().find(|k| k.name == name)
    }

    /// The schema of a data table.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&TableSchema> {
        self.tables.iter().find(|t| t.name == name)
    }

    /// How severe a finding is: as its rule says, a warning where it is mild or its code is not known.
    #[must_use]
    pub fn severity(&self, finding: &Finding) -> Severity {
        let ruled = self.rule(&finding.code).map_or(Severity::Warning, |r| r.severity);
        if finding.mild { ruled.max(Severity::Warning) } else { ruled }
    }

    /// The norms of an election.
    #[must_use]
    pub fn norm(&self, name: &str) -> Option<&Norm> {
        self.norms.iter().find(|n| n.name == name)
    }

    /// The rule behind a finding code.
    #[must_use]
    pub fn rule(&self, code: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.code == code)
    }
}

/// `umum.toml`: words that mean the same in every kind. All words are compared after [`crate::normalise::text::key`]-like
/// folding: case, accents, punctuation and repeated spaces do not count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// Headings and labels by meaning.
    #[serde(rename = "arti")]
    pub meanings: Vec<Meaning>,
}

/// One meaning and the words that offices print for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// What it means: the dimension and its value, e.g. `sex:l`, `measure:awal`, `reason:meninggal`, `level:kecamatan`, `total`, `ordinal`, `note`.
    #[serde(rename = "makna")]
    pub means: String,
    /// How it is printed.
    #[serde(rename = "kata")]
    pub words: Vec<String>,
}

#[cfg(test)]
impl Meaning {
    /// One of a test's own schema.
    #[must_use]
    pub fn sample(means: &str, words: &[&str]) -> Self {
        Self { means: means.to_owned(), words: words.iter().map(|w| (*w).to_owned()).collect() }
    }
}

/// `<kind>.toml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindSchema {
    /// Name in the contract: `pdpb`, `dpt` …
    #[serde(rename = "jenis")]
    pub name: String,
    /// What officials call it, for messages.
    #[serde(rename = "sebutan")]
    pub label: String,
    /// What span of time its documents speak of.
    #[serde(rename = "periode", default)]
    pub timing: Timing,
    /// By what the kind is recognised.
    #[serde(rename = "ciri")]
    pub marks: Marks,
    /// Headings and labels of this kind.
    #[serde(rename = "arti", default)]
    pub meanings: Vec<Meaning>,
}

/// What span of time the documents of a kind speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timing {
    /// A triwulan, semester or month; a year where none is named.
    #[default]
    #[serde(rename = "bagian")]
    Part,
    /// A year: of an election, of a budget.
    #[serde(rename = "tahun")]
    Year,
    /// None.
    #[serde(rename = "tanpa")]
    None,
}

/// Words by which a kind is recognised; see [`crate::recognise`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// Phrases of titles that name the kind.
    #[serde(rename = "judul", default)]
    pub titles: Vec<String>,
    /// Column headings and field names typical of it.
    #[serde(rename = "kolom", default)]
    pub headings: Vec<String>,
    /// Words of file and folder names.
    #[serde(rename = "berkas", default)]
    pub files: Vec<String>,
    /// Phrases that speak against it.
    #[serde(rename = "bukan", default)]
    pub not: Vec<String>,
    /// Its documents hold a table; running text about the same matter is none.
    #[serde(rename = "tabel")]
    pub table: bool,
    /// Its table may be written as lines of a label and what it says (`Target : 100 %`).
    #[serde(rename = "formulir", default)]
    pub form: bool,
}

/// `pengenalan.toml`: words by which documents of any kind are told apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognition {
    /// Headings of columns with numbers of single persons (A07).
    #[serde(rename = "data_pribadi")]
    pub personal: Vec<String>,
    /// Headings that together, four of them, make a list of persons even without such numbers.
    #[serde(rename = "data_pribadi_bersama")]
    pub personal_together: Vec<String>,
    /// Titles of papers that merely go with others: letters, invitations, receipts.
    #[serde(rename = "surat")]
    pub letters: Vec<String>,
    /// Words that make the next line of a title somebody else's (`LAMPIRAN / BERITA ACARA`).
    #[serde(rename = "lampiran")]
    pub attachment: Vec<String>,
    /// Words that declare a revision.
    #[serde(rename = "revisi")]
    pub revision: Vec<String>,
    /// Those of them that say nothing without a number.
    #[serde(rename = "revisi_bernomor")]
    pub numbered: Vec<String>,
    /// Words that make it no revision when they stand right before it.
    #[serde(rename = "bukan_revisi")]
    pub no_revision: Vec<String>,
    /// Letterheads and signatures: the region behind them is the sender.
    #[serde(rename = "pengirim")]
    pub sender: Vec<String>,
    /// Words with which an office's answer accepts a warning; the first is the one it is asked to write.
    #[serde(rename = "terima")]
    pub accepting: Vec<String>,
    /// Papers that are known and hold nothing to be summed up.
    #[serde(rename = "lain", default)]
    pub others: Vec<OtherPaper>,
}

/// A paper that offices send along: no kind of its own, but no mystery either.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherPaper {
    /// What officials call it, for messages.
    #[serde(rename = "nama")]
    pub name: String,
    /// Words of titles, names of sheets and files, any of which names it.
    #[serde(rename = "judul", default)]
    pub titles: Vec<String>,
    /// Headings of columns, two of which name it.
    #[serde(rename = "kolom", default)]
    pub headings: Vec<String>,
    /// It is what running text without any table is called.
    #[serde(rename = "tanpa_tabel", default)]
    pub prose: bool,
}

/// One data table of the contract.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSchema {
    /// Name of the table and of its files.
    #[serde(rename = "nama")]
    pub name: String,
    /// What it holds.
    #[serde(rename = "isi")]
    pub describes: String,
    /// Columns that identify a row.
    #[serde(rename = "kunci")]
    pub key: Vec<String>,
    /// Columns in order.
    #[serde(rename = "kolom")]
    pub fields: Vec<Field>,
}

/// One column of a data table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name in the contract.
    #[serde(rename = "nama")]
    pub name: String,
    /// Its type.
    #[serde(rename = "tipe")]
    pub kind: Type,
    /// Heading in a workbook.
    #[serde(rename = "judul", default)]
    pub heading: String,
    /// What it says, for the data package.
    #[serde(rename = "isi", default)]
    pub describes: String,
}

/// Severity of a finding code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The figure cannot be published as it is.
    Error,
    /// Somebody should look.
    Warning,
    /// For the record.
    Info,
}

impl Severity {
    /// As the table `findings` prints it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// What a finding code means: printed by `rekap explain` and beside each finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The code.
    #[serde(rename = "kode")]
    pub code: String,
    /// Its severity.
    #[serde(rename = "tingkat")]
    pub severity: Severity,
    /// In one line.
    #[serde(rename = "arti")]
    pub title: String,
    /// Why it matters.
    #[serde(rename = "mengapa")]
    pub because: String,
    /// How to mend it.
    #[serde(rename = "perbaikan")]
    pub remedy: String,
    /// The same three in English.
    pub english: RuleEnglish,
    /// Where the rule comes from, and whether that was verified.
    #[serde(rename = "sumber", default)]
    pub source: String,
}

/// English wording of a rule, for `--lang en`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleEnglish {
    /// In one line.
    pub title: String,
    /// Why it matters.
    pub because: String,
    /// How to mend it.
    pub remedy: String,
}

/// `batas.toml`: numbers that checks and readers compare with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// P04: largest change against the period before that passes without remark, in percent.
    #[serde(rename = "perubahan_persen")]
    pub change_percent: f64,
    /// D03: most voters per TPS, by election.
    #[serde(rename = "pemilih_per_tps")]
    pub tps_limits: Vec<TpsLimit>,
    /// Largest file read, in MiB.
    #[serde(rename = "berkas_mib")]
    pub file_mib: u64,
    /// Largest content after inflation, in MiB.
    #[serde(rename = "isi_mib")]
    pub inflated_mib: u64,
    /// Most memory of one worker, in MiB.
    #[serde(rename = "memori_mib")]
    pub memory_mib: u64,
    /// Longest time for one document, in seconds.
    #[serde(rename = "waktu_detik")]
    pub seconds: u64,
    /// Lowest score at which a similar region name is proposed (0 … 1).
    #[serde(rename = "kemiripan_wilayah")]
    pub region_score: f64,
    /// Scanned pages are read where an OCR engine is installed.
    #[serde(default)]
    pub ocr: bool,
    /// Most scanned pages read of one document.
    #[serde(rename = "ocr_halaman", default)]
    pub ocr_pages: u64,
    /// Time allowed for each of them, in seconds, besides that of the document.
    #[serde(rename = "ocr_detik_per_halaman", default)]
    pub ocr_seconds: u64,
}

impl Limits {
    /// Most voters per TPS at an election (`pilkada-2024`): its own limit, else the first of its kind of election, else the loosest, which
    /// nothing may go beyond.
    #[must_use]
    pub fn voters_per_tps(&self, election: Option<&str>) -> Option<&TpsLimit> {
        let kind = |name: &str| name.rsplit_once('-').map_or_else(|| name.to_owned(), |(kind, _)| kind.to_owned());
        let own = election.and_then(|e| self.tps_limits.iter().find(|l| l.election == e));
        let alike = || election.and_then(|e| self.tps_limits.iter().find(|l| kind(&l.election) == kind(e)));
        own.or_else(alike).or_else(|| self.tps_limits.iter().max_by_key(|l| l.most))
    }
}

/// Most voters a polling station may have in one election.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TpsLimit {
    /// The election, e.g. `pemilu-2024`.
    #[serde(rename = "pemilihan")]
    pub election: String,
    /// The limit in use.
    #[serde(rename = "paling_banyak")]
    pub most: u32,
    /// Regulation or publication it was taken from.
    #[serde(rename = "sumber")]
    pub source: String,
}

/// Another name of a region, as an office may add it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alias {
    /// Kemendagri code.
    #[serde(rename = "kode")]
    pub code: String,
    /// The names that mean it, within its parent.
    #[serde(rename = "nama")]
    pub names: Vec<String>,
}
