//! How the batch stands: one sentence and three figures.

use std::collections::BTreeSet;

use crate::consolidate::{Delivery, State};
use crate::model::schema::Severity;
use crate::publish::words;

use super::Plan;
use super::faults::Faults;
use super::ties::Ties;

/// The sentence at the top.
pub struct Stamp {
    /// Class of its colour.
    pub class: &'static str,
    /// What it says.
    pub text: String,
}

/// One of the three figures.
pub struct Headline {
    /// Class of its colour.
    pub class: &'static str,
    /// What it counts.
    pub label: &'static str,
    /// The figure.
    pub figure: String,
    /// What it is out of, or what else belongs to it.
    pub beside: String,
    /// Where more about it stands on the page.
    pub target: &'static str,
}

/// `BELUM LENGKAP: …`, `LENGKAP, ADA KESALAHAN: …` or `LENGKAP: …`.
pub fn stamp(plan: Plan<'_>, faults: &Faults<'_>) -> Stamp {
    let (have, all) = complete(plan);
    let errors = faults.count(Severity::Error);
    let missing = all - have;
    if missing > 0 && all > 0 {
        let text = format!("Belum lengkap: {missing} dari {all} satker belum mengirim semuanya atau harus memperbaiki.");
        Stamp { class: "rusak", text }
    } else if errors > 0 {
        Stamp { class: "rusak", text: format!("Ada {errors} kesalahan yang harus diperbaiki sebelum angka dipakai.") }
    } else if faults.count(Severity::Warning) > 0 {
        Stamp { class: "lambat", text: "Lengkap tanpa kesalahan; peringatan di bawah perlu dilihat.".to_owned() }
    } else {
        Stamp { class: "baik", text: "Lengkap tanpa kesalahan dan tanpa peringatan.".to_owned() }
    }
}

/// Offices complete, errors by cause, rows that tie.
pub fn boxes(plan: Plan<'_>, faults: &Faults<'_>, ties: &Ties) -> [Headline; 3] {
    [offices(plan), errors(faults), rows(ties)]
}

fn offices(plan: Plan<'_>) -> Headline {
    let (have, all) = complete(plan);
    let (class, figure, beside) = match all {
        0 => ("kosong", "–".to_owned(), "tidak ada kiriman yang dinyatakan wajib".to_owned()),
        _ if have == all => ("baik", have.to_string(), format!("dari {all} satker")),
        _ => ("rusak", have.to_string(), format!("dari {all} satker; {} belum", all - have)),
    };
    Headline { class, label: "Satker lengkap", figure, beside, target: "#kelengkapan" }
}

fn errors(faults: &Faults<'_>) -> Headline {
    let errors = faults.count(Severity::Error);
    let class = if errors == 0 { "baik" } else { "rusak" };
    let warnings = words::count(whole(faults.count(Severity::Warning)));
    let beside = format!("dan {warnings} peringatan");
    Headline { class, label: "Kesalahan yang harus diperbaiki", figure: words::count(whole(errors)), beside, target: "#temuan" }
}

fn rows(ties: &Ties) -> Headline {
    let label = "Baris angka yang cocok";
    if ties.all == 0 {
        let beside = "tidak ada baris angka yang dibaca".to_owned();
        return Headline { class: "kosong", label, figure: "–".to_owned(), beside, target: "#cocok" };
    }
    // Cut, not rounded: 100 % is said only where every row ties.
    let share = (whole(ties.tied) / whole(ties.all) * 1000.0).floor() / 10.0;
    let class = if ties.tied == ties.all { "baik" } else { "lambat" };
    let beside = format!("{} dari {} baris", words::count(whole(ties.tied)), words::count(whole(ties.all)));
    Headline { class, label, figure: format!("{} %", words::decimal(share, 1)), beside, target: "#cocok" }
}

/// Offices that sent all they owe without errors, and offices that owe something.
fn complete(plan: Plan<'_>) -> (usize, usize) {
    let owed = || plan.batch.completeness.iter().filter(|d| d.owed);
    let all: BTreeSet<_> = owed().map(|d| d.satker).collect();
    let open = |d: &&Delivery| matches!(d.state, State::Missing | State::NeedsRepair);
    let open: BTreeSet<_> = owed().filter(open).map(|d| d.satker).collect();
    (all.len() - open.len(), all.len())
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows and findings, far below 2^52")]
const fn whole(count: usize) -> f64 {
    count as f64
}
