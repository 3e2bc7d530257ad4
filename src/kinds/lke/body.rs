//! The rows below a heading → components, sub-components, criteria and papers, each with its weight and everybody's judgement.

use std::collections::BTreeMap;

use crate::model::document::plain_number;
use crate::model::{Finding, Findings, Origin, Span};
use crate::normalise::number::{self, Figure, Style};
use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::Vocabulary;

use super::layout::{Field, Layout, layout};

/// What is weighed, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// The sum over all components.
    Total,
    Component,
    Part,
    Criterion,
    Proof,
}

impl Level {
    /// As the table names it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Total => "jumlah",
            Self::Component => "komponen",
            Self::Part => "sub",
            Self::Criterion => "kriteria",
            Self::Proof => "bukti",
        }
    }
}

/// A text and its cell.
pub(super) type Printed = Option<(String, Origin)>;

/// A number of 100, and how it is printed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) value: f64,
    pub(super) origin: Origin,
    pub(super) raw: String,
}

/// What one assessor says of an item.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    pub(super) answer: Printed,
    pub(super) score: Option<Amount>,
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) level: Level,
    pub(super) span: Span,
    pub(super) code: Printed,
    pub(super) text: Printed,
    pub(super) note: Printed,
    pub(super) weight: Option<Amount>,
    /// By number of the assessor.
    pub(super) marks: BTreeMap<usize, Mark>,
}

/// A table with its items, and its totals apart from them.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) layout: Layout,
    pub(super) items: Vec<Item>,
    pub(super) totals: Vec<Item>,
    /// From its heading to its last row.
    pub(super) span: Span,
}

impl Table {
    /// Whether a row of its grid belongs to it.
    pub(super) const fn holds(&self, row: u32) -> bool {
        self.span.from.row <= row && row <= self.span.to.row
    }
}

/// All tables of the document. Weights and scores that are parts of one are made parts of 100.
pub(super) fn tables(findings: &mut Findings, rows: &[Row], vocabulary: &Vocabulary, phrases: &Phrases) -> Vec<Table> {
    let mut out: Vec<Table> = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        if let Some(layout) = layout(rows, at, vocabulary) {
            at = layout.heading.rows.end;
            let another = |t: &Table| t.layout.fields != layout.fields || t.span.from.grid != row.grid;
            // The heading of the next page goes on with the table before.
            if out.last().is_none_or(another) {
                out.push(Table { layout, items: Vec::new(), totals: Vec::new(), span: row.span() });
            }
            continue;
        }
        at += 1;
        if let Some(table) = out.last_mut().filter(|t| t.span.from.grid == row.grid) {
            take(findings, table, row, phrases);
        }
    }
    out.retain(|t| !t.items.is_empty());
    for table in &mut out {
        unnamed(findings, table, rows);
        if of_one(table) {
            table.items.iter_mut().chain(&mut table.totals).for_each(hundredfold);
        }
    }
    out
}

/// Takes a row of a table.
fn take(findings: &mut Findings, table: &mut Table, row: &Row, phrases: &Phrases) {
    let cells: Vec<(Field, &Cell)> = row
        .cells
        .iter()
        .filter_map(|c| Some((table.layout.heading.column(c.origin.col).and_then(|i| table.layout.fields[i])?, c)))
        .collect();
    let text = |field: Field| cells.iter().find(|(f, _)| *f == field).map(|(_, c)| (text::clean(&c.text), c.origin));
    let mut marks: BTreeMap<usize, Mark> = BTreeMap::new();
    for (field, cell) in &cells {
        judge(&mut marks, *field, cell, phrases);
    }
    let weight = cells.iter().find(|(f, _)| *f == Field::Weight).and_then(|(_, c)| amount(c));
    let code = text(Field::Code);
    let mut named = [Field::Criterion, Field::Part, Field::Component, Field::Text, Field::Proof].into_iter();
    let total = row.cells.iter().any(|c| phrases.is("jumlah", &c.text)) && (weight.is_some() || !marks.is_empty());
    let (field, name) = match named.find_map(|f| Some((f, text(f)?))) {
        Some((field, name)) => (field, name),
        None if total => (Field::Text, (text::clean(&row.line()), row.span().from)),
        None => {
            if weight.is_some() || !marks.is_empty() {
                let message = "baris berangka ini tidak dimuat: tidak menyebut komponen, kriteria, atau bukti";
                findings.add(Finding::new("A13", message).at(row.span()));
            }
            return;
        }
    };
    let level = match field {
        _ if total => Level::Total,
        Field::Component => Level::Component,
        Field::Part => Level::Part,
        Field::Criterion => Level::Criterion,
        Field::Proof => Level::Proof,
        _ => by_code(table, code.as_ref().map_or("", |(c, _)| c), weight.is_some()),
    };
    if weight.is_none() && marks.is_empty() && cells.len() == 1 && level == Level::Criterion {
        // A note or a signature below the table.
        return;
    }
    if level >= Level::Criterion {
        // The sheet's formula makes nothing of what is not answered: no score yet, rather than zero.
        let asked = |who: usize| table.layout.fields.contains(&Some(Field::Answer(who)));
        for (_, mark) in marks.iter_mut().filter(|(who, mark)| mark.answer.is_none() && asked(**who)) {
            mark.score = mark.score.take().filter(|score| score.value != 0.0);
        }
    }
    let item = Item { level, span: row.span(), code, text: Some(name), note: text(Field::Note), weight, marks };
    table.span = table.span.with(item.span.from).with(item.span.to);
    if total { table.totals.push(item) } else { table.items.push(item) }
}

/// The level of a row of a sheet whose names stand in one column: what has a weight is a component or, counted below one, its part.
fn by_code(table: &Table, code: &str, weighed: bool) -> Level {
    let parts = code.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).count();
    let below = table.items.iter().any(|i| i.level == Level::Component);
    match (weighed, parts) {
        (true, 0 | 1) => Level::Component,
        (true, 2) => Level::Part,
        (false, 2) if !below => Level::Part,
        _ => Level::Criterion,
    }
}

/// Notes what a cell says of the assessor it belongs to. A list of all choices (`Y/T`) is no answer yet.
fn judge(marks: &mut BTreeMap<usize, Mark>, field: Field, cell: &Cell, phrases: &Phrases) {
    let open = cell.text.contains('/') || phrases.is("belum", &cell.text);
    match field {
        Field::Score(who) => {
            if let Some(score) = amount(cell) {
                marks.entry(who).or_default().score = Some(score);
            }
        }
        Field::Judgement(who) if amount(cell).is_some() => marks.entry(who).or_default().score = amount(cell),
        Field::Answer(who) | Field::Judgement(who) if !open => {
            marks.entry(who).or_default().answer = Some((text::clean(&cell.text), cell.origin));
        }
        _ => {}
    }
}

/// The number of a cell. In a weight or a score one mark is a decimal one.
fn amount(cell: &Cell) -> Option<Amount> {
    let written = |text: &str| {
        let decimal = if text.contains('.') && !text.contains(',') { Style::Anglo } else { Style::Indonesian };
        match number::read(text, decimal)? {
            Figure::Number { value, .. } => Some(value),
            _ => None,
        }
    };
    let value = cell.number.or_else(|| written(&cell.text))?;
    Some(Amount { value, origin: cell.origin, raw: cell.text.to_string() })
}

/// Whether the weights are parts of one: those of the components come to no more than one and a half.
fn of_one(table: &Table) -> bool {
    const ONE: f64 = 1.5;
    let weights = |level: Level| table.items.iter().filter(move |i| i.level == level).filter_map(|i| i.weight.as_ref());
    let top = [Level::Component, Level::Part].into_iter().find(|l| weights(*l).next().is_some());
    top.is_some_and(|level| weights(level).all(|w| !w.raw.contains('%')) && weights(level).map(|w| w.value).sum::<f64>() <= ONE)
}

fn hundredfold(item: &mut Item) {
    let scores = item.marks.values_mut().filter_map(|m| m.score.as_mut());
    for amount in item.weight.iter_mut().chain(scores) {
        // Twelve digits: 0.05625 as the sheet stores it is 0.056249999999999994.
        amount.value = plain_number((amount.value * 1e12).round() / 1e10).parse().unwrap_or(amount.value);
    }
}

/// A13 for filled columns whose heading nobody knows.
fn unnamed(findings: &mut Findings, table: &Table, rows: &[Row]) {
    for (i, column) in table.layout.heading.columns.iter().enumerate().filter(|(i, _)| table.layout.fields[*i].is_none()) {
        let own = rows.iter().filter(|r| r.grid == table.span.from.grid && table.holds(r.row));
        let below = own.filter(|r| table.items.iter().any(|item| item.span.from.row == r.row)).flat_map(|r| &r.cells);
        let cells = below.filter(|c| table.layout.heading.column(c.origin.col) == Some(i)).map(|c| c.origin);
        if let Some(span) = Span::around(cells) {
            let name = column.labels.join(" ");
            let message =
                format!("kolom ini tidak dimuat: judulnya \"{name}\" tidak dikenal; tambahkan katanya di schemas/lke.toml");
            findings.add(Finding::new("A13", message).at(span));
        }
    }
}
