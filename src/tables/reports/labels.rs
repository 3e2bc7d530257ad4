//! Which of the words between figures head which of them.

use super::super::words::{Dimension, Said, Vocabulary};
use super::{Outer, Told, speaks};

/// One figure's words, and whether it stands in a bracket.
struct Slot {
    label: String,
    said: Said,
    bracketed: bool,
}

/// The heading of each figure; `None` where one has none, where one might have two, or where it is not plain whose men and women are meant.
pub(super) fn labels(table: &[&Told], outer: &Outer, vocabulary: &Vocabulary) -> Option<Vec<String>> {
    let line = table.first()?;
    let gaps: Vec<&str> = std::iter::once(outer.tail.as_str()).chain(line.gaps.iter().copied()).collect();
    let sides: Vec<Option<(&str, &str)>> = gaps.iter().map(|gap| parted(gap)).collect();
    let says = |text: &str| speaks(&vocabulary.read(text));
    let last = line.gaps.last().map_or("", |g| parted(g).map_or(*g, |(left, _)| left));
    let before_first = sides[0].map_or(gaps[0], |(_, right)| right);
    // Words without a mark between two figures belong to the next one where the first figure has words before it, else to the one before.
    let leading = says(before_first) && !says(last);
    let trailing = says(last) && !says(before_first);
    let open = sides[1..gaps.len() - 1].iter().any(Option::is_none);
    if open && !leading && !trailing {
        return None;
    }
    let ahead = |i: usize| sides[i].map_or(if i == 0 || leading { gaps[i] } else { "" }, |(_, right)| right);
    let behind = |i: usize| sides[i].map_or(if i + 1 == gaps.len() || !leading { gaps[i] } else { "" }, |(left, _)| left);
    let mut slots = Vec::new();
    let mut depth = 0_usize;
    for (i, gap) in gaps.iter().enumerate().take(line.figures.len()) {
        depth = (depth + gap.matches('(').count()).saturating_sub(gap.matches(')').count());
        let label = joined(ahead(i), behind(i + 1), vocabulary)?;
        slots.push(Slot { said: vocabulary.read(&label), label, bracketed: depth > 0 });
    }
    headed(&slots, outer, vocabulary)
}

/// What stands before the first and behind the last mark of a gap; `None` where no mark parts it, or where words stand between two marks.
fn parted(gap: &str) -> Option<(&str, &str)> {
    let marks = [",", ";", "(", ")", "|", " / ", " - ", " dan ", ". ", "\u{2022}"];
    let first = marks.iter().filter_map(|m| gap.find(m)).min()?;
    let last = marks.iter().filter_map(|m| gap.rfind(m).map(|at| at + m.len())).max()?;
    Some((&gap[..first], &gap[last..]))
}

/// The words on both sides of a figure as one label.
fn joined(ahead: &str, behind: &str, vocabulary: &Vocabulary) -> Option<String> {
    let (a, b) = (vocabulary.read(ahead), vocabulary.read(behind));
    let label = match (speaks(&a), speaks(&b)) {
        (true, false) => ahead.to_owned(),
        (false, true) => behind.to_owned(),
        (true, true) if a.value(Dimension::Measure).is_some() && a.value(Dimension::Measure) == b.value(Dimension::Measure) => {
            behind.to_owned()
        }
        (true, true) if !(a.tells(Dimension::Sex) && b.tells(Dimension::Sex)) => format!("{ahead} {behind}"),
        _ => return None,
    };
    let label = label.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '+')).to_owned();
    vocabulary.read(&label).whole().then_some(label)
}

/// The labels with what they are meant of: men and women in brackets are those of the figure before, and behind `Baru: L` the same goes
/// for `P`. Behind a figure of its own it is not plain whose they are.
fn headed(slots: &[Slot], outer: &Outer, vocabulary: &Vocabulary) -> Option<Vec<String>> {
    let counts = |s: &Slot| s.said.tells(Dimension::Measure) || s.said.tells(Dimension::Reason) || s.said.tells(Dimension::Aside);
    let sexed = |s: &Slot| s.said.tells(Dimension::Sex) || s.said.tells(Dimension::Total) && !s.said.tells(Dimension::Level);
    let bare = |label: &str| vocabulary.without(label, &[Dimension::Sex, Dimension::Total]);
    let mut heads: Vec<String> = Vec::new();
    // The measure that goes on, and whether its own figure has been said.
    let (mut goes_on, mut done): (Option<String>, bool) = (None, false);
    for slot in slots {
        if counts(slot) {
            heads.push(slot.label.clone());
            (goes_on, done) = (Some(bare(&slot.label)), !sexed(slot));
            continue;
        }
        match &goes_on {
            Some(measure) if sexed(slot) && (slot.bracketed || !done) => heads.push(format!("{measure} {}", slot.label)),
            Some(_) if sexed(slot) => return None,
            _ => heads.push(slot.label.clone()),
        }
    }
    // `Pemilih baru di Kecamatan …`: what all lines say before the name is said of all their figures that say nothing of their own.
    if !outer.before.is_empty() {
        let said = vocabulary.read(&outer.before);
        let silent =
            |head: &String| !vocabulary.read(head).tells(Dimension::Measure) && !vocabulary.read(head).tells(Dimension::Level);
        if said.unknown > 0 {
            return None;
        }
        if said.tells(Dimension::Measure) || said.tells(Dimension::Reason) {
            heads.iter_mut().filter(|h| silent(h)).for_each(|h| *h = format!("{} {h}", bare(&outer.before)));
        }
    }
    let mut distinct = heads.clone();
    distinct.sort();
    distinct.dedup();
    (distinct.len() == heads.len()).then_some(heads)
}
