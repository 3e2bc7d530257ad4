//! Columns and formulas of needs, alike for both scenarios: one column for a good whose need is exact, three where it has bounds.

use crate::consolidate::supply::Need;
use crate::error::Result;
use crate::model::Region;
use crate::model::norm::NormGood;
use crate::normalise::expression::{Bound, Formula, STATIONS, VOTERS};
use crate::publish::workbook::heading::Head;
use crate::publish::workbook::{At, Flaw, Look, Page, Tone, What};

use super::parameters::Cells;

/// The columns of the goods on one sheet.
pub struct Columns {
    goods: Vec<(u16, Option<Formula>, Option<Formula>, bool)>,
    /// First column to the right.
    pub end: u16,
}

/// The three numbers of a good with bounds, left to right.
const BOUNDS: [(Bound, &str); 3] = [(Bound::Low, "Batas bawah"), (Bound::Likely, "Perkiraan"), (Bound::High, "Batas atas")];

impl Columns {
    /// Goods from a column on.
    pub fn new(goods: &[NormGood], from: u16) -> Self {
        let mut end = from;
        let mut columns = Vec::new();
        for good in goods {
            let formula = Formula::parse(&good.formula).ok();
            let wide = formula.as_ref().is_some_and(Formula::is_per_station);
            columns.push((end, formula, Formula::parse(&good.times).ok(), wide));
            end += if wide { 3 } else { 1 };
        }
        Self { goods: columns, end }
    }

    /// The headings.
    pub fn heads(&self, goods: &[NormGood]) -> Vec<Head> {
        let mut heads = Vec::new();
        for (good, (.., wide)) in goods.iter().zip(&self.goods) {
            if *wide {
                heads.extend(BOUNDS.map(|(_, name)| Head::of(good.label.as_str(), name, 13.0)));
            } else {
                heads.push(Head::alone(good.label.as_str(), 13.0));
            }
        }
        heads
    }

    /// The column of a good's estimate.
    pub fn likely(&self, good: usize) -> u16 {
        self.goods.get(good).map_or(0, |(col, .., wide)| col + u16::from(*wide))
    }

    /// The columns of a good's bounds, where it has any.
    pub fn bounds(&self, good: usize) -> Option<(u16, u16)> {
        self.goods.get(good).filter(|g| g.3).map(|(col, ..)| (*col, col + 2))
    }

    /// Every column.
    pub fn all(&self) -> impl Iterator<Item = u16> {
        self.goods.first().map_or(0, |g| g.0)..self.end
    }
}

/// A row of needs.
pub struct Line<'s> {
    /// Where it stands.
    pub row: u32,
    /// Which region.
    pub region: Region,
    /// Columns of voters and stations.
    pub counts: (u16, u16),
    /// Numbers of desa and kecamatan.
    pub inside: [f64; 2],
    /// Voters of each station.
    pub stations: Option<&'s str>,
}

/// Writes the needs of a row as live formulas with their results.
pub fn draw(page: &mut Page<'_, '_>, columns: &Columns, cells: &Cells, line: &Line<'_>, needs: &[Option<Need>]) -> Result<()> {
    for (good, (col, .., wide)) in columns.goods.iter().enumerate() {
        let blank = Look::new(What::Count, Tone::Absent);
        match needs.get(good).copied().flatten() {
            Some(need) => draw_one(page, columns, cells, line, (good, need), Tone::Plain)?,
            None => (*col..col + if *wide { 3 } else { 1 }).try_for_each(|c| page.blank(line.row, c, blank))?,
        }
    }
    Ok(())
}

/// Writes the need of one good as a live formula with its result.
pub fn draw_one(
    page: &mut Page<'_, '_>,
    columns: &Columns,
    cells: &Cells,
    line: &Line<'_>,
    (good, need): (usize, Need),
    tone: Tone,
) -> Result<()> {
    let Some((col, Some(formula), times, wide)) = columns.goods.get(good) else { return Ok(()) };
    let here = |col| At { sheet: 0, row: line.row, col }.address();
    let cell = |name: &str| match name {
        VOTERS => here(line.counts.0),
        STATIONS => here(line.counts.1),
        "desa" => format!("{}", line.inside[0]),
        "kecamatan" => format!("{}", line.inside[1]),
        parameter => cells.of(parameter, line.region),
    };
    let wanted: &[(Bound, &str)] = if *wide { &BOUNDS } else { &BOUNDS[1..2] };
    for (at, (bound, _)) in (*col..).zip(wanted) {
        let text = formula.in_sheet(&cell, line.stations, *bound);
        let text = times.as_ref().map_or_else(|| text.clone(), |t| format!("({text})*{}", t.in_sheet(&cell, None, *bound)));
        let value = match bound {
            Bound::Low => need.low,
            Bound::Likely => need.likely,
            Bound::High => need.high,
        };
        let look = Look::new(What::Count, tone);
        page.computed(line.row, at, &format!("ROUNDUP(ROUND({text},6),0)"), value, Flaw::None, look)?;
    }
    Ok(())
}
