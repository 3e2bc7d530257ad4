//! Voters by region, and how much they changed.

use crate::consolidate::book::{Chapter, Figure};
use crate::publish::words;
use crate::publish::workbook::names::short;

use super::super::Plan;
use super::{Bar, Chart, percent};

/// Where akhir stands among the measures of a row.
const AKHIR: usize = 4;
/// Where the total of both sexes stands.
const TOTAL: usize = 2;

/// Voters at the end of the period.
pub fn by_region(plan: Plan<'_>) -> Option<Chart> {
    let book = plan.batch.pdpb.as_ref()?;
    let regions: Vec<(&Chapter, f64)> = book.chapters.iter().filter_map(|c| Some((c, now(c)?))).collect();
    let most = regions.iter().map(|(_, n)| *n).fold(0.0, f64::max);
    let all: f64 = regions.iter().map(|(_, n)| n).sum();
    let bar = |(chapter, voters): &(&Chapter, f64)| Bar {
        name: short(&chapter.name),
        value: words::count(*voters),
        class: "batang",
        from: percent(0.0),
        long: percent(voters / most),
        figures: vec![words::count(*voters)],
    };
    (most > 0.0).then(|| Chart {
        id: "grafik-pemilih",
        title: "Pemilih akhir per wilayah".to_owned(),
        note: format!(
            "Jumlah {} pemilih dari {} wilayah; {} wilayah belum ada angkanya.",
            words::count(all),
            regions.len(),
            book.chapters.len() - regions.len()
        ),
        heads: vec!["Pemilih akhir"],
        bars: regions.iter().map(bar).collect(),
        rules: Vec::new(),
    })
}

/// Change against the period before, in percent.
pub fn change(plan: Plan<'_>) -> Option<Chart> {
    let book = plan.batch.pdpb.as_ref()?;
    let before = book.before?;
    let limit = plan.schemas.limits.change_percent;
    let both = |c: &'_ Chapter| Some((c.previous[TOTAL]?.value, now(c)?)).filter(|(then, _)| *then > 0.0);
    let regions: Vec<(&Chapter, (f64, f64))> = book.chapters.iter().filter_map(|c| Some((c, both(c)?))).collect();
    let share = |(then, now): (f64, f64)| (now - then) / then * 100.0;
    let most = regions.iter().map(|(_, b)| share(*b).abs()).fold(limit.max(0.1) * 1.1, f64::max);
    let bar = |(chapter, (then, now)): &(&Chapter, (f64, f64))| {
        let change = share((*then, *now));
        let beyond = limit > 0.0 && change.abs() > limit;
        let signed = |n: f64, text: String| if n > 0.0 { format!("+{text}") } else { text };
        let in_percent = format!("{} %", signed(change, words::decimal(change, 2)));
        let half = change / most / 2.0;
        Bar {
            name: short(&chapter.name),
            value: if beyond { format!("! {in_percent}") } else { in_percent.clone() },
            class: if beyond { "batang-lewat" } else { "batang" },
            from: percent(0.5 + half.min(0.0)),
            long: percent(half.abs()),
            figures: vec![words::count(*then), words::count(*now), signed(now - then, words::count(now - then)), in_percent],
        }
    };
    let at = |value: f64| percent(0.5 + value / most / 2.0);
    (!regions.is_empty()).then(|| Chart {
        id: "grafik-perubahan",
        title: format!("Perubahan terhadap {}", words::period(before)),
        note: format!(
            "Garis tengah berarti tetap; garis putus-putus batas {} % ke atas dan ke bawah. Tanda seru: melewati batas.",
            words::decimal(limit, 1)
        ),
        heads: vec!["Sebelumnya", "Sekarang", "Perubahan", "Persen"],
        bars: regions.iter().map(bar).collect(),
        rules: vec![(at(0.0), false), (at(-limit), true), (at(limit), true)],
    })
}

/// Voters of both sexes at the end of the period, as far as they are stated.
fn now(chapter: &Chapter) -> Option<f64> {
    let total = |line: &crate::consolidate::book::Line| line.flow[AKHIR][TOTAL].map(|f: Figure| f.value);
    let rows: Vec<f64> = chapter.rows.iter().filter_map(total).collect();
    if rows.is_empty() { chapter.whole.as_ref().and_then(total) } else { Some(rows.iter().sum()) }
}
