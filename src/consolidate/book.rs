//! The numbers of PDPB.xlsx, each with the cell it came from. What the workbook looks like is [`crate::publish`]'s business.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Origin, Period, Places, Region};

/// Voter figures of one consolidating office.
#[derive(Clone, Debug)]
pub struct PdpbBook {
    /// The office that consolidates; the nation when several provinces came in.
    pub scope: Region,
    /// Period of the figures.
    pub period: Option<Period>,
    /// The period before, when its accepted figures are known.
    pub before: Option<Period>,
    /// One chapter per child region of the scope that is expected or sent figures, in code order.
    pub chapters: Vec<Chapter>,
    /// How many of the expected child regions have accepted figures, and how many are expected.
    pub complete: (usize, usize),
    /// The documents of the period before; `Figure::entry` of `previous` figures counts here.
    pub earlier: Vec<Earlier>,
}

/// A document of an earlier batch, as far as naming a cell of it needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Earlier {
    /// Name of the batch it came in with.
    pub batch: String,
    /// Its path below the batch folder.
    pub document: String,
    /// SHA-256 of its bytes in lower-case hex.
    pub sha256: String,
    /// Names of its grids, for writing locators.
    pub places: Places,
    /// What is printed where that is not the plain number.
    pub raw: Arc<HashMap<Origin, Box<str>>>,
}

/// A child region (a kab/kota in a province's book) with its rows.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// The region.
    pub region: Region,
    /// Its official name.
    pub name: String,
    /// The entry its rows come from; `None` when nothing was accepted.
    pub entry: Option<usize>,
    /// Its rows one level below (kecamatan), in code order, names as in the reference list; unresolved ones last, as printed.
    pub rows: Vec<Line>,
    /// Figures known for the region as a whole when there are no rows below (the province's own recap).
    pub whole: Option<Line>,
    /// akhir of the period before, for the continuity sheet: l, p, total.
    pub previous: [Option<Figure>; 3],
}

/// One row of figures.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The region; `None` when its name could not be resolved.
    pub region: Option<Region>,
    /// Its name.
    pub name: String,
    /// `n_desa`, `n_tps`.
    pub counts: [Option<Figure>; 2],
    /// awal, baru, tms, ubah, akhir × l, p, total.
    pub flow: [[Option<Figure>; 3]; 5],
    /// tms by reason: (alasan, l, p, total), in the contract's order of reasons.
    pub reasons: Vec<(String, [Option<Figure>; 3])>,
    /// akhir of the period before: l, p, total.
    pub previous: [Option<Figure>; 3],
}

impl Line {
    /// Its voters: those at the end of the period, else at its start.
    #[must_use]
    pub fn voters(&self) -> Option<Figure> {
        self.flow[4][2].or(self.flow[0][2])
    }
}

/// A published number and the one cell it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The number.
    pub value: f64,
    /// Whose: entry number of the batch (for `previous` figures: number of a document in [`PdpbBook::earlier`]).
    pub entry: usize,
    /// Its cell; `None` when it was worked out from printed L and P.
    pub origin: Option<Origin>,
}
