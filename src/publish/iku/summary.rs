//! Sheet Ringkasan: achievement by aim with a chart, how many achievements fall into each category, the computed indicators.

use rust_xlsxwriter::{Chart, ChartAxisCrossing, ChartFont, ChartFormat, ChartSolidFill, ChartType, Color, Worksheet};

use crate::consolidate::iku::{Achievement, Aim};
use crate::error::Result;
use crate::model::origin::quoted;
use crate::model::schema::Severity;
use crate::publish::words;
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::style::NAVY;
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Tone, What, print};

use super::computed::Shares;
use super::matrix::{ACHIEVED, CAPPED, Placed, title};
use super::{MATRIX, Plan};

const WIDTHS: [f64; 6] = [6.0, 64.0, 13.0, 13.0, 16.0, 30.0];
/// Column of how many achievements an aim has; their average and category stand beside.
const COUNT: u16 = 2;
const AVERAGE: u16 = 3;
const CATEGORY: u16 = 4;
/// Column where the chart starts.
const CHART: u16 = 7;
/// Most aims that a chart can name legibly.
const MOST_BARS: usize = 60;

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, number: usize, placed: &Placed, shares: &[Shares]) -> Result<Worksheet> {
    let mut page = Page::new(desk, number)?;
    page.widths(WIDTHS)?;
    page.text(0, 0, "CAPAIAN INDIKATOR KINERJA UTAMA", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, &plan.whose, Look::new(What::Text, Tone::Subtitle))?;
    page.text(2, 0, &stamp(plan), Look::new(What::Text, Tone::Note).bold())?;
    let (first, last) = aims(&mut page, plan, placed, 4)?;
    let mut row = categories(&mut page, plan, placed, last + 3)?;
    row = computed(&mut page, plan, shares, row + 2)?;
    if !placed.aims.is_empty() && placed.aims.len() <= MOST_BARS {
        chart(&mut page, (first, last))?;
    }
    print::set_up(&mut page, (0, 2), (row, CHART + 9), &plan.footer)?;
    page.sheet.set_print_fit_to_pages(1, 0).set_active(true);
    page.finish((row, CHART + 9))
}

/// Who reports and what is wrong, in one sentence.
fn stamp(plan: &Plan<'_>) -> String {
    let rows = || plan.book.aims.iter().flat_map(|a| &a.indicators).flat_map(|i| &i.rows);
    let mut offices: Vec<_> = rows().filter_map(|r| r.satker).collect();
    offices.sort_unstable();
    offices.dedup();
    let expected = plan.batch.config.satker.len();
    let open = rows().filter(|r| r.achieved.is_none()).count();
    let errors = plan.batch.findings.iter().filter(|f| f.code.starts_with('I'));
    let errors = errors.filter(|f| plan.schemas.severity(f) == Severity::Error).count();
    let of = if expected > 0 { format!(" dari {expected} yang ditunggu") } else { String::new() };
    format!(
        "{} satker{of} melaporkan {} baris indikator; {open} baris belum dapat dihitung capaiannya; {errors} kesalahan pada tabel IKU.",
        offices.len(),
        rows().count()
    )
}

/// Achievement of each aim and of all; returns the first and last row of the aims.
fn aims(page: &mut Page<'_, '_>, plan: &Plan<'_>, placed: &Placed, top: u32) -> Result<(u32, u32)> {
    for (col, name) in (0..).zip(["Kode", "Sasaran", "Capaian terhitung", "Rata-rata (%)", "Kategori", "Keterangan"]) {
        page.text(top, col, name, Look::new(What::Wrapped, Tone::Head))?;
    }
    let mut row = top;
    for ((place, aim), &rows) in plan.book.aims.iter().enumerate().zip(&placed.aims) {
        row += 1;
        let full = title(place, aim);
        let (code, name) = full.split_once("  ").unwrap_or(("", &full));
        page.text(row, 0, code, Look::new(What::Text, Tone::Plain))?;
        page.text(row, 1, name, Look::new(What::Wrapped, Tone::Plain))?;
        line(page, plan, row, rows, &achieved(aim), Tone::Plain)?;
    }
    let all: Vec<f64> = plan.book.aims.iter().flat_map(|aim| achieved(aim)).collect();
    page.merged((row + 1, 0), (row + 1, 1), "Semua sasaran", Look::new(What::Text, Tone::Total))?;
    line(page, plan, row + 1, placed.all, &all, Tone::Total)?;
    Ok((top + 1, row.max(top + 1)))
}

/// Achievements of an aim, in the order of the matrix.
fn achieved(aim: &Aim) -> Vec<f64> {
    let rows = aim.indicators.iter().flat_map(|i| &i.rows);
    rows.filter_map(|r: &Achievement| r.achieved).collect()
}

fn line(page: &mut Page<'_, '_>, plan: &Plan<'_>, row: u32, rows: (u32, u32), values: &[f64], tone: Tone) -> Result<()> {
    let look = Look::new(What::Decimal, tone);
    page.computed(
        row,
        COUNT,
        &format!("COUNT({})", range(page, rows, ACHIEVED)),
        number(values.len()),
        Flaw::None,
        Look::new(What::Count, tone),
    )?;
    if values.is_empty() {
        page.blank(row, AVERAGE, look)?;
        page.text(row, CATEGORY, "belum ada", Look::new(What::Text, tone))?;
        return page.blank(row, CATEGORY + 1, look);
    }
    let average = values.iter().map(|v| v.min(120.0)).sum::<f64>() / number(values.len());
    page.computed(row, AVERAGE, &format!("AVERAGE({})", range(page, rows, CAPPED)), average, Flaw::None, look)?;
    let cell = page.at(row, AVERAGE).address();
    match plan.scale.formula(&cell) {
        Some(formula) => page.worded(row, CATEGORY, &formula, plan.scale.of_value(average), Look::new(What::Text, tone))?,
        None => page.blank(row, CATEGORY, look)?,
    }
    let most = values.iter().copied().fold(f64::MIN, f64::max);
    let least = values.iter().copied().fold(f64::MAX, f64::min);
    let note = format!("terendah {}, tertinggi {}", words::decimal(least, 2), words::decimal(most, 2));
    page.text(row, CATEGORY + 1, &note, Look::new(What::Text, tone))
}

/// Cells of the matrix.
fn range(page: &Page<'_, '_>, rows: (u32, u32), col: u16) -> String {
    let sheet = page.ledger().sheets.get(MATRIX).cloned().unwrap_or_default();
    let [from, to] = [rows.0, rows.1.max(rows.0)].map(|row| At { sheet: MATRIX, row, col }.address());
    format!("{}!{from}:{to}", quoted(&sheet))
}

/// How many achievements fall into each category.
fn categories(page: &mut Page<'_, '_>, plan: &Plan<'_>, placed: &Placed, top: u32) -> Result<u32> {
    page.merged((top, 0), (top, 1), "Kategori capaian", Look::new(What::Wrapped, Tone::Head))?;
    page.text(top, COUNT, "Jumlah", Look::new(What::Wrapped, Tone::Head))?;
    let all: Vec<f64> = plan.book.aims.iter().flat_map(achieved).collect();
    let mut row = top;
    for (place, (name, above)) in plan.scale.0.iter().enumerate() {
        row += 1;
        let bound =
            if place + 1 < plan.scale.0.len() { format!("di atas {}", words::decimal(*above, 2)) } else { "selebihnya".into() };
        page.merged((row, 0), (row, 1), &format!("{name} ({bound})"), Look::new(What::Text, Tone::Plain))?;
        let count = all.iter().filter(|&&v| plan.scale.of_value(v) == name).count();
        let formula = plan.scale.count(place, &range(page, placed.all, ACHIEVED));
        page.computed(row, COUNT, &formula, number(count), Flaw::None, Look::new(What::Count, Tone::Plain))?;
    }
    let note = "Skala ini umum dipakai pemerintah daerah; skala KPU sendiri belum diverifikasi (schemas/iku.toml).";
    page.text(row + 1, 0, note, Look::new(What::Text, Tone::Note))?;
    Ok(row + 1)
}

/// The indicators that the batch itself gives.
fn computed(page: &mut Page<'_, '_>, plan: &Plan<'_>, shares: &[Shares], top: u32) -> Result<u32> {
    let heads = ["Indikator yang dihitung dari kiriman", "Pembilang", "Penyebut", "Nilai (%)", "Target"];
    page.merged((top, 0), (top, 1), heads[0], Look::new(What::Wrapped, Tone::Head))?;
    for (col, name) in (COUNT..).zip(&heads[1..]) {
        page.text(top, col, name, Look::new(What::Wrapped, Tone::Head))?;
    }
    let mut row = top;
    for (indicator, share) in plan.book.indicators.iter().zip(shares) {
        row += 1;
        page.merged((row, 0), (row, 1), &indicator.label, Look::new(What::Wrapped, Tone::Plain))?;
        let count = Look::new(What::Count, Tone::Plain);
        page.formula(row, COUNT, &Formula::same(share.numerator), count)?;
        page.formula(row, AVERAGE, &Formula::same(share.denominator), count)?;
        match share.value {
            Some(at) => {
                page.formula(row, CATEGORY, &Formula::same(at), Look::new(What::Decimal, Tone::Plain))?;
            }
            None => page.text(row, CATEGORY, "belum diketahui", Look::new(What::Text, Tone::Warn))?,
        }
        page.text(row, CATEGORY + 1, &indicator.target, Look::new(What::Text, Tone::Plain))?;
    }
    Ok(row)
}

fn chart(page: &mut Page<'_, '_>, (first, last): (u32, u32)) -> Result<()> {
    let sheet = page.ledger().sheets.first().cloned().unwrap_or_default();
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(8);
    let mut fill = ChartFormat::new();
    fill.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(NAVY)));
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name("Rata-rata capaian (%)")
        .set_categories((sheet.as_str(), first, 0, last, 0))
        .set_values((sheet.as_str(), first, AVERAGE, last, AVERAGE))
        .set_format(&mut fill)
        .set_gap(45);
    let mut title_font = ChartFont::new();
    title_font.set_name("Arial").set_size(10).set_bold();
    chart.title().set_name("Rata-rata capaian per sasaran (%)").set_font(&title_font);
    chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max).set_font(&font);
    chart.x_axis().set_min(0).set_num_format("0").set_font(&font);
    chart.legend().set_hidden();
    chart.set_width(560).set_height((last - first + 1) * 22 + 90);
    page.sheet.insert_chart(4, CHART, &chart).map_err(trouble)?;
    Ok(())
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::NAN, f64::from)
}
