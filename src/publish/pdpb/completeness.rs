//! Sheet Kelengkapan: who has sent what, in words and colours.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use crate::consolidate::{Delivery, State};
use crate::error::Result;
use crate::model::Region;
use crate::publish::words;
use crate::publish::workbook::heading::{Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{Desk, Flaw, Look, Page, Tone, What, heading, print};

use super::Plan;

/// All states in the order of the legend.
const STATES: [State; 5] = [State::Received, State::Late, State::Doubled, State::NeedsRepair, State::Missing];
/// Column where the matrix starts, after No, code and office.
const LEFT: u16 = 3;

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, number: usize) -> Result<Worksheet> {
    let kinds = kinds(plan);
    let mut page = Page::new(desk, number)?;
    let mut heads = vec![Head::alone("No", 5.0), Head::alone("Kode", 8.0), Head::alone("Satker", 34.0)];
    heads.extend(kinds.iter().map(|kind| Head::alone(words::kind(plan.schemas, kind), 17.0)));
    page.widths(heads.iter().map(|h| h.width))?;
    page.text(0, 0, "KELENGKAPAN KIRIMAN", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, &format!("{} — {}", plan.scope, plan.period), Look::new(What::Text, Tone::Subtitle))?;
    page.text(2, 0, &plan.stamp, Look::new(What::Text, Tone::Note).bold())?;
    let first = heading::draw(&mut page, 4, &heads)?;
    let rows = matrix(plan);
    if rows.is_empty() {
        page.text(first, 2, "Tidak ada kiriman yang dinyatakan wajib.", Look::new(What::Text, Tone::Plain))?;
    }
    for (i, (satker, cells)) in rows.iter().enumerate() {
        draw_row(&mut page, plan, first + u32::try_from(i).unwrap_or(0), i + 1, *satker, cells, &kinds)?;
    }
    let last = first + u32::try_from(rows.len()).unwrap_or(0).saturating_sub(1);
    let right = column(heads.len() - 1);
    page.sheet.autofilter(first - 1, 0, last.max(first), right).map_err(trouble)?;
    let end = legend(&mut page, last + 2, (first, last), &kinds, &rows)?;
    page.sheet.set_freeze_panes(first, LEFT).map_err(trouble)?;
    print::set_up(&mut page, (4, first - 1), (end, right), &plan.footer)?;
    page.finish((end, right))
}

/// The kinds of the matrix in the order of the schemas.
fn kinds<'a>(plan: &Plan<'a>) -> Vec<&'a str> {
    let mut kinds: Vec<&str> = plan.batch.completeness.iter().map(|d| d.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let place = |kind: &str| plan.schemas.kinds.iter().position(|k| k.name == kind).unwrap_or(usize::MAX);
    kinds.sort_by_key(|kind| place(kind));
    kinds
}

type Row<'a> = BTreeMap<&'a str, &'a Delivery>;

fn matrix<'a>(plan: &Plan<'a>) -> BTreeMap<Region, Row<'a>> {
    let mut rows: BTreeMap<Region, Row<'a>> = BTreeMap::new();
    for delivery in &plan.batch.completeness {
        rows.entry(delivery.satker).or_default().insert(&delivery.kind, delivery);
    }
    rows
}

fn draw_row(
    page: &mut Page<'_, '_>,
    plan: &Plan<'_>,
    row: u32,
    number: usize,
    satker: Region,
    cells: &Row<'_>,
    kinds: &[&str],
) -> Result<()> {
    let text = Look::new(What::Text, Tone::Plain);
    page.ordinal(row, 0, number, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, 1, &satker.to_string(), text)?;
    page.text(row, 2, &words::region(plan.regions, satker), text)?;
    for (col, kind) in (LEFT..).zip(kinds) {
        let (word, tone) = match cells.get(kind) {
            Some(d) if d.state == State::Missing && !d.owed => ("tidak wajib", Tone::Absent),
            Some(d) => (words::state(d.state), tone(d.state)),
            None => ("tidak wajib", Tone::Absent),
        };
        page.text(row, col, word, Look::new(What::Centred, tone))?;
    }
    Ok(())
}

const fn tone(state: State) -> Tone {
    match state {
        State::Received => Tone::Good,
        State::Late => Tone::Warn,
        State::Doubled => Tone::Info,
        State::NeedsRepair => Tone::Bad,
        State::Missing => Tone::Absent,
    }
}

const fn meaning(state: State) -> &'static str {
    match state {
        State::Received => "dipakai, tepat waktu, tanpa kesalahan",
        State::Late => "dipakai, tetapi diterima sesudah batas waktu",
        State::Doubled => "dikirim lebih dari sekali; yang terakhir dipakai",
        State::NeedsRepair => "dipakai dengan kesalahan, ditolak, atau tidak terbaca",
        State::Missing => "belum ada kiriman",
    }
}

/// How often each state stands in each column, counted live; the colour of the word is the legend.
fn legend(
    page: &mut Page<'_, '_>,
    top: u32,
    rows: (u32, u32),
    kinds: &[&str],
    matrix: &BTreeMap<Region, Row<'_>>,
) -> Result<u32> {
    for (row, state) in (top..).zip(STATES) {
        page.text(row, 2, meaning(state), Look::new(What::Text, Tone::Note))?;
        for (col, kind) in (LEFT..).zip(kinds) {
            let letter = crate::model::origin::letters(col);
            let word = words::state(state);
            let formula = format!("COUNTIF({letter}{}:{letter}{},\"{word}\")", rows.0 + 1, rows.1 + 1);
            let same = |d: &&Delivery| d.state == state && (d.owed || state != State::Missing);
            let count = matrix.values().filter(|cells| cells.get(kind).is_some_and(same)).count();
            let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
            page.computed(row, col, &formula, count, Flaw::None, Look::new(What::Count, Tone::Plain))?;
        }
        page.merged((row, 0), (row, 1), words::state(state), Look::new(What::Centred, tone(state)))?;
    }
    Ok(top + 5)
}
