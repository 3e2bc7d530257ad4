//! Steps and tasks in forms of their own: below each other or in lines, a label and what it says (`Kegiatan : …`, `Pelaksana : …`).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Origin, Span};
use crate::normalise::text;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::unnumbered;

use super::duties::Counted;
use super::tasks::{Group, Task};
use super::{lists, names};

/// What a label asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Asks {
    Number,
    Step,
    Actor,
    Unit,
    Tasks,
    Other,
}

/// A form: the answers to its labels.
#[derive(Default)]
struct Form {
    said: BTreeMap<Asks, (String, Origin)>,
    span: Option<Span>,
    rows: Vec<usize>,
    /// Its last label asks for tasks.
    listing: bool,
}

/// The tasks and steps of all forms, and the rows that say them; nothing where fewer than two forms say who and what.
pub(super) fn tasks(rows: &[Row], phrases: &Phrases) -> (Vec<Task>, BTreeSet<usize>) {
    let mut forms: Vec<Form> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some((asks, answer, origin)) = labelled(row, phrases) else {
            if let Some(form) = forms.last_mut() {
                form.go_on(at, row, phrases);
            }
            continue;
        };
        let near = |f: &Form| f.rows.last().is_some_and(|last| at - last <= 2);
        let again = |f: &Form| asks != Asks::Other && f.said.contains_key(&asks);
        if forms.last().is_none_or(|f| !near(f) || again(f)) {
            forms.push(Form::default());
        }
        let Some(form) = forms.last_mut() else { continue };
        form.listing = asks == Asks::Tasks;
        form.said.entry(asks).or_insert((answer, origin));
        form.span = Some(form.span.map_or_else(|| row.span(), |s| s.with(row.span().from).with(row.span().to)));
        form.rows.push(at);
    }
    forms.retain(Form::whole);
    if forms.len() < 2 {
        return (Vec::new(), BTreeSet::new());
    }
    let mut out = Vec::new();
    for form in &forms {
        let count = 1 + out.iter().filter(|t: &&Task| t.group == Group::Prosedur).count();
        out.extend(form.tasks(count, phrases));
    }
    (out, forms.into_iter().flat_map(|f| f.rows).collect())
}

/// Steps below a numbered line that names who takes them (`1. Operator`), what is done in labelled lines below it; nothing where there are fewer
/// than two.
pub(super) fn headed(rows: &[Row], phrases: &Phrases) -> (Vec<Task>, BTreeSet<usize>) {
    const TALLEST: usize = 6;
    let mut out = Vec::new();
    let mut taken = BTreeSet::new();
    for (at, row) in rows.iter().enumerate() {
        let [cell] = row.cells.as_slice() else { continue };
        let Some(Counted::Digits(no)) = Counted::leading(&cell.text) else { continue };
        let Some(name) = unnumbered(&cell.text).filter(|name| names::names_unit(name, phrases)) else { continue };
        let below = rows.iter().skip(at + 1).take(TALLEST).map_while(|r| labelled(r, phrases).filter(|_| r.cells.len() == 1));
        let below: Vec<(Asks, String, Origin)> = below.collect();
        let Some((_, step, origin)) = below.iter().find(|(asks, ..)| *asks == Asks::Step) else { continue };
        out.push(Task {
            span: row.span().with(*origin),
            group: Group::Prosedur,
            unit: names::unit(name, phrases),
            unit_at: Some(cell.origin),
            no: no.to_string(),
            text: text::clean(step),
            at: *origin,
        });
        taken.extend(at..=at + below.len());
    }
    if out.len() < 2 { Default::default() } else { (out, taken) }
}

impl Form {
    /// Takes a line of the list below the label of tasks.
    fn go_on(&mut self, at: usize, row: &Row, phrases: &Phrases) {
        let [cell] = row.cells.as_slice() else { return };
        let follows = self.rows.last().is_some_and(|last| last + 1 == at) && self.listing;
        let counted = Counted::leading(&cell.text).is_some();
        if !follows {
            return;
        }
        if let Some((tasks, _)) = self.said.get_mut(&Asks::Tasks) {
            let dated = !crate::normalise::date::find(&cell.text).is_empty();
            if !counted && (row.apart || dated || phrases.begins("tutup", &cell.text)) {
                self.listing = false;
                return;
            }
            tasks.push('\n');
            tasks.push_str(&cell.text);
            self.rows.push(at);
            self.span = self.span.map(|s| s.with(cell.origin));
        }
    }

    /// Whether it says who does what.
    fn whole(&self) -> bool {
        let has = |asks: Asks| self.said.get(&asks).is_some_and(|(text, _)| !text.is_empty());
        has(Asks::Step) && has(Asks::Actor) || has(Asks::Unit) && has(Asks::Tasks)
    }

    /// Its step, which is the `count`-th of the document unless it has a number; or the tasks of its unit.
    fn tasks(&self, count: usize, phrases: &Phrases) -> Vec<Task> {
        let get = |asks: Asks| self.said.get(&asks).map(|(text, at)| (text.as_str(), *at));
        let Some(span) = self.span else { return Vec::new() };
        let task = |group, unit: (&str, Origin), no: String, text: &str, at| Task {
            span,
            group,
            unit: text::clean(unit.0),
            unit_at: Some(unit.1),
            no,
            text: text::clean(text),
            at,
        };
        if let (Some((step, at)), Some(actor)) = (get(Asks::Step), get(Asks::Actor)) {
            let no = get(Asks::Number).map_or_else(|| count.to_string(), |(no, _)| no.to_owned());
            return vec![task(Group::Prosedur, actor, no, step, at)];
        }
        let (Some(unit), Some((said, at))) = (get(Asks::Unit), get(Asks::Tasks)) else { return Vec::new() };
        let group = if phrases.within("anggota", unit.0) { Group::Anggota } else { Group::Sekretariat };
        let list = lists::list(said, 0);
        if list.items.is_empty() {
            return vec![task(group, unit, String::new(), &list.before, at)];
        }
        let numbered = list.items.into_iter().enumerate();
        let no = |i: usize, no: String| if no.is_empty() { (i + 1).to_string() } else { no };
        numbered.map(|(i, item)| task(group, unit, no(i, item.no), &item.text, at)).collect()
    }
}

/// What the label of a row asks for, and the answer behind it.
fn labelled(row: &Row, phrases: &Phrases) -> Option<(Asks, String, Origin)> {
    let cells: Vec<&Cell> = row.cells.iter().filter(|c| c.text.trim() != ":").collect();
    let (label, answer, at) = match cells.as_slice() {
        [line] => {
            let (label, answer) = line.text.split_once(':')?;
            (label, answer, line.origin)
        }
        [label, answer] => (label.text.as_ref(), answer.text.as_ref(), answer.origin),
        _ => return None,
    };
    let label = label.trim().trim_end_matches([':', '-', ' ']).trim_start_matches(lists::BULLETS).trim();
    let label = crate::tables::words::unnumbered(label).filter(|rest| !rest.is_empty()).unwrap_or(label);
    let answer = answer.trim().trim_start_matches(':').trim();
    let is = |name: &str| phrases.is(&format!("ukuran:{name}"), label);
    let number = answer.trim_end_matches('.');
    let counted = !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    let counts = counted && (is("no") || is("kegiatan") || phrases.is("urutan", label));
    let asks = [
        (counts, Asks::Number),
        (is("kegiatan") && !counted, Asks::Step),
        (is("pelaksana"), Asks::Actor),
        (is("unit"), Asks::Unit),
        (is("tugas"), Asks::Tasks),
        (["waktu", "kelengkapan", "output", "ket", "mutu"].into_iter().any(is), Asks::Other),
    ];
    let asks = asks.into_iter().find_map(|(yes, asks)| yes.then_some(asks))?;
    let answer = if asks == Asks::Number { number } else { answer };
    Some((asks, answer.to_owned(), at))
}
