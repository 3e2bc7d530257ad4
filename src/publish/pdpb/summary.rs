//! Sheet Ringkasan: the first page, for whoever has one minute. Status in words, totals, a chart, findings, what was inferred.

use std::fmt::Write as _;

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color, Worksheet,
};

use crate::consolidate::book::Chapter;
use crate::error::Result;
use crate::model::schema::Severity;
use crate::publish::words;
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::style::{NAVY, SAND};
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Tone, What, findings, print};

use super::columns::{AKHIR, BARU, FLOW, SEXES, TMS};
use super::recap::Recap;
use super::{Plan, title};

/// Column of the labels, and first column of their numbers.
const LABEL: u16 = 0;
const VALUE: u16 = 2;
/// Column that says how much of the scope a total covers.
const NOTE: u16 = 5;
/// Column where the charts start.
const CHARTS: u16 = 7;
/// Colour of the lines behind the bars.
const GRID: u32 = 0x00D9_DEE5;
/// Most regions with uncertain names that are named one by one.
const MOST_NAMED: usize = 12;
/// Most regions that a chart can name legibly.
const MOST_BARS: usize = 60;

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw<'a>(
    plan: &Plan<'a>,
    desk: &mut Desk<'a>,
    number: usize,
    recap: &Recap,
    found: (usize, (u32, u32)),
) -> Result<Worksheet> {
    let mut page = Page::new(desk, number)?;
    page.widths([22.0, 14.0, 13.0, 13.0, 13.0, 36.0, 3.0])?;
    page.sheet.set_column_range_width(CHARTS, CHARTS + 9, 9.0).map_err(trouble)?;
    title::draw(&mut page, plan, &plan.scope.to_uppercase(), "")?;
    page.merged((3, 0), (3, CHARTS + 9), &plan.stamp, Look::new(What::Text, plan.stamp_tone).bold())?;
    page.sheet.set_row_height(3, 20.0).map_err(trouble)?;
    let mut row = totals(&mut page, plan, recap, 5)?;
    row = coverage(&mut page, plan, recap, row + 1)?;
    row = severities(&mut page, plan, found, row + 1)?;
    row = missing(&mut page, plan, row + 1)?;
    row = uncertain(&mut page, plan, row + 1)?;
    row = inferred(&mut page, plan, row + 1)?;
    let below = charts(&mut page, plan, recap)?;
    print::set_up(&mut page, (0, 3), (row.max(below), CHARTS + 9), &plan.footer)?;
    page.sheet.set_print_fit_to_pages(1, 1).set_active(true);
    page.finish((row.max(below), CHARTS + 9))
}

/// The measures with their totals.
fn totals(page: &mut Page<'_, '_>, plan: &Plan<'_>, recap: &Recap, top: u32) -> Result<u32> {
    let head = Look::new(What::Wrapped, Tone::Head);
    page.merged((top, LABEL), (top, LABEL + 1), "Jumlah pemilih", head)?;
    for (col, sex) in (VALUE..).zip(SEXES) {
        page.text(top, col, sex, head)?;
    }
    page.text(top, NOTE, "Yang mengisi", head)?;
    let mut row = top;
    for (flow, name) in FLOW.iter().enumerate() {
        if recap.columns.flow[flow].is_none() {
            continue;
        }
        row += 1;
        let tone = if flow == AKHIR { Tone::Total } else { Tone::Plain };
        page.merged((row, LABEL), (row, LABEL + 1), name, Look::new(What::Text, tone))?;
        for sex in 0..3 {
            let look = Look::new(What::Count, tone);
            if let Some(at) = recap.at(recap.total, flow, sex) {
                page.formula(row, VALUE + sex, &Formula::same(at), look)?;
            }
        }
        let stated: Vec<usize> = (0..3).map(|sex| stated(page, recap, |r| recap.at(r, flow, sex))).collect();
        let all = plan.book.chapters.len();
        let covers = match stated.as_slice() {
            &[men, women, both] if men == both && women == both => both.to_string(),
            &[men, women, both] if men == women => format!("{both} (L dan P: {men})"),
            each => format!("L {}, P {}, L+P {}", each[0], each[1], each[2]),
        };
        let tone = if stated.iter().all(|n| *n == all) { Tone::Good } else { Tone::Warn };
        page.text(row, NOTE, &format!("{covers} dari {all} {}", words::level_in_text(plan.level)), Look::new(What::Text, tone))?;
    }
    Ok(row + 1)
}

/// How many regions state a figure.
fn stated(page: &Page<'_, '_>, recap: &Recap, figure: impl Fn(u32) -> Option<At>) -> usize {
    (recap.rows.0..=recap.rows.1).filter_map(figure).filter(|&at| page.ledger().get(at).is_some()).count()
}

/// Regions, polling stations: how much of the scope the totals cover.
fn coverage(page: &mut Page<'_, '_>, plan: &Plan<'_>, recap: &Recap, top: u32) -> Result<u32> {
    page.merged((top, LABEL), (top, VALUE), "Cakupan", Look::new(What::Wrapped, Tone::Head))?;
    let label = Look::new(What::Text, Tone::Plain);
    let (have, expected) = plan.book.complete;
    page.merged((top + 1, LABEL), (top + 1, LABEL + 1), &format!("{} yang lengkap", words::level(plan.level)), label)?;
    let tone = if have == expected { Tone::Good } else { Tone::Warn };
    page.text(top + 1, VALUE, &format!("{have} dari {expected}"), Look::new(What::Centred, tone))?;
    let mut row = top + 1;
    let below = plan.level.below().map_or("baris", words::level);
    let counts = [(below, recap.columns.rows), ("Desa/Kelurahan", recap.columns.counts[0]), ("TPS", recap.columns.counts[1])];
    for (name, col) in counts {
        let Some(col) = col else { continue };
        row += 1;
        page.merged((row, LABEL), (row, LABEL + 1), &format!("Jumlah {name}"), label)?;
        let total = At { sheet: recap.sheet, row: recap.total, col };
        page.formula(row, VALUE, &Formula::same(total), Look::new(What::Count, Tone::Plain))?;
        let stated = stated(page, recap, |r| Some(At { row: r, ..total }));
        let all = plan.book.chapters.len();
        let covers = format!("{stated} dari {all} {}", words::level_in_text(plan.level));
        let tone = if stated == all { Tone::Good } else { Tone::Warn };
        page.text(row, NOTE, &covers, Look::new(What::Text, tone))?;
    }
    Ok(row + 1)
}

/// Findings by severity, counted live on their sheet.
fn severities(page: &mut Page<'_, '_>, plan: &Plan<'_>, (sheet, rows): (usize, (u32, u32)), top: u32) -> Result<u32> {
    page.merged((top, LABEL), (top, VALUE), "Temuan", Look::new(What::Wrapped, Tone::Head))?;
    let all = [(Severity::Error, Tone::Bad), (Severity::Warning, Tone::Warn), (Severity::Info, Tone::Info)];
    for (row, (severity, tone)) in (top + 1..).zip(all) {
        let word = words::severity(severity);
        let count = plan.batch.findings.iter().filter(|f| plan.schemas.severity(f) == severity);
        let count = f64::from(u32::try_from(count.count()).unwrap_or(u32::MAX));
        let (name, column) = (page.ledger().sheets.get(sheet).cloned().unwrap_or_default(), findings::SEVERITY);
        let column = crate::model::origin::letters(column);
        let range = format!("{}!{column}{}:{column}{}", crate::model::origin::quoted(&name), rows.0 + 1, rows.1.max(rows.0) + 1);
        page.merged((row, LABEL), (row, LABEL + 1), &format!("Jumlah {word}"), Look::new(What::Text, Tone::Plain))?;
        let look = Look::new(What::Count, if count > 0.0 { tone } else { Tone::Plain });
        page.computed(row, VALUE, &format!("COUNTIF({range},\"{word}\")"), count, Flaw::None, look)?;
    }
    Ok(top + 4)
}

/// The regions without figures, by name.
fn missing(page: &mut Page<'_, '_>, plan: &Plan<'_>, top: u32) -> Result<u32> {
    let names: Vec<&str> =
        plan.book.chapters.iter().filter(|c| c.rows.is_empty() && c.whole.is_none()).map(|c| c.name.as_str()).collect();
    if names.is_empty() {
        return Ok(top);
    }
    let title = format!("Belum ada angka ({} {})", names.len(), words::level_in_text(plan.level));
    page.merged((top, LABEL), (top, NOTE), &title, Look::new(What::Wrapped, Tone::Head))?;
    let mut list: String = names.iter().take(40).copied().collect::<Vec<_>>().join(", ");
    if names.len() > 40 {
        let _ = write!(list, ", dan {} lainnya (lihat lembar Rekap)", names.len() - 40);
    }
    page.paragraph(top + 1, LABEL, NOTE, &list)?;
    Ok(top + 2)
}

/// Rows whose region is not certain: how many, their voters, and whether they count.
fn uncertain(page: &mut Page<'_, '_>, plan: &Plan<'_>, top: u32) -> Result<u32> {
    let said = |chapter: &Chapter| {
        let counted = if chapter.counts_uncertain(&plan.batch.entries) { "ikut dijumlah" } else { "tidak ikut dijumlah" };
        Some(format!("{}: {} {counted}.", chapter.name, super::chapter::uncertain(chapter)?))
    };
    let all: Vec<String> = plan.book.chapters.iter().filter_map(said).collect();
    if all.is_empty() {
        return Ok(top);
    }
    page.merged((top, LABEL), (top, NOTE), "Nama wilayah yang belum pasti (W01, W02)", Look::new(What::Wrapped, Tone::Head))?;
    let mut row = top;
    for sentence in all.iter().take(MOST_NAMED) {
        row += 1;
        page.paragraph(row, LABEL, NOTE, sentence)?;
    }
    if all.len() > MOST_NAMED {
        row += 1;
        page.paragraph(row, LABEL, NOTE, &format!("Begitu pula {} wilayah lain: lihat lembar Rekap.", all.len() - MOST_NAMED))?;
    }
    Ok(row + 1)
}

/// What was concluded and not stated.
fn inferred(page: &mut Page<'_, '_>, plan: &Plan<'_>, top: u32) -> Result<u32> {
    page.merged((top, LABEL), (top, NOTE), "Yang disimpulkan program, bukan dinyatakan", Look::new(What::Wrapped, Tone::Head))?;
    let mut row = top;
    for sentence in plan.batch.inferred.iter().take(20) {
        row += 1;
        page.paragraph(row, LABEL, NOTE, sentence)?;
    }
    if plan.batch.inferred.is_empty() {
        row += 1;
        page.paragraph(row, LABEL, NOTE, "Tidak ada: semua ketentuan batch dinyatakan dalam rekap.toml.")?;
    }
    Ok(row + 1)
}

/// Voters per region, and below it what came and went; returns the row below the charts.
fn charts(page: &mut Page<'_, '_>, plan: &Plan<'_>, recap: &Recap) -> Result<u32> {
    let bars = plan.book.chapters.len();
    if bars == 0 || bars > MOST_BARS {
        return Ok(0);
    }
    let height = u32::try_from(bars).unwrap_or(0) * 17 + 90;
    let mut row = 5;
    if let (Some(l), Some(p)) = (recap.at(0, AKHIR, 0), recap.at(0, AKHIR, 1)) {
        let name = format!("{} per {}", FLOW[AKHIR], words::level(plan.level));
        let chart = bar_chart(
            page,
            recap,
            &name,
            ChartType::BarStacked,
            [("Laki-laki", l.col, NAVY), ("Perempuan", p.col, SAND)],
            height,
        );
        page.sheet.insert_chart(row, CHARTS, &chart).map_err(trouble)?;
        row += height / 20 + 2;
    }
    if let (Some(baru), Some(tms)) = (recap.at(0, BARU, 2), recap.at(0, TMS, 2)) {
        let name = format!("{} dan {} per {}", FLOW[BARU], FLOW[TMS], words::level(plan.level));
        let chart = bar_chart(
            page,
            recap,
            &name,
            ChartType::Bar,
            [(FLOW[BARU], baru.col, NAVY), (FLOW[TMS], tms.col, SAND)],
            height + 60,
        );
        page.sheet.insert_chart(row, CHARTS, &chart).map_err(trouble)?;
        row += (height + 60) / 20 + 1;
    }
    Ok(row)
}

fn bar_chart(
    page: &Page<'_, '_>,
    recap: &Recap,
    title: &str,
    kind: ChartType,
    series: [(&str, u16, u32); 2],
    height: u32,
) -> Chart {
    let sheet = page.ledger().sheets.get(recap.sheet).cloned().unwrap_or_default();
    let (first, last) = recap.rows;
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(8);
    let mut chart = Chart::new(kind);
    for (name, col, colour) in series {
        let mut fill = ChartFormat::new();
        fill.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(colour)));
        chart
            .add_series()
            .set_name(name)
            .set_categories((sheet.as_str(), first, 1, last, 1))
            .set_values((sheet.as_str(), first, col, last, col))
            .set_format(&mut fill)
            .set_gap(45);
    }
    let mut title_font = ChartFont::new();
    title_font.set_name("Arial").set_size(10).set_bold();
    chart.title().set_name(title).set_font(&title_font);
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(GRID));
    chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max).set_font(&font);
    chart.x_axis().set_num_format("[$-421]#,##0").set_font(&font).set_major_gridlines_line(&line);
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    chart.set_width(640).set_height(height);
    chart
}
