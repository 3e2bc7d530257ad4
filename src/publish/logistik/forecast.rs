//! Sheet Proyeksi: voters grown from the PDPB series up to the election, the polling stations they need, and the norm applied to both.

use rust_xlsxwriter::Worksheet;

use crate::consolidate::supply::{Area, growth};
use crate::error::Result;
use crate::model::Region;
use crate::publish::words;
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Tone, What, print};

use super::formulas::{self, Columns, Line};
use super::needs::{self, Placed};
use super::parameters::{Cells, MONTHS, absolute};
use super::parts::{self, Ranges};
use super::{PROYEKSI, Plan, title};

/// Voters at the start of the series, their period, the latest, theirs, months between, growth, expected voters, expected stations.
const BASE: u16 = 4;
const LAST: u16 = 6;
const SPAN: u16 = 8;
const GROWTH: u16 = 9;
pub const EXPECTED: u16 = 10;
const STATIONS: u16 = 11;

const COUNT: Look = Look::new(What::Count, Tone::Plain);

/// Draws the sheet.
pub fn draw<'a>(
    plan: &Plan<'a>,
    desk: &mut Desk<'a>,
    cells: &Cells,
    now: &Placed,
    ranges: &Ranges,
) -> Result<(Worksheet, Placed)> {
    let goods = plan.book.goods();
    let columns = Columns::new(goods, STATIONS + 1);
    let mut page = Page::new(desk, PROYEKSI)?;
    let mut heads = needs::first_heads();
    heads.extend(
        [
            ("Pemilih awal deret", 12.0),
            ("Periode awal", 10.0),
            ("Pemilih terakhir", 12.0),
            ("Periode terakhir", 10.0),
            ("Selisih bulan", 8.0),
            ("Pertumbuhan per tahun", 12.0),
            ("Perkiraan pemilih", 12.0),
            ("Perkiraan TPS", 10.0),
        ]
        .map(|(name, width)| Head::alone(name, width)),
    );
    heads.extend(columns.heads(goods));
    page.widths(heads.iter().map(|h| h.width))?;
    let note = "Pertumbuhan dari deret PDPB, dibatasi menurut Parameter; wilayah tanpa deret memakai pertumbuhan kabupaten/kotanya, lalu jumlahnya.";
    title::draw(&mut page, plan, "PERKIRAAN PEMILIH, TPS, DAN KEBUTUHAN PADA HARI PEMUNGUTAN SUARA", note)?;
    let first = heading::draw(&mut page, 4, &heads)?;
    let placed = Placed { sheet: PROYEKSI, rows: now.rows.clone(), total: now.total, columns };
    for (number, area) in plan.book.areas.iter().enumerate().filter(|(_, a)| a.group.is_some()) {
        base(&mut page, plan, placed.rows[number], area, now)?;
    }
    let summed = [BASE, LAST, EXPECTED, STATIONS].into_iter().chain(placed.columns.all()).collect::<Vec<u16>>();
    rates(&mut page, plan, cells, &placed)?;
    for (number, area) in plan.book.areas.iter().enumerate().filter(|(_, a)| a.group.is_some()) {
        let desa = ranges.get(&number).filter(|_| area.by_desa().is_some()).map(|&rows| parts::range(rows, parts::DESA));
        expected(&mut page, cells, (placed.rows[number], area), now, desa.as_deref())?;
        let line = Line {
            row: placed.rows[number],
            region: area.region,
            counts: (EXPECTED, STATIONS),
            inside: area.counts,
            stations: None,
        };
        needs::named(&mut page, placed.rows[number], number + 1, area, Tone::Plain)?;
        formulas::draw(&mut page, &placed.columns, cells, &line, &area.needs[1])?;
    }
    needs::groups(&mut page, plan, (cells, &placed), &summed, ((EXPECTED, STATIONS), 1))?;
    let right = column(heads.len() - 1);
    page.sheet.set_freeze_panes(first, 3).map_err(trouble)?;
    print::set_up(&mut page, (4, first - 1), (placed.total, right), &plan.footer)?;
    Ok((page.finish((placed.total, right))?, placed))
}

/// First and last known voters; without a series the voters of today.
fn base<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, row: u32, area: &Area, now: &Placed) -> Result<()> {
    let absent = Look::new(What::Count, Tone::Absent);
    let text = Look::new(What::Centred, Tone::Plain);
    let Some(((from, start), (to, end))) = area.series else {
        for col in [BASE, BASE + 1, LAST + 1, SPAN] {
            page.blank(row, col, absent)?;
        }
        let voters = At { sheet: now.sheet, row, col: needs::VOTERS };
        return page.formula(row, LAST, &Formula::same(voters), COUNT).map(drop);
    };
    for (col, located) in [(BASE, start), (LAST, end)] {
        match plan.published(&located) {
            Some(published) => page.figure(row, col, published, COUNT)?,
            None => page.blank(row, col, absent)?,
        }
    }
    page.text(row, BASE + 1, &from.to_string(), text)?;
    page.text(row, LAST + 1, &to.to_string(), text)?;
    let months = to.end_month() - from.end_month();
    page.computed(row, SPAN, &months.to_string(), f64::from(months), Flaw::None, COUNT)
}

/// Growth of parts with a series, then of groups and of the whole over those of their parts that have one.
fn rates(page: &mut Page<'_, '_>, plan: &Plan<'_>, cells: &Cells, placed: &Placed) -> Result<()> {
    let areas = &plan.book.areas;
    let parts = |group: Option<usize>| {
        let inside = move |a: &&Area| a.group.is_some() && (group.is_none() || a.group == group);
        areas.iter().filter(inside)
    };
    for (number, area) in areas.iter().enumerate().filter(|(_, a)| a.group.is_some()) {
        if let Some(rate) = growth(std::iter::once(area)) {
            let row = placed.rows[number];
            let [base, last, span] = [BASE, LAST, SPAN].map(|col| page.at(row, col).address());
            rate_cell(page, cells, row, &format!("ROUND(({last}/{base})^(12/{span})-1,6)"), rate, Tone::Plain)?;
        }
    }
    let groups = (0..areas.len()).filter(|&i| areas[i].group.is_none()).map(|g| (Some(g), placed.rows[g]));
    for (group, row) in groups.chain([(None, placed.total)]) {
        for col in [BASE + 1, LAST + 1, SPAN] {
            page.blank(row, col, Look::new(What::Text, Tone::Total))?;
        }
        let rows: Vec<u32> = (0..areas.len())
            .filter(|&i| areas[i].series.is_some() && areas[i].group.is_some() && (group.is_none() || areas[i].group == group))
            .map(|i| placed.rows[i])
            .collect();
        let (Some(rate), Some(&from), Some(&to)) = (growth(parts(group)), rows.first(), rows.last()) else {
            page.blank(row, GROWTH, Look::new(What::Percent, Tone::Total))?;
            continue;
        };
        let sum = |col: u16| {
            let letter = crate::model::origin::letters(col);
            let (span, level) = (crate::model::origin::letters(SPAN), format!("{}:{}", from + 1, to + 1));
            let (a, b) = level.split_once(':').unwrap_or_default();
            format!("SUMIF({span}{a}:{span}{b},\">0\",{letter}{a}:{letter}{b})")
        };
        let months = page.at(from, SPAN).address();
        rate_cell(page, cells, row, &format!("ROUND(({}/{})^(12/{months})-1,6)", sum(LAST), sum(BASE)), rate, Tone::Total)?;
    }
    Ok(())
}

fn rate_cell(page: &mut Page<'_, '_>, cells: &Cells, row: u32, growth: &str, rate: f64, tone: Tone) -> Result<()> {
    page.computed(row, GROWTH, &cells.held(growth), rate, Flaw::None, Look::new(What::Percent, tone))
}

/// The rate a part takes over, expected voters and stations: desa by desa where the list goes down to them (`desa`), else with as many
/// voters to a station as today.
fn expected(page: &mut Page<'_, '_>, cells: &Cells, (row, area): (u32, &Area), now: &Placed, desa: Option<&str>) -> Result<()> {
    if growth(std::iter::once(area)).is_none() {
        let group = area.group.map(|g| page.at(now.rows[g], GROWTH)).filter(|at| page.ledger().get(*at).is_some());
        let whole = page.at(now.total, GROWTH);
        let from = group.or_else(|| page.ledger().get(whole).is_some().then_some(whole));
        match from.and_then(|at| Some((at, page.ledger().get(at)?.value))) {
            Some((at, rate)) => {
                page.computed(row, GROWTH, &at.address(), rate, Flaw::None, Look::new(What::Percent, Tone::Info))?;
            }
            None => page.blank(row, GROWTH, Look::new(What::Percent, Tone::Absent))?,
        }
    }
    let Some((voters, stations)) = area.expected else {
        page.blank(row, EXPECTED, COUNT)?;
        return page.blank(row, STATIONS, COUNT);
    };
    let [last, rate, then] = [LAST, GROWTH, EXPECTED].map(|col| page.at(row, col).address());
    let months = cells.of(MONTHS, Region::NATION);
    page.computed(row, EXPECTED, &format!("ROUND({last}*(1+{rate})^({months}/12),0)"), voters, Flaw::None, COUNT)?;
    let most = cells.of("pemilih_per_tps_paling_banyak", area.region);
    let [v, t] = [needs::VOTERS, needs::STATIONS].map(|col| absolute(At { sheet: now.sheet, row, col }));
    let text = match desa {
        Some(range) => format!("SUMPRODUCT(ROUNDUP(ROUND(ROUND({range}*{then}/{v},0)/{most},6),0))"),
        None => format!("IF(AND({v}>0,{t}>0),ROUNDUP(ROUND({then}/MIN({v}/{t},{most}),6),0),ROUNDUP(ROUND({then}/{most},6),0))"),
    };
    page.computed(row, STATIONS, &text, stations, Flaw::None, COUNT)
}

/// The words for the time of the forecast.
pub fn when(plan: &Plan<'_>) -> String {
    let of = |name| plan.book.norm.parameter(name, Region::NATION).and_then(|v| v.parse::<u16>().ok());
    let period = of("pemungutan_tahun").zip(of("pemungutan_bulan").and_then(|m| u8::try_from(m).ok()));
    period.map_or_else(String::new, |(year, month)| {
        words::period(crate::model::Period { year, part: crate::model::period::Part::Month(month) })
    })
}
