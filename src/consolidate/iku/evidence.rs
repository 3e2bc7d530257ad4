//! Which papers prove an indicator, and I04 where none does or where they give another value than is reported.

use std::collections::BTreeMap;

use crate::model::document::plain_number;
use crate::model::{Finding, Indicator, Region, Span, Status};

use crate::consolidate::Entry;
use crate::consolidate::rows::{accepted, rows};
use crate::consolidate::setting::Setting;

use super::{Computed, Evidence, Reported, matching};

/// The papers asked of each office for an indicator. Of quarantined documents nothing is told but that they do not count.
pub fn papers(indicator: &Indicator, offices: &[Region], entries: &[Entry]) -> Vec<Evidence> {
    let mut sent: BTreeMap<(Region, &str), Vec<(usize, &Entry)>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate().filter(|(_, e)| e.outcome.status != Status::Quarantined) {
        if let (Some(satker), Some(kind)) = (entry.outcome.subject.satker, entry.outcome.subject.kind.as_deref()) {
            sent.entry((satker, kind)).or_default().push((number, entry));
        }
    }
    let mut out = Vec::new();
    for &satker in offices {
        for kind in &indicator.evidence {
            let all = sent.get(&(satker, kind.as_str())).map_or(&[][..], Vec::as_slice);
            let counting: Vec<_> = all.iter().filter(|(_, e)| e.outcome.status == Status::Accepted).collect();
            let one = |&(number, entry): &(usize, &Entry), accepted| Evidence {
                satker,
                kind: kind.clone(),
                entry: Some(number),
                accepted,
                span: accepted.then(|| place(entry)).flatten(),
            };
            if counting.is_empty() {
                let refused = all.first().map(|paper| one(paper, false));
                out.push(refused.unwrap_or(Evidence { satker, kind: kind.clone(), entry: None, accepted: false, span: None }));
            }
            out.extend(counting.into_iter().map(|paper| one(paper, true)));
        }
    }
    out
}

/// Where the rows of a document stand on its first sheet that has any.
fn place(entry: &Entry) -> Option<Span> {
    let rows = entry.outcome.records.first()?.rows.iter();
    Span::around(rows.flat_map(|span| [span.from, span.to]))
}

/// I04 for every reported indicator whose office sent none of the papers that prove it.
pub fn missing(entries: &[Entry], setting: &Setting) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for (number, entry) in accepted(entries, "iku") {
        let Some(satker) = entry.outcome.subject.satker else { continue };
        for row in rows(number, entry, "iku") {
            let name = row.records.text(row.row, "indikator").unwrap_or_default();
            let Some(indicator) = matching::named(&setting.schemas.indicators, name) else { continue };
            let proves = |e: &Entry| {
                let subject = &e.outcome.subject;
                let asked = subject.kind.as_ref().is_some_and(|kind| indicator.evidence.contains(kind));
                e.outcome.status == Status::Accepted && subject.satker == Some(satker) && asked
            };
            if entries.iter().any(proves) {
                continue;
            }
            let kinds: Vec<String> = indicator.evidence.iter().map(|kind| setting.label(kind)).collect();
            let message = format!(
                "Indikator \"{name}\" tanpa bukti dukung dalam kumpulan ini; bukti yang dihitung: {}. Kirim dokumennya.",
                kinds.join(", ")
            );
            let finding = Finding::new("I04", message).expected(indicator.evidence.join(" "));
            found.push((number, Finding { span: row.span(), ..finding }));
        }
    }
    found
}

/// I04 for every reported realisation that is not what the papers of this batch give.
pub fn contradicted(indicators: &[Computed]) -> impl Iterator<Item = (usize, Finding)> {
    indicators.iter().flat_map(|indicator| indicator.reported.iter().filter_map(|row| contradiction(indicator, row)))
}

fn contradiction(indicator: &Computed, row: &Reported) -> Option<(usize, Finding)> {
    let ours = plain_number(row.computed.filter(|_| row.differs)?);
    let message = format!(
        "Realisasi indikator \"{}\" dilaporkan {}, sedangkan dokumen dalam kumpulan ini menghasilkan {} % ({}). Perbaiki realisasinya atau kirim \
         dokumen yang membuktikannya; operannya ada di lembar Perhitungan IKU.xlsx.",
        row.indicator,
        row.realised,
        ours.replace('.', ","),
        indicator.rule
    );
    let finding = Finding::new("I04", message).found(row.realised.clone()).expected(ours);
    Some((row.entry, Finding { span: row.span, ..finding }))
}
