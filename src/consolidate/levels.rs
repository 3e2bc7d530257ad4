//! D06 across documents: a row of an office above against what the region's own office sent, or against the document of that region
//! alone (a kecamatan has no office here: its table comes with those of its kabupaten).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::document::plain_number;
use crate::model::record::Type;
use crate::model::{Finding, Period, Region};

use super::Entry;
use super::frames::Sums;
use super::rows::{Printed, accepted, differ, rows, totals};
use super::setting::{Setting, period_of};

/// Tables that stand at several levels, named like their kinds, and the columns that say which series a row belongs to.
const TABLES: [(&str, &[&str]); 2] = [("pdpb", &[]), ("dpt", &["pemilihan", "tahap"])];

/// Findings by number of the entry they belong to: the document of the office above.
pub fn check(entries: &[Entry], setting: &Setting) -> Vec<(usize, Finding)> {
    TABLES.iter().flat_map(|(table, series)| Comparison::new(entries, setting, table, series).findings()).collect()
}

/// All documents of one kind by office and period.
struct Comparison<'a> {
    entries: &'a [Entry],
    setting: &'a Setting<'a>,
    table: &'a str,
    series: &'a [&'a str],
    own: BTreeMap<(Region, Option<Period>), Vec<usize>>,
    /// Documents about one region below their office, whole.
    parts: BTreeMap<(Region, Option<Period>), Vec<usize>>,
}

/// The documents that a row is compared with.
#[derive(Clone, Copy)]
enum Below<'a> {
    /// What the region's own office sent; several complete each other.
    Office(&'a [usize]),
    /// Documents about the region alone, each of them whole.
    Parts(&'a [usize]),
}

impl<'a> Below<'a> {
    const fn all(self) -> &'a [usize] {
        match self {
            Self::Office(all) | Self::Parts(all) => all,
        }
    }
}

impl<'a> Comparison<'a> {
    fn new(entries: &'a [Entry], setting: &'a Setting<'a>, table: &'a str, series: &'a [&'a str]) -> Self {
        let (mut own, mut parts): (BTreeMap<_, Vec<usize>>, BTreeMap<_, Vec<usize>>) = Default::default();
        for (number, entry) in accepted(entries, table) {
            let Some(satker) = entry.outcome.subject.satker else { continue };
            let period = period_of(entry, setting.config);
            own.entry((satker, period)).or_default().push(number);
            if let Some(part) = only_part((number, entry), table, satker, setting) {
                parts.entry((part, period)).or_default().push(number);
            }
        }
        Self { entries, setting, table, series, own, parts }
    }

    fn findings(&self) -> Vec<(usize, Finding)> {
        let pairs: Vec<(Printed, Below)> = accepted(self.entries, self.table)
            .flat_map(|(number, entry)| {
                let period = period_of(entry, self.setting.config);
                rows(number, entry, self.table).filter_map(move |row| self.below(&row, period).map(|own| (row, own)))
            })
            .collect();
        let compared: BTreeSet<usize> = pairs.iter().flat_map(|(_, below)| below.all().iter().copied()).collect();
        let sums = Sums::of(compared.iter().map(|&n| (n, &self.entries[n])), self.table);
        pairs.iter().flat_map(|(row, below)| self.differences(row, *below, &sums)).collect()
    }

    /// The documents that the row's own region sent for the period, or else those about it alone.
    fn below(&self, row: &Printed, period: Option<Period>) -> Option<Below<'_>> {
        let region = row.region()?;
        let from_above = self.entries[row.entry].outcome.subject.satker.is_none_or(|s| s != region);
        let office = self.own.get(&(region, period)).map(|all| Below::Office(all));
        office.or_else(|| self.parts.get(&(region, period)).map(|all| Below::Parts(all))).filter(|_| from_above)
    }

    /// D06 where neither the sum of the rows below nor their printed total agrees: if one does, the document below contradicts
    /// itself and says so in its own findings.
    fn differences(&self, row: &Printed, below: Below, sums: &Sums) -> Vec<(usize, Finding)> {
        let (Some(region), own) = (row.region(), self.same_series(row, below.all())) else {
            return Vec::new();
        };
        let whose = match (below, own.first()) {
            (Below::Parts(_), Some(&n)) => format!("\"{}\"", self.entries[n].source.document),
            _ => format!("dokumen {} sendiri", self.setting.name(region)),
        };
        let numbers = row.records.columns.iter().filter(|c| c.kind() == Type::Number).map(|c| c.name.as_str());
        let differs = |column: &str| {
            // What `awal` should be the period before says, and P02 with it.
            if column.starts_with("awal") && self.setting.before.is_some() {
                return None;
            }
            let (value, origin) = (row.number(column)?, row.origin(column)?);
            let says: Vec<(f64, Vec<f64>)> = own.iter().filter_map(|&n| self.says(n, region, column, sums)).collect();
            let sum: f64 = match below {
                Below::Office(_) => says.iter().map(|(sum, _)| sum).sum(),
                Below::Parts(_) => says.first().map_or(0.0, |(sum, _)| *sum),
            };
            let agrees = |said: f64| !differ(said, value);
            let one_agrees = agrees(sum) || says.iter().any(|(sum, printed)| agrees(*sum) || printed.iter().any(|&p| agrees(p)));
            if says.is_empty() || one_agrees {
                return None;
            }
            let message = format!(
                "{} {} di rekap ini {}, sedangkan {whose} berjumlah {}",
                self.setting.heading(self.table, column),
                row.name(),
                plain_number(value),
                plain_number(sum)
            );
            Some((row.entry, Finding::new("D06", message).at(origin).numbers(value, sum)))
        };
        numbers.filter_map(differs).collect()
    }

    /// Those of the documents whose rows belong to the same series (election, stage) as the row.
    fn same_series(&self, row: &Printed, own: &[usize]) -> Vec<usize> {
        let said = |of: &Printed| -> Vec<Option<String>> {
            self.series.iter().map(|c| of.records.text(of.row, c).map(str::to_owned)).collect()
        };
        let wanted = said(row);
        let same = |&n: &usize| rows(n, &self.entries[n], self.table).next().is_some_and(|first| said(&first) == wanted);
        own.iter().copied().filter(same).collect()
    }

    /// The sum of a document's rows as they are printed, and what it prints as its own total.
    fn says(&self, number: usize, region: Region, column: &str, sums: &Sums) -> Option<(f64, Vec<f64>)> {
        let entry = &self.entries[number];
        let own = totals(number, entry, self.table).chain(rows(number, entry, self.table));
        let printed: Vec<f64> = own.filter(|t| t.region() == Some(region)).filter_map(|t| t.number(column)).collect();
        let sum = sums.get(number, sums.below(number, region.level())?, column)?;
        if !self.covers(number, region, column) {
            return None;
        }
        let again = self.doubled(number, column);
        let sum = if again == 0.0 { sum } else { printed.first().copied().unwrap_or(sum + again) };
        Some((sum, printed.into_iter().chain(self.of_parts(number, region, column)).collect()))
    }

    /// What the printed totals of the region's parts add up to, where a document prints one for each part it has rows of, and none of its own.
    fn of_parts(&self, number: usize, region: Region, column: &str) -> Option<f64> {
        let (entry, below) = (&self.entries[number], region.level().below()?);
        let part = |of: Region| (of.level() >= below && of.within(region)).then(|| of.up_to(below));
        let rows: BTreeSet<Region> = rows(number, entry, self.table).filter_map(|r| part(r.region()?)).collect();
        let printed = totals(number, entry, self.table).filter_map(|t| Some((t.region()?, t.number(column)?)));
        let parts: BTreeMap<Region, f64> = printed.filter(|(of, _)| of.level() == below).collect();
        (!rows.is_empty() && parts.keys().eq(&rows)).then(|| parts.values().sum())
    }

    /// Whether the document's rows speak of most of the region. Where parts of it were not understood, the sum of the others is not its own.
    fn covers(&self, number: usize, region: Region, column: &str) -> bool {
        let entry = &self.entries[number];
        let Some(below) = region.level().below().filter(|_| entry.outcome.findings.iter().any(|f| f.code == "A13")) else {
            return true;
        };
        let stated = rows(number, entry, self.table).filter(|r| r.number(column).is_some());
        let regions: BTreeSet<Region> = stated.filter_map(|r| r.region()).map(|r| r.up_to(below)).collect();
        regions.len() * 2 > self.setting.regions.children(region).len()
    }

    /// What lines that stand twice (W04) add to a document's own sum: they are one row of the tables, but the document counts both.
    fn doubled(&self, number: usize, column: &str) -> f64 {
        let entry = &self.entries[number];
        let twice = entry.outcome.findings.iter().filter(|f| f.code == "W04");
        let values = twice.filter_map(|f| {
            let region = f.expected.parse::<Region>().ok()?;
            rows(number, entry, self.table).find(|r| r.region() == Some(region))?.number(column)
        });
        values.sum()
    }
}

/// The region below its office that a document is about alone, if it holds all of it: a row for each of its parts, or its printed total.
fn only_part((number, entry): (usize, &Entry), table: &str, satker: Region, setting: &Setting) -> Option<Region> {
    let below = satker.level().below()?;
    let mut regions = rows(number, entry, table).map(|r| r.region().filter(|r| r.level() > below && r.within(satker)));
    let part = regions.next()??.up_to(below);
    if !regions.all(|r| r.is_some_and(|r| r.within(part))) {
        return None;
    }
    let deeper = below.below()?;
    let held: BTreeSet<Region> = rows(number, entry, table).filter_map(|r| r.region()).map(|r| r.up_to(deeper)).collect();
    let children = setting.regions.children(part);
    let whole = !children.is_empty() && children.iter().all(|child| held.contains(child));
    let stated = || totals(number, entry, table).any(|t| t.region() == Some(part));
    (whole || stated()).then_some(part)
}
