//! Of all statements the five that count, and what disagrees with them.

use crate::model::{Level, Region};
use crate::normalise::region::Regions;

use super::labels::{Measure, Slot};
use super::stated::{Stated, Statement};

/// The figures of the minutes.
#[derive(Clone, Debug, Default)]
pub struct Chosen<'a> {
    /// Number of kecamatan.
    pub kecamatan: Option<&'a Statement>,
    /// Number of desa and kelurahan: one statement, or one of each.
    pub desa: Vec<&'a Statement>,
    /// Men, women, all.
    pub voters: [Option<&'a Statement>; 3],
    /// Statements of the same thing with another number.
    pub rivals: Vec<&'a Statement>,
}

/// The columns of the table, in the contract's order.
pub const COLUMNS: [&str; 5] = ["n_kecamatan", "n_desa", "l", "p", "total"];

impl<'a> Chosen<'a> {
    /// The statement of a voter column.
    pub fn statements(&self) -> impl Iterator<Item = (&'static str, &'a Statement)> + '_ {
        let kecamatan = self.kecamatan.into_iter().map(|s| (COLUMNS[0], s));
        let desa = self.desa.iter().map(|s| (COLUMNS[1], *s));
        let voters = COLUMNS[2..].iter().zip(self.voters).filter_map(|(column, s)| s.map(|s| (*column, s)));
        kecamatan.chain(desa).chain(voters)
    }
}

/// Most statements of one thing that are weighed against each other.
const MOST: usize = 12;

/// Chooses. `region`: whose minutes these are; its counts in the reference list decide between statements that differ.
pub fn choose<'a>(stated: &'a Stated, region: Option<Region>, regions: &Regions) -> Chosen<'a> {
    let all = |slot: Slot| distinct(stated.statements.iter().filter(|s| s.slot == slot));
    // What is signed counts before what is attached to it.
    let own = |slot: Slot| {
        let all = all(slot);
        let signed: Vec<&Statement> = all.iter().copied().filter(|s| !s.annex).collect();
        if signed.iter().any(|s| s.digits.is_some()) { signed } else { all }
    };
    let of = |slot: Slot| {
        let own = own(slot);
        // A figure that the paper repeats in words beside it is the one that it lays down, whatever a table of it says.
        let spelled: Vec<&Statement> = own.iter().copied().filter(|s| s.digits.is_some() && s.words.is_some()).collect();
        if spelled.is_empty() { own } else { spelled }
    };
    let count = |level: Level| region.map(|r| regions.inside(r, level).len()).filter(|n| *n > 0);
    let mut chosen = Chosen::default();
    // Of the regions the reference list knows the number, whether words stand beside it or not.
    let (kecamatan, whole) = (own(Slot::Kecamatan), own(Slot::Desa));
    chosen.kecamatan = listed(&kecamatan, count(Level::Kecamatan)).or_else(|| counted(&of(Slot::Kecamatan)));
    let parts = [of(Slot::DesaAlone), of(Slot::KelurahanAlone)];
    let desa = count(Level::Desa);
    chosen.desa = match listed(&whole, desa).or_else(|| counted(&of(Slot::Desa))) {
        Some(one) => vec![one],
        None => parts.iter().filter_map(|part| counted(part)).collect(),
    };
    let voters = [Slot::L, Slot::P, Slot::Total].map(of);
    chosen.voters = balanced(&voters);
    let differs = |slot: &[&'a Statement], one: Option<&Statement>| -> Vec<&'a Statement> {
        slot.iter().copied().filter(|s| one.is_some_and(|one| one.value() != s.value())).collect()
    };
    let mut rivals = differs(&kecamatan, chosen.kecamatan);
    if chosen.desa.len() == 1 && !whole.is_empty() {
        rivals.extend(differs(&whole, chosen.desa.first().copied()));
    }
    for (slot, one) in [Slot::L, Slot::P, Slot::Total].map(all).iter().zip(chosen.voters) {
        rivals.extend(differs(slot, one));
    }
    chosen.rivals = rivals;
    chosen
}

/// One statement of each number: the most telling one, which is the one in digits, with words, and with the plainest label.
fn distinct<'a>(all: impl Iterator<Item = &'a Statement>) -> Vec<&'a Statement> {
    let mut out: Vec<&Statement> = Vec::new();
    for statement in all.filter(|s| s.value().is_some()).take(MOST * MOST) {
        match out.iter_mut().find(|s| s.value() == statement.value()) {
            Some(known) if telling(statement) > telling(known) => *known = statement,
            Some(_) => {}
            None => out.push(statement),
        }
    }
    // Words without digits repeat a figure that stands elsewhere; where they differ from it they are its terbilang, not its rival.
    if out.iter().any(|s| s.digits.is_some()) {
        out.retain(|s| s.digits.is_some());
    }
    out.truncate(MOST);
    out
}

/// How much a statement tells of itself.
fn telling(statement: &Statement) -> (bool, bool, Measure, bool, bool, std::cmp::Reverse<usize>) {
    let label = &statement.label;
    (
        statement.digits.is_some(),
        !statement.annex,
        label.measure,
        statement.words.is_some(),
        label.total,
        std::cmp::Reverse(label.unknown),
    )
}

/// The count that the reference list knows.
fn listed<'a>(all: &[&'a Statement], reference: Option<usize>) -> Option<&'a Statement> {
    let known = |s: &&&Statement| s.value().is_some_and(|v| reference.is_some_and(|n| n.to_string() == v.to_string()));
    all.iter().find(known).copied()
}

/// The one that says it is a sum, else the largest.
fn counted<'a>(all: &[&'a Statement]) -> Option<&'a Statement> {
    let key = |s: &Statement| (s.label.total, s.value().unwrap_or(0.0));
    let largest = all.iter().max_by(|a, b| key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal));
    largest.copied()
}

/// Men, women and all that belong together: of several the ones that add up, then the ones that tell most, then the first.
fn balanced<'a>(all: &[Vec<&'a Statement>; 3]) -> [Option<&'a Statement>; 3] {
    let choices = all.each_ref().map(|slot| {
        let some: Vec<Option<&Statement>> = slot.iter().copied().map(Some).collect();
        if some.is_empty() { vec![None] } else { some }
    });
    let mut best: ([Option<&Statement>; 3], Option<Weight>) = ([None; 3], None);
    for &l in &choices[0] {
        for &p in &choices[1] {
            for &t in &choices[2] {
                let weight = weigh([l, p, t]);
                if best.1.as_ref().is_none_or(|known| weight > *known) {
                    best = ([l, p, t], Some(weight));
                }
            }
        }
    }
    best.0
}

/// Adds up; how surely it is the result; how little is unknown; how many.
type Weight = (bool, usize, std::cmp::Reverse<usize>);

fn weigh(three: [Option<&Statement>; 3]) -> Weight {
    let value = |i: usize| three[i].and_then(Statement::value);
    let adds = value(0).zip(value(1)).zip(value(2)).is_some_and(|((l, p), t)| l + p == t);
    let sure = three.iter().flatten().map(|s| s.label.measure as usize).sum();
    let unknown = three.iter().flatten().map(|s| s.label.unknown).sum();
    (adds, sure, std::cmp::Reverse(unknown))
}
