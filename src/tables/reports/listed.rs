//! Lists below a name, one figure in a line: `1. Kecamatan Tapa`, `- Pemilih baru : 58`, `- Pemilih TMS : 33`. Label and figure become cells
//! side by side, each in its own line: a form for each name.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cell, Grid, Value};
use crate::normalise::{number, text};
use crate::tables::words::Vocabulary;

use super::{LINES, NAME, speaks};

/// The grid with such lines parted; `None` where they do not list the same again and again, or their labels say nothing.
pub(super) fn listed(grid: &Grid, printed: &[(u32, String)], vocabulary: &Vocabulary) -> Option<Grid> {
    let mut lines: Vec<(u32, &str, &str)> =
        printed.iter().filter_map(|(row, line)| pair(line).map(|(label, figure)| (*row, label, figure))).collect();
    let all = lines.len();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (_, label, _) in &lines {
        *known.entry(text::key(label)).or_default() += 1;
    }
    known.retain(|label, times| *times >= LINES && speaks(&vocabulary.read(label)));
    lines.retain(|(_, label, _)| known.contains_key(&text::key(label)));
    if known.len() < 2 || lines.len() * 2 < all {
        return None;
    }
    let parted: BTreeSet<u32> = lines.iter().map(|(row, ..)| *row).collect();
    let mut out = grid.clone();
    out.cells.retain(|cell| !parted.contains(&cell.row));
    for (row, label, figure) in lines {
        for (col, text) in [(0, label), (1, figure)] {
            let id = u32::try_from(out.texts.len()).unwrap_or(u32::MAX);
            out.texts.push(text.into());
            out.cells.push(Cell { row, col, value: Value::Text(id) });
        }
    }
    out.cells.sort_by_key(|c| (c.row, c.col));
    Some(out)
}

/// `- Pemilih baru : 58 orang`: what a line counts, and how many.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (label, behind) = line.rsplit_once([':', '='])?;
    let label = label.trim().trim_start_matches(['-', '–', '—', '•', '*', '·', '>', '▪', '+']).trim();
    let mut words = behind.trim().trim_end_matches(['.', ';', ',']).split_whitespace();
    let (figure, unit) = (words.next()?, words.next());
    let plain = unit.is_none_or(|u| u.chars().all(char::is_alphabetic)) && words.next().is_none();
    let names = label.contains(char::is_alphabetic) && label.split_whitespace().count() <= NAME;
    (plain && names && number::looks_like_number(figure)).then_some((label, figure))
}
