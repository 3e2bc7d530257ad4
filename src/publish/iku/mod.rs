//! IKU.xlsx, the workbook for those who evaluate performance: what was achieved, how it was computed, and the paper behind every claim.
//!
//! One file per sheet. The computed indicators are drawn first, for the matrix sets them beside what is reported, then the matrix, for the summary averages over it; the sheet of sources comes last.

mod computed;
mod evaluation;
mod matrix;
mod procedures;
mod proofs;
mod scale;
mod sent;
mod spread;
mod summary;

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use crate::consolidate::{Consolidated, IkuBook};
use crate::error::Result;
use crate::model::{Region, Schemas};
use crate::normalise::region::Regions;
use crate::publish::words;

use self::scale::Scale;
use super::workbook::evidence::Evidence;
use super::workbook::findings::{self, Wanted};
use super::workbook::ledger::Ledger;
use super::workbook::{self, Desk, sources};

/// Name of the file.
pub const FILE: &str = "IKU.xlsx";

/// The sheets in their order.
const SHEETS: [&str; 9] = ["Ringkasan", "Matriks", "Sebaran", "Perhitungan", "Bukti", "SOP", "LKE", "Temuan", "Sumber"];
/// Places in [`SHEETS`].
const MATRIX: usize = 1;

/// What all sheets are drawn from.
struct Plan<'a> {
    batch: &'a Consolidated,
    book: &'a IkuBook,
    schemas: &'a Schemas,
    regions: &'a Regions,
    evidence: Evidence<'a>,
    scale: Scale,
    /// Office and period, below every title.
    whose: String,
    footer: String,
}

/// The finished workbook, and all its numbers with their sources.
///
/// # Errors
/// When it cannot be drawn or written.
pub fn workbook<'a>(
    batch: &'a Consolidated,
    book: &'a IkuBook,
    schemas: &'a Schemas,
    regions: &'a Regions,
) -> Result<(Vec<u8>, Ledger<'a>)> {
    let plan = Plan::new(batch, book, schemas, regions);
    let mut desk = Desk::default();
    desk.ledger.sheets = SHEETS.map(str::to_owned).to_vec();
    let (perhitungan, shares) = computed::draw(&plan, &mut desk, 3)?;
    let (matriks, placed) = matrix::draw(&plan, &mut desk, MATRIX, &shares)?;
    let sebaran = spread::draw(&plan, &mut desk, 2, &placed)?;
    let bukti = proofs::draw(&plan, &mut desk, 4)?;
    let sop = procedures::draw(&plan, &mut desk, 5)?;
    let lke = evaluation::draw(&plan, &mut desk, 6)?;
    let wanted = Wanted { batch, schemas, regions };
    let (temuan, _) = findings::draw(wanted, &mut desk, 7, &plan.footer)?;
    let ringkasan = summary::draw(&plan, &mut desk, 0, &placed, &shares)?;
    let sumber = sources::draw(&mut desk, 8, &plan.footer)?;
    let all = vec![ringkasan, matriks, sebaran, perhitungan, bukti, sop, lke, temuan, sumber].into_iter().map(coloured);
    workbook::bind(desk, "Indikator Kinerja Utama", &plan.whose, all)
}

fn coloured(mut sheet: Worksheet) -> Worksheet {
    sheet.set_tab_color(rust_xlsxwriter::Color::RGB(workbook::style::NAVY));
    sheet
}

impl<'a> Plan<'a> {
    fn new(batch: &'a Consolidated, book: &'a IkuBook, schemas: &'a Schemas, regions: &'a Regions) -> Self {
        let rows = book.aims.iter().flat_map(|a| &a.indicators).flat_map(|i| &i.rows);
        let operands = book.indicators.iter().flat_map(|i| &i.shares).flat_map(|s| &s.operands);
        let sheets = sent::sent(batch).map(|(entry, ..)| entry);
        let entries: BTreeSet<usize> = rows.map(|r| r.entry).chain(operands.filter_map(|o| o.entry)).chain(sheets).collect();
        let scope = words::region(regions, book.scope);
        let period = book.period.map(words::period).unwrap_or_default();
        let whose = if period.is_empty() { scope } else { format!("{scope} — {period}") };
        Self {
            evidence: Evidence::new(batch, schemas, &[], &entries),
            scale: Scale::of(schemas),
            footer: format!("IKU {whose}"),
            whose,
            batch,
            book,
            schemas,
            regions,
        }
    }

    /// Path of a document by the number of its entry.
    fn document(&self, entry: usize) -> &'a str {
        self.batch.entries.get(entry).map_or("", |e| &e.source.document)
    }

    /// Name of an office.
    fn name(&self, satker: Option<Region>) -> String {
        satker.map(|s| words::region(self.regions, s)).unwrap_or_default()
    }
}
