//! Below the evaluation sheet: the sheets that offices sent, component by component, with who judged them and how much is answered.

use crate::consolidate::book::Figure;
use crate::consolidate::{Consolidated, Entry};
use crate::error::Result;
use crate::model::{Records, Status};
use crate::publish::workbook::{Look, Page, Tone, What};

use super::Plan;

const HEADS: [&str; 6] =
    ["Kode", "Satker, komponen, sub-komponen", "Bobot", "Penilai", "Nilai", "Kriteria dan bukti yang dijawab"];
/// Levels that are weighed, and those that are answered.
const WEIGHED: [&str; 2] = ["komponen", "sub"];
const ANSWERED: [&str; 2] = ["kriteria", "bukti"];

/// Draws the list from this row on; returns its last row, that above it where no office sent one.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, top: u32) -> Result<u32> {
    let sheets: Vec<(usize, &Entry, &Records)> = sent(plan.batch).collect();
    if sheets.is_empty() {
        return Ok(top - 1);
    }
    page.text(top + 1, 0, "Lembar kerja evaluasi yang dikirim satker", Look::new(What::Text, Tone::Section))?;
    for (col, name) in (0..).zip(HEADS) {
        page.text(top + 2, col, name, Look::new(What::Wrapped, Tone::Head))?;
    }
    let mut row = top + 2;
    for (number, entry, records) in sheets {
        row += 1;
        let whose = format!("{} — {}", plan.name(entry.outcome.subject.satker), entry.source.document);
        page.merged((row, 0), (row, 5), &whose, Look::new(What::Text, Tone::Total))?;
        for at in (0..records.len()).filter(|&at| WEIGHED.contains(&records.text(at, "tingkat").unwrap_or_default())) {
            row += 1;
            line(page, plan, (number, records, at), row)?;
        }
    }
    Ok(row)
}

/// The accepted sheets of the batch with the numbers of their entries.
pub fn sent(batch: &Consolidated) -> impl Iterator<Item = (usize, &Entry, &Records)> {
    let accepted = batch.entries.iter().enumerate().filter(|(_, e)| e.outcome.status == Status::Accepted);
    accepted.flat_map(|(i, e)| e.outcome.records.iter().filter(|r| r.table == "lke").map(move |r| (i, e, r)))
}

fn line<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, (entry, records, at): (usize, &'a Records, usize), row: u32) -> Result<()> {
    let said = |column: &str| records.text(at, column).unwrap_or_default();
    let wrapped = Look::new(What::Wrapped, Tone::Plain);
    let name = if said("tingkat") == "komponen" { wrapped.bold() } else { wrapped };
    page.text(row, 0, said("kode"), name)?;
    page.text(row, 1, said("uraian"), name)?;
    page.text(row, 3, said("penilai"), wrapped)?;
    for (col, column) in [(2, "bobot"), (4, "nilai")] {
        let figure = records.number(at, column).map(|value| Figure { entry, value, origin: records.origin(at, column) });
        match figure.and_then(|f| plan.evidence.published(&f)) {
            Some(published) => page.figure(row, col, published, Look::new(What::Decimal, Tone::Plain))?,
            None => page.blank(row, col, wrapped)?,
        }
    }
    page.text(row, 5, &answered(records, at), wrapped)
}

/// `5 dari 13`: how many of the rows below are answered, by the assessor of this one where it has one.
fn answered(records: &Records, at: usize) -> String {
    let level = |row: usize| records.text(row, "tingkat").unwrap_or_default();
    let who = records.text(at, "penilai").unwrap_or_default();
    let own = if level(at) == "komponen" { &WEIGHED[..1] } else { &WEIGHED[..] };
    let nth = |row: usize| records.number(row, "urut").map(f64::to_bits);
    let below = (at + 1..records.len()).take_while(|&row| !own.contains(&level(row)) || nth(row) == nth(at));
    let mut asked: Vec<(Option<u64>, bool)> = Vec::new();
    for row in below.filter(|&row| ANSWERED.contains(&level(row))) {
        let answer = records.text(row, "jawaban").is_some() && (who.is_empty() || records.text(row, "penilai") == Some(who));
        match asked.last_mut().filter(|(number, _)| *number == nth(row)) {
            Some((_, given)) => *given |= answer,
            None => asked.push((nth(row), answer)),
        }
    }
    let given = asked.iter().filter(|(_, given)| *given).count();
    if asked.is_empty() { String::new() } else { format!("{given} dari {}", asked.len()) }
}
