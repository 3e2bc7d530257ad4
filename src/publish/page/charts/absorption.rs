//! How much of its budget each office has spent.

use crate::consolidate::budget::{MONEY, Office};
use crate::publish::words;
use crate::publish::workbook::names::short;

use super::super::Plan;
use super::{Bar, Chart, percent};

/// Offices that state both what they may spend and what they have spent.
pub fn of(plan: Plan<'_>) -> Option<Chart> {
    let book = plan.batch.budget.as_ref()?;
    let offices: Vec<(&Office, f64, f64)> = book.offices.iter().filter_map(both).collect();
    let most = offices.iter().map(|(_, pagu, spent)| spent / pagu).fold(1.0, f64::max);
    let bar = |&(office, pagu, spent): &(&Office, f64, f64)| {
        let share = format!("{} %", words::decimal(spent / pagu * 100.0, 2));
        let beyond = spent > pagu;
        Bar {
            name: short(&office.name),
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

fn both(office: &Office) -> Option<(&Office, f64, f64)> {
    let amount = |name: &str| {
        let place = MONEY.iter().position(|m| *m == name)?;
        office.whole.0.get(place)?.as_ref().map(|sum| sum.value)
    };
    Some((office, amount("pagu")?, amount("sd")?)).filter(|(_, pagu, _)| *pagu > 0.0)
}
