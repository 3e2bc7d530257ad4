//! One folder per kind of document: its reading of a table and the equations that must hold in it.
//!
//! A new kind is a folder here, a schema of the same name, a folder of cases in `tests/cases/`, and its line in [`ALL`].

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::model::schema::{Meaning, TpsLimit};
use crate::model::{BatchConfig, Document, Equation, Findings, Level, Origin, Range, Records, Region, Schemas, Subject};
use crate::normalise::region::Regions;
use crate::tables::regional::facts::Facts;
use crate::tables::regional::fold::{Folded, RegionRow};
use crate::tables::regional::rules;
use crate::tables::regional::tags::Stem;
use crate::tables::words::Vocabulary;

pub mod anggaran;
pub mod berita_acara;
pub mod dpt;
pub mod iku;
pub mod lke;
pub mod logistik;
pub mod paged;
pub mod pdpb;
pub mod realisasi;
pub mod sop;

/// The kinds that are read, in the order of the contract. Other kinds are recognised by their schema and reported as not read.
pub const ALL: &[&dyn Kind] = &[
    &dpt::Dpt,
    &pdpb::Pdpb,
    &anggaran::Anggaran,
    &realisasi::Realisasi,
    &iku::Iku,
    &sop::Sop,
    &lke::Lke,
    &logistik::Logistik,
    &berita_acara::BeritaAcara,
];

/// What a kind may look at.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The document as read.
    pub document: &'a Document,
    /// What it is about.
    pub subject: &'a Subject,
    /// Wording, tables, limits.
    pub schemas: &'a Schemas,
    /// The reference list of regions.
    pub regions: &'a Regions,
    /// What is expected of the batch.
    pub batch: &'a BatchConfig,
}

/// What a kind makes of a document.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// Rows, one entry per table of the contract.
    pub records: Vec<Records>,
    /// Printed totals in the same shape; checked, never counted.
    pub printed: Vec<Records>,
    /// What must hold.
    pub equations: Vec<Equation>,
    /// What figures may be that keep to their limits so far.
    pub ranges: Vec<Range>,
    /// Cells of figures that were read beside those of the tables: the voters that a need of goods is reckoned from.
    pub beside: Vec<Origin>,
}

/// A kind of document.
pub trait Kind: Sync {
    /// Name in the contract.
    fn name(&self) -> &'static str;

    /// Reads the document's rows; `None` when most of it was not understood (the findings say what).
    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction>;
}

/// The kind of this name, where it is read.
#[must_use]
pub fn named(name: &str) -> Option<&'static dyn Kind> {
    ALL.iter().copied().find(|k| k.name() == name)
}

thread_local! {
    /// Vocabularies made before, with the meanings they were made of: every document of a kind is read by the same one.
    static READY: RefCell<Vec<(Vec<Meaning>, Rc<Vocabulary>)>> = RefCell::default();
}

/// The words of `umum.toml` and of the kind's own schema.
fn vocabulary(schemas: &Schemas, kind: &str) -> Rc<Vocabulary> {
    prepared(&schemas.common.meanings, own_meanings(schemas, kind))
}

/// The words of the kind's own schema alone.
fn own_vocabulary(schemas: &Schemas, kind: &str) -> Rc<Vocabulary> {
    prepared(&[], own_meanings(schemas, kind))
}

/// The words of `umum.toml` alone.
pub(crate) fn common_vocabulary(schemas: &Schemas) -> Rc<Vocabulary> {
    prepared(&schemas.common.meanings, &[])
}

fn own_meanings<'s>(schemas: &'s Schemas, kind: &str) -> &'s [Meaning] {
    schemas.kind(kind).map_or(&[], |k| &k.meanings)
}

/// The vocabulary of these meanings, made once for all documents of a process.
fn prepared(common: &[Meaning], own: &[Meaning]) -> Rc<Vocabulary> {
    let meanings = || common.iter().chain(own);
    READY.with_borrow_mut(|ready| {
        if let Some((_, known)) = ready.iter().find(|(of, _)| of.iter().eq(meanings())) {
            return Rc::clone(known);
        }
        let made = Rc::new(Vocabulary::new(meanings()));
        ready.push((meanings().cloned().collect(), Rc::clone(&made)));
        made
    })
}

/// The region inside which the document's names are looked for.
fn scope(ask: &Ask) -> Region {
    ask.subject.satker.or(ask.batch.wilayah).unwrap_or(Region::NATION)
}

/// An empty table with the columns its schema lists, without those that are the same for all rows of a document.
fn empty_table(schemas: &Schemas, name: &str) -> Records {
    let fields = schemas.table(name).map_or(&[][..], |t| &t.fields);
    let own = fields.iter().filter(|f| !["document", "locator", "satker", "period"].contains(&f.name.as_str()));
    Records::new(name, own.map(|f| (f.name.as_str(), f.kind)))
}

/// Whether enough of a document was understood to accept it: some rows, and more figures with a meaning than without. Where most of the
/// figures read are confirmed by sums that hold, others beside them may be more: they are told, and nobody's but those of other tables.
fn understood(_findings: &mut Findings, found: &Facts, folded: &Folded) -> bool {
    let stated: usize = folded.rows.iter().map(|r| r.facts.len()).sum();
    // More contradictions than figures: tables of different measures were taken for one.
    !folded.rows.is_empty()
        && folded.contradicted <= stated
        && (found.used > found.dark || found.used * 4 > found.dark && confirmed(folded))
}

/// Whether most figures of the rows take part in an equation that holds.
fn confirmed(folded: &Folded) -> bool {
    let holding = folded.equations.iter().filter(|e| e.holds() && e.terms.len() > 2);
    let cells: BTreeSet<Origin> = holding.flat_map(|e| e.terms.iter().map(|t| t.origin)).collect();
    let facts = || folded.rows.iter().flat_map(|r| r.facts.values());
    facts().filter(|f| cells.contains(&f.origin)).count() * 2 > facts().count()
}

/// What must hold of every row, whatever its kind: W05 as an equation; D03 and D05 are said at once.
fn check_row(
    findings: &mut Findings,
    row: &RegionRow,
    ask: &Ask,
    voters: Option<Stem>,
    limit: Option<&TpsLimit>,
) -> Option<Equation> {
    if let (Some(stem), Some(limit)) = (voters, limit)
        && row.named.level >= Level::Provinsi
    {
        rules::stations(findings, row, stem, limit);
    }
    rules::counts(row, ask.regions)
}

/// What the voters and stations of the rows may be, by the limit of voters per station.
fn ranges(rows: &[RegionRow], voters: Option<Stem>, limit: Option<&TpsLimit>) -> Vec<Range> {
    let Some((stem, limit)) = voters.zip(limit) else { return Vec::new() };
    rows.iter().flat_map(|row| rules::ranges(row, stem, limit)).collect()
}
