//! What of an SOP's tasks and steps nobody is named for, or nothing was read of. Rows that read like tasks are kept, mostly without a unit; all
//! are said to be.

use std::collections::BTreeSet;

use crate::model::{Finding, Findings, Span};
use crate::tables::columns;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::Vocabulary;

use super::duties::Counted;
use super::kept::{self, numbered, within};
use super::tasks::Task;
use super::{charts, fields, names};

/// Cells of table rows from this length on are sentences.
const SENTENCE: usize = 25;

/// The runs of rows that belong to no task and to no other part of the form: what reads like a task is returned without a unit, and A13 tells
/// of each run.
pub(super) fn tasks(
    findings: &mut Findings,
    rows: &[Row],
    taken: &BTreeSet<usize>,
    phrases: &Phrases,
    vocabulary: &Vocabulary,
) -> Vec<Task> {
    let mut out = Vec::new();
    for run in runs(rows, taken, phrases, vocabulary) {
        let lines: Vec<&Row> = run.iter().filter_map(|&at| rows.get(at)).collect();
        let Some(span) = around(&lines) else { continue };
        let kept = kept::tasks(&lines, phrases, vocabulary);
        let says = if kept.is_empty() {
            "baris ini tidak dimuat: berada di antara uraian tugas atau langkah prosedur, tetapi tidak terbaca tugas atau langkah siapa"
        } else {
            "baris ini terbaca seperti uraian tugas atau langkah prosedur, tetapi tidak terbaca dengan pasti milik siapa; cocokkan unit atau pelaksananya dengan naskahnya"
        };
        findings.add(Finding::new("A13", says).at(span));
        out.extend(kept);
    }
    out
}

/// Runs of unread rows below each other, each within one grid.
fn runs(rows: &[Row], taken: &BTreeSet<usize>, phrases: &Phrases, vocabulary: &Vocabulary) -> Vec<Vec<usize>> {
    let foreign = foreign(rows, taken, phrases);
    let mut part = Part::Titles;
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        part = part.after(rows, at, taken.contains(&at), phrases, vocabulary);
        if foreign.contains(&at) && part != Part::Tasks {
            part = Part::Other;
        }
        let own = matches!(part, Part::Tasks | Part::Other);
        let says = has_content(row, phrases) || part == Part::Tasks && stray(rows, at, taken, phrases);
        let says = says && !titles(rows, at, taken, phrases);
        let unread = !taken.contains(&at) && (own && says || heads(row, vocabulary));
        let open = out.last_mut().filter(|run| {
            let last = run.last().and_then(|&l| Some((l, rows.get(l)?)));
            last.is_some_and(|(l, r)| r.grid == row.grid && !(l + 1..at).any(|i| taken.contains(&i)))
        });
        match open {
            Some(run) if unread || own && goes_on(rows, at) && run.last() == Some(&(at.saturating_sub(1))) => run.push(at),
            _ if unread => out.push(vec![at]),
            _ => {}
        }
    }
    out
}

/// Whether a line stands right above tasks that were read and says itself what nobody does: their title.
fn titles(rows: &[Row], at: usize, taken: &BTreeSet<usize>, phrases: &Phrases) -> bool {
    let [cell] = rows[at].cells.as_slice() else { return false };
    let open = cell.text.trim_end().ends_with(char::is_alphabetic) && !names::does(&cell.text, phrases);
    open && taken.contains(&(at + 1))
        && !at
            .checked_sub(1)
            .is_some_and(|up| taken.contains(&up) && rows[up].grid == rows[at].grid && !rows[at].apart && continues(&rows[up]))
}

/// Whether a line among tasks says something and is no title, note or ending: a piece that no table and no list took.
fn stray(rows: &[Row], at: usize, taken: &BTreeSet<usize>, phrases: &Phrases) -> bool {
    let [cell] = rows[at].cells.as_slice() else { return false };
    let begun = at.checked_sub(1).is_some_and(|up| taken.range(..=up).next().is_some());
    let above = rows.get(at + 1).is_some_and(|below| below.cells.len() > 1);
    let quiet = cell.text.chars().any(char::is_lowercase);
    let ends = phrases.begins("tutup", &cell.text) || phrases.begins("penutup", &cell.text);
    begun && quiet && !above && !ends && cell.text.chars().count() >= SENTENCE * 2
}

/// Whether a line is the rest of the one above it.
pub(super) fn goes_on(rows: &[Row], at: usize) -> bool {
    let [cell] = rows[at].cells.as_slice() else { return false };
    !rows[at].apart && cell.text.starts_with(|c: char| c.is_lowercase() || c == '(')
}

fn around(rows: &[&Row]) -> Option<Span> {
    let first = rows.first()?.span();
    Some(rows.iter().fold(first, |all, r| all.with(r.span().from).with(r.span().to)))
}

/// Rows of tables that have no label of the form in them, cite no regulation, and of which nothing was read.
fn foreign(rows: &[Row], taken: &BTreeSet<usize>, phrases: &Phrases) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let mut start = 0;
    while start < rows.len() {
        let table = |at: usize| rows.get(at).is_some_and(|r| r.cells.len() > 1);
        let mut end = start + 1;
        while table(start) && table(end) && rows[end].grid == rows[start].grid && !rows[end].apart {
            end += 1;
        }
        let cells = || rows[start..end].iter().flat_map(|r| &r.cells);
        let form = cells().any(|c| {
            let bare = crate::tables::words::unnumbered(&c.text).unwrap_or(&c.text);
            labels(&c.text, phrases) || phrases.begins("peraturan", bare.trim())
        });
        let signed = |r: &Row| r.cells.iter().all(|c| phrases.begins("jabatan", &c.text));
        let sentence = |c: &Cell| c.text.chars().count() >= SENTENCE && names::does(&c.text, phrases);
        let signs = (start..end).any(|at| signed(&rows[at])) && !cells().any(sentence);
        let unread = !signs && !(start..end).any(|at| taken.contains(&at));
        if end - start > 1 && !form && unread {
            out.extend(start..end);
        } else if form && unread {
            out.extend(behind_laws(rows, start..end, phrases).unwrap_or_default());
        }
        start = end;
    }
    out
}

/// The rows of a list that counts anew behind the last regulation of a table: another table that paper joined to it.
fn behind_laws(rows: &[Row], block: std::ops::Range<usize>, phrases: &Phrases) -> Option<std::ops::Range<usize>> {
    const FEWEST: usize = 3;
    let said = |at: &usize, test: &dyn Fn(&str) -> bool| rows.get(*at).is_some_and(|r| r.cells.iter().any(|c| test(&c.text)));
    let law = |text: &str| phrases.begins("peraturan", crate::tables::words::unnumbered(text).unwrap_or(text).trim());
    let last = block.clone().rev().find(|at| said(at, &law))?;
    let tail = last + 1..block.end;
    let labelled = tail.clone().any(|at| said(&at, &|text| fields::is_label(text, phrases)));
    let sign = |at: usize| rows.get(at)?.cells.first().and_then(|c| Counted::read(&c.text));
    // A heading that nobody understood may stand before it.
    let first = tail.clone().take(FEWEST).find(|&at| sign(at).is_some_and(Counted::first))?;
    let sentence = |text: &str| text.chars().count() >= SENTENCE && names::does(text, phrases);
    let listed = (first..tail.end).all(|at| sign(at).is_some() || said(&at, &sentence));
    (!labelled && listed && tail.end - first >= FEWEST).then_some(first..tail.end)
}

/// Whether a text is a label of the form; `No` heads columns of numbers too.
fn labels(text: &str, phrases: &Phrases) -> bool {
    fields::is_label(text, phrases) && !phrases.is("ukuran:no", text)
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
    /// Below a title that nobody knows.
    Other,
    /// Signatures and notes.
    End,
}

impl Part {
    fn after(self, rows: &[Row], at: usize, taken: bool, phrases: &Phrases, vocabulary: &Vocabulary) -> Self {
        let row = &rows[at];
        let line = row.line();
        let short = line.chars().count() < 60;
        let promised = row.cells.len() == 1 && (phrases.is("isi", &line) || phrases.is("langkah", &line));
        if taken || promised || heads(row, vocabulary) {
            return Self::Tasks;
        }
        if row.cells.iter().any(|c| labels(&c.text, phrases)) {
            return Self::Boxes;
        }
        if matches!(self, Self::Titles | Self::Boxes) && (entitles(rows, at, phrases) || points(rows, at)) {
            return Self::Other;
        }
        let listed = matches!(self, Self::Tasks | Self::Other);
        let dated = short && !crate::normalise::date::find(&line).is_empty();
        let signs =
            row.cells.len() <= 2 && row.cells.iter().any(|c| phrases.is("tertanda", &c.text) || phrases.begins("tutup", &c.text));
        if listed && (dated || signs) { Self::End } else { self }
    }
}

/// Whether a line is the title of a list that is no part of the form: short, no sentence, and a list begins right below it.
fn entitles(rows: &[Row], at: usize, phrases: &Phrases) -> bool {
    const SHORT: usize = 60;
    let [cell] = rows[at].cells.as_slice() else { return false };
    let bare = cell.text.trim();
    let title = bare.chars().count() <= SHORT && !bare.ends_with(['.', ';', ',']) && Counted::leading(bare).is_none();
    let below = rows.get(at + 1).filter(|b| b.cells.len() == 1).map(Row::line).unwrap_or_default();
    let cites = crate::tables::words::unnumbered(&below).is_some_and(|b| phrases.begins("peraturan", b.trim()));
    let ends_law = at.checked_sub(1).and_then(|up| rows.get(up)).is_some_and(|up| continues(up));
    title && !cites && !ends_law && Counted::leading(&below).is_some_and(Counted::first)
}

/// Whether what stands in a line is likely to go on in the next one: an entry of a list that is not ended.
fn continues(row: &Row) -> bool {
    row.cells.len() == 1 && Counted::leading(&row.line()).is_some() && row.line().chars().count() > SENTENCE * 2
}

/// Whether an arrow alone stands right below a row: a flow chart begins.
fn points(rows: &[Row], at: usize) -> bool {
    rows.get(at + 1).is_some_and(|below| below.grid == rows[at].grid && charts::is_arrow(below))
}

/// Whether a line of text is the heading of a table of tasks or steps whose columns ran together.
pub(super) fn heads(row: &Row, vocabulary: &Vocabulary) -> bool {
    let [cell] = row.cells.as_slice() else { return false };
    let said = columns::run_together(&cell.text, vocabulary);
    said.iter().any(|s| s == "tugas" || s == "kegiatan")
}

/// Whether a row says something that could be a task: a sentence in a table, or an item of a list.
fn has_content(row: &Row, phrases: &Phrases) -> bool {
    let sentence = |text: &str| text.chars().count() >= SENTENCE;
    let bulleted = |text: &str| Counted::leading(text).is_some() || text.starts_with(['-', '•', '●', '▪']);
    let item = |text: &str| within(text, phrases).is_some() || bulleted(text);
    match row.cells.as_slice() {
        [] => false,
        [cell] => numbered(&cell.text).is_some() || (item(&cell.text) || cell.text.contains('\n')) && sentence(&cell.text),
        cells => cells.iter().any(|c| sentence(&c.text) || c.text.contains(' ') && names::does(&c.text, phrases)),
    }
}
