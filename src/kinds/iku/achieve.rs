//! Achievement from target and realisation, by the direction of the indicator. Formulas as in performance reports of local offices and
//! in the rules for employees' targets; those of the KPU itself were not found.

use crate::tables::phrases::Phrases;

use super::reading::Indicator;
use super::value::Amount;

/// Realisation over target, in percent; `None` for a target of zero.
pub(super) fn higher(target: f64, done: f64) -> Option<f64> {
    (target != 0.0).then(|| done / target * 100.0)
}

/// `(2T − R) / T`, in percent: where less is better. A target of zero is reached by zero, else undefined.
pub(super) fn lower(target: f64, done: f64) -> Option<f64> {
    if target == 0.0 {
        return (done == 0.0).then_some(100.0);
    }
    Some((2.0 * target - done) / target * 100.0)
}

/// Whether the indicator says that less is better.
pub(super) fn less_is_better(indicator: &Indicator, phrases: &Phrases) -> bool {
    let texts = [&indicator.arah.text, &indicator.cara.text, &indicator.indikator.text, &indicator.target.printed.text];
    texts.iter().any(|t| phrases.within("arah:turun", t)) || phrases.begins("batas:atas", &indicator.target.printed.text)
}

/// All achievements that the rules allow for an indicator, the usual one first; empty where none can be computed.
pub(super) fn allowed(indicator: &Indicator, phrases: &Phrases) -> Vec<f64> {
    let done = &indicator.realisasi.amount;
    let (usual, inverse) = match (&indicator.target.amount, done) {
        (Amount::One(target, _), Amount::One(done, _)) => (higher(*target, *done), lower(*target, *done)),
        (Amount::Range(low, high, _), Amount::One(done, _)) => {
            let bound = done.clamp(*low, *high);
            (higher(bound, *done), lower(bound, *done))
        }
        (Amount::Rank(target), Amount::Rank(done)) if done >= target => (Some(100.0), None),
        _ => (None, None),
    };
    match (usual, inverse, less_is_better(indicator, phrases)) {
        (usual, Some(inverse), true) => std::iter::once(inverse).chain(usual).collect(),
        (usual, ..) => usual.into_iter().collect(),
    }
}
