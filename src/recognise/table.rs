//! Whose regions stand in the tables: the office that all rows lie below.

use std::collections::BTreeSet;

use crate::model::{Cell, Document, Grid, Level, Region};
use crate::normalise::region::Regions;

use super::glance::is_figure;

/// What the rows say about the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    /// The office all rows lie below; the nation where they lie in several provinces.
    pub office: Region,
    /// Level of the rows.
    pub level: Level,
    /// How many distinct rows speak for it, of how many.
    pub fitting: usize,
    pub all: usize,
}

/// Rows read at the top of each grid …
const TOP: usize = 200;
/// … and further down, evenly spread: a list sorted by region shows one kecamatan at its top.
const BELOW: usize = 300;
/// Rows whose texts may be regions that run across.
const HEADINGS: usize = 40;
/// Grids read.
const GRIDS: usize = 6;
/// Names of a column that are looked up.
const NAMES: usize = 32;
/// Columns that may hold names.
const COLUMNS: u16 = 12;

/// The office that the document's tables speak of; `None` where they name no regions or nobody's in particular. Desa names repeat
/// all over the country: they are asked only where nothing above them is named, and only when `desa` says that it matters.
pub(super) fn office(document: &Document, regions: &Regions, within: Region, desa: bool) -> Option<Rows> {
    let visible = || document.grids.iter().filter(|g| !g.hidden && !g.cells.is_empty()).take(GRIDS);
    if let Some(rows) = together(visible().filter_map(|g| by_codes(g, regions)).collect()) {
        return Some(rows);
    }
    let columns: Vec<Vec<Vec<&str>>> = visible().map(|g| columns(g).into_iter().chain(across(g)).collect()).collect();
    let levels = [&[Level::Provinsi, Level::Kabkota, Level::Kecamatan][..], &[Level::Desa]];
    for levels in levels.into_iter().take(if desa { 2 } else { 1 }) {
        let found = columns.iter().filter_map(|c| by_names(c, levels, regions, within)).collect();
        if let Some(rows) = together(found) {
            return Some(rows);
        }
    }
    None
}

/// Several tables: the highest office among them that holds most of the others; their common province where they differ.
fn together(mut found: Vec<Rows>) -> Option<Rows> {
    found.sort_by_key(|r| (r.office.level(), std::cmp::Reverse(r.fitting)));
    let first = *found.first()?;
    let agreeing = found.iter().filter(|r| r.office.within(first.office)).count();
    if agreeing * 10 >= found.len() * 7 {
        return Some(first);
    }
    let province = first.office.up_to(Level::Provinsi);
    let same = found.iter().all(|r| r.office.within(province));
    Some(Rows { office: if same { province } else { Region::NATION }, ..first })
}

/// Official codes printed in a column of their own settle the matter.
fn by_codes(grid: &Grid, regions: &Regions) -> Option<Rows> {
    let columns = columns(grid);
    let codes = columns.iter().filter_map(|column| {
        let known = |t: &&str| t.contains('.').then(|| t.parse::<Region>().ok()).flatten().filter(|&r| regions.knows(r));
        let codes: BTreeSet<Region> = column.iter().filter_map(known).collect();
        // Percentages look like codes of kab/kota, but not all of them.
        (codes.len() >= 2 && codes.len() * 10 >= (column.len() - 1) * 9).then_some(codes)
    });
    let codes = codes.max_by_key(|c| c.iter().map(|r| r.level()).max())?;
    let lowest = codes.iter().map(|r| r.level()).max()?;
    let rows: Vec<Region> = codes.into_iter().filter(|r| r.level() == lowest).collect();
    let (&first, &last) = (rows.first()?, rows.last()?);
    let above = [Level::Kabkota, Level::Provinsi].into_iter().filter(|&l| l < lowest);
    let office = above.map(|l| first.up_to(l)).find(|&o| last.within(o)).unwrap_or(Region::NATION);
    Some(Rows { office, level: lowest, fitting: rows.len(), all: rows.len() })
}

/// The distinct texts of each column that may hold names or codes.
fn columns(grid: &Grid) -> Vec<Vec<&str>> {
    let mut columns: Vec<Vec<&str>> = vec![Vec::new(); usize::from(COLUMNS)];
    for row in sampled(grid) {
        for cell in row.iter().take_while(|c| c.col < COLUMNS) {
            if let Some(text) = grid.text(cell.value).filter(|t| t.len() <= 60 && (!is_figure(t) || t.contains('.'))) {
                columns[usize::from(cell.col)].push(text);
            }
        }
    }
    for column in &mut columns {
        let mut seen = BTreeSet::new();
        column.retain(|text| seen.insert(*text));
    }
    columns.retain(|c| c.len() >= 2);
    columns
}

/// The different texts of each of the first rows: regions may run across. A title in the cells of a parted merge is one.
fn across(grid: &Grid) -> impl Iterator<Item = Vec<&str>> {
    let rows = grid.cells.chunk_by(|a, b| a.row == b.row).take(HEADINGS);
    let texts = |row: &'_ [Cell]| -> Vec<u32> {
        row.iter().filter_map(|c| if let crate::model::Value::Text(id) = c.value { Some(id) } else { None }).collect()
    };
    let named = rows.map(move |row| {
        let mut seen = BTreeSet::new();
        let names = texts(row).into_iter().filter_map(|id| grid.texts.get(id as usize)).map(AsRef::as_ref);
        names.filter(|name| seen.insert(*name)).collect::<Vec<&str>>()
    });
    named.filter(|names| names.len() >= 3)
}

/// The rows at the top of a grid, then others evenly spread to its end.
fn sampled(grid: &Grid) -> impl Iterator<Item = &[Cell]> {
    let top = grid.cells.chunk_by(|a, b| a.row == b.row).take(TOP);
    let read: usize = top.clone().map(<[Cell]>::len).sum();
    let rest = &grid.cells[read..];
    let step = (rest.len() / BELOW).max(1);
    let mut last = None;
    let below = rest.iter().step_by(step).map(|c| c.row).filter(move |&row| last.replace(row) != Some(row));
    top.chain(below.map(|row| grid.row(row)))
}

/// The column and level under which most names are known.
fn by_names(columns: &[Vec<&str>], levels: &[Level], regions: &Regions, within: Region) -> Option<Rows> {
    let mut best: Option<Rows> = None;
    for column in columns {
        let names: Vec<&str> = column.iter().copied().filter(|t| may_be_name(t)).collect();
        if names.len() * 2 < column.len() {
            continue;
        }
        let names: Vec<&str> = names.iter().copied().step_by(names.len().div_ceil(NAMES)).collect();
        for &level in levels {
            let least = if level <= Level::Kabkota { 3 } else { 2 };
            // Names repeat across the country: the province at hand is asked first.
            let places = [within, Region::NATION];
            for &place in &places[usize::from(within == Region::NATION)..] {
                let Some((parent, fitting)) = regions.common_parent(&names, level, place) else { continue };
                if fitting >= least && fitting * 2 >= names.len() {
                    if best.is_none_or(|b| fitting > b.fitting) {
                        best = Some(Rows { office: parent.up_to(Level::Kabkota), level, fitting, all: names.len() });
                    }
                    if fitting * 5 >= names.len() * 4 {
                        break;
                    }
                }
            }
        }
    }
    best
}

/// Whether a text is short enough for the name of a region, with its level words, and has no figures in it.
fn may_be_name(text: &str) -> bool {
    text.split_whitespace().count() <= 6 && !text.chars().any(|c| c.is_ascii_digit()) && text.chars().any(char::is_alphabetic)
}
