//! Logistics: stock and need of goods by region, whichever of region, good and measure runs down, across or stands in a title.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::model::{Document, Equation, Finding, Findings, Origin, Records, Span};
use crate::tables::regional::facts::{Fact, Shape, facts};
use crate::tables::regional::fold::{Folded, PrintedTotal, RegionRow, fold};
use crate::tables::regional::goods::{Goods, Measures};
use crate::tables::regional::tags::{Field, Stem};
use crate::tables::regional::units::Units;
use crate::tables::regional::{records, rules};
use crate::tables::scale;
use crate::tables::words::{Dimension, Vocabulary};

use super::{Ask, Extraction, Kind};

mod cards;
mod election;
mod need;

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Logistik;

/// The table's amounts, in its order.
const AMOUNTS: [&str; 4] = ["kebutuhan", "tersedia", "baik", "rusak"];
/// Kinds of damage that some print apart; together they are `rusak`.
const DAMAGES: [&str; 2] = ["rusak_ringan", "rusak_berat"];
const PRICE: &str = "harga";
/// A document with this many times more figures that nobody understands than others is something else.
const MOSTLY_DARK: usize = 3;
const MEASURES: Measures = Measures {
    price: PRICE,
    amount: "banyak",
    need: "kebutuhan",
    stock: "tersedia",
    conditions: &["baik", "rusak", "rusak_ringan", "rusak_berat"],
};

impl Kind for Logistik {
    fn name(&self) -> &'static str {
        "logistik"
    }

    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        let vocabulary = super::vocabulary(ask.schemas, self.name());
        let goods = Goods::new(&vocabulary, MEASURES);
        let mut sheets = Sheets {
            ask,
            vocabulary: &vocabulary,
            goods: &goods,
            used: 0,
            dark: 0,
            rows: super::empty_table(ask.schemas, self.name()),
            printed: super::empty_table(ask.schemas, self.name()),
            equations: Vec::new(),
            beside: Vec::new(),
        };
        match election::parts(ask, &vocabulary).as_slice() {
            [] => sheets.read(findings, ask.document, election::of(ask, &vocabulary)),
            parts => parts.iter().for_each(|(election, part)| sheets.read(findings, part, Some(election.clone()))),
        }
        let Sheets { rows, printed, equations, beside, .. } = sheets;
        if rows.is_empty() || sheets.used * MOSTLY_DARK <= sheets.dark {
            return None;
        }
        scale::told(findings, ask.document, ask.schemas);
        Some(Extraction { records: vec![rows], printed: vec![printed], equations, beside, ..Extraction::default() })
    }
}

/// What the sheets of a document come to, election by election.
struct Sheets<'a> {
    ask: &'a Ask<'a>,
    vocabulary: &'a Vocabulary,
    goods: &'a Goods<'a>,
    used: usize,
    dark: usize,
    rows: Records,
    printed: Records,
    equations: Vec<Equation>,
    beside: Vec<Origin>,
}

impl Sheets<'_> {
    /// Reads a document, or the part of it about one election.
    fn read(&mut self, findings: &mut Findings, document: &Document, election: Option<String>) {
        let (ask, vocabulary, goods) = (self.ask, self.vocabulary, self.goods);
        let shape = Shape {
            vocabulary,
            now: "pemilih",
            before: None,
            goods: Some(goods),
            flow: None,
            reasons_of: None,
            period: ask.subject.period,
            scope: super::scope(ask),
        };
        let cards = cards::take(findings, document, vocabulary);
        let document = cards.as_ref().map_or(document, |(_, rest)| rest);
        let mut found = facts(findings, document, ask.regions, &shape);
        let mut folded = fold(findings, &mut found, ask.regions, shape.scope);
        let mut cards = cards.map(|(cards, _)| cards).unwrap_or_default();
        cards.add_to(&mut found, &mut folded, (ask.regions, shape.scope), (goods, vocabulary));
        self.used += found.used;
        self.dark += found.dark;
        let sheet = Sheet { vocabulary, goods, units: &found.units };
        let first = self.rows.len();
        for row in &folded.rows {
            sheet.rows(findings, &mut self.rows, row);
        }
        let mut equations: Vec<Equation> = folded.rows.iter().flat_map(|row| sheet.stock(row)).collect();
        equations.extend(Sheet::true_sums(findings, &folded));
        if let Some(norm) = election::norm(ask, vocabulary, election.as_deref()) {
            let needs = need::Needs { norm, goods, vocabulary, borne_out: BTreeSet::new() };
            let needs = needs.heeding(&folded.rows);
            let broken = folded.equations.iter().chain(&equations).filter(|e| !e.is_open() && !e.holds() && e.code == "D02");
            let doubtful = broken.flat_map(|e| e.terms.iter().map(|t| t.origin)).collect();
            equations.extend(folded.rows.iter().flat_map(|row| needs.check(findings, row, &doubtful)).collect::<Vec<_>>());
        }
        self.equations.append(&mut folded.equations);
        self.equations.extend(equations);
        for total in &folded.totals {
            sheet.total(&mut self.printed, total);
        }
        sheet.unlisted(findings, &folded);
        if let Some(election) = election {
            (first..self.rows.len()).for_each(|row| self.rows.set_text(row, "pemilihan", &election, None));
        }
        self.beside.extend(folded.rows.iter().flat_map(|row| row.facts.values().map(|fact| fact.origin)));
        self.beside.extend(cards.cells.into_iter().chain(found.sums));
    }
}

/// What the rows of a document are written with.
struct Sheet<'a> {
    vocabulary: &'a Vocabulary,
    goods: &'a Goods<'a>,
    units: &'a Units,
}

/// Keys of goods by their printed names, for those who put documents together.
#[derive(Debug)]
pub struct Keys(Rc<Vocabulary>);

impl Keys {
    /// By the words of the schemas.
    #[must_use]
    pub fn new(schemas: &crate::model::Schemas) -> Self {
        Self(super::vocabulary(schemas, "logistik"))
    }

    /// The key of a good; `None` for one that no schema lists.
    #[must_use]
    pub fn key(&self, printed: &str) -> Option<String> {
        Goods::new(&self.0, MEASURES).key(printed)
    }

    /// The key of the good that a text names and nothing else: not that of `Sortir dan lipat surat suara`.
    #[must_use]
    pub fn of_nothing_else(&self, printed: &str) -> Option<String> {
        let said = self.0.read(printed);
        let goods = said.senses.iter().filter(|s| s.dimension == Dimension::Goods).count();
        if said.whole() && goods == 1 { self.key(printed) } else { None }
    }
}

/// The facts of one region's good.
type Good<'f> = Vec<(&'f Field, &'f Fact)>;

/// The good that a field counts or prices.
const fn good(field: Field) -> Option<u16> {
    match field.stem {
        Stem::Goods(good, _) | Stem::Price(good) => Some(good),
        _ => None,
    }
}

/// Figures of goods, good by good.
fn by_good(facts: &BTreeMap<Field, Fact>) -> BTreeMap<u16, Good<'_>> {
    let mut goods: BTreeMap<u16, Good> = BTreeMap::new();
    for (field, fact) in facts {
        if let Some(good) = good(*field) {
            goods.entry(good).or_default().push((field, fact));
        }
    }
    goods
}

impl Sheet<'_> {
    /// One row for each good of a region. Figures without a good that are no sum of goods are said.
    fn rows(&self, findings: &mut Findings, records: &mut Records, row: &RegionRow) {
        let goods = by_good(&row.facts);
        self.homeless(findings, row, &goods);
        let mut printed: Vec<_> = goods.iter().collect();
        printed.sort_by_key(|(_, facts)| facts.iter().map(|(_, f)| f.origin).min());
        for (good, facts) in printed {
            if !facts.iter().any(|(field, _)| self.column(**field).is_some()) {
                continue;
            }
            // A price printed once for all regions is no part of the row's place.
            let beside = |(field, f): &&(&Field, &Fact)| !matches!(field.stem, Stem::Price(_)) || row.span.holds(f.origin);
            let place = Span::around(facts.iter().filter(beside).map(|(_, f)| f.origin));
            let Some(span) = place.or_else(|| Span::around(facts.iter().map(|(_, f)| f.origin))) else { continue };
            let at = records::row(records, row, span);
            self.state(records, at, *good, facts);
        }
        let line = |at: Origin| {
            goods.values().flatten().any(|(_, f)| f.origin.grid == at.grid && (f.origin.row == at.row || f.origin.col == at.col))
        };
        let stray = |f: &&Fact| !line(f.origin) && self.amount(f.field.stem).is_some();
        if let Some(span) = Span::around(row.facts.values().filter(stray).map(|f| f.origin)) {
            let says = format!(
                "{}: angka tanpa nama barang tidak dipakai. Tulis barangnya pada judul kolom, baris, atau tabel.",
                row.named.printed.trim()
            );
            findings.add(Finding::new("A13", says).at(span));
        }
    }

    /// The column of the table that a field of a good is written to; `None` where the table has none for it.
    fn column(&self, field: Field) -> Option<&str> {
        match field.stem {
            Stem::Price(_) => Some(PRICE),
            Stem::Goods(_, m) => Some(self.vocabulary.value(m)).filter(|name| AMOUNTS.contains(name) || DAMAGES.contains(name)),
            _ => None,
        }
    }

    /// Figures of goods that no column of the table takes are said, never dropped.
    fn homeless(&self, findings: &mut Findings, row: &RegionRow, goods: &BTreeMap<u16, Good>) {
        let lost = goods.values().flatten().filter(|(field, _)| self.column(**field).is_none());
        if let Some(span) = Span::around(lost.map(|(_, fact)| fact.origin)) {
            let says = format!(
                "{}: angka barang ini tidak menyebut apakah kebutuhan, tersedia, baik, atau rusak, jadi tidak dipakai. Tulis di judul kolom atau tabel.",
                row.named.printed.trim()
            );
            findings.add(Finding::new("A13", says).at(span));
        }
    }

    fn state(&self, records: &mut Records, at: usize, good: u16, facts: &Good) {
        records.set_text(at, "barang", &self.goods.name(good), None);
        let beside =
            facts.iter().find_map(|(_, f)| self.units.of(f.origin)).map(|(origin, unit)| (Some(origin), unit.to_owned()));
        let named = || Some((None, self.goods.unit(good)?));
        let inside = || facts.iter().find_map(|(_, f)| Some((Some(f.origin), self.unit_of(&f.printed())?)));
        if let Some((origin, unit)) = beside.or_else(named).or_else(inside) {
            records.set_text(at, "satuan", &unit, origin);
        }
        for (field, fact) in facts {
            match field.stem {
                Stem::Price(_) if !fact.printed().chars().any(|c| c.is_ascii_digit()) => {}
                Stem::Price(_) => records::put(records, at, PRICE, fact),
                Stem::Goods(_, measure) => records::put(records, at, self.vocabulary.value(measure), fact),
                _ => {}
            }
        }
        self.damaged(records, at, facts);
    }

    /// The unit behind a number in its own cell: `1.234 buah`.
    fn unit_of(&self, raw: &str) -> Option<String> {
        let unit = raw.trim_start_matches(|c: char| !c.is_alphabetic()).trim();
        (unit.len() < raw.len() && self.goods.is_unit(unit)).then(|| unit.to_owned())
    }

    /// Light and heavy damage printed apart are one number of the table: their sum, with the cell of the first.
    fn damaged(&self, records: &mut Records, at: usize, facts: &Good) {
        let parts: Vec<&Fact> = DAMAGES.iter().filter_map(|name| self.fact(facts, name)).collect();
        if let (Some(first), None) = (parts.first(), self.fact(facts, "rusak")) {
            let values: Option<Vec<f64>> = parts.iter().map(|f| f.value).collect();
            let raw: Vec<_> = parts.iter().map(|f| f.printed()).collect();
            if let Some(values) = values {
                records.set_number(at, "rusak", values.iter().sum(), Some(first.origin), &raw.join(" + "));
            }
        }
    }

    /// The fact of a measure among those of one good.
    fn fact<'f>(&self, facts: &Good<'f>, measure: &str) -> Option<&'f Fact> {
        let number = self.vocabulary.number_of(measure)?;
        facts.iter().find(|(field, _)| matches!(field.stem, Stem::Goods(_, m) if m == number)).map(|(_, fact)| *fact)
    }

    /// The column of a measure that is stated without a good.
    fn amount(&self, stem: Stem) -> Option<&str> {
        match stem {
            Stem::Measure(m) => Some(self.vocabulary.value(m)).filter(|name| AMOUNTS.contains(name)),
            _ => None,
        }
    }

    /// L01: baik + rusak is tersedia, good by good.
    fn stock(&self, row: &RegionRow) -> Vec<Equation> {
        let equation = |(good, facts): (u16, Good)| {
            let (stock, fine) = (self.fact(&facts, "tersedia")?, self.fact(&facts, "baik")?);
            let broken = self.fact(&facts, "rusak");
            let damages = DAMAGES.iter().filter_map(|name| self.fact(&facts, name)).filter(|_| broken.is_none());
            let parts: Vec<(f64, &Fact)> = std::iter::once(fine).chain(broken).chain(damages).map(|f| (1.0, f)).collect();
            let at = Span::around(std::iter::once(stock.origin).chain(parts.iter().map(|(_, f)| f.origin)))?;
            let says = format!("{}: baik + rusak tidak sama dengan yang tersedia.", self.goods.name(good));
            (parts.len() > 1).then(|| rules::balance("L01", at, stock, &parts, says))
        };
        by_good(&row.facts).into_iter().filter_map(equation).collect()
    }

    /// The sums of goods, if that is what the figures without a good are: where most of them are no sums, they are something else.
    fn true_sums(findings: &mut Findings, folded: &Folded) -> Vec<Equation> {
        let sums: Vec<Equation> = folded.rows.iter().flat_map(Self::sums).filter(|e| !e.is_open()).collect();
        let holding = sums.iter().filter(|e| e.holds()).count();
        if sums.len() < 2 || holding * 2 >= sums.len() {
            return sums;
        }
        if let Some(span) = Span::around(sums.iter().filter_map(|e| e.terms.first()).map(|t| t.origin)) {
            let says =
                "angka tanpa nama barang ini bukan jumlah barang di sebelahnya, jadi tidak dipakai. Lengkapi judul kolomnya.";
            findings.add(Finding::new("A13", says).at(span));
        }
        Vec::new()
    }

    /// D02: a figure without a good beside those of goods is their sum.
    fn sums(row: &RegionRow) -> Vec<Equation> {
        let equation = |(field, fact): (&Field, &Fact)| {
            let Stem::Measure(sum) = field.stem else { return None };
            let beside = |at: Origin| at.grid == fact.origin.grid && (at.row == fact.origin.row || at.col == fact.origin.col);
            let of_it = |(f, other): &(&Field, &Fact)| {
                matches!(f.stem, Stem::Goods(_, measure) if measure == sum) && beside(other.origin)
            };
            let parts: Vec<(f64, &Fact)> = row.facts.iter().filter(of_it).map(|(_, fact)| (1.0, fact)).collect();
            let says = format!("{}: bukan jumlah {} barangnya.", row.named.printed.trim(), parts.len());
            (!parts.is_empty()).then(|| rules::balance("D02", fact.origin.into(), fact, &parts, says))
        };
        row.facts.iter().filter_map(equation).collect()
    }

    /// The goods of a printed total.
    fn total(&self, records: &mut Records, total: &PrintedTotal) {
        let Some(of) = total.of else { return };
        for (good, facts) in by_good(&total.facts) {
            let Some(span) = Span::around(facts.iter().map(|(_, f)| f.origin)) else { continue };
            let at = records.push(span);
            records.set_text(at, "level", total.level.as_str(), None);
            records.set_text(at, "region_name", total.label.trim(), None);
            records.set_region(at, "region", of, None, &total.label);
            self.state(records, at, good, &facts);
        }
    }

    /// Goods that no schema knows: kept as printed, and said once each.
    fn unlisted(&self, findings: &mut Findings, folded: &Folded) {
        let mut places: BTreeMap<u16, Span> = BTreeMap::new();
        for (field, fact) in folded.rows.iter().flat_map(|row| &row.facts) {
            if let Some(good) = good(*field) {
                let place = places.entry(good).or_insert_with(|| fact.origin.into());
                *place = place.with(fact.origin);
            }
        }
        for (good, span) in places {
            let name = self.goods.name(good);
            if self.goods.key(&name).is_none() {
                let says = format!(
                    "\"{name}\" tidak ada dalam daftar barang; dicatat sebagaimana tertulis. Bila memang barang, tambahkan di schemas/logistik.toml."
                );
                findings.add(Finding::new("A13", says).at(span).found(name));
            }
        }
    }
}
