//! Printed rows → lines of the book: every number keeps its cell.

use std::collections::BTreeMap;

use crate::model::Region;
use crate::model::reason::REASONS;

use super::book::{Figure, Line};
use super::rows::{Printed, differ};

/// awal, baru, tms, ubah, akhir × L, P, total: the columns of the table.
const FLOW: [[&str; 3]; 5] = [
    ["awal_l", "awal_p", "awal"],
    ["baru_l", "baru_p", "baru"],
    ["tms_l", "tms_p", "tms"],
    ["ubah_l", "ubah_p", "ubah"],
    ["akhir_l", "akhir_p", "akhir"],
];

/// The line of one region, from all rows that speak of it: of several that state a figure the first counts.
pub fn line(region: Option<Region>, name: String, rows: &[Printed], reasons: &[Printed]) -> Line {
    let figure = |column: &str| rows.iter().find_map(|row| figure(row, column));
    Line {
        region,
        name,
        counts: ["n_desa", "n_tps"].map(figure),
        flow: FLOW.map(|columns| with_total(columns.map(figure))),
        reasons: by_reason(reasons),
        previous: [None; 3],
    }
}

fn figure(row: &Printed, column: &str) -> Option<Figure> {
    row.number(column).map(|value| Figure { value, entry: row.entry, origin: row.origin(column) })
}

/// A total that is not printed is L + P.
fn with_total([l, p, total]: [Option<Figure>; 3]) -> [Option<Figure>; 3] {
    let worked_out = || l.zip(p).map(|(l, p)| Figure { value: l.value + p.value, entry: l.entry, origin: None });
    [l, p, total.or_else(worked_out)]
}

fn by_reason(rows: &[Printed]) -> Vec<(String, [Option<Figure>; 3])> {
    let mut by: BTreeMap<usize, (String, [Option<Figure>; 3])> = BTreeMap::new();
    for row in rows {
        let Some(reason) = row.records.text(row.row, "alasan") else {
            continue;
        };
        let place = REASONS.iter().position(|r| *r == reason).unwrap_or(REASONS.len());
        by.entry(place).or_insert_with(|| (reason.to_owned(), with_total(["l", "p", "total"].map(|c| figure(row, c)))));
    }
    by.into_values().collect()
}

/// The line of a region of which only the parts are known. A sum stands in no cell unless the document prints it: `printed`, the
/// document's own subtotal, lends its cell where it says the same.
pub fn summed(region: Region, name: String, parts: &[Line], printed: Option<&Line>) -> Line {
    let sum = |of: &dyn Fn(&Line) -> Option<Figure>| {
        let all: Option<Vec<Figure>> = parts.iter().map(of).collect();
        let all = all.filter(|a| !a.is_empty())?;
        let value = all.iter().map(|f| f.value).sum();
        let said = printed.and_then(of).filter(|p| !differ(p.value, value));
        Some(Figure { value, entry: all[0].entry, origin: said.and_then(|p| p.origin) })
    };
    let mut line = Line { region: Some(region), name, ..Line::default() };
    for n in 0..2 {
        line.counts[n] = sum(&|l: &Line| l.counts[n]);
    }
    for (measure, sex) in (0..5).flat_map(|m| (0..3).map(move |s| (m, s))) {
        line.flow[measure][sex] = sum(&|l: &Line| l.flow[measure][sex]);
    }
    for reason in REASONS {
        let of = |l: &Line, sex: usize| l.reasons.iter().find(|(r, _)| r == reason).and_then(|(_, f)| f[sex]);
        let figures = [0, 1, 2].map(|sex| sum(&|l: &Line| of(l, sex)));
        if figures.iter().any(Option::is_some) {
            line.reasons.push((reason.to_owned(), figures));
        }
    }
    line
}
