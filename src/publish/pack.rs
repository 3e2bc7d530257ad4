//! `bukti.zip`: for each indicator a folder with copies of the papers that prove it, a cover page with their hashes, and an index of all.
//! Nothing of documents that were not accepted is copied; of quarantined ones not even the name is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::consolidate::iku::{Computed, Evidence};
use crate::consolidate::{Consolidated, Entry, IkuBook};
use crate::error::Result;
use crate::model::document::plain_number;
use crate::model::{Schemas, Status};
use crate::normalise::region::Regions;

use super::docx::{Align, Column, Paper, stored};
use super::output::Folder;
use super::words;

/// The pack.
pub const FILE: &str = "bukti.zip";

/// The list of all papers.
const INDEX: &str = "indeks.csv";

/// Gives the bytes of a document, if they are still those that were processed.
pub type Bytes<'a> = dyn Fn(&Entry) -> Option<Vec<u8>> + 'a;

/// Writes the pack.
///
/// # Errors
/// When it cannot be written.
pub fn write(batch: &Consolidated, schemas: &Schemas, regions: &Regions, bytes: &Bytes, folder: &mut Folder<'_>) -> Result<()> {
    let empty = IkuBook::default();
    let book = batch.iku.as_ref().unwrap_or(&empty);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut index: Vec<[String; 9]> = Vec::new();
    for (number, indicator) in book.indicators.iter().enumerate() {
        let pack = Pack { batch, schemas, regions, indicator, name: format!("{:02}-{}", number + 1, indicator.name) };
        let papers = pack.papers(bytes, &mut files);
        files.insert(format!("{}/sampul.docx", pack.name), pack.cover(&papers)?);
        index.extend(papers.into_iter().map(|p| p.row(&pack)));
    }
    files.insert(INDEX.to_owned(), listed(&index));
    folder.write(FILE, &stored(files)?)
}

/// One indicator's folder.
struct Pack<'a> {
    batch: &'a Consolidated,
    schemas: &'a Schemas,
    regions: &'a Regions,
    indicator: &'a Computed,
    name: String,
}

/// One paper asked for.
struct Proof<'a> {
    evidence: &'a Evidence,
    entry: Option<&'a Entry>,
    /// Its copy in the pack; empty where there is none.
    copy: String,
    state: &'static str,
}

impl<'a> Pack<'a> {
    /// All papers, the accepted ones copied.
    fn papers(&self, bytes: &Bytes, files: &mut BTreeMap<String, Vec<u8>>) -> Vec<Proof<'a>> {
        let mut copied: BTreeSet<usize> = BTreeSet::new();
        let mut out = Vec::new();
        for evidence in &self.indicator.evidence {
            let entry =
                evidence.entry.and_then(|n| self.batch.entries.get(n)).filter(|e| e.outcome.status != Status::Quarantined);
            let accepted = entry.filter(|e| evidence.accepted && e.outcome.status == Status::Accepted);
            let (copy, state) = match (entry, accepted) {
                (None, _) => (String::new(), "belum ada"),
                (Some(_), None) => (String::new(), "tidak diterima"),
                (_, Some(entry)) => match bytes(entry) {
                    None => (String::new(), "berubah sejak dibaca"),
                    Some(content) => {
                        let path = format!("{}/{}/{}", self.name, evidence.satker, safe(&entry.source.document));
                        if evidence.entry.is_some_and(|n| copied.insert(n)) {
                            files.insert(path.clone(), content);
                        }
                        (path, "diterima")
                    }
                },
            };
            out.push(Proof { evidence, entry, copy, state });
        }
        out
    }

    /// The cover page: the indicator, who counts and why, the papers with their hashes.
    fn cover(&self, papers: &[Proof]) -> Result<Vec<u8>> {
        let mut paper = Paper::new().landscape();
        let indicator = self.indicator;
        paper.title("BUKTI DUKUNG INDIKATOR KINERJA");
        paper.title(&indicator.label);
        paper.space();
        let value = indicator
            .value
            .map_or_else(|| "belum dapat dihitung".to_owned(), |v| format!("{} %", plain_number(v).replace('.', ",")));
        for (name, text) in [
            ("Batch", self.batch.config.name.as_str()),
            ("Sasaran", &indicator.aim),
            ("Target", &indicator.target),
            ("Cara perhitungan", &indicator.rule),
            ("Sumber indikator", &indicator.source),
            ("Hasil perhitungan", &format!("{} dari {} satker = {value}", indicator.numerator, indicator.shares.len())),
        ] {
            paper.line(&format!("{name} : {text}"), Align::Left);
        }
        paper.heading("Perhitungan menurut satker");
        self.shares(&mut paper);
        paper.heading("Dokumen bukti");
        let columns = [
            Column { heading: "No", width: 9, align: Align::Middle },
            Column { heading: "Satker", width: 38, align: Align::Left },
            Column { heading: "Jenis", width: 30, align: Align::Left },
            Column { heading: "Dokumen dan letak", width: 70, align: Align::Left },
            Column { heading: "SHA-256", width: 46, align: Align::Left },
            Column { heading: "Diterima", width: 30, align: Align::Left },
            Column { heading: "Keadaan", width: 24, align: Align::Left },
        ];
        let rows: Vec<Vec<String>> = papers.iter().enumerate().map(|(n, p)| self.listed(n + 1, p)).collect();
        paper.table(&columns, &rows, 0);
        paper.bytes()
    }

    fn shares(&self, paper: &mut Paper) {
        let columns = [
            Column { heading: "No", width: 9, align: Align::Middle },
            Column { heading: "Satker", width: 60, align: Align::Left },
            Column { heading: "Dihitung", width: 25, align: Align::Middle },
            Column { heading: "Keterangan", width: 153, align: Align::Left },
        ];
        let one = |(number, share): (usize, &crate::consolidate::iku::Share)| {
            let counts = match share.counts {
                Some(true) => "ya",
                Some(false) => "tidak",
                None => "tidak diketahui",
            };
            let says: Vec<&str> = share.operands.iter().map(|o| o.says.as_str()).collect();
            vec![(number + 1).to_string(), share.name.clone(), counts.to_owned(), says.join("; ")]
        };
        let rows: Vec<Vec<String>> = self.indicator.shares.iter().enumerate().map(one).collect();
        paper.table(&columns, &rows, 0);
    }

    fn listed(&self, number: usize, paper: &Proof) -> Vec<String> {
        let document = paper.entry.map(|e| e.source.document.clone()).unwrap_or_default();
        let places = paper.entry.map(|e| &e.outcome.places);
        let place = paper.evidence.span.zip(places).map(|(span, places)| places.told(span)).unwrap_or_default();
        vec![
            number.to_string(),
            words::region(self.regions, paper.evidence.satker),
            words::kind(self.schemas, &paper.evidence.kind).to_owned(),
            if place.is_empty() { document } else { format!("{document}\n{place}") },
            paper.hash(),
            paper.received(),
            paper.state.to_owned(),
        ]
    }
}

impl Proof<'_> {
    fn place(&self) -> String {
        let places = self.entry.map(|e| &e.outcome.places);
        self.evidence.span.zip(places).map(|(span, places)| places.locator(span)).unwrap_or_default()
    }

    /// When it was received, where that is stated; a file's own time differs from copy to copy.
    fn received(&self) -> String {
        self.entry.filter(|e| e.source.received.stated).map(|e| e.source.received.at.clone()).unwrap_or_default()
    }

    fn hash(&self) -> String {
        self.entry.map(|e| e.outcome.sha256.clone()).unwrap_or_default()
    }

    fn row(&self, pack: &Pack) -> [String; 9] {
        [
            pack.indicator.name.clone(),
            self.evidence.satker.to_string(),
            words::region(pack.regions, self.evidence.satker),
            self.evidence.kind.clone(),
            self.entry.map(|e| e.source.document.clone()).unwrap_or_default(),
            self.place(),
            self.hash(),
            self.received(),
            if self.copy.is_empty() { self.state.to_owned() } else { self.copy.clone() },
        ]
    }
}

/// A path that every system can unpack.
fn safe(document: &str) -> String {
    let parts = document.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let clean = |part: &str| -> String {
        part.chars()
            .map(|c| if c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c })
            .collect()
    };
    parts.map(clean).collect::<Vec<_>>().join("/")
}

/// The index as CSV.
fn listed(rows: &[[String; 9]]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["indikator", "satker", "nama_satker", "jenis", "document", "locator", "sha256", "diterima", "berkas"])
        .ok();
    for row in rows {
        writer.write_record(row).ok();
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests;
