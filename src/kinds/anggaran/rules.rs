//! What must hold in a budget, as equations over its cells: B01, B02, B03, B06, and D02 of a RAB.

use crate::model::{Equation, Span, Term};
use crate::normalise::exact;
use crate::normalise::number::Style;
use crate::tables::outline::Level;

use super::budget::Budget;
use super::factors;
use super::head::Allocation;
use super::lines::{Line, Number};
use super::repeats::Recap;
use super::rows::Total;
use super::words::Words;

/// Less than this is the noise of sums of rupiah with decimals.
const HALF: f64 = 0.5;

/// Products and sums that hold before a table is believed whatever else stands beside it.
const FEWEST: usize = 3;

/// Whether enough of a budget comes out right to know that its columns were understood.
#[must_use]
pub fn coherent(budget: &Budget) -> bool {
    let rows = || 0..budget.lines.len();
    let holds = |e: Option<Equation>| e.is_some_and(|e| e.holds());
    let products = rows().filter(|&at| holds(product(budget, at))).take(FEWEST).count();
    let sums = rows().filter(|&at| holds(parent(budget, at))).take(FEWEST).count();
    products == FEWEST || sums == FEWEST
}

/// B01 and B06 of the details, B02 of the parents.
#[must_use]
pub fn tree(budget: &Budget, style: Style) -> Vec<Equation> {
    let mut all = Vec::new();
    for at in 0..budget.lines.len() {
        let product = product(budget, at);
        let holds = product.as_ref().is_none_or(Equation::holds);
        all.extend(product);
        all.extend(calculation(budget, at, style, holds));
        all.extend(parent(budget, at));
    }
    all
}

/// B01: volume times price is the amount. The product is written out around the printed values, each factor with the others as its
/// coefficient: exact for a change of any single cell, so that the cell at fault can be told.
fn product(budget: &Budget, at: usize) -> Option<Equation> {
    let line = &budget.lines[at];
    let (price, amount) = (line.price.as_ref()?, line.amount.as_ref()?);
    let (_, quantities) = budget.quantity(at)?;
    let numbers: Vec<&Number> = quantities.into_iter().chain([price]).collect();
    let values: Vec<f64> = numbers.iter().map(|n| n.value).collect();
    let tax = tax(line, &values, amount.value);
    let product_of = |factors: &[f64]| exact::product(&[factors, &[tax]].concat()).and_then(exact::number);
    let product = product_of(&values)?;
    let mut terms = vec![Term::new(1.0, amount.value, amount.at)];
    // A calculation in one cell is no single number that could be at fault.
    let apart = numbers.iter().filter(|n| numbers.iter().filter(|m| m.at == n.at).count() == 1);
    for (n, number) in numbers.iter().enumerate().filter(|(_, n)| apart.clone().any(|a| a.at == n.at)) {
        let others: Vec<f64> = values.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, v)| *v).collect();
        terms.push(Term::new(-product_of(&others)?, number.value, number.at));
    }
    // Every factor says the whole product once more than it is due.
    let once_more = f64::from(i32::try_from(terms.len()).ok()? - 2);
    let constant = exact::product(&[once_more, product]).and_then(exact::number)?;
    let says = format!("{}: volume × harga satuan bukan jumlah biaya.", budget.called(at));
    Some(Equation {
        code: "B01".to_owned(),
        constant,
        tolerance: tolerance(&values),
        at: Span::around(numbers.iter().map(|n| n.at).chain([amount.at]))?,
        terms,
        says,
    })
}

/// Amounts are with or without the tax of their row, whichever fits; where neither does they are taken to be with it.
fn tax(line: &Line, values: &[f64], amount: f64) -> f64 {
    let rate = line.tax.as_ref().map_or(0.0, |t| if t.value > 0.0 && t.value < 1.0 { t.value * 100.0 } else { t.value });
    let with = exact::product(&[100.0 + rate, 0.01]).and_then(exact::number).unwrap_or(1.0);
    if super::budget::near(values, amount) { 1.0 } else { with }
}

/// One rupiah; where a volume is printed with decimals as much as its last one may hide.
fn tolerance(values: &[f64]) -> f64 {
    let Some((price, volumes)) = values.split_last() else { return 1.0 };
    let decimals = volumes.iter().map(|v| exact::decimals(*v)).max().unwrap_or(0);
    if decimals == 0 {
        return 1.0;
    }
    let hidden = 0.5 * price.abs() * 10_f64.powi(-i32::try_from(decimals).unwrap_or(0));
    hidden.max(1.0)
}

/// B06: the calculation in brackets is the volume. One in a column of its own is asked only where B01 holds: else that has said it.
fn calculation(budget: &Budget, at: usize, style: Style, holds: bool) -> Option<Equation> {
    let line = &budget.lines[at];
    let (volume, quantities) = budget.quantity(at)?;
    let [quantity] = quantities.as_slice() else { return None };
    let inside = factors::bracketed(line.words());
    let worded = |text: &str| text.chars().any(char::is_alphabetic);
    let apart = line.factors.as_ref().filter(|f| f.at != quantity.at && holds && worded(&f.text)).map(|f| f.text.as_str());
    let printed = inside.or(apart)?;
    let product = factors::product(printed, style)?;
    let amount = line.amount.as_ref().map(|n| n.value);
    if amount == Some(product) && product != volume {
        return None; // the price is among the factors
    }
    let decimals = i32::try_from(exact::decimals(volume)).unwrap_or(0);
    let says = format!("{}: perhitungan \"{printed}\" bukan volumenya.", budget.called(at));
    Some(Equation {
        code: "B06".to_owned(),
        terms: vec![Term::new(1.0, volume, quantity.at)],
        constant: -product,
        tolerance: if decimals == 0 { 1e-6 } else { 0.5 * 10_f64.powi(-decimals) },
        at: quantity.at.into(),
        says,
    })
}

/// B02: a parent is the sum of its children. Headers without an amount stand for what is below them.
fn parent(budget: &Budget, at: usize) -> Option<Equation> {
    let line = &budget.lines[at];
    let amount = line.amount.as_ref()?;
    let parts = budget.parts(at);
    if !budget.complete(&parts) || budget.outline.nodes[at].level == Level::Detil {
        return None;
    }
    let says = format!("{}: jumlahnya bukan penjumlahan {} baris di bawahnya.", budget.called(at), parts.len());
    Some(sum("B02", amount, &amounts(budget, &parts), says))
}

fn amounts<'a>(budget: &'a Budget, parts: &[usize]) -> Vec<&'a Number> {
    parts.iter().filter_map(|&p| budget.lines[p].amount.as_ref()).collect()
}

fn sum(code: &str, total: &Number, parts: &[&Number], says: String) -> Equation {
    let terms = std::iter::once(Term::new(1.0, total.value, total.at));
    let terms = terms.chain(parts.iter().map(|p| Term::new(-1.0, p.value, p.at))).collect();
    Equation { code: code.to_owned(), terms, constant: 0.0, tolerance: HALF, at: total.at.into(), says }
}

/// Every printed sum is that of the rows it speaks of: D02 in a RAB, B02 elsewhere.
#[must_use]
pub fn totals(budget: &Budget, words: &Words, rab: bool) -> Vec<Equation> {
    let mut start = 0;
    let mut all = Vec::new();
    for (n, total) in budget.totals.iter().enumerate() {
        let Some(amount) = &total.line.amount else { continue };
        let last = budget.totals.get(n + 1).is_none_or(|next| next.from > total.from);
        let (parts, whole) = summed(budget, words, total, (start.max(total.from), last));
        if whole {
            start = total.after;
        }
        let says = format!("\"{}\" tidak sama dengan jumlah {} barisnya.", total.line.words(), parts.len());
        if budget.complete(&parts) {
            all.push(sum(if rab { "D02" } else { "B02" }, amount, &amounts(budget, &parts), says));
        }
    }
    all
}

/// The rows a printed sum speaks of, and whether those are all rows since the sum before: what its label names, else what it fits, else
/// everything where it is the last of its table, else the nearest parent.
fn summed(budget: &Budget, words: &Words, total: &Total, (start, last): (usize, bool)) -> (Vec<usize>, bool) {
    let end = if total.after <= total.from { budget.lines.len() } else { total.after };
    let tops = [budget.top(0, end), budget.top(total.from, end), budget.top(start, end)];
    let amount = total.line.amount.as_ref().map_or(0.0, |n| n.value);
    let fits = |parts: &Vec<usize>| {
        !parts.is_empty() && exact::sum(amounts(budget, parts).iter().map(|p| p.value).chain([-amount])).abs() <= HALF
    };
    if let Some(top) = tops.iter().find(|t| fits(t)) {
        return (top.clone(), *top == tops[2]);
    }
    let details = |from: usize| -> Vec<usize> { (from..end).filter(|&at| budget.lines[at].is_leaf()).collect() };
    let so_far = details(total.from);
    if fits(&so_far) {
        return (so_far, false);
    }
    if words.is_carried(total.line.words()) {
        // Tables that carry a sum from one to the next are pages of one.
        let carried = |t: &Total| t.from < total.from && words.is_carried(t.line.words());
        let paged = budget.totals.iter().any(carried) || fits(&details(0));
        return (if paged { details(0) } else { so_far }, false);
    }
    let page = budget.totals.iter().map(|t| t.after).filter(|&after| after < total.after).max().unwrap_or(total.from);
    if fits(&details(page)) {
        return (details(page), false);
    }
    let chain = || std::iter::successors(total.after.checked_sub(1), |&at| budget.outline.nodes[at].parent);
    if let Some(at) = called_like(budget, total, end) {
        return (budget.parts(at), false);
    }
    let named = words.total_of(total.line.words());
    if let Some(at) = named.and_then(|tier| chain().find(|&a| budget.outline.nodes[a].level == Level::Coded(tier))) {
        return (budget.parts(at), false);
    }
    // The only row at the top may be wrong itself: its children are then not what the sum speaks of.
    let whole = last || total.after <= total.from;
    let open = chain().map(|at| budget.parts(at)).find(|parts| fits(parts) && !(whole && tops[0].len() == 1));
    match open {
        Some(parts) => (parts, false),
        None if whole => (tops[1].clone(), false),
        None => (chain().map(|at| budget.parts(at)).find(|p| p.len() > 1).unwrap_or_else(|| tops[2].clone()), false),
    }
}

/// The parent whose name a printed sum ends with: `Jumlah Program Dukungan Manajemen`; the last of several.
fn called_like(budget: &Budget, total: &Total, end: usize) -> Option<usize> {
    let label = total.line.words();
    let parent = |at: &usize| !budget.lines[*at].codes.is_empty() && !budget.lines[*at].is_leaf();
    let named = |at: &usize| {
        let name = budget.lines[*at].words();
        let tail = label.len().checked_sub(name.len()).filter(|&from| from > 0).and_then(|from| label.get(from..));
        name.contains(' ') && tail.is_some_and(|tail| tail.eq_ignore_ascii_case(name))
    };
    (0..end).rev().find(|at| parent(at) && named(at))
}

/// B02 of a recap: its figure is the sum of the rows with its code.
#[must_use]
pub fn recap(recap: &Recap) -> Equation {
    let says = format!("Rekapitulasi \"{}\" bukan jumlah {} barisnya di dalam rincian.", recap.called, recap.parts.len());
    sum("B02", &recap.printed, &recap.parts.iter().collect::<Vec<_>>(), says)
}

/// B03: what the head of the document says is to be distributed is the sum of the rows at the top.
#[must_use]
pub fn allocation(budget: &Budget, stated: &Allocation) -> Option<Equation> {
    let parts = budget.top(0, budget.lines.len());
    let amount = Number { value: stated.value, at: stated.at, raw: String::new() };
    let says = format!("Alokasi di kepala dokumen bukan jumlah {} baris teratas.", parts.len());
    let equation = sum("B03", &amount, &amounts(budget, &parts), says);
    budget.complete(&parts).then_some(equation)
}
