//! Tasks in running text: a line that names a post or a unit, and a list below it that is counted in another way, or behind it in the
//! same paragraph; steps of a procedure in a list below its title.

use std::collections::BTreeSet;

use crate::model::Origin;
use crate::normalise::text;
use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;

use super::duties::Counted;
use super::tasks::{Group, Task};
use super::{fields, lists, names};

/// A line with one cell, or with its number in a cell of its own, and how it is counted.
pub(super) struct Line<'r> {
    pub(super) row: &'r Row<'r>,
    pub(super) text: String,
    pub(super) at: Origin,
    pub(super) counted: Option<Counted>,
}

/// An item of a list in lines: where it begins, its sign and its words.
struct Item {
    line: usize,
    no: String,
    words: String,
    /// Who is said to take it in a line of its own below.
    who: String,
}

/// The lines of a document; `None` for rows of tables.
pub(super) fn lines<'r>(rows: &'r [Row<'r>]) -> Vec<Option<Line<'r>>> {
    let mut lines: Vec<Option<Line>> = rows.iter().map(line).collect();
    undotted(&mut lines);
    lines
}

/// Numbers of a list without a point behind them, as the first column of a table whose columns ran together: `1 Menyusun`, `2 Melapor`; and the
/// roman number of a line right above such a list.
fn undotted(lines: &mut [Option<Line>]) {
    const BETWEEN: usize = 5;
    let sign = |line: &Option<Line>| {
        let line = line.as_ref().filter(|l| l.counted.is_none() && l.row.cells.len() == 1)?;
        let (word, rest) = line.text.split_once(' ')?;
        let counted = Counted::read(word).filter(|c| matches!(c, Counted::Digits(_) | Counted::Roman))?;
        rest.starts_with(char::is_uppercase).then_some(counted)
    };
    let signs: Vec<Option<Counted>> = lines.iter().map(sign).collect();
    let near = |at: usize, n: u32| {
        signs.iter().skip(at + 1).take(BETWEEN).flatten().find(|c| matches!(c, Counted::Digits(_))) == Some(&Counted::Digits(n))
    };
    let mut last: Option<(usize, u32)> = None;
    let mut found = Vec::new();
    for (at, sign) in signs.iter().enumerate() {
        let Some(Counted::Digits(n)) = *sign else { continue };
        let counts_on = last.is_some_and(|(before, m)| m + 1 == n && at - before <= BETWEEN);
        if counts_on || n == 1 && near(at, 2) {
            last = Some((at, n));
            let titled = at.checked_sub(1).filter(|up| n == 1 && signs.get(*up) == Some(&Some(Counted::Roman)));
            found.extend(titled.into_iter().chain([at]));
        }
    }
    for at in found {
        if let (Some(Some(line)), Some(sign)) = (lines.get_mut(at), signs.get(at)) {
            line.text = line.text.replacen(' ', ". ", 1);
            line.counted = *sign;
        }
    }
}

/// All tasks below or behind lines that name posts, and which lines say them; nothing where no such line has a list.
pub(super) fn tasks(lines: &[Option<Line>], phrases: &Phrases) -> (Vec<Task>, BTreeSet<usize>) {
    let (mut out, mut taken) = (Vec::new(), BTreeSet::new());
    let mut at = 0;
    while at < lines.len() {
        if let Some((tasks, end)) = behind(lines, at, phrases) {
            out.extend(tasks);
            taken.extend(at..end);
            at = end;
            continue;
        }
        let (Some(head), Some(list)) = (lines[at].as_ref(), heads(lines, at, phrases)) else {
            at += 1;
            continue;
        };
        // The line between the name and its list is the rest of what introduces it.
        let between = lines.get(at + 1).and_then(Option::as_ref).filter(|_| list == at + 2).map_or("", |l| l.text.as_str());
        let unit = names::unit(&format!("{} {between}", head.text), phrases);
        let group = group_of(&unit, phrases);
        let (items, end) = items(lines, list, phrases);
        out.extend(items.iter().filter_map(|i| task(lines[i.line].as_ref()?, group, &unit, head.at, i)));
        taken.extend(at..end);
        at = end;
    }
    (out, taken)
}

/// The steps of a procedure listed below its title (`1. Operator : Menerima surat`), and the lines that say them.
pub(super) fn steps(lines: &[Option<Line>], phrases: &Phrases) -> (Vec<Task>, BTreeSet<usize>) {
    for (at, title) in lines.iter().enumerate() {
        let titled = title.as_ref().is_some_and(|l| phrases.is("langkah", bare(&l.text).trim_end_matches([':', ' '])));
        let begins = lines.get(at + 1).and_then(Option::as_ref).and_then(|l| l.counted).is_some_and(Counted::first);
        if !titled || !begins {
            continue;
        }
        let (items, end) = items(lines, at + 1, phrases);
        let step = |item: &Item| {
            let line = lines[item.line].as_ref()?;
            let said = actor_behind(&item.words, phrases).or_else(|| actor(&item.words, phrases));
            let (who, what) = said.unwrap_or((&item.who, &item.words));
            let mut step = task(line, Group::Prosedur, who, line.at, item)?;
            step.text = text::clean(what);
            Some(step)
        };
        return (items.iter().filter_map(step).collect(), (at..end).collect());
    }
    (Vec::new(), BTreeSet::new())
}

/// Who takes a step, named before a colon or a dash.
fn actor<'t>(words: &'t str, phrases: &Phrases) -> Option<(&'t str, &'t str)> {
    const MOST: usize = 6;
    let (who, what) = words.split_once(':').or_else(|| words.split_once(" - ")).or_else(|| words.split_once(" – "))?;
    let named = !who.contains('(') && phrases.within("jabatan", who) && who.split_whitespace().count() <= MOST;
    (named && !what.trim().is_empty()).then(|| (who.trim(), what.trim()))
}

/// Who takes a step, named in brackets behind it: `(Operator)`, `(Pelaksana: Operator; Waktu: 1 hari)`.
fn actor_behind<'t>(words: &'t str, phrases: &Phrases) -> Option<(&'t str, &'t str)> {
    let closed = words.trim_end_matches([' ', '.', ';']);
    let pairs = [('(', ')'), ('[', ']'), ('{', '}')];
    let (what, said) = pairs.iter().find_map(|&(open, close)| closed.strip_suffix(close)?.rsplit_once(open))?;
    let details = || said.split([';', '|']).map(str::trim);
    let labelled = details().find_map(|d| labelled_actor(d, phrases));
    let first = details().next().map(|d| d.split(',').next().unwrap_or(d).trim());
    let who = labelled.or_else(|| first.filter(|d| phrases.begins("jabatan", d) && !d.contains(':')))?;
    (!what.trim().is_empty() && !who.is_empty()).then(|| (who, what.trim()))
}

/// `Pelaksana: Operator` → the actor.
fn labelled_actor<'t>(text: &'t str, phrases: &Phrases) -> Option<&'t str> {
    let (label, said) = text.split_once(':')?;
    // Behind the name another label may follow: `Pelaksana: Operator; waktu: 1 hari`, `Pelaksana: Operator, waktu: 1 hari`.
    let who = said.split([';', '|']).next().unwrap_or(said);
    let who = who.split_once(':').and_then(|(before, _)| before.rsplit_once(',')).map_or(who, |(name, _)| name);
    phrases.is("ukuran:pelaksana", label.trim_start_matches(lists::BULLETS).trim()).then(|| who.trim())
}

/// Whether a line below a step says something about it: `Waktu : 1 hari`.
fn is_detail(text: &str, phrases: &Phrases) -> bool {
    let Some((label, _)) = text.split_once(':').filter(|_| !text.trim_end().ends_with(')')) else { return false };
    let label = label.trim_start_matches(lists::BULLETS).trim();
    ["pelaksana", "waktu", "kelengkapan", "output", "ket", "mutu"].iter().any(|n| phrases.is(&format!("ukuran:{n}"), label))
}

fn group_of(unit: &str, phrases: &Phrases) -> Group {
    if phrases.within("anggota", unit) { Group::Anggota } else { Group::Sekretariat }
}

fn line<'r>(row: &'r Row<'r>) -> Option<Line<'r>> {
    match row.cells.as_slice() {
        [cell] => {
            let text = cell.text.trim().to_owned();
            Some(Line { row, counted: Counted::leading(&text), text, at: cell.origin })
        }
        [no, cell] => {
            let counted = Counted::read(&no.text)?;
            let sign = no.text.trim();
            let dot = if sign.ends_with(['.', ')']) { "" } else { "." };
            Some(Line { row, counted: Some(counted), text: format!("{sign}{dot} {}", cell.text.trim()), at: cell.origin })
        }
        _ => None,
    }
}

fn bare(text: &str) -> &str {
    crate::tables::words::unnumbered(text).unwrap_or(text)
}

/// The line where the list below a unit begins, where the line at `at` names one.
fn heads(lines: &[Option<Line>], at: usize, phrases: &Phrases) -> Option<usize> {
    let head = lines.get(at)?.as_ref()?;
    if !names::names_unit(&head.text, phrases) || fields::is_label(&head.text, phrases) {
        return None;
    }
    // `…, mempunyai tugas` may go on with `sebagai berikut:` in the next line.
    let ends = |l: &Line| l.counted.is_none() && l.text.starts_with(char::is_lowercase) && l.text.ends_with(':');
    let at = if lines.get(at + 1)?.as_ref().is_some_and(ends) { at + 1 } else { at };
    let below = lines.get(at + 1)?.as_ref()?;
    // Regulations are listed too, below lines that end the one before them.
    let cites = phrases.begins("peraturan", bare(below.text.trim_start_matches(lists::BULLETS)).trim());
    let begins = below.counted.is_some_and(Counted::first) || bullet(&below.text).is_some() && bullet(&head.text).is_none();
    // Below the title of a list of units its first item has a list of its own.
    let titles = names::names_unit(&below.text, phrases)
        && lines.get(at + 2).and_then(Option::as_ref).is_some_and(|l| {
            l.counted.is_some_and(Counted::first) && (sign(&l.text) != sign(&below.text) || l.counted != below.counted)
        });
    (begins && !cites && !titles).then_some(at + 1)
}

/// The sign that begins an item of a list without numbers.
fn bullet(line: &str) -> Option<char> {
    line.chars().next().filter(|c| lists::BULLETS.contains(c) && line.trim_start_matches(*c).starts_with(' '))
}

/// Whether an item of a list is the name over the next one: the list behind it begins anew with the same signs.
fn heads_next(lines: &[Option<Line>], at: usize, phrases: &Phrases) -> bool {
    let (Some(line), Some(next)) = (lines[at].as_ref(), lines.get(at + 1).and_then(Option::as_ref)) else { return false };
    let alike = line.counted.zip(next.counted).is_some_and(|(a, b)| a.same_way(b)) && sign(&line.text) == sign(&next.text);
    alike && heads(lines, at, phrases).is_some()
}

/// The items of the list that begins at this line, and the line behind it.
fn items(lines: &[Option<Line>], begin: usize, phrases: &Phrases) -> (Vec<Item>, usize) {
    let first = lines.get(begin).and_then(Option::as_ref);
    let mark = first.and_then(|l| sign(&l.text));
    let bulleted = first.and_then(|l| bullet(&l.text));
    let mut out: Vec<Item> = Vec::new();
    let mut at = begin;
    while let Some(line) = lines.get(at).and_then(Option::as_ref) {
        match line.counted {
            Some(_) if at > begin && heads_next(lines, at, phrases) => break,
            Some(counted) if at == begin || follows(out.last(), counted) && sign(&line.text) == mark => {
                let word = line.text.split_whitespace().next().unwrap_or_default();
                let no = word.trim_start_matches('(').trim_end_matches(['.', ')']).to_owned();
                let words = text::clean(line.text.get(word.len()..).unwrap_or_default());
                out.push(Item { line: at, no, words, who: String::new() });
            }
            None if bulleted.is_some() && bullet(&line.text) == bulleted => {
                let words = line.text.trim_start_matches(lists::BULLETS);
                let no = (out.len() + 1).to_string();
                out.push(Item { line: at, no, words: text::clean(words), who: String::new() });
            }
            None if at > begin && is_detail(&line.text, phrases) => {
                if let (Some(who), Some(last)) = (labelled_actor(&line.text, phrases), out.last_mut()) {
                    who.clone_into(&mut last.who);
                }
            }
            None if at > begin
                && bullet(&line.text).is_none()
                && (goes_on(lines[at - 1].as_ref(), line, phrases) || between(lines, at, out.last(), mark, phrases)) =>
            {
                if let Some(last) = out.last_mut() {
                    last.words = text::clean(&format!("{} {}", last.words, line.text));
                }
            }
            _ => break,
        }
        at += 1;
    }
    (out, at)
}

/// Whether the list counts on right behind a line that is no item: it is the rest of the last one.
fn between(lines: &[Option<Line>], at: usize, last: Option<&Item>, mark: Option<char>, phrases: &Phrases) -> bool {
    const MOST: usize = 3;
    let next = lines.iter().skip(at).take(MOST).map_while(|l| l.as_ref());
    let mut next = next.skip_while(|l| l.counted.is_none() && !l.row.apart && !fields::is_label(&l.text, phrases));
    next.next().is_some_and(|l| l.counted.is_some_and(|c| follows(last, c)) && sign(&l.text) == mark)
        || last.is_some_and(|i| {
            lines.get(i.line).and_then(Option::as_ref).is_some_and(|l| bullets_on(lines, at, bullet(&l.text), phrases))
        })
}

/// Whether the list of bullets goes on within some lines.
fn bullets_on(lines: &[Option<Line>], at: usize, mark: Option<char>, phrases: &Phrases) -> bool {
    const MOST: usize = 3;
    let plain =
        |l: &&Line| l.counted.is_none() && bullet(&l.text).is_none() && !l.row.apart && !fields::is_label(&l.text, phrases);
    let mut next = lines.iter().skip(at).take(MOST).map_while(|l| l.as_ref()).skip_while(plain);
    mark.is_some() && next.next().is_some_and(|l| bullet(&l.text) == mark)
}

/// A unit and its tasks in one paragraph: `Operator bertugas: (1) menerima surat; (2) …`, and the line behind it.
fn behind(lines: &[Option<Line>], at: usize, phrases: &Phrases) -> Option<(Vec<Task>, usize)> {
    let head = lines.get(at)?.as_ref()?;
    let (name, said) = parted(lines, at)?;
    if !names::names_unit(name, phrases) || said.trim().is_empty() || fields::is_label(&head.text, phrases) {
        return None;
    }
    let mut words = said.trim().to_owned();
    let mut end = at + 1;
    let mut count = 1;
    while let Some(next) = lines.get(end).and_then(Option::as_ref) {
        let own = parted(lines, end).is_some_and(|(n, _)| names::names_unit(n, phrases));
        let counts_on = next.counted.is_some_and(|c| c == Counted::Digits(count + 1)) && !heads_next(lines, end, phrases);
        count += u32::from(counts_on);
        if own || !counts_on && !goes_on(lines[end - 1].as_ref(), next, phrases) {
            break;
        }
        words = format!("{words} {}", next.text);
        end += 1;
    }
    let list = lists::list(&words, 0);
    if list.items.len() < 2 || !list.before.is_empty() {
        return None;
    }
    let unit = names::unit(name, phrases);
    let group = group_of(&unit, phrases);
    let item =
        |i: lists::Item| task(head, group, &unit, head.at, &Item { line: at, no: i.no, words: i.text, who: String::new() });
    Some((list.items.into_iter().filter_map(item).collect(), end))
}

/// A line at the colon behind a name; or where its first task ran together with the name, and the second one follows in the next line.
fn parted<'l>(lines: &'l [Option<Line>], at: usize) -> Option<(&'l str, &'l str)> {
    let line = lines.get(at)?.as_ref()?;
    if let Some(parts) = line.text.split_once(':') {
        return Some(parts);
    }
    let mut next = lines.iter().skip(at + 1).take(3).map_while(|l| l.as_ref());
    let second = next.find_map(|l| l.counted) == Some(Counted::Digits(2));
    let from = [" 1. ", " 1) "]
        .iter()
        .find_map(|mark| line.text.find(mark))
        .filter(|_| second && !matches!(line.counted, Some(Counted::Digits(_))))?;
    Some((line.text.get(..from)?, line.text.get(from..)?))
}

/// A line shorter than this is not broken by the edge of the paper.
const FULL: usize = 70;

/// Whether a line is the rest of the one above it: it begins in the middle of a sentence, or the one above is full.
pub(super) fn goes_on(above: Option<&Line>, line: &Line, phrases: &Phrases) -> bool {
    let full = above.is_some_and(|a| a.text.chars().count() >= FULL && !a.text.ends_with('.'));
    // A bracket that is open goes on.
    let open = line.text.starts_with('(') || above.is_some_and(|a| a.text.matches('(').count() > a.text.matches(')').count());
    let open = open && line.counted.is_none();
    let ended = above.is_some_and(|a| a.text.ends_with(';')) && line.counted.is_none();
    let dated = line.text.chars().count() < FULL && !crate::normalise::date::find(&line.text).is_empty();
    let closes = dated || phrases.begins("penutup", &line.text) || fields::is_label(&line.text, phrases);
    !line.row.apart && !closes && (line.text.starts_with(char::is_lowercase) || open || full && !ended)
}

/// The mark behind a number: `1.` and `1)` count different lists.
fn sign(line: &str) -> Option<char> {
    line.split_whitespace().next()?.chars().last()
}

/// Whether this sign is the one behind the last item's.
fn follows(last: Option<&Item>, sign: Counted) -> bool {
    match (last.and_then(|i| Counted::read(&i.no)), sign) {
        (Some(Counted::Digits(a)), Counted::Digits(b)) | (Some(Counted::Small(a)), Counted::Small(b)) => b == a + 1,
        _ => false,
    }
}

fn task(line: &Line, group: Group, unit: &str, unit_at: Origin, item: &Item) -> Option<Task> {
    let (no, text) = (item.no.clone(), item.words.clone());
    let task = Task { span: line.row.span(), group, unit: unit.to_owned(), unit_at: Some(unit_at), no, text, at: line.at };
    (!task.text.is_empty()).then_some(task)
}
