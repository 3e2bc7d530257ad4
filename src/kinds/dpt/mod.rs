//! Daftar Pemilih (`DPS`, `DPSHP`, `DPT`, `DPTb`, `DPK`): voters by region and sex, from province to polling station.

use crate::model::Findings;
use crate::tables::regional::facts::{Shape, facts};
use crate::tables::regional::fold::fold;
use crate::tables::regional::records;
use crate::tables::regional::tags::{Field, Sex, Stem};

use super::{Ask, Extraction, Kind};

mod election;

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Dpt;

impl Kind for Dpt {
    fn name(&self) -> &'static str {
        "dpt"
    }

    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        let vocabulary = super::vocabulary(ask.schemas, self.name());
        let shape = Shape {
            vocabulary: &vocabulary,
            now: "pemilih",
            before: None,
            goods: None,
            flow: None,
            reasons_of: None,
            period: ask.subject.period,
            scope: super::scope(ask),
        };
        let mut found = facts(findings, ask.document, ask.regions, &shape);
        let stage = election::choose(findings, &mut found, &vocabulary, ask);
        let mut folded = fold(findings, &mut found, ask.regions, shape.scope);
        if !super::understood(findings, &found, &folded) {
            return None;
        }
        let voters = vocabulary.number_of("pemilih").map(Stem::Measure);
        let election = election::name(ask, &vocabulary);
        // A list that names no election was made for the one whose norm the batch names.
        let measured = election.as_deref().or(ask.batch.norma.as_deref());
        let limit = ask.schemas.limits.voters_per_tps(measured);
        for row in &folded.rows {
            folded.equations.extend(super::check_row(findings, row, ask, voters, limit));
        }
        let mut rows = records::rows(&folded, super::empty_table(ask.schemas, "dpt"), column);
        let printed = records::totals(&folded, super::empty_table(ask.schemas, "dpt"), column);
        let stage = stage.unwrap_or_else(|| election::stage(findings, ask, &vocabulary));
        election::state(&mut rows, election.as_deref(), stage);
        let ranges = super::ranges(&folded.rows, voters, limit);
        let (records, printed) = (vec![rows], vec![printed]);
        Some(Extraction { records, printed, equations: folded.equations, ranges, ..Extraction::default() })
    }
}

/// The contract's name of a field's column.
fn column(field: Field) -> Option<String> {
    let name = match (field.stem, field.sex) {
        (Stem::Count(level), _) => return Some(format!("n_{}", level.as_str())),
        (Stem::Measure(_), Sex::L) => "l",
        (Stem::Measure(_), Sex::P) => "p",
        (Stem::Measure(_), Sex::T) => "total",
        (Stem::Reason(_) | Stem::Goods(..) | Stem::Price(_), _) => return None,
    };
    Some(name.to_owned())
}
