//! What of an SOP's tasks and steps was left unread, and is said to be.

use std::collections::BTreeSet;

use crate::model::{Finding, Findings, Span};
use crate::tables::columns;
use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;
use crate::tables::words::Vocabulary;

use super::duties::Counted;
use super::fields;

/// Cells of table rows from this length on are sentences.
const SENTENCE: usize = 25;

/// A13 for runs of table rows and list items behind the place where tasks begin that belong to no task, and to no other part of the form.
pub(super) fn say(findings: &mut Findings, rows: &[Row], taken: &BTreeSet<usize>, phrases: &Phrases, vocabulary: &Vocabulary) {
    let mut part = Part::Titles;
    let mut left: Vec<Span> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        part = part.after(row, taken.contains(&at), phrases);
        let unread =
            part == Part::Tasks && !taken.contains(&at) && has_content(row) || !taken.contains(&at) && heads(row, vocabulary);
        match left.last_mut() {
            Some(last) if unread && last.from.grid == row.grid && at > 0 && !taken.contains(&(at - 1)) => {
                *last = last.with(row.span().from).with(row.span().to);
            }
            _ if unread => left.push(row.span()),
            _ => {}
        }
    }
    for span in left {
        let says = "baris ini tidak dimuat: berada di antara uraian tugas atau langkah prosedur, tetapi tidak terbaca tugas atau langkah siapa";
        findings.add(Finding::new("A13", says).at(span));
    }
}

/// The part of the form that a row stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Before the first label.
    Titles,
    /// Identity, legal basis, equipment and so on.
    Boxes,
    /// Tasks and steps.
    Tasks,
    /// Signatures and notes.
    End,
}

impl Part {
    fn after(self, row: &Row, taken: bool, phrases: &Phrases) -> Self {
        let line = row.line();
        let short = line.chars().count() < 60;
        let promised = row.cells.len() == 1 && (phrases.is("isi", &line) || phrases.is("langkah", &line));
        if taken || promised {
            return Self::Tasks;
        }
        if row.cells.iter().any(|c| fields::is_label(&c.text, phrases)) {
            return Self::Boxes;
        }
        let dated = short && !crate::normalise::date::find(&line).is_empty();
        let signs =
            self == Self::Tasks && row.cells.iter().any(|c| phrases.is("tertanda", &c.text) || phrases.begins("tutup", &c.text));
        if self == Self::Tasks && (dated || signs) { Self::End } else { self }
    }
}

/// Whether a line of text is the heading of a table of tasks or steps whose columns ran together.
fn heads(row: &Row, vocabulary: &Vocabulary) -> bool {
    let [cell] = row.cells.as_slice() else { return false };
    let said = columns::run_together(&cell.text, vocabulary);
    said.iter().any(|s| s == "tugas" || s == "kegiatan")
}

/// Whether a row says something that could be a task: a sentence in a table, or an item of a list.
fn has_content(row: &Row) -> bool {
    let sentence = |text: &str| text.chars().count() >= SENTENCE;
    let item = |text: &str| Counted::leading(text).is_some() || text.starts_with(['-', '•', '●', '▪']);
    match row.cells.as_slice() {
        [] => false,
        [cell] => item(&cell.text) && sentence(&cell.text),
        cells => cells.iter().any(|c| sentence(&c.text)),
    }
}
