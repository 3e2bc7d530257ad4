//! D04: a count is whole and not negative.

use std::collections::BTreeSet;

use crate::kinds::Extraction;
use crate::model::document::plain_number;
use crate::model::{Equation, Finding, Findings, Origin, Records, Span, Term};

use super::used::figures;

/// Tables that hold counts, and their number columns that do not.
const COUNTING: [(&str, &[&str]); 4] = [("dpt", &[]), ("pdpb", &[]), ("pdpb_tms", &[]), ("logistik", &["harga"])];

/// Tables of voters, whose equations hold nothing but counts, and those equations.
const VOTERS: [&str; 2] = ["dpt", "pdpb"];
const STATED: [&str; 5] = ["D01", "D02", "D06", "P01", "P03"];

/// Adds D04 for every printed count that no count can be.
pub fn check(findings: &mut Findings, extraction: &Extraction) {
    let mut seen = BTreeSet::new();
    for records in extraction.records.iter().chain(&extraction.printed) {
        let Some((_, others)) = COUNTING.iter().find(|(table, _)| *table == records.table) else {
            continue;
        };
        for (row, number, origin) in figures(records) {
            let column = &records.columns[number];
            let Some(value) = column.number(row) else {
                continue;
            };
            let wrong = value < 0.0 || value.fract() != 0.0;
            if wrong && !others.contains(&column.name.as_str()) && seen.insert(origin) {
                findings.add(impossible(records, row, value, origin));
            }
        }
    }
    for term in terms(extraction) {
        if term.value.is_finite() && (term.value < 0.0 || term.value.fract() != 0.0) && seen.insert(term.origin) {
            findings.add(told("", term.value, term.origin));
        }
    }
}

/// What the equations of a document of voters count that is no row of a table: a figure said once more on another sheet.
fn terms(extraction: &Extraction) -> impl Iterator<Item = &Term> {
    let voters = extraction.records.iter().any(|r| VOTERS.contains(&r.table.as_str()));
    let stated = move |e: &&Equation| voters && STATED.contains(&e.code.as_str());
    extraction.equations.iter().filter(stated).flat_map(|e| &e.terms)
}

fn impossible(records: &Records, row: usize, value: f64, origin: Origin) -> Finding {
    let place = records.text(row, "region_name").map_or_else(String::new, |name| format!(" pada {name}"));
    told(&place, value, origin)
}

fn told(place: &str, value: f64, origin: Origin) -> Finding {
    let why = if value < 0.0 { "negatif" } else { "bukan bilangan bulat" };
    let shown = plain_number(value);
    let message = format!("{shown}{place} {why}; jumlah harus bilangan bulat, nol atau lebih");
    Finding::new("D04", message).at(Span::from(origin)).found(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::Type;

    fn found(table: &str, column: &str, value: f64) -> Vec<String> {
        let mut records = Records::new(table, [("region_name", Type::Text), (column, Type::Number)]);
        let row = records.push(Origin::new(0, 4, 1).into());
        records.set_text(row, "region_name", "KUMAI", None);
        records.set_number(row, column, value, Some(Origin::new(0, 4, 3)), "");
        let mut findings = Findings::default();
        check(&mut findings, &Extraction { records: vec![records], ..Extraction::default() });
        findings.0.into_iter().map(|f| format!("{} {} {}", f.code, f.found, f.message)).collect()
    }

    #[test]
    fn a_negative_count_and_half_a_voter_are_d04() {
        assert_eq!(
            found("pdpb", "baru_l", -12.0),
            ["D04 -12 -12 pada KUMAI negatif; jumlah harus bilangan bulat, nol atau lebih"]
        );
        assert_eq!(found("dpt", "l", 91.5).len(), 1);
    }

    #[test]
    fn nothing_is_wrong_with_zero_or_a_price() {
        assert!(found("dpt", "n_tps", 0.0).is_empty());
        assert!(found("logistik", "harga", 1250.5).is_empty());
        assert!(found("realisasi", "persen", 87.5).is_empty());
    }
}
