//! Sheet Kebutuhan: what the norm gives for the voters and polling stations of today, from kecamatan up.

use rust_xlsxwriter::Worksheet;

use crate::consolidate::supply::Area;
use crate::error::Result;
use crate::publish::words;
use crate::publish::workbook::heading::{self, Head, column};
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Tone, What, print};

use super::formulas::{self, Columns, Line};
use super::parameters::Cells;
use super::parts::{self, Ranges};
use super::{KEBUTUHAN, Plan, title};

/// Columns before the goods.
pub const VOTERS: u16 = 4;
pub const STATIONS: u16 = 5;

/// Where the needs of one scenario stand.
pub struct Placed {
    /// Number of the sheet.
    pub sheet: usize,
    /// Row of each area.
    pub rows: Vec<u32>,
    /// Row of the total.
    pub total: u32,
    /// Columns of the goods.
    pub columns: Columns,
}

impl Placed {
    /// The estimate of a good in a row.
    pub fn likely(&self, row: u32, good: usize) -> At {
        At { sheet: self.sheet, row, col: self.columns.likely(good) }
    }
}

/// Draws the sheet.
pub fn draw<'a>(plan: &Plan<'a>, desk: &mut Desk<'a>, cells: &Cells, ranges: &Ranges) -> Result<(Worksheet, Placed)> {
    let goods = plan.book.goods();
    let columns = Columns::new(goods, STATIONS + 1);
    let mut page = Page::new(desk, KEBUTUHAN)?;
    let mut heads = first_heads();
    heads.extend([Head::alone("Pemilih", 12.0), Head::alone("TPS", 9.0)]);
    heads.extend(columns.heads(goods));
    page.widths(heads.iter().map(|h| h.width))?;
    let note = "Batas bawah dan atas: bila pemilih per TPS tidak diketahui, cadangan yang dibulatkan tiap TPS hanya dapat diperkirakan. TPS kuning: dihitung dari batas pemilih per TPS. Merah: ada temuan kesalahan pada sel asalnya.";
    title::draw(&mut page, plan, "KEBUTUHAN LOGISTIK MENURUT DPT DAN TPS SAAT INI", note)?;
    let first = heading::draw(&mut page, 4, &heads)?;
    let rows: Vec<u32> = (first..).take(plan.book.areas.len()).collect();
    let total = rows.last().map_or(first, |r| r + 1);
    let placed = Placed { sheet: KEBUTUHAN, rows, total, columns };
    for (number, area) in plan.book.areas.iter().enumerate().filter(|(_, a)| a.group.is_some()) {
        draw_part(&mut page, plan, cells, ranges, &placed, (number, area))?;
    }
    let summed: Vec<u16> = (VOTERS..placed.columns.end).collect();
    groups(&mut page, plan, (cells, &placed), &summed, ((VOTERS, STATIONS), 0))?;
    let right = column(heads.len() - 1);
    page.sheet.set_freeze_panes(first, 3).map_err(trouble)?;
    print::set_up(&mut page, (4, first - 1), (total, right), &plan.footer)?;
    Ok((page.finish((total, right))?, placed))
}

/// The columns that name a region.
pub fn first_heads() -> Vec<Head> {
    [("No", 6.0), ("Kode", 11.0), ("Wilayah", 32.0), ("Tingkat", 15.0)].map(|(name, width)| Head::alone(name, width)).to_vec()
}

/// Number, code, name and level of an area.
pub fn named(page: &mut Page<'_, '_>, row: u32, number: usize, area: &Area, tone: Tone) -> Result<()> {
    let text = Look::new(What::Text, tone);
    page.ordinal(row, 0, number, Look::new(What::Centred, tone))?;
    let level = if area.uncertain > 0 { "belum pasti" } else { words::level(area.region.level()) };
    let text = if area.uncertain > 0 { Look::new(What::Text, Tone::Warn) } else { text };
    page.text(row, 1, &area.region.to_string(), text)?;
    page.text(row, 2, &area.name, text)?;
    page.text(row, 3, level, text)
}

fn draw_part<'a>(
    page: &mut Page<'_, 'a>,
    plan: &Plan<'a>,
    cells: &Cells,
    ranges: &Ranges,
    placed: &Placed,
    (number, area): (usize, &'a Area),
) -> Result<()> {
    let row = placed.rows[number];
    let range = ranges.get(&number).copied();
    named(page, row, number + 1, area, Tone::Plain)?;
    voters(page, plan, row, area, range)?;
    stations(page, plan, cells, row, area, range)?;
    let stations = range.filter(|_| area.by_station).map(|rows| parts::range(rows, parts::VOTERS));
    let line = Line { row, region: area.region, counts: (VOTERS, STATIONS), inside: area.counts, stations: stations.as_deref() };
    formulas::draw(page, &placed.columns, cells, &line, &area.needs[0])
}

/// Voters as printed; where the list prints only their parts, the parts' sum.
fn voters<'a>(page: &mut Page<'_, 'a>, plan: &Plan<'a>, row: u32, area: &Area, range: Option<(u32, u32)>) -> Result<()> {
    let look = Look::new(What::Count, Tone::Plain);
    let worked_out = area.voters.is_some_and(|v| v.figure().origin.is_none());
    if let Some(rows) = range.filter(|_| worked_out) {
        let (from, to) = parts::cells(rows, parts::VOTERS);
        return page.formula(row, VOTERS, &Formula::sum(from, to), look).map(drop);
    }
    match area.voters.and_then(|v| plan.published(&v)) {
        Some(published) => page.figure(row, VOTERS, published, look),
        None => page.blank(row, VOTERS, Look::new(What::Count, Tone::Absent)),
    }
}

/// Stations as printed, as many as are listed, or as many as the voters need.
fn stations<'a>(
    page: &mut Page<'_, 'a>,
    plan: &Plan<'a>,
    cells: &Cells,
    row: u32,
    area: &Area,
    range: Option<(u32, u32)>,
) -> Result<()> {
    let look = Look::new(What::Count, Tone::Plain);
    let printed = area.stations.filter(|s| s.figure().origin.is_some() || range.is_none());
    if let Some(published) = printed.and_then(|s| plan.published(&s)) {
        return page.figure(row, STATIONS, published, look);
    }
    let value = area.stations.map(|s| s.value());
    if let (Some(rows), Some(value)) = (range, value) {
        let listed = area.parts.iter().all(|p| p.stations.is_none());
        let (name, col) = if listed { ("COUNT", parts::VOTERS) } else { ("SUM", parts::VOTERS + 1) };
        return page.computed(row, STATIONS, &format!("{name}({})", parts::range(rows, col)), value, Flaw::None, look);
    }
    let Some(voters) = area.voters.map(|v| v.value()) else {
        return page.blank(row, STATIONS, Look::new(What::Count, Tone::Absent));
    };
    let most = plan.book.norm.parameter("pemilih_per_tps_paling_banyak", area.region).and_then(|m| m.parse::<f64>().ok());
    let cell = page.at(row, VOTERS).address();
    let text = format!("ROUNDUP(ROUND({cell}/{},6),0)", cells.of("pemilih_per_tps_paling_banyak", area.region));
    let value = ((voters / most.unwrap_or(300.0) * 1e6).round() / 1e6).ceil();
    page.computed(row, STATIONS, &text, value, Flaw::Partial, look)
}

/// Groups are the sums of their parts, the total that of the groups. What is counted once for a group has a formula of its own there;
/// `counts` are the columns of voters and stations, `scenario` numbers the needs of an area.
pub fn groups(
    page: &mut Page<'_, '_>,
    plan: &Plan<'_>,
    (cells, placed): (&Cells, &Placed),
    summed: &[u16],
    (counts, scenario): ((u16, u16), usize),
) -> Result<()> {
    let numbers: Vec<usize> = (0..plan.book.areas.len()).filter(|&i| plan.book.areas[i].group.is_none()).collect();
    for &group in &numbers {
        let row = placed.rows[group];
        named(page, row, group + 1, &plan.book.areas[group], Tone::Total)?;
        let parts: Vec<u32> = plan.book.parts(group).map(|i| placed.rows[i]).collect();
        for &col in summed {
            let look = Look::new(What::Count, Tone::Total);
            match (parts.first(), parts.last()) {
                (Some(&from), Some(&to)) => {
                    page.formula(row, col, &Formula::sum(page.at(from, col), page.at(to, col)), look)?;
                }
                _ => page.blank(row, col, look)?,
            }
        }
        let area = &plan.book.areas[group];
        let below = |good: usize| {
            plan.book.parts(group).any(|i| plan.book.areas[i].needs[scenario].get(good).is_some_and(Option::is_some))
        };
        let line = Line { row, region: area.region, counts, inside: area.counts, stations: None };
        for (good, need) in area.needs[scenario].iter().enumerate() {
            if let Some(need) = need.filter(|_| plan.book.parts(group).next().is_some() && !below(good)) {
                formulas::draw_one(page, &placed.columns, cells, &line, (good, need), Tone::Total)?;
            }
        }
    }
    page.merged((placed.total, 0), (placed.total, 3), "JUMLAH", Look::new(What::Centred, Tone::Total))?;
    for &col in summed {
        total(page, placed.total, col, numbers.iter().map(|&g| placed.rows[g]))?;
    }
    Ok(())
}

/// Most cells that one SUM may name.
const MOST_NAMED: usize = 200;

fn total(page: &mut Page<'_, '_>, row: u32, col: u16, groups: impl Iterator<Item = u32>) -> Result<()> {
    let cells: Vec<At> = groups.map(|row| page.at(row, col)).collect();
    let known: Vec<(f64, Flaw)> = cells.iter().filter_map(|at| page.ledger().get(*at)).map(|p| (p.value, p.flaw)).collect();
    if known.is_empty() {
        return page.blank(row, col, Look::new(What::Count, Tone::Total));
    }
    let names: Vec<String> = cells.iter().map(|at| at.address()).collect();
    let sums: Vec<String> = names.chunks(MOST_NAMED).map(|some| format!("SUM({})", some.join(","))).collect();
    let flaw = known.iter().map(|k| k.1).max().unwrap_or_default();
    let value = known.iter().map(|k| k.0).sum();
    page.computed(row, col, &sums.join("+"), value, flaw, Look::new(What::Count, Tone::Total))
}
