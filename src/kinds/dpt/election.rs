//! Which election a voter list was made for, and at which stage: from the words of its titles.

use crate::kinds::Ask;
use crate::model::Records;
use crate::normalise::text;

/// Stages by their words, the longer before the shorter ones they contain.
const STAGES: [(&str, &str); 8] = [
    ("DPSHP", "dpshp"),
    ("SEMENTARA HASIL PERBAIKAN", "dpshp"),
    ("DPTB", "dptb"),
    ("PEMILIH TAMBAHAN", "dptb"),
    ("DPK", "dpk"),
    ("PEMILIH KHUSUS", "dpk"),
    ("DPS", "dps"),
    ("PEMILIH SEMENTARA", "dps"),
];

/// Words of local elections; any other year is that of a general one.
const LOCAL: [&str; 6] = ["PILKADA", "GUBERNUR", "BUPATI", "WALI KOTA", "WALIKOTA", "PEMILIHAN SERENTAK"];

/// Fills `pemilihan` and `tahap` of every row. Without a year nothing is said about the election.
pub fn state(rows: &mut Records, ask: &Ask) {
    let words = titles(ask);
    let stage = STAGES.iter().find(|(word, _)| words.iter().any(|t| t.contains(word))).map_or("dpt", |(_, stage)| stage);
    let local = LOCAL.iter().any(|w| words.iter().any(|t| t.contains(w)));
    let election = ask.subject.period.map(|p| format!("{}-{}", if local { "pilkada" } else { "pemilu" }, p.year));
    for row in 0..rows.len() {
        rows.set_text(row, "tahap", stage, None);
        if let Some(election) = &election {
            rows.set_text(row, "pemilihan", election, None);
        }
    }
}

/// The folded titles of every sheet (rows of one or two texts near its top), and what the subject was recognised by.
fn titles(ask: &Ask) -> Vec<String> {
    let rows = ask.document.grids.iter().flat_map(|g| g.cells.chunk_by(|a, b| a.row == b.row).take(12).map(move |row| (g, row)));
    let titles = rows.filter(|(_, row)| row.len() <= 2).flat_map(|(g, row)| row.iter().filter_map(|c| g.text(c.value)));
    let period = ask.subject.evidence.iter().filter(|e| e.about == "period").map(|e| e.words.as_str());
    titles.chain(period).map(text::key).collect()
}
