//! What the words of a heading and of those above it say that its column holds.

use crate::tables::outline::Tier;
use crate::tables::words::{Dimension, Said, Sense, Vocabulary};

use super::Role;

/// What a column holds by the words of its heading and of those above it.
#[must_use]
pub fn role(words: &Vocabulary, own: &Said, above: &[&Said], percent: bool) -> Option<Role> {
    let measures = |said: &Said| -> Vec<String> {
        let of = said.senses.iter().filter(|s| s.dimension == Dimension::Measure);
        of.map(|s| words.value(s.value).to_owned()).collect()
    };
    let mine = measures(own);
    // The nearest heading above that names a measure: ANGGARAN DAN REALISASI over all says less than REALISASI over three.
    let inherited: Vec<String> = above.iter().rev().map(|s| measures(s)).find(|m| !m.is_empty()).unwrap_or_default();
    let is = |name: &str| mine.iter().any(|m| m == name);
    let any = |name: &str| is(name) || mine.is_empty() && inherited.iter().any(|m| m == name);
    let aside = own.tells(Dimension::Aside) || above.iter().any(|s| s.tells(Dimension::Aside));
    let when = Times::of(words, own, above);
    // `Uraian Kegiatan dan Belanja` names more than it measures.
    let names = own.senses.iter().filter(|s| s.dimension == Dimension::Name).count();
    if let Some(role) = label_role(own, names >= mine.len() + usize::from(!mine.is_empty()) && !own.tells(Dimension::When)) {
        return Some(role);
    }
    if aside {
        return Some(Role::Aside);
    }
    // `Penyerapan (%)` is a share, `Penyerapan s.d. Bulan Lalu` an amount.
    let absorbed = is("serapan") && !percent;
    if is("persen") || percent || absorbed && when.is_empty() {
        let of_other =
            is("sisa") || inherited.iter().any(|m| m == "sisa") || when.part.is_some() || when.now && !when.until || when.before;
        return Some(if of_other { Role::Aside } else { Role::Persen });
    }
    if any("lock") {
        return Some(Role::Lock);
    }
    if any("sisa") {
        return Some(Role::Sisa);
    }
    if any("pagu") && !any("realisasi") {
        return Some(Role::Pagu);
    }
    let spent = any("realisasi") || absorbed;
    when.role().or_else(|| spent.then_some(Role::Sd))
}

/// What a heading that names a share says without it; `None` where it says nothing else.
#[must_use]
pub fn beside_share(words: &Vocabulary, own: &Said, above: &[&Said]) -> Option<Role> {
    let share = |s: &Sense| s.dimension == Dimension::Measure && words.value(s.value) == "persen";
    if own.senses.iter().any(|s| s.dimension == Dimension::Measure && words.value(s.value) == "serapan") {
        return Times::of(words, own, above).role().or(Some(Role::Sd));
    }
    let rest: Vec<Sense> = own.senses.iter().filter(|s| !share(s)).copied().collect();
    let measured = rest.len() < own.senses.len() && rest.iter().any(|s| s.dimension == Dimension::Measure);
    let own = Said { senses: rest, ..own.clone() };
    if measured { role(words, &own, above, false).filter(|r| r.is_money()) } else { None }
}

/// Headings over names, codes, numbers and remarks.
fn label_role(own: &Said, no_amount: bool) -> Option<Role> {
    if !no_amount || own.tells(Dimension::Aside) {
        return None;
    }
    let tells = |d| own.tells(d);
    if tells(Dimension::Note) {
        Some(Role::Note)
    } else if tells(Dimension::Code) || tells(Dimension::Name) {
        Some(Role::Label)
    } else {
        tells(Dimension::Ordinal).then_some(Role::Ordinal)
    }
}

/// What a heading says about time.
#[derive(Debug, Default)]
struct Times {
    until: bool,
    before: bool,
    now: bool,
    part: Option<(u8, u8)>,
}

impl Times {
    /// Of the heading itself; what it leaves open is told by the ones above, the nearest first.
    fn of(words: &Vocabulary, own: &Said, above: &[&Said]) -> Self {
        let mut times = Self::default();
        times.take(words, own);
        for said in above.iter().rev() {
            let mut higher = Self::default();
            higher.take(words, said);
            if times.is_empty() {
                times = higher;
            } else if times.part.is_none() && !times.before {
                times.part = higher.part;
            }
        }
        times
    }

    fn take(&mut self, words: &Vocabulary, said: &Said) {
        for sense in said.senses.iter().filter(|s| s.dimension == Dimension::When) {
            match words.value(sense.value) {
                "sd" => self.until = true,
                "lalu" => self.before = true,
                "ini" => self.now = true,
                other => {
                    let longer = |p: (u8, u8)| self.part.map_or(p, |first| (first.0.min(p.0), first.1.max(p.1)));
                    self.part = part(other).map(longer).or(self.part);
                }
            }
        }
    }

    const fn is_empty(&self) -> bool {
        !self.until && !self.before && !self.now && self.part.is_none()
    }

    const fn role(&self) -> Option<Role> {
        match self {
            Self { before: true, .. } => Some(Role::Lalu),
            Self { until: true, part: Some((_, last)), .. } => Some(Role::Until(*last)),
            Self { part: Some((first, last)), .. } => Some(Role::Part(*first, *last)),
            Self { until: true, .. } => Some(Role::Sd),
            Self { now: true, .. } => Some(Role::Ini),
            _ => None,
        }
    }
}

/// `b07` → July, `tw3` → July to September, `s2` → July to December.
#[must_use]
pub fn part(name: &str) -> Option<(u8, u8)> {
    let number = |prefix: &str, most: u8| name.strip_prefix(prefix)?.parse::<u8>().ok().filter(|n| (1..=most).contains(n));
    let month = number("b", 12).map(|m| (m, m));
    let quarter = || number("tw", 4).map(|q| (q * 3 - 2, q * 3));
    month.or_else(quarter).or_else(|| number("s", 2).map(|s| (s * 6 - 5, s * 6)))
}

/// The level a heading names, where it names one only.
#[must_use]
pub fn tier(words: &Vocabulary, said: &Said) -> Option<Tier> {
    let named = said.senses.iter().filter(|s| s.dimension == Dimension::Name).filter_map(|s| Tier::named(words.value(s.value)));
    let tiers: Vec<Tier> = named.collect();
    tiers.first().copied().filter(|first| tiers.iter().all(|t| t == first))
}

/// Whether it names offices.
pub(super) fn office(words: &Vocabulary, said: &Said) -> bool {
    said.senses.iter().any(|s| s.dimension == Dimension::Name && words.value(s.value) == "satker")
}
