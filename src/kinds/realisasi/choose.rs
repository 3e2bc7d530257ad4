//! Which tables of a document count: months of the same budget on sheets of their own, and recaps beside their details, hold the same money.

use std::collections::BTreeSet;

use crate::model::{Document, Findings};
use crate::normalise::exact;
use crate::tables::words::{Dimension, Vocabulary};

use super::heading;
use super::ledger::{PAGU, Row, SD};
use super::table::Table;

/// A table read to its end.
#[derive(Debug)]
pub struct Read {
    /// As printed.
    pub table: Table,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What its columns are.
    pub roles: super::roles::Roles,
    /// Last month its sheet name or titles speak of.
    pub month: Option<u8>,
    /// What of it was not understood; told where it counts.
    pub dark: Findings,
}

/// For each table whether it counts; of tables with the same money one does.
#[must_use]
pub fn counted(read: &[Read], month: Option<u8>) -> Vec<bool> {
    let mut counts = vec![false; read.len()];
    let mut order: Vec<usize> = (0..read.len()).collect();
    order.sort_by_key(|&i| (rank(&read[i], month), i));
    let mut known: BTreeSet<String> = BTreeSet::new();
    let (mut wholes, mut all): (Vec<f64>, f64) = (Vec::new(), 0.0);
    for i in order {
        let (keys, whole) = (keys(&read[i]), whole(&read[i]).filter(|w| *w != 0.0));
        let shared = keys.intersection(&known).count();
        let again = !known.is_empty()
            && (shared * 2 >= keys.len() || whole.is_some_and(|w| wholes.contains(&w) || (w - all).abs() < 0.5));
        counts[i] = !again && read[i].rows.iter().any(|r| r.item.has_amounts());
        if counts[i] {
            known.extend(keys);
            all += whole.unwrap_or(0.0);
            wholes.extend(whole);
        }
    }
    counts
}

/// What the rows of a table are told by: their path, or their text where they have no code.
fn keys(read: &Read) -> BTreeSet<String> {
    let of = |row: &Row| if row.item.codes.is_empty() { row.item.uraian.to_lowercase() } else { row.path.clone() };
    read.rows.iter().filter(|row| !row.item.total && row.item.has_amounts()).map(of).filter(|k| !k.is_empty()).collect()
}

/// The month asked for first, then what holds spending, the later the better, then the most rows.
fn rank(read: &Read, month: Option<u8>) -> (bool, bool, u8, std::cmp::Reverse<usize>) {
    let fits = month.is_some() && read.month == month;
    let spent = read.rows.iter().any(|r| r.value(SD).is_some_and(|v| v != 0.0));
    let late = read.month.map_or(0, |m| if spent { 12 - m.min(12) } else { m });
    (!fits, !spent, late, std::cmp::Reverse(read.rows.len()))
}

/// The ceiling of all rows together, to the rupiah.
fn whole(read: &Read) -> Option<f64> {
    let roots: Vec<f64> =
        read.rows.iter().filter(|r| !r.item.total && r.parent.is_none()).filter_map(|r| r.value(PAGU)).collect();
    (!roots.is_empty()).then(|| exact::sum(roots.iter().copied()).round())
}

/// The last month that the name of a table's sheet or its titles speak of.
#[must_use]
pub fn month(document: &Document, table: &Table, words: &Vocabulary) -> Option<u8> {
    let name = document.grids.get(usize::from(table.grid)).map_or("", |g| g.name.as_str());
    std::iter::once(name).chain(table.titles.iter().map(String::as_str)).find_map(|text| {
        let said = words.read(text);
        let months = said.senses.iter().filter(|s| s.dimension == Dimension::When);
        months.filter_map(|s| heading::part(words.value(s.value))).map(|p| p.1).max()
    })
}

/// Whether a title says that amounts count on from the beginning of the year, and not up to when: `Realisasi kumulatif per triwulan`.
#[must_use]
pub fn runs_on(table: &Table, words: &Vocabulary) -> bool {
    table.titles.iter().any(|text| {
        let said = words.read(text);
        let mut times = said.senses.iter().filter(|s| s.dimension == Dimension::When).map(|s| words.value(s.value)).peekable();
        times.peek().is_some() && times.all(|when| when == "sd")
    })
}

/// Tables that open up a row of another one, which has nothing below it there (a recap of kegiatan, a sheet for each): their rows hang
/// where that row hangs, and it is not counted itself.
pub fn open(read: &mut [Read], counts: &[bool]) {
    for table in (0..read.len()).filter(|&t| counts[t]) {
        let Some(first) = read[table].rows.iter().find(|r| r.item.has_amounts() && !r.item.total) else { continue };
        if read[table].rows.len() < 2 || first.item.kode.is_empty() {
            continue;
        }
        let mut others = (0..read.len()).filter(|&o| o != table && counts[o]);
        let place = others.find_map(|o| Some((o, opened(&read[o].rows, first)?)));
        let Some((other, at)) = place else { continue };
        let (whole, own) = (read[other].rows[at].path.clone(), first.path.clone());
        let prefix = whole.strip_suffix(own.as_str()).unwrap_or_default().to_owned();
        read[other].rows[at].elsewhere = true;
        for row in read[table].rows.iter_mut().filter(|r| r.path.starts_with(&own)) {
            row.path.insert_str(0, &prefix);
        }
    }
}

/// The row of another table with the same code and text as the first of a table, and no rows below it.
fn opened(rows: &[Row], first: &Row) -> Option<usize> {
    let same = |r: &Row| !r.item.total && r.item.kode == first.item.kode && r.item.uraian == first.item.uraian;
    let at = rows.iter().position(|r| same(r) && r.item.has_amounts())?;
    rows.get(at + 1).is_none_or(|next| next.parent != Some(at)).then_some(at)
}
