//! What must hold in tables about regions, as equations over located values, and what must be said about their regions.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::schema::TpsLimit;
use crate::model::{Equation, Finding, Findings, Level, Origin, Range, Region, Span, Term};
use crate::normalise::region::{Match, Regions};

use super::facts::{Entity, Fact, Roll};
use super::fold::RegionRow;
use super::sums::Sum;
use super::tags::{Field, Sex, Stem};
use super::whose::{Named, Whose};

/// Half a voter: counts are whole numbers, sums of them exact.
pub const EXACT: f64 = 1e-6;

/// `total − Σ parts = 0` under a code. It is open where a cell holds no number.
#[must_use]
pub fn balance(code: &str, at: Span, total: &Fact, parts: &[(f64, &Fact)], says: String) -> Equation {
    let mut terms = vec![Term::new(1.0, total.counted(), total.origin)];
    terms.extend(parts.iter().map(|(coefficient, part)| Term::new(-coefficient, part.counted(), part.origin)));
    Equation { code: code.to_owned(), terms, constant: 0.0, tolerance: EXACT, at, says }
}

/// D01: L + P is the printed L+P, for every stem of the entity.
#[must_use]
pub fn sexes(entity: &Entity) -> Vec<Equation> {
    let stems: BTreeSet<Stem> = entity.facts.iter().map(|f| f.field.stem).collect();
    let facts = |stem| [Sex::L, Sex::P, Sex::T].map(|sex| entity.fact(Field { stem, sex }));
    stems.into_iter().filter_map(|stem| sexes_of(printed(&entity.whose), facts(stem))).collect()
}

/// D01 where the sexes of a region stand in tables of their own on one sheet.
#[must_use]
pub fn sexes_apart(name: &str, facts: &BTreeMap<Field, Fact>, told: &BTreeSet<Origin>) -> Vec<Equation> {
    let stems: BTreeSet<Stem> = facts.keys().map(|f| f.stem).collect();
    let apart = |stem| {
        let found = [Sex::L, Sex::P, Sex::T].map(|sex| facts.get(&Field { stem, sex }));
        let [l, p, t] = found.map(|f| f.map(|f| f.origin));
        let (l, p, t) = (l?, p?, t?);
        let here = l.grid == t.grid && p.grid == t.grid && !told.contains(&t);
        if here { sexes_of(name, found) } else { None }
    };
    stems.into_iter().filter_map(apart).collect()
}

fn sexes_of(name: &str, [l, p, t]: [Option<&Fact>; 3]) -> Option<Equation> {
    let (l, p, t) = (l?, p?, t?);
    let at = Span::around([l.origin, p.origin, t.origin])?;
    let says = format!("{name}: laki-laki + perempuan tidak sama dengan jumlah yang tercetak.");
    Some(balance("D01", at, t, &[(1.0, l), (1.0, p)], says))
}

/// D02: a printed total is the sum of its rows, field by field.
#[must_use]
pub fn totals(rolls: &[Roll], sum: &Sum) -> Vec<Equation> {
    let entity = |(r, e): (usize, usize)| &rolls[r].entities[e];
    let total = entity(sum.total);
    let equation = |fact: &Fact| {
        let members: Vec<(f64, &Fact)> =
            sum.members.iter().flat_map(|&m| entity(m).parts(fact.field)).map(|f| (1.0, f)).collect();
        if members.is_empty() {
            return None;
        }
        let says = format!("\"{}\" tidak sama dengan jumlah {} barisnya.", printed(&total.whose), members.len());
        Some(balance("D02", fact.origin.into(), fact, &members, says))
    };
    total.facts.iter().filter(|f| !matches!(f.field.stem, Stem::Price(_))).filter_map(equation).collect()
}

/// The name of a row as printed.
#[must_use]
pub fn printed(whose: &Whose) -> &str {
    match whose {
        Whose::Region(named) => named.printed.trim(),
        Whose::Total(label, _) if !label.trim().is_empty() => label.trim(),
        Whose::Total(..) | Whose::Nobody => "(baris tanpa nama)",
    }
}

/// W01, W02, W04 of one table. Returns the entities that stand a second time: printed, summed, but no rows of their own.
pub fn names(findings: &mut Findings, roll: &Roll, (regions, scope): (&Regions, Region)) -> Vec<usize> {
    let mut first: BTreeMap<Region, BTreeMap<Field, usize>> = BTreeMap::new();
    let mut again = Vec::new();
    let mut told: BTreeSet<(u32, u16, u16)> = BTreeSet::new();
    // The name of a desa is said once, with all its stations.
    let mut about: Option<&Named> = None;
    for (i, entity) in roll.entities.iter().enumerate() {
        let Whose::Region(named) = &entity.whose else { continue };
        let place = (named.origin.row, named.origin.col, named.origin.grid);
        match named.open.as_deref() {
            Some(desa) if same_desa(about, desa) => widen(findings, entity.span),
            Some(desa) => unresolved(findings, desa, entity.span, regions),
            None if told.insert(place) || named.level == Level::Tps => unresolved(findings, named, entity.span, regions),
            None => {}
        }
        about = named.open.as_deref();
        let Some(region) = named.likely() else { continue };
        let goods = entity.lists_goods();
        let counts = |f: &&Fact| !goods || matches!(f.field.stem, Stem::Goods(..) | Stem::Price(_));
        let known = first.entry(region).or_default();
        let twice = entity.facts.iter().filter(counts).find_map(|f| known.get(&f.field));
        if let Some(&before) = twice {
            again.push(i);
            let same_place = matches!(&roll.entities[before].whose, Whose::Region(n) if n.origin == named.origin);
            let once = goods && (same_place || region == scope);
            findings.add(if once { same_twice(entity.span) } else { twice_told(named, region, entity.span) });
        } else {
            known.extend(entity.facts.iter().map(|f| (f.field, i)));
        }
    }
    again
}

/// Goods that one name of a region, or the office's own list, has twice: not the region stands there again, but two columns or rows say
/// the same.
fn same_twice(span: Span) -> Finding {
    let says = "angka ini menyebut barang dan keadaan yang sama dengan angka lain, jadi tidak dipakai. Lengkapi judul kolom atau nama barangnya.";
    Finding::new("A13", says).at(span)
}

fn twice_told(named: &Named, region: Region, span: Span) -> Finding {
    let name = named.printed.trim();
    let says = format!("\"{name}\" ({region}) sudah ada di tabel ini; yang kedua ini tidak dihitung. Hapus salah satunya.");
    Finding::new("W04", says).at(span).found(name).expected(region.to_string())
}

/// W04 where every region has a block of its own, one below another on a sheet: the second block of one of them. Returns the numbers of
/// such tables: printed, but no rows of their own.
pub fn doubled_blocks(findings: &mut Findings, rolls: &[Roll]) -> BTreeSet<usize> {
    type Blocks = Vec<(usize, Region)>;
    let mut series: BTreeMap<(u16, Vec<Field>), Blocks> = BTreeMap::new();
    for (number, roll) in rolls.iter().enumerate() {
        if let (Some((entity, region)), Some(span)) = (only_region(roll), roll.span) {
            let mut fields: Vec<Field> = entity.facts.iter().map(|f| f.field).collect();
            fields.sort_unstable();
            series.entry((span.from.grid, fields)).or_default().push((number, region));
        }
    }
    let mut doubled = BTreeSet::new();
    for blocks in series.into_values().filter(|blocks| blocks.len() > 2) {
        let mut seen = BTreeSet::new();
        for (number, region) in blocks.into_iter().filter(|(_, region)| !seen.insert(*region)) {
            if let Some((Entity { whose: Whose::Region(named), span, .. }, _)) = only_region(&rolls[number]) {
                findings.add(twice_told(named, region, *span));
                doubled.insert(number);
            }
        }
    }
    doubled
}

/// The region of a table that is about one alone.
pub(super) fn only_region(roll: &Roll) -> Option<(&Entity, Region)> {
    let mut about = roll.entities.iter().filter_map(|e| match &e.whose {
        Whose::Region(named) if !e.facts.is_empty() => Some((e, named.likely())),
        _ => None,
    });
    let (entity, region) = about.next()?;
    about.next().is_none().then_some((entity, region?))
}

fn same_desa(before: Option<&Named>, desa: &Named) -> bool {
    before.is_some_and(|b| b.printed == desa.printed && b.parent == desa.parent)
}

/// The last finding covers another row.
fn widen(findings: &mut Findings, row: Span) {
    if let Some(span) = findings.0.last_mut().and_then(|f| f.span.as_mut()) {
        *span = span.with(row.from).with(row.to);
    }
}

fn unresolved(findings: &mut Findings, named: &Named, span: Span, regions: &Regions) {
    let name = named.printed.trim();
    let inside = regions.name(named.parent).unwrap_or("daftar wilayah");
    let finding = match &named.matched {
        Match::Certain(_) => return,
        Match::Similar(region, score) => Finding::new(
            "W02",
            format!(
                "\"{name}\" tidak ada di {inside}; yang paling mirip {} ({region}), kemiripan {:.0} %. Perbaiki ejaannya.",
                regions.name(*region).unwrap_or_default(),
                score * 100.0
            ),
        )
        .expected(regions.name(*region).unwrap_or_default()),
        Match::Ambiguous(several) => {
            let names: Vec<String> =
                several.iter().take(4).map(|r| format!("{} ({r})", regions.name(*r).unwrap_or_default())).collect();
            Finding::new("W01", format!("\"{name}\" bisa berarti {}. Tulis nama lengkapnya.", names.join(" atau ")))
        }
        Match::Unknown => Finding::new("W01", format!("\"{name}\" tidak ada di {inside}. Perbaiki namanya.")),
    };
    findings.add(finding.at(named.origin).at(span.with(named.origin)).found(name));
}

/// Of more regions that are missing none is looked for in hidden rows.
const MOST_HIDDEN: usize = 50;

/// W03: regions of the reference list that a document leaves out among their siblings. Only where it is a recap of their parent: at least
/// half of the children are there. A region that an ambiguous name may mean is not said to be missing; one in a hidden row is to be shown,
/// not added once more.
pub fn missing(findings: &mut Findings, rolls: &[Roll], hidden: &[(Origin, String)], regions: &Regions) {
    let mut present: BTreeMap<Region, BTreeMap<Region, Span>> = BTreeMap::new();
    let mut perhaps: BTreeSet<Region> = BTreeSet::new();
    for roll in rolls {
        let Some(span) = roll.span else { continue };
        for entity in &roll.entities {
            let Whose::Region(named) = &entity.whose else { continue };
            if let Match::Ambiguous(several) = &named.open.as_deref().unwrap_or(named).matched {
                perhaps.extend(several);
            }
            if let Some(region) = named.likely() {
                let row = if region.level() == Level::Tps { region.parent() } else { region };
                present.entry(row.parent()).or_default().entry(row).or_insert(span);
            }
        }
    }
    for (parent, rows) in present {
        let children = regions.children(parent);
        if rows.len() < 2 || rows.len() * 2 < children.len() || rows.keys().any(|r| !children.contains(r)) {
            continue;
        }
        let lacking: Vec<&Region> = children.iter().filter(|c| !rows.contains_key(c) && !perhaps.contains(c)).collect();
        let unseen = |child: Region| {
            let names = |(_, text): &&(Origin, String)| matches!(regions.resolve(text, parent, child.level()), Match::Certain(r) if r == child);
            hidden.iter().filter(|_| lacking.len() <= MOST_HIDDEN).find(names).map(|(at, _)| at.row + 1)
        };
        for child in &lacking {
            let child = *child;
            let name = regions.name(*child).unwrap_or_default();
            let of = regions.name(parent).unwrap_or_default();
            let before = rows.range(..*child).next_back();
            // The table of the region before: each may have its own.
            let Some((_, &span)) = before.or_else(|| rows.first_key_value()) else { continue };
            let before = before.and_then(|(r, _)| regions.name(*r));
            let place = before.map_or_else(|| "sebagai baris pertama".to_owned(), |name| format!("setelah {name}"));
            let says = match unseen(*child) {
                Some(row) => format!(
                    "{name} ({child}) tidak tampak di tabel {of}: barisnya (baris {row}) tersembunyi. Tampilkan baris itu, jangan menambah baris baru."
                ),
                None => {
                    format!(
                        "{name} ({child}) tidak ada di tabel {of}. Tambahkan barisnya {place}, atau jelaskan mengapa tidak ada."
                    )
                }
            };
            findings.add(Finding::new("W03", says).at(span).expected(child.to_string()));
        }
    }
}

/// W05: the printed number of desa of a region is that of the reference list.
#[must_use]
pub fn counts(row: &RegionRow, regions: &Regions) -> Option<Equation> {
    let region = row.named.likely().filter(|r| (Level::Provinsi..Level::Desa).contains(&r.level()))?;
    let fact = row.facts.get(&Field { stem: Stem::Count(Level::Desa), sex: Sex::T })?;
    #[expect(clippy::cast_precision_loss, reason = "fewer than 100,000 regions")]
    let reference = regions.inside(region, Level::Desa).len() as f64;
    let says = format!(
        "{}: jumlah desa/kelurahan tidak sama dengan daftar Kemendagri. Periksa, atau sebutkan dasar perubahannya.",
        row.named.printed.trim()
    );
    let mut equation = balance("W05", fact.origin.into(), fact, &[], says);
    equation.constant = -reference;
    Some(equation)
}

/// What D03 and D05 leave to the figures of a row that keeps to both: nobody means a figure beyond.
#[must_use]
pub fn ranges(row: &RegionRow, voters: Stem, most: &TpsLimit) -> Vec<Range> {
    let get = |stem, sex| row.facts.get(&Field { stem, sex });
    let stations = get(Stem::Count(Level::Tps), Sex::T);
    let count = if row.named.level == Level::Tps { Some(1.0) } else { stations.and_then(|s| s.value) };
    let limit = f64::from(most.most);
    let Some((count, total)) = count.zip(get(voters, Sex::T).and_then(|t| t.value)).filter(|&(n, v)| v <= limit * n) else {
        return Vec::new();
    };
    let figures = [Sex::L, Sex::P, Sex::T].into_iter().filter_map(|sex| get(voters, sex));
    let figures = figures.map(|fact| Range { cell: fact.origin, least: 0.0, most: limit * count });
    figures.chain(stations.map(|fact| Range { cell: fact.origin, least: total / limit, most: f64::MAX })).collect()
}

/// D03 and D05: voters against stations.
pub fn stations(findings: &mut Findings, row: &RegionRow, voters: Stem, most: &TpsLimit) {
    let named = &row.named;
    let get = |stem, sex| row.facts.get(&Field { stem, sex });
    let Some(total) = get(voters, Sex::T) else { return };
    let Some(value) = total.value else { return };
    let stations = get(Stem::Count(Level::Tps), Sex::T);
    let count = if named.level == Level::Tps { Some(1.0) } else { stations.and_then(|s| s.value) };
    let Some(count) = count else { return };
    let name = named.printed.trim();
    if count == 0.0 && value > 0.0 {
        let at = stations.map_or(total.origin, |s| s.origin);
        findings.add(
            Finding::new("D05", format!("{name}: ada {value} pemilih tetapi tidak ada TPS. Isi jumlah TPS-nya."))
                .at(at)
                .found("0"),
        );
    } else if count > 0.0 && value > f64::from(most.most) * count {
        let limit = f64::from(most.most) * count;
        let (most, election) = (most.most, &most.election);
        findings.add(
            Finding::new(
                "D03",
                format!("{name}: {value} pemilih untuk {count} TPS melebihi batas {most} pemilih per TPS ({election})."),
            )
            .at(total.origin)
            .numbers(value, limit),
        );
    }
}
