//! LOGISTIK.xlsx: what an election needs of supplies, what is there, what is missing and what that costs.
//!
//! All numbers that an office may want to change stand on the sheet Parameter; everything else is a live formula on them and on figures of
//! documents. The sheets are drawn in the order of their references: parts, parameters, needs, forecast, plan, then the summary.

mod budget;
mod forecast;
mod formulas;
mod needs;
mod parameters;
mod parts;
mod plan;
mod stock;
mod summary;
mod title;

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use crate::consolidate::Consolidated;
use crate::consolidate::supply::{Located, SupplyBook};
use crate::error::Result;
use crate::model::Schemas;
use crate::normalise::region::Regions;
use crate::publish::words;

use super::workbook::evidence::Evidence;
use super::workbook::findings::{self, Wanted};
use super::workbook::ledger::Ledger;
use super::workbook::names::SheetNames;
use super::workbook::{self, Desk, Published, documents, sources};

/// Name of the file.
pub const FILE: &str = "LOGISTIK.xlsx";

/// The sheets, in the order in which they stand.
const SHEETS: [&str; 11] = [
    "Ringkasan",
    "Parameter",
    "Kebutuhan",
    "Proyeksi",
    "Perhitungan",
    "Anggaran",
    "Stok",
    "Rincian",
    "Temuan",
    "Berkas",
    "Sumber",
];
const RINGKASAN: usize = 0;
const PARAMETER: usize = 1;
const KEBUTUHAN: usize = 2;
const PROYEKSI: usize = 3;
const PERHITUNGAN: usize = 4;
const ANGGARAN: usize = 5;
const STOK: usize = 6;
const RINCIAN: usize = 7;
const TEMUAN: usize = 8;
const BERKAS: usize = 9;
const SUMBER: usize = 10;

/// What all sheets are drawn from.
struct Plan<'a> {
    batch: &'a Consolidated,
    book: &'a SupplyBook,
    schemas: &'a Schemas,
    regions: &'a Regions,
    evidence: Evidence<'a>,
    scope: String,
    footer: String,
}

impl<'a> Plan<'a> {
    fn new(batch: &'a Consolidated, book: &'a SupplyBook, schemas: &'a Schemas, regions: &'a Regions) -> Self {
        let now = |located: &Located| if let Located::Now(figure) = located { Some(figure.entry) } else { None };
        let mut entries: BTreeSet<usize> =
            book.areas.iter().flat_map(|a| a.voters.iter().chain(&a.stations)).filter_map(now).collect();
        entries.extend(book.areas.iter().filter_map(|a| a.series).flat_map(|((_, a), (_, b))| [a, b]).filter_map(|l| now(&l)));
        entries.extend(book.areas.iter().filter(|a| !a.parts_before).flat_map(|a| &a.parts).map(|p| p.voters.entry));
        entries.extend(book.stock.iter().flat_map(|s| s.amounts.iter().flatten()).map(|f| f.entry));
        entries.extend(book.prices.iter().flatten().filter_map(|p| p.figure).map(|f| f.entry));
        let scope = words::region(regions, book.scope);
        let footer = format!("Logistik {scope} — {}", book.norm.label);
        let evidence = Evidence::new(batch, schemas, &book.earlier, &entries);
        Self { batch, book, schemas, regions, evidence, scope, footer }
    }

    /// A figure of this batch or an earlier one, ready to be published.
    fn published(&self, located: &Located) -> Option<Published<'a>> {
        match located {
            Located::Now(figure) => self.evidence.published(figure),
            Located::Before(figure) => self.evidence.published_before(figure),
        }
    }
}

/// The finished workbook, and all its numbers with their sources.
///
/// # Errors
/// When it cannot be drawn or written.
pub fn workbook<'a>(
    batch: &'a Consolidated,
    book: &'a SupplyBook,
    schemas: &'a Schemas,
    regions: &'a Regions,
) -> Result<(Vec<u8>, Ledger<'a>)> {
    let plan = Plan::new(batch, book, schemas, regions);
    let mut desk = Desk::default();
    let mut names = SheetNames::default();
    desk.ledger.sheets = SHEETS.iter().map(|name| names.give(name)).collect();
    let (rincian, ranges) = parts::draw(&plan, &mut desk)?;
    let (parameter, cells) = parameters::draw(&plan, &mut desk)?;
    let (kebutuhan, needed) = needs::draw(&plan, &mut desk, &cells, &ranges)?;
    let (proyeksi, expected) = forecast::draw(&plan, &mut desk, &cells, &needed, &ranges)?;
    let (stok, stored) = stock::draw(&plan, &mut desk)?;
    let (perhitungan, costs) = plan::draw(&plan, &mut desk, &cells, (&needed, &expected), &stored)?;
    let (anggaran, ceiling) = budget::draw(&plan, &mut desk, &costs)?;
    let wanted = Wanted { batch, schemas, regions };
    let (temuan, _) = findings::draw(wanted, &mut desk, TEMUAN, &plan.footer)?;
    let berkas = documents::draw(wanted, &mut desk, BERKAS, &plan.footer)?;
    let ringkasan = summary::draw(&plan, &mut desk, (&needed, &expected), &costs, ceiling)?;
    let sumber = sources::draw(&mut desk, SUMBER, &plan.footer)?;
    let sheets: Vec<Worksheet> =
        vec![ringkasan, parameter, kebutuhan, proyeksi, perhitungan, anggaran, stok, rincian, temuan, berkas, sumber];
    workbook::bind(desk, "Kebutuhan Logistik", &format!("{} — {}", plan.scope, book.norm.label), sheets)
}
