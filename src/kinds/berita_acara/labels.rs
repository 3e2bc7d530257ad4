//! What a figure counts: from the words before it, the words behind it, the headings above it.
//!
//! Between two figures stand words of both: `79.924 laki-laki dan 79.387 perempuan`, `laki-laki 79.924 dan perempuan 79.387`. The
//! first word that parts statements ends what belongs to the figure before; where there is none, the words belong to the figure behind
//! if figures of this sentence follow their labels, else to the one before.

use std::ops::Range;

use crate::model::Level;
use crate::normalise::text;

use super::figures::{Numbers, label_in_brackets};
use super::lexicon::{Lexicon, Sense};

/// What the minutes state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Number of kecamatan.
    Kecamatan,
    /// Number of desa and kelurahan together.
    Desa,
    /// Number of desa alone.
    DesaAlone,
    /// Number of kelurahan alone.
    KelurahanAlone,
    /// Men.
    L,
    /// Women.
    P,
    /// All voters.
    Total,
}

/// Of which voters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Not said.
    #[default]
    Unsaid,
    /// Others than the result.
    Other,
    /// Voters.
    Voters,
    /// The result, said outright.
    Result,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Which of the figures; `None` for none of them.
    pub slot: Option<Slot>,
    /// Of which voters.
    pub measure: Measure,
    /// Whether the label itself says so, not what stands above or before it.
    pub own: bool,
    /// A sum is named (`jumlah kecamatan`).
    pub total: bool,
    /// Words that nobody knows.
    pub unknown: usize,
}

/// One word or phrase of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A known phrase.
    Known(Sense),
    /// A word nobody knows.
    Unknown,
    /// A comma, semicolon, or the end of a sentence (`true`).
    Mark(bool),
    /// A bracket opens.
    Open,
    /// A number that counts nothing.
    Spent,
    /// A figure, by its number in the passage.
    Figure(usize),
}

/// The items of a passage, with the bytes each begins at.
pub fn items(text: &str, numbers: &Numbers, lexicon: &Lexicon) -> Vec<(usize, Item)> {
    let words = text::words_at(text);
    let mut out: Vec<(usize, Item)> = Vec::new();
    let figures = numbers.figures.iter().enumerate().map(|(i, f)| (f.at.clone(), Item::Figure(i)));
    let mut spans: Vec<(Range<usize>, Item)> = figures.chain(numbers.spent.iter().map(|s| (s.clone(), Item::Spent))).collect();
    spans.sort_by_key(|(at, _)| at.start);
    let mut spans = spans.into_iter().peekable();
    let (mut i, mut from) = (0, 0);
    while i < words.len() || spans.peek().is_some() {
        let next = words.get(i).map_or(usize::MAX, |w| w.at.start);
        if let Some((at, item)) = spans.next_if(|(at, _)| at.start <= next) {
            marks(text, from, at.start, &mut out);
            from = from.max(at.end);
            let unit = unit_inside(text, numbers, lexicon, &item);
            out.push((at.start, item));
            out.extend(unit);
            while words.get(i).is_some_and(|w| w.at.start < at.end) {
                i += 1;
            }
            continue;
        }
        let limit = spans.peek().map_or(usize::MAX, |(at, _)| at.start);
        let reach = words[i..].iter().take_while(|w| w.at.start < limit).count().max(1);
        marks(text, from, next, &mut out);
        let within = |w: &text::Word| numbers.names.iter().any(|n| n.start <= w.at.start && w.at.end <= n.end);
        let phrase = lexicon.at(text, &words[i..i + reach]);
        let (item, used, end) = match phrase.filter(|p| p.sense == Sense::Filler || !within(&words[i])) {
            Some(phrase) => (Item::Known(phrase.sense), phrase.words, phrase.at.end),
            None => (Item::Unknown, 1, words[i].at.end),
        };
        out.push((next, item));
        from = end;
        i += used;
    }
    marks(text, from, text.len(), &mut out);
    out
}

/// `97.864 pemilih (sembilan puluh …)`: what is counted may stand between the digits and their words.
fn unit_inside(text: &str, numbers: &Numbers, lexicon: &Lexicon, item: &Item) -> Option<(usize, Item)> {
    let Item::Figure(number) = item else { return None };
    let figure = numbers.figures.get(*number)?;
    let (digits, words) = (&figure.digits.as_ref()?.1, &figure.words.as_ref()?.at);
    let between = text.get(digits.end..words.start)?;
    (!lexicon.all(between, Sense::Voters).is_empty()).then_some((digits.end, Item::Known(Sense::Voters)))
}

/// The marks of a stretch between words.
fn marks(text: &str, from: usize, to: usize, out: &mut Vec<(usize, Item)>) {
    let Some(between) = text.get(from..to) else { return };
    for (i, c) in between.char_indices() {
        let rest = &between[i + c.len_utf8()..];
        match c {
            ',' | ';' => out.push((from + i, Item::Mark(false))),
            // `70.890 (L) + 71.738 (P)`: the label of the figure before it.
            '(' if behind_figure(text, from + i) && label_in_brackets(rest_of(text, from + i)).is_some() => {}
            '(' | '[' => out.push((from + i, Item::Open)),
            ')' if closes_label(text, from + i) => out.push((from + i, Item::Mark(false))),
            // Points that lead from a name to its figure end nothing.
            '.' if rest.starts_with(char::is_whitespace)
                && !between[..i].ends_with('.')
                && text[..from].chars().rev().take_while(|c| c.is_alphanumeric()).count() > 3 =>
            {
                out.push((from + i, Item::Mark(true)));
            }
            _ => {}
        }
    }
}

fn rest_of(text: &str, bracket: usize) -> &str {
    text.get(bracket + 1..).unwrap_or_default()
}

/// Whether a bracket opens right behind digits, or behind the words that repeat them.
fn behind_figure(text: &str, bracket: usize) -> bool {
    text[..bracket].trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ')')
}

/// Whether a bracket closes a label that stands behind a figure.
fn closes_label(text: &str, bracket: usize) -> bool {
    let open = text[..bracket].rfind('(');
    open.is_some_and(|open| behind_figure(text, open) && label_in_brackets(rest_of(text, open)).is_some())
}

/// The items before and behind each figure of a passage that belong to it.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Before it, nearest last; statements of the same sentence further back are parted by links and marks.
    pub head: Vec<Item>,
    /// Behind it, nearest first.
    pub tail: Vec<Item>,
}

/// Whether an item parts two statements.
pub(super) fn parts(item: &Item) -> bool {
    matches!(item, Item::Mark(_) | Item::Known(Sense::Link | Sense::Detail))
}

/// Whether an item can say what a figure counts.
pub(super) fn says(item: &Item) -> bool {
    let Item::Known(sense) = item else { return false };
    !matches!(
        sense,
        Sense::Filler | Sense::Link | Sense::Detail | Sense::Each | Sense::Becomes | Sense::Spelled | Sense::Not | Sense::NotUnit
    )
}

/// Whether an item labels the figure behind it. `laporan dari` does not: what is reported stands behind the figure.
fn labels(item: &Item) -> bool {
    says(item) && *item != Item::Known(Sense::Aside)
}

/// Divides the items of a passage among its figures.
pub fn around(items: &[(usize, Item)], figures: usize) -> Vec<Around> {
    let mut out = vec![Around::default(); figures];
    let mut gap: Vec<Item> = Vec::new();
    let mut last: Option<usize> = None;
    for (_, item) in items {
        match item {
            Item::Figure(number) => {
                divide(std::mem::take(&mut gap), last, Some(*number), &mut out);
                last = Some(*number);
            }
            Item::Mark(true) => {
                divide(std::mem::take(&mut gap), last, None, &mut out);
                last = None;
            }
            other => gap.push(other.clone()),
        }
    }
    divide(gap, last, None, &mut out);
    out
}

fn divide(gap: Vec<Item>, before: Option<usize>, behind: Option<usize>, out: &mut [Around]) {
    match (before, behind) {
        (None, Some(behind)) => out[behind].head = gap,
        (Some(before), None) => out[before].tail = gap,
        (Some(before), Some(behind)) => {
            // `jumlah itu berasal dari 94 desa di 6 kecamatan`: a word for a sum alone does not say of what.
            let unit = gap.first().is_some_and(counts_regions);
            let told = |i: &Item| labels(i) && !(unit && *i == Item::Known(Sense::Total));
            // `pemilih tersebar pada 94 desa di 6 kecamatan`: what stands before the link is no label of what follows it.
            let head = &out[before].head;
            let linked = head
                .iter()
                .rposition(parts)
                .is_some_and(|at| head[at] == Item::Known(Sense::Link) && !head[at + 1..].iter().any(says));
            let cut = gap
                .iter()
                .position(|i| parts(i) || *i == Item::Open)
                .unwrap_or_else(|| if !(unit && linked) && nearest(head).iter().any(told) { 0 } else { gap.len() });
            out[before].tail = gap[..cut].to_vec();
            out[behind].head = gap[cut..].to_vec();
        }
        (None, None) => {}
    }
}

/// Numbers of the figures that count nothing, by the words right before and right behind them.
pub fn counting_nothing(items: &[(usize, Item)]) -> Vec<usize> {
    let mut out = Vec::new();
    for (at, (_, item)) in items.iter().enumerate() {
        let Item::Figure(number) = item else { continue };
        let before = items[..at].iter().rev().map(|(_, i)| i).find(|i| !matches!(i, Item::Mark(_) | Item::Open));
        let behind = items.get(at + 1).map(|(_, i)| i);
        if matches!(before, Some(Item::Known(Sense::Not | Sense::NotUnit))) || matches!(behind, Some(Item::Known(Sense::NotUnit)))
        {
            out.push(*number);
        }
    }
    out
}

/// The label of a figure by the words around it. `heading`: what stands above it, in a table.
pub fn label(around: &Around, heading: &[Item]) -> Label {
    let near = nearest(&around.head);
    if names_a_region(near) && !heading.iter().any(says) {
        return Label::default();
    }
    let behind: Vec<&Item> = around.tail.iter().take_while(|i| !parts(i) && **i != Item::Open).collect();
    let unit = behind.iter().find(|i| !matches!(i, Item::Known(Sense::Filler))).copied();
    let before: Vec<&Item> = heading.iter().chain(near).filter(|i| **i != Item::Open).collect();
    let all = || before.iter().copied().chain(behind.iter().copied());
    let unknown = all().filter(|i| matches!(i, Item::Unknown)).count();
    let total = before.iter().any(|i| matches!(i, Item::Known(Sense::Total)));
    let measure = measure(before.iter().rev().copied()).max_said(measure(behind.iter().copied()));
    let aside = |i: &&Item| matches!(i, Item::Known(Sense::Aside));
    // `laporan dari 17 kecamatan`: what the figure counts stands behind it, and what it is reported of lies in another part.
    let own = unit.is_some_and(counts_regions) && near.iter().any(parts);
    let closest = if own { &near[near.iter().rposition(parts).map_or(0, |i| i + 1)..] } else { near };
    if heading.iter().chain(closest).any(|i| aside(&i)) || behind.iter().any(aside) {
        return Label::default();
    }
    let slot = unit.and_then(counted).or_else(|| of_words(&before, unit, measure, total));
    Label { slot, measure, own: measure != Measure::Unsaid, total, unknown }
}

impl Measure {
    /// Of what stands before a figure and what stands behind it: other figures than the result are never the result.
    fn max_said(self, behind: Self) -> Self {
        if self == Self::Other || behind == Self::Other { Self::Other } else { self.max(behind) }
    }
}

/// The last statement before a figure that can say what it counts, up to the figure.
fn nearest(head: &[Item]) -> &[Item] {
    let mut end = head.len();
    while end > 0 {
        let start = head[..end].iter().rposition(parts).map_or(0, |i| i + 1);
        if head[start..].iter().any(says) || start == 0 {
            return &head[start..];
        }
        end = start - 1;
    }
    head
}

/// A level word with a name behind it and nothing that is counted: a row about one region.
fn names_a_region(head: &[Item]) -> bool {
    let level = |i: &Item| matches!(i, Item::Known(Sense::Count(_) | Sense::DesaAlone | Sense::KelurahanAlone));
    let Some(at) = head.iter().rposition(level) else { return false };
    matches!(head.get(at + 1), Some(Item::Unknown))
        && !matches!(at.checked_sub(1).map(|b| &head[b]), Some(Item::Known(Sense::Total)))
}

/// What is counted by the unit behind a figure: `17 kecamatan`, `79.924 laki-laki`.
pub fn counted(unit: &Item) -> Option<Slot> {
    match unit {
        Item::Known(Sense::Count(Level::Kecamatan)) => Some(Slot::Kecamatan),
        Item::Known(Sense::Count(Level::Desa)) => Some(Slot::Desa),
        Item::Known(Sense::DesaAlone) => Some(Slot::DesaAlone),
        Item::Known(Sense::KelurahanAlone) => Some(Slot::KelurahanAlone),
        Item::Known(Sense::L) => Some(Slot::L),
        Item::Known(Sense::P) => Some(Slot::P),
        Item::Known(Sense::Both) => Some(Slot::Total),
        _ => None,
    }
}

/// Whether the unit behind a figure is a level of regions.
fn counts_regions(unit: &Item) -> bool {
    matches!(counted(unit), Some(Slot::Kecamatan | Slot::Desa | Slot::DesaAlone | Slot::KelurahanAlone))
}

/// What is counted by all words together.
fn of_words(before: &[&Item], unit: Option<&Item>, measure: Measure, total: bool) -> Option<Slot> {
    if matches!(unit, Some(Item::Known(Sense::Count(_)))) {
        return None;
    }
    let has = |sense: Sense| before.iter().any(|i| **i == Item::Known(sense));
    let sexes = (has(Sense::L), has(Sense::P), has(Sense::Both));
    match sexes {
        (_, _, true) | (true, true, _) => return Some(Slot::Total),
        (true, ..) => return Some(Slot::L),
        (_, true, _) => return Some(Slot::P),
        _ => {}
    }
    let level = before.iter().rev().find_map(|i| match i {
        Item::Known(Sense::Count(_) | Sense::DesaAlone | Sense::KelurahanAlone) => Some(*i),
        _ => None,
    });
    let voters = matches!(measure, Measure::Voters | Measure::Result | Measure::Other);
    let said: Vec<&&Item> = before.iter().filter(|i| says(i)).collect();
    let summed = matches!(said.as_slice(), [.., Item::Known(Sense::Total), Item::Known(Sense::Count(_))]);
    match level {
        Some(level) if !voters || summed => counted(level),
        _ if voters => Some(Slot::Total),
        _ if total && before.iter().all(|i| !matches!(i, Item::Unknown)) => Some(Slot::Total),
        // `pemilih` behind the figure is a measure; nothing at all says nothing.
        _ => unit.filter(|u| matches!(u, Item::Known(Sense::Voters | Sense::Result))).map(|_| Slot::Total),
    }
}

/// Of which voters: the nearest word that says so; other figures than the result stay others.
fn measure<'a>(items: impl Iterator<Item = &'a Item>) -> Measure {
    let mut found = Measure::Unsaid;
    for item in items {
        let says = match item {
            Item::Known(Sense::Other) => Measure::Other,
            Item::Known(Sense::Result) => Measure::Result,
            Item::Known(Sense::Voters) => Measure::Voters,
            _ => continue,
        };
        match (found, says) {
            (Measure::Unsaid | Measure::Voters, _) => found = says,
            _ => break,
        }
    }
    found
}

/// The measure of a text without figures: of a heading above a list. `mengubah rekapitulasi sebelumnya, sehingga menjadi:` announces the
/// result, whatever it has come from.
pub fn heading_measure(items: &[(usize, Item)]) -> Measure {
    let becomes = items.iter().rposition(|(_, i)| *i == Item::Known(Sense::Becomes));
    let last = becomes.map_or(items, |at| &items[at + 1..]);
    match measure(last.iter().rev().map(|(_, i)| i)) {
        Measure::Unsaid if becomes.is_some() => Measure::Result,
        said => said,
    }
}
