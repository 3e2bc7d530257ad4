//! Sheet Ringkasan: need, stock, what is missing and its cost by good, for today's voters and for those expected, against the ceiling.

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color, Worksheet,
};

use crate::error::Result;
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::style::{NAVY, SAND};
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Tone, What, print};

use super::needs::{self, Placed};
use super::plan::{COST, Costs, MISSING, STOCK};
use super::{PERHITUNGAN, Plan, RINGKASAN, forecast, title};

const GOOD: u16 = 1;
/// Needs of today: at least, probably, at most; then stock; then what is missing and costs, today and expected.
const NEED: u16 = 3;
const HAVE: u16 = 6;
const GAP: u16 = 7;
const MONEY: u16 = 8;
const THEN: u16 = 9;
const THEN_GAP: u16 = 10;
const THEN_MONEY: u16 = 11;
/// Label of the sum of all costs, and how it goes on where some are missing.
const WHOLE: &str = "JUMLAH BIAYA";
const LEFT_OUT: &str = " barang belum diketahui)";
/// What stands in the place of a cost that nobody can work out.
const UNPRICED: &str = "harga belum ada";
/// What stands in the place of voters that nobody knows, and of needs that cannot be worked out without them.
const UNKNOWN: &str = "tidak diketahui";
const OPEN: &str = "–";
const COUNT: Look = Look::new(What::Count, Tone::Plain);
const TOTAL: Look = Look::new(What::Count, Tone::Total);

/// Draws the sheet.
pub fn draw<'a>(
    plan: &Plan<'a>,
    desk: &mut Desk<'a>,
    (now, then): (&Placed, &Placed),
    costs: &Costs,
    ceiling: Option<At>,
) -> Result<Worksheet> {
    let mut page = Page::new(desk, RINGKASAN)?;
    let heads = heads();
    page.widths(heads.iter().map(|h| h.width))?;
    let when = forecast::when(plan);
    let note = if plan.book.without_voters() {
        "Pemilih dan TPS tidak diketahui; kebutuhan belum dapat dihitung, lihat \"Yang perlu diketahui\".".to_owned()
    } else {
        format!(
            "Dua perhitungan berdampingan: DPT dan TPS saat ini, dan perkiraan pada {when}. Angka dan norma diubah di lembar Parameter."
        )
    };
    title::draw(&mut page, plan, "KEBUTUHAN LOGISTIK: RINGKASAN", &note)?;
    let mut row = basis(&mut page, (now, then), 4)?;
    let first = heading::draw(&mut page, row + 1, &heads)?;
    row = first;
    for good in 0..plan.book.goods().len() {
        draw_good(&mut page, plan, (row, first), good, (now, then), costs)?;
        row += 1;
    }
    row = money(&mut page, (first, row), ceiling)?;
    row = notes(&mut page, plan, row + 1)?;
    let below = if plan.book.without_voters() { row } else { chart(&mut page, (first, plan.book.goods().len()), row + 1)? };
    let right = column(heads.len() - 1);
    page.sheet.set_active(true);
    print::set_up(&mut page, (0, 2), (below, right), &plan.footer)?;
    page.sheet.set_print_fit_to_pages(1, 1);
    page.finish((below, right))
}

fn heads() -> Vec<Head> {
    let mut heads = vec![Head::alone("No", 5.0), Head::alone("Barang", 38.0), Head::alone("Satuan", 9.0)];
    heads.extend(["Batas bawah", "Perkiraan", "Batas atas"].map(|n| Head::of("Kebutuhan menurut DPT saat ini", n, 13.0)));
    heads.push(Head::alone("Stok layak pakai", 12.0));
    heads.extend([("Kekurangan", 13.0), ("Biaya (Rp)", 19.0)].map(|(n, w)| Head::of("DPT saat ini", n, w)));
    heads.extend([("Kebutuhan", 13.0), ("Kekurangan", 13.0), ("Biaya (Rp)", 19.0)].map(|(n, w)| Head::of("Proyeksi", n, w)));
    heads
}

/// Voters and stations of both scenarios.
fn basis(page: &mut Page<'_, '_>, (now, then): (&Placed, &Placed), top: u32) -> Result<u32> {
    let head = Look::new(What::Wrapped, Tone::Head);
    page.merged((top, 0), (top, 2), "Dasar perhitungan", head)?;
    page.text(top, NEED, "DPT saat ini", head)?;
    page.text(top, NEED + 1, "Proyeksi", head)?;
    for (i, name) in (0..2).zip(["Pemilih", "TPS"]) {
        let row = top + 1 + u32::from(i);
        page.merged((row, 0), (row, 2), name, Look::new(What::Text, Tone::Plain))?;
        let today = At { sheet: now.sheet, row: now.total, col: needs::VOTERS + i };
        let later = At { sheet: then.sheet, row: then.total, col: forecast::EXPECTED + i };
        if page.ledger().get(today).is_none() {
            page.merged((row, NEED), (row, NEED + 1), UNKNOWN, Look::new(What::Centred, Tone::Warn))?;
            continue;
        }
        page.formula(row, NEED, &Formula::same(today), COUNT)?;
        page.formula(row, NEED + 1, &Formula::same(later), COUNT)?;
    }
    Ok(top + 3)
}

fn draw_good(
    page: &mut Page<'_, '_>,
    plan: &Plan<'_>,
    (row, first): (u32, u32),
    good: usize,
    (now, then): (&Placed, &Placed),
    costs: &Costs,
) -> Result<()> {
    let Some(norm) = plan.book.goods().get(good) else { return Ok(()) };
    let mark = if norm.verified { "" } else { " *" };
    page.ordinal(row, 0, (row - first + 1) as usize, Look::new(What::Centred, Tone::Plain))?;
    page.text(row, GOOD, &format!("{}{mark}", norm.label), Look::new(What::Text, Tone::Plain))?;
    page.text(row, GOOD + 1, &norm.unit, Look::new(What::Text, Tone::Plain))?;
    let likely = now.columns.likely(good);
    let (low, high) = now.columns.bounds(good).unwrap_or((likely, likely));
    for (col, from) in (NEED..).zip([low, likely, high]) {
        if plan.book.without_voters() {
            page.text(row, col, OPEN, Look::new(What::Centred, Tone::Absent))?;
            continue;
        }
        page.formula(row, col, &Formula::same(At { sheet: now.sheet, row: now.total, col: from }), COUNT)?;
    }
    page.formula(row, THEN, &Formula::same(then.likely(then.total, good)), COUNT)?;
    for (col, from) in [(HAVE, STOCK), (GAP, MISSING), (MONEY, COST), (THEN_GAP, MISSING + 1), (THEN_MONEY, COST + 1)] {
        let cells = costs.rows.0..=costs.rows.1;
        let of_good =
            cells.zip(&costs.lines).filter(|(_, (_, g))| *g == good).map(|(r, _)| At { sheet: PERHITUNGAN, row: r, col: from });
        let known: Vec<(f64, Flaw)> = of_good.filter_map(|at| page.ledger().get(at)).map(|p| (p.value, p.flaw)).collect();
        let label = format!("\"{}\"", norm.label.replace('"', "\"\""));
        let unpriced = !plan.book.without_voters() && plan.book.prices.get(good).is_some_and(Option::is_none);
        if known.is_empty() && unpriced && (from == COST || from == COST + 1) {
            let text = format!("IF({}=0,\"{UNPRICED}\",{})", costs.known_of_good(&label, from), costs.of_good(&label, from));
            page.worded(row, col, &text, UNPRICED, Look::new(What::Count, Tone::Warn))?;
            continue;
        }
        if known.is_empty() {
            page.blank(row, col, Look::new(What::Count, Tone::Absent))?;
            continue;
        }
        let flaw = known.iter().map(|k| k.1).max().unwrap_or_default();
        page.computed(row, col, &costs.of_good(&label, from), known.iter().map(|k| k.0).sum(), flaw, COUNT)?;
    }
    Ok(())
}

/// Cost of everything, and what the ceiling leaves of it.
fn money(page: &mut Page<'_, '_>, (first, end): (u32, u32), ceiling: Option<At>) -> Result<u32> {
    page.merged((end, 0), (end, MONEY - 1), "", Look::new(What::Centred, Tone::Total))?;
    page.merged((end, THEN), (end, THEN_GAP), "", TOTAL)?;
    let goods = end - first;
    for col in [MONEY, THEN_MONEY] {
        let cells: Vec<f64> = (first..end).filter_map(|r| page.ledger().get(page.at(r, col))).map(|p| p.value).collect();
        let range = format!("{}:{}", page.at(first, col).address(), page.at(end - 1, col).address());
        let missing = (goods as usize).saturating_sub(cells.len());
        if col == MONEY {
            let part = "\"JUMLAH BIAYA (SEBAGIAN: biaya \"&";
            let text = format!("IF(COUNT({range})={goods},\"{WHOLE}\",{part}({goods}-COUNT({range}))&\"{LEFT_OUT}\")");
            let said = if missing == 0 { WHOLE.to_owned() } else { format!("JUMLAH BIAYA (SEBAGIAN: biaya {missing}{LEFT_OUT}") };
            page.worded(end, 0, &text, &said, Look::new(What::Centred, Tone::Total))?;
        }
        let flaw = if missing > 0 { Flaw::Partial } else { Flaw::None };
        if cells.is_empty() {
            page.worded(end, col, &format!("IF(COUNT({range})=0,\"{OPEN}\",SUM({range}))"), OPEN, TOTAL)?;
        } else {
            page.computed(end, col, &format!("SUM({range})"), cells.iter().sum(), flaw, TOTAL)?;
        }
    }
    let Some(ceiling) = ceiling else {
        page.merged((end + 1, 0), (end + 1, MONEY - 1), "Pagu logistik", Look::new(What::Text, Tone::Plain))?;
        page.text(end + 1, MONEY, "tidak ada dalam batch ini", Look::new(What::Text, Tone::Absent))?;
        return Ok(end + 2);
    };
    for (row, label) in [(end + 1, "Pagu logistik (lembar Anggaran)"), (end + 2, "Pagu − biaya")] {
        page.merged((row, 0), (row, MONEY - 1), label, Look::new(What::Text, Tone::Plain))?;
        page.merged((row, THEN), (row, THEN_GAP), "", Look::new(What::Text, Tone::Plain))?;
    }
    for col in [MONEY, THEN_MONEY] {
        page.formula(end + 1, col, &Formula::same(ceiling), COUNT)?;
        let left = Formula::Combine(vec![(true, page.at(end + 1, col)), (false, page.at(end, col))]);
        page.formula(end + 2, col, &left, Look::new(What::Count, Tone::Plain).bold())?;
    }
    Ok(end + 3)
}

/// What was taken for granted, and goods without a price.
fn notes(page: &mut Page<'_, '_>, plan: &Plan<'_>, top: u32) -> Result<u32> {
    page.merged((top, 0), (top, THEN_MONEY), "Yang perlu diketahui", Look::new(What::Wrapped, Tone::Head))?;
    let mut row = top;
    let unpriced: Vec<&str> =
        plan.book.goods().iter().zip(&plan.book.prices).filter(|(_, p)| p.is_none()).map(|(g, _)| g.label.as_str()).collect();
    let mut all: Vec<String> = plan.book.notes.clone();
    if !unpriced.is_empty() {
        all.push(format!(
            "Belum ada harga untuk: {}. Biayanya tidak termasuk dalam jumlah; isi harganya di lembar Parameter.",
            unpriced.join("; ")
        ));
    }
    let doubtful: Vec<&str> = plan
        .book
        .goods()
        .iter()
        .zip(&plan.book.prices)
        .filter(|(_, p)| p.as_ref().is_some_and(|p| !p.verified))
        .map(|(g, _)| g.label.as_str())
        .collect();
    if !doubtful.is_empty() {
        all.push(format!(
            "Harga yang belum diverifikasi (schemas/harga.toml) dipakai untuk: {}. Biayanya perkiraan kasar; ganti harganya di lembar Parameter.",
            doubtful.join("; ")
        ));
    }
    if plan.book.goods().iter().any(|g| !g.verified) {
        all.push("* Norma belum dicocokkan dengan peraturannya (L03); hasilnya perkiraan, bukan dasar pengadaan.".to_owned());
    }
    for note in all {
        row += 1;
        page.paragraph(row, 0, THEN_MONEY, &note)?;
    }
    Ok(row + 1)
}

/// Cost of what is missing, by good.
fn chart(page: &mut Page<'_, '_>, (first, goods): (u32, usize), top: u32) -> Result<u32> {
    let last = first + u32::try_from(goods).unwrap_or(0).max(1) - 1;
    let sheet = super::SHEETS[RINGKASAN];
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(8);
    let mut chart = Chart::new(ChartType::Bar);
    for (name, col, colour) in [("DPT saat ini", MONEY, NAVY), ("Proyeksi", THEN_MONEY, SAND)] {
        let mut fill = ChartFormat::new();
        fill.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(colour)));
        chart
            .add_series()
            .set_name(name)
            .set_categories((sheet, first, GOOD, last, GOOD))
            .set_values((sheet, first, col, last, col))
            .set_format(&mut fill)
            .set_gap(60);
    }
    let mut title_font = ChartFont::new();
    title_font.set_name("Arial").set_size(10).set_bold();
    chart.title().set_name("Biaya kekurangan per barang (Rp)").set_font(&title_font);
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(0x00D9_DEE5));
    chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max).set_label_interval(1).set_font(&font);
    chart.x_axis().set_num_format("[$-421]#,##0").set_font(&font).set_major_gridlines_line(&line);
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    chart.set_width(1000).set_height(u32::try_from(goods).unwrap_or(0) * 44 + 110);
    page.sheet.insert_chart(top, 1, &chart).map_err(trouble)?;
    Ok(top + (u32::try_from(goods).unwrap_or(0) * 44 + 110) / 20 + 1)
}
