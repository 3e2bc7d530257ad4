//! IKU tables whose measures run down: below each indicator a row for its target, one for its realisation, one for its achievement,
//! with their numbers in one column or in one for each quarter.

use std::collections::BTreeMap;

use crate::normalise::text;
use crate::tables::columns::{self, Heading};
use crate::tables::ledger::{Cell, Row};

use super::body::{Item, Printed, Table, Words};
use super::layout::{Col, Field, columns as meanings};

/// Rows below a heading by which the column of labels is known.
const SAMPLE: usize = 12;

/// A heading over measures that run down.
struct Turned {
    heading: Heading,
    cols: Vec<Col>,
    /// The column that names the measures.
    labels: usize,
    /// The columns of their numbers.
    values: Vec<usize>,
}

/// All such tables; empty where the document has none.
pub(super) fn tables(rows: &[Row], words: &Words) -> Vec<Table> {
    let mut out: Vec<Table> = Vec::new();
    let mut open: Option<(Turned, Vec<Item>)> = None;
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        if let Some(turned) = turned(rows, at, words) {
            at = turned.heading.rows.end;
            let same = |t: &Turned| names(&t.heading) == names(&turned.heading);
            match &mut open {
                Some((known, _)) if same(known) => known.heading = turned.heading,
                _ => out.extend(open.replace((turned, Vec::new())).and_then(finished)),
            }
            continue;
        }
        at += 1;
        if let Some((turned, items)) = &mut open
            && rows.get(turned.heading.rows.start).is_some_and(|h| h.grid == row.grid)
        {
            turned.take(row, items, words);
        }
    }
    out.extend(open.and_then(finished));
    out
}

fn names(heading: &Heading) -> Vec<String> {
    heading.columns.iter().map(|c| text::key(&c.labels.join(" "))).collect()
}

/// The heading at this row, if the rows below it name measures in one column.
fn turned(rows: &[Row], at: usize, words: &Words) -> Option<Turned> {
    let heading = columns::heading(rows, at, words.vocabulary, 2).filter(|_| !super::pairs::line(rows, at, words))?;
    let cols = meanings(&heading);
    let named = cols.iter().position(|c| c.field == Some(Field::Indikator))?;
    let grid = rows.get(at)?.grid;
    let below: Vec<&Row> = rows.get(heading.rows.end..)?.iter().take(SAMPLE).take_while(|r| r.grid == grid && !r.apart).collect();
    let labels = (named + 1..cols.len()).find(|&i| {
        let cells: Vec<&Cell> = below.iter().filter_map(|r| cell(&heading, r, i)).collect();
        let fields: Vec<Field> = cells.iter().filter_map(|c| measure(c, words)).collect();
        let distinct = [Field::Target, Field::Realisasi, Field::Capaian].iter().filter(|f| fields.contains(f)).count();
        distinct >= 2 && fields.len() * 10 >= cells.len() * 8
    })?;
    let free = |i: &usize| cols[*i].field.is_none_or(Field::measured);
    let values: Vec<usize> = (labels + 1..cols.len()).filter(free).collect();
    (!values.is_empty()).then_some(Turned { heading, cols, labels, values })
}

fn cell<'r, 'a>(heading: &Heading, row: &'r Row<'a>, column: usize) -> Option<&'r Cell<'a>> {
    row.cells.iter().find(|c| heading.column(c.origin.col) == Some(column))
}

/// The measure that a label names.
fn measure(cell: &Cell, words: &Words) -> Option<Field> {
    let said = columns::says(cell.text.trim_end_matches(':'), words.vocabulary);
    ["capaian", "target", "realisasi"]
        .iter()
        .zip([Field::Capaian, Field::Target, Field::Realisasi])
        .find_map(|(name, field)| said.iter().any(|s| s == name).then_some(field))
}

impl Turned {
    /// The number of the made column for a measure in one of the columns of numbers.
    fn made(&self, field: Field, value: usize) -> Option<usize> {
        let nth = [Field::Target, Field::Realisasi, Field::Capaian].iter().position(|f| *f == field)?;
        let place = self.values.iter().position(|v| *v == value)?;
        Some(self.cols.len() + nth * self.values.len() + place)
    }

    fn take(&self, row: &Row, items: &mut Vec<Item>, words: &Words) {
        let Some(field) = cell(&self.heading, row, self.labels).and_then(|c| measure(c, words)) else { return };
        let numbers: Vec<(usize, Printed)> =
            self.values.iter().filter_map(|&v| Some((self.made(field, v)?, printed(cell(&self.heading, row, v)?)))).collect();
        let again = items.last().is_none_or(|item| numbers.iter().any(|(i, _)| item.cells.contains_key(i)));
        if again {
            items.push(Item { span: row.span(), cells: BTreeMap::new(), groups: BTreeMap::new(), part: None });
        }
        let above = items.len().checked_sub(2).and_then(|i| items.get(i)).map(|i| i.cells.clone()).unwrap_or_default();
        let Some(item) = items.last_mut() else { return };
        item.span = row.cells.iter().fold(item.span, |span, c| span.with(c.origin));
        for (i, col) in self.cols.iter().enumerate().filter(|(i, _)| *i != self.labels && !self.values.contains(i)) {
            let own = cell(&self.heading, row, i).or_else(|| row.at(col.left)).map(printed);
            // An aim is printed once for all indicators below it.
            let aim = again && matches!(col.field, Some(Field::Tujuan | Field::Sasaran));
            let Some(said) = own.or_else(|| above.get(&i).filter(|_| aim).cloned()) else { continue };
            match item.cells.get_mut(&i) {
                // On paper the text of a cell over several rows runs on in the rows below.
                Some(known) if known.origin != said.origin => {
                    known.text = text::clean(&format!("{} {}", known.text, said.text));
                }
                Some(_) => {}
                None => {
                    item.cells.insert(i, said);
                }
            }
        }
        item.cells.extend(numbers);
    }
}

fn printed(cell: &Cell) -> Printed {
    Printed { text: text::clean(&cell.text), number: cell.number, origin: Some(cell.origin) }
}

/// The table with a column for each measure, as if they ran across.
fn finished((turned, items): (Turned, Vec<Item>)) -> Option<Table> {
    let mut cols = turned.cols.clone();
    for i in std::iter::once(turned.labels).chain(turned.values.iter().copied()) {
        cols[i].field = Some(Field::Other);
    }
    for field in [Field::Target, Field::Realisasi, Field::Capaian] {
        let made = turned.values.iter().map(|&v| Col { field: Some(field), ..turned.cols[v].clone() });
        cols.extend(made);
    }
    (!items.is_empty()).then(|| Table::new(turned.heading, cols, items))
}
