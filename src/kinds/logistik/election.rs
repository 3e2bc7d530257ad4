//! Which election a logistics sheet serves: from the words and year of its titles.

use crate::kinds::Ask;
use crate::model::Records;
use crate::normalise::text;
use crate::tables::words::{Dimension, Vocabulary};

/// Fills `pemilihan` of every row, as `pemilu-2024`; left empty where no title names an election with its year.
pub fn state(rows: &mut Records, ask: &Ask, vocabulary: &Vocabulary) {
    let Some(election) = titles(ask).iter().find_map(|title| named(title, vocabulary)) else { return };
    for row in 0..rows.len() {
        rows.set_text(row, "pemilihan", &election, None);
    }
}

/// `KEBUTUHAN LOGISTIK PEMILIHAN UMUM TAHUN 2024` → `pemilu-2024`.
fn named(title: &str, vocabulary: &Vocabulary) -> Option<String> {
    let election = vocabulary.read(title).value(Dimension::Election)?;
    let years = text::words(title).into_iter().filter(|w| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")));
    let year = years.last().filter(|w| w.bytes().all(|b| b.is_ascii_digit()))?;
    Some(format!("{}-{year}", vocabulary.value(election)))
}

/// The lines around every table and its first rows that hold one or two texts, each alone and with the next one.
fn titles(ask: &Ask) -> Vec<String> {
    let mut titles = Vec::new();
    for grid in &ask.document.grids {
        let rows = grid.cells.chunk_by(|a, b| a.row == b.row).take(12).filter(|row| row.len() <= 2);
        let above = grid.around.iter().map(AsRef::as_ref);
        let texts: Vec<&str> = above.chain(rows.flat_map(|row| row.iter().filter_map(|c| grid.text(c.value)))).collect();
        titles.extend(texts.iter().map(|t| (*t).to_owned()));
        titles.extend(texts.windows(2).map(|pair| pair.join(" ")));
    }
    titles
}
