//! Cells that say several things, each behind its label: `Formulasi: … Sumber Data: …` below the heading `Penjelasan`.

use std::collections::BTreeMap;

use crate::normalise::text;
use crate::tables::columns;

use super::body::{Printed, Words};
use super::layout::{Col, Field};

/// Most words of a label.
const LABEL: usize = 3;

/// What the cells of an indicator say of fields that have no column of their own.
pub(super) fn said(cells: &BTreeMap<usize, Printed>, cols: &[Col], words: &Words) -> BTreeMap<Field, Printed> {
    let mut out = BTreeMap::new();
    let apart = |f: Field| cols.iter().any(|c| c.field == Some(f));
    for (i, printed) in cells {
        let free = cols.get(*i).is_some_and(|c| matches!(c.field, None | Some(Field::Other | Field::Cara | Field::Sumber)));
        let parts = if free { parts(&printed.text, words) } else { Vec::new() };
        for (field, said) in parts.into_iter().filter(|(f, _)| matches!(f, Field::Cara | Field::Sumber) && !apart(*f)) {
            out.entry(field).or_insert(Printed { text: text::clean(said), number: None, origin: printed.origin });
        }
    }
    out
}

/// A text at the labels in it.
fn parts<'t>(text: &'t str, words: &Words) -> Vec<(Field, &'t str)> {
    let marks: Vec<(usize, usize, Field)> = text.match_indices(':').filter_map(|(at, _)| label(text, at, words)).collect();
    let ends = marks.iter().skip(1).map(|m| m.0).chain([text.len()]);
    marks.iter().zip(ends).filter_map(|(m, end)| Some((m.2, text.get(m.1..end)?))).collect()
}

/// The label that ends at a colon: where it begins, where what it says begins, what it asks for.
fn label(text: &str, colon: usize, words: &Words) -> Option<(usize, usize, Field)> {
    let before = text.get(..colon)?.trim_end();
    let starts: Vec<usize> =
        before.char_indices().filter(|(i, _)| *i == 0 || before[..*i].ends_with(char::is_whitespace)).map(|(i, _)| i).collect();
    let found = starts.iter().rev().take(LABEL).rev().find_map(|&begin| {
        let label = before.get(begin..)?;
        let whole = label.starts_with(char::is_uppercase) && words.vocabulary.read(label).unknown == 0;
        let said = columns::says(label, words.vocabulary);
        let field = said.first().filter(|_| whole).map(|s| match s.as_str() {
            "cara" => Field::Cara,
            "sumber" => Field::Sumber,
            _ => Field::Other,
        })?;
        Some((begin, field))
    })?;
    Some((found.0, colon + 1, found.1))
}
