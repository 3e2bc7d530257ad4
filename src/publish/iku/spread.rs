//! Sheet Sebaran: achievements at a glance, indicators down and offices across. Every number is that of the matrix.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use crate::error::Result;
use crate::model::Region;
use crate::publish::words;
use crate::publish::workbook::heading::{self, Head};
use crate::publish::workbook::names::short;
use crate::publish::workbook::page::trouble;
use crate::publish::workbook::{At, Desk, Flaw, Formula, Look, Page, Tone, What, print};

use super::matrix::{ACHIEVED, Placed};
use super::{MATRIX, Plan};

/// Column of the first office.
const LEFT: u16 = 3;

/// Draws the sheet.
///
/// # Errors
/// When it cannot be drawn.
pub fn draw(plan: &Plan<'_>, desk: &mut Desk<'_>, number: usize, placed: &Placed) -> Result<Worksheet> {
    let offices = offices(plan);
    let mut page = Page::new(desk, number)?;
    let mut heads = [("No", 5.0), ("Sasaran", 9.0), ("Indikator", 60.0)].map(|(name, width)| Head::alone(name, width)).to_vec();
    heads.extend(offices.keys().map(|&office| Head::of("Capaian (%)", column_name(plan, office), 13.0)));
    heads.extend([("Melapor", 9.0), ("Terendah (%)", 10.0)].map(|(name, width)| Head::alone(name, width)));
    page.widths(heads.iter().map(|h| h.width))?;
    page.text(0, 0, "SEBARAN CAPAIAN", Look::new(What::Text, Tone::Title))?;
    page.text(1, 0, &plan.whose, Look::new(What::Text, Tone::Subtitle))?;
    page.text(2, 0, NOTE, Look::new(What::Text, Tone::Note))?;
    let first = heading::draw(&mut page, 4, &heads)?;
    // Names of offices take two lines below their common heading.
    page.sheet.set_row_height(first - 2, 27.0).map_err(trouble)?;
    let mut row = first;
    let indicators = plan.book.aims.iter().enumerate().flat_map(|(a, aim)| aim.indicators.iter().map(move |i| (a, i)));
    let mut rows = placed.rows.iter();
    for (place, (aim, indicator)) in indicators.enumerate() {
        page.ordinal(row, 0, place + 1, Look::new(What::Centred, Tone::Plain))?;
        page.text(row, 1, &format!("S{}", aim + 1), Look::new(What::Text, Tone::Plain))?;
        page.text(row, 2, &indicator.name, Look::new(What::Wrapped, Tone::Plain))?;
        let own: Vec<Cell> = indicator.rows.iter().zip(rows.by_ref()).map(|(r, &at)| (r.satker, r.achieved, at)).collect();
        draw_row(&mut page, plan, row, &own, &offices)?;
        row += 1;
    }
    let end = (row.saturating_sub(1).max(first), heading::column(heads.len() - 1));
    page.sheet.set_freeze_panes(first, LEFT).map_err(trouble)?;
    print::set_up(&mut page, (4, first - 1), end, &plan.footer)?;
    page.finish(end)
}

const NOTE: &str = "Hijau: dua kategori teratas. Kuning: kategori tengah. Merah: di bawahnya, atau ada kesalahan pada barisnya. Kosong: tidak dilaporkan atau tidak dapat dihitung. \
                    Rinciannya di lembar Matriks.";

/// Office, achievement, and its row in the matrix.
type Cell = (Option<Region>, Option<f64>, u32);

/// The offices that report, with their columns.
fn offices(plan: &Plan<'_>) -> BTreeMap<Option<Region>, u16> {
    let rows = plan.book.aims.iter().flat_map(|a| &a.indicators).flat_map(|i| &i.rows);
    let mut offices: BTreeMap<Option<Region>, u16> = rows.map(|r| (r.satker, 0)).collect();
    for (col, place) in (LEFT..).zip(offices.values_mut()) {
        *place = col;
    }
    offices
}

fn column_name(plan: &Plan<'_>, office: Option<Region>) -> String {
    office.map_or_else(|| "tanpa satker".to_owned(), |o| format!("{o} {}", short(&words::region(plan.regions, o))))
}

/// The first achievement of each office that is known, how many report, and the lowest.
fn draw_row(
    page: &mut Page<'_, '_>,
    plan: &Plan<'_>,
    row: u32,
    own: &[Cell],
    offices: &BTreeMap<Option<Region>, u16>,
) -> Result<()> {
    let mut values = Vec::new();
    for (office, &col) in offices {
        match own.iter().find(|(satker, achieved, _)| satker == office && achieved.is_some()) {
            Some(&(_, achieved, at)) => {
                let value = achieved.unwrap_or_default();
                values.push(value);
                let cell = At { sheet: MATRIX, row: at, col: ACHIEVED };
                page.formula(row, col, &Formula::same(cell), Look::new(What::Decimal, tone(plan, value)))?;
            }
            None => page.blank(row, col, Look::new(What::Decimal, Tone::Plain))?,
        }
    }
    let last = LEFT + u16::try_from(offices.len()).unwrap_or(0);
    let [from, to] = [LEFT, last.saturating_sub(1).max(LEFT)].map(|col| page.at(row, col).address());
    let (count, decimal) = (Look::new(What::Count, Tone::Plain), Look::new(What::Decimal, Tone::Plain));
    let reporting = u32::try_from(values.len()).map_or(f64::NAN, f64::from);
    page.computed(row, last, &format!("COUNT({from}:{to})"), reporting, Flaw::None, count)?;
    match values.iter().copied().reduce(f64::min) {
        Some(least) => page.computed(row, last + 1, &format!("MIN({from}:{to})"), least, Flaw::None, decimal),
        None => page.blank(row, last + 1, decimal),
    }
}

fn tone(plan: &Plan<'_>, value: f64) -> Tone {
    match plan.scale.place(value) {
        0 | 1 => Tone::Good,
        2 => Tone::Warn,
        _ => Tone::Bad,
    }
}
