//! The account of a paper, blind to how it was drawn: every sentence beside a task is a task, a unit or stands below a heading for something
//! else; every list counts on; every name and every sentence is whole. What does not close is told (A13), and sentences that nobody took are
//! kept without a unit.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Finding, Findings, Span};
use crate::normalise::text;
use crate::tables::columns;
use crate::tables::ledger::{Cell, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::{Vocabulary, unnumbered};

use super::duties::Counted;
use super::kept::numbered;
use super::tasks::{Group, Task, around};
use super::{fields, lists, names};

/// Shortest text of a cell that says something.
const SENTENCE: usize = 12;

/// All that does not close; returns the tasks of cells beside other tasks that nobody took.
pub(super) fn check(
    findings: &mut Findings,
    rows: &[Row],
    tasks: &[Task],
    phrases: &Phrases,
    vocabulary: &Vocabulary,
) -> Vec<Task> {
    let left = unclaimed(rows, tasks, phrases, vocabulary);
    let mut columns: BTreeMap<(u16, u16), Span> = BTreeMap::new();
    for cell in left.iter().map(|(_, cell)| cell) {
        let span = columns.entry((cell.origin.grid, cell.origin.col)).or_insert_with(|| cell.origin.into());
        *span = span.with(cell.origin);
    }
    for span in columns.into_values() {
        let says = "isi kolom ini berada di baris uraian tugas atau langkah prosedur, tetapi tidak terbaca milik siapa atau di bawah judul kolom apa; cocokkan dengan naskahnya";
        findings.add(Finding::new("A13", says).at(span));
    }
    torn(findings, tasks, phrases);
    miscounted(findings, tasks);
    left.into_iter().flat_map(|(row, cell)| kept(row, cell, phrases)).collect()
}

/// The cells of rows with tasks whose words are no task's and no unit's and stand below no heading that is known to ask for something else.
fn unclaimed<'r, 'a>(
    rows: &'r [Row<'a>],
    tasks: &[Task],
    phrases: &Phrases,
    vocabulary: &Vocabulary,
) -> Vec<(&'r Row<'a>, &'r Cell<'a>)> {
    let words: BTreeSet<String> = tasks.iter().flat_map(|t| [&t.text, &t.unit]).flat_map(|t| text::words(t)).collect();
    let said: BTreeSet<(u16, u32)> = tasks.iter().map(|t| (t.at.grid, t.at.row)).collect();
    let mut heads: BTreeMap<u16, bool> = BTreeMap::new();
    let mut grid = None;
    let mut out = Vec::new();
    for row in rows {
        if grid != Some(row.grid) {
            (grid, heads) = (Some(row.grid), BTreeMap::new());
        }
        if !said.contains(&(row.grid, row.row)) {
            head(&mut heads, row, vocabulary);
            continue;
        }
        let open = |c: &&Cell| {
            let known = heads
                .range(..=c.origin.col)
                .next_back()
                .is_some_and(|(head, other)| *other && !row.cells.iter().any(|o| (*head..c.origin.col).contains(&o.origin.col)));
            let heading = !columns::says(&c.text, vocabulary).is_empty() || fields::is_label(&c.text, phrases);
            !known && speaks(&c.text) && !explained(&c.text, &words) && !heading
        };
        out.extend(row.cells.iter().filter(|c| row.cells.len() > 1 && open(c)).map(|c| (row, c)));
    }
    out
}

/// Remembers which columns of a heading ask for something else than who does what.
fn head(heads: &mut BTreeMap<u16, bool>, row: &Row, vocabulary: &Vocabulary) {
    const WIDEST: u16 = 64;
    let said: Vec<(&Cell, Vec<String>)> = row.cells.iter().map(|c| (c, columns::says(&c.text, vocabulary))).collect();
    if row.cells.len() < 2 || said.iter().all(|(_, s)| s.is_empty()) {
        return;
    }
    let other = |s: &Vec<String>| s.iter().any(|s| ["mutu", "kelengkapan", "waktu", "output", "ket"].contains(&s.as_str()));
    for (cell, said) in said {
        for col in cell.origin.col..=cell.right.min(cell.origin.col.saturating_add(WIDEST)) {
            // An unknown word below a heading for something else is one for it too.
            let below = said.is_empty() && heads.get(&col).copied().unwrap_or(false);
            heads.insert(col, below || other(&said));
        }
    }
}

/// Whether a text is more than a word, a number or a mark.
fn speaks(text: &str) -> bool {
    let words = text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    text.chars().count() >= SENTENCE && words >= 2
}

/// Whether tasks and units say nearly all words of a cell.
fn explained(cell: &str, words: &BTreeSet<String>) -> bool {
    let own = text::words(cell);
    let known = own.iter().filter(|w| words.contains(*w) || w.bytes().all(|b| b.is_ascii_digit()) || w.len() == 1).count();
    known * 5 >= own.len() * 4
}

/// What a cell that nobody took says as tasks of nobody.
fn kept(row: &Row, cell: &Cell, phrases: &Phrases) -> Vec<Task> {
    let task = |no: String, text: String| Task {
        span: cell.origin.into(),
        group: Group::Prosedur,
        unit: String::new(),
        unit_at: None,
        no,
        text,
        at: cell.origin,
    };
    let list = lists::list(&cell.text, 0).items;
    if list.len() > 1 {
        return list.into_iter().map(|i| task(i.no, i.text)).collect();
    }
    let counted = row.cells.first().filter(|c| Counted::read(&c.text).is_some()).map(|c| c.text.as_ref()).unwrap_or_default();
    let (no, said) = numbered(&cell.text).unwrap_or_else(|| (bare(counted), cell.text.as_ref()));
    if names::does(said, phrases) { vec![task(no, text::clean(said))] } else { Vec::new() }
}

fn bare(number: &str) -> String {
    number.trim().trim_start_matches('(').trim_end_matches(['.', ')']).to_owned()
}

/// A13: names of units and sentences that are not whole, or hold more than one thing.
fn torn(findings: &mut Findings, tasks: &[Task], phrases: &Phrases) {
    for run in tasks.chunk_by(|a, b| a.unit == b.unit && a.unit_at == b.unit_at) {
        let Some(first) = run.first().filter(|t| doubtful_unit(&t.unit, phrases)) else { continue };
        let says = "nama unit atau pelaksana ini tampaknya terpotong atau menyatu dengan tulisan lain; cocokkan dengan naskahnya";
        for around in around(run.iter().map(|t| t.span)) {
            findings.add(Finding::new("A13", says).at(around).found(first.unit.as_str()));
        }
    }
    let mut first: BTreeMap<&str, &Task> = BTreeMap::new();
    for task in tasks {
        // A list whose first entry is small is written so throughout.
        let small = first.entry(&task.unit).or_insert(task).text.starts_with(char::is_lowercase);
        let no_step = task.group == Group::Prosedur && (is_name(&task.text, phrases) || numbered(&task.text).is_some());
        if !small && task.text.starts_with(char::is_lowercase) || no_step || doubtful_text(&task.text, phrases) {
            let says =
                "uraian tugas atau langkah ini tampaknya terpotong atau menyatu dengan tulisan lain; cocokkan dengan naskahnya";
            findings.add(Finding::new("A13", says).at(task.span).found(task.text.as_str()));
        }
    }
}

/// Whether a step is the name of somebody and nothing else.
fn is_name(text: &str, phrases: &Phrases) -> bool {
    const MOST: usize = 5;
    phrases.begins("jabatan", text) && !names::does(text, phrases) && text.split_whitespace().count() <= MOST
}

fn doubtful_unit(unit: &str, phrases: &Phrases) -> bool {
    let sentence = unnumbered(unit).is_some_and(|rest| names::does(rest, phrases)) || unit.contains(';');
    let opens = phrases.before("pembuka:tugas", unit).is_some();
    let torn_off = unit.starts_with(char::is_lowercase) || unit.ends_with(',');
    !unit.is_empty() && (sentence || opens || torn_off || broken(unit, phrases) || fused(unit) || shredded(unit, phrases))
}

/// Whether a name holds pieces that are no words: `Kas ubb ag Huk um`, printed in a column too narrow for it.
fn shredded(unit: &str, phrases: &Phrases) -> bool {
    const PIECE: usize = 3;
    let short = |w: &&str| w.chars().count() <= PIECE && w.chars().all(char::is_lowercase);
    let piece = |w: &&str| short(w) && !phrases.is("kata:kecil", w) && !phrases.is("jabatan", w);
    let named = unit.starts_with(char::is_uppercase) && unit.chars().any(char::is_lowercase);
    let words: Vec<&str> = unit.split_whitespace().collect();
    // Two pieces that are a post only together.
    let torn = |pair: &[&str]| pair[1].starts_with(char::is_lowercase) && phrases.is("jabatan", &pair.concat());
    named && (words.iter().any(piece) || words.windows(2).any(torn))
}

fn doubtful_text(text: &str, phrases: &Phrases) -> bool {
    broken(text, phrases) || holds_another(text, phrases) || fused(text)
}

/// Whether a text ends in the middle of a sentence or of a bracket.
pub(super) fn broken(text: &str, phrases: &Phrases) -> bool {
    let hanging = phrases.before("kata:gantung", text).is_some_and(|b| !b.trim_end().ends_with([';', ',']));
    let brackets = text.matches('(').count() != text.matches(')').count();
    hanging && text.ends_with(char::is_alphabetic) || brackets
}

/// Whether another item of a list begins within a text: `… anggaran 4. Menyusun laporan`.
fn holds_another(text: &str, phrases: &Phrases) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let begins = |pair: &[&str]| Counted::leading(&pair.join(" ")).is_some() && names::does(pair[1], phrases);
    words.windows(2).skip(1).any(|pair| begins(pair) && pair[1].starts_with(char::is_uppercase))
}

/// Whether two words were printed into each other: `OperatorKasubbag`.
fn fused(text: &str) -> bool {
    const SHORTEST: usize = 3;
    let long = |part: &str| part.chars().count() >= SHORTEST && part.chars().all(char::is_lowercase);
    text.split(|c: char| !c.is_alphabetic()).any(|word| {
        let humps = word.char_indices().filter(|(at, c)| *at > 0 && c.is_uppercase()).map(|(at, _)| at);
        humps.into_iter().any(|at| {
            let tail = |part: &str| part.char_indices().nth(1).and_then(|(i, _)| part.get(i..)).is_some_and(long);
            word.get(..at).is_some_and(tail) && word.get(at..).is_some_and(tail)
        })
    })
}

/// A13: lists that skip a number, begin behind their first one, or begin anew although nobody else is named.
fn miscounted(findings: &mut Findings, tasks: &[Task]) {
    let mut lists: BTreeMap<(bool, &str), (u32, &Task)> = BTreeMap::new();
    for task in tasks {
        let steps = task.group == Group::Prosedur;
        let Some(no) = place(&task.no) else { continue };
        let known = lists.insert((steps, if steps { "" } else { &task.unit }), (no, task));
        // Another place that names the unit, or a phase of a procedure, may begin anew.
        let anew = no == 1 && known.is_none_or(|(_, last)| steps || last.unit_at != task.unit_at || task.unit.is_empty());
        let again = task.unit.is_empty() && known.is_some_and(|(last, _)| last == no);
        if !anew && !again && known.map_or(1, |(last, _)| last + 1) != no {
            let says = "nomor tugas atau langkah ini tidak menyambung dengan yang di atasnya; mungkin ada baris yang tidak terbaca atau terbaca pada unit yang keliru";
            findings.add(Finding::new("A13", says).at(task.span).found(task.no.as_str()));
        }
    }
}

/// The place of `3`, `c` in its list.
fn place(no: &str) -> Option<u32> {
    match Counted::read(no)? {
        Counted::Digits(n) | Counted::Small(n) => Some(n),
        _ => None,
    }
}
