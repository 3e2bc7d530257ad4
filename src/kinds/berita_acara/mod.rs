//! Berita acara of a plenary: number, day, place, the five figures in digits and in words.
//!
//! Minutes are prose. [`boxes`] joins figures written digit by digit, [`passages`] puts the text together, [`figures`] finds its numbers, [`labels`] says what each counts ([`passed_on`] from one
//! to the next), [`statements`] goes through the paper with what stands above ([`outline`], [`columns`]), [mod@choose] takes the five that count.

mod boxes;
mod calculation;
mod checks;
mod choose;
mod columns;
mod figures;
mod frame;
mod labels;
mod lexicon;
mod outline;
mod passages;
mod passed_on;
mod places;
mod stated;
mod statements;
mod topic;

use crate::model::record::Type;
use crate::model::schema::Meaning;
use crate::model::{Findings, Origin, Records, Span};

use choose::{Chosen, choose};
use frame::Frame;
use lexicon::Lexicon;

use super::{Ask, Extraction, Kind};

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct BeritaAcara;

/// What minutes say besides the columns of their table: weekday, place, roles of the signers, topic, the figures in words.
pub const CONTENT: &str = "berita_acara_isi";

/// The column of [`CONTENT`] that says what the plenary was about.
pub const TOPIC: &str = "perihal";

impl Kind for BeritaAcara {
    fn name(&self) -> &'static str {
        "berita_acara"
    }

    fn extract(&self, findings: &mut Findings, ask: &Ask) -> Option<Extraction> {
        let own = ask.schemas.kind(self.name()).map_or(&[][..], |k| &k.meanings);
        let meanings = || ask.schemas.common.meanings.iter().chain(own);
        let document = boxes::joined(ask.document);
        let passages = passages::passages(&document);
        let labels = Lexicon::of_labels(meanings(), &names(ask), lists(&passages, own));
        let stated = {
            let places = places::Places::new(ask.regions, super::scope(ask));
            statements::stated(&document, &labels, &places, ask.subject.period, &ask.schemas.recognition.attachment)
        };
        let of_frame = Lexicon::of_frame(meanings());
        let frame = frame::frame(&passages, &of_frame);
        let region = ask.subject.satker.or(ask.batch.wilayah);
        let chosen = choose(&stated, region, ask.regions);
        if chosen.voters.iter().flatten().next().is_none() && chosen.kecamatan.is_none() {
            checks::nothing(findings);
            return None;
        }
        checks::day(findings, &frame);
        checks::number(findings, &frame, &passages);
        checks::amiss(findings, &stated, &chosen);
        checks::figures(findings, &stated, &chosen);
        let mut content = content(&frame, &chosen);
        if let (Some((topic, at)), false) = (topic::topic(&passages, own, &of_frame), content.is_empty()) {
            content.set_text(0, TOPIC, &topic, Some(at));
        }
        let records = vec![figures_of(ask, &frame, &chosen), content];
        Some(Extraction { records, ..Extraction::default() })
    }
}

/// What voters' lists by name (`DPT`) are in this paper: its subject, or, in minutes of continuous registration, figures of another time.
fn lists(passages: &[passages::Passage], meanings: &[Meaning]) -> lexicon::Sense {
    if topic::names(passages, meanings, "pdpb") { lexicon::Sense::Other } else { lexicon::Sense::Voters }
}

/// Names of the office's own region and of those it lies in: they say nothing about a figure. The bare name may be a kecamatan's too.
fn names(ask: &Ask) -> Vec<String> {
    let mut out = Vec::new();
    let mut region = super::scope(ask);
    while let Some(name) = ask.regions.name(region) {
        out.push(name.to_owned());
        out.extend(ask.regions.bare_name(region).map(|bare| format!("Kab {bare}")));
        region = region.parent();
    }
    out
}

/// The one row of the table.
fn figures_of(ask: &Ask, frame: &Frame, chosen: &Chosen) -> Records {
    let mut records = super::empty_table(ask.schemas, "berita_acara");
    let day = frame.day.as_ref();
    let cells: Vec<Origin> = chosen.statements().map(|(_, s)| s.origin).collect();
    let Some(span) = Span::around(cells.iter().rev().copied()) else { return records };
    let row = records.push(span);
    if let Some((number, origin)) = &frame.number {
        records.set_text(row, "nomor", number, Some(*origin));
    }
    if let Some(day) = day {
        records.set_text(row, "tanggal", &day.date.to_string(), Some(day.origin));
    }
    let mut desa = (0.0, String::new());
    for (column, statement) in chosen.statements() {
        let Some(value) = statement.value() else { continue };
        if column == choose::COLUMNS[1] {
            desa = (
                desa.0 + value,
                if desa.1.is_empty() { statement.raw.clone() } else { format!("{} + {}", desa.1, statement.raw) },
            );
            records.set_number(row, column, desa.0, Some(statement.origin), &desa.1);
        } else {
            records.set_number(row, column, value, Some(statement.origin), &statement.raw);
        }
    }
    records
}

/// What the table has no column for.
fn content(frame: &Frame, chosen: &Chosen) -> Records {
    let terbilang: Vec<String> = choose::COLUMNS.iter().map(|c| format!("terbilang_{c}")).collect();
    let columns = ["hari", "tempat", "penandatangan", TOPIC].into_iter().chain(terbilang.iter().map(String::as_str));
    let mut records = Records::new(CONTENT, columns.map(|name| (name, Type::Text)));
    let first = frame.day.as_ref().map(|d| d.origin).or_else(|| chosen.statements().next().map(|(_, s)| s.origin));
    let Some(first) = first else { return records };
    let row = records.push(first.into());
    if let Some((_, printed, origin)) = frame.day.as_ref().and_then(|d| d.weekday.as_ref()) {
        records.set_text(row, "hari", printed, Some(*origin));
    }
    if let Some((place, origin)) = &frame.place {
        records.set_text(row, "tempat", place, Some(*origin));
    }
    let roles: Vec<String> =
        frame.roles.iter().map(|(role, n)| if *n > 1 { format!("{role} ({n})") } else { role.clone() }).collect();
    if !roles.is_empty() {
        records.set_text(row, "penandatangan", &roles.join(", "), None);
    }
    for (column, statement) in chosen.statements() {
        if let Some((_, words)) = &statement.words {
            records.set_text(row, &format!("terbilang_{column}"), words, Some(statement.origin));
        }
    }
    records
}
