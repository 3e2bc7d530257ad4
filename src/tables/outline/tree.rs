//! Which row hangs below which: from codes where rows have them, from marks and sums where they have none.
//!
//! Rows come in printed order. A code that can be read in several ways is read as what fits the rows above it, the amounts that are still
//! unspent there, and the row that follows.

use std::collections::HashMap;

use super::code::{Code, TIERS, Tier};
use super::mark::Mark;

mod covers;

/// One printed row as the outline sees it.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The readings of its code, the likeliest first; empty for rows without one.
    pub codes: Vec<Code>,
    /// The mark before its text.
    pub mark: Option<Mark>,
    /// It has a quantity and a price of its own: it is a detail, whatever else is printed in it.
    pub leaf: bool,
    /// Its amount, if it has one.
    pub amount: Option<f64>,
    /// It hangs below none of the rows before it: a table of another place begins with it.
    pub apart: bool,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A row of this code level.
    Coded(Tier),
    /// A heading of details; its amount, if any, is their sum.
    Header,
    /// A detail.
    Detil,
}

impl Level {
    /// As the contract names it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coded(tier) => tier.as_str(),
            Self::Header => "header",
            Self::Detil => "detil",
        }
    }
}

/// A row in its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub level: Level,
    /// The row it hangs below; `None` at the top.
    pub parent: Option<usize>,
    /// Own code parts from the first known level to its own, joined with `/`; of headers and details that of their parent.
    pub path: String,
    /// B04: the parents its code names are not the ones it stands below; what its code should be there.
    pub misplaced: Option<String>,
    /// B05: the first row with the same path.
    pub again: Option<usize>,
    /// Its path is not known for certain: here or above it a code has lost its end, or a level that other rows stand below is missing.
    pub lost: bool,
}

/// All rows in their places, in printed order.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// One for each entry.
    pub nodes: Vec<Node>,
}

impl Outline {
    /// Builds the tree. Work grows with the rows, not with their square.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let headers = covers::headers(entries);
        let (nodes, above) = (Vec::with_capacity(entries.len()), Vec::with_capacity(entries.len()));
        let mut build = Building { entries, headers, open: Vec::new(), nodes, above };
        for at in 0..entries.len() {
            build.place(at);
        }
        let mut outline = Self { nodes: build.nodes };
        outline.find_lost(&build.above);
        outline.group_rekening(entries);
        outline.find_again();
        outline
    }

    /// The direct children of every row, in printed order.
    #[must_use]
    pub fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            if let Some(parent) = node.parent {
                children[parent].push(at);
            }
        }
        children
    }

    /// The rows that hang below nothing.
    pub fn roots(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.nodes.len()).filter(|&at| self.nodes[at].parent.is_none())
    }

    /// Rekening above other rekening group them: only the lowest ones are akun.
    fn group_rekening(&mut self, entries: &[Entry]) {
        for at in 0..self.nodes.len() {
            let rekening = |n: usize| matches!(self.nodes[n].level, Level::Coded(_)) && is_rekening(&entries[n]);
            if let Some(parent) = self.nodes[at].parent.filter(|&p| rekening(at) && is_rekening(&entries[p])) {
                self.nodes[parent].level = Level::Header;
            }
        }
    }

    /// Finds the rows without a level that others have; `above` are the levels known at each row.
    fn find_lost(&mut self, above: &[[bool; TIERS]]) {
        for tier in REGULAR {
            let beneath = |node: &Node, known: &[bool; TIERS]| {
                let placed = known[..tier.index()].contains(&true);
                placed && matches!(node.level, Level::Coded(own) if own > tier)
            };
            let have = self.nodes.iter().zip(above).filter(|(node, known)| beneath(node, known) && known[tier.index()]).count();
            for (node, known) in self.nodes.iter_mut().zip(above).filter(|_| have >= FEWEST) {
                node.lost |= beneath(node, known) && !known[tier.index()];
            }
        }
        for at in 0..self.nodes.len() {
            self.nodes[at].lost |= self.nodes[at].parent.is_some_and(|p| self.nodes[p].lost);
        }
    }

    fn find_again(&mut self) {
        let mut first: HashMap<&str, usize> = HashMap::new();
        let mut again = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            if matches!(node.level, Level::Coded(_)) && node.misplaced.is_none() {
                match first.get(node.path.as_str()) {
                    Some(&one) => again.push((at, one)),
                    None => drop(first.insert(&node.path, at)),
                }
            }
        }
        for (at, one) in again {
            self.nodes[at].again = Some(one);
        }
    }
}

fn is_rekening(entry: &Entry) -> bool {
    entry.codes.first().is_some_and(|c| c.depth > 0)
}

/// Where a row stands among the open ones: the smaller, the higher up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Coded(Tier, usize),
    /// A heading by its depth.
    Header(u8),
    /// A heading that ends before this row.
    Until(usize),
    Detil,
}

/// A row that later ones may hang below.
struct Open {
    node: usize,
    rank: Rank,
    parts: [Option<String>; TIERS],
    /// What its children came to so far.
    spent: f64,
}

struct Building<'a> {
    entries: &'a [Entry],
    headers: Vec<Option<usize>>,
    open: Vec<Open>,
    nodes: Vec<Node>,
    /// Which levels each row's path names.
    above: Vec<[bool; TIERS]>,
}

/// Levels that all rows of a table stand below, or none: a komponen may have akun right below it, and others below a subkomponen.
const REGULAR: [Tier; 4] = [Tier::Kegiatan, Tier::Kro, Tier::Ro, Tier::Komponen];
/// So few rows show no rule.
const FEWEST: usize = 6;

/// Half a rupiah: less is the noise of sums.
const HALF: f64 = 0.5;

impl Building<'_> {
    fn place(&mut self, at: usize) {
        let entry = &self.entries[at];
        if entry.apart && !self.stays(entry) {
            self.open.clear();
        }
        let chosen = self.choose(at);
        let rank = match (&chosen, entry.mark, self.headers[at]) {
            (Some(code), ..) => Rank::Coded(code.tier, code.depth),
            (None, Some(Mark::Header(depth)), _) if !entry.leaf => Rank::Header(depth),
            (None, _, Some(until)) => Rank::Until(until),
            _ => Rank::Detil,
        };
        self.close(at, rank, chosen.as_ref());
        let parent = self.open.last();
        let mut parts = parent.map_or_else(Default::default, |p| p.parts.clone());
        let mut misplaced = None;
        if let Some(code) = &chosen {
            misplaced = expected(&parts, code);
            enter(&mut parts, code);
        }
        let lost = chosen.as_ref().is_some_and(Code::is_cut);
        let level = match rank {
            Rank::Coded(tier, _) => Level::Coded(tier),
            Rank::Header(_) | Rank::Until(_) => Level::Header,
            Rank::Detil => Level::Detil,
        };
        let path = parts.iter().flatten().map(String::as_str).collect::<Vec<_>>().join("/");
        self.nodes.push(Node { level, parent: parent.map(|p| p.node), path, misplaced, again: None, lost });
        self.above.push(std::array::from_fn(|tier| parts[tier].is_some()));
        if let (Some(parent), Some(amount)) = (self.open.last_mut(), entry.amount) {
            parent.spent += amount;
        }
        if rank != Rank::Detil {
            self.open.push(Open { node: at, rank, parts, spent: 0.0 });
        }
    }

    /// Whether the highest place that the first row of a table names is open still: its table goes on below that.
    fn stays(&self, entry: &Entry) -> bool {
        let named = entry.codes.first().and_then(|code| code.parts.first().filter(|(tier, _)| *tier < code.tier));
        let open = |(tier, part): &(Tier, String)| {
            let at = |o: &Open| matches!(o.rank, Rank::Coded(open, 0) if open == *tier);
            self.open.iter().filter(|o| at(o)).any(|o| o.parts[tier.index()].as_ref().is_some_and(|p| same(p, part)))
        };
        named.is_some_and(open)
    }

    /// Closes what the row does not hang below.
    fn close(&mut self, at: usize, rank: Rank, code: Option<&Code>) {
        while let Some(top) = self.open.last() {
            let over = match (top.rank, rank) {
                (Rank::Until(end), _) if end <= at => false,
                // Rekening hang below the nearest one that they begin with.
                (Rank::Coded(Tier::Akun, n), Rank::Coded(Tier::Akun, m)) if n > 0 && m > 0 => {
                    n < m && code.is_some_and(|c| begins(c.own(), top.parts[Tier::Akun.index()].as_deref()))
                }
                (Rank::Until(_), Rank::Until(_) | Rank::Header(_) | Rank::Detil) => true,
                (top, rank) => top < rank,
            };
            if over {
                break;
            }
            self.open.pop();
        }
    }

    /// The reading of a row's code that fits best.
    fn choose(&self, at: usize) -> Option<Code> {
        let entry = &self.entries[at];
        match entry.codes.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            several => several.iter().enumerate().min_by_key(|(n, code)| (self.misfit(at, code), *n)).map(|(_, c)| c.clone()),
        }
    }

    /// How badly a reading fits: the next row does not say so; it names other parents; it would overdraw the row it hangs below; it
    /// leaves out levels.
    fn misfit(&self, at: usize, code: &Code) -> (bool, usize, bool, usize) {
        let next = self.entries.get(at + 1).map_or(&[][..], |e| &e.codes);
        let foretold = next.iter().any(|c| match code.depth {
            0 => c.tier > code.tier && c.part(code.tier) == Some(code.own()),
            depth => c.depth > depth && begins(c.own(), Some(code.own())),
        });
        let below = next.iter().map(|c| c.tier.index()).filter(|&t| t > code.tier.index()).min();
        let below = below.map_or(0, |tier| tier - code.tier.index() - 1);
        let parent = self.open.iter().rev().find(|o| o.rank < Rank::Coded(code.tier, code.depth));
        let Some(parent) = parent else {
            // The first row of a table begins somewhere; a later one that hangs below nothing should be followed by what it is made of.
            let first = at == 0 || self.entries[at].apart;
            return (!foretold, 0, false, if first { 0 } else { below });
        };
        let others = code
            .parts
            .iter()
            .filter(|(tier, part)| *tier < code.tier && parent.parts[tier.index()].as_ref().is_some_and(|p| !same(p, part)));
        let left = self.entries[parent.node].amount.map(|a| a - parent.spent);
        let overdrawn = left.zip(self.entries[at].amount).is_some_and(|(left, amount)| amount > left + HALF);
        let above = match parent.rank {
            Rank::Coded(tier, _) => tier.index(),
            _ => TIERS,
        };
        (!foretold, others.count(), overdrawn, code.tier.index().saturating_sub(above + 1) + below)
    }
}

/// Whether a code part is meant by another: `WA` is the program of `076.01.WA`.
fn same(known: &str, named: &str) -> bool {
    known == named || known.rsplit('.').next() == Some(named) || named.rsplit('.').next() == Some(known)
}

/// Whether a rekening begins with another, zeros aside: `5.1.02.01.001` with `5.1.02.01` and with `5.1.2.1`.
fn begins(code: &str, with: Option<&str>) -> bool {
    let number = |part: &str| part.parse::<u32>().unwrap_or(u32::MAX);
    let mut parts = code.split('.').map(number);
    with.is_some_and(|w| w.split('.').map(number).all(|p| parts.next() == Some(p)))
}

/// The code as it would have to be printed here, where it names parents that it does not stand below.
fn expected(parts: &[Option<String>; TIERS], code: &Code) -> Option<String> {
    let known = |tier: Tier| parts[tier.index()].as_deref();
    let wrong = |(tier, part): &(Tier, String)| *tier < code.tier && known(*tier).is_some_and(|k| !same(k, part));
    code.parts.iter().any(wrong).then(|| {
        let right = code.parts.iter().map(|(tier, part)| match known(*tier) {
            Some(known) if *tier < code.tier && !same(known, part) => known,
            _ => part.as_str(),
        });
        right.collect::<Vec<_>>().join(".")
    })
}

/// The parts of a row: those of its parents above its level, its own from there.
fn enter(parts: &mut [Option<String>; TIERS], code: &Code) {
    for part in &mut parts[code.tier.index()..] {
        *part = None;
    }
    for (tier, part) in &code.parts {
        let slot = &mut parts[tier.index()];
        if *tier == code.tier || slot.as_deref().is_none_or(|known| !same(known, part)) {
            *slot = Some(part.clone());
        }
    }
}

#[cfg(test)]
mod tests;
