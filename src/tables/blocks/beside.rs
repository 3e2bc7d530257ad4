//! Tables side by side in one band of rows: which columns belong to which, and where each one's own heading ends.

use std::ops::Range;

use crate::model::Value;
use crate::tables::marks::{Mark, Marked};
use crate::tables::words::{Dimension, NAMELESS, Said, Sense};

use super::{Block, joins_below, profile_in};

/// Splits a band of rows into the tables that stand side by side in it.
pub(super) fn side_by_side(sheet: &Marked, titles: Range<usize>, heading: Range<usize>, body: Range<usize>) -> Vec<Block> {
    let occupied = occupied(sheet, &heading, &body);
    let mut groups: Vec<Vec<u16>> = Vec::new();
    for &col in &occupied {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|&l| l + 1 == col) => group.push(col),
            Some(group)
                if !starts_table(sheet, &heading, &body, &occupied, col)
                    && !starts_over(sheet, &heading, group, &occupied, col) =>
            {
                group.push(col);
            }
            _ => groups.push(vec![col]),
        }
    }
    if groups.len() > 1
        && !names_its_rows(sheet, &heading, &body, &groups[0])
        && names_its_rows(sheet, &heading, &body, &groups[1])
    {
        let second = groups.remove(1);
        groups[0].extend(second);
    }
    let mut n = 1;
    while n < groups.len() {
        if goes_on(sheet, &heading, &body, &groups[n - 1]) {
            let behind = groups.remove(n);
            groups[n - 1].extend(behind);
        } else {
            n += 1;
        }
    }
    let apart = groups.len() > 1;
    let mut blocks: Vec<Block> = Vec::new();
    for group in groups {
        let (heading, body) = if apart { own_heading(sheet, &heading, &body, &group) } else { (heading.clone(), body.clone()) };
        for columns in repeats(sheet, &heading, group) {
            let same =
                |b: &Block| b.heading == heading && headings(sheet, &heading, &b.parts[0]) == headings(sheet, &heading, &columns);
            match blocks.last_mut() {
                Some(last) if !heading.is_empty() && same(last) => last.parts.push(columns),
                _ => blocks.push(Block {
                    titles: titles.clone(),
                    heading: heading.clone(),
                    body: body.clone(),
                    parts: vec![columns],
                }),
            }
        }
    }
    blocks
}

/// Whether columns need those behind a blank one to be a table: they hold no figures but the numbers of their rows, or name the same again
/// and again, row by row.
fn goes_on(sheet: &Marked, heading: &Range<usize>, body: &Range<usize>, columns: &[u16]) -> bool {
    let counts = |c: u16| {
        let over = |n: usize| sheet.seen(sheet.row(n).0, c).is_some_and(|(cell, _)| sheet.said(cell).tells(Dimension::Ordinal));
        heading.clone().any(over)
    };
    let counters: Vec<u16> = columns.iter().copied().filter(|&c| counts(c)).collect();
    let (mut figures, mut names): (usize, Vec<Vec<&str>>) = (0, Vec::new());
    for n in body.clone() {
        let mut name = Vec::new();
        for (cell, mark) in columns.iter().filter(|c| !counters.contains(c)).filter_map(|&c| sheet.in_row(n, c)) {
            figures += usize::from(mark == Mark::Figure);
            name.extend(sheet.grid.text(cell.value).filter(|_| mark == Mark::Label));
        }
        names.push(name);
    }
    let again = names.windows(2).filter(|w| !w[0].is_empty() && w[0] == w[1]).count();
    figures == 0 || again * 2 > names.len()
}

/// Heading and body of one of several tables side by side, which may begin on the same row and have headings of different depth.
fn own_heading(sheet: &Marked, heading: &Range<usize>, body: &Range<usize>, columns: &[u16]) -> (Range<usize>, Range<usize>) {
    let here = |n: usize| profile_in(sheet, n, Some(columns));
    let first = here(heading.start);
    let (mut bottom, mut last) = (first.bottom, first);
    let mut end = heading.start + 1;
    while end < body.end {
        let p = here(end);
        let empty = p.labels + p.figures == 0 && end < heading.end;
        if !empty && !joins_below(&p, bottom, &last) {
            break;
        }
        bottom = bottom.max(p.bottom);
        last = if empty { last } else { p };
        end += 1;
    }
    if heading.is_empty() || first.labels == 0 || end >= body.end {
        return (heading.clone(), body.clone());
    }
    let counted = (heading.start..end).rev().take_while(|&n| here(n).counting).count();
    (heading.start..end - counted, end..body.end)
}

/// Whether the run of columns that starts at `col` has the same nearest headings as the group before it.
fn starts_over(sheet: &Marked, heading: &Range<usize>, group: &[u16], occupied: &[u16], col: u16) -> bool {
    let nearest = |&c: &u16| headings(sheet, heading, &[c]).pop().and_then(|stack| stack.last().copied());
    let run: Vec<u16> =
        occupied.iter().copied().skip_while(|&c| c < col).zip(col..).take_while(|(c, n)| c == n).map(|(c, _)| c).collect();
    let ours: Vec<Option<u32>> = run.iter().map(nearest).collect();
    let theirs: Vec<Option<u32>> = group.iter().map(nearest).collect();
    ours.len() >= 2 && ours.iter().all(Option::is_some) && ours == theirs
}

/// The texts over each column, as numbers of the grid's texts.
fn headings(sheet: &Marked, heading: &Range<usize>, columns: &[u16]) -> Vec<Vec<u32>> {
    let over = |&col: &u16| {
        let cells = heading.clone().filter_map(|n| sheet.seen(sheet.row(n).0, col));
        cells.filter_map(|(cell, _)| if let Value::Text(id) = cell.value { Some(id) } else { None }).collect()
    };
    columns.iter().map(over).collect()
}

/// Columns in which the heading or the body has a cell.
fn occupied(sheet: &Marked, heading: &Range<usize>, body: &Range<usize>) -> Vec<u16> {
    let mut columns = std::collections::BTreeSet::new();
    for n in heading.clone() {
        let (row, cells) = sheet.row(n);
        for (cell, _) in cells {
            let right = sheet.merged_from(row, cell.col).map_or(cell.col, |m| m.right);
            columns.insert(cell.col);
            if right - cell.col < 64 {
                columns.extend(cell.col..=right);
            }
        }
    }
    for n in body.clone() {
        columns.extend(sheet.row(n).1.map(|(cell, _)| cell.col));
    }
    columns.into_iter().collect()
}

/// Whether the run of columns that starts at `col` names its own rows: one of its columns is headed and holds mostly labels.
fn starts_table(sheet: &Marked, heading: &Range<usize>, body: &Range<usize>, occupied: &[u16], col: u16) -> bool {
    let run = occupied.iter().copied().skip_while(|&c| c < col).scan(col, |next, c| {
        let goes_on = c == *next;
        *next = c + 1;
        goes_on.then_some(c)
    });
    names_its_rows(sheet, heading, body, &run.collect::<Vec<u16>>())
}

/// Whether one of the columns is headed as names or a level of regions and holds mostly such.
fn names_its_rows(sheet: &Marked, heading: &Range<usize>, body: &Range<usize>, columns: &[u16]) -> bool {
    columns.iter().any(|&c| {
        let headed = heading.clone().any(|n| {
            let row = sheet.row(n).0;
            sheet.seen(row, c).is_some_and(|(cell, _)| heads_names(sheet.said(cell)))
        });
        let (mut names, mut others) = (0_usize, 0_usize);
        for n in body.clone() {
            match sheet.at(sheet.row(n).0, c) {
                // `Laki-laki` names no row of its own.
                Some((cell, Mark::Label)) if !sheet.said(cell).tells(Dimension::Sex) => names += 1,
                Some((_, Mark::Label | Mark::Figure)) => others += 1,
                _ => {}
            }
        }
        headed && names > others
    })
}

/// Splits a run of columns where its headings start over again: `No Nama L P No Nama L P`.
fn repeats(sheet: &Marked, heading: &Range<usize>, columns: Vec<u16>) -> Vec<Vec<u16>> {
    let keys = headings(sheet, heading, &columns);
    let period = (2..=columns.len() / 2).find(|&p| {
        columns.len().is_multiple_of(p) && !keys[0].is_empty() && (p..keys.len()).all(|i| keys[i] == keys[i % p]) && {
            let distinct: std::collections::BTreeSet<&Vec<u32>> = keys[..p].iter().collect();
            distinct.len() == p
        }
    });
    match period {
        Some(p) if names_rows(sheet, heading, &columns[..p]) => columns.chunks(p).map(<[u16]>::to_vec).collect(),
        _ => vec![columns],
    }
}

/// Whether one of the columns is headed as names or a level of regions.
fn names_rows(sheet: &Marked, heading: &Range<usize>, columns: &[u16]) -> bool {
    columns
        .iter()
        .any(|&c| heading.clone().filter_map(|n| sheet.seen(sheet.row(n).0, c)).any(|(cell, _)| heads_names(sheet.said(cell))))
}

/// Whether a heading stands over what names rows: regions, names, goods (not one of the goods itself).
fn heads_names(said: &Said) -> bool {
    let names = |s: &Sense| match s.dimension {
        Dimension::Level | Dimension::Name => true,
        Dimension::Goods => s.value == NAMELESS,
        _ => false,
    };
    said.senses.iter().any(names)
}
