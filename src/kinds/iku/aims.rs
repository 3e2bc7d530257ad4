//! Goals, aims and indicators that stand in lines of their own: above tables, and in rows between indicators.

use std::collections::BTreeMap;

use crate::normalise::text;
use crate::tables::columns;
use crate::tables::ledger::Row;

use super::body::{Printed, Words};
use super::layout::Field;

/// Goals and aims in lines of text above tables: `Sasaran Strategis 1: …` over the table of its indicators; `Indikator 1.1: …` over the
/// table of what was reached.
#[derive(Default)]
pub(super) struct Lines {
    said: BTreeMap<Field, Printed>,
    /// Said since the last heading.
    new: bool,
}

impl Lines {
    /// Takes a line that belongs to no table.
    pub(super) fn take(&mut self, row: &Row, words: &Words) {
        let [cell] = row.cells.as_slice() else { return };
        let (Some(field), name) = prefixed(&cell.text, words) else { return };
        above(field).iter().for_each(|f| drop(self.said.remove(f)));
        self.said.insert(field, Printed { text: text::clean(name), number: None, origin: Some(cell.origin) });
        self.new = true;
    }

    /// Whether an indicator was named that no table has taken yet.
    pub(super) fn names_indicator(&self) -> bool {
        self.new && self.said.contains_key(&Field::Indikator)
    }

    /// What was said above a heading holds for its table.
    pub(super) fn lend(&mut self, groups: &mut BTreeMap<Field, Printed>) {
        if std::mem::take(&mut self.new) || groups.is_empty() {
            groups.clone_from(&self.said);
        }
    }
}

/// What a new goal or aim ends.
pub(super) const fn above(field: Field) -> &'static [Field] {
    match field {
        Field::Tujuan => &[Field::Sasaran, Field::Indikator],
        Field::Sasaran => &[Field::Indikator],
        _ => &[],
    }
}

/// `Sasaran Strategis 1: Terwujudnya …` → the aim and its name.
pub(super) fn prefixed<'t>(text: &'t str, words: &Words) -> (Option<Field>, &'t str) {
    let Some((label, name)) = text.split_once([':', '\n']) else { return (None, text) };
    let bare = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace());
    let field = columns::says(bare, words.vocabulary).first().and_then(|s| match s.as_str() {
        "tujuan" => Some(Field::Tujuan),
        "sasaran" => Some(Field::Sasaran),
        "indikator" => Some(Field::Indikator),
        _ => None,
    });
    if field.is_some() && !name.trim().is_empty() { (field, name) } else { (None, text) }
}
