//! Tables of a procedure: one step in each row, with who takes it by name or by a mark below a name.

use crate::model::Origin;
use crate::normalise::number::{self, Figure, Style};
use crate::normalise::text;
use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;

use super::kept::numbered;
use super::names;
use super::tasks::{Breaks, Group, Open, Task};

impl Open {
    /// Takes a step of a procedure; whether the row was one.
    pub(super) fn step(&mut self, row: &Row, next: Option<&Row>, out: &mut Vec<Task>, phrases: &Phrases) -> bool {
        if let Some(actor) = self.leads(row, next, phrases) {
            self.actor = Some(actor);
            return true;
        }
        // The name of a phase between steps that count on below it.
        let below = next.and_then(|n| self.cell(n, "no")).and_then(|(t, _)| t.trim().trim_end_matches(['.', ')']).parse().ok());
        let goes_on = row.cells.first().is_some_and(|c| c.text.starts_with(char::is_lowercase));
        if row.cells.len() == 1 && below == Some(self.no + 1) && !goes_on {
            return true;
        }
        let number = self.cell(row, "no").map(|(t, _)| t.trim().trim_end_matches(['.', ')']).to_owned());
        let Some((said, at)) = self.cell(row, "kegiatan") else {
            // The rest of a heading or of a cell, on paper in a line of its own.
            let rest = next.is_some_and(|n| self.cell(n, "kegiatan").is_some()) && !row.apart;
            return number.is_none() && (row.cells.len() > 1 || rest && row.cells.iter().all(|c| c.origin.col > 0));
        };
        if number.is_none() && phrases.begins("baris:jumlah", said) {
            return true;
        }
        let ends = row.cells.len() == 1 && (at.col == 0 || row.apart) || phrases.begins("penutup", said) && number.is_none();
        if ends {
            return false;
        }
        if let Some((numbers, parts)) = number.as_deref().and_then(|n| several(n, said, phrases)) {
            // Whose mark is whose cannot be told any more.
            (self.unit, self.unit_at) = (String::new(), None);
            let tasks = numbers.into_iter().zip(parts).map(|(no, text)| self.task(row.span(), no, text, at));
            out.extend(tasks);
            self.no = out.last().and_then(|t| t.no.parse().ok()).unwrap_or(self.no);
            return true;
        }
        // Without a column of numbers they may lead the words.
        let led = numbered(said).filter(|_| number.is_none() && self.column("no").is_none());
        let (number, said) = led.map_or((number, said), |(no, words)| (Some(no), words));
        let (who, who_at) = self.actors(row, phrases);
        let text = text::clean(said);
        if number.is_none()
            && who.is_empty()
            && self.column("no").is_some()
            && let Some(task) = out.last_mut().filter(|t| t.group == Group::Prosedur)
        {
            task.text = text::clean(&format!("{} {text}", task.text));
            return true;
        }
        self.no = number.as_deref().and_then(|n| n.parse().ok()).unwrap_or(self.no + 1);
        let no = number.unwrap_or_else(|| self.no.to_string());
        let (who, who_at) = if who.is_empty() { self.merged_actor(row) } else { (who, who_at) };
        (self.unit, self.unit_at) = match &self.actor {
            Some((name, at)) if who.is_empty() => (name.clone(), Some(*at)),
            _ => (who, who_at),
        };
        out.push(self.task(row.span(), no, text, at));
        true
    }

    /// Who is named in a cell over this row and those above it: merged down, or on paper and in text printed once.
    fn merged_actor(&self, row: &Row) -> (String, Option<Origin>) {
        let column = self.column("pelaksana").filter(|c| self.heading.columns[*c].labels.len() == 1);
        let Some(column) = column else { return (String::new(), None) };
        let over = row.carried.iter().find(|c| self.heading.column(c.origin.col) == Some(column) && !is_mark(&c.text));
        if let Some(cell) = over {
            return (text::clean(&cell.text), Some(cell.origin));
        }
        let above = self.unit_at.filter(|at| self.heading.column(at.col) == Some(column) && self.breaks != Breaks::None);
        above.map_or_else(Default::default, |at| (self.unit.clone(), Some(at)))
    }

    /// A row of its own that names who takes the steps below it, in a table without a column for that.
    fn leads(&self, row: &Row, next: Option<&Row>, phrases: &Phrases) -> Option<(String, Origin)> {
        let [cell] = row.cells.as_slice() else { return None };
        if self.column("pelaksana").is_some() || next.is_none_or(|n| n.cells.len() < 2) {
            return None;
        }
        let said = phrases.after("ukuran:pelaksana", &cell.text).and_then(|rest| rest.trim_start().strip_prefix(':'));
        let name = said.map(str::to_owned).or_else(|| {
            (cell.origin.col == 0 && names::names_unit(&cell.text, phrases)).then(|| names::unit(&cell.text, phrases))
        })?;
        Some((text::clean(&name), cell.origin))
    }

    /// Who takes a step: the names in the one column for it, or the headings of the columns that are marked, also of those whose heading
    /// is a post and stands beside the word for actors.
    fn actors(&self, row: &Row, phrases: &Phrases) -> (String, Option<Origin>) {
        const MARK: usize = 3;
        let mut names: Vec<String> = Vec::new();
        let mut first = None;
        let unmarked = |text: &str| {
            let dash = number::read(text, Style::Plain) == Some(Figure::Dash);
            dash || phrases.is("tanda:bukan", text) || self.legend.others(text)
        };
        for cell in row.cells.iter().filter(|c| !unmarked(&c.text)) {
            let Some(column) = self.heading.column(cell.origin.col).map(|i| &self.heading.columns[i]) else { continue };
            // A title over all columns is no actors' heading: below it the word for actors says what the cells name.
            let own = column.labels.last().filter(|l| column.labels.len() > 1 && !phrases.is("ukuran:pelaksana", l));
            // Below the word for actors by the heading's width alone: its own heading says something else.
            if own.is_some() && column.says.last().is_some_and(|s| s != "pelaksana" && s != "unit") {
                continue;
            }
            // Below headings of several actors that ran together nobody can tell whose a mark is.
            let name = match (column.says.iter().any(|s| s == "pelaksana"), own) {
                _ if column.labels.last().is_some_and(|l| posts(l, phrases) > MARK || several_posts(l, phrases)) => continue,
                (true, Some(own)) => own.clone(),
                (true, None) if is_mark(&cell.text) => continue,
                (true, None) => cell.text.to_string(),
                (false, _) if column.says.iter().any(|s| s != "unit") || cell.text.chars().count() > MARK => continue,
                (false, _) => match column.labels.last().filter(|l| phrases.within("jabatan", l)) {
                    Some(post) => post.clone(),
                    None => continue,
                },
            };
            first = first.or(Some(cell.origin));
            names.push(text::clean(&name));
        }
        (names.join(", "), first)
    }
}

/// Whether a heading names two posts one behind the other with nothing between: two headings that ran together.
fn several_posts(heading: &str, phrases: &Phrases) -> bool {
    let words: Vec<bool> = heading.split_whitespace().map(|w| phrases.is("jabatan:utuh", w)).collect();
    words.windows(2).any(|w| w[0] && w[1])
}

/// How many words of a heading name posts.
fn posts(heading: &str, phrases: &Phrases) -> usize {
    heading.split_whitespace().filter(|w| phrases.is("jabatan", w)).count()
}

/// Whether a cell is a sign and no name: one letter or none.
pub(super) fn is_mark(text: &str) -> bool {
    text.split_whitespace().all(|w| w.chars().count() == 1 || !w.chars().any(char::is_alphabetic))
}

/// Steps that paper ran together in one row: as many numbers as sentences that begin with a verb.
fn several(numbers: &str, said: &str, phrases: &Phrases) -> Option<(Vec<String>, Vec<String>)> {
    let numbers: Vec<String> = numbers.split_whitespace().map(|w| w.trim_end_matches(['.', ')']).to_owned()).collect();
    let counted: Vec<u32> = numbers.iter().map_while(|n| n.parse().ok()).collect();
    let on = counted.windows(2).all(|w| w[1] == w[0] + 1);
    if counted.len() < 2 || counted.len() != numbers.len() || !on {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    for word in said.split_whitespace() {
        match parts.last_mut() {
            Some(last) if !(word.starts_with(char::is_uppercase) && names::does(word, phrases)) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => parts.push(word.to_owned()),
        }
    }
    (parts.len() == numbers.len()).then_some((numbers, parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_hold_several_steps() {
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        let parts = |no: &str, said: &str| several(no, said, &phrases).map(|(_, parts)| parts.join("|"));
        let said = "Mencatat surat masuk dan memeriksanya Menyimpan surat";
        assert_eq!(parts("3. 4.", said).as_deref(), Some("Mencatat surat masuk dan memeriksanya|Menyimpan surat"));
        assert_eq!(parts("3", said), None);
        assert_eq!(parts("3 4 5", said), None, "one of them does not begin with a verb");
        assert!(is_mark("V") && is_mark("X X") && is_mark("●") && !is_mark("PPK"));
    }
}
