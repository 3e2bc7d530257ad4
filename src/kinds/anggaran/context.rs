//! Codes that stand above a table rather than in it: `Komponen : 051 Penyusunan Laporan`, or a sheet called `3357.EBA.963`. Where no row of
//! the table prints such a level, its rows hang below it.

use crate::model::Cell;
use crate::model::origin::Place;
use crate::tables::marks::{Mark, Marked};
use crate::tables::outline::{Code, Tier, captions, code};

use super::bands::Stretch;
use super::lines::Line;
use super::words::{Edition, Words, year_in};

/// Codes by level, from the top.
pub type Context = Vec<(Tier, String)>;

/// Most rows looked at above a table.
const HIGHEST: usize = 15;

/// Adds the place of each part of a stretch, by the lines above its headings and the name of its sheet, and gives the number of each. Headings
/// that are printed again without such a line go on with the place before.
pub fn parts(places: &mut Vec<Context>, sheet: &Marked, words: &Words, stretch: &Stretch) -> Vec<usize> {
    let tops = std::iter::once(stretch.heading.start).chain(stretch.bodies.iter().map(|b| b.end));
    let first = places.len();
    let mut numbers = Vec::with_capacity(stretch.bodies.len());
    for top in tops.take(stretch.bodies.len()) {
        let mut found = Context::new();
        for texts in captions(sheet, words, stretch, top) {
            // Further down a line that only begins with a code may be a row of the table.
            let bare = || bare(&texts).filter(|_| places.len() == first).or_else(|| higher(&found, &texts));
            let code = labelled(words, &texts).or_else(|| headed(&texts)).or_else(bare);
            take(&mut found, code);
        }
        if places.len() == first {
            if matches!(sheet.grid.place, Place::Sheet(_)) {
                take(&mut found, code::readings(&sheet.grid.name).into_iter().find(|c| c.depth == 0 && c.parts.len() > 1));
            } else {
                inherit(&mut found, places);
            }
            places.push(found);
        } else if !found.is_empty() {
            inherit(&mut found, places);
            places.push(found);
        }
        if let Some(last) = places.last_mut() {
            last.sort_by_key(|(tier, _)| *tier);
        }
        numbers.push(places.len() - 1);
    }
    numbers
}

/// What stood further up holds for the levels above those named here.
fn inherit(found: &mut Context, places: &[Context]) {
    let highest = found.iter().map(|(tier, _)| *tier).min();
    let above: Context = places.last().into_iter().flatten().filter(|(tier, _)| Some(*tier) < highest).cloned().collect();
    found.extend(above);
}

/// Whether the name of the sheet or the lines above a table call it the one before a revision (`SEMULA`) or after it.
#[must_use]
pub fn edition(sheet: &Marked, words: &Words, stretch: &Stretch) -> Edition {
    let above = captions(sheet, words, stretch, stretch.heading.start).flatten();
    let all = std::iter::once(sheet.grid.name.clone()).chain(above);
    all.map(|text| words.edition(&words.vocabulary().read(&text))).find(|e| *e != Edition::Only).unwrap_or_default()
}

/// The texts of the lines right above a row of headings, the nearest first, up to a row with figures that are neither code nor year.
fn captions<'a>(sheet: &'a Marked, words: &'a Words, stretch: &'a Stretch, top: usize) -> impl Iterator<Item = Vec<String>> + 'a {
    let rows = (top.saturating_sub(HIGHEST)..top).rev();
    let year = move |c: &Cell| year_in(&sheet.grid.shown(c.value)).is_some();
    let figures = move |n: usize| stretch.cells(sheet, n).filter(|(c, m)| *m == Mark::Figure && !year(c)).count();
    let named = |n: usize| stretch.cells(sheet, n).next().is_some_and(|(c, _)| words.level(sheet.said(c)).is_some());
    let lines = rows
        .take_while(move |&n| figures(n) == 0 || figures(n) == 1 && named(n))
        .map(|n| stretch.cells(sheet, n).map(|(c, _)| sheet.grid.shown(c.value).trim().to_owned()).collect());
    // On paper the lines above a table are none of its rows.
    let around = if top == 0 { sheet.grid.above() } else { Vec::new() };
    lines.chain(around.into_iter().take(HIGHEST).map(|line| vec![line.to_owned()]))
}

/// Adds the levels that are not known yet: what stands nearest to the table comes first.
fn take(found: &mut Context, code: Option<Code>) {
    for (tier, part) in code.map_or_else(Vec::new, |c| c.parts) {
        if !found.iter().any(|(t, _)| *t == tier) {
            found.push((tier, part));
        }
    }
}

/// Whether a row without figures names a level and its code.
#[must_use]
pub fn is_caption(sheet: &Marked, words: &Words, stretch: &Stretch, n: usize) -> bool {
    let cells = stretch.cells(sheet, n);
    let texts: Vec<String> = cells.clone().take(MOST + 1).map(|(c, _)| sheet.grid.shown(c.value).trim().to_owned()).collect();
    let named = || labelled(words, &texts).or_else(|| headed(&texts)).is_some();
    texts.len() <= MOST && cells.clone().all(|(_, m)| m == Mark::Label) && named()
}

/// The whole code that a line begins with: `076.01.WA / 3355 / EBD Layanan`.
fn headed(texts: &[String]) -> Option<Code> {
    captions::headed(&texts.join(" ")).map(|c| c.code)
}

/// Cells of a line that names a level, its code and what it is called at most.
const MOST: usize = 3;

/// The code of a line behind the name of its level: `Komponen : 051 Penyusunan Laporan`, `KEGIATAN 3357 PERENCANAAN`.
fn labelled(words: &Words, texts: &[String]) -> Option<Code> {
    captions::caption(&texts.join(" "), |label| words.level_in(label)).map(|c| c.code)
}

/// The code of several parts that a line begins with: `3357.EBA.963 Layanan Data`.
fn bare(texts: &[String]) -> Option<Code> {
    let several = |c: &Code| c.depth == 0 && c.parts.len() > 1 && c.tier < Tier::Akun;
    code::readings(printed(&texts.join(" "))).into_iter().find(several)
}

/// The code that a line above one with the name of its level begins with, if it is of a higher level: `051 Penyusunan Laporan` above
/// `Akun 521211 Belanja Bahan`.
fn higher(found: &Context, texts: &[String]) -> Option<Code> {
    let highest = found.iter().map(|(tier, _)| *tier).min()?;
    let joined = texts.join(" ");
    let code = code::leading(&joined).or_else(|| code::leading_letters(&joined))?.0;
    code::readings(code).into_iter().find(|c| c.depth == 0 && c.tier < highest && c.parts.len() == 1)
}

/// The code at the head of a text, or all of it.
fn printed(text: &str) -> &str {
    code::leading(text).map_or_else(|| text.trim(), |(code, _)| code)
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
        let hangs = |tier: Tier| top.is_none_or(|top| tier < top) && (tier >= Tier::Komponen || apart);
        context.iter().filter(|(tier, _)| hangs(*tier)).cloned().collect()
    };
    contexts.iter().zip(&tops).map(of).collect()
}

/// Whether two places name different codes of one level.
#[must_use]
pub fn elsewhere(a: &Context, b: &Context) -> bool {
    a.iter().any(|(tier, part)| b.iter().any(|(t, p)| t == tier && p != part))
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
