//! Tables of tasks by unit: the unit beside its tasks, merged over them, or in a row of its own above them; tasks as a list in one
//! cell or in rows of their own.

use crate::model::Origin;
use crate::normalise::{number, text};
use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;
use crate::tables::words::unnumbered;

use super::tasks::{Breaks, Open, Task};
use super::{lists, names};

/// How something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Digits(u32),
    Roman,
    Capital,
    Small(u32),
}

impl Counted {
    /// `1.`, `IV`, `B)`, `a`: the sign alone.
    pub(super) fn read(sign: &str) -> Option<Self> {
        let bare = sign.trim().trim_start_matches('(').trim_end_matches(['.', ')']);
        if let Ok(n) = bare.parse() {
            return (bare.len() <= 3).then_some(Self::Digits(n));
        }
        let mut letters = bare.chars();
        match (letters.next()?, letters.next()) {
            (c @ 'a'..='z', None) => Some(Self::Small(u32::from(c) - u32::from('a') + 1)),
            _ if number::roman(bare).is_some_and(|n| n <= 30) && bare.chars().all(char::is_uppercase) => Some(Self::Roman),
            ('A'..='Z', None) => Some(Self::Capital),
            _ => None,
        }
    }

    /// What a line of a list begins with.
    pub(super) fn leading(line: &str) -> Option<Self> {
        let word = line.split_whitespace().next()?;
        let marked = word.ends_with(['.', ')']) && word.len() < line.trim().len();
        Self::read(word).filter(|_| marked)
    }

    /// Whether it is the first of its list.
    pub(super) const fn first(self) -> bool {
        matches!(self, Self::Digits(1) | Self::Small(1))
    }

    pub(super) fn same_way(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

impl Open {
    /// Takes a row of tasks by unit; whether it was one.
    pub(super) fn duties(&mut self, row: &Row, next: Option<&Row>, out: &mut Vec<Task>, phrases: &Phrases) -> bool {
        if let Some((name, origin)) = self.heads(row, next) {
            self.begin(&names::unit(name, phrases), origin);
            return true;
        }
        if self.breaks == Breaks::Lines && self.goes_on(row, out) {
            return true;
        }
        let unit = self.cell(row, "unit");
        let Some((said, at)) = self.cell(row, "tugas").or_else(|| self.cell(row, "kegiatan")) else {
            // A unit whose tasks come on the next page, a title over several units, or a line below the table.
            let alone = row.cells.len() == 1 && row.cells.iter().all(|c| c.origin.col == 0);
            let Some((name, origin)) = unit.filter(|_| !alone) else {
                return self.column("unit").is_some()
                    && next.is_some_and(|n| self.cell(n, "unit").is_some() && n.cells.len() > 1);
            };
            self.begin(name, origin);
            return true;
        };
        let number = self.counter().and_then(|c| self.in_column(row, c)).map(|(text, _)| text);
        // On paper the rest of a name over several rows stands beside the next item of its list.
        let leading = said.split_whitespace().next().filter(|_| self.breaks == Breaks::Paper && Counted::leading(said).is_some());
        match unit {
            Some((name, _)) if self.is_rest_of_name(row, name, number.or(leading)) || self.is_cut_name(name, out, phrases) => {
                self.rename(name, out);
            }
            Some((name, origin)) => {
                let own = self.column("no").filter(|no| Some(*no) != self.counter()).and_then(|no| self.in_column(row, no));
                self.units = own.and_then(|(t, _)| t.trim().trim_end_matches(['.', ')']).parse().ok()).unwrap_or(0);
                self.begin(name, origin);
            }
            None if self.unit.is_empty() => return false,
            None => {}
        }
        // Before units on the right the number may count them, and their tasks are lists.
        let lists =
            self.column("unit").is_some_and(|u| self.counter().is_some_and(|c| c < u)) && !lists::list(said, 0).items.is_empty();
        match self.counter().filter(|_| !lists) {
            Some(_) => self.numbered(row, number, said, at, out),
            None => self.listed(row, said, at, out),
        }
        true
    }

    /// A line that is the rest of the cell above it: the next item of its list, or the rest of the last one.
    fn goes_on(&mut self, row: &Row, out: &mut Vec<Task>) -> bool {
        let [cell] = row.cells.as_slice() else { return false };
        if row.apart || !self.unit_of_last(out) || self.counter().is_some() {
            return false;
        }
        let next = match Counted::leading(&cell.text) {
            Some(Counted::Digits(n) | Counted::Small(n)) => n == self.no + 1,
            Some(_) => false,
            None => cell.text.starts_with(char::is_lowercase),
        };
        if next {
            self.listed(row, &cell.text, cell.origin, out);
        }
        next
    }

    /// The column that counts the tasks of one unit: between the unit and its tasks, or the only one where units have rows of their own or
    /// stand on the right of their tasks.
    fn counter(&self) -> Option<usize> {
        let unit = self.column("unit");
        let tasks = self.column("tugas").or_else(|| self.column("kegiatan"))?;
        let counts = |i: &usize| self.heading.columns[*i].says.iter().any(|s| s == "no");
        (0..tasks).rev().find(|i| counts(i) && unit.is_none_or(|u| *i > u || u > tasks))
    }

    /// The unit named by a row of its own: counted in another way than the tasks that begin right below it.
    fn heads<'r>(&self, row: &'r Row, next: Option<&Row>) -> Option<(&'r str, Origin)> {
        if self.column("unit").is_some() {
            return None;
        }
        let counter = self.counter()?;
        let below = next.filter(|n| n.cells.len() > 1)?;
        let sign = self.in_column(below, counter).and_then(|(t, _)| Counted::read(t));
        let listed = || self.cell(below, "tugas").and_then(|(t, _)| Counted::leading(t));
        let begins = sign.or_else(listed).filter(|c| c.first())?;
        match row.cells.as_slice() {
            [cell] => Some((unnumbered(&cell.text).unwrap_or(&cell.text), cell.origin)),
            [no, cell] => {
                let own = Counted::read(&no.text)?;
                (!own.same_way(begins)).then_some((cell.text.as_ref(), cell.origin))
            }
            _ => None,
        }
    }

    /// Whether what stands in the column of units is the rest of the name above: its tasks go on counting, or no number of its own
    /// stands before it although the units are numbered.
    fn is_rest_of_name(&self, row: &Row, name: &str, number: Option<&str>) -> bool {
        let again = text::key(name) == text::key(&self.unit);
        let goes_on = !again && number.and_then(Counted::read) == Some(Counted::Digits(self.no + 1)) && self.no > 0;
        goes_on && self.column("no").is_none_or(|no| Some(no) == self.counter() || self.in_column(row, no).is_none())
    }

    /// Whether a name in a table without numbers is the rest of the one above it, cut by the rows of paper: it names no post of its own.
    fn is_cut_name(&self, name: &str, out: &[Task], phrases: &Phrases) -> bool {
        let counted = self.column("no").is_some() || self.counter().is_some();
        let posts = |name: &str| phrases.begins("jabatan", name);
        self.breaks == Breaks::Paper && !counted && self.unit_of_last(out) && posts(&self.unit) && !posts(name)
    }

    fn rename(&mut self, more: &str, out: &mut [Task]) {
        self.unit = text::clean(&format!("{} {more}", self.unit));
        for task in out.iter_mut().rev().take_while(|t| t.unit_at == self.unit_at) {
            task.unit.clone_from(&self.unit);
        }
    }

    pub(super) fn begin(&mut self, name: &str, origin: Origin) {
        self.unit = text::clean(name);
        self.unit_at = Some(origin);
        self.no = 0;
    }

    /// A row that counts its task; without a number it goes on with the task above.
    fn numbered(&mut self, row: &Row, number: Option<&str>, said: &str, at: Origin, out: &mut Vec<Task>) {
        let Some(number) = number else { return self.before(said, row, at, out) };
        let no = number.trim().trim_end_matches(['.', ')']).to_owned();
        self.no = no.parse().unwrap_or(self.no + 1);
        out.push(self.task(row.span(), no, text::clean(said), at));
    }

    /// Tasks as a list in their cell, or one task in each row of a unit.
    fn listed(&mut self, row: &Row, said: &str, at: Origin, out: &mut Vec<Task>) {
        let list = lists::list(said, self.no);
        let own_row = list.items.is_empty() && self.breaks != Breaks::Lines && list.before.starts_with(char::is_uppercase);
        if own_row && self.unit_of_last(out) {
            self.count_last(out);
            self.no += 1;
            out.push(self.task(row.span(), self.no.to_string(), list.before, at));
            return;
        }
        self.before(&list.before, row, at, out);
        for item in list.items {
            self.no = item.no.parse().unwrap_or(self.no + 1);
            let no = if item.no.is_empty() { self.no.to_string() } else { item.no };
            out.push(self.task(row.span(), no, item.text, at));
        }
    }

    fn unit_of_last(&self, out: &[Task]) -> bool {
        out.last().is_some_and(|t| t.group == self.group && t.unit == self.unit && t.unit_at == self.unit_at)
    }

    /// The first of several tasks in rows of their own stood without a number.
    fn count_last(&mut self, out: &mut [Task]) {
        if let Some(last) = out.last_mut().filter(|t| t.no.is_empty()) {
            (last.no, self.no) = ("1".to_owned(), 1);
        }
    }

    /// Words before the first number: the rest of the last task, or the only task of a unit without numbers.
    fn before(&self, words: &str, row: &Row, at: Origin, out: &mut Vec<Task>) {
        if words.is_empty() {
            return;
        }
        let goes_on = self.unit_of_last(out);
        match out.last_mut().filter(|_| goes_on) {
            Some(task) => task.text = text::clean(&format!("{} {words}", task.text)),
            None => out.push(self.task(row.span(), String::new(), words.to_owned(), at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_lists() {
        for (sign, counted) in [
            ("1.", Some(Counted::Digits(1))),
            ("IV", Some(Counted::Roman)),
            ("B)", Some(Counted::Capital)),
            ("(a)", Some(Counted::Small(1))),
            ("Kepala", None),
            ("", None),
        ] {
            assert_eq!(Counted::read(sign), counted, "{sign}");
        }
        assert_eq!(Counted::leading("a. Menyusun"), Some(Counted::Small(1)));
        assert_eq!(Counted::leading("2025"), None);
    }
}
