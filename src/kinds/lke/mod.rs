//! Lembar Kerja Evaluasi: components, sub-components, criteria and the papers asked for, with the answers and scores of each assessor.
//! `PermenPANRB` 88/2021; the sheet that is published for the evaluator is another one ([`crate::model::Evaluation`]).
//!
//! Reading order: [`layout`] (which column is which, whose answers stand where) → [`body`] (rows → items and their levels) →
//! [`recap`] (a summary of the same sheet is compared, not counted) → [`checks`] (weights and scores add up).

mod body;
mod checks;
mod layout;
mod recap;

use crate::model::{Finding, Findings, Origin, Records, Schemas, Span};
use crate::tables::ledger::{self, Row};
use crate::tables::phrases::Phrases;

use super::{Ask, Extraction, Kind};
use body::{Item, Table};

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Lke;

impl Kind for Lke {
    fn name(&self) -> &'static str {
        "lke"
    }

    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        let meanings = ask.schemas.kind(self.name()).map_or(&[][..], |k| &k.meanings);
        let (vocabulary, phrases) = (super::own_vocabulary(ask.schemas, self.name()), Phrases::new(meanings));
        let rows = ledger::rows(ask.document);
        let tables = body::tables(findings, &rows, &vocabulary, &phrases);
        unread(findings, &rows, &tables);
        let (tables, recaps) = recap::apart(tables);
        if tables.is_empty() {
            return None;
        }
        let mut equations: Vec<_> = tables.iter().chain(&recaps).flat_map(checks::equations).collect();
        equations.extend(recaps.iter().flat_map(|recap| recap::equations(recap, &tables)));
        let items = tables.iter().flat_map(|t| t.items.iter().map(move |item| (t, item)));
        Some(Extraction { records: vec![records(items, ask.schemas)], equations, ..Extraction::default() })
    }
}

/// The table `lke`: a row for each assessor of an item, or one without where nobody has judged it.
fn records<'a>(items: impl Iterator<Item = (&'a Table, &'a Item)>, schemas: &Schemas) -> Records {
    let mut records = super::empty_table(schemas, "lke");
    for (number, (table, item)) in (1u32..).zip(items) {
        let judged = item.marks.iter().filter(|(_, mark)| mark.answer.is_some() || mark.score.is_some());
        let judged: Vec<_> = judged.map(|(who, mark)| (table.layout.assessors[*who].as_str(), Some(mark))).collect();
        let nobody = judged.is_empty().then_some(("", None));
        for (who, mark) in judged.into_iter().chain(nobody) {
            let row = records.push(item.span);
            records.set_number(row, "urut", f64::from(number), None, "");
            records.set_text(row, "tingkat", item.level.name(), None);
            for (column, printed) in [("kode", &item.code), ("uraian", &item.text), ("catatan", &item.note)] {
                if let Some((text, origin)) = printed {
                    records.set_text(row, column, text, Some(*origin));
                }
            }
            if let Some(weight) = &item.weight {
                records.set_number(row, "bobot", weight.value, Some(weight.origin), &weight.raw);
            }
            let Some(mark) = mark else { continue };
            records.set_text(row, "penilai", who, None);
            if let Some((answer, origin)) = &mark.answer {
                records.set_text(row, "jawaban", answer, Some(*origin));
            }
            if let Some(score) = &mark.score {
                records.set_number(row, "nilai", score.value, Some(score.origin), &score.raw);
            }
        }
    }
    records
}

/// A13 for rows with several figures that stand under no heading of such a table.
fn unread(findings: &mut Findings, rows: &[Row], tables: &[Table]) {
    /// Figures in a row that make it one of a table.
    const FIGURES: usize = 2;
    let taken = |row: &Row| tables.iter().any(|t| t.span.from.grid == row.grid && t.holds(row.row));
    let figures = |row: &Row| row.cells.iter().filter(|c| c.number.is_some()).count() >= FIGURES;
    let counting = |row: &Row| crate::tables::columns::is_number_row(row);
    let mut blocks: Vec<Span> = Vec::new();
    for row in rows.iter().filter(|r| figures(r) && !taken(r) && !counting(r)) {
        let span = row.span();
        match blocks.last_mut().filter(|b| b.from.grid == row.grid) {
            Some(block) => *block = block.with(span.from).with(Origin { row: row.row, ..span.to }),
            None => blocks.push(span),
        }
    }
    for block in blocks {
        let message = "angka di sini tidak dimuat: tidak ada judul kolom komponen, bobot, dan nilai di atasnya";
        findings.add(Finding::new("A13", message).at(block));
    }
}
