//! What became of what was asked: every item of the versions before, compared with the version that counts now.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::document::plain_number;

use super::ledger::{Asked, MOST as MOST_FIGURES, Version, is_beside};

/// Most changed cells that are named for one item.
const MOST: usize = 6;

/// How an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The same rule is still broken.
    Open,
    /// It was mended in a version between, and is wrong once more.
    Again,
    /// Mended by changing other cells than the one to look at.
    Elsewhere,
    /// The row of the cell to look at is not there any more.
    Gone,
    /// New since the version before.
    New,
    /// Nothing was changed, but the warning is accepted with a reason.
    Accepted,
    /// Mended.
    Done,
}

impl Standing {
    /// In the user's language.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Open => "masih terbuka",
            Self::Again => "salah lagi",
            Self::Elsewhere => "berubah di tempat lain",
            Self::Gone => "barisnya hilang",
            Self::New => "baru",
            Self::Accepted => "diterima dengan catatan",
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
    /// It is further from right than it was.
    pub worse: bool,
    /// Where it stands now, or stood last.
    pub locator: String,
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
        worse: false,
        locator: asked.locator.clone(),
        says,
        answer: String::new(),
        history: Vec::new(),
    }
}

/// What became of the figures that an item is about.
struct Story<'a> {
    /// All that changed beside it: what it is about, before, now.
    changed: Vec<(&'a str, f64, f64)>,
    /// The cell to look at, if it is among them.
    own: Option<(&'a str, f64, f64)>,
    /// The version in which it had been mended, with that cell's value there and now.
    mended: Option<(&'a Version, (&'a str, f64, f64))>,
    /// How far it was from right and is now, where that grew.
    grew: Option<(f64, f64)>,
    /// The row of the cell to look at is in no version of now.
    gone: bool,
}

impl<'a> Story<'a> {
    fn of(version: &'a Version, asked: &'a Asked, (before, now): (&[&'a Version], &[&'a Version])) -> Self {
        let figures: BTreeMap<&str, f64> = now.iter().flat_map(|v| &v.figures).map(|f| (f.about.as_str(), f.value)).collect();
        let beside = version.figures.iter().filter(|f| asked.cells.iter().any(|&c| is_beside(c, f.cell)));
        let changed: Vec<(&str, f64, f64)> = beside
            .filter_map(|f| Some((f.about.as_str(), f.value, *figures.get(f.about.as_str())?)))
            .filter(|(_, then, now)| differ(*then, *now))
            .collect();
        let own = changed.iter().find(|c| c.0 == asked.about).copied();
        let after = before.iter().rev().take_while(|v| !v.is_same_file(version));
        let mended = after.filter(|v| !v.asks(asked)).find_map(|v| {
            let (there, here) = (v.figure(&asked.about)?, *figures.get(asked.about.as_str())?);
            differ(there, here).then_some((*v, (asked.about.as_str(), there, here)))
        });
        let later = now.iter().flat_map(|v| &v.items).find(|i| i.shares(asked));
        let size = |text: &str| text.parse::<f64>().map(f64::abs).ok();
        let grew = later.and_then(|l| size(&asked.difference).zip(size(&l.difference))).filter(|(then, now)| now > then);
        let row = asked.about.rsplit_once('|').map_or("", |(row, _)| row);
        let there = figures.keys().any(|about| about.rsplit_once('|').is_some_and(|(of, _)| of == row));
        let complete = now.iter().all(|v| !v.figures.is_empty() && v.figures.len() < MOST_FIGURES);
        let gone = !there && complete && version.figure(&asked.about).is_some();
        Self { changed, own, mended, grew, gone }
    }

    fn standing(&self, still: bool, accepted: bool) -> Standing {
        match (still, self.own) {
            (true, _) if self.mended.is_some() => Standing::Again,
            (true, _) => Standing::Open,
            (false, _) if accepted => Standing::Accepted,
            (false, _) if self.gone => Standing::Gone,
            (false, None) if !self.changed.is_empty() => Standing::Elsewhere,
            (false, _) => Standing::Done,
        }
    }

    fn says(&self, standing: Standing, asked: &Asked) -> String {
        let list = || {
            let more = self.changed.len().saturating_sub(MOST);
            let more = if more > 0 { format!(" dan {more} lainnya") } else { String::new() };
            self.changed.iter().take(MOST).map(|c| arrow(*c)).collect::<Vec<_>>().join(", ") + &more
        };
        match (standing, self.own) {
            (Standing::Open, _) => match (self.grew, self.changed.is_empty()) {
                (Some((then, now)), _) => {
                    format!("memburuk: selisih {} menjadi {}; berubah: {}", plain_number(then), plain_number(now), list())
                }
                (None, true) => "tidak ada angka yang diubah".to_owned(),
                (None, false) => format!("angka diubah tetapi masih belum cocok: {}", list()),
            },
            (Standing::Again, _) => self.mended.map_or_else(String::new, |(version, change)| {
                format!(
                    "sudah diperbaiki di \"{}\" (batch {}), lalu salah lagi: {}",
                    version.document,
                    version.batch,
                    arrow(change)
                )
            }),
            (Standing::Done, Some(own)) if asked.blamed && plain_number(own.2) == asked.suggestion => {
                format!("{}, sesuai usulan", arrow(own))
            }
            (Standing::Done, Some(own)) => arrow(own),
            (Standing::Done, None) => "tidak ditemukan lagi".to_owned(),
            (Standing::Elsewhere, _) => format!("sel yang dimaksud tetap, yang berubah: {}", list()),
            (Standing::Gone, _) => "baris sel itu tidak ada lagi di kiriman ini: dihapus, atau namanya diganti".to_owned(),
            (Standing::Accepted, _) if self.changed.is_empty() => "tidak ada angka yang diubah".to_owned(),
            (Standing::Accepted, _) => format!("berubah: {}", list()),
            (Standing::New, _) => String::new(),
        }
    }
}

fn judged(version: &Version, asked: &Asked, open: &BTreeSet<&str>, (before, now): (&[&Version], &[&Version])) -> Progress {
    let story = Story::of(version, asked, (before, now));
    let still = asked.keys.iter().any(|k| open.contains(k.as_str()));
    let accepted = now.iter().flat_map(|v| &v.accepted).any(|key| asked.keys.contains(key));
    let standing = story.standing(still, accepted);
    let answer = now
        .iter()
        .flat_map(|v| &v.replies)
        .chain(before.iter().rev().flat_map(|v| &v.replies))
        .find(|r| r.key == asked.key && !r.answer.is_empty());
    let later = now.iter().flat_map(|v| &v.items).find(|i| i.shares(asked));
    Progress {
        version: version.clone(),
        asked: asked.clone(),
        standing,
        worse: standing == Standing::Open && story.grew.is_some(),
        locator: later.map_or(&asked.locator, |i| &i.locator).clone(),
        says: story.says(standing, asked),
        answer: answer.map(|r| r.answer.clone()).unwrap_or_default(),
        history: before.iter().filter(|v| v.asks(asked)).map(|v| format!("{}: {}", v.batch, v.document)).collect(),
    }
}

fn differ(a: f64, b: f64) -> bool {
    (a - b).abs() > 1e-9
}

fn arrow((about, before, after): (&str, f64, f64)) -> String {
    format!("{} {} → {}", short(about), plain_number(before), plain_number(after))
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
    fn what_was_mended_and_is_wrong_again_is_told_from_what_was_never_touched() {
        let wrong = || vec![asked("a", "pdpb|R1|akhir", 1, "5")];
        let first = version("1", &[(1, 4.0), (2, 6.0)], wrong());
        let between = Version { document: "rev2".into(), ..version("2", &[(1, 5.0), (2, 6.0)], vec![]) };
        let now = version("3", &[(1, 4.0), (2, 7.0)], wrong());
        let told = |all: &[Version]| {
            let again = compare(all, std::slice::from_ref(&now));
            again[0].items.iter().map(|p| (p.standing, p.says.clone())).collect::<Vec<_>>()
        };
        let said = "sudah diperbaiki di \"rev2\" (batch ), lalu salah lagi: akhir R1 5 → 4".to_owned();
        assert_eq!(told(&[first.clone(), between.clone(), now.clone()]), [(Standing::Again, said)]);
        // Another document of the same delivery that does not hold the figure mended nothing.
        let annex = Version { figures: vec![], ..between };
        assert_eq!(told(&[first, annex, now.clone()])[0].0, Standing::Open);
    }

    #[test]
    fn a_row_that_is_gone_is_not_mended() {
        let old = version("1", &[(1, 4.0), (9, 40.0)], vec![asked("a", "pdpb|R1|akhir", 1, "5")]);
        assert_eq!(told(&old, &version("2", &[(9, 36.0)], vec![])).1[0].0, Standing::Gone);
        assert_eq!(told(&old, &version("2", &[], vec![])).1[0].0, Standing::Done, "nothing is known of its figures");
    }

    #[test]
    fn what_is_accepted_is_not_mended() {
        let old = version("1", &[(1, 4.0)], vec![asked("a", "pdpb|R1|akhir", 1, "")]);
        let new = Version { accepted: vec!["a".into()], ..version("2", &[(1, 4.0), (2, 1.0)], vec![]) };
        assert_eq!(told(&old, &new).1, [(Standing::Accepted, "tidak ada angka yang diubah".to_owned())]);
    }

    #[test]
    fn a_file_saved_again_is_no_new_version() {
        let old = version("1", &[(1, 4.0)], vec![asked("a", "pdpb|R1|akhir", 1, "5")]);
        let new = Version { sha256: "2".into(), ..old.clone() };
        assert_eq!(told(&old, &new), (true, vec![(Standing::Open, "tidak ada angka yang diubah".to_owned())]));
        assert!(compare(std::slice::from_ref(&old), std::slice::from_ref(&old)).is_empty());
    }
}
