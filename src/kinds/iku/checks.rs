//! What must hold of every indicator: I01 complete, I02 the printed achievement is the computed one, I03 one unit.

use crate::model::{Finding, Findings};
use crate::tables::phrases::Phrases;

use super::achieve;
use super::layout::Field;
use super::reading::Indicator;
use super::value::{Amount, same_unit};

/// How far an achievement may be from the computed one beside its own rounding: a hundredth.
const NEAR: f64 = 0.011;

/// All rules of one indicator.
pub(super) fn check(findings: &mut Findings, indicator: &Indicator, phrases: &Phrases) {
    incomplete(findings, indicator);
    if !units_differ(findings, indicator, phrases) {
        achievement(findings, indicator, phrases);
    }
}

/// A short name of the indicator for messages.
fn called(indicator: &Indicator) -> String {
    const MOST: usize = 60;
    let no = indicator.no.text.trim().trim_end_matches(['.', ')']);
    let mut name: String = indicator.indikator.text.chars().take(MOST).collect();
    if name.len() < indicator.indikator.text.len() {
        name.push('…');
    }
    match (no, name.as_str()) {
        ("", name) => format!("indikator \"{name}\""),
        (no, "") => format!("baris {no}"),
        (no, name) => format!("indikator {no} \"{name}\""),
    }
}

/// I01, for the columns that the table has.
fn incomplete(findings: &mut Findings, indicator: &Indicator) {
    for field in &indicator.has {
        let (label, printed) = match field {
            Field::Indikator => ("indikator", &indicator.indikator),
            Field::Target => ("target", &indicator.target.printed),
            Field::Cara => ("cara perhitungan", &indicator.cara),
            _ => ("sumber data", &indicator.sumber),
        };
        if printed.text.is_empty() || printed.text.chars().all(|c| !c.is_alphanumeric()) {
            let message = format!("{}: kolom {label} kosong", called(indicator));
            findings.add(Finding::new("I01", message).at(indicator.span).found(printed.text.as_str()).expected(label));
        }
    }
}

/// I03. A number without a unit is taken to have the other's.
fn units_differ(findings: &mut Findings, indicator: &Indicator, phrases: &Phrases) -> bool {
    let (target, done) = (&indicator.target, &indicator.realisasi);
    let rank = |a: &Amount| matches!(a, Amount::Rank(_));
    let one = |a: &Amount| matches!(a, Amount::One(..) | Amount::Range(..));
    let mixed = rank(&target.amount) && one(&done.amount) || one(&target.amount) && rank(&done.amount);
    let named = !target.unit.is_empty() && !done.unit.is_empty();
    let differ = mixed || named && same_unit(&target.unit, phrases) != same_unit(&done.unit, phrases);
    if differ {
        let shown = |m: &super::reading::Measure| if m.unit.is_empty() { m.printed.text.clone() } else { m.unit.clone() };
        let (found, expected) = (shown(done), shown(target));
        let message = format!("{}: target dalam \"{expected}\", realisasi dalam \"{found}\"", called(indicator));
        let at = done.printed.origin.map_or(indicator.span, Into::into);
        findings.add(Finding::new("I03", message).at(at).found(found).expected(expected));
    }
    differ
}

/// I02. Where less is better both formulas are in use.
fn achievement(findings: &mut Findings, indicator: &Indicator, phrases: &Phrases) {
    let (Some(said), Some(at)) = (indicator.capaian.value, indicator.capaian.printed.origin) else { return };
    let allowed = achieve::allowed(indicator, phrases);
    let Some(&usual) = allowed.first() else { return };
    let near = NEAR.max(indicator.capaian.rounding * 1.02);
    if allowed.iter().any(|want| (said - want).abs() <= near) {
        return;
    }
    let want = (usual * 100.0).round() / 100.0;
    let target = &indicator.target.printed.text;
    let done = &indicator.realisasi.printed.text;
    let message =
        format!("{}: realisasi {done} terhadap target {target} memberi capaian {want} %, tercetak {said} %", called(indicator));
    findings.add(Finding::new("I02", message).at(at).numbers(said, want));
}
