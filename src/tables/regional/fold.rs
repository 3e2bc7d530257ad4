//! All tables of a document folded into one row for each region, with what must hold between the tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Equation, Finding, Findings, Level, Origin, Region, Span, Term};
use crate::normalise::region::Regions;
use crate::normalise::text;

use super::facts::{Entity, Fact, Facts, Roll};
use super::rules;
use super::sums::{self, Sum};
use super::tags::{Field, Stem};
use super::whose::{Named, Whose};

/// One row of the data table.
#[derive(Clone, Debug)]
pub struct RegionRow {
    /// Whose.
    pub named: Named,
    /// Its figures, from all tables; of several for one field the first.
    pub facts: BTreeMap<Field, Fact>,
    /// Where it stands: its cells in the first table that has it.
    pub span: Span,
}

/// A printed total of the document.
#[derive(Clone, Debug)]
pub struct PrintedTotal {
    /// Of which region; `None` for sums of a group that is no region.
    pub of: Option<Region>,
    /// Its label.
    pub label: String,
    /// Level of the rows it sums.
    pub level: Level,
    /// It sums all rows of its table.
    pub grand: bool,
    /// How many rows it sums.
    pub rows: usize,
    /// Its figures.
    pub facts: BTreeMap<Field, Fact>,
    /// Its cells.
    pub span: Span,
}

/// What a document says, region by region.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// Rows in order of first appearance.
    pub rows: Vec<RegionRow>,
    /// Printed totals in order.
    pub totals: Vec<PrintedTotal>,
    /// What must hold inside and between the tables.
    pub equations: Vec<Equation>,
    /// How many figures differ from another one for the same region and field, and were told.
    pub contradicted: usize,
}

/// Folds the tables; what is wrong with their names becomes findings.
#[must_use]
pub fn fold(findings: &mut Findings, facts: &mut Facts, regions: &Regions, scope: Region) -> Folded {
    let mut folded = Folded { equations: std::mem::take(&mut facts.equations), ..Folded::default() };
    let mut index: BTreeMap<Key, usize> = BTreeMap::new();
    for roll in &mut facts.rolls {
        for nobody in sums::adopt(roll) {
            let entity = &roll.entities[nobody];
            facts.dark += entity.facts.len();
            facts.used = facts.used.saturating_sub(entity.facts.len());
            let says = format!(
                "Lembar \"{}\": baris angka tanpa nama wilayah, dan bukan jumlah dari baris lain. Tulis namanya.",
                roll.sheet
            );
            findings.add(Finding::new("A13", says).at(entity.span));
        }
    }
    let doubled = rules::doubled_blocks(findings, &facts.rolls);
    let found = sums::sums(&facts.rolls);
    let mut found = found.iter().peekable();
    for (number, roll) in facts.rolls.iter().enumerate() {
        let again = rules::names(findings, roll, (regions, scope));
        folded.equations.extend(roll.entities.iter().flat_map(rules::sexes));
        while let Some(sum) = found.next_if(|s| s.total.0 == number) {
            folded.equations.extend(rules::totals(&facts.rolls, sum));
            folded.totals.push(printed_total(&facts.rolls, sum, scope));
        }
        for (i, entity) in roll.entities.iter().enumerate() {
            if let Whose::Region(named) = &entity.whose
                && !again.contains(&i)
                && !doubled.contains(&number)
            {
                folded.contradicted += merge(findings, &mut folded.rows, &mut index, named, entity, &roll.sheet);
            }
        }
    }
    partial(&mut folded.totals);
    sexes_apart(&mut folded);
    rules::missing(findings, &facts.rolls, &facts.hidden, regions);
    let twice = doubled.iter().filter_map(|&n| rules::only_region(&facts.rolls[n])).collect::<Vec<_>>();
    levels(&mut folded, scope, &twice);
    summaries(&mut folded, scope);
    folded
}

/// D01 of regions and printed totals whose sexes stand in tables of their own.
fn sexes_apart(folded: &mut Folded) {
    let stated = folded.equations.iter().filter(|e| e.code == "D01");
    let told: BTreeSet<Origin> = stated.filter_map(|e| e.terms.first()).map(|t| t.origin).collect();
    let mut totals: BTreeMap<(Region, Level), BTreeMap<Field, Fact>> = BTreeMap::new();
    for total in folded.totals.iter().filter(|t| t.grand) {
        let Some(of) = total.of else { continue };
        let facts = totals.entry((of, total.level)).or_default();
        for (field, fact) in &total.facts {
            facts.entry(*field).or_insert_with(|| fact.clone());
        }
    }
    let rows = folded.rows.iter().map(|r| (r.named.printed.trim(), &r.facts));
    let sums = totals.values().map(|facts| ("Jumlah", facts));
    let equations: Vec<Equation> = rows.chain(sums).flat_map(|(name, facts)| rules::sexes_apart(name, facts, &told)).collect();
    folded.equations.extend(equations);
}

/// The office's own figures beside those of its regions are a printed total, not a row; its own stock of goods that no region's row
/// counts stays one.
fn summaries(folded: &mut Folded, scope: Region) {
    let own = |r: &RegionRow| r.named.certain() == Some(scope);
    if folded.rows.iter().all(own) {
        return;
    }
    let (own, rows): (Vec<RegionRow>, Vec<RegionRow>) = std::mem::take(&mut folded.rows).into_iter().partition(own);
    folded.rows = rows;
    let below: BTreeSet<Field> = folded.rows.iter().flat_map(|r| r.facts.keys().copied()).collect();
    let goods = |field: &Field| matches!(field.stem, Stem::Goods(..) | Stem::Price(_));
    let total = |r: RegionRow| PrintedTotal {
        of: Some(scope),
        label: r.named.printed,
        level: scope.level().below().unwrap_or(scope.level()),
        grand: true,
        rows: 0,
        facts: r.facts,
        span: r.span,
    };
    for mut row in own {
        let alone = row.facts.keys().filter(|f| goods(f) && !below.contains(f)).copied().collect::<Vec<Field>>();
        let only: BTreeMap<Field, Fact> = alone.iter().filter_map(|f| row.facts.remove_entry(f)).collect();
        if let Some(span) = Span::around(only.values().map(|f| f.origin)) {
            folded.rows.push(RegionRow { named: row.named.clone(), facts: only, span });
        }
        folded.totals.push(total(row));
    }
}

type Key = (Level, Region, String);

/// Resolved rows meet by region, unresolved ones by name and parent.
fn key(named: &Named) -> Key {
    match named.likely() {
        Some(region) => (named.level, region, String::new()),
        None => (named.level, named.parent, text::key(&named.printed)),
    }
}

/// Adds what an entity says of its region; returns how many of its figures contradict an earlier one.
fn merge(
    findings: &mut Findings,
    rows: &mut Vec<RegionRow>,
    index: &mut BTreeMap<Key, usize>,
    named: &Named,
    entity: &Entity,
    sheet: &str,
) -> usize {
    let told = findings.0.len();
    let at = *index.entry(key(named)).or_insert_with(|| {
        rows.push(RegionRow { named: named.clone(), facts: BTreeMap::new(), span: entity.span.with(named_cell(named, entity)) });
        rows.len() - 1
    });
    let row = &mut rows[at];
    if row.span.from.grid == entity.span.from.grid {
        row.span = row.span.with(entity.span.from).with(entity.span.to);
    }
    for fact in &entity.facts {
        match row.facts.get(&fact.field) {
            None => {
                row.facts.insert(fact.field, fact.clone());
            }
            Some(first) if first.value == fact.value => {}
            Some(first) => findings.add(
                Finding::new(
                    "A13",
                    format!(
                        "Lembar \"{sheet}\": angka kedua untuk {} yang berbeda dari yang pertama; yang pertama dipakai.",
                        named.printed.trim()
                    ),
                )
                .at(fact.origin)
                .found(fact.printed())
                .expected(first.printed()),
            ),
        }
    }
    findings.0.len() - told
}

/// The cell of the name, where it stands in the entity's own rows.
fn named_cell(named: &Named, entity: &Entity) -> crate::model::Origin {
    let inside =
        named.origin.grid == entity.span.from.grid && (entity.span.from.row..=entity.span.to.row).contains(&named.origin.row);
    if inside { named.origin } else { entity.span.from }
}

fn printed_total(rolls: &[Roll], sum: &Sum, scope: Region) -> PrintedTotal {
    let roll = &rolls[sum.total.0];
    let entity = &roll.entities[sum.total.1];
    let named = |&(r, e): &(usize, usize)| if let Whose::Region(n) = &rolls[r].entities[e].whose { Some(n) } else { None };
    let level = sum.members.iter().find_map(named).map_or(Level::Nasional, |n| n.level);
    let (label, said) = match &entity.whose {
        Whose::Total(label, of) => (label.clone(), *of),
        _ => (String::new(), None),
    };
    let parents: BTreeSet<Region> = sum
        .members
        .iter()
        .filter_map(named)
        .filter_map(Named::certain)
        .map(|r| if r.level() == Level::Tps { r.parent().parent() } else { r.parent() })
        .collect();
    let common = if parents.len() == 1 { parents.first().copied() } else { None };
    let of = said.or(if sum.grand { common.or(Some(roll.around.unwrap_or(scope))) } else { common.filter(|&c| c != scope) });
    let facts = entity.facts.iter().map(|f| (f.field, f.clone())).collect();
    PrintedTotal { of, label, level, grand: sum.grand, rows: sum.members.len(), facts, span: entity.span }
}

/// Of several totals of one region that count the same, the one with the most rows is the region's; the others are sums of a page.
fn partial(totals: &mut [PrintedTotal]) {
    let mut most: BTreeMap<(Region, Level, Field), usize> = BTreeMap::new();
    let keys = |t: &PrintedTotal| {
        let level = t.level;
        let of = t.of.filter(|_| t.grand);
        of.into_iter().flat_map(|of| t.facts.keys().map(move |&field| (of, level, field))).collect::<Vec<_>>()
    };
    for total in totals.iter() {
        for key in keys(total) {
            let known = most.entry(key).or_default();
            *known = total.rows.max(*known);
        }
    }
    for total in totals.iter_mut() {
        if keys(total).iter().any(|key| most.get(key).is_some_and(|&rows| rows > total.rows)) {
            total.of = None;
            total.grand = false;
        }
    }
}

/// D06: a region's row against the rows one level below it, where those stand in the same document. Silent where the lower table's own
/// printed total agrees with the row: then the fault is inside the lower table, and D02 says so. The office's own figures beside those of its
/// regions on one sheet are their printed total: D02, with the blocks that stand there `twice`.
fn levels(folded: &mut Folded, scope: Region, twice: &[(&Entity, Region)]) {
    let mut below: BTreeMap<Region, Vec<usize>> = BTreeMap::new();
    for (i, row) in folded.rows.iter().enumerate() {
        if let Some(region) = row.named.likely() {
            below.entry(region.parent()).or_default().push(i);
        }
    }
    let mut equations = Vec::new();
    for row in &folded.rows {
        let Some(region) = row.named.likely() else { continue };
        let Some(children) = below.get(&region) else { continue };
        let total = folded.totals.iter().find(|t| t.of == Some(region) && t.level > region.level());
        for (field, fact) in &row.facts {
            if matches!(field.stem, Stem::Count(Level::Desa) | Stem::Price(_)) {
                continue;
            }
            let of_office = |e: Equation| if region == scope { of_the_office(e, row, *field, twice) } else { e };
            equations.extend(level_equation(folded, row, fact, *field, children, total).map(of_office));
        }
    }
    folded.equations.extend(equations);
}

/// D02 instead of D06 where the office's own figure stands on the sheet of all its parts.
fn of_the_office(mut equation: Equation, row: &RegionRow, field: Field, twice: &[(&Entity, Region)]) -> Equation {
    let grid = equation.at.from.grid;
    if equation.terms.iter().any(|t| t.origin.grid != grid) {
        return equation;
    }
    let again = twice.iter().flat_map(|(entity, _)| entity.parts(field)).filter(|f| f.origin.grid == grid);
    equation.terms.extend(again.filter_map(|f| Some(Term::new(-1.0, f.value?, f.origin))));
    let (name, count) = (row.named.printed.trim(), equation.terms.len() - 1);
    Equation { code: "D02".to_owned(), says: format!("\"{name}\" tidak sama dengan jumlah {count} barisnya."), ..equation }
}

fn level_equation(
    folded: &Folded,
    row: &RegionRow,
    fact: &Fact,
    field: Field,
    children: &[usize],
    total: Option<&PrintedTotal>,
) -> Option<Equation> {
    let value = fact.value?;
    let printed = total.and_then(|t| t.facts.get(&field)).and_then(|f| f.value);
    if printed == Some(value) {
        return None;
    }
    let mut terms = vec![Term::new(1.0, value, fact.origin)];
    for &child in children {
        let part = folded.rows[child].facts.get(&field)?;
        terms.push(Term::new(-1.0, part.value?, part.origin));
    }
    let says = format!(
        "{}: rekap tidak sama dengan jumlah {} baris satu tingkat di bawahnya.",
        row.named.printed.trim(),
        children.len()
    );
    Some(Equation { code: "D06".to_owned(), terms, constant: 0.0, tolerance: rules::EXACT, at: fact.origin.into(), says })
}
