//! Figures with their region and field: what all tables of a document say, whichever way they are laid out.

use std::collections::BTreeMap;

use crate::model::{Document, Finding, Findings, Level, Origin, Period, Region, Span};
use crate::normalise::region::Regions;
use crate::tables::axes::{Content, Figure, Label, Table, table};
use crate::tables::blocks;
use crate::tables::marks::Marked;
use crate::tables::words::Vocabulary;

use super::lines::{Reader, Resolver, Whose, surroundings};
use super::slots::{Slot, slots, station};
use super::tags::{Field, Sex, Stem, Tagger, Tags, When};

/// One figure of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it counts.
    pub field: Field,
    /// How much; `None` where the cell holds no readable number (an error value, a formula without result).
    pub value: Option<f64>,
    /// Its cell.
    pub origin: Origin,
    /// As printed.
    pub raw: String,
}

/// A run of rows about the same region, or a printed sum.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Whose.
    pub whose: Whose,
    /// Its figures, one for each field; a second figure for the same field is in `again`.
    pub facts: Vec<Fact>,
    /// All its cells.
    pub span: Span,
    /// How many group labels stand before it.
    pub group: usize,
    /// Side-by-side part.
    pub part: usize,
}

impl Entity {
    /// The fact of a field.
    #[must_use]
    pub fn fact(&self, field: Field) -> Option<&Fact> {
        self.facts.iter().find(|f| f.field == field)
    }
}

/// One table, understood.
#[derive(Clone, Debug)]
pub struct Roll {
    /// Regions and sums as printed, top to bottom.
    pub entities: Vec<Entity>,
    /// The region its titles or sheet name speak of.
    pub around: Option<Region>,
    /// Name of its sheet.
    pub sheet: String,
    /// All its figures' cells.
    pub span: Option<Span>,
}

/// What a document's tables say.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The tables in order.
    pub rolls: Vec<Roll>,
    /// Figures understood.
    pub used: usize,
    /// Figures not understood.
    pub dark: usize,
}

/// How a kind reads what headings leave open.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// All phrases of the kind.
    pub vocabulary: &'a Vocabulary,
    /// Measure that `pemilih` alone means.
    pub now: &'a str,
    /// Measure that `pemilih` of the period before means; `None` if the kind has none.
    pub before: Option<&'a str>,
    /// Measure that the reasons belong to; `None` if the kind has no reasons.
    pub reasons_of: Option<&'a str>,
    /// The document's period.
    pub period: Option<Period>,
    /// The document's office.
    pub scope: Region,
}

/// Reads all visible sheets of a document. Figures that were not understood become A13 with their range.
#[must_use]
pub fn facts(findings: &mut Findings, document: &Document, regions: &Regions, shape: &Shape) -> Facts {
    let mut facts = Facts::default();
    let resolver = Resolver::new(regions, shape.scope);
    let tagger = Tagger { vocabulary: shape.vocabulary, generic: shape.vocabulary.number_of("pemilih"), period: shape.period };
    for (number, grid) in (0..).zip(&document.grids) {
        if grid.hidden {
            continue;
        }
        let sheet = Marked::new(grid, number, shape.vocabulary);
        for block in blocks::find(&sheet, shape.vocabulary) {
            let table = table(&sheet, &block);
            if !table.figures.is_empty() {
                read_table(findings, &mut facts, table, &resolver, &tagger, shape);
            }
        }
    }
    facts
}

fn read_table<'a>(findings: &mut Findings, facts: &mut Facts, table: Table<'a>, resolver: &Resolver<'a>, tagger: &Tagger<'a>, shape: &Shape) {
    let (table, slots) = upright(table, tagger, resolver);
    let around: Vec<Option<Region>> = (0..table.titles.len().max(1)).map(|p| surroundings(&table, p, resolver, tagger)).collect();
    let around = inferred(&table, &slots, around, resolver);
    let reader = Reader { table: &table, slots: &slots, resolver, tagger, around: around.clone() };
    let fields = Fields::new(&table, &reader, tagger, shape);
    let mut dark = Dark::default();
    let mut entities: Vec<Entity> = Vec::new();
    let mut figures = table.figures.as_slice();
    for (n, line) in table.rows.iter().enumerate() {
        let count = figures.iter().take_while(|f| f.row == n).count();
        let (own, rest) = figures.split_at(count);
        figures = rest;
        let whose = reader.whose(line);
        let tags = reader.tags(line);
        let stations = fields.stations && matches!(&whose, Whose::Region(w) if w.level == Level::Desa);
        for figure in own {
            let whose = if stations { at_station(&whose, fields.station(figure.col)) } else { whose.clone() };
            match fields.field(figure.col, &tags) {
                Known::Field(field) => add(&mut entities, whose, field, figure, &table, line.groups, line.part),
                Known::Aside => dark.aside(figure),
                Known::Stale => dark.stale(figure),
                Known::No => dark.unknown(figure),
            }
        }
        if table.cols.len() <= WIDEST && !stations {
            let blanks = blanks(&table, n, own).filter_map(|(col, at)| if let Known::Field(f) = fields.field(col, &tags) { Some((f, at)) } else { None });
            let blanks: Vec<(Field, Origin)> = blanks.collect();
            if let Some(entity) = entities.last_mut().filter(|e| matches!(e.whose, Whose::Region(_))) {
                zeros(entity, &blanks);
            }
        }
    }
    facts.used += entities.iter().map(|e| e.facts.len()).sum::<usize>() + table.counters;
    facts.dark += dark.unknown.len() + table.strays.len();
    dark.report(findings, &table);
    let span = Span::around(entities.iter().flat_map(|e| e.facts.iter().map(|f| f.origin)));
    if !entities.is_empty() {
        facts.rolls.push(Roll { entities, around: around.first().copied().flatten(), sheet: table.sheet.grid.name.clone(), span });
    }
}

/// Tables with more columns than this are not searched for blanks.
const WIDEST: usize = 256;

/// Columns that hold figures elsewhere and nothing in this row, although it has figures.
fn blanks<'t>(table: &'t Table, row: usize, own: &'t [Figure]) -> impl Iterator<Item = (usize, Origin)> + 't {
    let stated = own.iter().any(|f| matches!(f.content, Content::Number(_)));
    let missing = (0..table.cols.len()).filter(move |&c| stated && !own.iter().any(|f| f.col == c));
    missing.filter_map(move |col| Some((col, table.blank(row, col)?)))
}

/// A blank in a count column that has other figures is zero; of L, P and their sum only where the printed ones leave it so.
fn zeros(entity: &mut Entity, blanks: &[(Field, Origin)]) {
    for &(field, origin) in blanks {
        let value = |sex| entity.fact(Field { sex, ..field }).and_then(|f| f.value);
        let (l, p, t) = (value(Sex::L), value(Sex::P), value(Sex::T));
        let fits = match field.sex {
            Sex::T => l.unwrap_or(0.0) == 0.0 && p.unwrap_or(0.0) == 0.0,
            Sex::L => t.is_none_or(|t| t == p.unwrap_or(0.0)),
            Sex::P => t.is_none_or(|t| t == l.unwrap_or(0.0)),
        };
        if fits && entity.fact(field).is_none() && !entity.facts.is_empty() {
            entity.facts.push(Fact { field, value: Some(0.0), origin, raw: String::new() });
        }
    }
}

/// The table with regions down its rows, and what its label slots hold then.
fn upright<'a>(table: Table<'a>, tagger: &Tagger, resolver: &Resolver) -> (Table<'a>, Vec<Slot>) {
    let down = slots(&table, tagger, resolver.regions, resolver.scope);
    let names = |s: &Slot| matches!(s, Slot::Region(_) | Slot::Station | Slot::Code);
    if down.iter().any(names) {
        return (table, down);
    }
    let turned = table.clone().transposed();
    let across = slots(&turned, tagger, resolver.regions, resolver.scope);
    if across.iter().any(|s| matches!(s, Slot::Region(_))) { (turned, across) } else { (table, down) }
}

/// Where nothing says which kecamatan a table of desa is about, the one that has most of its names.
fn inferred(table: &Table, slots: &[Slot], around: Vec<Option<Region>>, resolver: &Resolver) -> Vec<Option<Region>> {
    let deepest = slots.iter().enumerate().filter_map(|(i, s)| if let Slot::Region(l) = s { Some((*l, i)) } else { None }).max();
    let Some((level, i)) = deepest.filter(|(l, _)| l.above().is_some_and(|a| a > resolver.scope.level())) else { return around };
    let has_parent_slot = slots.iter().any(|s| matches!(s, Slot::Region(l) if *l < level)) || !table.groups.is_empty();
    if has_parent_slot || slots.contains(&Slot::Code) {
        return around;
    }
    let guess = |(part, known): (usize, Option<Region>)| {
        known.filter(|r| r.level() >= level.above().unwrap_or(level)).or_else(|| {
            let labels: Vec<String> = table.rows.iter().filter(|r| r.part == part).filter_map(|r| r.labels.get(i).copied().flatten()).map(|l| table.shown(&l)).collect();
            let names: Vec<&str> = labels.iter().map(String::as_str).collect();
            let (parent, hits) = resolver.regions.common_parent(&names, level, resolver.scope)?;
            (hits * 2 > names.len()).then_some(parent)
        }).or(known)
    };
    around.into_iter().enumerate().map(guess).collect()
}

fn at_station(whose: &Whose, station: Option<u32>) -> Whose {
    let (Whose::Region(named), Some(number)) = (whose, station) else { return whose.clone() };
    let mut named = named.clone();
    named.matched = match named.matched {
        crate::normalise::region::Match::Certain(desa) => desa.station(number).map_or(crate::normalise::region::Match::Unknown, crate::normalise::region::Match::Certain),
        _ => crate::normalise::region::Match::Unknown,
    };
    named.level = Level::Tps;
    named.printed = format!("{number:03}");
    Whose::Region(named)
}

fn add(entities: &mut Vec<Entity>, whose: Whose, field: Field, figure: &Figure, table: &Table, group: usize, part: usize) {
    let value = match figure.content {
        Content::Number(n) => Some(n),
        Content::Dash => Some(0.0),
        Content::Error(_) | Content::Unreadable => None,
    };
    let fact = Fact { field, value, origin: figure.origin, raw: table.sheet.grid.shown(figure.value) };
    let same = |e: &Entity| e.part == part && same_row(&e.whose, &whose, e.group == group) && (e.fact(field).is_none());
    let recent = entities.len().saturating_sub(if matches!(&whose, Whose::Region(n) if n.level == Level::Tps) { 64 } else { 1 });
    match entities[recent..].iter_mut().rev().find(|e| same(e)) {
        Some(entity) => {
            entity.span = entity.span.with(figure.origin);
            entity.facts.push(fact);
        }
        None => entities.push(Entity { whose, facts: vec![fact], span: figure.origin.into(), group, part }),
    }
}

/// Figures of the same region stand in one entity; printed sums only when they share their label.
fn same_row(a: &Whose, b: &Whose, same_group: bool) -> bool {
    match (a, b) {
        (Whose::Region(a), Whose::Region(b)) => a.level == b.level && a.matched == b.matched && a.printed == b.printed && a.parent == b.parent,
        (Whose::Total(a, _), Whose::Total(b, _)) => a == b && same_group,
        _ => false,
    }
}

/// What the columns of a table say.
struct Fields<'s> {
    cols: Vec<Tags>,
    distant: Tags,
    shape: &'s Shape<'s>,
    now: Option<u16>,
    before: Option<u16>,
    reasons_of: Option<u16>,
    several_periods: bool,
    stations: bool,
    station: Vec<Option<u32>>,
}

/// What is known of a figure's field.
enum Known {
    Field(Field),
    /// Understood, and no figure of this kind's tables.
    Aside,
    /// Of another period.
    Stale,
    No,
}

impl<'s> Fields<'s> {
    fn new(table: &Table, reader: &Reader, tagger: &Tagger, shape: &'s Shape<'s>) -> Self {
        let cols: Vec<Tags> = table.cols.iter().map(|c| tagger.stack(c.labels.iter().flatten())).collect();
        let titles = table.titles.iter().flatten();
        let mut distant = distant(titles, &table.sheet.grid.name, tagger);
        let row_tags: Vec<Tags> = table.rows.iter().take(200).map(|r| reader.tags(r)).collect();
        if cols.iter().chain(&row_tags).any(|t| t.measure.is_some() || t.reason.is_some()) {
            distant = Tags { measure: None, reason: None, ..distant };
        }
        let now = shape.vocabulary.number_of(shape.now);
        let station: Vec<Option<u32>> = table.cols.iter().zip(&cols).map(|(c, t)| column_station(c.labels.iter().flatten(), t, table)).collect();
        let rows_say = row_tags.iter().map(|t| t.when);
        let several_periods = {
            let whens = || cols.iter().map(|c| c.when).chain(rows_say.clone());
            whens().any(|w| w == Some(When::Before)) && whens().any(|w| w != Some(When::Before))
        };
        Self {
            distant,
            now,
            before: shape.before.and_then(|b| shape.vocabulary.number_of(b)),
            reasons_of: shape.reasons_of.and_then(|b| shape.vocabulary.number_of(b)),
            several_periods,
            stations: station.iter().flatten().count() >= 2,
            station,
            cols,
            shape,
        }
    }

    fn station(&self, col: usize) -> Option<u32> {
        self.station.get(col).copied().flatten()
    }

    /// The field of a column's figures in a row that says `row`.
    fn field(&self, col: usize, row: &Tags) -> Known {
        let col_tags = self.cols.get(col).copied().unwrap_or_default();
        let station = self.station(col).is_some();
        let Some(own) = crossed(col_tags, *row) else { return Known::No };
        if own.aside {
            return Known::Aside;
        }
        if own.dark && !station {
            return Known::No;
        }
        let own = Tags { level: if station { None } else { own.level }, ..own };
        if !own.speaks() && !own.total && own.level.is_none() && !station {
            return Known::No;
        }
        let tags = own.or(self.distant);
        self.named(&tags, own.when)
    }

    fn named(&self, tags: &Tags, own_when: Option<When>) -> Known {
        let sex = tags.sex.unwrap_or(Sex::T);
        if let Some(reason) = tags.reason {
            let fits = self.reasons_of.is_some() && (tags.measure.is_none() || tags.measure == self.reasons_of);
            return if !fits {
                Known::Aside
            } else if tags.when == Some(When::Before) || tags.when == Some(When::Other) {
                Known::Stale
            } else {
                Known::Field(Field { stem: Stem::Reason(reason), sex })
            };
        }
        if let (Some(level), false, None, None) = (tags.level, tags.generic, tags.measure, tags.sex) {
            return if tags.when.is_none_or(|w| w == When::Now) || self.several_periods { Known::Field(Field { stem: Stem::Count(level), sex: Sex::T }) } else { Known::Stale };
        }
        let measure = match (tags.measure, tags.when) {
            (_, Some(When::Other)) => return Known::Stale,
            (Some(m), Some(When::Before)) if Some(m) == self.before => Some(m),
            (Some(m), Some(When::Before)) if Some(m) == self.now && own_when.is_some() => self.before,
            (Some(_), Some(When::Before)) => return Known::Stale,
            (Some(m), _) => Some(m),
            (None, Some(When::Before)) if own_when.is_some() && (self.several_periods || tags.generic) => self.before,
            (None, Some(When::Before)) => return Known::Stale,
            (None, _) => self.now,
        };
        let _ = self.shape;
        measure.map_or(Known::No, |m| Known::Field(Field { stem: Stem::Measure(m), sex }))
    }
}

/// Titles and sheet name: the one measure, reason, sex or period they agree on.
fn distant<'l>(titles: impl Iterator<Item = &'l Label<'l>>, sheet: &str, tagger: &Tagger) -> Tags {
    let mut all: Vec<Tags> = titles.map(|t| tagger.label(t.text, t.said)).collect();
    let said = tagger.vocabulary.read(sheet);
    let named = tagger.label(sheet, &said);
    let when = all.iter().rev().find_map(|t| t.when).or(named.when);
    all.push(named);
    let only = |pick: fn(&Tags) -> Option<u16>| {
        let found: std::collections::BTreeSet<u16> = all.iter().filter_map(pick).collect();
        if found.len() == 1 { found.first().copied() } else { None }
    };
    let measure = named.measure.or_else(|| only(|t| t.measure));
    let sexes: Vec<Sex> = all.iter().filter_map(|t| t.sex).filter(|&s| s != Sex::T).collect();
    let sex = sexes.first().copied().filter(|s| sexes.iter().all(|x| x == s));
    Tags { measure, reason: named.reason.or_else(|| only(|t| t.reason)), sex, when, ..Tags::default() }
}

/// What row and column say together; `None` where they contradict each other.
fn crossed(col: Tags, row: Tags) -> Option<Tags> {
    let agree = |a: Option<u16>, b: Option<u16>| a.is_none() || b.is_none() || a == b;
    let sexes = match (col.sex, row.sex) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    if !agree(col.measure, row.measure) || !agree(col.reason, row.reason) || !sexes {
        return None;
    }
    let row_speaks = row.speaks() || row.level.is_some();
    let col_speaks = col.speaks() || col.total || col.level.is_some();
    Some(Tags {
        measure: col.measure.or(row.measure),
        generic: col.generic || row.generic,
        reason: col.reason.or(row.reason),
        sex: col.sex.or(row.sex),
        when: col.when.or(row.when),
        level: col.level.or(row.level),
        total: col.total || row.total,
        aside: col.aside || row.aside,
        dark: col.dark && !(row_speaks && !col_speaks && false) || row.dark && !col_speaks,
    })
}

/// The station a column is about: `TPS 001` over it, or a number under a heading that says TPS.
fn column_station<'l>(labels: impl Iterator<Item = &'l Label<'l>>, tags: &Tags, table: &Table) -> Option<u32> {
    let labels: Vec<&Label> = labels.collect();
    let last = labels.last()?;
    let shown = table.shown(last);
    let number = station(&shown)?;
    (shown.to_uppercase().contains("TPS") || tags.level == Some(Level::Tps) && labels.len() > 1).then_some(number)
}

/// Figures that did not become facts.
#[derive(Default)]
struct Dark {
    unknown: Vec<Origin>,
    aside: Vec<Origin>,
    stale: Vec<Origin>,
}

impl Dark {
    fn unknown(&mut self, figure: &Figure) {
        self.unknown.push(figure.origin);
    }

    fn aside(&mut self, figure: &Figure) {
        self.aside.push(figure.origin);
    }

    fn stale(&mut self, figure: &Figure) {
        self.stale.push(figure.origin);
    }

    /// One A13 for each reason and run of neighbouring columns.
    fn report(&self, findings: &mut Findings, table: &Table) {
        let sheet = &table.sheet.grid.name;
        for (cells, why) in [
            (&self.unknown, "angka ini tidak dipahami: judul kolom atau barisnya tidak dikenal. Tambahkan katanya di schemas/, atau perbaiki judulnya"),
            (&self.stale, "angka ini dari periode lain dan tidak dipakai"),
            (&self.aside, "angka ini bukan isi tabel yang direkap (persentase, rincian, atau data lain) dan tidak dipakai"),
            (&table.strays, "di sini diharapkan angka, tetapi tertulis kata"),
        ] {
            for span in by_columns(cells) {
                findings.add(Finding::new("A13", format!("Lembar \"{sheet}\": {why}.")).at(span));
            }
        }
    }
}

/// Cells as one rectangle for each run of neighbouring columns.
fn by_columns(cells: &[Origin]) -> Vec<Span> {
    let mut columns: BTreeMap<u16, Span> = BTreeMap::new();
    for &cell in cells {
        columns.entry(cell.col).and_modify(|s| *s = s.with(cell)).or_insert_with(|| cell.into());
    }
    let mut spans: Vec<Span> = Vec::new();
    for (col, span) in columns {
        match spans.last_mut() {
            Some(last) if last.to.col + 1 == col => *last = last.with(span.from).with(span.to),
            _ => spans.push(span),
        }
    }
    spans
}
