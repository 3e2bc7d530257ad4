//! Pemutakhiran Data Pemilih Berkelanjutan: `awal + baru − tms = akhir`, by region and sex, with the reasons behind tms.

use crate::model::reason::REASONS;
use crate::model::{Equation, Findings, Records, Schemas};
use crate::tables::regional::facts::{Fact, Shape, facts};
use crate::tables::regional::fold::{Folded, RegionRow, fold};
use crate::tables::regional::tags::{Field, Sex, Stem};
use crate::tables::regional::{records, rules};
use crate::tables::words::Vocabulary;

use super::{Ask, Extraction, Kind};

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Pdpb;

/// Stems of the table's columns, in the order of the forms.
const STEMS: [&str; 5] = ["awal", "baru", "tms", "ubah", "akhir"];
const SEXES: [(Sex, &str); 3] = [(Sex::L, "_l"), (Sex::P, "_p"), (Sex::T, "")];

impl Kind for Pdpb {
    fn name(&self) -> &'static str {
        "pdpb"
    }

    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        let vocabulary = super::vocabulary(ask.schemas, self.name());
        let shape = Shape {
            vocabulary: &vocabulary,
            now: "akhir",
            before: Some("awal"),
            goods: None,
            flow: Some(["awal", "baru", "tms", "akhir"]),
            reasons_of: Some("tms"),
            period: ask.subject.period,
            scope: super::scope(ask),
        };
        let mut found = facts(findings, ask.document, ask.regions, &shape);
        let mut folded = fold(findings, &mut found, ask.regions, shape.scope);
        if !super::understood(findings, &found, &folded) {
            return None;
        }
        let terms = Terms::new(&vocabulary);
        let mut flows: Vec<Equation> = folded.rows.iter().flat_map(|row| terms.flow(row)).collect();
        without_other_reasons(&mut flows, found.dark > 0);
        folded.equations.extend(flows);
        let limit = ask.schemas.limits.voters_per_tps(None);
        for row in &folded.rows {
            folded.equations.extend(super::check_row(findings, row, ask, terms.akhir, limit));
        }
        let column = |field: Field| Terms::column(&vocabulary, field);
        let rows = records::rows(&folded, table(ask.schemas, "pdpb"), column);
        let printed = records::totals(&folded, table(ask.schemas, "pdpb"), column);
        let reasons = reasons(&folded, &vocabulary, ask.schemas);
        Some(Extraction {
            records: vec![rows, reasons],
            printed: vec![printed],
            ranges: super::ranges(&folded.rows, terms.akhir, limit),
            equations: folded.equations,
            ..Extraction::default()
        })
    }
}

/// Where the reasons that were read explain `tms` in hardly any row, and figures were not understood or a single reason stands beside it
/// (`TMS | Pindah Keluar`), there are others that were not read or not printed.
fn without_other_reasons(flows: &mut Vec<Equation>, unread: bool) {
    let reasons = || flows.iter().filter(|e| e.code == "P03" && !e.is_open());
    let alone = reasons().all(|e| e.terms.len() == 2);
    if (unread || alone) && reasons().filter(|e| !e.holds()).count() * 2 > reasons().count() {
        flows.retain(|e| e.code != "P03");
    }
}

fn table(schemas: &Schemas, name: &str) -> Records {
    super::empty_table(schemas, name)
}

/// Numbers of the measures in the vocabulary.
struct Terms {
    stems: [Option<Stem>; 5],
    akhir: Option<Stem>,
    reasons: Vec<Stem>,
}

impl Terms {
    fn new(vocabulary: &Vocabulary) -> Self {
        let stems = STEMS.map(|s| vocabulary.number_of(s).map(Stem::Measure));
        let reasons = REASONS.iter().filter_map(|r| vocabulary.number_of(r)).map(Stem::Reason).collect();
        Self { stems, akhir: stems[4], reasons }
    }

    /// The contract's name of a field's column; `None` for what the table has no column for.
    fn column(vocabulary: &Vocabulary, field: Field) -> Option<String> {
        match field.stem {
            Stem::Count(level) => Some(format!("n_{}", level.as_str())),
            Stem::Measure(m) => {
                let suffix = SEXES.iter().find(|(s, _)| *s == field.sex).map_or("", |(_, x)| x);
                Some(format!("{}{suffix}", vocabulary.value(m)))
            }
            Stem::Reason(_) | Stem::Goods(..) | Stem::Price(_) => None,
        }
    }

    /// The reasons behind `tms` of one sex; none where one of them is printed and lacks this sex, so that they do not explain `tms`.
    fn parts<'r>(&self, row: &'r RegionRow, sex: Sex) -> Vec<(f64, &'r Fact)> {
        let fact = |stem: Stem, sex: Sex| row.facts.get(&Field { stem, sex });
        let printed = |stem: &&Stem| SEXES.iter().any(|(s, _)| fact(**stem, *s).is_some());
        let own = |stem: &Stem| Some((1.0, fact(*stem, sex)?));
        self.reasons.iter().filter(printed).map(own).collect::<Option<_>>().unwrap_or_default()
    }

    /// P01 and P03 of one row, for every sex that is printed.
    fn flow(&self, row: &RegionRow) -> Vec<Equation> {
        let mut equations = Vec::new();
        for (sex, _) in SEXES {
            let get = |stem: Option<Stem>| stem.and_then(|stem| row.facts.get(&Field { stem, sex }));
            let [awal, baru, tms, _, akhir] = self.stems.map(get);
            if let (Some(awal), Some(baru), Some(tms), Some(akhir)) = (awal, baru, tms, akhir) {
                let says = format!("{}: pemilih akhir bukan awal + baru − TMS.", row.named.printed.trim());
                equations.push(rules::balance("P01", akhir.origin.into(), akhir, &[(1.0, awal), (1.0, baru), (-1.0, tms)], says));
            }
            let parts = self.parts(row, sex);
            if let (Some(tms), false) = (tms, parts.is_empty()) {
                let at = crate::model::Span::around(std::iter::once(tms.origin).chain(parts.iter().map(|(_, f)| f.origin)));
                let says = format!("{}: TMS bukan jumlah {} alasannya.", row.named.printed.trim(), parts.len());
                equations.extend(at.map(|at| rules::balance("P03", at, tms, &parts, says)));
            }
        }
        equations
    }
}

/// The table `pdpb_tms`: one row for each region and reason.
fn reasons(folded: &Folded, vocabulary: &Vocabulary, schemas: &Schemas) -> Records {
    let mut records = table(schemas, "pdpb_tms");
    for row in &folded.rows {
        for name in REASONS {
            let Some(stem) = vocabulary.number_of(name).map(Stem::Reason) else { continue };
            let facts: Vec<_> =
                row.facts.range(Field { stem, sex: Sex::L }..=Field { stem, sex: Sex::T }).map(|(_, f)| f).collect();
            let Some(span) = crate::model::Span::around(facts.iter().map(|f| f.origin)) else { continue };
            let at = records::row(&mut records, row, span);
            records.set_text(at, "alasan", name, None);
            for fact in facts {
                let column = match fact.field.sex {
                    Sex::L => "l",
                    Sex::P => "p",
                    Sex::T => "total",
                };
                records::put(&mut records, at, column, fact);
            }
        }
    }
    records
}
