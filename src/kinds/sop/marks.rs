//! Marks below the names of actors: what letters mean where the paper says it, and marks that cannot all stand below one name.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::origin::Place;
use crate::model::{Document, Finding, Findings, Origin, Span};
use crate::normalise::text;
use crate::tables::ledger::Row;
use crate::tables::phrases::Phrases;

use super::steps::is_mark;
use super::tasks::{Group, Task};

/// What the paper says its marks mean: `P = pelaksana; M = mengetahui`.
#[derive(Clone, Debug, Default)]
pub(super) struct Legend {
    /// Letters of those who do something else than take the step; empty where no letter is said to take it.
    others: BTreeSet<String>,
}

impl Legend {
    /// The letters explained anywhere in the document.
    pub(super) fn of(rows: &[Row], phrases: &Phrases) -> Self {
        let mut others = BTreeSet::new();
        let mut doers = 0;
        let cells = rows.iter().flat_map(|r| &r.cells).filter(|c| c.text.contains('='));
        for part in cells.flat_map(|c| c.text.split([';', ',', '\n'])) {
            let Some((sign, means)) = part.split_once('=') else { continue };
            let sign = sign.split_whitespace().next_back().unwrap_or_default();
            if sign.is_empty() || !is_mark(sign) {
                continue;
            }
            if phrases.begins("legenda:pelaksana", means) {
                doers += 1;
            } else {
                others.insert(text::key(sign));
            }
        }
        if doers == 0 {
            others.clear();
        }
        Self { others }
    }

    /// Whether a mark is said to mean something else than taking the step.
    pub(super) fn others(&self, mark: &str) -> bool {
        !self.others.is_empty() && self.others.contains(&text::key(mark))
    }
}

/// A13: steps marked below several names with different marks that nothing explains, and marks that stand at different places below what was
/// read as one name: two columns of the paper were read as one.
pub(super) fn doubtful(findings: &mut Findings, rows: &[Row], tasks: &[Task], document: &Document) {
    mixed(findings, rows, tasks);
    scattered(findings, rows, tasks, document);
}

fn mixed(findings: &mut Findings, rows: &[Row], tasks: &[Task]) {
    let rows: BTreeMap<(u16, u32), &Row> = rows.iter().map(|r| ((r.grid, r.row), r)).collect();
    for task in tasks.iter().filter(|t| t.group == Group::Prosedur && t.unit.contains(", ")) {
        let Some(row) = task.unit_at.and_then(|at| rows.get(&(at.grid, at.row))) else { continue };
        let marks: BTreeSet<&str> = row.cells.iter().map(|c| c.text.trim()).filter(|t| one_mark(t)).collect();
        if marks.len() > 1 {
            let says = "langkah ini bertanda berbeda-beda di bawah lebih dari satu pelaksana; arti tandanya tidak terbaca, jadi pelaksananya dapat keliru";
            findings.add(Finding::new("A13", says).at(task.span).found(task.unit.as_str()));
        }
    }
}

/// Whether a text is a single sign or letter that marks.
fn one_mark(text: &str) -> bool {
    text.chars().count() == 1 && !text.chars().any(|c| c.is_ascii_digit() || "-–—".contains(c))
}

fn scattered(findings: &mut Findings, rows: &[Row], tasks: &[Task], document: &Document) {
    /// Marks of one column stand below each other; a letter is no wider than this.
    const WIDEST: f32 = 9.0;
    let steps = tasks.iter().filter(|t| t.group == Group::Prosedur);
    let taken: BTreeSet<(u16, u32)> = steps.clone().map(|t| (t.at.grid, t.at.row)).collect();
    let marks = rows.iter().filter(|r| taken.contains(&(r.grid, r.row))).flat_map(|r| &r.cells).filter(|c| one_mark(&c.text));
    let mut below: BTreeMap<(u16, u16, u16), (f32, f32)> = BTreeMap::new();
    for at in marks.map(|c| c.origin) {
        let Some((page, x)) = place(document, at) else { continue };
        let (least, most) = below.entry((at.grid, page, at.col)).or_insert((x, x));
        (*least, *most) = (least.min(x), most.max(x));
    }
    below.retain(|_, (least, most)| *most - *least > WIDEST);
    let mut doubtful: BTreeMap<(u16, u16, u16), Span> = BTreeMap::new();
    for task in steps {
        let column = |at: Origin| place(document, at).map(|(page, _)| (at.grid, page, at.col));
        let Some(column) = task.unit_at.and_then(column).filter(|c| below.contains_key(c)) else { continue };
        let span = doubtful.entry(column).or_insert(task.span);
        *span = span.with(task.span.from).with(task.span.to);
    }
    for span in doubtful.into_values() {
        let says = "tanda pelaksana pada langkah-langkah ini tidak tercetak tepat di bawah satu judul kolom; beberapa kolom pelaksana terbaca sebagai satu, cocokkan dengan naskahnya";
        findings.add(Finding::new("A13", says).at(span));
    }
}

/// The page of a cell on paper and the middle of its box, in points from the left.
fn place(document: &Document, at: Origin) -> Option<(u16, f32)> {
    let Place::Paper { boxes } = &document.grids.get(usize::from(at.grid))?.place else { return None };
    let start = boxes.partition_point(|b| b.0 < at.row);
    let own = boxes.get(start..)?.iter().take_while(|b| b.0 == at.row).find(|b| b.1 == at.col)?;
    Some((own.2, f32::midpoint(own.3[0], own.3[2])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_the_paper_explains() {
        let phrases = Phrases::new(&crate::schemas::builtin().unwrap().kind("sop").unwrap().meanings);
        let legend = |said: &str| {
            let cell = crate::tables::ledger::Cell {
                origin: Origin::new(0, 0, 0),
                right: 0,
                bottom: 0,
                text: said.into(),
                number: None,
            };
            Legend::of(&[Row { grid: 0, row: 0, apart: true, cells: vec![cell], carried: Vec::new() }], &phrases)
        };
        let explained = legend("Keterangan: P = pelaksana kegiatan; M = mengetahui");
        assert!(explained.others("M") && !explained.others("P") && !explained.others("V"));
        assert!(!legend("M = mengetahui").others("M"), "nobody is said to take the step");
    }
}
