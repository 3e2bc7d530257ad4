//! Sheet Perubahan: new voters, struck voters by reason, corrected voters, one row per region.

use crate::error::Result;
use crate::publish::words;
use crate::publish::workbook::heading::{Head, column};
use crate::publish::workbook::{Desk, Formula, Look, Page, Tone, What, heading, print};
use rust_xlsxwriter::Worksheet;

use super::columns::{BARU, FLOW, SEXES, TMS, UBAH};
use super::reasons::Reasons;
use super::recap::Recap;
use super::{Plan, title};

/// What a column shows.
enum Show {
    /// A measure and sex of the recap.
    Recap(usize, u16),
    /// The total of a reason, by its position.
    Reason(usize),
    /// Sum of all reasons.
    AllReasons,
    /// TMS of the recap less the sum of its reasons.
    Rest,
}

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, number: usize, recap: &Recap, reasons: &Reasons) -> Result<Worksheet> {
    let (heads, shows) = columns(plan, recap);
    let mut page = Page::new(desk, number)?;
    page.widths(heads.iter().map(|h| h.width))?;
    let top = title::draw(
        &mut page,
        plan,
        &plan.scope.to_uppercase(),
        "Perubahan data pemilih: baru, tidak memenuhi syarat (TMS) menurut alasan, perbaikan",
    )?;
    let first = heading::draw(&mut page, top, &heads)?;
    for (i, chapter) in plan.book.chapters.iter().enumerate() {
        let row = first + u32::try_from(i).unwrap_or(0);
        page.ordinal(row, 0, i + 1, Look::new(What::Centred, Tone::Plain))?;
        page.text(row, 1, &chapter.name, Look::new(What::Text, Tone::Plain))?;
        for (col, show) in (2..).zip(&shows) {
            let (formula, look) = formula(&page, (recap, reasons), i, row, show, &shows);
            cell(&mut page, row, col, formula, look)?;
        }
    }
    let last = first + u32::try_from(plan.book.chapters.len()).unwrap_or(0).saturating_sub(1);
    page.merged((last + 1, 0), (last + 1, 1), "JUMLAH", Look::new(What::Centred, Tone::Total))?;
    for (col, show) in (2..).zip(&shows) {
        let sum = Formula::sum(page.at(first, col), page.at(last, col));
        let what = if matches!(show, Show::Rest) { What::Change } else { What::Count };
        page.formula(last + 1, col, &sum, Look::new(what, Tone::Total))?;
    }
    page.text(last + 3, 0, super::LEGEND, Look::new(What::Text, Tone::Note))?;
    print::set_up(&mut page, (top, first - 1), (last + 3, column(heads.len() - 1)), &plan.footer)?;
    page.sheet.set_freeze_panes(first, 2).map_err(crate::publish::workbook::page::trouble)?;
    page.finish((last + 3, column(heads.len() - 1)))
}

fn columns(plan: &Plan<'_>, recap: &Recap) -> (Vec<Head>, Vec<Show>) {
    let mut heads = vec![Head::alone("No", 4.5), Head::alone(words::level(plan.level), 25.0)];
    let mut shows = Vec::new();
    let measure = |heads: &mut Vec<Head>, shows: &mut Vec<Show>, flow: usize| {
        for (sex, name) in (0..).zip(SEXES).filter(|_| recap.columns.flow[flow].is_some()) {
            heads.push(Head::of(FLOW[flow], name, 9.5));
            shows.push(Show::Recap(flow, sex));
        }
    };
    measure(&mut heads, &mut shows, BARU);
    measure(&mut heads, &mut shows, TMS);
    for (number, reason) in plan.known.reasons.iter().enumerate() {
        heads.push(Head::of("TMS menurut alasan (L+P)", words::reason(reason), 10.0));
        shows.push(Show::Reason(number));
    }
    if !plan.known.reasons.is_empty() {
        heads.push(Head::of("TMS menurut alasan (L+P)", "Jumlah alasan", 10.0));
        shows.push(Show::AllReasons);
        if recap.columns.flow[TMS].is_some() {
            heads.push(Head::of("TMS menurut alasan (L+P)", "Selisih dari TMS", 10.0));
            shows.push(Show::Rest);
        }
    }
    measure(&mut heads, &mut shows, UBAH);
    (heads, shows)
}

/// The formula of a cell, if there is anything to show.
fn formula(
    page: &Page<'_, '_>,
    (recap, by_reason): (&Recap, &Reasons),
    chapter: usize,
    row: u32,
    show: &Show,
    shows: &[Show],
) -> (Option<Formula>, Look) {
    let recap_row = recap.row(chapter);
    let look = Look::new(What::Count, Tone::Plain);
    let reasons: Vec<u16> = (2..).zip(shows).filter(|(_, s)| matches!(s, Show::Reason(_))).map(|(c, _)| c).collect();
    let sum_of_reasons = || Some(Formula::sum(page.at(row, *reasons.first()?), page.at(row, *reasons.last()?)));
    match show {
        Show::Recap(flow, sex) => (recap.at(recap_row, *flow, *sex).map(Formula::same), look),
        Show::Reason(reason) => (by_reason.total(chapter, *reason), look),
        Show::AllReasons => (sum_of_reasons(), look),
        Show::Rest => {
            let all = reasons.last().map(|c| page.at(row, c + 1));
            let tms = recap.at(recap_row, TMS, 2);
            let rest = tms.zip(all).map(|(tms, all)| Formula::Combine(vec![(true, tms), (false, all)]));
            (rest, Look::new(What::Change, Tone::Plain))
        }
    }
}

fn cell(page: &mut Page<'_, '_>, row: u32, col: u16, formula: Option<Formula>, look: Look) -> Result<()> {
    match formula {
        Some(formula) => page.formula(row, col, &formula, look).map(|_| ()),
        None => page.blank(row, col, look),
    }
}
