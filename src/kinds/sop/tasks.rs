//! Tasks of units and steps of a procedure: which tables hold them, and what is left of a paper that has none.

use std::collections::BTreeSet;

use crate::model::{Finding, Findings, Format, Origin, Span};
use crate::normalise::text;
use crate::tables::columns::{self, Heading};
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::Vocabulary;

use super::duties::Counted;
use super::marks::Legend;
use super::{across, lanes, lists, names as unit_names};

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

/// How what is printed in one cell can be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaks {
    /// Rows of sheets and of Word's tables come whole.
    None,
    /// A line of text goes on in the next one.
    Lines,
    /// On paper a cell over several rows is cut by them.
    Paper,
}

impl Breaks {
    pub(super) const fn of(format: Format) -> Self {
        match format {
            Format::Txt | Format::Csv => Self::Lines,
            Format::Pdf => Self::Paper,
            _ => Self::None,
        }
    }
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
    /// The number of the last unit, where units are counted.
    pub(super) units: u32,
    /// Who takes the steps below the last row that names somebody.
    pub(super) actor: Option<(String, Origin)>,
    pub(super) breaks: Breaks,
    /// What the paper says its marks mean.
    pub(super) legend: Legend,
}

/// All tasks of the document's tables in reading order, and the numbers of the rows that were understood.
pub(super) fn tasks(rows: &[Row], vocabulary: &Vocabulary, phrases: &Phrases, breaks: Breaks) -> (Vec<Task>, BTreeSet<usize>) {
    let mut out: Vec<Task> = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut open: Option<Open> = None;
    let mut closed: Option<Open> = None;
    let mut waiting: Option<usize> = None;
    let legend = Legend::of(rows, phrases);
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let between = open.is_none() && closed.is_none();
        let lanes = || lanes::tasks(rows, at, phrases).or_else(|| lanes::down(rows, at, phrases));
        let crossed = lanes().or_else(|| across::tasks(rows, at, phrases));
        if let Some((listed, end)) = crossed.or_else(|| unheaded(rows, at, phrases).filter(|_| between)) {
            out.extend(listed);
            taken.extend(at..end);
            at = end;
            continue;
        }
        let heading = columns::heading(rows, at, vocabulary, 2).map(|h| of_units(counting(h, phrases)));
        if let Some(heading) = heading.filter(|h| group(h, rows, at, phrases).is_some()) {
            let group = group(&heading, rows, at, phrases).unwrap_or(Group::Sekretariat);
            taken.extend(at..heading.rows.end);
            taken.extend(above_table(rows, at, phrases).and_then(|_| at.checked_sub(1)));
            at = heading.rows.end;
            // A heading repeated on the next page goes on with the unit before it.
            let goes_on = open.take().filter(|o| o.group == group && names(&o.heading) == names(&heading));
            open = Some(match goes_on {
                Some(table) => Open { heading, grid: row.grid, ..table },
                None => Open { legend: legend.clone(), ..Open::begun(heading, group, row.grid, breaks, rows, phrases) },
            });
            continue;
        }
        at += 1;
        let next = rows.get(at).filter(|n| n.grid == row.grid);
        if open.as_ref().is_none_or(|o| o.grid != row.grid)
            && let Some(table) = open.take().or_else(|| closed.take()).filter(|o| o.reaches(row))
        {
            open = Some(Open { grid: row.grid, ..table });
        }
        let known = out.len();
        let keep = open.as_mut().is_some_and(|table| table.take(row, next, &mut out, phrases));
        // A unit for which no task follows was none.
        let tasked = out.len() > known;
        let told = !keep || tasked || row.cells.len() > 1 && open.as_ref().is_some_and(|o| o.group != Group::Prosedur);
        if told && let Some(unit) = waiting.take().filter(|_| !tasked) {
            taken.remove(&unit);
        }
        if keep {
            taken.insert(at - 1);
            waiting = waiting.or((told && !tasked && !columns::is_number_row(row)).then_some(at - 1));
        } else if open.is_some() {
            closed = open.take();
        }
    }
    taken.retain(|row| Some(*row) != waiting);
    (out, taken)
}

/// Whether a row behind a gap is where the paper is signed: a place and a date, an office.
fn signs(row: &Row, phrases: &Phrases) -> bool {
    const SHORT: usize = 60;
    let line = row.line();
    let dated = line.chars().count() < SHORT && crate::normalise::date::find(&line).len() == 1;
    row.apart && (dated || row.cells.first().is_some_and(|c| phrases.begins("tutup", &c.text) && row.cells.len() == 1))
}

/// The line right above a table that names a post or a unit: whose tasks the table lists.
fn above_table<'r, 'a>(rows: &'r [Row<'a>], heading: usize, phrases: &Phrases) -> Option<&'r Cell<'a>> {
    let [cell] = rows.get(heading.checked_sub(1)?)?.cells.as_slice() else { return None };
    phrases.within("jabatan", &cell.text).then_some(cell)
}

/// The tasks of a row whose table has lost its heading: a post, and a list beside it, with another such row above or below.
fn unheaded(rows: &[Row], at: usize, phrases: &Phrases) -> Option<(Vec<Task>, usize)> {
    let listed = |row: &Row| {
        let [unit, said] = row.cells.as_slice() else { return None };
        let list = lists::list(&said.text, 0);
        let named = unit_names::names_unit(&unit.text, phrases) && Counted::leading(&unit.text).is_none();
        let first = list.items.first().is_some_and(|i| i.no == "1" || i.no == "a") && list.before.is_empty();
        (named && first && list.items.len() > 1).then_some(list.items)
    };
    let row = rows.get(at)?;
    let items = listed(row)?;
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|i| rows.get(i));
    if !beside.into_iter().any(|r| r.grid == row.grid && listed(r).is_some()) {
        return None;
    }
    let (unit, said) = (row.cells.first()?, row.cells.last()?);
    let name = unit_names::unit(&unit.text, phrases);
    let group = if phrases.within("anggota", &name) { Group::Anggota } else { Group::Sekretariat };
    let task = |i: lists::Item| Task {
        span: row.span(),
        group,
        unit: name.clone(),
        unit_at: Some(unit.origin),
        no: i.no,
        text: i.text,
        at: said.origin,
    };
    Some((items.into_iter().map(task).collect(), at + 1))
}

/// Beside a column that says what is done, `Langkah` and `Tahap` count.
fn counting(mut heading: Heading, phrases: &Phrases) -> Heading {
    let what: Vec<usize> =
        (0..heading.columns.len()).filter(|&i| heading.columns[i].says.iter().any(|s| s == "kegiatan")).collect();
    let counts = |i: &usize| heading.columns[*i].labels.last().is_some_and(|l| phrases.is("urutan", l));
    let (counted, said): (Vec<usize>, Vec<usize>) = what.into_iter().partition(counts);
    if !said.is_empty() {
        for i in counted {
            heading.columns[i].says = vec!["no".to_owned()];
        }
    }
    heading
}

/// Beside a column of tasks those who take them are the units, where no other column names any.
fn of_units(mut heading: Heading) -> Heading {
    let says = |c: &columns::Column, name: &str| c.says.iter().any(|s| s == name);
    // `Unit / Uraian Tugas`: units in rows of their own above their tasks.
    for column in heading.columns.iter_mut().filter(|c| says(c, "unit") && says(c, "tugas")) {
        column.says = vec!["tugas".to_owned()];
    }
    let has = |name: &str| heading.columns.iter().any(|c| says(c, name));
    let others = ["unit", "kegiatan", "mutu", "kelengkapan", "waktu", "output"].iter().any(|n| has(n));
    let named: Vec<usize> = (0..heading.columns.len()).filter(|&i| says(&heading.columns[i], "pelaksana")).collect();
    if let ([named], true, false) = (named.as_slice(), has("tugas"), others) {
        heading.columns[*named].says = vec!["unit".to_owned()];
    }
    heading
}

fn names(heading: &Heading) -> Vec<String> {
    heading.columns.iter().map(|c| text::key(&c.labels.join(" "))).collect()
}

/// What table a heading begins; `None` for other tables.
fn group(heading: &Heading, rows: &[Row], at: usize, phrases: &Phrases) -> Option<Group> {
    let has = |name: &str| heading.columns.iter().any(|c| c.says.iter().any(|s| s == name));
    let posts = heading.columns.iter().filter(|c| c.labels.last().is_some_and(|l| phrases.begins("jabatan", l))).count();
    let step = has("kegiatan") && ["pelaksana", "mutu", "kelengkapan", "waktu", "output"].iter().any(|n| has(n));
    if step || has("kegiatan") && posts > 1 {
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
    /// A table that begins here. Where it has no column for units, the line right above it may name whose tasks it lists.
    fn begun(heading: Heading, group: Group, grid: u16, breaks: Breaks, rows: &[Row], phrases: &Phrases) -> Self {
        let start = heading.rows.start;
        let (unit, unit_at, no, units) = (String::new(), None, 0, 0);
        let legend = Legend::default();
        let mut table = Self { heading, group, grid, unit, unit_at, no, units, actor: None, breaks, legend };
        if table.column("unit").is_none()
            && group != Group::Prosedur
            && let Some(line) = above_table(rows, start, phrases)
        {
            table.begin(&unit_names::unit(&line.text, phrases), line.origin);
        }
        table
    }

    /// Takes a row; whether the table goes on behind it.
    fn take(&mut self, row: &Row, next: Option<&Row>, out: &mut Vec<Task>, phrases: &Phrases) -> bool {
        if self.grid != row.grid || signs(row, phrases) {
            return false;
        }
        columns::is_number_row(row)
            || if self.group == Group::Prosedur {
                self.step(row, next, out, phrases)
            } else {
                self.duties(row, next, out, phrases)
            }
    }

    /// Whether a row behind a gap or on the next page is one of this table, whose heading was not printed again: it counts on.
    fn reaches(&self, row: &Row) -> bool {
        let regular = self.heading.columns.iter().zip(0..).all(|(c, i)| c.left == i);
        let within = row.cells.last().is_some_and(|c| usize::from(c.origin.col) < self.heading.columns.len());
        let count = |text: &str| text.trim().trim_end_matches(['.', ')']).parse::<u32>().ok();
        let numbered = self.cell(row, "no").and_then(|(t, _)| count(t));
        let said = self.cell(row, "tugas").or_else(|| self.cell(row, "kegiatan")).map(|(t, _)| t);
        let leading = said.and_then(|t| count(t.split_whitespace().next()?));
        let next = Some(self.no + 1);
        let counts_on = match self.group {
            Group::Prosedur => numbered == next,
            _ => numbered.is_none() && leading == next || self.units > 0 && numbered == Some(self.units + 1),
        };
        self.breaks == Breaks::Paper && regular && within && said.is_some() && counts_on
    }

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

/// A13: rows in which the paper's lines of two steps ran together.
pub(super) fn run_together(findings: &mut Findings, tasks: &[Task]) {
    for task in tasks.iter().filter(|t| t.no.split_whitespace().filter(|w| Counted::read(w).is_some()).count() > 1) {
        let message = "baris ini bernomor dua: dua langkah atau tugas terbaca sebagai satu, isinya tidak dapat dipisahkan";
        findings.add(Finding::new("A13", message).at(task.span).found(task.no.as_str()));
    }
}

/// A13: tasks that are a number and nothing else, or whose number is words.
pub(super) fn shifted(findings: &mut Findings, tasks: &[Task]) {
    const LONGEST: usize = 12;
    let wordless = |t: &&Task| !t.text.chars().any(char::is_alphabetic) || t.no.chars().count() > LONGEST;
    for task in tasks.iter().filter(wordless) {
        let message = "uraian tugas atau langkah dan nomornya pada baris ini tampaknya terbaca dari kolom yang keliru";
        findings.add(Finding::new("A13", message).at(task.span).found(task.text.as_str()));
    }
}

/// A13: steps of whose actors most name no post: another column was taken for theirs.
pub(super) fn strangers(findings: &mut Findings, tasks: &[Task], phrases: &Phrases) {
    let named: Vec<&Task> = tasks.iter().filter(|t| t.group == Group::Prosedur && !t.unit.is_empty()).collect();
    let unknown = named.iter().filter(|t| !phrases.within("jabatan", &t.unit)).count();
    let all = unknown * 2 > named.len();
    for here in named.chunk_by(|a, b| a.span.from.grid == b.span.from.grid) {
        // On another page the same column may have been taken rightly.
        let unknown = here.iter().filter(|t| !phrases.within("jabatan", &t.unit)).count();
        let Some(first) = here.first().filter(|_| all || unknown * 2 > here.len()) else { continue };
        let message =
            "pelaksana langkah-langkah ini tidak berbunyi seperti jabatan; kolomnya mungkin tertukar, cocokkan dengan naskahnya";
        let around = here.iter().fold(first.span, |all, t| all.with(t.span.from).with(t.span.to));
        findings.add(Finding::new("A13", message).at(around).found(first.unit.as_str()));
    }
}

/// Around spans, table by table.
pub(super) fn around(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut out: std::collections::BTreeMap<u16, Span> = std::collections::BTreeMap::new();
    for span in spans {
        let all = out.entry(span.from.grid).or_insert(span);
        *all = all.with(span.from).with(span.to);
    }
    out.into_values().collect()
}

/// A13: steps whose actors are drawn as shapes, which no reader sees.
pub(super) fn drawn(findings: &mut Findings, tasks: &[Task]) {
    let mute = tasks.iter().filter(|t| t.group == Group::Prosedur && t.unit.is_empty());
    for around in around(mute.map(|t| t.span)) {
        let message = "pelaksana langkah ini tidak tercetak sebagai teks (mungkin digambar sebagai bentuk bagan alir, atau judul kolomnya menyatu), jadi tidak dimuat";
        findings.add(Finding::new("A13", message).at(around));
    }
}
