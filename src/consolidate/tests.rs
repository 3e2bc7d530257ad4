//! Cases across documents, each with a near miss. One file per check below `tests/`.

mod book;
mod budget;
mod continuity;
mod deliveries;
mod duplicates;
mod expected;
mod levels;
mod minutes;
mod supply;
mod twins;

use super::*;
use crate::model::record::Type;
use crate::model::schema::{Limits, Rule, RuleEnglish, Severity};
use crate::model::{Level, Origin, Outcome, Period, Receipt, Records, Status, Subject};

fn region(code: &str) -> Region {
    code.parse().unwrap()
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// A document under construction: rows of `pdpb` unless another table is asked for.
#[derive(Clone)]
struct Doc(Entry);

impl Doc {
    fn new(path: &str, kind: &str, satker: &str, when: &str) -> Self {
        let subject =
            Subject { kind: Some(kind.to_owned()), satker: satker.parse().ok(), period: when.parse().ok(), ..Subject::default() };
        let outcome = Outcome { sha256: path.to_owned(), subject, status: Status::Accepted, ..Outcome::default() };
        let received = Receipt { at: "2025-10-01T08:00:00+07:00".to_owned(), seconds: 100, stated: true };
        Self(Entry { source: Source { document: path.to_owned(), path: path.into(), bytes: 1, received }, outcome })
    }

    fn pdpb(path: &str, satker: &str, when: &str) -> Self {
        Self::new(path, "pdpb", satker, when)
    }

    /// A row of a table; the first column stands in column 1 of the row's line.
    fn put(list: &mut Vec<Records>, table: &str, at: &str, texts: &[(&str, &str)], numbers: &[(&str, f64)]) {
        let fixed = [("level", Type::Text), ("region", Type::Region), ("region_name", Type::Text)];
        let columns: Vec<(&str, Type)> = fixed
            .into_iter()
            .chain(texts.iter().map(|t| (t.0, Type::Text)))
            .chain(numbers.iter().map(|n| (n.0, Type::Number)))
            .collect();
        let fits = |r: &Records| r.table == table && columns.iter().all(|(name, _)| r.index(name).is_some());
        let place = list.iter().position(fits).unwrap_or_else(|| {
            list.push(Records::new(table, columns.clone()));
            list.len() - 1
        });
        let records = &mut list[place];
        let line = u32::try_from(records.len()).unwrap() + 5;
        let row = records.push(Origin::new(0, line, 0).into());
        match at.parse::<Region>() {
            Ok(region) => {
                records.set_region(row, "region", region, None, at);
                records.set_text(row, "level", region.level().as_str(), None);
            }
            Err(_) => records.set_text(row, "level", Level::Kecamatan.as_str(), None),
        }
        records.set_text(row, "region_name", at, None);
        for (name, text) in texts {
            records.set_text(row, name, text, None);
        }
        for ((name, value), col) in numbers.iter().zip(1_u16..) {
            records.set_number(row, name, *value, Some(Origin::new(0, line, col)), "");
        }
    }

    fn row(mut self, at: &str, numbers: &[(&str, f64)]) -> Self {
        Self::put(&mut self.0.outcome.records, "pdpb", at, &[], numbers);
        self
    }

    fn row_of(mut self, table: &str, at: &str, texts: &[(&str, &str)], numbers: &[(&str, f64)]) -> Self {
        Self::put(&mut self.0.outcome.records, table, at, texts, numbers);
        self
    }

    fn total(mut self, of: &str, numbers: &[(&str, f64)]) -> Self {
        Self::put(&mut self.0.outcome.printed, "pdpb", of, &[], numbers);
        self
    }

    fn total_of(mut self, table: &str, of: &str, numbers: &[(&str, f64)]) -> Self {
        Self::put(&mut self.0.outcome.printed, table, of, &[], numbers);
        self
    }

    fn with(mut self, change: impl FnOnce(&mut Entry)) -> Self {
        change(&mut self.0);
        self
    }
}

fn entries(docs: &[Doc]) -> Vec<Entry> {
    docs.iter().map(|d| d.0.clone()).collect()
}

fn config() -> BatchConfig {
    BatchConfig {
        name: "2025-10".to_owned(),
        wilayah: Some(region("62")),
        expected: vec![("pdpb".to_owned(), period("2025-TW3"))],
        satker: vec![region("62.01"), region("62.02")],
        ..BatchConfig::default()
    }
}

fn schemas() -> Schemas {
    let rule = |code: &str, severity| Rule {
        code: code.to_owned(),
        severity,
        title: String::new(),
        because: String::new(),
        remedy: String::new(),
        english: RuleEnglish { title: String::new(), because: String::new(), remedy: String::new() },
        source: String::new(),
    };
    Schemas {
        rules: vec![rule("D01", Severity::Error), rule("P04", Severity::Warning)],
        limits: Limits { change_percent: 5.0, ..Limits::default() },
        ..Schemas::default()
    }
}

fn regions() -> Regions {
    Regions::from_csv(
        b"kode,nama\n62,Kalimantan Tengah\n62.01,Kabupaten Kotawaringin Barat\n62.02,Kabupaten Kotawaringin Timur\n",
    )
    .unwrap()
}

fn batch_of(config: BatchConfig, docs: &[Doc], before: Option<&History>) -> (Consolidated, History) {
    consolidate(config, entries(docs), before, &schemas(), &regions())
}

fn batch(docs: &[Doc]) -> Consolidated {
    batch_of(config(), docs, None).0
}

/// Findings as `CODE document found→expected`, without those about missing documents.
fn told(batch: &Consolidated) -> Vec<String> {
    batch.findings.iter().map(|f| format!("{} {} {}→{}", f.code, f.document, f.found, f.expected)).collect()
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    let docs = [
        Doc::pdpb("b", "62.02", "2025-TW3").row("62.02.01", &[("akhir", 10.0)]),
        Doc::pdpb("a", "62.01", "2025-TW3").row("62.01.01", &[("akhir", 20.0)]).row("62.01.02", &[("akhir", 20.0)]),
        Doc::pdpb("c", "62.02", "2025-TW3").row("62.02.01", &[("akhir", 10.0)]),
    ];
    let mut turned = docs.to_vec();
    turned.reverse();
    assert_eq!(format!("{:?}", batch(&docs)), format!("{:?}", batch(&turned)));
}
