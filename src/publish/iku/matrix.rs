//! Sheet Matriks: every reported indicator of every office with target, realisation, achievement and category.

use rust_xlsxwriter::Worksheet;

use crate::consolidate::activities;
use crate::consolidate::iku::{Achievement, Aim, By, Reported};
use crate::error::Result;
use crate::model::Activity;
use crate::publish::workbook::heading::{self, Head};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Published, Source, Tone, What, evidence, print};

use super::Plan;
use super::computed::Shares;

/// Column of the number in the target.
const TARGET: u16 = 5;
/// Column of the number in the realisation.
const DONE: u16 = 7;
/// Column of what the batch itself gives for the realisation.
const OURS: u16 = 8;
/// Column of the achievement that follows.
pub const ACHIEVED: u16 = 11;
/// Column of the achievement as averages take it.
pub const CAPPED: u16 = 12;
/// Averages take no achievement above this, so that one indicator cannot hide another.
const CAP: f64 = 120.0;

/// Where the rows of each aim stand.
pub struct Placed {
    /// First and last row of each aim.
    pub aims: Vec<(u32, u32)>,
    /// First and last row of all.
    pub all: (u32, u32),
    /// Row of each achievement, in the order of the book.
    pub rows: Vec<u32>,
}

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, number: usize, shares: &[Shares]) -> Result<(Worksheet, Placed)> {
    let mut page = Page::new(desk, number)?;
    let heads = heads();
    page.widths(heads.iter().map(|h| h.width))?;
    page.text(0, 0, "MATRIKS INDIKATOR × SATKER", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, &plan.whose, Look::new(What::Text, Tone::Subtitle))?;
    page.text(2, 0, NOTE, Look::new(What::Text, Tone::Note))?;
    let first = heading::draw(&mut page, 4, &heads)?;
    let right = heading::column(heads.len() - 1);
    let (mut row, mut ordinal) = (first, 0);
    let (mut aims, mut rows) = (Vec::new(), Vec::new());
    for (place, aim) in plan.book.aims.iter().enumerate() {
        page.merged((row, 0), (row, right), &title(place, aim), Look::new(What::Text, Tone::Section))?;
        let top = row + 1;
        for (name, achievement) in aim.indicators.iter().flat_map(|i| i.rows.iter().map(move |r| (&i.name, r))) {
            row += 1;
            ordinal += 1;
            rows.push(row);
            page.ordinal(row, 0, ordinal, Look::new(What::Centred, Tone::Plain))?;
            draw_row(&mut page, plan, row, name, achievement)?;
            let differs = ours(&mut page, plan, row, achievement, shares)?;
            remarks(&mut page, plan, row, (name, achievement), differs)?;
        }
        aims.push((top, row));
        row += 1;
    }
    let last = row.saturating_sub(1).max(first);
    if plan.book.aims.is_empty() {
        page.text(first, 1, "Belum ada dokumen IKU yang diterima.", Look::new(What::Text, Tone::Note))?;
    }
    page.sheet.autofilter(first - 1, 0, last, right).map_err(trouble)?;
    page.sheet.set_freeze_panes(first, 2).map_err(trouble)?;
    print::set_up(&mut page, (4, first - 1), (last, right), &plan.footer)?;
    Ok((page.finish((last, right))?, Placed { aims, all: (first, last), rows }))
}

const NOTE: &str = "Capaian dihitung dengan rumus dari nilai target dan realisasi; capaian tercetak disandingkan dan tidak diubah. Rata-rata \
                    memakai capaian paling tinggi 120. Kosong: tidak dapat dihitung.";

fn heads() -> Vec<Head> {
    let alone = [("No", 5.0), ("Indikator", 46.0), ("Kode", 8.0), ("Satker", 26.0)].map(|(name, width)| Head::alone(name, width));
    let mut heads = alone.to_vec();
    heads.extend([Head::of("Target", "Tercetak", 14.0), Head::of("Target", "Nilai", 10.0)]);
    heads.extend(["Tercetak", "Nilai"].into_iter().zip([14.0, 10.0]).map(|(n, w)| Head::of("Realisasi", n, w)));
    heads.push(Head::of("Realisasi", "Rekap (%)", 10.0));
    heads.push(Head::alone("Cara", 16.0));
    heads.extend([("Tercetak", 10.0), ("Dihitung", 10.0), ("Untuk rata-rata", 10.0)].map(|(n, w)| Head::of("Capaian (%)", n, w)));
    heads.extend(
        [("Kategori", 14.0), ("Berkas", 42.0), ("Catatan", 32.0), ("Kegiatan", 30.0)]
            .map(|(name, width)| Head::alone(name, width)),
    );
    heads
}

/// `S1  Terwujudnya …`
pub fn title(place: usize, aim: &Aim) -> String {
    let name = if aim.name.is_empty() { "(sasaran tidak dicetak)" } else { &aim.name };
    format!("S{}  {name}", place + 1)
}

fn draw_row<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, row: u32, name: &str, achievement: &'a Achievement) -> Result<()> {
    let wrapped = Look::new(What::Wrapped, Tone::Plain);
    page.text(row, 1, name, wrapped)?;
    let code = achievement.satker.map(|s| s.to_string()).unwrap_or_default();
    page.text(row, 2, &code, Look::new(What::Text, Tone::Plain))?;
    page.text(row, 3, &plan.name(achievement.satker), wrapped)?;
    page.text(row, TARGET - 1, &achievement.printed[0], wrapped)?;
    page.text(row, DONE - 1, &achievement.printed[1], wrapped)?;
    let predicate = achievement.by == By::Predicate;
    for (col, figure) in [(TARGET, 0), (DONE, 1), (ACHIEVED - 1, 2)] {
        let shown = achievement.figures[figure].filter(|_| !(predicate && figure == 1));
        match shown.and_then(|f| plan.evidence.published(&f)) {
            Some(published) => page.figure(row, col, published, Look::new(What::Decimal, Tone::Plain))?,
            None => page.blank(row, col, Look::new(What::Decimal, Tone::Plain))?,
        }
    }
    page.text(row, OURS + 1, said(achievement), wrapped)?;
    achieved(page, plan, row, achievement)?;
    page.text(row, CAPPED + 2, plan.document(achievement.entry), wrapped)
}

/// What the batch itself gives for the realisation, where it is an indicator that can be computed; whether it is another than reported.
fn ours(page: &mut Page<'_, '_>, plan: &Plan<'_>, row: u32, reported: &Achievement, shares: &[Shares]) -> Result<bool> {
    let look = Look::new(What::Decimal, Tone::Plain);
    let same = |r: &&Reported| r.entry == reported.entry && r.span == reported.span;
    let found = plan.book.indicators.iter().zip(shares).find_map(|(i, s)| Some((i.reported.iter().find(same)?, s)));
    let Some((one, value, shares)) = found.and_then(|(one, shares)| Some((one, one.computed?, shares))) else {
        page.blank(row, OURS, look)?;
        return Ok(false);
    };
    let look = Look::new(What::Decimal, if one.differs { Tone::Warn } else { Tone::Plain });
    let whole = one.satker == plan.batch.config.wilayah;
    let office = shares.offices.iter().find(|(office, _)| Some(*office) == one.satker).map(|(_, at)| *at);
    let cell = |at: At| Formula::same(at).text(super::MATRIX, &page.ledger().sheets);
    let text = match (shares.value.filter(|_| whole), office) {
        (Some(at), _) => cell(at),
        (None, Some(at)) => format!("{}*100", cell(at)),
        (None, None) => {
            page.blank(row, OURS, look)?;
            return Ok(one.differs);
        }
    };
    page.computed(row, OURS, &text, value, Flaw::None, look)?;
    Ok(one.differs)
}

/// Codes found at the figures, a difference from what the batch gives, and the office's activity.
fn remarks(
    page: &mut Page<'_, '_>,
    plan: &Plan<'_>,
    row: u32,
    (name, achievement): (&str, &Achievement),
    differs: bool,
) -> Result<()> {
    let mut said = evidence::told(&plan.evidence.codes(achievement.figures.iter().flatten()));
    if differs {
        let gap = if said.is_empty() { "" } else { " " };
        said.push_str(gap);
        said.push_str("Realisasi berbeda dari hitungan rekap: lihat lembar Perhitungan.");
    }
    let tone = if differs { Tone::Warn } else { Tone::Plain };
    page.text(row, CAPPED + 3, &said, Look::new(What::Wrapped, tone))?;
    let activity = activities::of_words(&plan.schemas.activities, name).map(Activity::label).unwrap_or_default();
    page.text(row, CAPPED + 4, &activity, Look::new(What::Wrapped, Tone::Plain))
}

fn said(achievement: &Achievement) -> &'static str {
    match achievement.by {
        By::Nothing if achievement.printed[1].is_empty() => "belum ada realisasi",
        By::Nothing => "tidak dapat dihitung",
        By::Units => "satuan berbeda",
        By::More => "realisasi ÷ target",
        By::Less => "makin rendah makin baik",
        By::Zero => "target nol tercapai",
        By::Predicate => "predikat tercapai",
    }
}

/// The achievement, as averages take it, and its category.
fn achieved<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, row: u32, achievement: &'a Achievement) -> Result<()> {
    let look = Look::new(What::Decimal, Tone::Plain);
    let Some(value) = achievement.achieved else {
        for col in ACHIEVED..=CAPPED + 1 {
            page.blank(row, col, look)?;
        }
        return Ok(());
    };
    let [target, done, own] = [TARGET, DONE, ACHIEVED].map(|col| At { sheet: super::MATRIX, row, col });
    let flaw = [target, done].iter().filter_map(|&at| page.ledger().get(at)).map(|p| p.flaw).max().unwrap_or(Flaw::None);
    let (target, done) = (target.address(), done.address());
    match achievement.by {
        By::Predicate => {
            let published = achievement.figures[1].and_then(|f| plan.evidence.published(&f));
            if let Some(published) = published.map(|p| with_text(p, &achievement.printed[1])) {
                page.figure(row, ACHIEVED, published, look)?;
            }
        }
        By::Zero => page.computed(row, ACHIEVED, &format!("IF({done}={target},100,0)"), value, flaw, look)?,
        By::Less => page.computed(row, ACHIEVED, &format!("(2*{target}-{done})/{target}*100"), value, flaw, look)?,
        By::More | By::Nothing | By::Units => page.computed(row, ACHIEVED, &format!("{done}/{target}*100"), value, flaw, look)?,
    }
    page.computed(row, CAPPED, &format!("MIN({},{CAP})", own.address()), value.min(CAP), flaw, look)?;
    if let Some(formula) = plan.scale.formula(&own.address()) {
        page.worded(row, CAPPED + 1, &formula, plan.scale.of_value(value), Look::new(What::Text, Tone::Plain))?;
    }
    Ok(())
}

/// What is printed at its cell is a predicate, not the number.
fn with_text<'a>(mut published: Published<'a>, text: &'a str) -> Published<'a> {
    if let Source::Read { raw, .. } = &mut published.source {
        *raw = Some(text);
    }
    published
}
