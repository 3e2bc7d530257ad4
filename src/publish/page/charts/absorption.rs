//! How much of its budget each office has spent.

use std::collections::BTreeMap;

use crate::model::{Records, Region};
use crate::publish::data::rows::accepted;
use crate::publish::words;
use crate::publish::workbook::names::short;

use super::super::Plan;
use super::{Bar, Chart, percent};

/// From the highest rows of the spending reports: those with the shortest path.
pub fn of(plan: Plan<'_>) -> Option<Chart> {
    let mut offices: BTreeMap<Region, (f64, f64)> = BTreeMap::new();
    for (entry, records) in accepted(plan.batch, "realisasi") {
        if let (Some(satker), Some((pagu, spent))) = (entry.outcome.subject.satker, highest(records)) {
            offices.entry(satker).or_insert((pagu, spent));
        }
    }
    let most = offices.values().map(|(pagu, spent)| spent / pagu).fold(1.0, f64::max);
    let bar = |(&satker, &(pagu, spent)): (&Region, &(f64, f64))| {
        let share = format!("{} %", words::decimal(spent / pagu * 100.0, 2));
        let beyond = spent > pagu;
        Bar {
            name: short(&words::region(plan.regions, satker)),
            value: if beyond { format!("! {share}") } else { share.clone() },
            class: if beyond { "batang-lewat" } else { "batang" },
            from: percent(0.0),
            long: percent(spent / pagu / most),
            figures: vec![words::count(pagu), words::count(spent), share],
        }
    };
    (!offices.is_empty()).then(|| Chart {
        id: "grafik-serapan",
        title: "Serapan anggaran per satker".to_owned(),
        note: "Realisasi sampai dengan periode ini dibanding pagu; garis menandai seluruh pagu. Tanda seru: melewati pagu."
            .to_owned(),
        heads: vec!["Pagu (Rp)", "Realisasi (Rp)", "Serapan"],
        bars: offices.iter().map(bar).collect(),
        rules: vec![(percent(1.0 / most), true)],
    })
}

/// Pagu and spending summed over the rows of the highest level; `None` where they are not stated.
fn highest(records: &Records) -> Option<(f64, f64)> {
    let depth = |row| records.text(row, "path").map_or(0, |p| p.matches('/').count());
    let top = (0..records.len()).map(depth).min()?;
    let rows = (0..records.len()).filter(|&row| depth(row) == top);
    let both = |row| Some((records.number(row, "pagu")?, records.number(row, "sd")?));
    let sum = rows.filter_map(both).fold((0.0, 0.0), |sum, (pagu, spent)| (sum.0 + pagu, sum.1 + spent));
    (sum.0 > 0.0).then_some(sum)
}
