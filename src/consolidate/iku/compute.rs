//! An indicator over all offices: who counts, who does not, and what the documents themselves report.

use crate::model::{Indicator, Region};
use crate::normalise::number::{self, Style};

use crate::consolidate::Entry;
use crate::consolidate::rows::{accepted, differ, rows};
use crate::consolidate::setting::Setting;

use super::{Computed, Operand, Reported, Share, evidence, matching, measure};

/// Computes one indicator.
pub fn compute(indicator: &Indicator, entries: &[Entry], setting: &Setting) -> Computed {
    let shares: Vec<Share> = offices(setting).into_iter().map(|satker| share(indicator, satker, entries, setting)).collect();
    let known = shares.iter().filter(|s| s.counts.is_some()).count();
    let numerator = shares.iter().filter(|s| s.counts == Some(true)).count();
    let value = (known == shares.len() && known > 0).then(|| percent(numerator, known));
    let mut computed = Computed {
        name: indicator.name.clone(),
        label: indicator.label.clone(),
        aim: indicator.aim.clone(),
        target: indicator.target.clone(),
        target_value: percentage(&indicator.target),
        rule: indicator.rule.clone(),
        source: indicator.source.clone(),
        shares,
        numerator,
        denominator: known,
        value,
        reported: Vec::new(),
        evidence: Vec::new(),
    };
    computed.reported = reported(indicator, &computed, entries, setting);
    computed.evidence = evidence::papers(indicator, &offices(setting), entries);
    computed
}

/// The offices that are expected.
fn offices(setting: &Setting) -> Vec<Region> {
    let mut offices = setting.config.satker.clone();
    offices.sort_unstable();
    offices.dedup();
    let scope = setting.config.wilayah;
    if offices.len() > 1 {
        offices.retain(|office| Some(*office) != scope);
    }
    offices
}

fn share(indicator: &Indicator, satker: Region, entries: &[Entry], setting: &Setting) -> Share {
    let judge = |condition| measure::judge(indicator, condition, satker, entries, setting);
    let operands: Vec<Operand> = indicator.conditions.iter().map(judge).collect();
    let counts = if operands.iter().any(|o| o.holds == Some(false)) {
        Some(false)
    } else if operands.iter().any(|o| o.holds.is_none()) {
        None
    } else {
        Some(true)
    };
    Share { satker, name: setting.name(satker), counts, operands }
}

fn percent(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "numbers of offices")]
    let value = part as f64 / whole as f64 * 100.0;
    (value * 100.0).round() / 100.0
}

/// The number of a percentage as printed.
fn percentage(printed: &str) -> Option<f64> {
    match number::read(printed, Style::Indonesian).or_else(|| number::read(printed, Style::Anglo))? {
        number::Figure::Number { value, .. } => Some(value),
        _ => None,
    }
}

/// Rows of accepted documents that report the indicator, beside what the batch gives.
fn reported(indicator: &Indicator, computed: &Computed, entries: &[Entry], setting: &Setting) -> Vec<Reported> {
    let mut out = Vec::new();
    for (number, entry) in accepted(entries, "iku") {
        let satker = entry.outcome.subject.satker;
        for row in rows(number, entry, "iku") {
            let said = |column: &str| row.records.text(row.row, column).unwrap_or_default().to_owned();
            let name = said("indikator");
            if matching::named(&setting.schemas.indicators, &name).is_none_or(|i| i.name != indicator.name) {
                continue;
            }
            let realised = said("realisasi");
            let value = row.number("realisasi_nilai").filter(|_| realised.contains('%'));
            let own = satker.and_then(|s| computed.shares.iter().find(|share| share.satker == s)).and_then(|share| share.counts);
            let computed =
                if satker == setting.config.wilayah { computed.value } else { own.map(|c| if c { 100.0 } else { 0.0 }) };
            let differs = value.zip(computed).is_some_and(|(a, b)| differ(a, b));
            out.push(Reported {
                entry: number,
                span: row.span(),
                satker,
                indicator: name,
                target: said("target"),
                realised,
                value,
                computed,
                differs,
            });
        }
    }
    out
}
