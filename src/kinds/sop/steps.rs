//! Tables of a procedure: one step in each row, with who takes it by name or by a mark below a name.

use crate::model::Origin;
use crate::normalise::text;
use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;

use super::tasks::{Group, Open, Task};

impl Open {
    /// Takes a step of a procedure; whether the row was one.
    pub(super) fn step(&mut self, row: &Row, out: &mut Vec<Task>, phrases: &Phrases) -> bool {
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
