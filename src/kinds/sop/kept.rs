//! Tasks of rows of which nobody knows for sure whose they are: a numbered line, the sentence in each row of a table; with a unit only where
//! pieces of its name stand beside them.

use crate::model::Origin;
use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::Vocabulary;

use super::duties::Counted;
use super::names;
use super::tasks::{Group, Task};
use super::unread::{goes_on, heads};

/// Lines from this length on are sentences.
const SENTENCE: usize = 12;

/// The tasks that unread rows say, in their order.
pub(super) fn tasks(rows: &[&Row], phrases: &Phrases, vocabulary: &Vocabulary) -> Vec<Task> {
    let said = longest(rows);
    // Below a heading that ends with units, the first task of each has its unit behind it.
    let behind = rows.iter().any(|r| heads(r, vocabulary) && phrases.before("ukuran:unit", &r.line()).is_some());
    let posts = said.and_then(|said| posts(rows, said, phrases));
    let mut kept = Kept { out: Vec::new(), unit: None, behind };
    for row in rows {
        match row.cells.as_slice() {
            [cell] => kept.line(row, cell, phrases),
            cells => {
                let does = |c: &&Cell| c.text.chars().count() >= SENTENCE && names::does(&c.text, phrases);
                let said = said.and_then(|col| cells.iter().find(|c| c.covers(col))).or_else(|| cells.iter().find(does));
                let said = said.and_then(|cell| of_table(row, cell, phrases));
                let who = posts.and_then(|col| cells.iter().find(|c| c.covers(col)));
                kept.out.extend(said.map(|task| match who {
                    Some(who) => Task { unit: names::unit(&who.text, phrases), unit_at: Some(who.origin), ..task },
                    None => task,
                }));
            }
        }
        kept.name();
    }
    kept.out
}

/// What was kept so far.
struct Kept {
    out: Vec<Task>,
    /// The unit whose name stands beside the tasks, and where it begins.
    unit: Option<(String, Origin)>,
    /// Units stand behind the first of their tasks.
    behind: bool,
}

impl Kept {
    /// Takes a line: an item, the rest of one, or the rest of a unit's name.
    fn line(&mut self, row: &Row, cell: &Cell, phrases: &Phrases) {
        if let Some((no, words)) = numbered(&cell.text) {
            let parted = unit_behind(words, phrases).filter(|_| self.behind && no == "1");
            let goes_on = self.unit.take().filter(|_| no != "1");
            self.unit = parted.map(|(_, name)| (name.to_owned(), cell.origin)).or(goes_on);
            self.out.push(task(row, no, parted.map_or(words, |(what, _)| what), cell.origin));
        } else if let Some((name, no, words)) = within(&cell.text, phrases) {
            let goes_on = self.unit.take().filter(|_| no != "1");
            let more = |(u, at): (String, Origin)| (text::clean(&format!("{u} {name}")), at);
            self.unit = Some(goes_on.map_or_else(|| (names::unit(name, phrases), cell.origin), more));
            self.out.push(task(row, no, words, cell.origin));
        } else if let Some((name, _)) =
            self.unit.as_mut().filter(|(u, _)| u.ends_with(',') || phrases.before("kata:sambung", u).is_some())
        {
            *name = text::clean(&format!("{name} {}", cell.text));
        } else if let Some(last) = self.out.last_mut().filter(|_| goes_on(std::slice::from_ref(row), 0)) {
            last.text = text::clean(&format!("{} {}", last.text, cell.text));
        }
    }

    /// Gives the unit to its tasks.
    fn name(&mut self) {
        let Some((name, from)) = &self.unit else { return };
        for task in self.out.iter_mut().rev().take_while(|t| t.at >= *from) {
            (task.unit, task.unit_at) = (name.clone(), Some(*from));
        }
    }
}

fn task(row: &Row, no: String, words: &str, at: Origin) -> Task {
    let (span, text) = (row.span(), text::clean(words));
    Task { span, group: Group::Prosedur, unit: String::new(), unit_at: None, no, text, at }
}

/// The sentence of a table's row that is counted, marked, or stands beside a post.
fn of_table(row: &Row, cell: &Cell, phrases: &Phrases) -> Option<Task> {
    let others = || row.cells.iter().filter(|c| c.origin != cell.origin);
    let counted = others().find(|c| c.origin.col < cell.origin.col && Counted::read(&c.text).is_some());
    if let Some((no, words)) = numbered(&cell.text).filter(|_| counted.is_none()) {
        return Some(task(row, no, words, cell.origin));
    }
    let named = others().any(|c| phrases.within("jabatan", &c.text));
    let marked = others().any(|c| c.text.chars().count() == 1 && Counted::read(&c.text).is_none());
    let no = counted.map(|c| c.text.trim().trim_end_matches(['.', ')']).to_owned());
    (no.is_some() || named || marked || names::does(&cell.text, phrases))
        .then(|| task(row, no.unwrap_or_default(), &cell.text, cell.origin))
}

/// `Perencanaan dan Data 2) Menyusun rencana`: a piece of the unit on the left, a number and its task.
pub(super) fn within<'t>(line: &'t str, phrases: &Phrases) -> Option<(&'t str, String, &'t str)> {
    let starts = line.match_indices(' ').map(|(i, _)| i + 1);
    starts.into_iter().find_map(|at| {
        let rest = line.get(at..)?;
        let (sign, words) = rest.split_once(' ')?;
        let no = sign.strip_suffix(')').or_else(|| sign.strip_suffix('.'))?.trim_start_matches('(');
        let counted = no.len() <= 2 && !no.is_empty() && no.bytes().all(|b| b.is_ascii_digit());
        let task = counted && names::does(words, phrases) && words.starts_with(char::is_uppercase);
        task.then(|| Some((line.get(..at)?.trim(), no.to_owned(), words.trim())))?
    })
}

/// A task and the unit behind it, at the first capital that begins a post: `Menyimpan arsip Staf Pelaksana`.
fn unit_behind<'t>(words: &'t str, phrases: &Phrases) -> Option<(&'t str, &'t str)> {
    let starts = words.match_indices(' ').map(|(i, _)| i + 1);
    let post = |at: &usize| {
        let rest = words.get(*at..).unwrap_or_default();
        rest.starts_with(char::is_uppercase) && phrases.begins("jabatan", rest)
    };
    let at = starts.into_iter().find(post)?;
    Some((words.get(..at)?.trim_end(), words.get(at..)?))
}

/// `3. Menyusun …` → `3` and the words.
pub(super) fn numbered(line: &str) -> Option<(String, &str)> {
    let word = line.split_whitespace().next()?;
    let counted = matches!(Counted::read(word)?, Counted::Digits(_) | Counted::Small(_));
    let words = line.trim_start().get(word.len()..)?.trim();
    let no = word.trim_start_matches('(').trim_end_matches(['.', ')']).to_owned();
    (counted && words.chars().count() >= SENTENCE).then_some((no, words))
}

/// The column beside the sentences in which every row names a post: who takes them.
fn posts(rows: &[&Row], said: u16, phrases: &Phrases) -> Option<u16> {
    let table: Vec<&&Row> = rows.iter().filter(|r| r.cells.len() > 1).collect();
    let columns: std::collections::BTreeSet<u16> = table.iter().flat_map(|r| &r.cells).map(|c| c.origin.col).collect();
    let names = |row: &&&Row, col: u16| {
        row.cells
            .iter()
            .find(|c| c.covers(col))
            .is_some_and(|c| phrases.within("jabatan", &c.text) && names::names_unit(&c.text, phrases))
    };
    let all = |col: &u16| table.len() > 1 && table.iter().all(|row| names(row, *col));
    let mut found = columns.into_iter().filter(|col| *col != said).filter(all);
    found.next().filter(|_| found.next().is_none())
}

/// The column whose cells are the longest.
fn longest(rows: &[&Row]) -> Option<u16> {
    let table = rows.iter().filter(|r| r.cells.len() > 1);
    let mut lengths: std::collections::BTreeMap<u16, usize> = std::collections::BTreeMap::new();
    for cell in table.flat_map(|r| &r.cells) {
        *lengths.entry(cell.origin.col).or_default() += cell.text.chars().count();
    }
    lengths.into_iter().max_by_key(|(col, length)| (*length, std::cmp::Reverse(*col))).map(|(col, _)| col)
}
