//! Which kind of document: marks of every kind are weighed by where they stand; titles say most, then headings, the path least.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::glance::{Role, Seen};
use super::others;
use super::phrase::{Phrase, Vocabulary};
use crate::kinds;
use crate::model::schema::KindSchema;
use crate::model::{Evidence, Finding, Findings, Schemas};
use crate::normalise::text;
use crate::tables::reports;
use crate::tables::words::Dimension;

/// What speaks for one kind.
#[derive(Clone, Debug)]
struct Case<'a> {
    kind: &'a KindSchema,
    score: f64,
    hits: Vec<Hit<'a>>,
}

/// A mark that was seen.
#[derive(Clone, Debug)]
struct Hit<'a> {
    mark: &'a str,
    weight: f64,
    seen: &'a Seen,
}

/// Least score to believe in a kind: one title, or a file name and a table that fits it (regions, men, women).
const ENOUGH: f64 = 5.5;
/// Least lead over the next kind.
const LEAD: f64 = 1.0;
/// Headings together say no more than this: a title outweighs any number of columns that several kinds share.
const MOST_FROM_HEADINGS: f64 = 8.0;
/// What a kind that consists of a table loses in a document without one.
const NO_TABLE: f64 = 6.0;
/// Lines that open a paper.
const OPENING: usize = 5;
/// What the name of another kind in one of them takes away.
const OPENED: f64 = 6.0;
/// So many marks at the beginning of lines are a form.
const FORM: usize = 4;
/// So many items of a list that tell figures by their names are as good as a table.
const ITEMS: usize = 3;
/// Letters of a heading that is known within a longer word, at least.
const STEM: usize = 6;
/// Cells of headings that make a table.
const HEADINGS: usize = 4;
/// Letters of a name, at least.
const NAME: usize = 3;
/// Names of regions that make a list.
const ROWS: usize = 3;
/// A line with so many words is a sentence.
const SENTENCE: usize = 14;
/// Most words of a title.
const TITLE: usize = 8;
/// Pieces of evidence kept.
const KEPT: usize = 6;

/// The kind, with its evidence; `None` with A03 when nothing or too little speaks for one, or two have as much.
pub(super) fn kind(findings: &mut Findings, seen: &[Seen], schemas: &Schemas) -> (Option<String>, Vec<Evidence>) {
    let sight = Sight::new(seen, schemas);
    let mut cases: Vec<Case> = schemas.kinds.iter().map(|kind| weigh(kind, &sight)).collect();
    // Stable: of equal cases the schemas' order decides, which never matters since equals are a tie.
    cases.sort_by(|a, b| b.score.total_cmp(&a.score));
    let lead = cases.first().map_or(0.0, |c| c.score) - cases.get(1).map_or(0.0, |c| c.score.max(0.0));
    match cases.first() {
        Some(best) if best.score >= ENOUGH && lead >= LEAD => (Some(best.kind.name.clone()), evidence(best)),
        _ => {
            let resembles = cases.iter().any(|c| c.score > 0.0);
            findings.add(unrecognised(&cases, others::named(seen, schemas, resembles)));
            (None, cases.iter().take(2).filter(|c| c.score > 0.0).flat_map(evidence).collect())
        }
    }
}

/// What all kinds are weighed against.
struct Sight<'a> {
    seen: &'a [Seen],
    schemas: &'a Schemas,
    words: Vocabulary<'a>,
    /// The first grid with a title: the main table's, as a rule.
    first: Option<u16>,
    has_table: bool,
    /// Nothing but titles, a table and signatures: what the paper calls itself does not make it another's minutes.
    only_table: bool,
    /// Where something says that this is a letter about documents rather than one of them, and how much.
    letters: Vec<(usize, f64)>,
}

impl<'a> Sight<'a> {
    fn new(seen: &'a [Seen], schemas: &'a Schemas) -> Self {
        let words = Vocabulary::new(seen.iter().flat_map(|s| s.words.iter().map(String::as_str)));
        let first = seen.iter().find(|s| s.role == Role::Title).and_then(|s| s.grid);
        let lines = || seen.iter().filter(|s| matches!(s.role, Role::Title | Role::Note)).map(|s| s.text.as_str());
        let has_table = seen.iter().any(|s| matches!(s.role, Role::Heading | Role::Label)) || reports::alike(lines());
        let cells = seen.iter().filter(|s| matches!(s.role, Role::Heading | Role::Label)).map(|s| s.text.as_str());
        let sentence = |line: &str| line.split_whitespace().count() >= SENTENCE;
        let only_table = lists_regions(seen, schemas) && !lines().chain(cells).any(sentence) && !told(seen, schemas);
        let mut sight = Self { seen, schemas, words, first, has_table, only_table, letters: Vec::new() };
        sight.letters = sight.letters();
        sight
    }

    /// A letter says what it is at the beginning of a line: `Perihal: Undangan`, `DAFTAR HADIR`; within a sentence it is only spoken of.
    fn letters(&self) -> Vec<(usize, f64)> {
        let marks: Vec<Rc<Phrase>> = self.schemas.recognition.letters.iter().map(|m| Phrase::of(m)).collect();
        let short = |s: &Seen| s.words.len() <= TITLE;
        let leads = |s: &Seen| marks.iter().any(|m| m.find(&s.words).is_some_and(|at| at == 0 || at == 1 && short(s)));
        let later = |s: &Seen| if s.role == Role::Title && s.grid != self.first { 0.85 } else { 1.0 };
        let led = self.seen.iter().enumerate().filter(|(_, s)| leads(s));
        led.map(|(i, s)| (i, against_weight(s.role, 0) * later(s))).collect()
    }

    /// What the words of a letter count against a kind. A paper that has said at the beginning of a line what it is may go on with
    /// `Perihal: Rekapitulasi …`, and minutes may have a list of those present behind them.
    fn letter(&self, kind: &KindSchema) -> f64 {
        let marks: Vec<Rc<Phrase>> = kind.marks.titles.iter().map(|m| Phrase::of(m)).filter(|m| m.is_anchored()).collect();
        let own = |(i, s): &(usize, &Seen)| {
            s.role == Role::Title && marks.iter().any(|m| m.find(&s.words) == Some(0) && self.counts(m, *i))
        };
        let own = self.seen.iter().enumerate().find(own).map_or(usize::MAX, |(i, _)| i);
        self.letters.iter().filter(|(i, _)| *i < own).map(|(_, weight)| *weight).fold(0.0, f64::max)
    }

    /// The heaviest place of each mark.
    fn hits(&self, marks: &'a [String], weight: fn(Role, usize) -> f64) -> Vec<Hit<'a>> {
        let mut out = Vec::new();
        for mark in marks {
            let phrase = Phrase::of(mark);
            if !self.words.may_hold(&phrase) {
                continue;
            }
            let here = self.seen.iter().enumerate().filter(|(i, s)| phrase.find(&s.words).is_some() && self.counts(&phrase, *i));
            let places = here.map(|(_, s)| (s, s.role)).chain(self.over_cells(&phrase).map(|s| (s, Role::Title)));
            let hits = places.map(|(seen, role)| {
                // A later sheet's title says a little less than the first one's.
                let later = if role == Role::Title && seen.grid != self.first { 0.85 } else { 1.0 };
                Hit { mark, weight: weight(role, phrase.len()) * later, seen }
            });
            out.extend(hits.filter(|h| h.weight > 0.0).reduce(|a, b| if b.weight > a.weight { b } else { a }));
        }
        out
    }

    /// An anchored phrase does not count below a line that says the paper is attached to another.
    fn counts(&self, phrase: &Phrase, i: usize) -> bool {
        let Some(above) = i.checked_sub(1).and_then(|j| self.seen.get(j)).filter(|_| phrase.is_anchored()) else { return true };
        let attached = |word: &String| Phrase::of(word).find(&above.words) == Some(0);
        above.role != Role::Title || above.words.len() > 3 || !self.schemas.recognition.attachment.iter().any(attached)
    }

    /// What it counts against a kind that another one's name opens the paper: minutes with the table they lay down.
    fn opening(&self, kind: &KindSchema) -> f64 {
        let first = self.seen.iter().filter(|s| s.role == Role::Title).take(OPENING);
        let marks: Vec<Rc<Phrase>> = kind.marks.not.iter().map(|m| Phrase::of(m)).filter(|m| m.is_anchored()).collect();
        let opens = |s: &Seen| marks.iter().any(|m| m.find(&s.words) == Some(0));
        let attached = first.clone().any(|s| {
            self.schemas.recognition.attachment.iter().any(|a| s.words.first().is_some_and(|w| w.eq_ignore_ascii_case(a)))
        });
        if !attached && first.into_iter().any(opens) { OPENED } else { 0.0 }
    }

    /// How many of these marks begin lines.
    fn leading(&self, marks: &[String]) -> usize {
        let lines = || self.seen.iter().filter(|s| matches!(s.role, Role::Title | Role::Note | Role::Label));
        let begins = |m: &&String| lines().any(|s| Phrase::of(m).find(&s.words).is_some_and(|at| at <= 1));
        marks.iter().filter(begins).count()
    }

    /// How many items of a list tell at least two of these marks within their words: `1. … ditargetkan 5 dan terealisasi 4`.
    fn told_in_items(&self, marks: &[String]) -> usize {
        let stems: Vec<String> = marks
            .iter()
            .filter_map(|m| <[String; 1]>::try_from(text::words(m)).ok())
            .map(|[w]| w)
            .filter(|w| w.len() >= STEM)
            .collect();
        let counted = |s: &Seen| s.words.first().is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
        let tells = |s: &Seen| stems.iter().filter(|stem| s.words.iter().any(|w| w.contains(stem.as_str()))).count() >= 2;
        let lines = self.seen.iter().filter(|s| matches!(s.role, Role::Title | Role::Note));
        lines.filter(|s| counted(s) && tells(s)).count()
    }

    /// Titles are often cut into several rows or cells: the phrase among the words of two pieces that follow each other.
    fn over_cells(&self, phrase: &Phrase) -> impl Iterator<Item = &'a Seen> {
        self.seen.windows(2).filter_map(move |pair| {
            let [before, after] = pair else { return None };
            let row = |s: &Seen| s.span.map(|s| s.from.row);
            let titles = before.role == Role::Title && after.role == Role::Title;
            let cells = before.role == Role::Heading && after.role == Role::Heading && row(before) == row(after);
            if !(titles || cells) || before.grid != after.grid || phrase.len() < 2 || phrase.is_anchored() {
                return None;
            }
            let tail = before.words.len().saturating_sub(phrase.stretch() - 1);
            let head = after.words.len().min(phrase.stretch() - 1);
            let joined: Vec<&String> = before.words[tail..].iter().chain(&after.words[..head]).collect();
            phrase.find(&joined).map(|_| before)
        })
    }
}

/// Whether words stand on the paper by which kinds are known that are told rather than tabled: `pada hari ini`, `dipimpin`.
fn told(seen: &[Seen], schemas: &Schemas) -> bool {
    let paper = || seen.iter().filter(|s| !matches!(s.role, Role::File | Role::Folder | Role::Sheet));
    let marks = schemas.kinds.iter().filter(|kind| !kind.marks.table).flat_map(|kind| &kind.marks.headings);
    marks.map(|mark| Phrase::of(mark)).any(|mark| paper().any(|s| mark.find(&s.words).is_some()))
}

/// A table with a row for each of several regions: a heading over their names, others beside it, and names below.
fn lists_regions(seen: &[Seen], schemas: &Schemas) -> bool {
    let of = |role: Role| seen.iter().filter(move |s| s.role == role);
    let named = |s: &&Seen| s.text.chars().filter(|c| c.is_alphabetic()).count() >= NAME;
    if of(Role::Heading).count() < HEADINGS || of(Role::Label).filter(named).count() < ROWS {
        return false;
    }
    let words = kinds::common_vocabulary(schemas);
    let names = |s: &Seen| {
        let said = words.read(&s.text);
        said.whole() && said.tells(Dimension::Level) && !said.tells(Dimension::Total)
    };
    // Below its first row a heading of figures kept as text may go on into the rows.
    let row = |s: &Seen| s.span.map(|span| span.from.row);
    let mut tops: BTreeMap<Option<u16>, Option<u32>> = BTreeMap::new();
    of(Role::Heading).for_each(|s| {
        let top = tops.entry(s.grid).or_insert(row(s));
        *top = row(s).min(*top);
    });
    let first = |s: &&Seen| tops.get(&s.grid).is_some_and(|top| *top == row(s));
    of(Role::Heading).filter(first).any(names)
}

/// All marks of a kind, each counted once, at its most telling place.
fn weigh<'a>(kind: &'a KindSchema, sight: &Sight<'a>) -> Case<'a> {
    let titles = sight.hits(&kind.marks.titles, title_weight);
    let shared = |hit: Hit<'a>| Hit { weight: hit.weight / sharers(hit.mark, &sight.schemas.kinds), ..hit };
    let headings: Vec<Hit> = sight.hits(&kind.marks.headings, heading_weight).into_iter().map(shared).collect();
    let files = sight.hits(&kind.marks.files, file_weight);
    let mut against = sight.hits(&kind.marks.not, against_weight);
    let table_alone = kind.marks.table && sight.only_table;
    against.retain(|hit| !(table_alone && Phrase::of(hit.mark).is_anchored()));
    let opening = if table_alone { 0.0 } else { sight.opening(kind) };
    let against = most(&against).max(sight.letter(kind)) + opening;
    // Several phrases of one title overlap; the second adds little.
    let title = most(&titles) + 0.25 * (sum(&titles) - most(&titles)).min(8.0);
    let written_out =
        || kind.marks.form && (sight.leading(&kind.marks.headings) >= FORM || sight.told_in_items(&kind.marks.headings) >= ITEMS);
    let no_table = if kind.marks.table && !sight.has_table && !written_out() { NO_TABLE } else { 0.0 };
    let score = title + sum(&headings).min(MOST_FROM_HEADINGS) + most(&files) - against - no_table;
    let mut hits: Vec<Hit> = [titles, headings, files].concat();
    hits.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Case { kind, score, hits }
}

/// How many kinds know this heading: what many share tells little.
fn sharers(mark: &str, all: &[KindSchema]) -> f64 {
    let n = all.iter().filter(|k| k.marks.headings.iter().any(|h| h == mark)).count();
    f64::from(u32::try_from(n.max(1)).unwrap_or(u32::MAX))
}

const fn title_weight(role: Role, _words: usize) -> f64 {
    match role {
        Role::Title => 6.0,
        Role::Sheet => 4.0,
        Role::Heading => 2.0,
        Role::Note => 1.0,
        Role::Label => 0.5,
        Role::File | Role::Folder => 0.0,
    }
}

const fn heading_weight(role: Role, words: usize) -> f64 {
    let longer = if words >= 2 { 1.5 } else { 1.0 };
    longer
        * match role {
            Role::Heading => 1.0,
            Role::Title | Role::Label => 0.6,
            Role::Sheet => 0.5,
            Role::Note => 0.4,
            Role::File | Role::Folder => 0.0,
        }
}

const fn file_weight(role: Role, _words: usize) -> f64 {
    match role {
        Role::File => 4.0,
        Role::Folder => 2.0,
        _ => 0.0,
    }
}

const fn against_weight(role: Role, _words: usize) -> f64 {
    match role {
        Role::Title => 7.0,
        Role::Sheet => 3.0,
        Role::Heading => 2.0,
        Role::File => 1.5,
        Role::Label | Role::Note | Role::Folder => 0.0,
    }
}

fn sum(hits: &[Hit]) -> f64 {
    hits.iter().map(|h| h.weight).sum()
}

fn most(hits: &[Hit]) -> f64 {
    hits.iter().map(|h| h.weight).fold(0.0, f64::max)
}

/// What is kept of a case. Of running text only the mark itself: a note may name people.
fn evidence(case: &Case) -> Vec<Evidence> {
    let kept = case.hits.iter().take(KEPT).map(|hit| Evidence {
        about: "kind".to_owned(),
        value: case.kind.name.clone(),
        span: hit.seen.span,
        words: match hit.seen.role {
            Role::Label | Role::Note => hit.mark.to_owned(),
            _ => super::shortened(&hit.seen.text),
        },
    });
    kept.collect()
}

/// A03: what it is where that is known, else what came nearest, and what to do.
fn unrecognised(cases: &[Case], other: Option<&str>) -> Finding {
    if let Some(name) = other {
        let message = format!(
            "Tampaknya {name}. Dokumen seperti ini tidak direkap, jadi tidak ada angka yang diambil darinya. Bila seharusnya direkap, beri \
             judul yang menyebut jenis, wilayah, dan periode."
        );
        return Finding::new("A03", message).found(name);
    }
    let near: Vec<String> = cases
        .iter()
        .filter(|c| c.score > 0.0)
        .take(2)
        .map(|c| {
            let marks: Vec<&str> = c.hits.iter().take(3).map(|h| h.mark).collect();
            format!("{} (terlihat: {})", c.kind.label, marks.join(", "))
        })
        .collect();
    let seen = if near.is_empty() {
        "judul, kepala kolom, dan nama berkas tidak menyebut satu pun jenis yang dikenal".to_owned()
    } else {
        format!("yang terlihat belum cukup untuk memastikan {}", near.join(" atau "))
    };
    Finding::new(
        "A03",
        format!(
            "Jenis dokumen tidak dikenali: {seen}. Beri judul yang menyebut jenis, wilayah, dan periode, atau tambahkan kata \
             judulnya ke schemas/<jenis>.toml."
        ),
    )
    .found(near.join("; "))
}
