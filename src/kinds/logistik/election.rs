//! Which election a logistics sheet serves: from the words and year of its titles.

use crate::kinds::Ask;
use crate::normalise::text;
use crate::tables::words::{Dimension, Vocabulary};

/// The election, as `pemilu-2024`; `None` where no title names one with its year.
pub fn of(ask: &Ask, vocabulary: &Vocabulary) -> Option<String> {
    titles(ask).iter().find_map(|title| named(title, vocabulary))
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
