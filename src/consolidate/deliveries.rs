//! Who sent what, in time or not, and who did not: A09, A10 and the matrix of deliveries.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::schema::Severity;
use crate::model::{Finding, Period, Region, Status};

use super::setting::{Setting, period_of};
use super::{Delivery, Entry, PDPB, State};

/// Documents of each office and kind, by entry number.
fn sent(entries: &[Entry]) -> BTreeMap<(Region, &str), Vec<usize>> {
    let mut sent: BTreeMap<(Region, &str), Vec<usize>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        let subject = &entry.outcome.subject;
        if let (Some(satker), Some(kind)) = (subject.satker, subject.kind.as_deref()) {
            sent.entry((satker, kind)).or_default().push(number);
        }
    }
    sent
}

/// A09: expected offices of which nothing came of a kind they owe. A document that could not be used did come.
pub fn missing(entries: &[Entry], setting: &Setting) -> Vec<Finding> {
    let sent = sent(entries);
    let mut found = Vec::new();
    for &satker in &setting.config.satker {
        for kind in &setting.config.owed {
            if sent.contains_key(&(satker, kind.as_str())) {
                continue;
            }
            let period = expected_period(kind, setting);
            let when = period.map_or_else(String::new, |p| format!(" periode {p}"));
            let message = format!("{} belum mengirim {}{when}", setting.name(satker), setting.label(kind));
            let finding = Finding::new("A09", message).expected(kind.as_str());
            found.push(Finding { satker: Some(satker), period, ..finding });
        }
    }
    found
}

/// The period stated or inferred for the kind; without one, the year the voter figures belong to.
fn expected_period(kind: &str, setting: &Setting) -> Option<Period> {
    setting.config.period(kind).or_else(|| setting.config.period(PDPB).map(|p| Period::year(p.year)))
}

/// A10: documents of a known kind received after the deadline, by entry number.
pub fn late(entries: &[Entry], setting: &Setting) -> Vec<(usize, Finding)> {
    let Some((written, deadline)) = &setting.config.deadline else {
        return Vec::new();
    };
    let too_late = |e: &Entry| {
        let counts = e.outcome.subject.kind.is_some() && e.outcome.status != Status::Superseded;
        counts && is_late(e, *deadline)
    };
    let finding = |e: &Entry| {
        let received = &e.source.received;
        if received.stated {
            let says = format!("diterima {}, sesudah batas waktu {written}", received.at);
            return Finding::new("A10", says).found(&received.at).expected(written);
        }
        // The time itself differs from copy to copy of the same file.
        let says = format!(
            "waktu ubah berkasnya sesudah batas waktu {written} (bukti lemah: waktu terima tidak tercatat di penerimaan.csv)"
        );
        Finding::new("A10", says).expected(written)
    };
    entries.iter().enumerate().filter(|(_, e)| too_late(e)).map(|(n, e)| (n, finding(e))).collect()
}

fn is_late(entry: &Entry, deadline: i64) -> bool {
    !entry.source.received.at.is_empty() && entry.source.received.seconds > deadline
}

/// Every expected or sending office × every kind owed or seen.
pub fn matrix(entries: &[Entry], setting: &Setting) -> Vec<Delivery> {
    let sent = sent(entries);
    let mut offices: BTreeSet<Region> = setting.config.satker.iter().copied().collect();
    let mut kinds: BTreeSet<&str> = setting.config.owed.iter().map(String::as_str).collect();
    offices.extend(sent.keys().map(|(satker, _)| *satker));
    kinds.extend(sent.keys().map(|(_, kind)| *kind));
    let expected: BTreeSet<Region> = setting.config.satker.iter().copied().collect();
    let mut all = Vec::with_capacity(offices.len() * kinds.len());
    for satker in offices {
        for &kind in &kinds {
            let own = sent.get(&(satker, kind)).map_or(&[][..], Vec::as_slice);
            let owed = expected.contains(&satker) && setting.config.owed.iter().any(|k| k == kind);
            let entry = own.iter().copied().max_by_key(|&n| (weight(&entries[n], setting), std::cmp::Reverse(n)));
            let state = state(entries, own, setting);
            all.push(Delivery { satker, kind: kind.to_owned(), owed, state, entry });
        }
    }
    all
}

/// Which document stands for a delivery: one that counts, of the expected period.
fn weight(entry: &Entry, setting: &Setting) -> (u8, bool) {
    let counts = match entry.outcome.status {
        Status::Accepted => 3,
        Status::Unrecognised => 2,
        Status::Rejected | Status::Quarantined => 1,
        Status::Superseded => 0,
    };
    let expected = entry.outcome.subject.kind.as_deref().and_then(|k| setting.config.period(k));
    (counts, period_of(entry, setting.config) == expected)
}

/// The worst that can be said of what one office sent of one kind.
fn state(entries: &[Entry], own: &[usize], setting: &Setting) -> State {
    let all = || own.iter().map(|&n| &entries[n]);
    // What was left out unread has no figure in any total, whether it is faulty or only strange.
    let counting = || all().filter(|e| e.outcome.status == Status::Accepted);
    let late = |e: &Entry| setting.config.deadline.as_ref().is_some_and(|(_, deadline)| is_late(e, *deadline));
    if own.is_empty() {
        State::Missing
    } else if counting().next().is_none() || counting().any(|e| has_errors(e, setting)) {
        State::NeedsRepair
    } else if all().any(|e| e.outcome.status == Status::Superseded) {
        State::Doubled
    } else if counting().any(late) {
        State::Late
    } else {
        State::Received
    }
}

fn has_errors(entry: &Entry, setting: &Setting) -> bool {
    entry.outcome.findings.iter().any(|f| setting.schemas.severity(f) == Severity::Error)
}
