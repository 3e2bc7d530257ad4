//! Ten lines at the end of a run that a planner understands.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::explain::severity;
use super::lang::Lang;
use crate::consolidate::{Cause, Consolidated, Delivery, State};
use crate::model::schema::Severity;
use crate::model::{Region, Schemas, Status};
use crate::normalise::region::Regions;
use crate::pipeline::{Published, Run};
use crate::publish::words;

/// The figures of a published batch.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    batch: String,
    folder: String,
    documents: usize,
    kinds: BTreeMap<String, usize>,
    status: BTreeMap<&'static str, usize>,
    satker_expected: usize,
    satker_complete: usize,
    satker_missing: Vec<Missing>,
    satker_to_repair: usize,
    inferred: Vec<String>,
    findings: BTreeMap<&'static str, usize>,
    /// Findings of one fault counted once.
    faults: usize,
    /// The heaviest faults, the worst first, as every list of findings has them.
    heaviest: Vec<String>,
    codes: Vec<Counted>,
    workbooks: Vec<String>,
    report: Option<String>,
    cells: u64,
    formulas: Formulas,
}

/// Formulas of the workbooks that are used.
#[derive(Clone, Debug, Serialize)]
struct Formulas {
    all: u64,
    /// Not calculated again, by reason.
    not_recomputed: BTreeMap<String, u64>,
    #[serde(skip)]
    said: String,
    #[serde(skip)]
    files: usize,
}

#[derive(Clone, Debug, Serialize)]
struct Missing {
    satker: String,
    name: String,
    kinds: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Counted {
    code: String,
    count: usize,
    title: String,
    #[serde(skip)]
    english: String,
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
const STATUSES: [(Status, &str, &str); 5] = [
    (Status::Accepted, "diterima", "accepted"),
    (Status::Superseded, "digantikan", "superseded"),
    (Status::Rejected, "ditolak", "rejected"),
    (Status::Quarantined, "dikarantina", "quarantined"),
    (Status::Unrecognised, "tidak dibaca", "not read"),
];

impl Summary {
    /// Counts what a batch came to.
    pub fn of(published: &Published, run: &Run) -> Self {
        let batch = &published.batch;
        let (mut kinds, mut status, mut findings) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for entry in &batch.entries {
            *kinds.entry(entry.outcome.subject.kind.clone().unwrap_or_default()).or_default() += 1;
            *status.entry(entry.outcome.status.as_str()).or_default() += 1;
        }
        for finding in &batch.findings {
            let severity = run.schemas.severity(finding);
            *findings.entry(severity.as_str()).or_default() += 1;
        }
        let causes = batch.causes(&run.schemas);
        let owed: Vec<&Delivery> = batch.completeness.iter().filter(|delivery| delivery.owed).collect();
        Self {
            batch: batch.config.name.clone(),
            folder: published.folder.display().to_string(),
            documents: batch.entries.len(),
            kinds,
            status,
            satker_expected: offices(&owed, |_| true),
            satker_complete: offices(&owed, |_| true)
                - offices(&owed, |d| matches!(d.state, State::Missing | State::NeedsRepair)),
            satker_missing: missing(&owed, &run.regions),
            satker_to_repair: offices(&batch.completeness.iter().collect::<Vec<_>>(), |d| d.state == State::NeedsRepair),
            inferred: batch.inferred.clone(),
            findings,
            faults: causes.len(),
            heaviest: causes.iter().take(3).filter_map(|cause| heavy(cause, batch)).collect(),
            codes: codes(published, &run.schemas),
            workbooks: published.files.iter().filter(|file| is_workbook(file)).cloned().collect(),
            report: published.files.iter().find(|file| *file == crate::publish::page::FILE).cloned(),
            cells: batch.entries.iter().map(|e| e.outcome.cells).sum(),
            formulas: Formulas::of(batch),
        }
    }

    /// Whether an error is among the findings.
    pub fn has_errors(&self) -> bool {
        self.findings.contains_key(Severity::Error.as_str())
    }

    /// The lines.
    pub fn text(&self, lang: Lang) -> String {
        let lines = [
            (lang.pick("Dokumen dibaca", "Documents read"), self.read(lang)),
            (lang.pick("Status", "Status"), self.statuses(lang)),
            (lang.pick("Satker lengkap", "Offices complete"), self.complete(lang)),
            (lang.pick("Belum mengirim", "Still missing"), self.still_missing(lang)),
            (
                lang.pick("Perlu perbaikan", "To be repaired"),
                lang.pick(format!("{} satker", self.satker_to_repair), format!("{} offices", self.satker_to_repair)),
            ),
            (lang.pick("Temuan", "Findings"), self.found(lang)),
            (lang.pick("Terberat", "Heaviest"), self.worst(lang)),
            (lang.pick("Terbanyak", "Most frequent"), self.most(lang)),
            (lang.pick("Rumus", "Formulas"), self.formulas.text(lang)),
            (lang.pick("Hasil", "Results"), self.folder.clone()),
            (lang.pick("Laporan", "Report"), self.report(lang)),
            (lang.pick("Langkah berikut", "What to do next"), self.next(lang).to_owned()),
        ];
        let head = format!("\nBatch {}\n", self.batch);
        lines
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .fold(head, |text, (name, value)| format!("{text}  {name:<16}: {value}\n"))
    }

    fn read(&self, lang: Lang) -> String {
        let other = lang.pick("tidak dikenali", "not recognised");
        let kinds = self.kinds.iter().map(|(kind, n)| format!("{} {n}", if kind.is_empty() { other } else { kind }));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        if kinds.is_empty() { self.documents.to_string() } else { format!("{} ({kinds})", self.documents) }
    }

    fn statuses(&self, lang: Lang) -> String {
        let present = STATUSES
            .iter()
            .filter_map(|(status, id, en)| self.status.get(status.as_str()).map(|n| format!("{n} {}", lang.pick(id, en))));
        joined(present, lang)
    }

    fn complete(&self, lang: Lang) -> String {
        if self.satker_expected == 0 {
            return lang.pick("tidak ada kiriman yang dinyatakan wajib", "nothing is stated to be owed").to_owned();
        }
        lang.pick(
            format!("{} dari {}", self.satker_complete, self.satker_expected),
            format!("{} of {}", self.satker_complete, self.satker_expected),
        )
    }

    fn still_missing(&self, lang: Lang) -> String {
        const SHOWN: usize = 4;
        let mut named: Vec<String> =
            self.satker_missing.iter().take(SHOWN).map(|m| format!("{} {} ({})", m.satker, m.name, m.kinds.join(", "))).collect();
        if self.satker_missing.len() > SHOWN {
            let more = self.satker_missing.len() - SHOWN;
            named.push(lang.pick(format!("dan {more} satker lagi"), format!("and {more} more")));
        }
        joined(named.into_iter(), lang)
    }

    fn found(&self, lang: Lang) -> String {
        let present =
            SEVERITIES.iter().filter_map(|&s| self.findings.get(s.as_str()).map(|n| format!("{n} {}", severity(s, lang))));
        let faults = lang.pick(format!(" ({} sebab)", self.faults), format!(" ({} faults)", self.faults));
        joined(present, lang) + if self.faults > 0 { &faults } else { "" }
    }

    fn worst(&self, lang: Lang) -> String {
        joined(self.heaviest.iter().cloned(), lang)
    }

    fn most(&self, lang: Lang) -> String {
        let top = self.codes.iter().take(3).map(|c| format!("{} × {} ({})", c.code, c.count, lang.pick(&c.title, &c.english)));
        joined(top, lang)
    }

    /// What to open first, then the workbooks.
    fn report(&self, lang: Lang) -> String {
        let page =
            self.report.as_ref().map(|page| format!("{page} {}", lang.pick("(buka dengan peramban)", "(open in a browser)")));
        joined(page.into_iter().chain(self.workbooks.iter().cloned()), lang)
    }

    fn next(&self, lang: Lang) -> &'static str {
        if self.documents == 0 {
            lang.pick(
                "tidak ada dokumen untuk direkap: taruh kiriman satker di folder batch ini, lalu jalankan rekap lagi",
                "there are no documents to consolidate: put what the offices sent into the folder of this batch, then run rekap again",
            )
        } else if self.has_errors() {
            lang.pick(
                "buka laporan.html, kirim isi folder perbaikan/ kepada satker, taruh kiriman barunya, lalu jalankan rekap lagi (arti kode: rekap explain KODE)",
                "open laporan.html, ask the offices for repairs, add what they send, run rekap again (codes: rekap explain CODE)",
            )
        } else if !self.satker_missing.is_empty() {
            lang.pick(
                "tagih satker yang belum mengirim, lalu jalankan rekap lagi",
                "ask the missing offices, then run rekap again",
            )
        } else if self.satker_to_repair > 0 {
            lang.pick(
                "ada dokumen yang tidak terbaca dan belum termasuk dalam hasil: lihat A03 dan A13 di laporan.html, lengkapi schemas/ atau minta tabelnya lagi, lalu jalankan rekap lagi",
                "some documents could not be read and are not in the results: see A03 and A13 in laporan.html, add words to schemas/ or ask for the tables again, then run rekap again",
            )
        } else {
            lang.pick("periksa peringatan bila ada; hasil siap dipakai", "look at the warnings, if any; the results are ready")
        }
    }
}

impl Formulas {
    fn of(batch: &Consolidated) -> Self {
        let (all, files) = batch.recomputed();
        Self { said: words::formulas(&all), files, all: all.all, not_recomputed: all.left }
    }

    /// Empty where no workbook holds formulas.
    fn text(&self, lang: Lang) -> String {
        let open: u64 = self.not_recomputed.values().sum();
        let id = if self.files > 0 { format!("{} (dalam {} berkas)", self.said, self.files) } else { self.said.clone() };
        let en = match (self.all, open) {
            (0, _) => String::new(),
            (all, 0) => format!("{all} calculated again"),
            (all, open) => format!("{} of {all} calculated again; {open} in {} files could not be", all - open, self.files),
        };
        lang.pick(id, en)
    }
}

fn joined(parts: impl Iterator<Item = String>, lang: Lang) -> String {
    let text = parts.collect::<Vec<_>>().join(", ");
    if text.is_empty() { lang.pick("tidak ada", "none").to_owned() } else { text }
}

/// A workbook at the top of the outputs, not a marked copy below.
fn is_workbook(file: &str) -> bool {
    !file.contains('/') && std::path::Path::new(file).extension().is_some_and(|ending| ending == "xlsx")
}

/// How many offices have a delivery of which this holds.
fn offices(owed: &[&Delivery], holds: impl Fn(&Delivery) -> bool) -> usize {
    let offices: BTreeSet<_> = owed.iter().filter(|d| holds(d)).map(|d| d.satker).collect();
    offices.len()
}

/// Who sent nothing of a kind it owes.
fn missing(owed: &[&Delivery], regions: &Regions) -> Vec<Missing> {
    let mut missing: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for delivery in owed.iter().filter(|d| d.state == State::Missing) {
        missing.entry(delivery.satker).or_default().push(delivery.kind.clone());
    }
    let named = |(satker, kinds): (Region, _)| Missing {
        satker: satker.to_string(),
        name: regions.name(satker).unwrap_or_default().to_owned(),
        kinds,
    };
    missing.into_iter().map(named).collect()
}

/// `D02 62.01/PDPB.xlsx Rekap!D12 (27 pemilih)`.
fn heavy(cause: &Cause, batch: &Consolidated) -> Option<String> {
    let lead = cause.lead(batch)?;
    let entry = batch.entries.iter().find(|e| e.source.document == lead.document);
    let place = entry.zip(lead.span).map(|(e, span)| e.outcome.places.told(span)).unwrap_or_default();
    let impact = cause.impact.words(|n| crate::model::document::plain_number(n.round()));
    let impact = if impact.is_empty() { impact } else { format!("({impact})") };
    let whose =
        if lead.document.is_empty() { lead.satker.map(|s| s.to_string()).unwrap_or_default() } else { lead.document.clone() };
    Some([&*lead.code, &whose, &place, &impact].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" "))
}

/// The codes found, most frequent first.
fn codes(published: &Published, schemas: &Schemas) -> Vec<Counted> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &published.batch.findings {
        *counts.entry(&finding.code).or_default() += 1;
    }
    let mut codes: Vec<Counted> = counts
        .into_iter()
        .map(|(code, count)| {
            let rule = schemas.rule(code);
            let title = rule.map(|r| r.title.clone()).unwrap_or_default();
            let english = rule.map(|r| r.english.title.clone()).unwrap_or_default();
            Counted { code: code.to_owned(), count, title, english }
        })
        .collect();
    codes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    codes
}
