//! Tables of tasks by unit, and the steps of a procedure with who takes them.

use crate::model::{Finding, Findings, Origin, Span};
use crate::normalise::text;
use crate::tables::columns::{self, Heading};
use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;
use crate::tables::words::Vocabulary;

use super::lists;

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
struct Open {
    heading: Heading,
    group: Group,
    grid: u16,
    unit: String,
    unit_at: Option<Origin>,
    no: u32,
}

/// All tasks of the document in reading order.
pub(super) fn tasks(findings: &mut Findings, rows: &[Row], vocabulary: &Vocabulary, phrases: &Phrases) -> Vec<Task> {
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
            open = Some(Open { heading, group, grid: row.grid, unit, unit_at, no });
            continue;
        }
        at += 1;
        let keep = open.as_mut().is_some_and(|table| {
            table.grid == row.grid
                && !columns::is_number_row(row)
                && if table.group == Group::Prosedur { table.step(row, &mut out, phrases) } else { table.duties(row, &mut out) }
        });
        let same = open.as_ref().is_some_and(|o| o.grid == row.grid && columns::is_number_row(row));
        if !keep && !same {
            open = None;
        }
    }
    drawn(findings, &out);
    out
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
    if !(has("tugas") || has("kegiatan")) || !has("unit") {
        return None;
    }
    let above =
        rows.get(at.saturating_sub(3)..at).unwrap_or_default().iter().rev().take_while(|r| r.cells.len() == 1).map(Row::line);
    let own = heading.columns.iter().flat_map(|c| c.labels.clone());
    let members = own.chain(above).any(|line| phrases.within("anggota", &line));
    Some(if members { Group::Anggota } else { Group::Sekretariat })
}

impl Open {
    fn column(&self, name: &str) -> Option<usize> {
        self.heading.columns.iter().position(|c| c.says.iter().any(|s| s == name))
    }

    /// The text of the row in the column of this name, with its cell.
    fn cell<'r>(&self, row: &'r Row, name: &str) -> Option<(&'r str, Origin)> {
        let column = self.column(name)?;
        row.cells.iter().find(|c| self.heading.column(c.origin.col) == Some(column)).map(|c| (c.text.as_ref(), c.origin))
    }

    /// Takes a row of tasks by unit; whether it was one.
    fn duties(&mut self, row: &Row, out: &mut Vec<Task>) -> bool {
        let unit = self.cell(row, "unit");
        let Some((said, at)) = self.cell(row, "tugas").or_else(|| self.cell(row, "kegiatan")) else {
            // A unit whose tasks come on the next page, or a line below the table.
            let alone = row.cells.len() == 1 && row.cells.iter().all(|c| c.origin.col == 0);
            if let Some((name, origin)) = unit.filter(|_| !alone) {
                self.begin(name, origin);
                return true;
            }
            return false;
        };
        if let Some((name, origin)) = unit {
            self.begin(name, origin);
        } else if self.unit.is_empty() {
            return false;
        }
        let list = lists::list(said, self.no);
        self.before(&list.before, row, at, out);
        for item in list.items {
            self.no = item.no.parse().unwrap_or(self.no + 1);
            let no = if item.no.is_empty() { self.no.to_string() } else { item.no };
            out.push(self.task(row.span(), no, item.text, at));
        }
        true
    }

    fn begin(&mut self, name: &str, origin: Origin) {
        self.unit = text::clean(name);
        self.unit_at = Some(origin);
        self.no = 0;
    }

    /// Words before the first number: the rest of the last task, or the only task of a unit without numbers.
    fn before(&self, words: &str, row: &Row, at: Origin, out: &mut Vec<Task>) {
        if words.is_empty() {
            return;
        }
        let own = |t: &&mut Task| t.group == self.group && t.unit == self.unit && t.unit_at == self.unit_at;
        match out.last_mut().filter(own) {
            Some(task) => task.text = text::clean(&format!("{} {words}", task.text)),
            None => out.push(self.task(row.span(), String::new(), words.to_owned(), at)),
        }
    }

    fn task(&self, span: Span, no: String, text: String, at: Origin) -> Task {
        Task { span, group: self.group, unit: self.unit.clone(), unit_at: self.unit_at, no, text, at }
    }

    /// Takes a step of a procedure; whether the row was one.
    fn step(&mut self, row: &Row, out: &mut Vec<Task>, phrases: &Phrases) -> bool {
        let number = self.cell(row, "no").map(|(t, _)| t.trim().trim_end_matches(['.', ')']).to_owned());
        let Some((said, at)) = self.cell(row, "kegiatan") else {
            return number.is_none() && row.cells.len() > 1;
        };
        let ends = row.cells.len() == 1 && (at.col == 0 || row.apart) || phrases.begins("penutup", said) && number.is_none();
        if ends {
            return false;
        }
        let (who, who_at) = self.actors(row);
        let text = text::clean(said);
        if number.is_none()
            && who.is_empty()
            && self.column("no").is_some()
            && let Some(task) = out.last_mut().filter(|t| t.group == Group::Prosedur)
        {
            task.text = text::clean(&format!("{} {text}", task.text));
            return true;
        }
        self.no += 1;
        let no = number.unwrap_or_else(|| self.no.to_string());
        (self.unit, self.unit_at) = (who, who_at);
        out.push(self.task(row.span(), no, text, at));
        true
    }

    /// Who takes a step: the names in the one column for it, or the headings of the columns that are marked.
    fn actors(&self, row: &Row) -> (String, Option<Origin>) {
        let mut names: Vec<String> = Vec::new();
        let mut first = None;
        for cell in &row.cells {
            let Some(column) = self.heading.column(cell.origin.col).map(|i| &self.heading.columns[i]) else { continue };
            if !column.says.iter().any(|s| s == "pelaksana") {
                continue;
            }
            let name = match column.labels.as_slice() {
                [.., _, own] => own.clone(),
                _ => cell.text.to_string(),
            };
            first = first.or(Some(cell.origin));
            names.push(text::clean(&name));
        }
        (names.join(", "), first)
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
