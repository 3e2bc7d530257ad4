//! What a printed total is the total of: found by arithmetic where the figures tell, else by where it stands. It may sum rows of its own
//! table, of all tables above it (`Jumlah s.d. halaman 2`, `Jumlah seluruhnya` below the last of many small tables), or of one region.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::model::{Level, Region};
use crate::normalise::region::Match;

use super::facts::{Entity, Fact, Roll};
use super::tags::Field;
use super::whose::Whose;

/// A printed total and the entities it sums, by number of the roll and of the entity in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The total.
    pub total: (usize, usize),
    /// Its members, in order of print.
    pub members: Vec<(usize, usize)>,
    /// It sums all rows of its table.
    pub grand: bool,
}

/// Finds the members of every printed total of the tables.
#[must_use]
pub fn sums(rolls: &[Roll]) -> Vec<Sum> {
    let tally = Tally::new(rolls);
    let of_roll = |(r, roll): (usize, &Roll)| {
        let stations = Stations::new(&tally, r, roll);
        let totals = (0..roll.entities.len()).filter(|&e| is_total(&roll.entities[e]));
        totals.map(|e| stations.sum(&tally, e)).collect::<Vec<_>>()
    };
    rolls.iter().enumerate().flat_map(of_roll).collect()
}

const fn is_total(entity: &Entity) -> bool {
    matches!(entity.whose, Whose::Total(..))
}

/// All rows of a document in order of print, with running sums of every field.
struct Tally<'r> {
    rolls: &'r [Roll],
    /// Roll and entity of every row that is no total.
    rows: Vec<(usize, usize)>,
    /// Where each roll's rows begin in `rows`; one more than there are rolls.
    starts: Vec<usize>,
    /// For a total the number of rows above the last one before it, in whatever table, that begins like it (`Jumlah Kecamatan`): each ends a
    /// part of one list.
    since_alike: HashMap<(usize, usize), usize>,
    /// Sum and number of the values among the first n rows.
    running: HashMap<Field, Vec<(f64, usize)>>,
}

impl<'r> Tally<'r> {
    fn new(rolls: &'r [Roll]) -> Self {
        let mut tally = Self { rolls, rows: Vec::new(), starts: vec![0], since_alike: HashMap::new(), running: HashMap::new() };
        let mut last: HashMap<String, usize> = HashMap::new();
        for (r, roll) in rolls.iter().enumerate() {
            for (e, entity) in roll.entities.iter().enumerate() {
                match &entity.whose {
                    Whose::Total(label, _) => {
                        let before = opening(label).and_then(|opening| last.insert(opening, tally.rows.len()));
                        tally.since_alike.extend(before.map(|above| ((r, e), above)));
                    }
                    _ => tally.rows.push((r, e)),
                }
            }
            tally.starts.push(tally.rows.len());
        }
        let totals = rolls.iter().flat_map(|r| &r.entities).filter(|e| is_total(e));
        let fields: std::collections::BTreeSet<Field> = totals.flat_map(|e| e.facts.iter().map(|f| f.field)).collect();
        for field in fields {
            let mut last = (0.0, 0);
            let mut running = vec![last];
            running.extend(tally.rows.iter().map(|&row| {
                last = summed(last, tally.entity(row), field);
                last
            }));
            tally.running.insert(field, running);
        }
        tally
    }

    fn entity(&self, (roll, entity): (usize, usize)) -> &'r Entity {
        &self.rolls[roll].entities[entity]
    }

    /// Sum and number of the values of a field among some rows.
    fn sum(&self, of: &Candidate, field: Field) -> (f64, usize) {
        match of {
            Candidate::Run(range) => {
                let at = |n: usize| self.running.get(&field).and_then(|r| r.get(n)).copied().unwrap_or_default();
                let (end, start) = (at(range.end), at(range.start));
                (end.0 - start.0, end.1 - start.1)
            }
            Candidate::Some(rows) => rows.iter().fold((0.0, 0), |sum, &n| summed(sum, self.entity(self.rows[n]), field)),
        }
    }

    /// The number of rows above the last total of the tables before this one.
    fn since_total(&self, roll: usize) -> usize {
        let above = |r: usize| {
            let entities = &self.rolls[r].entities;
            let last = entities.iter().rposition(is_total)?;
            Some(self.starts[r] + entities[..last].iter().filter(|e| !is_total(e)).count())
        };
        (0..roll).rev().find_map(above).unwrap_or(0)
    }

    /// How well the rows explain the total's figures.
    fn fit(&self, total: &Entity, of: &Candidate) -> Fit {
        let mut fit = Fit::default();
        let printed = |f: &Fact| Some((f.field, f.value?));
        for (field, value) in total.facts.iter().filter_map(printed) {
            let (sum, count) = self.sum(of, field);
            if count > 0 {
                fit.compared += 1;
                fit.matched += usize::from((sum - value).abs() < 0.5);
                fit.empty += usize::from(value == 0.0 && sum == 0.0);
                fit.apart += (sum - value).abs();
            }
        }
        fit
    }
}

/// The first two words of a total's label that has more of them.
fn opening(label: &str) -> Option<String> {
    let words: Vec<&str> = label.split_whitespace().take(3).collect();
    (words.len() > 2).then(|| words[..2].join(" ").to_lowercase())
}

/// A sum and its number of values with those of one more row.
fn summed(before: (f64, usize), row: &Entity, field: Field) -> (f64, usize) {
    row.parts(field).filter_map(|f| f.value).fold(before, |(sum, n), value| (sum + value, n + 1))
}

/// Some rows of a document, by their number in [`Tally::rows`].
enum Candidate {
    Run(Range<usize>),
    Some(Vec<usize>),
}

impl Candidate {
    fn is_empty(&self) -> bool {
        match self {
            Self::Run(range) => range.is_empty(),
            Self::Some(rows) => rows.is_empty(),
        }
    }

    fn rows(&self) -> Vec<usize> {
        match self {
            Self::Run(range) => range.clone().collect(),
            Self::Some(rows) => rows.clone(),
        }
    }
}

/// How many of a total's figures are the sums of the members', how many could be compared, and how far they are apart in all.
#[derive(Clone, Copy, Debug, Default)]
struct Fit {
    matched: usize,
    compared: usize,
    apart: f64,
    /// Of the matched those that are zero, which says nothing.
    empty: usize,
}

impl Fit {
    /// Whether it explains the total better than a candidate that stands nearer. Where nothing matches, only a sum that is much closer
    /// does, and of no fewer figures: then the nearer one is of another order of magnitude.
    fn beats(self, nearer: Self) -> bool {
        match self.matched.cmp(&nearer.matched) {
            std::cmp::Ordering::Equal if self.matched == 0 => {
                nearer.compared == 0 || self.compared >= nearer.compared && self.apart * 4.0 < nearer.apart
            }
            std::cmp::Ordering::Equal => self.compared > nearer.compared,
            order => order.is_gt(),
        }
    }
}

/// Where the rows and totals of one table stand.
struct Stations<'r> {
    number: usize,
    roll: &'r Roll,
    /// For each entity the number of rows of the document above it.
    above: Vec<usize>,
    totals: Vec<usize>,
    parts: BTreeMap<usize, Vec<usize>>,
    groups: BTreeMap<usize, Vec<usize>>,
}

impl<'r> Stations<'r> {
    fn new(tally: &Tally, number: usize, roll: &'r Roll) -> Self {
        let mut stations =
            Self { number, roll, above: Vec::new(), totals: Vec::new(), parts: BTreeMap::new(), groups: BTreeMap::new() };
        let mut row = tally.starts[number];
        for (e, entity) in roll.entities.iter().enumerate() {
            stations.above.push(row);
            if is_total(entity) {
                stations.totals.push(e);
            } else {
                stations.parts.entry(entity.part).or_default().push(row);
                stations.groups.entry(entity.group).or_default().push(row);
                row += 1;
            }
        }
        stations
    }

    fn sum(&self, tally: &Tally, e: usize) -> Sum {
        let members = self.best(tally, e).map(|(_, c)| c.rows()).unwrap_or_default();
        let own = tally.starts[self.number]..tally.starts[self.number + 1];
        let grand = members.iter().filter(|m| own.contains(m)).count() == own.len();
        Sum { total: (self.number, e), members: members.into_iter().map(|n| tally.rows[n]).collect(), grand }
    }

    /// The total before this one that bears the same label: each of them ends a list of its own.
    fn namesake(&self, e: usize) -> Option<usize> {
        let label =
            |t: usize| if let Whose::Total(label, _) = &self.roll.entities[t].whose { Some(label.as_str()) } else { None };
        let own = label(e).filter(|l| !l.is_empty())?;
        self.totals.iter().rev().copied().find(|&t| t < e && label(t) == Some(own))
    }

    /// The rows that explain a total best.
    fn best(&self, tally: &Tally, e: usize) -> Option<(Fit, Candidate)> {
        let total = &self.roll.entities[e];
        let mut best: Option<(Fit, Candidate)> = None;
        for candidate in self.candidates(tally, e).into_iter().filter(|c| !c.is_empty()) {
            let fit = tally.fit(total, &candidate);
            if best.as_ref().is_none_or(|(known, _)| fit.beats(*known)) {
                best = Some((fit, candidate));
            }
        }
        best
    }

    /// What a total may sum, the likeliest first.
    fn candidates(&self, tally: &Tally, e: usize) -> Vec<Candidate> {
        let total = &self.roll.entities[e];
        let own = tally.starts[self.number]..tally.starts[self.number + 1];
        let here = self.above[e];
        let before = self.totals.iter().rev().find(|&&t| t < e).map(|&t| self.above[t]);
        let after = self.totals.iter().find(|&&t| t > e).map(|&t| self.above[t]);
        let inside =
            Candidate::Some(if let Whose::Total(_, Some(of)) = &total.whose { inside(tally, &own, *of) } else { Vec::new() });
        let above = || Candidate::Run(before.unwrap_or(own.start)..here);
        let below = || Candidate::Run(here..after.unwrap_or(own.end));
        let group = Candidate::Some(of_group(&self.groups, total.group).filter(|&n| n < here).collect());
        let part = Candidate::Some(of_group(&self.parts, total.part).collect());
        let since = self.namesake(e).map_or(0..0, |t| self.above[t]..here);
        let rows = Candidate::Run(own.clone());
        let nothing_above = before.unwrap_or(own.start) == here;
        let lone = self.totals.len() == 1 || nothing_above && (before.is_none() || after.is_none());
        let mut all = if lone {
            vec![inside, rows, Candidate::Run(since), part, above(), below(), group]
        } else {
            vec![inside, above(), below(), group, Candidate::Run(since), rows, part]
        };
        let sheet = |r: &Roll| r.span.map(|s| s.from.grid);
        let first = tally.rolls.iter().position(|r| sheet(r) == sheet(self.roll)).unwrap_or(self.number);
        // A page may end above the sum of its last rows, which then stands alone below the next page's heading.
        all.insert(0, Candidate::Run(if own.is_empty() { tally.since_total(self.number)..here } else { 0..0 }));
        // A group may have begun above the heading of this table.
        all.push(Candidate::Run(if before.is_none() { tally.since_total(self.number)..here } else { 0..0 }));
        all.push(Candidate::Run(own.start..here));
        // Or above the page on which this table begins.
        all.push(Candidate::Run(tally.since_alike.get(&(self.number, e)).map_or(0..0, |&above| above..here)));
        all.push(Candidate::Run(tally.starts[first]..here));
        let last = tally.rolls.iter().rposition(|r| sheet(r) == sheet(self.roll)).unwrap_or(self.number);
        all.push(Candidate::Run(tally.starts[first]..tally.starts[last + 1]));
        all.push(Candidate::Run(0..here));
        all.push(Candidate::Run(0..tally.rows.len()));
        all.push(Candidate::Some(named(tally, own)));
        all
    }
}

fn of_group(groups: &BTreeMap<usize, Vec<usize>>, group: usize) -> impl Iterator<Item = usize> + '_ {
    groups.get(&group).into_iter().flatten().copied()
}

/// The rows of a table that lie inside a region.
fn inside(tally: &Tally, own: &Range<usize>, of: Region) -> Vec<usize> {
    let within = |n: &usize| matches!(&tally.entity(tally.rows[*n]).whose, Whose::Region(named) if named.likely().is_some_and(|r| r != of && r.within(of)));
    own.clone().filter(within).collect()
}

/// The rows of a table that bear a name, where others bear none (`5/TPS` below the headings): a sum of the table sums these.
fn named(tally: &Tally, own: Range<usize>) -> Vec<usize> {
    let (nobody, named): (Vec<usize>, Vec<usize>) = own.partition(|&n| tally.entity(tally.rows[n]).whose == Whose::Nobody);
    if nobody.is_empty() { nobody } else { named }
}

/// A table with more nameless rows than this has lost its names; none of them is taken for a total.
const NAMELESS: usize = 32;

/// Rows without a label that are sums of others become totals, and rows whose label is nobody's name but whose figures are such sums; the
/// other nameless ones stay nobody's. Returns those.
pub fn adopt(roll: &mut Roll) -> Vec<usize> {
    adopt_strangers(roll);
    let mut nobody: Vec<usize> = (0..roll.entities.len()).filter(|&i| roll.entities[i].whose == Whose::Nobody).collect();
    if nobody.len() <= NAMELESS {
        nobody.retain(|&i| !adopted(roll, i, String::new(), |fit| fit.matched > 0 && fit.matched * 2 >= fit.compared));
    }
    nobody
}

/// Rows with a label that is nobody's name: first the members of a numbered series together (`DAPIL I`, `DAPIL II`), of which each ends where the
/// next one stands; then one by one, from the top down and from the bottom up.
fn adopt_strangers(roll: &mut Roll) {
    let mut strangers: Vec<(usize, String)> = (0..).zip(&roll.entities).filter_map(|(i, e)| Some((i, stranger(e)?))).collect();
    if strangers.len() > NAMELESS {
        return;
    }
    let names: BTreeSet<String> = strangers.iter().filter_map(|(_, label)| series(label)).map(str::to_owned).collect();
    for name in names {
        let of: Vec<usize> = strangers.iter().filter(|(_, l)| series(l) == Some(name.as_str())).map(|(i, _)| *i).collect();
        if of.len() > 1 && adopted_together(roll, &of) {
            strangers.retain(|(i, _)| !of.contains(i));
        }
    }
    for _ in 0..2 {
        strangers.retain(|(i, label)| {
            !adopted(roll, *i, label.clone(), |fit| fit.matched >= 2 && fit.matched * 4 >= fit.compared * 3)
        });
        strangers.reverse();
    }
}

/// Makes all rows of a series totals where most of what they print, or all of what one of them prints, is the sum of the rows between them.
fn adopted_together(roll: &mut Roll, series: &[usize]) -> bool {
    let before = roll.entities.clone();
    for &i in series {
        let label = stranger(&roll.entities[i]).unwrap_or_default();
        roll.entities[i].whose = Whose::Total(label, None);
    }
    let tally = Tally::new(std::slice::from_ref(roll));
    let stations = Stations::new(&tally, 0, roll);
    let found: Vec<(Fit, Candidate)> = series.iter().filter_map(|&i| stations.best(&tally, i)).collect();
    let sum = |of: fn(&Fit) -> usize| found.iter().map(|(fit, _)| of(fit)).sum::<usize>();
    let (matched, empty, compared) = (sum(|f| f.matched), sum(|f| f.empty), sum(|f| f.compared));
    let several = found.iter().any(|(_, of)| of.rows().len() >= 2);
    // One member that is a sum to the last figure speaks for a series of which others lack a row.
    let exact = found.iter().any(|(fit, of)| of.rows().len() >= 2 && fit.matched == fit.compared && fit.matched >= fit.empty + 2);
    let mostly = several && matched > empty && matched * 4 >= compared * 3;
    let explained = found.len() == series.len() && (exact || mostly);
    if !explained {
        roll.entities = before;
    }
    explained
}

/// The label of a row that bears a name which is nobody's.
fn stranger(entity: &Entity) -> Option<String> {
    match &entity.whose {
        Whose::Region(n) if n.matched == Match::Unknown && n.level < Level::Tps && n.open.is_none() => Some(n.printed.clone()),
        _ => None,
    }
}

/// What the members of a numbered series share: `DAPIL` of `DAPIL II` and of `DAPIL 2`.
fn series(label: &str) -> Option<&str> {
    let (name, number) = label.trim().rsplit_once(char::is_whitespace)?;
    let counted = number.bytes().all(|b| b.is_ascii_digit()) || number.chars().all(|c| "IVXLC".contains(c)) || number.len() == 1;
    counted.then_some(name.trim())
}

/// Makes one row a total where it is the sum of at least two others, told by how well they explain it.
fn adopted(roll: &mut Roll, i: usize, label: String, explained: impl Fn(Fit) -> bool) -> bool {
    let before = std::mem::replace(&mut roll.entities[i].whose, Whose::Total(label, None));
    let tally = Tally::new(std::slice::from_ref(roll));
    let found = Stations::new(&tally, 0, roll).best(&tally, i);
    let adopted = found.is_some_and(|(fit, of)| of.rows().len() >= 2 && fit.matched > fit.empty && explained(fit));
    if !adopted {
        roll.entities[i].whose = before;
    }
    adopted
}
