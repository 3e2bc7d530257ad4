//! Quarters that run down a table: a row with nothing but `TRIWULAN II` on it, and below it all indicators once more.

use crate::model::period::{Part, Period};
use crate::normalise::period;
use crate::tables::columns;
use crate::tables::ledger::Row;
use crate::tables::words::unnumbered;

use super::body::{Item, Words};

/// The part of the year that a row names and nothing else.
pub(super) fn part(row: &Row, words: &Words) -> Option<Part> {
    let [cell] = row.cells.as_slice() else { return None };
    let text = unnumbered(&cell.text).filter(|rest| !rest.is_empty()).unwrap_or(&cell.text);
    let full = period::find(text).into_iter().map(|f| f.period.part).find(|p| *p != Part::Year);
    let part = full.or_else(|| period::find_partial(text).into_iter().map(|(part, _)| part).next())?;
    let rest = columns::untimed(text);
    let silent = !rest.chars().any(char::is_alphabetic) || words.vocabulary.read(&rest).unknown == 0;
    silent.then_some(part)
}

/// The items of the document's own part of the year, of the latest one where it has none of its own; all where no rows name parts.
pub(super) fn chosen(items: &[Item], period: Option<Period>) -> Vec<Item> {
    let own = period.map(|p| p.part).filter(|p| items.iter().any(|i| i.part == Some(*p)));
    let last = items.iter().filter_map(|i| i.part).next_back();
    let wanted = own.or(last);
    items.iter().filter(|i| i.part.is_none() || i.part == wanted).cloned().collect()
}
