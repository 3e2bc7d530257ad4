//! The unit of work: one document → its records and findings. Pure, so it runs anywhere: here in a worker process, later on a cluster.

use crate::discover;
use crate::error::in_words;
use crate::kinds::Ask;
use crate::model::{Cell, Document, Finding, Findings, Format, Origin, Outcome, Source, Span, Status, Subject, Value};
use crate::recognise::returned;
use crate::{extract, formula, read, recognise, validate};

pub use crate::recognise::Context;

/// Codes that keep a document out of the tables, worst first.
const REFUSING: [&str; 5] = ["A02", "A11", "A01", "A06", "A04"];

/// Opens a document and processes it. A file that cannot be opened (A01) or is too large (A11) is an outcome like any other.
#[must_use]
pub fn open_and_process(source: &Source, context: &Context) -> Outcome {
    let most = context.schemas.limits.file_mib.saturating_mul(1 << 20);
    match discover::open(&source.path, most) {
        Ok(opened) => {
            let outcome = match &opened.content {
                Some(bytes) => process(bytes, source, context),
                None => refused(source, too_large(source, context.schemas.limits.file_mib)),
            };
            Outcome { sha256: opened.sha256, ..outcome }
        }
        Err(cause) => refused(source, unopened(&cause)),
    }
}

/// The way of one document: read → recognise → extract → validate. Formulas without a stored result are calculated first.
#[must_use]
pub fn process(bytes: &[u8], source: &Source, context: &Context) -> Outcome {
    let findings = &mut Findings::default();
    let mut outcome = Outcome::default();
    if let Some(mut document) = read::read(findings, bytes, &source.document, &context.schemas.limits) {
        outcome.replies = returned::take(&mut document);
        if document.grids.is_empty() && !outcome.replies.is_empty() {
            return judged(answers_only(outcome, document.format), std::mem::take(findings), source);
        }
        formula::fill_in(&mut document);
        outcome.format = document.format;
        outcome.places = document.places();
        outcome.cells = document.grids.iter().map(|g| g.cells.len() as u64).sum();
        outcome.subject = recognise::recognise(findings, &document, &source.document, context);
        take_rows(findings, &mut outcome, &document, context);
        on_every_page(findings, &document);
        outcome.excerpts = validate::excerpts::around(&document, &findings.0, context.schemas);
    } else if refusal(findings).is_none() {
        findings.add(Finding::new("A01", "isi berkas tidak dapat dibaca; kirim ulang berkasnya"));
    }
    judged(outcome, std::mem::take(findings), source)
}

/// A place on paper is on one page: what is told of a range over several pages (A13) is told of each.
fn on_every_page(findings: &mut Findings, document: &Document) {
    let told = std::mem::take(&mut findings.0);
    for finding in told {
        let pages = finding.span.filter(|_| finding.code == "A13").map_or_else(Vec::new, |span| parts_by_page(span, document));
        match pages.as_slice() {
            [] | [_] => findings.0.push(finding),
            pages => findings.0.extend(pages.iter().map(|&page| Finding { span: Some(page), ..finding.clone() })),
        }
    }
}

/// The part of a range on each page it touches; empty where rows have no pages.
fn parts_by_page(span: Span, document: &Document) -> Vec<Span> {
    let grid = document.grids.get(usize::from(span.from.grid)).filter(|g| g.place.page(span.from.row).is_some());
    let Some(grid) = grid else { return Vec::new() };
    let rows = grid.place.rows_on_pages(span.from.row, span.to.row);
    let part = |rows: &[(u16, u32)]| {
        let (first, last) = (rows.first()?.1, rows.last()?.1);
        Span::around([Origin { row: first, ..span.from }, Origin { row: last, ..span.to }])
    };
    rows.chunk_by(|a, b| a.0 == b.0).filter_map(part).collect()
}

/// The outcome of a list of repairs that came back by itself.
fn answers_only(outcome: Outcome, format: Format) -> Outcome {
    let reason = format!("daftar perbaikan yang dikembalikan; {} butirnya dibaca untuk tanggapan", outcome.replies.len());
    Outcome { format, reason, ..outcome }
}

/// The outcome of a document that was not read at all.
#[must_use]
pub fn refused(source: &Source, finding: Finding) -> Outcome {
    judged(Outcome::default(), Findings(vec![finding]), source)
}

/// Asks the kind for the rows of a document that may be used, and checks them.
fn take_rows(findings: &mut Findings, outcome: &mut Outcome, document: &Document, context: &Context) {
    outcome.status = Status::Unrecognised;
    if findings.has("A07") || refusal(findings).is_some() {
        return;
    }
    let &Context { schemas, regions, batch } = context;
    let ask = Ask { document, subject: &outcome.subject, schemas, regions, batch };
    if let Some(extraction) = extract::extract(findings, &ask) {
        outcome.formulas = validate::validate(findings, document, &extraction);
        outcome.status = Status::Accepted;
        outcome.records = extraction.records;
        outcome.printed = extraction.printed;
    } else if let Some(kind) = outcome.subject.kind.as_deref().and_then(|name| schemas.kind(name)) {
        left_out(findings, document, &kind.label);
    }
}

/// What is told of a document whose kind is known and which is left out, because most of it was not understood: that it is (A03), unless
/// its parts (A13) show which figures were lost.
fn left_out(findings: &mut Findings, document: &Document, kind: &str) {
    if !pointed_at(findings, document) {
        let message = format!(
            "Tampaknya {kind}, tetapi sebagian besar isinya tidak dipahami, jadi dokumen ini tidak dipakai. Lengkapi kata kepala \
             kolomnya di schemas/, atau minta tabelnya dalam bentuk yang lazim."
        );
        // What was found amiss in names that were not understood either is no help.
        findings.0.retain(|f| !f.code.starts_with('W'));
        findings.add(Finding::new("A03", message).found(kind));
    }
}

/// Whether A13 points at nearly all rows with figures. In a text document nobody counts lines, so they are no places there.
fn pointed_at(findings: &Findings, document: &Document) -> bool {
    let told: Vec<Span> = findings.0.iter().filter(|f| f.code == "A13").filter_map(|f| f.span).collect();
    let (mut shown, mut all) = (0_usize, 0_usize);
    for (grid, number) in document.grids.iter().zip(0u16..) {
        for row in grid.cells.chunk_by(|a, b| a.row == b.row) {
            let figure = |c: &Cell| match c.value {
                Value::Number(_) => true,
                value => {
                    grid.text(value).is_some_and(|t| t.contains(|c: char| c.is_ascii_digit()) && !t.contains(char::is_alphabetic))
                }
            };
            if row.iter().skip(1).any(figure) {
                let here = |s: &Span| s.from.grid == number && (s.from.row..=s.to.row).contains(&row[0].row);
                shown += usize::from(told.iter().any(here));
                all += 1;
            }
        }
    }
    document.format != Format::Docx && shown > 0 && shown * 10 >= all * 9
}

/// The finding that keeps the document out.
fn refusal(findings: &Findings) -> Option<&Finding> {
    REFUSING.iter().find_map(|code| findings.0.iter().find(|f| f.code == *code && !f.mild))
}

/// Settles the status and its reason, and writes document, sender and period on every finding.
fn judged(mut outcome: Outcome, findings: Findings, source: &Source) -> Outcome {
    if findings.has("A07") {
        return quarantined(&outcome, source);
    }
    if let Some(finding) = refusal(&findings) {
        outcome.status = Status::Rejected;
        outcome.reason.clone_from(&finding.message);
        outcome.records.clear();
        outcome.printed.clear();
    } else if outcome.status == Status::Unrecognised && outcome.reason.is_empty() {
        outcome.reason = unused(&outcome.subject, &findings);
    }
    outcome.findings = findings.0;
    for finding in &mut outcome.findings {
        finding.document.clone_from(&source.document);
        finding.satker = finding.satker.or(outcome.subject.satker);
        finding.period = finding.period.or(outcome.subject.period);
    }
    outcome
}

/// Why no rows were taken from a document that could be read.
fn unused(subject: &Subject, findings: &Findings) -> String {
    let Some(kind) = &subject.kind else {
        return findings
            .0
            .iter()
            .find(|f| f.code == "A03")
            .map_or_else(|| "jenis dokumen tidak dikenali".into(), |f| f.message.clone());
    };
    if crate::kinds::ALL.iter().any(|k| k.name() == kind) {
        format!("dikenali sebagai {kind}, tetapi sebagian besar isinya tidak dipahami")
    } else {
        format!("dikenali sebagai {kind}; isinya belum dibaca oleh versi ini")
    }
}

/// Of a document with personal data only that fact is kept, and whose it is.
fn quarantined(outcome: &Outcome, source: &Source) -> Outcome {
    let reason = "memuat data pribadi (NIK/NKK); isinya tidak ditulis di mana pun";
    let satker = outcome.subject.satker;
    let message = "dokumen memuat data pribadi pemilih (NIK/NKK); hapus dari folder ini dan minta satker mengirim rekapitulasi tanpa data pribadi";
    let finding = Finding { document: source.document.clone(), satker, ..Finding::new("A07", message) };
    Outcome {
        format: outcome.format,
        subject: Subject { satker, ..Subject::default() },
        status: Status::Quarantined,
        reason: reason.into(),
        findings: vec![finding],
        ..Outcome::default()
    }
}

fn too_large(source: &Source, most: u64) -> Finding {
    let size = source.bytes >> 20;
    let message = format!(
        "berkas berukuran {size} MiB, melebihi batas {most} MiB; pecah menjadi beberapa berkas atau ubah berkas_mib di schemas/batas.toml"
    );
    Finding::new("A11", message).found(format!("{size} MiB")).expected(format!("≤ {most} MiB"))
}

fn unopened(cause: &std::io::Error) -> Finding {
    Finding::new("A01", format!("berkas tidak dapat dibuka ({}); periksa berkasnya atau kirim ulang", in_words(cause)))
}
