//! Tasks of units and steps of a procedure: which tables hold them, and what is left of a paper that has none.

use crate::model::{Finding, Findings, Origin, Span};
use crate::normalise::text;
use crate::tables::columns::{self, Heading};
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::{Vocabulary, unnumbered};

/// Which table a task stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Anggota,
    Sekretariat,
    Prosedur,
}

impl Group {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Anggota => "anggota",
            Self::Sekretariat => "sekretariat",
            Self::Prosedur => "prosedur",
        }
    }
}

/// One task or step.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) span: Span,
    pub(super) group: Group,
    pub(super) unit: String,
    pub(super) unit_at: Option<Origin>,
    pub(super) no: String,
    pub(super) text: String,
    pub(super) at: Origin,
}

/// A table that is being read.
pub(super) struct Open {
    pub(super) heading: Heading,
    pub(super) group: Group,
    grid: u16,
    pub(super) unit: String,
    pub(super) unit_at: Option<Origin>,
    /// The number of the last task or step.
    pub(super) no: u32,
    /// Rows of the file can be torn: lines of text can, rows of sheets, of Word's tables and of paper come whole.
    pub(super) torn: bool,
}

/// All tasks of the document in reading order. `torn`: a row can go on in the next line.
pub(super) fn tasks(findings: &mut Findings, rows: &[Row], vocabulary: &Vocabulary, phrases: &Phrases, torn: bool) -> Vec<Task> {
    let mut out: Vec<Task> = Vec::new();
    let mut open: Option<Open> = None;
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        if let Some(heading) = columns::heading(rows, at, vocabulary, 2).filter(|h| group(h, rows, at, phrases).is_some()) {
            let group = group(&heading, rows, at, phrases).unwrap_or(Group::Sekretariat);
            at = heading.rows.end;
            // A heading repeated on the next page goes on with the unit before it.
            let goes_on = open.take().filter(|o| o.group == group && names(&o.heading) == names(&heading));
            let (unit, unit_at, no) = goes_on.map_or((String::new(), None, 0), |o| (o.unit, o.unit_at, o.no));
            let mut table = Open { heading, group, grid: row.grid, unit, unit_at, no, torn };
            if table.column("unit").is_none()
                && group != Group::Prosedur
                && let Some(line) = above_table(rows, table.heading.rows.start, phrases)
            {
                table.begin(unnumbered(&line.text).unwrap_or(&line.text), line.origin);
            }
            open = Some(table);
            continue;
        }
        at += 1;
        let next = rows.get(at).filter(|n| n.grid == row.grid);
        let keep = open.as_mut().is_some_and(|table| {
            table.grid == row.grid
                && !columns::is_number_row(row)
                && if table.group == Group::Prosedur {
                    table.step(row, &mut out, phrases)
                } else {
                    table.duties(row, next, &mut out)
                }
        });
        let same = open.as_ref().is_some_and(|o| o.grid == row.grid && columns::is_number_row(row));
        if !keep && !same {
            open = None;
        }
    }
    drawn(findings, &out);
    out
}

/// The line right above a table that names a post or a unit: whose tasks the table lists.
fn above_table<'r, 'a>(rows: &'r [Row<'a>], heading: usize, phrases: &Phrases) -> Option<&'r Cell<'a>> {
    let [cell] = rows.get(heading.checked_sub(1)?)?.cells.as_slice() else { return None };
    phrases.within("jabatan", &cell.text).then_some(cell)
}

fn names(heading: &Heading) -> Vec<String> {
    heading.columns.iter().map(|c| text::key(&c.labels.join(" "))).collect()
}

/// What table a heading begins; `None` for other tables.
fn group(heading: &Heading, rows: &[Row], at: usize, phrases: &Phrases) -> Option<Group> {
    let has = |name: &str| heading.columns.iter().any(|c| c.says.iter().any(|s| s == name));
    let step = has("kegiatan") && ["pelaksana", "mutu", "kelengkapan", "waktu", "output"].iter().any(|n| has(n));
    if step {
        return Some(Group::Prosedur);
    }
    // Units have a column of their own, or rows of their own between their numbered tasks.
    let by_unit = (has("tugas") || has("kegiatan")) && has("unit");
    let by_number = has("tugas") && has("no");
    if !(by_unit || by_number) {
        return None;
    }
    let above =
        rows.get(at.saturating_sub(3)..at).unwrap_or_default().iter().rev().take_while(|r| r.cells.len() == 1).map(Row::line);
    let own = heading.columns.iter().flat_map(|c| c.labels.clone());
    let members = own.chain(above).any(|line| phrases.within("anggota", &line));
    Some(if members { Group::Anggota } else { Group::Sekretariat })
}

impl Open {
    /// The column of this name; one that also counts (`No. Tugas`) only where there is no plainer one.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        let says = |i: &usize, name: &str| self.heading.columns[*i].says.iter().any(|s| s == name);
        let of: Vec<usize> = (0..self.heading.columns.len()).filter(|i| says(i, name)).collect();
        of.iter().find(|i| name == "no" || !says(i, "no")).or(of.first()).copied()
    }

    /// The text of the row in a column, with its cell.
    pub(super) fn in_column<'r>(&self, row: &'r Row, column: usize) -> Option<(&'r str, Origin)> {
        row.cells.iter().find(|c| self.heading.column(c.origin.col) == Some(column)).map(|c| (c.text.as_ref(), c.origin))
    }

    /// The text of the row in the column of this name, with its cell.
    pub(super) fn cell<'r>(&self, row: &'r Row, name: &str) -> Option<(&'r str, Origin)> {
        self.in_column(row, self.column(name)?)
    }

    pub(super) fn task(&self, span: Span, no: String, text: String, at: Origin) -> Task {
        Task { span, group: self.group, unit: self.unit.clone(), unit_at: self.unit_at, no, text, at }
    }
}

/// A13: steps whose actors are drawn as shapes, which no reader sees.
fn drawn(findings: &mut Findings, tasks: &[Task]) {
    let mute = tasks.iter().filter(|t| t.group == Group::Prosedur && t.unit.is_empty());
    let spans: Vec<Span> = mute.map(|t| t.span).collect();
    if let Some(first) = spans.first() {
        let around = spans.iter().filter(|s| s.from.grid == first.from.grid).fold(*first, |all, s| all.with(s.from).with(s.to));
        let message =
            "pelaksana langkah ini tidak tercetak sebagai teks (mungkin digambar sebagai bentuk bagan alir), jadi tidak dimuat";
        findings.add(Finding::new("A13", message).at(around));
    }
}
