//! Tasks in running text: a line that names a post or a unit, and a list below it that is counted in another way.

use crate::model::Origin;
use crate::normalise::text;
use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;
use crate::tables::words::unnumbered;

use super::duties::Counted;
use super::fields;
use super::tasks::{Group, Task};

/// Most characters of a line that names a unit.
const LONGEST: usize = 140;

/// A line with one cell, and how it is counted.
struct Line<'r> {
    row: &'r Row<'r>,
    text: &'r str,
    at: Origin,
    counted: Option<Counted>,
}

/// All tasks below lines that name posts; nothing where no such line has a list right below it.
pub(super) fn tasks(rows: &[Row], phrases: &Phrases) -> Vec<Task> {
    let lines: Vec<Option<Line>> = rows.iter().map(line).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(list) = heads(&lines, at, phrases) else {
            at += 1;
            continue;
        };
        let Some(head) = lines[at].as_ref() else { break };
        let unit = text::clean(unnumbered(head.text).unwrap_or(head.text).trim_end_matches(':'));
        let group = if phrases.within("anggota", &unit) { Group::Anggota } else { Group::Sekretariat };
        let mark = lines[list].as_ref().and_then(|l| sign(l.text));
        at = list;
        while let Some(item) = lines.get(at).and_then(Option::as_ref) {
            match item.counted {
                Some(counted) if at == list || follows(&out, counted) && sign(item.text) == mark => {
                    out.push(task(item, group, &unit, head.at));
                }
                None if at > list && goes_on(lines[at - 1].as_ref(), item, phrases) => {
                    if let Some(last) = out.last_mut() {
                        last.text = text::clean(&format!("{} {}", last.text, item.text));
                    }
                }
                _ => break,
            }
            at += 1;
        }
    }
    out
}

fn line<'r>(row: &'r Row<'r>) -> Option<Line<'r>> {
    let [cell] = row.cells.as_slice() else { return None };
    let text = cell.text.trim();
    Some(Line { row, text, at: cell.origin, counted: Counted::leading(text) })
}

/// The line where the list below a unit begins, where the line at `at` names one.
fn heads(lines: &[Option<Line>], at: usize, phrases: &Phrases) -> Option<usize> {
    let head = lines.get(at)?.as_ref()?;
    let named = phrases.within("jabatan", head.text) && head.text.chars().count() <= LONGEST && !head.text.ends_with(';');
    if !named || fields::is_label(head.text, phrases) {
        return None;
    }
    let list = lines.get(at + 1)?.as_ref()?.counted.filter(|c| c.first())?;
    let marked = |line: &Option<Line>| line.as_ref().and_then(|l| sign(l.text));
    let other = head.counted.is_none_or(|own| !own.same_way(list) || marked(&lines[at]) != marked(&lines[at + 1]));
    other.then_some(at + 1)
}

/// A line shorter than this is not broken by the edge of the paper.
const FULL: usize = 70;

/// Whether a line without a number is the rest of the one above it: it begins in the middle of a sentence, or the one above is full.
fn goes_on(above: Option<&Line>, line: &Line, phrases: &Phrases) -> bool {
    let full = above.is_some_and(|a| a.text.chars().count() >= FULL && !a.text.ends_with(['.', ';']));
    let dated = !crate::normalise::date::find(line.text).is_empty();
    let closes = dated || phrases.begins("penutup", line.text) || fields::is_label(line.text, phrases);
    !line.row.apart && !closes && (line.text.starts_with(char::is_lowercase) || full)
}

/// The mark behind a number: `1.` and `1)` count different lists.
fn sign(line: &str) -> Option<char> {
    line.split_whitespace().next()?.chars().last()
}

/// Whether this sign is the one behind the last task's.
fn follows(tasks: &[Task], sign: Counted) -> bool {
    let last = tasks.last().and_then(|t| Counted::read(&t.no));
    match (last, sign) {
        (Some(Counted::Digits(a)), Counted::Digits(b)) | (Some(Counted::Small(a)), Counted::Small(b)) => b == a + 1,
        _ => false,
    }
}

fn task(line: &Line, group: Group, unit: &str, unit_at: Origin) -> Task {
    let word = line.text.split_whitespace().next().unwrap_or_default();
    let said = line.text.get(word.len()..).unwrap_or_default();
    Task {
        span: line.row.span(),
        group,
        unit: unit.to_owned(),
        unit_at: Some(unit_at),
        no: word.trim_start_matches('(').trim_end_matches(['.', ')']).to_owned(),
        text: text::clean(said),
        at: line.at,
    }
}
