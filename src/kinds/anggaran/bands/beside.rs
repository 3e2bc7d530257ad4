//! Tables side by side under headings in the same rows: a recap to the right of the budget, two halves of a budget. Blank columns part
//! them, and each has a column of names or codes and one of money.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::Cell;
use crate::tables::marks::{Mark, Marked};
use crate::tables::outline::code;

use super::super::words::{Role, Words};
use super::Stretch;

/// The tables that stand side by side in a stretch; itself where it is one.
pub fn parted(sheet: &Marked, words: &Words, stretch: Stretch) -> Vec<Stretch> {
    let starts: Vec<u16> =
        groups(sheet, &stretch).into_iter().filter(|group| is_table(sheet, words, &stretch, group)).map(|g| g.start).collect();
    if starts.len() < 2 {
        return vec![stretch];
    }
    let from = std::iter::once(0).chain(starts[1..].iter().copied());
    let to = starts[1..].iter().copied().chain(std::iter::once(u16::MAX));
    from.zip(to).map(|(a, b)| Stretch { columns: a..b, ..stretch.clone() }).collect()
}

/// Runs of columns with something in them, headings and what they are merged over included.
fn groups(sheet: &Marked, stretch: &Stretch) -> Vec<Range<u16>> {
    let mut filled: BTreeSet<u16> = BTreeSet::new();
    for n in stretch.heading.clone().chain(stretch.rows()) {
        let (row, cells) = sheet.row(n);
        for (cell, _) in cells {
            let right = sheet.merged_from(row, cell.col).filter(|_| stretch.heading.contains(&n)).map_or(cell.col, |m| m.right);
            filled.extend(cell.col..=right);
        }
    }
    let mut groups: Vec<Range<u16>> = Vec::new();
    for col in filled {
        match groups.last_mut() {
            Some(last) if last.end == col => last.end = col + 1,
            _ => groups.push(col..col + 1),
        }
    }
    groups
}

/// Whether a run of columns is a table of its own: a column headed as codes or descriptions that holds such, and one of figures.
fn is_table(sheet: &Marked, words: &Words, stretch: &Stretch, group: &Range<u16>) -> bool {
    let roles = |col: u16| -> Vec<Role> {
        let heads = |n: usize| sheet.at(sheet.row(n).0, col).map_or_else(Vec::new, |(cell, _)| words.roles(sheet.said(cell)));
        stretch.heading.clone().flat_map(heads).collect()
    };
    let coded = |roles: &[Role]| roles.iter().any(|r| matches!(r, Role::Code(_)));
    let about = |col: u16| {
        let roles = roles(col);
        let codes = coded(&roles);
        let fits = |cell: &Cell, mark: Mark| match mark {
            Mark::Label => true,
            _ => codes && !code::readings(&sheet.grid.shown(cell.value)).is_empty(),
        };
        (codes || roles.contains(&Role::Text)) && several(sheet, stretch, col, fits)
    };
    let label = group.clone().find(|&col| about(col));
    // Codes of four and six digits are no figures.
    let counts = |roles: &[Role]| !coded(roles) || roles.iter().any(|r| r.numeric());
    let figures = |col: u16| counts(&roles(col)) && several(sheet, stretch, col, |_, m| m == Mark::Figure);
    label.is_some_and(|label| group.clone().any(|col| col != label && figures(col)))
}

/// Whether most cells of a column, and more than one, are like this.
fn several(sheet: &Marked, stretch: &Stretch, col: u16, like: impl Fn(&Cell, Mark) -> bool) -> bool {
    let cells: Vec<(&Cell, Mark)> = stretch.rows().filter_map(|n| sheet.at(sheet.row(n).0, col)).collect();
    let held = cells.iter().filter(|(c, m)| like(c, *m)).count();
    held > 1 && held * 10 >= cells.len() * 9
}
