//! What became of what was asked: every item of the versions before, compared with the version that counts now.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::document::plain_number;

use super::ledger::{Asked, Version, is_beside};

/// Most changed cells that are named for one item.
const MOST: usize = 6;

/// How an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The same rule is still broken.
    Open,
    /// Mended by changing other cells than the one to look at.
    Elsewhere,
    /// New since the version before.
    New,
    /// Mended.
    Done,
}

impl Standing {
    /// In the user's language.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Open => "masih terbuka",
            Self::Elsewhere => "berubah di tempat lain",
            Self::New => "baru",
            Self::Done => "selesai",
        }
    }
}

/// An item and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The version that was asked about; for what is new, the version it was found in.
    pub version: Version,
    /// The item.
    pub asked: Asked,
    /// How it stands.
    pub standing: Standing,
    /// What changed, in words.
    pub says: String,
    /// What the office answered.
    pub answer: String,
    /// Batches and documents in which it was open, oldest first.
    pub history: Vec<String>,
}

/// A delivery that came again.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// Office, kind and period, as text.
    pub of: (String, String, String),
    /// No figure differs from the version before.
    pub unchanged: bool,
    /// Its items.
    pub items: Vec<Progress>,
}

/// Deliveries of a batch of which an earlier version is known. `current` are the versions that count now, `all` everything known.
#[must_use]
pub fn compare(all: &[Version], current: &[Version]) -> Vec<Again> {
    let mut deliveries: BTreeMap<(String, String, String), Vec<&Version>> = BTreeMap::new();
    for version in current.iter().filter(|v| !v.satker.is_empty()) {
        let of = (version.satker.clone(), version.kind.clone(), version.period.clone());
        deliveries.entry(of).or_default().push(version);
    }
    let again = |(of, now): ((String, String, String), Vec<&Version>)| {
        let before: Vec<&Version> =
            all.iter().filter(|v| now.iter().any(|n| v.is_of(n)) && !now.iter().any(|n| v.is_same_file(n))).collect();
        (!before.is_empty()).then(|| delivery(of, &before, &now))
    };
    deliveries.into_iter().filter_map(again).collect()
}

fn delivery(of: (String, String, String), before: &[&Version], now: &[&Version]) -> Again {
    let last = before.last().map_or("", |v| v.figures_sha256.as_str());
    let unchanged = now.iter().any(|n| n.figures_sha256 == last);
    let open: BTreeSet<&str> = now.iter().flat_map(|v| &v.items).flat_map(|i| &i.keys).map(String::as_str).collect();
    let mut latest: BTreeMap<&str, (&Version, &Asked)> = BTreeMap::new();
    for version in before {
        for asked in &version.items {
            latest.insert(&asked.key, (version, asked));
        }
    }
    let known: BTreeSet<&str> = latest.values().flat_map(|(_, a)| &a.keys).map(String::as_str).collect();
    let mut items: Vec<Progress> = latest
        .values()
        .filter(|(_, asked)| !absorbed(asked, &latest))
        .map(|(version, asked)| judged(version, asked, &open, (before, now)))
        .collect();
    for version in now {
        for asked in version.items.iter().filter(|a| !a.keys.iter().any(|k| known.contains(k.as_str()))) {
            items.push(new(version, asked));
        }
    }
    items.sort_by(|a, b| (a.standing, &a.asked.locator, &a.asked.key).cmp(&(b.standing, &b.asked.locator, &b.asked.key)));
    Again { of, unchanged, items }
}

/// Whether a later item speaks of the same findings under another key.
fn absorbed(asked: &Asked, latest: &BTreeMap<&str, (&Version, &Asked)>) -> bool {
    latest.values().any(|(_, other)| {
        other.key != asked.key && other.keys.len() > asked.keys.len() && asked.keys.iter().all(|k| other.keys.contains(k))
    })
}

fn new(version: &Version, asked: &Asked) -> Progress {
    let says = "baru muncul sejak perbaikan".to_owned();
    Progress {
        version: version.clone(),
        asked: asked.clone(),
        standing: Standing::New,
        says,
        answer: String::new(),
        history: Vec::new(),
    }
}

fn judged(version: &Version, asked: &Asked, open: &BTreeSet<&str>, (before, now): (&[&Version], &[&Version])) -> Progress {
    let figures: BTreeMap<&str, f64> = now.iter().flat_map(|v| &v.figures).map(|f| (f.about.as_str(), f.value)).collect();
    let changed: Vec<(&str, f64, f64)> = version
        .figures
        .iter()
        .filter(|f| asked.cells.iter().any(|&c| is_beside(c, f.cell)))
        .filter_map(|f| {
            figures
                .get(f.about.as_str())
                .filter(|now| (**now - f.value).abs() > 1e-9)
                .map(|now| (f.about.as_str(), f.value, *now))
        })
        .collect();
    let own = changed.iter().find(|c| c.0 == asked.about);
    let still = asked.keys.iter().any(|k| open.contains(k.as_str()));
    let standing = match (still, own) {
        (true, _) => Standing::Open,
        (false, None) if !changed.is_empty() => Standing::Elsewhere,
        (false, _) => Standing::Done,
    };
    let answer = now
        .iter()
        .flat_map(|v| &v.replies)
        .chain(before.iter().rev().flat_map(|v| &v.replies))
        .find(|r| r.key == asked.key && !r.answer.is_empty());
    let history = before.iter().filter(|v| v.items.iter().any(|i| i.keys.iter().any(|k| asked.keys.contains(k))));
    Progress {
        version: version.clone(),
        asked: asked.clone(),
        standing,
        says: says(standing, asked, own, &changed, now),
        answer: answer.map(|r| r.answer.clone()).unwrap_or_default(),
        history: history.map(|v| format!("{}: {}", v.batch, v.document)).collect(),
    }
}

fn says(
    standing: Standing,
    asked: &Asked,
    own: Option<&(&str, f64, f64)>,
    changed: &[(&str, f64, f64)],
    now: &[&Version],
) -> String {
    let one = |(about, before, after): &(&str, f64, f64)| {
        format!("{} {} → {}", short(about), plain_number(*before), plain_number(*after))
    };
    let list = |of: &[(&str, f64, f64)]| {
        let more = if of.len() > MOST { format!(" dan {} lainnya", of.len() - MOST) } else { String::new() };
        of.iter().take(MOST).map(one).collect::<Vec<_>>().join(", ") + &more
    };
    match (standing, own) {
        (Standing::Open, _) => {
            let later = now.iter().flat_map(|v| &v.items).find(|i| i.keys.iter().any(|k| asked.keys.contains(k)));
            let size = |text: &str| text.parse::<f64>().map(f64::abs).ok();
            let grew = later.and_then(|l| size(&l.difference)).zip(size(&asked.difference)).filter(|(now, then)| now > then);
            match (grew, changed.is_empty()) {
                (Some((now, then)), _) => {
                    format!("memburuk: selisih {} menjadi {}; berubah: {}", plain_number(then), plain_number(now), list(changed))
                }
                (None, true) => "tidak ada angka yang diubah".to_owned(),
                (None, false) => format!("angka diubah tetapi masih belum cocok: {}", list(changed)),
            }
        }
        (Standing::Done, Some(own)) if asked.blamed && plain_number(own.2) == asked.suggestion => {
            format!("{}, sesuai usulan", one(own))
        }
        (Standing::Done, Some(own)) => one(own),
        (Standing::Done, None) => "tidak ditemukan lagi".to_owned(),
        (Standing::Elsewhere, _) => format!("sel yang dimaksud tetap, yang berubah: {}", list(changed)),
        (Standing::New, _) => String::new(),
    }
}

/// What a figure is about, as far as a reader needs it: region and column.
fn short(about: &str) -> String {
    let mut parts = about.split('|').skip(1);
    let (row, column) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let name = row.split('/').rfind(|p| !p.is_empty()).unwrap_or(row);
    format!("{column} {name}")
}

#[cfg(test)]
mod tests {
    use super::super::ledger::Figure;
    use super::*;

    fn asked(key: &str, about: &str, row: u32, suggestion: &str) -> Asked {
        Asked {
            key: key.into(),
            keys: vec![key.into()],
            about: about.into(),
            blamed: !suggestion.is_empty(),
            suggestion: suggestion.into(),
            difference: "9".into(),
            cells: vec![(0, row, 1)],
            ..Asked::default()
        }
    }

    fn version(sha256: &str, figures: &[(u32, f64)], items: Vec<Asked>) -> Version {
        let figures: Vec<Figure> = figures
            .iter()
            .map(|&(row, value)| Figure { about: format!("pdpb|R{row}|akhir"), value, cell: (0, row, 1) })
            .collect();
        Version {
            sha256: sha256.into(),
            satker: "62.01".into(),
            figures_sha256: format!("{figures:?}"),
            items,
            figures,
            ..Version::default()
        }
    }

    fn told(old: &Version, new: &Version) -> (bool, Vec<(Standing, String)>) {
        let all = [old.clone(), new.clone()];
        let again = compare(&all, std::slice::from_ref(new));
        let items = again[0].items.iter().map(|p| (p.standing, p.says.clone())).collect();
        (again[0].unchanged, items)
    }

    #[test]
    fn what_was_mended_is_told_from_what_was_not() {
        let items = || vec![asked("a", "pdpb|R1|akhir", 1, "5"), asked("b", "pdpb|R2|akhir", 2, "7")];
        let old = version("1", &[(1, 4.0), (2, 6.0)], items());
        let mut worse = asked("b", "pdpb|R2|akhir", 2, "7");
        worse.difference = "90".into();
        let new = version("2", &[(1, 5.0), (2, 90.0)], vec![worse, asked("c", "pdpb|R3|akhir", 3, "")]);
        let (unchanged, items) = told(&old, &new);
        assert!(!unchanged);
        let said: Vec<(Standing, &str)> = items.iter().map(|(s, t)| (*s, t.as_str())).collect();
        assert_eq!(said[0].0, Standing::Open);
        assert!(said[0].1.starts_with("memburuk: selisih 9 menjadi 90"), "{said:?}");
        assert_eq!((said[1].0, said[2].0), (Standing::New, Standing::Done));
        assert_eq!(said[2].1, "akhir R1 4 → 5, sesuai usulan");
    }

    #[test]
    fn a_total_made_to_fit_is_told_from_a_mended_figure() {
        let old = version("1", &[(1, 4.0), (9, 40.0)], vec![asked("a", "pdpb|R1|akhir", 1, "5")]);
        let new = version("2", &[(1, 4.0), (9, 39.0)], vec![]);
        assert_eq!(
            told(&old, &new).1,
            [(Standing::Elsewhere, "sel yang dimaksud tetap, yang berubah: akhir R9 40 → 39".to_owned())]
        );
    }

    #[test]
    fn a_file_saved_again_is_no_new_version() {
        let old = version("1", &[(1, 4.0)], vec![asked("a", "pdpb|R1|akhir", 1, "5")]);
        let new = Version { sha256: "2".into(), ..old.clone() };
        assert_eq!(told(&old, &new), (true, vec![(Standing::Open, "tidak ada angka yang diubah".to_owned())]));
        assert!(compare(std::slice::from_ref(&old), std::slice::from_ref(&old)).is_empty());
    }
}
