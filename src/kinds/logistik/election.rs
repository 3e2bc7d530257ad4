//! Which election a logistics sheet serves: from the words and year of its titles.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::kinds::Ask;
use crate::model::{Cell, Document, Grid, Norm};
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
    dated(vocabulary.read(title).value(Dimension::Election)?, title, vocabulary)
}

/// The same, also where the sort ends a longer phrase: `LOGISTIK PEMILU` speaks of goods, but beside a table of another election it says
/// which one is meant. Only elections with a norm: `LOGISTIK PEMILU TW III 2025` was counted in that year.
fn meant(title: &str, vocabulary: &Vocabulary, ask: &Ask) -> Option<String> {
    let words = text::words(title);
    let from = |at: usize| vocabulary.read(&words[at..].join(" ")).value(Dimension::Election);
    let sort = || (1..words.len()).find_map(from);
    let named = named(title, vocabulary).or_else(|| dated(sort()?, title, vocabulary))?;
    ask.schemas.norm(&named).map(|norm| norm.name.clone())
}

fn dated(election: u16, title: &str, vocabulary: &Vocabulary) -> Option<String> {
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

/// The parts of a document about one election each, where the titles of its tables name several; none where they name one, or a table
/// has no title of its own and no other to stand below.
pub fn parts(ask: &Ask, vocabulary: &Vocabulary) -> Vec<(String, Document)> {
    let document = ask.document;
    let mut sections: Vec<(usize, Range<u32>, String)> = Vec::new();
    for (number, grid) in document.grids.iter().enumerate() {
        let mut titled = tables(grid, vocabulary, ask).into_iter().peekable();
        if titled.peek().is_none_or(|(top, _)| *top > 0) && !grid.cells.is_empty() {
            // A grid, or its first table, without a title: the one before goes on.
            let Some(election) = meant(&grid.name, vocabulary, ask).or_else(|| sections.last().map(|s| s.2.clone())) else {
                return Vec::new();
            };
            sections.push((number, 0..titled.peek().map_or(u32::MAX, |(top, _)| *top), election));
        }
        while let Some((top, election)) = titled.next() {
            sections.push((number, top..titled.peek().map_or(u32::MAX, |(next, _)| *next), election));
        }
    }
    let elections: BTreeSet<String> = sections.iter().map(|(.., election)| election.clone()).collect();
    if elections.len() < 2 {
        return Vec::new();
    }
    let part = |election: String| {
        let mut part = document.clone();
        for (number, grid) in part.grids.iter_mut().enumerate() {
            let own = |row: u32| sections.iter().any(|(n, rows, e)| *n == number && *e == election && rows.contains(&row));
            grid.cells.retain(|cell| own(cell.row));
        }
        (election, part)
    };
    elections.into_iter().map(part).collect()
}

/// Where the titles of the tables of a grid begin that name an election: lines of one or two texts, from the first row or the last figure
/// above them to the table. The titles at the top begin in row 0.
fn tables(grid: &Grid, vocabulary: &Vocabulary, ask: &Ask) -> Vec<(u32, String)> {
    let mut found: Vec<(u32, String)> =
        grid.around.iter().find_map(|line| meant(line, vocabulary, ask)).map(|e| (0, e)).into_iter().collect();
    let mut block: Option<(u32, Vec<&str>)> = Some((0, Vec::new()));
    for row in grid.cells.chunk_by(|a, b| a.row == b.row) {
        let texts: Vec<&str> = row.iter().filter_map(|cell: &Cell| grid.text(cell.value)).collect();
        let note = |text: &&str| {
            let said = vocabulary.read(text);
            said.opens && said.senses.first().is_some_and(|s| s.dimension == Dimension::Note)
        };
        if row.len() <= 2 && texts.len() == row.len() {
            let (_, lines) = block.get_or_insert_with(|| (row[0].row, Vec::new()));
            lines.extend(texts.iter().filter(|text| !note(text)));
        } else if let Some((top, lines)) = block.take() {
            let pairs = lines.windows(2).map(|pair| pair.join(" "));
            let election = lines.iter().map(|l| (*l).to_owned()).chain(pairs).find_map(|line| meant(&line, vocabulary, ask));
            found.extend(election.filter(|_| found.is_empty() || top > 0).map(|e| (top, e)));
        }
    }
    found
}
