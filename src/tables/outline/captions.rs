//! Lines that name what the rows below them hang below: `Komponen : 051 Penyusunan Laporan`, `PROGRAM 076.01.WA - DUKUNGAN MANAJEMEN`;
//! and those of them that no row heard.

use std::collections::BTreeSet;

use crate::model::origin::Place;
use crate::model::{Grid, Origin, Span};

use super::code::{self, Code, Tier};

/// A code behind the name of its level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption<'a> {
    /// The code.
    pub code: Code,
    /// As printed.
    pub printed: &'a str,
    /// What it is called; empty where it says nothing more.
    pub name: &'a str,
}

/// Words of the name of a level at most: `Sub Komponen`, `Klasifikasi Rincian Output`.
const WORDS: usize = 3;
/// Characters of a label before a colon at most.
const LONGEST: usize = 40;

/// The code of a line behind the name of its level; `level` says which level a text names, if it says nothing else.
#[must_use]
pub fn caption(text: &str, level: impl Fn(&str) -> Option<Tier>) -> Option<Caption<'_>> {
    labelled(text, level).or_else(|| whole(code::trailing(text)?))
}

/// The same where the level is named before the code.
#[must_use]
pub fn labelled(text: &str, level: impl Fn(&str) -> Option<Tier>) -> Option<Caption<'_>> {
    if let Some((label, value)) = text.split_once(':').filter(|(label, _)| label.chars().count() < LONGEST) {
        return named(value.trim_start_matches([':', ' ']), level(label)?);
    }
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).take(WORDS);
    let mut heads: Vec<(Tier, &str)> =
        ends.filter_map(|at| Some((level(text.get(..at)?)?, text.get(at..)?.trim_start()))).collect();
    // `Sub Komponen A` names a subkomponen, whatever `Sub` alone may stand for.
    heads.reverse();
    let sure = |c: &Caption| (c.code.tier == Tier::Subkomponen || has_digit(c.printed)) && !is_year(c.printed);
    heads.into_iter().find_map(|(tier, rest)| named(rest, tier).filter(sure))
}

/// A line that begins with the whole code of a level, or is nothing but the way to it: `076.01.WA PROGRAM DUKUNGAN MANAJEMEN`,
/// `076.01.WA / 3355 / EBD`. In a table it may as well be a row.
#[must_use]
pub fn headed(text: &str) -> Option<Caption<'_>> {
    whole(code::leading(text).unwrap_or_else(|| (text.trim(), "")))
}

/// A code of several parts says by itself which level it stands for: `PROGRAM DUKUNGAN MANAJEMEN (076.01.WA)`.
fn whole<'t>((printed, name): (&'t str, &'t str)) -> Option<Caption<'t>> {
    let code = code::readings(printed).into_iter().find(|c| c.depth == 0)?;
    let first = code.parts.first().map(|(tier, _)| *tier)?;
    let sure = code.parts.len() > 1 && first <= Tier::Kegiatan && has_digit(printed) || code.tier == Tier::Program;
    (printed.contains(['.', '/']) && sure).then_some(Caption { code, printed, name })
}

/// A code of a level at the head of a text, or all of it.
fn named(text: &str, tier: Tier) -> Option<Caption<'_>> {
    let letters = || if tier == Tier::Subkomponen { code::leading_letters(text) } else { None };
    let (printed, name) = code::leading(text).or_else(letters).unwrap_or((text.trim(), ""));
    let code = code::readings(printed).into_iter().find(|c| c.tier == tier)?;
    Some(Caption { code, printed, name })
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// `KEGIATAN 2025` names a year.
fn is_year(text: &str) -> bool {
    matches!(text.parse(), Ok(2000..2100_u32))
}

/// The lines of a document that name a level and a code, with nothing else in them than words; those of a sheet in printed order.
#[derive(Debug, Default)]
pub struct Captions {
    found: Vec<(Span, Tier, String)>,
    /// Those at the foot of a page: what hangs below them stands on the next.
    open: Vec<(Tier, String)>,
}

impl Captions {
    /// Takes in a visible sheet or page.
    pub fn take(&mut self, grid: &Grid, number: u16, level: impl Fn(&str) -> Option<Tier>) {
        let cells = grid.cells.iter().filter(|c| !grid.row_hidden(c.row) && !grid.col_hidden(c.col));
        let cells: Vec<(u32, u16, String)> = cells.map(|c| (c.row, c.col, grid.shown(c.value).trim().to_owned())).collect();
        for row in cells.chunk_by(|a, b| a.0 == b.0).filter(|row| row.len() <= WORDS) {
            let line = row.iter().map(|c| c.2.as_str()).collect::<Vec<_>>().join(" ");
            let span = Span::around(row.iter().map(|c| Origin::new(number, c.0, c.1)));
            if let Some((caption, span)) = caption(&line, &level).or_else(|| headed(&line)).zip(span) {
                self.found.push((span, caption.code.tier, caption.code.own().to_owned()));
            }
        }
        if let Some(all) = grid.extent(number) {
            self.found.extend(self.open.drain(..).map(|(tier, part)| (all, tier, part)));
        }
        for (n, line) in (0_u32..).zip(&grid.around) {
            let Some(Caption { code, .. }) = caption(line, &level).or_else(|| headed(line)) else { continue };
            let (tier, part) = (code.tier, code.own().to_owned());
            match below(grid, number, n) {
                Some(span) => self.found.push((span, tier, part)),
                None => self.open.push((tier, part)),
            }
        }
    }

    /// The captions that no row hangs below. One that stands alone above levels that are not printed says what the document is about, and
    /// its path begins further down; of a level that is named several times, or printed in rows, each part must come back: anywhere down to the RO, in the
    /// row right below for komponen and subkomponen, which are called alike everywhere. `rows` are the rows with their paths in any order.
    #[must_use]
    pub fn unheard(&self, rows: &[(Span, &str)]) -> Vec<Span> {
        let mut rows: Vec<((u16, u32), &str)> = rows.iter().map(|(s, path)| ((s.from.grid, s.from.row), *path)).collect();
        rows.sort_by_key(|(at, _)| *at);
        let known: BTreeSet<&str> = rows.iter().flat_map(|(_, path)| path.split('/')).map(bare).collect();
        let printed = |tier: Tier| {
            tier <= Tier::Ro && known.iter().any(|part| code::readings(part).first().is_some_and(|c| c.tier == tier))
        };
        let several = |tier: Tier| {
            let mut parts = self.found.iter().filter(|(_, t, _)| *t == tier).map(|(_, _, part)| bare(part));
            parts.next().is_some_and(|first| parts.any(|p| p != first)) || printed(tier)
        };
        let heard = |(span, tier, part): &(Span, Tier, String)| {
            let at = (span.from.grid, span.from.row);
            let below = rows.get(rows.partition_point(|(row, _)| *row < at)).filter(|(row, _)| row.0 == at.0);
            match *tier {
                _ if !several(*tier) => true,
                Tier::Komponen | Tier::Subkomponen => {
                    below.is_none_or(|(_, path)| path.split('/').any(|p| bare(p) == bare(part)))
                }
                _ => known.contains(bare(part)),
            }
        };
        self.found.iter().filter(|c| !heard(c)).map(|(span, ..)| *span).collect()
    }
}

/// The rows of a page below a line of running text beside its table.
fn below(grid: &Grid, number: u16, line: u32) -> Option<Span> {
    let Place::Paper { boxes } = &grid.place else { return None };
    let at = boxes.get(boxes.partition_point(|b| b.0 < Grid::AROUND + line)).filter(|b| b.0 == Grid::AROUND + line)?;
    let rows = boxes.iter().take_while(|b| b.0 < Grid::AROUND);
    let first = rows.clone().find(|b| b.2 > at.2 || b.2 == at.2 && b.3[1] >= at.3[1])?.0;
    let all = grid.extent(number)?;
    Span::around([Origin { row: first, ..all.from }, all.to])
}

/// The last part of a code without the zeros before it.
fn bare(part: &str) -> &str {
    let own = part.rsplit('.').next().unwrap_or(part);
    own.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::GridBuilder;
    use crate::model::origin::Place;

    fn level(text: &str) -> Option<Tier> {
        match text.trim().to_ascii_lowercase().as_str() {
            "sub komponen" => Some(Tier::Subkomponen),
            other => Tier::named(other),
        }
    }

    fn read(text: &str) -> Option<(Tier, &str, &str)> {
        caption(text, level).map(|c| (c.code.tier, c.printed, c.name))
    }

    #[test]
    fn a_line_names_a_level_and_its_code() {
        assert_eq!(read("Komponen : 051 Penyusunan Laporan"), Some((Tier::Komponen, "051", "Penyusunan Laporan")));
        assert_eq!(read("PROGRAM 076.01.WA - DUKUNGAN"), Some((Tier::Program, "076.01.WA", "DUKUNGAN")));
        assert_eq!(read("Sub Komponen : A Rekonsiliasi"), Some((Tier::Subkomponen, "A", "Rekonsiliasi")));
        assert_eq!(read("Sub Komponen A Rekonsiliasi"), Some((Tier::Subkomponen, "A", "Rekonsiliasi")));
        assert_eq!(read("Akun: 521211"), Some((Tier::Akun, "521211", "")));
        let program = Some((Tier::Program, "076.01.WA", "I. PROGRAM DUKUNGAN"));
        assert_eq!(read("I. PROGRAM DUKUNGAN (076.01.WA)"), program, "a whole code needs no label");
        let way = headed("076.01.WA / 3355 / EBD  Layanan").map(|c| (c.code.tier, c.code.parts.len(), c.name));
        assert_eq!(way, Some((Tier::Kro, 3, "Layanan")));
        assert_eq!(headed("076.01.WA / 3355 / EBD / 955 / 051").map(|c| c.code.tier), Some(Tier::Komponen));
        assert!(headed("12.01.2025").is_none() && headed("Dicetak 12/01/2025").is_none() && headed("A.1 Rapat").is_none());
        assert!(read("Layanan Keuangan (955)").is_none() && read("SP DIPA-076.01.2.657469/2025").is_none());
        for text in ["KEGIATAN 2025", "KRO DAN RO", "Program Dukungan Manajemen", "Komponen : Rapat", "Kegiatan : 051 Rapat"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    fn unheard(lines: &[&str], paths: &[(u32, &str)]) -> Vec<u32> {
        let mut grid = GridBuilder::new("S", Place::Sheet("S".into()));
        for (row, line) in (0..).zip(lines) {
            for (col, text) in (0..).zip(line.split('|')) {
                grid.push_text(row, col, text);
            }
        }
        let mut captions = Captions::default();
        captions.take(&grid.finish(), 0, level);
        let rows: Vec<(Span, &str)> = paths.iter().map(|&(row, path)| (Origin::new(0, row, 0).into(), path)).collect();
        captions.unheard(&rows).iter().map(|s| s.from.row).collect()
    }

    #[test]
    fn a_caption_that_no_row_hangs_below_is_told() {
        let lines = ["PROGRAM 076.01.WA - DUKUNGAN", "row", "PROGRAM 076.01.CQ - PEMILU", "row"];
        assert_eq!(unheard(&lines, &[(1, "3355/EBD"), (3, "3356/QGE")]), [0, 2]);
        assert_eq!(unheard(&lines, &[(1, "076.01.WA/3355"), (3, "076.01.CQ/3356")]), Vec::<u32>::new());
        let lines = ["Sub Komponen|: A Rekonsiliasi", "row", "Sub Komponen|: B Barang", "row"];
        assert_eq!(unheard(&lines, &[(1, "051/A/521211"), (3, "051/A/521211")]), [2]);
    }

    #[test]
    fn a_level_that_is_named_once_is_what_the_document_is_about() {
        assert_eq!(unheard(&["Program : 076.01.WA Dukungan", "row"], &[(1, "051/A")]), Vec::<u32>::new());
    }
}
