//! Sheet LKE: the evaluation of performance accountability. Components, weights and criteria stand in `schemas/evaluasi.toml`; the
//! evidence is what the batch holds; the evaluator types the answers, and score and predicate follow by live formula.

use rust_xlsxwriter::{DataValidation, Worksheet};

use crate::error::Result;
use crate::model::evaluation::{Component, Criterion, Part};
use crate::model::origin::Places;
use crate::model::{Evaluation, Status};
use crate::publish::words;
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Paper, Published, Source, Tone, What, print};

use super::scale::quoted;
use super::{Plan, sent};

const WIDTHS: [f64; 11] = [7.0, 58.0, 10.0, 11.0, 10.0, 48.0, 48.0, 34.0, 3.0, 10.0, 10.0];
const HEADS: [&str; 8] = [
    "Kode",
    "Komponen, sub-komponen, kriteria",
    "Bobot",
    "Jawaban",
    "Nilai",
    "Bukti dalam kumpulan ini",
    "Bukti lain yang diminta",
    "Catatan penilai",
];
/// Row of the headings.
const TOP: u32 = 5;
const WEIGHT: u16 = 2;
const ANSWER: u16 = 3;
const SCORE: u16 = 4;
/// Column of the answers' names; what they are worth stands beside.
const ANSWERS: u16 = 9;
/// What stands for a score that is not known yet; an empty text cannot be stored as a result.
const OPEN: &str = "–";
/// The schema has no places.
static NOWHERE: Places = Places(Vec::new());

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, number: usize) -> Result<Worksheet> {
    let sheet = &plan.schemas.evaluation;
    let mut page = Page::new(desk, number)?;
    page.widths(WIDTHS)?;
    page.text(0, 0, "LEMBAR KERJA EVALUASI AKUNTABILITAS KINERJA", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, &plan.whose, Look::new(What::Text, Tone::Subtitle))?;
    let how = "Penilai mengisi kolom Jawaban (sel kuning) untuk setiap sub-komponen: AA, A, BB, B, CC, C, D, atau E. Nilai dan predikat terhitung sendiri.";
    page.text(2, 0, how, Look::new(What::Text, Tone::Note))?;
    page.text(3, 0, &format!("Sumber: {}.", sheet.source), Look::new(What::Text, Tone::Note))?;
    for (col, name) in (0..).zip(HEADS) {
        page.text(TOP, col, name, Look::new(What::Wrapped, Tone::Head))?;
    }
    answers(&mut page, sheet)?;
    let (mut row, mut components, mut parts) = (TOP, Vec::new(), Vec::new());
    for (place, component) in sheet.components.iter().enumerate() {
        let (last, own) = draw_component(&mut page, plan, component, row + 1, place + 1)?;
        components.push(page.at(row + 1, WEIGHT));
        parts.extend(own);
        row = last;
    }
    let last = total(&mut page, sheet, row + 1, &components, &parts)?;
    let last = sent::draw(&mut page, plan, last + 1)?;
    page.sheet.set_freeze_panes(TOP + 1, 2).map_err(trouble)?;
    print::set_up(&mut page, (TOP, TOP), (last, 7), &plan.footer)?;
    page.finish((last, ANSWERS + 1))
}

/// A number that stands in the schema.
fn stated<'a>(value: f64) -> Published<'a> {
    let paper = Paper { batch: "schemas", document: "evaluasi.toml", sha256: "", places: &NOWHERE };
    Published { value, source: Source::Read { paper, origin: None, raw: None }, flaw: Flaw::None }
}

/// What each answer is worth, at the right.
fn answers(page: &mut Page<'_, '_>, sheet: &Evaluation) -> Result<()> {
    page.text(TOP, ANSWERS, "Jawaban", Look::new(What::Wrapped, Tone::Head))?;
    page.text(TOP, ANSWERS + 1, "Persen", Look::new(What::Wrapped, Tone::Head))?;
    for (row, answer) in (TOP + 1..).zip(&sheet.answers) {
        page.text(row, ANSWERS, &answer.name, Look::new(What::Centred, Tone::Plain))?;
        page.figure(row, ANSWERS + 1, stated(answer.percent), Look::new(What::Count, Tone::Plain))?;
    }
    Ok(())
}

/// A component with its parts; returns its last row and the rows of the parts.
fn draw_component(
    page: &mut Page<'_, '_>,
    plan: &Plan<'_>,
    component: &Component,
    top: u32,
    number: usize,
) -> Result<(u32, Vec<u32>)> {
    let (mut row, mut parts) = (top, Vec::new());
    for part in &component.parts {
        row += 1;
        parts.push(row);
        draw_part(page, plan, component, part, row)?;
        for criterion in &part.criteria {
            row += 1;
            draw_criterion(page, plan, criterion, row)?;
        }
    }
    let total = Look::new(What::Text, Tone::Total);
    page.text(top, 0, &number.to_string(), total)?;
    page.text(top, 1, &component.name, total)?;
    let weights = parts.iter().map(|&row| (true, page.at(row, WEIGHT))).collect();
    page.formula(top, WEIGHT, &Formula::Combine(weights), Look::new(What::Decimal, Tone::Total))?;
    page.blank(top, ANSWER, total)?;
    let scores = listed(page, &parts, SCORE);
    page.worded(
        top,
        SCORE,
        &format!("IF(COUNT({scores})=0,\"{OPEN}\",SUM({scores}))"),
        OPEN,
        Look::new(What::Decimal, Tone::Total),
    )?;
    for col in SCORE + 1..=7 {
        page.blank(top, col, total)?;
    }
    Ok((row, parts))
}

fn draw_part(page: &mut Page<'_, '_>, plan: &Plan<'_>, component: &Component, part: &Part, row: u32) -> Result<()> {
    let look = Look::new(What::Wrapped, Tone::Plain).bold();
    page.text(row, 0, &part.code, look)?;
    page.text(row, 1, &part.name, look)?;
    page.figure(row, WEIGHT, stated(component.weight * part.share / 100.0), Look::new(What::Decimal, Tone::Plain))?;
    page.blank(row, ANSWER, Look::new(What::Centred, Tone::Warn))?;
    let names: Vec<&str> = plan.schemas.evaluation.answers.iter().map(|a| a.name.as_str()).collect();
    let list = DataValidation::new().allow_list_strings(&names).map_err(trouble)?;
    let list =
        list.set_error_title("Jawaban").and_then(|l| l.set_error_message("Pilih salah satu dari daftar.")).map_err(trouble)?;
    page.sheet.add_data_validation(row, ANSWER, row, ANSWER, &list).map_err(trouble)?;
    let [weight, answer] = [WEIGHT, ANSWER].map(|col| page.at(row, col).address());
    let last = TOP + u32::try_from(names.len()).unwrap_or(0);
    let table = format!("${}${}:${}${}", column(ANSWERS), TOP + 2, column(ANSWERS + 1), last + 1);
    let formula = format!("IF({answer}=\"\",\"{OPEN}\",{weight}*VLOOKUP({answer},{table},2,FALSE)/100)");
    page.worded(row, SCORE, &formula, OPEN, Look::new(What::Decimal, Tone::Plain))?;
    for col in SCORE + 1..=7 {
        page.blank(row, col, look)?;
    }
    Ok(())
}

fn draw_criterion(page: &mut Page<'_, '_>, plan: &Plan<'_>, criterion: &Criterion, row: u32) -> Result<()> {
    let wrapped = Look::new(What::Wrapped, Tone::Plain);
    let (found, tone) = found(plan, criterion);
    for col in [0, WEIGHT, ANSWER, SCORE, 7] {
        page.blank(row, col, wrapped)?;
    }
    page.text(row, 1, &format!("– {}", criterion.says), wrapped)?;
    page.text(row, 5, &found, Look::new(What::Wrapped, tone))?;
    page.text(row, 6, &criterion.asked, wrapped)
}

/// Which evidence of a criterion the batch holds.
fn found(plan: &Plan<'_>, criterion: &Criterion) -> (String, Tone) {
    if criterion.kinds.is_empty() {
        return ("tidak ada jenis dokumen kumpulan ini yang membuktikannya".to_owned(), Tone::Plain);
    }
    let (mut lines, mut tone) = (Vec::new(), Tone::Good);
    for kind in &criterion.kinds {
        let of_kind = |e: &&crate::consolidate::Entry| {
            e.outcome.status == Status::Accepted && e.outcome.subject.kind.as_deref() == Some(kind.as_str())
        };
        let entries: Vec<_> = plan.batch.entries.iter().filter(of_kind).collect();
        let mut offices: Vec<String> = entries.iter().filter_map(|e| e.outcome.subject.satker).map(|s| s.to_string()).collect();
        offices.sort_unstable();
        offices.dedup();
        let name = words::kind_in_short(plan.schemas, kind);
        if entries.is_empty() {
            tone = Tone::Warn;
            lines.push(format!("{name}: belum ada dokumen yang diterima"));
        } else {
            lines.push(format!("{name}: {} dokumen, {} satker ({})", entries.len(), offices.len(), offices.join(", ")));
        }
    }
    (lines.join("\n"), tone)
}

/// Total, predicate, and how much of it is answered. Returns the last row.
fn total(page: &mut Page<'_, '_>, sheet: &Evaluation, row: u32, components: &[At], parts: &[u32]) -> Result<u32> {
    let look = Look::new(What::Text, Tone::Total);
    page.merged((row, 0), (row, 1), "Nilai akuntabilitas kinerja", look)?;
    let weights = components.iter().map(|&at| (true, at)).collect();
    page.formula(row, WEIGHT, &Formula::Combine(weights), Look::new(What::Decimal, Tone::Total))?;
    page.blank(row, ANSWER, look)?;
    let rows: Vec<u32> = components.iter().map(|at| at.row).collect();
    let scores = listed(page, &rows, SCORE);
    let total = format!("IF(COUNT({scores})=0,\"{OPEN}\",ROUND(SUM({scores}),2))");
    page.worded(row, SCORE, &total, OPEN, Look::new(What::Decimal, Tone::Total))?;
    let cell = page.at(row, SCORE).address();
    let (last, others) = sheet.predicates.split_last().map_or(("", &[][..]), |(last, others)| (last.name.as_str(), others));
    let ladder = others.iter().rev().fold(format!("\"{}\"", quoted(last)), |rest, step| {
        format!("IF({cell}>{},\"{}\",{rest})", step.above, quoted(&step.name))
    });
    page.merged((row + 1, 0), (row + 1, SCORE), "Predikat", look)?;
    page.worded(row + 1, SCORE + 1, &format!("IF({cell}=\"{OPEN}\",\"belum dinilai\",{ladder})"), "belum dinilai", look)?;
    let answered = listed(page, parts, ANSWER);
    let of = format!(" dari {} sub-komponen dijawab", parts.len());
    page.merged((row + 2, 0), (row + 2, SCORE), "Kelengkapan penilaian", look)?;
    page.worded(row + 2, SCORE + 1, &format!("COUNTA({answered})&\"{of}\""), &format!("0{of}"), look)?;
    Ok(row + 2)
}

/// Cells of one column: `E7,E10`.
fn listed(page: &Page<'_, '_>, rows: &[u32], col: u16) -> String {
    rows.iter().map(|&row| page.at(row, col).address()).collect::<Vec<_>>().join(",")
}

fn column(col: u16) -> String {
    crate::model::origin::letters(col)
}
