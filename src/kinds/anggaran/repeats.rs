//! Tables that say once more what another table of the document has said: a RAB sheet beside the POK it is taken from, a recap by akun below
//! the tree. They are checked, not counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Span;
use crate::normalise::{exact, text};
use crate::tables::outline::{Tier, code};

use super::context::{self, Context};
use super::lines::{Line, Number};
use super::rows::{Rows, Total};
use super::words::Edition;

/// A figure of a recap with the figures it sums up.
#[derive(Clone, Debug)]
pub struct Recap {
    /// As printed in the recap.
    pub printed: Number,
    /// What it calls itself.
    pub called: String,
    /// The rows of the tree with its code.
    pub parts: Vec<Number>,
}

/// Joins the tables of a document in printed order, without those that repeat the largest one; ranges of the latter, and what is to be
/// checked of them. `places` are the codes above each table.
#[must_use]
pub fn joined(tables: Vec<Rows>, places: &[Context]) -> (Rows, Vec<Span>, Vec<Recap>) {
    let main = (0..tables.len()).max_by_key(|&n| (!before_revision(&tables, n), tables[n].lines.len(), std::cmp::Reverse(n)));
    let mut verdicts: Vec<Verdict> = match main {
        Some(main) => {
            let judged = |n: usize| match before_revision(&tables, n) {
                true => Verdict::Before,
                false if n == main => Verdict::Own,
                false => judge(&tables[main], &tables[n], places),
            };
            (0..tables.len()).map(judged).collect()
        }
        None => Vec::new(),
    };
    for n in (0..tables.len()).filter(|&n| Some(n) != main) {
        if let (Verdict::Own, Some(found)) = (&verdicts[n], recap_of(&tables, &verdicts, n)) {
            verdicts[n] = Verdict::Whole(found);
        }
    }
    let mut all = Rows::default();
    let (mut own, mut set_aside, mut recaps): (Vec<Rows>, _, _) = (Vec::new(), Vec::new(), Vec::new());
    let mut wholes: Vec<Total> = Vec::new();
    for (mut table, verdict) in tables.into_iter().zip(verdicts) {
        match verdict {
            Verdict::Own => match own.iter_mut().find_map(|before| opened(before, &table).map(|at| (before, at))) {
                Some((before, at)) => recaps.extend(before.open(at, table)),
                None => own.push(table),
            },
            Verdict::Before => {
                let numbers = |l: &Line| l.volumes.iter().chain(&l.price).chain(&l.amount).map(|n| n.at).collect::<Vec<_>>();
                all.aside.extend(table.lines.iter().chain(table.totals.iter().map(|t| &t.line)).flat_map(numbers));
                all.take_unused(table);
            }
            Verdict::Repeat => {
                set_aside.extend(table.span());
                all.take_unused(table);
            }
            Verdict::Recap(found) => {
                // Rows that sum up nothing known are told.
                let summed = |l: &&Line| l.amount.as_ref().is_some_and(|n| !found.iter().any(|r| r.printed.at == n.at));
                set_aside.extend(table.lines.iter().filter(summed).map(|l| l.span));
                recaps.extend(found);
                all.take_unused(table);
            }
            Verdict::Whole(found) => {
                recaps.extend(found);
                wholes.append(&mut table.totals);
                all.take_unused(table);
            }
        }
    }
    for table in own {
        all.append(table);
    }
    // What a recap comes to is what all tables come to.
    let after = all.lines.len();
    all.totals.extend(wholes.into_iter().map(|t| Total { after, from: 0, ..t }));
    (all, set_aside, recaps)
}

/// The rows of a table without details that tables before it have printed, all of them: a recap of several sheets behind them.
fn recap_of(tables: &[Rows], verdicts: &[Verdict], n: usize) -> Option<Vec<Recap>> {
    if tables[n].lines.iter().any(Line::is_leaf) {
        return None;
    }
    let before = tables[..n].iter().zip(verdicts).filter(|(_, v)| matches!(v, Verdict::Own)).flat_map(|(t, _)| &t.lines);
    let mut known: BTreeMap<String, Number> = BTreeMap::new();
    for line in before {
        if let Some(amount) = &line.amount {
            known.entry(name(line)).or_insert_with(|| amount.clone());
        }
    }
    let recap = |line: &Line| {
        let part = known.get(&name(line))?.clone();
        Some(Recap { printed: line.amount.clone()?, called: line.words().to_owned(), parts: vec![part] })
    };
    tables[n].lines.iter().map(recap).collect::<Option<Vec<Recap>>>().filter(|found| !found.is_empty())
}

/// Whether a table is called the one before a revision, and another has most of its rows.
fn before_revision(tables: &[Rows], n: usize) -> bool {
    if tables[n].edition != Edition::Before {
        return false;
    }
    let names = |rows: &Rows| -> BTreeSet<String> { rows.lines.iter().map(name).collect() };
    let own = names(&tables[n]);
    let later = |other: &&Rows| other.edition != Edition::Before;
    tables.iter().filter(later).any(|other| most(names(other).intersection(&own).count(), own.len()))
}

/// What a row calls itself.
fn name(line: &Line) -> String {
    format!("{} {}", own_code(line).unwrap_or_default(), text::key(line.words()))
}

/// The row of a table before that another table opens up: it has the code of that table's first row, and nothing below it.
fn opened(before: &Rows, table: &Rows) -> Option<usize> {
    let first = table.lines.first().filter(|_| table.lines.len() > 1)?;
    let code = own_code(first)?;
    let named = |line: &Line| own_code(line).as_ref() == Some(&code) && text::key(line.words()) == text::key(first.words());
    let same = |line: &Line| named(line) && (is_same_place(line, first) || key(line).is_some_and(|k| key(first) == Some(k)));
    let at = before.lines.iter().position(|l| !l.is_leaf() && l.amount.is_some() && same(l))?;
    let tier = |line: &Line| line.codes.last().and_then(|(_, c)| code::readings(&c.text).first().map(|c| c.tier));
    let below = before.lines.get(at + 1).is_some_and(|next| next.codes.is_empty() || tier(next) > tier(first));
    (!below).then_some(at)
}

/// Whether the codes of two rows name the same parents, as far as both do (`3357.EBA` is not `3360.EBA`), and at least one; a bare kegiatan or
/// programme has none to name.
fn is_same_place(a: &Line, b: &Line) -> bool {
    let code = |line: &Line| code::readings(&line.codes.last()?.1.text).into_iter().next();
    let (Some(a), Some(b)) = (code(a), code(b)) else { return false };
    let both = || a.parts.iter().filter_map(|(tier, part)| Some((part, b.part(*tier)?)));
    both().all(|(a, b)| a == b) && (both().count() > 1 || a.tier <= Tier::Kegiatan)
}

impl Rows {
    /// Puts the rows of a table in the place of the row that they open up; what that row says is checked against them.
    fn open(&mut self, at: usize, mut table: Self) -> Option<Recap> {
        let more = table.lines.len() - 1;
        let below: Vec<Line> = self.lines.drain(at + 1..).collect();
        let row = self.lines.pop()?;
        let part = table.lines.first().and_then(|l| l.amount.clone());
        for total in self.totals.iter_mut().filter(|t| t.after > at) {
            total.after += more;
        }
        let totals = std::mem::take(&mut table.totals);
        self.append(table);
        self.lines.extend(below);
        self.totals.extend(totals.into_iter().map(|t| Total { after: t.after + at, from: t.from + at, ..t }));
        self.totals.sort_by_key(|t| t.after);
        Some(Recap { called: row.words().to_owned(), printed: row.amount?, parts: part.into_iter().collect() })
    }
}

enum Verdict {
    Own,
    Before,
    Repeat,
    Recap(Vec<Recap>),
    Whole(Vec<Recap>),
}

/// At least three of five figures have to agree before a table is not counted.
const fn most(hits: usize, all: usize) -> bool {
    all > 0 && hits * 5 >= all * 3
}

/// Whether two tables stand below different parents: what the same details cost below two RO is no repetition.
fn elsewhere(main: &Rows, other: &Rows, places: &[Context]) -> bool {
    let place = |rows: &Rows| rows.lines.first().and_then(|l| places.get(l.table));
    place(main).zip(place(other)).is_some_and(|(a, b)| context::elsewhere(a, b))
}

fn judge(main: &Rows, other: &Rows, places: &[Context]) -> Verdict {
    let repeat = if elsewhere(main, other, places) { Verdict::Own } else { Verdict::Repeat };
    let known: BTreeSet<(String, u64)> = main.lines.iter().filter_map(key).collect();
    let keys: Vec<(String, u64)> = other.lines.iter().filter_map(key).collect();
    let hits = keys.iter().filter(|k| known.contains(k)).count();
    if most(hits, keys.len()) {
        return repeat;
    }
    if other.lines.iter().any(Line::is_leaf) || !main.lines.iter().any(Line::is_leaf) {
        return Verdict::Own;
    }
    let mut by_code: BTreeMap<String, Vec<Number>> = BTreeMap::new();
    for line in &main.lines {
        if let (Some(code), Some(amount)) = (own_code(line), &line.amount) {
            by_code.entry(code).or_default().push(amount.clone());
        }
    }
    let recap = |line: &Line| {
        let printed = line.amount.clone()?;
        let own = by_code.get(&own_code(line)?).cloned();
        let readings: Vec<Vec<Number>> = own.into_iter().chain(family(&by_code, line)).collect();
        let parts = readings.iter().find(|parts| is_sum(parts, &printed)).or(readings.first())?.clone();
        Some(Recap { printed, called: line.words().to_owned(), parts })
    };
    let found: Vec<Recap> = other.lines.iter().filter_map(recap).collect();
    let fits = |r: &&Recap| is_sum(&r.parts, &r.printed);
    let fitting = found.iter().filter(fits).count();
    if most(fitting, other.lines.len()) || fitting > 0 && found.len() == other.lines.len() {
        return Verdict::Recap(found);
    }
    let wholes = |rows: &Rows| -> BTreeSet<u64> {
        rows.totals.iter().filter_map(|t| t.line.amount.as_ref()).map(|n| n.value.to_bits()).collect()
    };
    if wholes(main).intersection(&wholes(other)).next().is_some() { repeat } else { Verdict::Own }
}

fn is_sum(parts: &[Number], printed: &Number) -> bool {
    exact::sum(parts.iter().map(|p| p.value).chain([-printed.value])).abs() < 1.0
}

/// What a row of a recap by families of akun sums up: `52 Belanja Barang` all of 521111 to 524219.
fn family(by_code: &BTreeMap<String, Vec<Number>>, line: &Line) -> Option<Vec<Number>> {
    let (_, printed) = line.codes.last()?;
    let digits = printed.text.trim();
    let akun = |code: &str| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
    let short = (2..6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let own = by_code.iter().filter(|(code, _)| short && akun(code) && code.starts_with(digits));
    let parts: Vec<Number> = own.flat_map(|(_, numbers)| numbers.iter().cloned()).collect();
    (!parts.is_empty()).then_some(parts)
}

/// What a row calls itself, with its amount.
fn key(line: &Line) -> Option<(String, u64)> {
    let amount = line.amount.as_ref()?.value;
    Some((name(line), amount.to_bits()))
}

/// The own part of a row's code.
fn own_code(line: &Line) -> Option<String> {
    let (_, printed) = line.codes.last()?;
    let own = code::readings(&printed.text).into_iter().next().map(|c| c.own().to_owned());
    Some(own.unwrap_or_else(|| printed.text.clone()))
}
