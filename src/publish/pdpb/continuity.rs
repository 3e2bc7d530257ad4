//! Sheet Kontinuitas: does each region start where it ended in the period before?

use crate::consolidate::book::{Chapter, Figure};
use crate::error::Result;
use crate::publish::words;
use crate::publish::workbook::heading::Head;
use crate::publish::workbook::{At, Desk, Formula, Look, Page, Tone, What, heading, print};
use rust_xlsxwriter::Worksheet;

use super::chapter::Placed;
use super::columns::{AKHIR, AWAL, SEXES};
use super::recap::Recap;
use super::{Plan, lines, title};

/// First of the three columns of akhir before, awal now, difference; then growth and the verdict.
const BEFORE: u16 = 2;
const NOW: u16 = 5;
const DIFFERENCE: u16 = 8;
const GROWTH: u16 = 11;
const VERDICT: u16 = 12;

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(
    plan: &Plan<'a>,
    desk: &mut Desk<'a>,
    number: usize,
    recap: &Recap,
    placed: &[Option<Placed>],
) -> Result<Worksheet> {
    let mut page = Page::new(desk, number)?;
    let below = match plan.book.before {
        Some(before) => format!("Kesinambungan: pemilih akhir {} dibandingkan pemilih awal periode ini", words::period(before)),
        None => "Kesinambungan: angka periode sebelumnya tidak tersedia, sehingga belum dapat dibandingkan".to_owned(),
    };
    let heads = heads(words::level(plan.level));
    page.widths(heads.iter().map(|h| h.width))?;
    let top = title::draw(&mut page, plan, &plan.scope.to_uppercase(), &below)?;
    let first = heading::draw(&mut page, top, &heads)?;
    let mut row = first;
    for (i, chapter) in plan.book.chapters.iter().enumerate() {
        let now = |sex| recap.at(recap.row(i), AWAL, sex);
        let end = recap.at(recap.row(i), AKHIR, 2);
        let names = (i + 1, chapter.name.as_str());
        compare(&mut page, plan, row, names, &chapter.previous, now, end)?;
        row += 1;
    }
    let last = row.saturating_sub(1).max(first);
    total(&mut page, row, (first, last))?;
    row = broken(&mut page, plan, row + 2, placed)?;
    print::set_up(&mut page, (top, first - 1), (row, VERDICT), &plan.footer)?;
    page.sheet.set_freeze_panes(first, 2).map_err(crate::publish::workbook::page::trouble)?;
    page.finish((row, VERDICT))
}

fn heads(level: &str) -> Vec<Head> {
    let mut heads = vec![Head::alone("No", 4.5), Head::alone(level, 27.0)];
    for group in ["Pemilih Akhir periode sebelumnya", "Pemilih Awal periode ini", "Selisih (awal − akhir sebelumnya)"] {
        heads.extend(SEXES.map(|sex| Head::of(group, sex, 11.0)));
    }
    heads.push(Head::alone("Perubahan akhir terhadap akhir sebelumnya", 14.0));
    heads.push(Head::alone("Keterangan", 30.0));
    heads
}

/// One row: before, now, difference, growth, verdict.
fn compare<'a>(
    page: &mut Page<'_, 'a>,
    plan: &Plan<'a>,
    row: u32,
    (number, name): (usize, &str),
    previous: &[Option<Figure>; 3],
    now: impl Fn(u16) -> Option<At>,
    end: Option<At>,
) -> Result<()> {
    page.ordinal(row, 0, number, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, 1, name, Look::new(What::Text, Tone::Plain))?;
    let count = Look::new(What::Count, Tone::Plain);
    lines::triple(page, row, BEFORE, previous, |f| plan.evidence.published_before(f), count)?;
    let mut differs = None;
    for sex in 0..3 {
        match now(sex) {
            Some(at) => page.formula(row, NOW + sex, &Formula::same(at), count).map(|_| ())?,
            None => page.blank(row, NOW + sex, count)?,
        }
        let difference = Formula::Combine(vec![(true, page.at(row, NOW + sex)), (false, page.at(row, BEFORE + sex))]);
        let off = page.ledger().evaluate(&difference).map(|(value, _)| value.abs() > 0.5);
        differs = differs.max(off);
        let tone = if off == Some(true) { Tone::Bad } else { Tone::Plain };
        page.formula(row, DIFFERENCE + sex, &difference, Look::new(What::Change, tone))?;
    }
    let look = Look::new(What::Percent, Tone::Plain);
    match end {
        Some(end) => page.formula(row, GROWTH, &Formula::Growth(end, page.at(row, BEFORE + 2)), look).map(|_| ())?,
        None => page.blank(row, GROWTH, look)?,
    }
    let (verdict, tone) = match differs {
        Some(true) => ("Tidak sambung dengan periode sebelumnya", Tone::Bad),
        Some(false) => ("Sambung", Tone::Good),
        None => ("Belum dapat dibandingkan", Tone::Absent),
    };
    page.text(row, VERDICT, verdict, Look::new(What::Text, tone))
}

fn total(page: &mut Page<'_, '_>, row: u32, rows: (u32, u32)) -> Result<()> {
    page.merged((row, 0), (row, 1), "JUMLAH", Look::new(What::Centred, Tone::Total))?;
    for col in BEFORE..GROWTH {
        let what = if col >= DIFFERENCE { What::Change } else { What::Count };
        let sum = Formula::sum(page.at(rows.0, col), page.at(rows.1, col));
        page.formula(row, col, &sum, Look::new(what, Tone::Total))?;
    }
    page.blank(row, GROWTH, Look::new(What::Percent, Tone::Total))?;
    page.blank(row, VERDICT, Look::new(What::Text, Tone::Total))
}

/// The rows of the regions' own sheets that do not start where they ended. Returns the row below the list.
fn broken<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, mut row: u32, placed: &[Option<Placed>]) -> Result<u32> {
    let found = breaks(plan, placed);
    let level = plan.level.below().map(words::level_in_text).unwrap_or_default();
    let title = if found.is_empty() {
        format!("Tidak ada {level} yang angka awalnya berbeda dari angka akhir periode sebelumnya.")
    } else {
        format!("{} {level} yang angka awalnya berbeda dari angka akhir periode sebelumnya", found.len())
    };
    if plan.book.before.is_none() {
        return Ok(row);
    }
    page.text(row, 0, &title, Look::new(What::Text, Tone::Section))?;
    for (i, (chapter, line, at)) in found.into_iter().enumerate() {
        row += 1;
        let name = format!("{} ({})", chapter.rows[line].name, crate::publish::workbook::names::short(&chapter.name));
        let now = |sex| at.map(|at: At| At { col: at.col + sex, ..at });
        compare(page, plan, row, (i + 1, &name), &chapter.rows[line].previous, now, None)?;
    }
    Ok(row + 1)
}

/// Chapter, row and the first awal cell of each break.
fn breaks<'a>(plan: &Plan<'a>, placed: &[Option<Placed>]) -> Vec<(&'a Chapter, usize, Option<At>)> {
    let mut found = Vec::new();
    for (chapter, place) in plan.book.chapters.iter().zip(placed) {
        let Some(place) = place else { continue };
        for (i, line) in chapter.rows.iter().enumerate() {
            let pairs =
                line.previous.iter().zip(&line.flow[AWAL]).filter_map(|(b, n)| Some((b.as_ref()?.value, n.as_ref()?.value)));
            let differs = pairs.into_iter().any(|(before, now)| (before - now).abs() > 0.5);
            if differs && (place.counted || line.region.is_some()) {
                let col = place.columns.as_ref().and_then(|c| c.flow[AWAL]);
                let row = place.rows.0 + u32::try_from(place_of(chapter, place, i)).unwrap_or(0);
                found.push((chapter, i, col.map(|col| At { sheet: place.sheet, row, col })));
            }
        }
    }
    found
}

/// Position of a row among the counted rows of its sheet.
fn place_of(chapter: &Chapter, place: &Placed, line: usize) -> usize {
    chapter.rows[..line].iter().filter(|l| place.counted || l.region.is_some()).count()
}
