//! TMS voters by reason, below the main table of a region's sheet: as many reasons side by side as the page is wide, then the next
//! block below.

use std::collections::BTreeMap;

use crate::consolidate::book::Line;
use crate::error::Result;
use crate::publish::words;
use crate::publish::workbook::evidence::Evidence;
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::{Formula, Look, Page, Tone, What};

use super::columns::{Known, SEXES};
use super::lines;

/// Reasons of one block: with three columns each they fill the width of the main table.
const ABREAST: usize = 5;

/// Where the figures of each reason stand.
#[derive(Clone, Debug, Default)]
pub struct ReasonCells {
    /// First row, last row and first of the three columns, by reason.
    pub cells: BTreeMap<String, (u32, u32, u16)>,
    /// Last row of the last block.
    pub end: Option<u32>,
}

/// Draws the blocks from a row on; nothing where no reason is stated.
///
/// # Errors
/// When a cell lies outside the sheet.
pub fn draw<'a>(
    page: &mut Page<'_, 'a>,
    known: &Known,
    evidence: &Evidence<'a>,
    rows: &[&Line],
    level: &str,
    mut row: u32,
) -> Result<ReasonCells> {
    let mut placed = ReasonCells::default();
    let stated: Vec<&String> =
        known.reasons.iter().filter(|reason| rows.iter().any(|l| l.reasons.iter().any(|(name, _)| name == *reason))).collect();
    for block in stated.chunks(ABREAST) {
        page.text(row, 0, "Pemilih tidak memenuhi syarat (TMS) menurut alasan", Look::new(What::Text, Tone::Section))?;
        let mut heads = vec![Head::alone("No", 4.5), Head::alone(level, 25.0)];
        for reason in block {
            heads.extend(SEXES.map(|sex| Head::of(words::reason(reason), sex, 9.5)));
        }
        let first = heading::draw(page, row + 1, &heads)?;
        let last = first + u32::try_from(rows.len()).unwrap_or(0).saturating_sub(1);
        for (at, (i, line)) in (first..).zip(rows.iter().enumerate()) {
            page.ordinal(at, 0, i + 1, Look::new(What::Centred, Tone::Plain))?;
            page.text(at, 1, &line.name, Look::new(What::Text, Tone::Plain))?;
            for (slot, reason) in block.iter().enumerate() {
                let three = line.reasons.iter().find(|(name, _)| name == *reason).map_or([None; 3], |(_, three)| *three);
                let look = Look::new(What::Count, Tone::Plain);
                lines::triple(page, at, column(2 + slot * 3), &three, |f| evidence.published(f), look)?;
            }
        }
        total(page, last + 1, (first, last), block.len())?;
        for (slot, reason) in block.iter().enumerate() {
            placed.cells.insert((*reason).clone(), (first, last, column(2 + slot * 3)));
        }
        placed.end = Some(last + 1);
        row = last + 3;
    }
    Ok(placed)
}

fn total(page: &mut Page<'_, '_>, row: u32, rows: (u32, u32), reasons: usize) -> Result<()> {
    page.merged((row, 0), (row, 1), "JUMLAH", Look::new(What::Centred, Tone::Total))?;
    for col in 2..column(2 + reasons * 3) {
        let sum = Formula::sum(page.at(rows.0, col), page.at(rows.1, col));
        page.formula(row, col, &sum, Look::new(What::Count, Tone::Total))?;
    }
    Ok(())
}
