//! Which column of an IKU table is which: by its headings, by the period they name, and where two could be meant by the arithmetic
//! between target, realisation and achievement.

use crate::model::period::{Part, Period};
use crate::normalise::{number, period};
use crate::tables::columns::{Column, Heading};
use crate::tables::ledger::Row;

use super::torn::is_ordinal;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    No,
    Tujuan,
    Sasaran,
    Indikator,
    Target,
    Satuan,
    Cara,
    Sumber,
    Realisasi,
    Capaian,
    Arah,
    /// Known, and no part of the table.
    Other,
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "no" => Self::No,
            "tujuan" => Self::Tujuan,
            "sasaran" => Self::Sasaran,
            "indikator" => Self::Indikator,
            "target" => Self::Target,
            "satuan" => Self::Satuan,
            "cara" => Self::Cara,
            "sumber" => Self::Sumber,
            "realisasi" => Self::Realisasi,
            "capaian" => Self::Capaian,
            "arah" => Self::Arah,
            "lain" | "anggaran" => Self::Other,
            _ => return None,
        })
    }

    /// Whether its cells are figures rather than sentences.
    pub(super) const fn measured(self) -> bool {
        matches!(self, Self::Target | Self::Realisasi | Self::Capaian)
    }
}

/// A column with its meaning.
#[derive(Clone, Debug)]
pub(super) struct Col {
    pub(super) left: u16,
    /// `None` where its heading is not known.
    pub(super) field: Option<Field>,
    /// The part of the year it speaks of, where the heading names one.
    pub(super) part: Option<Part>,
    pub(super) year: Option<u16>,
    /// The heading gives the unit: `Target (%)`.
    pub(super) percent: bool,
    /// Its headings in one line, for messages.
    pub(super) name: String,
    /// It holds aims in rows of their own, above their indicators: `Sasaran / Indikator`.
    pub(super) mixed: bool,
}

/// Words of a heading that says `persen` and nothing else; `Persentase pegawai yang …` is an indicator.
const SHORT: usize = 2;

/// The meaning of every column under a heading.
pub(super) fn columns(heading: &Heading) -> Vec<Col> {
    let mut cols: Vec<Col> = heading.columns.iter().map(col).collect();
    // A bare per cent sign is the achievement, unless it heads what only says how target or realisation are given.
    let has = |cols: &[Col], field, part| cols.iter().any(|c| c.field == Some(field) && c.part == part);
    for i in 0..cols.len() {
        let short = heading.columns[i].labels.last().is_some_and(|l| l.split_whitespace().count() <= SHORT);
        let bare = short && heading.columns[i].says.last().is_some_and(|s| s == "persen");
        let upper = cols[i].field;
        let beside = cols.iter().enumerate().any(|(j, c)| j != i && c.field == upper && c.part == cols[i].part);
        if bare && (upper.is_none() || upper == Some(Field::Realisasi) && beside) && !has(&cols, Field::Capaian, cols[i].part) {
            cols[i].field = Some(Field::Capaian);
        } else if bare && upper.is_none() && i.checked_sub(1).is_some_and(|left| cols[left].field == Some(Field::Other)) {
            // Beside money and its achievement: how much of the money was spent.
            cols[i].field = Some(Field::Other);
        }
    }
    years(&mut cols);
    quarters(&mut cols);
    planned(&mut cols);
    counted(heading, &mut cols);
    cols
}

/// `Target | Triwulan I | … | Triwulan IV` in a plan: what is to be reached by then. Beside realisations they could be either.
fn planned(cols: &mut [Col]) {
    let has = |cols: &[Col], field| cols.iter().any(|c| c.field == Some(field));
    if !has(cols, Field::Target) || has(cols, Field::Realisasi) || has(cols, Field::Capaian) {
        return;
    }
    for i in 0..cols.len() {
        let behind = cols[..i].iter().any(|c| c.field == Some(Field::Target));
        let bare = matches!(cols[i].part, Some(Part::Quarter(_))) && cols[i].field.is_none();
        if behind && bare && cols[i].name.split_whitespace().count() <= SHORT {
            cols[i].field = Some(Field::Target);
        }
    }
}

/// `Indikator | Volume | Satuan`: where nothing else is measured, the amount beside its unit is the target.
fn counted(heading: &Heading, cols: &mut [Col]) {
    let has = |field| cols.iter().any(|c| c.field == Some(field));
    let unit = cols.iter().position(|c| c.field == Some(Field::Satuan));
    let Some(unit) = unit.filter(|_| has(Field::Indikator) && !cols.iter().any(|c| c.field.is_some_and(Field::measured))) else {
        return;
    };
    let amount = |i: &usize| {
        cols.get(*i).is_some_and(|c| c.field.is_none()) && heading.columns.get(*i).is_some_and(|c| c.says == ["kinerja"])
    };
    if let Some(i) = [unit.wrapping_sub(1), unit + 1].into_iter().find(amount) {
        cols[i].field = Some(Field::Target);
    }
}

/// `I` and `IV` beside a target of triwulan II or III: their heading stands over them all, wherever the paper printed it.
fn quarters(cols: &mut [Col]) {
    let nth = |c: &Col| number::roman(c.name.trim()).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=4).contains(n));
    let measured = |c: &Col| match (c.field.filter(|f| f.measured()), c.part) {
        (Some(field), Some(Part::Quarter(n))) => Some((field, n)),
        _ => None,
    };
    let settle = |cols: &mut [Col], i: usize, beside: Option<usize>, step: i16| {
        let found = beside.and_then(|b| cols.get(b)).and_then(measured);
        let own = nth(&cols[i]).filter(|_| cols[i].field.is_none());
        if let (Some((field, n)), Some(own)) = (found, own)
            && i16::from(own) == i16::from(n) + step
        {
            (cols[i].field, cols[i].part) = (Some(field), Some(Part::Quarter(own)));
        }
    };
    (0..cols.len()).for_each(|i| settle(cols, i, i.checked_sub(1), 1));
    (0..cols.len()).rev().for_each(|i| settle(cols, i, Some(i + 1), -1));
}

/// Bare years beside a year that stands below a measure: its heading stands over them all.
fn years(cols: &mut [Col]) {
    let bare = |c: &Col| c.field.is_none() && c.year.is_some() && c.name.trim().chars().all(|x| x.is_ascii_digit());
    let measured = |c: &Col| c.field.filter(|f| f.measured() && c.year.is_some());
    for i in 0..cols.len() {
        let beside = i.checked_sub(1).and_then(|left| measured(&cols[left]));
        cols[i].field = if bare(&cols[i]) { beside } else { cols[i].field };
    }
    for i in (0..cols.len()).rev() {
        let beside = cols.get(i + 1).and_then(measured);
        cols[i].field = if bare(&cols[i]) { beside } else { cols[i].field };
    }
}

fn col(column: &Column) -> Col {
    let whole = column.labels.join(" ");
    let is = |said: Option<&String>| said.is_some_and(|s| s == "anggaran");
    let below_money = column.labels.len() > 1 && is(column.says.first()) && !column.says.iter().any(|s| s == "kinerja");
    let money = is(column.says.last()) || below_money;
    let named: Vec<Field> = column.says.iter().filter_map(|s| Field::named(s)).collect();
    // `Realisasi s.d. Triwulan Lalu` is no figure of this document.
    let past = column.says.iter().any(|s| s == "lalu");
    let field = nearest(column, &named);
    Col {
        left: column.left,
        field: if money || past && field.is_some_and(Field::measured) { Some(Field::Other) } else { field },
        part: part(column),
        year: year(&column.labels),
        percent: column.labels.iter().any(|l| l.contains('%') || l.to_lowercase().contains("persen")),
        name: whole,
        mixed: named.contains(&Field::Indikator) && (named.contains(&Field::Sasaran) || named.contains(&Field::Tujuan)),
    }
}

/// The lowest heading that means something decides; within one heading the first word, but a percentage of the realisation is the
/// achievement.
fn nearest(column: &Column, named: &[Field]) -> Option<Field> {
    let says = &column.says;
    if let [.., a, b] = says.as_slice()
        && a == "persen"
        && (b == "realisasi" || b == "capaian")
    {
        return Some(Field::Capaian);
    }
    let last = *named.last()?;
    let one_label = column.labels.len() == 1;
    if !one_label {
        // Under `Tujuan` or `Capaian Kinerja` the lower heading says more.
        return Some(last);
    }
    if named.first() == Some(&Field::No) {
        // `Kode IKU`, `Nomor Indikator` count, whatever it is.
        return Some(Field::No);
    }
    // `Definisi Operasional/Formula`, `Penjelasan (Rumus)`: of two words the one that is asked for.
    if named.first() == Some(&Field::Other) {
        let parted = |mark: char| column.labels.iter().any(|l| l.contains(mark));
        let asked = |f: &&Field| **f != Field::Other && (parted('/') || parted('(') && !f.measured());
        return named.iter().find(asked).or(named.first()).copied();
    }
    // `Satuan/Target` holds the target with its unit, `Sasaran/Indikator` the indicators below their aims.
    let telling =
        [Field::Indikator, Field::Target].into_iter().find(|f| named.contains(f) && named.first() != Some(&Field::Capaian));
    telling.filter(|f| *f == Field::Indikator || named.first() == Some(&Field::Satuan)).or_else(|| named.first().copied())
}

/// What else the heading of a column could mean, where its cells contradict its first meaning.
pub(super) fn otherwise(column: &Column, not: Field) -> Option<Field> {
    let named = column.says.iter().filter_map(|s| Field::named(s));
    named
        .into_iter()
        .find(|f| *f != not && matches!(f, Field::Tujuan | Field::Sasaran | Field::Indikator | Field::Cara | Field::Sumber))
}

/// The part of the year that the headings name, also as `I` below `Triwulan`.
fn part(column: &Column) -> Option<Part> {
    let find = |text: &str| {
        let full = period::find(text).into_iter().map(|f| f.period.part).find(|p| *p != Part::Year);
        full.or_else(|| period::find_partial(text).into_iter().map(|(p, _)| p).next())
    };
    let of_year = |word: &str| column.labels.iter().any(|l| l.to_lowercase().contains(word));
    let nth = |label: &str| {
        let numeral = number::roman(label.trim()).or_else(|| label.trim().parse().ok())?;
        match u8::try_from(numeral).ok()? {
            n @ 1..=4 if of_year("triwulan") || of_year("tw") => Some(Part::Quarter(n)),
            n @ 1..=2 if of_year("semester") => Some(Part::Semester(n)),
            _ => None,
        }
    };
    // The nearest says it: `II` below `Realisasi Triwulan I - IV`.
    column.labels.iter().rev().find_map(|l| nth(l).or_else(|| find(l)))
}

/// A year that stands in the headings by itself: `2025`, `Target 2025`.
fn year(labels: &[String]) -> Option<u16> {
    labels.iter().rev().find_map(|l| {
        let words = l.split(|c: char| !c.is_ascii_digit());
        words.filter(|w| w.len() == 4).find_map(|w| w.parse().ok().filter(|y| (1999..2100).contains(y)))
    })
}

/// The columns among which one must be chosen, best first: those of the document's period, then those of no period, then the last.
pub(super) fn candidates(cols: &[Col], field: Field, period: Option<Period>) -> Vec<usize> {
    let of: Vec<usize> = (0..cols.len()).filter(|&i| cols[i].field == Some(field)).collect();
    let asked = period.map(|p| p.year);
    let same_year = |i: &usize| cols[*i].year.is_none() || asked.is_none() || cols[*i].year == asked;
    let right: Vec<usize> = of.iter().copied().filter(same_year).collect();
    // Beside a target of the document's own year what was reached in other years is not what was reached of it.
    let dated = cols.iter().any(|c| c.field == Some(Field::Target) && c.year.is_some() && c.year == asked);
    let elsewhen = right.is_empty() && dated && matches!(field, Field::Realisasi | Field::Capaian);
    let mut left = if right.is_empty() && !elsewhen { of } else { right };
    let rank = |i: usize| match (cols[i].part, period.map(|p| p.part)) {
        (Some(a), Some(b)) if a == b => 0,
        (None, _) => 1,
        _ => 2,
    };
    // Later columns first among those of other parts: the last one is the latest.
    left.sort_by_key(|&i| (rank(i), if rank(i) == 2 { -(i64::from(cols[i].left)) } else { i64::from(cols[i].left) }));
    left
}

/// A numbered row of many cells with figures that no heading claims: indicators of a table whose heading was lost.
pub(super) fn looks_like_ours(row: &Row) -> bool {
    let figures = row.cells.iter().skip(1).filter(|c| c.number.is_some() || c.text.starts_with(|c: char| c.is_ascii_digit()));
    row.cells.len() >= MANY && row.cells.first().is_some_and(|c| is_ordinal(&c.text)) && figures.count() >= 2
}

/// Indicators have no fewer cells with their number, aim, target and what was reached.
const MANY: usize = 5;
