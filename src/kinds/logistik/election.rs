//! Which election a logistics sheet serves: from the words and year of its titles.

use crate::kinds::Ask;
use crate::model::Norm;
use crate::normalise::text;
use crate::tables::words::{Dimension, Vocabulary};

/// The election, as `pemilu-2024`; `None` where no title names one with its year.
pub fn of(ask: &Ask, vocabulary: &Vocabulary) -> Option<String> {
    titles(ask).iter().find_map(|title| named(title, vocabulary))
}

/// The norm to compare needs with: that of the election, else the batch's; but where a title names another sort of election than that
/// one, its year lost, the only norm of the sort, or none.
pub fn norm<'a>(ask: &'a Ask, vocabulary: &Vocabulary, election: Option<&str>) -> Option<&'a Norm> {
    if let Some(election) = election {
        return ask.schemas.norm(election);
    }
    let stated = ask.batch.norma.as_deref();
    let sort = titles(ask).iter().find_map(|title| vocabulary.read(title).value(Dimension::Election));
    let of_sort = |name: &str| sort.is_none_or(|s| name.split('-').next() == Some(vocabulary.value(s)));
    if let Some(norm) = stated.filter(|name| of_sort(name)) {
        return ask.schemas.norm(norm);
    }
    stated?;
    let mut others = ask.schemas.norms.iter().filter(|n| of_sort(&n.name));
    others.next().filter(|_| others.next().is_none())
}

/// `KEBUTUHAN LOGISTIK PEMILIHAN UMUM TAHUN 2024` → `pemilu-2024`.
fn named(title: &str, vocabulary: &Vocabulary) -> Option<String> {
    let election = vocabulary.read(title).value(Dimension::Election)?;
    let is_year =
        |w: &String| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")) && w.bytes().all(|b| b.is_ascii_digit());
    let year = text::words(title).into_iter().rfind(is_year)?;
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
