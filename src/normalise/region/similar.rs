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
    /// Whether all others are so much farther away that one more slip would not make one of them the nearer.
    pub(super) fn stands_out(&self, others: &[Self]) -> bool {
        others.iter().all(|other| other.distance >= self.distance + 2.0)
    }
}

/// One way to read the printed name.
struct Query {
    key: String,
    sketch: Sketch,
    numbers: Numbers,
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
        let near = self.nearest_forms(&Printed::new(printed, level), parent, level, 0.5);
        near.into_iter().take(5).filter(|n| n.score >= 0.5).map(|n| (n.region, n.score)).collect()
    }

    /// All regions whose score may reach `least`, and those that only miss it by two letters more; best score first, equally good
    /// ones in code order.
    pub(super) fn nearest_forms(&self, printed: &Printed, parent: Region, level: Level, least: f64) -> Vec<Near> {
        let Some(layer) = self.layer(level) else {
            return Vec::new();
        };
        let queries = queries(&printed.forms, level);
        let range = layer.range(parent);
        let mut near: Vec<Near> = Vec::new();
        let mut compare = |at: usize, name: &str| {
            let sketch = Sketch::of(name);
            if queries.iter().any(|q| q.sketch.within(sketch, least)) {
                let best = closest(&queries, &text::words(name), || index::kind(layer, at));
                near.extend(best.map(|(distance, score)| Near { region: layer.codes()[at], score, distance }));
            }
        };
        for at in range.clone() {
            let name = layer.name(at);
            compare(at, name);
            if level == Level::Kabkota {
                compare(at, printed::without_type(name));
            }
        }
        for (region, name) in &self.aliases {
            if let Some(at) = layer.position(*region).filter(|at| range.contains(at)) {
                compare(at, if level == Level::Kabkota { printed::without_type(name) } else { name });
            }
        }
        near.sort_by(|a, b| a.region.cmp(&b.region).then(b.score.total_cmp(&a.score)));
        near.dedup_by_key(|n| n.region);
        near.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.distance.total_cmp(&b.distance)));
        near
    }
}

/// How many letters a name has and which: enough to tell cheaply that two names are far apart.
#[derive(Clone, Copy)]
struct Sketch {
    letters: u32,
    length: usize,
}

impl Sketch {
    fn of(name: &str) -> Self {
        let mut sketch = Self { letters: 0, length: 0 };
        for b in name.bytes().filter(u8::is_ascii_alphanumeric) {
            sketch.length += 1;
            sketch.letters |= 1 << (b.to_ascii_uppercase() % 32);
        }
        sketch
    }

    /// Whether the names may be near enough: one change adds and removes at most one kind of letter each.
    fn within(self, other: Self, least: f64) -> bool {
        let length = self.length.max(other.length);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "lengths of names"
        )]
        let most = ((1.0 - least) * length as f64) as usize + 2;
        length - self.length.min(other.length) <= most && (self.letters ^ other.letters).count_ones() as usize <= 2 * most
    }
}

/// The readings worth comparing: each form, with digits read as the letters they resemble, and without a misspelt level word.
fn queries(forms: &[Form], level: Level) -> Vec<Query> {
    let mut out = Vec::new();
    for form in forms {
        let mut add = |words: &[String], kind, slips, aside| {
            let key = printed::compact(words);
            let sketch = Sketch::of(&key);
            out.push(Query { key, sketch, numbers: Numbers::of(words), kind, slips, aside });
        };
        add(&form.words, form.kind, 0.0, 0);
        let (letters, changed) = digits_as_letters(&form.words);
        if changed > 0.0 {
            add(&letters, form.kind, changed / 2.0, 0);
        }
        if let [first, rest @ ..] = form.words.as_slice() {
            let slipped = |word: &str| word.len() >= 4 && text::one_slip(word, first);
            if let Some((word, kind)) = printed::level_words(level).iter().find(|(w, _)| slipped(w)).filter(|_| !rest.is_empty())
            {
                add(rest, *kind, 1.0, word.len());
            }
        }
    }
    out
}

/// Smallest distance of any reading to one name, with its score.
fn closest(queries: &[Query], words: &[String], kind: impl Fn() -> Kind) -> Option<(f64, f64)> {
    let key = printed::compact(words);
    let numbers = Numbers::of(words);
    let mut best = None;
    for q in queries {
        let (short, long) = (q.key.len().min(key.len()), q.key.len().max(key.len()));
        let worth = short + q.aside >= SHORTEST && long - short <= long / 2;
        let kinds = matches!(q.kind, Kind::Any | Kind::Desa | Kind::Kelurahan) || q.kind == kind();
        if !worth || !kinds || !q.numbers.agree(&numbers) {
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

/// Numbers within a name are never a slip: `Sukamaju I` and `Sukamaju II` are two villages. A number word (`Dua`) may be misspelt,
/// but is not another number word.
struct Numbers {
    numerals: Vec<u32>,
    worded: Vec<u32>,
}

impl Numbers {
    fn of(words: &[String]) -> Self {
        let numerals = words.iter().filter_map(|w| printed::numeral(w)).collect();
        Self { numerals, worded: words.iter().filter_map(|w| printed::number_word(w)).collect() }
    }

    fn agree(&self, other: &Self) -> bool {
        self.numerals == other.numerals && (self.worded.is_empty() || other.worded.is_empty() || self.worded == other.worded)
    }
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
