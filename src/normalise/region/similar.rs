//! Names that are almost equal. They are proposals: never silent, never between two regions that are both near.

use crate::model::{Level, Region};
use crate::normalise::text;

use super::Regions;
use super::index;
use super::printed::{self, Form, Kind, Printed};

/// A region whose name is like the printed one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Near {
    pub(super) region: Region,
    /// 1 where the names are equal, 0 where they share nothing.
    pub(super) score: f64,
    /// Letters to change, leave out, add or swap.
    distance: f64,
}

impl Near {
    /// Whether the runner-up is so much farther away that one more slip would not make it the nearer one.
    pub(super) fn stands_out(&self, second: Option<&Self>) -> bool {
        second.is_none_or(|second| second.distance >= self.distance + 2.0)
    }
}

/// One way to read the printed name.
struct Query {
    key: String,
    numerals: Vec<u32>,
    kind: Kind,
    /// Slips already made to read it so, and the letters of what was read and set aside.
    slips: f64,
    aside: usize,
}

/// Shortest key that may be compared: below, one wrong letter makes another name.
const SHORTEST: usize = 5;

impl Regions {
    /// The regions of `level` inside `parent` whose names are most like the printed one, best first, with their scores (0 … 1); at
    /// most five. For messages that offer a choice.
    #[must_use]
    pub fn nearest(&self, printed: &str, parent: Region, level: Level) -> Vec<(Region, f64)> {
        let near = self.nearest_forms(&Printed::new(printed, level), parent, level);
        near.into_iter().take(5).filter(|n| n.score >= 0.5).map(|n| (n.region, n.score)).collect()
    }

    /// All comparable regions, nearest first, equally near ones in code order.
    pub(super) fn nearest_forms(&self, printed: &Printed, parent: Region, level: Level) -> Vec<Near> {
        let Some(layer) = self.layer(level) else {
            return Vec::new();
        };
        let queries = queries(&printed.forms, level);
        let mut near: Vec<Near> = Vec::new();
        for at in layer.range(parent) {
            let region = layer.codes()[at];
            let own = index::own_words(layer, at, level);
            let mut best = closest(&queries, &own, || index::kind(layer, at));
            for (_, name) in self.aliases.iter().filter(|(r, _)| *r == region) {
                let words = text::words(if level == Level::Kabkota { printed::without_type(name) } else { name });
                best = better(best, closest(&queries, &words, || index::kind(layer, at)));
            }
            near.extend(best.map(|(distance, score)| Near { region, score, distance }));
        }
        near.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(b.score.total_cmp(&a.score)).then(a.region.cmp(&b.region)));
        near
    }
}

/// The readings worth comparing: each form, with digits read as the letters they resemble, and without a misspelt level word.
fn queries(forms: &[Form], level: Level) -> Vec<Query> {
    let mut out = Vec::new();
    for form in forms {
        let mut add = |words: &[String], kind, slips, aside| {
            let key = printed::compact(words);
            out.push(Query { key, numerals: numerals(words), kind, slips, aside });
        };
        add(&form.words, form.kind, 0.0, 0);
        let (letters, changed) = digits_as_letters(&form.words);
        if changed > 0.0 {
            add(&letters, form.kind, changed / 2.0, 0);
        }
        if let [first, rest @ ..] = form.words.as_slice() {
            let slipped = |word: &str| word.len() >= 4 && strsim::osa_distance(word, first) == 1;
            if let Some((word, kind)) = printed::level_words(level).iter().find(|(w, _)| slipped(w)).filter(|_| !rest.is_empty()) {
                add(rest, *kind, 1.0, word.len());
            }
        }
    }
    out
}

/// Smallest distance of any reading to one name, with its score.
fn closest(queries: &[Query], words: &[String], kind: impl Fn() -> Kind) -> Option<(f64, f64)> {
    let key = printed::compact(words);
    let mut best = None;
    for q in queries {
        let (short, long) = (q.key.len().min(key.len()), q.key.len().max(key.len()));
        let worth = short + q.aside >= SHORTEST && long - short <= long / 2;
        let kinds = matches!(q.kind, Kind::Any | Kind::Desa | Kind::Kelurahan) || q.kind == kind();
        if !worth || !kinds || q.numerals != numerals(words) {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "lengths of names")]
        let (distance, length) = (strsim::osa_distance(&q.key, &key) as f64 + q.slips, (long + q.aside) as f64);
        best = better(best, Some((distance, 1.0 - distance / length)));
    }
    best
}

fn better(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> Option<(f64, f64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if (b.0, -b.1) < (a.0, -a.1) { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// Numbers within a name are never a slip: `Sukamaju I` and `Sukamaju II` are two villages.
fn numerals(words: &[String]) -> Vec<u32> {
    words.iter().filter_map(|w| printed::numeral(w)).collect()
}

/// Digits within words as the letters they resemble, and how many there were.
fn digits_as_letters(words: &[String]) -> (Vec<String>, f64) {
    let mut changed = 0.0;
    let letter = |c: char| match c {
        '0' => 'O',
        '1' => 'I',
        '3' => 'E',
        '4' => 'A',
        '5' => 'S',
        '6' => 'G',
        '8' => 'B',
        c => c,
    };
    let mut one = |word: &String| {
        if !word.chars().any(char::is_alphabetic) {
            return word.clone();
        }
        let read: String = word.chars().map(letter).collect();
        changed += read.chars().zip(word.chars()).map(|(a, b)| f64::from(u8::from(a != b))).sum::<f64>();
        read
    };
    let read = words.iter().map(&mut one).collect();
    (read, changed)
}
