//! The tree of a budget: every row with its level and path, and the one quantity it is computed with.

use std::collections::BTreeMap;

use crate::normalise::exact;
use crate::tables::outline::code::{self, TIERS};
use crate::tables::outline::{Code, Entry, Level, Outline, Tier};

use super::context;
use super::lines::{Line, Number};
use super::rows::Total;

/// A budget as printed.
#[derive(Debug)]
pub struct Budget {
    /// Its rows.
    pub lines: Vec<Line>,
    /// Where they stand in the tree.
    pub outline: Outline,
    /// The direct children of every row.
    pub children: Vec<Vec<usize>>,
    /// Printed sums.
    pub totals: Vec<Total>,
    /// Which of a row's quantities is the volume.
    pub volumes: Volumes,
}

/// Which of several columns of quantities holds the volume that prices are multiplied with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volumes {
    /// The one in this column.
    Column(u16),
    /// All of them together.
    Product,
}

impl Budget {
    /// Hangs the rows below each other.
    #[must_use]
    pub fn new(lines: Vec<Line>, totals: Vec<Total>) -> Self {
        let flat = lines.iter().any(|l| l.codes.iter().filter(|(t, _)| t.is_some()).count() > 1);
        let entries = if flat { flat_entries(&lines) } else { entries(&lines) };
        let mut outline = Outline::of(&entries);
        if flat && outline.nodes.iter().any(|n| n.again.is_some()) {
            // Every row names its whole path: rows with the same one are the details of an akun.
            for (node, _) in outline.nodes.iter_mut().zip(&lines).filter(|(_, l)| l.amount.is_some()) {
                (node.level, node.again) = (Level::Detil, None);
            }
        }
        // Details of a table without any code hang below what stands above it.
        for (node, line) in outline.nodes.iter_mut().zip(&lines).filter(|(n, l)| n.path.is_empty() && l.codes.is_empty()) {
            node.path = line.within.iter().map(|(_, part)| part.as_str()).collect::<Vec<_>>().join("/");
        }
        let volumes = volumes(&lines);
        Self { children: outline.children(), lines, outline, totals, volumes }
    }

    /// The volume of a row, and the quantities it is made of.
    #[must_use]
    pub fn quantity(&self, at: usize) -> Option<(f64, Vec<&Number>)> {
        let all = &self.lines[at].volumes;
        let one = match self.volumes {
            Volumes::Column(col) => all.iter().find(|n| n.at.col == col).or_else(|| all.last()),
            Volumes::Product if all.len() == 1 => all.last(),
            Volumes::Product => None,
        };
        if let Some(one) = one {
            return Some((one.value, vec![one]));
        }
        let values: Vec<f64> = all.iter().map(|n| n.value).collect();
        let product = if all.is_empty() { None } else { exact::product(&values).and_then(exact::number) };
        product.map(|value| (value, all.iter().collect()))
    }

    /// Rows whose amounts make up a row: its children, or what stands below children without an amount.
    #[must_use]
    pub fn parts(&self, at: usize) -> Vec<usize> {
        let mut parts = Vec::new();
        self.gather(&self.children[at], &mut parts);
        parts
    }

    /// Whether all of these rows have an amount that could be read.
    #[must_use]
    pub fn complete(&self, parts: &[usize]) -> bool {
        !parts.is_empty() && parts.iter().all(|&p| self.lines[p].amount.is_some())
    }

    /// The same of the rows at the top of those from row number `from` to before `to`.
    #[must_use]
    pub fn top(&self, from: usize, to: usize) -> Vec<usize> {
        let top = |at: &usize| self.outline.nodes[*at].parent.is_none_or(|p| p < from);
        let roots: Vec<usize> = (from..to.min(self.lines.len())).filter(top).collect();
        let mut parts = Vec::new();
        self.gather(&roots, &mut parts);
        parts
    }

    fn gather(&self, rows: &[usize], parts: &mut Vec<usize>) {
        for &row in rows {
            let line = &self.lines[row];
            if line.amount.is_some() || !line.unread.is_empty() || !line.undecided.is_empty() {
                parts.push(row);
            } else {
                self.gather(&self.children[row], parts);
            }
        }
    }

    /// What a row calls itself in a message.
    #[must_use]
    pub fn called(&self, at: usize) -> String {
        let line = &self.lines[at];
        let code = line.codes.last().map_or("", |(_, c)| c.text.as_str());
        let words: String = line.words().chars().take(60).collect();
        format!("{code} {words}").trim().to_owned()
    }
}

/// Rows with one code each, below each other.
fn entries(lines: &[Line]) -> Vec<Entry> {
    let mut last: Option<&str> = None;
    let one = |line: &'_ Line, last: Option<&str>| {
        let codes = line.codes.last().map_or_else(Vec::new, |(tier, c)| match tier {
            Some(tier) => code::readings_at(&c.text, *tier),
            None => code::readings(&c.text),
        });
        let codes: Vec<Code> = codes.into_iter().map(|c| context::within(&line.within, c)).collect();
        // A detail may repeat the code of its akun.
        let repeats = line.is_leaf() && line.codes.last().is_some_and(|(_, c)| Some(c.text.as_str()) == last);
        let amount = line.amount.as_ref().map(|n| n.value);
        Entry { codes: if repeats { Vec::new() } else { codes }, mark: line.mark, leaf: line.is_leaf(), amount, apart: false }
    };
    let mut out = Vec::with_capacity(lines.len());
    let mut place: &[(Tier, String)] = &[];
    for line in lines {
        let apart = !line.within.is_empty() && line.within != place;
        out.push(Entry { apart, ..one(line, last) });
        place = &line.within;
        if let (Some((_, code)), false) = (line.codes.last(), line.is_leaf()) {
            last = Some(&code.text);
        }
    }
    out
}

/// Rows that name their whole path in a column for each level; what is left blank is that of the row above.
fn flat_entries(lines: &[Line]) -> Vec<Entry> {
    let mut parts: [Option<String>; TIERS] = Default::default();
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        for (tier, words) in &line.codes {
            let found = tier.map_or_else(|| code::readings(&words.text), |t| code::readings_at(&words.text, t));
            let Some(code) = found.into_iter().next() else { continue };
            for deeper in &mut parts[code.tier.index()..] {
                *deeper = None;
            }
            parts[code.tier.index()] = Some(code.own().to_owned());
        }
        let all = parts.iter().zip(0..).filter_map(|(p, n)| Some((Tier::at(n)?, p.clone()?)));
        let all: Vec<(Tier, String)> = all.collect();
        let codes = all.last().map(|(tier, _)| Code { tier: *tier, parts: all.clone(), depth: 0 });
        let amount = line.amount.as_ref().map(|n| n.value);
        let bare = line.codes.is_empty() && !line.is_leaf();
        let codes = codes.filter(|_| !bare).into_iter().collect();
        out.push(Entry { codes, mark: line.mark, leaf: line.is_leaf(), amount, apart: false });
    }
    out
}

/// Finds the column whose quantities, times the price, give the amounts; or that all of them together do.
fn volumes(lines: &[Line]) -> Volumes {
    let mut hits: BTreeMap<u16, usize> = BTreeMap::new();
    let mut together = 0;
    for line in lines {
        let (Some(price), Some(amount)) = (&line.price, &line.amount) else { continue };
        for volume in &line.volumes {
            *hits.entry(volume.at.col).or_default() += usize::from(near(&[volume.value, price.value], amount.value));
        }
        let all: Vec<f64> = line.volumes.iter().map(|v| v.value).chain([price.value]).collect();
        together += usize::from(!line.volumes.is_empty() && near(&all, amount.value));
    }
    let best = hits.iter().max_by_key(|(col, n)| (**n, **col));
    match best {
        Some((_, n)) if together > *n => Volumes::Product,
        Some((col, _)) => Volumes::Column(*col),
        None => Volumes::Product,
    }
}

/// Whether a product is an amount to the rupiah.
#[must_use]
pub fn near(factors: &[f64], amount: f64) -> bool {
    exact::product(factors).and_then(exact::number).is_some_and(|p| exact::add(p, -amount).abs() <= 1.0)
}
