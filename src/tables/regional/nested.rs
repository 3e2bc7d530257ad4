//! Kinds of a good listed below it: `Bilik Suara`, then `a. Karton`, `b. Aluminium`. Where the good's own figures are the sums of its
//! kinds, its row is a printed sum and no stock of its own; where it has none, it is what the kinds are kinds of.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Equation, Finding, Origin, Span, Term};
use crate::normalise::text;
use crate::tables::axes::{Content, Label, Table};

use super::rules::EXACT;
use super::slots::Slot;
use super::tags::Tagger;

/// The goods of a table that are broken down into kinds.
#[derive(Debug, Default)]
pub(super) struct Nested {
    /// The good above each row that lists a kind of it, as printed, by number of the sheet's row and part.
    pub above: HashMap<(u32, usize), String>,
    /// Rows that are the sums of the kinds below them.
    pub sums: BTreeSet<usize>,
    /// D02: what those rows must add up to.
    pub equations: Vec<Equation>,
    /// Goods whose figures are not those of their kinds together.
    pub unsure: Vec<Finding>,
}

/// A good and the rows of its kinds.
struct Block {
    good: usize,
    kinds: Vec<usize>,
    /// List marks or indents say that they are kinds; else only their names and the sums do.
    marked: bool,
}

impl Nested {
    /// Looks through the rows of a table that lists goods.
    pub fn new(table: &Table, slots: &[Slot], tagger: &Tagger) -> Self {
        let mut nested = Self::default();
        let Some(slot) = slots.iter().position(|s| *s == Slot::Goods).filter(|_| tagger.goods.is_some() && !table.turned) else {
            return nested;
        };
        nested.below_group_labels(table, slot, tagger);
        for block in blocks(table, slot) {
            nested.take(table, slot, &block);
        }
        nested
    }

    /// Kinds below a label without figures: it names them where they do not name their good themselves.
    fn below_group_labels(&mut self, table: &Table, slot: usize, tagger: &Tagger) {
        for line in &table.rows {
            let group = line.groups.checked_sub(1).and_then(|i| table.groups.get(i));
            let Some((group, label)) = group.zip(line.labels.get(slot).copied().flatten()) else { continue };
            let column = group.origin.col == label.origin.col;
            if column && tagger.label(group.text, group.said).goods.is_some() && is_kind(&table.shown(&label)) {
                self.above.insert((line.at, line.part), bare(group.text).to_owned());
            }
        }
    }

    fn take(&mut self, table: &Table, slot: usize, block: &Block) {
        let sums: Vec<(Term, Vec<Term>)> = (0..table.cols.len()).filter_map(|col| sum(table, block, col)).collect();
        let closing =
            sums.iter().filter(|(whole, parts)| (whole.value - parts.iter().map(|t| t.value).sum::<f64>()).abs() < EXACT);
        let closing = closing.count();
        let summed = closing > 0 && closing * 2 >= sums.len();
        if !summed && !block.marked {
            return;
        }
        let Some(label) = label(table, block.good, slot) else { return };
        let name = bare(&table.shown(&label)).to_owned();
        for line in block.kinds.iter().filter_map(|&row| table.rows.get(row)) {
            self.above.insert((line.at, line.part), name.clone());
        }
        if summed {
            self.sums.insert(block.good);
            self.equations.extend(sums.into_iter().map(|(whole, parts)| equation(&name, whole, parts)));
        } else if let Some(span) = Span::around(sums.iter().map(|(whole, _)| whole.origin)) {
            let says = format!(
                "\"{name}\" dan rinciannya di bawah ({} baris) dicatat masing-masing, karena angkanya bukan jumlah rincian itu. Bila \
                 seharusnya jumlah, perbaiki angkanya.",
                block.kinds.len()
            );
            self.unsure.push(Finding::new("A13", says).at(span));
        }
    }
}

/// `whole − Σ parts = 0` of one column.
fn equation(name: &str, whole: Term, parts: Vec<Term>) -> Equation {
    let says = format!("{name}: bukan jumlah {} rinciannya.", parts.len());
    let at = whole.origin.into();
    let terms = std::iter::once(whole).chain(parts).collect();
    Equation { code: "D02".to_owned(), terms, constant: 0.0, tolerance: EXACT, at, says }
}

/// A good's figure in a column, and those of its kinds; `None` where it has none, or the kinds have none.
fn sum(table: &Table, block: &Block, col: usize) -> Option<(Term, Vec<Term>)> {
    let (value, origin) = figure(table, block.good, col)?;
    let figures = block.kinds.iter().filter_map(|&row| figure(table, row, col));
    let parts: Vec<Term> = figures.map(|(part, at)| Term::new(-1.0, part, at)).collect();
    (value != 0.0 && !parts.is_empty()).then_some((Term::new(1.0, value, origin), parts))
}

fn figure(table: &Table, row: usize, col: usize) -> Option<(f64, Origin)> {
    let own = &table.figures[table.figures.partition_point(|f| f.row < row)..table.figures.partition_point(|f| f.row <= row)];
    let found = own.iter().find(|f| f.col == col)?;
    match found.content {
        Content::Number(n) => Some((n, found.origin)),
        Content::Dash => Some((0.0, found.origin)),
        _ => None,
    }
}

/// Every good with the kinds that follow it.
fn blocks(table: &Table, slot: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut row = 0;
    while row < table.rows.len() {
        let kinds = kinds_of(table, slot, row);
        row += 1 + kinds.as_ref().map_or(0, |b| b.kinds.len());
        blocks.extend(kinds);
    }
    blocks
}

/// The rows below a good that list kinds of it: marked as such, or called like it and more.
fn kinds_of(table: &Table, slot: usize, good: usize) -> Option<Block> {
    let own = label(table, good, slot)?;
    let printed = table.shown(&own);
    if is_kind(&printed) || own.carried {
        return None;
    }
    let key = text::key(bare(&printed));
    let home = table.rows.get(good)?;
    let below = |row: &usize| {
        let line = &table.rows[*row];
        line.part == home.part && line.groups == home.groups
    };
    let named = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let fits = |row: &usize| label(table, *row, slot).is_some_and(|l| !l.carried && test(&table.shown(&l)));
        (good + 1..table.rows.len()).take_while(|row| below(row) && fits(row)).collect()
    };
    let marked = named(&is_kind);
    if !marked.is_empty() {
        return Some(Block { good, kinds: marked, marked: true });
    }
    let longer = |text: &str| text::key(bare(text)).strip_prefix(&key).is_some_and(|rest| !rest.is_empty());
    let called = if key.is_empty() { Vec::new() } else { named(&longer) };
    (called.len() > 1).then_some(Block { good, kinds: called, marked: false })
}

fn label<'a>(table: &Table<'a>, row: usize, slot: usize) -> Option<Label<'a>> {
    table.rows.get(row)?.labels.get(slot).copied().flatten()
}

/// `a. Karton`, `- Karton`, `1) Karton`, `  Karton`: a line of a list below another line.
pub(super) fn is_kind(printed: &str) -> bool {
    let trimmed = printed.trim_start();
    let indent = printed.chars().take_while(|c| c.is_whitespace()).count();
    indent > 1 && !trimmed.is_empty() || bare(trimmed).len() < trimmed.len() && !numbered(trimmed)
}

/// `2. Bilik Suara`, `II. Bilik Suara`: the mark of a list's own lines.
fn numbered(text: &str) -> bool {
    let mark = text.split_once('.').map_or("", |(mark, _)| mark);
    !mark.is_empty() && mark.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// A line's text without its list mark.
pub(super) fn bare(printed: &str) -> &str {
    let trimmed = printed.trim();
    if let Some(rest) = trimmed.strip_prefix(['-', '–', '—', '•', '*', '·', '>', '»']) {
        return if rest.trim_start().starts_with(char::is_alphabetic) { rest.trim_start() } else { trimmed };
    }
    let opened = trimmed.strip_prefix('(').unwrap_or(trimmed);
    let Some((mark, rest)) = opened.split_once(['.', ')']) else { return trimmed };
    // `C.Hasil` is a name.
    let letter = |c: char| c.is_lowercase() || c.is_alphabetic() && rest.starts_with(char::is_whitespace);
    let letter = mark.chars().count() == 1 && mark.chars().all(letter);
    let digits = !mark.is_empty() && mark.len() <= 3 && mark.chars().all(|c| c.is_ascii_digit());
    if (letter || digits) && rest.trim_start().starts_with(char::is_alphabetic) { rest.trim_start() } else { trimmed }
}

#[cfg(test)]
mod tests {
    use super::{bare, is_kind};

    #[test]
    fn list_marks_below_a_line_are_told_from_those_of_the_list() {
        for text in ["a. Karton", "b) Aluminium", "- Karton", "• Karton", "(a) Karton", "1) Karton", "   Karton"] {
            assert!(is_kind(text), "{text}");
        }
        for text in ["Karton", "1. Kotak Suara", "II. Bilik", "A. PERLENGKAPAN", "A.4 kertas", "-", "C. Hasil"] {
            assert!(!is_kind(text), "{text}");
        }
        assert_eq!(bare("a. Karton"), "Karton");
        assert_eq!(bare("- Alat coblos"), "Alat coblos");
        assert_eq!(bare("12. Tinta"), "Tinta");
        assert_eq!(bare("C.Hasil"), "C.Hasil");
    }
}
