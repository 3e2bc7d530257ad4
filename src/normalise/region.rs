//! The reference list of regions and the matching of printed names.

use crate::model::{Level, Region};

/// The reference list: code, name and level of every region, searchable by parent.
#[derive(Debug)]
pub struct Regions;

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

impl Regions {
    /// The official name, e.g. `Kabupaten Barito Selatan`; `None` for codes that are not on the list.
    #[must_use]
    pub fn name(&self, _region: Region) -> Option<&str> {
        None
    }

    /// The regions one level below, in code order.
    #[must_use]
    pub fn children(&self, _parent: Region) -> &[Region] {
        &[]
    }

    /// Whether the code is on the list.
    #[must_use]
    pub fn knows(&self, _region: Region) -> bool {
        false
    }

    /// Resolves a name among the regions of `level` below `parent` (which may stand several levels higher: then all regions of
    /// `level` inside it are candidates). Level words and prefixes in the text count.
    #[must_use]
    pub fn resolve(&self, _printed: &str, _parent: Region, _level: Level) -> Match {
        Match::Unknown
    }
}
