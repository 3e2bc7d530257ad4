//! A column that names the quarter of each row: below the name of an indicator a row for every quarter of the year.

use crate::model::period::Part;
use crate::normalise::{number, period, text};
use crate::tables::ledger::Row;

use super::body::{Item, Printed, Table, Words};
use super::layout::Field;
use super::torn::is_ordinal;

impl Table {
    /// Takes a row that speaks of a quarter in a column of its own; whether it did.
    pub(super) fn quarter(&mut self, row: &Row, words: &Words) -> bool {
        let Some((column, part)) = self.part_in_column(row, words) else { return false };
        let own = |field: Field| self.placed(row).into_iter().find(|(i, _)| self.cols[*i].field == Some(field)).map(|(_, c)| c);
        let named = own(Field::Indikator);
        let counted = own(Field::No).is_some_and(|c| is_ordinal(&c.text));
        let follows = self.items.last().and_then(|i| i.part).is_some_and(|last| after(last, part));
        let begins = counted || named.is_some() && !follows;
        if !begins && (self.items.is_empty() || !follows) {
            return false;
        }
        let mut item = self.item(row);
        item.part = Some(part);
        item.cells.remove(&column);
        if !begins {
            // On paper the name of all quarters runs on beside the later ones.
            let more = named.map(|c| text::clean(&c.text));
            self.share(&mut item, more.as_deref());
        }
        self.items.push(item);
        true
    }

    /// The column for quarters and what this row says in it.
    fn part_in_column(&self, row: &Row, words: &Words) -> Option<(usize, Part)> {
        let column = self.cols.iter().position(|c| c.field.is_none() && words.phrases.is("bagian:tahun", &c.name))?;
        let said = &self.placed(row).into_iter().find(|(i, _)| *i == column)?.1.text;
        let full = period::find(said).into_iter().map(|f| f.period.part).find(|p| *p != Part::Year);
        let named = full.or_else(|| period::find_partial(said).into_iter().map(|(p, _)| p).next());
        let bare = said.trim().trim_end_matches('.');
        let numeral = || number::roman(bare).or_else(|| bare.parse().ok()).filter(|n| (1..=4).contains(n));
        Some((column, named.or_else(|| numeral().and_then(|n| u8::try_from(n).ok()).map(Part::Quarter))?))
    }

    /// Gives an item of a later quarter what the first one of its indicator says, and the first ones the rest of their name.
    fn share(&mut self, item: &mut Item, more: Option<&str>) {
        let first = self.items.iter().rposition(|i| i.part.is_some_and(starts)).unwrap_or(0);
        if let (Some(more), Some(named)) = (more, self.index(Field::Indikator)) {
            for known in &mut self.items[first..] {
                if let Some(name) = known.cells.get_mut(&named).filter(|n| !n.text.ends_with(more)) {
                    name.text = format!("{} {more}", name.text);
                }
            }
        }
        let Some(last) = self.items.last() else { return };
        for (i, col) in self.cols.iter().enumerate() {
            if col.field.is_some_and(|f| !f.measured())
                && let Some(said) = last.cells.get(&i)
            {
                let said: Printed = said.clone();
                item.cells.insert(i, said);
            }
        }
    }
}

/// Whether a part of the year is the one right after another.
const fn after(first: Part, second: Part) -> bool {
    match (first, second) {
        (Part::Quarter(a), Part::Quarter(b)) | (Part::Semester(a), Part::Semester(b)) | (Part::Month(a), Part::Month(b)) => {
            b == a + 1
        }
        _ => false,
    }
}

/// Whether a part of the year is its first.
const fn starts(part: Part) -> bool {
    matches!(part, Part::Quarter(1) | Part::Semester(1) | Part::Month(1))
}
