//! Which column of an evaluation sheet is which, and under whose name answers and scores stand.

use crate::tables::columns::{self, Column, Heading};
use crate::tables::ledger::Row;
use crate::tables::words::Vocabulary;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Codes, or running numbers.
    Code,
    /// Names of components.
    Component,
    /// Names of sub-components.
    Part,
    /// Criteria.
    Criterion,
    /// Names of components, sub-components and criteria below each other.
    Text,
    /// Papers that are asked for.
    Proof,
    Weight,
    Note,
    /// Known, and no part of the table.
    Other,
    /// Answers of the assessor of this number.
    Answer(usize),
    /// Scores of the assessor of this number.
    Score(usize),
    /// Answers or scores: what stands in the column tells.
    Judgement(usize),
}

/// A heading and what its columns mean.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) heading: Heading,
    /// One entry per column of the heading; `None` where its words are not known.
    pub(super) fields: Vec<Option<Field>>,
    /// Names of the assessors as printed; an empty one where none is named.
    pub(super) assessors: Vec<String>,
}

/// The heading of an evaluation sheet that begins at this row: weights, something that is weighed, and somebody's judgement.
pub(super) fn layout(rows: &[Row], at: usize, vocabulary: &Vocabulary) -> Option<Layout> {
    /// Different columns that a heading names at least.
    const LEAST: usize = 3;
    let heading = columns::heading(rows, at, vocabulary, LEAST)?;
    let mut assessors = Vec::new();
    let fields: Vec<Option<Field>> = heading.columns.iter().map(|c| field(c, &mut assessors, vocabulary)).collect();
    let has = |wanted: &[Field]| fields.iter().flatten().any(|f| wanted.contains(f));
    let weighed = has(&[Field::Component, Field::Part, Field::Criterion, Field::Text]);
    let judged = fields.iter().flatten().any(|f| matches!(f, Field::Answer(_) | Field::Score(_) | Field::Judgement(_)));
    (weighed && judged && has(&[Field::Weight])).then_some(Layout { heading, fields, assessors })
}

fn field(column: &Column, assessors: &mut Vec<String>, vocabulary: &Vocabulary) -> Option<Field> {
    let said: Vec<(&String, Vec<String>)> = column.labels.iter().map(|l| (l, columns::says(l, vocabulary))).collect();
    let assessor = |said: &Vec<String>| said.iter().all(|s| s == "penilai") && !said.is_empty();
    let who = said.iter().find(|(_, said)| assessor(said)).map(|(label, _)| crate::normalise::text::clean(label));
    let leaf = said.iter().rev().filter_map(|(_, said)| said.first()).find(|s| *s != "penilai").map(String::as_str);
    let number = |assessors: &mut Vec<String>| {
        let name = who.clone().unwrap_or_default();
        assessors.iter().position(|a| *a == name).unwrap_or_else(|| {
            assessors.push(name);
            assessors.len() - 1
        })
    };
    Some(match leaf {
        Some("kode" | "no") => Field::Code,
        Some("komponen") => Field::Component,
        Some("sub") => Field::Part,
        Some("kriteria") => Field::Criterion,
        Some("uraian") => Field::Text,
        Some("bukti") => Field::Proof,
        Some("bobot") => Field::Weight,
        Some("catatan") => Field::Note,
        Some("lain") => Field::Other,
        Some("jawaban") => Field::Answer(number(assessors)),
        Some("nilai") => Field::Score(number(assessors)),
        _ if who.is_some() => Field::Judgement(number(assessors)),
        _ => return None,
    })
}
