//! Kinds of a good in columns of their own beside their sum: `Kotak Suara` over `Karton`, `Aluminium`, `Jumlah`. The kinds bear the name of
//! their good, and the sum is checked, not counted again.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Equation, Finding, Origin, Span, Term};
use crate::tables::axes::{Content, Label, Table};

use super::complete::adding_up;
use super::goods::Goods;
use super::nested::{bare, is_kind};
use super::rules::EXACT;
use super::tags::{Tagger, Tags};

/// The sums of kinds among the columns of a table.
#[derive(Debug, Default)]
pub(super) struct Across {
    /// Columns that hold them.
    pub sums: BTreeSet<usize>,
    /// D02: what each of their figures must add up to.
    pub equations: Vec<Equation>,
    /// Columns headed as sums whose figures are none.
    pub unsure: Vec<Finding>,
}

/// Columns under one good.
struct Group {
    good: String,
    whole: Option<usize>,
    kinds: Vec<usize>,
}

impl Across {
    /// Finds the kinds of a table's goods and gives their columns the names of their goods.
    pub fn new(table: &Table, cols: &mut [Tags], tagger: &Tagger, goods: &Goods) -> Self {
        let mut across = Self::default();
        let groups = if table.turned { listed(table) } else { headed(table, tagger) };
        for group in groups {
            let adds_up = |whole: usize| {
                let (holding, told) = adding_up(table, whole, &group.kinds);
                group.kinds.len() > 1 && holding * 2 > told
            };
            let summed = group.whole.filter(|&whole| adds_up(whole));
            if summed.is_none() && !table.turned {
                across.unsure.extend(group.unsure(table));
                continue;
            }
            for &col in &group.kinds {
                let Some(label) = nearest(table, col) else { continue };
                let kind = table.shown(&label);
                let named = goods.joined(&group.good, &kind);
                let own = tagger.label(label.text, label.said).goods.filter(|_| table.turned);
                let good = named.or(own).unwrap_or_else(|| goods.number(&format!("{} {}", group.good, bare(&kind))));
                cols[col] = Tags { goods: Some(good), dark: false, ..cols[col] };
            }
            if let Some(whole) = summed {
                across.sums.insert(whole);
                across.equations.extend(equations(table, &group, whole));
            }
        }
        across
    }
}

impl Group {
    /// That a column headed as a sum is none of what stands beside it.
    fn unsure(&self, table: &Table) -> Option<Finding> {
        let cells = table.figures.iter().filter(|f| Some(f.col) == self.whole && self.kinds.len() > 1);
        let span = Span::around(cells.map(|f| f.origin))?;
        let says = format!(
            "{}: kolom jumlah ini bukan jumlah kolom jenis di sebelahnya; dicatat sendiri. Periksa angkanya, atau perbaiki judulnya.",
            self.good
        );
        Some(Finding::new("A13", says).at(span))
    }
}

/// Columns with one good over them, one of which is headed as their sum and the others by words that measure nothing.
fn headed(table: &Table, tagger: &Tagger) -> Vec<Group> {
    let mut groups: BTreeMap<Origin, Group> = BTreeMap::new();
    for col in 0..table.cols.len() {
        let mut labels = table.cols[col].labels.iter().flatten().rev();
        let (Some(own), Some(outer)) = (labels.next(), labels.next()) else { continue };
        if tagger.label(outer.text, outer.said).goods.is_none() {
            continue;
        }
        let tags = tagger.label(own.text, own.said);
        let speaks = tags.measure.is_some() || tags.generic || tags.when.is_some() || tags.aside || tags.level.is_some();
        let new = || Group { good: table.shown(outer), whole: None, kinds: Vec::new() };
        let group = groups.entry(outer.origin).or_insert_with(new);
        if tags.total && !speaks && group.whole.is_none() {
            group.whole = Some(col);
        } else {
            group.kinds.push(col);
            // A measure among them: these are figures of one good, not of its kinds.
            group.good = if speaks { String::new() } else { std::mem::take(&mut group.good) };
        }
    }
    groups.into_values().filter(|g| !g.good.is_empty() && g.whole.is_some()).collect()
}

/// Rows of goods that became columns: each good with the marked lines behind it.
fn listed(table: &Table) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for col in 0..table.cols.len() {
        let Some(label) = nearest(table, col) else { continue };
        let shown = table.shown(&label);
        match groups.last_mut() {
            Some(group) if is_kind(&shown) => group.kinds.push(col),
            _ => groups.push(Group { good: bare(&shown).to_owned(), whole: Some(col), kinds: Vec::new() }),
        }
    }
    groups.into_iter().filter(|g| !g.kinds.is_empty() && g.whole.and_then(|col| nearest(table, col)).is_some()).collect()
}

fn nearest<'a>(table: &Table<'a>, col: usize) -> Option<Label<'a>> {
    table.cols.get(col)?.labels.iter().flatten().next_back().copied()
}

/// `whole − Σ kinds = 0` of each row that states them all.
fn equations(table: &Table, group: &Group, whole: usize) -> Vec<Equation> {
    let mut rows: BTreeMap<usize, (Option<Term>, Vec<Term>)> = BTreeMap::new();
    for figure in &table.figures {
        let value = match figure.content {
            Content::Number(n) => n,
            Content::Dash => 0.0,
            _ => continue,
        };
        let row = rows.entry(figure.row).or_default();
        if figure.col == whole {
            row.0 = Some(Term::new(1.0, value, figure.origin));
        } else if group.kinds.contains(&figure.col) {
            row.1.push(Term::new(-1.0, value, figure.origin));
        }
    }
    let says = format!("{}: bukan jumlah {} jenisnya.", group.good, group.kinds.len());
    let equation = |(whole, parts): (Option<Term>, Vec<Term>)| {
        let whole = whole.filter(|_| !parts.is_empty())?;
        let at = whole.origin.into();
        let terms = std::iter::once(whole).chain(parts).collect();
        Some(Equation { code: "D02".to_owned(), terms, constant: 0.0, tolerance: EXACT, at, says: says.clone() })
    };
    rows.into_values().filter_map(equation).collect()
}
