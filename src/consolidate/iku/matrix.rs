//! What documents report: indicator by indicator and office by office, target and realisation with their cells, and the achievement
//! that follows from them.

use std::collections::BTreeMap;

use crate::consolidate::Entry;
use crate::consolidate::book::Figure;
use crate::consolidate::rows::{Printed, accepted, differ, rows};
use crate::consolidate::setting::Setting;
use crate::model::{Finding, Region, Schemas, Span};
use crate::normalise::text;

use super::fits;

/// Indicators of one aim.
#[derive(Clone, Debug, Default)]
pub struct Aim {
    /// Its name as printed where it was met first; empty where documents print none.
    pub name: String,
    /// Its indicators, in the order in which they were met.
    pub indicators: Vec<Reporting>,
}

/// One indicator as offices report it.
#[derive(Clone, Debug, Default)]
pub struct Reporting {
    /// Its name as printed where it was met first.
    pub name: String,
    /// One row per office and document, in the order of the offices.
    pub rows: Vec<Achievement>,
}

/// What one office reports of one indicator.
#[derive(Clone, Debug, Default)]
pub struct Achievement {
    /// The document: number of an entry.
    pub entry: usize,
    /// Where the row is printed.
    pub span: Option<Span>,
    /// The office.
    pub satker: Option<Region>,
    /// Target and realisation as printed.
    pub printed: [String; 2],
    /// The number in the target, in the realisation, and the printed achievement in percent.
    pub figures: [Option<Figure>; 3],
    /// How the achievement follows from target and realisation.
    pub by: By,
    /// The achievement in percent that follows; `None` where it cannot be computed.
    pub achieved: Option<f64>,
}

/// How an achievement is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// It cannot be: a number is missing, or the target is zero and was not reached.
    #[default]
    Nothing,
    /// It cannot be: target and realisation have different units (I03).
    Units,
    /// More is better: realisation over target.
    More,
    /// Less is better: twice the target less the realisation, over the target.
    Less,
    /// Less is better and nothing happened: a target of zero is reached by zero.
    Zero,
    /// A predicate that reaches the one that was aimed at; the figure of the realisation is 100.
    Predicate,
}

/// Aims in the order in which they are met, office by office.
pub fn aims(entries: &[Entry], setting: &Setting) -> Vec<Aim> {
    let words = Words::of(setting.schemas);
    let mut all: Vec<Printed> = accepted(entries, "iku").flat_map(|(n, entry)| rows(n, entry, "iku")).collect();
    let office = |row: &Printed| entries.get(row.entry).and_then(|e| e.outcome.subject.satker);
    all.sort_by_key(|row| (office(row), row.entry));
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut indicators: BTreeMap<(usize, String), usize> = BTreeMap::new();
    let mut aims: Vec<Aim> = Vec::new();
    for row in &all {
        let said = |column: &str| row.records.text(row.row, column).unwrap_or_default();
        let aim = *places.entry(text::key(said("sasaran"))).or_insert_with(|| {
            aims.push(Aim { name: said("sasaran").to_owned(), indicators: Vec::new() });
            aims.len() - 1
        });
        let Some(Aim { indicators: own, .. }) = aims.get_mut(aim) else { continue };
        let place = *indicators.entry((aim, text::key(said("indikator")))).or_insert_with(|| {
            own.push(Reporting { name: said("indikator").to_owned(), rows: Vec::new() });
            own.len() - 1
        });
        if let Some(indicator) = own.get_mut(place) {
            let apart = entries.get(row.entry).is_some_and(|e| units_differ(e, row));
            indicator.rows.push(achievement(row, office(row), &words, apart));
        }
    }
    aims
}

/// Words that decide how an achievement is computed.
struct Words {
    /// By which an indicator says that less is better.
    less: Vec<String>,
    /// Predicates and their rank, folded.
    ranks: Vec<(String, u8)>,
}

impl Words {
    fn of(schemas: &Schemas) -> Self {
        let meanings = schemas.kind("iku").map_or(&[][..], |k| &k.meanings);
        let less = meanings.iter().filter(|m| m.means == "arah:turun").flat_map(|m| m.words.iter().cloned()).collect();
        let rank = |means: &str| means.strip_prefix("peringkat:").and_then(|r| r.parse().ok());
        let ranked = meanings.iter().filter_map(|m| Some((rank(&m.means)?, &m.words)));
        let ranks = ranked.flat_map(|(rank, words)| words.iter().map(move |w| (text::key(w), rank))).collect();
        Self { less, ranks }
    }

    /// The rank of a predicate that a text begins or ends with: `Minimal B`, `BB (Sangat Baik)`.
    fn rank(&self, printed: &str) -> Option<u8> {
        let outside = printed.split('(').next().unwrap_or_default();
        let words = text::words(outside);
        let known = |word: &String| self.ranks.iter().find(|(name, _)| name == word).map(|(_, rank)| *rank);
        words.last().and_then(known)
    }
}

/// Whether target and realisation of a row were found to have different units.
fn units_differ(entry: &Entry, row: &Printed) -> bool {
    let cells = ["target", "realisasi"].map(|column| row.origin(column));
    let told = |f: &Finding| f.code == "I03" && cells.iter().flatten().any(|&cell| f.span.is_some_and(|s| s.holds(cell)));
    entry.outcome.findings.iter().any(told)
}

fn achievement(row: &Printed, satker: Option<Region>, words: &Words, apart: bool) -> Achievement {
    let said = |column: &str| row.records.text(row.row, column).unwrap_or_default().to_owned();
    let figure = |column: &str| {
        let value = row.number(column)?;
        Some(Figure { value, entry: row.entry, origin: row.origin(column) })
    };
    let printed = [said("target"), said("realisasi")];
    let mut figures = ["target_nilai", "realisasi_nilai", "capaian"].map(figure);
    let less = ["indikator", "cara_perhitungan", "target"].iter().any(|column| fits(&words.less, &said(column)));
    let (by, achieved) = match (figures[0], figures[1]) {
        _ if apart => (By::Units, None),
        (Some(target), Some(done)) => computed(target.value, done.value, figures[2].map(|f| f.value), less),
        _ => predicate(&printed, words),
    };
    if by == By::Predicate {
        figures = [None, Some(Figure { value: 100.0, entry: row.entry, origin: row.origin("realisasi") }), figures[2]];
    }
    Achievement { entry: row.entry, span: row.span(), satker, printed, figures, by, achieved }
}

/// By the words, or by the printed achievement where only the other way gives it.
fn computed(target: f64, done: f64, printed: Option<f64>, less: bool) -> (By, Option<f64>) {
    if target == 0.0 {
        // Where more is better a target of zero aims at nothing.
        return if less && done == 0.0 { (By::Zero, Some(100.0)) } else { (By::Nothing, None) };
    }
    let (more, fewer) = (done / target * 100.0, (2.0 * target - done) / target * 100.0);
    let near = |value: f64| printed.is_some_and(|p| (p - value).abs() < 0.01);
    let less = if less { !near(more) || near(fewer) } else { near(fewer) && !near(more) && differ(more, fewer) };
    if less { (By::Less, Some(fewer)) } else { (By::More, Some(more)) }
}

/// 100 % where the predicate that was aimed at is reached; below it nothing is defined.
fn predicate(printed: &[String; 2], words: &Words) -> (By, Option<f64>) {
    match (words.rank(&printed[0]), words.rank(&printed[1])) {
        (Some(target), Some(done)) if done >= target => (By::Predicate, Some(100.0)),
        _ => (By::Nothing, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_direction_is_taken_from_words_and_from_what_is_printed() {
        assert_eq!(computed(80.0, 60.0, None, false), (By::More, Some(75.0)));
        assert_eq!(computed(80.0, 60.0, None, true), (By::Less, Some(125.0)));
        assert_eq!(computed(80.0, 60.0, Some(125.0), false), (By::Less, Some(125.0)));
        assert_eq!(computed(80.0, 60.0, Some(75.0), true), (By::More, Some(75.0)));
        assert_eq!(computed(80.0, 80.0, Some(100.0), false).0, By::More);
        assert_eq!(computed(0.0, 0.0, None, false), (By::Nothing, None));
        assert_eq!(computed(0.0, 0.0, None, true), (By::Zero, Some(100.0)));
        assert_eq!(computed(0.0, 2.0, None, true), (By::Nothing, None));
    }

    #[test]
    fn a_predicate_is_reached_or_nothing_is_said() {
        let words = Words { less: Vec::new(), ranks: vec![("B".into(), 4), ("BB".into(), 5), ("C".into(), 2)] };
        let of = |target: &str, done: &str| predicate(&[target.into(), done.into()], &words);
        assert_eq!(of("Minimal B", "BB (Sangat Baik)"), (By::Predicate, Some(100.0)));
        assert_eq!(of("B", "C"), (By::Nothing, None));
        assert_eq!(of("B", ""), (By::Nothing, None));
    }
}
