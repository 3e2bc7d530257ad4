//! Sheet by sheet: the rows of every table, the place each hangs at, tables that go on over pages, tables that have lost their headings, and
//! the rows that belong to none.

use std::collections::{BTreeMap, BTreeSet};

use crate::kinds::Ask;
use crate::model::Origin;
use crate::model::origin::Place;
use crate::normalise::exact;
use crate::normalise::number::Style;
use crate::tables::marks::{Mark, Marked};
use crate::tables::unclaimed;

use super::bands::{self, Stretch};
use super::columns::{self, Columns};
use super::context::{self, Context};
use super::lines::{self, Line};
use super::rows::{self, Rows};
use super::words::Words;

/// What all visible sheets hold.
#[derive(Debug, Default)]
pub struct Sheets {
    /// The tables in printed order.
    pub tables: Vec<Rows>,
    /// What stands above each table, by the number its lines carry.
    pub places: Vec<Context>,
    /// How the numbers are written.
    pub style: Style,
    /// Sheets with rows that no table took, by their number.
    pub outside: Vec<(u16, Vec<usize>)>,
}

/// Reads the tables of all visible sheets.
#[must_use]
pub fn read(ask: &Ask, words: &Words) -> Sheets {
    let mut all = Sheets::default();
    let (mut open, mut torn): (Option<Columns>, bool) = (None, false);
    for (grid, number) in ask.document.grids.iter().zip(0_u16..).filter(|(g, _)| !g.hidden) {
        let sheet = Marked::new(grid, number, words.vocabulary());
        let stretches = bands::stretches(&sheet, words);
        let titles: BTreeSet<String> = rows::titles(&sheet, &stretches);
        let above = bands::above(&sheet, &stretches);
        let paper = matches!(grid.place, Place::Paper { .. });
        let before = open.as_ref().filter(|_| paper);
        if let Some((columns, last)) = before.and_then(|c| c.continued(&sheet, &above)).zip(all.tables.last_mut()) {
            let table = all.places.len().saturating_sub(1);
            let lines = lines::lines(&sheet, words, &above, &columns);
            let from = last.lines.len();
            last.take(words, &titles, lines.into_iter().map(|l| Line { table, ..l }).collect());
            let first = last.lines.get(from).filter(|_| torn).map(|line| line.span);
            last.torn.extend(first);
            torn = false;
        } else if let Some(columns) = Some(&above).filter(|_| paper).and_then(|s| columns::headless(&sheet, words, s)) {
            all.take(&sheet, words, &titles, &above, &columns);
            if let Some(table) = all.tables.last_mut() {
                let span = table.span();
                table.headless.extend(span);
            }
            open = Some(columns);
        } else {
            let figures = above.rows().filter(|&n| sheet.row(n).1.any(|(_, mark)| mark == Mark::Figure)).count();
            torn |= paper && open.is_some() && figures > 1;
            all.outside.push((number, above.rows().collect()));
        }
        for stretch in &stretches {
            let columns = columns::columns(&sheet, words, stretch);
            all.take(&sheet, words, &titles, stretch, &columns);
            open = Some(columns);
            if let Some(table) = all.tables.last_mut().filter(|_| torn) {
                table.torn.extend(table.lines.first().map(|line| line.span));
            }
            torn = false;
        }
    }
    all.tables = std::mem::take(&mut all.tables).into_iter().flat_map(super::parted::parted).collect();
    all
}

impl Sheets {
    /// Takes in the rows of one table.
    fn take(&mut self, sheet: &Marked, words: &Words, titles: &BTreeSet<String>, stretch: &Stretch, columns: &Columns) {
        if columns.style() == Style::Anglo {
            self.style = Style::Anglo;
        }
        let mut rows = Rows { edition: context::edition(sheet, words, stretch), ..Rows::default() };
        let parts = context::parts(&mut self.places, sheet, words, stretch);
        let lines = lines::lines(sheet, words, stretch, columns);
        let placed = lines.into_iter().map(|l| Line { table: parts.get(l.part).copied().unwrap_or_default(), ..l });
        rows.take(words, titles, placed.collect());
        self.tables.push(rows);
    }
}

/// Amounts in rows that no table took, unless they only say again what the tables say: amounts of rows, and sums of kinds of spending.
#[must_use]
pub fn unclaimed(ask: &Ask, words: &Words, found: &Rows, outside: &[(u16, Vec<usize>)]) -> Vec<Origin> {
    let mut known: BTreeSet<u64> = BTreeSet::new();
    let mut kinds: BTreeMap<String, f64> = std::collections::BTreeMap::new();
    for line in found.lines.iter().chain(found.totals.iter().map(|t| &t.line)) {
        let Some(amount) = &line.amount else { continue };
        known.insert(amount.value.to_bits());
        let akun =
            line.codes.last().map(|(_, c)| c.text.as_str()).filter(|c| c.len() == 6 && c.bytes().all(|b| b.is_ascii_digit()));
        if let Some(kind) = akun.and_then(|c| c.get(..2)) {
            let sum = kinds.entry(kind.to_owned()).or_default();
            *sum = exact::add(*sum, amount.value);
        }
    }
    known.extend(kinds.values().map(|sum| sum.to_bits()));
    known.insert(exact::sum(kinds.values().copied()).to_bits());
    let figures = |(number, rows): &(u16, Vec<usize>)| {
        let grid = ask.document.grids.get(usize::from(*number))?;
        let sheet = Marked::new(grid, *number, words.vocabulary());
        Some(unclaimed::figures(&sheet, rows.iter().copied(), &known))
    };
    outside.iter().filter(|(_, rows)| !rows.is_empty()).filter_map(figures).flatten().collect()
}
