//! The reference list of regions and the matching of printed names.
//!
//! [`list`] holds codes and names, [`printed`] takes a printed name apart, [`index`] finds equal names, [`resolve`] decides,
//! [`similar`] proposes where nothing equals, [`column`] lets the names of one column explain each other, [`mentions`] finds
//! regions inside longer text.

mod column;
mod index;
mod list;
mod mentions;
mod printed;
mod resolve;
mod similar;
#[cfg(test)]
pub(super) mod trials;

use std::sync::OnceLock;

use crate::model::schema::Alias;
use crate::model::{Level, Region};

pub use list::BadList;
pub use mentions::{Mention, Strength};

/// The reference list: code, name and level of every region, searchable by parent.
#[derive(Debug)]
pub struct Regions {
    layers: [list::Layer; 4],
    aliases: Vec<(Region, String)>,
    least_score: f64,
    indexes: [OnceLock<index::Index>; 4],
}

/// Whether a folded word says what kind of region is named behind it: `KECAMATAN`, `KEL`, `GAMPONG`.
#[must_use]
pub fn announces(word: &str) -> bool {
    let kinds = [Level::Provinsi, Level::Kabkota, Level::Kecamatan, Level::Desa].map(printed::level_words);
    kinds.into_iter().flatten().any(|(w, _)| *w == word)
}

/// What a printed name resolves to.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// This region and no other.
    Certain(Region),
    /// Nothing equals it; this one is similar enough to propose, with its score (0 … 1). W02.
    Similar(Region, f64),
    /// Several regions bear this name (e.g. Kabupaten and Kota without saying which).
    Ambiguous(Vec<Region>),
    /// Nobody's name. W01.
    Unknown,
}

/// Kepmendagri 300.2.2-2138/2025 as published by GitHub cahyadsn/wilayah (MIT); see `schemas/wilayah-sumber.txt`.
pub const BUILTIN: &[u8] = include_bytes!("../../schemas/wilayah.csv.gz");

/// Lowest score of a proposal unless the schemas say otherwise: one letter wrong in a name of five.
const LEAST_SCORE: f64 = 0.8;

impl Regions {
    /// The list that ships inside the program.
    ///
    /// # Errors
    /// Where the list inside the program is damaged, which a test excludes.
    pub fn builtin() -> Result<Self, BadList> {
        Self::from_csv_gz(BUILTIN)
    }

    /// A gzipped list of lines `kode,nama` below a heading.
    ///
    /// # Errors
    /// Names the first line that is no region.
    pub fn from_csv_gz(bytes: &[u8]) -> Result<Self, BadList> {
        list::inflate(bytes).and_then(|csv| Self::from_csv(&csv))
    }

    /// A list of lines `kode,nama` below a heading, in any order.
    ///
    /// # Errors
    /// Names the first line that is no region.
    pub fn from_csv(csv: &[u8]) -> Result<Self, BadList> {
        let layers = list::parse(csv)?;
        Ok(Self { layers, aliases: Vec::new(), least_score: LEAST_SCORE, indexes: Default::default() })
    }

    /// Adds other names of regions.
    ///
    /// # Errors
    /// Names the first alias whose code is not on the list, or whose name has no letter.
    pub fn with_aliases(mut self, aliases: &[Alias]) -> Result<Self, BadList> {
        for alias in aliases {
            let region = alias.code.parse().ok().filter(|&r| self.knows(r));
            let region = region.ok_or_else(|| BadList::alias(&alias.code))?;
            for name in &alias.names {
                if !name.chars().any(char::is_alphabetic) {
                    return Err(BadList::alias(&alias.code));
                }
                self.aliases.push((region, name.clone()));
            }
        }
        self.indexes = Default::default();
        Ok(self)
    }

    /// Sets the lowest score at which a similar name is proposed (0 … 1).
    #[must_use]
    pub const fn with_least_score(mut self, score: f64) -> Self {
        self.least_score = score;
        self
    }

    /// The official name, e.g. `Kabupaten Barito Selatan`; `None` for codes that are not on the list.
    #[must_use]
    pub fn name(&self, region: Region) -> Option<&str> {
        let layer = self.layer(region.level())?;
        layer.position(region).map(|i| layer.name(i))
    }

    /// The name without Kabupaten, Kota, Kota Administrasi: `Barito Selatan`.
    #[must_use]
    pub fn bare_name(&self, region: Region) -> Option<&str> {
        let name = self.name(region)?;
        Some(if region.level() == Level::Kabkota { printed::without_type(name) } else { name })
    }

    /// The regions one level below, in code order.
    #[must_use]
    pub fn children(&self, parent: Region) -> &[Region] {
        parent.level().below().map_or(&[], |level| self.inside(parent, level))
    }

    /// All regions of `level` inside `parent`, in code order.
    #[must_use]
    pub fn inside(&self, parent: Region, level: Level) -> &[Region] {
        self.layer(level).map_or(&[], |layer| &layer.codes()[layer.range(parent)])
    }

    /// Whether the code is on the list.
    #[must_use]
    pub fn knows(&self, region: Region) -> bool {
        self.layer(region.level()).is_some_and(|layer| layer.position(region).is_some())
    }

    fn layer(&self, level: Level) -> Option<&list::Layer> {
        slot(level).map(|i| &self.layers[i])
    }

    /// The index of one level, made when first needed.
    fn index(&self, level: Level) -> Option<(&list::Layer, &index::Index)> {
        let i = slot(level)?;
        let layer = &self.layers[i];
        Some((layer, self.indexes[i].get_or_init(|| index::Index::new(layer, level, &self.aliases))))
    }
}

/// The place of a level in the arrays of [`Regions`].
const fn slot(level: Level) -> Option<usize> {
    match level {
        Level::Provinsi => Some(0),
        Level::Kabkota => Some(1),
        Level::Kecamatan => Some(2),
        Level::Desa => Some(3),
        Level::Nasional | Level::Tps => None,
    }
}
