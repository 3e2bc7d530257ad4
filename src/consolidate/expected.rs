//! What a batch should hold where `rekap.toml` does not say: scope, offices, periods. Every inference is a sentence for the reader.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{BatchConfig, Finding, Level, Outcome, Period, Region, Schemas, Status};
use crate::normalise::region::Regions;

use super::setting::label;
use super::{Entry, PDPB};

/// Fills in what is not stated; the second result says what was inferred and from what.
pub fn infer(mut config: BatchConfig, entries: &[Entry], schemas: &Schemas, regions: &Regions) -> (BatchConfig, Vec<String>) {
    let mut said = Vec::new();
    let senders: BTreeSet<Region> = entries.iter().filter_map(|e| e.outcome.subject.satker).collect();
    if config.wilayah.is_none() {
        config.wilayah = scope(&config, &senders);
        said.extend(config.wilayah.map(|w| format!("Wilayah rekap disimpulkan dari pengirim dokumen: {}.", named(w, regions))));
    }
    if config.satker.is_empty() {
        let inside = |s: &Region| config.wilayah.is_none_or(|w| !outside(*s, w));
        let (satker, from) = offices(config.wilayah, &senders.into_iter().filter(inside).collect(), regions);
        config.satker = satker;
        if !config.satker.is_empty() {
            said.push(format!("Satker yang ditunggu ({}) disimpulkan dari {from}.", config.satker.len()));
        }
    }
    if config.owed.is_empty() {
        said.push("Jenis dokumen yang wajib tidak dinyatakan; kelengkapan hanya menghitung jenis yang diterima.".to_owned());
    }
    for (kind, (period, votes, of)) in majorities(&config, entries) {
        said.push(format!("Periode {} disimpulkan {period} ({votes} dari {of} dokumen).", label(schemas, &kind)));
        config.expected.push((kind, period));
    }
    let unstated = entries.iter().filter(|e| !e.source.received.stated).count();
    if unstated > 0 {
        let instead = if entries.iter().any(|e| !e.source.received.stated && !e.source.received.at.is_empty()) {
            "dipakai waktu ubah berkas, bukti yang lemah"
        } else {
            "waktu ubah berkasnya tidak dipakai karena semua disalin bersamaan, jadi ketepatan waktunya tidak diketahui"
        };
        said.push(format!("Waktu terima {unstated} dokumen tidak tercatat di penerimaan.csv; {instead}."));
    }
    (config, said)
}

fn named(region: Region, regions: &Regions) -> String {
    regions.name(region).map_or_else(|| region.to_string(), |name| format!("{region} {name}"))
}

/// The smallest region that holds all offices, or the province of two thirds of at least three kab/kota: one that was sent to the wrong
/// batch makes no nation of a province. `None` for the nation and where nobody is known.
fn scope(config: &BatchConfig, senders: &BTreeSet<Region>) -> Option<Region> {
    let offices = || config.satker.iter().chain(senders).copied();
    offices().reduce(common).filter(|&r| r != Region::NATION).or_else(|| {
        let kabkota: BTreeSet<Region> = offices().filter(|o| o.level() == Level::Kabkota).collect();
        let inside = |province: &Region| kabkota.iter().filter(|k| k.within(*province)).count();
        let most = kabkota.iter().map(|k| k.parent()).max_by_key(inside)?;
        (kabkota.len() >= 3 && inside(&most) * 3 >= kabkota.len() * 2).then_some(most)
    })
}

/// The kind of texts, which are good for all offices.
const TEXTS: &str = "sop";

/// Neither in the region nor above it.
fn outside(office: Region, scope: Region) -> bool {
    !office.within(scope) && !scope.within(office)
}

/// Tells of documents whose office lies outside the region of the batch: nothing of it adds them up.
pub fn tell_outsiders(config: &BatchConfig, entries: &mut [Entry], regions: &Regions) {
    let Some(scope) = config.wilayah else { return };
    let counts = |o: &&mut Outcome| o.status == Status::Accepted && o.subject.kind.as_deref() != Some(TEXTS);
    for outcome in entries.iter_mut().map(|e| &mut e.outcome).filter(counts) {
        if let Some(satker) = outcome.subject.satker.filter(|&s| outside(s, scope)) {
            let [sender, batch] = [satker, scope].map(|r| named(r, regions));
            let message = format!(
                "Pengirim dokumen ini {sender}, di luar wilayah rekap {batch}: angkanya tidak ikut dijumlahkan. Pindahkan ke batch \
                 wilayahnya, atau perbaiki judulnya atau wilayah di rekap.toml."
            );
            outcome.findings.push(Finding::new("A08", message).found(satker.to_string()).expected(scope.to_string()));
        }
    }
}

fn common(a: Region, b: Region) -> Region {
    let level = a.level().min(b.level());
    let (mut a, mut b) = (a.up_to(level), b.up_to(level));
    while a != b {
        (a, b) = (a.parent(), b.parent());
    }
    a
}

/// All kab/kota of a province as soon as one of them has sent something; else those that sent.
fn offices(scope: Option<Region>, senders: &BTreeSet<Region>, regions: &Regions) -> (Vec<Region>, &'static str) {
    let province = scope.filter(|s| s.level() == Level::Provinsi);
    let sent = |p: Region| senders.iter().any(|s| s.level() == Level::Kabkota && s.within(p));
    match province.filter(|&p| sent(p)).map(|p| regions.children(p)) {
        Some(children) if !children.is_empty() => (children.to_vec(), "daftar kabupaten/kota wilayah rekap"),
        _ => (senders.iter().copied().collect(), "satker yang mengirim"),
    }
}

/// For every kind without a stated period: the one most documents speak of (of equally many the latest), its votes and all votes.
fn majorities(config: &BatchConfig, entries: &[Entry]) -> BTreeMap<String, (Period, usize, usize)> {
    let mut votes: BTreeMap<&str, BTreeMap<Period, usize>> = BTreeMap::new();
    for subject in entries.iter().map(|e| &e.outcome.subject) {
        if let (Some(kind), Some(period)) = (subject.kind.as_deref(), subject.period)
            && config.period(kind).is_none()
        {
            *votes.entry(kind).or_default().entry(period).or_default() += 1;
        }
    }
    let winner = |of: BTreeMap<Period, usize>| {
        let all = of.values().sum();
        let most = of.into_iter().max_by_key(|&(period, n)| (n, period.end_month(), period));
        most.map(|(period, n)| (period, n, all))
    };
    votes.into_iter().filter_map(|(kind, of)| winner(of).map(|w| (kind.to_owned(), w))).collect()
}

/// A period that two thirds of at least three documents agree on binds the others: figures of another quarter must not slip into a
/// sum just because nobody wrote a `rekap.toml`. Only for the kind whose figures are summed up.
pub fn refuse_other_periods(stated: &BatchConfig, config: &BatchConfig, entries: &mut [Entry]) {
    let Some(expected) = config.period(PDPB).filter(|_| stated.period(PDPB).is_none()) else {
        return;
    };
    let counts = |e: &Entry| e.outcome.status == Status::Accepted && e.outcome.subject.kind.as_deref() == Some(PDPB);
    let periods: Vec<Period> = entries.iter().filter(|e| counts(e)).filter_map(|e| e.outcome.subject.period).collect();
    let votes = periods.iter().filter(|&&p| p == expected).count();
    if periods.len() < 3 || votes * 3 < periods.len() * 2 {
        return;
    }
    for entry in entries.iter_mut().filter(|e| counts(e)) {
        let Some(period) = entry.outcome.subject.period.filter(|&p| p != expected) else {
            continue;
        };
        let reason = format!("periode {period}, sedangkan {votes} dari {} dokumen memuat {expected}", periods.len());
        let message = format!("{reason}; kirim ulang data {expected}, atau nyatakan periodenya di rekap.toml");
        let finding = Finding::new("A04", message).found(period.to_string()).expected(expected.to_string());
        set_aside(entry, Status::Rejected, reason, finding);
    }
}

/// Takes a document out of the figures: its rows and what was wrong with them no longer matter, the reason does.
pub fn set_aside(entry: &mut Entry, status: Status, reason: String, because: Finding) {
    let outcome = &mut entry.outcome;
    outcome.status = status;
    outcome.reason = reason;
    outcome.records.clear();
    outcome.printed.clear();
    outcome.findings = vec![because];
}
