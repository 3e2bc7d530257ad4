//! A05: the same office's same figures sent more than once. One version counts, nothing is summed twice, nothing is lost: documents
//! that complete each other (recap and annexes, DPS and DPT, two SOPs) all count.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::kinds::berita_acara;
use crate::model::record::Type;
use crate::model::{BatchConfig, Finding, Period, Records, Region, Row, Status};

use super::Entry;
use super::expected::set_aside;
use super::setting::period_of;

/// Who sent what for when.
type Delivery = (Option<Region>, String, Option<Period>);

/// Decides which documents count; the others become superseded. Returns these as they were, the oldest of each delivery first.
pub fn settle(entries: &mut [Entry], config: &BatchConfig) -> Vec<Entry> {
    let mut set_apart = Vec::new();
    let mut groups: BTreeMap<Delivery, Vec<usize>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate().filter(|(_, e)| may_count(e)) {
        let subject = &entry.outcome.subject;
        let kind = subject.kind.clone().unwrap_or_default();
        groups.entry((subject.satker, kind, period_of(entry, config))).or_default().push(number);
    }
    for ((satker, ..), mut group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
        group.sort_by(|&a, &b| rank(&entries[b]).cmp(&rank(&entries[a])));
        for (loser, winner) in replaced(entries, &group, satker.is_some()).into_iter().rev() {
            set_apart.push(entries[loser].clone());
            let why = reason(&entries[loser], &entries[winner]);
            let by = entries[winner].source.document.clone();
            let scan = entries[loser].outcome.findings.iter().find(|f| f.code == "A06").cloned();
            let because = match scan.filter(|_| !is_scan(&entries[winner])) {
                // The same paper once more, as a picture: no second version.
                Some(scan) => {
                    Finding { message: format!("{} Yang dihitung: \"{by}\" ({why}).", scan.message), span: None, ..scan }
                }
                None => Finding::new("A05", format!("digantikan oleh \"{by}\" ({why}); yang dihitung hanya dokumen itu")),
            };
            set_aside(&mut entries[loser], Status::Superseded, format!("digantikan oleh \"{by}\": {why}"), because);
        }
    }
    set_apart
}

/// Accepted documents, and those of a kind that this version recognises but does not read.
fn may_count(entry: &Entry) -> bool {
    let status = entry.outcome.status;
    entry.outcome.subject.kind.is_some() && matches!(status, Status::Accepted | Status::Unrecognised)
}

/// The greater one counts: text before what was read from a picture, then stated revision, else receipt (stated or by the file's time),
/// else the one that came back with its list of repairs, else path.
fn rank(entry: &Entry) -> (bool, u32, i64, bool, &str) {
    let Entry { source, outcome } = entry;
    (!is_scan(entry), outcome.subject.revision, source.received.seconds, !outcome.replies.is_empty(), &source.document)
}

/// Whether its figures were read from pictures of pages.
fn is_scan(entry: &Entry) -> bool {
    entry.outcome.findings.iter().any(|f| f.code == "A06")
}

fn reason(loser: &Entry, winner: &Entry) -> &'static str {
    let (l, w) = (rank(loser), rank(winner));
    let stated = loser.source.received.stated && winner.source.received.stated;
    if !loser.outcome.sha256.is_empty() && loser.outcome.sha256 == winner.outcome.sha256 {
        "isinya sama persis"
    } else if l.0 != w.0 {
        "teksnya asli, bukan hasil baca gambar"
    } else if l.1 != w.1 {
        "menyatakan diri sebagai revisi yang lebih baru"
    } else if l.2 != w.2 && stated {
        "diterima lebih akhir"
    } else if l.2 != w.2 {
        "waktu ubah berkasnya lebih akhir, bukti yang lemah"
    } else if l.3 != w.3 {
        "dikembalikan beserta daftar perbaikannya"
    } else {
        "tidak ada petunjuk lain selain urutan nama berkas"
    }
}

/// Pairs of (replaced, counting) within one group, which comes best first. Every figure has one owner, so the work is linear.
fn replaced(entries: &[Entry], group: &[usize], same_office: bool) -> Vec<(usize, usize)> {
    let mut owner: HashMap<u64, usize> = HashMap::new();
    let mut content: HashMap<&str, usize> = HashMap::new();
    let mut unread: Option<usize> = None;
    let mut pairs = Vec::new();
    for &number in group {
        let outcome = &entries[number].outcome;
        let marks = if same_office { figures(&outcome.records) } else { Vec::new() };
        let twin = content.get(outcome.sha256.as_str()).copied().filter(|_| !outcome.sha256.is_empty());
        let older =
            unread.filter(|&n| same_office && marks.is_empty() && outcome.subject.revision < entries[n].outcome.subject.revision);
        if let Some(winner) = twin.or_else(|| mostly_owned(&marks, &owner)).or(older) {
            pairs.push((number, winner));
            continue;
        }
        content.insert(&outcome.sha256, number);
        if marks.is_empty() {
            unread = unread.or(Some(number));
        }
        for mark in marks {
            owner.entry(mark).or_insert(number);
        }
    }
    pairs
}

/// The counting document that already has at least half of these figures.
fn mostly_owned(marks: &[u64], owner: &HashMap<u64, usize>) -> Option<usize> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for number in marks.iter().filter_map(|m| owner.get(m)) {
        *shared.entry(*number).or_default() += 1;
    }
    let (number, count) = shared.into_iter().max_by_key(|&(number, count)| (count, std::cmp::Reverse(number)))?;
    (count * 2 >= marks.len()).then_some(number)
}

/// What a row is about, by table; tables that are not listed use nothing and count as one row per document.
const ABOUT: [(&str, &[&str]); 9] = [
    ("dpt", &["pemilihan", "tahap", "level", "region"]),
    ("pdpb", &["level", "region"]),
    ("pdpb_tms", &["level", "region", "alasan"]),
    ("anggaran", &["jenis", "path", "uraian"]),
    ("realisasi", &["path"]),
    ("iku", &["no", "indikator"]),
    ("sop", &["nomor", "nama"]),
    ("logistik", &["pemilihan", "level", "region", "barang"]),
    ("berita_acara", &[]),
];

/// A mark for every figure: what its row is about and which column it stands in. A row without figures is a mark of its own.
fn figures(all: &[Records]) -> Vec<u64> {
    let mut marks = Vec::new();
    let topic = topic(all);
    for records in all {
        let Some((_, about)) = ABOUT.iter().find(|(table, _)| *table == records.table) else {
            continue;
        };
        for row in 0..records.len() {
            let about = mark(&(topic, mark_of_row(records, row, about)));
            let before = marks.len();
            let stated = records.columns.iter().filter(|c| c.kind() == Type::Number && c.number(row).is_some());
            marks.extend(stated.map(|c| mark(&(about, &c.name))));
            if marks.len() == before {
                marks.push(about);
            }
        }
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// What minutes are about, where they say it: minutes of two matters are no two versions.
fn topic(all: &[Records]) -> Option<&str> {
    let content = all.iter().find(|r| r.table == berita_acara::CONTENT && !r.is_empty())?;
    content.text(0, berita_acara::TOPIC)
}

fn mark_of_row(records: &Records, row: Row, about: &[&str]) -> u64 {
    mark(&(&records.table, said(records, row, about)))
}

/// What a row is about, in words; `None` for tables whose rows cannot be told apart.
pub(super) fn about(records: &Records, row: Row) -> Option<Vec<Option<String>>> {
    let (_, about) = ABOUT.iter().find(|(table, about)| *table == records.table && !about.is_empty())?;
    Some(said(records, row, about))
}

fn said(records: &Records, row: Row, about: &[&str]) -> Vec<Option<String>> {
    let shown = |name: &str| records.index(name).and_then(|column| records.shown(row, column));
    let mut said: Vec<Option<String>> = about.iter().map(|name| shown(name)).collect();
    if about.contains(&"region") && records.region(row, "region").is_none() {
        said.push(shown("region_name"));
    }
    said
}

/// Same in every run of one program; never written anywhere.
fn mark(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
