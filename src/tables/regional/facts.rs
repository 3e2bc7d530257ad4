//! Figures with their region and field: what all tables of a document say, whichever way they are laid out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, Equation, Findings, Grid, Level, Origin, Period, Region, Span};
use crate::normalise::region::{Match, Regions};
use crate::tables::axes::{Content, Figure, Table, table};
use crate::tables::blocks::{self, Block};
use crate::tables::marks::Marked;
use crate::tables::mend::mend;
use crate::tables::reports::tabled;
use crate::tables::words::{Dimension, Vocabulary};

use super::around::{Around, months_apart, sheet_region};
use super::blanks::{WIDEST, nothing};
use super::dark::{Dark, titled, unknown_title};
use super::distant::{distant, trailing};
pub use super::fact::{Entity, Fact};
use super::fields::{Context, Fields, Known};
use super::gathered::{add, says_once_more};
use super::goods::Goods;
use super::left::{among_names, lost_lines};
use super::lines::Reader;
use super::matrix;
use super::mixed::parted;
use super::names::Resolver;
use super::others::{strange_title, titled_apart};
use super::parts::partial;
use super::restated::restated;
use super::runs::over_and_over;
use super::settle::settle;
use super::slots::{Slot, slots};
use super::tags::{Field, Stem, Tagger, When};
use super::units::Units;
use super::whose::{Named, Whose};

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
    /// Units of goods, where they stand.
    pub units: Units,
    /// What must hold inside a table besides the sums of its regions: goods that are the sums of their kinds.
    pub equations: Vec<Equation>,
    /// Cells of such sums.
    pub sums: Vec<Origin>,
    /// Texts in hidden rows: a region named there is not left out.
    pub hidden: Vec<(Origin, String)>,
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
    /// Measures of a balance: before, in, out and after; `None` if the kind has none.
    pub flow: Option<[&'a str; 4]>,
    /// Measure that the reasons belong to; `None` if the kind has no reasons.
    pub reasons_of: Option<&'a str>,
    /// The goods that are counted; `None` if the kind counts none.
    pub goods: Option<&'a Goods<'a>>,
    /// The document's period.
    pub period: Option<Period>,
    /// The document's office.
    pub scope: Region,
}

/// Reads all visible sheets of a document. Figures that were not understood become A13 with their range.
#[must_use]
pub fn facts(findings: &mut Findings, document: &Document, regions: &Regions, shape: &Shape) -> Facts {
    let mut facts = Facts::default();
    let resolver = Resolver::new(regions, shape.scope, shape.vocabulary);
    let generic = shape.vocabulary.number_of("pemilih");
    let months = months_apart(document, shape.period);
    let (mut spoken, mut below): (_, Option<(u16, String)>) = (None, None);
    let periods = RefCell::default();
    let &Shape { vocabulary, period, goods, .. } = shape;
    let tagger = Tagger { vocabulary, generic, period, months, goods, periods: &periods };
    let mixed_pages = mixed_pages(document, &tagger);
    for (number, grid) in (0..).zip(&document.grids).filter(|(_, g)| !g.hidden) {
        facts.hidden.extend(hidden_texts(grid, number));
        let grid = &*mend(grid, shape.vocabulary);
        let grid = &*tabled(findings, grid, number, shape.vocabulary);
        let (sheet, blocks) = listed(Marked::new(grid, number, shape.vocabulary));
        lost_lines(findings, grid, number);
        let tables = blocks.iter().map(|b| table(&sheet, b));
        let tables: Vec<Table> = tables.filter(|t| !t.figures.is_empty()).collect();
        let before = |t: &Table| distant(t, &tagger).when == Some(When::Before);
        let mixed =
            tables.iter().any(before) && !tables.iter().all(before) || grid.page.is_some_and(|p| mixed_pages.contains(&p));
        let turned = below.as_ref().filter(|(page, _)| Some(page + 1) == grid.page).map(|(_, line)| line);
        let kecamatan = |line: &String| resolver.titled(line, shape.scope).filter(|r| r.level() == Level::Kecamatan);
        let base = sheet_region(&tables, &grid.name, &resolver);
        for table in tables {
            spoken = carried(&table, &tagger, spoken);
            let good = goods.zip(turned).and_then(|(goods, line)| goods.spoken(line));
            let context = Context { mixed, spoken, good, foot: turned.and_then(kecamatan) };
            Reading { resolver: &resolver, tagger: &tagger, shape, base, context }.read(findings, &mut facts, table);
        }
        below = trailing(grid);
    }
    facts
}

/// Pages with tables of the period before beside others, by the nearest line above each that names one.
fn mixed_pages(document: &Document, tagger: &Tagger) -> BTreeSet<u16> {
    let mut pages: BTreeMap<u16, BTreeSet<bool>> = BTreeMap::new();
    for grid in &document.grids {
        let Some(page) = grid.page else { continue };
        let named = grid.above().into_iter().find_map(|line| tagger.named_period(line));
        pages.entry(page).or_default().insert(named == Some(When::Before));
    }
    pages.into_iter().filter(|(_, before)| before.len() == 2).map(|(page, _)| page).collect()
}

/// More texts in hidden rows are an old list, not a row that somebody forgot to show.
const MOST_HIDDEN: usize = 400;

/// Texts in hidden rows of a sheet.
fn hidden_texts(grid: &Grid, number: u16) -> impl Iterator<Item = (Origin, String)> {
    let rows = grid.hidden_rows.iter().flat_map(|&(first, last)| {
        let start = grid.cells.partition_point(|c| c.row < first);
        let end = grid.cells.partition_point(|c| c.row <= last);
        grid.cells.get(start..end).unwrap_or_default()
    });
    let texts = rows.filter_map(move |c| Some((Origin::new(number, c.row, c.col), grid.text(c.value)?.to_owned())));
    texts.take(MOST_HIDDEN)
}

/// The sheet without what pages add to a list (lines that number them, and the headings that they repeat), and where its tables are.
fn listed(sheet: Marked) -> (Marked, Vec<Block>) {
    let numbered = feet(&sheet);
    let sheet = if numbered.is_empty() { sheet } else { sheet.without(&numbered) };
    let found = blocks::find(&sheet);
    let again = blocks::repeated(&sheet, &found);
    if again.is_empty() {
        return (sheet, found);
    }
    let sheet = sheet.without(&again);
    let found = blocks::find(&sheet);
    (sheet, found)
}

/// Rows that hold nothing but the number of a page: `Model A-Rekap halaman 2 dari 5`.
fn feet(sheet: &Marked) -> BTreeSet<usize> {
    let numbers_a_page = |n: &usize| {
        let mut cells = sheet.row(*n).1.map(|(cell, _)| cell);
        let (Some(cell), None) = (cells.next(), cells.next()) else { return false };
        let last = sheet.grid.shown(cell.value);
        sheet.said(cell).tells(Dimension::Page) && last.trim_end().ends_with(|c: char| c.is_ascii_digit())
    };
    (0..sheet.row_count()).filter(numbers_a_page).collect()
}

/// What amounts of goods mean by the titles so far: a paper in parts says `Kebutuhan` once, over its first part. A part whose own
/// titles speak of something else is not meant.
fn carried(table: &Table, tagger: &Tagger, spoken: Option<u16>) -> Option<u16> {
    tagger.goods?;
    let otherwise = table.titles.iter().flatten().any(|l| tagger.label(l.text, l.said).aside);
    distant(table, tagger).measure.or(spoken.filter(|_| !otherwise))
}

/// What a table is read with.
struct Reading<'a, 's> {
    resolver: &'s Resolver<'a>,
    tagger: &'s Tagger<'a>,
    shape: &'s Shape<'s>,
    /// The kecamatan that the whole sheet is about.
    base: Option<Region>,
    /// What the rest of the document says about the table.
    context: Context,
}

impl<'a> Reading<'a, '_> {
    fn read(&self, findings: &mut Findings, facts: &mut Facts, table: Table<'a>) {
        if let Some(words) = titled_apart(&table, self.tagger) {
            facts.dark += table.figures.len();
            return titled(findings, &table, &words);
        }
        let (table, slots) = self.upright(&mut facts.units, table);
        let (table, slots) = parted(table, slots, self.tagger, self.resolver);
        let around = Around { resolver: self.resolver, base: self.base, foot: self.context.foot }.of(&table, &slots);
        let reader = Reader::new(&table, &slots, around.clone(), self.resolver, self.tagger);
        let fields = Fields::new(&table, &reader, self.tagger, self.shape, self.context);
        facts.equations.extend(fields.across.equations.iter().cloned());
        findings.0.extend(fields.across.unsure.iter().cloned());
        facts.sums.extend(table.figures.iter().filter(|f| fields.across.sums.contains(&f.col)).map(|f| f.origin));
        let (worked_out, contradicted) = (fields.worked_out.clone(), fields.contradicted.clone());
        let mut dark = Dark { worked_out, contradicted, ..Dark::default() };
        let mut again = restated(&table, &slots, self.tagger);
        again.retain(|&row| !reader.names_a_place(&table.rows[row]));
        again.extend(partial(&table, &slots));
        facts.equations.extend(reader.nested.equations.iter().cloned());
        facts.equations.extend(matrix::totals(&table, &reader, &fields));
        facts.sums.extend(table.figures.iter().filter(|f| reader.nested.sums.contains(&f.row)).map(|f| f.origin));
        findings.0.extend(reader.nested.unsure.iter().cloned());
        let mut entities = entities(&table, &reader, &fields, &again, &mut dark);
        settle(&mut entities);
        if self.shape.goods.is_none() {
            // A list of goods names its place in every row.
            dark.repeated = over_and_over(&mut entities);
        }
        facts.used += entities.iter().map(|e| e.facts.len()).sum::<usize>() + table.counters;
        facts.dark += dark.unknown.len() + dark.repeated.len() + table.strays.len();
        if self.shape.goods.is_some() {
            dark.unknown.extend(among_names(&table, &slots));
            dark.aside.extend(&table.remarks);
        }
        dark.report(findings, &table);
        let span = Span::around(entities.iter().flat_map(|e| e.facts.iter().map(|f| f.origin)));
        let strange = strange_title(&table, self.tagger, self.resolver);
        findings.0.extend(strange.zip(span).map(|(word, span)| unknown_title(&table, span, &word)));
        if !entities.is_empty() {
            facts.rolls.push(Roll {
                entities,
                around: around.first().copied().flatten(),
                sheet: table.sheet.grid.name.clone(),
                span,
            });
        }
    }

    /// The table with regions down its rows, and what its label slots hold then.
    fn upright(&self, units: &mut Units, table: Table<'a>) -> (Table<'a>, Vec<Slot>) {
        let names = |s: &Slot| matches!(s, Slot::Region(_) | Slot::Station | Slot::Ladder | Slot::Code | Slot::Path);
        let down = slots(&table, self.tagger, self.resolver);
        if self.shape.goods.is_some() {
            units.gather(&table, &down, self.shape.vocabulary);
        }
        if down.iter().any(names) {
            return (table, down);
        }
        let turned = if down.contains(&Slot::Goods) { only_goods(&table, &down) } else { table.clone() }.transposed();
        let across = slots(&turned, self.tagger, self.resolver);
        if across.iter().any(|s| matches!(s, Slot::Region(_))) { (turned, across) } else { (table, down) }
    }
}

/// The table with no labels of its rows but those that say what is counted: units and running numbers do not describe figures.
fn only_goods<'a>(table: &Table<'a>, slots: &[Slot]) -> Table<'a> {
    let mut table = table.clone();
    for row in &mut table.rows {
        for (label, slot) in row.labels.iter_mut().zip(slots) {
            if !matches!(slot, Slot::Goods | Slot::Words | Slot::When) {
                *label = None;
            }
        }
    }
    table
}

/// The figures of a table, row by row, gathered by whose they are; `again` are rows that only say totals once more.
fn entities<'a>(
    table: &Table<'a>,
    reader: &Reader<'a, '_>,
    fields: &Fields,
    again: &BTreeSet<usize>,
    dark: &mut Dark,
) -> Vec<Entity> {
    let (mut entities, mut prices): (Vec<Entity>, Vec<Fact>) = Default::default();
    let mut figures = table.figures.as_slice();
    for (n, line) in table.rows.iter().enumerate() {
        let (own, rest) = figures.split_at(figures.iter().take_while(|f| f.row == n).count());
        figures = rest;
        if again.contains(&n) || reader.nested.sums.contains(&n) {
            dark.aside.extend(own.iter().filter(|_| again.contains(&n)).map(|f| f.origin));
            continue;
        }
        let tags = reader.tags(line);
        if reader.prices(line) {
            prices.extend(prices_of(own, |f| price(fields.field(f.col, &tags, Level::Nasional), f, table), dark));
            continue;
        }
        let row = reader.whose(line);
        if let (Whose::Region(named), true) = (&row, own.is_empty()) {
            let span = named.origin.into();
            entities.push(Entity { whose: row.clone(), facts: Vec::new(), span, group: line.groups, part: line.part });
        }
        let across = fields.stations() && matches!(&row, Whose::Region(w) if w.level == Level::Desa);
        for figure in own.iter().filter(|f| !matrix::no_region(&row, fields, f.col)) {
            if table.sheet.grid.percent(figure.origin.row, figure.origin.col) || percent(table, figure) {
                dark.aside.push(figure.origin);
                continue;
            }
            let station = across.then(|| at_station(&row, fields.station(figure.col)));
            let whose = station.as_ref().unwrap_or(&row);
            let level = if let Whose::Region(named) = whose { named.level } else { Level::Nasional };
            match fields.field(figure.col, &tags, level) {
                Known::Field(field) => {
                    dark.unread.extend((figure.content == Content::Unreadable).then_some(figure.origin));
                    let field_of =
                        |f: &Figure| if let Known::Field(field) = fields.field(f.col, &tags, level) { Some(field) } else { None };
                    let others = || own.iter().filter_map(field_of);
                    if says_once_more(&entities, (whose, line.part), field, figure, others, table) {
                        continue;
                    }
                    add(&mut entities, whose, field, figure, table, (line.groups, line.part));
                }
                Known::Aside => dark.aside.push(figure.origin),
                Known::Sum => {}
                Known::Stale => dark.stale.push(figure.origin),
                Known::No => dark.unknown(figure),
            }
        }
        if !across && matches!(row, Whose::Region(_)) && table.cols.len() <= WIDEST {
            entities.last_mut().into_iter().for_each(|e| nothing(e, table, (n, own), fields, &tags));
        }
    }
    priced(&mut entities, &prices);
    entities
}

/// The prices in a row of prices; what is none is told.
fn prices_of(row: &[Figure], price: impl Fn(&Figure) -> Option<Fact>, dark: &mut Dark) -> Vec<Fact> {
    let found: Vec<Option<Fact>> = row.iter().map(price).collect();
    row.iter().zip(&found).filter(|(_, price)| price.is_none()).for_each(|(figure, _)| dark.unknown(figure));
    found.into_iter().flatten().collect()
}

/// Prices that stand once for a whole table, given to every region that counts their goods.
fn priced(entities: &mut [Entity], prices: &[Fact]) {
    for entity in entities.iter_mut().filter(|e| matches!(e.whose, Whose::Region(_))) {
        let missing = |price: &&Fact| entity.fact(price.field).is_none() && entity.counts(price.field);
        let own: Vec<Fact> = prices.iter().filter(missing).cloned().collect();
        entity.facts.extend(own);
    }
}

/// A figure of a row of prices, which stands once for all regions below it.
fn price(known: Known, figure: &Figure, table: &Table) -> Option<Fact> {
    let (Known::Field(field @ Field { stem: Stem::Price(_), .. }), Content::Number(value)) = (known, figure.content) else {
        return None;
    };
    Some(Fact::new(field, Some(value), figure, table))
}

/// `12,5 %`, `(12,5%)`: a share, whatever its column holds otherwise.
pub(super) fn percent(table: &Table, figure: &Figure) -> bool {
    table.sheet.grid.text(figure.value).is_some_and(|t| t.trim_end().trim_end_matches(')').trim_end().ends_with('%'))
}

/// The station of a desa that a column is about; a column without one beside them is the desa's sum.
fn at_station(whose: &Whose, station: Option<u32>) -> Whose {
    let Whose::Region(named) = whose else { return whose.clone() };
    let Some(number) = station else { return Whose::Total(named.printed.clone(), named.likely()) };
    let matched = named.certain().and_then(|desa| desa.station(number)).map_or(Match::Unknown, Match::Certain);
    let open = named.likely().is_none().then(|| Box::new(named.clone()));
    Whose::Region(Named { matched, level: Level::Tps, printed: format!("{number:03}"), open, ..named.clone() })
}
