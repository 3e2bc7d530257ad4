//! What is wrong with codes: B04 (a code below the wrong parent), B05 (a path twice), B07 (an unknown akun), and rows that
//! have lost their amount or their quantity.

use std::collections::BTreeMap;

use crate::model::{Finding, Findings, Span};
use crate::tables::outline::{Level, Tier};

use super::budget::Budget;
use super::lines::Line;
use super::words::Words;

/// Adds the findings of all rows.
pub fn check(findings: &mut Findings, budget: &Budget, words: &Words) {
    misplaced(findings, budget);
    mute(findings, budget);
    uncounted(findings, budget);
    worthless(findings, budget);
    for (at, node) in budget.outline.nodes.iter().enumerate() {
        let Some(first) = node.again.filter(|&first| !is_of_another(budget, at, first)) else { continue };
        let message = format!(
            "{} sudah ada di baris {} dengan jalur kode yang sama ({}).",
            budget.called(at),
            budget.lines[first].span.from.row + 1,
            node.path
        );
        findings.add(Finding::new("B05", message).at(place(budget, at)).found(node.path.clone()));
    }
    unknown_accounts(findings, budget, words);
}

/// Whether two rows with the same path stand in different tables, or below different captions of one, that both begin below the programme:
/// what is above them stands in their titles, and need not be the same.
fn is_of_another(budget: &Budget, at: usize, first: usize) -> bool {
    let top = std::iter::successors(Some(at), |&n| budget.outline.nodes[n].parent).last().unwrap_or(at);
    let place = |n: usize| (budget.lines[n].table, budget.lines[n].group);
    place(at) != place(first) && budget.outline.nodes[top].level != Level::Coded(Tier::Program)
}

/// No row with an amount at all: the column that has them was not understood.
fn worthless(findings: &mut Findings, budget: &Budget) {
    if budget.lines.len() >= FEWEST && budget.lines.iter().all(|l| l.amount.is_none() && l.unread.is_empty()) {
        let spans = budget.lines.iter().map(|l| l.span);
        let whole = spans.reduce(|all, s| if s.from.grid == all.from.grid { all.with(s.from).with(s.to) } else { all });
        let message =
            "tidak satu baris pun menunjukkan jumlah: kolom jumlahnya tidak ada atau tidak terbaca. Periksa judul kolomnya.";
        findings.0.extend(whole.map(|span| Finding::new("A13", message).at(span)));
    }
}

/// A price and an amount without the quantity between them, where other rows have theirs.
fn uncounted(findings: &mut Findings, budget: &Budget) {
    let priced: Vec<&Line> = budget.lines.iter().filter(|l| l.price.is_some() && l.amount.is_some()).collect();
    if priced.iter().filter(|l| !l.volumes.is_empty()).count() < FEWEST {
        return;
    }
    // What is bought once costs its price.
    let once = |l: &Line| l.price.as_ref().map(|n| n.value.to_bits()) == l.amount.as_ref().map(|n| n.value.to_bits());
    for line in priced.into_iter().filter(|l| l.volumes.is_empty() && l.unread.is_empty() && !once(l)) {
        let message =
            format!("{}: volumenya tidak terbaca, padahal harga dan jumlahnya ada. Periksa sel volumenya.", line.words());
        findings.add(Finding::new("A13", message).at(line.span));
    }
}

/// Rows of a level that a table must have before one without an amount stands out.
const FEWEST: usize = 3;

/// A row without an amount among others of its level that all have one: what it says is missing, not nothing.
fn mute(findings: &mut Findings, budget: &Budget) {
    let mut levels: BTreeMap<Tier, Vec<usize>> = BTreeMap::new();
    for (at, node) in budget.outline.nodes.iter().enumerate() {
        if let Level::Coded(tier) = node.level {
            levels.entry(tier).or_default().push(at);
        }
    }
    for rows in levels.values().filter(|rows| rows.len() >= FEWEST) {
        let without: Vec<usize> = rows.iter().copied().filter(|&at| budget.lines[at].amount.is_none()).collect();
        if without.len() * 5 > rows.len() {
            continue;
        }
        for at in without.into_iter().filter(|&at| budget.lines[at].unread.is_empty()) {
            let message = format!(
                "{}: baris ini tidak menunjukkan jumlah, padahal baris lain yang setingkat menunjukkannya.",
                budget.called(at)
            );
            findings.add(Finding::new("A13", message).at(budget.lines[at].span));
        }
    }
}

/// The cell of a row's code.
fn place(budget: &Budget, at: usize) -> Span {
    let line = &budget.lines[at];
    line.codes.last().map_or(line.span, |(_, c)| c.at.into())
}

/// B04; where all of several children name the same other parent, that parent is told once.
fn misplaced(findings: &mut Findings, budget: &Budget) {
    let nodes = &budget.outline.nodes;
    let mut wrong: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate().filter(|(_, n)| n.misplaced.is_some()) {
        wrong.entry(node.parent).or_default().push(at);
    }
    for (parent, rows) in wrong {
        let all = parent.filter(|&p| rows.len() > 1 && budget.children[p].len() == rows.len());
        if let Some(parent) = all {
            let message = format!(
                "{}: semua {} kode di bawahnya menyebut induk lain; periksa kode baris ini.",
                budget.called(parent),
                rows.len()
            );
            findings.add(Finding::new("B04", message).at(place(budget, parent)).found(printed(budget, parent)));
            continue;
        }
        for at in rows {
            let right = nodes[at].misplaced.clone().unwrap_or_default();
            let under = nodes[at].parent.map_or_else(String::new, |p| format!(" {}", printed(budget, p)));
            let message = format!("{}: kode ini berada di bawah{under}, padahal bukan bagiannya.", budget.called(at));
            findings.add(Finding::new("B04", message).at(place(budget, at)).found(printed(budget, at)).expected(right));
        }
    }
}

fn printed(budget: &Budget, at: usize) -> String {
    budget.lines[at].codes.last().map_or_else(String::new, |(_, c)| c.text.clone())
}

/// B07, once for each akun.
fn unknown_accounts(findings: &mut Findings, budget: &Budget, words: &Words) {
    let mut unknown: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, node) in budget.outline.nodes.iter().enumerate() {
        let own = node.path.rsplit('/').next().unwrap_or_default();
        let national = own.len() == 6 && own.bytes().all(|b| b.is_ascii_digit());
        if node.level == Level::Coded(Tier::Akun) && national && !words.knows_account(own) {
            unknown.entry(own).or_insert((at, 0)).1 += 1;
        }
    }
    for (account, (at, count)) in unknown {
        let message = format!("akun {account} tidak ada dalam daftar akun yang dikenal ({count} baris)");
        findings.add(Finding::new("B07", message).at(place(budget, at)).found(account));
    }
}
