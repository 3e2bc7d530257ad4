//! Standar Operasional Prosedur: its identity, the regulations it rests on, the tasks of each unit, the steps of a procedure.
//!
//! Reading order: [`fields`] (labels and what they say; [`several`] in one place, [`fused`] with a value), [`sentences`] (dates in prose) → [`law`] (regulations) → [`lists`] (numbered items) → [`tasks`] (which tables hold
//! tasks; [`joined`] headings of theirs) → [mod@duties] (tasks by unit), [`across`] (units side by side), [`lanes`] (actors in rows), [`steps`] (procedures; [`marks`] below actors), [`prose`] (tasks and steps in running
//! text), [`charts`] (drawn with signs), [`blocks`] (in forms), [`names`] (units in lines that say more) → [`checks`] (S01–S03), [`unread`] (what was left; [`kept`] of it), [`account`] (does it all add up).

mod account;
mod across;
mod another;
mod blocks;
mod charts;
mod checks;
mod duties;
mod fields;
mod fused;
mod joined;
mod kept;
mod lanes;
pub mod law;
mod lists;
mod marks;
mod names;
mod prose;
mod sentences;
mod several;
mod steps;
mod tasks;
mod unread;

use std::collections::BTreeSet;

use crate::model::{Finding, Findings, Records, Schemas, Span};
use crate::normalise::text;
use crate::tables::ledger::{self, Row};
use crate::tables::phrases::Phrases;
use crate::tables::words::Vocabulary;

use super::{Ask, Extraction, Kind};
use checks::Fields;
use fields::Said;
use tasks::{Breaks, Task};

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Sop;

impl Kind for Sop {
    fn name(&self) -> &'static str {
        "sop"
    }

    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        let meanings = ask.schemas.kind(self.name()).map_or(&[][..], |k| &k.meanings);
        let (vocabulary, phrases) = (super::own_vocabulary(ask.schemas, self.name()), Phrases::new(meanings));
        let rows = joined::parted(fused::parted(ledger::rows(ask.document), &phrases), &phrases);
        let lines = prose::lines(&rows);
        let (mut tasks, taken) = read_tasks(findings, &rows, &vocabulary, &phrases, Breaks::of(ask.document.format));
        let mut said = fields::fields(&rows, &taken, &phrases);
        sentences::dates(&mut said, &lines, &phrases);
        let filled = ["nomor", "nama", "tanggal_pembuatan", "tanggal_efektif", "disahkan_oleh", "dasar_hukum"];
        let known = filled.iter().filter(|f| said.get(*f).is_some_and(|s| !s.text.is_empty())).count();
        if known < 2 && (known == 0 || tasks.is_empty()) {
            return None;
        }
        findings.0.extend(another::begins(&rows, &taken, &said, &phrases));
        checks::check(findings, &said, &lost(&rows, &said, &phrases));
        findings.0.extend(doubtful_laws(&said, &phrases));
        findings.0.extend(run_into_each_other(&said, &phrases).or_else(|| cut_off(&said, &phrases)));
        marks::doubtful(findings, &rows, &tasks, ask.document);
        let read = !tasks.is_empty();
        tasks.extend(unread::tasks(findings, &rows, &taken, &phrases, &vocabulary));
        let nobodys = account::check(findings, &rows, &tasks, &phrases, &vocabulary);
        tasks.extend(nobodys);
        findings.0.extend(laws_with_tasks(&said, &tasks));
        if !read {
            findings.0.extend(unkept(&rows, &phrases));
        }
        let records = vec![identity(&said, &phrases, ask.schemas), duties(&tasks, ask.schemas)];
        Some(Extraction { records, ..Extraction::default() })
    }
}

/// Tasks of tables and, where tables hold none of their sort, of running text; with the rows that say them.
fn read_tasks(
    findings: &mut Findings,
    rows: &[Row],
    vocabulary: &Vocabulary,
    phrases: &Phrases,
    breaks: Breaks,
) -> (Vec<Task>, BTreeSet<usize>) {
    let lines = prose::lines(rows);
    let (mut tasks, mut taken) = tasks::tasks(rows, vocabulary, phrases, breaks);
    let (tabled, first) = (taken.clone(), taken.first().copied());
    let step = |t: &Task| t.group == tasks::Group::Prosedur;
    let mut add = |tasks: &mut Vec<Task>, more: (Vec<Task>, BTreeSet<usize>)| {
        tasks.extend(more.0);
        taken.extend(more.1);
    };
    if !tasks.iter().any(step) {
        add(&mut tasks, blocks::headed(rows, phrases));
    }
    if !tasks.iter().any(step) {
        add(&mut tasks, prose::steps(&lines, phrases));
    }
    if !tasks.iter().any(step) {
        add(&mut tasks, charts::steps(rows, &lines, phrases));
    }
    if tasks.iter().all(step) {
        add(&mut tasks, prose::tasks(&lines, phrases));
    } else if let Some(first) = first {
        // Below a table of tasks others may be listed in lines.
        let below: Vec<Option<prose::Line>> =
            lines.into_iter().enumerate().map(|(at, l)| l.filter(|_| at > first && !tabled.contains(&at))).collect();
        add(&mut tasks, prose::tasks(&below, phrases));
    }
    if tasks.is_empty() {
        add(&mut tasks, blocks::tasks(rows, phrases));
    }
    tasks::drawn(findings, &tasks);
    tasks::run_together(findings, &tasks);
    tasks::shifted(findings, &tasks);
    tasks::strangers(findings, &tasks, phrases);
    tasks.retain(|t| !fields::is_label(&t.text, phrases));
    (tasks, taken)
}

/// A13 where a heading promises tasks or steps and none were read.
fn unkept(rows: &[Row], phrases: &Phrases) -> Option<Finding> {
    let label = |r: &Row| r.cells.iter().any(|c| fields::is_label(&c.text, phrases));
    let promised = rows.iter().find(|r| !label(r) && r.cells.iter().any(|c| phrases.is("isi", &c.text)))?;
    let says = "di bawah judul ini tidak terbaca uraian tugas atau langkah prosedur; bagan alir yang digambar tidak terbaca";
    Some(Finding::new("A13", says).at(promised.span()))
}

/// A13 where the legal basis has its label and no entry that was read, or entries that do not read like regulations.
fn doubtful_laws(said: &Fields, phrases: &Phrases) -> Option<Finding> {
    let basis = said.get("dasar_hukum")?;
    let entries = regulations(&basis.text, phrases);
    let others = entries.iter().filter(|e| !phrases.begins("peraturan", e)).count();
    let torn = |e: &String| fused::holds_section(e, phrases) || account::broken(e, phrases);
    let cut = fused_numbers(&basis.text, phrases) || entries.iter().any(torn);
    if !entries.is_empty() && others == 0 && !cut {
        return None;
    }
    let says = if entries.is_empty() {
        "di bawah label dasar hukum ini tidak terbaca satu peraturan pun, jadi dasar hukum tidak dimuat"
    } else if others == entries.len() {
        "isi dasar hukum ini dimuat seperti terbaca, tetapi tidak satu pun berbunyi seperti peraturan; cocokkan dengan naskahnya"
    } else {
        "isi dasar hukum SOP ini dimuat seperti terbaca, tetapi sebagian tidak berbunyi seperti peraturan; cocokkan dengan naskahnya"
    };
    let apart = place(said).filter(|p| p.from.grid != basis.span.from.grid && !entries.is_empty());
    Some(Finding::new("A13", says).at(apart.unwrap_or(basis.span)))
}

/// A13 where the legal basis holds the words of a task: the table of tasks was read as the end of the list of regulations.
fn laws_with_tasks(said: &Fields, tasks: &[Task]) -> Option<Finding> {
    const SENTENCE: usize = 25;
    let basis = text::key(&said.get("dasar_hukum")?.text);
    let both = tasks.iter().find(|t| t.text.chars().count() >= SENTENCE && basis.contains(&text::key(&t.text)))?;
    let says = "isi dasar hukum SOP ini terbaca menyatu dengan uraian tugas atau langkah prosedur di bawahnya; cocokkan dengan naskahnya";
    Some(Finding::new("A13", says).at(place(said)?).found(both.text.as_str()))
}

/// Whether a number of the list has another word beside it: two rows of the paper were read as one.
fn fused_numbers(text: &str, phrases: &Phrases) -> bool {
    text.lines().any(|line| {
        let mut words = line.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let sign = |word: &str| word.len() <= 3 && duties::Counted::leading(&format!("{word} x")).is_some();
        words.next().is_none()
            && (sign(first) && phrases.is("ukuran:no", second) || sign(second) && phrases.is("ukuran:no", first))
    })
}

/// A13 where a field's value holds the label of another one.
fn run_into_each_other(said: &Fields, phrases: &Phrases) -> Option<Finding> {
    let fields = fields::FIELDS[..6].iter().filter_map(|f| said.get(f));
    let named = ["nama", "disahkan_oleh"].into_iter().filter_map(|f| said.get(f));
    let both =
        fields.into_iter().find(|s| fused::holds_label(&s.text, phrases)).or_else(|| named.into_iter().find(|s| dated(s)))?;
    let says = "dua isian identitas SOP ini terbaca menyatu, jadi isinya dapat tertukar; cocokkan dengan naskahnya";
    Some(Finding::new("A13", says).at(place(said)?).found(text::clean(&both.text)))
}

/// A13 where the name or who approved it ends in the middle.
fn cut_off(said: &Fields, phrases: &Phrases) -> Option<Finding> {
    let named = ["nama", "disahkan_oleh"].into_iter().filter_map(|f| said.get(f));
    let cut = named.into_iter().find(|s| account::broken(&text::clean(&s.text), phrases))?;
    let says = "isian identitas SOP ini tampaknya terpotong; cocokkan dengan naskahnya";
    Some(Finding::new("A13", says).at(cut.span).found(text::clean(&cut.text)))
}

/// The fields whose label stands in the middle of a text, and all dates where the name or who approved it holds one: whatever they say was read
/// as something else.
fn lost(rows: &[Row], said: &Fields, phrases: &Phrases) -> BTreeSet<&'static str> {
    let cells = rows.iter().flat_map(|r| &r.cells);
    let mut lost: BTreeSet<&str> = cells.flat_map(|c| fused::labels_within(&c.text, phrases)).collect();
    if ["nama", "disahkan_oleh"].into_iter().filter_map(|f| said.get(f)).any(dated) {
        lost.extend(["tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif"]);
    }
    lost
}

fn dated(said: &Said) -> bool {
    !crate::normalise::date::find(&said.text).is_empty()
}

/// Where the identity stands: around its fields and its legal basis.
fn place(said: &Fields) -> Option<Span> {
    let first = said.get("nomor").or_else(|| said.values().next())?.span;
    let fields = fields::FIELDS[..7].iter().filter_map(|f| said.get(f)).filter(|s| s.span.from.grid == first.from.grid);
    Some(fields.fold(first, |all, s| all.with(s.span.from).with(s.span.to)))
}

/// The table `sop`: one row.
fn identity(said: &Fields, phrases: &Phrases, schemas: &Schemas) -> Records {
    let mut records = super::empty_table(schemas, "sop");
    let Some(place) = place(said) else { return records };
    let row = records.push(place);
    for field in ["nomor", "disahkan_oleh", "nama"] {
        if let Some(said) = said.get(field).filter(|s| !s.text.is_empty()) {
            let text = match field {
                "disahkan_oleh" => without_number(&said.text, phrases),
                "nomor" => unbroken(&text::clean(&said.text)),
                _ => text::clean(&said.text),
            };
            records.set_text(row, field, &text, Some(said.origin));
        }
    }
    for field in ["tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif"] {
        if let (Some(date), Some(said)) = (checks::date_of(said, field), said.get(field)) {
            records.set_text(row, field, &date.to_string(), Some(said.origin));
        }
    }
    if let Some(said) = said.get("dasar_hukum") {
        let entries = regulations(&said.text, phrases);
        if !entries.is_empty() {
            records.set_text(row, "dasar_hukum", &entries.join("\n"), Some(said.origin));
        }
    }
    records
}

/// A number that its cell broke at a stroke: a blank on one side of it was not typed.
fn unbroken(number: &str) -> String {
    let mut out = String::new();
    let letters: Vec<char> = number.chars().collect();
    for (i, &letter) in letters.iter().enumerate() {
        let at = |i: Option<usize>| i.and_then(|i| letters.get(i)).copied().unwrap_or(' ');
        let behind = at(i.checked_sub(1)) == '/' && at(i.checked_sub(2)) != ' ';
        let before = at(Some(i + 1)) == '/' && at(Some(i + 2)) != ' ';
        if letter != ' ' || !(behind || before) {
            out.push(letter);
        }
    }
    out
}

/// Who approved it, without signs of signing and without the number of a person.
fn without_number(text: &str, phrases: &Phrases) -> String {
    let kept = text.lines().take_while(|l| !phrases.begins("nip", l)).filter(|l| !phrases.is("tertanda", l));
    text::clean(&kept.collect::<Vec<_>>().join(" "))
}

/// The entries of the legal basis: numbered, in lines, or parted by semicolons.
fn regulations(text: &str, phrases: &Phrases) -> Vec<String> {
    let text = text.lines().map(|l| unheaded(l, phrases)).collect::<Vec<_>>().join("\n");
    let list = lists::list(&text, 0);
    let mut entries: Vec<String> = Vec::new();
    let is_one = |line: &str| phrases.begins("peraturan", line);
    if list.items.is_empty() {
        for line in text.lines().flat_map(|l| parted(l, phrases)) {
            match entries.last_mut() {
                Some(last) if !is_one(&line) => *last = format!("{last} {line}"),
                _ => entries.push(line),
            }
        }
    } else {
        entries.extend(Some(list.before).filter(|b| is_one(b)));
        entries.extend(list.items.into_iter().map(|i| i.text));
    }
    entries.into_iter().map(|e| ended(&e, phrases)).filter(|e| !e.is_empty()).collect()
}

/// A line of a list without the heading of its table that ran into it: `No 1.`, `Peraturan Perundang-undangan Undang-Undang Nomor 7 …`.
fn unheaded<'t>(line: &'t str, phrases: &Phrases) -> &'t str {
    if phrases.is("kepala:peraturan", line) {
        return "";
    }
    let behind = |meaning: &str| phrases.after(meaning, line).map(str::trim_start);
    let number = behind("ukuran:no").filter(|rest| duties::Counted::leading(&format!("{rest} x")).is_some());
    let law = behind("kepala:peraturan").filter(|rest| phrases.begins("peraturan", rest));
    number.or(law).unwrap_or(line)
}

/// A line at its semicolons, where a regulation begins behind each.
fn parted(line: &str, phrases: &Phrases) -> Vec<String> {
    let parts: Vec<String> = line.split(';').map(text::clean).filter(|p| !p.is_empty()).collect();
    if parts.iter().all(|p| phrases.begins("peraturan", p)) { parts } else { vec![text::clean(line)] }
}

/// An entry without the marks that tie it to the next one.
fn ended(entry: &str, phrases: &Phrases) -> String {
    let bare = entry.trim().trim_end_matches([';', ',', '.', ' ']);
    let bare = phrases.before("kata:sambung", bare).map_or(bare, |b| b.trim_end_matches([';', ',', ' ']));
    text::clean(bare)
}

/// The table `sop_tugas`.
fn duties(tasks: &[Task], schemas: &Schemas) -> Records {
    let mut records = super::empty_table(schemas, "sop_tugas");
    for task in tasks {
        let row = records.push(task.span);
        records.set_text(row, "kelompok", task.group.as_str(), None);
        if !task.unit.is_empty() {
            records.set_text(row, "unit", &task.unit, task.unit_at);
        }
        if !task.no.is_empty() {
            records.set_text(row, "no", &task.no, None);
        }
        records.set_text(row, "tugas", &task.text, Some(task.at));
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_a_cell_broke() {
        assert_eq!(unbroken("32/ ORT.06/01.1 /Sek-Kab/IV/2023"), "32/ORT.06/01.1/Sek-Kab/IV/2023");
        assert_eq!(unbroken("32 / ORT.06 / IV / 2023"), "32 / ORT.06 / IV / 2023", "typed so");
    }
}
