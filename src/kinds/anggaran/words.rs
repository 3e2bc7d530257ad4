//! What the words of `schemas/anggaran.toml` mean to a budget: what a heading stands for, which labels are totals, which rows are no rows.

use std::rc::Rc;

use crate::kinds::Ask;
use crate::model::schema::Meaning;
use crate::normalise::text;
use crate::tables::outline::Tier;
use crate::tables::words::{Dimension, Said, Sense, Vocabulary};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A running number.
    Ordinal,
    /// Codes; of one level where the heading says so.
    Code(Option<Tier>),
    /// Descriptions, and the marks before them.
    Text,
    /// Factors of the volume: `2 ORG x 3 HR`.
    Factors,
    /// Quantities.
    Volume,
    /// Their units.
    Unit,
    /// Price of one unit.
    Price,
    /// Tax in percent.
    Tax,
    /// Amounts.
    Amount,
    /// Where the money comes from.
    Fund,
    /// Blocked or not.
    Block,
    /// The level of each row in words.
    Level,
    /// Remarks.
    Note,
    /// Anything else that is known and not wanted.
    Aside,
}

impl Role {
    /// Whether such a column holds numbers.
    #[must_use]
    pub const fn numeric(self) -> bool {
        matches!(self, Self::Volume | Self::Price | Self::Tax | Self::Amount)
    }
}

/// Which of two editions of the figures a group of columns gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Edition {
    /// There is only one.
    #[default]
    Only,
    /// Before a revision (`semula`).
    Before,
    /// After it (`menjadi`), or what it changes to.
    After,
}

/// The words of the kind, compiled once for a document.
#[derive(Debug)]
pub struct Words {
    vocabulary: Rc<Vocabulary>,
    accounts: Vec<String>,
    jenis: Vec<(String, String)>,
    year: Option<u16>,
}

impl Words {
    /// From `umum.toml` and `anggaran.toml`.
    #[must_use]
    pub fn new(ask: &Ask) -> Self {
        let own = ask.schemas.kind("anggaran").map_or(&[][..], |k| &k.meanings);
        let of = |name: &'static str| own.iter().filter(move |m| m.means.split(':').next() == Some(name));
        let value = |m: &Meaning| m.means.split_once(':').map_or(String::new(), |(_, v)| v.to_owned());
        let accounts = of("akun").flat_map(|m| &m.words).filter_map(|w| w.split_whitespace().next()).map(str::to_owned);
        let jenis = of("jenis").flat_map(|m| m.words.iter().map(move |w| (text::key(w), value(m))));
        let mut jenis: Vec<(String, String)> = jenis.collect();
        jenis.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let year = ask.subject.period.map(|p| p.year);
        Self { vocabulary: crate::kinds::vocabulary(ask.schemas, "anggaran"), accounts: accounts.collect(), jenis, year }
    }

    /// The vocabulary behind it.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Whether an akun stands on the list.
    #[must_use]
    pub fn knows_account(&self, code: &str) -> bool {
        self.accounts.iter().any(|a| a == code)
    }

    /// What a heading may stand for, in the order of its words; the whole of it first where it is one phrase.
    #[must_use]
    pub fn roles(&self, said: &Said) -> Vec<Role> {
        let mut roles: Vec<Role> = said.senses.iter().filter_map(|s| self.role(*s)).collect();
        let levels = roles.iter().filter(|r| matches!(r, Role::Code(Some(_)))).count();
        if levels > 1 {
            // PROGRAM/KEGIATAN/KRO/RO heads the names of all of them, KODE PROGRAM/KEGIATAN their codes.
            let codes = roles.contains(&Role::Code(None));
            roles.retain(|r| !matches!(r, Role::Code(Some(_))));
            roles.insert(0, if codes { Role::Code(None) } else { Role::Text });
        }
        roles
    }

    fn role(&self, sense: Sense) -> Option<Role> {
        Some(match sense.dimension {
            Dimension::Ordinal => Role::Ordinal,
            Dimension::Code => Role::Code(Tier::named(self.vocabulary.value(sense.value))),
            Dimension::Name => Role::Text,
            Dimension::Note => Role::Note,
            Dimension::Aside => Role::Aside,
            Dimension::Total => Role::Amount,
            Dimension::Measure => match self.vocabulary.value(sense.value) {
                "rincian" => Role::Factors,
                "volume" => Role::Volume,
                "satuan" => Role::Unit,
                "harga" => Role::Price,
                "pajak" => Role::Tax,
                "jumlah" | "alokasi" => Role::Amount,
                "sumber_dana" => Role::Fund,
                "blokir" => Role::Block,
                _ => return None,
            },
            _ => return None,
        })
    }

    /// The edition a heading names.
    #[must_use]
    pub fn edition(&self, said: &Said) -> Edition {
        match said.value(Dimension::When).map(|v| self.vocabulary.value(v)) {
            Some("lalu") => Edition::Before,
            Some(_) => Edition::After,
            None => Edition::Only,
        }
    }

    /// The edition of figures by the year their headings name: the document's own or another.
    #[must_use]
    pub fn edition_of(&self, year: u16) -> Edition {
        match self.year {
            Some(own) if own == year => Edition::After,
            Some(_) => Edition::Before,
            None => Edition::Only,
        }
    }

    /// Whether a text is nothing but the name of a level, as a column of levels has them.
    #[must_use]
    pub fn names_level(&self, said: &Said) -> bool {
        let level = |s: &Sense| s.dimension == Dimension::Code && Tier::named(self.vocabulary.value(s.value)).is_some();
        said.whole() && said.senses.len() == 1 && said.senses.iter().any(|s| level(s) || s.dimension == Dimension::Name)
    }

    /// The level that such a text names; `None` for headings of details and details.
    #[must_use]
    pub fn level(&self, said: &Said) -> Option<Tier> {
        said.senses.iter().find(|s| s.dimension == Dimension::Code).and_then(|s| Tier::named(self.vocabulary.value(s.value)))
    }

    /// The level that the label of a line names: `Komponen`, `Sub Komponen`.
    #[must_use]
    pub fn level_in(&self, label: &str) -> Option<Tier> {
        self.level(&self.vocabulary.read(label))
    }

    /// Whether a row label says that its figure is a sum: `JUMLAH`, `Total Biaya`, `Sub Jumlah Komponen 051`.
    #[must_use]
    pub fn is_total(&self, label: &str) -> bool {
        let said = self.vocabulary.read(label);
        let first = said.senses.first().map(|s| (s.dimension, self.vocabulary.value(s.value)));
        let starts = matches!(first, Some((Dimension::Total, _) | (Dimension::Measure, "jumlah")));
        starts && self.begins_known(label)
    }

    /// The level a total speaks of: `Jumlah Komponen 051`.
    #[must_use]
    pub fn total_of(&self, label: &str) -> Option<Tier> {
        let said = self.vocabulary.read(label);
        said.senses.iter().filter(|s| s.dimension == Dimension::Code).find_map(|s| Tier::named(self.vocabulary.value(s.value)))
    }

    /// Whether the first word of a text belongs to a known phrase.
    fn begins_known(&self, label: &str) -> bool {
        text::words(label)
            .first()
            .is_some_and(|w| self.vocabulary.read(w).unknown == 0 || self.vocabulary.read(label).unknown == 0)
    }

    /// Whether a sum is carried over from page to page: that of all details so far.
    #[must_use]
    pub fn is_carried(&self, label: &str) -> bool {
        let said = self.vocabulary.read(label);
        said.senses.iter().any(|s| s.dimension == Dimension::Total && self.vocabulary.value(s.value) == "pindahan")
    }

    /// Whether a row of words alone is no part of the tree: a place, a page number, a remark.
    #[must_use]
    pub fn is_aside(&self, label: &str) -> bool {
        let inside = label.trim().trim_start_matches(['(', '*']);
        let head = inside.split(':').next().unwrap_or(inside).trim_end_matches(')');
        let first = self.vocabulary.read(inside).senses.first().map(|s| s.dimension);
        let whole = self.vocabulary.read(head);
        whole.whole() && whole.tells(Dimension::Note) || first == Some(Dimension::Note) && self.begins_known(inside)
    }

    /// Whether a row of words below a detail says something about it: `Spesifikasi : …`, `Sumber Dana : …`.
    #[must_use]
    pub fn is_about(&self, label: &str) -> bool {
        let Some((head, _)) = label.split_once(':') else { return false };
        let said = self.vocabulary.read(head);
        said.whole()
            && said.senses.len() == 1
            && said.senses.iter().any(|s| matches!(s.dimension, Dimension::Measure | Dimension::Name))
    }

    /// Whether a label in the head of the document names the amount that is to be distributed.
    #[must_use]
    pub fn is_allocation(&self, label: &str) -> bool {
        let said = self.vocabulary.read(label);
        let value = said.senses.first().map(|s| (s.dimension, self.vocabulary.value(s.value)));
        said.whole() && value == Some((Dimension::Measure, "alokasi"))
    }

    /// Which of RKA, POK and RAB a title speaks of.
    #[must_use]
    pub fn jenis(&self, title: &str) -> Option<&str> {
        let title = format!(" {} ", text::key(title));
        self.jenis.iter().find(|(word, _)| title.contains(&format!(" {word} "))).map(|(_, jenis)| jenis.as_str())
    }
}

/// The year a heading names: `PERHITUNGAN TAHUN 2025`.
#[must_use]
pub fn year_in(text: &str) -> Option<u16> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|t| t.len() == 4).filter_map(|t| t.parse().ok());
    numbers.find(|year| (2000..2100).contains(year))
}
