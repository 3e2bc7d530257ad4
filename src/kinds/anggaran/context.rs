//! Codes that stand above a table rather than in it: `Komponen : 051 Penyusunan Laporan`, or a sheet called `3357.EBA.963`. Where no row of
//! the table prints such a level, its rows hang below it.

use crate::model::origin::Place;
use crate::tables::marks::{Mark, Marked};
use crate::tables::outline::{Code, Tier, code};

use super::bands::Stretch;
use super::lines::Line;
use super::words::{Edition, Words};

/// Codes by level, from the top.
pub type Context = Vec<(Tier, String)>;

/// Most rows looked at above a table.
const HIGHEST: usize = 15;

/// What the lines right above the headings of a stretch and the name of its sheet say about its place.
#[must_use]
pub fn above(sheet: &Marked, words: &Words, stretch: &Stretch) -> Context {
    let mut found = Context::new();
    for texts in captions(sheet, stretch) {
        take(&mut found, said(words, &texts));
    }
    if matches!(sheet.grid.place, Place::Sheet(_)) {
        take(&mut found, code::readings(&sheet.grid.name).into_iter().find(|c| c.depth == 0 && c.parts.len() > 1));
    }
    found.sort_by_key(|(tier, _)| *tier);
    found
}

/// Whether the name of the sheet or the lines above a table call it the one before a revision (`SEMULA`) or after it.
#[must_use]
pub fn edition(sheet: &Marked, words: &Words, stretch: &Stretch) -> Edition {
    let above = captions(sheet, stretch).flatten();
    let all = std::iter::once(sheet.grid.name.clone()).chain(above);
    all.map(|text| words.edition(&words.vocabulary().read(&text))).find(|e| *e != Edition::Only).unwrap_or_default()
}

/// The texts of the lines right above the headings, the nearest first.
fn captions<'a>(sheet: &'a Marked, stretch: &'a Stretch) -> impl Iterator<Item = Vec<String>> + 'a {
    let rows = (stretch.heading.start.saturating_sub(HIGHEST)..stretch.heading.start).rev();
    let figures = |n: usize| stretch.cells(sheet, n).filter(|(_, m)| *m == Mark::Figure).count();
    rows.take_while(move |&n| figures(n) < 2)
        .map(|n| stretch.cells(sheet, n).map(|(c, _)| sheet.grid.shown(c.value).trim().to_owned()).collect())
}

/// Adds the levels that are not known yet: what stands nearest to the table comes first.
fn take(found: &mut Context, code: Option<Code>) {
    for (tier, part) in code.map_or_else(Vec::new, |c| c.parts) {
        if !found.iter().any(|(t, _)| *t == tier) {
            found.push((tier, part));
        }
    }
}

/// The code of a line: behind the name of its level, or of several parts at its head.
fn said(words: &Words, texts: &[String]) -> Option<Code> {
    let joined = texts.join(" ");
    let (label, value) = joined.split_once(':').map_or((None, joined.as_str()), |(l, v)| (Some(l), v));
    let level = |text: &str| words.level(&words.vocabulary().read(text));
    let printed = |text: &str| code::leading(text).map_or_else(|| text.trim().to_owned(), |(code, _)| code.to_owned());
    if let Some(tier) = label.filter(|l| l.chars().count() < 40).and_then(level) {
        return code::readings(&printed(value)).into_iter().find(|c| c.tier == tier);
    }
    let own = code::readings(&printed(value)).into_iter().find(|c| c.depth == 0 && c.parts.len() > 1 && c.tier < Tier::Akun);
    let behind = || {
        let (word, rest) = joined.split_once(char::is_whitespace)?;
        let tier = level(word)?;
        let (code, _) = code::leading(rest)?;
        code::readings(code).into_iter().find(|c| c.tier == tier && code.bytes().any(|b| b.is_ascii_digit()))
    };
    own.or_else(behind)
}

/// What of each table's context its rows need: levels that no row of it prints. A paper may begin at its komponen; levels above that are
/// taken where they tell several tables apart.
#[must_use]
pub fn needed(contexts: &[Context], lines: &[Line]) -> Vec<Context> {
    let mut tops: Vec<Option<Tier>> = vec![None; contexts.len()];
    for line in lines {
        let tier = line.codes.iter().filter_map(|(t, c)| t.or_else(|| code::readings(&c.text).first().map(|c| c.tier))).min();
        if let Some(top) = tops.get_mut(line.table) {
            *top = (*top).into_iter().chain(tier).min();
        }
    }
    let several = |tier: Tier| {
        let mut parts = contexts.iter().flatten().filter(|(t, _)| *t == tier).map(|(_, part)| part);
        parts.next().is_some_and(|first| parts.any(|p| p != first))
    };
    let apart = [Tier::Program, Tier::Kegiatan, Tier::Kro, Tier::Ro].into_iter().any(several);
    let of = |(context, top): (&Context, &Option<Tier>)| -> Context {
        let hangs = |tier: Tier| top.is_some_and(|top| tier < top) && (tier >= Tier::Komponen || apart);
        context.iter().filter(|(tier, _)| hangs(*tier)).cloned().collect()
    };
    contexts.iter().zip(&tops).map(of).collect()
}

/// The code of a row with the levels it hangs below.
#[must_use]
pub fn within(context: &Context, mut code: Code) -> Code {
    let missing = context.iter().filter(|(tier, _)| *tier < code.tier && code.part(*tier).is_none() && code.depth == 0);
    let missing: Vec<(Tier, String)> = missing.cloned().collect();
    code.parts.splice(..0, missing);
    code.parts.sort_by_key(|(tier, _)| *tier);
    code
}
