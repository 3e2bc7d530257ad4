//! The sheet that goes to an office with its faults and comes back with its answers: written in one stage, read in another.

/// Name of the sheet.
pub const SHEET: &str = "Daftar Perbaikan";

/// What stands in its first cell: a sheet of that name alone could be anybody's.
pub const TITLE: &str = "DAFTAR PERBAIKAN REKAP";

/// Its columns, from the first.
pub const COLUMNS: [&str; 10] =
    ["No", "Sel", "Kode", "Ditemukan", "Seharusnya", "Selisih", "Usulan", "Uraian", "Tanggapan", "Kunci"];

/// Row of the column heads, from zero.
pub const HEADS: u32 = 5;

/// Column of the answers.
pub const ANSWER: u16 = 8;

/// Column of the keys.
pub const KEY: u16 = 9;
