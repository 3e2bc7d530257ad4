//! What was published here and came back as an input: its figures are sums of documents that are asked for themselves.

use crate::model::published::{KEYS, SOURCES};
use crate::model::{Document, Finding, Grid};

/// Whether it is one of the workbooks or data tables that are published here.
pub(super) fn is(document: &Document) -> bool {
    let shown = |grid: &Grid, col: u16| grid.at(0, col).map(|cell| grid.shown(cell.value)).unwrap_or_default();
    let table = |grid: &Grid| (0..).zip(KEYS).all(|(col, key)| shown(grid, col) == key);
    document.grids.iter().any(|grid| shown(grid, 0) == SOURCES || table(grid))
}

/// A03 with what to send instead.
pub(super) fn finding() -> Finding {
    let message = "Ini hasil terbitan rekap (buku kerja atau tabel datanya), bukan kiriman satker: angkanya sudah dijumlahkan dari dokumen \
                   lain, jadi tidak dihitung lagi. Masukkan dokumen aslinya (daftarnya di lembar Sumber atau di manifest.json), atau minta \
                   satker mengirim rekapitulasinya sendiri.";
    Finding::new("A03", message).found("hasil terbitan rekap")
}
