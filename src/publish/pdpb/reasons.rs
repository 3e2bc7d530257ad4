//! Sheet TMS: struck voters by reason, all rows of all regions in one table, so that its heading can stand on every page.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use crate::consolidate::book::{Chapter, Line};
use crate::error::Result;
use crate::publish::words;
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Formula, Look, Page, Tone, What, print};

use super::chapter::Placed;
use super::columns::SEXES;
use super::{Plan, lines, title};

/// First column of the reasons, after No, region and row.
const LEFT: u16 = 3;

/// Where the figures of each reason stand.
#[derive(Clone, Debug, Default)]
pub struct Reasons {
    /// Number of the sheet.
    pub sheet: usize,
    /// First and last row of each chapter that states reasons, by its position in the book.
    pub rows: BTreeMap<usize, (u32, u32)>,
}

impl Reasons {
    /// Sum of a reason, both sexes, over the rows of a chapter.
    #[must_use]
    pub fn total(&self, chapter: usize, reason: usize) -> Option<Formula> {
        let &(first, last) = self.rows.get(&chapter)?;
        let col = LEFT + column(reason * 3) + 2;
        let at = |row| At { sheet: self.sheet, row, col };
        Some(Formula::sum(at(first), at(last)))
    }
}

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, number: usize, placed: &[Option<Placed>]) -> Result<(Worksheet, Reasons)> {
    let mut page = Page::new(desk, number)?;
    let heads = heads(plan);
    page.widths(heads.iter().map(|h| h.width))?;
    let below = if plan.known.reasons.is_empty() {
        "Tidak ada dokumen yang merinci pemilih TMS menurut alasan"
    } else {
        "Pemilih tidak memenuhi syarat (TMS) menurut alasan"
    };
    let top = title::draw(&mut page, plan, &plan.scope.to_uppercase(), below)?;
    let first = heading::draw(&mut page, top, &heads)?;
    let mut reasons = Reasons { sheet: number, rows: BTreeMap::new() };
    let mut row = first;
    for (i, (chapter, place)) in plan.book.chapters.iter().zip(placed).enumerate() {
        let start = row;
        for line in counted(chapter, place.as_ref()) {
            draw_line(&mut page, plan, row, row - first + 1, chapter, line)?;
            row += 1;
        }
        if row > start {
            reasons.rows.insert(i, (start, row - 1));
        }
    }
    let last = row.saturating_sub(1).max(first);
    let right = column(heads.len() - 1);
    total(&mut page, row.max(first + 1), (first, last), right)?;
    page.text(last + 3, 0, super::LEGEND, Look::new(What::Text, Tone::Note))?;
    page.sheet.autofilter(first - 1, 0, last, right).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, LEFT).map_err(trouble)?;
    print::set_up(&mut page, (top, first - 1), (last + 3, right), &plan.footer)?;
    Ok((page.finish((last + 3, right))?, reasons))
}

fn heads(plan: &Plan<'_>) -> Vec<Head> {
    let below = plan.level.below().map_or("Baris", words::level);
    let mut heads = vec![Head::alone("No", 5.0), Head::alone(words::level(plan.level), 24.0), Head::alone(below, 24.0)];
    for reason in &plan.known.reasons {
        heads.extend(SEXES.map(|sex| Head::of(words::reason(reason), sex, 7.0)));
    }
    heads
}

/// The rows of a chapter that its total counts, where the chapter states reasons at all.
fn counted<'a>(chapter: &'a Chapter, place: Option<&Placed>) -> impl Iterator<Item = &'a Line> {
    let all = place.is_some_and(|p| p.counted);
    let rows = chapter.rows.iter().filter(move |l| all || l.region.is_some());
    let lines = rows.chain(&chapter.whole);
    let stated = chapter.rows.iter().chain(&chapter.whole).any(|l| !l.reasons.is_empty());
    lines.filter(move |_| stated)
}

fn draw_line<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, row: u32, number: u32, chapter: &Chapter, line: &Line) -> Result<()> {
    let tone = if line.region.is_none() { Tone::Bad } else { Tone::Plain };
    page.ordinal(row, 0, usize::try_from(number).unwrap_or(0), Look::new(What::Centred, Tone::Plain))?;
    page.text(row, 1, &chapter.name, Look::new(What::Text, Tone::Plain))?;
    page.text(row, 2, &line.name, Look::new(What::Text, tone))?;
    for (slot, reason) in plan.known.reasons.iter().enumerate() {
        let three = line.reasons.iter().find(|(name, _)| name == reason).map_or([None; 3], |(_, three)| *three);
        let look = Look::new(What::Count, Tone::Plain);
        lines::triple(page, row, LEFT + column(slot * 3), &three, |f| plan.evidence.published(f), look)?;
    }
    Ok(())
}

fn total(page: &mut Page<'_, '_>, row: u32, rows: (u32, u32), right: u16) -> Result<()> {
    page.merged((row, 0), (row, LEFT - 1), "JUMLAH", Look::new(What::Centred, Tone::Total))?;
    for col in LEFT..=right {
        let sum = Formula::sum(page.at(rows.0, col), page.at(rows.1, col));
        page.formula(row, col, &sum, Look::new(What::Count, Tone::Total))?;
    }
    Ok(())
}
