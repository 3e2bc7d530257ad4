//! The consolidated tables of budget and realisation, made from [`BudgetBook`]: not what was printed, but what it comes to.

use std::fmt::Write as _;

use crate::consolidate::budget::{BudgetMonth, MONEY, Money, serapan};
use crate::consolidate::{BudgetBook, Consolidated};
use crate::error::Result;
use crate::model::schema::TableSchema;
use crate::model::{Period, Region, Span};

use super::locator::Locators;
use super::rows::{Cell, Sink};

/// Table of codes by office.
pub const TOTALS: &str = "rekap_anggaran";
/// Table of periods by office.
pub const MONTHS: &str = "serapan_bulanan";

/// One row of [`TOTALS`].
struct Line<'a> {
    office: Option<Region>,
    level: &'a str,
    code: &'a str,
    name: &'a str,
    offices: usize,
    values: [Option<f64>; MONEY.len()],
}

/// The sums over all offices, then every office with its codes.
///
/// # Errors
/// When the sink cannot write.
pub fn totals(table: &TableSchema, batch: &Consolidated, sink: &mut impl Sink) -> Result<()> {
    let Some(book) = &batch.budget else { return Ok(()) };
    let sums = book.totals();
    let all = sums.iter().map(|t| Line {
        office: None,
        level: t.level,
        code: &t.code,
        name: &t.name,
        offices: t.offices,
        values: t.money,
    });
    let period = shown(book.period);
    all.chain(by_office(book)).try_for_each(|line| row(table, &line, &period, sink))
}

/// The lines of one office after the other, each begun by its whole. What came from nobody known is in the sums alone.
fn by_office(book: &BudgetBook) -> impl Iterator<Item = Line<'_>> {
    let known = book.offices.iter().enumerate().filter(|(_, o)| o.region != Region::NATION);
    known.flat_map(move |(number, office)| {
        let whole =
            Line { office: Some(office.region), level: "", code: "", name: "", offices: 1, values: office.whole.values() };
        let own = book.lines.iter().filter(move |l| l.office == number);
        let lines = own.map(move |l| Line {
            office: Some(office.region),
            level: l.level,
            code: &l.code,
            name: &l.name,
            offices: 1,
            values: l.money.values(),
        });
        std::iter::once(whole).chain(lines)
    })
}

fn row(table: &TableSchema, line: &Line, period: &str, sink: &mut impl Sink) -> Result<()> {
    for field in &table.fields {
        sink.cell(match field.name.as_str() {
            "satker" => region(line.office),
            "period" => Cell::text(period),
            "level" => Cell::text(line.level),
            "kode" => Cell::text(line.code),
            "uraian" => Cell::text(line.name),
            "n_satker" => number(u32::try_from(line.offices).ok().map(f64::from)),
            name => amount(name, &line.values),
        })?;
    }
    sink.end_row()
}

/// What offices had spent, period by period; the present one last.
///
/// # Errors
/// When the sink cannot write.
pub fn months(table: &TableSchema, batch: &Consolidated, sink: &mut impl Sink) -> Result<()> {
    let Some(book) = &batch.budget else { return Ok(()) };
    for month in &book.months {
        let document = first_part(&month.money).and_then(|entry| book.earlier.get(entry));
        let (kumpulan, document) = document.map_or(("", ""), |d| (d.batch.as_str(), d.document.as_str()));
        month_row(table, month, kumpulan, document, sink)?;
    }
    for (number, office) in book.offices.iter().enumerate() {
        let Some(entry) = office.spending.and_then(|e| batch.entries.get(e)) else { continue };
        let Some(period) = entry.outcome.subject.period.or(book.period) else { continue };
        let programs =
            book.lines.iter().filter(|l| l.office == number && l.level == "program").map(|l| (l.code.as_str(), &l.money));
        for (program, money) in std::iter::once(("", &office.whole)).chain(programs) {
            let month = BudgetMonth { period, office: office.region, program: program.to_owned(), money: money.clone() };
            month_row(table, &month, &batch.config.name, &entry.source.document, sink)?;
        }
    }
    Ok(())
}

fn first_part(money: &Money) -> Option<usize> {
    money.0.iter().flatten().flat_map(|s| &s.parts).map(|f| f.entry).next()
}

fn month_row(table: &TableSchema, month: &BudgetMonth, batch: &str, document: &str, sink: &mut impl Sink) -> Result<()> {
    let (values, period) = (month.money.values(), month.period.to_string());
    for field in &table.fields {
        sink.cell(match field.name.as_str() {
            "satker" => region(Some(month.office)),
            "period" => Cell::text(&period),
            "program" => Cell::text(&month.program),
            "kumpulan" => Cell::text(batch),
            "document" => Cell::text(document),
            name => amount(name, &values),
        })?;
    }
    sink.end_row()
}

/// Every cell that a figure of [`TOTALS`] adds up, office by office.
///
/// # Errors
/// When the sink cannot write.
pub fn lineage(batch: &Consolidated, sink: &mut impl Sink) -> Result<()> {
    let Some(book) = &batch.budget else { return Ok(()) };
    let wholes = book.offices.iter().map(|o| (o.region, "", "", &o.whole));
    let lines = book.lines.iter().filter_map(|l| Some((book.offices.get(l.office)?.region, l.level, l.code.as_str(), &l.money)));
    let (mut key, mut locator) = (String::new(), String::new());
    for (office, level, code, money) in wholes.chain(lines) {
        key.clear();
        // Writing into a String cannot fail.
        let _ = write!(key, "{office}|{level}|{code}");
        for (name, sum) in MONEY.iter().zip(&money.0).filter_map(|(n, s)| Some((n, s.as_ref()?))) {
            for part in &sum.parts {
                let (Some(entry), Some(origin)) = (batch.entries.get(part.entry), part.origin) else { continue };
                locator.clear();
                Locators::new(&entry.outcome.places).span(Span::from(origin), &mut locator);
                for text in [TOTALS, &key, name, &entry.source.document, &locator, ""] {
                    sink.cell(Cell::text(text))?;
                }
                sink.end_row()?;
            }
        }
    }
    Ok(())
}

/// Offices that are not known have no region.
fn region<'a>(region: Option<Region>) -> Cell<'a> {
    region.filter(|&r| r != Region::NATION).map_or(Cell::Empty, Cell::Region)
}

fn number<'a>(value: Option<f64>) -> Cell<'a> {
    value.map_or(Cell::Empty, Cell::Number)
}

/// An amount by its name, or the share that was spent, to two decimals.
fn amount<'a>(name: &str, values: &[Option<f64>; MONEY.len()]) -> Cell<'a> {
    if name == "persen" {
        return number(serapan(values).map(|p| (p * 100.0).round() / 100.0));
    }
    number(MONEY.iter().position(|m| *m == name).and_then(|i| values[i]))
}

fn shown(period: Option<Period>) -> String {
    period.map(|p| p.to_string()).unwrap_or_default()
}
