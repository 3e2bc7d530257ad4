//! The consolidated tables of budget and realisation, made from [`BudgetBook`]: not what was printed, but what it comes to.

use std::collections::BTreeMap;
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
    period: Option<Period>,
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
        period: book.period,
        level: t.level,
        code: &t.code,
        name: &t.name,
        offices: t.offices,
        values: t.money,
    });
    all.chain(by_office(book)).try_for_each(|line| row(table, &line, sink))?;
    unclaimed(book, batch).into_iter().try_for_each(|((office, code, name), (rows, money))| {
        let own = book.offices.iter().find(|o| Some(o.region) == office).and_then(|o| o.period);
        let (level, period) = (UNKNOWN, own.or(book.period));
        let line = Line { office, period, level, code, name, offices: rows, values: money.values() };
        row(table, &line, sink)
    })
}

/// The level of rows that no code claims.
const UNKNOWN: &str = "tidak_dikenal";

/// Rows that no code claims, by office, code and text as printed; of several alike the sum.
fn unclaimed<'a>(book: &'a BudgetBook, batch: &Consolidated) -> BTreeMap<(Option<Region>, &'a str, &'a str), (usize, Money)> {
    let mut found: BTreeMap<(Option<Region>, &str, &str), (usize, Money)> = BTreeMap::new();
    for line in &book.unknown {
        let office = batch.entries.get(line.entry).and_then(|e| e.outcome.subject.satker);
        let (rows, money) = found.entry((office, &line.code, &line.name)).or_default();
        *rows = 1;
        money.add(&line.money);
    }
    found
}

/// The lines of one office after the other, each begun by its whole. What came from nobody known is in the sums alone.
fn by_office(book: &BudgetBook) -> impl Iterator<Item = Line<'_>> {
    let known = book.offices.iter().enumerate().filter(|(_, o)| o.region != Region::NATION);
    known.flat_map(move |(number, office)| {
        let period = office.period.or(book.period);
        let whole = Line {
            office: Some(office.region),
            period,
            level: "",
            code: "",
            name: "",
            offices: 1,
            values: office.whole.values(),
        };
        let own = book.lines.iter().filter(move |l| l.office == number);
        let lines = own.map(move |l| Line {
            office: Some(office.region),
            period,
            level: l.level,
            code: &l.code,
            name: &l.name,
            offices: 1,
            values: l.money.values(),
        });
        std::iter::once(whole).chain(lines)
    })
}

fn row(table: &TableSchema, line: &Line, sink: &mut impl Sink) -> Result<()> {
    let period = line.period.map(|p| p.to_string()).unwrap_or_default();
    for field in &table.fields {
        sink.cell(match field.name.as_str() {
            "satker" => region(line.office),
            "period" => Cell::text(&period),
            "level" => Cell::text(line.level),
            "kode" => Cell::text(line.code),
            "uraian" => Cell::text(line.name),
            "n_satker" => number(u32::try_from(line.offices).ok().map(f64::from)),
            name => amount(name, &line.values),
        })?;
    }
    sink.end_row()
}

/// What offices had spent, period by period; what this batch says last.
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
    for month in &book.present {
        let document = first_part(&month.money).and_then(|entry| batch.entries.get(entry));
        month_row(table, month, &batch.config.name, document.map_or("", |e| e.source.document.as_str()), sink)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::book::Figure;
    use crate::consolidate::budget::{BudgetLine, Office, Sum, UnknownLine};
    use crate::model::record::Type;
    use crate::model::schema::Field;
    use crate::model::{Origin, Source, Subject};
    use crate::publish::fixture::Province;

    /// Rows as text, cells parted by commas.
    #[derive(Default)]
    struct Lines(Vec<String>, Vec<String>);

    impl Sink for Lines {
        fn cell(&mut self, cell: Cell<'_>) -> Result<()> {
            self.1.push(match cell {
                Cell::Empty => String::new(),
                Cell::Number(n) => n.to_string(),
                Cell::Text(t) => t.to_owned(),
                Cell::Region(r) => r.to_string(),
            });
            Ok(())
        }

        fn end_row(&mut self) -> Result<()> {
            self.0.push(std::mem::take(&mut self.1).join(","));
            Ok(())
        }
    }

    fn money(pagu: f64, sd: f64, row: u32) -> Money {
        let sum = |value: f64, col: u16| {
            Some(Sum { value, parts: vec![Figure { value, entry: 0, origin: Some(Origin::new(0, row, col)) }] })
        };
        Money([None, sum(pagu, 2), None, None, sum(sd, 5), None])
    }

    fn table(columns: &[&str]) -> TableSchema {
        let field =
            |name: &&str| Field { name: (*name).to_owned(), kind: Type::Text, heading: String::new(), describes: String::new() };
        TableSchema {
            name: TOTALS.into(),
            describes: String::new(),
            key: Vec::new(),
            fields: columns.iter().map(field).collect(),
        }
    }

    fn batch() -> Consolidated {
        let mut batch = Province { offices: 1, rows: 2 }.batch();
        let entry = &mut batch.entries[0];
        entry.outcome.subject =
            Subject { satker: "62.03".parse().ok(), period: "2025-TW3".parse().ok(), ..entry.outcome.subject.clone() };
        entry.source = Source { document: "62.03/LRA.xlsx".into(), ..entry.source.clone() };
        let region = "62.03".parse().unwrap();
        let office =
            Office { region, name: "Kapuas".into(), spending: Some(0), whole: money(300.0, 100.0, 9), ..Office::default() };
        let line = |level, code: &str, money| BudgetLine { level, code: code.into(), name: "x".into(), office: 0, money };
        let unknown = UnknownLine {
            entry: 0,
            span: Origin::new(0, 7, 0).into(),
            code: "33.5".into(),
            name: "y".into(),
            money: money(1.0, 0.0, 7),
        };
        let period: Period = "2025-TW3".parse().unwrap();
        let month = |program: &str, money| BudgetMonth { period, office: region, program: program.into(), money };
        batch.budget = Some(BudgetBook {
            period: Some(period),
            present: vec![month("", money(300.0, 100.0, 9)), month("WA", money(299.0, 100.0, 4))],
            offices: vec![office],
            lines: vec![line("program", "WA", money(299.0, 100.0, 4))],
            unknown: vec![unknown],
            ..BudgetBook::default()
        });
        batch
    }

    #[test]
    fn sums_offices_and_unknown_codes_are_rows() {
        let mut sink = Lines::default();
        totals(&table(&["satker", "level", "kode", "n_satker", "pagu", "sd", "persen"]), &batch(), &mut sink).unwrap();
        assert_eq!(
            sink.0,
            [
                ",,,1,300,100,33.33",
                ",program,WA,1,299,100,33.44",
                "62.03,,,1,300,100,33.33",
                "62.03,program,WA,1,299,100,33.44",
                "62.03,tidak_dikenal,33.5,1,1,0,0",
            ]
        );
    }

    #[test]
    fn every_part_has_its_cell_in_the_lineage() {
        let mut sink = Lines::default();
        lineage(&batch(), &mut sink).unwrap();
        assert_eq!(sink.0.len(), 4);
        assert!(sink.0[0].starts_with("rekap_anggaran,62.03||,pagu,62.03/LRA.xlsx,"), "{}", sink.0[0]);
    }

    #[test]
    fn the_present_period_ends_the_months() {
        let mut sink = Lines::default();
        months(&table(&["satker", "period", "program", "sd", "document"]), &batch(), &mut sink).unwrap();
        assert_eq!(sink.0, ["62.03,2025-TW3,,100,62.03/LRA.xlsx", "62.03,2025-TW3,WA,100,62.03/LRA.xlsx"]);
    }
}
